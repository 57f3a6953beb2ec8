"""Magics, outputs, tags, options: the same on papermill's own engine and on ours.

`python -m benchmarks.batch engines` compares all cases and prints them as a table.
"""

import os

import pytest

from benchmarks.batch_engines import CASES, both, but_for_marks, case_by, cells_by
from review.runs import fork_engine
from review.runs.process import CAN_FORK

OFTEN = (
    "skip-execution",
    "allow_error_names",
    "cwd, relative output",
    "a link as output",
)
"""The cases that are tried with every change; each takes a start of an ordinary kernel."""

VARIABLE = "REVIEW_PEER_SUITES"

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")


@pytest.fixture(autouse=True, scope="module")
def engine():
    fork_engine.register()


@pytest.mark.skipif(VARIABLE not in os.environ, reason=f"it takes long: set {VARIABLE}=1 to run it")
def test_what_cells_show_is_the_same():
    theirs, ours = both(cells_by)
    for one, other in zip(theirs, ours, strict=True):
        assert one == other


@pytest.mark.parametrize("case", [case for case in CASES if case.name in OFTEN], ids=lambda c: c.name)
def test_what_an_option_does_is_the_same(case):
    theirs, ours = both(lambda engine, folder: case_by(engine, case, folder))
    assert but_for_marks(theirs) == but_for_marks(ours)
