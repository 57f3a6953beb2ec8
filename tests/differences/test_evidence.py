"""Two states of the evidence in a real repository: every kind of cause, told in words."""

import hashlib
import re
from dataclasses import replace as exchanged
from importlib.resources import files
from pathlib import Path

import pytest
from sample_changes import append, commit, edit_page, judge, replace

from review.differences.edits import edits_between
from review.differences.evidence import compare_evidence
from review.differences.formats import as_json, as_markdown, as_plain
from review.differences.model import How, Turn
from review.differences.trials import Trials
from review.differences.words import whole
from review.model.days import last_day
from review.model.records import Decision
from review.people.decisions import basis_digest
from review.store.read import packaged_packs
from review.store.snapshot import read_evidence
from review.workbench import Review


def only_claim(found):
    (change,) = found.claims
    return change


def causes(change) -> list[str]:
    return [whole(cause.phrase) for cause in change.why.causes]


def rate_risk_of_bias(clinic):
    judge(clinic, "very_serious", certainty="low", reason="Nobody was blinded.")


def unverify_the_finding(clinic):
    replace(
        clinic / "studies/trial2025.yml",
        "saline.\n    checked: abstract",
        "saline.\n    checked: unverified",
    )


def turn_the_link(clinic):
    replace(clinic / "links.csv", "f1,supports", "f1,contradicts")


def remove_the_link(clinic):
    replace(
        clinic / "links.csv",
        "lnk-0001,regrows,trial2025,f1,supports,direct,direct,direct,It compared with saline.\n",
        "",
    )
    (clinic / "certainty/regrows.yml").unlink()


def retract_the_trial(clinic):
    notice = (
        "- study: trial2025\n  kind: retraction\n  source: the journal\n  date: 2026-10-01\n"
        "  consequence: The data cannot be trusted.\n"
    )
    append(clinic / "corrections.yml", notice)


KINDS = [
    (
        rate_risk_of_bias,
        ("substantiated", "overstated", Turn.WORSE),
        "judgement of risk of bias for regrows from not serious to very serious; "
        "its reason: “Nobody was blinded.”",
    ),
    (
        unverify_the_finding,
        ("substantiated", "not-looked-for", Turn.WORSE),
        "study trial2025: finding f1: checked from abstract to unverified",
    ),
    (
        turn_the_link,
        ("substantiated", "contradicted", Turn.WORSE),
        "link lnk-0001 of trial2025 to regrows: stance from supports to contradicts",
    ),
    (
        retract_the_trial,
        ("substantiated", "not-looked-for", Turn.WORSE),
        "retraction recorded (2026-10-01): “The data cannot be trusted.”, about study trial2025",
    ),
]


@pytest.mark.parametrize(("change", "verdicts", "said"), KINDS, ids=[k[0].__name__ for k in KINDS])
def test_one_change_is_named_as_the_cause(clinic, diff, change, verdicts, said):
    change(clinic)
    found = only_claim(diff())
    assert (found.before, found.after, found.turn) == verdicts
    assert found.claim == "home-001"
    assert found.why.how is How.ALONE
    assert causes(found) == [said]
    assert f"Caused by: {said}" in as_plain(diff())


def test_a_removed_link_and_its_judgement(clinic, diff):
    """The judgement no longer names a study that counts, so it falls with the link."""
    remove_the_link(clinic)
    found = only_claim(diff())
    assert (found.before, found.after) == ("substantiated", "not-looked-for")
    assert causes(found) == [
        "link lnk-0001 of trial2025 removed: supports regrows; its reason: “It compared with saline.”"
    ]
    other = [whole(cause.phrase) for cause in diff().others]
    assert other == ["judgement of regrows taken out: high certainty"]


def appraise(clinic):
    (clinic / "appraisals").mkdir()
    answers = "".join(
        f"  {item}:\n    answer: {answer}\n    reason: As reported.\n"
        for item, answer in packaged_packs().tools["rob2-2019"].favourable.items()
    )
    append(
        clinic / "appraisals/trial2025.yml",
        f"tool: rob2\nversion: 2019\nresult: hair density\nanswers:\n{answers}summary: Sound.\n"
        "status: draft\nauthored_by: reviewer A\nchecked_by: not_checked\n"
        "date_reviewed: 2026-11-21\n",
    )


