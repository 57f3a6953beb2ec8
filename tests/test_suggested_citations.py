"""The citations that `review suggest` finds on a page, as a user sees them."""

import csv
import json

import pytest
from commands import run_review

from review.dossier.suggested_citations import citation_records, suggested_citations
from review.language.sentences import Span
from review.model.citing import Identity, Scope
from review.model.knowledge.citation_cues import CitationKind
from review.workbench import open_review

PAGE = """Low-level light and hair

Light thickens hair [1]. Studies show that it calms the scalp. It lasts [2,7].
According to the Mayo Clinic, it is safe.

References
1. Higgins CA, Petukhova L, et al. FGF5 is a crucial regulator of hair length in humans. Gut. 2014.
2. A leaflet on light
"""
KEYS = "start end printed kind scope labels leads_to parts sources claims reason".split()


def claim(text: str) -> Span:
    at = PAGE.index(text)
    return Span(at, at + len(text))


THICKENS, CALMS, LASTS, SAFE = map(claim, ("Light thickens hair", "it calms", "It lasts", "it is safe"))


@pytest.fixture(scope="module")
def cited(review):
    return {
        c.found.printed: c for c in suggested_citations(PAGE, review, [THICKENS, CALMS, LASTS, SAFE])
    }


def test_a_citation_stands_for_the_claims_of_its_mark_its_sentence_or_the_page(cited, review):
    standing = {printed[:20]: (c.scope, c.claims) for printed, c in cited.items()}
    assert standing == {
        "[1]": (Scope.MARK, (THICKENS,)),
        "Studies show": (Scope.SENTENCE, (CALMS,)),
        "[2,7]": (Scope.MARK, (LASTS,)),
        "According to the Mayo Clinic"[:20]: (Scope.SENTENCE, (SAFE,)),
        "Higgins CA, Petukhova L"[:20]: (Scope.MARK, (THICKENS,)),
        "A leaflet on light"[:20]: (Scope.MARK, (LASTS,)),
    }
    without_marks = PAGE.replace("[1]", "").replace("[2,7]", "")
    entries = [c for c in suggested_citations(without_marks, review) if c.found.parts.authors]
    assert [(c.scope, c.claims) for c in entries] == [(Scope.PAGE, ())]


def test_a_mark_means_the_references_of_its_entries(cited):
    (source,) = cited["[1]"].sources
    assert (source.study, source.identity) == ("higgins2014", Identity.WITH_FAULTS)
    assert [fault.field for fault in source.faults] == ["journal", "place", "doi"]
    assert [source.identity for source in cited["[2,7]"].sources] == [Identity.NOT_FOUND] * 2
    assert "no entry of this number" in cited["[2,7]"].reason
    assert [source.identity for source in cited["Studies show"].sources] == [Identity.NAMELESS]


def test_the_rows_are_those_of_the_evidence_and_numbered_on(review):
    rows = list(citation_records(PAGE, "new-page", review))
    last = max(int(key[-4:]) for key in review.evidence.citations)
    assert [row.citation for row in rows] == [f"cit-{last + n:04d}" for n in range(1, 6)]
    assert [row.printed[:13] for row in rows] == [
        "Studies show",
        "[2,7]",
        "According to ",
        "Higgins CA, P",
        "A leaflet on ",
    ]
    assert all(row.reason.startswith("Suggested by machine: ") for row in rows)
    assert rows[1].reason.endswith("nobody has looked it up.")
    assert not any(row.claims for row in rows)


def test_rows_of_a_page_of_the_evidence_name_its_claims(review):
    page = review.evidence.pages["clinic-brochure"]
    rows = list(citation_records(page.text, page.page, review))
    assert len(rows) >= 3
    for row in rows:
        assert page.text[row.start : row.end] == row.printed
        assert row.claims
        assert {review.evidence.claims[key].page for key in row.claims} == {page.page}


@pytest.mark.slow
def test_the_command_lists_and_writes_them_and_the_evidence_takes_them(folder, tmp_path):
    (tmp_path / "new page.txt").write_text(PAGE, "utf-8")
    ask = ("suggest", tmp_path / "new page.txt", "--evidence", folder)
    listed = run_review(*ask, "--citations", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout.splitlines()[-1] == "6 places name a source; a named person decides"
    assert "cites Studies show" in listed.stdout
    rows = [
        json.loads(x)
        for x in run_review(*ask, "--citations", "--json", cwd=tmp_path).stdout.splitlines()
    ]
    assert [list(row) for row in rows] == [KEYS] * 6
    assert all(PAGE[row["start"] : row["end"]] == row["printed"] for row in rows)
    both = run_review(*ask, cwd=tmp_path).stdout
    assert both.splitlines()[-1].startswith("6 places name a source; ")
    assert "perhaps" in both or "new" in both
    claims = run_review(*ask, "--json", cwd=tmp_path).stdout.splitlines()
    assert "quote" in json.loads(claims[0])
    out = tmp_path / "out"
    done = run_review(*ask, "--report", out, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "What the page cites" in (out / "suggestions.html").read_text("utf-8")
    assert len((out / "citations.jsonl").read_text("utf-8").splitlines()) == 6
    written = list(csv.DictReader((out / "citations.csv").open(encoding="utf-8")))
    assert {row["page"] for row in written} == {"new-page"}
    ingested = run_review(
        "ingest",
        tmp_path / "new page.txt",
        "--page",
        "new-page",
        "--date",
        "2026-01-31",
        "--evidence",
        folder,
    )
    assert ingested.returncode == 0, ingested.stderr
    text = (folder / "pages" / "new-page.txt").read_text("utf-8")
    own = open_review([folder])
    again = [row for row in citation_records(text, "new-page", own) if row.identity is Identity.NAMELESS]
    assert [row.printed for row in again] == ["Studies show"]
    table = (out / "citations.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "citations.csv").write_text("".join(table[:2]), "utf-8")
    assert [c.printed for c in open_review([folder]).evidence.citations.values()] == ["Studies show"]


def test_a_page_that_names_no_source_says_to_read_it(review):
    assert suggested_citations("Light thickens hair.\n", review) == ()
    kinds = {citation.found.kind for citation in suggested_citations(PAGE, review)}
    assert kinds == {
        CitationKind.MARK,
        CitationKind.NAMELESS,
        CitationKind.BODY,
        CitationKind.REFERENCE,
    }
