"""What a PDF holds of a document too long for paper: alike things once, and every cut is told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_reader import pdf_structure

from review.report.formats.pdf import report_pdf
from review.report.parts.document import (
    AnnotatedText,
    Bullets,
    Column,
    Document,
    Mark,
    Paragraph,
    Part,
    Run,
    Section,
    Stretch,
    Table,
    plain_text,
    table_row,
    text,
)
from review.report.parts.on_paper import CLAIMS, LISTED, on_paper

COLUMNS = (
    Column("claim", "Claim"),
    Column("page", "Page"),
    Column("quote", "The page says"),
    Column("decision", "Decision"),
)


def claims(*rows: tuple[str, str, str]) -> Table:
    """A table of claims, each with its id, its quote and what was decided."""
    made = tuple(
        table_row((Run(key),), key.rpartition("-")[0], (Run(quote, quoted=True),), decided, anchor=key)
        for key, quote, decided in rows
    )
    return Table(CLAIMS, "Claims.", COLUMNS, made)


def table(rows: int, anchor: str = "table-dues", note: str = "") -> Table:
    made = tuple(table_row(f"due {number}", "paid") for number in range(rows))
    return Table(anchor, f"Dues, {anchor}.", (Column("a", "A"), Column("b", "B")), made, note)


def document(*blocks) -> Document:
    parts = [Part("The answer", "answer", (Paragraph(text("Read this.")),))]
    parts += [Part(f"Part {at}", f"part-{at}", (block,)) for at, block in enumerate(blocks)]
    return Document("Review", "Of a library.", "Library", "2026-01-31", tuple(parts))


def words(made: Document) -> list[str]:
    return [plain_text(block.text) for block in made.blocks() if isinstance(block, Paragraph)]


def rows_of(made: Document, anchor: str) -> list[list[str]]:
    (found,) = (block for block in made.tables() if block.anchor == anchor)
    return [[plain_text(cell) for cell in row.cells] for row in found.rows]


def test_what_is_small_is_set_as_it_is():
    small = document(table(5))
    assert on_paper(small) is small
    assert on_paper(small, whole=11) is small
    assert on_paper(small, whole=10) is not small


def test_what_is_shortened_says_so_first_and_names_what_is_whole():
    first, *_ = words(on_paper(document(table(5)), whole=6))
    assert "shorter than the review" in first
    for name in ("report.html", "claims.xlsx", "report.json"):
        assert name in first


def test_claims_in_the_same_words_with_the_same_answer_are_one_row_with_all_ids():
    alike = [(f"desk-{town}-001", f"Open all night. See desk-{town}-002.", "none") for town in "abc"]
    decided = ("desk-d-001", "Open all night. See desk-d-002.", "removed")
    shortened = on_paper(document(claims(*alike, decided), table(400)), whole=200)
    assert [row[0] for row in rows_of(shortened, CLAIMS)] == [
        "desk-a-001\nThe same: desk-b-001, desk-c-001",
        "desk-d-001",
    ]


def test_many_ids_are_cut_and_counted():
    alike = [(f"desk-{number:03}-001", "Open all night.", "none") for number in range(100)]
    ((first, *_),) = rows_of(on_paper(document(claims(*alike)), whole=300), CLAIMS)
    assert first.endswith(f" and {99 - LISTED} more")
    assert len(re.findall(r"desk-\d{3}-001", first)) == 1 + LISTED


def page(name: str, *, verdict: str = "overstated") -> Section:
    mark = Mark(f"{name}-001", "001", "▲", verdict, "why")
    stretches = (Stretch("We are ", False, "", ()), Stretch("open.", True, verdict, (mark,)))
    return Section(name.title(), f"page-{name}", (AnnotatedText(name, stretches),))


def test_the_text_of_alike_pages_stands_once_unless_it_is_marked_otherwise():
    pages = [page("north"), page("south"), page("west", verdict="contradicted")]
    made = on_paper(document(*pages, table(400)), whole=200)
    texts = [block.page for block in made.blocks() if isinstance(block, AnnotatedText)]
    assert texts == ["north", "west"]
    assert "Word for word the text of north, marked alike." in words(made)
    links = [run.link for block in made.blocks() if isinstance(block, Paragraph) for run in block.text]
    assert "#page-north" in links


@pytest.mark.parametrize(("number", "shown"), [(2 * LISTED, 2 * LISTED), (2 * LISTED + 1, LISTED)])
def test_a_long_list_of_links_shows_the_first_and_how_many_more(number, shown):
    runs = [Run("Claims: ")]
    for at in range(number):
        runs += [Run(f"c-{at:03}", link=f"#c-{at:03}"), Run(", ")]
    made = on_paper(document(Bullets((tuple(runs),)), table(400)), whole=200)
    (bullets,) = (block for block in made.blocks() if isinstance(block, Bullets))
    (item,) = bullets.items
    assert sum(bool(run.link) for run in item) == shown
    left = number - shown
    assert (f" and {left} more" in plain_text(item)) is bool(left)


def told(made: Document, anchor: str) -> tuple[int, int]:
    """The rows of a table that stand in a document, and those that it says are left out."""
    shown = sum(len(block.rows) for block in made.tables() if block.anchor == anchor)
    notes = [block.note for block in made.tables() if block.anchor == anchor]
    instead = [line for line in words(made) if line.startswith(f"Dues, {anchor}.")]
    said = re.findall(r"(\d+) rows? of \d+ left out here", " ".join([*notes, *instead]))
    return shown, sum(map(int, said))


@given(st.lists(st.integers(0, 120), min_size=1, max_size=6), st.integers(20, 300))
def test_every_row_stands_there_or_is_counted_as_left_out_and_there_is_room(rows, whole):
    tables = [table(number, f"table-{at}") for at, number in enumerate(rows)]
    made = on_paper(document(*tables, table(whole, "table-filler")), whole)
    for number, made_of in zip(rows, tables, strict=True):
        assert sum(told(made, made_of.anchor)) == number
    stretches = sum(len(cell) for block in made.tables() for row in block.rows for cell in row.cells)
    assert stretches <= whole


def test_a_small_part_keeps_all_its_rows_beside_a_large_one():
    made = on_paper(document(table(900, "table-large"), table(20, "table-small")), whole=300)
    assert len(rows_of(made, "table-small")) == 20
    assert 0 < len(rows_of(made, "table-large")) < 900


def test_a_note_stays_before_what_is_told_of_a_cut():
    made = on_paper(document(table(900, note="Dues are yearly.")), whole=100)
    (cut,) = made.tables()
    assert cut.note.startswith("Dues are yearly. ")
    assert "left out here; see report.html" in cut.note


def test_the_file_of_a_shortened_document_says_what_is_left_out():
    pages = [page("north"), page("south")]
    made = on_paper(document(*pages, table(900)), whole=200)
    read = " ".join(pdf_structure(report_pdf(made)).text.split())
    assert "shorter than the review" in read
    assert "Word for word the text of north" in read
    assert re.search(r"\d+ rows of 900 left out here", read)


def test_cells_of_a_shortened_document_lead_to_addresses_and_not_into_it():
    linked = (Run("note 1", link="#note-1"), Run("its paper", link="https://library.example/1"))
    cited = Table("table-notes", "Notes.", (Column("a", "A"),), (table_row(linked, anchor="note-1"),))
    made = on_paper(document(cited, table(400)), whole=200)
    (notes, _) = made.tables()
    assert [run.link for run in notes.rows[0].cells[0]] == ["", "https://library.example/1"]
