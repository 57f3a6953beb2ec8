"""A page as HTML with everything that is triaged marked: by symbol and number, and by colour."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from review.language.sentences import Span
from review.model.visible import visible
from review.people.triage import TriageItem, TriageState

SYMBOLS = {TriageState.OPEN: "?", TriageState.CLAIMED: "✓", TriageState.REFUSED: "✗"}
LEGEND = "? open, ✓ claim, ✗ refused; ▶ the one at hand. Each stands between [ and ]."

MOST_AROUND = 1_500
"""Characters shown on either side of the words at hand."""

STYLE = """<style>
.review-triage .review-page { white-space: pre-wrap; line-height: 1.7; overflow-wrap: anywhere; }
.review-triage .review-whole { border-top: 1px solid #767676; padding: 0.5em 0; }
.review-triage .review-page mark { color: #1a1a1a; background: #ffe9a8; padding: 0.1em 0; }
.review-triage .review-page mark.claimed { background: #cdebd0; }
.review-triage .review-page mark.refused { background: #e3e3e3; text-decoration: line-through; }
.review-triage .review-page mark.shown { box-shadow: 0 3px 0 #1a4f9c; font-weight: bold; }
.review-triage .review-page b { font-size: 0.8em; user-select: none; }
.review-triage.review-triage.review-triage :focus { outline: 3px solid #1a5fb4 !important; }
.review-triage dl { display: grid; grid-template-columns: 9em 1fr; gap: 0.1em 0.6em; margin: 0.4em 0; }
.review-triage dl > * { margin: 0; padding: 0; line-height: 1.4; float: none; width: auto; }
.review-triage dt { text-align: right; font-weight: normal; white-space: nowrap; }
.review-triage ul.review-list { list-style: none; margin: 0.2em 0; padding: 0 0 0 9.6em; }
.review-triage ul.review-list li { margin: 0; line-height: 1.5; }
</style>"""
"""Colours with a contrast of at least 7 to 1 on light and dark themes alike."""


def page_html(text: str, items: Sequence[TriageItem], key: str, part: Span | None = None) -> str:
    """`text`, or a `part` of it, with `items` in reading order marked and the one named `key` set off.

    Whatever the page says is escaped: nothing of it is live.
    """
    span = part or Span(0, len(text))
    met = [
        (number, item)
        for number, item in enumerate(items, start=1)
        if item.start < span.end and span.start < item.end
    ]
    ends = {place for _, item in met for place in (item.start, item.end)}
    places = sorted({*span, *(place for place in ends if span.start < place < span.end)})
    pieces = [
        _labels(met, key, start) + _piece(text[start:end], [i for _, i in met if _covers(i, start)], key)
        for start, end in pairwise(places)
    ]
    return "".join([*pieces, _labels(met, key, span.end)])


def whole_page_html(text: str, items: Sequence[TriageItem], key: str) -> str:
    """The whole page, with what its marks mean."""
    box = '<div class="review-page review-whole" role="region" aria-label="The page">'
    return f"{LEGEND}{box}{page_html(text, items, key)}</div>"


def lines_around(text: str, start: int, end: int) -> Span:
    """The lines in which a stretch stands, with the one before and the one after, if not too long."""
    line = text.rfind("\n", 0, start) + 1
    # The line before it, past empty ones.
    first = text.rfind("\n", 0, len(text[:line].rstrip())) + 1
    rest = text[_line_end(text, end) :]
    last = _line_end(text, len(text) - len(rest.lstrip()))
    return Span(max(first, start - MOST_AROUND), min(last, end + MOST_AROUND))


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return end if end >= 0 else len(text)


def _covers(item: TriageItem, place: int) -> bool:
    return item.start <= place < item.end


def _labels(met: Sequence[tuple[int, TriageItem]], key: str, place: int) -> str:
    """What ends and what begins at `place`."""
    closing = [f"<b>{number}]</b>" for number, item in met if item.end == place]
    opening = [
        f"<b>[{'▶' if item.key == key else ''}{number}{SYMBOLS[item.state]}&nbsp;</b>"
        for number, item in met
        if item.start == place
    ]
    return "".join([*closing, *opening])


def _piece(words: str, items: Sequence[TriageItem], key: str) -> str:
    escaped = escape(visible(words))
    if not items:
        return escaped
    return f'<mark class="{" ".join(_classes(items, key))}">{escaped}</mark>'


def _classes(items: Sequence[TriageItem], key: str) -> Iterator[str]:
    """How words are marked that stand in `items`: as what is least done of them."""
    states = {item.state for item in items}
    yield next(str(state) for state in TriageState if state in states)
    if any(item.key == key for item in items):
        yield "shown"
