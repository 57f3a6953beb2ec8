"""What the readers of all formats share: the papers of one file, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from review.literature.details import NO_DETAILS, Details
from review.literature.identifiers import doi_in
from review.literature.notices import Relation, notices_of
from review.literature.paper import Paper
from review.literature.readers.markup import without_markup
from review.literature.words import is_text
from review.model.errors import InFile, Problem

LONGEST_KEY = 200
LONGEST_TEXT = 100_000
"""Characters of a title or an abstract; what is longer is no abstract."""

_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})(?:(?![0-9])|(?=[01][0-9][0-3][0-9](?![0-9])))")
_REST = re.compile(r"(?:and )?others|et\.? ?al\.?", re.IGNORECASE)


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
        more_authors: bool = False,
        year: str = "",
        container: str = "",
        publication_types: Iterable[str] = (),
        doi: str = "",
        pmid: str = "",
        relations: Iterable[Relation] = (),
        details: Details = NO_DETAILS,
    ) -> None:
        """Keep a paper, or note why it cannot be kept: without a title, too long, or no text.

        An entry without a key is called by its PubMed number, its DOI, or its line in the file.
        """
        key = one_line(key) or pmid or doi or f"line-{line}"
        title = one_line(without_markup(title[: LONGEST_TEXT + 1]))
        names, types = tuple(map(one_line, authors)), tuple(map(one_line, publication_types))
        if len(key) > LONGEST_KEY:
            remedy = f"Use {LONGEST_KEY} at most."
            self.problem(line, f"the key has {len(key)} characters", remedy=remedy)
        elif not title:
            self.problem(line, f"{key!r} has no title", remedy="Give the title.")
        elif max(len(title), len(abstract)) > LONGEST_TEXT:
            remedy = f"Give titles and abstracts of {LONGEST_TEXT:,} characters at most."
            self.problem(line, f"{key!r} is too long to be a title and an abstract", remedy=remedy)
        elif not is_text("".join((key, title, abstract, container, doi, *names, *types))):
            remedy = "Export it again as UTF-8."
            self.problem(line, "the entry holds a code that is no character", remedy=remedy)
        else:
            match = _YEAR.search(year)
            self.papers.append(
                Paper(
                    key=key,
                    title=title,
                    abstract=without_markup(abstract).strip(),
                    place=InFile(self.name, line),
                    authors=tuple(name for name in names if name and not _REST.fullmatch(name)),
                    more_authors=more_authors or any(map(_REST.fullmatch, names)),
                    year=match[1] if match else "",
                    container=one_line(without_markup(container)),
                    publication_types=types,
                    doi=doi_in(doi),
                    pmid=pmid,
                    notices=notices_of(title, types, relations),
                    details=details,
                )
            )


def one_line(text: str) -> str:
    """A text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def text_of(item: Mapping[str, object], *names: str) -> str:
    """The first of the named values that says something, as text; empty where none does.

    A value may be a text, a whole number, or a list that begins with one of them.
    """
    for name in names:
        value = item.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and value.strip():
            return value
        # True and False are whole numbers to Python.
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