def test_an_appraisal_is_named_with_its_study(clinic, diff):
    (clinic / "certainty/regrows.yml").unlink()
    replace(clinic / "studies/trial2025.yml", "n: 20", "n: 1000")
    commit(clinic.parent)
    appraise(clinic)
    found = only_claim(diff())
    assert (found.before, found.after, found.turn) == ("overstated", "substantiated", Turn.BETTER)
    assert causes(found) == ["appraisal of trial2025 added (rob2)"]
    commit(clinic.parent)
    replace(clinic / "appraisals/trial2025.yml", "  1.2:\n    answer: Y", "  1.2:\n    answer: N")
    found = only_claim(diff())
    assert found.after == "overstated"
    assert causes(found) == [
        "appraisal of trial2025: answer 1.2 from Y to N; its reason: “As reported.”"
    ]


SECOND = """recorded: 2026-11-25
checked: abstract
"""


def add_a_second_trial(clinic, stance="contradicts"):
    text = (clinic / "studies/trial2025.yml").read_text("utf-8")
    assert "recorded: 2026-11-21\nchecked: abstract\n" in text
    text = text.replace("recorded: 2026-11-21\nchecked: abstract\n", SECOND)
    (clinic / "studies/trial2026.yml").write_text(text, "utf-8")
    append(
        clinic / "references.bib", "\n@article{trial2026,\n  title = {Another},\n  year = {2026},\n}\n"
    )
    row = f"lnk-0002,regrows,trial2026,f1,{stance},direct,direct,direct,It compared with saline.\n"
    append(clinic / "links.csv", row)


def test_a_new_study_counts_as_one_change_with_its_reference_and_link(clinic, diff):
    """Its later date of recording moves the date of the review, which is no cause of its own."""
    add_a_second_trial(clinic)
    found = diff()
    change = only_claim(found)
    assert (change.before, change.after) == ("substantiated", "overstated")
    assert causes(change) == ["study trial2026 added (randomised-trial): contradicts regrows"]
    assert found.others == ()
    assert (found.old.as_of, found.new.as_of) == ("2026-11-25", "2026-11-25")
    (standing,) = found.standings
    assert [(f.name, f.before, f.after) for f in standing.facets] == [
        ("standing", "high certainty", "very low certainty"),
        ("direction", "supports", "mixed"),
        ("basis", "recorded judgement", "suggested, not confirmed"),
    ]


def test_a_study_that_is_gone_is_told_as_removed(clinic, diff):
    add_a_second_trial(clinic)
    commit(clinic.parent)
    found = diff("HEAD", "HEAD~1")
    assert causes(only_claim(found)) == [
        "study trial2026 removed (randomised-trial): contradicts regrows"
    ]


def test_changes_that_only_work_together_are_told_so(clinic, diff):
    """Very low certainty against a benefit refutes nothing yet; a higher one would."""
    judge(clinic, "very_serious", "very_serious", "very-low", reason="Nobody was blinded.")
    turn_the_link(clinic)
    found = diff()
    change = only_claim(found)
    assert (change.before, change.after) == ("substantiated", "unsupported")
    assert change.why.how is How.TOGETHER
    assert [said.split(" to ")[0] for said in causes(change)] == [
        "judgement of imprecision for regrows from not serious",
        "judgement of risk of bias for regrows from not serious",
        "link lnk-0001 of trial2025",
    ]
    assert "These cause it together, and none of them alone:" in as_plain(found)


def test_what_is_not_needed_is_no_joint_cause(clinic, diff):
    judge(clinic, "very_serious", "very_serious", "very-low")
    turn_the_link(clinic)
    replace(clinic / "certainty/regrows.yml", "reason: Registered.", "reason: It was registered.")
    found = diff()
    assert len(causes(only_claim(found))) == 3
    assert [whole(cause.phrase) for cause in found.others] == [
        "judgement of publication bias for regrows: same rating (not serious), the reason reworded"
    ]


