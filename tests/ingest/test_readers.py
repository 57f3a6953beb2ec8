"""What is read of each format, and what is refused, with place, reason and remedy."""

import time
from dataclasses import replace

import pytest
from sources import PARAGRAPH, docx_bytes, encrypted, pdf_bytes, with_blank_pages, zip_bytes

from review.ingest.bounded import BOUNDS, read_source
from review.ingest.formats.docx import read_docx
from review.ingest.formats.html import BY_ARTICLE, read_html
from review.ingest.formats.markdown import read_markdown
from review.ingest.formats.pdf import read_pdf
from review.ingest.formats.recognised import format_of
from review.ingest.formats.text import read_text
from review.ingest.reading import MAX_TEXT
from review.ingest.sources.source import Source, file_source
from review.model.errors import InputError, InSource
from review.model.vocabulary import PageFormat


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def lines(body: str) -> list[str]:
    return [line for line in read_html(page(body), "a.html").text.split("\n") if line]


def problem(read, content: bytes, **more):
    with pytest.raises(InputError) as caught:
        read(content, "a", **more)
    (found,) = caught.value.problems
    assert found.remedy
    return found


@pytest.fixture(scope="module")
def sample(project):
    return lambda name: read_html((project / "tests" / "pages" / name).read_bytes(), name)


@pytest.fixture(scope="module")
def brochure() -> bytes:
    return pdf_bytes()


# HTML: the three sample pages


def test_every_folded_answer_stands_after_its_question(sample):
    text = sample("accordion-faq.html").text
    for question, answer in (
        ("Who can have the treatment?", "Every adult with thinning hair can have it."),
        ("Does it hurt?", "No. Nine in ten visitors describe it as painless."),
        ("When do I see results?", "First results show after six weeks.\nThe full effect"),
        ("Are there side effects?", "There are no known side effects."),
        ("Care", "Do not wash your hair for 24 hours."),
        ("Science", "Studies show that the serum wakes up sleeping follicles."),
        ("How long does it last?", "The effect lasts for up to two years."),
    ):
        assert f"\n\n{question}\n\n{answer}" in text, question


def test_menus_footers_banners_and_scripts_are_out_of_the_text_and_listed(sample):
    reading = sample("accordion-faq.html")
    for words in ("cookies", "Treatments", "Menu", "Book now", "Results may differ", "Imprint"):
        assert words not in reading.text
        assert any(words in passage for passage in reading.set_aside), words
    assert "script" not in reading.text + " ".join(reading.set_aside)


def test_what_only_one_reading_kept_is_named(sample):
    reading = sample("accordion-faq.html")
    assert "There are no known side effects." in reading.only_walk
    assert reading.only_article == ()


def test_a_price_table_stays_row_by_row_within_a_table_for_layout(sample):
    reading = sample("price-table.html")
    assert (
        "Treatment | Sessions | Price | What you can expect\n"
        "Sample Serum | 3 | € 900 | 30 % more hair after three months\n"
        "Sample Laser | 8 to 12 | € 1,200 | Thicker hair; No side effects\n"
        "Sample Serum with Sample Laser | 12 |  | Twice the effect of either alone\n"
    ) in reading.text
    assert "\n- A first talk with a nurse\n- A photograph before and after\n" in reading.text
    assert "Skin" not in reading.text
    assert any("visibly fuller hair" in passage for passage in reading.set_aside)
    assert "pictures that were not read: 1" in reading.notes


def test_a_long_article_is_kept_whole(sample):
    reading = sample("long-article.html")
    assert reading.title == "Why hair thins, and what helps"
    for words in ("four sessions", "no side effects", "- No surgery and no scars", "Act early"):
        assert words in reading.text
    assert any("does not replace the advice" in passage for passage in reading.set_aside)


