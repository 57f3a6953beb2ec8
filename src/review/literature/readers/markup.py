"""The marks of HTML and JATS that exports leave in titles and abstracts, taken out."""

import html
import re

from review.literature.details import Section
from review.model.superscripts import raised

# A tag has a name, and attributes only with values: "p <b and c> d" is none.
_ATTRIBUTES = r"(?:\s+[\w:-]{1,40}\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?"
_TAG = re.compile(rf"</?(?:jats:|mml:)?[a-z][a-z0-9-]{{0,19}}{_ATTRIBUTES}>", re.IGNORECASE)
_RAISED = re.compile(r"<(jats:)?sup>([^<>]{1,40})</(?:jats:)?sup>", re.IGNORECASE)
# After these a word goes on; after all others a new one begins.
_WITHIN_WORD = re.compile(
    rf"</?(?:jats:)?(?:i|b|u|em|strong|sub|sup|italic|bold|sc|span|small){_ATTRIBUTES}>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def without_markup(text: str) -> str:
    """The text as a reader sees it: tags gone, entities as characters, raised figures still raised."""
    if "<" in text:
        text = _RAISED.sub(lambda match: raised(match[2]), text)
        text = _TAG.sub(" ", _WITHIN_WORD.sub("", text))
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


_JATS_HEADING = re.compile(r"<(?:jats:)?title>(.*?)</(?:jats:)?title>", re.DOTALL)
_HTML_HEADING = re.compile(r"<h4>(.*?)</h4>", re.DOTALL)


def jats_sections(marked: str) -> tuple[Section, ...]:
    """The parts of an abstract in JATS by their titles; nothing of one that has no titles."""
    return _sections(marked, _JATS_HEADING)


def html_sections(marked: str) -> tuple[Section, ...]:
    """The parts of an abstract in which headings are marked as `h4`, as Europe PMC has them."""
    return _sections(marked, _HTML_HEADING)


def _sections(marked: str, heading: re.Pattern[str]) -> tuple[Section, ...]:
    before, *rest = heading.split(marked)
    if not rest:
        return ()
    labelled = [("", before), *zip(rest[::2], rest[1::2], strict=True)]
    found = ((_plain(label).rstrip(":"), _plain(text)) for label, text in labelled)
    # The first title is often the word Abstract, which stands above all others and is no label.
    parts = [("" if label.lower() == "abstract" else label, text) for label, text in found if text]
    return tuple(Section(*part) for part in parts) if any(label for label, _ in parts) else ()


def _plain(marked: str) -> str:
    return " ".join(without_markup(marked).split())
