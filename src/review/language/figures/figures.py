"""The figures in a text: numbers that carry a unit, as they must reappear in the evidence.

Our conventions. A share in words is its percentage: a half is 50%, two thirds are 67%, nine out of ten
are 90%; "3 out of 10" beside words of a scale ("pain level", "stars") is a score, which is no share.
"Twice as many" and "doubled" are two-fold; vague words such as "dozens" and "hundreds" are no figures.

A figure may have a bound. What is claimed is borne out by a figure that lies beyond it (over, under),
that equals or passes it (at least, at most), or, for "up to 40%", that equals 40% after rounding or is a
range that reaches it, since such a claim says that 40% is reached. About, nearly and almost mean the
number itself after rounding. What is known as "up to 40%" or "under 40%" bears out no plain 40%.

A percentage may be a share of people or a change, where the words next to it tell. "95% of patients" and
"rose by 95%" never agree; where the words of one of the two tell nothing, only the numbers are compared.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from review.language.figures.around import Bound, Role, bound_of, role_of
from review.language.figures.numbers import NUMBER, InWords, in_words, number
from review.language.figures.units import COUNT, Unit, converted, days, spelt
from review.model.knowledge.packs import MeasureUnit

# A hundred alone may be any number of a street; with a unit it is a figure.
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9}
_MOST_DIGITS_OF_A_YEAR = 4
_AROUND = 80
"""How many characters before and after a figure are read for its bound and its role."""


class Figure(NamedTuple):
    """One figure: its lower and upper number (the same for a single one), as printed, and its unit.

    The numbers keep the digits with which they are printed: "15.0" has three, "2 billion" has one. The
    bound and the role are what the words around it tell.
    """

    low: Decimal
    high: Decimal
    unit: Unit
    bound: Bound = Bound.EXACT
    role: Role = Role.UNKNOWN

    @property
    def kind(self) -> str:
        """What it measures: figures of one kind can be compared."""
        return self.unit.kind

    @property
    def plain(self) -> "Figure":
        """The numbers and their unit alone, without what the words around them tell."""
        return Figure(self.low, self.high, self.unit)

    def __str__(self) -> str:
        printed = f"{self.bound} {_printed(self.low)}".strip()
        if self.low != self.high:
            printed += f" to {_printed(self.high)}"
        if self.unit == COUNT:
            return printed
        if self.unit.name == "%":
            return f"{printed}%"
        plural = "s" if self.unit.has_plural and self.high != 1 else ""
        return f"{printed} {self.unit.name}{plural}"


def _printed(number: Decimal) -> str:
    return f"{number:,f}"


class Figures:
    """Finds figures, by the units that packs describe."""

    def __init__(self, units: Iterable[MeasureUnit]) -> None:
        described = list(units)
        self.units = [(unit, re.compile(way, re.IGNORECASE)) for unit, way in spelt(described)]
        self._by_name = {unit.name: unit for unit, _ in self.units}
        self._signs = {
            spelling: self._by_name[unit.name]
            for unit in described
            for spelling in unit.spellings
            if unit.kind == "money" and len(spelling) == 1
        }
        # "(?!)" matches nothing: without units of money there is no sign, without units no spelling.
        sign = f"[{re.escape(''.join(self._signs))}]" if self._signs else r"(?!)"
        ways = "|".join(f"(?:{way.pattern})" for _, way in self.units) or r"(?!)"
        self._pattern = re.compile(
            # Not within a word, nor after the point of another number.
            rf"(?<![a-z\d])(?<!\d[.,])(?:(?P<before>{sign})\s?)?(?P<first>{NUMBER})"
            rf"(?:\s*{sign})?"
            rf"(?:\s*(?:-|–|to|or|and)\s*{sign}?(?P<last>{NUMBER}))?"
            rf"(?:[\s-]?(?P<scale>{'|'.join(_SCALES)})\b)?"
            rf"(?:\s?-?(?P<unit>{ways}))?"
            # "100% sure" measures nothing.
            r"(?!\s*(?:sure|safe|certain)\b)",
            re.IGNORECASE,
        )
        self.of = lru_cache(maxsize=4096)(self._figures)

    def plain_of(self, text: str) -> frozenset[Figure]:
        """The figures of `text` without their bounds and roles, to be held against each other."""
        return frozenset(figure.plain for figure in self.of(text))

    def _figures(self, text: str) -> frozenset[Figure]:
        """The figures of `text`: numbers or ranges followed by a unit, and large numbers without one.

        A number without a unit is a figure only if it is said in thousands or more ("2 billion",
        "3,000", "15000"), so that years, ordinals and names are none.
        """
        return frozenset([*self._in_digits(text), *self._in_words(text)])

    def _in_digits(self, text: str) -> Iterator[Figure]:
        for match in self._pattern.finditer(text):
            unit = self._unit(match)
            if unit is not None:
                scale = _SCALES[match["scale"].lower()] if match["scale"] else 0
                low = number(match["first"], scale)
                high = number(match["last"], scale) if match["last"] else low
                figure = Figure(min(low, high), max(low, high), unit)
                yield _as_told(figure, text, match.start(), match.end())

    def _in_words(self, text: str) -> Iterator[Figure]:
        for each in in_words(text):
            unit = _score(each) if each.out_of else self._by_name.get(each.unit)
            # "One in two weeks" counts weeks.
            counts_something = unit and unit.name == "%" and self._counts(text, each)
            if unit is None or counts_something:
                continue
            figure = _as_told(Figure(each.number, each.number, unit), text, each.start, each.end)
            yield figure._replace(role=Role.CHANGE) if each.is_change else figure

    def _counts(self, text: str, each: InWords) -> bool:
        after = re.compile(r"\s?-?").match(text, each.end)
        return any(way.match(text, after.end() if after else each.end) for _, way in self.units)

    def _unit(self, match: re.Match[str]) -> Unit | None:
        if match["unit"]:
            # The units stand with the longer way of writing first, as `spelt` gives them.
            return next(unit for unit, way in self.units if way.fullmatch(match["unit"]))
        if match["before"]:
            return self._signs[match["before"]]
        whole = (match["last"] or match["first"]).partition(".")[0]
        is_large = whole[0].isdigit() and len(whole) > _MOST_DIGITS_OF_A_YEAR
        says_scale = match["scale"] and match["scale"].lower() != "hundred"
        return COUNT if says_scale or is_large else None


def _score(each: InWords) -> Unit:
    return Unit(f"out of {each.out_of:f}", f"score of {each.out_of:f}", Fraction(1))


def _as_told(figure: Figure, text: str, start: int, end: int) -> Figure:
    """The figure with the bound and the role that the words around it tell."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    bound, before, after = bound_of(before, after, figure.kind)
    role = role_of(before, after) if figure.unit.name == "%" else Role.UNKNOWN
    return figure._replace(bound=bound, role=role)


