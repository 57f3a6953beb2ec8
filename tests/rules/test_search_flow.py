"""The flow from searches to included studies: numbers that records hold, and none that they do not."""

import csv
import json
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from review.commands.group import app
from review.model.records import Search
from review.model.vocabulary import SearchStage
from review.report.build import build_report
from review.report.evidence.model import StageRow
from review.report.evidence.search_flow import search_flow
from review.report.parts.compose import compose
from review.report.parts.document import plain_text
from review.report.search_words import number_rows, stage_text
from review.workbench import open_review

PUBLISHED = [
    # The flow diagrams of two reviews, as their publisher describes them in words.
    # ftp.nowpublishers.com/view-large/figure/112918370/AEDS-09-2025-0494001.tif
    {"hits": 162, "duplicates": 23, "screened": 139, "excluded": 25, "kept": 114},
    # ftp.nowpublishers.com/view-large/figure/108889566/HE-08-2025-0134002.tif
    {"hits": 700, "duplicates": 167, "screened": 533, "excluded": 398, "kept": 135},
]
STAGES = [stage.column for stage in SearchStage]


def search(proposition="regrows", **changes):
    row = {
        "proposition": proposition, "looked_for": "Trials of foam.", "result": "Some.",
        "kind": "database", "database": "PubMed", "date": "2026-02-03", "query": "foam AND hair",
        "who": "reviewer A",
    }  # fmt: skip
    return {**row, **{name: str(value) for name, value in changes.items()}}