# HTML: single blocks


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One\n two&nbsp;three<br>four</p>", ["One two three", "four"]),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>", ["- a", "- b", "- c"]),
        ("<p>un<b>break</b>able <i>words</i></p>", ["unbreakable words"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<table><tr><th>a<th>b<tr><td>1<br>2<td><p>3<p>4</table>", ["a | b", "1 2 | 3; 4"]),
        ("<table><tr><td><h2>A</h2><p>b</p><td>c</table>", ["A", "b", "c"]),
        ("<pre>one\ntwo</pre>", ["one", "two"]),
        ("<p>cafe\u0301</p>", ["café"]),
        ("<p>a b c d</p><p hidden>b</p><p style='display:none'>c</p>", ["a b c d"]),
        ("<p>shown</p><p aria-hidden=true>also shown</p>", ["shown", "also shown"]),
        ("<ul class=faq><li><h3>Q?</h3><p>A.</p></li></ul>", ["Q?", "A."]),
        ("<article><p>a</p><footer>b</footer></article><footer>c</footer>", ["a", "b"]),
        ("<form><label>Name</label><p>Free of risk</p></form>", ["Name", "Free of risk"]),
        ("<p>a<script>x</script>b<!-- no -->c</p>", ["abc"]),
        ("<div class=treatment-menu><p>Serum: grows hair</p></div>", ["Serum: grows hair"]),
        ("<body class=cookie-consent><div id=cookies><h1>Our cookies</h1></div>", ["Our cookies"]),
    ],
)
def test_a_block_becomes_lines(body, expected):
    assert lines(body) == expected


def test_titles_and_passages_hold_no_control_characters_and_are_not_too_long():
    head = "<title>Hair\u202e\x07\n grows</title>"
    reading = read_html(page(f"<p>a b c</p><nav>x\u202ey {'long ' * 9000}</nav>", head), "a")
    assert reading.title == "Hair grows"
    assert reading.set_aside[0].startswith("xy long long")
    assert max(map(len, reading.set_aside)) <= 2000


def test_no_word_of_a_page_is_lost_in_silence():
    body = (
        "<nav>one</nav><p>two</p><button>three</button><details><summary>four</summary>five</details>"
        "<div hidden>six</div><footer>seven</footer><noscript>eight</noscript><img alt=nine>"
        "<button aria-controls=x>ten</button><div id=x hidden>eleven</div><dialog>twelve</dialog>"
        "<button aria-controls=y>thirteen</button><nav><div id=y>fourteen</div></nav>"
    )
    reading = read_html(page(body), "a.html")
    everything = " ".join([reading.text, *reading.set_aside])
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
    assert [word for word in words if word not in everything.split()] == []


def test_the_article_is_used_where_the_walk_keeps_less_than_half(monkeypatch):
    hidden = "".join(f"<p>Sentence number {n} speaks of hair that grows.</p>" for n in range(40))
    reading = read_html(page(f"<p>Short.</p><div class=box style='display:none'>{hidden}</div>"), "a")
    assert (reading.reading == BY_ARTICLE) == ("Sentence number 7" in reading.text)
    assert any("Sentence number 7" in p for p in (reading.text, *reading.set_aside))


def test_nesting_beyond_measure_is_a_problem_and_not_a_shorter_page():
    deep = page("<div>" * 5000 + "claim" + "</div>" * 5000)
    assert "nested deeper" in problem(read_html, deep).fault
    assert lines("<div>" * 200 + "claim" + "</div>" * 200) == ["claim"]


# Encodings


@pytest.mark.parametrize(
    ("content", "charset", "said"),
    [
        ("<p>€ – é</p>".encode("cp1252"), "windows-1252", "cp1252, because the server says so"),
        (
            "<meta charset=iso-8859-7><p>Μαλλιά</p>".encode("iso8859-7"),
            "",
            "iso8859-7, because the",
        ),
        (
            "<p>Haare wachsen für immer</p>".encode("utf-16"),
            "",
            "utf-16-le, because its",
        ),
        ("\ufeff<meta charset=latin1><p>é</p>".encode(), "latin1", "utf-8, because its byte order mark"),
        ("<p>é</p>".encode(), "", "utf-8, because nothing else"),
        ('<?xml version="1.0" encoding="utf-8"?><html><p>é</p></html>'.encode(), "", "the page says so"),
    ],
)
def test_the_encoding_is_found_and_said(content, charset, said):
    reading = read_html(content, "a.html", charset)
    assert said in reading.notes[0]
    assert "�" not in reading.text


