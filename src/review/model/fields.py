"""The types of the fields of records: numbers, dates and identifiers in their one written form."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, StringConstraints

from review.model.vocabulary import NOT_APPLICABLE, NOT_REPORTED

_WHOLE = re.compile(r"0|[1-9][0-9]{0,11}")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,8})?")
# Microsoft, "Naming Files, Paths, and Namespaces": whatever stands after a dot.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[1-9])(?:\..*)?", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#\\]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UTC_TIME = re.compile(rf"{_ISO_DATE.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z")


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


def utc_time(value: object) -> datetime:
    """The moment written as YYYY-MM-DDTHH:MM:SSZ, in UTC (RFC 3339).

    Raises ValueError for any other form, another zone or an impossible moment.
    """
    if isinstance(value, datetime) and value.tzinfo is UTC:
        return value
    if not isinstance(value, str) or not _UTC_TIME.fullmatch(value):
        raise ValueError("write the time in UTC, as YYYY-MM-DDTHH:MM:SSZ")
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise ValueError("there is no such moment in the calendar") from None


def utc_text(moment: datetime) -> str:
    """A moment as records write it. Raises ValueError for one that is not in UTC."""
    return f"{utc_time(moment):%Y-%m-%dT%H:%M:%SZ}"


def is_device(name: str) -> bool:
    """Whether Windows takes a file of this name for a device: no such file can be checked out there."""
    return bool(_DEVICE.fullmatch(name))


def _file_name(value: str) -> str:
    if is_device(value):
        raise ValueError("choose another: Windows has a device of this name, and no file can have it")
    return value


def is_web_address(value: str) -> bool:
    """Whether a text is an address of the web: one that runs code, or names a file, is none."""
    return bool(_WEB_ADDRESS.fullmatch(value))


def _web_address(value: str) -> str:
    if value != NOT_REPORTED and not is_web_address(value):
        raise ValueError("write an address that begins with https:// or http://, or not_reported")
    return value


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
_SlugForm = StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
_BibKeyForm = StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
# Files are named by both.
Slug = Annotated[str, _SlugForm, AfterValidator(_file_name)]
BibKey = Annotated[str, _BibKeyForm, AfterValidator(_file_name)]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*-[0-9]{3,}$")]
FindingId = Annotated[str, StringConstraints(pattern=r"^f[1-9][0-9]{0,2}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
WebAddress = Annotated[Text, AfterValidator(_web_address)]
Whole = Annotated[int, BeforeValidator(_whole_number)]
Decimal = Annotated[float, BeforeValidator(_decimal_number)]
IsoDate = Annotated[date, BeforeValidator(iso_date)]
UtcTime = Annotated[datetime, BeforeValidator(utc_time), PlainSerializer(utc_text, when_used="json")]
Count = Annotated[int | Literal["not_reported", "not_applicable"], BeforeValidator(_count)]
DateOrUnknown = Annotated[date | Literal["not_reported"], BeforeValidator(_date_or_unknown)]
