"""The page that a learner gets back: every difference with the rule behind it and where to read on."""

import re
from collections.abc import Iterable, Iterator, Sequence

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
    text,
)
from review.teaching.items import Item
from review.teaching.marking.class_list import Paper, State
from review.teaching.marking.mark import DIFFERENT, MEANING, SAME, Mark, Outcome, Sheet

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


def feedback_page(papers: Sequence[Paper], date: str) -> Document:
    """The feedback on all lessons of one learner, or on one file that does not count."""
    return Document(
        title=f"Feedback for {papers[0].learner}",
        subtitle="; ".join(map(_source, papers)),
        running_head="Feedback. A reference that somebody judged is not the truth.",
        date=date,
        parts=tuple(part for one in papers for part in _parts(one, alone=len(papers) == 1)),
    )


def _source(paper: Paper) -> str:
    return f"Lesson {paper.submission.lesson}: {paper.submission.file}"


def _parts(paper: Paper, alone: bool) -> Iterator[Part]:
    sheet = paper.sheet
    if sheet is None:
        return
    lesson = paper.submission.lesson
    named = "" if alone else f"Lesson {lesson}: "
    numbered = list(enumerate(sheet.marks, start=1))
    yield Part(_title(named, "Your result"), f"result-{lesson}", tuple(_result(paper, sheet)))
    differ = [(number, mark) for number, mark in numbered if mark.outcome in DIFFERENT]
    if differ:
        blocks = tuple(_difference(number, mark) for number, mark in differ)
        yield Part(_title(named, "What differs, and why"), f"differs-{lesson}", blocks)
    discussed = [(number, mark) for number, mark in numbered if mark.outcome is Outcome.OPEN]
    if discussed:
        blocks = tuple(_open(number, mark) for number, mark in discussed)
        yield Part(_title(named, "What has no reference"), f"open-{lesson}", blocks)
    same = [(number, mark) for number, mark in numbered if mark.outcome in SAME]
    if same:
        yield Part(_title(named, "What was right"), f"right-{lesson}", (_right_table(same, lesson),))
    missing = [(number, mark) for number, mark in numbered if mark.outcome in _STILL_TO_DO]
    if missing:
        table = _missing_table(missing, lesson)
        yield Part(_title(named, "What is still to do"), f"to-do-{lesson}", (table,))
    yield Part(_title(named, "How it was marked"), f"marked-{lesson}", (_how(paper),))


def _title(named: str, title: str) -> str:
    return f"{named}{title}" if not named else f"{named}{title[0].lower()}{title[1:]}"


def _result(paper: Paper, sheet: Sheet) -> Iterator[Block]:
    yield Paragraph(text(result_line(sheet)), Kind.LEAD)
    if paper.state is State.NOT_COUNTED:
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
        Row(
            (text(TITLE[outcome]), text(sheet.count(outcome)), text(MEANING[outcome])),
            verdict=COLOUR[outcome],
        )
        for outcome in Outcome
        if sheet.count(outcome)
    )
    yield Table(f"table-result-{paper.submission.lesson}", "Your answers by outcome", columns, rows)


def result_line(sheet: Sheet) -> str:
    """What a sheet comes to, in one or two sentences."""
    said = []
    if sheet.keyed:
        said.append(f"{sheet.count(*SAME)} of {sheet.keyed} answers are right or those of the reference")
    for outcomes, words in (
        ((Outcome.WRONG,), "where a rule gives another"),
        ((Outcome.DISCUSS, Outcome.REASON_MISSING), "to discuss with the reference"),
        ((Outcome.OPEN,), "without a reference"),
        (_STILL_TO_DO, "still to do"),
    ):
        if count := sheet.count(*outcomes):
            said.append(f"{count} {words}")
    return f"{', '.join(said)}."


def subject(item: Item) -> str:
    """What an item is about: the first line of its context, unless its own words quote it."""
    about = item.context.partition("\n")[0]
    quoted = _QUOTED.search(about)
    return "" if quoted and quoted[1] in item.prompt else about


def _asked(mark: Mark) -> Iterator[Block]:
    if subject(mark.item):
        yield Paragraph(text(subject(mark.item)), Kind.SOFT)
    yield Paragraph(text(mark.item.prompt))


def _own_answer(mark: Mark) -> Iterator[Inline]:
    yield (Run("Your answer: ", strong=True), Run(in_words_of(mark)))
    if mark.answer.reason:
        yield (Run("Your reason: ", strong=True), Run(mark.answer.reason, quoted=True))


