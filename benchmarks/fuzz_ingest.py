"""`python -m benchmarks.fuzz_ingest 10000`: broken files of every format, read under limits.

Samples of each format are changed byte by byte, cut, doubled and mixed. Each reading must end in
`LIMIT` seconds of processor time and 2 GiB of memory with a text or a ReviewError; anything else is a
crash or a hang, and is printed with the number that makes it again.
"""

import io
import logging
import multiprocessing
import queue
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from types import FrameType

from review.ingest.bounded import BOUNDS
from review.ingest.reading import Reading, canonical_text
from review.ingest.worker import reader_of
from review.model.errors import ReviewError
from review.model.records import Capture
from review.model.vocabulary import PageFormat
from review.store.bounds import GIGABYTE

PROJECT = Path(__file__).resolve().parents[1]
LIMIT = 5.0
WORKERS = 2
SILENCE = 60
"""Seconds without a word after which the readers are taken to hang where no signal reaches them."""
sys.path.insert(0, str(PROJECT / "tests" / "ingest"))

TOKENS = [
    token.encode("latin-1")
    for token in (
        "<div> </div> <table><tr><td> <details><summary> <!-- <![CDATA[ <script> &#x110000; &lt; "
        "\x00 \xff\xfe \xef\xbb\xbf \xe2\x80\xae <p\x0chidden> %PDF- endobj stream /FlateDecode "
        "/Kids[1 > [a]( **** |a|b|\n|---|---|\n - ``` aria-controls=a id=a charset=utf-7 -1 "
        "99999999999 PK\x05\x06"
    ).split(" ")
]


def samples() -> list[tuple[PageFormat, bytes]]:
    """Files of every format, as they should be."""
    from sources import docx_bytes, encrypted, pdf_bytes

    pages = sorted((PROJECT / "tests" / "pages").glob("*.html"))
    brochure = pdf_bytes()
    return [
        *[(PageFormat.HTML, path.read_bytes()) for path in pages],
        *[
            (PageFormat.MARKDOWN, (PROJECT / name).read_bytes())
            for name in ("README.md", "docs/adding.md")
        ],
        (PageFormat.TEXT, (PROJECT / "evidence" / "pages" / "clinic-faq.txt").read_bytes()),
        (PageFormat.DOCX, docx_bytes()),
        (PageFormat.PDF, brochure),
        (PageFormat.PDF, encrypted(brochure, "")),
    ]


def mutated(kind: PageFormat, content: bytes, chance: random.Random) -> bytes:
    """One broken file; half of the DOCX files are whole ZIP files, most texts are whole UTF-8."""
    if kind is PageFormat.DOCX and chance.random() < 0.5:
        return _with_broken_parts(content, chance)
    broken = _broken(content, chance)
    if kind in (PageFormat.PDF, PageFormat.DOCX) or chance.random() < 0.3:
        return broken
    # Most broken bytes end at the decoder; what is text again gets further.
    return broken.decode("utf-8", "ignore").replace("\0", "").encode()


def _with_broken_parts(content: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            broken = "document" in entry.filename and chance.random() < 0.9
            new.writestr(entry.filename, _broken(data, chance) if broken else data)
    return out.getvalue()


def _broken(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 8, 32, 128))):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 2, 8, 64, 512))
        way = chance.randrange(7)
        if way == 0 and data:
            data[at % len(data)] = chance.randrange(256)
        elif way == 1:
            del data[at : at + length]
        elif way == 2:
            data[at:at] = bytes(chance.randrange(256) for _ in range(min(length, 64)))
        elif way == 3:
            data[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 1, 3, 300))
        elif way == 4:
            data[at:at] = data[at : at + length] * chance.choice((1, 2, 50))
        elif way == 5 and chance.random() < 0.2:
            del data[at:]
        else:
            other = chance.randrange(len(data) + 1)
            data[at:at] = data[other : other + length]
    return bytes(data[:2_000_000])


