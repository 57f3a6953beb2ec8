"""The figures in a text: numbers that carry a unit, as they must reappear in the evidence."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from review.language.figures.units import COUNT, Unit, converted, days, spelt
from review.model.knowledge.packs import MeasureUnit

_ONES = "one two three four five six seven eight nine".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORD_NUMBERS = {
    **{
        f"{tens}-{digit}": Decimal(10 * t + n)
        for t, tens in enumerate(_TENS, 2)
        for n, digit in enumerate(_ONES, 1)
    },
    **{tens: Decimal(10 * t) for t, tens in enumerate(_TENS, 2)},
    **{
        word: Decimal(number) for number, word in enumerate([*_ONES, "ten", "eleven", "twelve"], start=1)
    },
}
_SCALES = {"thousand": 3, "million": 6, "billion": 9}
_MOST_DIGITS_OF_A_YEAR = 4
_NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|" + "|".join(WORD_NUMBERS) + r")"


class Figure(NamedTuple):
    """One figure: its lower and upper number (the same for a single one), as printed, and its unit.

    The numbers keep the digits with which they are printed: "15.0" has three, "2 billion" has one.
    """

    low: Decimal
    high: Decimal
    unit: Unit

    @property
    def kind(self) -> str:
        """What it measures: figures of one kind can be compared."""
        return self.unit.kind

    def __str__(self) -> str:
        number = _printed(self.low)
        if self.low != self.high:
            number += f" to {_printed(self.high)}"
        if self.unit == COUNT:
            return number
        if self.unit.name == "%":
            return f"{number}%"
        plural = "s" if self.unit.has_plural and self.high != 1 else ""
        return f"{number} {self.unit.name}{plural}"


def _printed(number: Decimal) -> str:
    return f"{number:,f}"


class Figures:
    """Finds figures, by the units that packs describe."""

    def __init__(self, units: Iterable[MeasureUnit]) -> None:
        described = list(units)
        self.units = [(unit, re.compile(way, re.IGNORECASE)) for unit, way in spelt(described)]
        by_name = {unit.name: unit for unit, _ in self.units}
        self._signs = {
            spelling: by_name[unit.name]
            for unit in described
            for spelling in unit.spellings
            if unit.kind == "money" and len(spelling) == 1
        }
        # "(?!)" matches nothing: without units of money there is no sign, without units no spelling.
        sign = f"[{re.escape(''.join(self._signs))}]" if self._signs else r"(?!)"
        ways = "|".join(f"(?:{way.pattern})" for _, way in self.units) or r"(?!)"
        self._pattern = re.compile(
            # Not within a word, nor after the point of another number.
            rf"(?<![a-z\d])(?<!\d[.,])(?:(?P<before>{sign})\s?)?(?P<first>{_NUMBER})"
            rf"(?:\s*{sign})?"
            rf"(?:\s*(?:-|–|to|or|and)\s*{sign}?(?P<last>{_NUMBER}))?"
            rf"(?:[\s-]?(?P<scale>{'|'.join(_SCALES)})\b)?"
            rf"(?:\s?-?(?P<unit>{ways}))?"
            # "100% sure" measures nothing.
            r"(?!\s*(?:sure|safe|certain)\b)",
            re.IGNORECASE,
        )
        self.of = lru_cache(maxsize=4096)(self._figures)

    def _figures(self, text: str) -> frozenset[Figure]:
        """The figures of `text`: numbers or ranges followed by a unit, and large numbers without one.

        A number without a unit is a figure only if it is said in thousands or more ("2 billion",
        "3,000", "15000"), so that years, ordinals and names are none.
        """
        figures = set()
        for match in self._pattern.finditer(text):
            unit = self._unit(match)
            if unit is not None:
                scale = _SCALES[match["scale"].lower()] if match["scale"] else 0
                low = _number(match["first"], scale)
                high = _number(match["last"], scale) if match["last"] else low
                figures.add(Figure(min(low, high), max(low, high), unit))
        return frozenset(figures)

    def _unit(self, match: re.Match[str]) -> Unit | None:
        if match["unit"]:
            # The units stand with the longer way of writing first, as `spelt` gives them.
            return next(unit for unit, way in self.units if way.fullmatch(match["unit"]))
        if match["before"]:
            return self._signs[match["before"]]
        whole = (match["last"] or match["first"]).partition(".")[0]
        is_large = whole[0].isdigit() and len(whole) > _MOST_DIGITS_OF_A_YEAR
        return COUNT if match["scale"] or is_large else None


def _number(text: str, scale: int) -> Decimal:
    word = WORD_NUMBERS.get(text.lower())
    number = Decimal(text.replace(",", "")) if word is None else word
    return number.scaleb(scale)


def same_figure(a: Figure, b: Figure) -> bool:
    """Whether two figures say the same: their lower numbers agree, and so do their upper ones.

    Numbers agree if they are equal when both are rounded to the fewer significant digits of the two, as
    printed, in the unit of the one with fewer: 15.1 per cm² is 97 per square inch. Times in different
    units agree if the days that they can be overlap, without rounding: 12 weeks are 3 months, 10 days
    are not a week.
    """
    if a.kind != b.kind:
        return False
    pairs = ((a.low, b.low), (a.high, b.high))
    if a.kind == "time" and a.unit != b.unit:
        return all(_days_overlap(x, a.unit, y, b.unit) for x, y in pairs)
    return all(_rounded_alike(x, a.unit, y, b.unit) for x, y in pairs)


def _days_overlap(x: Decimal, unit: Unit, y: Decimal, other: Unit) -> bool:
    (least, most), (other_least, other_most) = days(x, unit), days(y, other)
    return least <= other_most and other_least <= most


def _rounded_alike(x: Decimal, unit: Unit, y: Decimal, other: Unit) -> bool:
    of_x, of_y = (len(number.as_tuple().digits) for number in (x, y))
    coarser = {target for target, digits in ((unit, of_x), (other, of_y)) if digits <= min(of_x, of_y)}
    return any(
        _rounded(converted(x, unit, target), min(of_x, of_y))
        == _rounded(converted(y, other, target), min(of_x, of_y))
        for target in coarser
    )


def _rounded(value: Fraction, digits: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact)
