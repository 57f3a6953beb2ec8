"""The Word file: what Word knows of it, what it shows, and that nothing in it runs."""

import itertools
import os
import re
import shutil
import subprocess
import sys
import time
from io import BytesIO
from zipfile import ZipFile

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from office_reader import docx_tables
from sample_document import UNSAFE, claims, page_text, sample, text, words_of

from review.model.visible import visible
from review.report.formats.fixed_zip import fixed_zip
from review.report.formats.unique_names import unique_names
from review.report.formats.word import report_docx
from review.report.formats.word.text import https_address
from review.report.parts.document import Column, Document, Part, Row, Table

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def made() -> bytes:
    return report_docx(sample(30))


@pytest.fixture(scope="module")
def word(made):
    return docx.Document(BytesIO(made))


@pytest.fixture(scope="module")
def body(word):
    return word.element.body


def shown(element) -> str:
    return "".join(element.xpath(".//w:t/text()"))


def test_tables_hold_every_cell(made):
    assert docx_tables(made) == [words_of(table) for table in sample(30).tables()]


def test_headings_are_headings(word):
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith(("H", "T"))]
    assert found == [
        ("Title", "Review of <claims>"),
        ("Heading 1", "The answer"),
        ("Heading 1", "The claims"),
        ("Heading 1", "More claims"),
        ("Heading 1", "The page"),
        ("Heading 2", "Home"),
        ("Heading 3", "Inner"),
        ("Heading 4", "Deep"),
        ("Heading 4", "Deeper"),
        ("Heading 1", "Methods"),
    ]


@pytest.mark.parametrize("style", ["Title", "Heading 1", "Heading 4", "Caption", "Review Cell Head"])
def test_what_announces_something_stays_with_it(word, style):
    assert word.styles[style].paragraph_format.keep_with_next


def test_lists_are_lists_and_each_counts_from_one(word):
    items = [p for p in word.paragraphs if p.style.name.startswith("List")]
    assert [(p.style.name, p.text) for p in items] == [
        ("List Number", "one"),
        ("List Number", "two"),
        ("List Bullet", "dot"),
        ("List Number", "one again"),
    ]
    numbers = [p._p.pPr.numPr.numId.val for p in items]
    assert numbers[0] == numbers[1] != numbers[3]
    definitions = word.part.numbering_part.element
    for number in numbers:
        (definition,) = definitions.xpath(f"w:num[@w:numId='{number}']")
        assert definition.xpath("w:lvlOverride/w:startOverride/@w:val") == ["1"]
        assert definitions.xpath(f"w:abstractNum[@w:abstractNumId='{definition.abstractNumId.val}']")


def test_header_rows_repeat_and_no_row_is_split(word):
    for table in word.tables:
        flags = [row._tr.xpath("count(w:trPr/w:tblHeader)") for row in table.rows]
        assert flags == [1, *[0] * (len(flags) - 1)]
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
        assert table.style.name == "Review Table"


