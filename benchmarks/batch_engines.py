"""What a notebook shows and what an option does, by papermill's own engine and by `review-fork`.

`python -m benchmarks.batch engines` prints the table; what is not the same is named.
"""

import contextlib
import json
import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_notebook

from review.runs import fork_engine
from review.runs.fork_manager import local_sockets

PROJECT = Path(__file__).resolve().parents[1]
THEIRS, OURS = "nbclient", fork_engine.NAME
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}

MAGICS = {
    "%matplotlib inline": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([2, 5, 3]);",
    "%config InlineBackend": "%config InlineBackend.figure_format = 'retina'\n"
    "figure = plt.figure(figsize=(1, 1)); plt.plot([1, 2])\nplt.get_backend()",
    "%matplotlib --list": "%matplotlib --list",
    "%matplotlib qt": "%matplotlib qt",
    "%gui": "%gui asyncio",
    "%pylab": "%pylab inline --no-import-all",
    "%store": "kept = [4, 2]\n%store kept\n%store -d kept",
    "%load_ext": "%load_ext autoreload\n%autoreload 2",
    "%%bash": "%%bash --out lines\necho from bash\nfalse",
    "%%sh": "%%sh\necho from sh >&2",
    "!": "found = !printf 'a\\nb'\nfound",
    "%%python": "%%python\nprint(6 * 7)",
    "%%capture": "%%capture held\nprint('seen later')",
    "%%html": "%%html\n<b>bold</b>",
    "%%latex": "%%latex\n$\\alpha$",
    "%%javascript": "%%javascript\n1 + 1",
    "%%markdown": "%%markdown\n*slanted*",
    "%%writefile and %run": "%%writefile made.py\nprint(__name__, 'ran')",
    "%run": "%run made.py",
    "%env": "%env LAB_UNIT=mmol\nimport os\nos.environ['LAB_UNIT']",
    "%pwd and %cd": "import os\nhere = %pwd\n%cd -q ..\n%cd -q {here}\nhere == os.getcwd()",
    "%who": "%who list",
    "%precision": "%precision 3\n22 / 7",
    "%history": "%history -l 2",
    "?": "len?",
    "%timeit": "spent = %timeit -n 1 -r 1 -q -o sum(range(9))\nspent.loops",
    "%prun": "%prun -q -s calls len('abc')",
    "%macro": "%macro -q twice 1\ntype(twice).__name__",
    "%xmode": "%xmode Minimal\n1 / 0",
    "%tb": "%xmode Context\n%tb",
    "%debug": "%debug",
    "%no_such_magic": "%no_such_magic",
}
OUTPUTS = {
    "streams": "import sys\nprint('one'); print('two', file=sys.stderr); print('three')",
    "carriage return": "print('50 %', end='\\r'); print('100 %')",
    "a result": "{'dose': 2.5, 'unit': 'mg'}",
    "a table": "import pandas as pd\npd.DataFrame({'arm': ['a', 'b'], 'n': [30, None]})",
    "a wide table": "pd.DataFrame([range(40)])",
    "a styled table": "pd.DataFrame({'n': [1]}).style.set_uuid('u')",
    "a figure": "plt.figure(figsize=(1, 1)); plt.bar([1, 2], [3, 1]); plt.show()",
    "display": "from IPython.display import HTML, JSON, SVG, Math, clear_output, display\n"
    "display(HTML('<p>p</p>'), JSON({'a': 1}), Math('x^2'))",
    "update_display": "shown = display('draft', display_id='d')\nshown.update('final')",
    "clear_output": "print('gone'); clear_output(wait=True); print('stays')",
    "a widget": "import ipywidgets as w\nw.IntSlider(value=7, description='n')",
    "an output widget": "out = w.Output()\nwith out:\n    print('inside')\nout.outputs",
    "a bar": "from tqdm.auto import tqdm\nbar = tqdm(range(2), desc='d')\n"
    "_ = [bar.update() for _ in range(2)]\ntype(bar).__name__",
    "a warning": "import warnings\nwarnings.warn('careful', stacklevel=1)",
    "a log": "import logging\nlogging.getLogger('trial').error('logged')",
    "an error in an error": "try:\n    {}['key']\n"
    "except KeyError as error:\n    raise ValueError('v') from error",
    "errors of a group": "raise ExceptionGroup('both', [ValueError('a'), TypeError('b')])",
    "a syntax error": "if True print('x')",
    "sys.exit": "import sys\nsys.exit(3)",
    "input": "input('name?')",
    "breakpoint": "breakpoint()",
    "an interrupt": "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)",
    "await": "import asyncio\nawait asyncio.sleep(0.01, 'waited')",
    "a thread": "import threading\nt = threading.Thread(target=print, args=('threaded',))\n"
    "t.start(); t.join()",
    "a child process": "import multiprocessing as m\nwith m.get_context('fork').Pool(1) as pool:\n"
    "    print(pool.map(abs, [-4]))",
    "another program": "import subprocess\nsubprocess.run(['echo', 'x'], capture_output=True).stdout",
    "standard input": "sys.stdin.read()",
    "arguments and paths": "[sys.argv[1], sys.argv[0].rpartition('/')[2], sys.path[0], sys.path[1:3]]",
    "the connection file": "from ipykernel import get_connection_file\n"
    "os.path.basename(get_connection_file()).startswith(('kernel', 'tmp'))",
    "the parent": "os.environ['JPY_PARENT_PID'] == str(os.getppid())",
    "the kernel": "type(get_ipython().kernel).__name__, type(get_ipython().parent.parent).__name__",
    "at exit": "import atexit, pathlib\natexit.register(pathlib.Path('ended').write_text, 'at exit');",
    "letters": "print('\\x1b[1mfett\\x1b[0m', 'Größe \U0001f9ea')",
}
"""Cells, each under what it tries. They run one after the other in one notebook, and may all fail."""


