"""The marks of HTML and JATS that exports leave in titles and abstracts, taken out."""

import html
import re

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
