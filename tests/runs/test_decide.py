"""Decisions as they are taken: real folders, real processes, and what a changed file does to them."""

import csv
import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from commands import run_review

from review.model.errors import EvidenceError, InField, InFile, InputError, ParameterError
from review.model.fields import utc_time
from review.people.decisions import DecisionState, Draft, basis_digest, history
from review.people.entries import LONGEST_PROSE, Entered
from review.report.build import build_report
from review.report.formats.html import report_html
from review.report.parts.compose import compose
from review.store.additions.decisions import record_decision
from review.store.canonical import canonical_files
from review.store.clock import utc_now
from review.store.files.csv_file import write_csv
from review.store.snapshot import read_evidence
from review.workbench import open_review

NOW = datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC)
KEEP = Draft("home-001", "keep", "One trial shows it.", "reviewer A", "medical director")
REMOVE = Draft("home-002", "remove", "Nothing shows it.", "reviewer B", "medical director")
HOSTILE = [
    "=cmd|' /C calc'!A1",
    '=HYPERLINK("https://example.org","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '"quotes", commas,\nand lines\n\nof text',
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "حسن and שלום",
    "a trailing backslash \\",
]


def draft(**changes) -> Draft:
    return Draft(**{name: changes.get(name, getattr(KEEP, name)) for name in Draft.__slots__})


def rows(folder) -> list[dict[str, str]]:
    with (folder / "decisions.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def problems(folder, **changes) -> dict[str, str]:
    with pytest.raises(ParameterError) as caught:
        record_decision([folder], draft(**changes), NOW)
    return {str(problem.place): str(problem) for problem in caught.value.problems}


def states(folder, claim="home-001") -> list[str]:
    return [str(taken.state) for taken in history(read_evidence([folder]), claim)]


# What is written


def test_a_decision_is_one_row_of_a_canonical_file(folder):
    decision, path = record_decision([folder], KEEP, NOW)
    assert path == folder / "decisions.csv"
    assert rows(folder) == [{
        "claim": "home-001", "decision": "keep", "wording": "not_applicable", "reviewer": "reviewer A",
        "role": "medical director", "date": "2026-11-21", "reason": "One trial shows it.",
        "digest": basis_digest(read_evidence([folder]), "home-001"),
        "recorded": "2026-11-21T12:00:05Z",
        "scope": "claim", "owner": "", "due": "", "countersigned": "",
    }]  # fmt: skip
    assert read_evidence([folder]).decisions == (decision,)
    (canonical,) = [new for path, _, new in canonical_files(folder) if path.name == "decisions.csv"]
    assert path.read_bytes() == canonical.encode()
    assert not list(folder.glob(".*")), "no lock and no half-written file is left"


def test_it_goes_into_the_last_folder_only(folder, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    record_decision([folder, own], KEEP, NOW)
    assert [path.name for path in own.iterdir()] == ["decisions.csv"]
    assert not (folder / "decisions.csv").exists()
    assert len(read_evidence([folder, own]).decisions) == 1


def test_a_later_decision_supersedes_and_the_earlier_one_stays(folder):
    record_decision([folder], KEEP, NOW)
    first = (folder / "decisions.csv").read_bytes()
    record_decision([folder], draft(decision="reword", wording="Exosomes may regrow hair."), NOW)
    assert (folder / "decisions.csv").read_bytes().startswith(first)
    assert states(folder) == ["superseded", "in force"]
    (row,) = [r for r in build_report(open_review([folder])).claims if r.claim == "home-001"]
    assert [d.decision for d in row.decisions] == ["keep", "reword"]
    assert row.decisions[-1].wording == "Exosomes may regrow hair."


def test_a_report_of_an_earlier_day_does_not_know_it(folder):
    record_decision([folder], draft(date="2026-11-20"), NOW)
    record_decision([folder], draft(decision="escalate"), NOW)
    review = open_review([folder], as_of="2026-11-20")
    (row,) = [r for r in build_report(review).claims if r.claim == "home-001"]
    assert [d.decision for d in row.decisions] == ["keep"]


def test_a_review_without_a_date_knows_the_last_decision(folder):
    later = NOW + timedelta(days=40)
    record_decision([folder], KEEP, later)
    assert open_review([folder]).as_of == later.date()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_letter_by_letter_and_does_nothing(folder, text):
    record_decision([folder], draft(reason=text, decision="reword", wording=text), NOW)
    assert (rows(folder)[0]["reason"], rows(folder)[0]["wording"]) == (text, text)
    (decision,) = read_evidence([folder]).decisions
    assert (decision.reason, decision.wording) == (text, text)
    html = report_html(compose(build_report(open_review([folder]))))
    assert "<script>alert" not in html


# What is refused


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"claim": "home-0011"}, "claim", "Did you mean 'home-001'?"),
        ({"decision": "kepe"}, "decision", "Use one of keep, reword, remove, escalate, "),
        ({"decision": ""}, "decision", "nothing is decided"),
        ({"reason": " \n "}, "reason", "it is blank"),
        ({"reason": "\u200b..."}, "reason", "it is blank"),
        ({"reason": "x" * (LONGEST_PROSE + 1)}, "reason", "Use at most 5,000."),
        ({"reason": "bell\x07"}, "reason", "U+0007"),
        ({"reason": "escape\x1b[31m\x9b"}, "reason", "U+001B, U+009B"),
        ({"reason": "carriage\rreturn"}, "reason", "U+000D"),
        ({"reason": "\u202egnorts\u202c"}, "reason", "U+202C, U+202E"),
        ({"reason": "half a character \udc80"}, "reason", "U+DC80"),
        ({"reviewer": "a\nb"}, "reviewer", "U+000A"),
        ({"role": ""}, "role", "it is blank"),
        ({"decision": "reword"}, "wording", "the new wording is missing"),
        ({"decision": "reword", "wording": "not_applicable"}, "wording", "the new wording is missing"),
        ({"decision": "reword", "wording": "a\x00b"}, "wording", "U+0000"),
        ({"wording": "Exosomes may."}, "wording", "keep has no wording of its own"),
        ({"date": "21.11.2026"}, "date", "Write the date as YYYY-MM-DD."),
        ({"date": "2026-02-30"}, "date", "There is no such day in the calendar."),
        ({"date": "2026-11-23"}, "date", "still to come: it is 2026-11-21 12:00 UTC"),
    ],
)
def test_what_is_refused(folder, changes, place, said):
    found = problems(folder, **changes)
    assert list(found) == [place]
    assert said in found[place]
    assert not (folder / "decisions.csv").exists()


