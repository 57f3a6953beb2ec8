"""Corpora in JSON: CSL-JSON, a list of items, and JSONL, one object a line."""

import json
from collections.abc import Iterator, Mapping

from review.literature.readers.entries import Entries, text_of

_DECODER = json.JSONDecoder()
_SYNTAX = "Correct the JSON."


def read_csl(text: str, name: str) -> Entries:
    """The items of a CSL-JSON list, each with the line on which it begins."""
    entries = Entries(name)
    for line, item in _items(text, entries):
        if isinstance(item, dict):
            entries.add(
                line,
                text_of(item, "id"),
                text_of(item, "title"),
                text_of(item, "abstract"),
                authors=_csl_authors(item.get("author")),
                year=_csl_year(item.get("issued")),
                container=text_of(item, "container-title", "publisher"),
            )
        else:
            entries.problem(
                line, "the item is not an object", remedy="Give an object with id and title."
            )
    return entries


def read_jsonl(text: str, name: str) -> Entries:
    """One object a line with `id` (or `doc_id`), `title` and `abstract`, a text or a list of texts.

    `authors` (a list of names), `year`, `journal` and `publication_types` (a list) may stand there too.
    """
    entries = Entries(name)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = _DECODER.decode(line.strip())
        except (json.JSONDecodeError, RecursionError):
            entries.problem(number, "the line is not JSON", remedy=_SYNTAX)
            continue
        if not isinstance(item, dict):
            remedy = "Give an object with id and title."
            entries.problem(number, "the line is not an object", remedy=remedy)
            continue
        entries.add(
            number,
            text_of(item, "id", "doc_id"),
            text_of(item, "title"),
            " ".join(_texts(item.get("abstract"))),
            authors=_texts(item.get("authors")),
            year=text_of(item, "year"),
            container=text_of(item, "journal"),
            publication_types=_texts(item.get("publication_types")),
        )
    return entries


def _items(text: str, entries: Entries) -> Iterator[tuple[int, object]]:
    """The members of a JSON list with their lines; a fault of syntax ends it and is a problem."""
    at, line = _past_blanks(text, 0), 1
    if text[at : at + 1] != "[":
        entries.problem(1, "this is not a list of items", remedy="Begin the file with [.")
        return
    seen, separator = 0, "["
    while text[at : at + 1] == separator:
        at = _past_blanks(text, at + 1)
        if separator == "[" and text[at : at + 1] == "]":
            return
        # Counted on from the last item: from the beginning, the time would grow with the square.
        line += text.count("\n", seen, at)
        seen = at
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            wrong = error.lineno if isinstance(error, json.JSONDecodeError) else line
            entries.problem(wrong, "this is not JSON", remedy=_SYNTAX)
            return
        yield line, item
        at, separator = _past_blanks(text, at), ","
    if text[at : at + 1] != "]" or text[at + 1 :].strip():
        fault = "the list does not end here as it should"
        entries.problem(line + text.count("\n", seen, at), fault, remedy=_SYNTAX)


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _texts(value: object) -> list[str]:
    """A text as a list of one; of a list its texts; nothing of anything else."""
    if isinstance(value, str):
        return [value]
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else []


def _csl_authors(value: object) -> list[str]:
    names = value if isinstance(value, list) else []
    return [text_of(name, "family", "literal") for name in names if isinstance(name, Mapping)]


def _csl_year(value: object) -> str:
    """The year of a CSL date, which stands in a list of lists or in a text."""
    if not isinstance(value, Mapping):
        return ""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return str(parts[0][0])
    return text_of(value, "raw", "literal")
