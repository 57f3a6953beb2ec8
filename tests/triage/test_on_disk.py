"""Triage on disk: what an action writes is at once in the files, for everybody, and nothing else is."""

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_page import CELLS, HARM, LAST, REGROW, SUGGESTIONS, TEXT, WHO, own_folder

from review.model.errors import EvidenceError, InputError, OutputError, ParameterError
from review.people.triage import By
from review.store.additions.triage import record_triage, triage_session
from review.store.canonical import canonical_files
from review.store.snapshot import read_evidence


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folders(folder, tmp_path):
    return [folder, own_folder(tmp_path / "own")]


ACTIONS = st.tuples(
    st.sampled_from(("accept", "edit", "split", "merge", "refuse", "link", "new", "add")),
    st.integers(0, 7),
    st.integers(0, 7),
    st.integers(-1, len(TEXT) + 1),
    st.integers(0, 25),
)


def act_of(kind, session, key, other, at, length):
    acts = {
        "accept": lambda s: s.accept(key),
        "edit": lambda s: s.edit(key, at, at + length),
        "split": lambda s: s.split(key, s.item(key).start + length),
        "merge": lambda s: s.merge(key, other, WHO),
        "refuse": lambda s: s.refuse(key, ["A slogan,\n=1+1", ""][at % 5 == 0], WHO),
        "link": lambda s: s.link(key, ["regrows", "harms", "nothing"][length % 3]),
        "add": lambda s: s.add(replace(s.draft(key), start=at, end=at + length)),
        "new": lambda s: s.new_proposition(key, {**CELLS, "proposition": f"new-{length % 4}"}),
    }
    return acts[kind]


@settings(max_examples=40, suppress_health_check=[*HealthCheck])
@given(st.lists(ACTIONS, min_size=1, max_size=12))
def test_after_any_actions_the_files_are_whole_and_say_what_the_session_says(
    folder, tmp_path_factory, actions
):
    own = own_folder(tmp_path_factory.mktemp("own") / "own")
    session = triage_session([folder, own], "shop", SUGGESTIONS)
    numbers, library = set(), (folder / "claims.csv").read_bytes()
    for kind, first, second, at, length in actions:
        keys = [item.key for item in session.items]
        key, other = keys[first % len(keys)], keys[second % len(keys)]
        act = act_of(kind, session, key, other, at, length)
        before = {path: path.read_bytes() for path in own.rglob("*.csv")}
        try:
            session, change = record_triage([folder, own], session, key, act)
        except ParameterError:
            assert {path: path.read_bytes() for path in own.rglob("*.csv")} == before
            continue
        new = {row.claim for row in (*change.claims, *change.refusals)} - set(keys)
        assert not new & numbers, "a number was given twice"
        numbers |= new
        evidence = read_evidence([folder, own])
        assert all(path.read_bytes() == text.encode() for path, _, text in canonical_files(own))
        assert triage_session([folder, own], "shop", SUGGESTIONS) == session
        for row in (*session.claims.values(), *session.refusals.values()):
            assert TEXT[row.start : row.end] == row.quote == row.quote.strip()
        assert set(session.claims) | set(session.refusals) == numbers
        assert set(evidence.claims) == set(session.claims) | {"home-001", "home-002", "home-003"}
    assert (folder / "claims.csv").read_bytes() == library


def test_an_action_is_on_disk_at_once(folders):
    session = triage_session(folders, "shop", SUGGESTIONS)
    session, _ = record_triage(folders, session, HARM, lambda s: s.accept(HARM))
    assert [row["claim"] for row in rows(folders[-1] / "claims.csv")] == ["shop-001"]
    session, _ = record_triage(folders, session, LAST, lambda s: s.refuse(LAST, "A slogan.", WHO))
    record_triage(folders, session, REGROW, lambda s: s.new_proposition(REGROW, CELLS))
    assert [row["claim"] for row in rows(folders[-1] / "claims.csv")] == ["shop-001", "shop-003"]
    assert [row["reason"] for row in rows(folders[-1] / "refusals.csv")] == ["A slogan."]
    not_asked = ("importance", "public_wording", "wording_by", "wording_rests_on")
    left_out = dict.fromkeys(not_asked, "")
    assert rows(folders[-1] / "propositions.csv") == [left_out | CELLS]
    assert sorted(path.name for path in folders[-1].iterdir()) == [
        "claims.csv", "pages", "pages.csv", "propositions.csv", "refusals.csv",
    ]  # fmt: skip


def test_a_folder_that_is_not_there_yet_is_made_with_the_first_row(folder, tmp_path):
    own = tmp_path / "new" / "own"
    session = triage_session([folder, own], "home", ())
    assert not own.exists()
    with pytest.raises(ParameterError, match="stands in"):
        record_triage([folder, own], session, "home-001", lambda s: s.accept("home-001"))
    assert list(own.iterdir()) == []


