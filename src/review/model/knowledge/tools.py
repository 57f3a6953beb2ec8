"""Bias tools as data: their items, the answers allowed, and the rows that lead from them to a judgement.

A table is a list of rows, of which the first that fits decides. A row fits when all that stands under
`when` holds: an item, a part or a domain is one of some words (`2.1: N or PN`), a figure lies in a range
(`critical flaws: more than 1`). The last row has no `when` and fits whatever is left. A text may name
figures in braces.
"""

import operator
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from review.model.fields import Slug, Text, Whole
from review.model.record import Record
from review.model.vocabulary import (
    Adding,
    AnswerMeaning,
    BiasConcern,
    Design,
    RuleOwner,
    Status,
    YesNo,
)

_BOUND = re.compile(r"(at least|at most|more than|less than|exactly) ([0-9]{1,6}(?:\.[0-9]{1,4})?)")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "at least": operator.ge,
    "at most": operator.le,
    "more than": operator.gt,
    "less than": operator.lt,
    "exactly": operator.eq,
}
NAMED = re.compile(r"\{([^{}]+)\}")
"""A name in the text of a row, whose value takes its place."""


@dataclass(frozen=True, slots=True)
class Among:
    """That a word is one of several."""

    words: tuple[str, ...]

    def holds(self, value: str | float) -> bool:
        """Whether `value` is one of the words."""
        return value in self.words


@dataclass(frozen=True, slots=True)
class Bound:
    """That a number lies on one side of another, such as `at least` 2."""

    comparison: str
    number: float

    def holds(self, value: str | float) -> bool:
        """Whether `value` is a number on that side."""
        return not isinstance(value, str) and _COMPARED[self.comparison](value, self.number)


def _condition(value: object) -> Among | Bound:
    if not isinstance(value, str):
        raise ValueError("write words with “or” between them, or a range such as at least 2")
    if bound := _BOUND.fullmatch(value):
        return Bound(bound[1], float(bound[2]))
    return Among(_either(value))


def _either(value: object) -> tuple[str, ...]:
    words = tuple(word.strip() for word in value.split(" or ")) if isinstance(value, str) else ()
    if not all(words) or not words:
        raise ValueError("write words with “or” between them")
    return words


def _listed(value: object) -> object:
    """The parts of a text between commas; what is no text is given back as it is."""
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


Condition = Annotated[Among | Bound, PlainValidator(_condition)]
Either = Annotated[tuple[str, ...], PlainValidator(_either)]
Listed = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Designs = Annotated[tuple[Design, ...], BeforeValidator(_listed)]


class ToolAnswer(Record):
    """An answer that a tool allows: its code, what it says, what it means, the points that it earns.

    `meaning` is left out where it depends on the item. An answer without points does not enter a share.
    """

    answer: Text
    words: Text
    meaning: AnswerMeaning | None = None
    points: Whole | None = None


class ToolRow(Record):
    """What follows where all conditions hold: a level of the tool."""

    when: dict[str, Condition] = Field(default_factory=dict)
    then: Text


class ToolItem(Record):
    """A question of a tool, in our words.

    `answers` are those of the common scale that it takes, all where it is left out; `scale` are answers
    of its own, which come before them. `favourable` is the answer that speaks for the study. `asked`
    are conditions on earlier answers, one of which must hold for the question to be asked; a question
    without any is always asked. `limits` are rows over the signals of a judged domain: the best answer
    that they leave room for.
    """

    item: Text
    label: Text
    asks: Text
    answers: Listed | None = None
    scale: tuple[ToolAnswer, ...] = ()
    favourable: Text | None = None
    asked: tuple[dict[str, Condition], ...] = ()
    limits: tuple[ToolRow, ...] = ()

    @property
    def question(self) -> str:
        """What is asked, with what its own answers stand for."""
        own = "; ".join(f"{answer.answer}: {answer.words}" for answer in self.scale)
        return f"{self.asks} ({own})" if own else self.asks


class ToolSignal(Record):
    """A signalling question, in our words: it leads a person to the answer to item `of`.

    Its answers need not be recorded; those that are stand under `signals` in an appraisal.
    """

    signal: Text
    of: Text
    asks: Text
    answers: Listed


