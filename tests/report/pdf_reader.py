"""What a screen reader gets from a tagged PDF: its structure with the text of each element.

Text is read from the page contents by the marks that the structure points to, decoded by the fonts' own
tables; an actual text given for a stretch stands for its glyphs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

Marks = dict[int, str]
INLINE = {"Span", "Strong", "Link", "Em"}


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure: its tag, its text with that of its children, and what it holds."""

    tag: str
    text: str
    alt: str
    children: tuple["Element", ...]

    def walk(self) -> Iterator["Element"]:
        """The element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *tags: str) -> list["Element"]:
        """Every element with one of `tags`, in reading order."""
        return [element for element in self.walk() if element.tag in tags]


def pdf_structure(pdf_bytes: bytes) -> Element:
    """The whole structure of a tagged PDF; whitespace in texts is normalised."""
    with Pdf.open(BytesIO(pdf_bytes)) as pdf:
        marks = {page.objgen: _marks(page) for page in pdf.pages}
        return _element(pdf.Root.StructTreeRoot, None, marks)


def pdf_tables(pdf_bytes: bytes) -> list[list[list[str]]]:
    """Every table as rows of cell texts, header row first; a row repeated on a page is given once."""
    return [
        [[cell.text for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in pdf_structure(pdf_bytes).all("Table")
    ]


def _element(
    node: Dictionary, page: tuple[int, int] | None, marks: dict[tuple[int, int], Marks]
) -> Element:
    page = node.Pg.objgen if "/Pg" in node else page
    texts, children = [], []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            texts.append(marks[page].get(kid, ""))
        elif kid.get("/Type") == Name.MCR:
            texts.append(marks[kid.Pg.objgen if "/Pg" in kid else page].get(int(kid.MCID), ""))
        elif kid.get("/Type") != Name.OBJR:
            child = _element(kid, page, marks)
            children.append(child)
            texts.append(child.text if child.tag in INLINE else f" {child.text} ")
    tag, text = str(node.get("/S", "/Root"))[1:], "".join(texts)
    return Element(
        tag=tag,
        text=text if tag in INLINE else " ".join(text.split()),
        alt=str(node.get("/Alt", "")),
        children=tuple(children),
    )


def _marks(page: Page) -> Marks:
    """The text of each numbered mark of a page."""
    decoders = {str(name): _decoder(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: Marks = {}
    opened: list[tuple[int | None, bool]] = []
    decode: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else {}
                number = int(properties["/MCID"]) if "/MCID" in properties else None
                actual = "/ActualText" in properties
                opened.append((number, actual))
                if actual:
                    _add(found, opened, str(properties["/ActualText"]))
            case "EMC":
                opened.pop()
            case "Tf":
                decode = decoders[str(operands[0])]
            case "Tj" | "TJ" if not any(actual for _, actual in opened):
                shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                _add(
                    found,
                    opened,
                    "".join(_decoded(s, decode) for s in shown if isinstance(s, pikepdf.String)),
                )
    return found


def _add(found: Marks, opened: list[tuple[int | None, bool]], text: str) -> None:
    number = next((number for number, _ in reversed(opened) if number is not None), None)
    if number is not None:
        found[number] = found.get(number, "") + text.replace("\u00ad", "")


def _decoded(shown: pikepdf.String, decode: dict[int, str]) -> str:
    codes = bytes(shown)
    return "".join(decode[codes[i] << 8 | codes[i + 1]] for i in range(0, len(codes), 2))


def _decoder(font: Dictionary) -> dict[int, str]:
    """The characters of each two-byte code of a font, from its ToUnicode table."""
    table = bytes(font.ToUnicode.read_bytes()).decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return found