@dataclass(frozen=True)
class Case:
    """A run of its own: an option, its cells, their tags, and what is looked at besides the notebook."""

    name: str
    cells: tuple[str, ...] = ("x = 1", "1 / 0", "print('after')")
    tags: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    prepare: Callable[[Path], dict[str, Any]] = lambda _: {}
    look: Callable[[Path], object] = lambda _: None


def _kernel_with(**spec: Any) -> Callable[[Path], dict[str, Any]]:
    """A kernel `lab` of one's own, in a folder where Jupyter looks for kernels."""
    flags = spec.pop("flags", ())

    def prepare(folder: Path) -> dict[str, Any]:
        place = folder / "jupyter" / "kernels" / "lab"
        place.mkdir(parents=True)
        argv = [
            sys.executable,
            *flags,
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
        ]
        written = {"argv": argv, "display_name": "Lab", "language": "python", **spec}
        (place / "kernel.json").write_text(json.dumps(written), "utf-8")
        return {"kernel_name": "lab", "JUPYTER_PATH": str(folder / "jupyter")}

    return prepare


def _link_as_output(folder: Path) -> dict[str, Any]:
    (folder / "real.ipynb").touch()
    (folder / "out.ipynb").symlink_to("real.ipynb")
    return {}


def _private_output(folder: Path) -> dict[str, Any]:
    (folder / "out.ipynb").touch(0o600)
    return {}


def _relative_output(folder: Path) -> dict[str, Any]:
    (folder / "at").mkdir()
    return {"output_path": "out.ipynb", "cwd": str(folder / "at")}


def _printed_to_file(folder: Path) -> dict[str, Any]:
    return {"stdout_file": (folder / "printed").open("w", encoding="utf-8")}


def _module_of_ones_own(folder: Path) -> dict[str, Any]:
    (folder / "bibtexparser.py").write_text("'mine'", "utf-8")
    return {"cwd": str(folder)}


def _out(folder: Path) -> tuple[bool, str]:
    path = folder / "out.ipynb"
    return path.is_symlink(), oct(stat.S_IMODE(path.stat().st_mode))


def _note(cell: Any, cell_index: int, **_: object) -> None:
    cell.metadata["seen"] = cell_index


