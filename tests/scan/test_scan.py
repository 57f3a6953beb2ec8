"""Scans as a user runs them: killed and taken up, with more workers, on a cluster, in little memory."""

import json
import os
import signal
import time

import psutil
import pytest
from click.testing import CliRunner
from commands import PROJECT, Running
from real_cluster import Cluster

from review.commands.group import app
from review.model.errors import OutputError
from review.scan.folder import check_scan_folder
from review.scan.tables import PART_TABLES
from review.store.bounds import Bounds

PAGES, PARTS, PART = 400, 10, 40
"""The pages of a corpus, and that they are scanned in so many parts of so many: each takes its time."""
LINES = (
    "Exosomes have been clinically shown to regrow hair.",
    "There are no side effects.",
    "Results last for {n} months.",
    "Our clinic {n} is open on Sundays.",
)
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def corpus_file(path, pages):
    with path.open("w", encoding="utf-8") as file:
        for n in range(pages):
            text = "\n".join(LINES).format(n=n % 97)
            file.write(json.dumps({"url": f"https://site-{n // 9}.example/{n}", "text": text}) + "\n")
    return path


def started(corpus, out, *more):
    return Running("scan", corpus, "--out", out, "--evidence", PROJECT / "evidence", *more)


def scanned(corpus, out, *more):
    """Scan to the end; gives what was printed and the bytes of memory of the largest process."""
    process = started(corpus, out, *more)
    largest = 0
    while process.poll() is None:
        largest = max([largest, *memory(process.pid)])
        time.sleep(0.1)
    done = process.wait()
    assert done.returncode == 0, done.stderr
    return done.stdout, largest


def memory(process):
    try:
        root = psutil.Process(process)
        return [one.memory_info().rss for one in [root, *root.children(recursive=True)]]
    except psutil.NoSuchProcess:
        return []


def test_a_second_scan_does_not_learn_again(tmp_path):
    corpus = corpus_file(tmp_path / "corpus.jsonl", 3)
    cache = tmp_path / "cache"

    def scan_to(name):
        out = ("--out", tmp_path / name, "--evidence", PROJECT / "evidence")
        assert Running("scan", corpus, *out, REVIEW_CACHE_DIR=str(cache)).wait().returncode == 0
        (entry,) = cache.iterdir()
        return entry

    entry = scan_to("first")
    os.utime(entry, (0, 0))
    before = entry.stat()
    assert scan_to("second") == entry
    after = entry.stat()
    assert (after.st_ino, after.st_mtime > before.st_mtime) == (before.st_ino, True)
    assert files(tmp_path / "second") == files(tmp_path / "first")


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return corpus_file(tmp_path_factory.mktemp("corpus") / "pages.jsonl", PAGES)


@pytest.fixture(scope="module")
def with_two_workers(corpus, tmp_path_factory):
    out = tmp_path_factory.mktemp("two") / "scan"
    printed, largest = scanned(corpus, out, "--workers", "2", "--part", PART)
    assert f"{PAGES} pages of 45 sites" in printed
    return out, largest


def until_parts(number, process, out):
    """Wait until so many parts are done."""
    while len(list(out.glob("parts/*.json"))) < number:
        assert process.poll() is None
        time.sleep(0.005)


def test_a_killed_scan_goes_on_to_the_same_bytes_as_one_that_was_not(corpus, with_two_workers, tmp_path):
    """Killed on this machine, and taken up by a cluster."""
    whole, _ = with_two_workers
    out = tmp_path / "scan"
    process = started(corpus, out, "--part", PART)
    until_parts(3, process, out)
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    psutil.wait_procs(children, timeout=20)
    assert not (out / "summary.html").exists()
    done = {path.stem for path in out.glob("parts/*.json")}
    assert 3 <= len(done) < PARTS
    for name in done:
        for table in PART_TABLES:
            path = f"{table}/{name}.parquet"
            assert (out / path).read_bytes() == (whole / path).read_bytes()
    printed, _ = scanned(corpus, out, "--part", PART, "--cluster", "local")
    assert f"{PARTS} parts of up to {PART} pages, {PARTS - len(done)} to scan" in printed
    assert files(out) == files(whole)


def test_a_scheduler_that_is_lost_ends_the_scan_and_what_is_done_is_kept(
    corpus, with_two_workers, tmp_path
):
    out = tmp_path / "scan"
    cluster = Cluster(tmp_path)
    cluster.add_worker()
    process = started(corpus, out, "--part", PART, "--cluster", cluster.with_workers(1).address)
    until_parts(1, process, out)
    cluster.scheduler.kill()
    done = process.wait()
    cluster.stop()
    assert done.returncode == 9
    assert f"--cluster {cluster.address}: the scheduler was lost. Scan again: only" in done.stderr
    assert "Traceback" not in done.stderr
    kept = len(list(out.glob("parts/*.json")))
    assert 1 <= kept < PARTS
    printed, _ = scanned(corpus, out, "--part", PART, "--workers", "2")
    assert f"{PARTS} parts of up to {PART} pages, {PARTS - kept} to scan" in printed
    assert files(out) == files(with_two_workers[0])


