"""One reader of tables: what people save is read the same by all who read one, and nothing is silent."""

import csv
import io
import json
from codecs import BOM_UTF8
from dataclasses import dataclass

import openpyxl
import pytest
from commands import run_review
from hypothesis import given
from hypothesis import strategies as st
from sample_tables import BROKEN, REFUSED, SAME, SHEETS, TOLD, text, two_sheets, with_column, workbook

from review.model.errors import EvidenceError, InputError, Problem
from review.people.rating import COLUMNS as RATED
from review.people.rating import CONFLICT_COLUMNS, NEEDED
from review.runs.batch.rows import read_rows
from review.store import read as read_module
from review.store.files import sheet_rows as sheets
from review.store.files.sheet_file import read_sheet
from review.store.files.table_file import MAX_BYTES, MOST_ROWS, table_in
from review.store.files.yaml_file import MAX_BYTES as MAX_YAML
from review.store.inputs.cases import read_cases
from review.store.inputs.effects import read_effects
from review.store.layout import TABLES
from review.store.snapshot import read_evidence
from review.teaching.make.roster import read_roster
from review.teaching.marking.made import DRAWN, read_made

EFFECTS = (("study", "yi", "vi"), ("Ørsted 2019", "-0.25", "0.0125"), ('Lee "B"', "1.5e-1", ".5"))
RUNS = (("run", "pages", "reviewer"), ("one", "faq", "A, MD"), ("two", "", "Zoë; MD"))
ROSTER = (("name", "learner"), ("Ann; one", "L01"), ("Bø", "L02"))
DRAWN_ROWS = (
    ("lesson", "learner", "item", "difficulty", "evidence"),
    ("4", "L01", "4.a", "1", "e"),
    ("4", "L02", "4.b", "2", "e"),
)
SHEET = (
    RATED,
    ("grade", "regrows", "imprecision", "x; y", "a, b", "serious", "Few, “very” few.", "R. Ö."),
    ("grade", "regrows", "inconsistency", "", "", "not_serious", "'=x", "R. Ö."),
)


@dataclass(frozen=True)
class Reader:
    """One reader of tables: a table, the name of its file, what is read of it and what is told."""

    rows: tuple[tuple[str, ...], ...]
    name: str
    read: object


def made(path):
    return read_made([path.parents[1]]), ()


def pool(path):
    found = read_effects(path)
    return found.effects, found.remarks


def batch(path):
    found = read_rows(path)
    return {row.name: row.given for row in found.rows}, found.remarks


def ratings(path):
    sheet = read_sheet(path, NEEDED, CONFLICT_COLUMNS)
    return [row.cells for row in sheet.rows], sheet.remarks


def roster(path):
    found = read_roster(path)
    # The class has a column that is never read.
    return found.learners, [remark for remark in found.remarks if remark.fault != ONLY_NAMES]


ONLY_NAMES = "columns that are not read: 'name'"
READERS = {
    "pool": Reader(EFFECTS, "effects.csv", pool),
    "batch": Reader(RUNS, "runs.csv", batch),
    "ratings": Reader(SHEET, "a.csv", ratings),
    "class": Reader(ROSTER, "class.csv", roster),
    "made lesson": Reader(DRAWN_ROWS, DRAWN, made),
}
reader = pytest.mark.parametrize("reader", READERS.values(), ids=READERS)


