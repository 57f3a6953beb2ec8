"""What answers to a bias tool come to: the overall judgement, that of each domain, and the steps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from review.appraisal.rows import NothingAppliesError, Values, filled
from review.model.knowledge.tools import Among, Bound, Tool, ToolItem
from review.model.records import Appraisal, Override
from review.model.vocabulary import AnswerMeaning, BiasConcern, Design, YesNo

Answers = Mapping[str, str]
OVERALL = "overall"
"""The name under which a reviewer overrides the judgement of a whole study."""
_NONE: Mapping[str, Override] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Judgement:
    """The overall judgement of an appraisal, that of its domains, and the steps that led there.

    `overall` is in the tool's own words, `level` the word of its rule; `concern` puts it on one scale
    across tools, `sign` says how it is drawn. `cautions` stand beside it and change nothing: what was
    left open, what a reviewer judged otherwise than the rule.
    """

    overall: str
    level: str
    concern: BiasConcern
    sign: AnswerMeaning
    domains: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    cautions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The overall judgement, and in brackets what must be known beside it."""
        return f"{self.overall} ({'; '.join(self.cautions)})" if self.cautions else self.overall


NOT_APPLICABLE = Judgement(
    overall="not applicable",
    level="not applicable",
    concern=BiasConcern.UNKNOWN,
    sign=AnswerMeaning.NOT_APPLICABLE,
    domains=(),
    steps=("no item applies",),
)
"""What answers come to of which none applies: nothing was judged, so nothing was found sound."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure shows of one domain or item: its name, the question, the judgement, its meaning."""

    name: str
    question: str
    judgement: str
    meaning: AnswerMeaning


def judged(tool: Tool, answers: Answers, overrides: Mapping[str, Override] = _NONE) -> Judgement:
    """What `answers` to all items of a tool come to, by its rule and what a reviewer puts in its place.

    A tool may count missing information against a study, and its rule is followed. Where its level
    would be another with favourable answers to what was not read, a caution says so: what was not read
    is not a fault that was found. Raises KeyError for an answer that the tool does not offer.
    """
    levels = _levels(overrides)
    judgement = _as_answered(tool, answers, levels)
    cautions = list(_overridden_domains(tool, answers, overrides))
    if override := overrides.get(OVERALL):
        cautions.append(_put_by(override, judgement.overall))
        judgement = _overridden(tool, judgement, override)
    else:
        cautions += judgement.cautions
        best = _as_answered(tool, _at_best(tool, answers), levels)
        if best.level != judgement.level:
            cautions.append(f"{best.overall} at best: what was read leaves items open")
    return replace(judgement, steps=(*judgement.steps, *cautions), cautions=tuple(cautions))


def judgement_of(tool: Tool, appraisal: Appraisal) -> Judgement:
    """What a recorded appraisal comes to, with what its signalling questions speak against."""
    judgement = judged(tool, appraisal.given, appraisal.overridden)
    doubts = tuple(_doubts(tool, appraisal.given, appraisal.signalled))
    return replace(judgement, cautions=(*judgement.cautions, *doubts))


def cells(tool: Tool, answers: Answers, overrides: Mapping[str, Override] = _NONE) -> tuple[Cell, ...]:
    """What a figure shows of a study: its domains, or else its items.

    A domain that favourable answers to what was not read would better says how far at best.
    """
    if not tool.domains:
        return tuple(_cell_of_item(tool, item, answers[item.item]) for item in tool.items)
    levels = _levels(overrides)
    now, best = Values(tool, answers, levels), Values(tool, _at_best(tool, answers), levels)
    names = [table.name for table in tool.domains]
    return tuple(_cell_of_domain(tool, name, str(now[name]), str(best[name])) for name in names)


def problems_of(tool: Tool, answers: Answers) -> list[str]:
    """What is wrong with the answers to a tool: missing, unknown, in other words, or withheld."""
    problems = [f"item {item} is not answered" for item in tool.answers if item not in answers]
    for item, answer in answers.items():
        if item not in tool.answers:
            problems.append(f"{tool.label} has no item {item!r}")
        elif answer not in tool.answers[item]:
            problems.append(f"item {item} is answered {answer!r}, not {', '.join(tool.answers[item])}")
    return problems or [
        f"item {item} is asked after these answers, so {answer} is no answer"
        for item, answer in answers.items()
        if tool.item_of[item].asked
        and _meaning(tool, item, answer) is AnswerMeaning.NOT_APPLICABLE
        and _is_asked(tool, item, answers)
    ]


def problems_of_appraisal(tool: Tool, appraisal: Appraisal) -> list[str]:
    """What is wrong with a recorded appraisal: its answers, its signals, what a reviewer overrides."""
    return [
        *problems_of(tool, appraisal.given),
        *_problems_of_signals(tool, appraisal.signalled),
        *_problems_of_overrides(tool, appraisal.overridden),
    ]


def examples_that_differ(tool: Tool) -> list[str]:
    """The examples of a tool that come to something else than they say, each with what they come to."""
    return [
        f"the example {example.example!r} comes to {result.text!r}, {result.concern}"
        for example in tool.examples
        for result in [judged(tool, dict(zip(tool.answers, example.answers, strict=True)))]
        if (result.text, result.concern) != (example.overall, example.concern)
    ]


def tools_for(tools: Iterable[Tool], design: Design) -> tuple[Tool, ...]:
    """The tools made for a design; none for documents and opinion."""
    return tuple(tool for tool in tools if design in tool.designs)


