"""The details of a paper as JSON and back, each under its own name, without those that are empty."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from review.literature.details import Details

_DETAILS: TypeAdapter[Details] = TypeAdapter(Details)


def details_fields(details: Details) -> dict[str, Any]:
    """What a record says, as JSON values."""
    fields: dict[str, Any] = _DETAILS.dump_python(details, mode="json", exclude_defaults=True)
    return fields


def details_in(fields: object) -> Details | None:
    """The details that JSON values describe; None for anything else."""
    try:
        return _DETAILS.validate_python(fields)
    except ValidationError:
        return None
