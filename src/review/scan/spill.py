"""Rows of many tables brought together by a column, a share of them in memory at a time.

Rows are written to one file for each range of the column's hash; rows that belong together land in the
same file, and the files are read one after the other.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

ROWS = 200_000
"""About how many rows are in memory at once."""
MOST_FILES = 512
"""How many files are open at once; with more rows the files grow."""


def together(tables: Iterable[pa.Table], rows: int, column: str, work: Path) -> Iterator[pa.Table]:
    """The rows of `tables`, about `rows` in all: all with the same value of `column` in one table.

    The order of tables and of the rows within one is the same for the same input. `work` is a folder
    for what is too much for memory; the caller removes it.
    """
    # Rounded up.
    count = max(1, min(MOST_FILES, -(-rows // ROWS)))
    paths = [work / f"{column}-{number:03d}.arrow" for number in range(count)]
    writers: dict[int, pa.RecordBatchStreamWriter] = {}
    for table in tables:
        bucket = _hashes(table[column]) % np.uint64(count)
        for number in np.unique(bucket).tolist():
            own = table.filter(pa.array(bucket == number))
            if number not in writers:
                writers[number] = pa.ipc.new_stream(paths[number], own.schema)
            writers[number].write_table(own)
    for writer in writers.values():
        writer.close()
    for number in sorted(writers):
        with pa.ipc.open_stream(paths[number]) as stream:
            table = stream.read_all()
        paths[number].unlink()
        yield table


def _hashes(column: pa.ChunkedArray) -> NDArray[np.uint64]:
    if pa.types.is_uint64(column.type):
        return np.asarray(column.to_numpy())
    texts = column.combine_chunks().dictionary_encode()
    # Python's own hash of a text is another in every process.
    by_text = [
        int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        for text in texts.dictionary.to_pylist()
    ]
    return np.asarray(np.array(by_text, dtype=np.uint64)[texts.indices.to_numpy()])
