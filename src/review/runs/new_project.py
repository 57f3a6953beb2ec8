"""A folder to begin with: notebooks, evidence with a sample page, and what to do next."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from review.runs.report_run import project_folder
from review.store.files.whole_folder import write_new_folder

DICTIONARY = "evidence/README.md"


def start_project(folder: Path) -> tuple[str, ...]:
    """Write a project into a new or empty folder, whole or not at all; gives the names of its files.

    Raises OutputError when the folder is not empty or cannot be written.
    """
    starter = files("review") / "starter"
    notebooks = project_folder() / "notebooks"
    contents = {
        **dict(_below(starter)),
        **{f"notebooks/{name}": content for name, content in _notebooks(notebooks)},
        DICTIONARY: _dictionary(),
    }
    write_new_folder(folder, contents)
    return tuple(sorted(contents))


def _below(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{above}{entry.name}"
        if entry.is_dir():
            yield from _below(entry, f"{name}/")
        else:
            yield name, entry.read_bytes()


def _notebooks(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every notebook but those that were run or left behind by an editor."""
    for path in sorted(folder.rglob("*.ipynb")):
        if ".ipynb_checkpoints" not in path.parts:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _dictionary() -> bytes:
    """What every file and column of an evidence folder is; a wheel holds it with the starter."""
    packaged = Path(str(files("review"))) / "starter" / DICTIONARY
    path = packaged if packaged.is_file() else project_folder() / DICTIONARY
    return path.read_bytes()
