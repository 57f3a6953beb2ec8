"""Corpora from files: the format by name and content, all that could be read, and all problems."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from review.literature.duplicates import joined, with_linked_notices
from review.literature.paper import Paper
from review.literature.readers.bibtex import read_bibtex
from review.literature.readers.entries import Entries
from review.literature.readers.json_files import read_csl, read_jsonl
from review.literature.readers.medline import read_medline
from review.literature.readers.pubmed import read_pubmed
from review.literature.readers.refer import read_refer
from review.literature.readers.ris import read_ris
from review.literature.readers.web_of_science import read_web_of_science
from review.model.errors import InputError, Problem

MAX_BYTES = 300_000_000

_Reader = Callable[[str, str], Entries]

_TAGGED: Mapping[re.Pattern[str], _Reader] = {
    re.compile(r"^\ufeff?TY[ \u00a0]{1,2}-", re.MULTILINE): read_ris,
    re.compile(r"^\ufeff?(?:PMID|OWN ) ?- ", re.MULTILINE): read_medline,
    re.compile(r"^\ufeff?(?:FN |PT [A-Z]$)", re.MULTILINE): read_web_of_science,
    re.compile(r"^\ufeff?%[0TA] ", re.MULTILINE): read_refer,
}
"""The formats in tagged lines, by a line that each of them holds and none of the others."""
_TAGGED_SUFFIXES = (".ris", ".nbib", ".ciw", ".enw", ".txt")
_OF_TEXT: Mapping[str, _Reader] = {".bib": read_bibtex, ".json": read_csl, ".jsonl": read_jsonl}
SUFFIXES = (*_OF_TEXT, *_TAGGED_SUFFIXES, ".xml")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The papers of some files, each once, and what is wrong with the files.

    `count` is the number of entries that were read, before the same papers were joined.
    """

    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...] = ()
    count: int = 0

    @property
    def joined(self) -> tuple[Paper, ...]:
        """The papers that stand in more than one place."""
        return tuple(paper for paper in self.papers if paper.also)


def read_corpora(paths: Sequence[Path]) -> Corpus:
    """The papers of all files together, and every problem of every file.

    Raises InputError where no paper could be read. A paper that stands more than once is given once, at
    its first place, and marked with every notice that names it.
    """
    # A file that is named twice is read once, or each of its papers would stand twice.
    read = [_read(path) for path in dict.fromkeys(paths)]
    for entries in read:
        if not entries.papers and not entries.problems:
            entries.problem(0, "there is no paper in it", remedy="Name a file that holds some.")
    papers = [paper for entries in read for paper in entries.papers]
    problems = [problem for entries in read for problem in entries.problems]
    if not papers:
        raise InputError(problems)
    return Corpus(tuple(with_linked_notices(joined(papers))), tuple(problems), len(papers))


def _read(path: Path) -> Entries:
    entries = Entries(path.as_posix())
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        remedy = f"Name a file that ends in {', '.join(SUFFIXES)}."
        entries.problem(0, f"the format {suffix or 'without an ending'} is not known", remedy=remedy)
        return entries
    try:
        # What is no ordinary file, such as a pipe or a device, may never end.
        if path.exists() and not path.is_file():
            entries.problem(0, "this is no ordinary file", remedy="Name a file.")
            return entries
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
    return _read_text(data, suffix, entries)


def _read_text(data: bytes, suffix: str, entries: Entries) -> Entries:
    text = _decoded(data, entries).replace("\r\n", "\n").replace("\r", "\n")
    reader = _OF_TEXT.get(suffix) or _reader_of(text)
    if reader is None:
        fault = "no entry of RIS, PubMed, Web of Science or EndNote stands in it"
        entries.problem(0, fault, remedy="Export it again, or give it the ending of its format.")
        return entries
    kept = reader(text, entries.name)
    kept.problems = [*entries.problems, *kept.problems]
    return kept


def _decoded(data: bytes, entries: Entries) -> str:
    """The text: by its byte order mark, as UTF-8, or as JabRef's first line declares it.

    A line that is not UTF-8 is read as Windows-1252, as most programs wrote before, and that is told;
    an entry with a byte that is nothing there either is refused when it is kept.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: len(data) // 2 * 2].decode("utf-16", "surrogatepass")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if declared := _DECLARED.match(data):
            return data.decode(declared[1].decode().lower(), "surrogateescape")
        line = data.count(b"\n", 0, error.start) + 1
        remedy = (
            "Its lines of this kind were read as Windows-1252: check their letters, or save it as UTF-8."
        )
        entries.problem(line, "this is not UTF-8 text", remedy=remedy)
    return "\n".join(map(_line, data.removeprefix(b"\xef\xbb\xbf").split(b"\n")))


_DECLARED = re.compile(
    rb"\s*%+\s*Encoding:\s*(cp125[0-8]|windows-125[0-8]|iso-?8859[-_][1-9])\b", re.IGNORECASE
)


def _line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "surrogateescape")


def _reader_of(text: str) -> _Reader | None:
    """The reader of the tagged format whose mark stands first."""
    found = ((pattern.search(text), reader) for pattern, reader in _TAGGED.items())
    first = min(
        ((match.start(), at, reader) for at, (match, reader) in enumerate(found) if match), default=None
    )
    return first[2] if first else None
