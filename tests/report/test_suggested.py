"""From a saved page to the report of its suggestions, as an analyst would do it."""

import json
import shutil

import html_reader
import openpyxl
import pytest
from commands import run_review
from hostile_text import PAYLOADS, seen

from review.dossier.suggested_citations import suggested_citations
from review.dossier.suggestions import suggestions
from review.report.formats.suggested_files import write_suggestions

LAYOUTS = ("accordion-faq", "price-table", "long-article")


@pytest.fixture(scope="module")
def own(project, tmp_path_factory):
    """A folder with a page of each layout, beginning with the HTML file."""
    folder = tmp_path_factory.mktemp("own") / "pages"
    for layout in LAYOUTS:
        source = project / "tests" / "pages" / f"{layout}.html"
        asked = ("--page", f"new-{layout}", "--evidence", "evidence", "--evidence", folder)
        read = run_review("ingest", source, *asked)
        assert read.returncode == 0, read.stderr
    return folder


@pytest.fixture(scope="module", params=LAYOUTS)
def made(own, tmp_path_factory, request):
    """The folder of suggestions for a page of one of three layouts."""
    out = tmp_path_factory.mktemp(request.param) / "out"
    evidence = ("--evidence", "evidence", "--evidence", own)
    done = run_review("suggest", f"new-{request.param}", *evidence, "--report", out)
    assert done.returncode == 0, done.stderr
    assert "open " in done.stdout
    return out


def rows(folder) -> list[dict]:
    return [json.loads(line) for line in (folder / "suggestions.jsonl").read_text("utf-8").splitlines()]


def test_every_suggestion_stands_in_the_table_and_on_the_page(made):
    html = (made / "suggestions.html").read_text("utf-8")
    (table, *_) = html_reader.tables(html)
    assert sorted(row[2] for row in table.rows) == sorted(f"“{one['quote']}”" for one in rows(made))
    found = seen(html)
    marks = [value for name, value in found.attributes if name == "href" and value.startswith("#s-")]
    ids = [value for name, value in found.attributes if name == "id"]
    assert set(marks) <= {f"#{value}" for value in ids}
    assert len(rows(made)) == sum(value.startswith("s-") for value in ids) > 5


def test_the_most_important_comes_first(made):
    (table, *_) = html_reader.tables((made / "suggestions.html").read_text("utf-8"))
    assert [row[4] for row in table.rows] == sorted((row[4] for row in table.rows), reverse=True)


def test_a_claim_that_is_not_known_comes_with_something_to_read(made):
    *_, reading = html_reader.tables((made / "suggestions.html").read_text("utf-8"))
    (table, *_) = html_reader.tables((made / "suggestions.html").read_text("utf-8"))
    with_papers = {row[0] for row in reading.rows}
    open_claims = {row[0] for row in table.rows if not row[1].startswith("●")}
    assert with_papers <= open_claims
    assert len(with_papers) > len(open_claims) / 2


def test_the_workbook_holds_the_same(made):
    book = openpyxl.load_workbook(made / "suggestions.xlsx")
    assert [cell.value for cell in book["suggestions"][3]][:3] == ["Claim", "Match", "The page says"]
    assert book["suggestions"].max_row == 3 + len(rows(made))


def test_a_hostile_page_stays_text(review, tmp_path):
    text = "Studies show that 90% regrow hair. " + "\n".join(p for p in PAYLOADS if p.isprintable())
    claims, citations = suggestions(text, review), suggested_citations(text, review)
    write_suggestions(tmp_path / "out", "page.txt", text, claims, citations, review)
    found = seen((tmp_path / "out" / "suggestions.html").read_text("utf-8"))
    assert found.elements.count("script") == 1
    assert not set(found.elements) & {"iframe", "form", "img", "svg", "object", "link"}
    assert not [name for name, _ in found.attributes if name.startswith("on")]


def test_a_folder_that_holds_something_else_is_left_alone(project, tmp_path):
    shutil.copy(project / "README.md", tmp_path)
    done = run_review("suggest", "clinic-brochure", "--report", str(tmp_path))
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
