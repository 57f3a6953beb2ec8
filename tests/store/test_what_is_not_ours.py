"""What others put into a file of the evidence, or on a sheet, is still there after we wrote to it."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from sample_tables import text, two_sheets, with_column

from review.ingest.page import Request, bring
from review.model.errors import EvidenceError, InputError
from review.people.decisions import Draft
from review.people.rating import COLUMNS as RATED
from review.people.rating import RatingKind, items_of
from review.store.additions.decisions import record_decision
from review.store.additions.triage import record_triage, triage_session
from review.store.canonical import canonical_files
from review.store.files.sheet_file import record_rating, shown_sheet, write_sheet
from review.store.snapshot import read_evidence

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEEP = Draft("home-001", "keep", "One trial shows it.", "reviewer A", "medical director")
DROP = Draft("home-002", "remove", "Nothing shows it.", "reviewer B", "medical director")


def rows_of(path, delimiter=","):
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=delimiter))


def saved_elsewhere(path, name="seen by"):
    """Save a table as a spreadsheet in Germany does, with a column of one's own in it."""
    path.write_bytes(text(with_column(rows_of(path), 1, name), ";", "\r\n").encode("cp1252"))


def of_others(path, name="seen by"):
    head, *rows = rows_of(path)
    return {row[0]: row[head.index(name)] for row in rows}


def is_canonical(folder, *names):
    found = {path.name: (path, canonical) for path, _, canonical in canonical_files(folder)}
    return all(found[name][0].read_bytes() == found[name][1].encode() for name in names)


def test_a_decision_is_added_to_what_is_there(folder):
    record_decision([folder], KEEP, NOW)
    saved_elsewhere(folder / "decisions.csv")
    record_decision([folder], DROP, NOW)
    assert of_others(folder / "decisions.csv") == {"home-001": "J. W.", "home-002": ""}
    assert rows_of(folder / "decisions.csv")[0][-1] == "seen by"
    assert is_canonical(folder, "decisions.csv")
    record_decision([folder], KEEP, NOW)
    assert [taken.claim for taken in read_evidence([folder]).decisions] == [
        "home-001",
        "home-002",
        "home-001",
    ]


def test_triage_keeps_it_where_a_row_is_changed(folder):
    for file in ("claims.csv", "propositions.csv"):
        saved_elsewhere(folder / file)
    session = triage_session([folder], "home", ())
    session, _ = record_triage([folder], session, "home-001", lambda s: s.edit("home-001", 0, 15))
    session, _ = record_triage([folder], session, "home-003", lambda s: s.link("home-003", "harms"))
    assert of_others(folder / "claims.csv") == dict.fromkeys(
        ("home-001", "home-002", "home-003"), "J. W."
    )
    assert read_evidence([folder]).claims["home-003"].proposition == "harms"
    # A table to which nothing is written stays as somebody saved it.
    assert ";seen by;" in (folder / "propositions.csv").read_text("cp1252")


def test_propositions_of_an_earlier_form_are_all_there_after_a_new_one(folder):
    before = set(read_evidence([folder]).propositions)
    assert "public_wording" not in (folder / "propositions.csv").read_text("utf-8")
    cells = dict(zip(*rows_of(folder / "propositions.csv")[:2], strict=True)) | {"proposition": "price"}
    session = triage_session([folder], "home", ())
    record_triage([folder], session, "home-003", lambda s: s.new_proposition("home-003", cells))
    assert set(read_evidence([folder]).propositions) == before | {"price"}


def test_a_page_that_is_brought_in_takes_nothing_away(folder, tmp_path):
    for file in ("pages.csv", "claims.csv"):
        saved_elsewhere(folder / file)
    source = tmp_path / "new.txt"
    source.write_text(
        "New.\n\nExosomes regrow hair. There are no side effects.\nIt costs 9,000$.\n", "utf-8"
    )
    bring([folder], Request(str(source), "home", update=True), TODAY)
    source.write_text("Parking is free.\n", "utf-8")
    bring([folder], Request(str(source), "visit"), TODAY)
    assert of_others(folder / "pages.csv") == {"home": "J. W.", "visit": ""}
    assert set(of_others(folder / "claims.csv").values()) == {"J. W."}
    assert is_canonical(folder, "pages.csv", "claims.csv")


