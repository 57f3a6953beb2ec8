"""The file of Retraction Watch, which Crossref gives out: one row a notice.

Columns, and what stands where there is none: the README of
https://gitlab.com/crossref/retraction-watch-data. Concerns and corrections are not complete there.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from review.literature.dates import iso_date
from review.literature.identifiers import doi_in, whole_pmid
from review.literature.services.answer import NotAsked, State
from review.literature.services.forms import UnreadableError
from review.literature.services.request import Form, Request
from review.literature.services.terms import Service
from review.model.errors import InFile, Problem

NEEDED = frozenset({"Record ID", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature"})
"""The columns without which a file says nothing of a paper."""

# In some years a time of day stands behind it: "7/30/2026 0:00".
_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: [0-9:]+)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One notice, with every field as it stands in the file under the names of its columns.

    `line` is that on which it ends.
    """

    columns: tuple[str, ...] = field(repr=False)
    fields: tuple[str, ...]
    line: int

    @property
    def raw(self) -> Mapping[str, str]:
        """The fields by the names of their columns."""
        return dict(zip(self.columns, self.fields, strict=False))

    @property
    def record(self) -> str:
        """The number of the row, which Crossref names as `record-id`."""
        return self._of("Record ID")

    @property
    def nature(self) -> str:
        """Retraction, Correction, Expression of concern, or Reinstatement, in the words of the file."""
        return self._of("RetractionNature")

    @property
    def date(self) -> str:
        """The day of the notice; empty where the file has none that can be read."""
        return _day(self._of("RetractionDate"))

    @property
    def paper_date(self) -> str:
        """The day of the paper; empty where the file has none that can be read."""
        return _day(self._of("OriginalPaperDate"))

    @property
    def notice_doi(self) -> str:
        """The DOI of the notice; empty where there is none (`unavailable`)."""
        return doi_in(self._of("RetractionDOI"))

    @property
    def notice_pmid(self) -> str:
        """The PubMed number of the notice; empty where there is none (0)."""
        return whole_pmid(self._of("RetractionPubMedID"))

    @property
    def paper_doi(self) -> str:
        """The DOI of the paper; empty where there is none (`unavailable`)."""
        return doi_in(self._of("OriginalPaperDOI"))

    @property
    def paper_pmid(self) -> str:
        """The PubMed number of the paper; empty where there is none (0)."""
        return whole_pmid(self._of("OriginalPaperPubMedID"))

    @property
    def title(self) -> str:
        """The title of the paper."""
        return self._of("Title")

    @property
    def journal(self) -> str:
        """The journal of the paper."""
        return self._of("Journal")

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons, in the words of the file; some rows begin each with a plus sign."""
        listed = (reason.strip().lstrip("+").strip() for reason in self._of("Reason").split(";"))
        return tuple(filter(None, listed))

    def _of(self, column: str) -> str:
        if column not in self.columns:
            return ""
        return self.fields[self.columns.index(column)].strip()


@dataclass(frozen=True)
class Index:
    """All rows of a file and what is wrong with it; `replaced` counts bytes that were no UTF-8."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    replaced: int = 0

    def about(self, doi: str = "", pmid: str = "") -> tuple[Row, ...]:
        """The rows about a paper, by either of its identifiers, in the order of the file."""
        by_doi = self._by_doi.get(doi.lower(), []) if doi else []
        by_pmid = self._by_pmid.get(pmid, []) if pmid else []
        return tuple(self.rows[at] for at in sorted({*by_doi, *by_pmid}))

    @cached_property
    def _by_doi(self) -> Mapping[str, Sequence[int]]:
        return _places(row.paper_doi for row in self.rows)

    @cached_property
    def _by_pmid(self) -> Mapping[str, Sequence[int]]:
        return _places(row.paper_pmid for row in self.rows)


def index() -> Request:
    """The whole file, by name."""
    return Request(Service.RETRACTION_WATCH, "/retraction_watch.csv", form=Form.CSV)


def state(request: Request, content: bytes) -> State:  # noqa: ARG001  (all services have one form)
    """What an answer says: that the file is there. Raises UnreadableError."""
    if NEEDED - set(_heading(content[:5_000].decode("utf-8-sig", "replace"))):
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer is not the table of notices")
    return State.FOUND


def read_index(content: bytes, name: str = "retraction_watch.csv") -> Index:
    """The rows of a file, downloaded or put down by the user; a row that cannot be read is told.

    A byte that is no UTF-8 is replaced and counted: titles and names hold some. A file without the
    columns that are needed has no row and one problem.
    """
    text = content.decode("utf-8-sig", "replace")
    # A mark that stood in the file already was replaced by somebody before.
    replaced = text.count("\ufffd") - content.count("\ufffd".encode())
    columns = _heading(text)
    if missing := NEEDED - set(columns):
        fault = f"the columns {', '.join(sorted(missing))} are missing"
        return Index((), (InFile(name, 1).problem(fault, remedy="Fetch the file again."),), replaced)
    rows: list[Row] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    next(reader)
    try:
        for fields in reader:
            # The table ends with rows that hold nothing but commas.
            if len(fields) >= len(columns):
                if any(fields):
                    rows.append(Row(columns, tuple(fields[: len(columns)]), reader.line_num))
            elif fields:
                fault = f"the row has {len(fields)} fields, not {len(columns)}"
                remedy = "Fetch the file again: it may have been cut here."
                problems.append(InFile(name, reader.line_num).problem(fault, remedy=remedy))
    except csv.Error as error:
        fault = f"what follows is not readable as CSV: {error}"
        problems.append(InFile(name, reader.line_num).problem(fault, remedy="Fetch the file again."))
    return Index(tuple(rows), (*problems, *_undated(rows, name)), replaced)


def _heading(text: str) -> tuple[str, ...]:
    """The names of the columns; an empty one at the end, as the file has, is none."""
    try:
        names = next(csv.reader(io.StringIO(text.partition("\n")[0], newline="")), [])
    except csv.Error:
        return ()
    return tuple(name.strip() for name in names if name.strip())


def _undated(rows: Sequence[Row], name: str) -> Iterator[Problem]:
    for row in rows:
        written = row.raw.get("RetractionDate", "").strip()
        if written and not row.date:
            fault = f"{written[:30]!r} is no date of the form month/day/year"
            remedy = "The notice counts as undated; fetch a newer file."
            yield InFile(name, row.line, "RetractionDate").problem(fault, remedy=remedy)


def _day(written: str) -> str:
    match = _DATE.fullmatch(written)
    date = iso_date(match[3], match[1], match[2]) if match else ""
    return date if len(date) == len("2026-01-31") else ""


def _places(identifiers: Iterator[str]) -> Mapping[str, Sequence[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, identifier in enumerate(identifiers):
        if identifier:
            places[identifier].append(at)
    return places
