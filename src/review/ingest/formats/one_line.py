"""What stands above or below the line of an HTML page, put on it before anything reads the page."""

import re
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

from review.ingest.formats.formula import linear
from review.ingest.formats.raised import Shift, on_line

_INLINE = frozenset("a abbr b bdi cite code em font i mark q s small span strong sub sup u var".split())
_ALIGNED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_LONGEST = 60
"""Characters of raised text: more are a part of the page that a forgotten end put there, and stay."""
_NEIGHBOURS = 4
"""Elements before a raised one that are looked at for what it follows."""


def put_on_line(root: Element) -> dict[str, int]:
    """Put raised and lowered characters and formulas of a page on its line; gives how many of each."""
    counts = {"raised or lowered characters": 0, "formulas": 0}
    # What lies within is there before what it lies in.
    for element in reversed(list(root.iter(etree.Element))):
        if element.tag == "math":
            counts["formulas"] += 1
            _replace(element, linear(element))
        elif (shift := _shift(element)) and _is_short(element):
            counts["raised or lowered characters"] += 1
            _replace(element, on_line("".join(element.itertext()), _before(element), shift))
        elif shift:
            element.text = f" {element.text or ''}"
    return counts


def _shift(element: Element) -> Shift | None:
    aligned = _ALIGNED.search(element.get("style") or "")
    where = aligned[1].lower() if aligned else str(element.tag)
    # The role is that of DPUB-ARIA; a link within leads to the note, or to its source.
    if element.get("role") == "doc-noteref":
        return Shift.NOTE
    if where in ("sup", "super"):
        return Shift.NOTE if element.find(".//a[@href]") is not None else Shift.UP
    return Shift.DOWN if where == "sub" else None


def _is_short(element: Element) -> bool:
    inner = islice(element.iterdescendants(), _LONGEST)
    return all(part.tag in _INLINE for part in inner) and len("".join(element.itertext())) <= _LONGEST


def _before(element: Element) -> str:
    """The text that an element follows on its line."""
    parent = element.getparent()
    for sibling in islice(element.itersiblings(preceding=True), _NEIGHBOURS):
        text = sibling.tail or ("".join(sibling.itertext()) if sibling.tag in _INLINE else " ")
        if text:
            return text
    if parent is None or parent.text:
        return "" if parent is None else parent.text or ""
    return _before(parent) if parent.tag in _INLINE else ""


def _replace(element: Element, text: str) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    words = f"{text}{element.tail or ''}"
    if before is None:
        parent.text = f"{parent.text or ''}{words}"
    else:
        before.tail = f"{before.tail or ''}{words}"
    parent.remove(element)
