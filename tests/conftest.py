"""What several tests share: the project's own evidence, and a small folder to break."""

import gc
import ipaddress
import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from made_once import FOLDER, made_once
from small_folder import write_small_folder

from review.model.vocabulary import Audience
from review.report.audience import for_audience
from review.report.build import build_report
from review.report.model import Report
from review.report.parts.compose import compose
from review.report.parts.document import Document
from review.store.cache import VARIABLE
from review.store.snapshot import read_evidence
from review.workbench import Review, open_review

PROJECT = Path(__file__).resolve().parents[1]

# A property holds however busy the machine is. Where others wait for the result (`CI`), the examples are
# the same every time; elsewhere every run tries new ones, and what fails can be run again by its blob.
settings.register_profile(
    "review",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
    print_blob=True,
)
# A change of the rules is tried by hundreds of runs: what fails need not be made small, only noticed.
settings.register_profile(
    "mutants",
    settings.get_profile("review"),
    derandomize=True,
    database=None,
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("review")

FAST = (
    "rules",
    "language",
    "store",
    "test_style.py",
    "test_errors.py",
    "test_project.py",
    "test_imports.py",
)
"""The folders and files that `make check` runs: rules and files, no notebook, browser or process."""


LONGEST = ("runs", "browser", "scan", "notebooks", "report", "office", "writers", "teaching")
"""The folders that take longest: begun first, for a long file begun last keeps all but one waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow whatever is not fast, so that a new folder is slow until somebody measured it."""
    for item in items:
        if not {item.path.parent.name, item.path.name} & set(FAST):
            item.add_marker("slow")
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    folder = item.path.parent.name
    return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)


# What is loaded and collected stays until the end: to look through it for garbage takes long.
gc.set_threshold(50_000)


def _only_here(connect):
    """A way to connect that leads to this machine alone: no test reaches the network."""

    def guarded(self: socket.socket, address):
        streams = self.family in (socket.AF_INET, socket.AF_INET6) and self.type == socket.SOCK_STREAM
        if streams and not ipaddress.ip_address(address[0].partition("%")[0]).is_loopback:
            raise RuntimeError(f"a test reached for {address[0]}: no test uses the network")
        return connect(self, address)

    return guarded


def pytest_configure(config: pytest.Config) -> None:
    """One cache for all processes of a run: nothing that they do touches what the user has kept.

    Nor does any of them use the network. What one of them has learnt from the evidence, no other learns
    again, nor the kernel of a notebook.
    """
    socket.socket.connect = _only_here(socket.socket.connect)
    socket.socket.connect_ex = _only_here(socket.socket.connect_ex)
    if not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory(prefix="review-tests-")
        config.add_cleanup(folder.cleanup)
        os.environ[FOLDER] = folder.name
        os.environ[VARIABLE] = os.path.join(folder.name, "cache")


def pytest_collection_finish() -> None:
    """Thousands of tests are held until the end: no search for garbage looks at them again."""
    gc.freeze()


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def review() -> Review:
    """The review of the project's own evidence."""
    return open_review([PROJECT / "evidence"])


@pytest.fixture(scope="session")
def whole(review) -> Report:
    """The report of all five pages."""
    return made_once("whole", lambda: build_report(review))


@pytest.fixture(scope="session")
def whole_document(whole) -> Document:
    return made_once("whole document", lambda: compose(whole))


@pytest.fixture(scope="session")
def one_page(review) -> Report:
    """The report of the shortest page, with every kind of figure."""
    return made_once("one page", lambda: build_report(review.select(pages=["clinic-brochure"])))


@pytest.fixture(scope="session")
def one_page_document(one_page) -> Document:
    return made_once("one page document", lambda: compose(one_page))


@pytest.fixture(scope="session")
def class_report(whole) -> Report:
    return for_audience(whole, Audience.CLASS)


@pytest.fixture(scope="session")
def clinic_report(whole) -> Report:
    return for_audience(whole, Audience.CLINIC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small evidence folder without a problem, ready to be broken in one place."""
    return write_small_folder(tmp_path / "clinic")


@pytest.fixture
def small_review(folder: Path) -> Review:
    return open_review([folder])


@pytest.fixture
def own_evidence(tmp_path: Path) -> Path:
    """A copy of the project's evidence that a test may change."""
    shutil.copytree(PROJECT / "evidence", tmp_path / "evidence")
    shutil.copy(PROJECT / "references.bib", tmp_path / "references.bib")
    read_evidence([tmp_path / "evidence"])
    return tmp_path / "evidence"
