"""The references of a report for reference managers: CSL-JSON and RIS."""

from collections.abc import Iterator, Mapping
from typing import Any

from review.model.bibtex import OTHERS
from review.model.visible import visible
from review.report.formats.exports.text import json_text
from review.report.model import Report


def references_csl_json(report: Report) -> str:
    """The references as a list of CSL-JSON objects (CSL 1.0.2, csl-data.json)."""
    return json_text([row.csl for row in report.references])


def references_ris(report: Report) -> str:
    """The references as RIS: a record each, from TY to ER, a tag a line, lines ending with CR LF."""
    # Its line rule: a tag of two characters, two spaces, hyphen, space.
    records = (
        "".join(f"{tag}  - {visible(' '.join(text.split()))}\r\n" for tag, text in _tags(row.csl))
        for row in report.references
    )
    return "\r\n".join(records)


_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "manuscript": "UNPB",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_SINGLE = {
    "title": "TI",
    "container-title": "T2",
    "publisher": "PB",
    "volume": "VL",
    "issue": "IS",
    "number": "M1",
    "DOI": "DO",
    "PMID": "AN",
    "URL": "UR",
    "note": "N1",
}


def _tags(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The tags of one record. A field that the reference lacks has no tag."""
    yield "TY", _TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    for author in item.get("author", ()):
        # RIS has no word for authors that an entry does not name.
        if author == {"literal": OTHERS}:
            yield "N1", "The entry names only some of the authors."
        else:
            yield "AU", _author(author)
    if "issued" in item:
        yield from _dates(item["issued"]["date-parts"][0])
    for field, tag in _SINGLE.items():
        if field in item:
            yield tag, item[field]
    first, dash, last = item.get("page", "").partition("-")
    if first:
        yield "SP", first
    if dash:
        yield "EP", last
    yield "ER", ""


def _author(author: Mapping[str, str]) -> str:
    """A name as RIS has it: family name, given names, suffix, with commas between."""
    if "literal" in author:
        return author["literal"]
    family = " ".join(author[part] for part in ("non-dropping-particle", "family") if part in author)
    return ", ".join([family, *(author[part] for part in ("given", "suffix") if part in author)])


def _dates(parts: list[int]) -> Iterator[tuple[str, str]]:
    yield "PY", f"{parts[0]:04}"
    if len(parts) > 1:
        known = [f"{part:02}" for part in parts[1:]]
        yield "DA", "/".join([f"{parts[0]:04}", *known, *[""] * (3 - len(known))])
