"""The form that confirms what a machine read, in a real JupyterLab, by keyboard alone."""

import pytest
from commands import run_review
from real_lab import jupyterlab, run_all_cells, with_parameters

from review.store.read import read_evidence

RECORD = """TY  - JOUR
AU  - Linden, Iva
TI  - Linden tea for stubbed toes: a randomised trial
JO  - Journal of Toes
PY  - 2021
AB  - We randomly assigned 64 adults with a stubbed toe to linden tea or water. Pain was less with tea
 (mean difference -0.9 points, 95% CI -1.6 to -0.2; p=0.01). FUNDING: Toe Council.
ER  -
"""
KEY = "linden2021_"


@pytest.fixture
def lab(browser, folder, project, tmp_path):
    """The address of a server on the form's notebook, with one record taken into the small folder."""
    records = tmp_path / "toes.ris"
    records.write_text(RECORD, "utf-8")
    taken = run_review("literature", "take", str(records), "--evidence", str(folder))
    assert taken.returncode == 0, taken.stderr
    copy = tmp_path / "notebooks" / "take.ipynb"
    changed = {"../evidence": "../clinic", "corpus = []": 'corpus = ["../toes.ris"]'}
    with_parameters(project / "notebooks" / "take.ipynb", copy, replacing=changed)
    with jupyterlab(tmp_path, "notebooks/take.ipynb") as address:
        yield address


def draft(folder):
    (study,) = (s for key, s in read_evidence([folder]).studies.items() if key.startswith(KEY))
    return study


def test_a_draft_is_confirmed_with_the_keyboard_and_goes_on_after_a_reload(lab, browser, folder):
    page = browser.new_page(viewport={"width": 1300, "height": 1400})
    page.set_default_timeout(30_000)
    outside = []
    page.on("request", lambda r: outside.append(r.url) if "//127.0.0.1:" not in r.url else None)
    page.goto(lab)
    run_all_cells(page, "Command")
    waiting = draft(folder).waiting
    page.get_by_text(f"0 of {len(waiting)} facts handled; it does not count yet.").wait_for()
    page.locator("mark.shown", has_text="a randomised trial").wait_for()

    type_in(page, "c")
    page.get_by_role("alert").filter(has_text="reviewer").wait_for()
    assert draft(folder).waiting == waiting

    page.get_by_label("Reviewer", exact=True).fill("reviewer A")
    page.keyboard.press("Tab")
    type_in(page, "c")
    page.get_by_text(f"1 of {len(waiting)} facts handled").wait_for()
    assert draft(folder).readings.facts["design"].confirmed_by == "reviewer A"

    page.reload()
    run_all_cells(page, "Command")
    page.get_by_text(f"1 of {len(waiting)} facts handled").wait_for()
    page.get_by_label("Reviewer", exact=True).fill("reviewer A")
    page.keyboard.press("Tab")
    for handled in range(2, len(waiting) + 1):
        type_in(page, "c")
        page.get_by_text(f"{handled} of {len(waiting)} facts handled").wait_for()
        is_effect = handled == len(waiting) - 1
        shown, hidden = ("Outcome", "Value") if is_effect else ("Value", "Outcome")
        page.get_by_label(shown, exact=True).wait_for()
        page.get_by_label(hidden, exact=True).wait_for(state="hidden")
    page.get_by_text("it counts.").wait_for()
    assert draft(folder).waiting == ()
    assert outside == []
    page.close()


def type_in(page, command):
    page.get_by_label("Command", exact=True).focus()
    page.keyboard.type(command)
    page.keyboard.press("Enter")
