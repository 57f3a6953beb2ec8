"""Many runs in one command: what is asked, what is done, what fails, and what a killed batch leaves."""

import csv
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import nbformat
import openpyxl
import psutil
import pytest
from commands import Running
from sample_notebooks import KERNEL

from review.commands.runs.live import LiveTable
from review.model.errors import InputError
from review.runs.batch.rows import read_rows

KILLS = int(os.environ.get("REVIEW_KILLS", "5"))
SEED = 20
PROJECT = Path(__file__).resolve().parents[2]
REPORT = PROJECT / "notebooks" / "4-report.ipynb"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture
def project_copy(tmp_path) -> Path:
    """A folder with a report notebook that a test may change."""
    (tmp_path / "project" / "notebooks").mkdir(parents=True)
    shutil.copy(REPORT, tmp_path / "project" / "notebooks")
    return tmp_path / "project"


def light(project_copy, *cells):
    """Put a notebook in place that writes no report in every format, but a small one at once."""
    path = project_copy / "notebooks" / REPORT.name
    node = nbformat.read(path, as_version=4)
    node.cells = [cell for cell in node.cells if "parameters" in cell.metadata.get("tags", [])]
    sources = (*cells, QUICK_REPORT)
    node.cells += [nbformat.v4.new_code_cell(source) for source in sources]
    node.metadata.kernelspec = KERNEL
    nbformat.write(node, path)


QUICK_REPORT = """import json, pathlib, review
review.open(*evidence)
folder = pathlib.Path(out)
folder.mkdir()
from review.store.snapshot import read_evidence
digest = read_evidence([pathlib.Path(p) for p in evidence]).digest
claims = [{"page": "home", "topic": "cost", "verdict": "overstated"}]
report = {"as_of": "2026-11-21", "claims": claims, "shows_verdicts": True, "by": reviewer}
text = json.dumps(report)
(folder / "report.json").write_text(text)
(folder / "report.html").write_text(f"<p>{reviewer}</p>")
made = {"evidence_digest": digest, "inputs": {}, "outputs": {}}
(folder / "manifest.json").write_text(json.dumps(made))"""


OWN = ("--notebook", f"notebooks/{REPORT.name}")


def start(project_copy, folder, *arguments):
    """The command, begun in a group of its own."""
    given = ("batch", "runs.csv", "--out", "out", "--evidence", folder, *OWN, *arguments)
    return Running(*given, cwd=project_copy)


def ended(process):
    """The exit code and what was said."""
    done = process.wait()
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def batch(project_copy, folder, *arguments):
    """The exit code and what was said."""
    return ended(start(project_copy, folder, *arguments))


def ask(project_copy, *names, **columns):
    """Write a file of runs, each with the reviewer as its only parameter."""
    rows = [f"{name},{columns.get(name.replace('-', '_'), name)}" for name in names]
    (project_copy / "runs.csv").write_text("\n".join(["run,reviewer", *rows]) + "\n", "utf-8")


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def summary(project_copy):
    text = (project_copy / "out" / "summary.csv").read_text("utf-8-sig")
    return {row["run"]: row for row in csv.DictReader(text.splitlines())}