SIGN_OF: Mapping[BiasConcern, AnswerMeaning] = {
    BiasConcern.LOW: AnswerMeaning.FAVOURABLE,
    BiasConcern.SOME: AnswerMeaning.PARTLY,
    BiasConcern.HIGH: AnswerMeaning.UNFAVOURABLE,
    BiasConcern.UNKNOWN: AnswerMeaning.UNKNOWN,
}
"""The meaning of a judgement whose level does not say another."""


class ToolLevel(Record):
    """A word in which a tool judges a domain or a study, and the concern that it comes to."""

    level: Text
    concern: BiasConcern
    meaning: AnswerMeaning | None = None

    @property
    def sign(self) -> AnswerMeaning:
        """What it means for the study."""
        return self.meaning or SIGN_OF[self.concern]


class ToolFigure(Record):
    """A number taken from the answers: how many are one of `counts`, or what their points add to.

    `of` names the items, parts or domains that are looked at; it is left out for all items.
    """

    figure: Text
    counts: Either | None = None
    adds: Adding | None = None
    of: Listed = ()

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.counts is None) is (self.adds is None):
            raise ValueError("a figure either counts or adds")
        return self


class OverallRow(ToolRow):
    """A row of the overall judgement: `says` puts the level into words, `step` is one of the steps.

    `caution` stands beside the judgement and changes nothing.
    """

    says: Text | None = None
    step: Text | None = None
    caution: Text | None = None


class ToolTable(Record):
    """A part or a domain of a tool: its name, and the rows that judge it."""

    name: Text
    rows: tuple[ToolRow, ...]


class ToolLesson(Record):
    """What a class is asked about a whole study, and for studies of which designs."""

    asks: Text
    designs: Designs


class ToolExample(Record):
    """Answers in the order of the items, and what they come to."""

    example: Text
    answers: Listed
    overall: Text
    concern: BiasConcern
    source: Text


_RESERVED = ("level", "concern", "overall")
"""Names that texts use for what a row gives."""


class Tool(Record):
    """One version of a bias tool; old answers keep the version they were given in.

    `order` places its figure among those of other tools. `checked` says what was held against which
    source. `parts` are tables that only other tables ask for, `domains` are shown. Where a person
    judges whole domains, they are the items and `items_are_domains`. `says` and `steps` are for every
    overall row, the first unless the row says its own.
    """

    pack: Slug
    name: Slug
    version: Text
    order: Whole
    title: Text
    short_title: Text
    made_by: Text
    source: Text
    designs: Designs
    rule: RuleOwner
    remarks: Text
    status: Status
    checked: Text
    scale: tuple[ToolAnswer, ...]
    items_are_domains: YesNo = YesNo.NO
    items: tuple[ToolItem, ...]
    signals: tuple[ToolSignal, ...] = ()
    levels: tuple[ToolLevel, ...]
    figures: tuple[ToolFigure, ...] = ()
    parts: tuple[ToolTable, ...] = ()
    domains: tuple[ToolTable, ...] = ()
    overall: tuple[OverallRow, ...]
    says: Text | None = None
    steps: tuple[Text, ...] = ()
    lesson: ToolLesson | None = None
    examples: tuple[ToolExample, ...]

    @property
    def label(self) -> str:
        """Short title and version, as shown beside a judgement."""
        return f"{self.short_title} ({self.version})"

    @property
    def has_domains(self) -> bool:
        """Whether domains are shown of it, in place of items."""
        return bool(self.domains) or self.items_are_domains is YesNo.YES

    @cached_property
    def questions(self) -> Mapping[str, str]:
        """What each item asks."""
        return {item.item: item.question for item in self.items}

    @cached_property
    def answers(self) -> Mapping[str, Mapping[str, ToolAnswer]]:
        """The answers that each item takes, by item and code."""
        common = {answer.answer: answer for answer in self.scale}
        return {
            item.item: {answer.answer: answer for answer in item.scale}
            | {code: common[code] for code in (common if item.answers is None else item.answers)}
            for item in self.items
        }

    @cached_property
    def favourable(self) -> Mapping[str, str]:
        """The answer to each item that speaks for a study; empty where the tool does not ask for it."""
        return {item.item: item.favourable for item in self.items if item.favourable is not None}

    @cached_property
    def item_of(self) -> Mapping[str, ToolItem]:
        """Items by their id."""
        return {item.item: item for item in self.items}

    @cached_property
    def signal_of(self) -> Mapping[str, ToolSignal]:
        """Signalling questions by their id."""
        return {signal.signal: signal for signal in self.signals}

    @cached_property
    def tables(self) -> Mapping[str, ToolTable]:
        """Parts and domains by name."""
        return {table.name: table for table in (*self.parts, *self.domains)}

    @cached_property
    def figure_of(self) -> Mapping[str, ToolFigure]:
        """Figures by name."""
        return {figure.figure: figure for figure in self.figures}

    @cached_property
    def level_of(self) -> Mapping[str, ToolLevel]:
        """Levels by their word."""
        return {level.level: level for level in self.levels}

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        # A fault left in a table would only show when some study is judged by its row. What one check
        # looks up, those before it have found to be there; hence one after another.
        for faults_of in (
            _faults_of_items,
            _faults_of_questions,
            _faults_of_rows,
            _faults_of_texts,
            _faults_of_examples,
        ):
            if faults := list(faults_of(self)):
                raise ValueError("; ".join(faults))
        return self


