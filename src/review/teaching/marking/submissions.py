"""Notebooks that learners hand in, read as data: nothing in them runs, and no link leaves the folder.

Whatever a file holds, it gives a `Submission`: the answers that could be read, and in plain words what
is wrong with the file.
"""

import json
import os
import re
import stat
import warnings
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat

from review.model.errors import InFile, InputError
from review.model.visible import visible
from review.teaching.answers import ANSWERS, FORMAT, NOTEBOOK, TAG
from review.teaching.marking.classwork import AnswerCell, Submission

LARGEST = 5_000_000
"""Bytes of a notebook that is read; a lesson as it is made has well below a tenth of that."""
MOST_CELLS = 1_000
MOST_FILES = 2_000
DEEPEST = 4
"""Folders below the one that is named: learning platforms put each learner's file in one of its own."""
LONGEST_ANSWER = 20_000
"""Characters of an answer's cell that are read."""
LONGEST_NAME = 100

_LEARNER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_QUESTION = re.compile(r"^\*\*Question [0-9]{1,4} of ([0-9]{1,4})\.\*\*", re.MULTILINE)
"""How the prompt of each item begins."""
_ITEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_EMPTY = re.compile(r"\s*(?:answer\s*:\s*)?(?:reason\s*:\s*)?", re.IGNORECASE)
"""An answer cell into which nothing was written."""


class _UnreadableError(Exception):
    """Why nothing of a file can be marked; a sentence."""


def handed_in(folder: Path) -> list[Path]:
    """Every file handed in below `folder`, by name; hidden ones are left out, links are not followed.

    Raises InputError when there is no such folder, it is empty, or it holds more than `MOST_FILES`.
    """
    if not folder.is_dir():
        fault = "there is no such folder"
        raise InputError.at(InFile(str(folder)), fault, remedy="Name the folder of returned notebooks.")
    # One more than the most: a folder of millions is not listed to its end.
    paths = sorted(islice(_files(folder, DEEPEST), MOST_FILES + 1))
    if len(paths) > MOST_FILES:
        fault = f"the folder holds more than {MOST_FILES:,} files"
        raise InputError.at(InFile(str(folder)), fault, remedy="Name the folder of one class.")
    if not paths:
        fault = "the folder holds no file"
        raise InputError.at(InFile(str(folder)), fault, remedy="Put the returned notebooks there.")
    return paths


def _files(folder: Path, depth: int) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)
            elif depth:
                yield from _files(Path(entry.path), depth - 1)


def display_name(path: Path, folder: Path) -> str:
    """The name of a file below `folder` as it is shown: no invisible character, not over-long."""
    # Bytes that are no UTF-8 come as surrogates, which `visible` names.
    name = visible(path.relative_to(folder).as_posix()).replace("\n", "[U+000A]").replace("\t", " ")
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def read_submission(path: Path, folder: Path) -> Submission:
    """The submission in the file at `path`, which lies in `folder`. No file makes this fail."""
    file = display_name(path, folder)
    try:
        if path.suffix.lower() != ".ipynb":
            raise _UnreadableError(_not_a_notebook(path.name))
        return _submission(file, _notebook(_content(path)))
    except _UnreadableError as error:
        return Submission(file, problems=(str(error),))
    except OSError as error:
        return Submission(file, problems=(f"The file cannot be read: {error.strerror}.",))


def _not_a_notebook(name: str) -> str:
    if name.endswith(ANSWERS):
        return "These are answers that the form keeps for itself; the notebook that it hands in is read."
    return "This is not a notebook (.ipynb)."


def _content(path: Path) -> bytes:
    if path.is_symlink():
        raise _UnreadableError("This is a link to another place, and links are not followed.")
    # A pipe would keep the reader waiting, hence O_NONBLOCK.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _UnreadableError("This is not an ordinary file.")
        # One byte more than is read tells a file that is too large, whatever its size claims.
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        size = f"{max(status.st_size, len(content)) / 1e6:,.1f}"
        raise _UnreadableError(f"The file has {size} MB; {LARGEST / 1e6:.0f} MB are read.")
    if not content.strip():
        raise _UnreadableError("The file is empty.")
    return content


def _notebook(content: bytes) -> dict[str, Any]:
    try:
        # Some editors begin a file with a byte order mark, which JSON does not allow.
        notebook = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _UnreadableError("This is not a notebook: it is no text in UTF-8.") from None
    except RecursionError:
        raise _UnreadableError("This is not a notebook: it is nested too deeply.") from None
    except ValueError:
        raise _UnreadableError("This is not a notebook: it is no JSON.") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise _UnreadableError("This is not a notebook: it has no cells.")
    if notebook.get("nbformat") != 4:
        raise _UnreadableError("This is a notebook of another format than 4.")
    count = len(notebook["cells"])
    if count > MOST_CELLS:
        raise _UnreadableError(f"The notebook has {count:,} cells; {MOST_CELLS:,} are read.")
    return notebook


