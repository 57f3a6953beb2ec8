"""Two report folders compared: written by the report itself, read back from what they hold."""

import json
from pathlib import Path

import pytest
from commands import run_review
from sample_changes import append, edit_page, judge, replace
from test_evidence import (
    SEARCHED,
    add_a_second_trial,
    flag,
    read,
    retract_the_trial,
    turn_the_link,
    with_decision,
)

from review.differences.compare import compared
from review.differences.formats import as_plain
from review.differences.model import How, Turn
from review.differences.words import whole
from review.model.errors import InputError
from review.people.decisions import basis_digest
from review.report.formats.render import report_json
from review.workbench import open_review


def write(review, out: str, **how) -> None:
    """Write of a report what is compared: the report as data, and the manifest."""
    written = review.report(**how)
    written.files = {"report.json": report_json(written.report).encode()}
    written.save(out)


@pytest.fixture
def reports(clinic: Path):
    """Writes a report of the clinic, and compares it with one made after a change."""
    write(open_review([clinic]), "before")

    def made(change=None, **how):
        if change:
            change(clinic)
        write(open_review([clinic], how.pop("as_of", None)), "after", **how)
        return compared("before", "after", [clinic])

    return made


def causes(change) -> list[str]:
    return [whole(cause.phrase) for cause in change.why.causes]


def rate(clinic):
    judge(clinic, "very_serious", certainty="low", reason="Nobody was blinded.")


def unverify(clinic):
    replace(
        clinic / "studies/trial2025.yml",
        "saline.\n    checked: abstract",
        "saline.\n    checked: unverified",
    )


KINDS = [
    (
        rate,
        "overstated",
        "judgement of regrows: risk of bias from 0 to -2 levels; "
        "its reason: “very serious. Nobody was blinded.”",
    ),
    (
        unverify,
        "not-looked-for",
        "study trial2025 (lnk-0001): checked from abstract to unverified; "
        "counts from yes to not verified: nobody has read it at a source",
    ),
    (turn_the_link, "contradicted", "link of trial2025 (lnk-0001): stance from supports to contradicts"),
    (
        add_a_second_trial,
        "overstated",
        "study trial2026 added (lnk-0002): stance contradicts, counts yes",
    ),
    (
        retract_the_trial,
        "not-looked-for",
        "notices about trial2025 from no notice recorded to retraction",
    ),
]


@pytest.mark.parametrize(("change", "after", "said"), KINDS, ids=[k[0].__name__ for k in KINDS])
def test_one_change_is_among_the_causes_read(reports, change, after, said):
    found = reports(change)
    (claim,) = found.claims
    assert (claim.before, claim.after, claim.turn) == ("substantiated", after, Turn.WORSE)
    assert claim.why.how is How.READ
    assert said in causes(claim)
    assert found.standings
    assert "Causes are read from the reports" in as_plain(found)


def test_a_page_edit_is_told(reports):
    found = reports(lambda clinic: edit_page(clinic, "Exosomes regrow hair.", "Exosomes regrow HAIR."))
    (claim,) = found.claims
    assert claim.turn is Turn.EDITED
    assert causes(claim) == [
        "page edit of home-001: quote from Exosomes regrow hair. to Exosomes regrow HAIR."
    ]
    assert "page home: its text changed" in [whole(cause.phrase) for cause in found.others]


def test_the_date_of_the_review_is_a_cause(reports):
    found = reports(as_of="2024-12-31")
    (claim,) = found.claims
    assert claim.after == "not-looked-for"
    assert "date of the review from 2026-11-21 to 2024-12-31" in causes(claim)


def rewrite(folder: str, change) -> None:
    """Exchange parts of a written report, as another version would have written it."""
    path = Path(folder) / "report.json"
    data = json.loads(path.read_text("utf-8"))
    change(data)
    path.write_text(json.dumps(data), "utf-8")


def test_other_rules_and_another_version_are_causes(reports, clinic):
    reports()

    def by_older_rules(data):
        data["claims"][0]["verdict"] = "overstated"
        data["provenance"]["version"] = "0.0.9"
        data["provenance"]["methods"][-2] = "verdicts, form 0"
        data["a_key_of_another_version"] = 1

    rewrite("before", by_older_rules)
    (claim,) = compared("before", "after", [clinic]).claims
    assert claim.turn is Turn.BETTER
    assert causes(claim)[0].startswith("rules, now with verdicts, form 2")
    assert causes(claim)[1].startswith("version of the package from 0.0.9 to ")


def test_files_by_which_pages_are_read_and_their_flags_are_told(clinic):
    flag(clinic, "regrow*", "It regrows bone.")
    write(open_review([clinic]), "before")
    replace(clinic / "packs/flags/own.yml", "severity: review", "severity: block")
    write(open_review([clinic]), "after")
    found = compared("before", "after", [clinic])
    assert not found.claims
    assert [whole(cause.phrase) for cause in found.others] == [
        "files of packs: flags/own.yml changed",
        "flag M01: severity from review to block",
    ]


def test_what_a_report_of_another_version_does_not_tell_is_no_difference(reports, clinic):
    reports()

    def tells_less(data):
        for claim in data["claims"]:
            del claim["flags"], claim["decisions"]
        for profile in data["profiles"]:
            del profile["disagreements"], profile["steps"], profile["level"]
            for finding in profile["findings"]:
                del finding["bias"]

    rewrite("before", tells_less)
    assert compared("before", "after", [clinic]).is_empty


