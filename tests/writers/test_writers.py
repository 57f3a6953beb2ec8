"""Nothing lost and nothing half: writers that are killed at every step, and twenty at once."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from writers import PAGES, WRITERS, prepare, state

from review.model.errors import InputError, OutputError, ParameterError
from review.store.canonical import canonical_files
from review.store.files.together import READY
from review.store.files.whole_folder import replace_folder
from review.store.snapshot import read_evidence

STEPS = os.environ.get("STEPS", "renames")
"""`all` kills at every file that is opened, made or taken away as well, and takes some minutes."""
SCRIPT = Path(__file__).with_name("writers.py")


@pytest.fixture
def root(tmp_path, folder):
    made = tmp_path / "root"
    made.mkdir()
    prepare(made, folder)
    return made


def script(*arguments):
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_writer_that_is_killed_at_any_rename_leaves_the_old_or_the_new(root):
    names = [name for name in WRITERS if not name.startswith("report")]
    script("killed", STEPS, root, *names)
    for name in names:
        old, new, twice = (state(after(root, name, times)) for times in (0, 1, 2))
        copies = sorted(root.parent.glob(f"{name}-[0-9]*"))
        assert len(copies) > 1
        found = [state(copy) for copy in copies]
        assert (found[0], found[-1]) == (old, new)
        for copy, left in zip(copies, found, strict=True):
            folders = [copy / "clinic", copy / "own"]
            if any((folder / READY).is_dir() for folder in folders):
                with pytest.raises(InputError, match="an earlier run died"):
                    read_evidence(folders)
            else:
                assert left in (old, new)
            again(copy, name)
            assert state(copy) in (new, twice)
            assert not list(copy.rglob(".*"))
        read_evidence(folders)


def after(root, name, times):
    """A copy of `root` in which the writer wrote so many times."""
    copy = root.with_name(f"after-{name}-{times}")
    shutil.copytree(root, copy)
    for _ in range(times):
        again(copy, name)
    return copy


def again(root, name):
    # What was triaged already cannot be triaged once more.
    with suppress(ParameterError):
        WRITERS[name](root)


def test_a_report_that_is_killed_at_any_rename_leaves_the_earlier_or_the_new(root):
    old, new = (state(after(root, "report", times) / "report") for times in (0, 1))
    names = [name for name in WRITERS if name.startswith("report")]
    script("killed", STEPS, root, *names)
    for name in names:
        copies = sorted(root.parent.glob(f"{name}-[0-9]*"))
        found = [state(copy / "report") for copy in copies]
        assert (found[0], found[-1]) == (old, new)
        gone = [left for left in found if left not in (old, new)]
        # Where two folders cannot be exchanged in one step, there is a moment between the two.
        assert not any(gone)
        assert bool(gone) == (name == "report_by_two_renames")
        for copy, left in zip(copies, found, strict=True):
            # Put right by the next who wants to write there, also when that comes to nothing.
            with pytest.raises(OutputError):
                replace_folder(copy / "report", {"x": b"y"}, "report", refuse)
            assert state(copy / "report") == (left or old)
            assert not list(copy.rglob(".*"))


def refuse(folder):
    raise OutputError([])


def test_twenty_who_write_at_once_lose_nothing_and_nobody_reads_the_half(root):
    folders = [root / "clinic", root / "own"]
    command = [sys.executable, str(SCRIPT), "at_once", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writing:
        while writing.poll() is None:
            time.sleep(0.05)
            found = read_evidence(folders)
            assert {key for key in found.pages if key.startswith("new-")} == {
                key for key in found.captures if key.startswith("new-")
            }
            assert {key.removeprefix("of-") for key in found.propositions if key.startswith("of-")} == {
                claim.page for claim in found.claims.values() if claim.page in PAGES
            }
        assert writing.stdout.read() == "0\n"
    found = read_evidence(folders)
    assert {decision.reviewer for decision in found.decisions} == {f"reviewer {a}" for a in "DEFGHIJ"}
    assert {f"of-{page}" for page in PAGES[:-1]} <= set(found.propositions)
    assert {f"{page}-001" for page in PAGES[:-1]} <= set(found.claims)
    assert {f"new-{number}" for number in range(4)} <= set(found.captures)
    assert sum(study.is_draft for study in found.studies.values()) == 4
    assert found.certainties["regrows"].ratings["imprecision"].adjudicated
    for folder in folders:
        assert all(path.read_bytes() == text.encode() for path, _, text in canonical_files(folder))
    assert not list(root.rglob(".*"))
