"""The committed outputs of the notebooks, written by the machine and never by hand."""

from collections.abc import Iterator
from pathlib import Path

from review.runs.execute import notebook_text, run_notebook


def refresh_notebooks(project: Path) -> Iterator[tuple[Path, bool]]:
    """Run every notebook below `project`/notebooks and store it; gives each with whether it changed.

    Raises RunError when one fails; it is then left as it was.
    """
    for path in sorted((project / "notebooks").rglob("[0-9a-z]*.ipynb")):
        before = path.read_bytes()
        after = notebook_text(run_notebook(path, {}, path.parent)).encode()
        if after != before:
            path.write_bytes(after)
        yield path, after != before
