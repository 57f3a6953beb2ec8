"""A report needs no extra; what needs one says so, and how to install it."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from review.model.extras import IMPORTED

WITHOUT = """import sys
sys.modules.update(dict.fromkeys({blocked!r}))
sys.argv = ["review", *{arguments!r}]
from review.cli import main
main()"""

NEEDS = {
    "ingest page.html --page new": "pages",
    "suggest clinic-faq": "pages",
    "search tea": "pages",
    "scan crawl.warc --out {out}": "scan",
    "lesson make --lesson 1 --students class.csv --seed 1 --out {out}": "lab",
    "lesson mark students --out {out}": "lab",
    "refresh": "lab",
}


def run_without(blocked, arguments, cwd):
    code = WITHOUT.format(blocked=sorted(blocked), arguments=arguments)
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("command", "extra"), NEEDS.items(), ids=NEEDS)
def test_a_command_without_its_extra_tells_how_to_install_it(project, tmp_path, command, extra):
    for missing in IMPORTED[extra]:
        done = run_without([missing], command.format(out=tmp_path / "out").split(), project)
        assert done.returncode == 4
        assert f": not installed: {missing}. Install what it needs: " in done.stderr
        assert f"pip install 'evidence-review[{extra}]'." in done.stderr
        assert ("make install" in done.stderr) is (extra != "scan")
        assert done.stdout == ""
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "ask", ["review.lesson(1)", "review.lesson_form('a')", "review.decision_form('evidence')"]
)
def test_a_notebook_without_the_extra_is_told_the_same(project, ask):
    code = f"import sys\nsys.modules['ipywidgets'] = None\nimport review\n{ask}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False
    )
    assert "not installed: ipywidgets. Install what it needs: `make install`" in done.stderr


def beyond_the_lock(project):
    """The modules that are installed here and that the lock of a report does not install."""
    lock = (project / "requirements.lock").read_text("utf-8")
    locked = {*re.findall(r"^([a-z0-9.-]+)(?:\\[.*?\\])?==", lock, re.M), "evidence-review"}
    named = {
        module: {re.sub(r"[-_.]+", "-", name).lower() for name in distributions}
        for module, distributions in packages_distributions().items()
    }
    return {module for module, distributions in named.items() if not distributions & locked}


def test_what_the_lock_of_a_report_installs_is_enough_for_one(project, tmp_path):
    blocked = beyond_the_lock(project)
    assert {"sklearn", "pyarrow", "jupyterlab", "pytest"} <= blocked
    asked = ["report", "--out", str(tmp_path / "report"), "-p", "pages", "clinic-brochure"]
    done = run_without(blocked, asked, project)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report" / "report.pdf").is_file()


def test_it_is_enough_for_many(project, folder, tmp_path):
    (tmp_path / "runs.csv").write_text("run,pages\nhome,home\n", "utf-8")
    asked = ["batch", str(tmp_path / "runs.csv"), "--out", str(tmp_path / "batch")]
    asked += ["--evidence", str(folder)]
    done = run_without(beyond_the_lock(project), asked, project)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.glob("batch/**/report.json"))


@pytest.mark.parametrize("command", ["check", "explain clinic-faq-106", "lineage", "diff HEAD"])
def test_it_is_enough_to_read_the_evidence(project, command):
    done = run_without(beyond_the_lock(project), command.split(), project)
    assert done.returncode == 0, done.stderr
