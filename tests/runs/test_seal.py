"""Signing a report folder and finding out what changed since: real folders, every kind of change."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date

import pytest
from commands import run_review

from review.model.errors import InField, InputError, OutputError, ParameterError, SealError
from review.people.decisions import Draft
from review.people.entries import Entered
from review.report.folder import check_target, write_folder
from review.report.seal import NOTICE, Signer, sign, verify
from review.store.additions.decisions import record_decision
from review.workbench import open_review

TODAY = date(2026, 11, 21)
SIGNER = Signer("reviewer A", "medical director", statement="I have read it.")


@pytest.fixture
def report(folder, tmp_path):
    """The small folder's report, as the product writes it."""
    out = tmp_path / "report"
    open_review([folder]).report().save(str(out))
    return out


@pytest.fixture
def signed(report):
    sign(report, SIGNER, TODAY)
    return report


def found(folder) -> list[str]:
    with pytest.raises(SealError) as caught:
        verify(folder)
    assert caught.value.exit_code == 8
    return [f"{problem.place}: {problem.fault}" for problem in caught.value.problems]


def test_the_signature_names_every_file_and_who_signed(report):
    (report / "annex" / "deep").mkdir(parents=True)
    (report / "annex" / "deep" / "letter é.txt").write_bytes(b"from the director")
    sign(report, SIGNER, TODAY)
    data = json.loads((report / "signature.json").read_text("utf-8"))
    files = [path for path in sorted(report.rglob("*")) if path.is_file()]
    assert data["files"] == {
        path.relative_to(report).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name != "signature.json"
    }
    assert list(data["files"]) == sorted(data["files"])
    (signature,) = data["signatures"]
    assert signature.items() >= {
        "reviewer": "reviewer A", "role": "medical director", "date": "2026-11-21",
        "statement": "I have read it.", "open_claims": 2,
    }.items()  # fmt: skip
    own = signature.pop("digest")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert own == hashlib.sha256(text.encode()).hexdigest()
    assert data["notice"] == NOTICE
    assert verify(report).signatures[0].digest == own


def test_a_decided_claim_is_no_longer_open(folder, tmp_path):
    """home-001 overstates, nobody looked for home-002, home-003 is a price."""
    draft = Draft("home-002", "remove", "Nothing shows it.", "reviewer A", "medical director")
    record_decision([folder], draft, TODAY)
    open_review([folder]).report().save(str(tmp_path / "one"))
    assert sign(tmp_path / "one", SIGNER, TODAY).signatures[0].open_claims == 1
    study = folder / "propositions.csv"
    study.write_text(
        study.read_text("utf-8").replace("have side effects", "have serious effects"), "utf-8"
    )
    open_review([folder]).report().save(str(tmp_path / "two"))
    assert sign(tmp_path / "two", SIGNER, TODAY).signatures[0].open_claims == 2


def test_a_warning_needs_no_decision(folder, tmp_path):
    """A claim that affirms a harm may stand whatever its evidence."""
    page = folder / "pages" / "home.txt"
    before = hashlib.sha256(page.read_bytes()).hexdigest()
    denial, warning = "There are no side effects.", "There may be side effects."
    page.write_text(page.read_text("utf-8").replace(denial, warning), "utf-8")
    after = hashlib.sha256(page.read_bytes()).hexdigest()
    for name, old, new in (
        ("pages.csv", before, after),
        ("claims.csv", denial, warning),
        ("claims.csv", "harms,denies", "harms,affirms"),
    ):
        table = folder / name
        table.write_text(table.read_text("utf-8").replace(old, new), "utf-8")
    open_review([folder]).report().save(str(tmp_path / "out"))
    assert sign(tmp_path / "out", SIGNER, TODAY).signatures[0].open_claims == 1


def change(path):
    path.write_bytes(path.read_bytes() + b" ")


def linked(folder):
    html = folder / "report.html"
    html.rename(folder.parent / "report.html")
    html.symlink_to(folder.parent / "report.html")


def unreadable_name(folder):
    (folder / os.fsdecode(b"\xff")).touch()


CHANGED, ADDED = "it was changed since the report was signed", "it was added since the report was signed"
MISSING = "it is missing since the report was signed"
LINK = "it is a link, or no ordinary file with an ordinary name"
CHANGES = {
    "nothing but a touch": (lambda f: os.utime(f / "report.html", (0, 0)), []),
    "changed": (lambda f: change(f / "report.html"), [f"report.html: {CHANGED}"]),
    "missing": (lambda f: (f / "report.json").unlink(), [f"report.json: {MISSING}"]),
    "added": (lambda f: (f / ".hidden").touch(), [f".hidden: {ADDED}"]),
    "added below": (lambda f: ((f / "a").mkdir(), (f / "a" / "b").touch()), [f"a/b: {ADDED}"]),
    "a link to the same": (linked, [f"report.html: {LINK}"]),
    "a link to a folder": (lambda f: (f / "up").symlink_to(f.parent), [f"up: {LINK}"]),
    "a pipe": (lambda f: os.mkfifo(f / "pipe"), [f"pipe: {LINK}"]),
    "a name that turns": (lambda f: (f / "\u202efdp.exe").touch(), [f"[U+202E]fdp.exe: {ADDED}"]),
    "a name that is no text": (unreadable_name, [f"\\udcff: {LINK}"]),
}


