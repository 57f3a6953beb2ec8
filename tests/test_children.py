"""Nobody's code but ours runs: no process of ours looks for code where files of strangers lie."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import run_review
from nbformat.v4 import new_code_cell, new_notebook, writes

from review.store import children

SOURCE = Path(children.__file__).resolve().parents[1]
STARTS = re.compile(
    r"subprocess\.(run|Popen|call|check_call|check_output|getoutput|getstatusoutput)"
    r"|os\.(system|popen|startfile|exec\w+|spawn\w+|posix_spawnp?)|pty\.\w+|webbrowser\.\w+"
    r"|(asyncio|asyncio\.subprocess)\.create_subprocess_\w+"
    r"|multiprocessing(\.\w+)*\.(Process|Pool|Manager|ensure_running)"
    r"|concurrent\.futures(\.process)?\.ProcessPoolExecutor"
    r"|distributed(\.\w+)*\.(LocalCluster|Nanny)|papermill(\.\w+)*\.execute_notebook"
    r"|(nbclient|nbconvert)(\.\w+)*\.execute|jupyter_client(\.\w+)*\.(run_kernel|start_new_\w+)"
)
"""What starts a process, here or in a library, by its full name. A fork starts none: it goes on with
what is loaded."""


def full_names(tree: ast.AST) -> dict[str, str]:
    """What the names that a module imports stand for."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def full_name(node: ast.AST, names: dict[str, str]) -> str:
    """The full name that an expression such as `subprocess.run` has; empty for any other."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        inner = full_name(node.value, names)
        return inner and f"{inner}.{node.attr}"
    return ""


def annotations(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            yield from ast.walk(part) if part else ()


def starts_of_its_own(source: str) -> list[str]:
    """What starts a process in a module, and does not do so while `isolated` is open."""
    tree = ast.parse(source)
    names = full_names(tree)
    kept = set(annotations(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.With):
            calls = [item.context_expr for item in node.items]
            opened = [full_name(call.func, names) for call in calls if isinstance(call, ast.Call)]
            if "review.store.children.isolated" in opened:
                kept |= {inner for part in (*node.items, *node.body) for inner in ast.walk(part)}
    found = (full_name(node, names) for node in ast.walk(tree) if node not in kept)
    return sorted({name for name in found if STARTS.fullmatch(name)})


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import subprocess\nsubprocess.run(['ls'])", ["subprocess.run"]),
        ("from subprocess import Popen as P\nstart = P", ["subprocess.Popen"]),
        ("import os as system\nsystem.execvp('a', [])", ["os.execvp"]),
        ("import multiprocessing as m\nm.get_context('spawn').Process()", []),
        ("import multiprocessing as m\nm.Process()", ["multiprocessing.Process"]),
        ("import papermill\nwith open('x'):\n    papermill.execute_notebook('a')", None),
        (
            "import papermill\nfrom review.store import children\n"
            "with children.isolated():\n    papermill.execute_notebook('a')",
            [],
        ),
        ("import subprocess\ndef ended(p: subprocess.Popen) -> subprocess.Popen: ...", []),
    ],
)
def test_the_search_finds_what_starts_a_process(source, found):
    assert starts_of_its_own(source) == (["papermill.execute_notebook"] if found is None else found)


def test_nothing_else_starts_a_process():
    own = Path(children.__file__)
    found = {
        path.relative_to(SOURCE).as_posix(): starts
        for path in sorted(SOURCE.rglob("*.py"))
        if path != own and (starts := starts_of_its_own(path.read_text("utf-8")))
    }
    assert found == {}
    assert starts_of_its_own(own.read_text("utf-8")) == ["subprocess.Popen", "subprocess.run"]


@pytest.mark.parametrize("way", ["run", "library"])
@pytest.mark.parametrize("here", ["", ".", "./", "::", "{}"])
def test_a_child_finds_nothing_in_the_folder_that_it_stands_in(tmp_path, monkeypatch, way, here):
    (tmp_path / "colorsys.py").write_text("raise SystemExit('strange code ran')", "utf-8")
    monkeypatch.chdir(tmp_path)
    kept = here.format(SOURCE.parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([kept, os.environ.get("PYTHONPATH", "")]))
    asked = "import colorsys, sys; print(sys.path)"
    if way == "run":
        done = children.run(children.python("-c", asked))
    else:
        with children.isolated():
            done = subprocess.run([sys.executable, "-c", asked], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    path = ast.literal_eval(done.stdout.decode())
    assert not {"", ".", str(tmp_path)} & set(path)
    assert not os.path.isabs(kept) or kept in path
    assert os.environ["PYTHONPATH"].startswith(kept), "what was changed for a while is put back"


def test_a_program_of_the_working_folder_is_not_taken_for_git(tmp_path, monkeypatch):
    (tmp_path / "git").write_text("#!/bin/sh\necho strange", "utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", os.environ["PATH"]]))
    assert b"strange" not in children.run(["git", "--version"]).stdout


STRANGE = """import sys
with open({ran!r}, "a") as file:
    file.write(__name__ + " in " + " ".join(sys.argv[:3]) + "\\n")
"""


@pytest.fixture
def strangers(tmp_path, folder) -> Path:
    """A folder with a module of every name that Python and the installed packages have, and a page.

    Each of them would write its name down. In it lie the evidence, two notebooks of learners, and a
    report notebook that would do the same.
    """
    there = tmp_path / "handed-in"
    there.mkdir()
    ran = str(tmp_path / "ran.txt")
    installed = {path.stem for place in sys.path for path in Path(place).glob("[a-z]*") if place}
    for name in sys.stdlib_module_names | installed | {"sitecustomize", "usercustomize"}:
        if name.isidentifier():
            (there / f"{name}.py").write_text(STRANGE.format(ran=ran), "utf-8")
    (there / "notebooks").mkdir()
    notebook = new_notebook(cells=[new_code_cell(STRANGE.format(ran=ran))])
    for path in ("notebooks/4-report.ipynb", "learner-01.ipynb", "learner-02.ipynb"):
        (there / path).write_text(writes(notebook), "utf-8")
    (there / "page.html").write_text("<html><p>Exosomes regrow hair.</p></html>", "utf-8")
    folder.rename(there / "evidence")
    return there


COMMANDS = (
    "ingest page.html --page strange",
    "lesson mark . --out ../marked --workers 2",
    "report --out report",
    "diff main",
)


def test_no_command_runs_a_file_of_the_folder_that_it_is_used_in(strangers):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "evidence"], ["commit", "-qm", "a"]):
        subprocess.run([*git, *words], cwd=strangers, check=True, capture_output=True)
    ended = {words: run_review(*words.split(), cwd=strangers) for words in COMMANDS}
    ran = strangers.parent / "ran.txt"
    assert not ran.exists(), ran.read_text("utf-8")
    # Learners' notebooks that are none are told; all else came to its end.
    codes = {words: done.returncode for words, done in ended.items()}
    assert codes == {**dict.fromkeys(COMMANDS, 0), COMMANDS[1]: 5}, ended
