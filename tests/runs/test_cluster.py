"""Batches on a real scheduler and real workers: the same bytes, and what is said when a part is lost."""

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import docx
import nbformat
import psutil
import pytest
from commands import Running
from real_cluster import DASK, Cluster, wait_for
from sample_notebooks import KERNEL

PROJECT = Path(__file__).resolve().parents[2]
REPORT = PROJECT / "notebooks" / "4-report.ipynb"
OLD_DASK = """import importlib.metadata
true = importlib.metadata.version
importlib.metadata.version = lambda name: '2020.1' if name == 'distributed' else true(name)
from dask.__main__ import main
main()"""
SLOW = """import os, pathlib, time
if reviewer == 'slow':
    pathlib.Path(organisation).write_text(str(os.getpid()))
    time.sleep(60)"""
QUICK_REPORT = """import hashlib, json, pathlib
from review.store.snapshot import read_evidence
folder = pathlib.Path(out)
folder.mkdir()
digest = read_evidence([pathlib.Path(p) for p in evidence]).digest
style = hashlib.sha256(open(word_template, "rb").read()).hexdigest() if word_template else ""
claims = [{"page": "home", "topic": "cost", "verdict": "overstated"}]
report = {"as_of": "2026-11-21", "claims": claims, "shows_verdicts": True, "by": reviewer}
report["style"] = style
(folder / "report.json").write_text(json.dumps(report))
made = {"evidence_digest": digest, "inputs": {}, "outputs": {}}
(folder / "manifest.json").write_text(json.dumps(made))"""

