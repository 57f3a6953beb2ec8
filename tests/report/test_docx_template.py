"""A clinic's own Word file as the template: its looks stay, its text goes, nothing harmful gets in."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st
from office_reader import docx_tables
from sample_document import png, sample, words_of

from review.model.errors import InFile, InputError
from review.report.formats.word import report_docx

RED = RGBColor(0xAA, 0x00, 0x00)


def saved(word) -> bytes:
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def clinic_file():
    """A letterhead with text, a picture, an author and styles of its own."""
    word = docx.Document()
    word.styles["Heading 1"].font.color.rgb = RED
    own = word.styles.add_style("Review Table", WD_STYLE_TYPE.TABLE)
    own.font.color.rgb = RED
    section = word.sections[0]
    section.page_width, section.page_height = Mm(200), Mm(250)
    section.left_margin = section.right_margin = Mm(30)
    section.header.paragraphs[0].text = "Clinic letterhead"
    word.add_paragraph("Dear patient, a secret.")
    word.add_picture(BytesIO(png()))
    word.add_section()
    word.core_properties.author = "A person"
    return word


def replaced(data: bytes, **new: bytes) -> bytes:
    """`data` with parts of the archive replaced or added."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(out, "w") as made:
        for name in given.namelist():
            if name not in new:
                made.writestr(name, given.read(name))
        for name, content in new.items():
            made.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def everything(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())


@pytest.fixture(scope="module")
def template() -> bytes:
    return saved(clinic_file())


@pytest.fixture(scope="module")
def made(template) -> bytes:
    return report_docx(sample(), template)


@pytest.fixture(scope="module")
def word(made):
    return docx.Document(BytesIO(made))


def test_its_styles_win_and_missing_ones_are_added(word):
    assert word.styles["Heading 1"].font.color.rgb == RED
    assert word.styles["Review Table"].font.color.rgb == RED
    assert not word.styles["Review Table"].element.findall(qn("w:tblPr"))
    assert word.styles["Review Overstated Mark"].font.bold
    assert {table.style.name for table in word.tables} == {"Review Table"}


def test_its_paper_and_letterhead_stay_on_every_page(word):
    widths = [round(section.page_width.mm) for section in word.sections]
    assert widths == [200, 250, 200]
    for section in word.sections:
        assert [p.text for p in section.header.paragraphs] == [
            "Clinic letterhead",
            "Home · SHA-256 0123456789ab",
        ]
        assert "".join(section.footer._element.xpath(".//w:t/text()")) == "Page 1 of 1"
    grid = word.tables[0]._tbl.xpath("w:tblGrid/w:gridCol/@w:w")
    assert sum(int(w) for w in grid) == pytest.approx((250 - 60) * 56.7, abs=3)


def test_nothing_of_its_text_is_left(made):
    assert docx_tables(made) == [words_of(table) for table in sample().tables()]
    with ZipFile(BytesIO(made)) as archive:
        assert len([name for name in archive.namelist() if "media" in name]) == 2
    for word in (b"Dear patient", b"A person", b"rsid"):
        assert word not in everything(made)


def test_page_numbers_of_its_own_are_not_doubled():
    word = clinic_file()
    line = word.sections[0].footer.paragraphs[0]._p
    field = line.makeelement(qn("w:fldSimple"), {qn("w:instr"): " PAGE \\* MERGEFORMAT "})
    line.append(field)
    made = docx.Document(BytesIO(report_docx(sample(), saved(word))))
    assert len(made.sections[0].footer.paragraphs) == 1
    assert "NUMPAGES" not in made.sections[0].footer._element.xml


def test_a_field_of_its_own_stays():
    made = docx.Document(BytesIO(report_docx(sample(), with_field(" FILENAME "))))
    assert made.sections[0].header._element.xpath(".//w:fldSimple/@w:instr") == [" FILENAME "]


def test_a_first_page_of_its_own_is_the_first_one_only():
    word = clinic_file()
    section = word.sections[-1]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Cover"
    made = docx.Document(BytesIO(report_docx(sample(), saved(word))))
    first, *others = made.sections
    assert first.first_page_header.paragraphs[0].text == "Cover"
    assert first.first_page_header.paragraphs[-1].text == "Home · SHA-256 0123456789ab"
    assert not any(section.different_first_page_header_footer for section in others)


def test_a_word_in_another_language_has_other_style_ids(template):
    styles, body = part(template, "word/styles.xml"), part(template, "word/document.xml")
    german = replaced(
        template,
        **{
            "word/styles.xml": styles.replace(b'"Heading1"', b'"berschrift1"').replace(
                b'w:val="en-US"', b'w:val="de-DE"'
            ),
            "word/document.xml": body.replace(b'"Heading1"', b'"berschrift1"'),
        },
    )
    word = docx.Document(BytesIO(report_docx(sample(), german)))
    heads = [p for p in word.paragraphs if p._p.style == "berschrift1"]
    assert heads[0].text == "The answer"
    assert set(word.styles.element.xpath(".//w:lang/@w:val")) == {"en-GB"}