def test_a_whole_batch_then_the_cache_then_one_change(project_copy, folder):
    (project_copy / "runs.csv").write_text(
        "run,pages,audience,reviewer\none,home,director,=1+1\ntwo,,class,<b>B</b>\n", "utf-8"
    )
    code, said = batch(project_copy, folder, "--workers", "2", "--why")
    assert code == 0, said
    assert "one: there is none yet" in said
    done = tree(project_copy / "out")
    assert {"batch.json", "summary.html", "summary.csv", "runs/one.json"} <= set(done)
    assert "reports/two/report.pdf" in done
    html = done["summary.html"].decode()
    assert "default-src 'none'" in html
    assert 'href="./reports/one/report.html"' in html
    assert not re.search(r"(src|href)=.?(https?:)?//", html)
    assert summary(project_copy)["one"]["overstated"] == "1"
    assert summary(project_copy)["two"]["overstated"] == "not shown to this audience"

    code, said = batch(project_copy, folder, "--why")
    assert code == 0
    assert "one: unchanged, not run again" in said
    assert "0 were run now" in said
    assert tree(project_copy / "out") == done

    (project_copy / "out" / "reports" / "one" / "report.html").write_text("broken", "utf-8")
    text = (folder / "propositions.csv").read_text("utf-8")
    code, said = batch(project_copy, folder, "--resume", "--why")
    assert code == 0
    assert "one: report.html is missing or damaged" in said
    assert "1 were run now" in said
    assert tree(project_copy / "out") == done

    (folder / "propositions.csv").write_text(text.replace("9000 dollars", "9000 US dollars"), "utf-8")
    code, said = batch(project_copy, folder, "--resume")
    assert code == 5
    assert "this run is not the one that was begun: the evidence changed: " in said
    assert "propositions.csv" in said
    assert tree(project_copy / "out") == done


def add_page(folder, page, text, polarity="affirms"):
    """Add a page that makes one claim, its last sentence; another text of the page replaces it."""
    claim = text.rpartition(". ")[2]
    digest = hashlib.sha256(text.encode()).hexdigest()
    start, end = len(text) - len(claim), len(text)
    rows = {
        "pages.csv": f"{page},{page.title()},other,{digest},not_reported,not_reported,none",
        "claims.csv": f"{page}-001,{page},{start},{end},{claim},cost,asserted,no,costs,{polarity}",
    }
    (folder / "pages" / f"{page}.txt").write_bytes(text.encode())
    for name, row in rows.items():
        header, *lines = (folder / name).read_text("utf-8").splitlines()
        lines = sorted([line for line in lines if not line.startswith(page)] + [row])
        (folder / name).write_text("\n".join([header, *lines, ""]), "utf-8")


def test_a_word_changed_on_a_page_runs_only_the_reports_that_it_feeds(project_copy, folder):
    add_page(folder, "visit", "We open at nine. A visit is 9000 dollars.")
    (project_copy / "runs.csv").write_text("run,pages\nhome,home\nvisit,visit\n", "utf-8")
    assert batch(project_copy, folder, "--workers", "2")[0] == 0
    kept = tree(project_copy / "out" / "reports" / "home")

    add_page(folder, "visit", "We open at ten. A visit is 9000 dollars.")
    for again in ("1 were run now", "0 were run now"):
        code, said = batch(project_copy, folder, "--workers", "2", "--why")
        assert code == 0, said
        assert again in said
        assert "home: unchanged, not run again" in said
    assert tree(project_copy / "out" / "reports" / "home") == kept
    made = json.loads((project_copy / "out" / "reports" / "visit" / "manifest.json").read_text("utf-8"))
    before = json.loads(kept["manifest.json"])["evidence_digest"]
    assert made["evidence_digest"] != before
    html = (project_copy / "out" / "summary.html").read_text("utf-8")
    assert f"on which what is shown here was the same: {before}" in html

    # A page that contradicts another one feeds the report of that one too.
    add_page(folder, "visit", "We open at ten. A visit is never 9000 dollars.", "denies")
    code, said = batch(project_copy, folder, "--why")
    assert code == 0, said
    assert "home: the evidence changed: " in said


def test_another_notebook_may_show_any_page_and_is_run_again(project_copy, folder):
    add_page(folder, "visit", "We open at nine. A visit is 9000 dollars.")
    path = project_copy / "notebooks" / REPORT.name
    node = nbformat.read(path, as_version=4)
    node.cells.append(nbformat.v4.new_code_cell("review.open(*evidence).evidence.pages['visit'].text"))
    nbformat.write(node, path)
    (project_copy / "runs.csv").write_text("run,pages\nhome,home\n", "utf-8")
    assert batch(project_copy, folder)[0] == 0
    add_page(folder, "visit", "We open at ten. A visit is 9000 dollars.")
    assert "home: the evidence changed: " in batch(project_copy, folder, "--why")[1]