def read(clinic: Path) -> Review:
    evidence = read_evidence([clinic])
    return Review(evidence, last_day(evidence))


def test_several_changes_that_each_suffice_are_all_named(clinic, diff):
    judge(clinic, "very_serious", "very_serious", "very-low")
    change = only_claim(diff())
    assert change.why.how is How.ALONE
    assert [said.split(" for ")[0] for said in causes(change)] == [
        "judgement of imprecision",
        "judgement of risk of bias",
    ]
    assert "Each of these alone would cause it:" in as_plain(diff())


def test_a_page_edit_is_a_cause(clinic, diff):
    judge(clinic, "serious", certainty="moderate")
    commit(clinic.parent)
    before = read(clinic).judged[0].verdict
    replace(clinic / "claims.csv", "efficacy,asserted", "efficacy,hedged")
    edit_page(clinic, "Exosomes regrow hair.", "Exosomes might do so.")
    change = only_claim(diff())
    assert (change.before, change.after) == (str(before), "substantiated")
    assert (change.quote_before, change.quote) == ("Exosomes regrow hair.", "Exosomes might do so.")
    assert causes(change) == [
        "page edit of home-001: quote from Exosomes regrow hair. to Exosomes might do so.; "
        "wording from asserted to hedged; flags met in it, now without US01"
    ]
    assert [whole(cause.phrase) for cause in diff().others] == ["page home: its text changed"]


def test_a_reworded_claim_with_the_same_verdict_is_told_apart(clinic, diff):
    edit_page(clinic, "There are no side effects.", "There is not a side effect")
    change = only_claim(diff())
    assert (change.claim, change.turn) == ("home-002", Turn.EDITED)
    assert change.before == change.after == "not-looked-for"


def test_a_claim_that_only_moved_is_no_change(clinic, diff):
    """A longer first line moves what follows; the claims after it are the same."""
    page = clinic / "pages/home.txt"
    text = page.read_text("utf-8")
    moved = text.replace("\nIt costs", "\n\nIt costs")
    page.write_text(moved, "utf-8")
    digests = [hashlib.sha256(t.encode()).hexdigest() for t in (text, moved)]
    replace(clinic / "pages.csv", *digests)
    replace(clinic / "claims.csv", "home-003,home,49,65", "home-003,home,50,66")
    found = diff()
    assert found.claims == ()
    assert [cause.kind for cause in found.others] == ["page"]


def test_a_claim_moved_to_another_proposition(clinic, diff):
    replace(clinic / "claims.csv", "yes,regrows,affirms", "yes,costs,affirms")
    change = only_claim(diff())
    assert (change.before, change.after) == ("substantiated", "not-an-evidence-question")
    assert change.turn is Turn.OTHER
    assert causes(change) == ["page edit of home-001: proposition from regrows to costs"]


def test_a_claim_moved_to_a_new_proposition_needs_both(clinic, diff):
    row = "dear,cost,logistics,not_applicable,It costs money.,x,x,x,x,x,not_applicable\n"
    replace(clinic / "propositions.csv", "harms,", f"{row}harms,")
    replace(clinic / "claims.csv", "yes,regrows,affirms", "yes,dear,affirms")
    change = only_claim(diff())
    assert change.why.how is How.TOGETHER
    assert causes(change) == [
        "page edit of home-001: proposition from regrows to dear",
        "proposition dear added",
    ]


def test_a_changed_proposition_is_a_cause(clinic, diff):
    replace(clinic / "propositions.csv", "exosome-safety,harm", "exosome-safety,logistics")
    change = only_claim(diff())
    assert (change.claim, change.after) == ("home-002", "not-an-evidence-question")
    assert causes(change) == ["proposition harms: question from harm to logistics"]


