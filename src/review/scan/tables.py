"""The tables of a scan and their columns, as Parquet that is the same bytes for the same rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from review.model.knowledge.packs import Flag
from review.model.vocabulary import Match, Verdict
from review.store.files.whole_file import replacing, write_whole

_NUMBER, _BIG, _TEXT, _SHARE = pa.int32(), pa.int64(), pa.string(), pa.float32()
_PAGE = [("part", _NUMBER), ("page", _NUMBER), ("url", _TEXT), ("site", _TEXT)]


def counted(flags: Iterable[Flag]) -> tuple[str, ...]:
    """What is counted of each page and each site: claims, by match, by suggested verdict, by flag."""
    return ("claims", *map(str, Match), *map(str, Verdict), *(flag.flag for flag in flags))


CLAIMS = pa.schema(
    [
        *_PAGE,
        ("start", _NUMBER),
        ("end", _NUMBER),
        ("quote", _TEXT),
        ("category", _TEXT),
        ("wording", _TEXT),
        ("checkworthy", _SHARE),
        ("match", _TEXT),
        ("probability", _SHARE),
        ("proposition", _TEXT),
        ("polarity", _TEXT),
        ("suggested_verdict", _TEXT),
        ("flags", _TEXT),
        ("importance", _SHARE),
    ]
)


def pages_schema(counts: Iterable[str]) -> pa.Schema:
    """The columns of the table of pages, with those of what is counted."""
    sizes = [("place", _TEXT), ("characters", _NUMBER), ("sentences", _NUMBER)]
    return pa.schema([*_PAGE, *sizes, *((name, _NUMBER) for name in counts)])


def sites_schema(counts: Iterable[str]) -> pa.Schema:
    """The columns of the table of sites, with those of what is counted."""
    return pa.schema([("site", _TEXT), ("pages", _BIG), *((name, _BIG) for name in counts)])


PASSAGES = pa.schema(
    [*_PAGE, ("start", _NUMBER), ("end", _NUMBER), ("words_hash", pa.uint64()), ("quote", _TEXT)]
)
PROBLEMS = pa.schema([("part", _NUMBER), ("place", _TEXT), ("what", _TEXT), ("remedy", _TEXT)])
LINEAGE = pa.schema(
    [
        ("group", _TEXT),
        ("pages", _BIG),
        ("sites", _BIG),
        ("site", _TEXT),
        ("url", _TEXT),
        ("part", _NUMBER),
        ("page", _NUMBER),
        ("start", _NUMBER),
        ("end", _NUMBER),
        ("quote", _TEXT),
    ]
)
PART_TABLES = ("claims", "pages", "passages", "problems")
"""The tables that each part of a scan has."""


def part_schemas(counts: Iterable[str]) -> dict[str, pa.Schema]:
    """The columns of the tables of a part, by table."""
    schemas = (CLAIMS, pages_schema(counts), PASSAGES, PROBLEMS)
    return dict(zip(PART_TABLES, schemas, strict=True))


ROWS_AT_ONCE = 65_536

_OPTIONS: Mapping[str, Any] = {"compression": "zstd", "row_group_size": ROWS_AT_ONCE}


def write_table(path: Path, rows: Sequence[Mapping[str, object]], schema: pa.Schema) -> None:
    """Write rows to a Parquet file, whole or not at all. Raises OutputError when that fails."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(list(rows), schema), sink, **_OPTIONS)
    write_whole(path, sink.getvalue().to_pybytes())


@contextmanager
def growing(path: Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """A Parquet file that is written piece by piece and stands at `path` only when it is whole."""
    with replacing(path) as fresh, pq.ParquetWriter(fresh, schema, compression="zstd") as writer:
        yield writer


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a Parquet file of the scan."""
    return pq.read_table(path, columns=columns, use_threads=False)
