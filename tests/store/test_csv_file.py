"""CSV with the editor's line numbers, and what is written read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.errors import InFile
from review.store.files.csv_file import write_csv, write_lines
from review.store.files.csv_rows import has_text
from review.store.files.table_file import table_in


def read(text):
    return table_in(text.encode(), "a.csv", ["a", "b"], ["a", "b"])


def test_lines_are_those_of_an_editor_even_after_a_cell_of_two_lines():
    file = read('a,b\n1,"two\nlines"\n\n3,4\n')
    assert [row.line for row in file.rows] == [2, 5]


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("a,c\n", 1, "missing b; unknown 'c'"),
        ("", 1, "missing a, b"),
        ("\n\nb\n", 3, "missing a"),
        ("a,b,a\n", 1, "twice a"),
        ("a,b\n1,2,3\n", 2, "more cells than the header's 2"),
        ('a,b\n"1,2\n', 2, "not readable"),
        ("a,b\n1,#REF!\n", 2, "b is the error #REF! of a spreadsheet"),
    ],
)
def test_what_is_refused(text, line, fault):
    (problem,) = read(text).problems
    assert problem.place == InFile("a.csv", line)
    assert fault in problem.fault
    assert problem.remedy


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=30)
rows_with_text = st.tuples(cells, cells).filter(has_text)


@given(st.lists(rows_with_text, max_size=6))
def test_what_is_written_is_read_back(rows):
    read_back = read(write_csv([{"a": a, "b": b} for a, b in rows], ["a", "b"]))
    assert read_back.problems == ()
    assert [(row.cells["a"], row.cells["b"]) for row in read_back.rows] == rows


names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)


@given(st.lists(names, max_size=3), st.data())
def test_columns_of_others_are_read_back_as_they_were_written(others, data):
    others = [name for name in others if name not in ("a", "b")]
    line = st.lists(cells, min_size=2 + len(others), max_size=2 + len(others))
    rows = data.draw(st.lists(line.filter(has_text), max_size=4))
    read_back = read(write_lines([["a", "b", *others], *rows]))
    assert read_back.problems == ()
    assert list(read_back.others) == others
    assert [[*row.cells.values(), *row.others] for row in read_back.rows] == rows