def test_a_worker_that_dies_takes_nothing_with_it(corpus, with_two_workers, tmp_path):
    out = tmp_path / "scan"
    process = started(corpus, out, "--part", PART)
    until_parts(1, process, out)
    (worker,) = psutil.Process(process.pid).children()
    worker.kill()
    done = process.wait()
    assert done.returncode == 0, done.stderr
    assert "failed: the process was killed by signal 9 (SIGKILL)" in done.stdout
    assert files(out) == files(with_two_workers[0])


def test_memory_does_not_grow_with_the_corpus(with_two_workers, tmp_path):
    """Three times the pages, and the largest process is hardly larger."""
    path = corpus_file(tmp_path / "pages.jsonl", 3 * PAGES)
    _, largest = scanned(path, tmp_path / "scan", "--workers", "2", "--part", PART)
    assert largest < with_two_workers[1] * 1.15


def test_what_was_not_read_is_printed_counted_and_in_the_exit_code(tmp_path):
    page, nowhere = (
        json.dumps({"url": url, "text": LINES[0]}) for url in ("https://shop.example/", "nowhere")
    )
    (tmp_path / "a.jsonl").write_text("\n".join((page, "{not json", page, nowhere)), "utf-8")
    out = tmp_path / "scan"
    done = started(tmp_path / "a.jsonl", out).wait()
    assert done.returncode == 5
    # The second page with an address is passed over, which is no page that was not read.
    assert "1 pages of 1 sites, 1 suggested claims, 0 shared passages, 3 problems" in done.stdout
    assert "problems.parquet: 2 problems of what was not read, or not all of it" in done.stderr
    assert "a.jsonl:2: this is no line of JSON" in done.stderr
    assert "a.jsonl:4: the address 'nowhere' names no host" in done.stderr
    assert json.loads((out / "summary.json").read_text("utf-8"))["unread"] == 2


def test_what_stands_in_the_folder_is_not_touched(tmp_path):
    (tmp_path / "letter.docx").write_text("mine")
    with pytest.raises(
        OutputError, match=r"holds something that is not a scan\. Name a new or empty folder"
    ):
        check_scan_folder(tmp_path)
    with pytest.raises(OutputError, match="this is a file"):
        check_scan_folder(tmp_path / "letter.docx")
    assert os.listdir(tmp_path) == ["letter.docx"]


def test_a_scan_that_is_stopped_says_so_in_a_line_and_keeps_what_is_done(corpus, tmp_path):
    out = tmp_path / "scan"
    process = started(corpus, out, "--part", PART)
    until_parts(1, process, out)
    os.killpg(process.pid, signal.SIGINT)
    until_said("Stopping: what runs is finished. Ctrl-C again kills it.", process)
    os.killpg(process.pid, signal.SIGINT)
    done = process.wait()
    assert done.returncode == 7
    last = "review scan: the scan was stopped. Run it again: it goes on where it was."
    assert done.stderr.splitlines() == ["1 problem", last]
    assert not list(out.glob(".*"))
    assert list(out.glob("parts/*.json"))


def until_said(words, process):
    while words not in process.so_far():
        assert process.poll() is None
        time.sleep(0.005)


def test_a_page_that_takes_too_long_is_a_problem_and_the_others_are_read(tmp_path, folder, monkeypatch):
    monkeypatch.setattr("review.scan.work.ONE_PAGE", Bounds(seconds=1, gigabytes=8))
    many = "<i></i><sup>1</sup>" * 60_000
    bodies = ("<p>Peels fade scars.</p>", f"<p>Peels fade scars.{many}</p>", "<p>Peels are safe.</p>")
    lines = (
        json.dumps({"url": f"https://site.example/{number}", "html": f"<html><body>{body}"})
        for number, body in enumerate(bodies)
    )
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), "utf-8")
    out = ["--out", str(tmp_path / "out"), "--evidence", str(PROJECT / "evidence")]
    done = CliRunner().invoke(app, ["scan", str(tmp_path / "corpus.jsonl"), *out])
    assert "2 pages" in done.output, done.output
    assert "1 problem" in done.output
    summary = (tmp_path / "out" / "summary.html").read_text("utf-8")
    assert "more than 1 seconds of processor time" in summary
