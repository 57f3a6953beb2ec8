"""Signing a report folder: who may, what is written, what is refused; real folders and processes."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from commands import run_review
from small_folder import write_small_folder

from review.commands.people.seal import MEANINGS
from review.model.errors import InField, InOption, InputError, OutputError, ParameterError, SealError
from review.model.vocabulary import Meaning
from review.people.decisions import Draft
from review.people.entries import Entered
from review.report.folder import check_target, write_folder
from review.report.seal.record import NOTICE
from review.report.seal.signing import Signer, sign
from review.report.seal.verifying import verify
from review.store.additions.decisions import record_decision
from review.store.clock import utc_now
from review.workbench import open_review

NOW = datetime(2026, 11, 21, 14, 30, 5, tzinfo=UTC)
SIGNER = Signer("reviewer A", "medical director", "approval", "I have read it.")
SECOND = Signer("reviewer B", "second reader", "review")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small folder's report, as the product writes it."""
    root = tmp_path_factory.mktemp("seal")
    open_review([write_small_folder(root / "clinic")]).report().save(str(root / "report"))
    return root / "report"


@pytest.fixture
def report(folder, made, tmp_path):
    """The same report beside its evidence, to be signed and changed."""
    return shutil.copytree(made, tmp_path / "report")


@pytest.fixture
def signed(report):
    sign(report, SIGNER, NOW)
    return report


def test_the_signature_names_every_file_and_who_signed(report):
    (report / "annex" / "deep").mkdir(parents=True)
    (report / "annex" / "deep" / "letter é.txt").write_bytes(b"from the director")
    sign(report, SIGNER, NOW)
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
        "reviewer": "reviewer A", "role": "medical director", "meaning": "approval",
        "date": "2026-11-21T14:30:05Z",
        "statement": "I have read it.", "open_claims": 2,
    }.items()  # fmt: skip
    assert (data.pop("count"), len(data.pop("head"))) == (1, 64)
    own = signature.pop("digest")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert own == hashlib.sha256(text.encode()).hexdigest()
    assert data["notice"] == NOTICE
    assert verify(report, NOW).seal.signatures[0].digest == own


def test_a_decided_claim_is_no_longer_open(folder, tmp_path):
    """home-001 overstates, nobody looked for home-002, home-003 is a price."""
    draft = Draft("home-002", "remove", "Nothing shows it.", "reviewer A", "medical director")
    record_decision([folder], draft, NOW)
    open_review([folder]).report().save(str(tmp_path / "one"))
    assert sign(tmp_path / "one", SIGNER, NOW).signatures[0].open_claims == 1
    study = folder / "propositions.csv"
    study.write_text(
        study.read_text("utf-8").replace("have side effects", "have serious effects"), "utf-8"
    )
    open_review([folder]).report().save(str(tmp_path / "two"))
    assert sign(tmp_path / "two", SIGNER, NOW).signatures[0].open_claims == 2


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
    assert sign(tmp_path / "out", SIGNER, NOW).signatures[0].open_claims == 1


def change(path):
    path.write_bytes(path.read_bytes() + b" ")


def test_a_second_signer_adds_and_overwrites_nothing(signed):
    first = json.loads((signed / "signature.json").read_text("utf-8"))
    sign(signed, SECOND, NOW)
    both = json.loads((signed / "signature.json").read_text("utf-8"))
    assert both["signatures"][0] == first["signatures"][0]
    assert [s["reviewer"] for s in both["signatures"]] == ["reviewer A", "reviewer B"]
    assert both["files"] == first["files"]
    verify(signed, NOW)


def test_a_changed_report_is_not_signed_again(signed):
    change(signed / "report.html")
    before = (signed / "signature.json").read_bytes()
    with pytest.raises(SealError, match=r"report\.html: it was changed"):
        sign(signed, SECOND, NOW)
    assert (signed / "signature.json").read_bytes() == before


@pytest.mark.parametrize("name", ["report.html", "report.json"])
def test_a_report_that_is_not_as_it_was_written_is_refused(report, name):
    change(report / name)
    with pytest.raises(InputError, match=f"{name}: it is not the file that the manifest names"):
        sign(report, SIGNER, NOW)
    assert not (report / "signature.json").exists()


