"""A group of clinics with copies of the five pages: what is told grows with the facts, not the pages."""

from dataclasses import replace

import pytest

from benchmarks.scale import copied
from review.dossier.dossier import Dossier
from review.report.build import build_report
from review.report.parts.compose import compose
from review.report.parts.evidence_parts import contradiction_part, lineage_part

COPIES = 6


@pytest.fixture(scope="module")
def once(review) -> Dossier:
    return Dossier(review.evidence, review.as_of)


@pytest.fixture(scope="module")
def often(review) -> Dossier:
    return Dossier(copied(review.evidence, COPIES), review.as_of)


def test_facts_and_contradictions_are_those_of_one_copy_with_the_claims_of_all(once, often):
    assert len(often.contradicting_claims) == len(once.contradicting_claims)
    for one, many in zip(once.contradiction_groups, often.contradiction_groups, strict=True):
        assert (one.topic, one.reasons) == (many.topic, many.reasons)
        assert many.pairs == COPIES**2 * one.pairs
        sides = zip((*one.a, *one.b), (*many.a, *many.b), strict=True)
        assert all(len(y.claims) == COPIES * len(x.claims) for x, y in sides)


def test_passages_grow_by_those_that_a_page_shares_with_its_copies_and_no_further(once, often, review):
    told = {tuple(x.quote for x in shared.wordings) for shared in once.shared_passages}
    of_copies = {tuple(x.quote for x in shared.wordings) for shared in often.shared_passages}
    assert told <= of_copies
    twice = Dossier(copied(review.evidence, 2), review.as_of)
    assert {tuple(x.quote for x in shared.wordings) for shared in twice.shared_passages} == of_copies
    for shared in often.shared_passages:
        for wording in shared.wordings:
            assert len(wording.pages) % COPIES == 0


def test_a_report_quotes_words_once_and_names_every_page(often):
    brochures = [page for page in often.page_ids if page.startswith("clinic-brochure")]
    some = often.select(pages=brochures)
    report = build_report(some)
    (facts,), (passages,) = contradiction_part(report).blocks, lineage_part(report).blocks
    assert (len(facts.rows), len(passages.rows)) == (
        len(some.contradiction_groups),
        len(some.shared_passages),
    )
    assert {row.page for row in report.claims} == set(brochures)
    for fact in report.contradictions:
        for side in (*fact.a, *fact.b):
            quotes = [said.quote for said in side.quotes]
            assert len(quotes) == len(set(quotes))
            assert all(len(said.claims) % COPIES == 0 for said in side.quotes)


def test_the_heading_names_alike_titles_once_and_not_all_of_very_many(one_page):
    (page,) = one_page.pages
    alike = [replace(page, page=f"p-{number}", title="One clinic") for number in range(40)]
    other = replace(page, page="other", title="Another clinic")
    assert "Pages: One clinic (40 pages), Another clinic. " in heading(one_page, [*alike, other])
    many = [replace(page, page=f"p-{number}", title=f"Clinic {number}") for number in range(90)]
    assert "Clinic 11 and 78 more titles. " in heading(one_page, many)


def heading(report, pages) -> str:
    shown = replace(report, pages=tuple(pages), shows_evidence=False, shows_verdicts=False)
    return compose(shown).subtitle
