"""The flow from searches to included studies in words: what is counted, and what nobody knows."""

from collections.abc import Iterator

from review.model.vocabulary import SearchStage
from review.report.counted import counted
from review.report.evidence.model import SearchedRow, SearchFlow, StageRow

NOT_RECORDED = "not recorded"
DIFFERS = "differs by statement"
WORDS = {
    SearchStage.IDENTIFIED: "Records identified in databases and registers",
    SearchStage.DUPLICATES: "Duplicate records removed before screening",
    SearchStage.SCREENED: "Records screened",
    SearchStage.EXCLUDED: "Records excluded",
    SearchStage.KEPT: "Records kept for the review",
}
LINKED = "Studies linked to a statement, from searches or otherwise"
SET_ASIDE = "Studies of which nothing counts"
INCLUDED = "Studies of which a finding counts"


def number_rows(flow: SearchFlow) -> Iterator[tuple[str, str]]:
    """What is counted and how many there are, in the order of the diagram."""
    for row in flow.stages:
        yield WORDS[row.stage], stage_text(row)
    yield LINKED, str(flow.linked)
    yield SET_ASIDE, str(flow.linked - flow.included)
    for why, number in flow.set_aside:
        yield f"– {why}", str(number)
    yield INCLUDED, str(flow.included)


def stage_text(row: StageRow) -> str:
    """A number of the flow, and in how many searches there is none, for want of a record or of one."""
    if row.counted == row.searches > 0:
        return str(row.number)
    silent = row.searches - row.counted - row.differing
    parts = [
        f"{row.number} in {row.counted} of {counted(row.searches, 'search', 'searches')}"
        if row.counted
        else "",
        f"{NOT_RECORDED} in {silent}" if silent and silent < row.searches else "",
        NOT_RECORDED if silent == row.searches else "",
        f"{DIFFERS} in {row.differing}" if row.differing else "",
    ]
    return ", ".join(part for part in parts if part)


def searched_text(row: SearchedRow, stage: SearchStage) -> str:
    """A number of one search, or why there is none."""
    if stage in row.differing:
        return DIFFERS
    number = row.numbers[stage]
    return NOT_RECORDED if number is None else str(number)


def unknown_of(flow: SearchFlow) -> str:
    """How many searches are recorded, and what is not known of the others."""
    return (
        f"{counted(len(flow.searches), 'search of a database is', 'searches of databases are')} "
        "recorded. "
        f"{counted(flow.library_only, 'statement was', 'statements were')} looked for in this library "
        f"only, and for {counted(flow.unsought, 'statement')} no search is recorded at all. Which study "
        "came from which search is not recorded."
    )
