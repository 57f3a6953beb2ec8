"""Deciding within the report in a real browser: by keyboard and touch, kept, saved, opened, recorded."""

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from review.people.decision_files import merged
from review.report.build import build_report
from review.report.deciding.sheet import sheet_json
from review.report.formats.html import report_html
from review.report.parts.compose import compose
from review.store.additions.decisions import record_decisions
from review.store.clock import utc_now
from review.store.inputs.decision_file import read_decision_files
from review.workbench import open_review


def written(folder: Path, evidence: Path) -> Path:
    """The report of the small page of `evidence`, with its sheet."""
    report = build_report(open_review([evidence]))
    path = folder / "report.html"
    path.write_text(report_html(compose(report), sheet_json(report)), "utf-8")
    return path


@pytest.fixture(scope="module")
def brochure(one_page, one_page_document, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("deciding") / "report.html"
    path.write_text(report_html(one_page_document, sheet_json(one_page)), "utf-8")
    return path


@pytest.fixture
def page(browser, brochure):
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.requests, page.errors = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.errors.append(message.text))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(brochure.as_uri())
    yield page
    context.close()


def part(page: Page, name: str):
    return page.locator(f'#decide [data-part="{name}"]')


def field(page: Page, name: str):
    return page.locator(f'#decide [data-field="{name}"]')


def name_reviewer(page: Page, reviewer="reviewer A") -> None:
    field(page, "reviewer").fill(reviewer)
    field(page, "role").fill("medical director")
    part(page, "card").focus()


def number(page: Page) -> int:
    return int(part(page, "number").inner_text().split()[0])


def saved(page: Page, folder: Path, name="decisions.json") -> dict:
    with page.expect_download() as download:
        part(page, "save").click()
    path = folder / name
    download.value.save_as(path)
    return json.loads(path.read_text("utf-8"))


def test_the_suggestion_is_decided_by_one_key_and_the_next_comes_up(page: Page, tmp_path, brochure):
    name_reviewer(page)
    for expected in (1, 2, 3):
        assert number(page) == expected
        page.keyboard.press("Enter")
    assert number(page) == 4
    expect(part(page, "told")).to_contain_text(re.compile(r"^3 of \d+ decided, about \d+ minutes? left"))
    expect(part(page, "message")).to_contain_text("Decided:")
    content = saved(page, tmp_path)
    assert [one["reason"].startswith("As the review suggests: ") for one in content["decisions"]] == [
        True
    ] * 3
    assert content["reviewer"] == "reviewer A"
    assert [url for url in page.requests if not url.startswith("blob:")] == [brochure.as_uri()]
    assert page.errors == []


def test_nothing_is_decided_without_a_name_a_role_and_a_reason(page: Page):
    part(page, "card").focus()
    for name, words in (("reviewer", "Write who decides."), ("role", "Write in what role.")):
        page.keyboard.press("Enter")
        expect(part(page, "message")).to_have_text(words)
        expect(field(page, name)).to_be_focused()
        page.keyboard.type("somebody")
        page.keyboard.press("Escape")
    field(page, "reason").fill(" ")
    part(page, "card").focus()
    page.keyboard.press("Enter")
    expect(part(page, "message")).to_have_text("Write why.")
    assert number(page) == 1


@pytest.mark.parametrize(
    ("key", "kind"), [("s", "keep"), ("x", "remove"), ("e", "escalate"), ("d", "ask-for-document")]
)
def test_each_decision_has_its_key(page: Page, tmp_path, key, kind):
    name_reviewer(page)
    page.keyboard.press(key)
    pressed = page.locator('#decide [data-kind][aria-pressed="true"]')
    expect(pressed).to_have_attribute("data-kind", kind)
    page.keyboard.press("Enter")
    assert saved(page, tmp_path)["decisions"][0]["decision"] == kind


def test_letters_are_words_in_a_field(page: Page):
    name_reviewer(page)
    field(page, "reason").fill("")
    field(page, "reason").press_sequentially("sxedjkun")
    assert number(page) == 1
    expect(field(page, "reason")).to_have_value("sxedjkun")
    page.keyboard.press("Escape")
    expect(part(page, "card")).to_be_focused()
    page.keyboard.press("j")
    assert number(page) == 2
    page.keyboard.press("k")
    expect(field(page, "reason")).to_have_value("sxedjkun")


def test_new_words_are_asked_for_and_kept_with_their_own_sentence(page: Page, tmp_path):
    name_reviewer(page)
    page.keyboard.press("w")
    field(page, "wording").fill("It may be so.")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert field(page, "wording").input_value() != "It may be so."
    page.keyboard.press("k")
    expect(field(page, "wording")).to_have_value("It may be so.")
    page.keyboard.press("Control+Enter")
    assert saved(page, tmp_path)["decisions"][0]["wording"] == "It may be so."


