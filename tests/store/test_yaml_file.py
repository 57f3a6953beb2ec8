"""YAML as text: what a general loader rewrites stays as it was written, what it hides is a problem."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from review.model.errors import InFile
from review.store.files.yaml_file import read_yaml, write_yaml

TRAPS = "blinding: no\npmid: 0123456\nratio: 1:1\np: 1e-3\nday: 2026-01-31\nempty: ~\ncountry: NO\n"


def test_the_traps_are_real():
    loaded = yaml.safe_load(TRAPS)
    assert loaded["blinding"] is False
    assert loaded["pmid"] == 42798
    assert loaded["ratio"] == 61


def test_every_value_stays_as_it_was_written():
    tree = read_yaml(TRAPS, "a.yml").tree
    assert tree == {
        "blinding": "no",
        "pmid": "0123456",
        "ratio": "1:1",
        "p": "1e-3",
        "day": "2026-01-31",
        "empty": "",
        "country": "NO",
    }


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\na: 2\n", 2, "'a' stands twice"),
        ("x:\n  a: 1\n  b: 2\n  a: 3\n", 4, "'a' stands twice"),
        ("a: &one 1\nb: *one\n", 1, "an anchor"),
        ("a: 1\nb: *one\n", 2, "an alias"),
        ("a: !!python/name:os.system 1\n", 1, "a tag"),
        ("%YAML 1.2\n---\na: 1\n", 1, "a directive"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: 1\n# why\nb: 2\n", 2, "a comment"),
        ("a: 1 # why\n", 1, "a comment"),
        ("a: [1, 2\n", 2, "not readable"),
        ("a: 1\n b: 2\n", 2, "not readable"),
        ("", 1, "empty"),
        ("? [a, b]\n: 1\n", 1, "a key is not plain text"),
    ],
)
def test_what_is_refused(text, line, what):
    file, place = read_yaml(text, "a.yml"), InFile("a.yml", line)
    assert any(what in problem.fault and problem.place == place for problem in file.problems), (
        file.problems
    )
    assert all(problem.remedy for problem in file.problems)


def test_a_hash_inside_text_is_no_comment():
    assert read_yaml("a: |\n  # of hairs\nb: 'x # y'\nc: a#b\n", "a.yml").problems == []


def test_deep_nesting_is_refused_before_it_is_built():
    (problem,) = read_yaml("[" * 5000, "a.yml").problems
    assert "too deep" in problem.fault


def test_a_bomb_of_aliases_is_refused():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert read_yaml(bomb, "a.yml").tree is None


def test_lines_are_those_of_an_editor():
    file = read_yaml("a: 1\nb:\n  - c: 2\n  - c: 3\n", "a.yml")
    assert file.line_of(("b", 1, "c")) == 4
    assert file.line_of(("b", 1, "unknown")) == 4


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
lines = st.lists(words, min_size=1, max_size=3).map(" ".join)
values = st.one_of(lines, st.lists(lines, min_size=2, max_size=3).map("\n".join))


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), values, min_size=1, max_size=5))
def test_what_is_written_is_read_back(tree):
    file = read_yaml(write_yaml(tree), "a.yml")
    assert file.problems == []
    assert file.tree == tree
