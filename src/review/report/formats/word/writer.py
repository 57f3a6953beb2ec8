"""The report as a Word file: headings, lists, tables and pictures that Word knows as such."""

import re
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from itertools import count, groupby, zip_longest

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.section import _Footer, _Header

from review.model.visible import visible
from review.model.vocabulary import spoken
from review.report.formats.fixed_zip import fixed_zip
from review.report.formats.word.lists import Lists
from review.report.formats.word.styles import Styles, claim_style, mark_style, set_defaults, set_language
from review.report.formats.word.tables import write_table
from review.report.formats.word.template import blamed_on, blank_word, clinic_word, field_codes
from review.report.formats.word.text import TextWriter
from review.report.formats.word.xml import Element, add
from review.report.parts.document import (
    AnnotatedText,
    Block,
    Bullets,
    Document,
    Kind,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    keeps_with_next,
)

_STYLE_OF_KIND = {Kind.NORMAL: "Normal", Kind.LEAD: "Review Lead", Kind.SOFT: "Review Soft"}
_DEEPEST_HEADING = 4
_LONGEST_PROPERTY = 255
_EMU_PER_TWIP = 635  # 914,400 EMU and 1,440 twips to the inch
_TWIPS_PER_MM = 1440 / 25.4
_AFTER_TABLE = 160
"""Twentieths of a point between a table without a note and the paragraph below it."""
_HIGHEST_PICTURE = 0.85
"""Share of a page's height, so that a caption has room beside the picture."""
_A4 = (11906, 16838)
_MARGIN = 1134
"""Twentieths of a point: 20 mm."""


def report_docx(
    document: Document, template: bytes | None = None, template_name: str = "template"
) -> bytes:
    """`document` as a Word file, the same bytes for the same document and template.

    `template` is a Word file of the clinic's own (.docx or .dotx): its styles, headers, footers and
    paper are kept, the styles it lacks are added, its text is left out. Raises InputError, naming it
    `template_name`, when it cannot be used; see `template.clinic_word`.
    """
    if template is None:
        word = blank_word()
        set_defaults(word, document.compact)
        return _written(word, document, template_name)
    with blamed_on(template_name):
        _written(clinic_word(template, template_name), _WORDLESS, template_name)
    return _written(clinic_word(template, template_name), document, template_name)


_WORDLESS = Document("", "", "", "1980-01-01", ())
"""Tried first in a clinic's template: what fails then is no fault of the report's words."""


def _written(word: Word, document: Document, name: str) -> bytes:
    set_language(word)
    styles = Styles(word, name, document.compact)
    _running_lines(word, document, styles)
    _Body(word, styles, document).write()
    _properties(word, document)
    out = BytesIO()
    word.save(out)
    return fixed_zip(out.getvalue())


def _properties(word: Word, document: Document) -> None:
    properties = word.core_properties
    properties.title = visible(document.title)[:_LONGEST_PROPERTY]
    properties.subject = visible(document.subtitle)[:_LONGEST_PROPERTY]
    properties.language = "en-GB"
    properties.last_modified_by = ""
    properties.created = properties.modified = datetime.fromisoformat(document.date)


def _running_lines(word: Word, document: Document, styles: Styles) -> None:
    """Put the running head and "Page X of Y" on every page, below what a template has there."""
    section = word.sections[0]
    heads, feet = [section.header], [section.footer]
    if section.different_first_page_header_footer:
        heads.append(section.first_page_header)
        feet.append(section.first_page_footer)
    if word.settings.odd_and_even_pages_header_footer:
        heads.append(section.even_page_header)
        feet.append(section.even_page_footer)
    text = TextWriter(word, styles, document)
    for head in heads:
        text.run(_free_line(head, "Header", text), Run(document.running_head))
    for foot in feet:
        if not _NUMBERS_PAGES.search(_fields(foot)):
            # A field that Word works out; "1" stands there until it has.
            line = _free_line(foot, "Footer", text)
            for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
                text.run(line, Run(words))
                text.run(add(line, "fldSimple", instr=f" {field} "), Run("1"))