def test_all_problems_come_at_once(folder):
    found = problems(folder, claim="x", decision="", reason="", reviewer="", role="", date="never")
    assert sorted(found) == ["claim", "date", "decision", "reason", "reviewer", "role"]


def test_problems_of_the_evidence_come_with_those_of_the_draft(folder):
    (folder / "links.csv").write_text("link\n", "utf-8")
    with pytest.raises(EvidenceError) as caught:
        record_decision([folder], draft(reason=""), NOW)
    assert {InField(Entered.REASON), InFile((folder / "links.csv").as_posix(), 1)} <= {
        p.place for p in caught.value.problems
    }


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(InputError, match="there is no such folder"):
        record_decision([tmp_path / "none"], KEEP, NOW)
    assert list(tmp_path.iterdir()) == []


def test_what_changed_since_it_was_shown_is_not_decided_upon(folder):
    seen = basis_digest(read_evidence([folder]), "home-001")
    edit(folder, STUDY, "n: 20", "n: 21")
    assert "has changed since it was shown" in problems(folder, seen=seen)["claim"]


@pytest.mark.parametrize("row", ["reword,not_applicable", "keep,New words"])
def test_a_row_by_hand_must_have_its_wording(folder, row):
    record_decision([folder], KEEP, NOW)
    edit(folder, "decisions.csv", "keep,not_applicable", row)
    with pytest.raises(EvidenceError, match=r"decisions.csv:2: .*a reworded claim has its new wording"):
        read_evidence([folder])


# What a decision rests on


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_bytes().decode() if path.exists() else ""
    assert old in text
    path.write_bytes((text.replace(old, new, 1) if old else text + new).encode())


def change_page(folder, old, new):
    """The page with other words, its digest, and its claims where they now stand."""
    path = folder / "pages" / "home.txt"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    edit(folder, "pages/home.txt", old, new)
    edit(folder, "pages.csv", before, hashlib.sha256(path.read_bytes()).hexdigest())
    with (folder / "claims.csv").open(newline="", encoding="utf-8") as file:
        claims = list(csv.DictReader(file))
    text = path.read_text("utf-8")
    for claim in claims:
        quote = claim["quote"].replace(old, new)
        start = text.index(quote)
        claim |= {"quote": quote, "start": str(start), "end": str(start + len(quote))}
    (folder / "claims.csv").write_text(write_csv(claims, list(claims[0])), "utf-8")


STUDY, NEW_STUDY = "studies/trial2025.yml", "other2026"


def add_study(folder):
    text = (folder / "studies" / "trial2025.yml").read_text("utf-8")
    (folder / "studies" / f"{NEW_STUDY}.yml").write_text(text, "utf-8")
    edit(
        folder,
        "references.bib",
        "",
        f"@article{{{NEW_STUDY},\n  title = {{Another}},\n  year = {{2026}},\n}}\n",
    )


