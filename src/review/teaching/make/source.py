"""The notebook of a lesson as its author wrote it: run on the evidence, and split at the exercise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from nbformat import NotebookNode

from review.model.errors import InFile, InputError
from review.runs.execute import NO_LIMITS, hide_paths, read_notebook, run_notebook

FOLDER = Path("notebooks") / "teaching"
INSTRUCTOR = "instructor"
"""The tag of cells that only the teacher gets."""
EXERCISE = "exercise"
"""The tag of the one Markdown cell after which the items stand."""
PARAMETERS = ("parameters", "injected-parameters")


@dataclass(frozen=True, slots=True)
class LessonSource:
    """The executed notebook of a lesson: the cells up to the exercise, and those after it."""

    name: str
    before: tuple[NotebookNode, ...]
    after: tuple[NotebookNode, ...]

    def for_learners(self) -> tuple[tuple[NotebookNode, ...], tuple[NotebookNode, ...]]:
        """The cells that everybody may see, before and after the items."""
        return tuple(filter(_is_for_all, self.before)), tuple(filter(_is_for_all, self.after))

    def text_for_learners(self) -> str:
        """All that these cells hold, code and outputs as well, on one line."""
        before, after = self.for_learners()
        return " ".join(word for cell in (*before, *after) for word in " ".join(_texts(cell)).split())


def _texts(cell: NotebookNode) -> Iterator[str]:
    yield cell.source
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        yield from (output.get("text", ""), data.get("text/plain", ""), data.get("text/markdown", ""))
        if fragment := data.get("text/html", "").strip():
            yield html.fromstring(fragment).text_content()


def tags(cell: NotebookNode) -> tuple[str, ...]:
    """The tags of a cell."""
    return tuple(cell.metadata.get("tags", ()))


def _is_for_all(cell: NotebookNode) -> bool:
    return not {INSTRUCTOR, *PARAMETERS} & {*tags(cell)}


def lesson_notebook(project: Path, lesson: int) -> Path:
    """The notebook of a lesson in a checkout. Raises InputError unless there is exactly one."""
    pattern = f"lesson-{lesson}-*.ipynb"
    notebooks = sorted((project / FOLDER).glob(pattern))
    if len(notebooks) == 1:
        return notebooks[0]
    fault = f"there are {len(notebooks)} notebooks {pattern}, where one is needed"
    place = InFile((project / FOLDER).as_posix())
    raise InputError.at(place, fault, remedy="Restore the notebook of the lesson.")


def read_source(notebook: Path, evidence: Sequence[Path]) -> LessonSource:
    """The lesson in `notebook`, run on the evidence in these folders.

    Raises InputError where no single Markdown cell marks the exercise, RunError when a cell fails.
    """
    # Looked at as it is stored first: a lesson without its exercise is not worth a run.
    as_stored(notebook)
    folders = {str(folder.absolute()): folder.name for folder in evidence}
    node = run_notebook(
        notebook, {"evidence": list(folders)}, notebook.parent, progress=False, forked=NO_LIMITS
    )
    # Learners get the outputs, and must not find the folders of this machine in them.
    return _split(notebook.name, hide_paths(node, folders).cells)


def as_stored(notebook: Path) -> LessonSource:
    """The lesson in `notebook` with the outputs that are stored in it; nothing is run.

    Raises InputError where no single Markdown cell marks the exercise.
    """
    cells = read_notebook(notebook).cells
    marked = [cell for cell in cells if EXERCISE in tags(cell)]
    if len(marked) != 1 or marked[0].cell_type != "markdown":
        fault = f"there is not exactly one Markdown cell tagged {EXERCISE}"
        remedy = "Tag the cell after which the items go."
        raise InputError.at(InFile(notebook.as_posix()), fault, remedy=remedy)
    return _split(notebook.name, cells)


def _split(name: str, cells: Sequence[NotebookNode]) -> LessonSource:
    at = next(n for n, cell in enumerate(cells) if EXERCISE in tags(cell)) + 1
    return LessonSource(name, tuple(cells[:at]), tuple(cells[at:]))