_NUMBERS_PAGES = re.compile(r"\bPAGE\b")


def _fields(story: _Header | _Footer) -> str:
    if story.is_linked_to_previous:
        return ""
    return field_codes(story.part.element)


def _free_line(story: _Header | _Footer, style: str, text: TextWriter) -> Element:
    """The last line of a header or footer if it is empty, else a new one below."""
    if story.is_linked_to_previous:
        story.is_linked_to_previous = False
    element = story.part.element
    last = element[-1] if len(element) else None
    if last is not None and last.tag == qn("w:p") and not last.xpath("*[not(self::w:pPr)]"):
        element.remove(last)
    return text.empty(element, style)


class _Body:
    """The text of one Word file."""

    def __init__(self, word: Word, styles: Styles, document: Document) -> None:
        self._part = word.part
        self._styles = styles
        self._document = document
        self._body: Element = word.element.body
        self._text = TextWriter(word, styles, document)
        self._lists = Lists(word, styles)
        self._width = self._height = 0
        # python-docx would search the whole file for a free number, picture by picture.
        self._numbers = count(self._part.next_id)

    def write(self) -> None:
        """The title and all parts; neighbours on paper turned alike share a section of Word's."""
        paper = self._body.sectPr
        self._body.remove(paper)
        groups = [
            (landscape, list(parts))
            for landscape, parts in groupby(self._document.parts, lambda part: part.landscape)
        ] or [(False, [])]
        for number, (landscape, parts) in enumerate(groups):
            turned = turned_paper(paper, landscape, is_first=number == 0)
            self._width, self._height = text_area(turned)
            if number == 0:
                self._title()
            for part in parts:
                self._heading(part.title, part.anchor, 1)
                self._blocks(part.blocks, 2)
            self._close(turned, is_last=number == len(groups) - 1)

    def _title(self) -> None:
        self._text.paragraph(self._body, (Run(self._document.title),), "Title")
        self._text.paragraph(self._body, (Run(self._document.subtitle),), "Subtitle")

    def _close(self, paper: Element, is_last: bool) -> None:
        """End a section of Word's: `paper` belongs to its last paragraph, the last one's to the body."""
        if is_last:
            self._body.append(paper)
            return
        # A table cannot carry the end of a section, so an empty line does.
        last = self._body[-1]
        if last.tag != qn("w:p"):
            last = self._text.empty(self._body, "Review Break")
        form = last.find(qn("w:pPr"))
        (add(last, "pPr") if form is None else form).append(paper)

    def _heading(self, title: str, anchor: str, level: int) -> None:
        style = f"Heading {min(level, _DEEPEST_HEADING)}"
        self._text.paragraph(self._body, (Run(title),), style, anchor)

    def _blocks(self, blocks: tuple[Block, ...], level: int) -> None:
        before: Block | None = None
        for block, following in zip_longest(blocks, blocks[1:]):
            match block:
                case Paragraph():
                    self._paragraph(block, before, following)
                case Bullets():
                    self._bullets(block)
                case Table():
                    write_table(self._body, block, self._width, self._styles, self._text)
                case Picture():
                    self._picture(block)
                case AnnotatedText():
                    self._annotated(block)
                case Section():
                    self._heading(block.title, block.anchor, level)
                    self._blocks(block.blocks, level + 1)
            before = block

    def _paragraph(self, block: Paragraph, before: Block | None, following: Block | None) -> None:
        paragraph = self._text.paragraph(self._body, block.text, _STYLE_OF_KIND[block.kind])
        form = paragraph.find(qn("w:pPr"))
        if form is None:
            form = add(paragraph, "pPr")
            paragraph.insert(0, form)
        if keeps_with_next(block, following):
            add(form, "keepNext")
        if isinstance(before, Table) and not before.note:
            add(form, "spacing", before=_AFTER_TABLE)

    def _bullets(self, bullets: Bullets) -> None:
        style = "List Number" if bullets.ordered else "List Bullet"
        number = self._lists.start(style)
        for item in bullets.items:
            paragraph = self._text.paragraph(self._body, item, style)
            form = add(paragraph.find(qn("w:pPr")), "numPr")
            add(form, "ilvl", val=0)
            add(form, "numId", val=number)

    def _picture(self, picture: Picture) -> None:
        self._text.paragraph(self._body, (Run(picture.caption),), "Caption", picture.anchor)
        relation, image = self._part.get_or_add_image(BytesIO(picture.png))
        width = min(round(picture.width_mm * _TWIPS_PER_MM), self._width) * _EMU_PER_TWIP
        size = image.scaled_dimensions(width=width)
        highest = round(self._height * _HIGHEST_PICTURE) * _EMU_PER_TWIP
        if size[1] > highest:
            size = image.scaled_dimensions(height=highest)
        inline = CT_Inline.new_pic_inline(next(self._numbers), relation, image.filename, *size)
        inline.docPr.set("title", visible(picture.caption))
        inline.docPr.set("descr", visible(picture.alt))
        paragraph = self._text.empty(self._body, "Review Picture")
        add(add(paragraph, "r"), "drawing").append(inline)

    def _annotated(self, page: AnnotatedText) -> None:
        """The text of a page, a paragraph a line, so that a long page breaks where its lines do."""
        line = self._text.empty(self._body, "Review Page")
        for stretch in page.stretches:
            shade = claim_style(stretch.verdict) if stretch.is_claim else ""
            for number, words in enumerate(stretch.text.split("\n")):
                if number:
                    line = self._text.empty(self._body, "Review Page")
                if words:
                    self._text.run(line, Run(words), shade)
            for mark in stretch.marks:
                tip = ": ".join(part for part in (spoken(mark.verdict), mark.note) if part)
                run = Run(f"{mark.symbol}{mark.number}", link=f"#{mark.claim}")
                self._text.run(line, run, mark_style(mark.verdict), tip)