def _faults_of_items(tool: Tool) -> Iterator[str]:
    if tool.pack != f"{tool.name}-{tool.version}":
        yield f"the file of this version is named {tool.name}-{tool.version}.yml"
    if not tool.items or not tool.levels:
        yield "a tool has items and levels"
    if len(tool.favourable) not in (0, len(tool.items)):
        yield "either all items name a favourable answer, or none does"
    common = [answer.answer for answer in tool.scale]
    yield from _repeated("item", (item.item for item in tool.items))
    yield from _repeated("answer", common)
    for item in tool.items:
        shared = common if item.answers is None else item.answers
        own = [answer.answer for answer in item.scale]
        yield from _repeated(f"answer to {item.item}", own, shared)
        unknown = [code for code in shared if code not in common]
        yield from (f"the scale has no {code!r} for {item.item}" for code in unknown)
    words = [*common, *(own.answer for item in tool.items for own in item.scale), *tool.level_of]
    yield from _repeated("level", (level.level for level in tool.levels))
    yield from (f"{word!r} would be read as two" for word in words if "," in word or " or " in word)


def _faults_of_questions(tool: Tool) -> Iterator[str]:
    """What is wrong with when a question is asked, and with what its signals leave room for."""
    earlier: dict[str, Iterable[str]] = {}
    for item in tool.items:
        for when in item.asked:
            yield from _faults_of_conditions(f"{item.item}, asked", when, earlier)
        earlier[item.item] = tool.answers[item.item]
    yield from _repeated("signal", (signal.signal for signal in tool.signals))
    for signal in tool.signals:
        if signal.of not in tool.answers:
            yield f"signal {signal.signal}: {signal.of!r} is no item"
    for item in tool.items:
        signals = {s.signal: s.answers for s in tool.signals if s.of == item.item}
        if item.limits and any([not row.when for row in item.limits[:-1]] + [item.limits[-1].when]):
            yield f"{item.item}, limits: the last row, and no other, stands without a when"
        for row in item.limits:
            yield from _faults_of_conditions(f"{item.item}, limits", row.when, signals)
            if row.then not in tool.answers[item.item]:
                yield f"{item.item}, limits: {row.then!r} is no answer"


