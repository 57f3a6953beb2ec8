"""GRADE cases in the published-case form: judgements in, one answer with its steps out."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from review.grading.grade import (
    Step,
    graded,
    imprecision_from_interval,
    overall_certainty,
    start_for,
)
from review.grading.settings import DEFAULTS
from review.grading.suggest import FAR_TOO_SMALL
from review.model.vocabulary import Certainty, Concern, Design, Domain, Upgrade


class _Outcome(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    importance: Literal["critical", "important", "not_important"]
    certainty: Literal["high", "moderate", "low", "very_low"]


ConcernWord = Literal["not_serious", "serious", "very_serious", "extremely_serious"]


class _Inputs(BaseModel):
    model_config = ConfigDict(extra="forbid")

    design: str
    start: Literal["high", "moderate", "low", "very_low"] | None = None
    rob: ConcernWord | None = None
    inconsistency: ConcernWord | None = None
    indirectness: ConcernWord | None = None
    imprecision: ConcernWord | None = None
    publication_bias: Literal["undetected", "suspected", "strongly_suspected"] | None = None
    upgrades: dict[Literal["large_effect", "dose_response", "opposing_confounding"], int] = Field(
        default_factory=dict
    )
    numbers: dict[str, Any] = Field(default_factory=dict)
    outcomes: list[_Outcome] = Field(default_factory=list)


class Case(BaseModel):
    """One case: an id and the judgements of one outcome, or the certainties of several."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    inputs: _Inputs


_PUBLICATION_BIAS = {
    "undetected": Concern.NOT_SERIOUS,
    "suspected": Concern.SERIOUS,
    "strongly_suspected": Concern.VERY_SERIOUS,
}
_DESIGNS = {
    "randomized": Design.RANDOMISED_TRIAL,
    "observational": Design.COHORT,
    "case_series": Design.CASE_SERIES,
}


def case_answer(case: Case, *, strict_upgrades: bool = False) -> Mapping[str, object]:
    """The answer to one case: `id`, `certainty` in the case's spelling, `steps`, `notes`.

    `certainty` is null where a domain was left unjudged and nothing in the case decides it: the rules
    add up judgements, they do not make them. Upgrading is lenient unless asked otherwise, because
    published profiles rate up and down together.
    """
    if case.inputs.outcomes:
        return _overall_answer(case)
    concerns, steps, open_domains = _concerns(case.inputs)
    if open_domains or case.inputs.start is None:
        missing = ", ".join([*open_domains, *(["start"] if case.inputs.start is None else [])])
        steps.append(Step("not derivable", 0, f"not judged in the case: {missing}"))
        return _answer(case, None, steps)
    result = graded(
        _certainty(case.inputs.start),
        concerns,
        {Upgrade(name): levels for name, levels in case.inputs.upgrades.items()},
        strict_upgrades=strict_upgrades,
    )
    return _answer(case, result.certainty, [*steps, *result.steps])


def _certainty(word: str) -> Certainty:
    """The certainty for which a case has its own spelling."""
    return Certainty(word.replace("_", "-"))


def _overall_answer(case: Case) -> Mapping[str, object]:
    critical = [o for o in case.inputs.outcomes if o.importance == "critical"]
    if not critical:
        return _answer(case, None, [Step("not derivable", 0, "no outcome is critical")])
    certainty = overall_certainty(_certainty(o.certainty) for o in critical)
    named = ", ".join(f"{o.name} {o.certainty}" for o in critical)
    return _answer(case, certainty, [Step("overall", 0, f"lowest of the critical outcomes: {named}")])


def _concerns(inputs: _Inputs) -> tuple[dict[Domain, Concern], list[Step], list[str]]:
    """The judged domains, the steps that derived one, and the domains that stay open."""
    words: dict[Domain, str | None] = {
        Domain.RISK_OF_BIAS: inputs.rob,
        Domain.INCONSISTENCY: inputs.inconsistency,
        Domain.INDIRECTNESS: inputs.indirectness,
        Domain.IMPRECISION: inputs.imprecision,
    }
    concerns = {domain: Concern(word) for domain, word in words.items() if word is not None}
    steps: list[Step] = []
    if inputs.publication_bias is not None:
        concerns[Domain.PUBLICATION_BIAS] = _PUBLICATION_BIAS[inputs.publication_bias]
    if Domain.IMPRECISION not in concerns and "threshold" in inputs.numbers:
        low, high, threshold = (float(inputs.numbers[k]) for k in ("ci_low", "ci_high", "threshold"))
        concerns[Domain.IMPRECISION] = imprecision_from_interval(low, high, threshold)
        reason = f"interval {low:g} to {high:g} against the threshold {threshold:g}"
        steps.append(Step("imprecision derived", 0, reason))
    return concerns, steps, [domain for domain in Domain if domain not in concerns]


def _answer(case: Case, certainty: Certainty | None, steps: list[Step]) -> Mapping[str, object]:
    return {
        "id": case.id,
        "certainty": certainty.replace("-", "_") if certainty else None,
        "steps": [str(step) for step in steps],
        "notes": [*_start_note(case.inputs), *_size_note(case.inputs)],
    }


def _size_note(inputs: _Inputs) -> list[str]:
    """Where the case's numbers are too few for the imprecision it judges, or leaves unjudged."""
    total = inputs.numbers.get("n_total")
    if inputs.imprecision not in (None, Concern.NOT_SERIOUS) or not isinstance(total, int):
        return []
    needed = DEFAULTS.information_size
    if total >= needed:
        return []
    concern = Concern.VERY_SERIOUS if total < FAR_TOO_SMALL * needed else Concern.SERIOUS
    most = Certainty.at(Certainty.HIGH.level - concern.levels)
    return [
        f"{total} participants are fewer than {needed}: the rules would suggest {concern.spoken} "
        f"imprecision, and then at most {most.label}"
    ]


def _start_note(inputs: _Inputs) -> list[str]:
    """Where the case's start is not the one the classic rule gives its design."""
    design = _DESIGNS.get(inputs.design)
    usual = start_for(design) if design else None
    if usual is None or inputs.start is None:
        return []
    given = _certainty(inputs.start)
    if given is usual:
        return []
    gap = given.level - usual.level
    return [
        f"the case starts at {given}, the classic rule starts {inputs.design} evidence at {usual}: "
        f"the answer is {abs(gap)} level{'s' if abs(gap) > 1 else ''} "
        f"{'higher' if gap > 0 else 'lower'} than that rule allows before cap and floor"
    ]
