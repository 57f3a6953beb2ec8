"""What is recorded of effects, comparators and trials reaches what the rules suggest."""

import pytest
from small_folder import write_small_folder

from review.model.vocabulary import Domain
from review.workbench import open_review

RISKS = "proposition,per_thousand,population,time,study,source\n"
THRESHOLDS = "proposition,measure,unit,small,moderate,large,source,target\n"
RATIO = """    measure: risk-ratio
    estimate: 0.8
    ci_low: 0.7
    ci_high: 0.97
    n_intervention: 1000
    n_control: 1000
    events_intervention: 80
    events_control: 100
"""
LARGE = RATIO.replace("0.8", "0.6").replace("0.97", "0.72").replace("0.7\n", "0.5\n")
DIFFERENCE = """    measure: mean-difference
    unit: kg
    estimate: 1
    ci_low: -1
    ci_high: 3
"""


@pytest.fixture
def folder(tmp_path):
    return write_small_folder(tmp_path / "clinic")


def suggested(folder, domain, as_of="2026-11-30") -> str:
    """What is suggested for a domain of the one graded body of the folder."""
    steps = open_review([folder], as_of).standing("regrows").steps
    return next(str(step) for step in steps if step.name == domain)


def measured(folder, effect: str) -> None:
    path = folder / "studies" / "trial2025.yml"
    text = path.read_text("utf-8").replace("n: 20\n", "n: 2000\n")
    result = "    result: Density rose more than with saline.\n"
    path.write_text(text.replace(result, result + effect), "utf-8")


def record(folder, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def test_a_ratio_is_held_to_people_per_thousand(folder):
    measured(folder, RATIO)
    assert "crosses no threshold" in suggested(folder, Domain.IMPRECISION)
    record(folder, "baseline_risks.csv", f"{RISKS}regrows,100,Adults,1 year,trial2025,Table 2\n")
    record(
        folder, "thresholds.csv", f"{THRESHOLDS}regrows,risk-difference,people,5,,,A panel of 2020,\n"
    )
    found = suggested(folder, Domain.IMPRECISION)
    assert "-1 serious" in found
    assert "-20 (-30 to -3) per 1,000: it includes thresholds of what matters (-5)" in found


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("", "-1 serious. One study: mean difference 1 (-1 to 3) kg: it includes no effect; from where"),
        ("mean-difference,kg,4,,,A panel,", "not serious. One study"),
        ("mean-difference,kg,4,,,A panel,no-effect", "-1 serious. One study"),
        ("mean-difference,kg,0.5,2,2.5,A panel,", "-3 extremely serious. One study"),
        ("mean-difference,lb,4,,,A panel,", "-1 serious. One study"),
    ],
)
def test_a_minimal_important_difference_can_be_recorded_alone(folder, row, told):
    measured(folder, DIFFERENCE)
    record(folder, "thresholds.csv", THRESHOLDS + (f"regrows,{row}\n" if row else ""))
    assert told in suggested(folder, Domain.IMPRECISION)


def test_a_risk_of_a_later_study_is_not_known_yet(folder):
    measured(folder, LARGE)
    later = (folder / "studies" / "trial2025.yml").read_text("utf-8")
    (folder / "studies" / "later2026.yml").write_text(later, "utf-8")
    with (folder / "references.bib").open("a", encoding="utf-8") as file:
        file.write("\n@article{later2026,\n  title = {Later},\n  year = {2026},\n}\n")
    record(folder, "baseline_risks.csv", f"{RISKS}regrows,100,Adults,1 year,later2026,Table 2\n")
    assert "fewer than needed (4,004)" in suggested(folder, Domain.IMPRECISION)
    assert "there are 180 events" in suggested(folder, Domain.IMPRECISION, "2026-01-15")


@pytest.mark.parametrize(
    ("comparator", "told"),
    [
        ("", "not serious. Most of the body is direct. The comparator was not judged."),
        ("direct", "not serious. Most of the body is direct."),
        ("indirect", "-1 serious. In most of the people: comparator indirect."),
    ],
)
def test_the_comparator_of_a_link_is_the_fourth_element(folder, comparator, told):
    links = folder / "links.csv"
    head, row = links.read_text("utf-8").splitlines()
    links.write_text(f"{head},comparator\n{row},{comparator}\n", "utf-8")
    assert suggested(folder, Domain.INDIRECTNESS) == f"indirectness: {told}"


def test_the_trials_of_a_review_are_not_counted_beside_it(folder):
    study = (folder / "studies" / "trial2025.yml").read_text("utf-8")
    review = study.replace("design: randomised-trial", "design: systematic-review-of-trials")
    held = review.replace("n: 20\n", "n: 390\n") + "includes:\n  - trial2025\n"
    (folder / "studies" / "review2026.yml").write_text(held, "utf-8")
    with (folder / "references.bib").open("a", encoding="utf-8") as file:
        file.write("\n@article{review2026,\n  title = {A review},\n  year = {2025},\n}\n")
    with (folder / "links.csv").open("a", encoding="utf-8") as file:
        file.write("lnk-0002,regrows,review2026,f1,supports,direct,direct,direct,It pools trials.\n")
    found = suggested(folder, Domain.IMPRECISION)
    assert found == "imprecision: -1 serious. 390 participants in 1 study: fewer than 400."
