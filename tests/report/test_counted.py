"""Numbers with the word they count."""

import pytest

from review.report.counted import counted


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("claim",), "0 claims"),
        (1, ("claim",), "1 claim"),
        (2, ("claim",), "2 claims"),
        (1, ("is", "are"), "1 is"),
        (0, ("is", "are"), "0 are"),
    ],
)
def test_one_is_singular_and_all_else_plural(number, words, said):
    assert counted(number, *words) == said
