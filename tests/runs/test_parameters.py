"""Parameters are typed and checked before a kernel starts, all problems at once."""

from datetime import date

import pytest

from review.model.errors import ParameterError
from review.model.vocabulary import Audience, Category, StartRule, Upgrading
from review.report.citations import style_file
from review.runs.parameters import RunParameters, check_selection, run_parameters

ALL = tuple(RunParameters.model_fields)


def problems(*given):
    with pytest.raises(ParameterError) as caught:
        run_parameters(given, ALL)
    return [str(problem) for problem in caught.value.problems]


def test_text_is_typed():
    parameters = run_parameters(
        [("pages", "a, b"), ("categories", "safety"), ("as_of", "2021-12-31"), ("audience", "class")],
        ALL,
    )
    assert parameters.pages == ["a", "b"]
    assert parameters.categories == [Category.SAFETY]
    assert parameters.as_of == date(2021, 12, 31)
    assert parameters.audience is Audience.CLASS


def test_grade_settings_are_typed():
    given = [("start_rule", "robins-i"), ("upgrading", "lenient"), ("information_size", "800")]
    parameters = run_parameters(given, ALL)
    assert parameters.start_rule is StartRule.ROBINS_I
    assert parameters.upgrading is Upgrading.LENIENT
    assert parameters.information_size == 800
    assert run_parameters(parameters.literals().items(), ALL) == parameters


def test_literals_give_the_same_parameters_again():
    parameters = run_parameters([("pages", "a"), ("as_of", "2021-12-31"), ("reviewer", "R")], ALL)
    assert run_parameters(parameters.literals().items(), ALL) == parameters


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("pagess", "a", "Did you mean 'pages'?"),
        ("colour", "red", "Known parameters: evidence, pages"),
        ("as_of", "2021-02-30", "There is no such day"),
        ("as_of", "31.12.2021", "Write the date as YYYY-MM-DD"),
        ("audience", "boss", "Use one of 'director', 'clinic' or 'class'"),
        ("framework", "sort", "Use one of 'grade', 'ocebm' or 'both'"),
        ("topics", "Hair loss", "String should match pattern"),
        ("start_rule", "robins", "Use one of 'classic', 'robins-i' or 'core'"),
        ("upgrading", "lax", "Use one of 'strict' or 'lenient'"),
        ("information_size", "many", "valid integer"),
        ("information_size", "0", "greater than or equal to 1"),
        ("information_size", "1000001", "less than or equal to 1000000"),
        ("reviewer", "x" * 300, "at most 200"),
        ("organisation", "a\x00b", "pattern"),
        ("citation_style", "vancuver", "There is no style 'vancuver'; the nearest are vancouver"),
        ("citation_style", "nowhere/own.csl", "The style file 'own.csl' cannot be read"),
    ],
)
def test_what_is_refused(name, value, remedy):
    (problem,) = problems((name, value))
    assert problem.startswith(f"parameter {name}: ")
    assert remedy in problem


def test_a_style_file_of_ones_own_is_found_from_any_folder(tmp_path, monkeypatch):
    (tmp_path / "own.csl").write_bytes(style_file("vancouver").read_bytes())
    monkeypatch.chdir(tmp_path)
    parameters = run_parameters([("citation_style", "own.csl")], ALL)
    assert parameters.citation_style == str(tmp_path / "own.csl")


def test_all_problems_come_at_once():
    assert (
        len(
            problems(
                ("pagess", "a"), ("as_of", "never"), ("audience", "boss"), ("out", "x"), ("out", "y")
            )
        )
        == 4
    )


def test_a_notebook_must_declare_every_parameter():
    with pytest.raises(ParameterError) as caught:
        run_parameters([], [name for name in ALL if name != "reviewer"])
    assert "the notebook does not declare it" in str(caught.value)


def test_unknown_pages_and_topics_are_named_together(review):
    asked = RunParameters(pages=["clinic-faq", "b"], topics=["laser", "lazer"])
    with pytest.raises(ParameterError) as caught:
        check_selection(asked, review.evidence)
    assert [problem.remedy.partition("?")[0] for problem in caught.value.problems] == [
        f"Known pages: {', '.join(review.evidence.pages)}.",
        "Did you mean 'laser'",
    ]
