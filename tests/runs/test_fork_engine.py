"""The engine that copies a loaded process: the same outputs as an ordinary kernel, and honest ends."""

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from sample_notebooks import EVERYTHING, notebook

from review.model.errors import RunError
from review.runs import fork_engine
from review.runs.execute import Limits, cleaned, run_notebook
from review.runs.fork_manager import local_sockets
from review.runs.refresh import notebooks

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOKS = {path.stem: path for path in notebooks(PROJECT)}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture(autouse=True, scope="module")
def engine():
    fork_engine.register()
    fork_engine.preload()


def run(path, engine="review-fork", **options):
    """The executed notebook, also when a cell failed."""
    out = path.with_name(f"{path.stem}-{engine}.ipynb")
    with suppress(PapermillExecutionError), tempfile.TemporaryDirectory() as sockets:
        papermill.execute_notebook(
            str(path),
            str(out),
            engine_name=engine,
            progress_bar=False,
            cwd=str(path.parent),
            config=local_sockets(sockets),
            # A kernel that hangs is told, with its cell, long before the test is ended.
            **{"execution_timeout": 60, "start_timeout": 60, **options},
        )
    return cleaned(nbformat.read(out, as_version=4))


def shown(node):
    """What the cells of a notebook show, with what differs between any two kernels taken out."""
    found = []
    for cell in node.cells:
        if cell.cell_type == "code":
            outputs = []
            for output in cell.outputs:
                text = json.dumps(output, sort_keys=True, ensure_ascii=False)
                outputs.append(re.sub(r"ipykernel_\d+/\d+|0x[0-9a-f]+|[0-9a-f]{32}", "…", text))
            found.append((cell.source, cell.execution_count, outputs))
    return found


def merged(node):
    """Neighbours of one stream as one: when a kernel sends them apart is chance."""
    for cell in node.cells:
        kept = []
        for output in cell.get("outputs", []):
            if kept and output.get("name", "") == kept[-1].get("name"):
                kept[-1].text += output.text
            else:
                kept.append(output)
        if "outputs" in cell:
            cell.outputs = kept
    return node


def test_everything_a_cell_can_show_is_the_same(tmp_path):
    path = notebook(tmp_path / "all.ipynb", *EVERYTHING)
    ours, theirs = shown(merged(run(path))), shown(merged(run(path, "nbclient")))
    for one, other in zip(ours, theirs, strict=True):
        assert one == other
    assert "image/png" in str(ours), "the figures are there to be compared"


def test_a_figure_is_shown_although_the_copied_program_has_drawn_before(tmp_path):
    import matplotlib.pyplot as plt

    plt.switch_backend("agg")
    plt.subplots()
    plt.close("all")
    path = notebook(tmp_path / "figure.ipynb", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert "image/png" in str(shown(run(path)))


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name != "4-report"])
def test_the_notebooks_of_the_project_show_the_same(name):
    """What is stored is what an ordinary kernel shows: nbval runs one and compares."""
    path = NOTEBOOKS[name]
    ours = run_notebook(path, {}, path.parent, progress=False, forked=Limits())
    assert shown(ours) == shown(nbformat.read(path, as_version=4))


def test_the_report_notebook_shows_the_same(folder, tmp_path):
    path = NOTEBOOKS["4-report"]
    given = {"evidence": [str(folder)], "out": str(tmp_path / "report")}
    ours, theirs = (
        run_notebook(path, given, path.parent, progress=False, forked=forked)
        for forked in (Limits(), None)
    )
    assert shown(ours) == shown(theirs)


def test_every_run_starts_fresh(tmp_path):
    path = notebook(
        tmp_path / "fresh.ipynb",
        "import builtins, random, pandas as pd, numpy as np\nseen = hasattr(builtins, 'mark')",
        "builtins.mark = 1\npd.set_option('display.max_rows', 7)",
        "seen, 'seen' in globals(), np.random.random(), random.random()",
    )
    first, second = (shown(run(path))[-1] for _ in range(2))
    assert "(False, True," in str(first)
    assert "(False, True," in str(second)
    assert first != second, "each run draws numbers of its own"


