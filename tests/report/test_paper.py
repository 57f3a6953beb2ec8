"""The review for paper: short enough to be read, whole in its sentences, and honest about the rest."""

from dataclasses import replace

import pytest

from review.model.vocabulary import Action
from review.report.formats.pdf import report_pdf, sheets
from review.report.parts.compose import compose
from review.report.parts.document import Paragraph, Section, Table, plain_text
from review.report.parts.paper import compose_paper


@pytest.fixture(scope="module")
def paper(whole):
    return compose_paper(whole)


def table_of(document, anchor) -> Table:
    (table,) = [table for table in document.tables() if table.anchor == anchor]
    return table


def test_five_pages_stay_below_a_hundred_and_fifty_and_one_below_forty(paper, one_page):
    assert sheets(report_pdf(paper)) < 150
    assert sheets(report_pdf(compose_paper(one_page))) < 40


def test_it_begins_with_what_it_leaves_out(paper):
    notice = paper.parts[0].blocks[0]
    assert isinstance(notice, Paragraph)
    for file in ("report.html", "claims.xlsx", "report.json"):
        assert file in plain_text(notice.text)


def test_every_sentence_that_cannot_stay_is_there_once_and_whole(whole, paper):
    failing = [row for row in whole.sentences if row.action is not Action.MAY_STAND]
    table = table_of(paper, "table-paper-sentences")
    assert len(table.rows) == len(failing)
    for row, sentence in zip(table.rows, failing, strict=True):
        first, action, why = (plain_text(cell) for cell in row.cells)
        assert sentence.text.strip() in first
        assert all(claim in first for claim in sentence.claims)
        assert sentence.plain in action
        assert sentence.wording in action
        decisive = whole.claim(sentence.decided_by)
        assert all(reason.sentence in why for reason in decisive.reasons)
        assert all(flag.flag in why for flag in decisive.flags)
    staying = len(whole.sentences) - len(failing)
    assert f"{len(failing)} sentences" in table.caption
    assert f"{staying} others may stay" in table.caption


def test_the_evidence_is_that_of_the_main_questions_and_what_counts(whole, paper):
    asked = {row.proposition for row in whole.summary_of_findings.rows}
    (part,) = [part for part in paper.parts if part.anchor == "evidence"]
    shown = {b.anchor.removeprefix("evidence-") for b in part.blocks if isinstance(b, Section)}
    linked = [p for p in whole.profiles if p.proposition in asked]
    assert shown == {profile.proposition for profile in linked}
    counting = sum(finding.does_count for profile in linked for finding in profile.findings)
    findings = [table for table in paper.tables() if table.anchor.startswith("table-findings-")]
    assert sum(len(table.rows) for table in findings) == counting
    every = sum(len(profile.findings) for profile in linked)
    assert f"Of {every} findings linked to these questions {every - counting} do not" in plain_text(
        part.blocks[0].text
    )


def test_every_study_that_it_names_is_among_its_references(whole, paper):
    (part,) = [part for part in paper.parts if part.anchor == "references"]
    listed = {plain_text(item) for item in part.blocks[1].items}
    asked = {row.proposition for row in whole.summary_of_findings.rows}
    named = {
        f.study for p in whole.profiles if p.proposition in asked for f in p.findings if f.does_count
    }
    named |= {row.study for row in whole.citations if row.study}
    cited = {row.citation for row in whole.references if row.key in named}
    assert {text for citation in cited for text in listed if text.startswith(citation)} == listed
    assert len(listed) == len(cited)


def test_a_notice_about_a_study_stands_with_its_reference(whole):
    study = next(r for r in whole.references if any(c.study == r.key for c in whole.citations))
    marked = tuple(
        replace(r, notices="retraction" if r.key == study.key else "none") for r in whole.references
    )
    document = compose_paper(replace(whole, references=marked))
    (part,) = [part for part in document.parts if part.anchor == "references"]
    texts = [plain_text(item) for item in part.blocks[1].items]
    assert [text for text in texts if text.endswith(" retraction")] == [f"{study.citation} retraction"]


def test_shared_passages_are_for_several_pages(paper, one_page):
    assert "lineage" in {part.anchor for part in paper.parts} or not one_page.lineage
    assert "lineage" not in {part.anchor for part in compose_paper(one_page).parts}


def test_where_the_evidence_is_hidden_paper_is_the_whole_document(clinic_report, class_report):
    for report in (clinic_report, class_report):
        assert compose_paper(report) == compose(report)


def test_flags_and_sign_off_stand_on_paper_too(paper, whole_document):
    for anchor in ("table-flags", "table-sign-off", "table-worst"):
        assert table_of(paper, anchor) == table_of(whole_document, anchor)
