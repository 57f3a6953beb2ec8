"""papermill's own tests and the notebooks of nbclient's, on papermill's own engine and on `review-fork`.

`python -m benchmarks.batch suites` gets their sources from PyPI, of the versions that are installed, and
prints how many give the same; what is not the same is named.
"""

import os
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import papermill

from benchmarks.batch_engines import OURS, PROJECT, THEIRS, but_for_marks, shown
from review.runs import fork_engine

SOURCES = ("papermill", "nbclient")
LEFT_OUT = ("s3", "gcs", "adl", "abs", "hdfs")
"""The tests of papermill that ask for accounts of other services."""
OF_CHANCE = {"Sleep1s": "it prints the time"}
"""What differs from one run to the next on the same engine, and why."""
SWITCH = """
from papermill.engines import papermill_engines
from review.runs.fork_engine import ForkEngine
for name in (None, "nbclient"):
    papermill_engines.register(name, ForkEngine)
"""
"""A plugin for pytest that puts our engine in the place of papermill's."""


def fetch_sources(folder: Path) -> str:
    """Unpack the sources of papermill and nbclient, of the versions installed; why not, if not."""
    wanted = [f"{name}=={version(name)}" for name in SOURCES]
    options = ("--no-deps", "--no-binary", ":all:", "--retries", "0", "--timeout", "10")
    command = [sys.executable, "-P", "-m", "pip", "download", *options, "--dest", folder, *wanted]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        *_, reason = done.stderr.strip().splitlines() or ["pip gave no reason"]
        return f"the sources of {' and '.join(wanted)} cannot be got: {reason}"
    for path in folder.glob("*.tar.gz"):
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
    return ""


def suite_of_papermill(engine: str, folder: Path) -> dict[str, str]:
    """What became of each of papermill's own tests with an engine."""
    source = next(folder.glob("papermill-*/papermill")).parent
    (folder / "switch_engine.py").write_text(SWITCH, "utf-8")
    path = os.pathsep.join([str(source), str(PROJECT / "src"), str(folder)])
    options = ["-p", "switch_engine"] if engine == OURS else []
    left_out = [f"--ignore=papermill/tests/test_{name}.py" for name in LEFT_OUT]
    report = folder / f"{engine}.xml"
    subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "papermill/tests", "-c", os.devnull, "--rootdir", ".",
         "-p", "no:cacheprovider", "-n", "2", f"--junitxml={report}", *left_out, *options],
        cwd=source, env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False,
    )  # fmt: skip
    cases = ElementTree.parse(report).iter("testcase")
    return {f"{case.get('classname')}.{case.get('name')}": _outcome(case) for case in cases}


def _outcome(case: Any) -> str:
    kinds = {child.tag for child in case} & {"failure", "error", "skipped"}
    return kinds.pop() if kinds else "passed"


def notebooks_of_nbclient(engine: str, folder: Path) -> dict[str, object]:
    """What each notebook of nbclient's tests shows with an engine."""
    found: dict[str, object] = {}
    for path in sorted(folder.glob("nbclient-*/tests/files/*.ipynb")):
        out = folder / f"{engine}.ipynb"
        out.unlink(missing_ok=True)
        error = ""
        try:
            papermill.execute_notebook(
                str(path), str(out), engine_name=engine, progress_bar=False, kernel_name="python3",
                cwd=str(path.parent), execution_timeout=20,
            )  # fmt: skip
        except Exception as raised:  # noqa: BLE001 - as in `run`
            error = type(raised).__name__
        found[path.stem] = (shown(nbformat.read(out, as_version=4), folder), error)
    return found


def compare_suites(folder: Path) -> list[str]:
    """Print how many of each suite pass on both engines; gives what differs."""
    fork_engine.register()
    differing = []
    for name, suite in (
        ("papermill's tests", suite_of_papermill),
        ("nbclient's notebooks", notebooks_of_nbclient),
    ):
        theirs, ours = suite(THEIRS, folder), suite(OURS, folder)
        names = theirs.keys() | ours.keys()
        other = sorted(key for key in names if theirs.get(key) != ours.get(key))
        marked = [key for key in other if but_for_marks(theirs.get(key)) == but_for_marks(ours.get(key))]
        failed = sorted(key for key, outcome in theirs.items() if outcome in ("failure", "error"))
        print(f"{name}: {len(names) - len(other)} of {len(names)} the same on both engines")
        print(f"  failing with papermill's own engine: {', '.join(failed) or 'none'}")
        print(f"  the same but for marks of cells that were ended: {', '.join(marked) or 'none'}")
        print(f"  different: {', '.join(sorted({*other} - {*marked})) or 'none'}")
        differing += sorted({*other} - {*marked} - {*OF_CHANCE})
    return differing
