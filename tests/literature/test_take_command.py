"""`review literature take` and `confirm` as a user types them."""

import json

import pytest
from peels import run_literature
from records import NOTE_KEY, RIS, TRIAL_KEY

from review.model.errors import InputError, ParameterError
from review.store.read import read_evidence


@pytest.fixture
def place(folder, tmp_path):
    (tmp_path / "oats.ris").write_text(RIS, "utf-8")
    folder.rename(tmp_path / "evidence")
    return tmp_path


def studies(place):
    return read_evidence([place / "evidence"]).studies


def test_a_file_is_taken_whole(place):
    done = run_literature(place, "take", "oats.ris")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert f"{TRIAL_KEY}: Oat bran for gout: a randomised trial" in lines
    assert "  9 facts read by machine, 2 of them effects, none of them confirmed" in lines
    assert "  note: Its record holds no abstract, so nothing was read of it." in lines
    assert [line for line in lines if line.startswith("wrote ")] == [
        "wrote evidence/references.bib",
        f"wrote evidence/studies/{TRIAL_KEY}.yml",
        f"wrote evidence/studies/{NOTE_KEY}.yml",
    ]
    assert lines[-2] == "taken 2, held already 0, facts to be confirmed 9"
    again = run_literature(place, "take", "oats.ris")
    assert again.out.splitlines()[-1] == "taken 0, held already 2, facts to be confirmed 0"
    assert f"is {TRIAL_KEY}" in again.out


def test_keys_choose_from_a_file(place):
    done = run_literature(place, "take", "10.5555/oats.2019.7", "--from", "oats.ris")
    assert done.code == 0, done.err
    assert [*studies(place)] == [TRIAL_KEY, "trial2025"]


def test_a_wrong_key_takes_nothing(place):
    done = run_literature(place, "take", "10.5555/oats.2019.7", "31234567", "--from", "oats.ris")
    assert done.code == ParameterError.exit_code
    assert "31234567: no record of the files goes by it" in done.err
    assert [*studies(place)] == ["trial2025"]


def test_keys_without_a_file(place):
    done = run_literature(place, "take", "31234567")
    assert done.code == ParameterError.exit_code
    assert "no file is named" in done.err


def test_what_could_not_be_read_is_told_after_what_was_taken(place):
    broken = [{"id": "one", "title": "Oats"}, 7]
    (place / "a.json").write_text(json.dumps(broken), "utf-8")
    done = run_literature(place, "take", "a.json")
    assert done.code == InputError.exit_code
    assert "taken 1" in done.out
    assert "the item is not an object" in done.err


def test_evidence_with_a_problem_takes_nothing(place):
    (place / "evidence" / "studies" / "trial2025.yml").write_text("design: trial\n", "utf-8")
    before = (place / "evidence" / "references.bib").read_bytes()
    assert run_literature(place, "take", "oats.ris").code
    assert (place / "evidence" / "references.bib").read_bytes() == before


def test_what_waits_is_listed_and_confirmed(place):
    run_literature(place, "take", "oats.ris")
    listed = run_literature(place, "confirm").out.splitlines()
    assert listed == [
        f"{NOTE_KEY}: 2 facts wait for a person",
        f"{TRIAL_KEY}: 9 facts wait for a person",
        "studies read by machine and not confirmed 2",
    ]
    shown = run_literature(place, "confirm", TRIAL_KEY).out
    assert "  n: 120 (waits)\n    “We randomly assigned 120 adults" in shown
    assert "  f1: not_reported: risk ratio 0.8 (0.65 to 0.98) p 0.03 (waits)" in shown
    assert (
        "  design: not read; say it with --set design=…"
        in run_literature(place, "confirm", NOTE_KEY).out
    )
    done = run_literature(
        place, "confirm", TRIAL_KEY, "--fact", "all", "--set", "n=118", "--leave-out", "f2",
        "--by", "reviewer A", "--date", "2026-11-30",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "facts that wait for a person 0\n" in done.out
    shown = run_literature(place, "confirm", TRIAL_KEY).out
    assert "n: 118 (confirmed by reviewer A, 2026-11-30)" in shown
    assert "f2" not in shown


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["--fact", "n"], "reviewer: it is blank"),
        (["--fact", "sample", "--by", "A"], "no machine read such a fact here"),
        (["--set", "n", "--by", "A"], "no value is given"),
    ],
)
def test_what_forbids_it_is_told(place, arguments, fault):
    run_literature(place, "take", "oats.ris")
    done = run_literature(place, "confirm", TRIAL_KEY, *arguments)
    assert done.code == ParameterError.exit_code
    assert fault in done.err
    assert studies(place)[TRIAL_KEY].is_draft


def test_a_study_that_is_not_there(place):
    done = run_literature(place, "confirm", "trial2024")
    assert done.code == ParameterError.exit_code
    assert "Did you mean 'trial2025'?" in done.err
