"""Which parts of an HTML page are not its text: menus, footers, banners, buttons, hidden blocks."""

import re

from lxml.etree import _Element as Element

SILENT = frozenset(
    "area audio base canvas datalist embed head iframe input link map math meta object param script "
    "source style svg template textarea track video".split()
)
"""Elements that hold no text for a reader; they are not listed."""

_ALWAYS = frozenset("button dialog nav noscript option select title".split())
_ROLES = frozenset(
    "alertdialog button contentinfo dialog menu menubar navigation search toolbar".split()
)
_COOKIE = frozenset(
    "cmp cookie cookies cookiebanner cookiebot cookieconsent consent gdpr onetrust".split()
)
_MENU = frozenset(
    "megamenu menu nav navbar navigation pager pagination share sharing social submenu".split()
)
_TRAIL = frozenset("breadcrumb breadcrumbs".split())
_FOOTER = frozenset(["colophon", "footer"])
_SKIP = frozenset(["skip", "skiplink"])
_ICONS = frozenset(["icons", "icon"])
_FOLDED = frozenset("accordion answer collapse collapsible faq panel tab tabpanel tabs toggle".split())
_TITLE = frozenset(
    "button control head header heading label question summary title toggle trigger".split()
)
_FEW_LETTERS = 40
"""A block called icons that holds more is more than a row of icons."""
_MOSTLY = 0.6
"""From this share of its characters within links on, a block is mostly links."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPLIT = re.compile(r"[\s_\-]+|(?<=[a-z])(?=[A-Z])")


def names(element: Element) -> frozenset[str]:
    """The words in the class and the id of an element, in lower case."""
    given = f"{element.get('class') or ''} {element.get('id') or ''}"
    return frozenset(word.lower() for word in _SPLIT.split(given) if word)


def is_question(element: Element) -> bool:
    """Whether the element opens a folded part by its kind, its state or its class."""
    if element.tag == "summary" or element.get("aria-expanded") is not None:
        return True
    words = names(element)
    # "toggle" stands in both lists: by itself it tells neither.
    return bool(words & _FOLDED and words & _TITLE) and len(words & (_FOLDED | _TITLE)) > 1


def is_aside(element: Element) -> bool:
    """Whether an element and all in it are set aside.

    Banners and footers that are known only by a class never take the main text with them; menus known
    only by a class must hold mostly links.
    """
    tag, role = element.tag, element.get("role")
    if tag in ("html", "body", "main", "article"):
        return False
    if tag == "button" or role == "button":
        return not is_question(element) or _opens_a_menu(element)
    if tag == "a":
        return bool(names(element) & _SKIP)
    if tag in _ALWAYS or role in _ROLES or _is_hidden(element):
        return True
    if tag == "footer":
        return not _is_within(element, "article", "blockquote", "main")
    return _is_aside_by_name(element)


def _opens_a_menu(element: Element) -> bool:
    return bool(names(element) & _MENU) or _is_within(element, "header", "nav")


def _is_aside_by_name(element: Element) -> bool:
    words = names(element)
    if not words or element.find(".//h1") is not None or element.find(".//main") is not None:
        return False
    if words & (_COOKIE | _TRAIL) or (
        words & _ICONS and len("".join(element.itertext())) < _FEW_LETTERS
    ):
        return True
    if words & _FOOTER and not _is_within(element, "article", "main", "section"):
        return True
    return bool(words & (_MENU | _SKIP)) and _is_mostly_links(element)


def _is_hidden(element: Element) -> bool:
    """Hidden for good: a folded part is hidden too, but opens when it is asked for."""
    style = element.get("style")
    hidden = element.get("hidden") is not None or (style and _HIDDEN.search(style))
    return bool(hidden) and not names(element) & _FOLDED and element.get("role") != "tabpanel"


def _is_within(element: Element, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _is_mostly_links(element: Element) -> bool:
    whole = len("".join(element.itertext()).strip())
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    return linked >= _MOSTLY * whole
