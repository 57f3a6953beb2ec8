"""What would change a standing, on the project's own evidence, and the figure of it."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from review.dossier.change import over_time, sensitivity_of, sensitivity_table, years_of
from review.dossier.frame import table
from review.model.vocabulary import Domain, Upgrade
from review.report.pictures.certainty_chart import alt_text, certainty_over_time, svg
from review.verdicts.standing import Basis
from review.workbench import open_review

REGROWS = "exosome-regrows-hair-in-people"


@pytest.fixture(scope="module")
def by_year(review):
    return over_time(review, REGROWS, years_of(review))


@pytest.fixture(scope="module")
def statement(review) -> str:
    return review.proposition(REGROWS).statement


def test_one_row_a_judgement(review):
    made = sensitivity_table(review, REGROWS)
    assert list(made.index) == ["start", *Domain, *Upgrade]
    assert list(made.columns) == ["rating", "certainty", "if_one_better", "if_one_worse"]
    assert made.loc["imprecision", "rating"] == "very_serious"
    assert made.loc["start", "if_one_better"] == "no better rating"
    assert made.loc["large_effect", "if_one_worse"] == "no worse rating"


def test_no_single_judgement_lifts_the_small_trial(review):
    """Five levels below high: two would have to come back before a third one shows."""
    made = sensitivity_table(review, REGROWS)
    assert set(made["if_one_better"]) == {"very-low", "no better rating"}
    assert sensitivity_of(review, REGROWS).changes_to_lift == 3


@pytest.mark.parametrize("as_of", ["2015-12-31", "2024-12-31", "2026-11-21"])
def test_the_certainty_varied_is_the_one_that_stands(review, as_of):
    then = review.select(as_of=as_of)
    met = Counter()
    for key in then.evidence.propositions:
        standing = then.standing(key)
        met[standing.basis] += 1
        if standing.basis is Basis.RULE:
            with pytest.raises(ValueError, match="no domain was rated"):
                sensitivity_of(then, key)
        else:
            assert sensitivity_of(then, key).certainty is standing.certainty, key
    assert met[Basis.RULE]
    assert met[Basis.SUGGESTED] or met[Basis.RECORDED]


@pytest.mark.parametrize("rule", ["classic", "robins-i", "core"])
@pytest.mark.parametrize("upgrading", ["strict", "lenient"])
def test_the_settings_of_the_review_are_varied(review, rule, upgrading):
    other = review.graded_with(rule, upgrading, 800)
    rated = [s for s in other.standings if s.basis is not Basis.RULE]
    assert rated
    for standing in rated:
        key = standing.proposition.proposition
        found = sensitivity_of(other, key)
        (start,) = [x.rating for x in found.judgements if x.judgement == "start"]
        assert found.certainty is standing.certainty, key
        assert standing.steps[0].reason.startswith(start), key


def test_lenient_upgrading_is_varied_in_a_suggestion(folder):
    study = folder / "studies/trial2025.yml"
    # Without suspicion of unpublished studies, so that one level is more than very low.
    text = study.read_text("utf-8").replace("funding_kind: not_reported", "funding_kind: non-industry")
    study.write_text(text, "utf-8")
    small_review = open_review([folder])
    for upgrading, better in (("strict", "very-low"), ("lenient", "low")):
        made = sensitivity_table(small_review.graded_with(upgrading=upgrading), "regrows")
        assert made.loc["large_effect", "if_one_better"] == better


def test_lenient_upgrading_is_varied_in_a_recorded_judgement(review):
    recorded = review.evidence.certainties[REGROWS]
    twice = recorded.upgrades[Upgrade.LARGE_EFFECT].model_copy(update={"levels": 2})
    upgraded = recorded.model_copy(
        update={"upgrades": {**recorded.upgrades, Upgrade.LARGE_EFFECT: twice}}
    )
    certainties = {**review.evidence.certainties, REGROWS: upgraded}
    other = replace(review, evidence=replace(review.evidence, certainties=certainties))
    assert other.standing(REGROWS).basis is Basis.RECORDED
    assert sensitivity_of(other, REGROWS).changes_to_lift == 3
    assert sensitivity_of(other.graded_with(upgrading="lenient"), REGROWS).changes_to_lift == 1


def test_a_standing_is_found_once_and_never_for_another_date(review):
    assert review.standing(REGROWS) is review.standing(REGROWS)
    assert replace(review, as_of=date(2010, 1, 1)).standing(REGROWS).body.counted == ()
    assert review.standing(REGROWS).body.counted


def test_a_review_keeps_its_settings_when_it_is_narrowed(review):
    other = review.graded_with("robins-i", "lenient", 800)
    assert other.select(as_of="2024-12-31", topics=["exosome-efficacy"]).settings == other.settings
    assert review.settings.information_size == 400
    assert other.graded_with().verdicts().equals(review.verdicts())


@pytest.mark.parametrize(
    ("given", "what"),
    [(("x",), "StartRule"), (("core", "x"), "Upgrading"), (("core", "strict", 0), "size")],
)
def test_settings_that_do_not_exist_are_refused(review, given, what):
    with pytest.raises(ValueError, match=what):
        review.graded_with(*given)


def test_an_unknown_proposition_is_no_silence(review):
    with pytest.raises(KeyError):
        sensitivity_table(review, "there-is-no-such-thing")
    with pytest.raises(KeyError):
        over_time(review, "there-is-no-such-thing", [2020])


def test_the_years_run_from_the_first_to_the_last_reference(review):
    years = years_of(review)
    assert years == tuple(range(1989, 2027))
    assert years_of(review.select(as_of="2010-06-30"))[-1] == 2010


def test_no_certainty_before_any_study(by_year):
    assert list(by_year.index) == list(range(1989, 2027))
    before = by_year.loc[1989]
    assert before["certainty"] is None
    assert (before["direction"], before["level"], before["studies"]) == ("none", "not rated", 0)


def test_the_last_year_is_the_standing_of_the_review(review, by_year):
    standing, last = review.standing(REGROWS), by_year.iloc[-1]
    assert last["as_of"] == review.as_of.isoformat()
    assert last["certainty"] == standing.certainty
    assert last["direction"] == standing.direction
    assert last["studies"] == len(standing.body.studies)


def test_every_other_year_is_the_standing_on_its_last_day(review, by_year):
    for year, row in by_year.iloc[:-1].iterrows():
        then = review.select(as_of=f"{year}-12-31").standing(REGROWS)
        assert row["as_of"] == f"{year}-12-31"
        assert row["certainty"] == then.certainty
        assert row["studies"] == len(then.body.studies)


def test_studies_only_come_where_none_is_retracted(review, by_year):
    assert not review.retracted & set(review.standing(REGROWS).body.studies)
    assert by_year["studies"].is_monotonic_increasing


def test_a_year_after_the_review_is_refused(review):
    with pytest.raises(ValueError, match="2027 begins after the date of the review"):
        over_time(review, REGROWS, [2026, 2027])


def test_years_come_once_and_in_order(review):
    assert list(over_time(review, REGROWS, [2025, 2020, 2025]).index) == [2020, 2025]


def test_the_figure_gives_the_same_bytes_each_time(by_year, statement):
    figure = certainty_over_time(by_year, statement)
    first = svg(figure)
    assert first == svg(figure)
    assert first == svg(certainty_over_time(by_year.sort_index(ascending=False), statement))
    assert "<dc:date>" not in first


def test_the_figure_is_one_well_formed_picture_with_its_words(by_year, statement):
    root = ElementTree.fromstring(svg(certainty_over_time(by_year, statement)))
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title.text == alt_text(by_year, statement)


def test_the_words_name_first_and_last_year_and_what_changed(by_year, statement):
    words = alt_text(by_year, statement)
    assert "1989 to 2026" in words
    assert statement in words
    assert "1989 to 2016: certainty none given, no direction, 0 studies" in words
    assert "no human evidence" in words
    assert "2026: certainty very low, supports, 11 studies" in words


def test_numbers_of_studies_and_levels_stand_in_the_figure(by_year, statement):
    (axes,) = certainty_over_time(by_year, statement).axes
    assert [text.get_text() for text in axes.texts] == [str(n) for n in by_year["studies"]]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "none given",
        "very low",
        "low",
        "moderate",
        "high",
    ]


def test_direction_and_basis_are_told_without_colour(by_year, statement):
    figure = certainty_over_time(by_year, statement)
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "supports",
        "no direction",
        "filled: recorded judgement",
        "hollow: suggestion or rule",
    ]
    markers = [line.get_marker() for line in figure.axes[0].lines[1:]]
    signs = {"supports": "^", "none": "o"}
    assert markers == [signs[direction] for direction in by_year["direction"]]


def test_a_statement_is_shown_as_text_and_nothing_else(by_year):
    hostile = "It costs $9 or $x_{2$ --><script>alert(1)</script> & more."
    drawn = svg(certainty_over_time(by_year, hostile))
    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn) is not None


def test_nothing_to_show_is_told(statement):
    for show in (alt_text, certainty_over_time):
        with pytest.raises(ValueError, match="no year to show"):
            show(table([], "year"), statement)


def test_no_shared_state_of_the_plotting_library_is_touched():
    module = "review.report.pictures.certainty_chart"
    code = f"import sys, {module}; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