def read(reader, tmp_path, content, name=""):
    path = tmp_path / (name or reader.name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return reader.read(path)


@reader
@pytest.mark.parametrize("save", SAME.values(), ids=SAME)
def test_every_reader_reads_what_was_saved_otherwise(tmp_path, reader, save):
    expected = read(reader, tmp_path, text(reader.rows).encode())
    assert read(reader, tmp_path, save(reader.rows)) == expected
    assert not expected[1]


# In a batch every column is a parameter, and one that is unknown is refused by its name.
@pytest.mark.parametrize("reader", [r for r in READERS.values() if r.read is not batch])
@pytest.mark.parametrize("save", TOLD.values(), ids=TOLD)
def test_every_reader_tells_what_it_does_not_read(tmp_path, reader, save):
    ascii_rows = [[cell.encode("ascii", "ignore").decode() for cell in row] for row in reader.rows]
    expected, _ = read(reader, tmp_path, text(ascii_rows).encode())
    found, remarks = read(reader, tmp_path, save(ascii_rows))
    assert found == expected
    assert remarks or reader.name == DRAWN
    assert all(isinstance(remark, Problem) and remark.remedy for remark in remarks)


# The table of a made lesson is a file of ours, and CSV.
@pytest.mark.parametrize("reader", [r for r in READERS.values() if r.read is not made])
@pytest.mark.parametrize("save", SHEETS.values(), ids=SHEETS)
def test_every_reader_of_workbooks_reads_the_values_of_formulas(tmp_path, reader, save):
    expected = read(reader, tmp_path, text(reader.rows).encode())
    found, remarks = read(reader, tmp_path, save(reader.rows), reader.name.replace("csv", "xlsx"))
    assert found == expected[0]
    assert not remarks


@reader
@pytest.mark.parametrize(
    ("save", "fault"), [*BROKEN.values(), *REFUSED.values()], ids=[*BROKEN, *REFUSED]
)
def test_every_reader_refuses_what_it_cannot_read_rightly(tmp_path, reader, save, fault):
    name = reader.name.replace("csv", "xlsx") if (save, fault) in REFUSED.values() else ""
    if reader.name == DRAWN:
        name, fault = "", "who was asked what"
    # What is wrong must stand in a column that is read.
    turned = reader.name in ("class.csv", "effects.csv")
    rows = [row[::-1] if turned else row for row in reader.rows]
    with pytest.raises(InputError, match=fault) as caught:
        read(reader, tmp_path, save(rows), name)
    assert all(problem.fault and problem.remedy for problem in caught.value.problems)


# The evidence, table by table


TABLE = {table.file: table for table in TABLES}
MORE = {
    "subject/topics.csv": "topic,title,order\nexosome-efficacy,Exosomes; hair,1\ncost,Cost,2\n"
    "exosome-safety,Safety,3\n",
    "subject/names.csv": "name,kind,also,proper,own,approved\ngel,product,jelly|hydrogel,no,no,\n",
    "subject/synonyms.csv": "word,same_as\nache,pain\nzap,shock\n",
    "decisions.csv": "claim,decision,wording,reason,reviewer,role,date,rests_on\n",
    "searches.csv": "",
}


@pytest.fixture
def full(folder):
    (folder / "subject").mkdir()
    for file in ("subject/topics.csv", "subject/names.csv", "subject/synonyms.csv"):
        (folder / file).write_text(MORE[file], "utf-8")
    read_evidence([folder])
    return folder


def rows_of(path):
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


def records(folder):
    found = read_evidence([folder])
    subject = found.subject.topics, found.subject.names, found.subject.synonyms
    return found.pages, found.claims, found.propositions, found.links, found.studies, *subject


FILES = ("pages.csv", "claims.csv", "propositions.csv", "links.csv", *list(MORE)[:3])


@pytest.mark.parametrize("file", FILES)
def test_every_table_of_the_evidence_is_read_as_people_save_it(full, file):
    expected, rows = records(full), rows_of(full / file)
    for kind, save in SAME.items():
        (full / file).write_bytes(save(rows))
        assert records(full) == expected, kind
        assert read_evidence([full]).remarks == (), kind
    for kind, save in TOLD.items():
        (full / file).write_bytes(save(rows))
        assert records(full) == expected, kind
        assert read_evidence([full]).remarks, kind
    for save, fault in BROKEN.values():
        (full / file).write_bytes(save(rows))
        with pytest.raises(EvidenceError, match=fault):
            records(full)


def test_a_workbook_in_the_evidence_is_refused(full):
    (full / "links.csv").write_bytes(workbook(rows_of(full / "links.csv")))
    with pytest.raises(EvidenceError, match=r"links\.csv: this is a workbook\. Save it as CSV\."):
        records(full)


def test_a_column_that_is_misspelt_is_not_taken_for_one_of_others(full):
    rows = rows_of(full / "propositions.csv")
    rows = [[*row, "public_wordng" if number == 0 else "x"] for number, row in enumerate(rows)]
    (full / "propositions.csv").write_text(text(rows), "utf-8")
    with pytest.raises(
        EvidenceError, match=r"'public_wordng' is not known\. Did you mean 'public_wording'"
    ):
        records(full)


# What a user sees


def test_a_note_stands_beside_the_result_and_not_in_it(tmp_path):
    (tmp_path / "e.csv").write_bytes(
        TOLD["Windows-1252"]((EFFECTS[0], ("B", "1", "1"), ("A", "2", "1")))
    )
    done = run_review("pool", tmp_path / "e.csv")
    assert done.returncode == 0
    assert json.loads(done.stdout)["k"] == 2
    assert "note: " in done.stderr
    assert "e.csv:2: this is not UTF-8 text, and was read as Windows-1252" in done.stderr
    assert "e.csv:1: columns that are not read: 'remark'" in done.stderr


def test_the_check_of_the_evidence_names_what_is_not_read(full):
    rows = with_column(rows_of(full / "links.csv"), 2)
    (full / "links.csv").write_bytes(text(rows, ";").encode("utf-8-sig"))
    done = run_review("check", "--evidence", full)
    assert done.returncode == 0, done.stderr
    (note,) = [line for line in done.stdout.splitlines() if line.startswith("note: ")]
    assert note.endswith(
        "links.csv:1: columns that are not read: 'seen by'. Nothing rests on what they hold."
    )
    again = run_review("format", "--check", "--evidence", full)
    assert again.returncode == 3
    assert "links.csv: not in canonical form" in again.stderr


def test_the_document_tells_the_limits_that_there_are(project):
    told = (project / "docs" / "tables.md").read_text("utf-8")
    rows = f"more than {MAX_BYTES // 10**6} MB, {MOST_ROWS:,} rows, {sheets.MOST_COLUMNS} columns"
    assert f"{rows} of a workbook, {sheets.MAX_UNPACKED // 10**6} MB of a workbook unpacked" in told
    files = f"{MAX_BYTES // 10**6} MB of a table, {MAX_YAML // 10**6} MB of YAML"
    assert f"{files}, {read_module.MAX_BYTES // 10**6} MB of anything else" in told
    assert f"Where {read_module.MOST_WRONG:,} rows of a table are wrong" in told


# What one reader has alone


def test_decimal_commas_are_read_where_a_spreadsheet_wrote_them_and_told(tmp_path):
    (tmp_path / "e.csv").write_bytes(b"study;yi;vi\nA;-0,25;0,0125\nB;1;,5\n")
    found = read_effects(tmp_path / "e.csv")
    assert [(effect.yi, effect.vi) for effect in found.effects] == [(-0.25, 0.0125), (1.0, 0.5)]
    (remark,) = found.remarks
    assert "commas in its numbers were read as decimal points" in remark.fault


def test_other_sheets_of_a_workbook_are_told(tmp_path):
    (tmp_path / "e.xlsx").write_bytes(two_sheets(EFFECTS))
    (remark,) = read_effects(tmp_path / "e.xlsx").remarks
    assert remark.fault == "its first sheet is read, and not 'older'"


def test_a_hidden_first_sheet_is_passed_over(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a list to choose from"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("effects")
    for row in EFFECTS:
        shown.append(list(row))
    book.save(tmp_path / "e.xlsx")
    assert len(read_effects(tmp_path / "e.xlsx").effects) == 2


def test_no_row_is_lost_behind_many_that_hold_nothing(tmp_path):
    rows = [("learner",), *[()] * 3000, *[(f"L{n}",) for n in range(700)]]
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for cell in row:
            book.active.cell(number, 1, cell)
    book.save(tmp_path / "class.xlsx")
    assert len(read_roster(tmp_path / "class.xlsx").learners) == 700


def test_a_day_with_a_time_keeps_it(tmp_path):
    book = openpyxl.Workbook()
    for row in (("run", "as_of"), ("a", "d"), ("b", "t")):
        book.active.append(row)
    from datetime import datetime

    book.active["B2"], book.active["B3"] = datetime(2026, 1, 5), datetime(2026, 1, 5, 14, 30)
    book.save(tmp_path / "r.xlsx")
    given = [row.given["as_of"] for row in read_rows(tmp_path / "r.xlsx").rows]
    assert given == ["2026-01-05", "2026-01-05 14:30:00"]


def test_more_columns_or_bytes_than_may_be_are_told(tmp_path, monkeypatch):
    wide = table_in(workbook([["a", *["x"] * 100], ["1"]]), "a.xlsx", ["a"], ["a"])
    assert "the row has more than 100 cells" in wide.problems[0].fault
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 5000)
    large = table_in(workbook([["a"], ["1"]]), "a.xlsx", ["a"], ["a"])
    assert "the workbook holds more than 5,000 bytes" in large.problems[0].fault
    (tmp_path / "class.csv").write_bytes(b"learner\n" + b"x" * MAX_BYTES)
    with pytest.raises(InputError, match="larger than 1,000,000 bytes"):
        read_roster(tmp_path / "class.csv")


@given(st.binary(max_size=300))
def test_whatever_the_bytes_a_table_or_problems_come_of_them(content):
    for start in (b"", b"a,b\n", b"PK\x03\x04", b"\xff\xfe"):
        table = table_in(start + content, "a.csv", ["a", "b"])
        assert table.problems or {"a", "b"} <= {*table.columns}


@given(st.integers(0, 6000), st.integers(1, 255))
def test_whatever_byte_of_a_workbook_is_damaged_it_is_read_or_told(at, by):
    content = bytearray(WORKBOOK)
    content[at % len(content)] ^= by
    table_in(bytes(content), "a.xlsx", ["study"])


WORKBOOK = workbook(EFFECTS, lambda cell: f'="{cell}"' if len(cell) > 4 and '"' not in cell else None)


def test_a_null_in_a_yaml_file_of_runs_is_a_parameter_that_is_not_given(tmp_path):
    (tmp_path / "r.yml").write_bytes(
        BOM_UTF8
        + b"all:\n  as_of: 2021-12-31\nruns:\n  - run: one\n    pages: ~\n    reviewer: 'null'\n"
        b"  - run: two\n    as_of: null\n    reviewer:\ngrid: null\n"
    )
    one, two = read_rows(tmp_path / "r.yml").rows
    assert one.given == {"as_of": "2021-12-31", "reviewer": "null"}
    assert two.given == {}
    (tmp_path / "g.yml").write_bytes(b"grid:\n  as_of: [~, 2021-12-31]\n  audience: [clinic]\n")
    assert [row.given for row in read_rows(tmp_path / "g.yml").rows] == [
        {"audience": "clinic"},
        {"audience": "clinic", "as_of": "2021-12-31"},
    ]


@pytest.mark.parametrize("written", ["null", "~", "", "Null", "NULL"])
def test_a_null_in_the_evidence_is_no_text(folder, written):
    path = folder / "studies" / "trial2025.yml"
    path.write_text(
        path.read_text("utf-8").replace("comparator: Saline", f"comparator: {written}"), "utf-8"
    )
    with pytest.raises(
        EvidenceError, match=r"comparator is empty\. Fill in comparator, not_reported if"
    ):
        read_evidence([folder])


def test_a_byte_order_mark_is_read_in_every_kind_of_file(folder, project, tmp_path):
    expected = records(folder)
    for file in ("studies/trial2025.yml", "references.bib", "pages/home.txt"):
        path = folder / file
        path.write_bytes(BOM_UTF8 + path.read_bytes())
    assert records(folder) == expected
    cases = (project / "tests/rules/grade_cases.json").read_bytes()
    (tmp_path / "cases.json").write_bytes(BOM_UTF8 + cases)
    assert len(read_cases(tmp_path / "cases.json").cases) == len(json.loads(cases))


def test_nulls_in_grade_cases_are_problems_with_their_case(tmp_path):
    (tmp_path / "c.json").write_text(
        '[{"id": null, "inputs": {"design": "rct"}}, {"id": "b", "inputs": null}]'
    )
    read = read_cases(tmp_path / "c.json")
    assert read.cases == ()
    assert [problem.place.key for problem in read.problems] == [1, 2]
