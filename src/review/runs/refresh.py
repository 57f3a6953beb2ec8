"""The committed outputs of the notebooks, written by the machine and never by hand."""

from collections.abc import Iterator
from pathlib import Path

from review.runs.execute import notebook_text, run_notebook
from review.store.files.whole_file import write_whole


def notebooks(project: Path) -> list[Path]:
    """The notebooks of the project; hidden folders hold an editor's copies."""
    folder = project / "notebooks"
    hidden = [path for path in folder.rglob(".*") if path.is_dir()]
    paths = [path for path in folder.rglob("*.ipynb") if not set(path.parents) & set(hidden)]
    return sorted(paths)


def refresh_notebooks(project: Path) -> Iterator[tuple[Path, bool]]:
    """Run every notebook below `project`/notebooks and store it; gives each with whether it changed.

    Raises RunError when one fails; it is then left as it was.
    """
    for path in notebooks(project):
        before = path.read_bytes()
        after = notebook_text(run_notebook(path, {}, path.parent)).encode()
        if after != before:
            write_whole(path, after)
        yield path, after != before
