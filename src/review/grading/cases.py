"""GRADE cases in the published-case form: judgements in, one answer with its steps out."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from review.grading.grade import (
    Critical,
    Step,
    Towards,
    graded,
    imprecision_from_interval,
    is_one_way,
    overall_certainty,
    start_for,
)
from review.grading.settings import DEFAULTS
from review.grading.suggest import FAR_TOO_SMALL
from review.model.vocabulary import (
    Certainty,
    Concern,
    Design,
    Domain,
    Question,
    StartRule,
    Upgrade,
    spoken,
)

CertaintyWord = Literal["high", "moderate", "low", "very_low"]
ConcernWord = Literal["not_serious", "serious", "very_serious", "extremely_serious"]
PublicationBiasWord = Literal[
    "undetected",
    "suspected",
    "strongly_suspected",
    "very_likely",
    "not_assessed",
    "not_applicable",
    "unclear",
]


class _Outcome(BaseModel):
    """One outcome of several: its weight, its certainty and, where judged, which way it points."""

    model_config = ConfigDict(extra="forbid")

    name: str
    importance: Literal["critical", "important", "not_important"]
    certainty: CertaintyWord
    towards: Literal["benefit", "harm"] | None = None
    suffices: bool = False


class _Numbers(BaseModel):
    """What was measured; an interval is held to the thresholds given, what else is there is kept."""

    model_config = ConfigDict(extra="allow")

    n_total: Annotated[int, Field(ge=0)] | None = None
    ci_low: FiniteFloat | None = None
    ci_high: FiniteFloat | None = None
    threshold: FiniteFloat | None = None
    thresholds: list[FiniteFloat] = Field(default_factory=list)

    @property
    def held_to(self) -> tuple[float, ...]:
        """The thresholds, each once, from the lowest up."""
        single = [] if self.threshold is None else [self.threshold]
        return tuple(sorted({*single, *self.thresholds}))

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval, where both limits are given."""
        return None if self.ci_low is None or self.ci_high is None else (self.ci_low, self.ci_high)

    @model_validator(mode="after")
    def _has_an_interval_for_its_thresholds(self) -> Self:
        if self.interval is None and self.held_to:
            raise ValueError("a threshold needs an interval: give ci_low and ci_high")
        if self.interval is not None and self.interval[0] > self.interval[1]:
            raise ValueError("ci_low is above ci_high")
        return self


class _Inputs(BaseModel):
    model_config = ConfigDict(extra="forbid")

    design: str
    start: CertaintyWord | None = None
    rob: ConcernWord | None = None
    inconsistency: ConcernWord | None = None
    indirectness: ConcernWord | None = None
    imprecision: ConcernWord | None = None
    publication_bias: PublicationBiasWord | None = None
    upgrades: dict[
        Literal["large_effect", "dose_response", "opposing_confounding"],
        Annotated[int, Field(ge=0, le=2, strict=True)],
    ] = Field(default_factory=dict)
    numbers: _Numbers = Field(default_factory=_Numbers)
    outcomes: list[_Outcome] = Field(default_factory=list)


class _Expected(BaseModel):
    model_config = ConfigDict(extra="ignore")

    certainty: str | None = None


class Case(BaseModel):
    """One case: an id and the judgements of one outcome, or the certainties of several.

    `expected` may hold the certainty that somebody gave it, which is compared and never used.
    """

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    inputs: _Inputs
    expected: _Expected | None = None


_PUBLICATION_BIAS = {
    "undetected": Concern.NOT_SERIOUS,
    "suspected": Concern.SERIOUS,
    "strongly_suspected": Concern.SERIOUS,
    "very_likely": Concern.VERY_SERIOUS,
    "not_assessed": Concern.NOT_SERIOUS,
    "not_applicable": Concern.NOT_SERIOUS,
    "unclear": Concern.NOT_SERIOUS,
}
"""What each word costs. GRADEpro's "strongly suspected" costs one level (profiles of PMC6365227 and
PMC8950884); only the table of GRADE guidelines 1, "-2 very likely", has two."""
_UNJUDGED = ("not_assessed", "not_applicable", "unclear")