def _faults_of_conditions(
    place: str, when: Mapping[str, Among | Bound], words: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    for asked, condition in when.items():
        if asked not in words:
            yield f"{place}: {asked!r} stands for nothing here"
        elif isinstance(condition, Bound):
            yield f"{place}: {asked!r} is no figure"
        else:
            never = [word for word in condition.words if word not in words[asked]]
            yield from (f"{place}: {asked!r} is never {word!r}" for word in never)


def _repeated(kind: str, *names: Iterable[str]) -> Iterator[str]:
    counts = Counter(name for some in names for name in some)
    yield from (f"{kind} {name!r} stands twice" for name, number in counts.items() if number > 1)


def _faults_of_rows(tool: Tool) -> Iterator[str]:
    """Names that stand for nothing yet where they are asked for, and words that they never take."""
    tables = (*tool.parts, *tool.domains)
    yield from _repeated("table", (table.name for table in tables))
    yield from _repeated("figure", (figure.figure for figure in tool.figures))
    yield from _repeated("name", tool.answers, tool.tables, tool.figure_of, _RESERVED)
    yield from (
        f"item {item} has no answer {code!r}"
        for item, code in tool.favourable.items()
        if code not in tool.answers[item]
    )
    words: dict[str, Iterable[str]] = dict(tool.answers)
    for table in tables:
        yield from _faults_of_table(table.name, table.rows, tool, words)
        words[table.name] = tool.level_of
    for figure in tool.figures:
        yield from _faults_of_figure(figure, tool, words)
    yield from _faults_of_table("overall", tool.overall, tool, words)


def _faults_of_figure(
    figure: ToolFigure, tool: Tool, words: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    names = figure.of or tuple(tool.answers)
    known = {word for name in names for word in words.get(name, ())}
    for name in names:
        if name not in words:
            yield f"{figure.figure}: {name!r} is no item, part or domain"
        elif figure.adds and name not in tool.answers:
            yield f"{figure.figure}: {name!r} is no item, and only answers have points"
    for word in figure.counts or ():
        if word not in known:
            yield f"{figure.figure}: {word!r} is never met"


def _faults_of_table(
    name: str, rows: Sequence[ToolRow], tool: Tool, words: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    if [bool(row.when) for row in rows] != [True] * (len(rows) - 1) + [False]:
        yield f"{name}: the last row, and no other, stands without a when"
    for number, row in enumerate(rows, start=1):
        if row.then not in tool.level_of:
            yield f"{name}, row {number}: {row.then!r} is no level"
        for asked, condition in row.when.items():
            if fault := _fault_of(asked, condition, tool, words):
                yield f"{name}, row {number}: {fault}"


def _fault_of(
    asked: str, condition: Among | Bound, tool: Tool, words: Mapping[str, Iterable[str]]
) -> str:
    if asked in words:
        if isinstance(condition, Bound):
            return f"{asked!r} is no figure"
        never = [word for word in condition.words if word not in words[asked]]
        return f"{asked!r} is never {never[0]!r}" if never else ""
    figure = tool.figure_of.get(asked)
    # A figure of what is judged only later would have to be known before itself.
    if figure is None or any(name not in words for name in figure.of):
        return f"{asked!r} stands for nothing here"
    return (
        "" if isinstance(condition, Bound) else f"{asked!r} is a figure: write at least 1, or the like"
    )


def _faults_of_texts(tool: Tool) -> Iterator[str]:
    known = {*tool.figure_of, "level", "concern"}
    texts = [tool.says, *(row.says for row in tool.overall)]
    steps = [*tool.steps, *(row.step for row in tool.overall)]
    used = {name for text in texts for name in NAMED.findall(text or "")} - known
    used |= {name for text in steps for name in NAMED.findall(text or "")} - known - {"overall"}
    yield from (f"{{{name}}} stands for nothing" for name in sorted(used))
    if not tool.domains:
        unclear = {a.answer for own in tool.answers.values() for a in own.values() if a.meaning is None}
        yield from (f"answer {code!r} is shown, so it needs a meaning" for code in sorted(unclear))


def _faults_of_examples(tool: Tool) -> Iterator[str]:
    for example in tool.examples:
        if len(example.answers) != len(tool.items):
            yield f"{example.example}: {len(example.answers)} answers to {len(tool.items)} items"
        for item, code in zip(tool.answers, example.answers, strict=False):
            if code not in tool.answers[item]:
                yield f"{example.example}: item {item} has no answer {code!r}"
