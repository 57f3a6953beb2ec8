"""Raised characters, signs from fonts of symbols, formulas: the same number and word as on the page."""

import io
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from review.ingest.formats.docx import read_docx
from review.ingest.formats.html import read_html
from review.ingest.formats.markdown import read_markdown
from review.ingest.formats.symbols import UNKNOWN
from review.language.sentences import sentences

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def html_line(body: str) -> str:
    return read_html(f"<html><body><p>{body}</p></body></html>".encode(), "a.html").text.strip()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Up to 2×10<sup>9</sup> particles per mL", "Up to 2×10⁹ particles per mL"),
        ("10<sup>−3</sup> to 10<sup>-5</sup> g", "10⁻³ to 10⁻⁵ g"),
        ("80 µg/cm<sup>2</sup> over 3 m<sup>2</sup>", "80 µg/cm² over 3 m²"),
        ("<b>10</b><sup>6 </sup>cells in 5 mL", "10⁶ cells in 5 mL"),
        ("10<span style='vertical-align:super;font-size:8px'>12</span> vesicles", "10¹² vesicles"),
        ("10<sup>7.5</sup> copies, x<sup>(n + 1)</sup>", "10^7.5 copies, x^(n + 1)"),
        ("Hair<sup>1</sup> and scalp<sup>2,3</sup> heal", "Hair ¹ and scalp ²,³ heal"),
        ("seen since 2019<sup><a href='#r4'>4</a></sup> in 7 trials", "seen since 2019 ⁴ in 7 trials"),
        ("regrows<a role='doc-noteref' href='#n'>5</a> hair", "regrows ⁵ hair"),
        ("is safe.<sup>a</sup> It lasts.<sup>*</sup> So it is.<sup>[6]</sup>", None),
        ("H<sub>2</sub>O and CO<sub>2</sub>, log<sub>10</sub>", "H2O and CO2, log10"),
        ("Ca<sup>2+</sup>, CD34<sup>+</sup>, R<sup>2</sup>, 1<sup>st</sup>", "Ca²⁺, CD34⁺, R², 1st"),
        ("Serum<sup>TM</sup> and Gel<sup>®</sup>", "Serum™ and Gel®"),
        ("left open<sup>7 <b>so that</b> all the rest of this line would be raised", None),
    ],
)
def test_raised_on_a_web_page(body, expected):
    line = html_line(body)
    if expected is not None:
        assert line == expected
    elif "safe" in body:
        assert line == "is safe.ᵃ It lasts.* So it is.[6]"
        assert sentences(line) == ["is safe.ᵃ", "It lasts.*", "So it is.[6]"]
    else:
        assert line == "left open 7 so that all the rest of this line would be raised"


@pytest.mark.parametrize(
    "line", ["Made by Sample Co., Ltd.", "Dose -. Then more", "In Vitro (Eds.), Page 2"]
)
def test_a_comma_after_a_full_stop_is_no_mark_of_a_note(line):
    assert len(sentences(line)) == 1 + line.count(". Then")


def test_both_readings_and_a_markdown_page_have_the_same_number():
    dose = "<p>Dose {0} was 3×10<sup>{0}</sup> units in men.<sup>2</sup></p>"
    body = "".join(map(dose.format, range(6, 9)))
    reading = read_html(f"<html><body><article>{body}</article></body></html>".encode(), "a")
    assert "Dose 6 was 3×10⁶ units in men.²" in reading.text
    assert reading.only_walk == reading.only_article == ()
    assert "raised or lowered characters, written on the line: 6" in reading.notes
    assert read_markdown(b"It holds 10<sup>8</sup> vesicles.", "a.md").text == "It holds 10⁸ vesicles.\n"


def test_formulas_of_a_web_page_are_read():
    line = html_line(
        "So <math><mi>n</mi><mo>=</mo><mn>4</mn><mo>×</mo><msup><mn>10</mn><mn>9</mn></msup></math>, "
        "<math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac><mo>≥</mo>"
        "<msqrt><mn>2</mn></msqrt><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"
        "<annotation encoding='application/x-tex'>left out</annotation></math> holds"
    )
    assert line == "So n=4×10⁹, a/(b+1)≥√2x₁² holds"


def run(inner: str, settings: str = "") -> str:
    return f"<w:r><w:rPr>{settings}</w:rPr>{inner}</w:r>"


def text(words: str, settings: str = "") -> str:
    return run(f'<w:t xml:space="preserve">{words}</w:t>', settings)