def link(folder, proposition):
    row = f"lnk-0002,{proposition},{NEW_STUDY},f1,contradicts,direct,direct,direct,Why.\n"
    edit(folder, "links.csv", "", row)


NOTICE = (
    "- study: {}\n  kind: correction\n  source: the journal\n  date: not_reported\n  consequence: none\n"
)
SEARCH = "proposition,looked_for,result\n{},Trials,Nothing.\n"
TOUCHING = {
    "the study": lambda f: edit(f, STUDY, "n: 20", "n: 21"),
    "the finding": lambda f: edit(f, STUDY, "Density rose", "Density fell"),
    "the link": lambda f: edit(f, "links.csv", "supports", "contradicts"),
    "another link": lambda f: (add_study(f), link(f, "regrows")),
    "the proposition": lambda f: edit(f, "propositions.csv", "injections regrow hair", "regrow hair"),
    "the wording": lambda f: edit(f, "claims.csv", "efficacy,asserted", "efficacy,hedged"),
    "the polarity": lambda f: edit(f, "claims.csv", "regrows,affirms", "regrows,denies"),
    "the reference": lambda f: edit(f, "references.bib", "A trial", "A trial of exosomes"),
    "a notice": lambda f: edit(f, "corrections.yml", "", NOTICE.format("trial2025")),
    "a search": lambda f: edit(f, "searches.csv", "", SEARCH.format("regrows")),
}
APART = {
    "another study": add_study,
    "a link to another proposition": lambda f: (add_study(f), link(f, "harms")),
    "another claim": lambda f: edit(f, "claims.csv", "safety,asserted", "safety,hedged"),
    "another proposition": lambda f: edit(f, "propositions.csv", "9000 dollars", "9000 US dollars"),
    "a notice about another study": lambda f: (
        add_study(f), edit(f, "corrections.yml", "", NOTICE.format(NEW_STUDY))
    ),
    "another search": lambda f: edit(f, "searches.csv", "", SEARCH.format("harms")),
    "another decision": lambda f: record_decision([f], REMOVE, NOW),
    "how lines are broken": lambda f: edit(f, STUDY, "Density rose", "|\n      Density\n      rose"),
    "the note on the page": lambda f: edit(f, "pages.csv", "not_reported,none", "not_reported,printed"),
}  # fmt: skip


@pytest.mark.parametrize("change", TOUCHING.values(), ids=TOUCHING)
def test_a_change_of_what_it_rests_on_makes_it_one_on_earlier_evidence(folder, change):
    record_decision([folder], KEEP, NOW)
    change(folder)
    assert states(folder) == [DecisionState.ON_EARLIER_EVIDENCE]
    (row,) = [r for r in build_report(open_review([folder])).claims if r.claim == "home-001"]
    assert row.decisions[-1].on_earlier_evidence
    assert "decided on earlier evidence" in report_html(compose(build_report(open_review([folder]))))


@pytest.mark.parametrize("change", APART.values(), ids=APART)
def test_any_other_change_leaves_it_in_force(folder, change):
    record_decision([folder], KEEP, NOW)
    before = read_evidence([folder]).digest
    change(folder)
    assert read_evidence([folder]).digest != before
    assert states(folder) == [DecisionState.IN_FORCE]


def test_another_quote_and_another_paragraph_count_but_not_the_rest_of_the_page(folder):
    """The paragraph of home-001 holds home-002; home-003 stands on a line of its own."""
    record_decision([folder], KEEP, NOW)
    change_page(folder, "It costs 9,000$.", "It costs 8,000$.")
    assert states(folder) == [DecisionState.IN_FORCE]
    change_page(folder, "no side effects.", "no side effect.")
    assert states(folder) == [DecisionState.ON_EARLIER_EVIDENCE]


@pytest.mark.parametrize(
    ("name", "taken_from"),
    [
        ("certainty/regrows.yml", "certainty/exosome-regrows-hair-in-people.yml"),
        ("appraisals/trial2025.yml", "appraisals/amini2025.yml"),
    ],
)
def test_a_judgement_counts_when_recorded_and_when_changed(project, folder, name, taken_from):
    (folder / "appraisals").mkdir()
    record_decision([folder], KEEP, NOW)
    text = (project / "evidence" / taken_from).read_text("utf-8")
    own = re.sub(r"(?m)^studies:\n(  - .*\n)+", "studies:\n  - trial2025\n", text)
    (folder / name).write_text(own, "utf-8")
    assert states(folder) == [DecisionState.ON_EARLIER_EVIDENCE]
    record_decision([folder], KEEP, NOW)
    edit(folder, name, "authored_by: ", "authored_by: second ")
    assert states(folder) == [DecisionState.SUPERSEDED, DecisionState.ON_EARLIER_EVIDENCE]


