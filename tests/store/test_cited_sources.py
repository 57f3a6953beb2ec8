"""The tables of what pages cite: read, held against page and records, written in one form."""

import hashlib

import pytest
from cited_folder import write_cited_folder
from commands import run_review

from review.model.citing import Fidelity, Identity
from review.model.errors import EvidenceError, InFile
from review.store.canonical import canonical_files
from review.store.layout import TABLES
from review.store.read import read_evidence
from review.store.table import changed_table


@pytest.fixture
def cited(tmp_path):
    return write_cited_folder(tmp_path / "clinic")


def test_the_places_and_what_was_judged_are_read(cited):
    evidence = read_evidence([cited])
    appeal, reference = evidence.citations.values()
    assert (appeal.printed, appeal.identity) == ("Surgeons", Identity.NAMELESS)
    assert (reference.printed, reference.is_for_whole_page) == ("the trial of 2024", True)
    (judgement,) = evidence.fidelities
    assert judgement.fidelity is Fidelity.DOES_NOT_SPEAK


APPEAL = "cit-0001,home,66,74,Surgeons,not_applicable,nameless,,sentence,home-001,Nobody is named."
BREAKS = [
    ("citations.csv", "66,74", "65,73", 2, "is not printed at 65-73"),
    ("citations.csv", ",home,86", ",house,86", 3, "page 'house' does not exist"),
    ("citations.csv", "trial2025", "trial2052", 3, "study 'trial2052' does not exist"),
    ("citations.csv", "home-001", "home-007", 2, "claim 'home-007' does not exist"),
    ("citations.csv", "with-faults", "faulty", 3, "identity is 'faulty'"),
    ("citations.csv", "year: 2024", "hour: 2024", 3, "faults is 'hour: 2024 for 2025'"),
    ("citations.csv", "cit-0001,", "1,", 2, "citation is '1'"),
    (
        "citations.csv",
        f"{APPEAL}\n",
        f"{APPEAL}\n{APPEAL.replace('0001', '0003', 1)}\n",
        3,
        "repeats cit-0001",
    ),
    ("fidelity.csv", "cit-0002", "cit-0009", 2, "citation 'cit-0009' does not exist"),
    ("fidelity.csv", "home-002", "home-009", 2, "claim 'home-009' does not exist"),
    ("fidelity.csv", "not_applicable", "f9", 2, "has no finding 'f9'"),
    ("fidelity.csv", "does-not-speak", "cannot-be-found", 2, "home-002 cannot-be-found"),
    (
        "fidelity.csv",
        "cit-0002,home-002,does-not-speak",
        "cit-0001,home-001,does-not-speak",
        2,
        "cit-0001 is nameless, and home-001 does-not-speak",
    ),
    (
        "fidelity.csv",
        "cit-0002,home-002,does-not-speak",
        "cit-0001,home-002,cannot-be-found",
        2,
        "cit-0001 does not stand for home-002",
    ),
    (
        "fidelity.csv",
        "counted.\n",
        "counted.\ncit-0002,home-002,could-not-be-read,not_applicable,r.eader,2026-11-20,Lost.\n",
        3,
        "held against cit-0002 twice",
    ),
    (
        "studies/trial2025.yml",
        "checked: abstract\n    source",
        "checked: unverified\n    source",
        2,
        "nobody has read f1",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "what"), BREAKS, ids=[b[4] for b in BREAKS])
def test_one_defect_is_one_clear_problem(cited, file, old, new, line, what):
    if "nobody has read" in what:
        rows = (cited / "fidelity.csv").read_text("utf-8")
        (cited / "fidelity.csv").write_text(rows.replace("not_applicable", "f1"), "utf-8")
    text = (cited / file).read_text("utf-8")
    assert old in text
    (cited / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_evidence([cited])
    (problem,) = caught.value.problems
    assert what in problem.fault
    assert problem.remedy
    named = file if file.endswith("csv") else "fidelity.csv"
    assert problem.place == InFile(f"{cited.as_posix()}/{named}", line)


def test_what_is_printed_elsewhere_is_told_with_its_place(cited):
    path = cited / "citations.csv"
    path.write_text(path.read_text("utf-8").replace("66,74", "0,8"), "utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_evidence([cited])
    (problem,) = caught.value.problems
    assert problem.remedy == "It stands at 66-74: correct the offsets."


def test_a_claim_that_was_taken_back_is_named_as_such(cited):
    claims = cited / "claims.csv"
    first = "home-001,home,0,21,Exosomes regrow hair.,efficacy,asserted,yes,regrows,affirms\n"
    claims.write_text(claims.read_text("utf-8").replace(first, ""), "utf-8")
    (cited / "refusals.csv").write_text(
        "claim,page,start,end,quote,reason,reviewer,date\n"
        "home-001,home,0,21,Exosomes regrow hair.,Merged.,r.eader,2026-11-21\n",
        "utf-8",
    )
    with pytest.raises(EvidenceError) as caught:
        read_evidence([cited])
    (problem,) = caught.value.problems
    assert problem.fault == "home-001 is a claim no more"


def test_a_claim_of_another_page_is_refused(cited):
    text = b"Surgeons agree.\n"
    (cited / "pages" / "away.txt").write_bytes(text)
    digest = hashlib.sha256(text).hexdigest()
    pages = cited / "pages.csv"
    row = f"away,Away,other,{digest},not_reported,not_reported,none,\n"
    pages.write_text(pages.read_text("utf-8") + row, "utf-8")
    citations = cited / "citations.csv"
    moved = "cit-0003,away,0,8,Surgeons,not_applicable,nameless,,sentence,home-001,Nobody.\n"
    citations.write_text(citations.read_text("utf-8") + moved, "utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_evidence([cited])
    (problem,) = caught.value.problems
    assert problem.fault == "home-001 stands on another page than cit-0003"


def test_a_written_row_is_read_again_as_it_was(cited):
    (table,) = [table for table in TABLES if table.file == "citations.csv"]
    evidence = read_evidence([cited])
    (cited / "citations.csv").write_bytes(changed_table(cited, table, evidence.citations.values()))
    assert read_evidence([cited]).citations == evidence.citations


def test_the_canonical_form_is_sorted_and_stable(cited):
    path = cited / "citations.csv"
    head, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([head, *reversed(rows)]) + "\n", "utf-8")
    for file, _, canonical in canonical_files(cited):
        file.write_text(canonical, "utf-8")
    assert path.read_text("utf-8").splitlines() == [head, *rows]
    assert all(now == canonical for _, now, canonical in canonical_files(cited))


def test_check_counts_what_is_cited_and_the_pages_that_nobody_read_for_it(cited):
    printed = run_review("check", "--evidence", str(cited)).stdout
    assert "citations 2 (nameless 1, with-faults 1)" in printed
    assert "recorded judgements on cited sources 1 (does-not-speak 1)" in printed
    assert "pages that nobody has read for citations 0\n" in printed


def test_a_folder_of_an_earlier_form_has_pages_that_nobody_read(folder):
    printed = run_review("check", "--evidence", str(folder)).stdout
    assert "pages that nobody has read for citations 1: home\n" in printed
