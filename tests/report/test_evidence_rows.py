"""The rows behind the figures of the evidence, held against the records they are made from."""

import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from review.dossier.change import over_time, years_of
from review.model.vocabulary import Design
from review.report.build import build_report
from review.report.evidence.rows import DESIGN_GROUPS, OVER_TIME_SHOWN
from review.report.parts.document import Picture, Table, plain_text
from review.report.pictures import forest_blocks
from review.workbench import open_review


def test_every_design_has_one_column():
    grouped = [design for group in DESIGN_GROUPS.values() for design in group]
    # A draft may not know its design, and counts for nothing until it does.
    assert sorted(grouped) == sorted(set(Design) - {Design.NOT_REPORTED})


def test_the_map_holds_every_proposition_and_every_study_linked_to_it_once(whole):
    rows = whole.evidence_map.rows
    profiles = {p.proposition: p for p in whole.profiles if p.question != "logistics"}
    assert len(rows) == len({row.proposition for row in rows})
    assert {row.proposition for row in rows} == set(profiles)
    assert whole.evidence_map.set_aside == len(whole.profiles) - len(profiles) > 0
    for row in rows:
        findings = profiles[row.proposition].findings
        counted = {f.study for f in findings if f.counts == "yes"}
        assert sum(row.counted) == len(counted)
        assert sum(row.others) == len({f.study for f in findings} - counted)


def test_the_columns_of_the_map_are_the_designs(whole):
    profiles = {profile.proposition: profile for profile in whole.profiles}
    for row in whole.evidence_map.rows:
        designs = dict.fromkeys(f.study for f in profiles[row.proposition].findings if f.counts == "yes")
        design_of = {f.study: f.design for f in profiles[row.proposition].findings}
        for number, group in zip(row.counted, DESIGN_GROUPS.values(), strict=True):
            assert number == sum(design_of[study] in group for study in designs)


def test_every_appraised_study_shown_has_its_judgements(review, whole):
    shown = {row.study: row for table in whole.bias for row in table.rows}
    assert set(shown) == {r.key for r in whole.references} & set(review.evidence.appraisals)
    for study, row in shown.items():
        judged = review.appraised(study)
        assert (row.overall, row.concern) == (judged.text, judged.concern)
        appraisal = review.evidence.appraisals[study]
        assert len(row.signs) == len(row.judgements) + 1
        if judged.domains:
            # What stands beside a judgement follows it in brackets.
            values = [re.split(r",| \(", judgement)[0] for judgement in row.judgements]
            assert values == [value for _, value in judged.domains]
        else:
            items = review.evidence.packs.tools[appraisal.edition].answers
            assert row.judgements == tuple(appraisal.answers[item].answer for item in items)


def test_the_rows_over_time_are_those_of_the_notebook_where_something_changed(review, whole):
    assert len(whole.over_time) == OVER_TIME_SHOWN
    for chart in whole.over_time[:3]:
        notebook = over_time(review, chart.proposition, years_of(review))
        shown = {row.year: row for row in chart.years}
        assert {notebook.index[0], notebook.index[-1]} <= set(shown)
        now = None
        for year, told in notebook.iterrows():
            now = shown.get(year, now)
            assert (now.certainty or None, now.direction) == (told["certainty"], told["direction"])
            assert (now.studies, now.standing) == (told["studies"], told["standing"])
            assert now.basis == told["basis"]
        for before, after in list(pairwise(chart.years))[:-1]:
            assert replace(before, year=after.year) != after


def test_the_propositions_with_most_claims_are_followed(whole):
    claims = [chart.claims for chart in whole.over_time]
    assert claims == sorted(claims, reverse=True)
    for chart in whole.over_time:
        assert chart.claims == sum(row.proposition == chart.proposition for row in whole.claims)
        profile = next(p for p in whole.profiles if p.proposition == chart.proposition)
        assert any(finding.counts == "yes" for finding in profile.findings)


def test_a_forest_agrees_with_metafor(bcg):
    data, forest = bcg
    fit = next(f for f in data["fits"] if f["method"] == "REML" and f["test"] == "adhoc")
    assert forest.effect == pytest.approx(math.exp(fit["estimate"]), abs=1e-6)
    assert forest.ci == pytest.approx(tuple(map(math.exp, fit["ci"])), abs=1e-6)
    predicted = tuple(map(math.exp, fit["prediction"]["k-2"]))
    assert forest.prediction_interval == pytest.approx(predicted, abs=1e-6)
    assert forest.i2 == pytest.approx(fit["i2"], abs=1e-4)
    weights = [1 / (vi + fit["tau2"]) for vi in data["vi"]]
    assert [row.weight for row in forest.rows] == pytest.approx(
        [100 * weight / sum(weights) for weight in weights], abs=1e-4
    )
    assert [row.effect for row in forest.rows] == pytest.approx([math.exp(y) for y in data["yi"]])


def test_nothing_is_pooled_here_and_the_reason_names_the_effects(whole):
    (block,) = forest_blocks(whole)
    said = plain_text(block.text)
    assert not whole.forests
    assert "Amini et al. 2025 (hair-count change, Cliff delta)" in said
    assert "Wan et al. 2025 (hair density, change from baseline)" in said


NUMBERS = (
    "    measure: mean-difference\n    estimate: {}\n    ci_low: {}\n    ci_high: {}\n"
    "    unit: hairs per cm2\n"
)


def give_numbers(folder: Path, second: str) -> None:
    """Two trials of one statement, each with an effect and its interval."""
    study = (folder / "studies" / "trial2025.yml").read_text("utf-8")
    result = "    result: Density rose more than with saline.\n"
    for key, numbers in (("trial2025", (10, 4, 16)), ("trial2026", (20, 12, 28))):
        text = study.replace(result, result + NUMBERS.format(*numbers))
        if key == "trial2026":
            text = text.replace("intervention: Exosome injections", f"intervention: {second}")
        (folder / "studies" / f"{key}.yml").write_text(text, "utf-8")
    link = "lnk-0002,regrows,trial2026,f1,supports,direct,direct,direct,It compared with saline.\n"
    (folder / "links.csv").write_text((folder / "links.csv").read_text("utf-8") + link, "utf-8")
    entry = "\n@article{trial2026,\n  title = {Another trial},\n  year = {2026},\n}\n"
    (folder / "references.bib").write_text(
        (folder / "references.bib").read_text("utf-8") + entry, "utf-8"
    )


def test_two_trials_that_are_alike_are_pooled(folder):
    give_numbers(folder, "Exosome injections")
    report = build_report(open_review([folder]))
    (forest,) = report.forests
    assert [row.study for row in forest.rows] == ["trial2025", "trial2026"]
    assert [row.ci for row in forest.rows] == [pytest.approx((4, 16)), pytest.approx((12, 28))]
    assert (forest.measure, forest.unit, forest.is_ratio) == ("mean difference", "hairs per cm2", False)
    assert 10 < forest.effect < 20
    assert [type(block) for block in forest_blocks(report)] == [Picture, Table]


def test_two_trials_of_unlike_products_are_not_pooled(folder):
    give_numbers(folder, "Exosome cream")
    report = build_report(open_review([folder]))
    assert not report.forests
    assert "no two stand behind one statement and are alike" in report.not_pooled
    assert "A trial 2025 (hair density, mean difference)" in report.not_pooled


def test_the_studies_of_the_flow_add_up(whole):
    flow = whole.search_flow
    assert 0 < flow.included < flow.linked
    # A study may be set aside for several reasons, and for one at least.
    assert sum(number for _, number in flow.set_aside) >= flow.linked - flow.included
