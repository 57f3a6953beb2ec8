"""The same evidence and date give the same bytes in every file, wherever and whenever they are made."""

import hashlib
import os
import shutil
import subprocess
import sys

from review.runs.rebuild import rebuilt

EVERY_FILE = {
    "4-report.ipynb",
    "annotations.jsonld",
    "brief.docx",
    "brief.html",
    "brief.pdf",
    "claimreview.jsonld",
    "claims.csv",
    "claims.xlsx",
    "manifest.json",
    "page-edited.docx",
    "references.json",
    "references.ris",
    "report.docx",
    "report.html",
    "report.json",
    "report.pdf",
    "ro-crate-metadata.json",
    "summary-of-findings.csv",
    "summary-of-findings.fhir.json",
    "summary-of-findings.json",
}


def run_in(folder, project, zone: str, seed: str, locale: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "review", "report", "-p", "ro_crate", "true"]
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale}
    subprocess.run(
        [*command, "--evidence", str(folder / "clinic"), "--out", str(folder / "out")],
        cwd=project,
        env=environment,
        capture_output=True,
        check=True,
    )
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def test_two_folders_two_hash_seeds_and_two_time_zones(folder, tmp_path, project):
    first, second = tmp_path / "one", tmp_path / "another place"
    for place in (first, second):
        shutil.copytree(folder, place / "clinic")
    a = run_in(first, project, "Pacific/Kiritimati", "1", "C.UTF-8")
    b = run_in(second, project, "America/Los_Angeles", "2", "tr_TR.UTF-8")
    assert set(a) == EVERY_FILE
    assert [name for name in sorted(a) if a[name] != b[name]] == []
    made_anew = rebuilt(second / "out", [second / "clinic"], {}, project)
    assert made_anew.files == {name: hashlib.sha256(content).hexdigest() for name, content in b.items()}