@pytest.mark.parametrize(
    ("content", "charset", "what", "line"),
    [
        (b"<p>ok</p>\n<p>caf\xe9</p>", "", "not utf-8", 2),
        (b"<p>caf\xe9</p>", "utf-8", "not utf-8", 1),
        (b"<p>x</p>", "rot13", "'rot13' is not one", 0),
        (b"<p>x</p>", "unicode_escape", "is not one", 0),
        (b"<meta charset=utf-7><p>+ADw-script+AD4-</p>", "", "is not one", 0),
        (b"abc\x00def" * 50, "", "binary", 0),
        (bytes(range(1, 32)) * 40, "", "binary", 0),
    ],
)
def test_a_wrong_encoding_is_a_problem(content, charset, what, line):
    found = problem(read_html, content, charset=charset)
    assert what in found.fault
    assert found.place == InSource("a", line)


# Plain text and Markdown


def test_plain_text_is_kept_and_what_is_dropped_is_said():
    raw = "One  line \r\nTwo\u202e\u200b\x07 \n\n\n\nThree\u00a0\u00ad4\n\n"
    reading = read_text(raw.encode(), "a.txt")
    assert reading.text == "One  line\nTwo\n\nThree 4\n"
    assert set(reading.notes[1:]) == {
        "dropped 1 × U+0007",
        "dropped 1 × U+00AD",
        "dropped 1 × U+200B",
        "dropped 1 × U+202E",
    }


@pytest.mark.parametrize("content", [b" \n\n", b"...\n"])
def test_a_text_without_words_is_a_problem(content):
    assert "no text" in problem(read_text, content).fault


def test_a_text_beyond_measure_is_a_problem():
    assert "more than" in problem(read_text, b"word " * MAX_TEXT).fault


def test_markdown_is_read_as_it_is_shown():
    source = (
        "---\ntitle: Secret\n---\n# Serum\n\nIt **regrows** [hair](https://example.org).\n\n"
        "- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n"
        "<details><summary>Safe?</summary>Yes.</details>\n\n![fuller hair](a.png)\n"
    )
    reading = read_markdown(source.encode(), "a.md")
    assert reading.text == (
        "Serum\n\nIt regrows hair.\n\n- a\n- b\n\nx | y\n1 | 2\n\nquoted\n\nSafe?\n\nYes.\n"
    )
    assert reading.set_aside == ("title: Secret", "words for a picture: fuller hair")


def test_markdown_nested_too_deep_is_a_problem():
    assert "nested deeper" in problem(read_markdown, b"> " * 500 + b"claim").fault


# DOCX


def test_docx_keeps_insertions_boxes_lists_and_tables():
    reading = read_docx(docx_bytes(), "a.docx")
    assert reading.title == "Sample Serum"
    assert reading.text == (
        f"What it does\n\n{PARAGRAPH}\n\n- No surgery\n- No side effects\n\n"
        "Sessions | Price\n3 | € 900\n\n"
        "It works always\n\nSeen.\n\nBeside the box.\n\nIn a box: guaranteed.\n"
    )
    assert set(reading.set_aside) == {"Example Hair Clinic", "Not seen."}
    assert reading.notes == ("tracked insertions, kept: 1", "tracked deletions, left out: 1")


BOMB = b"<w:p>" + b" " * 30_000_000 + b"</w:p>"
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY b "'
    + b"ha" * 500
    + b'">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % ((c, *[c - 1] * 4)) for c in range(99, 122))
    + b"]><a>&y;</a>"
)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (docx_bytes()[:3000], "damaged"),
        (zip_bytes(a_x=b"<a/>"), "holds no word/document.xml"),
        (zip_bytes(word__document_x=b"<a><b></a>"), "not readable as XML"),
        (zip_bytes(word__document_x=BOMB), "unpacks to"),
        (zip_bytes(word__document_x=LAUGHS), "not readable as XML|no text"),
        (zip_bytes(word__document_x=b"<a>" * 5000 + b"</a>" * 5000), "not readable as XML"),
    ],
    ids=["cut", "another zip", "bad XML", "zip bomb", "entities", "deep"],
)
def test_a_bad_docx_is_a_problem(content, what):
    assert any(part in problem(read_docx, content).fault for part in what.split("|"))


# PDF


