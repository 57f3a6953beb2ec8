"""The suggestions for a new page as a document: what to look at first, the page marked, what to read.

It is written in the same formats as a report, from the same blocks, and says throughout that nobody
has accepted anything yet.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from review.dossier.suggestions import Suggestion
from review.literature.search import SearchResult
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
    found: Sequence[Suggestion],
    statements: Mapping[str, str],
    literature: Mapping[int, Sequence[SearchResult]],
    date: str,
) -> Document:
    """The document for a page of `title` and `text`.

    `statements` gives the sentence of each proposition named in `found`, `literature` what to read for
    the claim that starts at an offset, best first.
    """
    named = {one.start: f"s-{number:03d}" for number, one in enumerate(found, start=1)}
    ordered = sorted(found, key=lambda one: (-one.importance, one.start))
    return Document(
        title="Suggested claims of a new page",
        subtitle=f"{title}. Evidence known on {date}. Suggested by machine, accepted by nobody.",
        running_head=f"{title} · suggestions · evidence of {date}",
        date=date,
        parts=(
            _answer(found),
            Part("The page, marked", "page", (_marked(title, text, found, named),)),
            _claims(ordered, named, statements),
            _reading(ordered, named, literature),
        ),
    )


def _answer(found: Sequence[Suggestion]) -> Part:
    counts = Counter(one.match for one in found)
    verdicts = Counter(one.verdict for one in found if one.verdict is not None)
    known = ", ".join(f"{verdict.symbol} {verdict} {number}" for verdict, number in verdicts.items())
    flagged = sum(bool(one.flags) for one in found)
    lines = [
        f"{counted(len(found), 'claim is', 'claims are')} suggested: {counts[Match.KNOWN]} known, "
        f"{counts[Match.PERHAPS]} perhaps known, {counts[Match.NEW]} new.",
        f"Verdicts of the known ones: {known or 'none'}.",
        f"{counted(flagged, 'carries', 'carry')} an advertising flag.",
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
    title: str, text: str, found: Sequence[Suggestion], named: Mapping[int, str]
) -> AnnotatedText:
    stretches: list[Stretch] = []
    at = 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start > at:
            stretches.append(Stretch(text[at : one.start], False, "", ()))
        key = named[one.start]
        verdict = str(one.verdict or "")
        mark = Mark(key, key.removeprefix("s-"), _SIGNS[one.match], verdict, one.reason)
        stretches.append(Stretch(text[one.start : one.end], True, verdict, (mark,)))
        at = one.end
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
        Row(
            (
                (Run(named[one.start]),),
                (Run(f"{_SIGNS[one.match]} {one.match}"), Run(f"\n{one.probability:.2f}", soft=True)),
                (Run(one.quote, quoted=True),),
                (
                    Run(one.category.spoken),
                    Run(f"\n{one.wording}, {one.polarity}", soft=True),
                ),
                (Run(f"{one.importance:.2f}"),),
                (Run(statements.get(one.proposition, "none")),),
                _verdict(one),
                (Run(", ".join(one.flags) or "none"),),
                (Run(one.reason),),
            ),
            anchor=named[one.start],
            verdict=str(one.verdict or ""),
        )
        for one in ordered
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


def _verdict(one: Suggestion) -> Inline:
    if one.verdict is None:
        return (Run("none yet", soft=True),)
    word = f"{one.verdict.symbol} {one.verdict.spoken}"
    return (Run(word, strong=True), Run(f"\n{one.standing}", soft=True))


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
        Row(
            (
                (Run(named[one.start], link=f"#{named[one.start]}"),),
                (Run(answer.hit.paper.citation), Run(f"\n{answer.hit.paper.title}", soft=True)),
                (Run(answer.kind_text),),
                (Run(answer.hit.sentence, quoted=True),),
                (Run(answer.stance_text),),
                (Run(", ".join(answer.hit.matched) or "none"),),
            )
        )
        for one in ordered
        for answer in literature.get(one.start, ())
    )
    intro = (
        "For claims that are new or perhaps known: the papers of the library whose words come closest. "
        "A hint where to begin reading, no evidence yet."
    )
    if not rows:
        return Part("What to read", "reading", (Paragraph((Run("Nothing to read for these claims."),)),))
    table = Table("table-reading", f"{counted(len(rows), 'paper')} to begin with.", columns, rows)
    return Part("What to read", "reading", (Paragraph((Run(intro),)), table), landscape=True)