def in_words_of(mark: Mark) -> str:
    """The answer of a mark: a choice without its hyphens, other words as they are."""
    return spoken(mark.answer.value) if mark.value is not None else mark.answer.value


def _difference(number: int, mark: Mark) -> Section:
    key = mark.item.key
    value = spoken(key.value) if mark.item.choices else key.value
    points: list[Inline] = [
        *_own_answer(mark),
        (Run("Reference: ", strong=True), Run(value)),
        (Run("Why: ", strong=True), Run(key.reason)),
        *((Run(_SAID[bool(mark.item.works_out)], strong=True), Run(said)) for said in mark.said),
        *((Run("Look again: ", strong=True), Run(doubt)) for doubt in mark.doubts),
        (Run("Rule: ", strong=True), Run(key.rule)),
        (Run("Read: ", strong=True), Run(key.read)),
        (Run("What to do: ", strong=True), Run(_TO_DO[mark.outcome])),
    ]
    title = f"Question {number}: {TITLE[mark.outcome]}"
    return Section(title, _anchor(mark), (*_asked(mark), Bullets(tuple(points))))


_SAID = {True: "Your own sum: ", False: "How far: "}
"""What the sentences of a mark are about, by whether the answer follows from others."""
_TO_DO = {
    Outcome.WRONG: "Read the rule, apply it again to this item, and see where the step was missed.",
    Outcome.DISCUSS: "Bring your reason to the class. If it is the better one, the reference changes.",
    Outcome.REASON_MISSING: "Write your reason down: a judgement without one cannot be weighed.",
}


def _open(number: int, mark: Mark) -> Section:
    points = (*_own_answer(mark), (Run("Read: ", strong=True), Run(mark.item.key.read)))
    title = f"Question {number}: {TITLE[mark.outcome]}"
    return Section(title, _anchor(mark), (*_asked(mark), Bullets(points)))


def _anchor(mark: Mark) -> str:
    return f"item-{mark.item.item}"


def _right_table(marks: Iterable[tuple[int, Mark]], lesson: int) -> Table:
    columns = (
        Column("number", "Question", 7),
        Column("asked", "What was asked", 34),
        Column("answer", "Your answer", 14),
        Column("why", "Why it is right", 34),
        Column("rule", "Rule", 14),
    )
    rows = tuple(
        Row(
            (
                text(number),
                _question(mark),
                text(in_words_of(mark)),
                text("\n".join(_why_right(mark))),
                text(mark.item.key.rule),
            ),
            verdict=COLOUR[mark.outcome],
        )
        for number, mark in marks
    )
    caption = "Your answers that are right, or those of the reference"
    return Table(f"table-right-{lesson}", caption, columns, rows)


def _why_right(mark: Mark) -> Iterator[str]:
    reason = mark.item.key.reason
    if mark.item.works_out:
        yield from mark.said
        yield f"In the reference: {reason}"
    else:
        yield from (reason, *mark.said)


def _missing_table(marks: Iterable[tuple[int, Mark]], lesson: int) -> Table:
    columns = (
        Column("number", "Question", 7),
        Column("asked", "What was asked", 34),
        Column("state", "State", 20),
        Column("rule", "Rule", 20),
        Column("read", "Read", 22),
    )
    rows = tuple(
        Row(
            (
                text(number),
                _question(mark),
                text("\n".join([TITLE[mark.outcome], *_not_a_choice(mark), *mark.said])),
                text(mark.item.key.rule),
                text(mark.item.key.read),
            ),
            verdict=COLOUR[mark.outcome],
        )
        for number, mark in marks
    )
    note = "The reference is not shown here, so that the item can still be answered."
    return Table(f"table-to-do-{lesson}", "Items without an answer to compare", columns, rows, note)


def _not_a_choice(mark: Mark) -> Iterator[str]:
    if mark.outcome is Outcome.NOT_A_CHOICE:
        yield f"You wrote: {_short(mark.answer.value)}"


def _short(words: str, longest: int = 200) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _question(mark: Mark) -> Inline:
    about = subject(mark.item)
    return (*((Run(f"{about}\n", soft=True),) if about else ()), Run(mark.item.prompt))


def _how(paper: Paper) -> Bullets:
    return Bullets(
        (
            text(WHAT_A_KEY_IS),
            text("Questions stand in the order of your notebook. Nothing in it was run."),
            text(f"The lesson was made on the evidence {paper.submission.evidence[:12] or 'not told'}."),
        )
    )
