"""A lesson in a real JupyterLab: answered by keyboard alone, there after a reload, handed in."""

import json

import nbformat
import pytest
from playwright.sync_api import expect
from real_lab import jupyterlab

from review.teaching.answers import TAG, Response, read_answer
from review.teaching.make.draw import QuestionPaper, drawn
from review.teaching.make.notebooks import learner_notebook
from review.teaching.make.source import as_stored, lesson_notebook
from review.teaching.pools import lesson_items

LEARNER = "L07"


@pytest.fixture
def paper(review):
    """A body of evidence for one learner: six questions."""
    return QuestionPaper(LEARNER, drawn(lesson_items(review, 4), LEARNER, seed=1, count=6))


@pytest.fixture
def students(project, review, paper, tmp_path):
    """The folder of the learner, with lesson 4 as `review lesson make` writes it."""
    source = as_stored(lesson_notebook(project, 4))
    folder = tmp_path / "students"
    folder.mkdir()
    text = learner_notebook(source, paper, 4, review.evidence.digest)
    (folder / f"{LEARNER}.ipynb").write_text(text, "utf-8")
    return folder


@pytest.fixture
def page(students, browser, tmp_path):
    """The notebook in a browser; nothing outside this machine may be asked for."""
    page = browser.new_page(viewport={"width": 1300, "height": 1400})
    page.set_default_timeout(30_000)
    outside = []
    page.on("request", lambda r: outside.append(r.url) if "//127.0.0.1:" not in r.url else None)
    page.on("dialog", lambda dialog: dialog.accept())
    with jupyterlab(tmp_path, f"students/{LEARNER}.ipynb") as address:
        page.goto(address)
        yield page
        page.close()
    assert outside == []


def run_form(page):
    """Run the cell of the form as the lesson says, and go by Tab to the field for commands."""
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    show(page.locator(".jp-CodeCell .cm-content").first).click()
    page.keyboard.press("Control+Enter")
    field = page.get_by_label("Command", exact=True)
    field.wait_for()
    for _ in range(12):
        if field.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(field).to_be_focused()


def show(cell):
    """The cell scrolled to: JupyterLab draws only what is near the part that one sees."""
    cell.evaluate("element => element.scrollIntoView()")
    return cell


def command(page, typed, answer):
    """Type a command and press Enter, and wait for the answer."""
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Command", exact=True)).to_have_value("")
    page.get_by_text(answer).first.wait_for()


def wait_until(page, is_so):
    """Wait until a file holds what it should."""
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    assert is_so()


def answers(path):
    """The answers in a notebook by item, read as whoever marks it reads them."""
    return {
        cell.metadata.review["item"]: read_answer(cell.source, cell.metadata.review.choices)
        for cell in nbformat.read(path, as_version=4).cells
        if TAG in cell.metadata.get("tags", [])
    }


def test_a_lesson_is_answered_by_keyboard_and_handed_in(page, students, paper):
    expected = {
        item.item: Response(item.choices[number % len(item.choices)], f"Reason {number}.")
        for number, item in enumerate(paper.items, start=1)
    }
    run_form(page)
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    page.get_by_text("0 of 6 answered.").wait_for()
    command(page, "9", "there is no choice 9")
    for number, item in enumerate(paper.items, start=1):
        wanted = expected[item.item]
        choice = item.choices.index(wanted.value) + 1
        command(page, f"{choice} {wanted.reason}", f"Question {number}: {wanted.value}.")
        command(page, "n", f"Question {number + 1} of 6." if number < 6 else "no question 7")
    page.get_by_text("6 of 6 answered.").wait_for()
    kept = json.loads((students / f"{LEARNER}.answers.json").read_text("utf-8"))["answers"]
    assert {key: Response(said["answer"], said["reason"]) for key, said in kept.items()} == expected

    page.reload()
    run_form(page)
    page.get_by_text("6 of 6 answered.").wait_for()
    command(page, "g 5", "Question 5 of 6.")
    expect(page.get_by_label("Reason", exact=True)).to_have_value("Reason 5.")
    fifth = paper.items[4]
    place = fifth.choices.index(expected[fifth.item].value)
    assert page.get_by_role("radio", checked=True).get_attribute("value") == str(place)
    command(page, "i", f"Handed in: {LEARNER}.handed-in.ipynb")
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "no letter reached JupyterLab"
    assert answers(students / f"{LEARNER}.handed-in.ipynb") == expected

    # The same question answered otherwise in the notebook itself, as plain text.
    show(page.locator(".jp-RawCell .cm-content").first).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("answer: Extremely serious\nreason: Nobody was blinded.")
    page.keyboard.press("ControlOrMeta+s")
    typed = Response("extremely_serious", "Nobody was blinded.")
    first = paper.items[0].item
    wait_until(page, lambda: answers(students / f"{LEARNER}.ipynb")[first] == typed)
    run_form(page)
    command(page, "i", "question 1: the notebook's cell and this form answer differently")
    command(page, "g 1", "Two answers.")
    command(page, "t", "Question 1: extremely_serious.")
    command(page, "i", f"Handed in: {LEARNER}.handed-in.ipynb")
    assert answers(students / f"{LEARNER}.handed-in.ipynb") == {**expected, first: typed}
