"""Files and folders written whole: through links, to devices, with modes, and nothing of others."""

import fcntl
import hashlib
import json
import os
import stat
import threading
from pathlib import Path

import pytest

from review.model.errors import OutputError
from review.report.folder import check_target, write_folder
from review.store.files import whole_file, whole_folder
from review.store.files.together import LOCK, READY, changing, finish_writing, write_together
from review.store.files.whole_file import lock_beside, locked, write_whole
from review.store.files.whole_folder import check_own_folder, write_new_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    """The umask, to be set for a while."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


# A file


@pytest.mark.parametrize(("mask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_what_the_umask_allows(tmp_path, umask, mask, expected):
    umask(mask)
    write_whole(tmp_path / "a.csv", b"x")
    assert mode(tmp_path / "a.csv") == expected


@pytest.mark.parametrize("kept", [0o600, 0o640, 0o664, 0o755])
def test_a_file_keeps_its_mode(tmp_path, kept):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(kept)
    write_whole(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", kept)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
def test_a_file_keeps_its_owner_and_group(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    os.chown(path, 12, 34)
    path.chmod(0o660)
    write_whole(path, b"new")
    status = path.stat()
    assert (status.st_uid, status.st_gid, mode(path)) == (12, 34, 0o660)


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing yet"])
def test_a_link_stays_and_the_file_that_it_leads_to_is_written(tmp_path, there):
    shared = tmp_path / "shared"
    shared.mkdir()
    if there:
        (shared / "a.csv").write_bytes(b"old")
    (tmp_path / "b.csv").symlink_to("shared/a.csv")
    (tmp_path / "c.csv").symlink_to("b.csv")
    write_whole(tmp_path / "c.csv", b"new")
    assert (tmp_path / "c.csv").is_symlink()
    assert (tmp_path / "b.csv").is_symlink()
    assert (shared / "a.csv").read_bytes() == b"new"
    assert [path.name for path in shared.iterdir()] == ["a.csv"]
    assert lock_beside(tmp_path / "c.csv") == shared / ".a.csv.lock"


def test_links_in_a_circle_are_told(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OutputError, match="cannot be written"):
        write_whole(tmp_path / "a", b"x")


def test_a_device_and_a_pipe_take_what_is_written_and_stay(tmp_path):
    (tmp_path / "null").symlink_to(os.devnull)
    write_whole(tmp_path / "null", b"x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"through")
    reader.join(10)
    assert read == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["null", "pipe"]


def test_what_cannot_be_written_is_told_and_left(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o444)
    # For root nothing is protected.
    monkeypatch.setattr(whole_file.os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="Permission denied"):
        write_whole(path, b"new")
    with pytest.raises(OutputError, match="cannot be written"):
        write_whole(tmp_path / "none" / "a.csv", b"new")
    assert path.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_lock_is_waited_for_as_long_as_its_holders_change(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_file, "WAIT", 0.3)
    path = tmp_path / "lock"
    done = threading.Event()

    def hold():
        while not done.is_set():
            with locked(path):
                done.wait(0.1)
            done.wait(0.2)

    holders = [threading.Thread(target=hold) for _ in range(3)]
    for holder in holders:
        holder.start()
    for _ in range(5):
        with locked(path):
            pass
    done.set()
    for holder in holders:
        holder.join()
    handle = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(OutputError, match="does not end"), locked(path):
        pass
    os.close(handle)


# Files of an evidence folder together


def test_files_written_together_go_through_links_and_keep_their_modes(tmp_path):
    folder, shared = tmp_path / "own", tmp_path / "shared"
    folder.mkdir()
    shared.mkdir()
    (shared / "claims.csv").write_bytes(b"old")
    (shared / "claims.csv").chmod(0o640)
    (folder / "claims.csv").symlink_to("../shared/claims.csv")
    (folder / "gone.csv").write_bytes(b"old")
    with changing(folder):
        write_together(folder, {"claims.csv": b"new", "pages/a.txt": b"text", "gone.csv": None})
    assert (folder / "claims.csv").is_symlink()
    assert (shared / "claims.csv").read_bytes() == b"new"
    assert mode(shared / "claims.csv") == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["claims.csv", "pages"]


def test_whoever_changes_a_folder_finishes_what_was_begun_there(tmp_path):
    (tmp_path / READY / "pages").mkdir(parents=True)
    (tmp_path / READY / "pages" / "a.txt").write_bytes(b"text")
    with changing(tmp_path):
        assert (tmp_path / "pages" / "a.txt").read_bytes() == b"text"
        assert [path.name for path in tmp_path.glob(".*")] == [LOCK]
        finish_writing(tmp_path)
    assert not list(tmp_path.glob(".*"))


# A folder

REPORT = {"manifest.json": b"{}", "report.html": b"<p>", "figures/a.svg": b"<svg>"}


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def manifest(**outputs: bytes) -> bytes:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in outputs.items()}
    return json.dumps({"outputs": digests}).encode()


@pytest.mark.parametrize(("mask", "expected"), [(0o022, 0o755), (0o077, 0o700)])
def test_a_new_folder_has_what_the_umask_allows(tmp_path, umask, mask, expected):
    umask(mask)
    write_folder(tmp_path / "report", REPORT)
    write_new_folder(tmp_path / "lesson", {"a/b.txt": b"x"})
    found = [tmp_path / "report", tmp_path / "report/figures", tmp_path / "lesson/a"]
    assert [mode(path) for path in found] == [expected] * 3
    assert mode(tmp_path / "report" / "report.html") == expected & 0o666


def test_a_folder_and_its_files_keep_their_modes(tmp_path):
    out = tmp_path / "report"
    write_folder(out, REPORT)
    out.chmod(0o750)
    (out / "report.html").chmod(0o640)
    write_folder(out, {**REPORT, "report.html": b"new"})
    assert (mode(out), mode(out / "report.html")) == (0o750, 0o640)


def test_a_link_to_a_folder_stays(tmp_path):
    write_folder(tmp_path / "disk" / "report", REPORT)
    (tmp_path / "out").symlink_to("disk/report")
    write_folder(tmp_path / "out", {"manifest.json": b"{}", "new.html": b"new"})
    assert (tmp_path / "out").is_symlink()
    assert sorted(tree(tmp_path / "disk" / "report")) == ["manifest.json", "new.html"]
    assert sorted(path.name for path in (tmp_path / "disk").iterdir()) == ["report"]


def put_file(out):
    (out / "notes.txt").write_text("mine", "utf-8")
    return "notes.txt"


def put_below(out):
    (out / "figures" / "mine.png").write_bytes(b"mine")
    return "figures/mine.png"


def put_hidden(out):
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").write_text("ref", "utf-8")
    return ".git/HEAD"


def put_empty_folder(out):
    (out / "letters").mkdir()
    return "letters"


def put_link(out):
    (out / "report.html").unlink()
    (out / "report.html").symlink_to("/etc/hostname")
    return "report.html"


def put_linked_folder(out):
    (out / "all").symlink_to("/")
    return "all"


def put_pipe(out):
    os.mkfifo(out / "pipe")
    return "pipe"


def change(out):
    (out / "report.html").write_text("<p>And a sentence of mine.", "utf-8")
    return "report.html"


def change_manifest(out):
    (out / "manifest.json").write_text('{"name": "an app"}', "utf-8")
    return "manifest.json"


FOREIGN = (
    put_file, put_below, put_hidden, put_empty_folder, put_link, put_linked_folder, put_pipe, change,
    change_manifest,
)  # fmt: skip


@pytest.mark.parametrize("put", FOREIGN, ids=lambda put: put.__name__)
def test_what_is_not_of_the_report_is_named_and_kept(tmp_path, put):
    out = tmp_path / "report"
    write_folder(out, REPORT)
    check_target(out)
    name = put(out)
    before = sorted(out.rglob("*")), tree(out)
    for attempt in (lambda: check_target(out), lambda: write_folder(out, REPORT)):
        with pytest.raises(OutputError) as caught:
            attempt()
        assert f"{out}/{name}" in [problem.place.path for problem in caught.value.problems]
    assert (sorted(out.rglob("*")), tree(out)) == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


@pytest.mark.parametrize(
    "content",
    [
        b'{"name": "an app", "manifest_version": 3}', b"", b"[]", b"[" * 100_000, b'{"outputs": []}',
        manifest(**{"thesis.docx": b"another"}), b'{"outputs": {"thesis.docx": 1}}',
    ],
    ids=["an app", "empty", "a list", "deep", "no names", "other words", "a number"],
)  # fmt: skip
def test_a_manifest_alone_makes_no_report(tmp_path, content):
    (tmp_path / "manifest.json").write_bytes(content)
    (tmp_path / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"thesis\.docx"):
        write_folder(tmp_path, REPORT)
    assert (tmp_path / "thesis.docx").read_bytes() == b"mine"
    assert (tmp_path / "manifest.json").read_bytes() == content


def test_of_many_foreign_files_some_are_named_and_that_there_are_more(tmp_path):
    for number in range(50):
        (tmp_path / f"{number}.txt").write_bytes(b"x")
    with pytest.raises(OutputError) as caught:
        check_target(tmp_path)
    assert len(caught.value.problems) == 21
    assert "holds more" in str(caught.value)


def test_the_manifest_names_all_that_is_written(tmp_path):
    write_folder(tmp_path / "report", REPORT)
    outputs = json.loads((tmp_path / "report" / "manifest.json").read_bytes())["outputs"]
    assert list(outputs) == ["figures/a.svg", "report.html"]


def test_nothing_is_written_over_what_another_puts_there_meanwhile(tmp_path):
    """Between the check before the work and the writing."""
    out = tmp_path / "report"
    check_target(out)
    out.mkdir()
    (out / "mine.txt").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"mine\.txt"):
        write_folder(out, REPORT)
    assert tree(out) == {"mine.txt": b"mine"}


def test_a_disk_without_exchange_gives_the_same_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_folder, "_exchanged", lambda a, b: False)
    out = tmp_path / "report"
    write_folder(out, REPORT)
    write_folder(out, {"manifest.json": b"{}", "new.html": b"new"})
    assert sorted(tree(out)) == ["manifest.json", "new.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_of_ones_own_is_empty_or_says_what_it_is(tmp_path):
    left = frozenset((".lock",))

    def is_own(path: Path) -> bool:
        return (path / "plan.json").is_file()

    out = tmp_path / "out"
    check_own_folder(out, "a plan", is_own, left)
    (out / "parts").mkdir(parents=True)
    (out / ".lock").touch()
    check_own_folder(out, "a plan", is_own, left)
    (out / "parts" / "mine.txt").touch()
    with pytest.raises(OutputError, match="something that is not a plan"):
        check_own_folder(out, "a plan", is_own, left)
    (out / "plan.json").touch()
    check_own_folder(out, "a plan", is_own, left)
