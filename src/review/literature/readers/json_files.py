"""Corpora in JSON: CSL-JSON, a list of items, and JSONL, one object a line."""

import json
import re
from collections.abc import Generator, Iterable, Iterator, Mapping

from review.literature.dates import date_in, iso_date, years_in
from review.literature.details import Details, Person, with_labels
from review.literature.identifiers import doi_in, pmid_in, whole_pmid
from review.literature.notices import UPDATES, Relation, Side, Update
from review.literature.paper import named
from review.literature.readers.entries import Entries, text_of
from review.literature.readers.markup import jats_sections, without_markup

_DECODER = json.JSONDecoder()
_SYNTAX = "Correct the JSON."


def read_csl(text: str, name: str) -> Entries:
    """The items of CSL-JSON, each with the line on which it begins.

    They stand in a list, or in what Crossref answers: `message` with one work, or with its `items`.
    Crossref has lists where CSL has texts, a DOI where CSL has an id, and says what updates a work.
    """
    entries = Entries(name)
    for line, item in _items(text, entries):
        if isinstance(item, dict):
            _add_item(entries, line, item)
        else:
            entries.problem(
                line, "the item is not an object", remedy="Give an object with id and title."
            )
    return entries


def _add_item(entries: Entries, line: int, item: Mapping[str, object]) -> None:
    doi = doi_in(text_of(item, "DOI"))
    updates = tuple(_updates(item))
    details = _details(item, updates)
    entries.add(
        line,
        text_of(item, "id", "DOI"),
        _title(item),
        with_labels(details.sections) or text_of(item, "abstract"),
        authors=_csl_authors(item.get("author")) or _csl_authors(item.get("editor")),
        year=details.published
        or next(filter(None, (_csl_text(item.get(date)) for date in _CSL_DATES)), ""),
        container=text_of(item, "container-title", "publisher"),
        doi=doi,
        pmid=whole_pmid(text_of(item, "PMID")) or pmid_in(text_of(item, "note")),
        relations=_relations(updates, "".join(named("doi", doi))),
        details=details,
    )


def _title(item: Mapping[str, object]) -> str:
    """The title with its subtitle, which Crossref keeps apart; a work may have none, as a letter may."""
    title, subtitle = text_of(item, "title"), text_of(item, "subtitle")
    apart = subtitle and subtitle.strip().lower() not in title.lower()
    return f"{title.rstrip().rstrip(':')}: {subtitle}" if title and apart else title


_CSL_DATES = ("issued", "published", "published-print", "published-online", "created")
"""Where a date may stand; what Crossref calls issued may be empty."""


def _details(item: Mapping[str, object], updates: tuple[Update, ...]) -> Details:
    dates = [date for name in _CSL_DATES[:-1] if (date := _csl_date(item.get(name)))]
    # The day on which the record was made is a date of the work only where there is no other.
    dates = dates or [date for name in _CSL_DATES[-1:] if (date := _csl_date(item.get(name)))]
    title, marked = text_of(item, "title"), _title(item)
    related = item.get("relation")
    return Details(
        people=tuple(_csl_people(item.get("author")) or _csl_people(item.get("editor"))),
        published=dates[0] if dates else "",
        years=years_in(*dates),
        marked_title=marked if without_markup(title) != title else "",
        journal=text_of(item, "container-title"),
        volume=text_of(item, "volume"),
        issue=text_of(item, "issue", "number"),
        pages=text_of(item, "page", "article-number"),
        language=text_of(item, "language"),
        registrations=tuple(_registrations(item)),
        sections=jats_sections(text_of(item, "abstract")),
        updates=updates,
        preprints=tuple(_related(related, "has-preprint")),
        articles=tuple(_related(related, "is-preprint-of")),
    )


def _registrations(item: Mapping[str, object]) -> Iterator[str]:
    numbers = item.get("clinical-trial-number")
    for number in numbers if isinstance(numbers, list) else []:
        if isinstance(number, Mapping) and (text := text_of(number, "clinical-trial-number")):
            yield text.upper()


def _related(relation: object, name: str) -> Iterator[str]:
    """The works that Crossref relates in this way, by DOI."""
    related = relation.get(name) if isinstance(relation, Mapping) else None
    for work in related if isinstance(related, list) else []:
        if isinstance(work, Mapping) and text_of(work, "id-type") == "doi":
            yield from named("doi", doi_in(text_of(work, "id")))


def _updates(item: Mapping[str, object]) -> Iterator[Update]:
    """What Crossref says of notices: `updated-by` stands in the work, `update-to` in the notice."""
    for field, side in (("updated-by", Side.SUBJECT), ("update-to", Side.NOTICE)):
        updates = item.get(field)
        for update in updates if isinstance(updates, list) else []:
            if isinstance(update, Mapping):
                word = text_of(update, "type")
                yield Update(
                    side,
                    word,
                    UPDATES.get(word.lower().replace("_", "-")),
                    named("doi", doi_in(text_of(update, "DOI"))),
                    _csl_date(update.get("updated")),
                    # Crossref had no other source before it named them.
                    text_of(update, "source") or "publisher",
                    text_of(update, "record-id"),
                    text_of(update, "label"),
                )


def _relations(updates: Iterable[Update], itself: str) -> Iterator[Relation]:
    for update in updates:
        other = "".join(update.others)
        if update.kind and other and other == itself:
            # Some publishers register the notice under the DOI of the work itself.
            yield Relation(Side.SUBJECT, update.kind)
        elif update.kind:
            yield Relation(update.side, update.kind, other)


