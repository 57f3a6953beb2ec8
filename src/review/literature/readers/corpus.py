"""Corpora from files: the format by the file's name, all problems of all files at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from review.literature.paper import Paper
from review.literature.readers.bibtex import read_bibtex
from review.literature.readers.entries import Entries
from review.literature.readers.json_files import read_csl, read_jsonl
from review.literature.readers.pubmed import read_pubmed
from review.literature.readers.ris import read_ris
from review.model.errors import InFile, InputError, Problem

MAX_BYTES = 300_000_000

_OF_TEXT: Mapping[str, Callable[[str, str], Entries]] = {
    ".bib": read_bibtex,
    ".ris": read_ris,
    ".json": read_csl,
    ".jsonl": read_jsonl,
}
SUFFIXES = (*_OF_TEXT, ".xml")


def read_corpora(paths: Sequence[Path]) -> list[Paper]:
    """The papers of all files. Raises InputError with every problem of every file.

    BibTeX (`.bib`), RIS (`.ris`), CSL-JSON (`.json`), one JSON object a line (`.jsonl`), PubMed
    (`.xml`). A key that stands twice is a problem, also where it stands in two files.
    """
    # A file that is named twice is read once, or each of its keys would stand twice.
    read = [_read(path) for path in dict.fromkeys(paths)]
    papers = [paper for entries in read for paper in entries.papers]
    problems = [problem for entries in read for problem in entries.problems]
    problems += _repeated(papers)
    if not papers and not problems:
        fault, remedy = "there is no paper in it", "Name a file that holds some."
        problems += [InFile(entries.name).problem(fault, remedy=remedy) for entries in read]
    if problems:
        raise InputError(problems)
    return papers


def _read(path: Path) -> Entries:
    entries = Entries(path.as_posix())
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        remedy = f"Name a file that ends in {', '.join(SUFFIXES)}."
        entries.problem(0, f"the format {suffix or 'without an ending'} is not known", remedy=remedy)
        return entries
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        entries.problem(0, f"the file cannot be read: {error.strerror}", remedy="Correct the path.")
        return entries
    if len(data) > MAX_BYTES:
        entries.problem(0, f"the file is larger than {MAX_BYTES:,} bytes", remedy="Split it.")
        return entries
    if suffix == ".xml":
        return read_pubmed(data, entries.name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        entries.problem(line, "this is not UTF-8 text", remedy="Save it as UTF-8.")
        return entries
    return _OF_TEXT[suffix](text.replace("\r\n", "\n").replace("\r", "\n"), entries.name)


def _repeated(papers: Sequence[Paper]) -> Iterator[Problem]:
    first: dict[str, Paper] = {}
    for paper in papers:
        if other := first.get(paper.key):
            fault = f"the key {paper.key!r} stands here and in {other.place}"
            yield paper.place.problem(fault, remedy="Remove or rename one entry.")
        else:
            first[paper.key] = paper