def write(folder, *rows):
    with (folder / "searches.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(Search.model_fields), restval="")
        out.writeheader()
        out.writerows(rows)
    return folder


def flow_of(folder, as_of="2026-11-21"):
    review = open_review([folder], as_of)
    return search_flow(review, review.standings)


def numbers(flow):
    return [stage.number for stage in flow.stages]


@pytest.mark.parametrize("published", PUBLISHED)
def test_a_published_flow_comes_back_number_for_number(folder, published):
    flow = flow_of(write(folder, search(**published)))
    assert numbers(flow) == list(published.values())
    assert [row.counted for row in flow.stages] == [1] * 5
    (row,) = flow.searches
    assert (row.database, row.date, row.query, row.who) == (
        "PubMed", "2026-02-03", "foam AND hair", "reviewer A",
    )  # fmt: skip


def test_the_searches_of_several_databases_add_up(folder):
    rows = [search(database=name, **of) for name, of in zip("AB", PUBLISHED, strict=True)]
    assert numbers(flow_of(write(folder, *rows))) == [862, 190, 672, 423, 249]


def test_a_search_that_several_statements_share_counts_once(folder):
    flow = flow_of(write(folder, *(search(key, **PUBLISHED[0]) for key in ("regrows", "harms"))))
    assert numbers(flow) == list(PUBLISHED[0].values())
    assert flow.searches[0].propositions == ("harms", "regrows")


@pytest.mark.parametrize(
    "changed",
    [{"database": "Embase"}, {"date": "2026-02-04"}, {"query": "foam"}, {"who": "reviewer B"}],
)
def test_another_database_day_string_or_person_is_another_search(folder, changed):
    rows = [search(hits=5), search("harms", hits=5, **changed)]
    assert numbers(flow_of(write(folder, *rows)))[0] == 10


def test_what_nobody_recorded_is_never_nought(folder):
    flow = flow_of(write(folder, search(hits=0), search(database="Embase")))
    identified, *others = flow.stages
    assert (identified.number, identified.counted, identified.searches) == (0, 1, 2)
    assert stage_text(identified) == "0 in 1 of 2 searches, not recorded in 1"
    assert {row.number for row in others} == {None}
    assert {stage_text(row) for row in others} == {"not recorded"}
    assert {stage_text(row) for row in flow_of(write(folder)).stages} == {"not recorded"}


def test_a_number_that_differs_by_statement_is_no_number_of_the_search(folder):
    rows = [search(hits=9, kept=3), search("harms", hits=9, kept=4)]
    flow = flow_of(write(folder, *rows, search(database="Embase", hits=2, kept=1)))
    assert numbers(flow)[0] == 11
    assert stage_text(flow.stages[-1]) == "1 in 1 of 2 searches, differs by statement in 1"
    assert flow.searches[1].differing == (SearchStage.KEPT,)
    assert flow.searches[1].numbers[SearchStage.KEPT] is None


def test_a_row_that_leaves_a_number_out_does_not_differ(folder):
    flow = flow_of(write(folder, search(hits=9, kept=3), search("harms", hits=9)))
    assert (numbers(flow)[-1], flow.searches[0].differing) == (3, ())


@pytest.mark.parametrize(("day", "known"), [("2026-02-02", 0), ("2026-02-03", 1), ("2026-02-04", 1)])
def test_a_search_counts_from_its_day(folder, day, known):
    write(folder, search(hits=9))
    assert len(flow_of(folder, day).searches) == known


def test_what_was_looked_for_in_the_library_and_what_nowhere_is_counted(folder):
    library = search("harms", kind="library", database="not_applicable", hits=4)
    flow = flow_of(write(folder, library))
    assert (flow.library_only, flow.unsought) == (1, 1), "a price is no evidence question"
    assert (flow.searches, numbers(flow)) == ((), [None] * 5)
    flow = flow_of(write(folder, library, search("harms", hits=4), search(hits=4)))
    assert (flow.library_only, flow.unsought) == (0, 0)


def test_the_studies_are_those_of_the_links_with_why_nothing_counts(folder):
    flow = flow_of(folder)
    assert (flow.linked, flow.included, flow.set_aside) == (1, 1, ())
    study = folder / "studies" / "trial2025.yml"
    study.write_text(study.read_text("utf-8").replace("checked: abstract", "checked: unverified"))
    flow = flow_of(folder)
    assert (flow.linked, flow.included) == (1, 0)
    assert [(str(why), number) for why, number in flow.set_aside] == [
        ("not verified: nobody has read it at a source", 1)
    ]
    assert flow_of(folder, "2024-01-01").linked == 0, "nobody knew the study then"


numbers_of = st.fixed_dictionaries(
    {}, optional={name: st.integers(0, 12) | st.just("not_reported") for name in STAGES}
)


@given(numbers_of)
def test_no_more_records_leave_a_stage_than_entered_it(of):
    """Held against the diagram read box by box: unknown numbers may be whatever fits."""
    held = {name: value for name, value in of.items() if value != "not_reported"}
    lost, left = held.get("duplicates", 0), held.get("excluded", 0) + held.get("kept", 0)
    known = [held[name] for name in ("screened",) if name in held]
    is_sound = all(left <= screened for screened in known)
    if "hits" in held:
        is_sound = is_sound and lost + max([left, *known]) <= held["hits"]
    try:
        Search.model_validate(search(**of))
    except ValidationError:
        assert not is_sound
    else:
        assert is_sound


@given(st.lists(st.none() | st.integers(0, 99), min_size=1, max_size=6), st.integers(0, 3))
def test_every_search_is_told_of_in_the_words(told, differing):
    known = [number for number in told if number is not None]
    total = sum(known) if known else None
    row = StageRow(SearchStage.KEPT, total, len(known), differing, len(told) + differing)
    text = stage_text(row)
    if len(known) == row.searches:
        assert text == str(total)
    else:
        assert ("not recorded" in text) == (None in told)
        assert ("differs by statement" in text) == (differing > 0)
        assert (f"{total} in {len(known)} of " in text) == bool(known)


def test_report_and_command_show_the_same_numbers(folder):
    write(
        folder, search(hits=12, duplicates=2, screened=10), search("harms", database="CENTRAL", hits=3)
    )
    document = compose(build_report(open_review([folder])))
    tables = {table.anchor: table for table in document.tables()}
    shown = [tuple(plain_text(cell) for cell in row.cells) for row in tables["table-search-flow"].rows]
    assert shown == list(number_rows(flow_of(folder)))
    said = (
        CliRunner().invoke(app, ["searches", "--evidence", str(folder)], catch_exceptions=False).output
    )
    assert all(f"{words}: {number}" in said for words, number in shown)
    assert "PubMed, 2026-02-03, by reviewer A: foam AND hair" in said
    assert len(tables["table-searches"].rows) == 2
    (picture,) = (p for p in document.pictures() if p.anchor == "figure-search-flow")
    assert all(f"{words}: {number}" in picture.alt for words, number in shown)


def test_the_command_gives_the_model_as_json(folder):
    write(folder, search(hits=12))
    said = CliRunner().invoke(
        app, ["searches", "--json", "--evidence", str(folder)], catch_exceptions=False
    )
    rows = [json.loads(line) for line in said.output.splitlines()]
    assert [row["row"] for row in rows] == ["stage"] * 5 + ["studies", "search"]
    assert (rows[0]["number"], rows[1]["number"]) == (12, None)
    assert rows[-1]["numbers"] == {"identified": 12, **dict.fromkeys(list(SearchStage)[1:])}
    assert (rows[5]["linked"], rows[5]["included"]) == (1, 1)


def test_a_file_of_the_form_before_is_read_and_changes_no_digest(folder):
    """Without the three numbers between `hits` and `kept`, as files were until now."""
    before = [
        "proposition",
        "looked_for",
        "result",
        "kind",
        "database",
        "date",
        "query",
        "hits",
        "kept",
        "who",
    ]
    cells = [search(hits=4, kept=1)[name] for name in before]
    (folder / "searches.csv").write_text(f"{','.join(before)}\n{','.join(cells)}\n", "utf-8")
    old = open_review([folder]).evidence.searches["regrows"]
    assert open_review([write(folder, search(hits=4, kept=1))]).evidence.searches["regrows"] == old
    assert old[0].model_dump(exclude_defaults=True).keys() == set(before)
    assert old[0].date == date(2026, 2, 3)
