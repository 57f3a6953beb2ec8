"""What several tests share: the project's own evidence, and a small folder to break."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from review.model.vocabulary import Audience
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow whatever is not fast, so that a new folder is slow until somebody measured it."""
    for item in items:
        if not {item.path.parent.name, item.path.name} & set(FAST):
            item.add_marker("slow")


PAGE_TEXT = "Exosomes regrow hair. There are no side effects.\nIt costs 9,000$.\n"

PAGES = "page,title,kind,sha256,captured,url,note\n"
CLAIMS = "claim,page,start,end,quote,category,wording,checkworthy,proposition,polarity\n"
PROPOSITIONS = (
    "proposition,topic,question,species,statement,population,intervention,comparator,outcome,"
    "horizon,outcome_kind\n"
)
LINKS = "link,proposition,study,finding,stance,population,intervention,outcome,reason\n"

STUDY = """design: randomised-trial
species: human
population: Adults with hair loss
n: 20
sample: not_reported
intervention: Exosome injections
comparator: Saline
follow_up: 24 weeks
funding_kind: not_reported
funding: not_reported
conflicts: not_reported
registration: not_reported
doi: not_found
pmid: not_found
recorded: 2026-11-21
checked: abstract
findings:
  - finding: f1
    outcome: hair density
    result: Density rose more than with saline.
    checked: abstract
    source: not_reported
warnings: []
"""


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory) -> Iterator[None]:
    """Nothing that a test does touches what the user has kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


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
    return build_report(review)


@pytest.fixture(scope="session")
def whole_document(whole) -> Document:
    return compose(whole)


@pytest.fixture(scope="session")
def one_page(review) -> Report:
    """The report of the shortest page, with every kind of figure."""
    return build_report(review.select(pages=["clinic-brochure"]))


@pytest.fixture(scope="session")
def one_page_document(one_page) -> Document:
    return compose(one_page)


@pytest.fixture(scope="session")
def class_report(review) -> Report:
    return build_report(review, Audience.CLASS)


@pytest.fixture(scope="session")
def clinic_report(review) -> Report:
    return build_report(review, Audience.CLINIC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small evidence folder without a problem, ready to be broken in one place."""
    return write_small_folder(tmp_path / "clinic")


def write_small_folder(root: Path) -> Path:
    """Write a small evidence folder without a problem; gives it."""
    for name in ("pages", "studies", "certainty"):
        (root / name).mkdir(parents=True)
    (root / "pages" / "home.txt").write_bytes(PAGE_TEXT.encode())
    digest = hashlib.sha256(PAGE_TEXT.encode()).hexdigest()
    (root / "pages.csv").write_text(
        f"{PAGES}home,Home,other,{digest},not_reported,not_reported,none\n", "utf-8"
    )
    (root / "claims.csv").write_text(
        CLAIMS
        + "home-001,home,0,21,Exosomes regrow hair.,efficacy,asserted,yes,regrows,affirms\n"
        + "home-002,home,22,48,There are no side effects.,safety,asserted,yes,harms,denies\n"
        + 'home-003,home,49,65,"It costs 9,000$.",cost,asserted,no,costs,affirms\n',
        "utf-8",
    )
    (root / "propositions.csv").write_text(
        PROPOSITIONS
        + "costs,cost,logistics,not_applicable,It costs 9000 dollars.,x,x,x,x,x,not_applicable\n"
        + "harms,exosome-safety,harm,human,Exosome injections have side effects.,"
        + "x,x,x,x,x,patient-oriented\n"
        + "regrows,exosome-efficacy,benefit,human,Exosome injections regrow hair.,"
        + "x,x,x,x,x,disease-oriented\n",
        "utf-8",
    )
    (root / "links.csv").write_text(
        LINKS + "lnk-0001,regrows,trial2025,f1,supports,direct,direct,direct,It compared with saline.\n",
        "utf-8",
    )
    (root / "studies" / "trial2025.yml").write_text(STUDY, "utf-8")
    (root / "references.bib").write_text(
        "@article{trial2025,\n  title = {A trial},\n  year = {2025},\n}\n", "utf-8"
    )
    return root


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
