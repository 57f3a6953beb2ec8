"""Pairs of propositions of one topic that nobody has judged, those that may quarrel first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from rapidfuzz import fuzz

from review.model.records import Proposition, Relation
from review.model.vocabulary import NOT_APPLICABLE
from review.verdicts.contradictions.logic import Logic, affirmed, logic_of

_DENYING = frozenset(
    "no not never only without cannot unsuitable avoid unnecessary neither none".split()
)
_OPPOSITES = tuple(
    frozenset(pair.split())
    for pair in (
        "before after",
        "more less",
        "better worse",
        "increase decrease",
        "increases reduces",
        "raise lower",
        "start stop",
        "continue wait",
        "same next",
        "same different",
        "similar different",
        "permanent temporary",
        "known unknown",
        "established experimental",
        "safe harm",
        "effective ineffective",
        "painful painless",
        "men women",
    )
)
# The weights say how far each sign lifts a pair; they only order a list for a reader.
_SIMILAR, _FIGURES, _OPPOSED, _DENIED, _OUTCOME = 0.6, 0.2, 0.15, 0.1, 0.1


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Two propositions of one topic and how likely their words make it that they exclude each other."""

    a: Proposition
    b: Proposition
    score: float


def unjudged(
    propositions: Mapping[str, Proposition], relations: Iterable[Relation]
) -> tuple[Unjudged, ...]:
    """The pairs of one topic of which no relation says anything, nor anything that follows from them.

    The likeliest come first; pairs of one score stand in the order of their ids.
    """
    logic = logic_of(relations)
    judged = {frozenset((r.proposition, r.other)) for r in logic.relations}
    by_topic: dict[str, list[Proposition]] = {}
    for _, proposition in sorted(propositions.items()):
        by_topic.setdefault(proposition.topic, []).append(proposition)
    words = {key: _words(p.statement) for key, p in propositions.items()}
    weights = _weights(words.values())
    open_pairs = (
        Unjudged(a, b, round(_score(a, b, words, weights), 2))
        for members in by_topic.values()
        for a, b in combinations(members, 2)
        if frozenset((a.proposition, b.proposition)) not in judged and not _settled(a, b, logic)
    )
    return tuple(sorted(open_pairs, key=lambda p: (-p.score, p.a.proposition, p.b.proposition)))


def _settled(a: Proposition, b: Proposition, logic: Logic) -> bool:
    """Whether one follows from the other, or its denial does."""
    from_a = logic.following(affirmed(a.proposition))
    end = affirmed(b.proposition)
    return end in from_a or end.negated in from_a or affirmed(a.proposition) in logic.following(end)


def _words(statement: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+(?:[,.][0-9]+)*", statement.lower()))


def _weights(statements: Iterable[Sequence[str]]) -> Mapping[str, float]:
    """The weight of a word: the fewer statements hold it, the more."""
    held = [set(words) for words in statements]
    counts = Counter(word for words in held for word in words)
    return {word: log(1 + len(held) / count) for word, count in counts.items()}


def _score(
    a: Proposition,
    b: Proposition,
    words: Mapping[str, Sequence[str]],
    weights: Mapping[str, float],
) -> float:
    """From 0 to 1: how alike the statements are, lifted by the signs that they differ in what counts."""
    left, right = set(words[a.proposition]), set(words[b.proposition])
    in_common = sum(weights[word] for word in left & right)
    least = min(sum(weights[word] for word in side) for side in (left, right))
    alike = (in_common / least if least else 0.0) + fuzz.token_sort_ratio(
        " ".join(words[a.proposition]), " ".join(words[b.proposition])
    ) / 100
    signs = sum(_signs(left, right))
    if a.outcome == b.outcome != NOT_APPLICABLE:
        signs += _OUTCOME
    return min(1.0, _SIMILAR * alike / 2 + signs)


def _signs(left: set[str], right: set[str]) -> Iterator[float]:
    figures = [{word for word in side if word[0].isdigit()} for side in (left, right)]
    if all(figures) and figures[0] != figures[1]:
        yield _FIGURES
    only_left, only_right = left - right, right - left
    if any(pair & only_left and pair & only_right for pair in _OPPOSITES):
        yield _OPPOSED
    if bool(only_left & _DENYING) != bool(only_right & _DENYING):
        yield _DENIED
