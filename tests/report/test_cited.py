"""What the pages cite, in the report: what is known of each source, and what nobody has looked for."""

import csv
import io
import json
import re

import pytest
from cited_folder import write_cited_folder

from review.differences.edits import edits_between
from review.differences.words import plain
from review.model.citing import Citing, Fidelity
from review.model.vocabulary import Audience, Verdict
from review.report.build import build_report
from review.report.explain import explained
from review.report.formats.render import report_json
from review.report.formats.table_files import claims_csv
from review.report.parts.compose import compose
from review.report.parts.document import Section, Table, plain_text
from review.store.read import read_evidence
from review.workbench import open_review


@pytest.fixture
def cited(tmp_path):
    return write_cited_folder(tmp_path / "citing")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of the folder as it stands."""
    return build_report(open_review([write_cited_folder(tmp_path_factory.mktemp("read") / "citing")]))


def part(report):
    (found,) = [part for part in compose(report).parts if part.anchor == "citations"]
    return found


def tables(blocks):
    for block in blocks:
        if isinstance(block, Table):
            yield block.anchor, [[plain_text(cell) for cell in row.cells] for row in block.rows]
        elif isinstance(block, Section):
            yield from tables(block.blocks)


def rows(report, anchor):
    return dict(tables(part(report).blocks)).get(anchor)


def read_for(cited, listed):
    pages = cited / "pages.csv"
    pages.write_text(pages.read_text("utf-8").replace("none,yes", f"none,{listed}"), "utf-8")


def test_it_stands_right_after_the_answer(report):
    assert [part.anchor for part in compose(report).parts][:2] == ["answer", "citations"]


def test_a_known_source_is_told_with_its_faults_and_what_it_says(report):
    ((printed, source, faults, claims, told),) = rows(report, "table-named-sources")
    assert printed == "“the trial of 2024”\ncit-0002, 86-103"
    assert source == "A trial 2025\nwith faults\nThere is one trial."
    assert faults == "year: 2024 for 2025"
    assert claims == "the whole page: no mark in the text leads to it"
    # The price is no evidence question, and is held against nothing.
    assert told == "says so 1, does not speak 1"


def test_an_appeal_to_nobody_is_told_as_one(report):
    ((printed, claims, why),) = rows(report, "table-lost-sources")
    assert printed.startswith("“Surgeons”")
    assert claims == "by sentence: home-001"
    assert why == "nameless\nNobody is named."


def test_what_a_source_does_not_say_is_listed_with_the_words(report):
    ((source, answer, why, said),) = rows(report, "table-unfaithful")
    assert source == "A trial 2025\ncit-0002, by page"
    assert answer.startswith("does not speak\nThe cited source says nothing of it")
    assert why == "Harms were not counted. (recorded judgement, r.eader)"
    assert said == "“There are no side effects.” home-002"


def test_each_page_tells_how_many_of_its_claims_are_borne_out(report):
    assert rows(report, "table-cited-by-page") == [
        [
            "Home",
            "2 places: 1 with a known source (1 source), 1 without",
            "cannot be found 1",
            "says so 1, does not speak 1",
        ]
    ]
    assert (
        "The pages name a source in 2 places; in 1 of them nothing is named by which it could be "
        "looked up. Of 1 claim with a source in the same sentence, the source: cannot be found 1."
    ) in report.answer


def test_each_claim_names_its_sources_nearest_first(report):
    near, whole = report.claim("home-001").citations
    assert (near.citation, near.fidelity) == ("cit-0001", Fidelity.CANNOT_BE_FOUND)
    assert (whole.citation, whole.fidelity, whole.finding) == ("cit-0002", Fidelity.SAYS_SO, "f1")
    assert report.claim("home-003").citations == ()
    (table,) = [table for table in compose(report).tables() if table.anchor == "table-claims"]
    cells = {
        row["claim"]: row for row in csv.DictReader(io.StringIO(claims_csv(table).decode("utf-8-sig")))
    }
    assert cells["home-001"]["cited"] == "no name: cannot be found\nA trial 2025: says so"
    assert cells["home-003"]["cited"] == "nothing"


def test_it_changes_no_verdict(cited, folder):
    for claim in ("home-001", "home-002", "home-003"):
        with_sources = build_report(open_review([cited])).claim(claim)
        without = build_report(open_review([folder])).claim(claim)
        assert with_sources.verdict is without.verdict
        assert with_sources.action is without.action


def test_the_json_holds_every_place_and_answer(report):
    data = json.loads(report_json(report))
    appeal, reference = data["citations"]
    assert appeal["identity"] == "nameless"
    assert reference["faults"] == [
        {"field": "year", "fault": "2024 for 2025", "sentence": "year: 2024 for 2025"}
    ]
    assert [(a["claim"], a["fidelity"]) for a in reference["answers"]] == [
        ("home-001", "says-so"),
        ("home-002", "does-not-speak"),
    ]
    assert data["pages"][0]["citing"] == "cites"


@pytest.mark.parametrize(
    ("listed", "names", "citing", "told"),
    [
        ("yes", False, Citing.CITES_NOTHING, "cites nothing"),
        ("", False, Citing.NOT_LOOKED_FOR, "not looked for"),
        (
            "",
            True,
            Citing.READ_IN_PART,
            "2 places (not read to the end): 1 with a known source (1 source), 1 without",
        ),
    ],
)
def test_nobody_having_looked_is_not_nothing(cited, listed, names, citing, told):
    read_for(cited, listed)
    if not names:
        (cited / "citations.csv").unlink()
        (cited / "fidelity.csv").unlink()
    report = build_report(open_review([cited]))
    assert report.pages[0].citing is citing
    ((_, cites, *_rest),) = rows(report, "table-cited-by-page")
    assert cites == told
    said = " ".join(report.answer)
    assert ("1 page cites nothing." in said) is (citing is Citing.CITES_NOTHING)
    assert ("What 1 page cites nobody has looked for." in said) is (citing is Citing.NOT_LOOKED_FOR)


def test_a_retraction_known_on_the_day_is_told_and_a_later_one_is_not(cited):
    notice = (
        "- study: trial2025\n  kind: retraction\n  source: the journal\n  date: 2026-11-22\n"
        "  consequence: The data cannot be trusted.\n"
    )
    (cited / "corrections.yml").write_text(notice, "utf-8")
    review = open_review([cited])
    counts = {c.fidelity: c.count for c in build_report(review).citations[1].counts}
    assert counts == {Fidelity.RETRACTED: 2}
    earlier = build_report(review.select(as_of="2026-11-21"))
    assert Fidelity.RETRACTED not in {c.fidelity for c in earlier.citations[1].counts}


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2026-11-20", {Fidelity.SAYS_SO, Fidelity.DOES_NOT_SPEAK}),
        ("2026-11-19", {Fidelity.SAYS_SO, Fidelity.UNCHECKED}),  # nobody had judged it
        ("2025-06-01", {Fidelity.UNCHECKED}),  # the trial had not been published
    ],
)
def test_only_what_was_known_on_the_day_answers(cited, day, known):
    reference = build_report(open_review([cited]).select(as_of=day)).citations[1]
    assert {count.fidelity for count in reference.counts} == known


def test_a_selection_holds_only_what_it_shows_against_the_sources(cited):
    narrowed = build_report(open_review([cited]).select(categories=["safety"]))
    appeal, reference = narrowed.citations
    assert appeal.claims == ()
    assert [answer.claim for answer in reference.answers] == ["home-002"]
    anchors = set(compose(narrowed).anchors())
    assert "home-001" not in anchors
    ((_, claims, _why),) = rows(narrowed, "table-lost-sources")
    assert claims == "by sentence: no claim"


def test_a_clinic_sees_the_answers_and_a_class_sees_none(cited):
    review = open_review([cited])
    clinic = build_report(review, Audience.CLINIC)
    answers = [answer for row in clinic.citations for answer in row.answers]
    assert {answer.fidelity for answer in answers} >= {Fidelity.SAYS_SO, Fidelity.DOES_NOT_SPEAK}
    assert {(a.finding, a.result, a.source, a.reason) for a in answers} == {("", "", "", "")}
    pupil = build_report(review, Audience.CLASS)
    assert (pupil.citations, pupil.pages[0].citing) == ((), "")
    assert "citations" not in [part.anchor for part in compose(pupil).parts]


def test_explain_tells_it_with_what_was_read_and_where(cited):
    told = list(explained(open_review([cited]), "home-001"))
    at = told.index("What its page cites for it, beside the verdict: 2 citations.")
    assert told[at + 1] == "  cit-0001, by sentence: a source that is nameless: cannot be found (rule)."
    assert told[at + 3] == "  cit-0002, by page: A trial 2025: says so (rule)."
    assert told[at + 4] == "    f1: Density rose more than with saline."
    assert told[at + 6] == "    It compared with saline. The citation may stay."
    assert told[at + 7].startswith("Verdict: ")


def test_explain_tells_that_a_page_cites_nothing_or_that_nobody_looked(cited, folder):
    (cited / "citations.csv").unlink()
    (cited / "fidelity.csv").unlink()
    assert "What its page cites: cites nothing." in explained(open_review([cited]), "home-001")
    assert "What its page cites: not looked for." in explained(open_review([folder]), "home-001")


def test_a_change_of_a_citation_is_told_and_changes_no_verdict(cited, tmp_path):
    later = tmp_path / "later"
    write_cited_folder(later)
    text = (later / "citations.csv").read_text("utf-8")
    (later / "citations.csv").write_text(text.replace("year: 2024 for 2025", "year: 2024"), "utf-8")
    (later / "fidelity.csv").unlink()
    edits = edits_between(read_evidence([cited]), read_evidence([later]))
    assert [plain(edit.cause.phrase) for edit in edits] == [
        "citation cit-0002: faults reworded",
        "fidelity of cit-0002 for home-002 removed",
    ]
    assert {edit.propositions for edit in edits} == {frozenset()}


def test_the_five_pages_were_read_for_their_sources(whole):
    assert {page.citing for page in whole.pages} == {Citing.CITES}
    answers = [answer for row in whole.citations for answer in row.answers]
    # A verdict can be good where the cited source is silent, and the other way round.
    silent = {a.claim for a in answers if a.fidelity is Fidelity.SAYS_LESS}
    assert {whole.claim(key).verdict for key in silent} >= {Verdict.OVERSTATED, Verdict.SUBSTANTIATED}


def test_the_document_shows_what_explain_prints(review, project):
    text = (project / "docs" / "citations.md").read_text("utf-8")
    (claim,) = re.findall(r"^review explain (\S+)$", text, re.M)
    (printed,) = re.findall(r"```text\n(.*?)\n```", text, re.S)
    assert printed in explained(review, claim)
