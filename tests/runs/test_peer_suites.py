"""papermill's own tests and nbclient's notebooks: the same on papermill's own engine and on ours."""

import os

import pytest

from benchmarks.batch_suites import compare_suites, fetch_sources
from review.runs.process import CAN_FORK

VARIABLE = "REVIEW_PEER_SUITES"


@pytest.mark.timeout(600)
@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_the_suites_of_papermill_and_nbclient_are_the_same_on_both_engines(tmp_path):
    if VARIABLE not in os.environ:
        pytest.skip(f"the suites come from PyPI and take minutes: set {VARIABLE}=1 to run them")
    reason = fetch_sources(tmp_path)
    if reason:
        pytest.skip(reason)
    assert compare_suites(tmp_path) == []