def _as_answered(tool: Tool, answers: Answers, levels: Mapping[str, str]) -> Judgement:
    meanings = {_meaning(tool, item, answer) for item, answer in answers.items()}
    if meanings == {AnswerMeaning.NOT_APPLICABLE}:
        return NOT_APPLICABLE
    try:
        return _by_rule(tool, answers, levels)
    except NothingAppliesError:
        return NOT_APPLICABLE


def _by_rule(tool: Tool, answers: Answers, levels: Mapping[str, str]) -> Judgement:
    values = Values(tool, answers, levels)
    row = values.first_fitting(tool.overall)
    level = tool.level_of[row.then]
    words = {"level": level.level, "concern": str(level.concern)}
    overall = filled(row.says or tool.says or "{level}", values, words)
    domains = tuple((table.name, str(values[table.name])) for table in tool.domains)
    if tool.items_are_domains is YesNo.YES:
        domains = tuple((item.label, answers[item.item]) for item in tool.items)
    texts = (*tool.steps, *([row.step] if row.step else []))
    steps = tuple(filled(text, values, {**words, "overall": overall}) for text in texts)
    return Judgement(
        overall=overall,
        level=level.level,
        concern=level.concern,
        sign=level.sign,
        domains=domains,
        steps=(*(f"{name}: {value}" for name, value in domains), *steps),
        cautions=(row.caution,) if row.caution else (),
    )


def says_nothing(tool: Tool, answers: Answers) -> bool:
    """Whether what was read of the study answered no item, of those that may be left as not read."""
    meanings = {
        (answer.meaning if (answer := offered.get(answers.get(item, ""))) else None)
        for item, offered in tool.answers.items()
        if AnswerMeaning.NOT_READ in {answer.meaning for answer in offered.values()}
    }
    return AnswerMeaning.NOT_READ in meanings <= {AnswerMeaning.NOT_READ, AnswerMeaning.NOT_APPLICABLE}


def _at_best(tool: Tool, answers: Answers) -> Answers:
    """The answers with what was not read answered in favour of the study, where a tool asks for that."""
    return {
        item: tool.favourable[item]
        if item in tool.favourable and _meaning(tool, item, answer) is AnswerMeaning.NOT_READ
        else answer
        for item, answer in answers.items()
    }


def _levels(overrides: Mapping[str, Override]) -> Mapping[str, str]:
    return {name: o.judgement for name, o in overrides.items() if name != OVERALL}


def _overridden_domains(
    tool: Tool, answers: Answers, overrides: Mapping[str, Override]
) -> Iterator[str]:
    by_rule = Values(tool, answers, {})
    for table in tool.domains:
        if override := overrides.get(table.name):
            yield f"{table.name} {_put_by(override, str(by_rule[table.name]))}"


def _put_by(override: Override, by_rule: str) -> str:
    reason = " ".join(override.reason.split())
    return f"{override.judgement} by the reviewer, {by_rule} by the rule: {reason}"


def _overridden(tool: Tool, judgement: Judgement, override: Override) -> Judgement:
    level = tool.level_of[override.judgement]
    return replace(
        judgement, overall=level.level, level=level.level, concern=level.concern, sign=level.sign
    )


def _doubts(tool: Tool, answers: Answers, signals: Answers) -> Iterator[str]:
    """The domains that are judged better than the answers to their signalling questions allow."""
    for item in tool.items:
        limit = next((r for r in item.limits if _holds(r.when, signals)), None)
        order = list(tool.answers[item.item])
        answer = answers[item.item]
        if limit and order.index(answer) < order.index(limit.then):
            why = " and ".join(f"{signal} {signals[signal]}" for signal in limit.when)
            yield f"{item.label} is judged {answer}, but {why} allows {limit.then} at best"


def _holds(when: Mapping[str, Among | Bound], answers: Answers) -> bool:
    return all(name in answers and test.holds(answers[name]) for name, test in when.items())


def _is_asked(tool: Tool, item: str, answers: Answers) -> bool:
    """Whether the answers lead to an item; those that lead there must have been asked themselves."""
    asked = tool.item_of[item].asked
    return not asked or any(
        _holds(when, answers) and all(_is_asked(tool, name, answers) for name in when) for when in asked
    )


def _problems_of_signals(tool: Tool, signals: Answers) -> Iterator[str]:
    for signal, answer in signals.items():
        if signal not in tool.signal_of:
            yield f"{tool.label} has no signalling question {signal!r}"
        elif answer not in (allowed := tool.signal_of[signal].answers):
            yield f"signalling question {signal} is answered {answer!r}, not {', '.join(allowed)}"


def _problems_of_overrides(tool: Tool, overrides: Mapping[str, Override]) -> Iterator[str]:
    names = (OVERALL, *(table.name for table in tool.domains))
    for name, override in overrides.items():
        if name not in names:
            yield f"{name!r} cannot be overridden, only {', '.join(names)}"
        elif override.judgement not in tool.level_of:
            yield f"{name} is overridden by {override.judgement!r}, not {', '.join(tool.level_of)}"


def _meaning(tool: Tool, item: str, answer: str) -> AnswerMeaning | None:
    return tool.answers[item][answer].meaning


def _cell_of_item(tool: Tool, item: ToolItem, answer: str) -> Cell:
    question = "" if tool.has_domains else item.question
    meaning = _meaning(tool, item.item, answer) or AnswerMeaning.UNKNOWN
    return Cell(item.label, question, answer, meaning)


def _cell_of_domain(tool: Tool, name: str, now: str, best: str) -> Cell:
    judgement = now if now == best else f"{now} ({best} at best)"
    return Cell(name, "", judgement, tool.level_of[now].sign)