def _submission(file: str, notebook: Mapping[str, Any]) -> Submission:
    problems = [*_format_problems(notebook)]
    about = _mapping(_mapping(notebook.get("metadata")).get(NOTEBOOK))
    if not about:
        raise _UnreadableError("This is not a lesson: the notebook does not say which lesson it is.")
    if about.get("format") != FORMAT:
        raise _UnreadableError("The lesson was made by another version: its form is not known here.")
    lesson, learner, evidence = (about.get(name) for name in ("lesson", "learner", "evidence"))
    # True is an int to Python, and no lesson.
    if not isinstance(lesson, int) or isinstance(lesson, bool) or not 0 < lesson < 100:
        raise _UnreadableError("The notebook does not say which lesson it is.")
    if not isinstance(learner, str) or not _LEARNER.fullmatch(learner):
        problems.append("The learner's id was changed to what is no id; the file's name stands for it.")
        learner = ""
    cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    answers = _answers(cells, problems)
    missing = max(0, _question_count(cells) - len(answers))
    if missing:
        problems.append(f"Answer cells taken out: {missing}. Their questions count as not answered.")
    digest = visible(evidence)[:64] if isinstance(evidence, str) else ""
    return Submission(file, learner, lesson, digest, answers, missing, tuple(problems))


def _format_problems(notebook: Mapping[str, Any]) -> Iterator[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nbformat.validate(notebook)
    except (nbformat.ValidationError, RecursionError):
        yield "The file breaks the rules for notebooks; what can be read was marked."
    except (TypeError, ValueError, KeyError, AttributeError):
        # nbformat looks at cells before it checks that they are what it takes them for.
        yield "The file is damaged; what can be read was marked."


def _answers(cells: list[dict[str, Any]], problems: list[str]) -> dict[str, AnswerCell]:
    """What is answered to each item. Of two cells for one item the filled one counts; of two that
    differ, none.
    """
    by_item: dict[str, list[AnswerCell]] = {}
    nameless = 0
    for cell in cells:
        metadata = _mapping(cell.get("metadata"))
        review = _mapping(metadata.get("review"))
        tags = metadata.get("tags")
        item = review.get("item")
        # Whatever names an item is its answer, also where an editor made it a cell of another kind.
        if isinstance(item, str) and _ITEM.fullmatch(item):
            by_item.setdefault(item, []).append(_answer_cell(cell, review, item, problems))
        elif isinstance(tags, list) and TAG in tags:
            nameless += 1
    if nameless:
        problems.append(f"Answer cells that have lost their item: {nameless}. They are not marked.")
    return {item: _counted(item, copies, problems) for item, copies in by_item.items()}


def _question_count(cells: list[dict[str, Any]]) -> int:
    """How many questions the notebook says it has, at most as many as cells are read."""
    prompts = (_QUESTION.search(_text(cell)) for cell in cells if cell.get("cell_type") == "markdown")
    # A prompt can claim any number, and each missing question would count.
    return min(max((int(prompt[1]) for prompt in prompts if prompt), default=0), MOST_CELLS)


def _text(cell: Mapping[str, Any]) -> str:
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return visible(source.replace("\r\n", "\n")) if isinstance(source, str) else ""


def _answer_cell(
    cell: Mapping[str, Any], review: Mapping[str, Any], item: str, problems: list[str]
) -> AnswerCell:
    text = _text(cell)
    if len(text) > LONGEST_ANSWER:
        problems.append(f"{item}: the answer has {len(text):,} characters; {LONGEST_ANSWER:,} are read.")
        text = text[:LONGEST_ANSWER]
    choices = review.get("choices")
    listed = choices if isinstance(choices, list) else []
    return AnswerCell(text, tuple(choice for choice in listed if isinstance(choice, str)))


def _counted(item: str, copies: list[AnswerCell], problems: list[str]) -> AnswerCell:
    """The one of the cells of an item that counts, or an empty one."""
    if len(copies) == 1:
        return copies[0]
    filled = {" ".join(copy.text.split()): copy for copy in copies if not _EMPTY.fullmatch(copy.text)}
    if len(filled) > 1:
        problems.append(f"{item}: {len(copies)} cells answer it differently; none of them counts.")
        return AnswerCell("", copies[0].choices)
    problems.append(f"{item}: the cell is there {len(copies)} times; it counts once.")
    return next(iter(filled.values()), copies[0])


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