def test_pdf_lines_are_joined_and_running_lines_set_aside(brochure):
    reading = read_pdf(brochure, "a.pdf")
    assert reading.title == "Brochure"
    assert reading.text.count(PARAGRAPH) == 3, reading.text
    assert "\n\n- No surgery\n- Ready in one hour\n" in reading.text
    assert "Example Hair Clinic" not in reading.text
    assert "Example Hair Clinic" in reading.set_aside


def test_pages_that_are_pictures_are_named(brochure):
    found = problem(read_pdf, with_blank_pages(brochure))
    assert "no text on pages 2, 4, 6 of 6" in found.fault
    assert "OCR" in found.remedy


def test_an_encrypted_pdf_is_a_problem_and_one_without_password_is_not(brochure):
    assert "encrypted" in problem(read_pdf, encrypted(brochure, "secret")).fault
    assert PARAGRAPH in read_pdf(encrypted(brochure, ""), "a.pdf").text


@pytest.mark.parametrize("cut", [9, 200, 2000])
def test_a_damaged_pdf_is_a_problem(brochure, cut):
    assert problem(read_pdf, brochure[:cut]).fault


# What a source is


@pytest.mark.parametrize(
    ("content", "expected", "what"),
    [
        (b"\x89PNG\r\n", PageFormat.TEXT, "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1", None, "an old Word"),
        (b"", PageFormat.TEXT, "empty"),
        (b"<html>", PageFormat.PDF, "not a PDF file"),
        (b"some words", None, "not clear"),
        (b"MIME-Version: 1.0", PageFormat.HTML, "web archive"),
    ],
)
def test_what_is_no_page_is_a_problem(content, expected, what):
    with pytest.raises(InputError) as caught:
        format_of(content, "a", expected)
    assert what in caught.value.problems[0].fault


def test_the_content_decides_before_the_name(tmp_path, brochure):
    path = tmp_path / "page.txt"
    for content, expected in (
        (b"<!DOCTYPE html><p>x", PageFormat.HTML),
        (b"<?xml version='1.0'?>\n<!-- a -->\n<html>", PageFormat.HTML),
        (brochure, PageFormat.PDF),
        (docx_bytes(), PageFormat.DOCX),
        (b"plain", PageFormat.TEXT),
    ):
        path.write_bytes(content)
        source = file_source(path)
        assert format_of(source.content, source.name, source.expected) is expected


@pytest.mark.parametrize("name", ["nothing.txt", "."])
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path, name):
    with pytest.raises(InputError):
        file_source(tmp_path / name)


def test_a_file_beyond_measure_is_a_problem(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(10_000_001)
    with pytest.raises(InputError, match="larger than"):
        file_source(path)


@pytest.mark.parametrize(
    "start",
    [
        b"<!-- note -->\n" * 300,
        b"<!--a--><!--b-->" * 200,
        b"<!-- " * 900,
        b"<!---->" * 600,
        b"<?xml " * 700,
        b"\t " * 2000,
        b"<?xml version='1.0'?>" + b"<!-- x -- y --> " * 200,
    ],
)
@pytest.mark.parametrize("body", [b"<div>Peels fade scars.</div>", b"<html><p>Peels fade scars."])
def test_what_stands_before_a_page_takes_no_time(start, body):
    begun = time.process_time()
    assert format_of(start + body, "a.html", PageFormat.HTML) is PageFormat.HTML
    assert time.process_time() - begun < 0.2


# The bounded process


def test_the_bounded_process_gives_the_same_reading(project):
    path = project / "tests" / "pages" / "price-table.html"
    assert read_source(file_source(path)) == (
        PageFormat.HTML,
        read_html(path.read_bytes(), path.name),
    )


def test_problems_come_through_the_bounded_process():
    with pytest.raises(InputError, match="binary"):
        read_source(Source(b"a\0b", PageFormat.TEXT, "a.txt"))


def test_a_source_that_takes_too_long_is_a_problem():
    """Each opening bracket makes the Markdown parser look ahead: minutes, if it were let."""
    source = Source(b"[a](" * 400_000, PageFormat.MARKDOWN, "a.md")
    with pytest.raises(InputError, match="more than 1 seconds of processor time"):
        read_source(source, replace(BOUNDS, seconds=1))
