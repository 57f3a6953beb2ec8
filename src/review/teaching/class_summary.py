"""The summary of a class for its teacher: one page, the gradebook, and the same as data."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from review.report.document import (
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
from review.report.table_files import claims_csv
from review.teaching.agreement import KRIPPENDORFF, LANDIS_KOCH, Agreement, Statistic
from review.teaching.answers import in_words
from review.teaching.class_agreement import ClassAgreement, class_agreement
from review.teaching.class_list import ClassList, Paper, State
from review.teaching.feedback import WHAT_A_KEY_IS
from review.teaching.marking import MEANING, SAME, Outcome, Tally, hardest, tallies
from review.vocabulary import Verdict

PAGES = "feedback"
"""The folder of the feedback pages, beside the summary."""


@dataclass(frozen=True, slots=True)
class LessonResult:
    """What a class did in one lesson."""

    lesson: int
    learners: int
    hardest: tuple[Tally, ...]
    items: tuple[Tally, ...]
    agreement: tuple[ClassAgreement, ...]


def lesson_results(marked: ClassList) -> tuple[LessonResult, ...]:
    """What the class did in each lesson that was handed in, of the files that count."""
    return tuple(_lesson_result(marked, lesson) for lesson in sorted(marked.items))


def _lesson_result(marked: ClassList, lesson: int) -> LessonResult:
    sheets = marked.sheets(lesson)
    found = tallies(sheets)
    agreed = class_agreement(sheets, marked.items[lesson])
    return LessonResult(lesson, len(sheets), tuple(hardest(found)), tuple(found), tuple(agreed))


def summary_page(
    marked: ClassList, results: Sequence[LessonResult], evidence: str, date: str
) -> Document:
    """The page for the teacher."""
    with_problems = [paper for paper in marked.papers if paper.problems]
    return Document(
        title="How the class did",
        subtitle=f"{_files(marked.papers)}, marked by the evidence of {date}",
        running_head="For the teacher. A reference that somebody judged is not the truth.",
        date=date,
        parts=(
            Part("The answer", "answer", tuple(_answer(marked, results))),
            *([_problem_part(with_problems)] if with_problems else []),
            Part("Every learner", "learners", (_learners(marked.papers),)),
            *(
                part
                for result in results
                if result.items or result.agreement
                for part in _lesson_parts(result, alone=len(results) == 1)
            ),
            Part("How to read it", "reading", (_reading(evidence),)),
        ),
    )


def _files(papers: Sequence[Paper]) -> str:
    count = sum(paper.is_a_file for paper in papers)
    return f"{count} file{'' if count == 1 else 's'}"


def _counted(learners: int) -> str:
    return "1 learner counts" if learners == 1 else f"{learners} learners count"


def _who(paper: Paper) -> str:
    return f"{paper.learner} (lesson {paper.submission.lesson})"


def _answer(marked: ClassList, results: Sequence[LessonResult]) -> Iterator[Block]:
    states = Counter(paper.state for paper in marked.papers)
    handed_in = (state for state in State if state is not State.NOT_HANDED_IN and states[state])
    said = ", ".join(f"{states[state]} {state}" for state in handed_in)
    yield Paragraph(text(f"{_files(marked.papers)}: {said}."), Kind.LEAD)
    if absent := [_who(paper) for paper in marked.papers if not paper.is_a_file]:
        yield Paragraph(text(f"Nothing was handed in by {', '.join(absent)}."))
    for result in results:
        yield Paragraph(text(" ".join(_in_short(result))))
        agreed = tuple(line for one in result.agreement for line in _agreement_in_short(one))
        if agreed:
            yield Bullets(tuple(text(line) for line in agreed))


def _in_short(result: LessonResult) -> Iterator[str]:
    answered = sum(one.answered for one in result.items)
    same = sum(one.same for one in result.items)
    yield f"Lesson {result.lesson}: {_counted(result.learners)}."
    if answered:
        yield f"Of {answered} answers with a key, {same} are right or the key's ({same / answered:.0%})."
    if result.hardest:
        first = result.hardest[0]
        yield (
            f"The hardest item is {first.item.item}: "
            f"{first.answered - first.same} of {first.answered} answered otherwise."
        )


_WITH_KEY_IN_SHORT = {True: Statistic.KAPPA_LINEAR, False: Statistic.KAPPA}
_AMONG_IN_SHORT = {True: Statistic.ALPHA_ORDINAL, False: Statistic.ALPHA_NOMINAL}
"""The statistic that stands for all, by whether the choices are in order."""


def _agreement_in_short(one: ClassAgreement) -> Iterator[str]:
    said = [
        f"{between} {decimals(each.value)} ({each.statistic}; {_interval_words(each)}{_called(each)})"
        for between, statistics, chosen in (
            (WITH_KEY, one.with_key, _WITH_KEY_IN_SHORT[one.ordered]),
            (AMONG, one.among, _AMONG_IN_SHORT[one.ordered]),
        )
        for each in statistics
        if each.statistic is chosen and each.value is not None
    ]
    if said:
        choices = ", ".join(in_words(choice) for choice in one.choices)
        yield f"Agreement on {choices}: {'; '.join(said)}."


def _interval_words(one: Agreement) -> str:
    return f"95% interval {_interval(one)}" if _interval(one) else "no interval"


def _called(one: Agreement) -> str:
    return f"; called {one.band.name}" if one.band else ""


# Learners and files

_COUNTS = tuple(Outcome)


def _learners(papers: Sequence[Paper]) -> Table:
    columns = (
        Column("learner", "Learner", 16),
        Column("lesson", "Lesson", 6),
        Column("state", "State", 12),
        Column("same", "As the key", 7, is_number=True),
        Column("percent", "Percent", 7, is_number=True),
        *(Column(_key(one), TITLES[one], 8, is_number=True) for one in _COUNTS),
        Column("problems", "Notes", 6, is_number=True),
    )
    note = (
        "As the key: right or agreeing answers, of all items with a key in the learner's notebook; what "
        "follows from other answers is right where it follows from the learner's own; an item without "
        "an answer is none. A learner's name leads to the feedback page."
    )
    rows = tuple(_learner_row(paper) for paper in papers)
    return Table(
        "table-learners",
        "Every learner and file, with the marks",
        columns,
        rows,
        note,
        ("lesson", "state"),
    )


TITLES = {
    Outcome.RIGHT: "Right",
    Outcome.AGREES: "Agrees",
    Outcome.WRONG: "Wrong",
    Outcome.DISCUSS: "To discuss",
    Outcome.REASON_MISSING: "Reason missing",
    Outcome.OPEN: "No key",
    Outcome.NOT_A_CHOICE: "Not a choice",
    Outcome.NOT_ANSWERED: "Not answered",
}
"""The outcomes as the heads of columns."""


def _key(outcome: Outcome) -> str:
    return outcome.replace(" ", "_")


def _learner_row(paper: Paper) -> Row:
    lesson = str(paper.submission.lesson or "")
    link = f"./{PAGES}/{paper.page}.html" if paper.page else ""
    first: tuple[Inline, ...] = (
        (Run(paper.learner, link=link),),
        text(lesson),
        text(paper.state),
    )
    counts = tuple(text(value) for value in _numbers(paper))
    muted = paper.state is not State.MARKED
    return Row((*first, *counts, text(len(paper.problems))), muted=muted)


def _numbers(paper: Paper) -> Iterator[str]:
    """Answers as the key, their percentage, and the count of every outcome; empty where not marked."""
    sheet = paper.sheet
    if sheet is None:
        yield from [""] * (2 + len(_COUNTS))
        return
    same = sheet.count(*SAME)
    yield str(same)
    yield f"{100 * same / sheet.keyed:.0f}" if sheet.keyed else ""
    yield from (str(sheet.count(outcome)) for outcome in _COUNTS)


def _problem_part(papers: Sequence[Paper]) -> Part:
    return Part("Files to look at", "problems", (_problems(papers),))


def _problems(papers: Sequence[Paper]) -> Table:
    columns = (
        Column("file", "File", 20),
        Column("learner", "Learner", 12),
        Column("state", "State", 10),
        Column("problem", "What to know about it", 50),
    )
    rows = tuple(
        Row(
            (
                text(paper.submission.file),
                text(paper.submission.learner or "not told"),
                text(paper.state),
                text("\n".join(paper.problems)),
            ),
            verdict=Verdict.CONTRADICTED if paper.state.is_a_fault else Verdict.OVERSTATED,
        )
        for paper in sorted(papers, key=lambda one: (not one.state.is_a_fault, one.submission.file))
    )
    return Table("table-problems", "Files that have something wrong", columns, rows, "", ("state",))


# Lessons


def _lesson_parts(result: LessonResult, alone: bool) -> Iterator[Part]:
    named = "" if alone else f"Lesson {result.lesson}: "
    number = result.lesson
    if result.hardest:
        blocks: tuple[Block, ...] = (_hardest(result),)
        title = f"{named}the hardest items" if named else "The hardest items"
        yield Part(title, f"hardest-{number}", blocks)
    if result.agreement:
        blocks = tuple(_agreement_section(number, at, one) for at, one in enumerate(result.agreement, 1))
        title = f"{named}how far they agree" if named else "How far they agree"
        yield Part(title, f"agreement-{number}", blocks)
    if result.items:
        shown = f"Show the {len(result.items)} items"
        folded = Section(shown, f"items-{number}", (_items(result),), folded=True)
        title = f"{named}every item" if named else "Every item"
        yield Part(title, f"all-items-{number}", (folded,))


def _hardest(result: LessonResult) -> Table:
    columns = (
        Column("item", "Item", 18),
        Column("asked", "What was asked", 26),
        Column("otherwise", "Answered otherwise", 9),
        Column("most", "Most often instead", 12),
        Column("key", "Key", 12),
        Column("why", "Why, and by which rule", 30),
        Column("read", "Read", 14),
    )
    rows = tuple(
        Row(
            (
                text(one.item.item),
                text(_asked(one)),
                text(f"{one.answered - one.same} of {one.answered}"),
                text(f"{in_words(one.other)} ({one.other_count})" if one.other else "own words"),
                text(_key_words(one)),
                text(f"{one.item.key.reason}\nRule: {one.item.key.rule} ({one.item.key.basis})"),
                text(one.item.key.read),
            )
        )
        for one in result.hardest
    )
    note = (
        "By the lower end of the 95% interval (Wilson) of the share that differs from the key; at least "
        "two answered."
    )
    return Table(f"table-hardest-{result.lesson}", f"The {len(rows)} hardest items", columns, rows, note)


def _asked(one: Tally) -> str:
    about = one.item.context.partition("\n")[0]
    return f"{about}\n{one.item.prompt}" if about else one.item.prompt


def _key_words(one: Tally) -> str:
    return in_words(one.item.key.value) if one.item.choices else one.item.key.value


def _items(result: LessonResult) -> Table:
    columns = (
        Column("item", "Item", 30),
        Column("asked", "What was asked", 36),
        Column("key", "Key", 14),
        Column("basis", "Rests on", 8),
        Column("learners", "Asked", 6, is_number=True),
        Column("answered", "Answered", 7, is_number=True),
        Column("same", "As the key", 7, is_number=True),
    )
    rows = tuple(
        Row(
            (
                text(one.item.item),
                text(one.item.prompt),
                text(_key_words(one)),
                text(one.item.key.basis),
                text(one.learners),
                text(one.answered),
                text(one.same),
            )
        )
        for one in result.items
    )
    caption = "Every item with a key that somebody was asked"
    return Table(f"table-items-{result.lesson}", caption, columns, rows, "", ("basis",))


def _agreement_section(lesson: int, at: int, one: ClassAgreement) -> Section:
    choices = ", ".join(in_words(choice) for choice in one.choices)
    order = "in this order" if one.ordered else "in no order"
    about = f"{one.items} items with the choices {choices} ({order}); {one.learners} learners."
    title = f"Items answered by: {choices}"
    blocks = (Paragraph(text(about), Kind.SOFT), _agreement_table(lesson, at, one))
    return Section(title, f"scale-{lesson}-{at}", blocks)


WITH_KEY, AMONG = "with the key", "among learners"


def _agreement_table(lesson: int, at: int, one: ClassAgreement) -> Table:
    columns = (
        Column("between", "Agreement", 11),
        Column("statistic", "Statistic", 18),
        Column("value", "Value", 6, is_number=True),
        Column("interval", "95% interval", 11),
        Column("band", "Called", 16),
        Column("units", "Units", 6, is_number=True),
        Column("method", "How the interval was made", 20),
        Column("note", "Note", 20),
    )
    rows = tuple(
        _agreement_row(between, statistic)
        for between, statistics in ((WITH_KEY, one.with_key), (AMONG, one.among))
        for statistic in statistics
    )
    note = (
        "With the key: key and learners are the two raters of every answer (units), and the interval is "
        "over learners. Among learners: every learner is a rater, items are the units, and an answer "
        "that is missing is left out."
    )
    return Table(
        f"table-agreement-{lesson}-{at}",
        "Agreement with its interval",
        columns,
        rows,
        note,
        ("between",),
    )


def _agreement_row(between: str, one: Agreement) -> Row:
    return Row(
        (
            text(between),
            text(one.statistic),
            text("" if one.value is None else decimals(one.value)),
            text(_interval(one)),
            text(f"{one.band.name} ({one.band.source})" if one.band else ""),
            text(one.units),
            text("" if one.low is None else one.interval),
            text(one.note),
        )
    )


def decimals(value: float) -> str:
    """A statistic with two decimals, and no minus before nought."""
    return f"{value:.2f}".replace("-0.00", "0.00")


def _interval(one: Agreement) -> str:
    if one.low is None or one.high is None:
        return ""
    return f"{decimals(one.low)} to {decimals(one.high)}"


def _reading(evidence: str) -> Bullets:
    return Bullets(
        (
            text(WHAT_A_KEY_IS),
            *(text(f"{TITLES[outcome]}: {MEANING[outcome]}") for outcome in Outcome),
            text(
                f"Bands for kappa and Gwet's coefficients are those of {LANDIS_KOCH}; for alpha, those "
                f"of {KRIPPENDORFF}. They are conventions. Look at the interval first."
            ),
            text(
                "Kappa falls where nearly all answers are one choice, even if most agree; AC1 does not."
            ),
            text("A wording is read by the words in it; read those to discuss yourself."),
            text(f"Evidence: {evidence}"),
        )
    )


# Files beside the page


def gradebook(papers: Sequence[Paper]) -> bytes:
    """One row a file, as CSV that no spreadsheet calculates."""
    columns = (
        Column("learner", "Learner"),
        Column("lesson", "Lesson", is_number=True),
        Column("file", "File"),
        Column("state", "State"),
        Column("items", "Items", is_number=True),
        Column("with_key", "With a key", is_number=True),
        Column("as_the_key", "As the key", is_number=True),
        Column("percent", "Percent", is_number=True),
        *(Column(_key(one), TITLES[one], is_number=True) for one in _COUNTS),
        Column("problems", "Problems"),
    )
    rows = tuple(
        Row(
            (
                text(paper.submission.learner),
                text(paper.submission.lesson or ""),
                text(paper.submission.file),
                text(paper.state),
                text(len(paper.sheet.marks) if paper.sheet else ""),
                text(paper.sheet.keyed if paper.sheet else ""),
                *map(text, _numbers(paper)),
                text(" ".join(paper.problems)),
            )
        )
        for paper in papers
    )
    return claims_csv(Table("table-gradebook", "Gradebook", columns, rows))


def summary_data(marked: ClassList, results: Sequence[LessonResult], evidence: str) -> bytes:
    """The whole summary as JSON; the same class gives the same bytes."""
    data = {
        "evidence": evidence,
        "files": [_paper_data(paper) for paper in marked.papers],
        "lessons": [_result_data(result) for result in results],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _paper_data(paper: Paper) -> Mapping[str, Any]:
    marks = paper.sheet.marks if paper.sheet else ()
    return {
        "file": paper.submission.file,
        "learner": paper.submission.learner,
        "lesson": paper.submission.lesson,
        "state": str(paper.state),
        "problems": list(paper.problems),
        "marks": [
            {
                "item": mark.item.item,
                "answer": mark.answer.value,
                "reason": mark.answer.reason,
                "outcome": str(mark.outcome),
                "steps": mark.steps,
            }
            for mark in marks
        ],
    }


def _result_data(result: LessonResult) -> Mapping[str, Any]:
    return {
        "lesson": result.lesson,
        "learners": result.learners,
        "hardest": [one.item.item for one in result.hardest],
        "agreement": [
            {
                "choices": list(one.choices),
                "ordered": one.ordered,
                "with_key": [_statistic(each) for each in one.with_key],
                "among_learners": [_statistic(each) for each in one.among],
            }
            for one in result.agreement
        ],
    }


def _statistic(one: Agreement) -> Mapping[str, Any]:
    return {**asdict(one), "statistic": str(one.statistic)}