def test_what_a_child_process_prints_stands_in_its_cell(tmp_path, monkeypatch):
    # A kernel that finds this leaves the output of other programs to pytest.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    cell = "import os, time\nprint('a'); _ = os.system('echo b'); time.sleep(0.3)"
    path = notebook(tmp_path / "os.ipynb", "x = 1", cell, "1")
    assert r"a\nb\n" in shown(merged(run(path)))[1][2][0]


def test_an_error_is_kept_with_its_traceback_and_what_ran(tmp_path):
    path = notebook(tmp_path / "bad.ipynb", "x = 1", "print('so far')", "1/0", "print('never')")
    with pytest.raises(RunError, match=r"cell 3: ZeroDivisionError: division by zero") as caught:
        run_notebook(path, {}, tmp_path, tmp_path / "kept.ipynb", progress=False, forked=Limits())
    kept = (tmp_path / "kept.ipynb").read_text("utf-8")
    assert "so far" in kept
    assert "Traceback" in kept
    assert "never" not in str(shown(nbformat.read(tmp_path / "kept.ipynb", as_version=4))[-1][2])
    assert "is kept in" in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("import os; os._exit(0)", "ended by itself with exit code 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", r"signal 9 \(SIGKILL\)"),
        ("exit()\nimport os; os._exit(3)", "ended by itself with exit code 3"),
    ],
)
def test_a_process_that_dies_is_told_and_keeps_what_it_printed(tmp_path, cell, told):
    path = notebook(tmp_path / "dead.ipynb", "x = 1", f"print('last words')\n{cell}", "print('never')")
    with pytest.raises(DeadKernelError, match=told):
        papermill.execute_notebook(
            str(path), str(tmp_path / "out.ipynb"), engine_name="review-fork", progress_bar=False
        )
    kept = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert "last words" in str(kept.cells[2].outputs)
    assert kept.metadata.papermill["exception"] is True


def test_a_loop_without_end_meets_the_limit_of_the_run(tmp_path):
    path = notebook(tmp_path / "loop.ipynb", "x = 1", "print('begun')\nwhile True: pass")
    with pytest.raises(RunError, match="longer than 1 seconds"):
        run_notebook(
            path, {}, tmp_path, tmp_path / "kept.ipynb", progress=False, forked=Limits(seconds=1)
        )
    assert "begun" in (tmp_path / "kept.ipynb").read_text("utf-8")


def test_a_loop_without_end_meets_the_limit_of_a_cell(tmp_path):
    path = notebook(tmp_path / "loop.ipynb", "x = 1", "while True: pass")
    with pytest.raises(CellTimeoutError, match="timed out while it was being executed, after 1 sec"):
        papermill.execute_notebook(
            str(path), str(tmp_path / "out.ipynb"), engine_name="review-fork",
            progress_bar=False, execution_timeout=1,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "then"),
    [
        ("held = bytearray(400_000_000)", ""),
        ("import numpy\nheld = numpy.ones(50_000_000)", ""),
        (
            "held = []\ntry:\n    while True: held.append(bytearray(20_000_000))\n"
            "except MemoryError: held.clear()\nraise OSError('no image')",
            ", and then failed with OSError: no image",
        ),
    ],
)
def test_too_much_memory_is_told_as_the_limit_whatever_the_cell_says(tmp_path, cell, then):
    path = notebook(tmp_path / "big.ipynb", "x = 1", cell)
    told = f"cell 2: the run took more memory than its limit of 200 MB{then}"
    with pytest.raises(RunError, match=re.escape(told)):
        run_notebook(path, {}, tmp_path, progress=False, forked=Limits(megabytes=200))


