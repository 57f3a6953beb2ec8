"""A learner's notebook: what it asks, what was typed into it, and the same with answers filled in."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from nbformat import NotebookNode

from review.model.errors import InFile, InPart, InputError, Problem
from review.teaching.answers import (
    CONTEXT,
    FORMAT,
    NOTEBOOK,
    PROMPT,
    TAG,
    Response,
    answer_text,
    read_answer,
)


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One item as a learner meets it, in Markdown, and the answer that stands in its cell.

    `context` is what it is about, told once for all items that follow it.
    """

    item: str
    context: str
    prompt: str
    choices: tuple[str, ...]
    typed: Response


def asked_items(node: NotebookNode, name: str) -> tuple[AskedItem, ...]:
    """The items of a learner's notebook in its order; `name` stands in the problems.

    Raises InputError with every problem: a notebook of another kind or form, one that asks nothing, an
    answer's cell that names no item, an item met twice.
    """
    problems = [*_problems(node, name)]
    if problems:
        raise InputError(problems)
    above = {CONTEXT: "", PROMPT: ""}
    items = []
    for cell in node.cells:
        for tag in set(above) & set(cell.metadata.get("tags", ())):
            above[tag] = cell.source
        if is_answer(cell):
            choices = tuple(str(choice) for choice in cell.metadata.review.get("choices", ()))
            typed = read_answer(cell.source, choices)
            item = cell.metadata.review["item"]
            items.append(AskedItem(item, above[CONTEXT], above[PROMPT], choices, typed))
    return tuple(items)


def is_answer(cell: NotebookNode) -> bool:
    """Whether a cell is the place for an answer."""
    return cell.cell_type == "raw" and TAG in cell.metadata.get("tags", ())


def _problems(node: NotebookNode, name: str) -> Iterator[Problem]:
    about = node.metadata.get(NOTEBOOK)
    if not isinstance(about, Mapping):
        yield InFile(name).problem(
            "this is no lesson for a learner", remedy="Name a notebook handed out to you."
        )
        return
    if about.get("format") != FORMAT:
        yield InFile(name).problem(
            "this lesson has a form not known here", remedy="Update, or ask your teacher."
        )
    if not any(is_answer(cell) for cell in node.cells):
        yield InFile(name).problem("it asks nothing", remedy="Name a notebook handed out to you.")
    yield from _item_problems(node.cells, name)


def _item_problems(cells: Sequence[NotebookNode], name: str) -> Iterator[Problem]:
    items: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        if not is_answer(cell):
            continue
        review = cell.metadata.get("review")
        item = review.get("item") if isinstance(review, Mapping) else None
        place = InPart("cell", number, name)
        if not isinstance(item, str):
            yield place.problem("this answer belongs to no item", remedy="Use an untouched notebook.")
        elif item in items:
            yield place.problem(f"item {item} stands here twice", remedy="Delete the copied cell.")
        else:
            items.add(item)


def filled_in(
    node: NotebookNode, answers: Mapping[str, Response], set_aside: Mapping[str, Sequence[Response]]
) -> NotebookNode:
    """The notebook with `answers` in the cells of their items, and no outputs.

    A cell whose item has no answer there stays as it is. What was `set_aside` for another answer is
    kept beside it, in the cell's metadata.
    """
    filled = deepcopy(node)
    # JupyterLab stores the form here as it was last shown: an output like those taken out below.
    filled.metadata.pop("widgets", None)
    for cell in filled.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if is_answer(cell):
            item = cell.metadata.review["item"]
            if item in answers:
                cell.source = answer_text(answers[item])
            if set_aside.get(item):
                texts = [answer_text(answer) for answer in set_aside[item]]
                cell.metadata.review["set_aside"] = texts
    return filled
