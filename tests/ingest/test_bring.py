"""A page brought in, and brought in again: the command, its files, all of them written or none."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from commands import run_review
from servers import always, ok, serving

from review.ingest.page import Request, bring
from review.model.errors import EvidenceError, InFile, InputError, OutputError, ParameterError
from review.store.canonical import canonical_files
from review.store.files.together import READY, STAGED, finish_writing, write_together
from review.store.snapshot import read_evidence

DAY = date(2026, 1, 5)
CHANGED = (
    "Welcome.\n\nExosomes can regrow hair. There are no side effects.\nParking is free of charge.\n"
)
MOVED = "Welcome.\n\nExosomes regrow hair. There are no side effects.\nIt costs 9,000$.\n"


def state(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def source(tmp_path) -> Path:
    return tmp_path / "new.txt"


def asked(source: Path, text: str = "", page: str = "home", **more) -> Request:
    if text:
        source.write_text(text, "utf-8")
    return Request(str(source), page, **more)


# The command


@pytest.mark.parametrize("name", ["accordion-faq", "price-table", "long-article"])
def test_a_new_folder_passes_every_check(project, tmp_path, name):
    path = project / "tests" / "pages" / f"{name}.html"
    about = ("--page", name, "--date", "2026-01-05", "--kind", "clinic-faq")
    done = run_review("ingest", path, *about, "--evidence", "clinic", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = read_evidence([tmp_path / "clinic"])
    page, capture = found.pages[name], found.captures[name]
    assert (str(page.captured), page.kind) == ("2026-01-05", "clinic-faq")
    original = tmp_path / "clinic" / "originals" / f"{name}.html"
    assert original.read_bytes() == path.read_bytes()
    assert capture.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    told = done.stdout.splitlines()
    assert told[0] == (
        f"page {name}: {len(page.text):,} characters, {page.text.count(chr(10)):,} lines, "
        f"SHA-256 {page.sha256}"
    )
    for passage in (*capture.only_walk, *capture.only_article, *capture.set_aside):
        assert f"  {passage}" in told
    assert told[-1] == f"next: review suggest {name} --evidence clinic"
    assert run_review("check", "--evidence", "clinic", cwd=tmp_path).returncode == 0
    assert all(now == then for _, now, then in canonical_files(tmp_path / "clinic"))


def test_the_same_source_gives_the_same_bytes(project, tmp_path):
    path = project / "tests" / "pages" / "accordion-faq.html"
    for name, seed in (("one", "1"), ("two", "2")):
        (tmp_path / name).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
        command = [sys.executable, "-m", "review", "ingest", str(path), "--page", "faq"]
        command += ["--evidence", "e", "--date", "2026-01-05"]
        subprocess.run(command, cwd=tmp_path / name, env=environment, capture_output=True, check=True)
    assert state(tmp_path / "one") == state(tmp_path / "two") != {}


def test_a_page_from_a_server_keeps_its_address(tmp_path):
    with serving(always(ok(b"<!doctype html><title>T</title><p>Hair grows.</p>"))) as (address, _):
        bring([tmp_path / "c"], Request(f"{address}/a", "a", allow_private=True), DAY)
        with pytest.raises(InputError, match="public network"):
            bring([tmp_path / "c"], Request(f"{address}/a", "b"), DAY)
    found = read_evidence([tmp_path / "c"])
    assert found.pages["a"].url == found.captures["a"].source == f"{address}/a"
    assert found.pages["a"].title == "T"


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (["missing.html", "--page", "a"], 5, "there is no such file"),
        (["http://127.0.0.1/", "--page", "a"], 5, "public network"),
        (["new.txt", "--page", "A b"], 4, "--page"),
        (["new.txt", "--page", "../a"], 4, "--page"),
        (["new.txt", "--page", "a", "--kind", "poster"], 4, "the kind 'poster' is unknown"),
        (["new.txt", "--page", "a", "--date", "2026-02-30"], 4, "no such day"),
        (["new.txt", "--page", "a", "--follows", "b"], 4, "there is no page 'b'"),
        (["new.txt", "--page", "a", "--accept", "a-001"], 4, "there is no claim 'a-001'"),
        (["new.txt", "--page", "a", "--evidence", "x/y/z"], 5, "cannot be made"),
    ],
)
def test_a_mistake_has_an_exit_code_and_leaves_nothing(tmp_path, arguments, code, what):
    (tmp_path / "new.txt").write_text("Hair grows.\n", "utf-8")
    before = state(tmp_path)
    evidence = [] if "--evidence" in arguments else ["--evidence", "c"]
    done = run_review("ingest", *evidence, *arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert what in done.stderr
    assert "Traceback" not in done.stderr
    assert state(tmp_path) == before


def test_control_characters_of_a_source_do_not_reach_the_terminal(tmp_path):
    (tmp_path / "a.txt").write_text("---\nx\n---\nHair\x1b[2J grows\u202e.\n", "utf-8")
    done = run_review("ingest", "a.txt", "--page", "a", "--evidence", "c", cwd=tmp_path)
    assert done.returncode == 0
    assert not {"\x1b", "\u202e"} & set(done.stdout)
    assert "note: dropped 1 × U+001B" in done.stdout


# Originals and captures


@pytest.fixture
def brought(folder, source) -> Path:
    bring([folder], asked(source, "Hair grows.\n", page="shop"), DAY)
    return folder


def test_a_page_is_added_beside_those_that_are_there(brought):
    found = read_evidence([brought])
    assert set(found.pages) == {"home", "shop"}
    assert set(found.captures) == {"shop"}
    assert "originals/shop.txt" in " ".join(found.files)


@pytest.mark.parametrize(
    ("path", "content", "what"),
    [
        ("originals/shop.txt", b"Hair grew.\n", "not the file that page 'shop' was read from"),
        ("originals/shop.txt", None, "cannot be read"),
        ("originals/other.txt", b"x", "would not be read"),
        ("originals/shop.pdf", b"x", "would not be read"),
        ("captures/ghost.yml", "shop", "page 'ghost' does not exist"),
    ],
)
def test_an_original_that_is_not_the_one_is_a_problem(brought, path, content, what):
    target = brought / path
    if content is None:
        target.unlink()
    elif isinstance(content, str):
        shutil.copy(brought / "captures" / f"{content}.yml", target)
        shutil.copy(brought / "originals" / f"{content}.txt", brought / "originals" / "ghost.txt")
    else:
        target.write_bytes(content)
    with pytest.raises(EvidenceError) as caught:
        read_evidence([brought])
    assert [what in problem.fault for problem in caught.value.problems] == [True]


def test_a_broken_capture_is_one_problem(brought):
    path = brought / "captures" / "shop.yml"
    path.write_text(path.read_text("utf-8").replace("format: text", "format: txt"), "utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_evidence([brought])
    assert ["format is 'txt'" in problem.fault for problem in caught.value.problems] == [True]


# A page that changed


def test_a_page_that_is_there_is_only_compared(folder, source):
    before = state(folder)
    found = bring([folder], asked(source, CHANGED), DAY)
    assert not found.written
    assert state(folder) == before
    assert [item.claim.claim for item in found.changes.kept] == ["home-002"]
    assert [item.claim.claim for item in found.changes.changed] == ["home-001"]
    assert [item.claim for item in found.changes.gone] == ["home-003"]
    assert found.changes.new == ("Welcome.", "Parking is free of charge.")


def test_the_comparison_is_told_claim_by_claim(folder, source):
    asked(source, CHANGED)
    done = run_review("ingest", str(source), "--page", "home", "--evidence", str(folder), cwd=folder)
    assert done.returncode == 0
    for part in (
        "claims that moved: 1\n  home-002, 22-48 to 36-62: There are no side effects.\n",
        "    was: Exosomes regrow hair.\n    now: Exosomes can regrow hair.\n",
        "claims that are gone: 1\n  home-003: It costs 9,000$.\n",
        "new passages without a claim: 2\n  Welcome.\n  Parking is free of charge.\n",
        "nothing was written",
    ):
        assert part in done.stdout


def test_an_update_moves_the_offsets_with_the_text(folder, source):
    assert bring([folder], asked(source, MOVED, update=True), DAY).written
    found = read_evidence([folder])
    assert found.pages["home"].text == MOVED
    assert found.claims["home-001"].start == 10
    assert found.claims["home-001"].proposition == "regrows"
    assert len(found.claims) == 3


def test_an_update_that_would_lose_a_claim_is_refused_and_nothing_is_written(folder, source):
    before = state(folder)
    with pytest.raises(EvidenceError) as caught:
        bring([folder], asked(source, CHANGED, update=True), DAY)
    first, second = caught.value.problems
    assert first.place == InFile(f"{folder.as_posix()}/claims.csv", 2)
    assert "home-001 now reads 'Exosomes can regrow hair.'" in first.fault
    assert "--accept home-001" in first.remedy
    assert "home-003 is no longer on the page" in second.fault
    assert "--page home-2 --follows home" in second.remedy
    assert state(folder) == before


def test_new_words_are_taken_when_a_person_accepts_them(folder, source):
    text = MOVED.replace("Exosomes regrow", "Exosomes can regrow")
    bring([folder], asked(source, text, update=True, accepted=frozenset(["home-001"])), DAY)
    assert read_evidence([folder]).claims["home-001"].quote == "Exosomes can regrow hair."


def test_the_words_under_a_decision_are_never_changed(folder, source):
    (folder / "decisions.csv").write_text(
        "claim,decision,wording,reviewer,role,date,reason,digest\n"
        f"home-001,keep,not_applicable,reviewer A,director,2026-01-01,It stands.,{'0' * 64}\n",
        "utf-8",
    )
    text = MOVED.replace("Exosomes regrow", "Exosomes can regrow")
    with pytest.raises(EvidenceError, match="home-001 was decided upon"):
        bring([folder], asked(source, text, update=True, accepted=frozenset(["home-001"])), DAY)


def test_a_page_that_follows_takes_over_what_stands_and_leaves_the_old_one(folder, source):
    old = state(folder)
    request = asked(source, CHANGED, page="home-2", follows="home", accepted=frozenset(["home-001"]))
    bring([folder], request, DAY)
    found = read_evidence([folder])
    assert {k for k in found.claims if k.startswith("home-2")} == {"home-2-001", "home-2-002"}
    assert found.claims["home-2-001"].quote == "Exosomes can regrow hair."
    assert found.claims["home-2-002"].proposition == found.claims["home-002"].proposition
    assert found.claims["home-003"].page == "home"
    assert found.pages["home-2"].title == found.pages["home"].title
    assert (folder / "pages" / "home.txt").read_bytes() == old["pages/home.txt"]
    assert (folder / "claims.csv").read_bytes().startswith(old["claims.csv"][:80])


def test_a_page_of_another_folder_is_not_changed_from_here(folder, source, tmp_path):
    with pytest.raises(ParameterError, match="stands in"):
        bring([folder, tmp_path / "other"], asked(source, MOVED, update=True), DAY)
    request = asked(source, MOVED, page="home-2", follows="home")
    bring([folder, tmp_path / "other"], request, DAY)
    assert len(read_evidence([folder, tmp_path / "other"]).claims) == 6


def test_another_format_replaces_the_original(brought, tmp_path):
    html = tmp_path / "new.html"
    html.write_text("<!doctype html><p>Hair grows.</p>", "utf-8")
    bring([brought], Request(str(html), "shop", update=True), DAY)
    assert sorted(path.name for path in (brought / "originals").iterdir()) == ["shop.html"]
    read_evidence([brought])


# All files or none

DYING = """
import os, pathlib, sys
from review.store.files.together import write_together
steps = int(sys.argv[3])
def counted(real):
    def step(*arguments, **named):
        global steps
        if steps == 0:
            os._exit(9)
        steps -= 1
        return real(*arguments, **named)
    return step
