"""The committed notebooks: thin, executed, and with parameters that the runs know.

Their outputs are compared by nbval, which never compares a cell that was not executed; hence the
guard here.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from review.runs.parameters import RunParameters
from review.runs.refresh import notebooks

NOTEBOOKS = notebooks(Path(__file__).resolve().parents[2])


STANDARD = re.compile(
    r"OCEBM 2011|GRADE guidelines \d+|\(20\d\d\)|others, 20\d\d|[Ll]essons? \d( (to|and) \d)?|level 5"
)
TIME_PLAN = re.compile(r"\| minutes \|(\n\|.*)+")


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_all_of_them_are_there():
    names = [path.name for path in NOTEBOOKS]
    assert names == [
        "1-pages-and-claims.ipynb",
        "2-literature.ipynb",
        "3-evidence-and-certainty.ipynb",
        "4-report.ipynb",
        "5-check-it-yourself.ipynb",
        "decide.ipynb",
        "rate.ipynb",
        "take.ipynb",
        "lesson-1-claims.ipynb",
        "lesson-2-evidence.ipynb",
        "lesson-3-appraisal.ipynb",
        "lesson-4-grade.ipynb",
        "lesson-5-wording.ipynb",
        "lesson-6-own-page.ipynb",
        "triage.ipynb",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_was_executed_in_order(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cleared_output(path):
    """A cell whose last line shows something must hold an output, or nbval would compare nothing."""
    for cell in code_cells(path):
        last = ast.parse(cell.source).body[-1]
        shows = isinstance(last, ast.Expr) and not ast.unparse(last).startswith("pd.set_option")
        assert bool(cell.outputs) is shows, cell.source


def test_a_changed_number_is_noticed(project, tmp_path):
    """The comparison of the notebooks can fail: a stored number that is not the computed one."""
    node = nbformat.v4.new_notebook()
    node.cells = [nbformat.v4.new_code_cell("6 * 7", execution_count=1)]
    for name, stored in (("right", "42"), ("wrong", "43")):
        output = nbformat.v4.new_output("execute_result", {"text/plain": stored}, execution_count=1)
        node.cells[0].outputs = [output]
        nbformat.write(node, tmp_path / f"{name}.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", str(project / "pyproject.toml"), "-n", "0",
         "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    assert "1 failed, 1 passed" in done.stdout
    assert "FAILED wrong.ipynb::Cell 0" in done.stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_thin(path):
    node = nbformat.read(path, as_version=4)
    cells = code_cells(path)
    assert len(cells) <= 15
    for cell in cells:
        tree = ast.parse(cell.source)
        if "parameters" in cell.metadata.get("tags", []):
            assert all(isinstance(line, ast.Assign) for line in tree.body), "one line a parameter"
            assert cell.source.count("\n") == len(tree.body) - 1
        else:
            assert cell.source.count("\n") < 12
        banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.Try)
        assert not [n for n in ast.walk(tree) if isinstance(n, banned)]
        for n in ast.walk(tree):
            if isinstance(n, ast.Import):
                assert {alias.name for alias in n.names} <= {"review", "pandas"}
            assert not isinstance(n, ast.ImportFrom)
    assert node.cells[0].cell_type == "markdown"
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in cells) == 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_number_is_typed_into_the_prose(path):
    """Numbers come from code, or they go stale; a few that are definitions may stand.

    So may the names of standards, and the minutes of a lesson's time plan.
    """
    allowed = {"1", "2", "3", "4", "256"}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            prose = STANDARD.sub("", TIME_PLAN.sub("", cell.source))
            digits = "".join(c if c.isdigit() else " " for c in prose).split()
            assert set(digits) <= allowed, cell.source


def test_the_report_declares_exactly_the_parameters_of_a_run():
    (path,) = [path for path in NOTEBOOKS if path.name == "4-report.ipynb"]
    (cell,) = [c for c in code_cells(path) if "parameters" in c.metadata.get("tags", [])]
    names = [node.targets[0].id for node in ast.parse(cell.source).body]
    assert names == list(RunParameters.model_fields)