def as_before_sentences(data):
    """A report as schema 3 wrote it: no sentences, a sentence for an action, one search a profile."""
    data["provenance"]["schema_version"] = "3"
    del data["sentences"], data["documents"]
    for page in data["pages"]:
        del page["stops"], page["after"]
        page["counts"] = [c for c in page["counts"] if c["verdict"] != "not-looked-for"]
    for claim in data["claims"]:
        del claim["bar"]
        claim["action"] = "Take it out."
        if claim["verdict"] == "not-looked-for":
            claim["verdict"], claim["reasons"] = "unsupported", [NO_EVIDENCE]
    for profile in data["profiles"]:
        del profile["searches"]
        profile |= {"looked_for": "Trials.", "search_result": "None was found."}


NO_EVIDENCE = {"code": "no-evidence", "sentence": "No evidence that counts was found."}


def test_a_report_of_the_schema_before_is_compared(reports, clinic):
    reports()
    rewrite("before", as_before_sentences)
    for old, new, turn in (("before", "after", Turn.BETTER), ("after", "before", Turn.WORSE)):
        found = compared(old, new, [clinic])
        (claim,) = found.claims
        assert (claim.claim, claim.turn) == ("home-002", turn)
        assert {claim.before, claim.after} == {"unsupported", "not-looked-for"}
        assert "not-looked-for" in as_plain(found)
        assert not [cause for cause in found.others if "search" in whole(cause.phrase)]
    rewrite("after", as_before_sentences)
    assert compared("before", "after", [clinic]).is_empty


def test_a_search_of_a_database_is_read_as_a_cause(reports):
    found = reports(lambda clinic: append(clinic / "searches.csv", SEARCHED))
    (claim,) = found.claims
    assert (claim.before, claim.after) == ("not-looked-for", "unsupported")
    assert any("search" in cause for cause in causes(claim))


def test_files_that_a_report_does_not_list_are_no_clean_comparison(reports, clinic):
    reports()

    def tells_no_files(data):
        del data["provenance"]["files"]

    rewrite("before", tells_no_files)
    (note,) = compared("before", "after", [clinic]).notes
    assert "does not list its files" in whole(note)


def test_a_verdict_that_nothing_explains_says_so(reports, clinic):
    reports()
    rewrite("before", lambda data: data["claims"][0].update(verdict="contradicted"))
    found = compared("before", "after", [clinic])
    assert "Nothing in the reports explains it." in as_plain(found)


def test_a_report_is_compared_with_the_evidence_as_it_lies(clinic, reports):
    assert compared("before", "clinic", [clinic]).is_empty
    rate(clinic)
    found = compared("before", None, [Path("clinic")])
    assert found.claims[0].after == "overstated"
    back = compared("HEAD", "before", [Path("clinic")])
    assert back.is_empty


def test_a_report_of_one_category_is_compared_with_no_more(clinic):
    write(open_review([clinic]).select(categories=["efficacy"]), "before")
    assert compared("before", None, [Path("clinic")]).is_empty


def test_reports_of_other_pages_and_selections_say_so(reports, clinic):
    reports()
    write(open_review([clinic]).select(categories=["efficacy"]), "after")
    found = compared("before", "after", [clinic])
    assert "narrowed to different topics" in as_plain(found)
    rewrite("after", lambda data: data.update(pages=[], claims=[]))
    assert "Page home stands only in the earlier report" in as_plain(compared("before", "after", []))


def test_a_report_for_the_clinic_tells_verdicts_and_that_it_holds_no_evidence(reports):
    found = reports(rate, audience="clinic")
    assert found.claims[0].after == "overstated"
    assert found.standings == ()
    assert "holds no evidence" in as_plain(found)


def test_a_decision_that_became_outdated_is_told(clinic):
    old = read(clinic)
    write(with_decision(old, basis_digest(old.evidence, "home-001")), "before")
    rate(clinic)
    write(with_decision(read(clinic), basis_digest(old.evidence, "home-001")), "after")
    (taken,) = compared("before", "after", []).outdated
    assert (taken.claim, taken.role, taken.date) == ("home-001", "director", "2026-11-21")
    assert compared("after", "after", []).outdated == ()


def test_a_report_mirrors_and_equals_itself(reports):
    there = reports(rate)
    back = compared("after", "before", [])
    assert [(c.claim, c.before, c.after) for c in there.claims] == [
        (c.claim, c.after, c.before) for c in back.claims
    ]
    assert compared("after", "after", []).is_empty


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "Invalid JSON"),
        ("{}", "as_of: Field required"),
        ("[]", "the file: Input should be an object"),
        ('{"claims": 5}', "claims: Input should be a valid"),
    ],
)
def test_what_is_no_report_is_explained(clinic, text, what):
    Path("before").mkdir(exist_ok=True)
    (Path("before") / "report.json").write_text(text, "utf-8")
    with pytest.raises(InputError, match=what):
        compared("before", None, [Path("clinic")])


def test_a_report_for_a_class_shows_no_verdicts(reports):
    with pytest.raises(InputError, match="shows no verdicts"):
        reports(audience="class")


def test_the_command_compares_two_folders(clinic):
    """As they are written, with every file."""
    open_review([clinic]).report().save("before")
    rate(clinic)
    open_review([clinic]).report().save("after")
    done = run_review("diff", "before", "after", "--exit-code", cwd=clinic.parent)
    assert done.returncode == 1
    assert "home-001 on home: substantiated → overstated" in done.stdout
