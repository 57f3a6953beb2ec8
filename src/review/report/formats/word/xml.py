"""Elements of a Word file, added one by one: words go in as text and never as markup."""

from typing import Any, TypeAlias

from docx.oxml.ns import qn
from lxml import etree

Element: TypeAlias = Any
"""An element of a Word file; lxml has no types."""


def add(parent: Element, name: str, /, **values: object) -> Element:
    """A new last child `name` of `parent`, with attributes in Word's own namespace."""
    child = etree.SubElement(parent, qn(f"w:{name}"))
    for key, value in values.items():
        child.set(qn(f"w:{key}"), str(value))
    return child
