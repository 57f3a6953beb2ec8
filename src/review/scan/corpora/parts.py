"""The parts in which a corpus is scanned: what each holds and the digest by which it is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a file that is scanned at once.

    `start` and `stop` are bytes, in Parquet rows of the row `group`; `first` is how many lines, rows or
    records stand before it in the file; `digest` changes when what it holds does.
    """

    start: int
    stop: int
    first: int
    digest: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class CorpusPart:
    """A cut of a file, numbered through the whole corpus."""

    number: int
    file: str
    cut: Cut

    @property
    def name(self) -> str:
        """The name of its files: `part-00042`."""
        return f"part-{self.number:05d}"
