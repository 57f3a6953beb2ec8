"""One report run: parameters and evidence checked, the notebook run, the folder written whole."""

import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from review.model.days import last_day
from review.model.errors import InFile, InputError, ReviewError, RunError
from review.report.citations import is_own_file
from review.report.folder import MANIFEST, check_target, with_notebook, with_outputs, write_folder
from review.report.formats.exports import CRATE, with_files
from review.runs.execute import (
    Limits,
    declared_parameters,
    hide_paths,
    notebook_text,
    run_notebook,
)
from review.runs.parameters import RunParameters, check_selection, run_parameters
from review.store.snapshot import read_evidence

NOTEBOOK = Path("notebooks") / "4-report.ipynb"
EXECUTED = "4-report.ipynb"


def project_folder() -> Path:
    """The folder with the notebooks that came with this code: the package, or the checkout around it.

    Never one that is found from the working folder, for notebooks are code, and files of strangers lie
    there. Raises InputError when there is none.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package, package.parents[1]):
        if (folder / NOTEBOOK).is_file():
            return folder
    fault = f"{NOTEBOOK.as_posix()} did not come with this package"
    raise InputError.at(InFile(package.as_posix()), fault, remedy="Install the package again.")


def report_notebook(own: Path | None) -> Path:
    """The notebook that makes a report: that of this package, or one's `own`, which is then trusted."""
    return own.absolute() if own else project_folder() / NOTEBOOK


def run_report(
    given: Iterable[tuple[str, str]],
    evidence: Sequence[Path],
    out: Path,
    cwd: Path,
    own_notebook: Path | None = None,
) -> Path:
    """Run the report notebook, or one's own, and write its folder; gives the folder.

    Everything is checked before a kernel starts. Raises ParameterError, InputError, EvidenceError or
    OutputError with all problems of the run, and then nothing is written; RunError when the notebook
    fails.
    """
    notebook = report_notebook(own_notebook)
    parameters, target = _checked(list(given), notebook, evidence, out, cwd)
    write_report(notebook, parameters, target, target.with_name(f"{target.name}-failed.ipynb"))
    return target


def write_report(
    notebook: Path,
    parameters: RunParameters,
    target: Path,
    partial: Path,
    progress: bool = True,
    forked: Limits | None = None,
    own: Collection[str] = (),
) -> None:
    """Run the report notebook with checked parameters and write the folder `target`.

    Of what stands there, the files whose names are `own` are replaced even where they have changed.
    Raises RunError when the notebook fails, and what ran until then is at `partial`; OutputError when
    the folder cannot be written.
    """
    check_target(target, own)
    source = notebook.read_bytes()
    with tempfile.TemporaryDirectory(prefix="review-report-") as folder:
        made = Path(folder) / "report"
        literals = {**parameters.literals(), "out": str(made)}
        node = run_notebook(
            notebook, literals, notebook.parent, partial, progress=progress, forked=forked
        )
        if not (made / MANIFEST).is_file():
            fault = "the notebook ended without a report"
            remedy = "Look for a cell that ends it early."
            raise RunError.at(InFile(notebook.as_posix()), fault, remedy=remedy)
        names = {str(made): target.name, **own_paths(parameters)}
        contents = {path.name: path.read_bytes() for path in sorted(made.iterdir())}
    contents[EXECUTED] = notebook_text(hide_paths(node, names)).encode()
    named = with_notebook(contents[MANIFEST], EXECUTED, source, contents[EXECUTED])
    contents[MANIFEST] = with_outputs(named, contents)
    if CRATE in contents:
        added = {name: contents[name] for name in (EXECUTED, MANIFEST)}
        contents[CRATE] = with_files(contents[CRATE].decode(), added).encode()
    write_folder(target, contents, own)


def own_files(parameters: RunParameters) -> dict[str, Path]:
    """The files that the parameters name, by parameter."""
    files = {}
    if parameters.word_template:
        files["word_template"] = Path(parameters.word_template)
    if is_own_file(parameters.citation_style):
        files["citation_style"] = Path(parameters.citation_style)
    return files


def own_paths(parameters: RunParameters) -> dict[str, str]:
    """The paths that the parameters name, each with the name to show instead."""
    paths = [*own_files(parameters).values(), *(Path(folder) for folder in parameters.evidence)]
    return {str(path): path.name for path in paths}


def check_word_template(parameters: RunParameters) -> None:
    """Raises InputError when the parameters name a Word template that cannot be used."""
    if parameters.word_template:
        # Loads every format; most runs are checked, and many found unchanged, without it.
        from review.report.formats.files import word_template

        word_template(Path(parameters.word_template))


def _checked(
    given: list[tuple[str, str]], notebook: Path, evidence: Sequence[Path], out: Path, cwd: Path
) -> tuple[RunParameters, Path]:
    """The parameters and the target of a run, after every check of the run has been made.

    Raises the error of the first check that failed, with the problems of all of them.
    """
    folders = [str(folder.absolute()) for folder in evidence]
    # With these the later checks go on where the parameters themselves cannot be read.
    parameters = RunParameters()
    errors: list[ReviewError] = []
    with _collecting(errors):
        parameters = run_parameters([*given, ("evidence", folders)], declared_parameters(notebook))
    target = cwd / (parameters.out or out)
    with _collecting(errors):
        check_target(target)
    with _collecting(errors):
        check_word_template(parameters)
    with _collecting(errors):
        read = read_evidence(evidence)
        check_selection(parameters, read)
        if not parameters.as_of:
            last_day(read)
    if errors:
        raise type(errors[0])([problem for error in errors for problem in error.problems])
    return parameters, target


@contextmanager
def _collecting(errors: list[ReviewError]) -> Iterator[None]:
    """Keep what a check has to say and go on to the next one."""
    try:
        yield
    except ReviewError as error:
        errors.append(error)
