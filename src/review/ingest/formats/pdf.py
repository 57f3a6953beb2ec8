"""PDF to a page: the text of every page, with wrapped lines joined again."""

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from review.ingest.reading import (
    Block,
    BlockKind,
    Reading,
    canonical_text,
    joined,
    one_line,
    passages,
    squashed,
)
from review.model.errors import InputError, InSource

MAX_PAGES = 300
LISTED = 40
"""How many pages without text are named."""
FULL = 0.8
"""From this part of the width of its page on a line is full, and its paragraph goes on."""
# A damaged file lets pypdf fail with nearly every built-in error; each means the same to the user.
_DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# U+F0B7 is the bullet of the Symbol font, in Unicode's private use area.
_BULLET = re.compile(r"^[•‣▪●○◦\uf0b7·∙–]\s+")
_NUMBER = re.compile(r"[0-9]+")
_HYPHENATED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+")


def read_pdf(content: bytes, name: str, charset: str = "") -> Reading:  # noqa: ARG001
    """The text of a PDF; lines that a page repeats at its top or foot are set aside.

    Raises InputError for a file that is damaged, encrypted or too long, and for one with pages that
    are pictures without text, naming these pages.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        # Many files are encrypted without a password, only to forbid printing or copying.
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(name)
        count = len(reader.pages)
        if count > MAX_PAGES:
            fault = f"the file has {count} pages, more than {MAX_PAGES}"
            raise InputError.at(InSource(name), fault, remedy="Give the pages that are to be reviewed.")
        pages = [_lines(page.extract_text()) for page in reader.pages]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except DependencyError:
        raise _encrypted(name) from None
    except _DAMAGE as error:
        fault = f"the file is damaged: {squashed(str(error))[:120] or type(error).__name__}"
        remedy = "Open it in a viewer, print it to a new PDF, and give that file."
        raise InputError.at(InSource(name), fault, remedy=remedy) from None
    _refuse_pictures(pages, name)
    repeated = _repeated(pages)
    bare = [[line for line in page if _pattern(line) not in repeated] for page in pages]
    raw, hyphens = _paragraphs(bare)
    text, notes = canonical_text(raw, name)
    return Reading(
        text,
        "the text of the pages in their order; tables come as lines",
        one_line(title),
        (*_hyphen_note(hyphens), *notes),
        set_aside=passages(repeated.values()),
    )


def _encrypted(name: str) -> InputError:
    remedy = "Open it with its password, print it to a new PDF, and give that file."
    return InputError.at(InSource(name), "the file is encrypted", remedy=remedy)


def _lines(text: str) -> list[str]:
    return [squashed(line) for line in text.splitlines()]


def _refuse_pictures(pages: Sequence[Sequence[str]], name: str) -> None:
    empty = [page for page, lines in enumerate(pages, start=1) if not any(lines)]
    if empty:
        more = ", …" if len(empty) > LISTED else ""
        numbers = ", ".join(str(page) for page in empty[:LISTED]) + more
        fault = (
            f"no text on page{'s' if len(empty) > 1 else ''} {numbers} of {len(pages)}: scanned or blank"
        )
        remedy = "Run text recognition (OCR) over the file, or leave these pages out."
        raise InputError.at(InSource(name), fault, remedy=remedy)


def _pattern(line: str) -> str:
    return _NUMBER.sub("0", line)


def _repeated(pages: Sequence[Sequence[str]]) -> dict[str, str]:
    """Lines that stand first or last on three pages or more and on half of them, by their pattern."""
    ends = [{_pattern(line): line for line in _ends(page)} for page in pages]
    counts = Counter(pattern for of_page in ends for pattern in of_page)
    common = {pattern for pattern, count in counts.items() if count >= max(3, len(pages) / 2)}
    return {
        pattern: line
        for of_page in reversed(ends)
        for pattern, line in of_page.items()
        if pattern in common
    }


def _ends(page: Iterable[str]) -> list[str]:
    lines = [line for line in page if line]
    return [*lines[:2], *lines[-2:]]


def _paragraphs(pages: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """One paragraph a line, and the words that were put together at a hyphen.

    A line goes on in the next one when it fills most of the width of its page, or when the next one
    begins in lower case; not after the end of a sentence in a short line, and not before an item.
    """
    known = {word.lower() for page in pages for line in page for word in _WORD.findall(line)}
    hyphens: list[str] = []
    blocks: list[str] = []
    for page in pages:
        width = max((len(line) for line in page), default=0)
        before = ""
        for line in page:
            text = _BULLET.sub("- ", line)
            if blocks and before and _goes_on(before, text, width):
                blocks[-1] = _with_next(blocks[-1], text, known, hyphens)
            elif text:
                blocks.append(text)
            before = text
    return joined(_block(line) for line in blocks), hyphens


def _goes_on(line: str, following: str, width: int) -> bool:
    if not following or following.startswith("- "):
        return False
    if following[0].islower():
        return True
    return len(line) >= FULL * width and not line.endswith((".", "!", "?", ":"))


def _with_next(line: str, following: str, known: set[str], hyphens: list[str]) -> str:
    half = _HYPHENATED.search(line)
    rest = _WORD.match(following)
    if half is None or rest is None or not following[0].islower():
        return f"{line} {following}"
    whole = f"{half[1]}{rest[0]}"
    # "long-" and "term" keep their hyphen where the file has both words and nowhere "longterm".
    if half[1].lower() in known and rest[0].lower() in known and whole.lower() not in known:
        return f"{line}{following}"
    hyphens.append(whole)
    return f"{line[:-1]}{following}"


def _block(line: str) -> Block:
    if line.startswith("- "):
        return Block(BlockKind.ITEM, line[2:])
    return Block(BlockKind.TEXT, line)


def _hyphen_note(words: Sequence[str]) -> list[str]:
    listed = one_line(", ".join(dict.fromkeys(words)), 10_000)
    return [f"put together at the end of a line: {listed}"] if words else []
