"""Text in tagged lines: a line begins with a tag, and one without a tag goes on with the line before.

RIS, the text of PubMed (nbib), of Web of Science and of EndNote (refer) differ in what a tag looks like
and in what ends a record; this module knows the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from review.literature.readers.entries import Entries


@dataclass(frozen=True, slots=True)
class Tagging:
    """How one format marks its lines.

    `split` gives the tag of a line and what follows, or None for a line without a tag. A record begins
    with one of `opening`, and ends with `closing`; where that is empty, with an empty line before a tag.
    `joint` stands between a line and the one that goes on with it. `titles` tell that fields outside of
    records are a record without its beginning; a database may write others there, as Ovid does.
    """

    split: Callable[[str], tuple[str, str] | None]
    opening: frozenset[str]
    closing: str = ""
    joint: str = " "
    titles: frozenset[str] = frozenset()


@dataclass(slots=True)
class Record:
    """One record: the line on which it begins, and its tags in their order, each with its lines."""

    line: int
    joint: str
    lines: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The tags with their values, in the order of the record."""
        return [(tag, self.joint.join(lines)) for tag, lines in self.lines]

    def every(self, *tags: str) -> list[str]:
        """The values of any of the tags, in the order of the record; an empty one is none."""
        return [value for tag, value in self.fields if tag in tags and value.strip()]

    def first(self, *tags: str) -> str:
        """The first value of the first of the tags that has one; empty where none has."""
        return next((value for tag in tags for value in self.every(tag)), "")


def tagged_records(text: str, tagging: Tagging, entries: Entries) -> Iterator[Record]:
    """The records of a text. Lines without a tag between records are no part of any.

    A record without its end is given all the same, and told; so is one without its beginning.
    """
    record: Record | None = None
    after_gap = False
    for number, line in enumerate(text.split("\n"), start=1):
        tag, value = tagging.split(line) or ("", line.strip())
        if record and tag and _is_over(record, tag, after_gap, tagging):
            if tagging.closing and tag != tagging.closing:
                _tell_open(entries, record)
            yield record
            record = None
        if record is None and tag and (not tagging.closing or tag in tagging.opening):
            record = Record(number, tagging.joint)
        if record and tag:
            record.lines.append((tag, [value]))
        elif record and value:
            record.lines[-1][1].append(value)
        elif tag in tagging.titles:
            remedy = f"Begin every entry with a line {' or '.join(sorted(tagging.opening))}."
            entries.problem(number, "the title belongs to no entry", remedy=remedy)
        after_gap = not line.strip()
    if record:
        if tagging.closing:
            _tell_open(entries, record)
        yield record


def _is_over(record: Record, tag: str, after_gap: bool, tagging: Tagging) -> bool:
    """Whether a record was ended before or by the line of this tag."""
    ended = tag == tagging.closing if tagging.closing else after_gap
    return ended or (tag in tagging.opening and any(known == tag for known, _ in record.lines))


def _tell_open(entries: Entries, record: Record) -> None:
    remedy = "Export the file again if it was cut here; else add the line that ends an entry."
    entries.problem(record.line, "the entry has no end", remedy=remedy)
