"""Decisions that a report saved as a file: checked, merged, recorded once, and nothing lost."""

import json
from datetime import UTC, datetime

import pytest
from commands import run_review

from review.model.errors import InputError
from review.people.decision_files import merged
from review.people.decisions import basis_digest, history
from review.store.additions.decisions import record_decisions
from review.store.inputs.decision_file import read_decision_files
from review.store.snapshot import read_evidence

NOW = datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC)


def saved(folder, *claims, decision="remove", reviewer="reviewer A", **changes) -> dict[str, object]:
    """What a report saves of one decision on `claims`."""
    evidence = read_evidence([folder])
    one = {
        "claims": {claim: basis_digest(evidence, claim) for claim in claims},
        "decision": decision,
        "wording": "",
        "reason": "As the review suggests: take it out.",
        "owner": "",
        "due": "",
        "at": "2026-11-21T10:00:00Z",
    }
    return {
        "form": "1",
        "evidence": "0" * 64,
        "reviewer": reviewer,
        "role": "medical director",
        "countersigned": "",
        "decisions": [one | changes],
    }


def put(folder, name: str, content: object):
    path = folder.parent / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def record(folder, *paths):
    """What the command does with files: what kept decisions out, and what became of the others."""
    together = merged(read_decision_files(paths))
    recorded = record_decisions([folder], together.drafts, NOW)
    return [str(problem) for problem in (*together.conflicts, *recorded.problems)], recorded


def holding(folder, claim="home-001"):
    return history(read_evidence([folder]), claim)[-1].decision


def test_a_saved_decision_is_recorded_for_each_of_its_claims_and_the_whole_sentence(folder):
    path = put(
        folder, "a.json", saved(folder, "home-001", "home-002", owner="the web team", due="2030-01-31")
    )
    problems, recorded = record(folder, path)
    assert (problems, len(recorded.added), recorded.known) == ([], 2, 0)
    for claim in ("home-001", "home-002"):
        taken = holding(folder, claim)
        assert (taken.decision, taken.scope, taken.reviewer) == ("remove", "sentence", "reviewer A")
        assert (taken.owner, taken.due.isoformat()) == ("the web team", "2030-01-31")
        assert taken.date.isoformat() == "2026-11-21"


def test_a_file_given_twice_is_recorded_once(folder):
    path = put(folder, "a.json", saved(folder, "home-001"))
    record(folder, path)
    before = (folder / "decisions.csv").read_bytes()
    problems, recorded = record(folder, path)
    assert (problems, recorded.added, recorded.known) == ([], (), 1)
    assert (folder / "decisions.csv").read_bytes() == before


def test_two_who_agree_are_one_decision_countersigned(folder):
    a = put(folder, "a.json", saved(folder, "home-001"))
    b = put(folder, "b.json", saved(folder, "home-001", reviewer="reviewer B"))
    record(folder, a, b)
    (taken,) = history(read_evidence([folder]), "home-001")
    assert (taken.decision.reviewer, taken.decision.countersigned) == ("reviewer A", "reviewer B")


def test_a_conflict_is_told_and_keeps_back_no_other_decision(folder):
    a = put(folder, "a.json", saved(folder, "home-001", "home-002"))
    b = put(folder, "b.json", saved(folder, "home-001", decision="keep", reviewer="reviewer B"))
    done = run_review("decide", "--from", a, "--from", b, "--evidence", folder)
    assert done.returncode == 5
    assert "1 claim decided, 0 known before" in done.stdout
    assert "claim home-001: it is decided in two ways: remove by reviewer A" in done.stderr
    assert "keep by reviewer B" in done.stderr
    assert history(read_evidence([folder]), "home-001") == ()
    assert holding(folder, "home-002").reviewer == "reviewer A"


def test_two_wordings_are_a_conflict(folder):
    words = [
        saved(folder, "home-001", decision="reword", wording=wording, reviewer=f"reviewer {wording}")
        for wording in "AB"
    ]
    files = read_decision_files([put(folder, f"{n}.json", word) for n, word in enumerate(words)])
    together = merged(files)
    assert together.drafts == ()
    (conflict,) = together.conflicts
    assert "reword to “A” by reviewer A" in conflict.fault


def test_the_last_decision_of_one_file_holds(folder):
    content = saved(folder, "home-001")
    content["decisions"].append({**content["decisions"][0], "decision": "keep"})
    record(folder, put(folder, "a.json", content))
    assert holding(folder).decision == "keep"