def test_an_error_below_the_limit_is_no_matter_of_memory(tmp_path):
    # Far enough below: a heap that grows meanwhile reserves up to 128 MB of address space for a moment.
    path = notebook(tmp_path / "small.ipynb", "x = 1", "held = bytearray(20_000_000)\n1 / 0")
    with pytest.raises(RunError, match=r"cell 2: ZeroDivisionError: division by zero"):
        run_notebook(path, {}, tmp_path, progress=False, forked=Limits(megabytes=200))


def test_a_run_that_dies_for_lack_of_memory_is_told_so(tmp_path):
    cell = "import os\nheld = []\ntry:\n    while True: held.append(bytearray(20_000_000))\n"
    path = notebook(tmp_path / "dies.ipynb", "x = 1", cell + "except MemoryError: os.abort()")
    with pytest.raises(
        RunError, match=r"SIGABRT\), as where memory is refused; .* limit of 200 MB|took more"
    ):
        run_notebook(path, {}, tmp_path, progress=False, forked=Limits(megabytes=200))


def is_alive(process):
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_nothing_that_a_cell_started_outlives_the_run(tmp_path):
    path = notebook(
        tmp_path / "child.ipynb", "x = 1", "import subprocess\nsubprocess.Popen(['sleep', '600']).pid"
    )
    said = str(shown(run(path))[-1][2])
    assert not is_alive(int(re.search(r'"text/plain": "(\d+)"', said)[1]))


def test_what_a_notebook_leaves_for_the_end_is_done(tmp_path):
    path = notebook(
        tmp_path / "end.ipynb", "import atexit, pathlib", "atexit.register(pathlib.Path('done').touch);"
    )
    run(path)
    assert (tmp_path / "done").exists()


def test_another_kernel_is_left_to_papermill(tmp_path, caplog):
    path = notebook(tmp_path / "other.ipynb", "x = 1")
    with pytest.raises(Exception, match="No such kernel named other"):
        papermill.execute_notebook(
            str(path), None, engine_name="review-fork", kernel_name="other", progress_bar=False
        )
    assert "the kernel other is not this Python; the notebook runs in an ordinary kernel" in caplog.text


