"""A changed page against its old text: which claims stay, move, change or go, and what is new."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from review.language.sentences import Span, sentence_spans
from review.model.records import Claim

SIMILAR = 70.0
"""Similarity (0 to 100, edits against length) from which a passage may be a claim in other words."""
_CONTEXT = 60
"""How many characters before and after a quote tell its places apart."""
_EDGE = 20
"""How many characters before and after a part of a sentence tell where it ends."""
_NEAR = 7
"""How many words around an edge are tried as the edge."""
_WORD = re.compile(r"\w(?:\S*\w)?")


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim whose quote stands in the new text letter by letter, and where."""

    claim: Claim
    start: int
    end: int

    @property
    def stays(self) -> bool:
        """Whether it stands where it stood."""
        return self.start == self.claim.start


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim whose quote is gone, and the passage of the new text that is most like it."""

    claim: Claim
    start: int
    end: int
    quote: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of the claims of a page when its text changes, and the passages that are new."""

    kept: tuple[Moved, ...]
    changed: tuple[Changed, ...]
    gone: tuple[Claim, ...]
    new: tuple[str, ...]


def changes(old: str, new: str, claims: Sequence[Claim]) -> Changes:
    """The claims of the old text, each found again in the new one or not, in the order of the page.

    A quote that stands letter by letter is moved; where it stands in several places, what stands
    around it decides, then the order. For any other the most similar passage is shown; whether it is
    the same claim is for a person to say. New are the sentences that the old text does not hold and
    no claim was found in.
    """
    kept = _kept(old, new, claims)
    settled = {moved.claim.claim for moved in kept}
    spans = list(sentence_spans(new))
    rest = [claim for claim in claims if claim.claim not in settled]
    taken = [Span(item.start, item.end) for item in kept]
    changed = [change for claim in rest if (change := _nearest(old, new, claim, spans, taken))]
    settled |= {change.claim.claim for change in changed}
    taken += [Span(item.start, item.end) for item in changed]
    known = {span.of(old) for span in sentence_spans(old)}
    return Changes(
        tuple(sorted(kept, key=lambda moved: (moved.start, moved.claim.claim))),
        tuple(changed),
        tuple(claim for claim in claims if claim.claim not in settled),
        tuple(
            span.of(new)
            for span in spans
            if span.of(new) not in known and not any(_overlap(span, other) for other in taken)
        ),
    )


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _kept(old: str, new: str, claims: Sequence[Claim]) -> list[Moved]:
    """Claims with one quote share its places: as many as there are, the best fitting first."""
    by_quote: dict[str, dict[int, list[Claim]]] = {}
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.claim)):
        by_quote.setdefault(claim.quote, {}).setdefault(claim.start, []).append(claim)
    kept = []
    for quote, at in by_quote.items():
        places = _places(quote, new)
        for start, place in _paired(old, new, quote, list(at), places).items():
            kept += [Moved(claim, place, place + len(quote)) for claim in at[start]]
    return kept


def _places(quote: str, text: str) -> list[int]:
    places = []
    place = text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    return places


def _paired(
    old: str, new: str, quote: str, starts: Sequence[int], places: Sequence[int]
) -> Mapping[int, int]:
    """Each old start with a new place of its own: by likeness of what stands around, then by order."""
    if len(starts) == 1 and len(places) == 1:
        return {starts[0]: places[0]}
    ranked = sorted(
        (
            (-_likeness(old, new, quote, start, place), abs(i - j), start, place)
            for i, start in enumerate(starts)
            for j, place in enumerate(places)
        )
    )
    pairs: dict[int, int] = {}
    for _, _, start, place in ranked:
        if start not in pairs and place not in pairs.values():
            pairs[start] = place
    return pairs


def _likeness(old: str, new: str, quote: str, start: int, place: int) -> float:
    def around(text: str, at: int) -> tuple[str, str]:
        after = at + len(quote)
        return text[max(0, at - _CONTEXT) : at], text[after : after + _CONTEXT]

    before, after = zip(around(old, start), around(new, place), strict=True)
    return fuzz.ratio(*before) + fuzz.ratio(*after)


def _nearest(
    old: str, new: str, claim: Claim, spans: Sequence[Span], taken: Collection[Span]
) -> Changed | None:
    """The passage most like a quote: whole sentences for whole sentences, else a part of them.

    Passages that hold the quote itself, or that are another claim, belong to others already.
    """
    count = max(1, len(list(sentence_spans(claim.quote))))
    runs = [
        Span(spans[i].start, spans[i + length - 1].end)
        # A sentence may have become two.
        for length in {count, count + 1}
        for i in range(len(spans) - length + 1)
    ]
    whole = _is_whole(old, claim)
    scorer = fuzz.ratio if whole else fuzz.partial_ratio
    runs = [run for run in runs if claim.quote not in run.of(new) and run not in taken]
    texts = [run.of(new) for run in runs]
    best = process.extractOne(claim.quote, texts, scorer=scorer, score_cutoff=SIMILAR)
    if best is None:
        return None
    run = runs[best[2]]
    span = run if whole else _part(old, new, claim, run)
    similarity = fuzz.ratio(claim.quote, span.of(new))
    if similarity < SIMILAR:
        return None
    return Changed(claim, span.start, span.end, span.of(new), round(similarity, 1))


def _is_whole(old: str, claim: Claim) -> bool:
    """Whether a quote begins where a sentence begins and ends where one ends."""
    first = old.rfind("\n", 0, claim.start) + 1
    last = old.find("\n", claim.end)
    around = old[first : last if last >= 0 else len(old)]
    spans = list(sentence_spans(around))
    begins = claim.start - first in {span.start for span in spans}
    return begins and claim.end - first in {span.end for span in spans}


def _part(old: str, new: str, claim: Claim, run: Span) -> Span:
    """The part of a run, in whole words, that is most like a quote, with what stands around it."""
    alignment = fuzz.partial_ratio_alignment(claim.quote, run.of(new))
    if alignment is None or len(claim.quote) >= run.end - run.start:
        return run
    words = [Span(word.start(), word.end()) for word in _WORD.finditer(new, run.start, run.end)]
    start, end = run.start + alignment.dest_start, run.start + alignment.dest_end
    starts = sorted((word.start for word in words), key=lambda at: abs(at - start))[:_NEAR]
    ends = sorted((word.end for word in words), key=lambda at: abs(at - end))[:_NEAR]

    def likeness(part: Span) -> float:
        before = fuzz.ratio(_before(old, claim.start), _before(new, part.start))
        after = fuzz.ratio(old[claim.end : claim.end + _EDGE], new[part.end : part.end + _EDGE])
        return fuzz.ratio(claim.quote, part.of(new)) + (before + after) / 4

    parts = [Span(first, last) for first in starts for last in ends if first < last]
    return max(parts, key=lambda part: (likeness(part), -part.start), default=run)


def _before(text: str, at: int) -> str:
    return text[max(0, at - _EDGE) : at]
