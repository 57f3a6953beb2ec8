"""Advertising-substantiation flags: wordings that need something before they are published.

The phrases of the packs screen; they do not judge, and they are not legal advice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from review.language.sentences import Span, sentence_spans
from review.model.knowledge.packs import Flag, FlagPack
from review.model.knowledge.phrases import finder

NOTICE = "Flags are a screening aid, not legal advice."


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a flag, or a disclosure, was met on a page, and in which jurisdiction it holds."""

    flag: Flag
    jurisdiction: str
    start: int
    end: int
    span: str


class Screen:
    """Finds flags in texts, by the packs of one or more jurisdictions."""

    def __init__(self, packs: Iterable[FlagPack]) -> None:
        # Of two flags with one id, that of the later pack holds: a folder may mend a packaged flag.
        rules = {flag.flag: (flag, pack.title) for pack in packs for flag in pack.flags}
        self._rules = [rules[key] for key in sorted(rules)]
        self.flags = tuple(flag for flag, _ in self._rules)

    def meets(self, flag: Flag, text: str) -> bool:
        """Whether a flag is met anywhere in `text`."""
        return bool(finder(flag.phrases).search(text))

    def hits(self, text: str) -> Iterator[Hit]:
        """Every flag met in `text`, in reading order.

        A regulator named in a sentence that denies its approval implies none: such a hit is given as
        that of the flag that stands `instead_of` it. Offsets are those of the text as it stands.
        """
        usual = [rule for rule in self._rules if rule[0].instead_of is None]
        met = [
            Hit(flag, jurisdiction, match.start(), match.end(), match[0])
            for flag, jurisdiction in usual
            for match in finder(flag.phrases).finditer(text)
        ]
        for flag, jurisdiction in self._rules:
            if flag.instead_of and any(hit.flag.flag == flag.instead_of for hit in met):
                spans = [span for span in sentence_spans(text) if self.meets(flag, span.of(text))]
                met = [_instead(hit, flag, jurisdiction, spans) for hit in met]
        return iter(sorted(met, key=lambda hit: (hit.start, hit.flag.flag)))


def _instead(hit: Hit, flag: Flag, jurisdiction: str, spans: list[Span]) -> Hit:
    """The hit, or that of the flag that stands in its place within these sentences."""
    within = any(span.start <= hit.start < span.end for span in spans)
    if hit.flag.flag != flag.instead_of or not within:
        return hit
    return Hit(flag, jurisdiction, hit.start, hit.end, hit.span)