def test_the_canonical_form_keeps_it(folder):
    record_decision([folder], KEEP, NOW)
    for file in ("decisions.csv", "claims.csv", "links.csv", "pages.csv"):
        saved_elsewhere(folder / file, "né le")
    for path, present, canonical in list(canonical_files(folder)):
        assert present != canonical or path.suffix != ".csv" or path.name == "propositions.csv"
        path.write_bytes(canonical.encode())
    for file in ("decisions.csv", "claims.csv", "links.csv", "pages.csv"):
        assert set(of_others(folder / file, "né le").values()) == {"J. W."}
    assert is_canonical(folder, "decisions.csv", "claims.csv", "links.csv", "pages.csv")
    assert len(read_evidence([folder]).remarks) == 4


def test_a_table_that_is_not_understood_is_left_as_it_is(folder):
    record_decision([folder], KEEP, NOW)
    path = folder / "decisions.csv"
    content = path.read_bytes() + "home-002,é".encode() + b"\xe9,,\n"
    path.write_bytes(content)
    with pytest.raises(
        EvidenceError, match=r"decisions\.csv:3: this is not UTF-8 text, and other lines"
    ):
        record_decision([folder], DROP, NOW)
    assert path.read_bytes() == content


# Sheets


@pytest.fixture
def rated(folder, tmp_path):
    """What can be rated in the small folder, and a sheet on which one rating stands."""
    items = items_of(read_evidence([folder]), RatingKind("wording"))
    path = tmp_path / "mine.csv"
    given = {"value": "asserted", "reason": "", "reviewer": "R. Ö."}
    record_rating(path, items, items[0], given)
    return items, path, given


def test_a_rating_keeps_the_columns_and_the_delimiter_of_the_sheet(rated):
    items, path, given = rated
    path.write_bytes(text(with_column(rows_of(path), 2), ";", "\r\n").encode("cp1252"))
    record_rating(path, items, items[1], given)
    head, *rows = rows_of(path, ";")
    assert head == [*RATED, "seen by"]
    assert {row[-1] for row in rows} == {"J. W."}
    assert sum(row[head.index("value")] == "asserted" for row in rows) == 2


def test_a_rating_in_a_workbook_keeps_the_columns_of_others(rated, tmp_path):
    items, path, given = rated
    write_sheet(tmp_path / "mine.xlsx", [row.cells for row in shown_sheet(path).rows], RATED)
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    book.active.cell(1, 20, "seen by")
    book.active.cell(2, 20, "J. W.")
    book.save(tmp_path / "mine.xlsx")
    record_rating(tmp_path / "mine.xlsx", items, items[1], given)
    sheet = shown_sheet(tmp_path / "mine.xlsx")
    assert "seen by" in sheet.others
    assert sheet.rows[0].others[-1] == "J. W."
    assert sheet.rows[1].cells["value"] == "asserted"


@pytest.mark.parametrize("kind", ["sheets", "formula"])
def test_a_workbook_of_which_something_would_be_lost_is_not_written(rated, tmp_path, kind):
    items, path, given = rated
    rows = rows_of(path)
    target = tmp_path / "mine.xlsx"
    if kind == "sheets":
        target.write_bytes(two_sheets(rows))
    else:
        from sample_tables import calculated, workbook

        target.write_bytes(
            workbook(
                with_column(rows, 99, "sum", "two"),
                lambda cell: calculated(cell) if cell == "two" else None,
            )
        )
    before = target.read_bytes()
    with pytest.raises(InputError, match="would be lost"):
        record_rating(target, items, items[1], given)
    assert target.read_bytes() == before