def test_a_file_without_lists_gets_them():
    word = clinic_file()
    for name in ("List Number", "List Bullet"):
        word.styles[name].delete()
    (key,) = [k for k, r in word.part.rels.items() if r.reltype.endswith("/numbering")]
    del word.part.rels[key]
    made = docx.Document(BytesIO(report_docx(sample(), saved(word))))
    forms = made.part.numbering_part.element.xpath("w:abstractNum/w:lvl/w:numFmt/@w:val")
    assert sorted(forms) == ["bullet", "decimal"]


def test_a_dotx_serves_as_well(template):
    types = part(template, "[Content_Types].xml").replace(b"document.main+xml", b"template.main+xml")
    dotx = replaced(template, **{"[Content_Types].xml": types})
    assert report_docx(sample(), dotx) == report_docx(sample(), template)


def test_the_same_template_gives_the_same_bytes(template, made):
    assert report_docx(sample(), template) == made


def macro_file(template: bytes) -> bytes:
    types = part(template, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return replaced(template, **{"[Content_Types].xml": types})


def loading(template: bytes, kind: str) -> bytes:
    """A template whose letterhead loads a picture from elsewhere."""
    with ZipFile(BytesIO(template)) as archive:
        (name,) = [n for n in archive.namelist() if n.startswith("word/header")]
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" TargetMode="External" Target="https://example.org/x.png" Type="'
        f'http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    return replaced(template, **{f"word/_rels/{name[5:]}.rels": relations.encode()})


def with_field(code: str) -> bytes:
    word = clinic_file()
    line = word.sections[0].header.paragraphs[0]._p
    line.append(line.makeelement(qn("w:fldSimple"), {qn("w:instr"): code}))
    return saved(word)


def clash_file() -> bytes:
    word = docx.Document()
    word.styles.add_style("Review Table", WD_STYLE_TYPE.PARAGRAPH)
    word.styles.add_style("Review Lead", WD_STYLE_TYPE.CHARACTER)
    return saved(word)


REFUSED = {
    "no archive": (lambda t: b"not a zip", "it is not a Word file"),
    "nothing": (lambda t: b"", "it is not a Word file"),
    "cut off": (lambda t: t[: len(t) // 2], "it is not a Word file"),
    "another archive": (lambda t: replaced(b"PK\x05\x06" + bytes(18), a=b"b"), "not a whole Word file"),
    "no document": (lambda t: replaced(t, **{"_rels/.rels": b"<x/>"}), "not a whole Word file"),
    "no Word document": (
        lambda t: replaced(t, **{"word/document.xml": b"<x/>"}),
        "not a whole Word file",
    ),
    "broken markup": (
        lambda t: replaced(t, **{"word/styles.xml": b"<w:styles"}),
        "not a whole Word file",
    ),
    "macro type": (macro_file, "it holds macros"),
    "macro part": (lambda t: replaced(t, **{"word/vbaProject.bin": b"x"}), "it holds macros"),
    "bomb": (lambda t: replaced(t, bomb=bytes(70 * 2**20)), "unpacks to more than 64 MiB"),
    "loads a picture": (
        lambda t: loading(t, "image"),
        "it loads https://example.org/x.png from elsewhere",
    ),
    "includes a picture": (
        lambda t: with_field(' IncludePicture "https://example.org/x.png" '),
        "it loads the field INCLUDEPICTURE from elsewhere",
    ),
    "other kinds of style": (lambda t: clash_file(), "its style 'Review Table' is not a table style"),
}


@pytest.mark.parametrize(("spoilt", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_is_refused_with_a_remedy(template, spoilt, said):
    with pytest.raises(InputError) as refused:
        report_docx(sample(), spoilt(template), "house.docx")
    problems = refused.value.problems
    assert all(problem.place == InFile("house.docx") and problem.remedy for problem in problems)
    assert any(said in problem.fault for problem in problems), str(refused.value)


def test_every_clash_is_named_at_once():
    with pytest.raises(InputError) as refused:
        report_docx(sample(), clash_file())
    assert len(refused.value.problems) == 2


def test_a_link_in_a_letterhead_is_no_reason_to_refuse(template):
    assert report_docx(sample(), loading(template, "hyperlink"))


SMALL = saved(docx.Document())


@settings(max_examples=40)
@given(st.data())
def test_a_spoilt_template_is_used_or_refused_and_never_a_traceback(data):
    with ZipFile(BytesIO(SMALL)) as archive:
        name = data.draw(st.sampled_from(archive.namelist()))
        content = archive.read(name)
    at = data.draw(st.integers(0, max(len(content) - 1, 0)))
    length = data.draw(st.integers(0, 200))
    put = data.draw(st.binary(max_size=20))
    spoilt = replaced(SMALL, **{name: content[:at] + put + content[at + length :]})
    with suppress(InputError):
        report_docx(sample(0), spoilt)
