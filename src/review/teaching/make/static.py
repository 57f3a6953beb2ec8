"""What a cell showed, as Markdown that needs nothing to run: for those who get no code."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree, html
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

# What Markdown would act on within a line: marks, tables, mathematics, and addresses without markup.
_SPECIAL = re.compile(r"[\\`*\[\]<>&$|~]|(?<![^\W_])_|_(?![^\W_])|(?<=:)(?=//)")
# What it would act on where a line begins: headings, lists, rules.
_AT_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")


def escaped(text: str) -> str:
    """`text` on one line, so that Markdown shows it as it is: nothing in it is live."""
    line = _SPECIAL.sub(lambda special: f"\\{special[0]}", " ".join(text.split()))
    return _AT_START.sub(_escaped_start, line)


def _escaped_start(start: re.Match[str]) -> str:
    blanks, mark = start.groups()
    return f"{blanks}{mark}\\" if mark.isdigit() else f"{blanks}\\{mark}"


def markdown_text(text: str) -> str:
    """An item's plain text as Markdown: lines that begin with `- ` are points, others paragraphs."""
    lines = [
        f"- {escaped(line[2:])}" if line.startswith("- ") else escaped(line) for line in text.split("\n")
    ]
    joined: list[str] = []
    for line, before in zip(lines, ["- ", *lines], strict=False):
        is_new = not (line.startswith("- ") and before.startswith("- "))
        joined.append(f"\n{line}" if joined and is_new else line)
    return "\n".join(joined)


def static_cells(cells: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    """The Markdown of `cells`, and what their code showed; the code itself is left out."""
    for cell in cells:
        if cell.cell_type == "markdown":
            kept = new_markdown_cell(cell.source)
            if cell.get("attachments"):
                kept.attachments = cell.attachments
            yield kept
        elif cell.cell_type == "code":
            yield from (_output_cell(output) for output in cell.outputs if _is_shown(output))


def _is_shown(output: NotebookNode) -> bool:
    return output.output_type in ("display_data", "execute_result") or output.get("name") == "stdout"


def _output_cell(output: NotebookNode) -> NotebookNode:
    if output.output_type == "stream":
        return new_markdown_cell(_verbatim(output.text))
    data = output.data
    plain = data.get("text/plain", "")
    if "text/markdown" in data:
        return new_markdown_cell(data["text/markdown"])
    if "image/png" in data:
        cell = new_markdown_cell(f"![{escaped(plain)}](attachment:figure.png)")
        cell.attachments = {"figure.png": {"image/png": data["image/png"].replace("\n", "")}}
        return cell
    # What has no table, such as a chart with its words, is told by its plain text.
    tables = [*_tables(data.get("text/html", ""))]
    return new_markdown_cell("\n\n".join(tables) if tables else _verbatim(plain))


def _verbatim(text: str) -> str:
    # A fence longer than any run of backticks in the text cannot be closed by it.
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=2) + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def _tables(fragment: str) -> Iterator[str]:
    """The tables of an HTML output as Markdown tables, read the same by eye, ear and editor."""
    if "<table" not in fragment:
        return
    for table in html.fromstring(fragment).iter("table"):
        rows = [[_cell(cell) for cell in row.iter("th", "td")] for row in table.iter("tr")]
        width = max(map(len, rows), default=0)
        if width:
            head, *body = [row + [" "] * (width - len(row)) for row in _one_header(table, rows)]
            yield "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *body))


def _one_header(table: etree._Element, rows: Sequence[list[str]]) -> list[list[str]]:
    """The rows with one row of headings: pandas puts the name of the index on a row of its own."""
    head = [*table.iter("thead")]
    count = len([*head[0].iter("tr")]) if head else 1
    columns = zip(*rows[:count], strict=False)
    first = [" ".join(" ".join(column).split()) for column in columns]
    return [first, *rows[count:]]


def _cell(cell: etree._Element) -> str:
    return escaped("".join(str(text) for text in cell.itertext())) or " "
