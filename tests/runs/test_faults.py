"""A batch on a disk that is full, or that takes nothing: what is said, and what is left."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from sample_notebooks import KERNEL

REPORT = Path(__file__).resolve().parents[2] / "notebooks" / "4-report.ipynb"
LARGE_REPORT = """import json, pathlib
from review.store.snapshot import read_evidence
folder = pathlib.Path(out)
folder.mkdir()
digest = read_evidence([pathlib.Path(p) for p in evidence]).digest
report = {"as_of": "2026-11-21", "claims": [], "shows_verdicts": True}
(folder / "report.json").write_text(json.dumps(report))
(folder / "report.html").write_text("x" * 400_000)
made = {"evidence_digest": digest, "inputs": {}, "outputs": {}}
(folder / "manifest.json").write_text(json.dumps(made))"""

ON_A_SMALL_DISK = """
mount -t tmpfs -o size=2m none out
"$@"; echo "ended with $?"
find out -name report.html -size -400000c -o -name '*.new' | sed 's/^/broken: /'
mount -o remount,size=20m out
"$@" --resume; echo "ended with $?"
cp -r out resumed
"""
READ_ONLY = 'mount -t tmpfs -o ro none out; "$@"; echo "ended with $?"'


def may_mount():
    """Whether this system lets a process have a disk of its own."""
    if shutil.which("unshare") is None:
        return False
    trial = ("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
    return subprocess.run(trial, capture_output=True).returncode == 0


@pytest.fixture
def project_copy(tmp_path):
    """A project whose report is large and quickly made, asked for six times."""
    if not may_mount():
        if os.environ.get("CI"):
            pytest.fail("no disk can be mounted here, and so none can be filled")
        pytest.skip("no disk can be mounted here: a full disk is not tried")
    copy = tmp_path / "project"
    (copy / "notebooks").mkdir(parents=True)
    (copy / "out").mkdir()
    node = nbformat.read(REPORT, as_version=4)
    node.cells = [cell for cell in node.cells if "parameters" in cell.metadata.get("tags", [])]
    node.cells.append(nbformat.v4.new_code_cell(LARGE_REPORT))
    node.metadata.kernelspec = KERNEL
    nbformat.write(node, copy / "notebooks" / REPORT.name)
    (copy / "runs.csv").write_text("run\na\nb\nc\nd\ne\nf\n", "utf-8")
    return copy


OWN = ("--notebook", f"notebooks/{REPORT.name}")


def batch_on(script, project_copy, folder):
    """What is said when a batch is run by a script, on disks that nobody else sees."""
    command = ("review", "batch", "runs.csv", "--out", "out", "--evidence", str(folder), *OWN)
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", sys.executable, "-P", "-m", *command],
        cwd=project_copy, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


def test_a_full_disk_costs_only_what_does_not_fit(project_copy, folder):
    said, problems = batch_on(ON_A_SMALL_DISK, project_copy, folder)
    assert re.findall("ended with .*", said) == ["ended with 7", "ended with 0"]
    assert "broken: " not in said
    assert "run a" not in problems
    assert re.search("run f: .*: No space left on device", problems)
    assert str(project_copy) not in problems
    made = sorted(path.parent.name for path in (project_copy / "resumed").rglob("report.html"))
    assert made == ["a", "b", "c", "d", "e", "f"]


def test_a_disk_that_takes_nothing_is_refused_before_anything_runs(project_copy, folder):
    said, problems = batch_on(READ_ONLY, project_copy, folder)
    assert said.splitlines()[-1] == "ended with 6"
    assert "the folder cannot be written: Read-only file system. Name another." in problems
