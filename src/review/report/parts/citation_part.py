"""What the pages cite: every source that they name, what is wrong in it, and whether it says so."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from review.model.citing import Citing, Fidelity, Scope
from review.model.vocabulary import spoken
from review.report.counted import counted
from review.report.model import CitationRow, CitedRow, PageSection, Report
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
    return Part(
        "What these pages cite",
        "citations",
        (
            Paragraph(text(_INTRO)),
            _page_table(report),
            *_named(report),
            *_failing(report),
            *_lost(report),
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
    known = [row for row in rows if row.identity.is_known]
    sources = len({row.study for row in known})
    lost = len(rows) - len(known)
    part = " (not read to the end)" if page.citing is Citing.READ_IN_PART else ""
    return (
        f"{counted(len(rows), 'place')}{part}: {len(known)} with a known source "
        f"({counted(sources, 'source')}), {lost} without"
    )


def _counts(rows: Iterable[CitationRow]) -> str:
    counts: Counter[Fidelity] = Counter()
    for row in rows:
        counts.update({count.fidelity: count.count for count in row.counts})
    return answers_in_words(counts) or "none"


def answers_in_words(counts: Counter[Fidelity]) -> str:
    """How many claims get each answer; empty where there is none."""
    return ", ".join(
        f"{fidelity.spoken} {counts[fidelity]}" for fidelity in Fidelity if counts[fidelity]
    )


# Where the source does not bear the claim out


def _failing(report: Report) -> Iterator[Block]:
    """The answers that fail, each once with all claims that get it, the contrary first."""
    quotes = {row.claim: row.quote for row in report.claims}
    alike: dict[CitedRow, list[str]] = {}
    for row in report.citations:
        for answer in row.answers:
            if answer.fidelity.fails:
                alike.setdefault(replace(answer, claim=""), []).append(answer.claim)
    if not alike:
        return
    columns = (
        Column("source", "Cited source", 16),
        Column("fidelity", "Answer", 16),
        Column("why", "What it says", 34),
        Column("claims", "Of what the page says", 34),
    )
    order = {fidelity: place for place, fidelity in enumerate(_GRAVEST_FIRST)}
    rows = tuple(
        _failing_row(answer, claims, quotes)
        for answer, claims in sorted(alike.items(), key=lambda pair: order[pair[0].fidelity])
    )
    number = counted(sum(map(len, alike.values())), "time")
    caption = f"A source was held against a claim and does not bear it out as it is worded {number}."
    table = Table("table-unfaithful", caption, columns, rows)
    yield Section("Where the cited source does not say so", "unfaithful", (table,))


_GRAVEST_FIRST = (
    Fidelity.RETRACTED,
    Fidelity.SAYS_OTHERWISE,
    Fidelity.DOES_NOT_SPEAK,
    Fidelity.SAYS_LESS,
)


def _failing_row(answer: CitedRow, claims: list[str], quotes: Mapping[str, str]) -> Row:
    said: list[Run] = []
    for claim in claims:
        said.append(Run("\n" if said else ""))
        said.append(Run(quotes[claim], quoted=True))
        said.append(Run(" "))
        said.append(Run(claim, link=f"#{claim}"))
    return table_row(
        (
            Run(answer.reference, strong=True),
            Run("\n"),
            Run(answer.citation, link=f"#{answer.citation}"),
            Run(f", by {answer.scope.spoken}", soft=True),
        ),
        (Run(answer.fidelity.spoken, strong=True), Run(f"\n{answer.fidelity.advice}")),
        tuple(_why(answer)),
        tuple(said),
    )


def _why(answer: CitedRow) -> Iterator[Run]:
    """What was read in the source, why the answer is what it is, and where it was read."""
    if answer.result:
        yield Run(f"{answer.result}\n")
    if answer.reason:
        yield Run(f"{answer.reason} ", soft=bool(answer.result))
        by = f", {answer.judged_by}" if answer.judged_by else ""
        yield Run(f"({answer.basis}{by})", soft=True)
    if answer.source.startswith("https://"):
        yield Run("\n")
        yield Run(f"where this was read ({spoken(answer.checked)})", link=answer.source)


# Every place


def _named(report: Report) -> Iterator[Block]:
    """Every place that names a source of the library, found or not."""
    named = [row for row in report.citations if row.study]
    if not named:
        return
    columns = (
        Column("printed", "As printed", 28),
        Column("source", "Which source it is", 32),
        Column("faults", "What is wrong in it", 16),
        Column("claims", "Stands for", 18),
        Column("fidelity", "What it says of these", 18),
    )
    known = {row.key for row in report.references}
    several = len(report.pages) > 1
    rows = tuple(_place(row, known, several) for row in named)
    table = Table("table-named-sources", f"{counted(len(rows), 'place')}.", columns, rows)
    yield Section("Sources that the pages name", "named-sources", (table,))


def _lost(report: Report) -> Iterator[Block]:
    """Every place that appeals to a source which nobody can look up, or which was not found."""
    lost = [row for row in report.citations if not row.study]
    if not lost:
        return
    columns = (
        Column("printed", "As printed", 26),
        Column("claims", "Stands for", 30),
        Column("why", "Why it cannot be looked up", 40),
    )
    several = len(report.pages) > 1
    rows = tuple(
        table_row(_printed(row, several), _stands_for(row), _why_lost(row), anchor=row.citation)
        for row in lost
    )
    advice = Fidelity.CANNOT_BE_FOUND.advice
    caption = f"{counted(len(rows), 'place')}. {advice}"
    table = Table("table-lost-sources", caption, columns, rows)
    yield Section("Sources that cannot be looked up", "lost-sources", (table,), folded=True)


def _why_lost(row: CitationRow) -> Inline:
    faults = "".join(f"; {fault.sentence}" for fault in row.faults)
    return (Run(f"{row.identity.spoken}{faults}", strong=bool(faults)), Run(f"\n{row.reason}"))


def _printed(row: CitationRow, several: bool) -> Inline:
    where = f"{row.page}, " if several else ""
    return (
        Run(row.printed, quoted=True),
        Run(f"\n{row.citation}, {where}{row.start}-{row.end}", soft=True),
    )


def _place(row: CitationRow, known: set[str], several: bool) -> Row:
    link = f"#ref-{row.study}" if row.study in known else ""
    return table_row(
        _printed(row, several),
        (
            Run(row.reference, strong=True, link=link),
            Run(f"\n{row.identity.spoken}"),
            Run(f"\n{row.reason}", soft=True),
        ),
        "; ".join(fault.sentence for fault in row.faults) or "nothing",
        _stands_for(row),
        answers_in_words(Counter({count.fidelity: count.count for count in row.counts})) or "no claim",
        anchor=row.citation,
    )


def _stands_for(row: CitationRow) -> Inline:
    if row.for_whole_page:
        return (Run("the whole page: no mark in the text leads to it"),)
    if not row.claims:
        return (Run(f"by {row.scope.spoken}: no claim"),)
    return (Run(f"by {row.scope.spoken}: "), *claim_links(row.claims))
