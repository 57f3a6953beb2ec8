"""Corpora in RIS, as reference managers and databases export them.

Tags as in the RIS specification of Research Information Systems: a line is two letters or a letter and
a digit, two blanks, a hyphen; what follows without a tag goes on with the line before.
"""

import re
from collections import defaultdict

from review.literature.readers.entries import Entries

_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?$")


def read_ris(text: str, name: str) -> Entries:
    """The entries of `text`, each from `TY` to `ER`; without an id its line is its key."""
    entries = Entries(name)
    fields: defaultdict[str, list[str]] = defaultdict(list)
    start, last = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        match = _TAG.match(line)
        if match and match[1] == "TY":
            if start:
                entries.problem(start, "the entry has no end", remedy="End it with a line 'ER  - '.")
            fields.clear()
            start, last = number, ""
        elif match and match[1] == "ER" and start:
            _add(entries, start, fields)
            start = 0
        elif match and start:
            last = match[1]
            fields[last].append(match[2] or "")
        elif line.strip() and not (start and last):
            remedy = "Begin every entry with a line 'TY  - '."
            entries.problem(number, "the line belongs to no entry", remedy=remedy)
        elif line.strip():
            fields[last][-1] += f" {line.strip()}"
    if start:
        entries.problem(start, "the entry has no end", remedy="End it with a line 'ER  - '.")
    return entries


def _add(entries: Entries, line: int, fields: defaultdict[str, list[str]]) -> None:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields[tag] if value.strip()), "")

    entries.add(
        line,
        first("ID", "AN", "DO") or f"line-{line}",
        first("TI", "T1", "CT"),
        first("AB", "N2"),
        authors=(author.split(",")[0] for tag in ("AU", "A1") for author in fields[tag]),
        year=first("PY", "Y1", "DA"),
        container=first("JO", "JF", "T2", "JA", "BT", "PB"),
        publication_types=fields["M3"],
    )
