"""What is wrong with what somebody entered, as problems that name the field."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from review.model.errors import InField, Problem
from review.model.record import Record
from review.model.records import Proposition
from review.people.entries import Entered, line_problems

NAMED = 8
"""How many propositions are named where several would do."""
QUOTED = 60
"""How much of a refused value is told; of a longer one the beginning."""


def unclear(named: str, keys: Sequence[str], known: Mapping[str, Proposition]) -> Problem:
    """That words name no proposition, or several."""
    place = InField(Entered.PROPOSITION)
    if keys:
        more = ", …" if len(keys) > NAMED else ""
        remedy = f"Name one of {', '.join(keys[:NAMED])}{more}."
        return place.problem(f"{named!r} stands in {len(keys)} propositions", remedy=remedy)
    close = get_close_matches(named, known, n=1)
    remedy = f"Did you mean {close[0]!r}?" if close else "Use other words, or write a new one."
    fault = f"there is no proposition {named!r}" if named else "no proposition is named"
    return place.problem(fault, remedy=remedy)


def built_proposition(cells: Mapping[str, str]) -> tuple[Proposition | None, list[Problem]]:
    """The proposition that `cells` describe, or everything that is wrong with them."""
    fields = Proposition.model_fields.items()
    # What may be left out is no part of a new proposition unless somebody entered it.
    row = {name: cells.get(name, "") for name, of in fields if of.is_required() or cells.get(name)}
    by_field = {name: [*line_problems(InField(name), text)] for name, text in row.items()}
    problems = [problem for of_field in by_field.values() for problem in of_field]
    wrong = [name for name, of_field in by_field.items() if of_field]
    problems += field_problems(Proposition, row, but=wrong)
    return (None if problems else Proposition.model_validate(row)), problems


def field_problems(
    model: type[Record], row: Mapping[str, Any], but: Collection[str]
) -> Iterator[Problem]:
    """What the record refuses of `row`, leaving out the fields named in `but`."""
    try:
        model.model_validate(row)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            # A problem of the record as a whole has no field.
            name = ".".join(str(part) for part in detail["loc"]) or model.__name__.lower()
            if name not in but:
                yield InField(name).problem(_refused(detail["input"]), remedy=_remedy(dict(detail)))


def _refused(given: object) -> str:
    text = repr(given)
    if isinstance(given, dict):
        return "it cannot stand like this"
    return f"it is {text if len(text) <= QUOTED else f'{text[: QUOTED - 3]}…'}"


def _remedy(detail: Mapping[str, Any]) -> str:
    if detail["type"] == "enum":
        return f"Use one of {detail['ctx']['expected']}."
    if detail["type"] == "string_pattern_mismatch":
        return "Use small letters, digits and single hyphens between them."
    message = str(detail["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{message[:1].upper()}{message[1:]}."
