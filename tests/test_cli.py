"""The command as a user types it: real processes, exit codes by kind, no traceback."""

import csv
import json
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest
from commands import run_review

from review.commands.names import help_page


def test_check_prints_the_counts(project):
    done = run_review("check", cwd=project)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "pages 5"
    assert lines[-1] == "problems 0"
    assert {line.split()[0] for line in lines} >= {
        "claims",
        "propositions",
        "studies",
        "links",
        "ratings",
    }


def test_check_of_a_broken_folder_lists_and_fails(folder):
    (folder / "claims.csv").write_text("claim\n", "utf-8")
    (folder / "links.csv").write_text("link\n", "utf-8")
    done = run_review("check", "--evidence", str(folder), cwd=folder)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("2 problems\n")
    assert "Traceback" not in done.stderr


def test_an_unreadable_folder_has_an_exit_code_of_its_own(tmp_path):
    done = run_review("check", "--evidence", "nowhere", cwd=tmp_path)
    assert done.returncode == 5
    assert "nowhere: there is no such folder" in done.stderr


def test_format_check_fails_and_format_mends(folder):
    run_review("format", "--evidence", str(folder), cwd=folder)
    text = (folder / "links.csv").read_text("utf-8")
    (folder / "links.csv").write_text(text.replace("\n", "\r\n"), "utf-8", newline="")
    assert run_review("format", "--check", "--evidence", str(folder), cwd=folder).returncode == 3
    assert "formatted" in run_review("format", "--evidence", str(folder), cwd=folder).stdout
    assert run_review("format", "--check", "--evidence", str(folder), cwd=folder).returncode == 0
    assert (folder / "links.csv").read_bytes() == text.encode()


def test_grade_answers_every_published_case(project):
    cases = project / "tests" / "rules" / "grade_cases.json"
    done = run_review("grade", str(cases), cwd=project)
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    expected = json.loads(cases.read_text("utf-8"))
    assert len(answers) == len(expected) == 44
    right = Counter(
        case["tier"]
        for case in expected
        if answers[case["id"]]["certainty"] == case["expected"]["certainty"]
    )
    assert right["arithmetic"] == 22
    assert (right["rule"], right["threshold"], right["overall"]) == (6, 2, 1)
    assert all(set(answer) >= {"id", "certainty", "steps"} for answer in answers.values())


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("{", "this is not JSON"),
        ("{}", "this is not a list of cases"),
        ('[{"id": "a"}]', "inputs: Field required"),
        ('[{"id": "a", "inputs": {"design": "randomized", "rob": "bad"}}]', "inputs.rob"),
    ],
)
def test_grade_explains_bad_cases(tmp_path, content, what):
    path = tmp_path / "cases.json"
    path.write_text(content, "utf-8")
    done = run_review("grade", str(path), cwd=tmp_path)
    assert done.returncode == 5
    assert what in done.stderr
    assert "Traceback" not in done.stderr


def test_grade_answers_the_cases_beside_a_bad_one(tmp_path):
    judged = {"design": "randomized", "start": "high", "rob": "serious"}
    judged |= dict.fromkeys(("inconsistency", "indirectness", "imprecision"), "not_serious")
    good = {"id": "ear-drops", "inputs": {**judged, "publication_bias": "unclear"}}
    lifted = {"id": "too-much", "inputs": {**judged, "upgrades": {"large_effect": 3}}}
    open_ended = {"id": "no-limits", "inputs": {**judged, "numbers": {"threshold": 2}}}
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([lifted, good, open_ended, good]), "utf-8")
    done = run_review("grade", str(path), cwd=tmp_path)
    (answered,) = map(json.loads, done.stdout.splitlines())
    assert (answered["id"], answered["certainty"]) == ("ear-drops", "moderate")
    assert done.returncode == 5
    told = done.stderr.splitlines()
    assert told[0] == "3 problems"
    assert [line.partition(": ")[0] for line in told[1:]] == [
        f"{path.as_posix()}, case {number}" for number in (1, 3, 4)
    ]
    assert all(line.endswith(("Correct the case.", "of its own.")) for line in told[1:])


def bcg_effects(reference: dict) -> str:
    found = reference["sets"]["bcg_rr"]
    rows = zip(found["study"], found["yi"], found["vi"], strict=True)
    return "study,yi,vi\n" + "".join(f"{study},{yi:.12f},{vi:.12f}\n" for study, yi, vi in rows)


def test_pool_prints_the_pooled_effect(project, tmp_path):
    """The thirteen BCG trials of Colditz and others, 1994: metafor's published REML answer."""
    path = tmp_path / "bcg.csv"
    reference = json.loads((project / "tests/rules/metafor/reference.json").read_text("utf-8"))
    path.write_text(bcg_effects(reference), "utf-8")
    wald = run_review("pool", str(path), "--method", "reml", "--interval", "wald", cwd=project)
    answer = json.loads(wald.stdout)
    assert round(answer["estimate"], 4) == -0.7145
    assert round(answer["se"], 4) == 0.1798
    assert [round(limit, 4) for limit in answer["ci"]] == [-1.0669, -0.3622]
    assert round(answer["tau2"], 4) == 0.3132
    assert round(answer["q"], 3) == 152.233
    assert round(answer["i2"], 2) == 92.22
    wider = json.loads(run_review("pool", str(path), cwd=project).stdout)
    assert [round(limit, 4) for limit in wider["ci"]] == [-1.1084, -0.3206]
    assert wider["interval"] == "hartung-knapp-corrected"


