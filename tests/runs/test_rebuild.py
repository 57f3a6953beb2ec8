"""A report held against its evidence before it is signed, and whenever it is verified."""

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from commands import run_review
from docx import Document
from small_folder import write_small_folder

from review.model.errors import InputError, ParameterError, SealError
from review.model.vocabulary import Action
from review.report.seal.signing import Signer, sign
from review.report.seal.verifying import check_rebuilt, verify
from review.runs.rebuild import rebuilt
from review.store.read import read_evidence
from review.workbench import open_review

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
SIGNER = Signer("reviewer A", "medical director", "approval")
HERE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder of evidence and its report."""
    root = tmp_path_factory.mktemp("made")
    open_review([write_small_folder(root / "clinic")]).report().save(str(root / "report"))
    return root


@pytest.fixture
def copy(made, tmp_path):
    return shutil.copytree(made, tmp_path / "copy")


def anew(root, **own_files):
    return rebuilt(root / "report", [root / "clinic"], own_files, HERE)


def held_against(report, made_anew):
    verified = verify(report, NOW)
    check_rebuilt(report, verified, made_anew)
    return verified


def rewrite(report, name, change, *, is_named=True):
    """Forge a file of a report, and its manifest so that it fits."""
    path = report / name
    content = change(path.read_bytes())
    path.write_bytes(content)
    manifest = json.loads((report / "manifest.json").read_text("utf-8"))
    if is_named:
        manifest["outputs"][name] = hashlib.sha256(content).hexdigest()
    (report / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def all_substantiated(content):
    data = json.loads(content)
    for claim in data["claims"]:
        claim |= {"verdict": "substantiated", "action": str(Action.MAY_STAND)}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def test_a_report_that_follows_from_its_evidence_is_signed_as_such(copy):
    made_anew = anew(copy)
    seal = sign(copy / "report", SIGNER, NOW, made_anew)
    evidence = read_evidence([copy / "clinic"]).digest
    assert seal.signatures[0].evidence == made_anew.evidence == evidence
    assert made_anew.files == seal.files
    assert held_against(copy / "report", made_anew).seal == seal


def test_a_letter_beside_the_report_is_sealed_and_not_rebuilt(copy):
    (copy / "report" / "letter.txt").write_text("from the director", "utf-8")
    seal = sign(copy / "report", SIGNER, NOW, anew(copy))
    assert "letter.txt" in seal.files
    held_against(copy / "report", anew(copy))


FORGED = {
    "every verdict": ("report.json", all_substantiated),
    "a word of the page that is read": ("report.html", lambda c: c.replace(b"not looked for", b"shown")),
    "a cell of the table": ("claims.csv", lambda c: c.replace(b"Exosomes", b"Vitamins")),
    "the printed report": ("report.pdf", lambda c: c + b"%"),
}


@pytest.mark.parametrize(("name", "change"), FORGED.values(), ids=FORGED)
def test_a_forged_file_whose_manifest_fits_is_not_signed(copy, name, change):
    rewrite(copy / "report", name, change)
    with pytest.raises(InputError) as caught:
        sign(copy / "report", SIGNER, NOW, anew(copy))
    assert {str(problem.place) for problem in caught.value.problems} == {name, "manifest.json"}
    assert not (copy / "report" / "signature.json").exists()


def test_what_was_forged_and_signed_in_good_faith_is_told_when_verified(copy):
    rewrite(copy / "report", "report.json", all_substantiated)
    seal = sign(copy / "report", SIGNER, NOW)
    assert (seal.signatures[0].open_claims, seal.signatures[0].evidence) == (0, None)
    verify(copy / "report", NOW)
    with pytest.raises(SealError, match=r"report\.json: it is not the file that the evidence gives"):
        held_against(copy / "report", anew(copy))


def test_a_file_left_out_or_put_into_the_manifest_is_told(copy):
    (copy / "report" / "claims.csv").unlink()
    manifest = copy / "report" / "manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    del data["outputs"]["claims.csv"]
    (copy / "report" / "annex.txt").write_text("more", "utf-8")
    data["outputs"]["annex.txt"] = hashlib.sha256(b"more").hexdigest()
    manifest.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    with pytest.raises(InputError) as caught:
        sign(copy / "report", SIGNER, NOW, anew(copy))
    assert [f"{problem.place}: {problem.fault}" for problem in caught.value.problems] == [
        "annex.txt: the evidence gives no such file",
        "claims.csv: the evidence gives it, and it is missing",
        "manifest.json: it is not the file that the evidence gives",
    ]


def test_other_evidence_is_named_by_its_files(copy):
    path = copy / "clinic" / "studies" / "trial2025.yml"
    path.write_text(path.read_text("utf-8").replace("n: 20", "n: 2000"), "utf-8")
    with pytest.raises(InputError) as caught:
        anew(copy)
    assert [f"{problem.place}: {problem.fault}" for problem in caught.value.problems] == [
        "clinic/studies/trial2025.yml: it is not the file that the report was made from"
    ]


def test_a_manifest_that_names_another_digest_of_the_evidence_is_told(copy):
    manifest = copy / "report" / "manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**data, "evidence_digest": "0" * 64}), "utf-8")
    with pytest.raises(InputError, match=r"manifest\.json: it names other evidence"):
        anew(copy)


def test_every_choice_of_the_report_is_made_again(folder, tmp_path):
    path = folder / "studies" / "trial2025.yml"
    path.write_text(path.read_text("utf-8").replace("2026-11-21", "2026-10-01"), "utf-8")
    review = open_review([folder], "2026-10-15").select(topics=["cost"], jurisdictions=["uk", "ie"])
    report = review.graded_with("core", "lenient", 77).report(
        "clinic", "ocebm", "reviewer A", "A clinic"
    )
    report.save(str(tmp_path / "report"))
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / "report").iterdir()}
    assert rebuilt(tmp_path / "report", [folder], {}, HERE).files == files


def test_a_file_of_ones_own_must_be_given_and_be_the_same(folder, tmp_path):
    templates = [tmp_path / name / "letters.docx" for name in ("own", "other")]
    for number, template in enumerate(templates):
        template.parent.mkdir()
        document = Document()
        document.styles["Normal"].font.name = ("Arial", "Courier New")[number]
        document.save(str(template))
    report = open_review([folder]).report(word_template=str(templates[0]))
    report.save(str(tmp_path / "report"))

    def again(**own_files):
        return rebuilt(tmp_path / "report", [folder], own_files, HERE)

    with pytest.raises(ParameterError, match=r"'letters\.docx'. Give that file: -p word_template"):
        again()
    sign(tmp_path / "report", SIGNER, NOW, again(word_template=str(templates[0])))
    with pytest.raises(SealError, match=r"report\.docx"):
        held_against(tmp_path / "report", again(word_template=str(templates[1])))


def test_other_versions_are_named_where_files_differ(copy):
    manifest = copy / "report" / "manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    data["packages"]["typst"] = "0.1.0"
    manifest.write_text(json.dumps(data), "utf-8")
    with pytest.raises(InputError, match=r"Versions differ and may be why: typst 0\.1\.0 there"):
        sign(copy / "report", SIGNER, NOW, anew(copy))


@pytest.mark.parametrize(
    ("name", "value"), [("pages", ["shop"]), ("as_of", "soon"), ("audience", "all"), ("colour", "red")]
)
def test_parameters_that_are_none_of_a_report_are_refused(copy, name, value):
    manifest = copy / "report" / "manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    data["parameters"][name] = value
    manifest.write_text(json.dumps(data), "utf-8")
    with pytest.raises(ParameterError, match=f"parameter {name}: "):
        anew(copy)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "out = open('ran', 'w').write('x')",
        "out = [",
        "out = " + "[" * 100_000,
        None,
    ],
    ids=["nothing", "code", "half a line", "deep", "no source"],
)
def test_a_notebook_is_read_and_never_run(copy, source, monkeypatch):
    monkeypatch.chdir(copy)
    cell = {"metadata": {"tags": ["injected-parameters"]}, "source": source}
    notebook = copy / "report" / "4-report.ipynb"
    notebook.write_text(json.dumps({"cells": [cell] if source else []}), "utf-8")
    rewrite(copy / "report", notebook.name, lambda content: content)
    with pytest.raises(InputError, match=r"4-report\.ipynb: it does not say with which parameters"):
        anew(copy)
    assert not (copy / "ran").exists()


def test_the_commands_hold_a_report_against_its_evidence(copy):
    report, evidence = str(copy / "report"), ("--evidence", str(copy / "clinic"))
    who = ("--reviewer", "reviewer A", "--role", "medical director", "--meaning", "review")
    done = run_review("sign", report, *who, *evidence)
    assert done.returncode == 0, done.stderr
    assert "when signed, the report was what the evidence" in done.stdout
    done = run_review("verify", report, *evidence)
    assert done.returncode == 0, done.stderr
    assert "gives the same report" in done.stdout
    (copy / "clinic" / "searches.csv").write_text(
        "proposition,looked_for,result\nregrows,Trials,None.\n"
    )
    done = run_review("verify", report, *evidence)
    assert (done.returncode, "clinic/searches.csv" in done.stderr) == (5, True)
    (copy / "report" / "manifest.json").unlink()
    done = run_review("verify", report, *evidence)
    assert (done.returncode, "manifest.json: it is missing since" in done.stderr) == (8, True)
    done = run_review("sign", report, "--reviewer", "reviewer A", *evidence)
    assert "anew from the evidence" not in done.stdout, "what is missing is told before the long work"
