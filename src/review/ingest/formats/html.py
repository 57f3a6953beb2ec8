"""HTML to a page, by two readings whose difference is shown."""

from collections.abc import Mapping

import trafilatura
from lxml import etree
from lxml.etree import _Element as Element

from review.ingest.formats.compare import only_in, words
from review.ingest.formats.encoding import decoded
from review.ingest.formats.one_line import put_on_line
from review.ingest.formats.walk import Walked, walk
from review.ingest.reading import Reading, canonical_text, one_line, passages
from review.model.errors import InputError, InSource

BY_WALK = "the walk over the page; the article extractor kept no more than twice as many words"
BY_ARTICLE = "the article extractor, because it kept more than twice as many words as the walk"
MAX_DEPTH = 250
"""What a user is told: the parser stops after 256 elements, html and body among them."""


def read_html(content: bytes, name: str, charset: str = "") -> Reading:
    """The text of an HTML page, with what only one of two readings kept.

    One reading walks the page and keeps every block but menus, footers, banners, buttons and hidden
    blocks; the other is trafilatura, set to keep rather too much. The walk gives the text, unless
    trafilatura kept more than twice as many words. Raises InputError for what cannot be read whole.
    """
    source, note = decoded(content, name, charset, markup=True)
    root = parsed(source, name)
    shifted = put_on_line(root)
    walked = walk(root)
    # As it came, unless the extractor would read raised characters as if they were none.
    changed = any(shifted.values())
    article = _article(etree.tostring(root, encoding="unicode", method="html") if changed else source)
    by_walk = 2 * len(words(walked.text)) >= len(words(article))
    chosen = walked.text if by_walk else article
    text, notes = canonical_text(chosen, name)
    return Reading(
        text,
        BY_WALK if by_walk else BY_ARTICLE,
        _title(root),
        (note, *notes, *_unread(walked), *on_line_notes(shifted)),
        passages(only_in(walked.text, article)),
        passages(only_in(article, walked.text)),
        passages(walked.set_aside),
    )


def parsed(source: str, name: str) -> Element:
    """The elements of a page without comments. Raises InputError where the parser stops early."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    # The parser goes on with what it has: only its log tells that the page is cut short.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        fault = f"the page is nested deeper than {MAX_DEPTH} elements, or otherwise without measure"
        remedy = "Open it in a browser, copy its text and give that as plain text."
        raise InputError.at(InSource(name), fault, remedy=remedy)
    if root is None:
        raise InputError.at(InSource(name), "no text was found", remedy="Give a source that holds text.")
    return root


def _article(source: str) -> str:
    """What trafilatura takes for the main text."""
    return trafilatura.extract(source, favor_recall=True, include_comments=False) or ""


def _title(root: Element) -> str:
    for path in (".//head/title", ".//h1"):
        element = root.find(path)
        if element is not None and (title := one_line("".join(element.itertext()))):
            return title
    return ""


def on_line_notes(counts: Mapping[str, int]) -> list[str]:
    """What is said of raised characters and formulas that were put on the line."""
    return [f"{kind}, written on the line: {count}" for kind, count in counts.items() if count]


def _unread(walked: Walked) -> list[str]:
    return [f"{kind} that were not read: {count}" for kind, count in walked.unread.items()]
