"""The suggestions for a new page as a document: what to look at first, the page marked, what to read.

It is written in the same formats as a report, from the same blocks, and says throughout that nobody
has accepted anything yet.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from review.dossier.suggested_citations import SuggestedCitation
from review.dossier.suggestions import Suggestion
from review.literature.search import SearchResult
from review.model.citing import Scope
from review.model.vocabulary import Match
from review.report.counted import counted
from review.report.parts.document import (
    AnnotatedText,
    Column,
    Document,
    Inline,
    Kind,
    Mark,
    Paragraph,
    Part,
    Row,
    Run,
    Stretch,
    Table,
    table_row,
)

TO_READ = 3
"""How many papers are offered for each claim that is not known."""
_SIGNS = {Match.KNOWN: "●", Match.PERHAPS: "◐", Match.NEW: "○"}
_MATCHES = {
    Match.KNOWN: "known: the library has judged what it says",
    Match.PERHAPS: "perhaps known: a person must say whether it is the same",
    Match.NEW: "new: nothing in the library says this",
}


def suggestions_document(
    title: str,
    text: str,
    suggested: Sequence[Suggestion],
    citations: Sequence[SuggestedCitation],
    statements: Mapping[str, str],
    literature: Mapping[int, Sequence[SearchResult]],
    date: str,
) -> Document:
    """The document for a page of `title` and `text`.

    `statements` gives the sentence of each proposition named in `suggested`, `literature` what to read
    for the claim that starts at an offset, best first.
    """
    named = {claim.start: f"s-{number:03d}" for number, claim in enumerate(suggested, start=1)}
    ordered = sorted(suggested, key=lambda claim: (-claim.importance, claim.start))
    return Document(
        title="Suggested claims of a new page",
        subtitle=f"{title}. Evidence known on {date}. Suggested by machine, accepted by nobody.",
        running_head=f"{title} · suggestions · evidence of {date}",
        date=date,
        parts=(
            _answer(suggested, citations),
            Part("The page, marked", "page", (_marked(title, text, suggested, named),)),
            _claims(ordered, named, statements),
            _citations(citations, named),
            _reading(ordered, named, literature),
        ),
    )


def _answer(suggested: Sequence[Suggestion], citations: Sequence[SuggestedCitation]) -> Part:
    counts = Counter(claim.match for claim in suggested)
    verdicts = Counter(claim.verdict for claim in suggested if claim.verdict is not None)
    known = ", ".join(f"{verdict.symbol} {verdict} {number}" for verdict, number in verdicts.items())
    flagged = sum(bool(claim.flags) for claim in suggested)
    lines = [
        f"{counted(len(suggested), 'claim is', 'claims are')} suggested: {counts[Match.KNOWN]} known, "
        f"{counts[Match.PERHAPS]} perhaps known, {counts[Match.NEW]} new.",
        f"Verdicts of the known ones: {known or 'none'}.",
        f"{counted(flagged, 'carries', 'carry')} an advertising flag.",
        f"{counted(len(citations), 'place names', 'places name')} a source.",
    ]
    legend = "; ".join(f"{_SIGNS[match]} {meaning}" for match, meaning in _MATCHES.items())
    return Part(
        "What was found",
        "answer",
        (
            Paragraph((Run(lines[0]),), Kind.LEAD),
            *(Paragraph((Run(line),)) for line in lines[1:]),
            Paragraph((Run(f"{legend}."),), Kind.SOFT),
        ),
    )


def _marked(
    title: str, text: str, suggested: Sequence[Suggestion], named: Mapping[int, str]
) -> AnnotatedText:
    stretches: list[Stretch] = []
    at = 0
    for claim in sorted(suggested, key=lambda claim: claim.start):
        if claim.start > at:
            stretches.append(Stretch(text[at : claim.start], False, "", ()))
        key = named[claim.start]
        verdict = str(claim.verdict or "")
        mark = Mark(key, key.removeprefix("s-"), _SIGNS[claim.match], verdict, claim.reason)
        stretches.append(Stretch(text[claim.start : claim.end], True, verdict, (mark,)))
        at = claim.end
    if at < len(text):
        stretches.append(Stretch(text[at:], False, "", ()))
    return AnnotatedText(title, tuple(stretches))


def _claims(
    ordered: Sequence[Suggestion], named: Mapping[int, str], statements: Mapping[str, str]
) -> Part:
    columns = (
        Column("claim", "Claim", 8),
        Column("match", "Match", 10),
        Column("quote", "The page says", 26),
        Column("category", "Kind", 13),
        Column("importance", "Importance", 10, is_number=True),
        Column("proposition", "Closest known statement", 26),
        Column("verdict", "Verdict if it is that", 13),
        Column("flags", "Flags", 8),
        Column("reason", "Why", 22),
    )
    rows = tuple(
        _row(claim, named[claim.start], statements.get(claim.proposition, "none")) for claim in ordered
    )
    note = "Importance is how checkworthy a claim is, more if it is flagged or new (our convention)."
    table = Table(
        "table-suggestions",
        f"{counted(len(rows), 'suggestion')}, the most important first.",
        columns,
        rows,
        note,
        ("match", "category"),
    )
    return Part("Every suggestion", "suggestions", (table,), landscape=True)


def _row(claim: Suggestion, name: str, statement: str) -> Row:
    return table_row(
        name,
        (Run(f"{_SIGNS[claim.match]} {claim.match}"), Run(f"\n{claim.probability:.2f}", soft=True)),
        (Run(claim.quote, quoted=True),),
        (Run(claim.category.spoken), Run(f"\n{claim.wording}, {claim.polarity}", soft=True)),
        f"{claim.importance:.2f}",
        statement,
        _verdict(claim),
        ", ".join(claim.flags) or "none",
        claim.reason,
        anchor=name,
        verdict=str(claim.verdict or ""),
    )


def _verdict(claim: Suggestion) -> Inline:
    if claim.verdict is None:
        return (Run("none yet", soft=True),)
    word = f"{claim.verdict.symbol} {claim.verdict.spoken}"
    return (Run(word, strong=True), Run(f"\n{claim.standing}", soft=True))


def _citations(citations: Sequence[SuggestedCitation], named: Mapping[int, str]) -> Part:
    title = "What the page cites"
    if not citations:
        words = "No source was found to be named. Read the page before you say that it cites nothing."
        return Part(title, "citations", (Paragraph((Run(words),)),))
    columns = (
        Column("place", "Place", 9),
        Column("kind", "How", 11),
        Column("printed", "The page prints", 32),
        Column("source", "Source", 18),
        Column("claims", "Stands for", 16),
        Column("reason", "Why", 22),
    )
    rows = tuple(
        table_row(
            f"{citation.found.start}–{citation.found.end}",
            citation.found.kind.spoken,
            (Run(citation.found.printed, quoted=True),),
            tuple(_source_runs(citation)),
            tuple(_stands_for(citation, named)),
            citation.reason,
        )
        for citation in citations
    )
    note = "A source is identified only beyond doubt: not found means that a person has to look it up."
    caption = f"{counted(len(rows), 'place names', 'places name')} a source, in reading order."
    table = Table("table-citations", caption, columns, rows, note, ("kind",))
    return Part(title, "citations", (table,), landscape=True)


def _source_runs(citation: SuggestedCitation) -> Iterator[Run]:
    for number, source in enumerate(citation.sources):
        yield Run(f"{chr(10) if number else ''}{source.study or source.identity.spoken}", strong=True)
        if source.study:
            yield Run(f"\n{source.identity.spoken}", soft=True)
        for fault in source.faults:
            yield Run(f"\n{fault.sentence}", soft=True)


def _stands_for(citation: SuggestedCitation, named: Mapping[int, str]) -> Iterator[Run]:
    if citation.scope is Scope.PAGE:
        yield Run("the page")
    elif not citation.claims:
        yield Run("no claim found there", soft=True)
    for number, claim in enumerate(citation.claims):
        key = named[claim.start]
        yield Run(f"{', ' if number else ''}{key}", link=f"#{key}")


def _reading(
    ordered: Sequence[Suggestion],
    named: Mapping[int, str],
    literature: Mapping[int, Sequence[SearchResult]],
) -> Part:
    columns = (
        Column("claim", "Claim", 8),
        Column("paper", "Paper", 26),
        Column("kind", "Kind of study", 16),
        Column("sentence", "It says", 36),
        Column("stance", "Stance", 14),
        Column("why", "Shared words", 14),
    )
    rows = tuple(
        table_row(
            (Run(named[claim.start], link=f"#{named[claim.start]}"),),
            (Run(answer.hit.paper.citation), Run(f"\n{answer.hit.paper.title}", soft=True)),
            answer.kind_text,
            (Run(answer.hit.sentence, quoted=True),),
            answer.stance_text,
            ", ".join(answer.hit.matched) or "none",
        )
        for claim in ordered
        for answer in literature.get(claim.start, ())
    )
    intro = (
        "For claims that are new or perhaps known: the papers of the library whose words come closest. "
        "A hint where to begin reading, no evidence yet."
    )
    if not rows:
        return Part("What to read", "reading", (Paragraph((Run("Nothing to read for these claims."),)),))
    table = Table("table-reading", f"{counted(len(rows), 'paper')} to begin with.", columns, rows)
    return Part("What to read", "reading", (Paragraph((Run(intro),)), table), landscape=True)