IMPATIENT = """import review.runs.batch.spread as spread
from review.cli import main
spread._PATIENCE = 2.0
main()"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture
def cluster(shared, tmp_path):
    """A cluster whose scheduler lives."""
    if shared.scheduler.poll() is None:
        yield shared
        return
    fresh = Cluster(tmp_path)
    yield fresh
    fresh.stop()


@pytest.fixture
def copy(tmp_path):
    """A folder of a project with a report notebook that a test may change."""
    return project_in(tmp_path)


def project_in(folder):
    (folder / "project" / "notebooks").mkdir(parents=True)
    return folder / "project"


def light(copy, *cells):
    """Put a notebook in place that writes a small report at once."""
    node = nbformat.read(REPORT, as_version=4)
    node.cells = [cell for cell in node.cells if "parameters" in cell.metadata.get("tags", [])]
    node.cells += [nbformat.v4.new_code_cell(source) for source in (*cells, QUICK_REPORT)]
    node.metadata.kernelspec = KERNEL
    nbformat.write(node, copy / "notebooks" / REPORT.name)


def ask(copy, *rows, columns="run,reviewer,organisation"):
    (copy / "runs.csv").write_text("\n".join([columns, *rows]) + "\n", "utf-8")


OWN = ("--notebook", f"notebooks/{REPORT.name}")


def start(copy, folder, *arguments, out="out"):
    """The command, begun in a group of its own."""
    return Running("batch", "runs.csv", "--out", out, "--evidence", folder, *OWN, *arguments, cwd=copy)


def ended(process):
    """The exit code and what was said."""
    try:
        done = process.wait()
    finally:
        process.kill()
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    return done.returncode, said


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def states(copy, out="out"):
    text = (copy / out / "summary.csv").read_text("utf-8-sig")
    return {row["run"]: row["state"] for row in csv.DictReader(text.splitlines())}


def mark(path):
    """The process that has written its id to `path`, once it has."""
    return wait_for(lambda: path.exists() and int(path.read_text("utf-8") or 0))


def test_every_worker_is_lost(cluster, copy, folder):
    running = copy / "running.pid"
    light(copy, SLOW)
    ask(copy, "good,good,", f"slow,slow,{running}", "next,B,")
    arguments = ("batch", "runs.csv", "--out", "out", "--evidence", str(folder), *OWN, "--cluster")
    process = subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, *arguments, cluster.with_workers(1).address],
        cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    run = psutil.Process(mark(running))
    (worker,) = cluster.workers
    worker.kill()
    _, said = process.communicate(timeout=100)
    assert process.returncode == 7, said
    assert "--cluster: no worker is left, and none came within 2 seconds. What is done is kept: " in said
    assert "Traceback" not in said
    assert states(copy) == {"good": "done", "slow": "not run", "next": "not run"}
    wait_for(lambda: not run.is_running())


def test_one_of_three_workers_is_killed_and_the_bytes_are_those_of_one_machine(cluster, copy, folder):
    light(
        copy,
        "import pandas as pd\nif reviewer == 'bad': pd.DataFrame({'a': [1]})['b']",
        "held = bytearray(10**9 if reviewer == 'big' else 1)",
        SLOW.replace("60", "1"),
        "print('so far', file=__import__('sys').stderr)",
    )
    docx.Document().save(copy / "style.docx")
    slow = copy / "slow.pid"
    rows = (
        "bad,bad,,",
        "big,big,,",
        f"slow,slow,{slow},style.docx",
        "b,B,,",
        "c,C,,style.docx",
        "d,D,,",
    )
    ask(copy, *rows, columns="run,reviewer,organisation,word_template")
    limit = ("--memory-limit", "500")
    assert ended(start(copy, folder, *limit, out="alone"))[0] == 7
    slow.unlink()

    process = start(copy, folder, *limit, "--cluster", cluster.with_workers(3).address)
    cluster.worker_of(mark(slow)).kill()
    code, said = ended(process)
    assert code == 7, said
    assert 'run bad: "KeyError' not in said
    assert "KeyError: 'b'" in said
    assert "run big: notebooks/4-report.ipynb, cell 4: the run took more memory than its limit" in said
    assert "What ran until then is kept in failed/big/partial.ipynb" in said
    assert said.count(" done") == 4
    assert tree(copy / "out") == tree(copy / "alone")
    for name, content in tree(copy / "out").items():
        for path in (cluster.folder, sys.prefix, PROJECT):
            assert str(path).encode() not in content, name
    wait_for(lambda: not cluster.left())

    again = ("--cluster", cluster.address, "--resume", "--why")
    code, said = ended(start(copy, folder, *limit, *again))
    assert code == 7, said
    assert [line for line in said.splitlines() if "unchanged" in line or "last time" in line] == [
        *(f"{name}: it failed the last time" for name in ("bad", "big")),
        *(f"{name}: unchanged, not run again" for name in ("slow", "b", "c", "d")),
    ]
    assert tree(copy / "out") == tree(copy / "alone")


def test_a_run_that_kills_workers_is_given_up_and_a_lost_scheduler_ends_the_batch(cluster, copy, folder):
    pids = [worker.pid for worker in cluster.with_workers(3).workers]
    running = copy / "running.pid"
    light(
        copy,
        "import psutil\nif reviewer == 'bad':\n    for parent in psutil.Process().parents():\n"
        f"        if parent.pid in {pids}: parent.kill()\n    __import__('time').sleep(60)",
        SLOW,
    )
    ask(copy, "bad,bad,", "good,good,", f"slow,slow,{running}", "next,B,")
    process = start(copy, folder, "--workers", "1", "--cluster", cluster.address)
    mark(running)
    cluster.scheduler.kill()
    code, said = ended(process)
    assert code == 7, said
    assert "run bad: 2 workers that ran it were lost" in said
    assert "2 workers" in (copy / "out" / "failed" / "bad" / "log.txt").read_text("utf-8")
    assert "--cluster: the scheduler was lost. What is done is kept: " in said
    assert "run next: it was not run. Use --resume" in said
    told = {"bad": "failed", "good": "done", "slow": "not run", "next": "not run"}
    assert states(copy) == told


def test_a_worker_with_other_code_is_refused_before_anything_runs(cluster, copy, folder):
    shutil.copytree(PROJECT / "src", copy / "src")
    with open(copy / "src" / "review" / "verdicts.py", "a", encoding="utf-8") as file:
        file.write("# Changed.\n")
    stranger = cluster.add_worker(PYTHONPATH=str(copy / "src"))
    cluster.with_workers(1)
    light(copy)
    ask(copy, "one,A,")
    code, said = ended(start(copy, folder, "--cluster", cluster.address))
    stranger.kill()
    stranger.wait()
    assert code == 9, said
    assert "1 problem\nworker tcp://127.0.0.1:" in said
    assert ": the code of this package differs. Install there what is installed here." in said
    assert not (copy / "out" / "reports").exists() or not list((copy / "out" / "reports").iterdir())


NOBODY = """import sys
from review.model.errors import ClusterError
from review.runs.cluster import cluster_client
for address in sys.argv[1:]:
    try:
        with cluster_client(address, patience=1.5):
            print("reached")
    except ClusterError as error:
        print(error)"""


def test_a_cluster_that_cannot_be_used_is_told_in_time(tmp_path):
    clusters = []
    for name, program in (("empty", DASK), ("old", ("-c", OLD_DASK))):
        (tmp_path / name).mkdir()
        clusters.append(Cluster(tmp_path / name, program))
    addresses = (
        *(cluster.address for cluster in clusters),
        "127.0.0.1:1",
        "somewhere",
        "ftp://127.0.0.1:1",
        "tls://127.0.0.1:1",
    )
    done = subprocess.run(
        [sys.executable, "-c", NOBODY, *addresses], capture_output=True, text=True, timeout=120
    )
    for cluster in clusters:
        cluster.stop()
    assert done.stderr == ""
    told = done.stdout.split("1 problem\n")[1:]
    here = f"distributed is 2020.1 there and {version('distributed')} here"
    assert told[1].startswith(f"scheduler {addresses[1]}: {here}. Install there what is installed here")
    for address, said, part in zip(
        (addresses[0], *addresses[2:]),
        (told[0], *told[2:]),
        (
            "the scheduler has no worker, and none came within 1.5 seconds. Start workers with",
            "no scheduler answers there within 1.5 seconds. Start one with `dask scheduler`",
            "this is no address of a scheduler: missing port number",
            "this is no address of a scheduler: unknown address scheme 'ftp'",
            "this is no address of a scheduler: TLS expects",
        ),
        strict=True,
    ):
        assert said.startswith(f"--cluster {address}: {part}")


def test_without_the_extra_the_command_that_installs_it_is_told():
    code = "import sys\nsys.modules['distributed'] = None\n" + NOBODY
    done = subprocess.run(
        [sys.executable, "-c", code, "local"], capture_output=True, text=True, timeout=60
    )
    assert "Dask is not installed. Install it: pip install 'evidence-review[cluster]'." in done.stdout


def test_ctrl_c_on_a_cluster_of_this_machine_lets_runs_finish_and_twice_kills_them(copy, folder):
    running = copy / "running.pid"
    light(copy, SLOW)
    ask(copy, f"slow,slow,{running}", "next,B,")
    process = start(copy, folder, "--cluster", "local")
    run = psutil.Process(mark(running))
    os.killpg(process.pid, signal.SIGINT)
    wait_for(lambda: "Ctrl-C again kills it" in process.so_far())
    assert run.is_running()
    os.killpg(process.pid, signal.SIGINT)
    code, said = ended(process)
    assert code == 7, said
    assert "run slow: the run was stopped" in said
    assert states(copy) == {"slow": "failed", "next": "not run"}
    wait_for(lambda: not run.is_running())


def test_what_the_document_types_is_what_dask_takes():
    from dask import config
    from distributed.cli import dask_scheduler, dask_worker

    text = (PROJECT / "docs" / "batch.md").read_text("utf-8")
    for name, command in (("scheduler", dask_scheduler.main), ("worker", dask_worker.main)):
        (line,) = re.findall(rf"^dask {name} .*", text, re.M)
        known = {option for parameter in command.params for option in parameter.opts}
        known |= {option for parameter in command.params for option in parameter.secondary_opts}
        assert {"--tls-ca-file", "--tls-cert", "--tls-key"} < known
        assert set(re.findall(r"--[a-z-]+", line)) <= known
    for variable in re.findall(r"export DASK_(\w+)=", text):
        key = variable.lower().replace("__", ".").replace("_", "-")
        assert config.get(key, "missing") != "missing", variable
