"""CSV with exact columns and the editor's line numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.errors import InFile
from review.store.files.csv_file import read_csv, write_csv


def test_lines_are_those_of_an_editor_even_after_a_cell_of_two_lines():
    file = read_csv('a,b\n1,"two\nlines"\n3,4\n', "a.csv", ["a", "b"])
    assert [row.line for row in file.rows] == [2, 4]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a,c\n", 1, "missing b; unknown 'c'"),
        ("b,a\n", 1, "their order differs"),
        ("", 1, "missing a, b"),
        ("a,b\n1\n", 2, "1 cells"),
        ("a,b\n1,2,3\n", 2, "3 cells"),
        ("a,b\n\n1,2\n", 2, "0 cells"),
        ('a,b\n"1,2\n', 2, "not readable"),
    ],
)
def test_what_is_refused(text, line, what):
    (problem,) = read_csv(text, "a.csv", ["a", "b"]).problems
    assert problem.place == InFile("a.csv", line)
    assert what in problem.fault
    assert problem.remedy


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=30)


@given(st.lists(st.tuples(cells, cells), max_size=6))
def test_what_is_written_is_read_back(rows):
    written = write_csv([{"a": a, "b": b} for a, b in rows], ["a", "b"])
    read = read_csv(written, "a.csv", ["a", "b"])
    assert read.problems == []
    assert [(row.cells["a"], row.cells["b"]) for row in read.rows] == rows