def test_claims_added_and_gone_have_a_verdict_on_one_side(clinic, diff):
    text = (clinic / "claims.csv").read_text("utf-8")
    (clinic / "claims.csv").write_text(text.replace("home-002,", "home-004,"), "utf-8")
    added, gone = diff().claims
    assert (added.claim, added.turn, added.before, added.after) == (
        "home-004",
        Turn.ADDED,
        "",
        "not-looked-for",
    )
    assert (gone.claim, gone.turn, gone.before, gone.after) == (
        "home-002",
        Turn.GONE,
        "not-looked-for",
        "",
    )


def test_what_decides_nothing_is_listed_apart(clinic, diff):
    replace(clinic / "links.csv", "It compared with saline.", "Saline was the control.")
    append(clinic / "searches.csv", "proposition,looked_for,result\nharms,Trials.,None was found.\n")
    found = diff()
    assert not found.needs_a_look
    assert [whole(cause.phrase) for cause in found.others] == [
        "link lnk-0001 of trial2025 to regrows: its reason now: “Saline was the control.”",
        "searches for harms: database 0 to 0, library 0 to 1",
    ]
    assert "Other differences, which changed no verdict and no standing (2)" in as_plain(found)


SEARCHED = (
    "proposition,looked_for,result,kind,database,date,query,hits,kept,who\n"
    "harms,Trials.,None was found.,database,PubMed,2026-11-20,exosome AND harm,3,0,reviewer A\n"
)


def test_a_search_of_a_database_makes_unsupported_of_what_nobody_looked_for(clinic, diff):
    append(clinic / "searches.csv", SEARCHED)
    found = only_claim(diff())
    assert (found.claim, found.before, found.after) == ("home-002", "not-looked-for", "unsupported")
    assert found.turn is Turn.WORSE
    assert found.why.how is How.ALONE
    assert causes(found) == ["searches for harms: database 0 to 1, library 0 to 0"]
    commit(clinic.parent)
    assert only_claim(diff("HEAD", "HEAD~1")).turn is Turn.BETTER


def with_decision(side: Review, digest: str) -> Review:
    """The review with one decision in it."""
    taken = Decision(
        claim="home-001",
        decision="keep",
        wording="not_applicable",
        reviewer="reviewer A",
        role="director",
        date="2026-11-21",
        reason="It stands.",
        digest=digest,
    )
    return Review(exchanged(side.evidence, decisions=(taken,)), side.as_of)


def test_a_decision_on_the_evidence_as_it_was_is_outdated_by_a_change(clinic):
    old = read(clinic)
    rate_risk_of_bias(clinic)
    digest = basis_digest(old.evidence, "home-001")
    sides = [with_decision(side, digest) for side in (old, read(clinic))]
    (taken,) = compare_evidence(*sides, ("a", "b")).outdated
    assert (taken.claim, taken.decision, taken.reviewer) == ("home-001", "keep", "reviewer A")
    told = as_plain(compare_evidence(*sides, ("a", "b")))
    assert "Decisions now on earlier evidence (1)" in told
    assert "home-001: keep by reviewer A (director) on 2026-11-21" in told
    assert compare_evidence(sides[1], sides[1], ("b", "b")).outdated == ()


def test_every_form_of_a_change_names_it(clinic, diff):
    rate_risk_of_bias(clinic)
    found = diff()
    for form in (as_plain, as_markdown, as_json):
        told = form(found)
        assert "home-001" in told
        assert "very serious" in told


def evidence_pair(clinic):
    """The folder as it was and after many changes at once, read."""
    before = read_evidence([clinic])
    add_a_second_trial(clinic)
    rate_risk_of_bias(clinic)
    edit_page(clinic, "There are no side effects.", "There is not a side effect")
    replace(clinic / "propositions.csv", "exosome-safety,harm", "exosome-safety,logistics")
    after = read_evidence([clinic])
    as_of = last_day(after)
    return Review(before, as_of), Review(after, as_of)