def same_figure(claimed: Figure, known: Figure) -> bool:
    """Whether what is `claimed` is borne out by what is `known`; see the conventions of this module.

    Two plain figures say the same if their lower numbers agree, and so do their upper ones. Numbers
    agree if they are equal when both are rounded to the fewer significant digits of the two, as printed,
    in the unit of the one with fewer: 15.1 per cm² is 97 per square inch. Times in different units agree
    if the days that they can be overlap, without rounding: 12 weeks are 3 months, 10 days are no week.
    """
    if claimed.kind != known.kind or _play_other_roles(claimed, known):
        return False
    alike = _alike(claimed.low, claimed.unit, known.low, known.unit)
    alike &= _alike(claimed.high, claimed.unit, known.high, known.unit)
    if claimed.bound is known.bound and alike:
        return True
    if claimed.bound in (Bound.EXACT, Bound.ABOUT):
        return alike and known.bound not in (Bound.UP_TO, Bound.UNDER)
    return _beyond(claimed, known)


def _play_other_roles(a: Figure, b: Figure) -> bool:
    return bool(a.role and b.role) and a.role is not b.role


def _beyond(claimed: Figure, known: Figure) -> bool:
    """Whether a known figure lies where the bound of a claimed one says."""
    if claimed.bound.is_from_below:
        if known.bound.is_from_above:
            return False
        reaches = _alike(claimed.low, claimed.unit, known.low, known.unit)
        reaches |= known.bound is Bound.OVER and claimed.low == known.low and claimed.unit == known.unit
        is_over = _is_more(known.low, known.unit, claimed.low, claimed.unit)
        return is_over or (reaches and (claimed.bound is Bound.AT_LEAST or known.bound is Bound.OVER))
    alike = _alike(claimed.high, claimed.unit, known.high, known.unit)
    if claimed.bound is Bound.UP_TO:
        passes = known.low != known.high and _is_more(known.high, known.unit, claimed.high, claimed.unit)
        return alike or passes
    if known.bound.is_from_below:
        return False
    is_under = _is_more(claimed.high, claimed.unit, known.high, known.unit)
    return is_under or (alike and (claimed.bound is Bound.AT_MOST or known.bound is Bound.UNDER))


def _alike(x: Decimal, unit: Unit, y: Decimal, other: Unit) -> bool:
    if unit.kind == "time" and unit != other:
        return _days_overlap(x, unit, y, other)
    return _rounded_alike(x, unit, y, other)


def _is_more(x: Decimal, unit: Unit, y: Decimal, other: Unit) -> bool:
    """Whether the first is surely more than the second, as printed and without rounding."""
    if unit.kind == "time" and unit != other:
        return days(x, unit)[0] > days(y, other)[1]
    return converted(x, unit, other) > Fraction(y)


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