_SLOW = ("import time\nprint('begun', flush=True)\ntime.sleep(4)", "print('after')")
# What a cell says to the interrupt that ends it comes in time or not, by chance.
_QUIET = (
    "import time\nprint('begun', flush=True)\n"
    "try:\n    time.sleep(4)\nexcept KeyboardInterrupt:\n    pass",
    "print('after')",
)
CASES = (
    Case("raises-exception", tags=("", "raises-exception")),
    Case("skip-execution", tags=("", "skip-execution")),
    Case("skip_cells_with_tag", tags=("", "draft"), options={"skip_cells_with_tag": "draft"}),
    Case("hide-input, remove-cell", tags=("hide-input", "remove-cell")),
    Case("allow_errors", options={"allow_errors": True}),
    Case("allow_error_names", options={"allow_error_names": ["ZeroDivisionError"]}),
    Case("force_raise_errors", tags=("", "raises-exception"), options={"force_raise_errors": True}),
    Case(
        "store_widget_state",
        ("import ipywidgets\nipywidgets.Checkbox()",),
        options={"store_widget_state": False},
    ),
    Case("record_timing", ("1",), options={"record_timing": False}),
    Case(
        "coalesce_streams",
        ("for n in range(3):\n    print(n, flush=True)",),
        options={"coalesce_streams": True},
    ),
    Case("execution_timeout", _QUIET, options={"execution_timeout": 1}),
    Case("interrupt_on_timeout", _SLOW, options={"execution_timeout": 1, "interrupt_on_timeout": True}),
    Case("timeout_func", _QUIET, options={"timeout_func": lambda _: 1}),
    Case(
        "extra_arguments", ("get_ipython().colors",), options={"extra_arguments": ["--colors=NoColor"]}
    ),
    Case("shutdown_kernel", ("1",), options={"shutdown_kernel": "immediate"}),
    Case(
        "on_cell_executed",
        ("1",),
        options={"on_cell_executed": _note},
        look=lambda folder: (folder / "out.ipynb").read_text("utf-8").count('"seen"'),
    ),
    Case(
        "kernelspec env",
        ("import os\nos.environ['LAB_DATA']",),
        prepare=_kernel_with(env={"LAB_DATA": "/data"}),
    ),
    Case("kernelspec flags", ("assert False",), prepare=_kernel_with(flags=["-O"])),
    Case("another kernel name", ("6 * 7",), prepare=_kernel_with()),
    Case("exit()", ("exit()", "print('next')")),
    Case("no such kernel", options={"kernel_name": "cobol"}),
    Case("parameters", ("x = 1", "x + 1"), tags=("parameters",), options={"parameters": {"x": 41}}),
    Case(
        "report_mode",
        ("x = 1", "x + 1"),
        tags=("parameters",),
        options={"parameters": {"x": 41}, "report_mode": True},
    ),
    Case(
        "cwd, relative output", ("import os\nos.path.basename(os.getcwd())",), prepare=_relative_output
    ),
    Case(
        "stdout_file",
        ("print('to a file')",),
        prepare=_printed_to_file,
        look=lambda folder: (folder / "printed").read_text("utf-8"),
    ),
    Case("log_output", ("print('to the log')",), options={"log_output": True}),
    Case("a link as output", ("1",), prepare=_link_as_output, look=_out),
    Case("a private file as output", ("1",), prepare=_private_output, look=_out),
    Case(
        "a device as output",
        ("1",),
        options={"output_path": os.devnull},
        look=lambda _: stat.S_ISCHR(os.stat(os.devnull).st_mode),
    ),
    Case("request_save_on_cell_execute", ("1",), options={"request_save_on_cell_execute": False}),
    Case(
        "a module beside the notebook",
        ("import bibtexparser\nbibtexparser.__doc__",),
        prepare=_module_of_ones_own,
    ),
)

_OF_CHANCE = re.compile(
    r"ipykernel_\d+/\d+|\b0x[0-9a-f]+|\b[0-9a-f]{32}\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d+\.\d+ seconds|\b\d\d:\d\d<\S+|[\d.?]+it/s"
)
"""What differs between any two kernels: numbers of processes, places in memory, ids, times."""


def shown(node: Any, folder: Path) -> list[tuple[str, str]]:
    """What each cell of a notebook holds, source and all else, without what differs by chance.

    Neighbours of one stream are one: when a kernel sends them apart is chance.
    """
    cells = []
    for cell in node.cells:
        if "papermill-error-cell-tag" in cell.metadata.get("tags", []):
            continue
        outputs: list[Any] = []
        for output in cell.get("outputs", []):
            before = outputs[-1] if outputs else {}
            if output.get("name") and output.get("name") == before.get("name"):
                before["text"] += output.text
            else:
                outputs.append(dict(output))
        run = cell.metadata.get("papermill", {})
        kept = {
            "count": cell.get("execution_count"),
            "outputs": outputs,
            "exception": run.get("exception"),
            "status": run.get("status"),
            "timed": sorted(cell.metadata.get("execution", {})),
            "tags": cell.metadata.get("tags", []),
            "hidden": dict(cell.metadata.get("jupyter", {})),
        }
        text = json.dumps(kept, ensure_ascii=False).replace(str(folder), "FOLDER")
        cells.append((cell.source, _OF_CHANCE.sub("…", text)))
    return cells


