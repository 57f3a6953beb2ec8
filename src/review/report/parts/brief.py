"""The brief: what a director has to know and to decide, on two sheets of paper.

It says nothing that the report does not say; its links lead there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from review.model.citing import Citing, Fidelity, Identity
from review.model.vocabulary import Action, Verdict, spoken
from review.report.counted import counted
from review.report.evidence.model import SummaryRow
from review.report.model import CitationRow, Report
from review.report.parts.citation_part import answers_in_words
from review.report.parts.claim_table import suggested_words
from review.report.parts.document import (
    Block,
    Bullets,
    Column,
    Document,
    Inline,
    Kind,
    Paragraph,
    Part,
    Row,
    Run,
    Table,
    table_row,
    text,
)
from review.report.parts.sign_off import sign_off_blocks
from review.report.parts.stops import STOPS, stopped_pages

WHOLE = "./report.html"
"""Where the report lies, seen from the brief."""
PAGES = 2
"""Sheets that a brief may take."""


@dataclass(frozen=True, slots=True)
class Length:
    """How many sentences to act on and how many main questions a brief shows, at most."""

    sentences: int
    questions: int


LENGTHS = tuple(
    Length(sentences, questions)
    for sentences, questions in (
        (10, 7), (10, 5), (9, 5), (8, 4), (7, 4), (6, 3), (5, 3), (4, 2), (3, 2), (2, 1), (1, 1)
    )
)  # fmt: skip
"""From the longest to the shortest: a brief is the longest one that fits on its sheets."""


def brief(report: Report, length: Length = LENGTHS[0]) -> Document:
    """The brief of a report whose audience sees verdicts, no longer than `length` allows."""
    titles = [page.title for page in report.pages]
    about = titles[0] if len(titles) == 1 else f"{len(titles)} pages"
    return Document(
        title=f"Brief: {about}",
        subtitle=_subtitle(report),
        running_head=f"{about} · evidence of {report.as_of}, SHA-256 "
        f"{report.provenance.evidence_digest[:12]}",
        date=report.as_of,
        parts=tuple(_leading_to_the_report(_parts(report, length))),
        compact=True,
    )


def _subtitle(report: Report) -> str:
    whose = f"{report.organisation}. " if report.organisation else ""
    return (
        f"{whose}Evidence known on {report.as_of}. The whole review, with every claim, its reasons and "
        "the evidence, is report.html."
    )


def _parts(report: Report, length: Length) -> Iterator[Part]:
    yield Part("The answer", "answer", tuple(_answer(report)))
    if report.worst:
        yield _sentences_part(report, length.sentences)
    if report.summary_of_findings.rows:
        yield _questions_part(report, length.questions)
    if report.citations or len(report.pages) == 1:
        yield Part("What is cited", "citations", (Bullets(tuple(_cited(report, length.questions))),))
    if unsearched := _unsearched(report):
        yield Part("What nobody looked for", "not-looked-for", (Paragraph(text(unsearched)),))
    yield Part("Sign-off", "sign-off", sign_off_blocks(report))


# The answer


def _answer(report: Report) -> Iterator[Block]:
    lead, *others = report.answer
    if stopped := stopped_pages(report):
        alone = len(report.pages) == 1
        yield Paragraph((Run(f"{STOPS}.", strong=True),))
        yield Bullets(
            tuple(
                (Run(sentence, strong=True), *(() if alone else _titles(page.title for page in pages)))
                for sentence, pages in stopped.items()
            )
        )
    yield Paragraph(text(lead), Kind.LEAD)
    yield Bullets(tuple(map(text, others)))


def _titles(titles: Iterable[str]) -> Inline:
    numbers = Counter(titles)
    named = (f"{title} ({number} pages)" if number > 1 else title for title, number in numbers.items())
    return (Run(f" {', '.join(named)}", soft=True),)


# What to do


def _sentences_part(report: Report, most: int) -> Part:
    columns = (Column("sentence", "The page says", 44), Column("action", "What to do", 56))
    shown = report.worst[:most]
    waiting = sum(s.action is not Action.MAY_STAND for s in report.sentences) - len(shown)
    caption = (
        f"The {len(shown)} to act on first, one for each statement; "
        f"{counted(max(waiting, 0), 'other sentence waits', 'other sentences wait')} in the report."
    )
    rows = tuple(_sentence_row(report, key) for key in shown)
    return Part("Sentences to act on first", "worst", (Table("table-worst", caption, columns, rows),))


def _sentence_row(report: Report, key: str) -> Row:
    sentence, claim = report.sentence_of(key), report.claim(key)
    cells: tuple[Inline, ...] = (
        (
            Run(sentence.text.lstrip("-–•*· \t"), quoted=True),
            Run("\n"),
            Run(key, link=f"#{key}"),
            Run(f" · {spoken(sentence.tier)}", soft=True),
        ),
        (
            Run(f"{spoken(sentence.action).capitalize()}. ", strong=True),
            Run(sentence.plain),
            *suggested_words(sentence.wording),
        ),
    )
    return Row(cells, verdict=claim.verdict)


# What is known


def _questions_part(report: Report, most: int) -> Part:
    columns = (
        Column("question", "Question", 34),
        Column("studies", "Studies", 20),
        Column("certainty", "Certainty", 12),
        Column("plain", "In plain words", 40),
    )
    rows = report.summary_of_findings.rows
    left = len(rows) - len(rows[:most]) + report.summary_of_findings.others
    caption = f"Main questions with evidence in people; {counted(left, 'more', 'more')} in the report."
    table = Table("table-summary", caption, columns, tuple(map(_question_row, rows[:most])))
    return Part("What is known", "summary", (table,))


def _question_row(row: SummaryRow) -> Row:
    return table_row(
        (Run(row.statement, link=f"#summary-{row.proposition}"),),
        f"{counted(row.studies, 'study', 'studies')}; {row.people}",
        (Run(f"{row.symbol} {row.certainty.spoken}"),),
        row.plain,
    )


# What is cited


def _cited(report: Report, most: int) -> Iterator[Inline]:
    """The named sources with what they say of the claims, then what leads to none."""
    sources: dict[str, list[CitationRow]] = {}
    for row in report.citations:
        if row.study:
            sources.setdefault(row.study, []).append(row)
    for rows in list(sources.values())[:most]:
        counts: Counter[Fidelity] = Counter()
        for row in rows:
            counts.update({count.fidelity: count.count for count in row.counts})
        yield (
            Run(rows[0].reference, strong=True, link=f"#{rows[0].citation}"),
            Run(f": {answers_in_words(counts) or 'stands for no claim'}."),
        )
    if len(sources) > most:
        yield text(f"{counted(len(sources) - most, 'more source')} in the report.")
    lost = Counter(row.identity for row in report.citations if not row.study)
    if nameless := lost.pop(Identity.NAMELESS, 0):
        yield text(f"{counted(nameless, 'place names', 'places name')} nothing that could be looked up.")
    if lost:
        yield text(f"{counted(lost.total(), 'place names', 'places name')} a source that was not found.")
    for citing in (Citing.CITES_NOTHING, Citing.NOT_LOOKED_FOR, Citing.READ_IN_PART):
        if titles := [page.title for page in report.pages if page.citing is citing]:
            yield (Run(f"{citing.spoken}: ", strong=True), Run(", ".join(titles)))


# What is not known


def _unsearched(report: Report) -> str:
    topics = Counter(
        row.topic.replace("-", " ") for row in report.claims if row.verdict is Verdict.NOT_LOOKED_FOR
    )
    if not topics:
        return ""
    named = ", ".join(f"{topic} {number}" for topic, number in topics.most_common())
    return (
        f"On {counted(topics.total(), 'claim')} nobody has searched a literature database, so nothing "
        f"is said of them either way: {named}."
    )


# Links


def _leading_to_the_report(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with every link into the report, as nothing that they name stands in the brief."""
    for part in parts:
        yield replace(part, blocks=tuple(_outward(block) for block in part.blocks))


def _outward(block: Block) -> Block:
    match block:
        case Table():
            rows = tuple(replace(row, cells=tuple(map(_linked, row.cells))) for row in block.rows)
            return replace(block, rows=rows)
        case Bullets():
            return replace(block, items=tuple(map(_linked, block.items)))
        case Paragraph():
            return replace(block, text=_linked(block.text))
        case _:
            return block


def _linked(inline: Inline) -> Inline:
    return tuple(
        replace(run, link=f"{WHOLE}{run.link}") if run.link.startswith("#") else run for run in inline
    )
