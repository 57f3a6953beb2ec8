"""`references.bib`: its entries, what is wrong with them, and plain citations made from them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from textwrap import shorten
from typing import NamedTuple
from unicodedata import normalize

import bibtexparser
from bibtexparser.middlewares.names import split_multiple_persons_names
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ImplicitComment,
    ParsingFailedBlock,
)
from pydantic import ValidationError

from review.model.errors import InFile, Problem
from review.model.fields import is_web_address
from review.model.records import Reference

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
    entries, result.problems = parse_entries(text, name)
    for entry in entries:
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
    return result


class Entry(NamedTuple):
    """A BibTeX entry as it stands in a file: names in small letters, runs of blanks as one."""

    key: str
    entry_type: str
    fields: Mapping[str, str]
    line: int


def parse_entries(text: str, name: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of `text`, whatever their keys and fields, and what could not be read.

    bibtexparser returns a library even when entries failed, so the failed blocks and stray text are
    looked at one by one.
    """
    library = bibtexparser.parse_string(text)
    # Its lines count from 0.
    problems = [_failure(block, name) for block in library.failed_blocks]
    for comment in library.comments:
        if isinstance(comment, ImplicitComment):
            place = InFile(name, (comment.start_line or 0) + 1)
            fault = f"text stands between entries: {comment.comment.strip()[:40]!r}"
            problems.append(place.problem(fault, remedy="Remove it, or mend the entry above it."))
    entries = [
        Entry(
            entry.key,
            entry.entry_type.lower(),
            {f.key.lower(): " ".join(str(f.value).split()) for f in entry.fields},
            (entry.start_line or 0) + 1,
        )
        for entry in library.entries
    ]
    return entries, problems


def _failure(block: ParsingFailedBlock, name: str) -> Problem:
    place = InFile(name, (block.start_line or 0) + 1)
    if isinstance(block, DuplicateBlockKeyBlock):
        fault = f"the key {block.key!r} stands twice"
        return place.problem(fault, remedy="Remove or rename one entry.")
    if isinstance(block, DuplicateFieldKeyBlock):
        keys = ", ".join(sorted(block.duplicate_keys))
        return place.problem(f"a field stands twice: {keys}", remedy="Keep one of them.")
    return place.problem("the entry cannot be read", remedy="Check its braces, commas and quotes.")


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


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


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
    month = int(text) if text.isdigit() else _MONTHS.index(text[:3]) + 1
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


_ESCAPE = re.compile(r"\\([&%$#_{}])")
_ESCAPE_OR_MARK = re.compile(_ESCAPE.pattern + r"|[{}]|--")
# A letter is an accent only where a blank, a brace or a command follows: \c{c}, not \cite.
_ACCENTED = re.compile(r"""\\(?:([`'^"~=.])|([cvuHkr])(?=[ {\\]))[ {]*(?:([A-Za-z])|\\([ij])\b) *\}?""")
_ACCENTS = dict(
    zip(
        "`'^\"~=.cvuHkr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u0328\u030a",
        strict=True,
    )
)
_LETTERS = dict(
    ss="ß", o="ø", O="Ø", l="ł", L="Ł", ae="æ", AE="Æ", oe="œ", OE="Œ", aa="å", AA="Å", i="ı"
)
_LETTER = re.compile(rf"\\({'|'.join(_LETTERS)})(?![A-Za-z]) ?")


def plain_text(value: str) -> str:
    """A BibTeX value as a reader sees it: accents composed, without protecting braces and escapes."""
    composed = _ACCENTED.sub(_accented, value)
    lettered = _LETTER.sub(lambda match: _LETTERS[match[1]], composed)
    return _ESCAPE_OR_MARK.sub(lambda match: match[1] or ("–" if match[0] == "--" else ""), lettered)


def _accented(match: re.Match[str]) -> str:
    return normalize("NFC", (match[3] or match[4]) + _ACCENTS[match[1] or match[2]])


def address(value: str) -> str:
    """A BibTeX value that is an address or a DOI: escapes resolved, nothing else changed."""
    return _ESCAPE.sub(r"\1", value)


def author_names(value: str) -> list[str]:
    """The names in an author field, as BibTeX separates them: ` and ` outside of braces."""
    return [name for name in split_multiple_persons_names(value) if name]


def short_citation(reference: Reference) -> str:
    """First author and year, as used in tables: `Amini 2025`."""
    fields = reference.fields
    authors = author_names(fields.get("author", ""))
    title = shorten(plain_text(fields["title"]), width=48, placeholder="…")
    family = plain_text(authors[0]).split(",")[0] if authors else title
    more = " et al." if len(authors) > 1 else ""
    return f"{family}{more} {fields.get('year', 'undated')}"
