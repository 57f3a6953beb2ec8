"""Real runs: papermill, a kernel, files on disk."""

import hashlib
import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pikepdf
import pytest
from commands import run_review
from nbformat.v4 import new_code_cell

from review.model.errors import OutputError, ParameterError, RunError
from review.report.build import build_report
from review.report.formats.html import report_html
from review.report.parts.compose import compose
from review.runs.execute import declared_parameters, run_notebook
from review.runs.report_run import NOTEBOOK, run_report
from review.store import children
from review.store.code import code_digest

WRITTEN = (
    "annotations.jsonld",
    "brief.docx",
    "brief.html",
    "brief.pdf",
    "claimreview.jsonld",
    "claims.csv",
    "claims.xlsx",
    "page-edited.docx",
    "references.json",
    "references.ris",
    "report.docx",
    "report.html",
    "report.json",
    "report.pdf",
    "summary-of-findings.csv",
    "summary-of-findings.fhir.json",
    "summary-of-findings.json",
)


CHOSEN = [("pages", "clinic-brochure"), ("categories", "safety")]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A report of some claims of one page, made by the command in a folder of its own."""
    out = tmp_path_factory.mktemp("one") / "report"
    asked = [word for name, value in CHOSEN for word in ("-p", name, value)]
    done = run_review("report", *asked, "--out", out)
    assert "open " in done.stdout
    assert done.stdout.splitlines()[-1].endswith("/report/brief.pdf")
    assert "writing-report" in done.stderr, "the progress bar names the step"
    return out


def test_the_folder_holds_the_whole_run(made):
    names = sorted(path.name for path in made.iterdir())
    assert set(names) == {"4-report.ipynb", "manifest.json", *WRITTEN}


def test_the_manifest_names_every_output_and_input(made):
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest
    assert set(manifest["outputs"]) == {"4-report.ipynb", *WRITTEN}
    assert manifest["parameters"]["pages"] == ["clinic-brochure"]
    assert len(manifest["inputs"]) > 100


def test_the_manifest_names_the_notebook_that_ran(project, made):
    inputs = json.loads((made / "manifest.json").read_text("utf-8"))["inputs"]
    own = (project / "notebooks" / "4-report.ipynb").read_bytes()
    assert inputs["4-report.ipynb"] == hashlib.sha256(own).hexdigest()


def test_a_notebook_of_ones_own_runs_where_it_is_named(project, folder, tmp_path):
    cells = [
        "import importlib.util, json, pathlib\nthere = pathlib.Path(out)\nthere.mkdir()",
        "made = {'outputs': {}, 'inputs': {'by': reviewer}}",
        "made['beside'] = importlib.util.find_spec('beside_it') is not None",
        "(there / 'manifest.json').write_text(json.dumps(made))",
    ]
    node = nbformat.read(project / NOTEBOOK, as_version=4)
    node.cells = [cell for cell in node.cells if "parameters" in cell.metadata.get("tags", [])]
    node.cells += [new_code_cell(cell) for cell in cells]
    own = tmp_path / "own.ipynb"
    nbformat.write(node, own)
    (tmp_path / "beside_it.py").touch()
    asked = ("--notebook", own, "--evidence", folder, "--out", tmp_path / "out")
    done = run_review("report", *asked, "-p", "reviewer", "A. Sample", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    digest = hashlib.sha256(own.read_bytes()).hexdigest()
    assert made["inputs"] == {"by": "A. Sample", "4-report.ipynb": digest}
    assert made["beside"] is False, "a module beside a notebook is not found"


def test_an_installed_package_brings_its_notebooks(project, tmp_path):
    kept = ("src", "notebooks", "pyproject.toml", "README.md", "LICENSE")
    for name in kept:
        copy = shutil.copytree if (project / name).is_dir() else shutil.copy
        copy(project / name, tmp_path / name)
    (tmp_path / "evidence").mkdir()
    shutil.copy(project / "evidence" / "README.md", tmp_path / "evidence")
    build = children.python("-m", "hatchling", "build", "-t", "wheel", "-d", "dist")
    subprocess.run(build, cwd=tmp_path, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with ZipFile(wheel) as parts:
        parts.extractall(tmp_path / "installed")
    asked = (
        "from review.runs.report_run import report_notebook\n"
        "from review.store.code import code_digest\n"
        "from review.runs.new_project import start_project\n"
        "from pathlib import Path\n"
        "start_project(Path('ours'))\n"
        "print(report_notebook(None), code_digest())"
    )
    done = subprocess.run(
        children.python("-c", asked),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        check=True,
        capture_output=True,
        text=True,
    )
    found, digest = done.stdout.split()
    assert Path(found) == tmp_path / "installed" / "review" / NOTEBOOK
    assert Path(found).read_bytes() == (project / NOTEBOOK).read_bytes()
    assert digest == code_digest(), "a checkout and an installed package are the same code"
    begun = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "ours").rglob("*.*")}
    assert {"ours/evidence/README.md", "ours/evidence/pages/sample.txt", f"ours/{NOTEBOOK}"} <= begun


def test_only_the_chosen_page_is_reviewed(made):
    report = json.loads((made / "report.json").read_text("utf-8"))
    assert [page["page"] for page in report["pages"]] == ["clinic-brochure"]
    assert {(claim["page"], claim["category"]) for claim in report["claims"]} == {
        ("clinic-brochure", "safety")
    }


def test_a_second_run_elsewhere_gives_the_same_bytes(project, made, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    again = run_report(CHOSEN, [project / "evidence"], tmp_path / "again" / "here", project)
    for name in WRITTEN:
        assert (again / name).read_bytes() == (made / name).read_bytes(), name


def unpacked(path: Path) -> bytes:
    """What is in a file, out of its zip or its compressed streams."""
    data = path.read_bytes()
    if path.suffix in (".docx", ".xlsx"):
        with ZipFile(BytesIO(data)) as parts:
            return b"\n".join(parts.read(name) for name in parts.namelist())
    if path.suffix == ".pdf":
        out = BytesIO()
        with pikepdf.open(BytesIO(data)) as pdf:
            pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
        return out.getvalue()
    return data


def test_no_path_of_this_machine_is_in_any_output(project, made):
    for path in made.iterdir():
        text = unpacked(path).decode("utf-8", errors="replace")
        assert str(project) not in text, path.name
        assert str(Path.home()) + "/" not in text, path.name
        assert str(made.parent) not in text, path.name


def test_an_earlier_date_shows_only_what_was_known_by_then(review):
    report = build_report(review.select(as_of="2021-12-31", **{name: [value] for name, value in CHOSEN}))
    assert report.as_of == "2021-12-31"
    shown = {row.key for row in report.references}
    shown |= {finding.study for profile in report.profiles for finding in profile.findings}
    assert shown
    for key in shown:
        assert int(review.evidence.references[key].fields["year"]) <= 2021, key
    html = report_html(compose(report))
    assert "amini2025" not in html.partition('<section aria-labelledby="provenance">')[0]


def test_the_settings_of_a_run_are_named_in_its_outputs(project, folder, tmp_path):
    given = [("start_rule", "robins-i"), ("upgrading", "lenient"), ("information_size", "800")]
    out = run_report([("as_of", "2021-12-31"), *given], [folder], tmp_path / "out", project)
    assert json.loads((out / "report.json").read_text("utf-8"))["as_of"] == "2021-12-31"
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert {name: manifest["parameters"][name] for name, _ in given} == {
        "start_rule": "robins-i",
        "upgrading": "lenient",
        "information_size": 800,
    }
    said = "robins-i start rule, lenient upgrading, information size 800"
    assert said in manifest["rules"][0]
    assert said in (out / "report.html").read_text("utf-8")


def test_a_bad_parameter_stops_before_anything_is_written(project, tmp_path):
    with pytest.raises(ParameterError):
        run_report([("pagess", "x")], [project / "evidence"], tmp_path / "out", project)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_page_stops_before_anything_is_written(project, tmp_path):
    with pytest.raises(ParameterError, match="there is no page"):
        run_report([("pages", "home")], [project / "evidence"], tmp_path / "out", project)
    assert list(tmp_path.iterdir()) == []


def test_bad_evidence_stops_before_anything_is_written(folder, tmp_path):
    (folder / "links.csv").write_text("link\n", "utf-8")
    done = run_review("report", "--evidence", folder, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert not (tmp_path / "out").exists()


def test_all_problems_of_a_run_come_at_once(project, folder, tmp_path):
    (folder / "links.csv").write_text("link\n", "utf-8")
    (tmp_path / "out").write_text("mine", "utf-8")
    given = [("pagess", "x"), ("as_of", "2021-02-30")]
    with pytest.raises(ParameterError) as caught:
        run_report(given, [folder], tmp_path / "out", project)
    said = str(caught.value)
    for part in ("pagess", "as_of", "links.csv:1", "this is a file"):
        assert part in said


@pytest.mark.parametrize("kind", ["a file", "another folder"])
def test_nothing_else_is_overwritten(project, tmp_path, kind):
    out = tmp_path / "mine"
    if kind == "a file":
        out.write_text("mine", "utf-8")
    else:
        out.mkdir()
        (out / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(OutputError):
        run_report([], [project / "evidence"], out, project)
    left = out if kind == "a file" else out / "letter.txt"
    assert left.read_text("utf-8") == "mine"


def test_a_failing_cell_is_told_and_what_ran_is_kept(tmp_path):
    node = nbformat.v4.new_notebook()
    node.cells = [
        nbformat.v4.new_code_cell("print('so far')"),
        nbformat.v4.new_code_cell("1 / 0"),
    ]
    path = tmp_path / "bad.ipynb"
    nbformat.write(node, path)
    with pytest.raises(RunError, match="ZeroDivisionError") as caught:
        run_notebook(path, {}, tmp_path, tmp_path / "partial.ipynb", progress=False)
    assert caught.value.exit_code == 7
    kept = nbformat.read(tmp_path / "partial.ipynb", as_version=4)
    assert "so far" in str(kept.cells)


def test_a_dead_kernel_is_told(tmp_path):
    node = nbformat.v4.new_notebook()
    node.cells = [nbformat.v4.new_code_cell("import os; os._exit(1)")]
    path = tmp_path / "dead.ipynb"
    nbformat.write(node, path)
    with pytest.raises(RunError, match="the kernel died"):
        run_notebook(path, {}, tmp_path, progress=False)


def test_a_notebook_without_parameters_is_refused(tmp_path):
    path = tmp_path / "none.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    with pytest.raises(Exception, match="no cell tagged parameters"):
        declared_parameters(path)
