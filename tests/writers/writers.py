"""All who write into evidence folders, each with something to write; and a report that is replaced.

As a script: `killed STEPS ROOT WRITER...` starts each writer on copies of ROOT beside it, the first
killed before its first step on the disk, the next before its second, until one comes to its end. STEPS
are `renames` or `all`. `at_once ROOT` lets twenty write into ROOT at the same time; prints how many of
them failed.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(TESTS / "teaching"), str(TESTS / "triage"), str(TESTS / "literature")]

from records import RIS  # noqa: E402
from sample_page import CELLS, HARM, SUGGESTIONS, own_folder  # noqa: E402
from sample_sheets import cells_of, filled_sheet, judged_folder, put_cells  # noqa: E402

from review.ingest.page import Request, bring  # noqa: E402
from review.literature.abstracts import AbstractReader  # noqa: E402
from review.literature.readers.ris import read_ris  # noqa: E402
from review.literature.taking.take import takings  # noqa: E402
from review.people.decisions import Draft  # noqa: E402
from review.people.rating import CONFLICT_COLUMNS  # noqa: E402
from review.people.rating.adjudicated import Adjudicator  # noqa: E402
from review.report.folder import write_folder  # noqa: E402
from review.store.additions.adjudications import read_pair, record_adjudications  # noqa: E402
from review.store.additions.decisions import record_decision  # noqa: E402
from review.store.additions.taking import record_taken  # noqa: E402
from review.store.additions.triage import record_triage, triage_session  # noqa: E402
from review.store.files import whole_folder  # noqa: E402
from review.store.files.sheet_file import write_sheet  # noqa: E402
from review.store.read import packaged_packs  # noqa: E402
from review.store.snapshot import read_evidence  # noqa: E402

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGES = tuple(f"page-{number}" for number in range(7))
EARLIER = {"manifest.json": b"{}", "report.html": b"earlier", "old/figure.svg": b"old"}
LATER = {"manifest.json": b"{}", "report.html": b"later", "new/figure.svg": b"new"}


def prepare(root: Path, folder: Path) -> None:
    """In `root`, evidence to write to, the sheets of two reviewers and a third, and a report."""
    judged = judged_folder(Path(shutil.move(folder, root / "clinic")))
    own_folder(root / "own", pages=PAGES)
    a = {"risk_of_bias": "serious", "imprecision": "serious"}
    filled_sheet(root / "a.csv", judged, "reviewer A", a)
    filled_sheet(root / "b.csv", judged, "reviewer B", {**a, "imprecision": "very_serious"})
    pair, _ = read_pair(root / "a.csv", root / "b.csv", read_evidence([judged]))
    write_sheet(root / "third.csv", [one.cells for one in pair.conflicts], CONFLICT_COLUMNS)
    (row,) = rows = cells_of(root / "third.csv")
    row.update(value="very_serious", reason="Only 20 people.", reviewer="reviewer C")
    put_cells(root / "third.csv", rows)
    (root / "new.txt").write_text("Welcome.\n\nExosomes regrow hair in every man.\n", "utf-8")
    write_folder(root / "report", EARLIER)


def _folders(root: Path) -> list[Path]:
    return [root / "clinic", root / "own"]


def decide(root: Path, who: str = "reviewer A") -> None:
    draft = Draft("home-001", "keep", "It may stand.", who, "medical director")
    record_decision(_folders(root), draft, NOW)


def triage(root: Path, page: str = PAGES[0]) -> None:
    """A new proposition and the claim that makes it: two files."""
    session = triage_session(_folders(root), page, SUGGESTIONS)
    cells = {**CELLS, "proposition": f"of-{page}"}
    record_triage(_folders(root), session, HARM, lambda s: s.new_proposition(HARM, cells))


def ingest(root: Path, page: str = PAGES[-1]) -> None:
    """A page in place of the one of that name, or a new one: four files or more."""
    bring(_folders(root), Request(str(root / "new.txt"), page, update=True), DAY)


def adjudicate(root: Path) -> None:
    sheets = (root / "a.csv", root / "b.csv", root / "third.csv")
    record_adjudications(_folders(root), *sheets, Adjudicator("methodologist"), NOW)


def take(root: Path, doi: str = "10.5555/oats.2019.7") -> None:
    """Two papers: the references and two files."""
    text = RIS.replace("10.5555/oats.2019.7", doi).replace("Oats &", f"Oats and {doi} &")
    papers = read_ris(
        text.replace("Oat bran for gout", f"Oat bran for gout by {doi}"), "oats.ris"
    ).papers
    reader = AbstractReader(packaged_packs().abstract_packs)
    record_taken(_folders(root), lambda held: takings(papers, {}, held, reader, DAY))


def report(root: Path) -> None:
    write_folder(root / "report", LATER)


def report_by_two_renames(root: Path) -> None:
    """The same where the disk cannot exchange two folders in one step."""
    whole_folder._exchanged = lambda a, b: False
    report(root)


WRITERS = {
    each.__name__: each
    for each in (decide, triage, ingest, adjudicate, take, report, report_by_two_renames)
}


def twenty() -> list[Callable[[Path], None]]:
    """Twenty who write at once, each something else."""
    return [
        *(partial(decide, who=f"reviewer {letter}") for letter in "DEFGHIJ"),
        *(partial(triage, page=page) for page in PAGES[:-1]),
        *(partial(ingest, page=f"new-{number}") for number in range(4)),
        *(partial(take, doi=f"10.5555/oats.{number}") for number in range(2)),
        adjudicate,
    ]


def state(folder: Path) -> dict[str, bytes]:
    """The files below `folder`; hidden ones are nobody's business."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    shown = {name: path for name, path in files.items() if not any(p[0] == "." for p in name.parts)}
    return {name.as_posix(): path.read_bytes() for name, path in sorted(shown.items())}


