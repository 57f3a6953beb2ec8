"""The rating form in a real JupyterLab, by keyboard alone: what is rated stands on the sheet."""

import csv

import pytest
from real_lab import jupyterlab, run_all_cells, with_parameters


@pytest.fixture
def lab(browser, folder, project, tmp_path):
    """The address of a server on the form's notebook, set to the claims of the small folder."""
    copy = tmp_path / "notebooks" / "rate.ipynb"
    changed = {
        "../evidence": "../clinic",
        '"grade"': '"category"',
        "../build/ratings.csv": "../mine.csv",
    }
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
    page.get_by_text("0 of 3 rated.").wait_for()

    page.get_by_label("Value", exact=True).focus()
    for text in ("efficacy", "It says what it does.", "reviewer A"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Recorded in ../mine.csv: home-001, category: efficacy.").wait_for()
    page.get_by_text("1 of 3 rated.").wait_for()
    page.get_by_text("“There are no side effects.” on Home").wait_for()

    page.get_by_label("Value", exact=True).focus()
    page.keyboard.type("safety")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("2 of 3 rated.").wait_for()

    with (tmp_path / "mine.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [(row["subject"], row["value"], row["reason"], row["reviewer"]) for row in rows] == [
        ("home-001", "efficacy", "It says what it does.", "reviewer A"),
        ("home-002", "safety", "", "reviewer A"),
        ("home-003", "", "", ""),
    ]
    assert outside == []
    page.close()
