"""The rating form in a real JupyterLab, by keyboard alone: what is rated stands on the sheet."""

import csv

import pytest
from real_lab import jupyterlab, run_all_cells, with_parameters

from review.model.vocabulary import Domain, Upgrade

# One graded statement: five domains, then three reasons to rate up, whose words are numbers.
CERTAINTY = """studies: [trial2025]
start: high
start_reason: x
ratings:
""" + "".join(f"  {domain}:\n    rating: serious\n    reason: x\n" for domain in Domain)
CERTAINTY += "upgrades:\n"
CERTAINTY += "".join(f"  {upgrade}:\n    levels: 0\n    reason: x\n" for upgrade in Upgrade)
CERTAINTY += """certainty: very-low
status: draft
authored_by: reviewer Z
checked_by: not_checked
date_reviewed: 2026-11-21
next_review: 2027-11-21
"""


@pytest.fixture
def lab(browser, folder, project, tmp_path):
    """The address of a server on the form's notebook, set to the certainty of the small folder."""
    (folder / "certainty" / "regrows.yml").write_text(CERTAINTY, "utf-8")
    copy = tmp_path / "notebooks" / "rate.ipynb"
    changed = {"../evidence": "../clinic", "../build/ratings.csv": "../mine.csv"}
    with_parameters(project / "notebooks" / "rate.ipynb", copy, replacing=changed)
    with jupyterlab(tmp_path, "notebooks/rate.ipynb") as address:
        yield address


def test_two_items_are_rated_with_the_keyboard(lab, browser, tmp_path):
    page = browser.new_page(viewport={"width": 1300, "height": 1400})
    page.set_default_timeout(30_000)
    outside = []
    page.on("request", lambda r: outside.append(r.url) if "//127.0.0.1:" not in r.url else None)
    page.goto(lab)
    run_all_cells(page, "Value")
    page.get_by_text("0 of 8 rated.").wait_for()

    page.get_by_label("Value", exact=True).focus()
    for text in ("very_serious", "Nobody was blinded.", "reviewer A"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Recorded in ../mine.csv: regrows, risk_of_bias: very_serious.").wait_for()
    page.get_by_text("1 of 8 rated.").wait_for()
    page.get_by_text("How far does it lower certainty that results differ?").wait_for()

    page.get_by_label("Go to", exact=True).focus()
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    page.get_by_text("By how many levels does it raise certainty that the effect is large?").wait_for()
    page.get_by_label("Value", exact=True).focus()
    page.keyboard.type("0")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("2 of 8 rated.").wait_for()

    with (tmp_path / "mine.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [(row["item"], row["value"], row["reason"], row["reviewer"]) for row in rows] == [
        ("risk_of_bias", "very_serious", "Nobody was blinded.", "reviewer A"),
        *((domain, "", "", "") for domain in list(Domain)[1:]),
        ("large_effect", "0", "", "reviewer A"),
        *((upgrade, "", "", "") for upgrade in list(Upgrade)[1:]),
    ]
    assert outside == []
    page.close()