def forked(work: Callable[[], None]) -> int:
    """Do `work` in a copy of this process; gives the id of the copy."""
    process = os.fork()
    if not process:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return process


def _dies_before(moment: int, root: Path, events: Collection[str]) -> None:
    """Have this process killed before its step of that number on the disk below `root`."""
    steps = 0

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal steps
        if event in events and _is_below(str(root), event, given):
            steps += 1
            if steps == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


RENAMES = ("os.rename", "ctypes.dlsym")
"""What Python tells of a rename; two folders are exchanged by a function of the C library."""
ALL = (*RENAMES, "open", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "shutil.rmtree")


def _is_below(root: str, event: str, given: tuple[object, ...]) -> bool:
    if event == "ctypes.dlsym":
        return given[1] == "renameat2"
    if event == "open":
        path, _, flags = given
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return bool(writes) and str(path).startswith(root)
    # What is taken away below a folder is named from there on.
    return str(given[0]).startswith(root) or not str(given[0]).startswith("/")


def killed(writer: Callable[[Path], None], root: Path, events: Collection[str]) -> None:
    for moment in count(1):
        copy = root.with_name(f"{writer.__name__}-{moment:03d}")
        shutil.copytree(root, copy)

        def work(moment: int = moment, copy: Path = copy) -> None:
            _dies_before(moment, copy, events)
            writer(copy)

        _, status = os.waitpid(forked(work), 0)
        if status != signal.SIGKILL:
            assert status == 0, status
            return


def at_once(root: Path) -> int:
    """How many of twenty writers failed."""
    waiting, go = os.pipe()

    def work(writer: Callable[[Path], None]) -> None:
        os.close(go)
        os.read(waiting, 1)  # until the other end is closed
        writer(root)

    started = [forked(partial(work, writer)) for writer in twenty()]
    os.close(go)
    return sum(os.waitpid(process, 0)[1] != 0 for process in started)


if __name__ == "__main__":
    order, *names = sys.argv[1:]
    if order == "killed":
        steps, root, *writers = names
        for name in writers:
            killed(WRITERS[name], Path(root), ALL if steps == "all" else RENAMES)
    else:
        sys.stdout.write(f"{at_once(Path(names[0]))}\n")
