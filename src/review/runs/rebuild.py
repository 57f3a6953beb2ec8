"""A report made anew from the evidence, so that it can be held against the one that is to be signed.

A report is the same to the byte for the same evidence, parameters and versions. So a file that says
something else than the evidence is another file, whatever the manifest beside it says.
"""

import ast
import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, JsonValue

from review.model.errors import InFile, InParameter, InputError, ParameterError, Problem
from review.model.records import Evidence
from review.model.version import __version__
from review.report.citations import is_own_file
from review.report.folder import MANIFEST
from review.report.seal.report_files import Rebuilt, read_json
from review.runs.made_of import package_versions
from review.runs.parameters import RunParameters, check_selection, run_parameters
from review.runs.report_run import EXECUTED, run_report
from review.store.snapshot import read_evidence
from review.workbench import open_review

OWN_FILES = ("citation_style", "word_template")
"""The parameters that may name a file of one's own, which no report holds."""


class _Manifest(BaseModel):
    evidence_review: str
    packages: dict[str, str]
    parameters: dict[str, JsonValue]
    evidence_digest: str
    inputs: dict[str, str]
    outputs: dict[str, str]


class _Metadata(BaseModel):
    tags: list[str] = []


class _Cell(BaseModel):
    metadata: _Metadata
    source: str | list[str]


class _Notebook(BaseModel):
    cells: list[_Cell]


def rebuilt(folder: Path, evidence: Sequence[Path], given: Mapping[str, str], cwd: Path) -> Rebuilt:
    """The report in `folder` made anew from the evidence folders, with the parameters that it names.

    `given` are the files of one's own that it was made with, by parameter. Raises InputError where the
    folder holds no report, or the evidence is not the one that its manifest names; ParameterError where
    its parameters are none of a report, or a file of one's own is missing; and what `read_evidence` and
    `run_report` raise.
    """
    manifest = read_json(folder / MANIFEST, _Manifest, "this is no manifest of a report")
    read = read_evidence(evidence)
    if problems := list(_evidence_problems(manifest, read)):
        raise InputError(problems)
    with tempfile.TemporaryDirectory(prefix="review-rebuild-") as made:
        if EXECUTED in manifest.outputs:
            own = _with_own_files(_run_with(folder / EXECUTED), given)
            out = _name(own.pop("out", ""))
            target = run_report(list(own.items()), evidence, Path(made) / out, cwd)
        else:
            target = Path(made) / "report"
            own = _with_own_files(manifest.parameters, given)
            parameters = run_parameters(own.items(), tuple(RunParameters.model_fields))
            check_selection(parameters, read)
            _save(parameters, evidence, target)
        digests = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(target.iterdir())
        }
    return Rebuilt(read.digest, digests, _otherwise(manifest))


def _evidence_problems(manifest: _Manifest, read: Evidence) -> Iterator[Problem]:
    """Which files of the evidence are not those that the report was made from."""
    if manifest.evidence_digest == read.digest:
        return
    remedy = "Name the folders that the report was made from, as they were then."
    labels = {name.partition("/")[0] for name in read.files}
    differing = [
        name
        for name in sorted({*manifest.inputs, *read.files})
        if manifest.inputs.get(name) != read.files.get(name) and name.partition("/")[0] in labels
    ]
    for name in differing:
        yield InFile(name).problem("it is not the file that the report was made from", remedy=remedy)
    if not differing:
        fault = "it names other evidence than these folders hold"
        yield InFile(MANIFEST).problem(fault, remedy=remedy)


def _run_with(notebook: Path) -> dict[str, Any]:
    """The parameters that a notebook was run with, as they stand in it: literals, and never run."""
    fault = "it does not say with which parameters it was run"
    cells = read_json(notebook, _Notebook, fault).cells
    sources = ["".join(c.source) for c in cells if "injected-parameters" in c.metadata.tags]
    try:
        statements = ast.parse("\n".join(sources)).body
        parameters = {
            target.id: ast.literal_eval(statement.value)
            for statement in statements
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name)
        }
    except (SyntaxError, ValueError, RecursionError):
        parameters = {}
    if not parameters:
        raise InputError.at(InFile(notebook.name), fault, remedy="Make the report anew.")
    return parameters


def _name(out: object) -> str:
    """The name of the folder that a report was written to: it stands in its notebook."""
    name = PurePosixPath(str(out)).name
    return "report" if name in ("", "..") else name


def _with_own_files(parameters: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """The parameters with the files of one's own, which stand in a report by name only."""
    kept = {name: value for name, value in parameters.items() if name != "evidence"}
    problems = [
        InParameter(name).problem(
            f"the report was made with {kept[name]!r}", remedy=f"Give that file: -p {name} FILE."
        )
        for name in OWN_FILES
        if name not in given and _is_own(name, str(kept.get(name, "")))
    ]
    if problems:
        raise ParameterError(problems)
    return {**kept, **given}


def _is_own(name: str, value: str) -> bool:
    style = value.partition(", SHA-256 ")[0]
    return bool(value) and (name != "citation_style" or is_own_file(style))


def _save(parameters: RunParameters, evidence: Sequence[Path], target: Path) -> None:
    """The report as `Review.report().save()` writes it, without a notebook."""
    day = parameters.as_of.isoformat() if parameters.as_of else None
    review = open_review(evidence, day).select(
        parameters.pages,
        parameters.topics,
        parameters.categories,
        jurisdictions=parameters.jurisdictions,
    )
    review.graded_with(parameters.start_rule, parameters.upgrading, parameters.information_size).report(
        parameters.audience,
        parameters.framework,
        parameters.reviewer,
        parameters.organisation,
        parameters.citation_style,
        parameters.word_template,
        parameters.suggest_edits,
        parameters.ro_crate,
    ).save(str(target))


def _otherwise(manifest: _Manifest) -> str:
    """In what the program that made a report differs from this one; empty when in nothing."""
    ours = {**package_versions(), "evidence_review": __version__}
    theirs = {**manifest.packages, "evidence_review": manifest.evidence_review}
    others = [
        f"{name} {theirs[name]} there and {ours.get(name, 'missing')} here"
        for name in sorted(theirs)
        if theirs[name] != ours.get(name)
    ]
    return f"Versions differ and may be why: {', '.join(others)}." if others else ""
