"""The report as PDF: tagged, complete cell by cell, inert, readable, and the same bytes everywhere.

Some need the tools of poppler. Where they are missing those tests are reported as
not run; when `CI` is set they fail instead.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import warnings
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from matplotlib.figure import Figure
from pdf_reader import Element, pdf_structure, pdf_tables

from review.model.errors import OutputError
from review.model.vocabulary import Verdict
from review.report.formats.pdf import report_pdf
from review.report.parts.document import (
    AnnotatedText,
    Block,
    Bullets,
    Column,
    Document,
    Kind,
    Mark,
    Paragraph,
    Part,
    Picture,
    Row,
    Run,
    Section,
    Stretch,
    Table,
    plain_text,
)
from review.runs.parameters import RunParameters
from review.store.bounds import Bounds

SYMBOLS = "✓ ▲ ○ ✕ – ≥ ≤ µ ² “x” ’ → … α ş é"
COLUMNS = (Column("name", "Name", 8), Column("n", "n", 4, is_number=True), Column("why", "Why", 20))


def a_picture() -> Picture:
    drawn = BytesIO()
    figure = Figure(figsize=(3, 1))
    figure.subplots().plot([1, 2])
    figure.savefig(drawn, metadata={"Software": None})
    return Picture("figure", "Claims by verdict", "Two claims, none stands", drawn.getvalue())


def text(words: str, **style) -> tuple[Run, ...]:
    return (Run(words, **style),)


def a_table(count: int = 90, anchor: str = "claims") -> Table:
    verdicts = [*map(str, Verdict), ""]
    rows = tuple(
        Row(
            (
                text(f"claim-{i}"),
                text(str(i)),
                text("It says more than it may.\nReword", quoted=i % 2 == 0),
            ),
            anchor=f"{anchor}-{i}",
            verdict=verdicts[i % len(verdicts)],
            muted=i % 7 == 0,
        )
        for i in range(count)
    )
    return Table(anchor, f"Every claim of {anchor}", COLUMNS, rows, note="A standing is a statement's.")


STRETCHES = (
    Stretch("A heading of the page\n\nIt is known that ", False, "", ()),
    Stretch(
        "exosomes\nregrow hair", True, "overstated", (Mark("claims-1", "1", "▲", "overstated", ""),)
    ),
    Stretch(" and ", False, "", ()),
    Stretch("do no harm", True, "contradicted", (Mark("nowhere", "2", "✕", "contradicted", ""),)),
    Stretch(".\nThe end", False, "", ()),
)


@pytest.fixture(scope="module")
def document() -> Document:
    answer = (
        Paragraph(text("None of two claims stands."), Kind.LEAD),
        Paragraph(
            (
                Run("Strong", strong=True),
                Run(" and "),
                Run("quoted", quoted=True),
                Run(" and soft", soft=True),
            )
        ),
        Paragraph(
            (
                Run("a study", link="https://doi.org/10.1000/a"),
                Run(", a claim", link="#claims-3"),
                Run(", a gap", link="#gone"),
                Run(", no web", link="http://example.org"),
                Run(", no script", link="javascript:alert(1)"),
            )
        ),
        Paragraph(text(SYMBOLS), Kind.SOFT),
        Bullets((text("first point"), text("second point"))),
        Bullets((text("one step"), text("next step")), ordered=True),
        a_picture(),
    )
    folded = Section("Folded on a screen", "folded", (a_table(3, "inner"),), folded=True)
    return Document(
        "Review of marketing claims",
        "Evidence known on 2026-11-21",
        "Home page, digest 0123456789abcdef",
        "2026-11-21",
        (
            Part("The answer", "answer", answer),
            Part(
                "The page",
                "pages",
                (Section("Home", "page-home", (AnnotatedText("home", STRETCHES), folded)),),
            ),
            Part("Every claim", "all", (a_table(),), landscape=True),
        ),
    )


@pytest.fixture(scope="module")
def pdf(document) -> bytes:
    return report_pdf(document)


@pytest.fixture(scope="module")
def structure(pdf) -> Element:
    return pdf_structure(pdf)


def poppler(tool: str, *arguments: str, data: bytes) -> str:
    path = shutil.which(tool)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"{tool} is missing: install Debian's package poppler-utils")
        pytest.skip(f"not run: {tool} is not installed")
    done = subprocess.run([path, *arguments, "-", *(["-"] if tool == "pdftotext" else [])], input=data,
                          capture_output=True, check=True)  # fmt: skip
    return done.stdout.decode("utf-8")


def of_one_part(*blocks: Block) -> Document:
    return Document("Title", "Subtitle", "Head", "2026-11-21", (Part("Part", "part", blocks),))


def texts_of(table: Table) -> list[list[str]]:
    cells = [[" ".join(plain_text(cell).split()) for cell in row.cells] for row in table.rows]
    return [[column.title for column in table.columns], *cells]


def test_a_reader_sees_a_tagged_file_with_title_and_date(pdf):
    said = dict(line.split(":", 1) for line in poppler("pdfinfo", data=pdf).splitlines())
    said = {key: value.strip() for key, value in said.items()}
    assert said["Tagged"] == "yes"
    assert said["Title"] == "Review of marketing claims"
    assert said["CreationDate"].startswith("Sat Nov 21 00:00:00 2026")
    assert int(said["Pages"]) >= 4


def test_it_says_that_it_follows_pdf_ua_and_in_which_language(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "<pdfuaid:part>1</pdfuaid:part>" in opened.Root.Metadata.read_bytes().decode("utf-8")
        assert str(opened.Root.Lang) == "en"
        assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_every_table_is_there_cell_by_cell(document, pdf):
    assert pdf_tables(pdf) == [texts_of(table) for table in document.tables()]


def test_header_cells_are_tagged_as_such(document, structure):
    for found, table in zip(structure.all("Table"), document.tables(), strict=True):
        assert [cell.text for cell in found.all("TH")] == [column.title for column in table.columns]


def test_captions_notes_and_alternative_texts_are_there(document, structure):
    captions = [caption.text for caption in structure.all("Caption")]
    assert sorted(captions) == sorted(x.caption for x in (*document.tables(), *document.pictures()))
    assert [figure.alt for figure in structure.all("Figure")] == [p.alt for p in document.pictures()]
    assert [p.text for p in structure.all("P")].count("A standing is a statement's.") == 2


def test_headings_are_nested_and_stand_in_the_bookmarks(pdf, structure):
    headings = [(e.tag, e.text) for e in structure.all("H1", "H2", "H3") if e.text != "Contents"]
    assert headings == [
        ("H1", "The answer"),
        ("H1", "The page"),
        ("H2", "Home"),
        ("H3", "Folded on a screen"),
        ("H1", "Every claim"),
    ]
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == ["The answer", "The page", "Every claim"]
        assert [item.title for item in outline.root[1].children] == ["Home"]


def test_paragraphs_and_lists_keep_their_words(structure):
    paragraphs = [p.text for p in structure.all("P")]
    assert "Strong and “quoted” and soft" in paragraphs
    assert SYMBOLS in paragraphs
    assert [e.text for e in structure.all("LBody")] == [
        "first point",
        "second point",
        "one step",
        "next step",
    ]


def test_the_page_is_verbatim_line_by_line_with_its_marks(structure):
    paragraphs = [p.text for p in structure.all("P")]
    first = paragraphs.index("A heading of the page")
    assert paragraphs[first : first + 4] == [
        "A heading of the page",
        "It is known that exosomes",
        "regrow hair▲1 and do no harm✕2.",
        "The end",
    ]


@pytest.mark.parametrize(
    ("bounds", "what"),
    [(Bounds(0, 8), "0 seconds of processor time"), (Bounds(60, 0), "than 0 GB of memory")],
)
def test_what_is_too_much_for_typst_is_told_with_what_to_do(document, monkeypatch, bounds, what):
    monkeypatch.setattr("review.report.formats.pdf.BOUNDS", bounds)
    # Thousands of paragraphs are more than a second's work.
    long = replace(document, parts=document.parts * 150)
    with pytest.raises(OutputError) as caught:
        report_pdf(long)
    (problem,) = caught.value.problems
    assert what in problem.fault
    # Both are parameters of `review report`.
    assert problem.remedy.endswith("(the parameters pages and topics).")
    assert {"pages", "topics"} <= set(RunParameters.model_fields)


def links(pdf: bytes) -> list[str]:
    """The addresses that the links lead to; an inner link is given as its label."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        notes = [note for page in opened.pages for note in page.get("/Annots", [])]
        return [str(n.A.URI) if "/A" in n and "/URI" in n.A else "#" for n in notes]