def run(
    engine: str, sources: Sequence[str], folder: Path, tags: Sequence[str] = (), **options: Any
) -> Any:
    """The notebook of cells that an engine has executed, whatever came of it, and what it raised."""
    cells = [new_code_cell(source) for source in sources]
    for cell, tag in zip(cells, tags, strict=False):
        cell.metadata.tags = [tag] if tag else []
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), folder / "in.ipynb")
    out = options.pop("output_path", str(folder / "out.ipynb"))
    error = ""
    try:
        # Over ports two kernels that start at the same moment may meet at one.
        with tempfile.TemporaryDirectory() as sockets:
            node = papermill.execute_notebook(
                str(folder / "in.ipynb"),
                out,
                engine_name=engine,
                progress_bar=False,
                **{"config": local_sockets(sockets), **options},
            )
    # Whatever the engines raise is to be the same.
    except Exception as raised:  # noqa: BLE001
        error = f"{type(raised).__name__}: {raised}".splitlines()[0]
        written = folder / "out.ipynb"
        node = nbformat.read(written, as_version=4) if written.exists() else new_notebook()
    return node, error


def cells_by(engine: str, folder: Path) -> list[tuple[str, str]]:
    """What the cells of `MAGICS` and `OUTPUTS` show, and what they leave when the kernel ends."""
    sources = [*MAGICS.values(), *OUTPUTS.values()]
    node, error = run(engine, sources, folder, ["raises-exception"] * len(sources), cwd=str(folder))
    ended = (folder / "ended").read_text("utf-8") if (folder / "ended").exists() else ""
    return [*shown(node, folder), ("", error), ("", ended)]


def case_by(engine: str, case: Case, folder: Path) -> object:
    """All that a case shows with an engine."""
    prepared = case.prepare(folder)
    path = prepared.pop("JUPYTER_PATH", None)
    if path:
        os.environ["JUPYTER_PATH"] = path
    try:
        # papermill writes to a relative path from where it is started, and while it runs from `cwd`.
        with contextlib.chdir(folder):
            node, error = run(engine, case.cells, folder, case.tags, **case.options, **prepared)
    finally:
        os.environ.pop("JUPYTER_PATH", None)
        if "stdout_file" in prepared:
            prepared["stdout_file"].close()
    return shown(node, folder), list(node.metadata), error, case.look(folder)


def both(work: Callable[[str, Path], Any]) -> tuple[Any, Any]:
    """What papermill's own engine gives, and ours, each in a folder of its own."""
    results = []
    for engine in (THEIRS, OURS):
        with tempfile.TemporaryDirectory() as folder:
            results.append(work(engine, Path(folder)))
    return results[0], results[1]


def comparison() -> Iterator[tuple[str, Any, Any]]:
    """What is tried, and what came of it with either engine."""
    theirs, ours = both(cells_by)
    names = [*MAGICS, *OUTPUTS, "the end of that notebook", "what it left"]
    yield from ((name, a[1], b[1]) for name, a, b in zip(names, theirs, ours, strict=True))
    for case in CASES:
        yield case.name, *both(lambda engine, folder, case=case: case_by(engine, case, folder))


_MARKS = re.compile(r'"exception": \w+, "status": "\w+", "timed": \[.*?\]')


def but_for_marks(found: object) -> str:
    """What was found, without what tells of each cell whether it was run and failed.

    A cell that meets a limit, or whose kernel dies, is marked as failed by us: see docs/batch.md.
    """
    return _MARKS.sub("", str(found))


def compare_engines() -> bool:
    """Print the table; whether nothing differs but marks."""
    fork_engine.register()
    rows = list(comparison())
    same, different = 0, list[str]()
    print("| tried | default | ours | |\n| --- | --- | --- | --- |")
    for name, theirs, ours in rows:
        same += theirs == ours
        marked = but_for_marks(theirs) == but_for_marks(ours)
        verdict = "same" if theirs == ours else "same but for marks" if marked else "DIFFERS"
        different += [] if marked else [name]
        print(f"| {name} | {_short(theirs)} | {_short(ours)} | {verdict} |")
    print(f"\n{same} of {len(rows)} the same, {len(rows) - same - len(different)} but for marks")
    return not different


def _short(found: object) -> str:
    """The outputs in what was found, as far as they fit into a table."""
    texts = re.findall(
        r'"(?:text|text/plain|ename)": "((?:[^"\\]|\\.)*)"', str(found).replace("\\\\", "\\")
    )
    return (" / ".join(texts) or str(found))[:60].replace("|", "\\|").replace("\n", " ")
