"""Corpora in BibTeX, read by the parser of `references.bib` but without its rules on keys and fields."""

from review.literature.readers.entries import Entries
from review.model.bibliography import parse_entries, plain_text


def read_bibtex(text: str, name: str) -> Entries:
    """The entries of `text`; one that cannot be parsed is a problem, never a missing paper."""
    kept = Entries(name)
    entries, problems = parse_entries(text, name)
    kept.problems += problems
    for entry in entries:
        fields = {field: plain_text(value) for field, value in entry.fields.items()}
        kept.add(
            entry.line,
            entry.key,
            fields.get("title", ""),
            fields.get("abstract", ""),
            authors=(author.split(",")[0] for author in fields.get("author", "").split(" and ")),
            year=fields.get("year", fields.get("date", "")),
            container=next((fields[f] for f in _CONTAINERS if f in fields), ""),
        )
    return kept


_CONTAINERS = ("journal", "journaltitle", "booktitle", "publisher")