@pytest.mark.parametrize(("edit", "expected"), CHANGES.values(), ids=CHANGES)
def test_every_change_is_named(signed, edit, expected):
    edit(signed)
    if expected:
        assert found(signed) == expected
    else:
        verify(signed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"reviewer A"', '"reviewer B"'),
        ('"medical director"', '"nurse"'),
        ("2026-11-21", "2026-11-20"),
        ("I have read it.", "I approve it."),
        ('"open_claims": 2', '"open_claims": 0'),
        ("not a qualified", "a qualified"),
    ],
)
def test_an_altered_signature_is_named(signed, old, new):
    text = (signed / "signature.json").read_text("utf-8")
    assert old in text
    (signed / "signature.json").write_text(text.replace(old, new), "utf-8")
    (said,) = found(signed)
    assert said.startswith("signature.json: signature 1, of reviewer")


def test_a_second_signer_adds_and_overwrites_nothing(signed):
    first = json.loads((signed / "signature.json").read_text("utf-8"))
    sign(signed, Signer("reviewer B", "second reader"), TODAY)
    both = json.loads((signed / "signature.json").read_text("utf-8"))
    assert both["signatures"][0] == first["signatures"][0]
    assert [s["reviewer"] for s in both["signatures"]] == ["reviewer A", "reviewer B"]
    assert both["files"] == first["files"]
    verify(signed)
    del both["signatures"][0]
    (signed / "signature.json").write_text(json.dumps(both), "utf-8")
    assert len(found(signed)) == 1, "an earlier signature cannot be taken out"


def test_a_changed_report_is_not_signed_again(signed):
    change(signed / "report.html")
    before = (signed / "signature.json").read_bytes()
    with pytest.raises(SealError, match=r"report\.html: it was changed"):
        sign(signed, Signer("reviewer B", "second reader"), TODAY)
    assert (signed / "signature.json").read_bytes() == before


@pytest.mark.parametrize("name", ["report.html", "report.json"])
def test_a_report_that_is_not_as_it_was_written_is_refused(report, name):
    change(report / name)
    with pytest.raises(InputError, match=f"{name}: it is not the file that the manifest names"):
        sign(report, SIGNER, TODAY)
    assert not (report / "signature.json").exists()


def test_a_report_that_lacks_a_file_is_refused(report):
    (report / "report.html").unlink()
    with pytest.raises(InputError, match=r"report\.html: it is not the file"):
        sign(report, SIGNER, TODAY)


def test_a_manifest_that_names_files_elsewhere_is_refused(report):
    data = json.loads((report / "manifest.json").read_text("utf-8"))
    data["outputs"]["../clinic/claims.csv"] = "0" * 64
    (report / "manifest.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(InputError, match=r"claims\.csv: it is not the file"):
        sign(report, SIGNER, TODAY)


def test_a_report_without_verdicts_is_refused(folder, tmp_path):
    open_review([folder]).report("class").save(str(tmp_path / "out"))
    with pytest.raises(InputError, match="this report hides its verdicts"):
        sign(tmp_path / "out", SIGNER, TODAY)


def test_what_is_no_report_is_refused(folder, tmp_path):
    for place in (folder, tmp_path / "none"):
        with pytest.raises(InputError):
            sign(place, SIGNER, TODAY)
    assert not (folder / "signature.json").exists()


def test_all_problems_of_an_entry_come_at_once(report):
    with pytest.raises(ParameterError) as caught:
        sign(report, Signer(" ", "a\x1bb", "2026-11-22", "\u202e"), TODAY)
    assert [p.place for p in caught.value.problems] == [
        InField(field) for field in (Entered.DATE, Entered.REVIEWER, Entered.ROLE, Entered.STATEMENT)
    ]
    assert not (report / "signature.json").exists()


def test_a_signature_is_not_dated_before_the_last(signed):
    with pytest.raises(ParameterError, match="is before the last signature"):
        sign(signed, Signer("reviewer B", "second reader", "2026-11-20"), TODAY)


NOBODY = '{"notice": "", "files": {}, "signatures": []}'


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000, NOBODY])
def test_a_damaged_signature_is_said_to_be_one(signed, content):
    (signed / "signature.json").write_text(content, "utf-8")
    for attempt in (lambda: verify(signed), lambda: sign(signed, SIGNER, TODAY)):
        with pytest.raises(InputError, match="this is not a readable signature"):
            attempt()


def test_an_unsigned_report_cannot_be_verified(report):
    with pytest.raises(InputError, match="the folder holds no signature"):
        verify(report)


def test_no_report_is_written_over_a_signed_one(signed):
    before = {path.name: path.read_bytes() for path in signed.iterdir()}
    for attempt in (lambda: check_target(signed), lambda: write_folder(signed, {"manifest.json": "{}"})):
        with pytest.raises(OutputError, match="is signed"):
            attempt()
    assert {path.name: path.read_bytes() for path in signed.iterdir()} == before


def test_the_commands_and_their_exit_codes(report):
    done = run_review("sign", str(report), "--reviewer", "reviewer A", "--role", "medical director")
    assert done.returncode == 0, done.stderr
    assert "2 claims open" in done.stdout
    assert NOTICE in done.stdout
    again = run_review("verify", str(report))
    assert (again.returncode, again.stdout) == (0, done.stdout)
    change(report / "report.json")
    broken = run_review("verify", str(report))
    assert (broken.returncode, broken.stdout) == (8, "")
    assert broken.stderr.startswith("1 problem\nreport.json: it was changed")
    assert run_review("verify", str(report.parent)).returncode == 5


def test_two_who_sign_at_once_both_stand(report):
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "review", "sign", str(report), "--reviewer", f"reviewer {name}",
             "--role", "medical director"], stdout=subprocess.DEVNULL,
        )
        for name in "ABC"
    ]  # fmt: skip
    assert [process.wait(60) for process in started] == [0, 0, 0]
    assert {s.reviewer[-1] for s in verify(report).signatures} == set("ABC")
    assert sorted(path.name for path in report.parent.iterdir()) == ["clinic", "report"]