def turned_paper(paper: Element, landscape: bool, is_first: bool) -> Element:
    """The section properties `paper` for upright or landscape pages.

    A first page of its own, a first page number and a continuous start belong to the first section
    only. Size and margins are A4 and 20 mm where the template leaves them out.
    """
    turned = deepcopy(paper)
    for name in ("type", "cols") if is_first else ("type", "cols", "titlePg", "pgNumType"):
        for child in turned.findall(qn(f"w:{name}")):
            turned.remove(child)
    size, margin = turned.get_or_add_pgSz(), turned.get_or_add_pgMar()
    sides = sorted(int(size.get(qn(f"w:{side}"), d)) for side, d in zip("wh", _A4, strict=True))
    width, height = reversed(sides) if landscape else sides
    size.set(qn("w:w"), str(width))
    size.set(qn("w:h"), str(height))
    size.set(qn("w:orient"), "landscape" if landscape else "portrait")
    for side in ("top", "right", "bottom", "left"):
        margin.set(qn(f"w:{side}"), margin.get(qn(f"w:{side}"), str(_MARGIN)))
    for edge in ("header", "footer"):
        margin.set(qn(f"w:{edge}"), margin.get(qn(f"w:{edge}"), str(_MARGIN // 2)))
    return turned


def text_area(paper: Element) -> tuple[int, int]:
    """Width and height of the text on `paper`, in twentieths of a point."""
    size, margin = paper.find(qn("w:pgSz")), paper.find(qn("w:pgMar"))
    given = {side: abs(int(margin.get(qn(f"w:{side}"), 0))) for side in _SIDES}
    across = given["left"] + given["right"] + given["gutter"]
    return (
        int(size.get(qn("w:w"))) - across,
        int(size.get(qn("w:h"))) - given["top"] - given["bottom"],
    )


_SIDES = ("top", "right", "bottom", "left", "gutter")
