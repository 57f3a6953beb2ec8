"""From text cells to records: every wrong field becomes a problem with its line and a remedy."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError

from review.model.errors import InFile, Problem
from review.model.record import Record
from review.model.vocabulary import Measure
from review.store.files.yaml_file import Path

RecordType = TypeVar("RecordType", bound=Record)

QUOTED = 60
"""How much of a wrong value is told; of a longer one the beginning."""


def build(
    model: type[RecordType],
    data: Mapping[str, Any],
    name: str,
    line_of: Callable[[Path], int],
    context: str | None = None,
) -> RecordType | list[Problem]:
    """The record that `data` describes, or all of its problems, each at the line of its value.

    `context` is handed on to the validators of its fields.
    """
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        return [
            _problem(dict(detail), model, name, line_of)
            for detail in error.errors(include_url=False, include_context=True)
        ]


def _problem(
    detail: dict[str, Any],
    model: type[Record],
    name: str,
    line_of: Callable[[Path], int],
) -> Problem:
    # After the field come the branches of a union; a field of its own may be called date.
    branches = ("function-before", "int", "date")
    path: Path = tuple(part for at, part in enumerate(detail["loc"]) if at == 0 or part not in branches)
    where = ".".join(str(part) for part in path)
    place = InFile(name, line_of(path))
    kind = detail["type"]
    given = _shortened(detail.get("input"))
    if kind == "missing":
        return place.problem(f"{where} is missing", remedy=f"Add {where}, not_reported if unknown.")
    if kind == "extra_forbidden":
        close = get_close_matches(str(path[-1]), model.model_fields, n=1)
        hint = f"Did you mean {close[0]!r}?" if close else "Remove it."
        return place.problem(f"{where} is not a known key", remedy=hint)
    if kind == "enum":
        allowed = f"Use one of {detail['ctx']['expected']}."
        if path[-1] == "measure" and (meant := Measure.also_written(str(detail["input"]))):
            allowed = f"What papers write so is {meant}. {allowed}"
        return place.problem(f"{where} is {given}", remedy=allowed)
    if kind in ("string_too_short", "string_pattern_mismatch") and given == "''":
        return place.problem(f"{where} is empty", remedy=f"Fill in {where}, not_reported if unknown.")
    message = str(detail["msg"]).removeprefix("Value error, ")
    if kind == "string_pattern_mismatch":
        message = f"It must match {detail['ctx']['pattern']}"
    if isinstance(detail.get("input"), dict):
        fault = f"{where}: {message}" if where else message
        return place.problem(fault, remedy="Correct the record.")
    return place.problem(f"{where} is {given}", remedy=f"{message[:1].upper()}{message[1:]}.")


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 3]}…"
