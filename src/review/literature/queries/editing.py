"""The words of a search as a text that a person reads, edits and gives back: a section a database."""

import re
from collections.abc import Iterable, Iterator, Mapping

from review.literature.queries.syntax import Database
from review.model.errors import InFile, ParameterError, Problem

LONGEST_QUERY = 8_000
_HEADING = re.compile(r"\[([^\]]*)\]")
_COMMENT = "#"
_DATABASES = {str(database).casefold(): database for database in Database}


def queries_text(queries: Mapping[Database, str], remarks: Iterable[str] = ()) -> str:
    """The words for each database under its name in brackets, with remarks on top."""
    head = "".join(f"{_COMMENT} {remark}\n" for remark in remarks)
    return head + "\n".join(f"[{database}]\n{words}\n" for database, words in queries.items())


def read_queries(text: str, name: str) -> dict[Database, str]:
    """The words of each section, on one line; a section without words asks its database nothing.

    `name` stands in the problems. Raises ParameterError with every problem: a section of no known
    database, one that comes twice, words before the first section or too many of them, none at all.
    """
    sections: dict[Database, list[str]] = {}
    problems: list[Problem] = []
    current: list[str] | None = None
    for number, line in enumerate(map(str.strip, text.removeprefix("\ufeff").splitlines()), start=1):
        place = InFile(name, number)
        if not line or line.startswith(_COMMENT):
            continue
        if heading := _HEADING.fullmatch(line):
            database = _DATABASES.get(heading[1].strip().casefold())
            problems += _heading_problems(place, heading[1], database, sections)
            current = []
            if database:
                current = sections.setdefault(database, current)
        elif current is None:
            remedy = f"Put a line such as [{Database.PUBMED}] before them."
            problems.append(place.problem("these words stand in no section", remedy=remedy))
        else:
            current.append(line)
    queries = {database: " ".join(lines) for database, lines in sections.items() if lines}
    problems += _length_problems(InFile(name), queries)
    if not queries and not problems:
        fault = "there are no words in it"
        problems.append(InFile(name).problem(fault, remedy="Write what a database is to be asked."))
    if problems:
        raise ParameterError(problems)
    return {database: queries[database] for database in Database if database in queries}


def _heading_problems(
    place: InFile, heading: str, database: Database | None, sections: Mapping[Database, object]
) -> Iterator[Problem]:
    if database is None:
        remedy = f"Name one of {', '.join(Database)}."
        yield place.problem(f"{heading!r} is no database that can be asked from here", remedy=remedy)
    elif database in sections:
        yield place.problem(f"{database} has a section already", remedy="Keep one of them.")


def _length_problems(place: InFile, queries: Mapping[Database, str]) -> Iterator[Problem]:
    for database, words in queries.items():
        if len(words) > LONGEST_QUERY:
            fault = f"the words for {database} have {len(words):,} characters"
            yield place.problem(fault, remedy=f"Use {LONGEST_QUERY:,} at most.")
