"""The types of the fields of records: numbers, dates and identifiers in their one written form."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, StringConstraints

from review.model.vocabulary import NOT_APPLICABLE, NOT_REPORTED

_WHOLE = re.compile(r"0|[1-9][0-9]{0,11}")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,8})?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def iso_date(value: object) -> date:
    """The date written as YYYY-MM-DD. Raises ValueError for any other form or an impossible day."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ValueError("write the date as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None


def _whole_number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise ValueError("write a whole number without leading zeros")


def _decimal_number(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    raise ValueError("write a plain decimal number such as -0.25")


def _count(value: object) -> object:
    return value if value in (NOT_REPORTED, NOT_APPLICABLE) else _whole_number(value)


def _date_or_unknown(value: object) -> object:
    return value if value == NOT_REPORTED else iso_date(value)


# In pydantic's own regular expressions `$` is the very end; in those of `re` a line feed may follow.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
BibKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*-[0-9]{3,}$")]
FindingId = Annotated[str, StringConstraints(pattern=r"^f[1-9][0-9]{0,2}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Whole = Annotated[int, BeforeValidator(_whole_number)]
Decimal = Annotated[float, BeforeValidator(_decimal_number)]
IsoDate = Annotated[date, BeforeValidator(iso_date)]
Count = Annotated[int | Literal["not_reported", "not_applicable"], BeforeValidator(_count)]
DateOrUnknown = Annotated[date | Literal["not_reported"], BeforeValidator(_date_or_unknown)]
