"""`references.bib`: its entries, what is wrong with them, and plain citations made from them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from textwrap import shorten

from pydantic import ValidationError

from review.model.bibtex import MONTHS, BibtexFile, author_names, cited_name, parse_bibtex
from review.model.errors import InFile, Problem
from review.model.fields import is_web_address
from review.model.latex import address, plain_text
from review.model.records import Reference

__all__ = [
    "FIELD_ORDER",
    "Bibliography",
    "address",
    "author_names",
    "latest_publication_date",
    "plain_text",
    "publication_date",
    "read_bibliography",
    "short_citation",
    "write_bibliography",
]

FIELD_ORDER = (
    "author",
    "title",
    "journal",
    "booktitle",
    "howpublished",
    "publisher",
    "year",
    "month",
    "day",
    "volume",
    "number",
    "pages",
    "doi",
    "pmid",
    "url",
    "note",
)
"""The fields a reference may have, in the order they are written."""


@dataclass(slots=True)
class Bibliography:
    """The entries of one BibTeX file, where they stand, and the problems that were met."""

    references: dict[str, Reference] = field(default_factory=dict)
    places: dict[str, InFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_bibliography(text: str, name: str) -> Bibliography:
    """Every entry of `text`; an entry that cannot be read is a problem, never a missing reference.

    `name` stands in the problems. Unknown fields and values of the wrong form are problems too.
    """
    result = Bibliography()
    file = parse_bibtex(text, name)
    result.problems += _problems_of_form(file, name)
    for entry in file.entries:
        if entry.key in result.references:
            continue
        place = InFile(name, entry.line)
        result.problems += _field_problems(entry.fields, entry.key, place)
        try:
            reference = Reference(key=entry.key, entry_type=entry.entry_type, fields=entry.fields)
        except ValidationError:
            remedy = "Use lower-case letters, digits and _, beginning with a letter."
            fault = f"the key {entry.key!r} is not allowed"
            result.problems.append(place.problem(fault, remedy=remedy))
            continue
        result.references[entry.key] = reference
        result.places[entry.key] = place
    result.problems.sort(key=lambda problem: problem.place.order)
    return result


def _problems_of_form(file: BibtexFile, name: str) -> Iterator[Problem]:
    """What the canonical form has no place for, and so would lose."""
    yield from file.problems
    for aside in file.asides:
        place = InFile(name, aside.line)
        if aside.block:
            remedy = "Remove it; where it is a macro, write its value into the entries."
            yield place.problem(f"a block {aside.block} stands here", remedy=remedy)
        else:
            fault = f"text stands between entries: {aside.text[:40]!r}"
            yield place.problem(fault, remedy="Remove it, or mend the entry above it.")
    seen: set[str] = set()
    for entry in file.entries:
        place = InFile(name, entry.line)
        if entry.key in seen:
            remedy = "Remove or rename one entry."
            yield place.problem(f"the key {entry.key!r} stands twice", remedy=remedy)
        seen.add(entry.key)
        if entry.repeated:
            fault = f"a field stands twice: {', '.join(sorted(entry.repeated))}"
            yield place.problem(fault, remedy="Keep one of them.")
        for composed in sorted(entry.composed):
            fault = f"{entry.key}: {composed} is put together with # or a macro"
            yield place.problem(fault, remedy="Write the value whole, in braces.")


def _field_problems(fields: Mapping[str, str], key: str, place: InFile) -> Iterator[Problem]:
    for unknown in sorted(set(fields) - set(FIELD_ORDER)):
        remedy = f"Use only {', '.join(FIELD_ORDER)}."
        yield place.problem(f"{key} has an unknown field {unknown!r}", remedy=remedy)
    if not fields.get("title"):
        yield place.problem(f"{key} has no title", remedy="Give the title, or a description.")
    for numeric, pattern in (("year", r"[12][0-9]{3}"), ("pmid", r"[1-9][0-9]{0,7}")):
        if numeric in fields and not re.fullmatch(pattern, fields[numeric]):
            fault = f"{key}: {numeric} {fields[numeric]!r} is not a number of the right form"
            yield place.problem(fault, remedy="Correct it, or leave the field out.")
    if "doi" in fields and not re.fullmatch(r"10\.[0-9]{4,9}/\S+", fields["doi"]):
        fault = f"{key}: doi {fields['doi']!r} is not a DOI"
        yield place.problem(fault, remedy="Write it bare, beginning with 10.")
    if "url" in fields and not is_web_address(address(fields["url"])):
        fault = f"{key}: url {fields['url']!r} is not an address of the web"
        yield place.problem(fault, remedy="Begin it with https:// or http://, or leave the field out.")
    try:
        latest_publication_date(fields)
    except ValueError:
        yield place.problem(f"{key} has an impossible date", remedy="Correct month and day.")


def write_bibliography(references: Mapping[str, Reference]) -> str:
    """The canonical text: entries by key, fields in `FIELD_ORDER`, one a line."""
    return "\n".join(_entry_text(references[key]) for key in sorted(references))


def _entry_text(reference: Reference) -> str:
    lines = [f"@{reference.entry_type}{{{reference.key},"]
    lines += [
        f"  {name} = {{{reference.fields[name]}}}," for name in FIELD_ORDER if name in reference.fields
    ]
    return "\n".join([*lines, "}", ""])


def publication_date(fields: Mapping[str, str]) -> tuple[int, ...]:
    """Year, month and day of publication, as far as the entry has them; empty without a year.

    Raises ValueError for a month that does not exist.
    """
    if "year" not in fields or not fields["year"].isdigit():
        return ()
    year = int(fields["year"])
    if "month" not in fields:
        return (year,)
    text = fields["month"].lower()
    month = int(text) if text.isdigit() else MONTHS.index(text[:3]) + 1
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return (year, month, int(fields["day"])) if "day" in fields else (year, month)


def latest_publication_date(fields: Mapping[str, str]) -> date | None:
    """The last day on which the reference can have appeared; None where no year is known.

    A reference known only by its year counts from the last day of that year, so that a report
    "as of" some day never shows what may not have been published yet. Raises ValueError for a month
    or day that does not exist.
    """
    known = publication_date(fields)
    if not known:
        return None
    if len(known) == 3:
        return date(*known)
    year, month = known[0], known[1] if len(known) == 2 else 12
    # The day before the first of the next month.
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def short_citation(reference: Reference) -> str:
    """First author and year, as used in tables: `Amini 2025`."""
    fields = reference.fields
    authors = author_names(fields.get("author", ""))
    title = shorten(plain_text(fields["title"]), width=48, placeholder="…")
    first = cited_name(authors[0]) if authors else title
    more = " et al." if len(authors) > 1 else ""
    return f"{first}{more} {fields.get('year', 'undated')}"
