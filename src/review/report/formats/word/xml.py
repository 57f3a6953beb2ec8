"""Elements of a Word file, added one by one: words go in as text and never as markup."""

from functools import cache
from typing import Any, TypeAlias

from docx.oxml.ns import qn
from lxml import etree

Element: TypeAlias = Any
"""An element of a Word file; lxml has no types."""


def add(parent: Element, name: str, /, **values: object) -> Element:
    """A new last child `name` of `parent`, with attributes in Word's own namespace."""
    return etree.SubElement(parent, _own(name), {_own(key): str(values[key]) for key in values})


@cache
def _own(name: str) -> str:
    """A name in Word's own namespace; a report takes a few names a million times."""
    return str(qn(f"w:{name}"))
