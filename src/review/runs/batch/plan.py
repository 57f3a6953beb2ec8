"""What a batch is to do: every run checked, the evidence read once, and all it depends on digested."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from review.grading import ocebm, sort
from review.grading.grade import METHOD, METHOD_VERSION
from review.model.days import last_day
from review.model.digest import digest_of
from review.model.errors import InFile, InParameter, ParameterError, ReviewError
from review.model.records import Evidence
from review.runs.batch.rows import RunRow
from review.runs.execute import declared_parameters
from review.runs.made_of import package_versions
from review.runs.parameters import RunParameters, check_selection, run_parameters
from review.runs.report_run import check_word_template, own_files
from review.store.code import code_digest, file_digest
from review.store.layout import BIBLIOGRAPHY
from review.store.snapshot import read_evidence

FORMAT = 1
"""The form of the files that a batch keeps; those of another form are not trusted."""
_SET_BY_BATCH = "out"


@dataclass(frozen=True, slots=True)
class BatchRun:
    """One run of a batch: its parameters, and everything that its report depends on."""

    name: str
    parameters: RunParameters
    notebook: Path
    made_from: dict[str, Any]

    @property
    def key(self) -> str:
        """The digest of all that the report depends on: another key, another report."""
        return digest_of(self.made_from)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The evidence folders."""
        return tuple(Path(folder) for folder in self.parameters.evidence)


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """The runs of a batch and the evidence that they stand on, as it was when it was read."""

    notebook: Path
    runs: tuple[BatchRun, ...]
    evidence: dict[tuple[Path, ...], Evidence]
    seen: str

    def evidence_changed(self) -> bool:
        """Whether the evidence folders hold other files by now."""
        return _seen(self.evidence) != self.seen


def make_plan(rows: Sequence[RunRow], source: str, folders: Sequence[Path], notebook: Path) -> BatchPlan:
    """The plan of `rows`, which stand in the file `source`; `folders` where a row names no evidence.

    Raises ParameterError, InputError or EvidenceError with all problems of all rows.
    """
    errors: list[ReviewError] = []
    declared = declared_parameters(notebook)
    checked = [(row, _parameters(row, source, folders, declared, errors)) for row in rows]
    good = [(row, parameters) for row, parameters in checked if parameters is not None]
    sets = dict.fromkeys(tuple(Path(f) for f in parameters.evidence) for _, parameters in good)
    # Before the evidence is read, so that no change meanwhile goes unseen.
    seen = _seen(sets)
    evidence: dict[tuple[Path, ...], Evidence] = {}
    for folder_set in sets:
        try:
            evidence[folder_set] = read_evidence(folder_set)
        except ReviewError as error:
            errors.append(error)
    common = _common(notebook)
    runs = []
    for row, parameters in good:
        read = evidence.get(tuple(Path(folder) for folder in parameters.evidence))
        if read is not None and _fits(row, parameters, read, source, errors):
            runs.append(BatchRun(row.name, parameters, notebook, _made_from(parameters, read, common)))
    if errors:
        raise type(errors[0])([problem for error in errors for problem in error.problems])
    return BatchPlan(notebook, tuple(runs), evidence, seen)


def _parameters(
    row: RunRow, source: str, folders: Sequence[Path], declared: Sequence[str], errors: list[ReviewError]
) -> RunParameters | None:
    given = {"evidence": [str(folder) for folder in folders], **row.given}
    if _SET_BY_BATCH in given:
        place = InFile(source, row.line, str(InParameter(_SET_BY_BATCH)))
        errors.append(ParameterError.at(place, "the batch sets it", remedy="Leave it out."))
        del given[_SET_BY_BATCH]
    try:
        parameters = run_parameters(given.items(), declared)
    except ParameterError as error:
        errors.append(_in_row(error, row, source))
        return None
    absolute = [str(Path(folder).absolute()) for folder in parameters.evidence]
    return parameters.model_copy(update={"evidence": absolute})


def _fits(
    row: RunRow, parameters: RunParameters, evidence: Evidence, source: str, errors: list[ReviewError]
) -> bool:
    """Whether the pages and files that a run names are there, and the day that it stands on."""
    before = len(errors)
    checks: tuple[Callable[[], object], ...] = (
        lambda: check_selection(parameters, evidence),
        lambda: parameters.as_of or last_day(evidence),
        lambda: check_word_template(parameters),
    )
    for check in checks:
        try:
            check()
        except ReviewError as error:
            errors.append(_in_row(error, row, source))
    return len(errors) == before


def _in_row(error: ReviewError, row: RunRow, source: str) -> ReviewError:
    """The same problems, told at the row of the run."""
    return type(error)(
        [replace(p, place=InFile(source, row.line, f"{row.name}: {p.place}")) for p in error.problems]
    )


def _common(notebook: Path) -> dict[str, Any]:
    """What all runs depend on."""
    return {
        "format": FORMAT,
        "code": code_digest(),
        "notebook": file_digest(notebook),
        "packages": package_versions(),
        "rules": [
            f"{METHOD}, {METHOD_VERSION}",
            f"{ocebm.METHOD} {ocebm.METHOD_VERSION}",
            f"{sort.METHOD} {sort.METHOD_VERSION}",
        ],
    }


def _made_from(parameters: RunParameters, evidence: Evidence, common: dict[str, Any]) -> dict[str, Any]:
    files = own_files(parameters)
    literals = parameters.literals()
    del literals[_SET_BY_BATCH]
    named = {
        **literals,
        **{name: path.name for name, path in files.items()},
        "evidence": [Path(folder).name for folder in parameters.evidence],
    }
    digests = {name: file_digest(path) for name, path in files.items()}
    return {**common, "parameters": named, "evidence": evidence.digest, "files": digests}


def _seen(sets: Sequence[tuple[Path, ...]] | dict[tuple[Path, ...], Any]) -> str:
    folders = sorted({folder for folder_set in sets for folder in folder_set})
    return digest_of({str(p): file_digest(p) for folder in folders for p in _files_of(folder)})


def _files_of(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())
    yield folder.resolve().parent / BIBLIOGRAPHY
