"""Corpora in BibTeX, read as `references.bib` is but without its rules on keys and fields.

What stands outside of entries is comment, as in BibTeX: JabRef, BibDesk and Mendeley write there.
"""

from collections.abc import Mapping, Sequence

from review.literature.dates import date_in, iso_date, years_in
from review.literature.details import Details, Person
from review.literature.identifiers import doi_in, doi_of_address, pmid_in, whole_pmid
from review.literature.readers.entries import Entries
from review.model.bibtex import OTHERS, Entry, author_names, cited_name, is_whole, parse_bibtex
from review.model.latex import address, plain_text

_CONTAINERS = (
    "journal",
    "journaltitle",
    "booktitle",
    "publisher",
    "school",
    "institution",
    "howpublished",
)
_PEOPLE = ("author", "editor")
_DATES = ("year", "date")
_READ = frozenset({"title", "abstract", "doi", "pmid", "url", *_CONTAINERS, *_PEOPLE, *_DATES})
_INHERITED = (*_CONTAINERS, *_PEOPLE, *_DATES)
"""What an entry takes over of the one it refers to; identifiers and abstract are of that one alone."""


def read_bibtex(text: str, name: str) -> Entries:
    """The entries of `text`; one that cannot be parsed is a problem, never a missing paper."""
    kept = Entries(name)
    file = parse_bibtex(text, name)
    kept.problems += file.problems
    by_key: dict[str, Entry] = {}
    for entry in file.entries:
        by_key.setdefault(entry.key.lower(), entry)
    for entry in file.entries:
        _tell_faults(kept, entry)
        _add(kept, entry, _fields(kept, entry, by_key))
    return kept


def _tell_faults(kept: Entries, entry: Entry) -> None:
    """What may be wrong with the fields that are read; BibTeX only warns of it."""
    for field in sorted(_READ & entry.undefined.keys()):
        macros = ", ".join(entry.undefined[field])
        remedy = "Define it with @string, or write the value in braces."
        kept.problem(
            entry.line,
            f"{entry.key!r}: {field} names a macro, {macros}, that is not defined",
            remedy=remedy,
        )
    for field in sorted(_READ & entry.repeated):
        kept.problem(
            entry.line, f"{entry.key!r}: {field} stands twice; the first is read", remedy="Keep one."
        )


def _fields(kept: Entries, entry: Entry, by_key: Mapping[str, Entry]) -> Mapping[str, str]:
    """The fields of an entry, and of the one that its `crossref` names what it lacks."""
    if not (named := entry.fields.get("crossref")):
        return entry.fields
    parent = by_key.get(named.lower())
    if parent is None:
        remedy = "Add that entry, or remove the crossref."
        kept.problem(
            entry.line, f"{entry.key!r} refers to {named!r}, which is not in the file", remedy=remedy
        )
        return entry.fields
    of_parent = {field: parent.fields[field] for field in _INHERITED if field in parent.fields}
    # To its parts the title of a book is that of what they stand in.
    of_parent.setdefault("booktitle", parent.fields.get("title", ""))
    return {**of_parent, **entry.fields}


def _add(kept: Entries, entry: Entry, fields: Mapping[str, str]) -> None:
    names = _names(fields)
    url = address(fields.get("url", ""))
    kept.add(
        entry.line,
        entry.key,
        plain_text(fields.get("title", "")),
        plain_text(fields.get("abstract", "")),
        authors=(cited_name(name) for name in names if name != OTHERS),
        more_authors=OTHERS in names,
        year=next((fields[date] for date in _DATES if fields.get(date)), ""),
        container=plain_text(next((fields[f] for f in _CONTAINERS if fields.get(f)), "")),
        doi=doi_in(address(fields.get("doi", ""))) or doi_of_address(url),
        pmid=whole_pmid(fields.get("pmid", "")) or pmid_in(f"{url} {fields.get('note', '')}"),
        details=_details(fields, names),
    )


def _details(fields: Mapping[str, str], names: Sequence[str]) -> Details:
    plain = {name: plain_text(fields.get(name, "")) for name in _OF_DETAILS}
    published = date_in(plain["date"]) or iso_date(plain["year"], plain["month"])
    return Details(
        people=tuple(_person(name) for name in names if name != OTHERS),
        published=published,
        years=years_in(published, date_in(plain["year"])),
        journal=plain["journal"] or plain["journaltitle"] or plain["booktitle"],
        volume=plain["volume"],
        issue=plain["number"],
        # BibTeX has two hyphens between the first and the last.
        pages=plain["pages"].replace("–", "-").replace("--", "-"),
        language=plain["language"],
    )


_OF_DETAILS = "date year month journal journaltitle booktitle volume number pages language".split()


def _person(name: str) -> Person:
    """A name of BibTeX: braces around the whole mark a body; a person is written in either order."""
    family = cited_name(name)
    if is_whole(name):
        return Person(family, is_body=True)
    if "," in name:
        return Person(family, plain_text(name.rpartition(",")[2]).strip())
    return Person(family, plain_text(name).removesuffix(family).strip())


def _names(fields: Mapping[str, str]) -> Sequence[str]:
    return next((author_names(fields[people]) for people in _PEOPLE if fields.get(people)), [])
