"""Facts that a machine read count for nothing until a person confirms them, by rule and on disk."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

sys.path.append(str(Path(__file__).resolve().parents[1] / "literature"))
from records import RIS, TRIAL_KEY

from review.literature.abstracts import AbstractReader
from review.literature.library import library_papers
from review.literature.readers.ris import read_ris
from review.literature.taking.take import takings
from review.model.errors import EvidenceError, InField, ParameterError
from review.model.records import Study
from review.model.vocabulary import Checked, Design
from review.people.confirming import Confirmation, Reader, with_confirmation
from review.store.additions.confirming import record_confirmation
from review.store.additions.taking import record_taken
from review.store.canonical import canonical_files
from review.store.files import together
from review.store.files.together import BESIDE, READY
from review.store.layout import BIBLIOGRAPHY
from review.store.read import packaged_packs, read_evidence
from review.verdicts.bodies import Exclusion
from review.verdicts.coverage import gaps
from review.workbench import open_review

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
BY = Reader("reviewer A")
WAITING = ("design", "species", "n", "follow_up", "funding_kind", "funding", "registration", "f1", "f2")
GAP = "studies with facts read by machine that no person confirmed"


def taken(folder, text=RIS):
    reader = AbstractReader(packaged_packs().abstract_packs)
    papers = read_ris(text, "a.ris").papers
    return record_taken(
        [folder], lambda evidence: takings(papers, {}, evidence, reader, date(2026, 11, 30))
    )


@pytest.fixture
def draft(folder):
    """A folder with a draft, linked so that it would support that exosomes regrow hair."""
    taken(folder)
    links = folder / "links.csv"
    row = f"lnk-0002,regrows,{TRIAL_KEY},f1,supports,direct,direct,direct,It compared with wheat.\n"
    links.write_text(links.read_text("utf-8") + row, "utf-8")
    return folder


def study(folder):
    return read_evidence([folder]).studies[TRIAL_KEY]


def confirm(folder, *names, key=TRIAL_KEY, **more):
    return record_confirmation([folder], key, Confirmation(confirmed=names, **more), BY, NOW)[0]


def body(folder):
    return open_review([folder]).standing("regrows").body


def files_of(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_what_is_written_is_canonical_and_whole(folder):
    made, files = taken(folder)
    names = [taken.reference.key for taken in made.taken]
    expected = [BIBLIOGRAPHY, *(f"studies/{name}.yml" for name in names)]
    assert list(files) == [f"{folder.as_posix()}/{name}" for name in expected]
    texts = {path.as_posix(): (now, canonical) for path, now, canonical in canonical_files(folder)}
    assert all(texts[file][0] == texts[file][1] for file in files)
    assert taken(folder)[1] == ()


def test_a_draft_counts_for_nothing(draft):
    without = open_review([draft], "2026-12-01").standing("regrows")
    assert [item.study.study for item in without.body.counted] == ["trial2025"]
    assert [(i.study.study, why) for i, why in without.body.excluded] == [
        (TRIAL_KEY, Exclusion.UNCONFIRMED)
    ]
    (paper,) = [p for p in library_papers(read_evidence([draft])) if p.key == TRIAL_KEY]
    assert (paper.design, paper.species, paper.abstract) == (None, None, "")


def test_only_drafts_are_only_unverified(draft):
    links = draft / "links.csv"
    links.write_text("".join(links.read_text("utf-8").splitlines(True)[::2]), "utf-8")
    evidence = read_evidence([draft])
    assert (
        "regrows" in gaps(evidence)["evidence propositions without a deciding link or a recorded search"]
    )
    (judged,) = [v for v in open_review([draft]).judged if v.claim.claim == "home-001"]
    assert "only-unverified" in {reason.code for reason in judged.reasons}


def test_a_finding_counts_once_it_and_all_about_its_study_are_confirmed(draft):
    assert study(draft).waiting == WAITING
    first = confirm(draft, "f1")
    assert first.findings[0].checked is Checked.READ_BY_MACHINE
    assert body(draft).excluded != ()
    almost = confirm(draft, *(name for name in WAITING[:7] if name != "n"))
    assert almost.is_draft
    assert TRIAL_KEY not in body(draft).studies
    whole = confirm(draft, "n")
    assert whole.checked is Checked.ABSTRACT
    assert [finding.checked for finding in whole.findings] == [Checked.ABSTRACT, Checked.READ_BY_MACHINE]
    assert TRIAL_KEY in body(draft).studies
    assert TRIAL_KEY in gaps(read_evidence([draft]))[GAP]
    assert confirm(draft, "f2").waiting == ()
    assert TRIAL_KEY not in gaps(read_evidence([draft]))[GAP]
    signed = study(draft).readings.facts["f2"]
    assert (signed.confirmed_by, signed.confirmed) == ("reviewer A", date(2026, 12, 1))


def test_what_is_corrected_keeps_what_the_machine_read(draft):
    changed = confirm(draft, corrected={"n": "118", "f1.outcome": "flares", "f1.p": ""})
    assert (changed.n, changed.readings.facts["n"].read_as) == (118, "120")
    assert (changed.findings[0].outcome, changed.findings[0].p) == ("flares", None)
    assert changed.readings.facts["f1"].read_as.startswith("not_reported: risk ratio 0.8 (0.65 to 0.98)")
    again = confirm(draft, corrected={"n": "119"})
    assert again.readings.facts["n"].read_as == "120"


def test_what_no_machine_read_can_be_said(draft):
    changed = confirm(draft, corrected={"population": "Adults with gout"})
    assert changed.population == "Adults with gout"
    assert "population" not in changed.readings.facts
    note = next(key for key in read_evidence([draft]).studies if key not in (TRIAL_KEY, "trial2025"))
    said = confirm(draft, key=note, corrected={"design": "opinion", "species": "not_applicable"})
    assert (said.checked, said.waiting) == (Checked.ABSTRACT, ())


def test_what_is_left_out_is_gone(draft):
    changed = confirm(draft, left_out=["n", "funding_kind", "f2"])
    assert (changed.n, changed.funding_kind) == ("not_reported", "not_reported")
    assert [finding.finding for finding in changed.findings] == ["f1"]
    assert not {"n", "funding_kind", "f2"} & {*changed.readings.facts}
    # Without a design a study cannot count.
    assert "design" in confirm(draft, left_out=["design"]).waiting


@pytest.mark.parametrize(
    ("done", "reader", "field"),
    [
        ({"confirmed": ["n"]}, Reader(""), "reviewer"),
        ({"confirmed": ["n"]}, Reader("A", "2026-13-01"), "date"),
        ({"confirmed": ["n"]}, Reader("A", "2027-01-01"), "date"),
        ({"confirmed": ["sample"]}, BY, "sample"),
        ({"left_out": ["f9"]}, BY, "f9"),
        ({"left_out": ["f1"]}, BY, "f1"),
        ({"corrected": {"checked": "abstract"}}, BY, "checked"),
        ({"corrected": {"f9.p": "0.1"}}, BY, "f9.p"),
        ({"corrected": {"f1.checked": "abstract"}}, BY, "f1.checked"),
        ({"corrected": {"design": "trial"}}, BY, "design"),
        ({"corrected": {"n": "many"}}, BY, "n"),
        ({"confirmed": ["n"], "corrected": {"n": "1"}}, BY, "n"),
        ({"confirmed": ["f1"], "left_out": ["f1"]}, BY, "f1"),
    ],
)
def test_what_forbids_a_step_is_told_and_nothing_is_written(draft, done, reader, field):
    before = files_of(draft)
    with pytest.raises(ParameterError) as caught:
        record_confirmation([draft], TRIAL_KEY, Confirmation(**done), reader, NOW)
    assert field in {str(problem.place).partition(".function")[0] for problem in caught.value.problems}
    assert files_of(draft) == before


def test_a_study_that_no_machine_read_or_that_is_not_there(draft):
    for key in ("trial2025", "nobody2025"):
        with pytest.raises(ParameterError) as caught:
            confirm(draft, "n", key=key)
        assert caught.value.problems[0].place == InField("study")


def test_of_two_people_the_second_is_shown_what_the_first_did(draft):
    seen = study(draft)
    confirm(draft, "n")
    with pytest.raises(ParameterError, match="1 problem"):
        record_confirmation([draft], TRIAL_KEY, Confirmation(confirmed=["n"]), Reader("B"), NOW, seen)
    assert study(draft).readings.facts["n"].confirmed_by == "reviewer A"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("checked: read-by-machine\nfindings", "checked: abstract\nfindings"),
        ("    checked: read-by-machine", "    checked: abstract"),
        ("    n:\n", "    m:\n"),
        ("design: randomised-trial", "design: not_reported\n"),
    ],
)
def test_no_hand_makes_it_count_by_the_way(draft, old, new):
    """`checked` alone changes nothing: the readings still say that nobody confirmed them."""
    path = draft / "studies" / f"{TRIAL_KEY}.yml"
    text = path.read_text("utf-8")
    assert old in text
    if "design" in old:
        confirm(draft, *WAITING)
        text = path.read_text("utf-8")
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(EvidenceError):
        read_evidence([draft])


def test_a_draft_without_readings_and_a_half_signature_are_refused(draft):
    tree = study(draft).model_dump(mode="json", exclude_none=True)
    with pytest.raises(ValidationError, match="exactly while"):
        Study.model_validate({key: value for key, value in tree.items() if key != "readings"})
    tree["readings"]["facts"]["n"]["confirmed_by"] = "A"
    with pytest.raises(ValidationError, match="who confirmed it and when"):
        Study.model_validate(tree)
    del tree["readings"]["facts"]["n"]["confirmed_by"]
    tree["readings"]["facts"]["n"]["read_as"] = "1"
    with pytest.raises(ValidationError, match="by whom and when"):
        Study.model_validate(tree)


def test_an_entry_of_a_registry_counts_as_read_there(draft):
    entry = study(draft).model_copy(update={"design": Design.REGISTRY_ENTRY})
    done = Confirmation(confirmed=WAITING)
    assert with_confirmation(entry, done, BY, NOW).checked is Checked.REGISTRY


def test_references_beside_the_folder_are_written_there(folder):
    beside = folder.parent / BIBLIOGRAPHY
    (folder / BIBLIOGRAPHY).rename(beside)
    _, files = taken(folder)
    assert files[0] == beside.as_posix()
    assert TRIAL_KEY in beside.read_text("utf-8")
    assert study(folder).is_draft


def test_a_run_that_died_is_finished_by_whoever_writes_there_next(folder, monkeypatch):
    (folder / BIBLIOGRAPHY).rename(folder.parent / BIBLIOGRAPHY)
    with monkeypatch.context() as patched:
        patched.setattr(together, "finish_writing", lambda _: None)
        taken(folder)
    assert (folder / READY / BESIDE / BIBLIOGRAPHY).is_file()
    assert TRIAL_KEY not in (folder.parent / BIBLIOGRAPHY).read_text("utf-8")
    made, files = taken(folder)
    assert (made.taken, files) == ((), ())
    assert TRIAL_KEY in (folder.parent / BIBLIOGRAPHY).read_text("utf-8")
    assert study(folder).is_draft


def test_a_person_says_a_finding_that_no_machine_read(draft):
    said = {"f3.outcome": "flares", "f3.result": "Fewer people had flares with oat bran."}
    with pytest.raises(ParameterError) as caught:
        confirm(draft, corrected=said)
    assert caught.value.problems[0].fault == "the study does not count yet"
    with pytest.raises(ParameterError) as caught:
        confirm(draft, corrected={"f3.outcome": "flares"})
    assert [str(problem.place) for problem in caught.value.problems] == ["f3.result"]
    added = confirm(draft, *WAITING, corrected=said).findings[2]
    assert (added.checked, added.source) == (Checked.ABSTRACT, "https://doi.org/10.5555/oats.2019.7")
    assert "f3" not in study(draft).readings.facts
