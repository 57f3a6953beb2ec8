"""The page that a learner gets back: every difference with the rule behind it and where to read on."""

import re
from collections.abc import Callable, Iterator, Sequence

from review.model.vocabulary import Verdict, spoken
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
    Section,
    Table,
    table_row,
    text,
)
from review.teaching.items import LessonItem
from review.teaching.marking.mark import MarkedPaper, PaperState
from review.teaching.marking.outcomes import DIFFERENT, MEANING, SAME, ItemMark, MarkSheet, Outcome

COLOUR = {
    Outcome.RIGHT: Verdict.SUBSTANTIATED,
    Outcome.AGREES: Verdict.SUBSTANTIATED,
    Outcome.WRONG: Verdict.CONTRADICTED,
    Outcome.DISCUSS: Verdict.UNSUPPORTED,
    Outcome.REASON_MISSING: Verdict.OVERSTATED,
    Outcome.OPEN: Verdict.UNSUPPORTED,
    Outcome.NOT_A_CHOICE: Verdict.SET_ASIDE,
    Outcome.NOT_ANSWERED: Verdict.SET_ASIDE,
}
"""The colour of an outcome is that of a verdict; the words beside it say the same."""

TITLE = {
    Outcome.RIGHT: "right",
    Outcome.AGREES: "agrees with the reference",
    Outcome.WRONG: "the rule gives another answer",
    Outcome.DISCUSS: "differs from the reference, discuss",
    Outcome.REASON_MISSING: "differs from the reference, and a reason is missing",
    Outcome.OPEN: "no reference, discuss",
    Outcome.NOT_A_CHOICE: "not one of the choices",
    Outcome.NOT_ANSWERED: "not answered",
}
WHAT_A_KEY_IS = (
    "The reference is what the evidence base records today. Where it follows from a rule, another "
    "answer is wrong; where it follows by rule from other answers, your own answers are what counts. "
    "Where a reviewer judged, it is a draft by one reviewer and not the truth: a different answer with "
    "a good reason may be the better one."
)
_QUOTED = re.compile(r"“(.+)”")
_STILL_TO_DO = (Outcome.NOT_ANSWERED, Outcome.NOT_A_CHOICE)
_TO_DO = {
    Outcome.WRONG: "Read the rule, apply it again to this item, and see where the step was missed.",
    Outcome.DISCUSS: "Bring your reason to the class. If it is the better one, the reference changes.",
    Outcome.REASON_MISSING: "Write your reason down: a judgement without one cannot be weighed.",
}
Numbered = Sequence[tuple[int, ItemMark]]
"""Marks, each with the number of its question."""


def feedback_page(papers: Sequence[MarkedPaper], date: str) -> Document:
    """The feedback on all lessons of one learner, or on one file that does not count."""
    return Document(
        title=f"Feedback for {papers[0].learner}",
        subtitle="; ".join(f"Lesson {p.submission.lesson}: {p.submission.file}" for p in papers),
        running_head="Feedback. A reference that somebody judged is not the truth.",
        date=date,
        parts=tuple(part for paper in papers for part in _parts(paper, alone=len(papers) == 1)),
    )


def _parts(paper: MarkedPaper, alone: bool) -> Iterator[Part]:
    sheet, lesson = paper.sheet, paper.submission.lesson
    if sheet is None:  # only files with a sheet have a page
        return
    named = "" if alone else f"Lesson {lesson}: "
    yield Part(_title(named, "Your result"), f"result-{lesson}", tuple(_result(paper, sheet)))
    for title, anchor, outcomes, blocks in _BY_OUTCOME:
        marks = [(n, mark) for n, mark in enumerate(sheet.marks, start=1) if mark.outcome in outcomes]
        if marks:
            yield Part(_title(named, title), f"{anchor}-{lesson}", blocks(marks, lesson))
    yield Part(_title(named, "How it was marked"), f"marked-{lesson}", (_how(paper),))


def _title(named: str, title: str) -> str:
    return f"{named}{title}" if not named else f"{named}{title[0].lower()}{title[1:]}"


def _result(paper: MarkedPaper, sheet: MarkSheet) -> Iterator[Block]:
    yield Paragraph(text(_result_line(sheet)), Kind.LEAD)
    if paper.state is PaperState.NOT_COUNTED:
        yield Paragraph((Run("This file does not count. See below what to do.", strong=True),))
    if paper.problems:
        yield Paragraph((Run("About your file", strong=True),))
        yield Bullets(tuple(text(problem) for problem in paper.problems))
    columns = (
        Column("outcome", "Outcome", 14),
        Column("count", "Items", 4, is_number=True),
        Column("meaning", "What it means", 40),
    )
    rows = tuple(
        table_row(TITLE[outcome], sheet.count(outcome), MEANING[outcome], verdict=COLOUR[outcome])
        for outcome in Outcome
        if sheet.count(outcome)
    )
    yield Table(f"table-result-{paper.submission.lesson}", "Your answers by outcome", columns, rows)


def _result_line(sheet: MarkSheet) -> str:
    """What a sheet comes to, in one or two sentences."""
    counts = []
    if sheet.keyed:
        counts.append(
            f"{sheet.count(*SAME)} of {sheet.keyed} answers are right or those of the reference"
        )
    for outcomes, words in (
        ((Outcome.WRONG,), "where a rule gives another"),
        ((Outcome.DISCUSS, Outcome.REASON_MISSING), "to discuss with the reference"),
        ((Outcome.OPEN,), "without a reference"),
        (_STILL_TO_DO, "still to do"),
    ):
        if count := sheet.count(*outcomes):
            counts.append(f"{count} {words}")
    return f"{', '.join(counts)}."


