"""Bounds of time and memory: what reaches one is told with a remedy, and nothing else changes."""

import re
import resource
import signal
import threading
import time

import pytest

from review.ingest import reading, reread
from review.ingest.formats import aside, docx, encoding, one_line, pdf, walk
from review.language import sentences
from review.model.errors import InOption, InputError
from review.store import children
from review.store.bounds import Bounds, ended_by, within

PLACE = InOption("--corpus")
LITTLE = Bounds(seconds=1, gigabytes=4)


def limits():
    kinds = (resource.RLIMIT_CPU, resource.RLIMIT_AS)
    return [resource.getrlimit(kind) for kind in kinds], signal.getsignal(signal.SIGXCPU)


def for_ever():
    while True:
        try:
            re.search(r"(x+x+)+y", "x" * 26)
        except Exception:  # noqa: BLE001 - as libraries do
            continue


def test_what_takes_too_long_is_told_and_the_limits_are_as_before():
    before = limits()
    with pytest.raises(InputError) as caught, within(LITTLE, PLACE, "Give less."):
        for_ever()
    (problem,) = caught.value.problems
    assert str(problem) == "--corpus: it took more than 1 seconds of processor time. Give less."
    assert limits() == before


def test_what_takes_too_much_memory_is_told():
    with (
        pytest.raises(InputError, match="more than 4 GB of memory"),
        within(LITTLE, PLACE, "Give less."),
    ):
        bytearray(6 * 1024**3)
    assert len(bytearray(10**7)) == 10**7


def test_what_stays_within_is_left_alone_in_any_thread():
    done = []

    def work():
        with within(LITTLE, PLACE, "Give less."):
            done.append(limits()[0])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    work()
    outside, inside = done
    assert outside == limits()[0]
    assert inside[0][0] != resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("does", "what"),
    [
        ("while True: pass", "more than 1 seconds of processor time"),
        ("bytearray(3 * 1024**3)", "more than 2 GB of memory"),
        ("import os; os.abort()", "more than 2 GB of memory"),
        ("raise SystemExit('a damaged file')", ""),
    ],
)
def test_a_process_is_held_to_its_bounds_and_what_ended_it_is_told(does, what):
    bounds = Bounds(seconds=1, gigabytes=2)
    code = f"from review.store.bounds import Bounds, bind\nbind({bounds!r})\n{does}"
    done = children.run(children.python("-c", code), seconds=60)
    said = done.stderr.decode().strip().splitlines()[-1:] or [""]
    found = ended_by(done.returncode, said[0], bounds)
    assert (what in found) if what else not found


# Those of `raised` read sixty characters, and those of `recognised` the first of a source.
READ = (aside, docx, encoding, one_line, pdf, reading, reread, sentences, walk)
PATTERNS = {
    f"{module.__name__}.{name}": value
    for module in READ
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
PUMPED = (
    " ", "a", "7", ".", "!", "-", "\n", "a ", "7 ", ". ", "A. ", "a-", "_", "(", "[1] ", "³", "“", "é",
    "<!-- -->", "display:", "vertical-align ", "charset=", "<meta ", "\u00a0", "• ", "+ ", "…", "-\n",
)  # fmt: skip


@pytest.mark.parametrize("name", PATTERNS)
def test_no_expression_of_a_reader_takes_the_square_of_what_it_reads(name):
    """Ten times as much takes ten times as long; by the square it would be a hundred times."""
    pattern = PATTERNS[name]
    for pumped in PUMPED:
        text = pumped * (40_000 // len(pumped)) + "\x01"
        given = text.encode() if isinstance(pattern.pattern, bytes) else text
        begun = time.process_time()
        for _ in pattern.finditer(given):
            pass
        assert time.process_time() - begun < 0.5, pumped