def test_columns_share_the_width_of_the_paper(word):
    claim_table = word.tables[0]
    widths = [int(w) for w in claim_table._tbl.xpath("w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) == 16838 - 2 * 1134
    assert widths == [round(sum(widths) * share) for share in (0.12, 0.40, 0.15, 0.08, 0.25)]
    for row in claim_table._tbl.tr_lst:
        assert [int(w) for w in row.xpath("w:tc/w:tcPr/w:tcW/@w:w")] == widths


def test_tables_are_described_captioned_and_noted(body):
    for element, table in zip(body.xpath("w:tbl"), sample(30).tables(), strict=True):
        assert element.xpath("w:tblPr/w:tblCaption/@w:val") == [table.caption]
        (described,) = element.xpath("w:tblPr/w:tblDescription/@w:val")
        assert described.startswith(f"{len(table.rows)} rows below a header row. Columns: ")
        above, below = element.getprevious(), element.getnext()
        assert (above.style, shown(above)) == ("Caption", table.caption)
        assert (below.style, shown(below)) == ("ReviewNote", table.note)


def test_pictures_say_what_they_show_and_fit_the_page(body):
    pictures = list(sample().pictures())
    shown = body.xpath(".//wp:inline")
    assert [inline.docPr.get("descr") for inline in shown] == [picture.alt for picture in pictures]
    assert [inline.docPr.get("title") for inline in shown] == [picture.caption for picture in pictures]
    assert len({inline.docPr.get("id") for inline in shown}) == 2
    wide, tall = [(inline.extent.cx // 635, inline.extent.cy // 635) for inline in shown]
    assert wide[0] == 11906 - 2 * 1134
    assert tall[1] < 16838 - 2 * 1134
    assert tall[0] == pytest.approx(tall[1] / 9, abs=2)


def test_links_within_the_file_resolve(body):
    names = body.xpath(".//w:bookmarkStart/@w:name")
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert set(body.xpath(".//w:hyperlink/@w:anchor")) == {"home_001", "home_002", "methods"}
    assert set(body.xpath(".//w:hyperlink/@w:anchor")) <= set(names)
    starts, ends = body.xpath(".//w:bookmarkStart/@w:id"), body.xpath(".//w:bookmarkEnd/@w:id")
    assert starts == ends == [str(number) for number in range(len(names))]
    (row,) = body.xpath(".//w:bookmarkStart[@w:name='home_002']/ancestor::w:tr")
    assert shown(row.tc_lst[0]) == "home-002"


def test_only_safe_addresses_are_links(word, body):
    outside = [r.target_ref for r in word.part.rels.values() if r.is_external]
    assert outside == ["https://doi.org/10.1000/(SICI)1%3C2::A%3E3%204"]
    assert all(visible(link) in shown(body) for link in UNSAFE)
    assert shown(body.xpath(".//w:hyperlink")[0]) == "A study"
    assert ", nowhere" in shown(body)


@given(st.text())
def test_no_text_makes_an_address_that_word_refuses(link):
    assert re.fullmatch(r"(https://[!-~]+)?", https_address(link))


def test_paper_turns_where_a_part_asks_for_it(word):
    sizes = [(s.orientation, s.page_width.twips, s.page_height.twips) for s in word.sections]
    assert sizes == [(0, 11906, 16838), (1, 16838, 11906), (0, 11906, 16838)]


def test_every_page_has_its_running_head_and_number(word):
    for section in word.sections:
        assert section.header.paragraphs[0].text == "Home · SHA-256 0123456789ab"
        (foot,) = section.footer.paragraphs
        assert shown(foot._p) == "Page 1 of 1"
        assert foot._p.xpath("w:fldSimple/@w:instr") == [" PAGE ", " NUMPAGES "]


def test_nothing_in_it_is_a_field_a_macro_or_loaded_from_elsewhere(made):
    with ZipFile(BytesIO(made)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert not re.search(b"instrText|altChunk|oleObject|vbaProject|attachedTemplate", content)
            assert b"fldSimple" not in content or "footer" in name
            external = re.findall(b'Target="([^"]*)" TargetMode', content)
            assert all(target.startswith(b"https://") for target in external)


def test_the_page_is_verbatim_and_its_claims_are_marked(word):
    lines = [p for p in word.paragraphs if p.style.name == "Review Page"]
    runs = [
        [r for item in line.iter_inner_content() for r in getattr(item, "runs", [item])]
        for line in lines
    ]
    own = ["".join(r.text for r in line if not r.style.name.endswith("Mark")) for line in runs]
    assert "\n".join(own) == "".join(s.text for s in page_text().stretches)
    marked = [(r.text, r.style.name) for line in runs for r in line if r.style.name.startswith("Review")]
    assert marked == [
        ("It works.", "Review Overstated"),
        ("Always.", "Review Overstated"),
        ("▲001", "Review Overstated Mark"),
        ("Hidden", "Review Claim"),
        ("001", "Review Claim Mark"),
    ]
    (link,) = [link for line in lines for link in line.hyperlinks]
    assert link.fragment == "home_001"
    tip = link._hyperlink.get(qn("w:tooltip"))
    assert tip.startswith("overstated: It is firmer than the evidence.")
    assert len(tip) < 256


def test_rows_are_coloured_and_greyed(word):
    first, *_ = word.tables
    assert first.cell(1, 0).paragraphs[0].runs[0].style.name == "Review Substantiated Mark"
    assert first.cell(2, 2).paragraphs[0].runs[0].style.name == "Review Overstated Mark"
    assert first.cell(1, 4).paragraphs[0].runs[0].style.name == "Review Soft Words"
    assert first.cell(1, 3).paragraphs[0].style.name == "Review Cell Number"
    assert first.cell(4, 1).paragraphs[0].style.name == "Review Cell Muted"
    assert first.cell(4, 3).paragraphs[0].style.name == "Review Cell Muted Number"


def luminance(rgb: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_can_be_read_on_every_paper(word):
    inks = set(word.styles.element.xpath(".//w:rPr/w:color/@w:val"))
    papers = {"FFFFFF", *word.styles.element.xpath(".//w:shd/@w:fill")}
    assert len(inks) >= 6
    assert len(papers) >= 6
    for ink in inks:
        for paper in papers:
            assert (luminance(paper) + 0.05) / (luminance(ink) + 0.05) >= 4.5, (ink, paper)


def test_its_properties_are_those_of_the_report(word):
    properties = word.core_properties
    assert properties.title == "Review of <claims>"
    assert properties.language == "en-GB"
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert (
        properties.created.isoformat()[:19]
        == properties.modified.isoformat()[:19]
        == "2026-11-21T00:00:00"
    )
    assert set(word.styles.element.xpath(".//w:lang/@w:val")) == {"en-GB"}


def test_a_cell_of_spaces_leaves_room_to_write():

    table = Table("t", "c", (Column("a", "A"), Column("b", "B")), (Row((text("x"), text(" "))),))
    made = report_docx(Document("t", "", "", "2026-11-21", (Part("p", "p", (table,)),)))
    (one,) = docx.Document(BytesIO(made)).tables
    assert one.rows[0].height is None
    assert one.rows[1].height.mm == pytest.approx(12, abs=0.1)


def test_an_empty_report_is_a_word_file():
    made = report_docx(Document("Title", "", "", "2026-11-21", ()))
    assert [p.text for p in docx.Document(BytesIO(made)).paragraphs] == ["Title", ""]


MAKE = """
import hashlib, sys
sys.path[:0] = sys.argv[1:]
from sample_document import sample
from review.report.formats.word import report_docx
from review.report.formats.table_files import workbook_xlsx
for make in (report_docx, workbook_xlsx):
    print(hashlib.sha256(make(sample(30))).hexdigest())
"""


def test_the_same_bytes_wherever_and_whenever(tmp_path, project):
    digests = set()
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Lima")):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", MAKE, str(project / "src"), str(project / "tests" / "report")]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
        time.sleep(2 * (seed == "1"))  # the times in a zip archive count in steps of two seconds
    assert len(digests) == 1


def test_the_archive_names_no_time_and_keeps_its_order(made):
    with ZipFile(BytesIO(made)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert names[0] == "[Content_Types].xml"
    assert fixed_zip(made) == made


def test_a_long_table_does_not_take_the_square_of_its_length():
    def calls(rows: int) -> int:
        document = Document("t", "", "", "2026-11-21", (Part("p", "p", (claims(rows),)),))
        counted = itertools.count()
        sys.setprofile(lambda *_: next(counted))
        try:
            report_docx(document)
        finally:
            sys.setprofile(None)
        return next(counted)

    assert calls(800) < 5 * calls(200)


@given(st.lists(st.text(min_size=1, max_size=6)), st.integers(4, 8))
def test_names_are_unique_and_short(stems, longest):
    names = unique_names(stems, longest, "_")
    assert len({name.casefold() for name in names}) == len(stems)
    assert all(len(name) <= longest for name in names)


@pytest.fixture(scope="module")
def pdf(made, tmp_path_factory):
    if SOFFICE is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing: install Debian's package libreoffice-writer-nogui")
        pytest.skip("not run: LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "report.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [
            SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            folder / "report.docx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with pikepdf.open(folder / "report.pdf") as pages:
        yield pages


def test_libreoffice_shows_it_with_turned_pages(pdf):
    turned = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages]
    assert turned[0] is turned[-1] is False
    assert True in turned
    assert str(pdf.docinfo["/Title"]) == "Review of <claims>"