def test_a_comparison_mirrors_its_reverse(clinic):
    old, new = evidence_pair(clinic)
    there = compare_evidence(old, new, ("a", "b"))
    back = compare_evidence(new, old, ("b", "a"))
    assert {(c.claim, c.before, c.after) for c in there.claims} == {
        (c.claim, c.after, c.before) for c in back.claims
    }
    assert {
        (s.proposition, tuple((f.name, f.before, f.after) for f in s.facets)) for s in there.standings
    } == {(s.proposition, tuple((f.name, f.after, f.before) for f in s.facets)) for s in back.standings}
    assert there.needs_a_look
    assert back.needs_a_look


def test_all_differences_together_give_what_stands_now(clinic):
    """Whatever is tried, the differences of a proposition are all that its change can come from."""
    old, new = evidence_pair(clinic)
    for before, after in ((old, new), (new, old)):
        trials = Trials(before, edits_between(before.evidence, after.evidence))
        for key in before.evidence.propositions:
            tried = trials.standing(key, trials.edits_of(key))
            assert (tried.label, tried.direction) == (
                after.standing(key).label,
                after.standing(key).direction,
            )


def test_nothing_differs_from_itself(clinic, review):
    for side in (read(clinic), review):
        found = compare_evidence(side, side, ("a", "a"))
        assert found.is_empty
        assert "Nothing differs." in as_plain(found)


def without_what_may_vary(text: str) -> str:
    return re.sub(r"version [0-9.]+;", "version;", re.sub(r"\([0-9a-f]{12}\)", "(commit)", text)).strip()


def test_the_example_of_the_document_is_what_is_told(clinic, diff, project):
    text = (project / "docs" / "diff.md").read_text("utf-8")
    example = text.split("```text\n")[1].split("```")[0]
    rate_risk_of_bias(clinic)
    assert without_what_may_vary(example) == without_what_may_vary(as_plain(diff("main")))


FLAG = """title: own
version: 1
flags:
  - flag: M01
    title: speaks of growth
    ground: mechanism
    severity: review
    basis: growth must be measured (our convention)
    source: our convention
    clears: a measurement
    phrases:
      - {phrase}
    examples:
      - {example}
    counter_examples:
      - The room is quiet.
    checked: not_reported
"""


def flag(folder, phrase, example):
    (folder / "packs/flags").mkdir(parents=True, exist_ok=True)
    (folder / "packs/flags/own.yml").write_text(FLAG.format(phrase=phrase, example=example), "utf-8")


def test_a_flag_of_the_folder_is_no_edit_of_the_page(clinic, diff):
    flag(clinic, "regrow*", "It regrows bone.")
    change = only_claim(diff())
    assert (change.claim, change.turn) == ("home-001", Turn.EDITED)
    assert causes(change) == ["files of packs: flags/own.yml added"]
    assert not diff().others
    commit(clinic.parent)
    flag(clinic, "mend*", "It mends bone.")
    assert causes(only_claim(diff())) == ["files of packs: flags/own.yml changed"]


def test_a_name_of_the_subject_that_decides_nothing_is_told(clinic, diff):
    (clinic / "subject").mkdir()
    (clinic / "subject/names.csv").write_text(
        "name,kind,also,proper,own,approved\nNuvella,product,,yes,no,\n", "utf-8"
    )
    assert [whole(cause.phrase) for cause in diff().others] == ["files of subject: names.csv added"]


def test_another_bias_tool_is_the_cause_of_a_verdict(clinic, diff):
    (clinic / "certainty/regrows.yml").unlink()
    replace(clinic / "studies/trial2025.yml", "n: 20", "n: 1000")
    appraise(clinic)
    commit(clinic.parent)
    tool = (files("review") / "packs/tools/rob2-2019.yml").read_text("utf-8")
    (clinic / "packs/tools").mkdir(parents=True)
    (clinic / "packs/tools/rob2-2019.yml").write_text(
        tool.replace("concern: low", "concern: some"), "utf-8"
    )
    change = only_claim(diff())
    assert (change.before, change.after) == ("substantiated", "overstated")
    assert causes(change) == ["files of packs: tools/rob2-2019.yml added"]
