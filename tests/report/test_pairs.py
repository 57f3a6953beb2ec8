"""The parts of a report that tell contradicting facts and shared passages, on a page about fillers."""

from types import SimpleNamespace

import pytest

from review.model.vocabulary import Polarity
from review.report.model import (
    ContradictionGroupRow,
    LineageRow,
    OpposedClaim,
    OpposedQuote,
    PlaceRow,
    SideRow,
    WordingRow,
)
from review.report.parts.document import Table, plain_text
from review.report.parts.evidence_parts import contradiction_part, lineage_part


def side(key: str, polarity: Polarity, *claims: str) -> SideRow:
    made = tuple(said(f"quote of {claim}", claim) for claim in claims)
    return SideRow(key, f"Statement of {key}.", polarity, made)


def said(quote: str, *claims: str) -> OpposedQuote:
    return OpposedQuote(quote, tuple(OpposedClaim(claim, claim.rpartition("-")[0]) for claim in claims))


def wording(quote: str, *pages: str) -> WordingRow:
    return WordingRow(quote, tuple(PlaceRow(page, 0, len(quote)) for page in pages))


FACT = ContradictionGroupRow(
    topic="filler-safety",
    why="A lump is an adverse effect.",
    a=(side("has-effects", Polarity.DENIES, "home-001", "home-002"),),
    b=(
        side("has-effects", Polarity.AFFIRMS, "rival-001"),
        side("lumps", Polarity.AFFIRMS, "home-003"),
    ),
    within=("home",),
    pairs=4,
)
PASSAGE = LineageRow(
    "paraphrased", 0.523, 4, (wording("The gel lasts.", "home"), wording("It stays.", "rival"))
)


def report(*facts, passages=()):
    claims = [SimpleNamespace(claim=f"home-00{number}") for number in (1, 2, 3)]
    return SimpleNamespace(claims=claims, contradictions=facts, lineage=passages)


def test_a_fact_is_one_row_with_the_claims_of_both_sides():
    (table,) = contradiction_part(report(FACT)).blocks
    assert isinstance(table, Table)
    (row,) = table.rows
    topic, one, other, where, why = (plain_text(cell) for cell in row.cells)
    assert (topic, where, why) == ("filler safety", "on one page: home", FACT.why)
    assert one.splitlines() == [
        "Denies: Statement of has-effects.",
        "“quote of home-001” home-001",
        "“quote of home-002” home-002",
    ]
    assert [line.partition(" ")[0] for line in other.splitlines()] == [
        "Affirms:", "“quote", "Affirms:", "“quote",
    ]  # fmt: skip
    assert "1 fact told in two ways, in 4 pairs of claims" in table.caption


def test_a_claim_that_the_report_holds_is_linked_and_no_other():
    (table,) = contradiction_part(report(FACT)).blocks
    links = {run.text: run.link for cell in table.rows[0].cells for run in cell}
    assert links["home-001"] == "#home-001"
    assert links["rival-001"] == ""


def test_sides_of_different_pages_are_told():
    (table,) = contradiction_part(
        report(ContradictionGroupRow("t", "w", FACT.a, FACT.b[:1], (), 2))
    ).blocks
    assert plain_text(table.rows[0].cells[3]) == "on different pages"


def test_a_passage_tells_its_kind_parts_and_similarity():
    (table,) = lineage_part(report(passages=(PASSAGE,))).blocks
    cells = [plain_text(cell) for cell in table.rows[0].cells]
    assert cells == ["paraphrased", "4", "0.52", "“The gel lasts.”\nhome", "“It stays.”\nrival"]


def test_words_that_many_claims_share_are_quoted_once_with_the_id_of_each():
    alike = SideRow("lumps", "Lumps.", Polarity.AFFIRMS, (said("It lumps.", "home-001", "home-003"),))
    (table,) = contradiction_part(
        report(ContradictionGroupRow("t", "w", (alike,), FACT.b[:1], (), 2))
    ).blocks
    cell = table.rows[0].cells[1]
    assert plain_text(cell) == "Affirms: Lumps.\n“It lumps.” home-001, home-003"
    assert [run.link for run in cell if run.link] == ["#home-001", "#home-003"]


def test_a_passage_in_one_wording_is_quoted_once_with_every_page():
    row = LineageRow("verbatim", 1.0, 2, (wording("The gel lasts.", "home", "rival", "shop"),))
    (table,) = lineage_part(report(passages=(row,))).blocks
    cells = [plain_text(cell) for cell in table.rows[0].cells]
    assert cells == ["verbatim", "2", "1.00", "“The gel lasts.”\nhome, rival, shop", "the same"]


@pytest.mark.parametrize("part", [contradiction_part, lineage_part])
def test_where_there_is_none_it_is_said(part):
    (paragraph,) = part(report()).blocks
    assert plain_text(paragraph.text) == "None found."
