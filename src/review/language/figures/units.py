"""Units of measure: which can be compared, and how one turns into another.

An inch is 2.54 cm exactly (international yard and pound agreement, 1959). Calendar time has no fixed
length: a month is taken as 28 to 31 days, twelve months or more as years of 360 to 366 days (our
convention). A share and a multiple stay apart: "34%" and "1.34-fold" can mean the same change, or a
share of people and a ratio of means, and the number alone does not tell which.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Quantity(StrEnum):
    """What a figure measures; figures of one quantity can be compared."""

    TIME = "time"
    DENSITY = "density"
    CONCENTRATION = "concentration"
    DOSE = "dose by weight"
    LENGTH = "length"
    SHARE = "share"
    SESSION = "session"
    MULTIPLE = "multiple"
    MASS = "mass"
    VOLUME = "volume"
    MONEY = "money"
    COUNT = "count"


class Unit(NamedTuple):
    """A unit: its name, what it measures, its size in the smallest unit for that, how it is written.

    The size of a month or a year is in months, as neither is a number of days.
    """

    name: str
    quantity: Quantity
    size: Fraction
    pattern: str
    has_plural: bool = False


_INCH = Fraction(254, 100)
"""In cm."""
_COUNTED = r"(?:(?:[a-z-]+\s+){0,3}?(?:hairs?|follicles?|units?|grafts?)\s*)?(?:per\s+|/\s*)"


def _per_square(side: str) -> str:
    """How a density is written: "18 terminal hairs per cm2", "18/cm²", "18 per square inch"."""
    squared = rf"(?:{side})\s?(?:²|\^?2\b|\(2\))"
    return rf"{_COUNTED}(?:{squared}|(?:square|sq\.?)\s*(?:{side})\b)"


_MASSES = (
    ("µg", 1, r"(?:[µμ]g|ug|mcg|micrograms?)"),
    ("ng", Fraction(1, 1000), r"(?:ng|nanograms?)"),
    ("mg", 10**3, r"(?:mg|milligrams?)"),
    ("g", 10**6, r"(?:g|grams?)"),
)
_VOLUMES = (
    ("µl", 1, r"(?:[µμ]l|ul|microlit(?:re|er)s?)"),
    ("ml", 10**3, r"(?:ml|millilit(?:re|er)s?|cc)"),
    ("dl", 10**5, r"(?:dl|decilit(?:re|er)s?)"),
    ("l", 10**6, r"(?:l|lit(?:re|er)s?)"),
)

_TIMES = (
    Unit("minute", Quantity.TIME, Fraction(1, 1440), r"minutes?\b|min\b", True),
    Unit("hour", Quantity.TIME, Fraction(1, 24), r"hours?\b", True),
    Unit("day", Quantity.TIME, Fraction(1), r"days?\b", True),
    Unit("week", Quantity.TIME, Fraction(7), r"weeks?\b", True),
    Unit("month", Quantity.TIME, Fraction(1), r"months?\b", True),
    Unit("year", Quantity.TIME, Fraction(12), r"years?\b", True),
)
_DENSITIES = (
    Unit("per cm²", Quantity.DENSITY, Fraction(1), _per_square("cm|centimet(?:re|er)")),
    Unit("per mm²", Quantity.DENSITY, Fraction(100), _per_square("mm|millimet(?:re|er)")),
    Unit("per square inch", Quantity.DENSITY, 1 / _INCH**2, _per_square("in(?:ch)?")),
)
_CONCENTRATIONS = tuple(
    Unit(
        f"{mass}/{volume}",
        Quantity.CONCENTRATION,
        Fraction(of) / per,
        rf"{masses}\s*(?:/|per\s)\s*{volumes}\b",
    )
    for mass, of, masses in _MASSES
    for volume, per, volumes in _VOLUMES
)
_DOSES = tuple(
    Unit(f"{mass}/kg", Quantity.DOSE, Fraction(of), rf"{masses}\s*(?:/|per\s)\s*kg\b")
    for mass, of, masses in _MASSES
)
_LENGTHS = (
    Unit("nm", Quantity.LENGTH, Fraction(1), r"(?:nm|nanomet(?:re|er)s?)\b"),
    Unit("µm", Quantity.LENGTH, Fraction(10**3), r"(?:[µμ]m|micromet(?:re|er)s?|microns?)\b"),
    Unit("mm", Quantity.LENGTH, Fraction(10**6), r"(?:mm|millimet(?:re|er)s?)\b"),
    Unit("cm", Quantity.LENGTH, Fraction(10**7), r"(?:cm|centimet(?:re|er)s?)\b"),
    Unit("inch", Quantity.LENGTH, _INCH * 10**7, r"inch(?:es)?\b"),
)

COUNT = "count"
"""A number that counts things which are not named with it, such as "2 billion" or "3,000"."""

UNITS: Mapping[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("%", Quantity.SHARE, Fraction(1), r"%|per ?cent\b"),
        *_TIMES,
        Unit("session", Quantity.SESSION, Fraction(1), r"sessions?\b", True),
        Unit("fold", Quantity.MULTIPLE, Fraction(1), r"-?fold\b|times\b"),
        *_DENSITIES,
        *_CONCENTRATIONS,
        *_DOSES,
        *_LENGTHS,
        *(Unit(name, Quantity.MASS, Fraction(size), rf"{how}\b") for name, size, how in _MASSES),
        *(Unit(name, Quantity.VOLUME, Fraction(size), rf"{how}\b") for name, size, how in _VOLUMES),
        Unit("dollar", Quantity.MONEY, Fraction(1), r"\$|USD\b|dollars?\b", True),
        Unit(COUNT, Quantity.COUNT, Fraction(1), r"(?!)"),
    )
}
"""By name, in the order in which a text is searched for them: the longer way of writing comes first."""


def converted(value: Fraction | Decimal, unit: str, other: str) -> Fraction:
    """A value given in `unit`, in `other`. Raises ValueError where the two measure different things,
    and where one is a calendar time and the other is not, for then there is no one answer.
    """
    here, there = UNITS[unit], UNITS[other]
    if here.quantity is not there.quantity or is_calendar(unit) is not is_calendar(other):
        raise ValueError(f"{unit} does not turn into {other}")
    return Fraction(value) * here.size / there.size


def is_calendar(unit: str) -> bool:
    """Whether a unit is a month or a year, which have no fixed number of days."""
    return unit in ("month", "year")


def days(value: Fraction | Decimal, unit: str) -> tuple[Fraction, Fraction]:
    """The fewest and the most days that a time can be; both the same for all but months and years.

    Raises ValueError for what is not a time.
    """
    if not is_calendar(unit):
        exactly = converted(value, unit, "day")
        return exactly, exactly
    months = converted(value, unit, "month")
    if months >= 12:
        return months / 12 * 360, months / 12 * 366
    return months * 28, months * 31