for name in ("rename", "replace", "unlink"):
    setattr(pathlib.Path, name, counted(getattr(pathlib.Path, name)))
wanted = pathlib.Path(sys.argv[2])
names = ("pages.csv", "claims.csv", "pages/home.txt", "captures/home.yml", "originals/home.txt")
contents = {name: (wanted / name).read_bytes() for name in names}
write_together(pathlib.Path(sys.argv[1]), {**contents, "links.csv": None})
"""


def test_a_run_that_dies_leaves_all_files_old_or_is_finished_by_the_next(folder, source, tmp_path):
    asked(source, MOVED)
    old = state(folder)
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    bring([whole], asked(source, update=True), DAY)
    (whole / "links.csv").unlink()
    met = set()
    for steps in range(10):
        copy = tmp_path / f"dies-after-{steps}"
        shutil.copytree(folder, copy)
        command = [sys.executable, "-c", DYING, str(copy), str(whole), str(steps)]
        code = subprocess.run(command, capture_output=True, check=False).returncode
        met.add(code)
        if (copy / READY).is_dir():
            with pytest.raises(InputError, match="an earlier run died"):
                read_evidence([copy])
            finish_writing(copy)
            assert state(copy) == state(whole)
        else:
            left = {name: data for name, data in state(copy).items() if not name.startswith(STAGED)}
            assert left == (old if code else state(whole))
        read_evidence([copy])
    assert met == {0, 9}


def test_files_that_cannot_be_written_change_nothing(folder):
    before = state(folder)
    with pytest.raises(OutputError):
        write_together(folder, {"claims.csv": b"x", f"{'n' * 300}.txt": b"y"})
    assert state(folder) == before


def test_left_over_staged_files_of_a_dead_run_are_replaced(folder):
    (folder / STAGED).mkdir()
    (folder / STAGED / "claims.csv").write_bytes(b"half")
    write_together(folder, {"notes/a.txt": b"x"})
    assert (folder / "notes" / "a.txt").read_bytes() == b"x"
    assert b"half" not in (folder / "claims.csv").read_bytes()
    assert not (folder / STAGED).exists()