def outcome(kind: PageFormat, content: bytes) -> str:
    """What came of one reading: text, refused, or what went wrong."""
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        return kept(kind, reader_of(kind)(content, "fuzz"))
    except ReviewError as error:
        return "refused" if all(problem.remedy for problem in error.problems) else "NO REMEDY"
    except _Late:
        return f"HANG: {traceback.format_exc(limit=-3)}"
    # The one place where every error is caught: finding them is what this is for.
    except (Exception, MemoryError):  # noqa: BLE001
        return f"CRASH: {traceback.format_exc(limit=-4)}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def kept(kind: PageFormat, reading: Reading) -> str:
    """Whether a page and its capture can be made of a reading."""
    about = {name: value for name, value in asdict(reading).items() if name not in ("text", "title")}
    Capture(page="fuzz", format=kind, source="fuzz", sha256="0" * 64, size=0, **about)
    words = [reading.text, reading.title, *reading.set_aside, *reading.only_article]
    return (
        "text"
        if canonical_text(reading.text, "fuzz")[0].encode() and "\n".join(words).encode()
        else "EMPTY"
    )


class _Late(BaseException):
    """The time of one reading is over."""


def _raise_late(_number: int, _frame: FrameType | None) -> None:
    raise _Late


def work(first: int, last: int, results: "multiprocessing.Queue[tuple[int, str, str, float]]") -> None:
    """Read the broken files from number `first` to before `last`."""
    logging.disable()
    memory = BOUNDS.gigabytes * GIGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.signal(signal.SIGVTALRM, _raise_late)
    kinds = samples()
    for number in range(first, last):
        kind, content = kinds[number % len(kinds)]
        broken = mutated(kind, content, random.Random(number))
        results.put((number, kind, "BEGUN", 0.0))
        began = time.process_time()
        found = outcome(kind, broken)
        results.put((number, kind, found, time.process_time() - began))


def read_all(count: int, start: int) -> Iterator[tuple[int, str, str, float]]:
    """What came of `count` broken files, as it comes; a file that ended its process comes last."""
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[tuple[int, str, str, float]] = context.Queue()
    edges = [start + count * n // WORKERS for n in range(WORKERS + 1)]
    workers = [
        context.Process(target=work, args=(first, last, results)) for first, last in pairwise(edges)
    ]
    for worker in workers:
        worker.start()
    doing: dict[int, str] = {}
    heard = time.monotonic()
    while any(worker.is_alive() for worker in workers) or not results.empty():
        try:
            number, kind, found, taken = results.get(timeout=1)
        except queue.Empty:
            if time.monotonic() - heard > SILENCE:
                for worker in workers:
                    worker.kill()
            continue
        heard = time.monotonic()
        doing[number] = kind
        if found != "BEGUN":
            yield number, doing.pop(number), found, taken
    for number, kind in doing.items():
        yield number, kind, "DIED", 0.0


def main(count: int, start: int = 0) -> int:
    """Read `count` broken files and print what came of them; the exit code is 1 if any failed."""
    tally: Counter[tuple[str, str]] = Counter()
    slowest: dict[str, float] = {}
    failures: list[str] = []
    for number, kind, found, taken in read_all(count, start):
        tally[kind, found.partition(":")[0]] += 1
        slowest[kind] = max(slowest.get(kind, 0.0), taken)
        if found not in ("text", "refused"):
            failures.append(f"{kind} {number}: {found}")
    for (kind, found), times in sorted(tally.items()):
        print(f"{kind:9} {found:8} {times:6}")
    for kind, seconds in sorted(slowest.items()):
        print(f"slowest {kind:9} {seconds:.2f} s")
    print(f"{sum(tally.values())} of {count} read, {len(failures)} failed")
    for failure in failures[:40]:
        print(failure)
    return bool(failures) or sum(tally.values()) != count


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