def test_links_lead_to_the_web_or_into_the_document(pdf):
    found = links(pdf)
    assert [link for link in found if link != "#"] == ["https://doi.org/10.1000/a"]
    assert found.count("#") == 3 + 2  # the contents, a claim, and the mark of a claim that has a row


def test_nothing_in_it_runs(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "/OpenAction" not in opened.Root
        assert "/AA" not in opened.Root
        kinds = {str(o.get("/S", "")) for o in opened.objects if isinstance(o, pikepdf.Dictionary)}
        assert not kinds & {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}


def pages(pdf: bytes) -> list[list[str]]:
    """The lines of each page as they are seen."""
    found = poppler("pdftotext", "-layout", data=pdf).split("\f")[:-1]
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in found]


def test_every_page_has_head_and_number_and_tables_repeat_their_header(pdf):
    seen = pages(pdf)
    for number, lines in enumerate(seen, start=1):
        assert lines[0] == "Home page, digest 0123456789abcdef"
        assert lines[-1] == f"page {number} of {len(seen)}"
    table = [lines for lines in seen if any(line.startswith("claim-") for line in lines)]
    assert len(table) >= 3
    assert all(any(line.split() == ["Name", "n", "Why"] for line in lines) for lines in table)


def test_the_answer_is_on_the_first_page_and_contents_follow(pdf):
    first = pages(pdf)[0]
    order = ["Review of marketing claims", "The answer", "None of two claims stands.", "Contents"]
    assert [line for line in first if line in order] == order


