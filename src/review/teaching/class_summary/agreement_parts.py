"""How far a class agrees, with the key and among itself: in short, and as tables."""

from collections.abc import Iterator

from review.model.vocabulary import spoken
from review.report.parts.document import Column, Kind, Paragraph, Row, Section, Table, text
from review.teaching.agreement import Agreement, Statistic
from review.teaching.class_summary.class_agreement import ClassAgreement

WITH_KEY, AMONG = "with the key", "among learners"

_WITH_KEY_IN_SHORT = {True: Statistic.KAPPA_LINEAR, False: Statistic.KAPPA}
_AMONG_IN_SHORT = {True: Statistic.ALPHA_ORDINAL, False: Statistic.ALPHA_NOMINAL}
"""The statistic that stands for all, by whether the choices are in order."""


def agreement_in_short(one: ClassAgreement) -> Iterator[str]:
    """A sentence for the choices of `one`; none where no statistic has a value."""
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
        choices = ", ".join(spoken(choice) for choice in one.choices)
        yield f"Agreement on {choices}: {'; '.join(said)}."


def _interval_words(one: Agreement) -> str:
    return f"95% interval {_interval(one)}" if _interval(one) else "no interval"


def _called(one: Agreement) -> str:
    return f"; called {one.band.name}" if one.band else ""


def agreement_section(lesson: int, at: int, one: ClassAgreement) -> Section:
    """Every statistic of one set of choices, which is number `at` of the lesson."""
    choices = ", ".join(spoken(choice) for choice in one.choices)
    order = "in this order" if one.ordered else "in no order"
    about = f"{one.items} items with the choices {choices} ({order}); {one.learners} learners."
    title = f"Items answered by: {choices}"
    blocks = (Paragraph(text(about), Kind.SOFT), _agreement_table(lesson, at, one))
    return Section(title, f"scale-{lesson}-{at}", blocks)


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