def test_pool_chooses_for_counts_and_says_why(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("study,ai,n1i,ci,n2i\na,4,900,5,890\nb,3,700,2,710\nc,0,80,0,80\n", "utf-8")
    answer = json.loads(run_review("pool", str(path), cwd=tmp_path).stdout)
    assert (answer["method"], answer["left_out"]) == ("Peto", ["c"])
    other = json.loads(run_review("pool", str(path), "--method", "mh", cwd=tmp_path).stdout)
    assert (other["method"], other["measure"]) == ("Mantel-Haenszel", "risk-ratio")
    assert run_review("pool", str(path), "--measure", "rr", "--method", "peto").returncode == 4


def test_pool_explains_a_bad_file(tmp_path):
    path = tmp_path / "effects.csv"
    path.write_text("study,yi,vi\na,x,1\nb,1,-1\n", "utf-8")
    done = run_review("pool", str(path), cwd=tmp_path)
    assert done.returncode == 5
    assert "effects.csv:2" in done.stderr
    assert "effects.csv:3" in done.stderr


def test_pairs_that_nobody_judged_are_listed_as_csv(project):
    done = run_review("check", "--pairs", cwd=project)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert list(rows[0]) == ["score", "proposition", "other", "statement", "other statement"]
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)


def printed(project, command: str) -> list[dict]:
    lines = run_review(command, "--json", cwd=project).stdout.splitlines()
    assert lines
    return [json.loads(line) for line in lines]


def stands(project, place: dict, quote: str) -> bool:
    text = (project / "evidence" / "pages" / f"{place['page']}.txt").read_bytes().decode()
    return text[place["start"] : place["end"]] == quote


def test_facts_as_json_quote_the_pages(project):
    for fact in printed(project, "contradictions"):
        sides = [[claim for side in fact[key] for claim in side["claims"]] for key in ("a", "b")]
        assert all(stands(project, claim, claim["quote"]) for side in sides for claim in side)
        assert 1 <= fact["pairs"] <= len(sides[0]) * len(sides[1])


def test_passages_as_json_quote_the_pages(project):
    for passage in printed(project, "lineage"):
        for wording in passage["wordings"]:
            assert all(stands(project, place, wording["quote"]) for place in wording["places"])
        assert len({place["page"] for x in passage["wordings"] for place in x["places"]}) > 1


def test_explain_tells_the_whole_chain(project):
    printed = run_review("explain", "clinic-faq-106", cwd=project).stdout
    for part in (
        '"There are no contraindications for exosome injections."',
        "It denies the proposition exosome-injections-have-contraindications",
        "start: very-low",
        "Verdict: contradicted.",
        "By itself it needs: reword.",
        "Its sentence needs: reword, for clinic-faq-106.",
        "flag US08, United States, block",
        "a named person decides",
    ):
        assert part in printed


def test_explain_takes_other_conventions(project):
    settings = "--start-rule robins-i --upgrading lenient --information-size 800".split()
    printed = run_review("explain", "patient-guide-057", *settings, cwd=project).stdout
    for part in (
        "robins-i start rule, lenient upgrading, information size 800",
        "start: high. By the robins-i start rule, in place of the recorded low.",
        "So: very low certainty, direction supports.",
    ):
        assert part in printed
    usual = run_review("explain", "patient-guide-057", cwd=project).stdout
    assert "classic start rule, strict upgrading, information size 400" in usual
    assert "start: low. " in usual
    assert "in place of the recorded" not in usual


def test_explain_tells_what_an_advertising_rule_asks_for(project):
    printed = run_review("explain", "US08", "--jurisdiction", "uk", cwd=project).stdout
    assert printed.startswith("Rule US08, United States (not under review), block: promises safety")
    assert "Met " in printed


@pytest.mark.parametrize(
    "option",
    [["--jurisdiction", "x"], ["--start-rule", "x"], ["--upgrading", "x"], ["--information-size", "0"]],
)
def test_explain_refuses_conventions_that_do_not_exist(project, option):
    done = run_review("explain", "patient-guide-057", *option, cwd=project)
    assert done.returncode == 2
    assert f"Invalid value for '{option[0]}'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["explain", "US99"], "there is no claim 'US99'"),
        (["explain", "clinic-faq-9999"], "Did you mean 'clinic-faq-"),
        (["explain", "clinic-faq-106", "--as-of", "2021-02-30"], "no such day"),
    ],
)
def test_explain_refuses_what_it_does_not_know(project, arguments, what):
    done = run_review(*arguments, cwd=project)
    assert done.returncode == 4
    assert what in done.stderr


def test_without_a_command_the_help_is_shown(project):
    done = run_review(cwd=project)
    assert done.stdout + done.stderr == help_page()
    assert run_review("--help", cwd=project).stdout == help_page()


def test_the_command_is_installed():
    assert shutil.which("review", path=str(Path(sys.executable).parent))