def test_a_sideways_part_is_on_paper_turned_sideways(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        sideways = [float(p.MediaBox[2]) > float(p.MediaBox[3]) for p in opened.pages]
    assert sideways[0] is False
    assert sideways[-1] is True


def test_no_heading_or_caption_ends_a_page():
    blocks = []
    for i in range(70):
        blocks.append(Section(f"Heading {i}", f"s{i}", (replace(a_table(1 + i % 4, f"t{i}"), note=""),)))
        blocks.append(Paragraph(text("Some words.\n" * (1 + i % 5))))
    for lines in pages(report_pdf(of_one_part(*blocks))):
        assert not re.match(r"Heading|Every claim|Name\s+n\s+Why", lines[-2]), lines[-3:]


def test_no_line_that_leads_to_others_ends_a_page():
    blocks = []
    for i in range(60):
        claim = Stretch("a claim " * (8 + 3 * (i % 5)), True, "", ())
        heading = Stretch(f"Question {i}?\n" + "\n" * (i % 2), False, "", ())
        blocks.append(AnnotatedText("home", (heading, claim)))
        blocks.append(Paragraph(text(f"Leading to {i}:")))
        blocks.append(Bullets((text("a point"),) * (1 + i % 3)))
    for lines in pages(report_pdf(of_one_part(*blocks))):
        assert not re.search(r"Question|Leading", lines[-2]), lines[-3:]


def test_a_cell_of_spaces_leaves_room_to_write():
    def height(cell: str) -> float:
        table = Table("t", "To be filled in", COLUMNS, (Row((text("name"), text(cell), text("why"))),))
        below = of_one_part(table, Paragraph(text("below")))
        words = poppler("pdftotext", "-bbox", data=report_pdf(below))
        top = {word: float(y) for y, word in re.findall(r'yMin="([\d.]+)"[^>]*>(name|below)<', words)}
        return (top["below"] - top["name"]) / 72 * 25.4

    assert height(" ") > height("x") + 7
    assert height(" ") > 12


def corners(pdf: bytes) -> list[tuple[float, float]]:
    """Where each word ends to the right and below, as shares of its page."""
    found, width, height = [], 1.0, 1.0
    for line in poppler("pdftotext", "-bbox", data=pdf).splitlines():
        if page := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            width, height = float(page[1]), float(page[2])
        if word := re.search(r'xMax="([\d.]+)" yMax="([\d.]+)"', line):
            found.append((float(word[1]) / width, float(word[2]) / height))
    return found


def test_rows_stay_whole_unless_they_are_higher_than_a_page():
    short = Row((text("a"), text("1"), text("\n".join(f"line {i}" for i in range(12)))))
    long = Row((text("b"), text("2"), text("\n".join(f"word {i}" for i in range(200)))))
    table = Table("t", "Rows", COLUMNS, (*[short] * 9, long))
    seen = pages(report_pdf(of_one_part(*[Paragraph(text("words"))] * 3, table)))
    for lines in seen:
        found = [line for line in lines if re.search(r"\bline \d+", line)]
        assert len(found) % 12 == 0
    assert sum(bool(re.search(r"\bword \d+", line)) for lines in seen for line in lines) == 200


@pytest.mark.parametrize("words", ["i\n" * 150, "WORDS " * 400, "中文" * 500, "pharmacological " * 300])
@pytest.mark.parametrize("at", range(3))
def test_a_row_higher_than_a_page_goes_on_on_the_next(words, at):
    columns = (Column("a", "A", 1), Column("b", "B", 2), Column("c", "C", 3))
    cells = (*[text("x")] * at, text(words), *[text("x")] * (2 - at))
    pdf = report_pdf(of_one_part(Table("t", "Rows", columns, (Row(cells),))))
    page_number_below = 0.97
    assert max(bottom for _, bottom in corners(pdf)) < page_number_below


def test_long_words_break_within_their_column_and_are_copied_whole():
    words = (
        "0123456789abcdef" * 4,
        "https://example.org/" + "path/" * 20,
        "x" * 300,
        "clinic-brochure-078",
    )
    columns = tuple(Column(f"c{i}", "Contradicted", 1) for i in range(9))
    rows = tuple(Row(tuple(text(word) for _ in columns)) for word in words)
    pdf = report_pdf(of_one_part(Table("t", "Narrow", columns, rows)))
    assert [row[0] for row in pdf_tables(pdf)[0][1:]] == list(words)
    assert max(right for right, _ in corners(pdf)) < 0.95


HOSTILE = [
    '#eval("panic()")',
    "#panic()",
    "$x^2$ *bold* _it_ `raw` [content] #[a] @ref <label> = heading",
    r"\u{41} \\ \# \n",
    "// comment /* comment */",
    "#import \"@preview/cetz:0.1.0\": *",
    "<script>alert(1)</script>",
    "{{ config }} {% raw %}",
    '"]}, {"is": "page"}',
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_a_text_is_only_text(words):
    table = Table(
        words, words, (Column(words, words),), (Row((text(words),), anchor=words + "2"),), words
    )
    document = Document(
        words,
        words,
        words,
        "2026-11-21",
        (
            Part(
                words,
                "part",
                (
                    Paragraph(text(words, link=words)),
                    Bullets((text(words),)),
                    Section(words, "section", (table,)),
                    replace(a_picture(), caption=words, alt=words),
                    AnnotatedText(
                        "p", (Stretch(words, True, words, (Mark(words, words, words, words, words),)),)
                    ),
                ),
            ),
        ),
    )
    pdf = report_pdf(document)
    structure = pdf_structure(pdf)
    expected = " ".join(words.split())
    assert pdf_tables(pdf) == [[[expected], [expected]]]
    assert {e.text for e in structure.all("H1", "H2", "Caption", "LBody")} == {expected}
    assert [e.alt for e in structure.all("Figure")] == [words]
    assert [e.text for e in structure.all("P")] == [expected] * 3 + [expected * 3]
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == words


def test_characters_that_hide_or_turn_text_are_named():
    words = "a\x00b\x1b[31mc\u202etxt\u2066d\x85e\ud800f\ufffeg\uffffh"
    (table,) = pdf_tables(
        report_pdf(of_one_part(Table("t", words, COLUMNS[:1], (Row((text(words),)),))))
    )
    named = "a[U+0000]b[U+001B][31mc[U+202E]txt[U+2066]d[U+0085]e[U+D800]f[U+FFFE]g[U+FFFF]h"
    assert table[1] == [named]


def test_what_no_font_has_is_framed_and_kept():
    words = "中文 😀 \ue000 \u0378 ⚕"
    (table,) = pdf_tables(report_pdf(of_one_part(Table("t", "c", COLUMNS[:1], (Row((text(words),)),)))))
    assert table[1] == [words]


def test_an_anchor_met_twice_stands_at_its_first_place():
    twice = (a_table(3), a_table(3), Paragraph(text("claim", link="#claims-1")))
    assert links(report_pdf(of_one_part(*twice))) == ["#"]


def test_a_table_without_rows_and_an_empty_part_are_fine():
    assert pdf_tables(report_pdf(of_one_part(Table("t", "c", COLUMNS, ())))) == [[["Name", "n", "Why"]]]
    assert pdf_tables(report_pdf(of_one_part())) == []


def test_what_cannot_be_made_is_a_clear_error():
    with pytest.raises(OutputError) as caught:
        report_pdf(of_one_part(replace(a_picture(), png=b"no picture")))
    assert "the PDF cannot be made: failed to decode image" in str(caught.value)
    with pytest.raises(OutputError, match="PDF/UA-1 error: missing document title"):
        report_pdf(replace(of_one_part(), title=""))


def test_typst_has_nothing_to_warn_of(document):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report_pdf(document)


SAME_BYTES = """
import hashlib
from test_pdf import a_table, of_one_part, a_picture
from review.report.formats.pdf import report_pdf
print(hashlib.sha256(report_pdf(of_one_part(a_table(30), a_picture()))).hexdigest())
"""


def test_the_same_bytes_whoever_makes_it_wherever_and_whenever(tmp_path):
    expected = hashlib.sha256(report_pdf(of_one_part(a_table(30), a_picture()))).hexdigest()
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/New_York")):
        folder = tmp_path / zone
        folder.mkdir(parents=True)
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": "tr_TR.UTF-8",
            "TMPDIR": str(folder),
        }
        done = subprocess.run([sys.executable, "-c", SAME_BYTES], cwd=folder, env=environment,
                              capture_output=True, text=True, check=True)  # fmt: skip
        assert done.stdout.strip() == expected
        assert list(folder.iterdir()) == []


def test_time_grows_with_the_rows_and_no_faster():
    """By the processor's time, that of the process that sets the page included."""
    taken = []
    for count in (400, 1600):
        document = of_one_part(a_table(count))
        start = sum(os.times()[:4])
        report_pdf(document)
        taken.append(sum(os.times()[:4]) - start)
    assert taken[1] < 10 * taken[0]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def test_colours_are_those_of_the_screen_and_stand_out(project):
    folder = project / "src" / "review" / "report" / "formats" / "templates"
    screen = dict(
        re.findall(
            r"--([\w-]+): (#\w{6})", (folder / "report.css").read_text("utf-8").split("@media")[0]
        )
    )
    template = (folder / "report.typ").read_text("utf-8")
    paper = dict(re.findall(r'#let ([\w-]+) = rgb\("(#\w{6})"\)', template))
    assert paper == {
        "ink": screen["ink"],
        "soft": screen["soft"],
        "line-ink": screen["line"],
        "band": screen["band"],
        "link-ink": screen["link"],
    }
    looks = re.findall(
        r'([\w-]+): \(ink: rgb\("(#\w+)"\), tint: rgb\("(#\w+)"\), dash: "([\w-]+)"\)', template
    )
    assert {name for name, *_ in looks} == set(map(str, Verdict))
    for name, ink, tint, _ in looks:
        key = "set-aside" if name == Verdict.SET_ASIDE else name
        assert (ink, tint) == (screen[key], screen[f"{key}-bg"])
        for shown in (ink, paper["ink"], paper["soft"], paper["link-ink"]):
            assert contrast(shown, tint) >= 4.5, (name, shown)
        assert contrast(ink, "#ffffff") >= 4.5
    assert contrast(paper["soft"], "#ffffff") >= 4.5


def test_a_copy_of_a_process_that_set_a_page_sets_the_same(tmp_path):
    """Typst's threads do not come along when a process is copied, and a copy must not wait for them."""
    script = (
        "import os, sys, typst\n"
        "from pathlib import Path\n"
        "from review.report.parts.document import Document, Paragraph, Part, Run\n"
        "from review.report.formats.pdf import report_pdf\n"
        "part = Part('P', 'p', (Paragraph((Run('x'),)),))\n"
        "document = Document('T', 'S', 'H', '2026-01-31', (part,))\n"
        "first, second = map(Path, sys.argv[1:])\n"
        "typst.compile(b'Typst, used in this very process')\n"
        "first.write_bytes(report_pdf(document))\n"
        "if not os.fork():\n"
        "    second.write_bytes(report_pdf(document))\n"
        "    os._exit(0)\n"
        "os.wait()\n"
    )
    made = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    subprocess.run([sys.executable, "-c", script, *map(str, made)], check=True, timeout=60)
    assert made[0].read_bytes() == made[1].read_bytes()
