"""What words of a page do: tell a size, leave nobody out, compare, warn, ask for care, name a limit.

The words are those of packs. A hit counts for nothing where its own clause denies it: "no swelling" warns
of none, and "not the best" is no superlative.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from review.language.cues import is_denied
from review.language.sentences import Span
from review.language.wording.clauses import clauses
from review.model.knowledge.packs import SensePack
from review.model.knowledge.phrases import finder
from review.model.vocabulary import Sense


@dataclass(frozen=True, slots=True)
class SenseHit:
    """Words that have a sense, and where they stand in the text."""

    sense: Sense
    start: int
    end: int
    words: str


class Senses:
    """Finds what words do, by the packs of one or more languages."""

    def __init__(self, packs: Iterable[SensePack]) -> None:
        cues = [cue for pack in packs for cue in pack.senses]
        self._rules = [
            (
                sense,
                finder(tuple(phrase for cue in cues if cue.sense is sense for phrase in cue.phrases)),
                finder(tuple(phrase for cue in cues if cue.sense is sense for phrase in cue.unless)),
            )
            for sense in Sense
        ]
        self.hits = lru_cache(maxsize=4096)(self._hits)

    def of(self, text: str) -> frozenset[Sense]:
        """The senses that any words of `text` have."""
        return frozenset(hit.sense for hit in self.hits(text))

    def _hits(self, text: str) -> tuple[SenseHit, ...]:
        """Every word or phrase with a sense, in reading order."""
        return tuple(sorted(self._met(text, clauses(text)), key=lambda hit: (hit.start, hit.sense.place)))

    def _met(self, text: str, within: tuple[Span, ...]) -> Iterator[SenseHit]:
        for sense, phrases, unless in self._rules:
            spared = [match.span() for match in unless.finditer(text)]
            for match in phrases.finditer(text):
                start, end = match.span()
                if any(first < end and start < last for first, last in spared):
                    continue
                if not _denied(text, Span(start, end), within):
                    yield SenseHit(sense, start, end, match[0])


def _denied(text: str, hit: Span, within: tuple[Span, ...]) -> bool:
    clause = next((c for c in reversed(within) if c.start <= hit.start), hit)
    # The words of a hit may open the clause after the one in which it begins.
    return is_denied(
        text[clause.start : hit.start], hit.of(text), text[hit.end : max(clause.end, hit.end)]
    )
