"""Pages as Parquet: columns `url`, and `html` or `text`, of strings or bytes."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from review.model.errors import InFile, Problem
from review.scan.corpora.parts import Cut
from review.scan.corpora.record import StoredPage, Unread

_ROWS = 64
"""Rows that are in memory at once."""
_STRINGS = (pa.string(), pa.large_string())
_TEXTS = (*_STRINGS, pa.binary(), pa.large_binary())


def cuts(path: Path, pages: int) -> Iterator[Cut | Problem]:
    """The file in cuts of `pages` rows; none reaches over the end of a row group."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        fault = f"this is no whole Parquet file ({str(error).splitlines()[0]})"
        yield InFile(path.name).problem(fault, remedy="Fetch the file again, and scan again.")
        return
    with file:
        if wrong := _wrong(file.schema_arrow):
            remedy = "Name the columns `url`, and `html` or `text`."
            yield InFile(path.name).problem(wrong, remedy=remedy)
            return
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        first = 0
        for group in range(file.metadata.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            for start in range(0, rows, pages):
                stop = min(start + pages, rows)
                # A row group has no digest of its own, so that of the whole file stands for all its
                # cuts.
                yield Cut(start, stop, first + start, f"{digest} {group} {start}", group)
            first += rows


def records(path: Path, cut: Cut) -> Iterator[StoredPage | Unread]:
    """The pages of a cut in their order; where the file is damaged, the rest of it as one problem."""
    number = cut.first
    try:
        for record in _records(path, cut):
            yield record
            number += 1
    except (pa.ArrowException, OSError) as error:
        fault = f"this row and those after it in its part cannot be read ({str(error).splitlines()[0]})"
        place = InFile(path.name, number + 1)
        yield Unread(place.problem(fault, remedy="Fetch the file again, and scan again."))


def _records(path: Path, cut: Cut) -> Iterator[StoredPage | Unread]:
    with pq.ParquetFile(path) as file:
        kind = "html" if "html" in file.schema_arrow.names else "text"
        is_text = file.schema_arrow.field(kind).type in _STRINGS
        batches = file.iter_batches(_ROWS, [cut.group], ["url", kind], use_threads=False)
        at = 0
        for batch in batches:
            # Batches are cut without regard to the cut: of each only the cut's own rows are taken.
            wanted = batch.slice(max(cut.start - at, 0), max(cut.stop - max(at, cut.start), 0))
            number = cut.first + max(at - cut.start, 0)
            at += len(batch)
            # As bytes, because a text that is not UTF-8 is told by its row.
            columns = [wanted.column(name).cast(pa.large_binary()).to_pylist() for name in ("url", kind)]
            for url, content in zip(*columns, strict=True) if at > cut.start else ():
                number += 1
                yield _record(InFile(path.name, number), url, content, kind, is_text)
            if at >= cut.stop:
                return


def _wrong(schema: pa.Schema) -> str:
    """What is wrong with the columns, in words; empty where nothing is."""
    names = set(schema.names)
    if "url" not in names or not names & {"html", "text"}:
        return f"its columns are {', '.join(schema.names)}"
    used = ("url", "html" if "html" in names else "text")
    other = [name for name in used if schema.field(name).type not in _TEXTS]
    return f"the column {other[0]} holds {schema.field(other[0]).type}, not text" if other else ""


def _record(
    place: InFile, url: bytes | None, content: bytes | None, kind: str, is_text: bool
) -> StoredPage | Unread:
    if not url or content is None:
        remedy = "Fill it, or leave the row out."
        return Unread(place.problem("a cell is empty", remedy=remedy))
    address = url.decode("utf-8", "replace")
    # A text of Parquet is UTF-8, whatever the page declares.
    charset = "utf-8" if is_text else ""
    return StoredPage(place, address, content, is_html=kind == "html", charset=charset)
