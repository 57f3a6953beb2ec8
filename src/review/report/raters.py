"""How many people made the judgements behind a certainty, in words and numbers."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from review.model.vocabulary import Raters, spoken

By = Mapping[str, Collection[str]]
"""By judgement, the people who made it."""

_BY = {
    Raters.TWO: "by two people apart",
    Raters.ONE: "by one person",
    Raters.NOBODY: "by nobody yet",
}


def count_of_raters(judgements: Iterable[By]) -> Counter[Raters]:
    """How many of all these judgements two people made, one person, and nobody."""
    return Counter(Raters.of(people) for of in judgements for people in of.values())


def told_of_raters(counts: Mapping[Raters, int]) -> str:
    """The numbers in a phrase, also where one is nought."""
    return ", ".join(f"{counts.get(raters, 0)} {words}" for raters, words in _BY.items())


def judgements_by(judgements: By, raters: Raters) -> str:
    """The judgements that so many people made, with who they are where somebody did; empty for none."""
    by: dict[tuple[str, ...], list[str]] = {}
    for name, people in judgements.items():
        if Raters.of(people) is raters:
            by.setdefault(tuple(people), []).append(spoken(name))
    return "; ".join(
        f"{', '.join(names)} ({' and '.join(people)})" if people else ", ".join(names)
        for people, names in by.items()
    )
