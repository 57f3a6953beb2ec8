"""What the readers of all formats share: the papers of one file, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from review.literature.paper import Paper
from review.literature.words import is_text
from review.model.errors import InFile, Problem

LONGEST_KEY = 200
LONGEST_TEXT = 100_000
"""Characters of a title or an abstract; what is longer is no abstract."""

_YEAR = re.compile(r"\b([12][0-9]{3})\b")


@dataclass(slots=True)
class Entries:
    """The papers of one file and its problems; `name` is the file as the user named it."""

    name: str
    papers: list[Paper] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, line: int, fault: str, *, remedy: str) -> None:
        """Note a problem on a line of the file; 0 for the whole file."""
        self.problems.append(InFile(self.name, line).problem(fault, remedy=remedy))

    def add(
        self,
        line: int,
        key: str,
        title: str,
        abstract: str,
        *,
        authors: Iterable[str] = (),
        year: str = "",
        container: str = "",
        publication_types: Iterable[str] = (),
    ) -> None:
        """Keep a paper, or note why it cannot be kept: without a key or a title, or too long."""
        key, title, authors = one_line(key), one_line(title), tuple(authors)
        publication_types = tuple(publication_types)
        if not key:
            self.problem(line, "the entry has no key", remedy="Give it an id of its own.")
        elif len(key) > LONGEST_KEY:
            remedy = f"Use {LONGEST_KEY} at most."
            self.problem(line, f"the key has {len(key)} characters", remedy=remedy)
        elif not title:
            self.problem(line, f"{key!r} has no title", remedy="Give the title.")
        elif max(len(title), len(abstract)) > LONGEST_TEXT:
            remedy = f"Give titles and abstracts of {LONGEST_TEXT:,} characters at most."
            self.problem(line, f"{key!r} is too long to be a title and an abstract", remedy=remedy)
        elif not is_text("".join((key, title, abstract, container, *authors, *publication_types))):
            remedy = "Export it again as UTF-8."
            self.problem(line, "the entry holds a code that is no character", remedy=remedy)
        else:
            match = _YEAR.search(year)
            self.papers.append(
                Paper(
                    key=key,
                    title=title,
                    abstract=abstract.strip(),
                    place=InFile(self.name, line),
                    authors=tuple(name for name in map(one_line, authors) if name),
                    year=match[1] if match else "",
                    container=one_line(container),
                    publication_types=tuple(map(one_line, publication_types)),
                )
            )


def one_line(text: str) -> str:
    """A text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def text_of(item: Mapping[str, object], *names: str) -> str:
    """The first of the named values that is a text or a whole number, as text; empty where none is."""
    for name in names:
        value = item.get(name)
        if isinstance(value, str):
            return value
        # True and False are whole numbers to Python.
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