def test_undo_takes_back_the_last_and_brings_the_one_before(page: Page):
    name_reviewer(page)
    page.keyboard.press("Enter")
    page.keyboard.press("k")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.keyboard.press("u")
    assert number(page) == 1
    expect(part(page, "state")).to_have_text("State: decided here.")
    page.keyboard.press("u")
    expect(part(page, "state")).to_have_text("State: open.")
    page.keyboard.press("u")
    expect(part(page, "message")).to_have_text("There is nothing to undo.")


def test_what_is_decided_and_what_is_typed_survive_a_reload(page: Page):
    name_reviewer(page)
    page.keyboard.press("Enter")
    field(page, "reason").fill("half a sent")
    page.reload()
    expect(part(page, "told")).to_contain_text("1 of ")
    expect(field(page, "reviewer")).to_have_value("reviewer A")
    assert number(page) == 2
    expect(field(page, "reason")).to_have_value("half a sent")


def test_a_browser_that_keeps_nothing_says_so(browser, brochure):
    context = browser.new_context()
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page = context.new_page()
    page.goto(brochure.as_uri())
    expect(part(page, "kept")).to_contain_text("keeps nothing: save the file")
    context.close()


def test_a_saved_file_opens_in_a_fresh_browser_and_one_on_other_evidence_does_not(
    browser, page: Page, brochure, tmp_path
):
    name_reviewer(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    content = saved(page, tmp_path)
    changed = content["decisions"][1]["claims"]
    changed[next(iter(changed))] = "0" * 64
    other = tmp_path / "other.json"
    other.write_text(json.dumps(content), "utf-8")
    context = browser.new_context()
    fresh = context.new_page()
    fresh.goto(brochure.as_uri())
    field(fresh, "file").set_input_files(tmp_path / "decisions.json")
    expect(part(fresh, "message")).to_have_text("Opened: 2 decisions.")
    expect(part(fresh, "told")).to_contain_text("2 of ")
    part(fresh, "forget").click()
    part(fresh, "gone").click()
    expect(part(fresh, "told")).to_contain_text("0 of ")
    field(fresh, "file").set_input_files(other)
    expect(part(fresh, "message")).to_contain_text("Opened: 1 decisions. 1 rest on other evidence")
    for name, text in (("no.json", "{"), ("form.json", '{"form": "9", "decisions": []}')):
        (tmp_path / name).write_text(text, "utf-8")
        field(fresh, "file").set_input_files(tmp_path / name)
        expect(part(fresh, "message")).to_contain_text("Nothing was changed.")
    expect(part(fresh, "told")).to_contain_text("1 of ")
    context.close()


def test_a_finger_decides_on_a_phone(browser, brochure):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(brochure.as_uri())
    name_reviewer(page)
    page.locator('#decide [data-kind="remove"]').tap()
    part(page, "record").tap()
    assert number(page) == 2
    for button in page.locator("#decide button:visible").all():
        assert button.bounding_box()["height"] >= 44, "as large as a finger (WCAG 2.5.5)"
    context.close()


def test_a_tier_leads_to_its_first_open_group(page: Page):
    button = page.locator('#decide [data-tier="background"]')
    left = int(button.inner_text().rsplit(" ", 1)[1])
    button.click()
    expect(part(page, "number")).to_contain_text("background")
    name_reviewer(page)
    page.keyboard.press("Enter")
    assert int(button.inner_text().rsplit(" ", 1)[1]) == left - 1


def test_from_opening_to_recorded_and_opened_again(browser, folder, tmp_path):
    """The whole path: every group decided, the file recorded, a new report that has nothing open."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(written(tmp_path, folder).as_uri())
    name_reviewer(page)
    groups = int(part(page, "progress").get_attribute("max"))
    for _ in range(groups):
        page.keyboard.press("Enter")
    expect(part(page, "told")).to_contain_text(f"All {groups} are decided.")
    saved(page, tmp_path)
    context.close()
    together = merged(read_decision_files([tmp_path / "decisions.json"]))
    recorded = record_decisions([folder], together.drafts, utc_now())
    assert (together.conflicts, recorded.problems) == ((), ())
    assert len(recorded.added) == len(open_review([folder]).judged)
    shutil.rmtree(tmp_path / "again", ignore_errors=True)
    (tmp_path / "again").mkdir()
    page = browser.new_page()
    page.goto(written(tmp_path / "again", folder).as_uri())
    expect(part(page, "told")).to_contain_text(f"All {groups} are decided.")
    expect(part(page, "state")).to_contain_text("recorded: ")
    page.close()


def test_without_script_and_on_paper_there_is_no_sheet(browser, brochure):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(brochure.as_uri())
    expect(page.locator("#decide")).to_be_hidden()
    context.close()
    page = browser.new_page()
    page.goto(brochure.as_uri())
    expect(page.locator("#decide")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#decide")).to_be_hidden()
    page.close()
