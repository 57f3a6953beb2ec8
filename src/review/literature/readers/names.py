"""Names of authors as databases print them, in the form in which a citation has them."""

import re
from collections.abc import Iterable, Iterator

from review.literature.details import Person
from review.model.names import is_body

_INITIALS = re.compile(r"(?:\s+(?:[A-Z]\.?-?){1,4})(?:,?\s+(?:Jr|Sr|II|III|IV|2nd|3rd)\.?)?$")

_INITIALS_BEFORE = re.compile(r"^(?:[A-Z]\.[ -]?)+(?=\S{2})")


def cited_names(names: Iterable[str]) -> Iterator[str]:
    """The family names of people, bodies whole; several in one field are taken apart at `;`."""
    for field in names:
        for name in field.split(";"):
            yield cited_name(name)


def cited_name(name: str) -> str:
    """`Doe, Jane`, `Doe JA`, `Doe J.` and `J. Doe` as `Doe`; a body, and any other name, whole."""
    name = name.strip().strip("{}").rstrip(",").strip()
    if is_body(name):
        return name
    family, comma, _ = name.partition(",")
    return family if comma else _INITIALS.sub("", _INITIALS_BEFORE.sub("", name))


def people(names: Iterable[str]) -> tuple[Person, ...]:
    """The authors of some fields, each with the given names or initials that stand there."""
    return tuple(_person(name.strip()) for field in names for name in field.split(";") if name.strip())


def _person(name: str) -> Person:
    family = cited_name(name)
    bare = name.strip("{}").strip().rstrip(",").strip()
    if family == bare:
        return Person(family, is_body=is_body(name))
    head, _, tail = bare.partition(family)
    return Person(family, tail.strip(" ,") or head.strip(" ,"))
