"""The report in a browser: it renders, asks nothing of the network, and can be walked by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from review.report.build import build_report
from review.report.render import report_html


@pytest.fixture(scope="module")
def report_file(review, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "report.html"
    path.write_text(report_html(build_report(review)), "utf-8")
    return path


@pytest.fixture
def page(browser, report_file):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.requests = []
    page.errors = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.errors.append(message.text))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(report_file.as_uri())
    yield page
    page.close()


def test_it_asks_for_nothing_but_itself(page: Page, report_file):
    assert page.requests == [report_file.as_uri()]
    assert page.errors == []


def test_the_answer_is_on_the_first_screen(page: Page):
    box = page.locator("p.lead").bounding_box()
    assert box is not None
    assert box["y"] < 450


def test_the_style_is_applied(page: Page):
    weight = page.locator(".verdict").first.evaluate("node => getComputedStyle(node).fontWeight")
    assert int(weight) > 600


def test_a_mark_leads_to_its_claim_by_keyboard(page: Page):
    page.locator("summary", has_text="Show the annotated page").first.focus()
    page.keyboard.press("Enter")
    link = page.locator(".page mark a").first
    target = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(str(target))
    assert page.locator(str(target)).is_visible()


@pytest.mark.parametrize("width", [1200, 390])
def test_nothing_is_wider_than_the_screen(page: Page, width):
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
