"""Notebooks run by papermill: parameters checked first, outputs the same every time, failures told."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets import Unicode

from review.model.errors import InFile, InPart, InputError, Problem, RunError
from review.runs import fork_engine
from review.runs.fork_engine import RunMemoryError, RunTimeoutError
from review.runs.fork_manager import local_sockets
from review.store import children
from review.store.files.whole_file import lock_beside, locked, write_whole

CELL_TIMEOUT = 600
"""Seconds after which a cell counts as hanging."""

KEPT = ("tags", "jupyter")
"""What is kept of a cell's metadata: its tags, and whether JupyterLab shows its source."""

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

_KERNEL_LOG = "kernel.log"
_NO_FOLDER = "--InteractiveShellApp.ignore_cwd=True"
"""Keeps the folder of the notebook out of a kernel's search path, where IPython puts it."""
_BAR = {"desc": "Starting", "bar_format": "{desc} |{bar:24}| {n}/{total} cells"}
_FAILURES = (PapermillExecutionError, DeadKernelError, CellTimeoutError, RunMemoryError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run in a copy of this process may take: seconds, and megabytes beyond what is loaded."""

    seconds: float | None = None
    megabytes: int | None = None


NO_LIMITS = Limits()


def declared_parameters(notebook: Path) -> tuple[str, ...]:
    """The names in the cell tagged `parameters`.

    Raises InputError when the notebook cannot be read or has no such cell: papermill only warns, and
    would run with the defaults.
    """
    node = read_notebook(notebook)
    if not any("parameters" in cell.metadata.get("tags", []) for cell in node.cells):
        fault = "the notebook has no cell tagged parameters"
        raise InputError.at(InFile(notebook.as_posix()), fault, remedy="Tag the cell of its parameters.")
    return tuple(papermill.inspect_notebook(str(notebook)))


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in a file. Raises InputError when there is none or it is not one."""
    try:
        node: NotebookNode = nbformat.read(path, as_version=4)
        return node
    except FileNotFoundError:
        fault, remedy = "there is no such notebook", "Correct the path."
    # nbformat meets an AttributeError in JSON that is no object.
    except (OSError, nbformat.reader.NotJSONError, nbformat.ValidationError, AttributeError):
        fault, remedy = "this is not a readable notebook", "Restore the file."
    raise InputError.at(InFile(path.as_posix()), fault, remedy=remedy)


def run_notebook(
    notebook: Path,
    parameters: Mapping[str, Any],
    cwd: Path,
    partial: Path | None = None,
    progress: bool = True,
    forked: Limits | None = None,
) -> NotebookNode:
    """The executed notebook, cleaned; a progress bar on stderr names the step that runs.

    It runs in a kernel, or, with `forked`, in a copy of this process and under these limits.
    When a cell fails, hangs or kills its kernel, what ran until then is kept at `partial`, if given,
    and RunError tells the cell and the cause.
    """
    read_notebook(notebook)
    with (
        tempfile.TemporaryDirectory(prefix="review-run-") as folder,
        _passed_on(Path(folder) / _KERNEL_LOG),
    ):
        output = Path(folder) / notebook.name
        try:
            with children.isolated():
                executed = papermill.execute_notebook(
                    str(notebook),
                    str(output),
                    parameters=dict(parameters),
                    cwd=str(cwd),
                    progress_bar=_BAR if progress else False,
                    kernel_name="python3",
                    execution_timeout=CELL_TIMEOUT,
                    autosave_cell_every=0,
                    **_engine(forked, folder),
                )
        except _FAILURES as error:
            raise RunError([_failure(error, notebook, _kept(output, partial))]) from None
    return cleaned(executed)


class QuietKernelManager(AsyncKernelManager):
    """Starts a kernel whose own words, beside what its cells print, go to a file."""

    log_file = Unicode(help="The file.").tag(config=True)

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start the kernel, with `kwargs` for its process."""
        with open(self.log_file, "ab") as file:
            await super().start_kernel(stderr=file, **kwargs)


@contextmanager
def _passed_on(log: Path) -> Iterator[None]:
    """Print what a kernel wrote to `log` when it has ended; of one that was stopped it is no news."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        log.unlink(missing_ok=True)
        raise
    finally:
        if log.exists():
            sys.stderr.write(log.read_text("utf-8", "replace"))


def _engine(forked: Limits | None, folder: str) -> dict[str, Any]:
    if forked is None:
        config = local_sockets(folder)
        config.QuietKernelManager.log_file = f"{folder}/{_KERNEL_LOG}"
        # In the folder, so that it goes with it also where the start of the kernel breaks off.
        config.QuietKernelManager.connection_file = f"{folder}/kernel.json"
        return {
            "config": config,
            "kernel_manager_class": QuietKernelManager,
            "extra_arguments": [_NO_FOLDER],
        }
    fork_engine.register()
    limits = {"time_limit": forked.seconds, "memory_limit": forked.megabytes}
    return {"engine_name": fork_engine.NAME, "extra_arguments": [_NO_FOLDER], **limits}


def _failure(error: Exception, notebook: Path, kept: str) -> Problem:
    cell = getattr(error, "cell" if isinstance(error, RunMemoryError) else "exec_count", None)
    name = notebook.as_posix()
    place = InFile(name) if cell is None else InPart("cell", cell, name)
    return place.problem(_fault(error), remedy=kept)


def _fault(error: Exception) -> str:
    if isinstance(error, PapermillExecutionError):
        return f"{error.ename}: {error.evalue}".strip(" .")
    if isinstance(error, CellTimeoutError) and not isinstance(error, RunTimeoutError):
        return f"a cell ran for more than {CELL_TIMEOUT} seconds"
    return str(error).replace("Kernel", "the kernel")


def _kept(output: Path, partial: Path | None) -> str:
    if partial is None or not output.exists():
        return "Run the notebook in JupyterLab to see where."
    partial.parent.mkdir(parents=True, exist_ok=True)
    content = notebook_text(cleaned(nbformat.read(output, as_version=4))).encode()
    with locked(lock_beside(partial)):
        write_whole(partial, content)
    return f"What ran until then is kept in {partial.as_posix()}."


def cleaned(node: NotebookNode) -> NotebookNode:
    """The notebook without times, versions and chance: only what its cells say and gave.

    Execution counts and outputs stay as they are, for nbval compares them; only the view of a widget,
    a random id that no later kernel knows, gives way to the text beside it.
    """
    node.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    for number, cell in enumerate(node.cells):
        kept = {key: cell.metadata[key] for key in KEPT if cell.metadata.get(key)}
        cell.metadata = NotebookNode(kept)
        # nbformat draws ids at random.
        cell.id = f"cell-{number:02d}"
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
    return node


def hide_paths(node: NotebookNode, replacements: Mapping[str, str]) -> NotebookNode:
    """The notebook with some paths in its sources replaced, longest first."""
    for cell in node.cells:
        for path in sorted(replacements, key=len, reverse=True):
            cell.source = cell.source.replace(path, replacements[path])
    return node


def notebook_text(node: NotebookNode) -> str:
    """The notebook as the text of a file, ending with one line feed."""
    return str(nbformat.writes(node, version=nbformat.NO_CONVERT)).rstrip("\n") + "\n"
