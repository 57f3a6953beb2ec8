"""The same work on many things in processes beside each other; one that dies takes nothing with it."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from review.store import children

_IMPORTED_ONCE = ("review.teaching.marking.submissions", "review.report.formats.html")

T = TypeVar("T")
R = TypeVar("R")


def side_by_side(
    work: Callable[[T], R],
    things: Sequence[T],
    workers: int,
    died: Callable[[T], R],
    done: Callable[[], object],
) -> list[R]:
    """What `work` gives for each of `things`, in their order; `done` is called after each.

    For a thing whose work ends its process, `died` gives the result. With one worker the work is done in
    this process. `work` and the things must be importable in another process.
    """
    if workers == 1 or len(things) < 2:
        alone = []
        for thing in things:
            alone.append(work(thing))
            done()
        return alone
    results: dict[int, R] = {}
    with _pool(min(workers, len(things))) as pool:
        running = {pool.submit(work, thing): at for at, thing in enumerate(things)}
        for future in as_completed(running):
            try:
                results[running[future]] = future.result()
            except BrokenProcessPool:
                continue  # nobody knows which thing did it: all that is left is tried alone
            done()
    left = [at for at in range(len(things)) if at not in results]
    for at, result in zip(left, _one_by_one(work, [things[at] for at in left], died), strict=True):
        results[at] = result
        done()
    return [results[at] for at in range(len(things))]


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    # A copy of this process would hold locks of threads that it does not have; copies of a server that
    # has done nothing but import do not, and need not import again.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_IMPORTED_ONCE))
    with children.isolated(), ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield pool


def _one_by_one(work: Callable[[T], R], things: Sequence[T], died: Callable[[T], R]) -> Iterator[R]:
    waiting = deque(things)
    while waiting:
        with _pool(1) as pool:
            try:
                while waiting:
                    # Taken off only when it is done: if the process dies, it is this one that did it.
                    yield pool.submit(work, waiting[0]).result()
                    waiting.popleft()
            except BrokenProcessPool:
                yield died(waiting.popleft())