def test_where_a_process_cannot_be_copied_an_ordinary_kernel_runs(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(fork_engine, "CAN_FORK", False)
    path = notebook(tmp_path / "windows.ipynb", "x = 1", "6 * 7")
    assert "42" in str(shown(run(path))[-1][2])
    assert "this system cannot fork; the notebook runs in an ordinary kernel" in caplog.text


def test_a_kernel_with_an_environment_or_a_python_of_its_own_is_an_ordinary_one(
    tmp_path, caplog, monkeypatch
):
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    (tmp_path / "kernels" / "lab").mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Lab", "language": "python", "env": {"UNIT": "mmol"}}
    (tmp_path / "kernels" / "lab" / "kernel.json").write_text(json.dumps(spec), "utf-8")
    path = notebook(tmp_path / "env.ipynb", "x = 1", "import os\nos.environ['UNIT']")
    assert "mmol" in str(shown(run(path, kernel_name="lab"))[-1][2])
    told = "the kernel lab has an environment of its own; the notebook runs in an ordinary kernel"
    assert told in caplog.text


def test_what_stands_beside_the_notebook_is_what_its_cells_import(tmp_path, caplog):
    (tmp_path / "bibtexparser.py").write_text("mine = 'of this folder'", "utf-8")
    path = notebook(tmp_path / "own.ipynb", "x = 1", "import bibtexparser\nbibtexparser.mine")
    assert "of this folder" in str(shown(run(path))[-1][2])
    assert "bibtexparser stands beside the notebook" in caplog.text


def test_modules_and_figures_of_the_calling_program_are_not_those_of_the_notebook(tmp_path, monkeypatch):
    import matplotlib.pyplot as plt

    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "trial_helper.py").write_text("arm = 'of the program'", "utf-8")
    monkeypatch.syspath_prepend(tmp_path / "program")
    import trial_helper  # noqa: F401

    plt.switch_backend("agg")
    figure = plt.figure()
    try:
        cells = ("import trial_helper  # raises", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
        path = notebook(tmp_path / "clean.ipynb", "x = 1", *cells)
        node = nbformat.read(path, as_version=4)
        node.cells[2].metadata.tags = ["raises-exception"]
        nbformat.write(node, path)
        found = shown(run(path))
    finally:
        plt.close(figure)
    assert "ModuleNotFoundError" in str(found[1][2])
    assert str(found[2][2]).count("image/png") == 1


def test_a_folder_that_a_cell_needs_for_a_while_is_gone_with_its_kernel(tmp_path):
    path = notebook(
        tmp_path / "temp.ipynb",
        "x = 1",
        "import tempfile\nheld = tempfile.TemporaryDirectory()\nheld.name",
    )
    place = re.search(r"text/plain.*?'(/[^']+)'", str(shown(run(path))[-1][2]).replace('"', "'"))
    assert place
    assert not Path(place[1]).exists()


def test_the_bars_of_the_calling_program_stay_its_own():
    code = (
        "from review.runs import fork_engine; fork_engine.preload(); from tqdm.auto import tqdm; "
        "import sys; print('tqdm.notebook' in sys.modules, 'ipykernel.zmqshell' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_kernels_that_the_caller_brings_are_used_and_that_is_told(tmp_path, caplog):
    from jupyter_client.manager import AsyncKernelManager

    path = notebook(tmp_path / "brought.ipynb", "x = 1", "6 * 7")
    assert "42" in str(shown(run(path, kernel_manager_class=AsyncKernelManager))[-1][2])
    assert "kernel_manager_class is given; the notebook runs in an ordinary kernel" in caplog.text
    with pytest.raises(ValueError, match="where kernel_manager_class is given"):
        run(path, kernel_manager_class=AsyncKernelManager, memory_limit=200)


def test_the_time_of_the_run_is_left_to_each_cell_with_the_limits_of_the_caller(tmp_path):
    path = notebook(tmp_path / "slow.ipynb", "x = 1", "import time; time.sleep(0.7)", "time.sleep(30)")
    for limits, error in (
        ({"time_limit": 2}, "the run took longer than 2 seconds"),
        ({"time_limit": 50, "timeout_func": lambda cell: 1}, "after 1 seconds"),
    ):
        with pytest.raises(CellTimeoutError, match=error):
            run(path, **limits)


@pytest.mark.parametrize("first", ["papermill", "review.runs.fork_engine", "review.runs.execute"])
def test_papermill_finds_the_entry_point_whatever_is_imported_first(tmp_path, first):
    """The entry point as pyproject.toml declares it, installed in a folder of its own."""
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    points = declared["entry-points"]["papermill.engine"]
    info = tmp_path / "engine-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: engine\nVersion: 1\n", "utf-8")
    lines = [f"{name} = {place}" for name, place in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[papermill.engine]", *lines, ""]), "utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import {first}, papermill.engines as e; "
        "print(e.papermill_engines.get_engine('review-fork').__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() in ("ForkEntry", "ForkEngine"), done.stderr


def test_a_kernel_that_is_gone_before_the_end_marks_the_cell_that_ran(tmp_path):
    cells = (
        "x = 1",
        "from . import nothing",
        "import os, threading\nthreading.Timer(0, os._exit, [4]).start()",
    )
    path = notebook(tmp_path / "gone.ipynb", *cells)
    node = nbformat.read(path, as_version=4)
    node.cells[2].metadata.tags = ["raises-exception"]
    node.cells.append(nbformat.v4.new_markdown_cell("The end."))
    nbformat.write(node, path)
    with pytest.raises(DeadKernelError, match="exit code 4"):
        run(path)