def test_a_signed_report_is_never_replaced(project_copy, folder):
    light(project_copy)
    ask(project_copy, "one")
    assert batch(project_copy, folder)[0] == 0
    (project_copy / "out" / "reports" / "one" / "signature.json").write_text("{}", "utf-8")
    before = tree(project_copy / "out" / "reports")
    ask(project_copy, "one", one="another")
    code, said = batch(project_copy, folder)
    assert code == 7
    assert "the report here is signed" in said
    assert tree(project_copy / "out" / "reports") == before


def test_what_somebody_put_into_a_batch_is_named_and_kept(project_copy, folder):
    light(project_copy, "if reviewer == 'bad': 1 / 0")
    ask(project_copy, "one", "bad")
    assert batch(project_copy, folder)[0] == 7
    out = project_copy / "out"
    mine = [out / name for name in ("reports/.notes", "reports/one/letter.txt", "failed/bad/notes.txt")]
    for path in mine:
        path.write_text("mine", "utf-8")
    report = tree(out / "reports" / "one")
    ask(project_copy, "one", "bad", one="another", bad="good")
    code, said = batch(project_copy, folder)
    assert code == 7
    assert re.search(r"run one: .*/letter\.txt: it is no part of a report", said)
    assert all(path.read_text("utf-8") == "mine" for path in mine)
    assert tree(out / "reports" / "one") == report
    assert (out / "reports" / "bad" / "report.html").exists()
    assert not (out / "failed" / "bad" / "log.txt").exists()
    (out / "reports" / "one" / "letter.txt").unlink()
    assert batch(project_copy, folder)[0] == 0
    assert not (out / "failed" / "one").exists()


