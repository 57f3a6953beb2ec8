"""Dates as databases print them, as exact as they are: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

import re

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_PRINTED = re.compile(
    r"(?<![0-9])([12][0-9]{3})(?![0-9])(?:[ /-]+([A-Za-z]{3})[a-z]*\.?(?:[ /-]+([0-9]{1,2})(?![0-9]))?)?"
)
_FIGURES = re.compile(
    r"(?<![0-9])([12][0-9]{3})(?:[/-]([0-9]{1,2})(?:[/-]([0-9]{1,2}))?)?(?![0-9/-]*[0-9])"
)


def iso_date(year: str, month: str = "", day: str = "") -> str:
    """A date from its parts; what is no month or day, such as a season, is left out."""
    if not _YEAR.fullmatch(year.strip()):
        return ""
    number = _month(month)
    if not number:
        return year.strip()
    exact = day.strip().isdecimal() and 1 <= int(day) <= 31
    return f"{year.strip()}-{number:02}{f'-{int(day):02}' if exact else ''}"


def date_in(text: str) -> str:
    """The first date in a text, such as `2010 Feb 6`, `2010/02/06`, `1998 Dec-1999 Jan`; else empty."""
    figures, printed = _FIGURES.search(text), _PRINTED.search(text)
    found = figures if figures and figures[2] else printed
    return iso_date(*(part or "" for part in found.groups())) if found else ""


def years_in(*dates: str) -> tuple[str, ...]:
    """The years of some dates, each once, in their order."""
    return tuple(dict.fromkeys(date[:4] for date in dates if date))


def _month(text: str) -> int:
    text = text.strip()
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else 0
    return _MONTHS.get(text[:3].lower(), 0)
