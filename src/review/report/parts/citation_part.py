"""What the pages cite: every source that they name, what is wrong in it, and whether it says so."""

from collections import Counter
from collections.abc import Iterable, Iterator

from review.model.citing import Citing, Fidelity, Scope
from review.report.counted import counted
from review.report.model import CitationRow, CitedRow, ClaimRow, PageSection, Report
from review.report.parts.claim_table import claim_links
from review.report.parts.document import (
    Block,
    Column,
    Inline,
    Paragraph,
    Part,
    Row,
    Run,
    Section,
    Table,
    table_row,
    text,
)

_INTRO = (
    "What the pages name as their sources, and whether these say what the pages say. The verdict on a "
    "claim is what all the literature says; here only the cited source speaks. Nobody having held a "
    "claim against a source is told as unchecked, and is no silence of the source."
)


def citation_part(report: Report) -> Part:
    """What each page cites, where a source does not bear a claim out, and every place."""
    named = [row for row in report.citations if row.study]
    nameless = [row for row in report.citations if not row.study]
    return Part(
        "What these pages cite",
        "citations",
        (
            Paragraph(text(_INTRO)),
            _page_table(report),
            *_failing(report),
            *_places(report, named, "Sources that the pages name", "named-sources", is_folded=False),
            *_places(report, nameless, "Sources that cannot be told", "nameless", is_folded=True),
        ),
    )


# By page


def _page_table(report: Report) -> Table:
    columns = (
        Column("page", "Page", 22),
        Column("cites", "What it cites", 34),
        Column("near", "Claims with a source in the same sentence", 30),
        Column("whole", "Its claims against the sources of the whole page", 30),
    )
    rows = tuple(
        table_row(
            (Run(page.title, link=f"#page-{page.page}"),),
            _cites(page, rows := [row for row in report.citations if row.page == page.page]),
            _counts(row for row in rows if row.scope is not Scope.PAGE),
            _counts(row for row in rows if row.scope is Scope.PAGE),
        )
        for page in report.pages
    )
    caption = "What each page cites, and what the sources say of its claims."
    return Table("table-cited-by-page", caption, columns, rows)


def _cites(page: PageSection, rows: list[CitationRow]) -> str:
    if page.citing is Citing.CITES_NOTHING:
        return "cites nothing"
    if page.citing is Citing.NOT_LOOKED_FOR:
        return "not looked for"
    known = [row for row in rows if row.study]
    sources = len({row.study for row in known})
    lost = len(rows) - len(known)
    part = " (not read to the end)" if page.citing is Citing.READ_IN_PART else ""
    return (
        f"{counted(len(rows), 'place')}{part}: {counted(sources, 'known source')} in {len(known)}, "
        f"{lost} where none can be told"
    )


def _counts(rows: Iterable[CitationRow]) -> str:
    counts: Counter[Fidelity] = Counter()
    for row in rows:
        counts.update({count.fidelity: count.count for count in row.counts})
    return _told(counts) or "none"


def _told(counts: Counter[Fidelity]) -> str:
    return ", ".join(
        f"{fidelity.spoken} {counts[fidelity]}" for fidelity in Fidelity if counts[fidelity]
    )


# Where the source does not bear the claim out


def _failing(report: Report) -> Iterator[Block]:
    claims = {row.claim: row for row in report.claims}
    failing = [
        answer
        for row in report.citations
        for answer in row.answers
        if answer.fidelity.fails and answer.claim in claims
    ]
    if not failing:
        return
    columns = (
        Column("claim", "The page says", 26),
        Column("source", "Cited source", 16),
        Column("fidelity", "It", 12),
        Column("why", "What it says, and where that was read", 42),
    )
    rows = tuple(_failing_row(answer, claims[answer.claim]) for answer in failing)
    caption = (
        f"{counted(len(rows), 'claim')} that the source cited for it does not bear out as it is worded, "
        "each once for a source."
    )
    table = Table("table-unfaithful", caption, columns, rows)
    yield Section("Where the cited source does not say so", "unfaithful", (table,))


def _failing_row(answer: CitedRow, claim: ClaimRow) -> Row:
    return table_row(
        (
            Run(claim.quote, quoted=True),
            Run("\n"),
            Run(claim.claim, link=f"#{claim.claim}"),
        ),
        (
            Run(answer.reference, strong=True),
            Run(f"\n{answer.citation}, for the {answer.scope.spoken}", soft=True),
        ),
        (Run(answer.fidelity.spoken, strong=True), Run(f"\n{answer.fidelity.advice}")),
        (Run(answer.result or answer.reason), *_from(answer)),
    )


def _from(answer: CitedRow) -> Iterator[Run]:
    """Why the answer is what it is, and where the finding was read."""
    if answer.result and answer.reason:
        yield Run(f"\n{answer.reason}", soft=True)
    if answer.source.startswith(("https://", "http://")):
        yield Run("\n")
        yield Run(f"read ({answer.checked}): {answer.source}", soft=True, link=answer.source)
    if answer.reason:
        yield Run(f"\n{answer.basis}", soft=True)


# Every place


def _places(
    report: Report, rows: list[CitationRow], title: str, anchor: str, *, is_folded: bool
) -> Iterator[Block]:
    if not rows:
        return
    columns = (
        Column("printed", "As printed", 32),
        Column("source", "Which source it is", 24),
        Column("faults", "What is wrong in it", 18),
        Column("claims", "Stands for", 22),
        Column("fidelity", "What it says of these", 18),
    )
    known = {row.key for row in report.references}
    several = len(report.pages) > 1
    table_rows = tuple(_place(row, known, several) for row in rows)
    caption = f"{counted(len(rows), 'place')}, in reading order."
    table = Table(f"table-{anchor}", caption, columns, table_rows)
    yield Section(title, anchor, (table,), folded=is_folded)


def _place(row: CitationRow, known: set[str], several: bool) -> Row:
    where = f"{row.page}, " if several else ""
    link = f"#ref-{row.study}" if row.study in known else ""
    source = (Run(f"{row.reference}\n", strong=True, link=link),) if row.reference else ()
    return table_row(
        (
            Run(row.printed, quoted=True),
            Run(f"\n{row.citation}, {where}{row.start}-{row.end}", soft=True),
        ),
        (*source, Run(row.identity.spoken), Run(f"\n{row.reason}", soft=True)),
        "; ".join(fault.sentence for fault in row.faults) or "nothing",
        _stands_for(row),
        _told(Counter({count.fidelity: count.count for count in row.counts})) or "no claim",
        anchor=row.citation,
    )


def _stands_for(row: CitationRow) -> Inline:
    if row.scope is Scope.PAGE and not row.claims:
        return (Run("the whole page: no mark in the text leads to it"),)
    if not row.claims:
        return (Run(f"by {row.scope.spoken}: no claim"),)
    return (Run(f"by {row.scope.spoken}: "), *claim_links(row.claims))