def test_a_page_that_is_unknown_or_changed_is_a_problem(folders):
    with pytest.raises(InputError, match="there is no page 'shpo'"):
        triage_session(folders, "shpo", ())
    session = triage_session(folders, "shop", SUGGESTIONS)
    (folders[-1] / "pages" / "shop.txt").write_text("Something else.", "utf-8")
    with pytest.raises(EvidenceError, match="not the one that was reviewed"):
        record_triage(folders, session, HARM, lambda s: s.accept(HARM))


def test_what_somebody_else_changed_meanwhile_is_not_written_over(folders):
    shown = triage_session(folders, "shop", SUGGESTIONS)
    theirs, _ = record_triage(folders, shown, HARM, lambda s: s.accept(HARM))
    with pytest.raises(ParameterError, match="no longer what was shown"):
        record_triage(folders, shown, HARM, lambda s: s.refuse(HARM, "No.", WHO))
    ours, _ = record_triage(folders, theirs, "shop-001", lambda s: s.link("shop-001", "regrows"))
    with pytest.raises(ParameterError, match="has changed since it was shown"):
        record_triage(folders, theirs, "shop-001", lambda s: s.accept("shop-001"))
    assert triage_session(folders, "shop", SUGGESTIONS) == ours


def test_a_folder_that_cannot_be_made_is_told(folder, tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    session = triage_session([folder, tmp_path / "file" / "own"], "home", ())
    with pytest.raises(OutputError, match="cannot be made"):
        record_triage([folder, tmp_path / "file" / "own"], session, "home-001", lambda s: s)


ONE_PERSON = """
import sys
from pathlib import Path
from sample_page import SUGGESTIONS, WHO
from review.store.additions.triage import record_triage, triage_session
folders, page = [Path(sys.argv[1]), Path(sys.argv[2])], sys.argv[3]
session = triage_session(folders, page, SUGGESTIONS)
print("ready", flush=True)
sys.stdin.readline()
for round in range(8):
    key = session.open[0].key if session.open else next(iter(session.claims))
    if round % 2:
        act = lambda s: s.refuse(key, f"Round {round}.", WHO)
    else:
        act = lambda s: s.link(key, "regrows")
    session, _ = record_triage(folders, session, key, act)
    if not session.open and not session.claims:
        key = next(reversed(session.refusals))
        session, _ = record_triage(folders, session, key, lambda s: s.link(key, "regrows"))
print(*sorted([*session.claims, *session.refusals]))
"""


def test_two_people_triage_two_pages_of_one_folder_at_once(folder, tmp_path):
    own = own_folder(tmp_path / "own", pages=("shop", "team"))
    people = [
        subprocess.Popen(
            [sys.executable, "-c", ONE_PERSON, str(folder), str(own), page],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent,
        )
        for page in ("shop", "team")
    ]  # fmt: skip
    for person in people:
        assert person.stdout.readline() == "ready\n"
    for person in people:
        person.stdin.write("\n")
        person.stdin.flush()
    written = [person.communicate(timeout=60)[0].split() for person in people]
    assert [person.returncode for person in people] == [0, 0]
    assert all(len(keys) >= 4 for keys in written)
    evidence = read_evidence([folder, own])
    found = {key for key in (*evidence.claims, *evidence.refusals) if not key.startswith("home-")}
    assert found == {key for keys in written for key in keys}
    assert all(path.read_bytes() == text.encode() for path, _, text in canonical_files(own))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (",Results", ",results", "does not stand at"),
        ("shop-001,", "shop-002,", "'shop-002' stands here"),
        ("reviewer A", "", "reviewer is empty"),
        (",2026-11-21", ",21.11.2026", "date is '21.11.2026'"),
    ],
)
def test_a_broken_refusal_is_one_clear_problem(folders, old, new, what):
    session = triage_session(folders, "shop", SUGGESTIONS)
    session, _ = record_triage(folders, session, LAST, lambda s: s.refuse(LAST, "A slogan.", WHO))
    session, _ = record_triage(folders, session, HARM, lambda s: s.refuse(HARM, "Fine.", WHO))
    path = folders[-1] / "refusals.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(EvidenceError, match=what):
        read_evidence(folders)


def test_a_number_among_claims_and_refusals_is_a_problem(folders):
    session = triage_session(folders, "shop", SUGGESTIONS)
    record_triage(folders, session, HARM, lambda s: s.accept(HARM))
    before = (folders[-1] / "claims.csv").read_bytes()
    session = triage_session(folders, "shop", SUGGESTIONS)
    record_triage(folders, session, "shop-001", lambda s: s.refuse("shop-001", "No.", By("A", WHO.day)))
    (folders[-1] / "claims.csv").write_bytes(before)
    with pytest.raises(EvidenceError, match="refused here and stands among the claims"):
        read_evidence(folders)
