"""Triage in a real JupyterLab: by keyboard alone, on a hostile page, and still there after a reload."""

import csv
import hashlib
import re
from datetime import date

import pytest
from playwright.sync_api import expect
from real_lab import jupyterlab, run_all_cells, with_parameters

from review.store.canonical import canonical_files
from review.store.snapshot import read_evidence

TEXT = (
    "Exosome therapy in one sitting\n"
    "Exosomes regrow hair in every man, and there are no side effects.\n"
    '<img src="http://outside.invalid/x.png" onerror="document.title=\'live\';alert(1)">'
    "Our exosomes are approved by the FDA.\n"
    "<script>document.title='live';alert(2)</script>Results last for ten years. "
    "PRP is less effective than exosome therapy.\n"
)
REASON = "A slogan.\u00a0<img src=x onerror=alert(3)> =1+1"
PROPOSITION = {
    "proposition": "exosome-has-no-side-effects",
    "topic": "exosome-safety",
    "question": "harm",
    "species": "human",
    "statement": "Exosome treatment of the scalp has side effects.",
    "population": "not_reported",
    "intervention": "Exosome treatment",
    "comparator": "not_reported",
    "outcome": "Side effects",
    "horizon": "not_reported",
    "outcome_kind": "patient-oriented",
    # Nobody has weighed the outcome, or written words for patients yet.
    "importance": "",
    "public_wording": "",
    "wording_by": "",
    "wording_rests_on": "",
}


