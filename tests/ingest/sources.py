"""Small sources of every format, made by the programs that people use, and broken on purpose."""

import io
import zipfile

import docx
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

PARAGRAPH = (
    "Sample Serum carries messages to tired follicles and tells them to grow. Clinical studies have "
    "shown that it regrows hair in men and women of every age, whatever the cause of their hair loss."
)


def docx_bytes() -> bytes:
    """Headings, a list, a table, tracked changes, hidden words, a box, a header and a comment."""
    document = docx.Document()
    document.core_properties.title = "Sample Serum"
    document.sections[0].header.paragraphs[0].text = "Example Hair Clinic"
    document.add_heading("What it does", level=1)
    document.add_paragraph(PARAGRAPH)
    document.add_paragraph("No surgery", style="List Bullet")
    document.add_paragraph("No side effects", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Sessions", "Price", "3", "€ 900"),
        strict=True,
    ):
        cell.text = text
    tracked = document.add_paragraph("It works ")
    for tag, kept, words in (("ins", "t", "always"), ("del", "delText", "sometimes")):
        tracked._p.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{kept}>{words}</w:{kept}></w:r>'
                f"</w:{tag}>"
            )
        )
    hidden = document.add_paragraph("Seen. ").add_run("Not seen.")
    hidden.font.hidden = True
    box = (
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box: guaranteed.</w:t></w:r>"
        "</w:p></w:txbxContent></w:pict></w:r>"
    )
    document.add_paragraph("Beside the box.")._p.append(parse_xml(box))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bytes(**files: bytes) -> bytes:
    """A ZIP file with the given files, `__` standing for a slash and `_x` for the ending .xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_x", ".xml"), content)
    return out.getvalue()


def pdf_bytes(pages: int = 3) -> bytes:
    """Pages with a running head and foot, a heading, wrapped and hyphenated text, and a list."""
    counted = ("one", "two", "three", "four")[:pages]
    texts = [f"= Page {n}\n\n{PARAGRAPH}\n\n- No surgery\n- Ready in {n} hour\n" for n in counted]
    source = (
        '#set page(width: 9cm, height: 14cm, header: [Example Hair Clinic], numbering: "1 / 1")\n'
        '#set text(size: 10pt, hyphenate: true, lang: "en")\n#set par(justify: true)\n'
        '#set document(title: "Brochure", date: none)\n'
    )
    return bytes(typst.compile((source + "#pagebreak()\n".join(texts)).encode()))


def encrypted(pdf: bytes, password: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, algorithm="RC4-128")
    return written(writer)


def with_blank_pages(pdf: bytes) -> bytes:
    """The pages of a PDF with a page without text after each."""
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        writer.add_page(page)
        writer.add_blank_page()
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
