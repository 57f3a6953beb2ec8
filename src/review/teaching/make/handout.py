"""A lesson on paper: what everybody reads, and what each learner is asked, with room to write."""

import base64
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from nbformat import NotebookNode

from review.model.vocabulary import spoken
from review.report.parts.document import (
    Block,
    Bullets,
    Column,
    Document,
    Inline,
    Kind,
    Paragraph,
    Part,
    Picture,
    Row,
    Run,
    Section,
    Table,
    plain_text,
    table_row,
)
from review.teaching.items import LessonItem
from review.teaching.make.draw import QuestionPaper
from review.teaching.make.notebooks import group_title
from review.teaching.make.source import LessonSource
from review.teaching.make.static import static_cells

_ROOM = "\n" * 5
"""Room to write one answer and its reason by hand."""
_MOST_LINES = 4
"""Choices that stand on a line each; more of them follow each other."""
_MORE_ROOM = "\n" * 9

_HOW_TO_ANSWER = "Write one of the choices, or your own words, and your reason into the last column."

_COLUMNS = (
    Column("question", "Question", 40),
    Column("choices", "Choose from", 20),
    Column("answer", "Answer and reason", 40),
)


def class_handout(
    source: LessonSource, papers: Sequence[QuestionPaper], evidence: str, day: str
) -> Document:
    """The handout of a whole class: the lesson once, then each learner's questions on a new sheet.

    `day` (YYYY-MM-DD) is the day on which the evidence stands.
    """
    before, after = (tuple(static_cells(cells)) for cells in source.for_learners())
    lesson = Part("The lesson", "lesson", _blocks((*before, *after), "lesson"))
    return _document(before, evidence, day, (lesson, *map(_questions, papers)))


def learner_handout(source: LessonSource, paper: QuestionPaper, evidence: str, day: str) -> Document:
    """The handout of one learner: the lesson, the questions, and what follows them."""
    before, after = (tuple(static_cells(cells)) for cells in source.for_learners())
    parts = [Part("The lesson", "lesson", _blocks(before, "lesson")), _questions(paper)]
    if after:
        parts.append(Part("Afterwards", "afterwards", _blocks(after, "afterwards")))
    return _document(before, evidence, day, tuple(parts))


def _document(
    before: Sequence[NotebookNode], evidence: str, day: str, parts: tuple[Part, ...]
) -> Document:
    lines = (line for cell in before for line in str(cell.source).splitlines())
    title = next((line[2:] for line in lines if line.startswith("# ")), "Lesson")
    made_from = f"Made from the evidence with the digest {evidence[:16]}, as of {day}"
    return Document(title, made_from, title, day, parts)


def _questions(paper: QuestionPaper) -> Part:
    """The questions of one learner, from a new sheet on."""
    sections = tuple(_group(paper.learner, first, items) for first, items in paper.groups())
    how = Paragraph((Run(_HOW_TO_ANSWER),))
    title, anchor = f"Questions for {paper.learner}", f"for-{paper.learner}"
    return Part(title, anchor, (how, *sections), own_page=True)


def _group(learner: str, first: int, items: Sequence[LessonItem]) -> Section:
    anchor = f"{learner}-{first}"
    rows = tuple(_row(number, item) for number, item in enumerate(items, start=first))
    title = group_title(first, items)
    table = Table(f"{anchor}-table", f"{title}: your answers", _COLUMNS, rows)
    return Section(title, anchor, (*_context(items[0].context), table))


def _row(number: int, item: LessonItem) -> Row:
    between = "\n" if len(item.choices) <= _MOST_LINES else ", "
    choices = between.join(map(spoken, item.choices)) or "your own words"
    room = _ROOM if item.choices else _MORE_ROOM
    return table_row(f"{number}. {item.prompt}", choices, room)


def _context(text: str) -> Iterator[Block]:
    """An item's plain text: lines that begin with `- ` are points, others paragraphs."""
    points: list[Inline] = []
    for line in text.split("\n") if text else ():
        if line.startswith("- "):
            points.append((Run(line[2:]),))
            continue
        if points:
            yield Bullets(tuple(points))
            points = []
        yield Paragraph((Run(line),))
    if points:
        yield Bullets(tuple(points))


