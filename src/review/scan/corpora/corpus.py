"""A corpus: one file or a folder of files, as JSON lines, Parquet or WARC."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from review.model.errors import InFile, InputError, Problem
from review.scan.corpora.parts import CorpusPart, Cut
from review.scan.corpora.record import StoredPage, Unread

_READERS: Mapping[str, str] = {
    ".jsonl": "json_lines",
    ".jsonl.gz": "json_lines",
    ".parquet": "parquet",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".wet": "warc",
    ".wet.gz": "warc",
}
"""The module of the reader, by the suffix of the file."""
_HEAD = 512
_GZIP = b"\x1f\x8b"
_FORMATS = (
    (b"WARC/", "warc", "WARC", ""),
    (b"PAR1", "parquet", "Parquet", ""),
    (b"filedesc:", "", "ARC", "Install warcio, then: warcio recompress OLD.arc.gz NEW.warc.gz"),
    (b"PK\x03\x04", "", "a zip archive", "Unpack it; a WACZ file holds WARC files in archive/"),
    (_GZIP, "", "packed with gzip", "Let its name end with .gz"),
    (b"\x28\xb5\x2f\xfd", "", "packed with zstd", "Unpack it with unzstd"),
    (b"BZh", "", "packed with bzip2", "Unpack it with bunzip2"),
    (b"\xfd7zXZ", "", "packed with xz", "Unpack it with unxz"),
)
"""How files begin, the reader that reads them, what they are, and what to do where none does."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The parts of a corpus in their order, and what is wrong with its files."""

    parts: tuple[CorpusPart, ...]
    problems: tuple[Problem, ...]


def check_corpus(path: Path) -> None:
    """Raises InputError where there is no such file or none that can be read, told by how they begin.

    It takes no time: neither are files read through nor is anything loaded that reads them.
    """
    _readable(path)


def cut_corpus(path: Path, pages: int) -> Corpus:
    """The corpus at `path` in parts of up to `pages` pages. Its files are read through, and not kept.

    Raises InputError as `check_corpus` does, and where no file holds a page.
    """
    files, problems = _readable(path)
    parts: list[CorpusPart] = []
    for file in files:
        before = len(parts), len(problems)
        for cut in _cuts(file, pages):
            if isinstance(cut, Problem):
                problems.append(cut)
            else:
                parts.append(CorpusPart(len(parts), str(file.absolute()), cut))
        if (len(parts), len(problems)) == before:
            fault, remedy = "there is no page in it", "Leave the file out."
            problems.append(InFile(file.name).problem(fault, remedy=remedy))
    if not parts:
        raise InputError(problems)
    return Corpus(tuple(parts), tuple(problems))


def records_of(part: CorpusPart) -> Iterator[StoredPage | Unread]:
    """The pages of a part in their order, one at a time, and what cannot be read."""
    path = Path(part.file)
    yield from _reader(path).records(path, part.cut)


def _readable(path: Path) -> tuple[list[Path], list[Problem]]:
    """The files that a reader reads, of which there is one at least, and what is wrong with others."""
    if not path.is_dir() and not path.is_file():
        raise InputError.at(InFile(path.as_posix()), "there is no such file", remedy="Correct the path.")
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    problems: list[Problem] = []
    readable = []
    for file in files:
        within = file.relative_to(path).parts if path.is_dir() else ()
        if not file.is_file() or any(part.startswith(".") for part in within):
            continue
        problem = _problem(file)
        if problem:
            problems.append(problem)
        else:
            readable.append(file)
    if not readable:
        fault, remedy = "there is no page in it", f"Give files that end with {', '.join(_READERS)}."
        raise InputError(problems or [InFile(path.as_posix()).problem(fault, remedy=remedy)])
    return readable, problems


def _problem(file: Path) -> Problem | None:
    """Why no reader reads a file, by its name and how it begins."""
    place, suffix = InFile(file.name), _suffix(file)
    try:
        head = _head(file, is_packed=file.name.lower().endswith(".gz"))
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror}"
        return place.problem(fault, remedy="Check its rights.")
    if head is None:
        return place.problem("it is not packed with gzip", remedy="Let its name not end with .gz.")
    for begins, reader, named, advice in _FORMATS:
        is_read = reader and reader == _READERS.get(suffix)
        if head.startswith(begins) and not is_read:
            suffixes = [known for known, module in _READERS.items() if module == reader]
            remedy = advice or f"Let its name end with one of {', '.join(suffixes)}"
            fault = f"this is {named}, which is not read under this name"
            return place.problem(fault, remedy=f"{remedy}.")
    if not suffix:
        remedy = f"Let its name end with one of {', '.join(_READERS)}."
        return place.problem("it is not clear what this is", remedy=remedy)
    # Its first line may be damaged, and what follows be read.
    if _READERS[suffix] == "warc" and head and b"WARC" not in head:
        return place.problem("this is no WARC file", remedy="Fetch the file again, and scan again.")
    return None


def _head(file: Path, *, is_packed: bool) -> bytes | None:
    """How a file begins, unpacked; empty where that is damaged, None where it is not packed."""
    with file.open("rb") as content:
        head = content.read(_HEAD)
    if not is_packed:
        return head
    try:
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return unpack.decompress(head, _HEAD) if head.startswith(_GZIP) else None
    except zlib.error:
        return b""


def _cuts(file: Path, pages: int) -> Iterator[Cut | Problem]:
    try:
        yield from _reader(file).cuts(file, pages)
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror or error}"
        yield InFile(file.name).problem(fault, remedy="Check its rights.")


def _reader(file: Path) -> ModuleType:
    # Loaded when a file needs it: Parquet takes a good part of a second.
    return import_module(f"review.scan.corpora.{_READERS[_suffix(file)]}")


def _suffix(path: Path) -> str:
    """The suffix by which a reader is chosen; empty where none reads such files."""
    return next((suffix for suffix in _READERS if path.name.lower().endswith(suffix)), "")