@pytest.fixture
def own(tmp_path):
    """A folder with one page, which tries to run in whatever shows it."""
    (tmp_path / "own" / "pages").mkdir(parents=True)
    (tmp_path / "own" / "pages" / "shop.txt").write_bytes(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    row = f"shop,Shop,other,{digest},not_reported,not_reported,none,no\n"
    header = "page,title,kind,sha256,captured,url,note,citations_listed\n"
    (tmp_path / "own" / "pages.csv").write_text(header + row, "utf-8")
    return tmp_path / "own"


@pytest.fixture
def lab(own, project, tmp_path):
    """The address of a server on the notebook, set to the project's evidence and the hostile page."""
    replacing = {"../evidence": (project / "evidence").as_posix(), "../build/triage": "../own"}
    copy = tmp_path / "notebooks" / "triage.ipynb"
    with_parameters(project / "notebooks" / "triage.ipynb", copy, replacing)
    with jupyterlab(tmp_path, "notebooks/triage.ipynb") as address:
        yield address


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def command(page, typed, answer):
    """Type a command, as somebody who has no mouse, and wait for the answer."""
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Command", exact=True)).to_have_value("")
    page.get_by_text(answer).first.wait_for()


def fill(page, fields):
    """Fill in the fields that follow the focus, each reached by Tab."""
    for value in fields:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(value)
        page.keyboard.press("Tab")


def labels(page):
    """What the field to go elsewhere offers: everything on the page, most important first."""
    texts = page.evaluate("() => [...document.querySelectorAll('datalist option')].map(o => o.value)")
    return [text for text in texts if re.match(r"\d+ [?✓✗] ", text)]


def go_to(page, words):
    """Go to what is labelled with `words`; gives the words of the page that it is."""
    chosen = next(text for text in labels(page) if words in text)
    number, quote = chosen.split()[0], chosen.partition(": ")[2].rstrip("…")
    command(page, f"g {number}", f"▶ {number} ")
    field = page.get_by_label("Words", exact=True)
    expect(field).to_have_value(re.compile(r"\s+".join(map(re.escape, quote.split()))))
    return field.input_value()


def focused(page):
    return page.evaluate(
        "() => { const e = document.activeElement, s = getComputedStyle(e);"
        "  return [(e.labels && e.labels[0] || e).innerText.split('\\n')[0], s.outlineStyle]; }"
    )


TAB_ORDER = [
    "Page", "Go to", "Command",
    "Accept (a)", "Refuse (r)", "Edit the words (e)", "Split (s)", "Merge (m)", "Link (l)",
    "Claim more (c)", "New proposition (n)", "Next (j)", "Previous (k)", "Help (h)",
    "Words", "Category", "Wording", "Checkworthy", "Polarity", "Proposition", "Split before",
    "Reason", "Reviewer",
]  # fmt: skip


@pytest.fixture
def page(lab, browser):
    """The notebook after it ran; nothing of the page under review may run or be fetched."""
    page = browser.new_page(viewport={"width": 1300, "height": 1900})
    page.set_default_timeout(30_000)
    outside, dialogs = [], []
    page.on("request", lambda r: outside.append(r.url) if "//127.0.0.1:" not in r.url else None)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.goto(lab)
    run_all_cells(page, "Command")
    yield page
    assert page.get_by_text("<script>document.title='live'").count()
    assert page.title() != "live"
    assert outside == []
    assert set(dialogs) <= {"beforeunload"}, "JupyterLab asks once whether to leave an unsaved notebook"
    page.close()


def test_a_page_is_triaged_by_keyboard_and_the_files_hold_exactly_that(page, own, project):
    page.get_by_text("handled: 0 claims, 0 refused.").wait_for()
    cells, offered = page.locator(".jp-Notebook .jp-Cell").count(), len(labels(page))
    page.get_by_label("Page", exact=True).focus()
    for name in TAB_ORDER:
        assert focused(page) == [name, "solid"]
        page.keyboard.press("Tab")

    page.get_by_label("Command", exact=True).focus()
    first = go_to(page, labels(page)[0])
    command(page, "l no-such-thing", "there is no proposition 'no-such-thing'")
    assert not (own / "claims.csv").exists()
    command(page, "n", "Fill in the new proposition below")
    page.wait_for_function("document.activeElement.labels?.[0]?.innerText === 'New id'")
    fill(page, PROPOSITION.values())
    page.get_by_label("Command", exact=True).focus()
    command(page, "n", "shop-001 is a claim.")
    command(page, "l exosome-regrows-hair-in-people", "shop-002 is a claim.")
    second = " ".join(go_to(page, "shop-002").split()[:-1])
    command(page, f"e {second}", "shop-002 is a claim. Written")
    third = go_to(page, " ? ")
    page.get_by_label("Reviewer", exact=True).fill("reviewer A")
    page.get_by_label("Command", exact=True).focus()
    command(page, f"r {REASON}", "shop-003 is refused.")
    page.get_by_text(f"3 of {offered} handled: 2 claims, 1 refused.").wait_for()
    files = {path.name: path.read_bytes() for path in own.glob("*.csv")}

    written = rows(own / "claims.csv")
    assert [(row["claim"], row["quote"], row["proposition"]) for row in written] == [
        ("shop-001", first, "exosome-has-no-side-effects"),
        ("shop-002", second, "exosome-regrows-hair-in-people"),
    ]
    assert rows(own / "propositions.csv") == [PROPOSITION]
    (refused,) = rows(own / "refusals.csv")
    assert date.fromisoformat(refused.pop("date")) <= date.today()
    assert list(refused.values()) == [
        "shop-003", "shop", str(TEXT.index(third)), str(TEXT.index(third) + len(third)), third,
        REASON, "reviewer A",
    ]  # fmt: skip
    refusals = read_evidence([project / "evidence", own]).refusals.values()
    assert [refusal.page for refusal in refusals].count("shop") == 1
    assert [
        path.name for path, _, text in canonical_files(own) if path.read_bytes() != text.encode()
    ] == []

    page.reload()
    run_all_cells(page, "Command")
    page.get_by_text(f"3 of {offered} handled: 2 claims, 1 refused.").wait_for()
    page.get_by_label("Command", exact=True).focus()
    assert [go_to(page, key) for key in ("shop-001", "shop-002", "shop-003")] == [first, second, third]
    page.get_by_text("A slogan.").first.wait_for()
    assert {path.name: path.read_bytes() for path in own.glob("*.csv")} == files
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "no letter reached JupyterLab"
