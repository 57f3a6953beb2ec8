"""A page's own text as a DOCX with tracked changes and comments, for Word or LibreOffice.

Accepting every change gives `new_text` of `edits`, rejecting every change gives the page, each with
its invisible characters named. A line of the page is a paragraph; a line feed that goes or comes is a
deleted or inserted paragraph mark.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count, pairwise
from typing import cast

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt

from review.model.visible import visible
from review.report.counted import counted
from review.report.edited_page.changes import Change
from review.report.edited_page.edits import Comment, Edits, edits_of, page_text
from review.report.formats.fixed_zip import fixed_zip
from review.report.model import PageSection, Report

_DELETED, _INSERTED = "w:del", "w:ins"
_LONGEST_AUTHOR, _LONGEST_INITIALS, _LONGEST_PROPERTY = 255, 9, 255  # as Word and OPC allow
_PROGRAM = "evidence-review"


def edited_page_name(page: PageSection, alone: bool) -> str:
    """The file's name; `alone` if no other page is edited beside it."""
    return "page-edited.docx" if alone else f"page-edited-{page.page}.docx"


def edited_page_docx(report: Report, page: PageSection, suggest: bool) -> bytes:
    """`page` with a tracked change for each decision, or with `suggest` each suggestion, and comments.

    The header names the page and says that it is third-party text; the body is the page and nothing
    else. The same report gives the same bytes.
    """
    edits = edits_of(report, page, suggest)
    document = Document()
    _set_properties(document, report, page)
    _set_layout(document)
    _write_header(document, report, page)
    body = document.element.body
    for paragraph in _paragraphs(page_text(page), edits):
        body.insert(len(body) - 1, paragraph)  # the section's properties stay last
    if edits.comments:
        _write_comments(document, edits.comments)
    target = io.BytesIO()
    document.save(target)
    return fixed_zip(target.getvalue())


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text in one state: kept if `tag` is empty, else deleted or inserted by `change`."""

    text: str
    tag: str = ""
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where the range of a comment starts or ends."""

    comment: int
    is_start: bool


def _flow(text: str, edits: Edits) -> Iterator[_Stretch | _Anchor]:
    """The text in its order: every stretch, and the ends of comments before the starts of others.

    A replacement stands behind what it replaces, inside the range of its comment.
    """
    begun: dict[int, list[_Anchor]] = {}
    ended: dict[int, list[_Anchor]] = {}
    for number, comment in enumerate(edits.comments):
        begun.setdefault(comment.start, []).append(_Anchor(number, True))
        ended.setdefault(comment.end, []).append(_Anchor(number, False))
    changes = {change.start: change for change in edits.changes}
    ends = {change.end for change in edits.changes}
    # The page is cut wherever a comment begins or ends, which may be within a change.
    cuts = sorted({0, len(text), *begun, *ended, *changes, *ends})
    change = None
    for start, end in pairwise(cuts):
        yield from begun.get(start, ())
        change = changes.get(start, change)
        yield _Stretch(text[start:end], _DELETED if change else "", change)
        if change and change.end == end:
            yield _Stretch(change.new, _INSERTED, change)
            change = None
        yield from ended.get(end, ())


def _paragraphs(text: str, edits: Edits) -> Iterator[BaseOxmlElement]:
    """The paragraphs of the body."""
    ids = count(1)
    paragraph = OxmlElement("w:p")
    for item in _flow(text, edits):
        if isinstance(item, _Anchor):
            paragraph.extend(_anchor(item))
            continue
        # A line of the page is a paragraph, so a line feed that comes or goes is a paragraph mark.
        first, *others = visible(item.text).split("\n")
        paragraph.extend(_runs(first, item, ids))
        for line in others:
            if item.change is not None:
                paragraph.insert(0, _tracked_mark(_change(item.tag, item.change, ids)))
            yield paragraph
            paragraph = OxmlElement("w:p")
            paragraph.extend(_runs(line, item, ids))
    yield paragraph