def _blocks(cells: Sequence[NotebookNode], part: str) -> tuple[Block, ...]:
    """The Markdown of `cells` as blocks; headings below the title open sections in `part`."""
    parser = MarkdownIt("commonmark").enable("table")  # CommonMark itself has no tables
    number = 0
    opened: list[tuple[str, list[Block]]] = [("", [])]
    for cell in cells:
        for node in SyntaxTreeNode(parser.parse(cell.source)).children:
            if node.type == "heading":
                if node.tag != "h1":
                    opened.append((plain_text(_inline(node)), []))
                continue
            number += node.type == "table" or "image" in {inner.type for inner in node.walk()}
            opened[-1][1].extend(_block(node, cell.get("attachments", {}), f"{part}-{number}"))
    (_, before), *titled = opened
    sections = (
        Section(title, f"{part}-section-{n}", tuple(blocks))
        for n, (title, blocks) in enumerate(titled, start=1)
    )
    return (*before, *sections)


def _block(node: SyntaxTreeNode, pictures: Mapping[str, Mapping[str, str]], at: str) -> Iterator[Block]:
    match node.type:
        case "paragraph":
            yield from _pictures(node, pictures, at)
            if text := _inline(node):
                yield Paragraph(text)
        case "bullet_list" | "ordered_list":
            items = tuple(_inline(item) for item in node.children)
            yield Bullets(items, ordered=node.type == "ordered_list")
        case "table":
            yield _table(node, at)
        case "fence" | "code_block":
            yield Paragraph((Run(node.content.rstrip()),), Kind.SOFT)
        case _:
            for inner in node.children:
                yield from _block(inner, pictures, at)


def _table(node: SyntaxTreeNode, at: str) -> Table:
    head, *body = [row for row in node.walk() if row.type == "tr"]
    titles = [plain_text(_inline(cell)) for cell in head.children]
    rows = [tuple(_inline(cell) for cell in row.children) for row in body]
    widths = [_width(titles[n], [row[n] for row in rows]) for n in range(len(titles))]
    columns = [
        Column(f"column-{n}", title or "Name", width)
        for n, (title, width) in enumerate(zip(titles, widths, strict=True))
    ]
    caption = f"Table {at.rpartition('-')[2]}"
    return Table(f"table-{at}", caption, tuple(columns), tuple(Row(row) for row in rows))


def _width(title: str, cells: Sequence[Inline]) -> int:
    """A column's share of the width: room for its longest word, and more where cells hold sentences."""
    texts = [title, *(plain_text(cell) for cell in cells)]
    word = max(len(word) for text in texts for word in text.split() or [""])
    return max(4, min(20, word + 2), min(60, max(map(len, texts)) // 2))


def _pictures(
    node: SyntaxTreeNode, pictures: Mapping[str, Mapping[str, str]], at: str
) -> Iterator[Picture]:
    for image in (inner for inner in node.walk() if inner.type == "image"):
        name = str(image.attrs.get("src", "")).removeprefix("attachment:")
        data = pictures.get(name, {}).get("image/png")
        if data:
            alt = image.content or "Figure of the lesson"
            yield Picture(f"figure-{at}", alt, alt, base64.b64decode(data))


_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def _inline(node: SyntaxTreeNode, strong: bool = False, link: str = "") -> Inline:
    """The words of a node, with what is strong and what is linked."""
    if node.type in ("text", "code_inline", "html_inline"):
        return (Run(node.content, strong=strong, link=link),)
    if node.type in _BREAKS:
        return (Run(_BREAKS[node.type]),)
    if node.type == "image":
        return ()
    href = str(node.attrs.get("href", "")) if node.type == "link" else link
    within = [_inline(inner, strong or node.type == "strong", href) for inner in node.children]
    return tuple(run for runs in within for run in runs)
