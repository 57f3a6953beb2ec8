"""Answers held to the form that was expected: what is cut, of another form or a fault is never read."""

import json
from collections.abc import Iterator, Mapping

from lxml import etree

from review.literature.services.answer import NotAsked


class UnreadableError(Exception):
    """An answer that cannot be read: why, and in words."""

    def __init__(self, why: NotAsked, fault: str) -> None:
        self.why = why
        self.fault = fault
        super().__init__(why, fault)


def json_object(content: bytes) -> Mapping[str, object]:
    """The object of an answer in JSON. Raises UnreadableError where it holds none."""
    if content.lstrip().startswith(b"<"):
        raise UnreadableError(NotAsked.WRONG_FORM, "it answered with a web page, not with JSON")
    try:
        found = json.loads(content)
    except json.JSONDecodeError as error:
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
            raise UnreadableError(NotAsked.TRUNCATED, "its answer ends before it is whole") from None
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer is not JSON") from None
    # Bytes that are no text, a number of thousands of figures, or lists that lie too deep.
    except (ValueError, RecursionError):
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer is not JSON") from None
    if not isinstance(found, dict):
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer is not a JSON object")
    return found


def xml_root(content: bytes, *names: str) -> etree._Element:
    """The root of an answer in XML, which must be one of `names`; nothing it names is fetched.

    Raises UnreadableError.
    """
    # Without `huge_tree` the parser keeps its own bounds on depth and size.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        if b"<" + names[0].encode() in content and b"</" + names[0].encode() not in content[-200:]:
            raise UnreadableError(NotAsked.TRUNCATED, "its answer ends before it is whole") from None
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer is not XML") from None
    if root.tag not in names:
        fault = f"its answer is not a {names[0]}"
        raise UnreadableError(NotAsked.WRONG_FORM, fault)
    return root


def part(item: Mapping[str, object], *names: str) -> Mapping[str, object]:
    """The object that lies in an object by these names, one within the other; empty where none does."""
    for name in names:
        inner = item.get(name)
        item = inner if isinstance(inner, Mapping) else {}
    return item


def parts(item: Mapping[str, object], name: str) -> Iterator[Mapping[str, object]]:
    """The objects in the list of this name."""
    values = item.get(name)
    for value in values if isinstance(values, list) else []:
        if isinstance(value, Mapping):
            yield value


def texts(item: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The texts in the list of this name."""
    values = item.get(name)
    return tuple(v for v in values if isinstance(v, str)) if isinstance(values, list) else ()


def whole_number(item: Mapping[str, object], name: str) -> int | None:
    """A whole number, also where it is written as a text; None where there is none."""
    value = item.get(name)
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
