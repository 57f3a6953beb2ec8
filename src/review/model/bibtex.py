"""BibTeX as BibTeX reads it: entries, macros, values put together, names of authors.

bibtexparser takes a file apart and knows the line of every block. What a value comes to is told here,
for its own reading of `#` and of macros differs from that of BibTeX, in silence.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import bibtexparser
from bibtexparser import model as blocks
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from review.model.errors import InFile, Problem
from review.model.latex import plain_text
from review.model.names import is_body

# A block that fails is told as a problem with its line; the library would print it as well.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""The macros that every style of BibTeX defines."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A BibTeX entry: names in small letters, runs of blanks as one, of a repeated field the first.

    `composed` are the fields whose value is put together or stands for a macro, `undefined` the macros
    that a field names and the file does not define, `repeated` the fields that stand more than once.
    """

    key: str
    entry_type: str
    fields: Mapping[str, str]
    line: int
    composed: frozenset[str] = frozenset()
    undefined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands in a file and is no entry: text that BibTeX passes over, or a block like `@string`."""

    line: int
    text: str
    block: str = ""


@dataclass(slots=True)
class BibtexFile:
    """The entries of a file in their order, what else stands in it, and what could not be read."""

    entries: list[Entry] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_bibtex(text: str, name: str) -> BibtexFile:
    """What stands in `text`, whatever its keys and fields; `name` stands in the problems.

    An entry whose key stands twice is given twice, and a block that cannot be read is a problem.
    """
    result = BibtexFile()
    macros = {month: month for month in MONTHS}
    source = _KEYLESS.sub(r"\1,", _RESERVED.sub(r"\1x\2", text))
    for block in bibtexparser.parse_string(source, parse_stack=[]).blocks:
        # Its lines count from 0.
        line = (block.start_line or 0) + 1
        # What bibtexparser refuses because a key or a field stands twice is read all the same.
        while isinstance(block, blocks.ParsingFailedBlock) and block.ignore_error_block:
            block = block.ignore_error_block
        if isinstance(block, blocks.Entry):
            result.entries.append(_entry(block, line, macros))
        elif isinstance(block, blocks.String):
            value, undefined, _ = _value(str(block.value), macros)
            if not undefined:
                macros[block.key.lower()] = value
            result.asides.append(Aside(line, block.raw, "@string"))
        elif isinstance(block, blocks.ParsingFailedBlock) and not _is_comment(block):
            remedy = "Check its braces, commas and quotes."
            result.problems.append(InFile(name, line).problem("the entry cannot be read", remedy=remedy))
        else:
            result.asides.append(_aside(block, line))
    return result


# The blocks that are no entries are told by how their names begin: a type @commentary is an entry.
_RESERVED = re.compile(r"^([ \t]*@)((?:comment|string|preamble)\w)", re.IGNORECASE | re.MULTILINE)
# EndNote writes entries without a key; with a comma its key is empty.
_KEYLESS = re.compile(
    r"^([ \t]*@(?!string\b)[a-z]+[ \t]*[{(])(?=\s*[a-z][\w-]*\s*=)", re.IGNORECASE | re.MULTILINE
)


def _is_comment(block: blocks.Block) -> bool:
    """Whether a block is a comment, also one whose braces do not match: BibTeX reads none of it."""
    return str(block.raw).lower().startswith("@comment")


def _aside(block: blocks.Block, line: int) -> Aside:
    if isinstance(block, blocks.ImplicitComment):
        return Aside(line, block.comment.strip())
    return Aside(line, block.raw, "@comment" if _is_comment(block) else "@preamble")


def _entry(block: blocks.Entry, line: int, macros: Mapping[str, str]) -> Entry:
    fields: dict[str, str] = {}
    undefined: dict[str, tuple[str, ...]] = {}
    composed, repeated = set(), set()
    for given in block.fields:
        name = given.key.lower()
        if name in fields:
            repeated.add(name)
            continue
        text, unknown, is_composed = _value(str(given.value), macros)
        fields[name] = text.strip()
        if unknown:
            undefined[name] = unknown
        if is_composed:
            composed.add(name)
    entry_type = block.entry_type.lower()
    if _RESERVED.match(f"@{entry_type[1:]}"):
        entry_type = entry_type[1:]
    return Entry(
        block.key, entry_type, fields, line, frozenset(composed), undefined, frozenset(repeated)
    )


def _value(source: str, macros: Mapping[str, str]) -> tuple[str, tuple[str, ...], bool]:
    """What a value comes to, the macros it names that are not defined, and whether it is put together.

    As in BibTeX a macro without a definition stands for nothing.
    """
    parts = list(_parts(source))
    text, undefined = "", []
    for part in parts:
        if part[:1] in '{"':
            text += part[1:-1]
        elif part.isdecimal():
            text += part
        elif part.lower() in macros:
            text += macros[part.lower()]
        else:
            undefined.append(part)
    is_named = parts[0][:1] not in '{"0123456789' and parts[0].lower() not in MONTHS
    # A macro may end with the blank that parts it from what follows.
    return _BLANKS.sub(" ", text), tuple(undefined), is_named or len(parts) > 1


_BLANKS = re.compile(r"\s+")


def _parts(source: str) -> Iterator[str]:
    """The parts of a value, parted by `#` outside of braces and quotes."""
    depth, in_quotes, start = 0, False, 0
    for mark in _MARK.finditer(source):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif mark[0] == '"' and not depth:
            in_quotes = not in_quotes
        elif mark[0] == "#" and not depth and not in_quotes:
            yield source[start : mark.start()].strip()
            start = mark.end()
    yield source[start:].strip()


_MARK = re.compile(r'(?<!\\)[{}"#]')


def author_names(value: str) -> list[str]:
    """The names in an author field, as BibTeX separates them: ` and ` outside of braces."""
    return [name for name in split_multiple_persons_names(value) if name]


def is_whole(name: str) -> bool:
    """Whether a name is not taken apart: it stands in braces as a whole, or is that of a body."""
    return _is_in_braces(name) or is_body(plain_text(name))


def _is_in_braces(name: str) -> bool:
    """Whether one pair of braces holds it all; `{Jo} {Lea}` begins and ends with two others."""
    depth = 0
    for mark in _BRACE.finditer(name):
        depth += 1 if mark[0] == "{" else -1
        if depth <= 0:
            return name.startswith("{") and mark.end() == len(name)
    return False


_BRACE = re.compile(r"(?<!\\)[{}]")


def cited_name(name: str) -> str:
    """The name by which an author is cited: of a person the family name and its particle, else whole."""
    if not is_whole(name):
        try:
            parts = parse_single_name_into_parts(name)
        except InvalidNameError:
            pass
        else:
            name = " ".join([*parts.von, *parts.last])
    return plain_text(name).strip().rstrip(",")


OTHERS = "others"
"""The last author of an entry that names only some; BibTeX calls the rest so."""
