"""A lesson on the page of a class: the hardest items, how far the class agrees, every item."""

from collections.abc import Iterator

from review.model.vocabulary import spoken
from review.report.parts.document import (
    Block,
    Column,
    Kind,
    Paragraph,
    Part,
    Row,
    Section,
    Table,
    table_row,
    text,
)
from review.teaching.agreement import Agreement, Statistic
from review.teaching.class_summary.results import ClassAgreement, LessonResult, Tally

_WITH_KEY, _AMONG = "with the key", "among learners"

_WITH_KEY_IN_SHORT = {True: Statistic.KAPPA_LINEAR, False: Statistic.KAPPA}
_AMONG_IN_SHORT = {True: Statistic.ALPHA_ORDINAL, False: Statistic.ALPHA_NOMINAL}
"""The statistic that stands for all, by whether the choices are in order."""


def lesson_parts(result: LessonResult, alone: bool) -> Iterator[Part]:
    """What the page shows of a lesson, which names itself unless it stands `alone`."""
    number = result.lesson

    def part(title: str, anchor: str, *blocks: Block) -> Part:
        return Part(title.capitalize() if alone else f"Lesson {number}: {title}", anchor, blocks)

    if result.hardest:
        yield part("the hardest items", f"hardest-{number}", _hardest(result))
    if result.agreement:
        sections = (
            _agreement_section(number, at, scale) for at, scale in enumerate(result.agreement, 1)
        )
        yield part("how far they agree", f"agreement-{number}", *sections)
    if result.items:
        heading = f"Show the {len(result.items)} items"
        folded = Section(heading, f"items-{number}", (_items(result),), folded=True)
        yield part("every item", f"all-items-{number}", folded)


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
        table_row(
            tally.item.item,
            _asked(tally),
            f"{tally.answered - tally.same} of {tally.answered}",
            f"{spoken(tally.other)} ({tally.other_count})" if tally.other else "own words",
            _key_words(tally),
            f"{tally.item.key.reason}\nRule: {tally.item.key.rule} ({tally.item.key.basis})",
            tally.item.key.read,
        )
        for tally in result.hardest
    )
    note = (
        "By the lower end of the 95% interval (Wilson) of the share that differs from the key; at least "
        "two answered."
    )
    return Table(f"table-hardest-{result.lesson}", f"The {len(rows)} hardest items", columns, rows, note)


def _asked(tally: Tally) -> str:
    about = tally.item.context.partition("\n")[0]
    return f"{about}\n{tally.item.prompt}" if about else tally.item.prompt


def _key_words(tally: Tally) -> str:
    return spoken(tally.item.key.value) if tally.item.choices else tally.item.key.value


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
        table_row(
            tally.item.item,
            tally.item.prompt,
            _key_words(tally),
            tally.item.key.basis,
            tally.learners,
            tally.answered,
            tally.same,
        )
        for tally in result.items
    )
    caption = "Every item with a key that somebody was asked"
    return Table(f"table-items-{result.lesson}", caption, columns, rows, "", ("basis",))


def agreement_in_short(agreed: ClassAgreement) -> Iterator[str]:
    """A sentence for the choices of `agreed`; none where no statistic has a value."""
    values = [
        f"{between} {_decimals(agreement.value)} "
        f"({agreement.statistic}; {_interval_words(agreement)}{_called(agreement)})"
        for between, statistics, chosen in (
            (_WITH_KEY, agreed.with_key, _WITH_KEY_IN_SHORT[agreed.ordered]),
            (_AMONG, agreed.among, _AMONG_IN_SHORT[agreed.ordered]),
        )
        for agreement in statistics
        if agreement.statistic is chosen and agreement.value is not None
    ]
    if values:
        choices = ", ".join(spoken(choice) for choice in agreed.choices)
        yield f"Agreement on {choices}: {'; '.join(values)}."


def _interval_words(agreement: Agreement) -> str:
    return f"95% interval {_interval(agreement)}" if _interval(agreement) else "no interval"


def _called(agreement: Agreement) -> str:
    return f"; called {agreement.band.name}" if agreement.band else ""


def _agreement_section(lesson: int, at: int, agreed: ClassAgreement) -> Section:
    """Every statistic of one set of choices, which is number `at` of the lesson."""
    choices = ", ".join(spoken(choice) for choice in agreed.choices)
    order = "in this order" if agreed.ordered else "in no order"
    about = f"{agreed.items} items with the choices {choices} ({order}); {agreed.learners} learners."
    title = f"Items answered by: {choices}"
    blocks = (Paragraph(text(about), Kind.SOFT), _agreement_table(f"{lesson}-{at}", agreed))
    return Section(title, f"scale-{lesson}-{at}", blocks)


def _agreement_table(name: str, agreed: ClassAgreement) -> Table:
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
        for between, statistics in ((_WITH_KEY, agreed.with_key), (_AMONG, agreed.among))
        for statistic in statistics
    )
    note = (
        "With the key: key and learners are the two raters of every answer (units), and the interval is "
        "over learners. Among learners: every learner is a rater, items are the units, and an answer "
        "that is missing is left out."
    )
    caption = "Agreement with its interval"
    return Table(f"table-agreement-{name}", caption, columns, rows, note, ("between",))


def _agreement_row(between: str, agreement: Agreement) -> Row:
    return table_row(
        between,
        agreement.statistic,
        "" if agreement.value is None else _decimals(agreement.value),
        _interval(agreement),
        f"{agreement.band.name} ({agreement.band.source})" if agreement.band else "",
        agreement.units,
        "" if agreement.low is None else agreement.interval,
        agreement.note,
    )


def _decimals(value: float) -> str:
    """A statistic with two decimals, and no minus before nought."""
    return f"{value:.2f}".replace("-0.00", "0.00")


def _interval(agreement: Agreement) -> str:
    if agreement.low is None or agreement.high is None:
        return ""
    return f"{_decimals(agreement.low)} to {_decimals(agreement.high)}"
