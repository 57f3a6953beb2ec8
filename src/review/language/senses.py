"""What words of a page do: tell a size, leave nobody out, compare, warn, ask for care, name a limit.

The words are those of packs. A hit counts for nothing where its own clause denies it ("no swelling"
warns of none, "not the best" is no superlative) and in a question, which asserts nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from review.language.cues import is_denied
from review.language.sentences import Span, sentence_spans
from review.language.wording.clauses import clauses
from review.model.knowledge.packs import SensePack
from review.model.knowledge.phrases import finder
from review.model.vocabulary import Sense

_QUESTION = re.compile(r"\?[\"'”’)]*\s*$")
# "Do not wash" tells the reader to do something; "insurers do not cover" tells of somebody.
_COMMAND = re.compile(r"(?:do not|don[’']t|never)\b", re.IGNORECASE)
_BEFORE_A_COMMAND = re.compile(
    r"^\W*(?:(?:after|before|for|during|until|within|on|in|if|when|once|while|at|the)\b.*)?$"
    r"|[,:;(–—-]\s*$|\b(?:please|and|or|but|also|then|so|that you)\s+$",
    re.IGNORECASE | re.DOTALL,
)


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
        return tuple(sorted(self._met(text), key=lambda hit: (hit.start, hit.sense.place)))

    def _met(self, text: str) -> Iterator[SenseHit]:
        within = clauses(text)
        questions = [span for span in sentence_spans(text) if _QUESTION.search(span.of(text))]
        for sense, phrases, unless in self._rules:
            spared = [*questions, *(Span(*match.span()) for match in unless.finditer(text))]
            for match in phrases.finditer(text):
                hit = Span(*match.span())
                if not (_overlaps(hit, spared) or _is_taken_back(sense, text, hit, within)):
                    yield SenseHit(sense, hit.start, hit.end, match[0])


def _overlaps(hit: Span, spans: Iterable[Span]) -> bool:
    return any(span.start < hit.end and hit.start < span.end for span in spans)


def _is_taken_back(sense: Sense, text: str, hit: Span, within: tuple[Span, ...]) -> bool:
    """Whether the clause in which a hit begins denies it, or tells of somebody where it would ask."""
    clause = next((each for each in reversed(within) if each.start <= hit.start), hit)
    before, words = text[clause.start : hit.start], hit.of(text)
    if sense is Sense.PRECAUTION and _COMMAND.match(words) and not _BEFORE_A_COMMAND.search(before):
        return True
    # The words of a hit may reach into the clause after the one in which it begins.
    return is_denied(before, words, text[hit.end : max(clause.end, hit.end)])
