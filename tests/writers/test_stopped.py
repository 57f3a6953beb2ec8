"""Ctrl-C and SIGTERM: one line is said, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest


class Stoppable:
    """A command in a group of its own, with folders of its own for all that it puts aside."""

    def __init__(self, place, *arguments):
        self.temporary = place / "temporary"
        self.temporary.mkdir()
        self.said = (place / "said").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "review", *map(str, arguments)],
            cwd=place, stdout=self.said, stderr=self.said, start_new_session=True,
            env={**os.environ, "TMPDIR": str(self.temporary)},
            # Who started the tests in the background may have had Ctrl-C ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip

    def so_far(self):
        self.said.seek(0)
        return self.said.read()

    def until(self, words):
        end = time.monotonic() + 120
        while words not in self.so_far():
            assert time.monotonic() < end, self.so_far()
            assert self.process.poll() is None, self.so_far()
            time.sleep(0.02)

    def send(self, name):
        os.killpg(self.process.pid, signal.Signals[name])

    def wait(self):
        """The exit code and what was said after all of it has ended."""
        code = self.process.wait(60)
        gone = psutil.wait_procs(self.others(), timeout=10)
        assert not gone[1], "nothing is left running"
        return code, self.so_far()

    def others(self):
        mine = str(self.temporary)
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("TMPDIR") == mine:
                    found.append(process)
            except psutil.Error:
                continue
        return found


@pytest.mark.parametrize(
    ("words", "names", "code"),
    [
        ("Checking", ("SIGINT",), 130),
        ("Executing", ("SIGINT", "SIGINT"), 130),
        ("Executing", ("SIGTERM",), 143),
    ],
)
def test_a_report_that_is_stopped_says_so_in_a_line_and_leaves_nothing(
    folder, tmp_path, words, names, code
):
    place = tmp_path / "place"
    place.mkdir()
    report = Stoppable(place, "report", "--evidence", folder, "--out", "out")
    report.until(words)
    for name in names:
        report.send(name)
        time.sleep(0.1)
    ended, said = report.wait()
    assert ended == code
    *before, last = said.splitlines()
    assert last == "review: stopped"
    assert [line for line in before if line and "|" not in line] == [
        "Checking the parameters and the evidence"
    ]
    assert sorted(path.name for path in place.iterdir()) == ["said", "temporary"]
    assert not list(report.temporary.rglob("*"))


def test_what_is_started_without_a_wish_for_signals_goes_on(folder, tmp_path):
    """As `nohup` starts it, for which the terminal may be closed."""
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from review.commands.stopping import stopped_by_signals\n"
        "with stopped_by_signals(): os.kill(os.getpid(), signal.SIGHUP)\n"
        "assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