def _runs(line: str, stretch: _Stretch, ids: Iterator[int]) -> Iterator[BaseOxmlElement]:
    """One run of text, within its change if it is one; nothing for no text."""
    if not line:
        return
    run = OxmlElement("w:r")
    for number, text in enumerate(line.split("\t")):
        if number:
            run.append(OxmlElement("w:tab"))
        if text:
            part = OxmlElement("w:delText" if stretch.tag == _DELETED else "w:t")
            # Word drops blanks at the ends of a text that does not ask to keep them.
            part.set(qn("xml:space"), "preserve")
            part.text = text
            run.append(part)
    if stretch.change is None:
        yield run
    else:
        tracked = _change(stretch.tag, stretch.change, ids)
        tracked.append(run)
        yield tracked


def _change(tag: str, change: Change, ids: Iterator[int]) -> BaseOxmlElement:
    tracked = OxmlElement(tag)
    tracked.set(qn("w:id"), str(next(ids)))
    tracked.set(qn("w:author"), _author(change))
    tracked.set(qn("w:date"), _midnight(change.date))
    return tracked


def _tracked_mark(change: BaseOxmlElement) -> BaseOxmlElement:
    """The properties of a paragraph whose mark is deleted or inserted."""
    properties, mark = OxmlElement("w:pPr"), OxmlElement("w:rPr")
    mark.append(change)
    properties.append(mark)
    return properties


def _anchor(anchor: _Anchor) -> Iterator[BaseOxmlElement]:
    edge = OxmlElement("w:commentRangeStart" if anchor.is_start else "w:commentRangeEnd")
    edge.set(qn("w:id"), str(anchor.comment))
    yield edge
    if not anchor.is_start:
        run, reference = OxmlElement("w:r"), OxmlElement("w:commentReference")
        reference.set(qn("w:id"), str(anchor.comment))
        run.append(reference)
        yield run


def _author(edit: Change | Comment) -> str:
    return visible(edit.author)[:_LONGEST_AUTHOR]


def _initials(edit: Comment) -> str:
    words = "".join(c if c.isalnum() else " " for c in visible(edit.author)).split()
    return "".join(word[0] for word in words)[:_LONGEST_INITIALS]


def _midnight(date: str) -> str:
    return f"{date}T00:00:00Z"


def _write_comments(document: DocxDocument, comments: Sequence[Comment]) -> None:
    """The comments, numbered in their order."""
    style = document.styles.add_style("CommentText", WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(9)
    style.paragraph_format.space_after = Pt(2)
    document.styles.add_style("CommentReference", WD_STYLE_TYPE.CHARACTER).font.size = Pt(8)
    for comment in comments:
        document.comments.add_comment(visible(comment.text), _author(comment), _initials(comment))
    part = cast(XmlPart, document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS))
    # python-docx dates a comment by the clock.
    for element, comment in zip(part.element, comments, strict=True):
        element.set(qn("w:date"), _midnight(comment.date))


def _write_header(document: DocxDocument, report: Report, page: PageSection) -> None:
    first, *more = (
        f"{page.title} ({page.page}), edited as of {report.as_of}",
        "Third-party text, kept verbatim for review. Tracked changes name who decided them.",
        f"SHA-256 of the page: {page.sha256}",
        *_still_open(page),
    )
    header = document.sections[0].header
    header.paragraphs[0].text = _line(first)
    for text in more:
        header.add_paragraph(_line(text), style="Header")
    header.paragraphs[-1].paragraph_format.space_after = Pt(12)
    for paragraph in header.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(8)


def _still_open(page: PageSection) -> Iterator[str]:
    """How much is left to do when every change is accepted; nothing where it is not known."""
    if page.after is not None:
        number = counted(page.after.commented, "sentence still needs", "sentences still need")
        yield f"With every change accepted {number} something: see the comments."


def _line(text: str) -> str:
    return visible(" ".join(text.split()))


def _set_layout(document: DocxDocument) -> None:
    """A4 with little space between lines, as they are lines and not paragraphs."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)


def _set_properties(document: DocxDocument, report: Report, page: PageSection) -> None:
    properties = document.core_properties
    properties.title = _line(f"{page.title}: edited page")[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = _PROGRAM
    properties.comments = ""
    properties.revision = 1
    # The day the report speaks of, so that the same report gives the same bytes.
    properties.created = properties.modified = datetime.fromisoformat(report.as_of)
