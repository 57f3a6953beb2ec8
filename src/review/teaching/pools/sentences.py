"""Lesson 1, find the claims on a page: a sentence in its passage, and what it claims, if anything."""

import hashlib
import re
from collections.abc import Iterator, Sequence

from review.dossier.dossier import Dossier
from review.language.claims.segments import Segment, SegmentKind, segments
from review.model.records import Claim, Page
from review.model.vocabulary import Category, Wording, YesNo, spoken
from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem
from review.teaching.pools.facts import one_line

NO_CLAIM = "no-claim"
CHOICES = (NO_CLAIM, *(str(category) for category in Category))

FEWEST_WORDS = 4
"""Shorter sentences, such as `Keep reading..`, are not asked about."""

_ASKED = (SegmentKind.SENTENCE, SegmentKind.POINT, SegmentKind.QUESTION)
_REFERENCE = re.compile(r"\((?:19|20)\d\d\)\.")
"""Marks a line of a page's own list of references."""


def items(dossier: Dossier) -> tuple[LessonItem, ...]:
    """One item for each sentence, point or question of a page of which the record says one thing.

    A sentence that holds claims of several categories, or a part of one, is left out, as are lines
    that only cite. Choices are `no-claim` and the categories.
    """
    return tuple(
        item for page in dossier.page_ids for item in _of_page(dossier, dossier.evidence.pages[page])
    )


def _of_page(dossier: Dossier, page: Page) -> Iterator[LessonItem]:
    claims = [claim for claim in dossier.evidence.claims.values() if claim.page == page.page]
    asked = set()
    for segment in segments(page.text):
        words = segment.span.of(page.text)
        held = _within(claims, segment.start, segment.end)
        # A page that says a sentence twice is asked about it once: both would have one id.
        if not _is_asked(page, segment, words) or held is None or words in asked:
            continue
        asked.add(words)
        yield _item(page, segment, words, held, claims)


def _is_asked(page: Page, segment: Segment, words: str) -> bool:
    is_whole = len(words.split()) >= FEWEST_WORDS and not words.endswith(":")
    start, end = _line(page.text, segment)
    return segment.kind in _ASKED and is_whole and not _REFERENCE.search(page.text, start, end)


def _within(claims: Sequence[Claim], start: int, end: int) -> tuple[Claim, ...] | None:
    """The claims that a stretch holds; None where one goes beyond it or their categories differ."""
    held = tuple(claim for claim in claims if claim.start < end and start < claim.end)
    goes_beyond = any(claim.start < start or claim.end > end for claim in held)
    return None if goes_beyond or len({claim.category for claim in held}) > 1 else held


def _item(
    page: Page, segment: Segment, words: str, held: tuple[Claim, ...], claims: Sequence[Claim]
) -> LessonItem:
    # Named by its words: a page that gains a line elsewhere keeps the ids of its other sentences.
    name = f"1.{page.page}.{hashlib.sha256(words.encode()).hexdigest()[:10]}"
    start, end = _line(page.text, segment)
    beside = {claim.category for claim in claims if claim.start < end and start < claim.end}
    heading = [f"Under the heading: “{one_line(segment.heading)}”"] if segment.heading else []
    return LessonItem(
        item=name,
        lesson=1,
        group=name,
        prompt=f"What kind of claim does this sentence make, if any? “{one_line(words)}”",
        choices=CHOICES,
        scale=AnswerScale.NOMINAL,
        difficulty=_difficulty(segment, held, len(beside) > 1),
        key=Key(
            value=str(held[0].category) if held else NO_CLAIM,
            reason=_reason(held),
            basis=KeyBasis.JUDGEMENT,
            rule="A claim is one checkable assertion (evidence/README.md, claims.csv)",
            read="evidence/claims.csv" if held else f"evidence/pages/{page.page}.txt",
        ),
        context="\n".join(
            [f"Page: {page.title}", *heading, f"Passage: “{one_line(page.text[start:end])}”"]
        ),
        about=(one_line(words), *(claim.claim for claim in held), *(one_line(c.quote) for c in held)),
    )


def _reason(held: tuple[Claim, ...]) -> str:
    if not held:
        return "The record holds no claim here: nothing is asserted that could be checked."
    quotes = "; ".join(f"{claim.claim}, “{one_line(claim.quote)}”" for claim in held)
    return f"Recorded as {spoken(held[0].category)}: {quotes}."


def _line(text: str, segment: Segment) -> tuple[int, int]:
    """The passage of a segment: the line in which it stands."""
    end = text.find("\n", segment.end)
    return text.rfind("\n", 0, segment.start) + 1, len(text) if end < 0 else end


def _difficulty(segment: Segment, held: tuple[Claim, ...], is_mixed: bool) -> int:
    """1, and one more for each, up to 3: hedged wording; a claim that is not worth checking, or a
    statement that is none; a passage in which claims of several categories stand.
    """
    points = [
        any(claim.wording is Wording.HEDGED for claim in held),
        any(claim.checkworthy is YesNo.NO for claim in held)
        or (not held and segment.kind is not SegmentKind.QUESTION),
        is_mixed,
    ]
    return 1 + min(2, sum(points))