_DESIGNS = {
    "randomized": (Design.RANDOMISED_TRIAL, Question.BENEFIT, StartRule.CLASSIC),
    "observational": (Design.COHORT, Question.BENEFIT, StartRule.CLASSIC),
    "nonrandomized_robins_i": (Design.COHORT, Question.BENEFIT, StartRule.ROBINS_I),
    "case_series": (Design.CASE_SERIES, Question.BENEFIT, StartRule.CLASSIC),
    "prognostic": (Design.COHORT, Question.PROGNOSIS, StartRule.CLASSIC),
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
    judged = [
        Critical(_certainty(o.certainty), Towards(o.towards) if o.towards else None, o.suffices)
        for o in critical
    ]
    named = ", ".join(f"{o.name} {spoken(o.certainty)}" for o in critical)
    is_highest = is_one_way(judged) and any(outcome.suffices for outcome in judged)
    rule = (
        "all point the same way, so the highest of those that suffice alone"
        if is_highest
        else "lowest of the critical outcomes"
    )
    return _answer(case, overall_certainty(judged), [Step("overall", 0, f"{rule}: {named}")])


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
    interval, held_to = inputs.numbers.interval, inputs.numbers.held_to
    if Domain.IMPRECISION not in concerns and interval is not None and held_to:
        concerns[Domain.IMPRECISION] = imprecision_from_interval(*interval, held_to)
        against = " and ".join(f"{threshold:g}" for threshold in held_to)
        plural = "s" if len(held_to) > 1 else ""
        reason = f"interval {interval[0]:g} to {interval[1]:g} against the threshold{plural} {against}"
        steps.append(Step("imprecision derived", 0, reason))
    return concerns, steps, [domain for domain in Domain if domain not in concerns]


def _answer(case: Case, certainty: Certainty | None, steps: list[Step]) -> Mapping[str, object]:
    word = certainty.replace("-", "_") if certainty else None
    return {
        "id": case.id,
        "certainty": word,
        "steps": [str(step) for step in steps],
        "notes": [
            *_start_note(case.inputs),
            *_size_note(case.inputs),
            *_publication_note(case.inputs),
            *_expected_note(case.expected, word),
        ],
    }


def _publication_note(inputs: _Inputs) -> list[str]:
    """Where publication bias was not judged, which costs nothing and is no good sign either."""
    if inputs.publication_bias not in _UNJUDGED:
        return []
    return [
        f"publication bias is {spoken(inputs.publication_bias)}: no level is taken for it, and that is "
        f"no sign that there is none"
    ]


def _expected_note(expected: _Expected | None, found: str | None) -> list[str]:
    """Where the certainty that is expected, such as a published one, is not what the judgements give."""
    word = expected.certainty if expected else None
    if word is None or found is None or word == found:
        return []
    return [f"the case expects {spoken(word)}; its judgements give {spoken(found)}"]


def _size_note(inputs: _Inputs) -> list[str]:
    """Where the case's numbers are too few for the imprecision it judges, or leaves unjudged."""
    total = inputs.numbers.n_total
    if inputs.imprecision not in (None, Concern.NOT_SERIOUS) or total is None:
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
    """Where the case's start is not the one that the start rules give its design."""
    if inputs.design not in _DESIGNS or inputs.start is None:
        return []
    design, question, rule = _DESIGNS[inputs.design]
    usual, given = start_for(design, question, rule), _certainty(inputs.start)
    if usual is None or given is usual:
        return []
    gap = given.level - usual.level
    return [
        f"the case starts at {given}, the {rule} rule starts {inputs.design} evidence at {usual}: "
        f"the answer is {abs(gap)} level{'s' if abs(gap) > 1 else ''} "
        f"{'higher' if gap > 0 else 'lower'} than that rule allows before cap and floor"
    ]
