"""A corpus: one file or a folder of files, as JSON lines, Parquet or WARC."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from review.model.errors import InFile, InputError, Problem
from review.scan.corpora import json_lines, parquet, warc
from review.scan.corpora.parts import CorpusPart, Cut
from review.scan.corpora.record import StoredPage, Unread

_READERS: Mapping[str, ModuleType] = {
    ".jsonl": json_lines,
    ".jsonl.gz": json_lines,
    ".parquet": parquet,
    ".warc": warc,
    ".warc.gz": warc,
    ".wet": warc,
    ".wet.gz": warc,
}


@dataclass(frozen=True, slots=True)
class Corpus:
    """The parts of a corpus in their order, and what is wrong with its files."""

    parts: tuple[CorpusPart, ...]
    problems: tuple[Problem, ...]


def cut_corpus(path: Path, pages: int) -> Corpus:
    """The corpus at `path` in parts of up to `pages` pages. Its files are read through, and not kept.

    Raises InputError where there is no such file, or nothing in it can be read.
    """
    parts: list[CorpusPart] = []
    problems: list[Problem] = []
    files = _files(path)
    for file in files:
        for cut in _cuts(file, pages):
            if isinstance(cut, Problem):
                problems.append(cut)
            else:
                parts.append(CorpusPart(len(parts), str(file.absolute()), cut))
    if not parts:
        fault, remedy = "there is no page in it", f"Give files that end with {', '.join(_READERS)}."
        raise InputError(problems or [InFile(path.as_posix()).problem(fault, remedy=remedy)])
    return Corpus(tuple(parts), tuple(problems))


def records_of(part: CorpusPart) -> Iterator[StoredPage | Unread]:
    """The pages of a part in their order, one at a time, and what cannot be read."""
    path = Path(part.file)
    yield from _READERS[_suffix(path)].records(path, part.cut)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if _suffix(file) and file.is_file())
    if not path.is_file():
        raise InputError.at(InFile(path.as_posix()), "there is no such file", remedy="Correct the path.")
    if not _suffix(path):
        remedy = f"Let its name end with one of {', '.join(_READERS)}."
        raise InputError.at(InFile(path.as_posix()), "it is not clear what this is", remedy=remedy)
    return [path]


def _cuts(file: Path, pages: int) -> Iterator[Cut | Problem]:
    try:
        yield from _READERS[_suffix(file)].cuts(file, pages)
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror or error}"
        yield InFile(file.name).problem(fault, remedy="Check its rights.")


def _suffix(path: Path) -> str:
    """The suffix by which a reader is chosen; empty where none reads such files."""
    return next((suffix for suffix in _READERS if path.name.lower().endswith(suffix)), "")
