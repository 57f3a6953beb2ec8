"""`python -m benchmarks.scan 1000 10000 --workers 2`: how a scan grows with its corpus.

The pages are made (see `made_pages.py`). Seconds on a clock depend on what else the machine does;
seconds of the processor hardly do, so growth is read from these.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import psutil

from benchmarks.made_pages import SEED, made_pages
from review.language.sentences import sentences
from review.store.snapshot import read_evidence

PROJECT = Path(__file__).resolve().parents[1]
EVIDENCE = PROJECT / "evidence"
TEN_MILLION = 10_000_000
_LOOK = 5.0
"""Seconds between two looks at the memory, which take time themselves."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of made pages and what it holds; `different` counts sentences that are like no other."""

    path: Path
    pages: int
    sentences: int
    different: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a scan took: seconds on a clock, seconds of processors, and memory in megabytes.

    `largest` is that of the largest process at any moment, `together` that of all processes, where what
    they share is counted once.
    """

    seconds: float
    processor: float
    largest: float
    together: float
    written: float


def make(path: Path, pages: int) -> Corpus:
    """Write made pages as JSON lines, one at a time."""
    real = [page.text for page in read_evidence([EVIDENCE]).pages.values()]
    total = 0
    met: set[bytes] = set()
    with path.open("w", encoding="utf-8") as file:
        for url, text in made_pages(real, pages):
            file.write(json.dumps({"url": url, "text": text}, ensure_ascii=False) + "\n")
            for sentence in sentences(text):
                total += 1
                met.add(blake2b(sentence.encode(), digest_size=8).digest())
    return Corpus(path, pages, total, len(met))


def scan(corpus: Path, out: Path, workers: int, more: Sequence[str] = ()) -> Taken:
    """Run `review scan` on a corpus and watch it."""
    command = [sys.executable, "-m", "review", "scan", str(corpus), "--out", str(out)]
    command += ["--evidence", str(EVIDENCE), "--workers", str(workers), *more]
    before, start = _processor(), time.perf_counter()
    largest = together = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            each, shared_once = _memory(process.pid)
            largest, together = max(largest, each), max(together, shared_once)
            time.sleep(_LOOK)
    if process.returncode:
        raise SystemExit(process.returncode)
    seconds = time.perf_counter() - start
    written = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return Taken(seconds, _processor() - before, largest, together, written / 1e6)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(process: int) -> tuple[float, float]:
    largest = together = 0.0
    try:
        root = psutil.Process(process)
        for one in [root, *root.children(recursive=True)]:
            memory = one.memory_full_info()
            largest = max(largest, memory.rss / 1e6)
            together += getattr(memory, "pss", memory.uss) / 1e6
    except psutil.Error:
        pass
    return largest, together


HEAD = (
    "| pages | sentences a page | like no other | seconds | processor seconds "
    "| pages a processor second | sentences like no other a processor second "
    "| largest process, MB | all together, MB | read, MB | written, MB |\n"
    f"|{'---:|' * 11}"
)


def row(corpus: Corpus, taken: Taken) -> str:
    """What a scan took, as a row of a table."""
    cells = (
        f"{corpus.pages:,}",
        f"{corpus.sentences / corpus.pages:.1f}",
        f"{corpus.different / corpus.sentences:.0%}",
        f"{taken.seconds:,.0f}",
        f"{taken.processor:,.0f}",
        f"{corpus.pages / taken.processor:.1f}",
        f"{corpus.different / taken.processor:,.0f}",
        f"{taken.largest:.0f}",
        f"{taken.together:.0f}",
        f"{corpus.path.stat().st_size / 1e6:.1f}",
        f"{taken.written:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def ten_million(corpus: Corpus, taken: Taken) -> Iterator[str]:
    """What ten million pages would take if all grew in proportion: computed, not measured."""
    rate = corpus.pages / taken.processor
    seconds = TEN_MILLION / rate
    times = TEN_MILLION / corpus.pages
    read, written = corpus.path.stat().st_size * times / 1e9, taken.written * times / 1e3
    yield f"{TEN_MILLION:,} pages / {rate:.1f} = {seconds:,.0f} processor seconds"
    yield f"on 2 processors {seconds / 7200:.1f} h; within a day {seconds / 86400:.1f} processors"
    yield f"read {read:.1f} GB, written {written:.1f} GB"


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", type=int, nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="Keep corpus and results here.")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="scan-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"made pages, seed {SEED}; {given.workers} workers, {psutil.cpu_count()} processors")
    print(HEAD)
    for pages in given.pages:
        corpus = make(folder / f"{pages}.jsonl", pages)
        out = folder / str(pages)
        shutil.rmtree(out, ignore_errors=True)
        taken = scan(corpus.path, out, given.workers)
        print(row(corpus, taken), flush=True)
    print("\n".join(ten_million(corpus, taken)))
    if given.folder is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