def test_the_digest_does_not_hang_on_order_hash_seed_or_place(folder, tmp_path):
    code = (
        "import sys; from pathlib import Path; from review.store.snapshot import read_evidence\n"
        "from review.people.decisions import basis_digest\n"
        "print(basis_digest(read_evidence([Path(sys.argv[1])]), 'home-001'))"
    )
    add_study(folder)
    link(folder, "regrows")
    edit(folder, "corrections.yml", "", NOTICE.format("trial2025") + NOTICE.format(NEW_STUDY))
    found = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        found.add(done.stdout)
        folder = folder.rename(tmp_path / "elsewhere")
        (folder / "corrections.yml").write_text(
            NOTICE.format(NEW_STUDY) + NOTICE.format("trial2025"), "utf-8"
        )
    assert len(found) == 1


# Several people at once

RECORD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from review.people.decisions import Draft
from review.store.additions.decisions import record_decision
folder, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for number in range(8):
    draft = Draft("home-001", "keep", f"reason {number}", name, "medical director")
    record_decision([folder], draft, datetime(2026, 11, 21, tzinfo=UTC))
"""


def test_processes_that_decide_at_once_lose_no_row(folder):
    started = [
        subprocess.Popen(
            [sys.executable, "-c", RECORD, str(folder), f"reviewer {name}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in "ABCD"
    ]  # fmt: skip
    try:
        for process in started:
            assert process.stdout.readline() == "ready\n"
        for process in started:
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in started:
            _, errors = process.communicate(timeout=120)
            assert process.returncode == 0, errors
    finally:
        for process in started:
            process.kill()
    wanted = {(f"reviewer {name}", f"reason {number}") for name in "ABCD" for number in range(8)}
    assert [len(rows(folder)), {(r["reviewer"], r["reason"]) for r in rows(folder)}] == [32, wanted]
    assert states(folder) == ["superseded"] * 31 + ["in force"]
    assert not list(folder.glob(".*"))


def test_a_process_that_was_killed_blocks_nobody(folder):
    """The lock dies with its holder; the file that it leaves behind is taken over."""
    code = (
        "import sys, time; from pathlib import Path; from review.store.files.whole_file import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    lock = folder / ".decisions.csv.lock"
    holder = subprocess.Popen([sys.executable, "-c", code, str(lock)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
    finally:
        holder.kill()
        holder.wait()
    assert lock.exists()
    record_decision([folder], KEEP, NOW)
    assert len(rows(folder)) == 1


# The commands


def test_the_command_records_and_lists(folder):
    who = ("--reviewer", "reviewer A", "--role", "medical director", "--evidence", ".")
    begun = utc_now()
    done = run_review(
        "decide", "home-001", "--decision", "keep", "--reason", HOSTILE[3], *who, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    said, _, recorded = done.stdout.rstrip("\n").rpartition(" ")
    day = recorded.partition("T")[0]
    assert said == f"decisions.csv: home-001 keep, {day}, recorded"
    assert begun <= utc_time(recorded) <= utc_now()
    record_decision([folder], REMOVE, utc_now())
    edit(folder, "links.csv", "It compared", "It was compared")
    listed = run_review("decisions", "--evidence", ".", cwd=folder).stdout
    assert listed.startswith(
        f"{day} home-001: keep, on earlier evidence, recorded {recorded}\n  by reviewer A, medical dir"
    )
    assert "home-002: remove, in force" in listed
    (line,) = run_review(
        "decisions", "home-001", "--json", "--evidence", ".", cwd=folder
    ).stdout.splitlines()
    assert json.loads(line)["state"] == "on earlier evidence"
    assert json.loads(line)["reason"] == HOSTILE[3]


def test_the_command_lists_every_problem_and_writes_nothing(folder):
    done = run_review("decide", "home-01", "--decision", "reword", "--evidence", ".", cwd=folder)
    assert done.returncode == 4
    assert done.stderr.startswith("5 problems\n")
    assert "Traceback" not in done.stderr
    assert not (folder / "decisions.csv").exists()


def test_the_list_of_an_unknown_claim_names_the_closest(folder):
    done = run_review("decisions", "home-01", "--evidence", ".", cwd=folder)
    assert done.returncode == 4
    assert "Did you mean 'home-001'?" in done.stderr


def test_the_clock_is_read_in_one_place_and_where_a_page_is_brought_in(project):
    reading = [
        path.relative_to(project / "src" / "review").as_posix()
        for path in sorted((project / "src").rglob("*.py"))
        if any(call in path.read_text("utf-8") for call in (".today()", ".now(", ".utcnow("))
    ]
    assert reading == [
        "commands/pages/ingest.py",
        "store/clock.py",
    ]
