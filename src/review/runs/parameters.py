"""The parameters of a run: typed, checked against the evidence, all problems at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from review.grading.settings import DEFAULTS
from review.model.errors import InParameter, ParameterError, Problem
from review.model.fields import IsoDate, Slug
from review.model.records import Evidence
from review.model.vocabulary import Audience, Category, Framework, Market, StartRule, Upgrading
from review.report.citations import VANCOUVER, is_own_file, style_file


def _listed(value: object) -> object:
    """A list as it is, or a text with commas as a list; an empty text is an empty list."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _date_or_last(value: object) -> object:
    return None if value == "" else value


def _known_style(value: str) -> str:
    file = style_file(value)
    return str(file.absolute()) if is_own_file(value) else value


def _absolute(value: str) -> str:
    """A path that holds wherever the notebook runs; empty stays empty."""
    return str(Path(value).absolute()) if value else ""


ShortText = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Words = BeforeValidator(_listed)


class RunParameters(BaseModel):
    """The parameters of the report notebook. Empty lists mean all; an empty date means the latest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    evidence: Annotated[list[str], Words] = ["evidence"]
    pages: Annotated[list[str], Words] = []
    topics: Annotated[list[Slug], Words] = []
    categories: Annotated[list[Category], Words] = []
    jurisdictions: Annotated[list[Market], Words] = []
    framework: Framework = Framework.BOTH
    start_rule: StartRule = DEFAULTS.start_rule
    upgrading: Upgrading = DEFAULTS.upgrading
    information_size: Annotated[int, Field(ge=1, le=1_000_000)] = DEFAULTS.information_size
    as_of: Annotated[IsoDate | None, BeforeValidator(_date_or_last)] = None
    audience: Audience = Audience.DIRECTOR
    reviewer: ShortText = ""
    organisation: ShortText = ""
    citation_style: Annotated[str, AfterValidator(_known_style)] = VANCOUVER
    word_template: Annotated[str, AfterValidator(_absolute)] = ""
    suggest_edits: bool = True
    ro_crate: bool = False
    out: str = ""

    def literals(self) -> dict[str, object]:
        """The parameters as plain literals, as a notebook declares them."""
        return {
            "evidence": list(self.evidence),
            "pages": list(self.pages),
            "topics": [str(topic) for topic in self.topics],
            "categories": [str(category) for category in self.categories],
            "jurisdictions": [str(market) for market in self.jurisdictions],
            "framework": str(self.framework),
            "start_rule": str(self.start_rule),
            "upgrading": str(self.upgrading),
            "information_size": self.information_size,
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "audience": str(self.audience),
            "reviewer": self.reviewer,
            "organisation": self.organisation,
            "citation_style": self.citation_style,
            "word_template": self.word_template,
            "suggest_edits": self.suggest_edits,
            "ro_crate": self.ro_crate,
            "out": self.out,
        }


def run_parameters(given: Iterable[tuple[str, Any]], declared: Sequence[str]) -> RunParameters:
    """The parameters of a run from names and values, for a notebook that declares `declared`.

    Raises ParameterError with every unknown, repeated or ill-typed parameter, and with every
    parameter that the notebook does not declare.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given:
        if name in values:
            problems.append(InParameter(name).problem("it is given twice", remedy="Give it once."))
        values[name] = value
    problems += _undeclared(values, declared)
    known = {name: value for name, value in values.items() if name in RunParameters.model_fields}
    try:
        parameters = RunParameters.model_validate(known)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place, fault = InParameter(str(detail["loc"][0])), f"{detail['input']!r} is not allowed"
            problems.append(place.problem(fault, remedy=_remedy(detail)))
        raise ParameterError(problems) from None
    if problems:
        raise ParameterError(problems)
    return parameters


def check_selection(parameters: RunParameters, evidence: Evidence) -> None:
    """Raises ParameterError for every page and topic that the evidence does not hold."""
    topics = evidence.subject.topic_order
    problems = [
        *_unknown("pages", "page", parameters.pages, list(evidence.pages)),
        *_unknown("topics", "topic", parameters.topics, topics),
    ]
    if problems:
        raise ParameterError(problems)


def _unknown(name: str, kind: str, given: Iterable[str], known: Sequence[str]) -> Iterator[Problem]:
    for value in given:
        if value not in known:
            close = get_close_matches(value, known, n=1)
            hint = f"Did you mean {close[0]!r}? " if close else ""
            remedy = f"{hint}Known {name}: {', '.join(known)}."
            yield InParameter(name).problem(f"there is no {kind} {value!r}", remedy=remedy)


def _undeclared(values: Mapping[str, object], declared: Sequence[str]) -> Iterator[Problem]:
    for name in values:
        if name not in RunParameters.model_fields:
            close = get_close_matches(name, RunParameters.model_fields, n=1)
            known = ", ".join(RunParameters.model_fields)
            remedy = f"Did you mean {close[0]!r}?" if close else f"Known parameters: {known}."
            yield InParameter(name).problem("there is no such parameter", remedy=remedy)
    for name in RunParameters.model_fields:
        if name not in declared:
            remedy = "Add it to the cell tagged parameters."
            yield InParameter(name).problem("the notebook does not declare it", remedy=remedy)


def _remedy(detail: Mapping[str, Any]) -> str:
    if detail["type"] == "enum":
        return f"Use one of {detail['ctx']['expected']}."
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{message[:1].upper()}{message[1:]}."