def _subject(item: LessonItem) -> str:
    """What an item is about: the first line of its context, unless its own words quote it."""
    about = item.context.partition("\n")[0]
    quoted = _QUOTED.search(about)
    return "" if quoted and quoted[1] in item.prompt else about


def _learners_answer(mark: ItemMark) -> Iterator[Inline]:
    yield _point("Your answer", _answer_words(mark))
    if mark.answer.reason:
        yield (Run("Your reason: ", strong=True), Run(mark.answer.reason, quoted=True))


def _point(label: str, words: str) -> Inline:
    return (Run(f"{label}: ", strong=True), Run(words))


def _answer_words(mark: ItemMark) -> str:
    """The answer of a mark: a choice without its hyphens, other words as they are."""
    return spoken(mark.answer.value) if mark.value is not None else mark.answer.value


def _differences(marks: Numbered, _: int) -> tuple[Block, ...]:
    return tuple(_difference(number, mark) for number, mark in marks)


def _difference(number: int, mark: ItemMark) -> Section:
    key = mark.item.key
    value = spoken(key.value) if mark.item.choices else key.value
    remark_on = "Your own sum" if mark.item.works_out else "How far"
    return _section(
        number,
        mark,
        _point("Reference", value),
        _point("Why", key.reason),
        *(_point(remark_on, remark) for remark in mark.remarks),
        *(_point("Look again", doubt) for doubt in mark.doubts),
        _point("Rule", key.rule),
        _point("Read", key.read),
        _point("What to do", _TO_DO[mark.outcome]),
    )


def _open_questions(marks: Numbered, _: int) -> tuple[Block, ...]:
    return tuple(_section(n, mark, _point("Read", mark.item.key.read)) for n, mark in marks)


def _section(number: int, mark: ItemMark, *points: Inline) -> Section:
    """What was asked and answered, and `points` on it."""
    title, anchor = f"Question {number}: {TITLE[mark.outcome]}", f"item-{mark.item.item}"
    subject = _subject(mark.item)
    asked = (
        *([Paragraph(text(subject), Kind.SOFT)] if subject else []),
        Paragraph(text(mark.item.prompt)),
    )
    return Section(title, anchor, (*asked, Bullets((*_learners_answer(mark), *points))))


def _right_table(marks: Numbered, lesson: int) -> tuple[Block, ...]:
    columns = (
        Column("number", "Question", 7),
        Column("asked", "What was asked", 34),
        Column("answer", "Your answer", 14),
        Column("why", "Why it is right", 34),
        Column("rule", "Rule", 14),
    )
    rows = _rows(marks, lambda mark: (_answer_words(mark), _why_right(mark), mark.item.key.rule))
    caption = "Your answers that are right, or those of the reference"
    return (Table(f"table-right-{lesson}", caption, columns, rows),)


def _rows(marks: Numbered, cells: Callable[[ItemMark], Sequence[str]]) -> tuple[Row, ...]:
    """A row for each mark: its number, what was asked, and `cells`."""
    return tuple(
        table_row(n, _question(mark), *cells(mark), verdict=COLOUR[mark.outcome]) for n, mark in marks
    )


def _why_right(mark: ItemMark) -> str:
    reason = mark.item.key.reason
    if mark.item.works_out:
        return "\n".join((*mark.remarks, f"In the reference: {reason}"))
    return "\n".join((reason, *mark.remarks))


def _missing_table(marks: Numbered, lesson: int) -> tuple[Block, ...]:
    columns = (
        Column("number", "Question", 7),
        Column("asked", "What was asked", 34),
        Column("state", "State", 20),
        Column("rule", "Rule", 20),
        Column("read", "Read", 22),
    )
    rows = _rows(marks, lambda mark: (_state(mark), mark.item.key.rule, mark.item.key.read))
    note = "The reference is not shown here, so that the item can still be answered."
    return (Table(f"table-to-do-{lesson}", "Items without an answer to compare", columns, rows, note),)


def _state(mark: ItemMark) -> str:
    wrote = [f"You wrote: {_short(mark.answer.value)}"] if mark.answer.value else []
    return "\n".join([TITLE[mark.outcome], *wrote, *mark.remarks])


def _short(words: str, longest: int = 200) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _question(mark: ItemMark) -> Inline:
    subject = _subject(mark.item)
    return (*((Run(f"{subject}\n", soft=True),) if subject else ()), Run(mark.item.prompt))


def _how(paper: MarkedPaper) -> Bullets:
    return Bullets(
        (
            text(WHAT_A_KEY_IS),
            text("Questions stand in the order of your notebook. Nothing in it was run."),
            text(f"The lesson was made on the evidence {paper.submission.evidence[:12] or 'not told'}."),
        )
    )


_BY_OUTCOME: Sequence[
    tuple[str, str, Sequence[Outcome], Callable[[Numbered, int], tuple[Block, ...]]]
] = (
    ("What differs, and why", "differs", DIFFERENT, _differences),
    ("What has no reference", "open", (Outcome.OPEN,), _open_questions),
    ("What was right", "right", SAME, _right_table),
    ("What is still to do", "to-do", _STILL_TO_DO, _missing_table),
)
"""The parts that show marks: title, anchor, the outcomes that they show, and how."""
