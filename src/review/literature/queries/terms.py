"""The words of a question as a tree: terms, of which any or all must stand in a record."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_SPELLINGS = 40
"""A phrase that can be spelled in more ways is left out of a query, and that is told."""

# A point or an apostrophe within a word belongs to it ("0.5", "Crohn's"), at its end to the sentence.
_WORD = re.compile(r"[^\W_]+(?:[-‐‑–'’.][^\W_]+)*\*?")
_HYPHENS = str.maketrans("‐‑–’", "---'")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together in this order; one that ends in `*` may go on with any letters."""

    words: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether one of the words may go on."""
        return any(word.endswith("*") for word in self.words)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts."""

    parts: tuple["Asked", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the parts."""

    parts: tuple["Asked", ...]


Asked = Term | AnyOf | AllOf


def term(text: str) -> Term | None:
    """The words of a text as one term, in small letters; None where it holds no word.

    Whatever is neither letter nor digit is left out, so that nothing of a text is ever read as an
    operator, a field or the end of a phrase by a database.
    """
    found = tuple(_WORD.findall(text.translate(_HYPHENS).lower()))
    return Term(found) if found else None


def any_of(parts: Iterable[Asked | None]) -> Asked | None:
    """One of the parts that are there: each once, alternatives within them beside the others."""
    return _joined(AnyOf, parts)


def all_of(parts: Iterable[Asked | None]) -> Asked | None:
    """All of the parts that are there, each once."""
    return _joined(AllOf, parts)


def _joined(kind: type[AnyOf] | type[AllOf], parts: Iterable[Asked | None]) -> Asked | None:
    flat: dict[Asked, None] = {}
    for part in parts:
        if part is not None:
            flat |= dict.fromkeys(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


class SpellingError(ValueError):
    """A phrase names no words that a database could be asked for."""


def spellings(phrase: str) -> tuple[str, ...]:
    """The ways in which a phrase of a subject is spelled, each once, in the order of the phrase.

    See `review.model.knowledge.phrases` for what a phrase is. Raises SpellingError for one that stands
    for any number, a gap, a term of a pack, a word that may differ in its middle, or too many words.
    """
    found, end = _choice(phrase, 0)
    if end < len(phrase):
        raise SpellingError(phrase)
    plain = dict.fromkeys(" ".join(spelling.split()) for spelling in found)
    if any(re.search(r"\*\w", spelling) for spelling in plain):
        raise SpellingError(phrase)
    return tuple(spelling for spelling in plain if spelling)


def _choice(phrase: str, at: int) -> tuple[list[str], int]:
    """The spellings of alternatives between bars from `at` on, and where what closes them stands."""
    done: list[str] = []
    current = [""]
    while at < len(phrase) and phrase[at] not in ")]":
        sign = phrase[at]
        at += 1
        if sign in "#…<":
            raise SpellingError(phrase)
        if sign == "|":
            done, current = [*done, *current], [""]
            continue
        following = [sign]
        if sign == "\\":
            following, at = [phrase[at : at + 1]], at + 1
        elif sign in "([":
            inner, at = _choice(phrase, at)
            following, at = ([*inner, ""] if sign == "[" else inner), at + 1
        elif sign == "^":
            following = [""]
        current = [f"{before}{after}" for before in current for after in following]
        if len(done) + len(current) > MOST_SPELLINGS:
            raise SpellingError(phrase)
    return [*done, *current], at


def terms_of(asked: Asked) -> Iterator[Term]:
    """Every term of a tree, in order."""
    if isinstance(asked, Term):
        yield asked
    else:
        for part in asked.parts:
            yield from terms_of(part)
