"""The words of the packs of abstracts, ready to be looked for."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from review.model.knowledge.abstract_words import (
    AbstractPack,
    AbstractTerm,
    DesignCue,
    MeasureName,
    Section,
)
from review.model.knowledge.phrases import finder, inner


class Words:
    """What finds the words of packs in an abstract."""

    def __init__(self, packs: Mapping[str, AbstractPack]) -> None:
        self._packs = tuple(packs.values())

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """The section of each label, in small letters."""
        return {
            label.strip(): row.section
            for pack in self._packs
            for row in pack.sections
            for label in _parted(row.labels)
        }

    @cached_property
    def _terms(self) -> Mapping[AbstractTerm, tuple[str, ...]]:
        phrases: dict[AbstractTerm, tuple[str, ...]] = {term: () for term in AbstractTerm}
        for pack in self._packs:
            for row in pack.words:
                phrases[row.words] += row.phrases
        return phrases

    def found(self, term: AbstractTerm) -> re.Pattern[str]:
        """What finds the words of one kind."""
        return finder(self._terms[term])

    def pattern(self, term: AbstractTerm) -> str:
        """The words of one kind as a part of a pattern."""
        return "|".join(inner(phrase) for phrase in self._terms[term]) or "(?!)"

    @property
    def designs(self) -> Iterable[DesignCue]:
        """The cues of designs, in the order of the packs."""
        return [cue for pack in self._packs for cue in pack.designs]

    @property
    def measures(self) -> Iterable[MeasureName]:
        """The measures of effect with their names."""
        return [name for pack in self._packs for name in pack.measures]

    @cached_property
    def registries(self) -> re.Pattern[str]:
        """What finds the numbers of registers."""
        return finder(tuple(p for pack in self._packs for r in pack.registers for p in r.numbers))


def _parted(labels: str) -> list[str]:
    """Labels between commas; one that holds a comma stands in quotes."""
    return [a or b for a, b in re.findall(r'"([^"]+)"|([^,"]+)', labels) if (a or b).strip()]