UP, DOWN = ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>')
SYMBOL = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'


def word_reading(*runs: str):
    document = docx.Document()
    document._body._element.insert(0, parse_xml(f"<w:p {nsdecls('w')} {M}>{''.join(runs)}</w:p>"))
    out = io.BytesIO()
    document.save(out)
    return read_docx(out.getvalue(), "a.docx")


def sign(code: str, font: str = "Symbol") -> str:
    return run(f'<w:sym w:font="{font}" w:char="{code}"/>')


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((text("in "), sign("F0A3"), text("5% of women")), "in ≤5% of women"),
        ((text("grew by 12 "), sign("F0B1"), text(" 3 hairs")), "grew by 12 ± 3 hairs"),
        ((text("10 "), sign("F06D"), text("g of TGF-"), sign("F062")), "10 µg of TGF-β"),
        ((text("density "), sign("00AE"), text(" volume")), "density → volume"),
        ((text("x "), sign("2265", "Cambria Math"), text(" 2")), "x ≥ 2"),
        ((text("at \uf0b3", SYMBOL), text("8 weeks")), "at ≥8 weeks"),
        ((text("3×10"), text("1", UP), text("0", UP), text(" vesicles")), "3×10¹⁰ vesicles"),
        ((text("hair"), text("1", UP), text(",2 ", UP), text("grows")), "hair ¹,² grows"),
        ((text("in men."), text("4", UP)), "in men.⁴"),
        ((text("per cm"), text("2 ", UP), text("of scalp")), "per cm² of scalp"),
        ((text("CO"), text("2", DOWN), text(" and x1"), text("3", DOWN)), "CO2 and x1₃"),
        ((text("10"), text("8", '<w:rStyle w:val="Raised"/>')), "108"),
    ],
)
def test_signs_and_raised_characters_of_word(runs, expected):
    assert word_reading(*runs).text == f"{expected}\n"


def test_a_sign_that_cannot_be_told_is_seen_and_counted():
    reading = word_reading(text("safe "), sign("F0FC", "Wingdings"), text(" and \ue123 quick"))
    assert reading.text == f"safe {UNKNOWN} and {UNKNOWN} quick\n"
    assert reading.notes == (
        f"signs that cannot be told, {UNKNOWN} in the text: 1 × Wingdings F0FC",
        f"signs that cannot be told, {UNKNOWN} in the text: 1 × no font E123",
    )


def omml(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def part(name: str, *parts: tuple[str, str], properties: str = "") -> str:
    inner = "".join(f"<m:{tag}><m:r><m:t>{words}</m:t></m:r></m:{tag}>" for tag, words in parts)
    return f"<m:{name}><m:{name}Pr>{properties}</m:{name}Pr>{inner}</m:{name}>"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (part("sSup", ("e", "10"), ("sup", "9")), "10⁹"),
        (part("sSub", ("e", "x"), ("sub", "0")), "x₀"),
        (part("sSubSup", ("e", "x"), ("sub", "i"), ("sup", "2")), "x_i²"),
        (part("f", ("num", "12"), ("den", "n-1")), "12/(n-1)"),
        (part("rad", ("deg", ""), ("e", "n")), "√n"),
        (part("d", ("e", "a,b")), "(a,b)"),
        (part("d", ("e", "a"), properties='<m:begChr m:val="["/><m:endChr m:val="]"/>'), "[a]"),
        ("<m:r><m:t>n≥80</m:t></m:r>", "n≥80"),
    ],
)
def test_formulas_of_word_are_read(formula, expected):
    reading = word_reading(text("so "), omml(formula), text(" holds"))
    assert reading.text == f"so {expected} holds\n"
    assert reading.notes == ("formulas, written on the line: 1",)


def test_a_style_of_word_may_raise():
    document = docx.Document()
    style = document.styles.add_style("Raised", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    style.font.superscript = True
    paragraph = document.add_paragraph("2×10")
    paragraph.add_run("6", style)
    paragraph.add_run(" cells")
    out = io.BytesIO()
    document.save(out)
    assert "vertAlign" in ZipFile(out).read("word/styles.xml").decode()
    assert read_docx(out.getvalue(), "a.docx").text == "2×10⁶ cells\n"


def test_objects_that_are_not_read_are_told():
    reading = word_reading(text("It holds "), run("<w:object/>"), text(" cells"))
    assert reading.notes == ("embedded objects that were not read: 1",)