def test_what_was_decided_on_other_evidence_is_not_recorded(folder):
    content = saved(folder, "home-001", "home-002")
    content["decisions"][0]["claims"]["home-001"] = "0" * 64
    (problem,), _ = record(folder, put(folder, "a.json", content))
    assert "claim home-001: claim: what it rests on has changed since it was shown" in problem
    assert history(read_evidence([folder]), "home-001") == ()
    assert holding(folder, "home-002").decision == "remove"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"claims": {}}, "decisions.0.claims"),
        ({"decision": 1}, "decisions.0.decision"),
        ({"at": "yesterday"}, "decisions.0.at"),
        ({"unknown": ""}, "decisions.0.unknown"),
        ({"reason": "x" * 6000}, "decisions.0.reason"),
    ],
)
def test_a_file_that_no_report_saved_is_refused_whole(folder, change, fault):
    path = put(folder, "a.json", saved(folder, "home-001", **change))
    with pytest.raises(InputError) as caught:
        read_decision_files([path])
    assert any(problem.fault.startswith(fault) for problem in caught.value.problems)
    assert {problem.remedy for problem in caught.value.problems} == {
        "Save the file of decisions again from the report."
    }


def test_every_broken_file_is_named_and_nothing_is_recorded(folder):
    good = put(folder, "good.json", saved(folder, "home-001"))
    bad = [put(folder, "cut.json", '{"form": "1"'), put(folder, "old.json", {"form": "0"})]
    asked = [word for path in (good, *bad, folder.parent / "missing.json") for word in ("--from", path)]
    done = run_review("decide", *asked, "--evidence", folder)
    assert done.returncode == 5
    assert all(name in done.stderr for name in ("cut.json", "old.json", "missing.json"))
    assert not (folder / "decisions.csv").exists()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"decision": "reword"}, "the new wording is missing"),
        ({"reason": "…"}, "it is blank"),
        ({"due": "soon"}, "'soon' is no date"),
        ({"owner": "a\u202eb"}, "characters that nobody sees"),
    ],
)
def test_what_a_form_refuses_a_file_cannot_bring_in(folder, change, fault):
    problems, recorded = record(folder, put(folder, "a.json", saved(folder, "home-001", **change)))
    assert recorded.added == ()
    assert any(text.startswith("claim home-001: ") and fault in text for text in problems)
    assert not (folder / "decisions.csv").exists()


def test_nobody_countersigns_what_they_decided(folder):
    content = saved(folder, "home-001") | {"countersigned": "reviewer A"}
    (problem,), _ = record(folder, put(folder, "a.json", content))
    assert "has decided already" in problem


def test_a_file_and_a_decision_of_ones_own_are_not_given_together(folder):
    path = put(folder, "a.json", saved(folder, "home-001"))
    for more in (("home-001",), ("--reason", "Because.")):
        done = run_review("decide", *more, "--from", path, "--evidence", folder)
        assert done.returncode == 4
        assert "Give one or the other." in done.stderr


def test_the_command_takes_a_scope_an_owner_a_due_day_and_a_second_name(folder):
    entered = {
        "decision": "ask-for-document", "reason": "Ask the supplier.", "reviewer": "reviewer A",
        "role": "medical director", "scope": "sentence", "second": "reviewer B", "owner": "the buyer",
        "due": "2030-02-01",
    }  # fmt: skip
    words = [word for name, text in entered.items() for word in (f"--{name}", text)]
    run_review("decide", "home-001", *words, "--evidence", folder)
    shown = run_review("decisions", "--evidence", folder).stdout
    assert "ask-for-document" in shown
    assert "decided too by: reviewer B" in shown
    assert "owner: the buyer" in shown
    assert "due: 2030-02-01" in shown
    assert run_review("check", "--evidence", folder).returncode == 0, "a due day is still to come"


def test_a_scope_that_there_is_not_is_refused(folder):
    words = (
        "--decision",
        "keep",
        "--reason",
        "Yes.",
        "--reviewer",
        "A",
        "--role",
        "B",
        "--scope",
        "page",
    )
    done = run_review("decide", "home-001", *words, "--evidence", folder)
    assert done.returncode == 4
    assert "Use one of claim, sentence." in done.stderr