FAULTS = {
    "raises": ("if reviewer == 'bad': 1 / 0", (), "ZeroDivisionError: division by zero"),
    "exits": ("import os\nif reviewer == 'bad': os._exit(0)", (), "ended by itself with exit code 0"),
    "is killed": (
        "import os\nif reviewer == 'bad': os.kill(os.getpid(), 9)", (), "killed by signal 9 (SIGKILL)",
    ),
    "its watcher is killed": (
        "import os, time\nif reviewer == 'bad': time.sleep(1); os.kill(os.getppid(), 9)",
        (), "killed by signal 9 (SIGKILL)",
    ),
    "loops": (
        "import time\nwhile reviewer == 'bad': time.sleep(0.01)", ("--time-limit", "5"),
        "the run took longer than 5 seconds",
    ),
    "takes memory": (
        "held = bytearray(10**9 if reviewer == 'bad' else 1)", ("--memory-limit", "500"),
        "the run took more memory than its limit of 500 MB",
    ),
    "takes memory where a library calls it something else": (
        "held = []\ntry:\n    while reviewer == 'bad': held.append(bytearray(5 * 10**7))\n"
        "except MemoryError: held.clear(); raise ValueError('broken palette')",
        ("--memory-limit", "500"), "the run took more memory than its limit of 500 MB, and then failed "
        "with ValueError: broken palette",
    ),
    "fills the disk": (
        "import resource\nlimit = 10**5 if reviewer == 'bad' else 10**9\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "open('/dev/null'); import tempfile; tempfile.TemporaryFile().write(bytes(10**6))",
        (), "OSError: [Errno 27] File too large",
    ),
    "ends early": ("import sys\nif reviewer == 'bad': sys.exit(0)", (), "the notebook ended without"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_run_that_fails_says_why_and_stops_no_other(project_copy, folder, fault):
    cell, options, told = FAULTS[fault]
    light(project_copy, "print('so far')", cell)
    ask(project_copy, "bad", "good")
    code, said = batch(project_copy, folder, *options)
    assert code == 7, said
    assert told in said
    rows = summary(project_copy)
    assert (rows["bad"]["state"], rows["good"]["state"]) == ("failed", "done")
    assert told in rows["bad"]["problem"]
    assert rows["bad"]["report"] == "log"
    assert not (project_copy / "out" / "reports" / "bad").exists()
    assert told in (project_copy / "out" / "failed" / "bad" / "log.txt").read_text("utf-8")
    if fault not in ("ends early",):
        kept = (project_copy / "out" / "failed" / "bad" / "partial.ipynb").read_text("utf-8")
        assert "so far" in kept
        assert str(project_copy) not in kept.split('"outputs"')[0]
        assert ".work" not in said + (project_copy / "out" / "failed" / "bad" / "log.txt").read_text(
            "utf-8"
        )

    light(project_copy, "print('so far')")
    code, said = batch(project_copy, folder)
    assert code == 0, said
    assert "bad" not in os.listdir(project_copy / "out" / "failed")


def test_a_batch_of_which_nothing_came_to_an_end_speaks_of_no_day(project_copy, folder):
    light(project_copy, "raise ValueError('so far')")
    ask(project_copy, "bad")
    assert batch(project_copy, folder)[0] == 7
    html = (project_copy / "out" / "summary.html").read_text("utf-8")
    assert "<title>Summary of a batch of reviews</title>" in html


def test_all_problems_come_at_once_before_anything_runs(project_copy, folder):
    (project_copy / "runs.csv").write_text(
        "run,pages,audience,as_of,out\none,nowhere,,,\ntwo,,boss,2021-02-30,\nthree,,,,x\n", "utf-8"
    )
    code, said = batch(project_copy, folder)
    assert code == 4
    for part in (
        "runs.csv:2: one: parameter pages: there is no page 'nowhere'",
        "runs.csv:3: two: parameter audience: 'boss' is not allowed",
        "runs.csv:3: two: parameter as_of",
        "runs.csv:4: parameter out: the batch sets it",
    ):
        assert part in said
    assert not (project_copy / "out").exists()


def test_a_run_on_evidence_without_a_day_is_refused_unless_the_day_is_given(project_copy, folder):
    for path in (folder / "links.csv", folder / "studies" / "trial2025.yml", folder / "references.bib"):
        path.unlink()
    light(project_copy)
    rows = project_copy / "runs.csv"
    rows.write_text("run,as_of\nnever,\nthen,2024-02-29\n", "utf-8")
    code, said = batch(project_copy, folder)
    assert code == 3
    assert "runs.csv:2: never: pages.csv: no record of the evidence carries a day" in said
    assert "runs.csv:3" not in said


@pytest.mark.parametrize("kind", ["a file", "another folder", "unwritable"])
def test_a_folder_that_cannot_be_used_is_refused_before_anything_runs(project_copy, folder, kind):
    light(project_copy)
    ask(project_copy, "one")
    out = project_copy / "out"
    if kind == "a file":
        out.write_text("mine", "utf-8")
    elif kind == "another folder":
        out.mkdir()
        (out / "letter.txt").write_text("mine", "utf-8")
    else:
        out.symlink_to("/proc/none")
    code, said = batch(project_copy, folder)
    assert code == 6
    assert "Name a" in said


def test_evidence_that_changes_meanwhile_is_not_seen_and_that_is_said(project_copy, folder):
    page = folder / "propositions.csv"
    light(project_copy, f"with open({str(page)!r}, 'a') as file: file.write('broken')")
    ask(project_copy, "one", "two")
    code, said = batch(project_copy, folder)
    assert code == 0, said
    assert "The evidence changed while the batch ran" in said


def test_damaged_records_are_not_trusted(project_copy, folder):
    light(project_copy)
    ask(project_copy, "one", "two", "three")
    assert batch(project_copy, folder)[0] == 0
    before = tree(project_copy / "out")
    records = project_copy / "out" / "runs"
    (records / "one.json").write_text("{", "utf-8")
    data = json.loads((records / "two.json").read_text("utf-8"))
    (records / "two.json").write_text(json.dumps({**data, "outputs": {}}), "utf-8")
    (project_copy / "out" / "batch.json").write_text("[]", "utf-8")
    code, said = batch(project_copy, folder, "--resume", "--why")
    assert code == 0, said
    for name in ("one", "two"):
        assert f"{name}: its record is damaged or of another version" in said
    assert "three: unchanged" in said
    assert "2 were run now" in said
    assert tree(project_copy / "out") == before


def wait_for(condition):
    """Wait until `condition` holds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("asked", [("SIGINT",), ("SIGINT", "SIGINT"), ("SIGTERM",)], ids=" ".join)
def test_interrupt_once_finishes_what_runs_and_twice_kills_it(project_copy, folder, asked):
    go = project_copy / "go"
    light(
        project_copy,
        "import pathlib, time\n"
        f"while reviewer == 'slow' and not pathlib.Path({str(go)!r}).exists(): time.sleep(0.05)",
    )
    ask(project_copy, "slow", "next")
    process = start(project_copy, folder)
    wait_for((project_copy / "out" / ".work" / "slow" / "log.txt").exists)
    os.killpg(process.pid, signal.Signals[asked[0]])
    if asked[0] == "SIGINT":
        wait_for(lambda: "Ctrl-C again kills it" in process.so_far())
    if asked == ("SIGINT",):
        go.touch()
    for name in asked[1:]:
        os.killpg(process.pid, signal.Signals[name])
    code, said = ended(process)
    assert code == 7, said
    rows = summary(project_copy)
    assert rows["slow"]["state"] == ("done" if asked == ("SIGINT",) else "failed")
    assert rows["next"]["state"] == "not run"
    assert "run next: it was not run" in said
    assert said.count("Stopping") == (asked[0] == "SIGINT")
    go.touch()
    assert batch(project_copy, folder, "--resume")[0] == 0


def done_runs(out):
    """The runs whose record and report are there, each with what a second writing would change."""
    found = {}
    for record in (out / "runs").glob("[!.]*.json"):
        files = (record, out / "reports" / record.stem / "report.json")
        if all(path.exists() for path in files):
            found[record.stem] = [(s.st_ino, s.st_ctime_ns) for s in map(os.stat, files)]
    return found


@pytest.mark.timeout(60 + 5 * KILLS)
def test_killed_at_any_moment_it_resumes_to_the_same_bytes(project_copy, folder):
    chance = random.Random(SEED)
    out = project_copy / "out"
    light(project_copy, "import time; time.sleep(0.2)")
    ask(project_copy, "a", "b", "c", "d")
    start(project_copy, folder, "--help").wait()  # From here on all is loaded.
    begun = time.monotonic()
    assert batch(project_copy, folder, "--workers", "2")[0] == 0
    whole = time.monotonic() - begun
    undisturbed = tree(out)
    shutil.rmtree(out)
    killed, before = 0, {}
    while killed < KILLS or out.exists():
        process = start(project_copy, folder, "--workers", "2", "--resume")
        if killed < KILLS and len(before) < 4:
            time.sleep(chance.uniform(0, whole))
            process.kill()
            killed += process.wait().returncode == -signal.SIGKILL
            done = done_runs(out)
            assert before.items() <= done.items(), "what is done is neither lost nor made again"
            before = done
            continue
        code, said = ended(process)
        assert code == 0, said
        assert before.items() <= done_runs(out).items()
        assert tree(out) == undisturbed
        shutil.rmtree(out)
        before = {}
    working_in = [process.info["cwd"] or "" for process in psutil.process_iter(["cwd"])]
    assert not [at for at in working_in if at.startswith(str(project_copy))], "nothing is left running"


def test_a_terminal_shows_what_runs_and_what_waits(project_copy, folder):
    import pty

    light(project_copy, "import time; time.sleep(3 if reviewer == 'a' else 0)")
    ask(project_copy, *"abcdefgh")
    ours, its = pty.openpty()
    command = ["batch", "runs.csv", "--out", "out", "--evidence", str(folder), *OWN]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "review", *command],
        cwd=project_copy, stdin=its, stdout=its, stderr=its, env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(its)
    shown = ""
    with suppress(OSError):  # Linux says so that the other end is closed.
        while chunk := os.read(ours, 4096):
            shown += chunk.decode()
    os.close(ours)
    assert process.wait(60) == 0, shown
    first, _, rest = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).partition("1/8 a done")
    for line in (r"a +running +[1-9] s", r"b +waiting", r"2 more +waiting", r"0 ended"):
        assert re.search(line, first), line
    assert re.search(r"\d ended \(about \d+ s left\)", rest)
    assert rest.rstrip().endswith("The summary is out/summary.html")
    assert "running" not in shown.rpartition("8/8 h done")[2]


def test_the_table_leaves_the_streams_to_the_runs(monkeypatch):
    """A run is a copy of this process: what it prints must not pass through the table."""
    monkeypatch.setenv("FORCE_COLOR", "1")  # For rich, a terminal.
    before = sys.stdout, sys.stderr
    with LiveTable():
        assert (sys.stdout, sys.stderr) == before


def test_rows_are_the_same_in_every_format(tmp_path):
    (tmp_path / "r.csv").write_text("run,pages,information_size\na,x,800\nb,,400\n", "utf-8")
    book = openpyxl.Workbook()
    for row in (("run", "pages", "information_size"), ("a", "x", 800), ("b", None, 400.0)):
        book.active.append(row)
    book.save(tmp_path / "r.xlsx")
    (tmp_path / "r.yml").write_text(
        "runs:\n  - run: a\n    pages: x\n    information_size: 800\n  - run: b\n"
        "    information_size: 400\n",
        "utf-8",
    )
    table, sheet, tree_ = (read_rows(tmp_path / f"r.{kind}").rows for kind in ("csv", "xlsx", "yml"))
    assert table == sheet
    assert [(r.name, r.given) for r in table] == [(r.name, r.given) for r in tree_]
    assert [row.line for row in table] == [2, 3]


def test_a_grid_is_every_combination(tmp_path):
    (tmp_path / "g.yml").write_text(
        "all:\n  reviewer: R\ngrid:\n  pages: [[a, b], []]\n  audience: [director, clinic]\n", "utf-8"
    )
    rows = read_rows(tmp_path / "g.yml").rows
    assert [row.name for row in rows] == ["a-b.director", "a-b.clinic", "all.director", "all.clinic"]
    assert rows[0].given == {"reviewer": "R", "pages": ["a", "b"], "audience": "director"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("r.csv", b"run\n../x\n", "cannot be the name of a run"),
        ("r.csv", b"run\nLPT3.old\n", "cannot be the name of a run"),
        ("r.csv", b"run\na\nA\n", "the run 'A' stands here and in row 2"),
        ("r.csv", b"name\na\n", "the columns are wrong: missing run"),
        ("r.csv", b"run\na,b\n", "more cells than the header"),
        ("r.csv", b"run\n", "holds no run"),
        ("r.csv", b"run\n\x90", "this is not UTF-8 text"),
        ("r.xlsx", b"PK", "not readable as XLSX"),
        ("r.yml", b"- a\n", "no list of runs and no grid"),
        ("r.yml", b"runs: &x []\n", "an anchor"),
        ("r.txt", b"", "this is no file of runs"),
    ],
)
def test_a_file_of_runs_that_cannot_be_used_is_told(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=re.escape(told)):
        read_rows(tmp_path / name)
