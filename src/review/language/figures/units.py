"""Units of measure: which can be compared, and how one turns into another.

Calendar time has no fixed length: a month is taken as 28 to 31 days, twelve months or more as years of
360 to 366 days (our convention). A share and a multiple stay apart: "34%" and "1.34-fold" can mean the
same change, or a share of people and a ratio of means, and the number alone does not tell which.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from review.model.knowledge.packs import MeasureUnit
from review.model.knowledge.phrases import inner
from review.model.vocabulary import YesNo


class Unit(NamedTuple):
    """A unit: its name, what it measures, its size in the smallest unit of that kind.

    The size of a month or a year is in months, as neither is a number of days.
    """

    name: str
    kind: str
    size: Fraction
    has_plural: bool = False


COUNT = Unit("count", "count", Fraction(1))
"""That of a number that counts things not named with it, such as "2 billion" or "3,000"."""

_PER = r"(?:per\s+|/\s*)"
# What a density counts may be named between the number and the area: "18 terminal hairs per cm2".
_COUNTED = r"(?:[a-z-]+\s+){0,3}?(?:[a-z-]+\s*)?"


def spelt(units: Iterable[MeasureUnit]) -> Iterator[tuple[Unit, str]]:
    """Each unit with the pattern of its spellings, the longer way of writing first.

    Masses in a volume make concentrations, masses by weight doses, and areas densities; an area by
    itself is no figure that a page and a finding share.
    """
    every = list(units)
    ways = {unit.name: f"(?:{'|'.join(map(inner, unit.spellings))})" for unit in every}
    masses = [unit for unit in every if unit.kind == "mass"]
    for area in (unit for unit in every if unit.kind == "area"):
        density = Unit(f"per {area.name}", "density", 1 / area.size)
        yield density, f"{_COUNTED}{_PER}{ways[area.name]}"
    for volume in (unit for unit in every if unit.kind == "volume"):
        for mass in masses:
            concentration = Unit(f"{mass.name}/{volume.name}", "concentration", mass.size / volume.size)
            yield concentration, rf"{ways[mass.name]}\s*{_PER}{ways[volume.name]}"
    for mass in masses:
        yield Unit(f"{mass.name}/kg", "dose by weight", mass.size), rf"{ways[mass.name]}\s*{_PER}kg\b"
    for unit in (unit for unit in every if unit.kind != "area"):
        has_plural = unit.has_plural is YesNo.YES
        yield Unit(unit.name, unit.kind, unit.size, has_plural=has_plural), ways[unit.name]


def converted(value: Fraction | Decimal, unit: Unit, other: Unit) -> Fraction:
    """A value given in `unit`, in `other`. Raises ValueError where the two measure different things,
    and where one is a calendar time and the other is not, for then there is no one answer.
    """
    if unit.kind != other.kind or is_calendar(unit) is not is_calendar(other):
        raise ValueError(f"{unit.name} does not turn into {other.name}")
    return Fraction(value) * unit.size / other.size


def is_calendar(unit: Unit) -> bool:
    """Whether a unit is a month or a year, which have no fixed number of days."""
    return unit.name in ("month", "year")


def days(value: Fraction | Decimal, unit: Unit) -> tuple[Fraction, Fraction]:
    """The fewest and the most days that a time can be; both the same for all but months and years.

    Raises ValueError for what is not a time.
    """
    if unit.kind != "time":
        raise ValueError(f"{unit.name} is no time")
    size = Fraction(value) * unit.size
    if not is_calendar(unit):
        return size, size
    if size >= 12:
        return size / 12 * 360, size / 12 * 366
    return size * 28, size * 31