def read_jsonl(text: str, name: str) -> Entries:
    """One object a line with `id` (or `doc_id`), `title` and `abstract`, a text or a list of texts.

    `authors` (a list of names), `year`, `journal`, `publication_types` (a list), `doi` and `pmid` may
    stand there too.
    """
    entries = Entries(name)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = _DECODER.decode(line.strip())
        except (ValueError, RecursionError):
            entries.problem(number, "the line is not JSON", remedy=_SYNTAX)
            continue
        if not isinstance(item, dict):
            remedy = "Give an object with id and title."
            entries.problem(number, "the line is not an object", remedy=remedy)
            continue
        if not (key := text_of(item, "id", "doc_id")):
            entries.problem(number, "the entry has no key", remedy="Give it an id of its own.")
            continue
        entries.add(
            number,
            key,
            text_of(item, "title"),
            " ".join(_texts(item.get("abstract"))),
            authors=_texts(item.get("authors")),
            year=text_of(item, "year"),
            container=text_of(item, "journal"),
            publication_types=_texts(item.get("publication_types")),
            doi=doi_in(text_of(item, "doi")),
            pmid=whole_pmid(text_of(item, "pmid")),
        )
    return entries


def _items(text: str, entries: Entries) -> Iterator[tuple[int, object]]:
    """The items with their lines, from a list, from an object with its `items`, or from a single one."""
    start = _past_blanks(text, 0)
    if text[start : start + 1] == "[":
        end = yield from _members(text, start, entries)
        if end is not None and text[end:].strip():
            _tell_end(entries, text, end)
    elif text[start : start + 1] == "{" and (listed := _ITEMS.search(text)):
        yield from _members(text, listed.end(), entries)
    else:
        yield from _single(text, entries)


_ITEMS = re.compile(r'"items"\s*:\s*(?=\[)')


def _single(text: str, entries: Entries) -> Iterator[tuple[int, object]]:
    try:
        answer = _DECODER.decode(text.strip())
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        entries.problem(line, "this is not JSON", remedy=_SYNTAX)
        return
    work = answer.get("message", answer) if isinstance(answer, dict) else None
    if isinstance(work, dict) and "title" in work:
        yield 1, work
    else:
        entries.problem(1, "this is not a list of items", remedy="Begin the file with [.")


def _members(text: str, at: int, entries: Entries) -> Generator[tuple[int, object], None, int | None]:
    """The members of a JSON list with their lines, and at last where it ended, if it ended well.

    After a member that is no JSON it goes on with the next line that begins as the first member's did.
    """
    at = _past_blanks(text, at + 1)
    next_member = re.compile("^" + re.escape(text[text.rfind("\n", 0, at) + 1 : at]) + r"(?=\{)", re.M)
    line, seen = 1, 0
    while text[at : at + 1] not in ("]", ""):
        # Counted on from the last item: from the beginning, the time would grow with the square.
        line += text.count("\n", seen, at)
        seen = at
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            found = next_member.search(text, at + 1)
            wrong = error.lineno if isinstance(error, json.JSONDecodeError) else line
            remedy = _SYNTAX if found else f"{_SYNTAX} What follows it was not read."
            entries.problem(wrong, "this is not JSON", remedy=remedy)
            if not found:
                return None
            at = found.end()
            continue
        yield line, item
        at = _past_blanks(text, at)
        if text[at : at + 1] == ",":
            at = _past_blanks(text, at + 1)
        elif text[at : at + 1] == "{":
            entries.problem(line, "no comma stands after this item", remedy=_SYNTAX)
        elif text[at : at + 1] != "]":
            break
    if text[at : at + 1] != "]":
        _tell_end(entries, text, at)
        return None
    return at + 1


def _tell_end(entries: Entries, text: str, at: int) -> None:
    fault = "the list does not end here as it should"
    entries.problem(1 + text.count("\n", 0, at), fault, remedy=_SYNTAX)


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _texts(value: object) -> list[str]:
    """A text as a list of one; of a list its texts; nothing of anything else."""
    if isinstance(value, str):
        return [value]
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else []


def _csl_people(value: object) -> list[Person]:
    names = value if isinstance(value, list) else []
    return [_csl_person(name) for name in names if isinstance(name, Mapping) and _csl_name(name)]


def _csl_person(name: Mapping[str, object]) -> Person:
    is_body = not text_of(name, "family") and bool(text_of(name, "literal", "name"))
    return Person(_csl_name(name), "" if is_body else text_of(name, "given"), is_body)


def _csl_authors(value: object) -> list[str]:
    names = value if isinstance(value, list) else []
    return [_csl_name(name) for name in names if isinstance(name, Mapping)]


def _csl_name(name: Mapping[str, object]) -> str:
    """A family name with its particle, or a body, which Crossref has in `name`."""
    family = text_of(name, "family")
    particle = text_of(name, "non-dropping-particle")
    return " ".join(filter(None, (particle, family))) or text_of(name, "literal", "name", "given")


def _csl_date(value: object) -> str:
    """A CSL date, which stands in a list of lists or in a text; empty where unknown (`[[null]]`)."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        year, month, day = (*(str(part or "") for part in parts[0][:3]), "", "", "")[:3]
        return iso_date(year, month, day)
    return date_in(_csl_text(value))


def _csl_text(value: object) -> str:
    return text_of(value, "raw", "literal") if isinstance(value, Mapping) else ""
