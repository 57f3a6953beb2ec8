"""Problems and their places: each kind of place, its printed form, the order, and how they are made."""

import ast
import itertools
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.errors import (
    ClusterError,
    InCommand,
    InField,
    InFile,
    InOption,
    InParameter,
    InPart,
    InputError,
    InRevision,
    InSource,
    MissingRecord,
    ParameterError,
    Place,
    Problem,
)
from review.people.entries import Entered

PRINTED = [
    (InFile("clinic/claims.csv"), "clinic/claims.csv"),
    (InFile("clinic/claims.csv", 3), "clinic/claims.csv:3"),
    (InFile("ratings.xlsx", 3, "reason"), "ratings.xlsx:3: reason"),
    (InFile("ratings.xlsx", column="reason"), "ratings.xlsx: reason"),
    (InSource("https://clinic.example/hair"), "https://clinic.example/hair"),
    (InSource("page.html", 7), "page.html:7"),
    (InRevision("v1"), "v1"),
    (InRevision("v1", "clinic"), "v1:clinic"),
    (InRevision("v1", "clinic/links.csv", 2), "v1:clinic/links.csv:2"),
    (InPart("claim", "home-001"), "claim home-001"),
    (InPart("question", 4), "question 4"),
    (InPart("cell", 2, "report.ipynb"), "report.ipynb, cell 2"),
    (InCommand("review batch"), "review batch"),
    (InOption("--kind"), "--kind"),
    (InOption("CLAIM"), "CLAIM"),
    (InOption("--cluster", "tcp://10.0.0.5:8786"), "--cluster tcp://10.0.0.5:8786"),
    (InParameter("pages"), "parameter pages"),
    (InField("species"), "species"),
    (InField(Entered.GO_TO), "go to"),
]


@pytest.mark.parametrize(("place", "printed"), PRINTED, ids=[text for _, text in PRINTED])
def test_a_place_is_printed_as_the_user_knows_it(place, printed):
    assert str(place) == printed
    problem = place.problem("it is blank", remedy="Fill it in.")
    assert problem == Problem(place=place, fault="it is blank", remedy="Fill it in.")
    assert str(problem) == f"{printed}: it is blank. Fill it in."


def test_every_kind_of_place_is_met_here():
    # By name: a class with slots leaves the one that it was made from behind.
    kinds = {kind.__name__ for kind in Place.__subclasses__()}
    assert {type(place).__name__ for place, _ in PRINTED} == kinds


def test_places_of_two_kinds_are_two_though_they_print_alike():
    kinds = (InFile, InSource, InRevision, InCommand, InOption, InField)
    alike = [kind("claim") for kind in kinds]
    assert {str(place) for place in alike} == {"claim"}
    assert len(set(alike)) == len(kinds)


def test_there_is_no_place_of_no_kind():
    with pytest.raises(TypeError, match="abstract"):
        Place()


def fault(place, words="it is blank"):
    return place.problem(words, remedy="Fill it in.")


def test_problems_come_by_file_line_and_column_and_then_by_what_is_wrong():
    ordered = [
        fault(InOption("--date")),
        fault(InFile("a.csv")),
        fault(InFile("a.csv", 9)),
        fault(InFile("a.csv", 10), "a cell is empty"),
        fault(InFile("a.csv", 10), "it is blank"),
        fault(InFile("a.csv", 10, "reason")),
        fault(InFile("a.csv", 10, "value")),
        fault(InPart("cell", 9, "b.ipynb")),
        fault(InPart("cell", 10, "b.ipynb")),
        fault(InPart("run", "a", "b.ipynb")),
        fault(InFile("c.csv")),
        fault(InField("date")),
        fault(InSource("page.html", 2)),
        fault(InSource("page.html", 10)),
        fault(InRevision("v1", "b.csv", 9)),
        fault(InRevision("v1", "b.csv", 10)),
    ]
    assert list(InputError(ordered[::-1]).problems) == ordered


ALIKE = [
    fault(InFile("claim")),
    fault(InField("claim")),
    fault(InOption("claim")),
    MissingRecord(place=InFile("claim"), fault="it is blank", remedy="Fill it in."),
    Problem(place=InFile("claim"), fault="it is blank", remedy="Leave it out."),
]


def test_no_order_in_which_problems_are_met_shows():
    assert {InputError(order).problems for order in itertools.permutations(ALIKE)} == {
        InputError(ALIKE).problems
    }


@given(st.permutations([fault(place) for place, _ in PRINTED]))
def test_problems_of_all_kinds_can_stand_in_one_error(problems):
    error = ParameterError(problems)
    assert error.problems == ParameterError(problems[::-1]).problems
    assert str(error).splitlines()[0] == f"{len(PRINTED)} problems"


def test_an_error_of_one_problem_is_made_at_its_place():
    error = ClusterError.at(InOption("--cluster"), "nothing answers", remedy="Start it.")
    assert type(error) is ClusterError
    assert str(error) == "1 problem\n--cluster: nothing answers. Start it."


def test_an_error_reaches_another_process_as_it_was():
    error = InputError([fault(place) for place, _ in PRINTED])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_what_a_problem_is_made_of_is_named():
    with pytest.raises(TypeError):
        Problem(InFile("a.csv"), "it is blank", "Fill it in.")
    with pytest.raises(TypeError):
        InFile("a.csv").problem("it is blank", "Fill it in.")
    with pytest.raises(TypeError):
        InputError.at(InFile("a.csv"), "it is blank", "Fill it in.")


@pytest.fixture(scope="module")
def code(project):
    """Every node of every module of the package and its benchmarks, with where it stands."""
    paths = [*(project / "src").rglob("*.py"), *(project / "benchmarks").rglob("*.py")]
    return [
        (node, f"{path.relative_to(project)}:{getattr(node, 'lineno', 0)}")
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ]


def test_no_problem_is_made_by_position(code):
    made = [
        (node, at)
        for node, at in code
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Problem", "MissingRecord")
    ]
    assert made
    assert [at for node, at in made if node.args] == []


def test_nothing_is_decided_by_the_words_of_a_problem_or_a_place(code):
    words = r"\.fault\b|\.place\.name\b|\bstr\([\w.]*\bplace\)"
    compared = [at for node, at in code if isinstance(node, ast.Compare) and _reads(words, node)]
    looked_into = [
        at
        for node, at in code
        if isinstance(node, ast.Attribute)
        and node.attr in ("startswith", "endswith", "find", "index", "count", "partition", "split")
        and _reads(words, node.value)
    ]
    assert compared + looked_into == []


def _reads(words, node):
    return re.search(words, ast.unparse(node))
