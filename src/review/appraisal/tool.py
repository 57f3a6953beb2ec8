"""What an appraisal tool is: its items, its answers, and the judgement that answers give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from review.model.vocabulary import Bias

NOT_READ = "NR"
"""Our own answer beside a tool's: what was read does not say. It is never counted for a study."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The overall judgement of an appraisal, that of its domains, and the steps that led there.

    `overall` is in the tool's own words; `concern` puts it on one scale across tools.
    """

    overall: str
    concern: Bias
    domains: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]


Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tool:
    """One version of an appraisal tool; old answers keep the version they were given in."""

    name: str
    version: str
    title: str
    items: Mapping[str, str]
    answers: Mapping[str, tuple[str, ...]]
    judge: Callable[[Answers], Judgement]

    @property
    def label(self) -> str:
        """Title and version, as shown beside a judgement."""
        return f"{self.title} ({self.version})"


def same_answers(items: Mapping[str, str], *allowed: str) -> dict[str, tuple[str, ...]]:
    """The same allowed answers for every item."""
    return dict.fromkeys(items, allowed)


def problems_of(tool: Tool, answers: Answers) -> list[str]:
    """What is wrong with the answers to a tool: items missing, unknown, or answered in other words."""
    found = [f"item {item} is not answered" for item in tool.items if item not in answers]
    for item, answer in answers.items():
        if item not in tool.items:
            found.append(f"{tool.label} has no item {item!r}")
        elif answer not in tool.answers[item]:
            found.append(f"item {item} is answered {answer!r}, not {', '.join(tool.answers[item])}")
    return found


def numbered(*wordings: str) -> dict[str, str]:
    """Items q1, q2 and so on."""
    return {f"q{number}": wording for number, wording in enumerate(wordings, start=1)}
