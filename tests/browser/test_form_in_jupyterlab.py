"""The decision form in a real JupyterLab: filled in by keyboard and mouse, recorded, still there."""

import csv

import pytest
from real_lab import jupyterlab, run_all_cells, with_parameters

from review.model.fields import utc_time
from review.people.decisions import basis_digest
from review.store.clock import utc_now
from review.store.snapshot import read_evidence

REASON = "No trial shows it.\n<img src=x onerror=document.title=1> =cmd|' /C calc'!A1"


@pytest.fixture
def lab(browser, folder, project, tmp_path):
    """The address of a server on the form's notebook, set to the small evidence folder."""
    copy = tmp_path / "notebooks" / "decide.ipynb"
    with_parameters(project / "notebooks" / "decide.ipynb", copy, replacing={"../evidence": "../clinic"})
    with jupyterlab(tmp_path, "notebooks/decide.ipynb") as address:
        yield address


def choose(page, claim):
    option = page.locator("option", has_text=claim)
    option.wait_for(state="attached")
    page.get_by_label("Claim").select_option(option.get_attribute("value"))


def test_a_decision_made_in_the_browser_is_in_the_file_and_shown_again(lab, browser, folder):
    page = browser.new_page(viewport={"width": 1300, "height": 1400})
    page.set_default_timeout(30_000)
    outside = []
    page.on("request", lambda r: outside.append(r.url) if "//127.0.0.1:" not in r.url else None)
    page.goto(lab)
    run_all_cells(page, "Decision")

    page.get_by_label("Page").select_option("home")
    choose(page, "home-002")
    page.locator("q", has_text="There are no side effects.").wait_for()

    page.get_by_role("button", name="Record the decision").click()
    alert = page.get_by_role("alert").filter(has_text="Nothing was recorded")
    alert.wait_for()
    assert {"decision:", "reason:", "reviewer:", "role:"} <= set(alert.inner_text().split())
    assert not (folder / "decisions.csv").exists()

    page.get_by_label("Decision").select_option("remove")
    page.get_by_label("Reason").fill(REASON)
    page.get_by_label("Reviewer").fill("reviewer A")
    page.get_by_label("Reviewer").press("Tab")
    page.keyboard.type("medical director")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Recorded in ../clinic/decisions.csv: home-002, remove.").wait_for()

    evidence = read_evidence([folder])
    with (folder / "decisions.csv").open(newline="", encoding="utf-8") as file:
        (decision,) = csv.DictReader(file)
    recorded = utc_time(decision.pop("recorded"))
    assert recorded <= utc_now()
    assert decision.pop("date") == str(recorded.date())
    assert decision == {
        "claim": "home-002", "decision": "remove", "wording": "not_applicable",
        "reviewer": "reviewer A", "role": "medical director",
        "reason": REASON, "digest": basis_digest(evidence, "home-002"), "scope": "claim",
        "owner": "", "due": "", "countersigned": "",
    }  # fmt: skip

    page.reload()
    run_all_cells(page, "Decision")
    choose(page, "home-002")
    page.get_by_text("in force: remove, by reviewer A (medical director). No trial shows it.").wait_for()
    assert page.title() != "1"
    assert outside == []
    page.close()
