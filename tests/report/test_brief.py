"""The brief: two sheets, whole sentences, and nothing that the report does not say."""

import itertools
import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from review.model.citing import Citing, Identity
from review.model.vocabulary import Action, Audience, Verdict
from review.report.audience import for_audience
from review.report.build import build_report
from review.report.formats.brief import brief_files
from review.report.formats.files import report_files
from review.report.formats.pdf import report_pdf, sheets
from review.report.parts.brief import LENGTHS, PAGES, WHOLE, Length, brief
from review.report.parts.document import Bullets, Paragraph, Table, plain_text


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def files_of(report) -> dict[str, bytes]:
    return brief_files(report, None, "")


def table_of(document, anchor) -> Table:
    (table,) = [table for table in document.tables() if table.anchor == anchor]
    return table


def runs_of(document):
    for block in document.blocks():
        match block:
            case Table():
                yield from (run for row in block.rows for cell in row.cells for run in cell)
            case Bullets():
                yield from (run for item in block.items for run in item)
            case Paragraph():
                yield from block.text


def with_long_sentences(report, letters: int):
    """The report with every sentence of the page repeated until it has so many letters."""
    sentences = tuple(
        replace(row, text=(f"{row.text} " * (letters // len(row.text) + 1))[:letters])
        for row in report.sentences
    )
    return replace(report, sentences=sentences)


@pytest.fixture(scope="module")
def of_five_pages(whole):
    return files_of(whole)


def test_five_pages_take_two_sheets(of_five_pages):
    assert sorted(of_five_pages) == ["brief.docx", "brief.html", "brief.pdf"]
    assert pages_of(of_five_pages["brief.pdf"]) == sheets(of_five_pages["brief.pdf"]) == PAGES


@pytest.mark.parametrize("blocks", [1, 60, 400])
def test_pages_are_counted_as_a_reader_of_pdf_counts_them(one_page_document, blocks):
    line = Paragraph(compose_line(one_page_document))
    part = replace(one_page_document.parts[0], blocks=(line,) * blocks)
    pdf = report_pdf(replace(one_page_document, parts=(part,)), whole=True)
    assert sheets(pdf) == pages_of(pdf)


def compose_line(document):
    return next(block.text for block in document.blocks() if isinstance(block, Paragraph))


def test_the_sentences_are_the_first_of_the_report_and_whole(whole):
    rows = table_of(brief(whole), "table-worst").rows
    sentences = [whole.sentence_of(key) for key in whole.worst]
    assert len(rows) == len(sentences) == 10
    for row, sentence in zip(rows, sentences, strict=True):
        assert sentence.text.lstrip("-–•*· \t") in plain_text(row.cells[0])
        assert sentence.plain in plain_text(row.cells[1])
        assert sentence.wording in plain_text(row.cells[1])


def test_it_says_how_much_waits_in_the_report(whole):
    document = brief(whole, Length(3, 2))
    waiting = sum(row.action is not Action.MAY_STAND for row in whole.sentences) - 3
    caption = table_of(document, "table-worst").caption
    assert caption.startswith("The 3 to act on first")
    assert f"{waiting} other sentences" in caption
    left = len(whole.summary_of_findings.rows) - 2 + whole.summary_of_findings.others
    assert f"{left} more in the report" in table_of(document, "table-summary").caption


def test_what_nobody_looked_for_is_counted_by_topic(whole):
    (part,) = [part for part in brief(whole).parts if part.anchor == "not-looked-for"]
    words = plain_text(part.blocks[0].text)
    number = sum(row.verdict is Verdict.NOT_LOOKED_FOR for row in whole.claims)
    by_topic = [int(count) for count in re.findall(r" (\d+)(?=[,.])", words.partition(": ")[2])]
    assert f"On {number} claims" in words
    assert sum(by_topic) == number
    assert by_topic == sorted(by_topic, reverse=True)
    assert "-" not in words


def test_what_is_cited_is_counted_for_each_source_and_what_leads_to_none(whole):
    (part,) = [part for part in brief(whole).parts if part.anchor == "citations"]
    lines = [plain_text(item) for item in part.blocks[0].items]
    sources = list(dict.fromkeys(row.study for row in whole.citations if row.study))
    shown = LENGTHS[0].questions
    for study, line in zip(sources[:shown], lines, strict=False):
        rows = [row for row in whole.citations if row.study == study]
        told = sum(int(number) for number in re.findall(r" (\d+)(?=[,.])", line.partition(": ")[2]))
        assert line.startswith(rows[0].reference)
        assert told == sum(count.count for row in rows for count in row.counts)
    if len(sources) > shown:
        assert f"{len(sources) - shown} more" in lines[shown]
    lost = [row.identity for row in whole.citations if not row.study]
    nameless = lost.count(Identity.NAMELESS)
    assert f"{nameless} places name nothing that could be looked up." in lines
    assert f"in {nameless} of them nothing is named by which it could be looked up" in " ".join(
        whole.answer
    )
    assert len(lost) - nameless == 1
    assert "1 place names a source that was not found." in lines


@pytest.mark.parametrize("citing", [Citing.CITES_NOTHING, Citing.NOT_LOOKED_FOR, Citing.READ_IN_PART])
def test_a_page_that_cites_nothing_is_not_one_that_nobody_read(one_page, citing):
    page = replace(one_page.pages[0], citing=citing)
    document = brief(replace(one_page, citations=(), pages=(page,)))
    (part,) = [part for part in document.parts if part.anchor == "citations"]
    assert [plain_text(item) for item in part.blocks[0].items] == [f"{citing.spoken}: {page.title}"]


def test_every_link_leads_into_the_report(whole, whole_document):
    anchors = set(whole_document.anchors())
    links = [run.link for run in runs_of(brief(whole)) if run.link]
    assert links
    for link in links:
        assert link.startswith(f"{WHOLE}#")
        assert link.removeprefix(f"{WHOLE}#") in anchors


def test_a_link_to_a_place_in_the_report_stands_in_the_html(whole, of_five_pages):
    assert f'href="./report.html#{whole.worst[0]}"' in of_five_pages["brief.html"].decode()


@pytest.mark.parametrize("letters", [700, 1500])
def test_long_sentences_make_it_shorter_and_never_cut(one_page, letters):
    report = with_long_sentences(one_page, letters)
    html = files_of(report)["brief.html"].decode()
    shown = [key for key in report.worst if f"./report.html#{key}" in html]
    assert 0 < len(shown) < len(report.worst)
    assert f"The {len(shown)} to act on first" in html
    assert sheets(files_of(report)["brief.pdf"]) <= PAGES


def test_the_shortest_is_kept_where_nothing_fits(one_page):
    report = with_long_sentences(one_page, 12_000)
    pdf = files_of(report)["brief.pdf"]
    assert sheets(pdf) > PAGES
    assert len(table_of(brief(report, LENGTHS[-1]), "table-worst").rows) == 1


def test_lengths_only_grow_shorter():
    for longer, shorter in itertools.pairwise(LENGTHS):
        assert shorter.sentences <= longer.sentences
        assert shorter.questions <= longer.questions
        assert shorter != longer


def test_a_page_names_itself_and_its_stops_no_page(one_page):
    document = brief(one_page)
    assert document.title == f"Brief: {one_page.pages[0].title}"
    stops = document.parts[0].blocks[1]
    assert [plain_text(item) for item in stops.items] == [
        stop.sentence for stop in one_page.pages[0].stops
    ]


def test_stops_of_several_pages_name_them_once(whole):
    stops = brief(whole).parts[0].blocks[1]
    words = [plain_text(item) for item in stops.items]
    assert len(words) == len({stop.sentence for page in whole.pages for stop in page.stops})
    for page in whole.pages:
        for stop in page.stops:
            (line,) = [line for line in words if line.startswith(stop.sentence)]
            assert line.count(page.title) >= 1


def test_pages_of_one_title_are_counted(whole):
    alike = replace(whole, pages=tuple(replace(page, title="One title") for page in whole.pages))
    words = [plain_text(item) for item in brief(alike).parts[0].blocks[1].items]
    assert any(re.search(r"One title \(\d pages\)$", line) for line in words)


def test_a_class_gets_none_and_a_clinic_no_evidence(class_report, clinic_report, small_review):
    assert "brief.pdf" not in report_files(build_report(small_review, Audience.CLASS))
    titles = [part.title for part in brief(clinic_report).parts]
    assert "What is known" not in titles
    assert titles[-1] == "Sign-off"
    assert not class_report.shows_verdicts


def test_a_page_without_anything_to_act_on_says_the_answer_and_is_signed(one_page):
    clean = replace(
        for_audience(one_page, Audience.CLINIC),
        worst=(),
        claims=(),
        citations=(),
        pages=tuple(replace(page, stops=()) for page in one_page.pages),
    )
    assert [part.title for part in brief(clean).parts] == ["The answer", "What is cited", "Sign-off"]
    assert sheets(files_of(clean)["brief.pdf"]) == 1


def test_it_is_signed_where_the_report_is(whole, whole_document):
    assert table_of(whole_document, "table-sign-off") == table_of(brief(whole), "table-sign-off")
