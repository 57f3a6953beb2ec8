"""What answers to a bias tool come to: the overall judgement, that of each domain, and the steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from review.appraisal.rows import Values, filled
from review.model.knowledge.tools import Tool, ToolItem
from review.model.vocabulary import AnswerMeaning, BiasConcern, Design, YesNo

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The overall judgement of an appraisal, that of its domains, and the steps that led there.

    `overall` is in the tool's own words, `level` the word of its rule; `concern` puts it on one scale
    across tools, `sign` says how it is drawn.
    """

    overall: str
    level: str
    concern: BiasConcern
    sign: AnswerMeaning
    domains: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure shows of one domain or item: its name, the question, the judgement, its meaning."""

    name: str
    question: str
    judgement: str
    meaning: AnswerMeaning


def judged(tool: Tool, answers: Answers) -> Judgement:
    """What `answers` to all items of a tool come to.

    A tool may count missing information against a study. Where its level would be another with
    favourable answers to what was not read, the judgement says so and the concern is unknown: what was
    not read is not a fault that was found. Raises ValueError where a score has no item to rest on.
    """
    now = _as_answered(tool, answers)
    # Worked out twice: what was not read is not a fault that was found.
    best = _as_answered(tool, _at_best(tool, answers))
    if best.level == now.level:
        return now
    return replace(
        now,
        overall=f"{now.overall}, {best.overall} at best: what was read leaves items open",
        concern=BiasConcern.UNKNOWN,
        sign=AnswerMeaning.UNKNOWN,
        steps=(*now.steps, f"at best: {best.overall}"),
    )


def cells(tool: Tool, answers: Answers) -> tuple[Cell, ...]:
    """What a figure shows of a study: its domains, or else its items.

    A domain that favourable answers to what was not read would better says how far at best.
    """
    if not tool.domains:
        return tuple(_cell_of_item(tool, item, answers[item.item]) for item in tool.items)
    now, best = Values(tool, answers), Values(tool, _at_best(tool, answers))
    names = [table.name for table in tool.domains]
    return tuple(_cell_of_domain(tool, name, str(now[name]), str(best[name])) for name in names)


def problems_of(tool: Tool, answers: Answers) -> list[str]:
    """What is wrong with the answers to a tool: missing, unknown, in other words, or giving no score."""
    problems = [f"item {item} is not answered" for item in tool.answers if item not in answers]
    for item, answer in answers.items():
        if item not in tool.answers:
            problems.append(f"{tool.label} has no item {item!r}")
        elif answer not in tool.answers[item]:
            problems.append(f"item {item} is answered {answer!r}, not {', '.join(tool.answers[item])}")
    if not problems:
        try:
            judged(tool, answers)
        except ValueError as error:
            problems.append(str(error))
    return problems


def examples_that_differ(tool: Tool) -> list[str]:
    """The examples of a tool that come to something else than they say, each with what they come to."""
    return [
        f"the example {example.example!r} comes to {result.overall!r}, {result.concern}"
        for example in tool.examples
        for result in [judged(tool, dict(zip(tool.answers, example.answers, strict=True)))]
        if (result.overall, result.concern) != (example.overall, example.concern)
    ]


def tools_for(tools: Iterable[Tool], design: Design) -> tuple[Tool, ...]:
    """The tools made for a design; none for documents, surveys and opinion."""
    return tuple(tool for tool in tools if design in tool.designs)


def _as_answered(tool: Tool, answers: Answers) -> Judgement:
    values = Values(tool, answers)
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
    )


def _at_best(tool: Tool, answers: Answers) -> Answers:
    """The answers with what was not read answered in favour of the study, where a tool asks for that."""
    return {
        item: tool.favourable[item]
        if item in tool.favourable and _meaning(tool, item, answer) is AnswerMeaning.NOT_READ
        else answer
        for item, answer in answers.items()
    }


def _meaning(tool: Tool, item: str, answer: str) -> AnswerMeaning | None:
    return tool.answers[item][answer].meaning


def _cell_of_item(tool: Tool, item: ToolItem, answer: str) -> Cell:
    question = "" if tool.has_domains else item.question
    meaning = _meaning(tool, item.item, answer) or AnswerMeaning.UNKNOWN
    return Cell(item.label, question, answer, meaning)


def _cell_of_domain(tool: Tool, name: str, now: str, best: str) -> Cell:
    if now != best:
        return Cell(name, "", f"{now}, {best} at best", AnswerMeaning.UNKNOWN)
    return Cell(name, "", now, tool.level_of[now].sign)