def test_a_report_that_lacks_a_file_is_refused(report):
    (report / "report.html").unlink()
    with pytest.raises(InputError, match=r"report\.html: it is not the file"):
        sign(report, SIGNER, NOW)


def test_a_manifest_that_names_files_elsewhere_is_refused(report):
    data = json.loads((report / "manifest.json").read_text("utf-8"))
    data["outputs"]["../clinic/claims.csv"] = "0" * 64
    (report / "manifest.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(InputError, match=r"claims\.csv: it is not the file"):
        sign(report, SIGNER, NOW)


def test_a_report_without_verdicts_is_refused(folder, tmp_path):
    open_review([folder]).report("class").save(str(tmp_path / "out"))
    with pytest.raises(InputError, match="this report hides its verdicts"):
        sign(tmp_path / "out", SIGNER, NOW)


def test_what_is_no_report_is_refused(folder, tmp_path):
    for place in (folder, tmp_path / "none"):
        with pytest.raises(InputError):
            sign(place, SIGNER, NOW)
    assert not (folder / "signature.json").exists()


def test_all_problems_of_an_entry_come_at_once(report):
    with pytest.raises(ParameterError) as caught:
        sign(report, Signer(" ", "a\x1bb", "", "\u202e", of=0, key=report / "none"), NOW)
    assert [p.place for p in caught.value.problems] == [
        InOption("--key", "none"), InOption("--of"),
        InField(Entered.MEANING), InField(Entered.REVIEWER), InField(Entered.ROLE),
        InField(Entered.STATEMENT),
    ]  # fmt: skip
    assert not (report / "signature.json").exists()


NOBODY = '{"notice": "", "files": {}, "signatures": []}'


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000, NOBODY])
def test_a_damaged_signature_is_said_to_be_one(signed, content):
    (signed / "signature.json").write_text(content, "utf-8")
    for attempt in (lambda: verify(signed, NOW), lambda: sign(signed, SIGNER, NOW)):
        with pytest.raises(InputError, match="this is not a readable signature"):
            attempt()


def test_an_unsigned_report_cannot_be_verified(report):
    with pytest.raises(InputError, match="the folder holds no signature"):
        verify(report, NOW)


def test_no_report_is_written_over_a_signed_one(signed):
    before = {path.name: path.read_bytes() for path in signed.iterdir()}
    for attempt in (lambda: check_target(signed), lambda: write_folder(signed, {"manifest.json": "{}"})):
        with pytest.raises(OutputError, match="is signed"):
            attempt()
    assert {path.name: path.read_bytes() for path in signed.iterdir()} == before


def test_help_names_every_meaning():
    assert re.split(", | or ", MEANINGS) == [str(meaning) for meaning in Meaning]


def test_the_commands_and_their_exit_codes(report):
    who = ("--reviewer", "reviewer A", "--role", "medical director", "--meaning", "approval")
    done = run_review("sign", str(report), *who)
    assert done.returncode == 0, done.stderr
    signed = done.stdout.splitlines()[1:4]
    assert signed[0].endswith("Z reviewer A, medical director: approval, 2 claims open")
    assert signed[2] == "  when signed, the report was not held against its evidence"
    again = run_review("verify", str(report))
    assert again.returncode == 0
    assert [line for line in signed if line not in again.stdout.splitlines()] == []
    for line in ("no key: the name is as it was typed", "no time stamp: the time is that of", NOTICE):
        assert line in again.stdout
    change(report / "report.json")
    broken = run_review("verify", str(report))
    assert (broken.returncode, broken.stdout) == (8, "")
    assert broken.stderr.startswith("1 problem\nreport.json: it was changed")
    assert run_review("verify", str(report.parent)).returncode == 5


def test_two_who_sign_at_once_both_stand(report):
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "review", "sign", str(report), "--reviewer", f"reviewer {name}",
             "--role", "medical director", "--meaning", "review"], stdout=subprocess.DEVNULL,
        )
        for name in "ABC"
    ]  # fmt: skip
    assert [process.wait(60) for process in started] == [0, 0, 0]
    later = utc_now() + timedelta(seconds=1)
    assert {s.reviewer[-1] for s in verify(report, later).seal.signatures} == set("ABC")
    assert sorted(path.name for path in report.parent.iterdir()) == ["clinic", "report"]
