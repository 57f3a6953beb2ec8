"""One page read in several markets: what each asks for, side by side, and what no words can show."""

import pytest

from review.dossier.markets import flagged_sentences, severity_of
from review.model.vocabulary import Audience, Ground, Market, Severity
from review.report.build import build_report
from review.report.explain import explained, explained_rule
from review.report.parts.compose import compose
from review.report.parts.document import Section

PAGE = "clinic-brochure"


@pytest.fixture(scope="module")
def four(review):
    markets = [market for market in Market if market is not Market.EU]
    return review.select(pages=[PAGE], jurisdictions=markets)


@pytest.fixture(scope="module")
def report_of_four(four):
    return build_report(four)


@pytest.fixture(scope="module")
def document_of_four(report_of_four):
    return compose(report_of_four)


def section(document, anchor):
    """The section of this anchor; None where there is none."""
    blocks = (block for part in document.parts for block in part.blocks)
    return next((b for b in blocks if isinstance(b, Section) and b.anchor == anchor), None)


def test_every_flagged_sentence_stands_with_a_cell_for_each_market(
    four, report_of_four, document_of_four
):
    report = report_of_four
    assert report.jurisdictions == (Market.US, Market.UK, Market.AU, Market.IE)
    assert len(report.flagged) == len(list(flagged_sentences(four))) > 10
    for row in report.flagged:
        assert [cell.market for cell in row.markets] == list(report.jurisdictions)
        assert any(cell.severity for cell in row.markets)
    differing = [row for row in report.flagged if len({cell.severity for cell in row.markets}) > 1]
    assert differing, "what one market allows another forbids"
    (table,) = [block for block in section(document_of_four, "markets").blocks if hasattr(block, "rows")]
    assert len(table.rows) == len(report.flagged)
    assert [column.title for column in table.columns][1:] == [m.full_name for m in report.jurisdictions]
    assert f"the markets differ on {len(differing)}." in table.caption


def test_a_sentence_that_no_claim_was_quoted_from_is_told_in_one_market_too(whole):
    assert whole.jurisdictions == (Market.US,)
    assert whole.flagged
    assert not any(row.claims for row in whole.flagged)


def test_what_a_market_has_no_rule_on_is_told_beside_its_flags(review, four, report_of_four):
    """That no rule is met says nothing where none is held."""
    screen = four.lexicon.screen
    for market in four.markets:
        asked = {flag.ground for flag in screen.in_force if flag.severity is not Severity.INFORM}
        own = review.select(jurisdictions=[market]).lexicon.screen
        held = {flag.ground for flag in own.in_force if flag.severity is not Severity.INFORM}
        assert held.isdisjoint(own.without_rule(market))
        assert held | set(own.without_rule(market)) >= asked
    assert Ground.PRESSURE in screen.without_rule(Market.US)
    assert Ground.PRESSURE not in screen.without_rule(Market.UK)
    notice = report_of_four.flag_notice
    assert "United States: no rule is held here on prescription, pressure, trivialising;" in notice
    assert notice.count("pressure") == len({Market.US, Market.IE})


def test_the_gravest_severity_of_a_market_is_that_of_its_flags(four):
    for sentence in flagged_sentences(four):
        for hits in sentence.by_market.values():
            severities = {hit.flag.severity for hit in hits}
            gravest = next((s for s in (Severity.BLOCK, Severity.REVIEW) if s in severities), None)
            assert severity_of(hits) == gravest


def test_rules_that_need_the_page_are_told_as_not_looked_at(report_of_four, document_of_four):
    flags = {row.flag for row in report_of_four.page_rules}
    assert {flag[:2] for flag in flags} == {"US", "UK", "AU", "IE"}
    assert "not looked at" in section(document_of_four, "page-rules").blocks[-1].caption


def test_what_is_worded_as_information_is_counted_listed_and_explained(review, whole, whole_document):
    """What no rule was held to must not look like a sentence on which nothing was found."""
    report, table = whole, section(whole_document, "informing").blocks[-1]
    assert 0 < len(report.informing) < len(report.sentences)
    number = len(report.informing)
    assert f"{number} sentences are worded as information for patients" in report.flag_notice
    assert table.caption.startswith(f"{number} sentences")
    cells = [str(cell) for row in table.rows for cell in row.cells[1:]]
    assert len(cells) == number
    assert all("as advertising: " in cell for cell in cells), "nothing was held to them"
    row = next(row for row in report.informing if row.claims)
    flag, title = next(flag for cell in row.markets for flag in cell.flags)
    lines = "\n".join(line for claim in row.claims for line in explained(review, claim))
    assert f"flag {flag}, United States, not held to it: {title}." in lines
    assert "not held to it" in "\n".join(explained_rule(review, flag))


def test_a_class_is_told_nothing_of_flags(four):
    report = build_report(four, Audience.CLASS)
    assert (report.flagged, report.informing, report.page_rules) == ((), (), ())


def test_verdicts_are_the_same_in_every_market(review):
    verdicts = [
        [j.verdict for j in review.select(pages=[PAGE], jurisdictions=[market]).judged]
        for market in (Market.US, Market.IE)
    ]
    assert verdicts[0] == verdicts[1]


def test_no_other_page_is_read_to_explain_a_claim(review):
    fresh = review.select(jurisdictions=[Market.US])
    claim = next(claim for claim in fresh.chosen_claims if claim.page == PAGE)
    lines = list(explained(fresh, claim.claim))
    assert "flags" not in vars(fresh)
    assert lines == list(explained(fresh.select(pages=[PAGE]), claim.claim))


def test_an_unknown_market_is_refused(review):
    with pytest.raises(ValueError, match="'mars'"):
        review.select(jurisdictions=["mars"])


def test_a_flag_is_explained_with_market_basis_words_and_what_clears_it(four):
    told = "\n".join(explained(four, "clinic-brochure-071"))
    for part in (
        "flag US08, United States, block: promises safety without limits.",
        'The words: "safe and highly effective"',
        "flag UK08, United Kingdom, block",
        "the page says so itself.",
        "Basis: CAP Code 12.9",
        "(checked: 2026-11-30)",
        "What would clear it:",
    ):
        assert part in told


def test_a_rule_is_explained_with_where_it_is_met(four):
    told = list(explained_rule(four, "US08"))
    assert told[0] == "Rule US08, United States (in force), block: promises safety without limits."
    assert any(line.startswith("Met ") for line in told)
    assert any("safe and highly effective" in line for line in told)
    elsewhere = list(explained_rule(four, "EU08"))
    assert "(not under review)" in elsewhere[0]
    assert list(explained_rule(four, "UK23"))[-1].startswith("  No words show it")
    with pytest.raises(KeyError):
        list(explained_rule(four, "US99"))
