"""The scan of one part: its pages read, their claims suggested, four tables written."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from review.dossier.dossier import Dossier
from review.dossier.suggestions import Suggestion, as_row, suggestions_of_all
from review.language.lineage import comparable
from review.language.sentences import sentence_spans
from review.model.errors import InputError, Place, Problem
from review.scan.corpora.corpus import records_of
from review.scan.corpora.parts import CorpusPart
from review.scan.corpora.record import StoredPage, Unread, site_of
from review.scan.folder import ScanFolder
from review.scan.page import page_text
from review.store.bounds import Bounds, within

TOGETHER = 50
"""How many pages are in memory at once."""
ONE_PAGE = Bounds(seconds=5, gigabytes=8)
"""For reading one page, as `review ingest` has it; the memory is that of the whole process."""
QUOTED = 160
"""How much of a passage is kept for a reader; its place on the page gives the rest."""

Rows = list[dict[str, object]]


@dataclass(slots=True)
class _Tables:
    """The rows of a part, by table."""

    claims: Rows = field(default_factory=list)
    pages: Rows = field(default_factory=list)
    passages: Rows = field(default_factory=list)
    problems: Rows = field(default_factory=list)


def scan_part(part: CorpusPart, review: Dossier, folder: ScanFolder, key: str) -> None:
    """Scan a part and write its tables and its record. Raises OutputError when it cannot be written."""
    tables = _Tables()
    records = records_of(part)
    first = 0
    while batch := list(islice(records, TOGETHER)):
        _add(tables, part.number, first, batch, review, folder.counts)
        first += len(batch)
    folder.write_part(
        part,
        key,
        {
            "claims": tables.claims,
            "pages": tables.pages,
            "passages": tables.passages,
            "problems": tables.problems,
        },
    )


def _add(
    tables: _Tables,
    part: int,
    first: int,
    batch: Sequence[StoredPage | Unread],
    review: Dossier,
    counts: Sequence[str],
) -> None:
    read: list[tuple[dict[str, object], StoredPage, str]] = []
    for number, record in enumerate(batch, start=first):
        try:
            if isinstance(record, Unread):
                raise InputError([record.problem])
            page = {"part": part, "page": number, "url": record.url, "site": site_of(record)}
            with within(ONE_PAGE, record.place, "Read it by itself, with review ingest."):
                text = page_text(record)
            read.append((page, record, text))
            if record.cut_short:
                fault = f"only a part of the page was fetched ({record.cut_short}), and that was read"
                problem = record.place.problem(fault, remedy="Read it by itself, with review ingest.")
                tables.problems.append(_problem_row(part, record.place, problem))
        except InputError as error:
            place = record.problem.place if isinstance(record, Unread) else record.place
            tables.problems += [_problem_row(part, place, problem) for problem in error.problems]
    suggested = suggestions_of_all([text for *_, text in read], review)
    for (page, record, text), own in zip(read, suggested, strict=True):
        tables.pages.append(_page_row(page, record, text, own, counts))
        tables.claims += [page | claim_row(suggestion) for suggestion in own]
        tables.passages += [page | passage for passage in _passages(text)]


def claim_row(suggestion: Suggestion) -> dict[str, object]:
    """A suggested claim as the cells of a table, with the same rounding as `review suggest --json`."""
    row = as_row(suggestion)
    return {
        **{name: row[name] for name in ("start", "end", "quote", "checkworthy", "probability")},
        **{name: row[name] for name in ("proposition", "importance")},
        **{name: str(row[name]) for name in ("category", "wording", "match", "polarity")},
        "suggested_verdict": str(suggestion.verdict or ""),
        "flags": " ".join(suggestion.flags),
    }


def _page_row(
    page: Mapping[str, object],
    record: StoredPage,
    text: str,
    suggestions: Sequence[Suggestion],
    counts: Sequence[str],
) -> dict[str, object]:
    tally: Counter[str] = Counter(claims=len(suggestions))
    for suggestion in suggestions:
        verdict = [str(suggestion.verdict)] if suggestion.verdict else []
        tally.update([str(suggestion.match), *verdict, *suggestion.flags])
    sentences = sum(1 for _ in sentence_spans(text))
    size = {"place": str(record.place), "characters": len(text), "sentences": sentences}
    return {**page, **size, **{name: tally[name] for name in counts}}


def _passages(text: str) -> Iterator[dict[str, object]]:
    """The sentences of a page that are long enough to be compared, each once, known by their words."""
    met: set[int] = set()
    for span, words in comparable(text):
        # Eight bytes, as the column `words_hash` takes.
        known_by = int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big")
        if known_by not in met:
            met.add(known_by)
            quote = span.of(text)[:QUOTED]
            yield {"start": span.start, "end": span.end, "words_hash": known_by, "quote": quote}


def _problem_row(part: int, place: Place, problem: Problem) -> dict[str, object]:
    """A problem at the record that it was met in; a line within its text is not a line of the file."""
    return {"part": part, "place": str(place), "what": problem.fault, "remedy": problem.remedy}
