"""The report in a real browser: it renders, asks for nothing, and can be walked by keyboard."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from review.model.vocabulary import Verdict
from review.report.build import build_report
from review.report.deciding.sheet import sheet_json
from review.report.formats.html import report_html
from review.report.parts.compose import compose


@pytest.fixture(scope="module")
def report_file(one_page, one_page_document, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "report.html"
    path.write_text(report_html(one_page_document, sheet_json(one_page)), "utf-8")
    return path


@pytest.fixture(scope="module")
def whole_page(browser, whole, whole_document, tmp_path_factory):
    """All five pages, with everything unfolded."""
    path = tmp_path_factory.mktemp("browser") / "whole.html"
    path.write_text(report_html(whole_document, sheet_json(whole)), "utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(path.as_uri())
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    yield page
    page.close()


@pytest.fixture(scope="module")
def small_report(review, tmp_path_factory) -> Path:
    """The report of some claims of one page: axe looks at every element, and waits for thousands."""
    path = tmp_path_factory.mktemp("browser") / "small.html"
    chosen = review.select(pages=["clinic-brochure"], categories=["safety"])
    report = build_report(chosen)
    path.write_text(report_html(compose(report), sheet_json(report)), "utf-8")
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


def test_the_stops_and_the_answer_are_on_the_first_screen(page: Page):
    stops, answer = page.locator("#stops").bounding_box(), page.locator("p.lead").bounding_box()
    assert stops is not None
    assert answer is not None
    assert stops["y"] < answer["y"] < 550


def test_the_style_is_applied(page: Page):
    cell = page.locator("td.verdict b").first
    assert int(cell.evaluate("node => getComputedStyle(node).fontWeight")) > 600


def open_page_text(page: Page) -> None:
    page.locator("summary", has=page.locator("h3")).first.focus()
    page.keyboard.press("Enter")


def test_a_mark_leads_to_the_reason_of_its_claim_by_keyboard(page: Page):
    open_page_text(page)
    link = page.locator(".page mark a").first
    claim = str(link.get_attribute("href"))
    expect(link).to_be_visible()  # what is still folded takes no focus, and says nothing about it
    link.focus()
    page.keyboard.press("Enter")
    row = page.locator(claim)
    expect(page).to_have_url(re.compile(f"{re.escape(claim)}$"))
    expect(row).to_be_focused()
    expect(row.locator("td.reasons")).to_be_visible()
    assert len(row.locator("td.reasons").inner_text()) > 20


def shown_rows(page: Page):
    return page.locator("#table-claims tbody tr:visible")


def test_claims_are_filtered_by_verdict_kind_and_words(page: Page):
    tools = page.locator("#table-claims .tools")
    every = shown_rows(page).count()
    tools.get_by_label("Verdict").select_option("✕ contradicted")
    contradicted = shown_rows(page).count()
    assert 0 < contradicted < every
    assert set(shown_rows(page).locator("td.verdict").all_inner_texts()) == {"✕ contradicted"}
    expect(tools.locator("output")).to_contain_text(f"{contradicted} of {every} rows")
    tools.get_by_label("Kind").select_option("safety")
    tools.get_by_label("Words").fill("Safe")
    words = shown_rows(page).all_inner_texts()
    assert 0 < len(words) < contradicted
    assert all("safe" in text.lower() for text in words)


def test_a_link_to_a_filtered_claim_brings_it_back(page: Page):
    claim = shown_rows(page).first.get_attribute("id")
    page.locator("#table-claims").get_by_label("Words").fill("no claim says this")
    expect(shown_rows(page)).to_have_count(0)
    page.evaluate(f"location.hash = '#{claim}'")
    page.wait_for_function(f"!document.getElementById('{claim}').hidden")
    assert shown_rows(page).count() > 0


def test_claims_are_sorted_by_meaning_there_and_back_by_keyboard(page: Page):
    head = page.locator("#table-claims thead th", has_text="Verdict")
    before = page.locator("#table-claims tbody th").all_inner_texts()
    meaning = [f"{v.symbol} {v.spoken}" for v in sorted(Verdict, key=lambda v: v.urgency)]
    for order in ("ascending", "descending"):
        head.locator("button").focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", order)
        ranks = [
            meaning.index(verdict)
            for verdict in page.locator("#table-claims td.verdict").all_inner_texts()
        ]
        assert ranks == sorted(ranks, reverse=order == "descending")
        assert len(set(ranks)) > 2
    head.locator("button").press("Enter")
    assert page.locator("#table-claims tbody th").all_inner_texts() == before


def test_what_has_no_order_of_its_own_is_sorted_by_its_words(page: Page):
    head = page.locator("#table-claims thead th", has_text="Claim")
    head.locator("button").click()
    head.locator("button").click()
    keys = page.locator("#table-claims tbody th").all_inner_texts()
    assert keys == sorted(keys, reverse=True)


def test_filters_are_kept_in_the_address_and_come_back_with_it(browser, page: Page):
    tools = page.locator("#table-claims .tools")
    tools.get_by_label("What to do").select_option("remove")
    tools.get_by_label("Words").fill("safe")
    shown = shown_rows(page).count()
    assert page.url.endswith("#table-claims?words=safe&action=remove")
    again = browser.new_page()
    again.goto(page.url)
    expect(again.locator("#table-claims output")).to_contain_text(f"{shown} of ")
    expect(again.locator("#table-claims").get_by_label("Words")).to_have_value("safe")
    again.goto(page.url.replace("action=remove", "action=nonsense&verdict=9"))
    again.reload()
    assert again.locator("#table-claims").get_by_label("What to do").input_value() == ""
    again.close()


def test_each_of_several_flags_filters_the_claims_that_have_it(page: Page):
    tools = page.locator("#table-claims .tools")
    flags = tools.get_by_label("Flags")
    values = flags.locator("option").all_inner_texts()[1:]
    assert len(values) > 3
    value = next(text for text in values if text != "none")
    flags.select_option(value)
    assert shown_rows(page).count() > 0
    assert all(value in cell for cell in shown_rows(page).locator("td.flags").all_inner_texts())


@pytest.mark.parametrize("width", [1280, 1800])
def test_contents_and_heads_stay_in_place(whole_page: Page, width):
    whole_page.set_viewport_size({"width": width, "height": 900})
    whole_page.locator("#table-claims tbody tr").nth(200).scroll_into_view_if_needed()
    for kept in (whole_page.locator("nav.contents"), whole_page.locator("#table-claims thead th").first):
        place = kept.bounding_box()
        assert -1 <= place["y"] < 80


def test_without_script_everything_can_still_be_read(browser, report_file):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(report_file.as_uri())
    assert plain.locator("#table-claims tbody tr").first.is_visible()
    assert not plain.locator("#table-claims .tools").is_visible()
    context.close()


def test_paper_shows_what_the_screen_folds(page: Page):
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("details:not([open])")).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details:not([open])")).not_to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (390, "dark")])
def test_axe_finds_nothing_serious(browser, small_report, scheme, width):
    """axe-core's rules for WCAG 2.1 A and AA, contrast of 4.5 to 1 among them, everything unfolded."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(small_report.as_uri())
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response
    context.close()
    assert len(found["passes"]) > 15
    bad = [rule for rule in found["violations"] if rule["impact"] in ("serious", "critical")]
    assert [(r["id"], r["nodes"][0]["html"][:200]) for r in bad] == []
    unsure = {rule["id"] for rule in found["incomplete"]}
    assert "color-contrast" in {rule["id"] for rule in found["passes"]} | unsure


@pytest.mark.parametrize("width", [1200, 390])
def test_nothing_is_wider_than_the_screen(whole_page: Page, width):
    whole_page.set_viewport_size({"width": width, "height": 900})
    assert whole_page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_inner_link_leads_somewhere(whole_page: Page):
    links = "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
    ids = "[...document.querySelectorAll('[id]')].map(one => one.id)"
    assert set(whole_page.evaluate(links)) <= set(whole_page.evaluate(ids))


@pytest.mark.parametrize("width", [1200, 390])
def test_no_cell_is_narrower_than_its_words(whole_page: Page, width):
    whole_page.set_viewport_size({"width": width, "height": 900})
    cells = "[...document.querySelectorAll('#table-claims th, td, li')]"
    wide = f"{cells}.filter(c => c.scrollWidth > c.clientWidth + 1)"
    assert whole_page.evaluate(f"{wide}.map(c => c.textContent).slice(0, 9)") == []


def test_the_cells_of_a_row_look_alike(whole_page: Page):
    looks = "new Set([...document.querySelectorAll('#table-claims td')].map(c => {"
    looks += " const s = getComputedStyle(c); return s.padding + s.backgroundColor + s.whiteSpace }))"
    assert whole_page.evaluate(f"{looks}.size") == 1
