"""Finds the claims of a page where no marked pages teach what a claim looks like: every sentence counts.

A new subject begins so. What is found in vain, a person refuses.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from review.language.claims.finding import DetectedClaim
from review.language.claims.places import place_of
from review.language.claims.segments import segments
from review.language.cues import ABOUT_THE_PAGE, NO_CLAIM, wording
from review.language.lexicon import Lexicon
from review.language.sentences import Span, sentence_spans
from review.model.vocabulary import Category

UNLEARNT = 0.5
"""How checkworthy a sentence is called where nothing was learnt: neither likely nor unlikely."""
USUAL = Category.EFFICACY
"""The category of a sentence whose words speak for none; what clinics claim most often."""
_CLOSERS = '"”’)] '


class SentenceFinder:
    """Takes every sentence that states something for a claim, and its category by the cues of packs."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find_all(self, texts: Sequence[str]) -> list[tuple[DetectedClaim, ...]]:
        """The sentences of each of several pages, in reading order."""
        return [tuple(self._claims(text)) for text in texts]

    def _claims(self, text: str) -> Iterator[DetectedClaim]:
        on_page = list(segments(text))
        starts = [segment.start for segment in on_page]
        for span in sentence_spans(text):
            quote = span.of(text)
            if not _states(quote):
                continue
            segment = on_page[max(bisect_right(starts, span.start) - 1, 0)]
            place = place_of(text, segment, Span(span.start, span.end), self._lexicon)
            cued = self._lexicon.cued(quote) or (USUAL,)
            yield DetectedClaim(span.start, span.end, place, cued[0], wording(quote), UNLEARNT)


def _states(sentence: str) -> bool:
    """Whether a sentence states something: it is no question, heading or way to get in touch."""
    ends = sentence.rstrip(_CLOSERS)[-1:]
    is_about_page = ABOUT_THE_PAGE.match(sentence) or NO_CLAIM.search(sentence)
    return ends in (".", "!") and len(sentence.split()) > 2 and not is_about_page
