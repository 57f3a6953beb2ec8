"""The tables of what witnesses answered: read, held to their rules, written in one form, never lost."""

from datetime import UTC, date, datetime

import pytest
from small_folder import write_small_folder

from review.model import witnesses
from review.model.asked import (
    all_asked,
    counts,
    found_notices,
    not_asked_of_any,
    told_of_asking,
    told_of_one,
)
from review.model.errors import EvidenceError
from review.model.vocabulary import NoticeKind
from review.model.witness_words import Side, Silence, Witness, WitnessAnswer
from review.model.witnesses import WitnessNotice, WitnessRecord
from review.store.additions.witnesses import Heard, record_heard
from review.store.canonical import canonical_files
from review.store.integrity import days_to_come
from review.store.read import read_evidence

DIGEST = "a" * 64
HEADS = {
    "witnesses.csv": "study,witness,asked,by,answer,why,digest,replayed",
    "witness_records.csv": "study,witness,title,authors,journal,years,volume,pages,doi,pmid",
    "witness_notices.csv": "study,witness,side,kind,date,notice,word",
}
FOUND = f"trial2025,crossref,2026-11-25,doi:10.5555/t,found,,{DIGEST},"
NOTICE = "trial2025,crossref,subject,retraction,2026-05,doi:10.5555/n|row:7,retraction"


@pytest.fixture
def folder(tmp_path):
    """A small folder whose one study has a DOI."""
    root = write_small_folder(tmp_path / "evidence")
    bib = "@article{trial2025,\n  title = {A trial},\n  year = {2025},\n  doi = {10.5555/T},\n}\n"
    (root / "references.bib").write_text(bib, "utf-8")
    study = root / "studies" / "trial2025.yml"
    study.write_text(study.read_text("utf-8").replace("doi: not_found", "doi: confirmed"), "utf-8")
    return root


def write(folder, name, *rows):
    (folder / name).write_text("\n".join([HEADS[name], *rows, ""]), "utf-8")


def answer(**changed):
    given = {
        "study": "trial2025",
        "witness": Witness.CROSSREF,
        "asked": date(2026, 11, 25),
        "by": ("doi:10.5555/t",),
        "answer": WitnessAnswer.FOUND,
        "digest": DIGEST,
    }
    return witnesses.Testimony(**given | changed)


def silent(**changed):
    why = {"answer": WitnessAnswer.NOT_ASKED, "why": Silence.REFUSED, "digest": None}
    return answer(**why | changed)


def notice(**changed):
    given = {
        "study": "trial2025",
        "witness": Witness.CROSSREF,
        "side": Side.SUBJECT,
        "kind": NoticeKind.RETRACTION,
        "date": "2026-05-04",
        "notice": ("doi:10.5555/n",),
        "word": "retraction",
    }
    return WitnessNotice(**given | changed)


def test_a_notice_that_a_witness_found_is_one_of_the_evidence(folder):
    write(folder, "witnesses.csv", FOUND)
    write(folder, "witness_notices.csv", NOTICE)
    (found,) = read_evidence([folder]).notices
    assert (found.kind, found.date, found.source) == ("retraction", date(2026, 5, 31), "doi:10.5555/n")
    place = read_evidence([folder]).places["notice", "1"]
    assert (place.path.rpartition("/")[2], place.line) == ("witness_notices.csv", 2)


PROBLEMS = [
    ("witnesses.csv", FOUND.replace("found,,", "found,refused,"), "only what was not asked has a why"),
    ("witnesses.csv", FOUND.replace("found,,", "not-asked,,"), "only what was not asked has a why"),
    ("witnesses.csv", FOUND.replace(DIGEST, ""), "an answer has the digest of what came"),
    ("witnesses.csv", FOUND.replace("doi:10.5555/t", ""), "name the identifier"),
    ("witnesses.csv", FOUND.replace("doi:10.5555/t", "10.5555/t"), "It must match"),
    ("witnesses.csv", FOUND.replace("crossref", "somebody"), "witness is 'somebody'"),
    ("witnesses.csv", FOUND.replace("trial2025", "trial2026"), "reference 'trial2026' does not exist"),
    ("witnesses.csv", f"{FOUND}\n{FOUND}", "crossref answers about trial2025 in two rows"),
    ("witness_notices.csv", NOTICE.replace("2026-05", "2026-13"), "no such day in the calendar"),
    ("witness_notices.csv", NOTICE.replace("2026-05", "05/2026"), "YYYY-MM-DD"),
    ("witness_notices.csv", NOTICE.replace("crossref", "pubmed"), "says that pubmed was asked about"),
    ("witness_records.csv", "trial2025,pubmed,A trial,,,,,,,", "says that pubmed was asked about"),
]


@pytest.mark.parametrize(("name", "row", "fault"), PROBLEMS, ids=[fault for _, _, fault in PROBLEMS])
def test_what_is_wrong_is_told_at_its_row(folder, name, row, fault):
    if name != "witnesses.csv":
        write(folder, "witnesses.csv", FOUND)
    write(folder, name, *row.split("\n"))
    with pytest.raises(EvidenceError) as caught:
        read_evidence([folder])
    (problem,) = caught.value.problems
    assert fault in str(problem)
    assert f"{name}:" in str(problem)


def test_rows_are_sorted_by_study_and_witness_and_columns_of_others_stay(folder):
    later = FOUND.replace("crossref", "pubmed")
    text = "\n".join([f"{HEADS['witnesses.csv']},mine", f"{later},b", f"{FOUND},a", ""])
    (folder / "witnesses.csv").write_text(text, "utf-8")
    files = {path.name: canonical for path, _, canonical in canonical_files(folder)}
    assert files["witnesses.csv"].splitlines()[1:] == [
        f"{FOUND},a",
        f"{later},b",
    ]
    record_heard([folder], [Heard(answer(asked=date(2026, 11, 26)))])
    rows = (folder / "witnesses.csv").read_text("utf-8").splitlines()
    assert rows[1].startswith("trial2025,crossref,2026-11-26,")
    assert rows[1].endswith(",a")
    # Asked by a DOI that PubMed was not known by, but that the reference has.
    assert rows[2].endswith(",b")


def test_a_day_that_has_not_begun_is_told(folder):
    write(folder, "witnesses.csv", FOUND.replace("2026-11-25", "2026-12-25"))
    (problem,) = days_to_come(read_evidence([folder]), datetime(2026, 11, 30, tzinfo=UTC))
    assert "witnesses.csv:2: asked: 2026-12-25 is still to come" in str(problem)


def test_a_later_answer_takes_the_place_of_an_earlier_one_with_all_that_it_told(folder):
    record = WitnessRecord(study="trial2025", witness=Witness.CROSSREF, title="A trial")
    record_heard([folder], [Heard(answer(), record, (notice(),))])
    assert len(read_evidence([folder]).notices) == 1
    _, after = record_heard([folder], [Heard(answer(answer=WitnessAnswer.NOT_FOUND))])
    assert (after.notices, after.witness_records) == ((), ())
    assert [row.answer for row in after.testimonies] == ["not-found"]
    assert (folder / "witness_notices.csv").read_text("utf-8").strip() == HEADS["witness_notices.csv"]


def test_a_failure_never_takes_the_place_of_an_answer_nor_of_nothing_in_silence(folder):
    _, after = record_heard([folder], [Heard(silent())])
    assert [row.why for row in after.testimonies] == [Silence.REFUSED]
    _, after = record_heard([folder], [Heard(answer(), None, (notice(),))])
    _, after = record_heard([folder], [Heard(silent(asked=date(2026, 11, 28)))])
    assert [row.answer for row in after.testimonies] == ["found"]
    assert len(after.notices) == 1


def test_an_older_answer_that_somebody_kept_does_not_take_the_place_of_a_newer(folder):
    record_heard([folder], [Heard(answer(), None, (notice(),))])
    older = answer(asked=date(2026, 11, 24), answer=WitnessAnswer.NOT_FOUND)
    _, after = record_heard([folder], [Heard(older)])
    assert (after.testimonies, len(after.notices)) == ((answer(),), 1)
    # On one day the one that comes now holds.
    _, after = record_heard([folder], [Heard(answer(answer=WitnessAnswer.NOT_FOUND))])
    assert [row.answer for row in after.testimonies] == ["not-found"]


def test_a_doi_that_no_cell_can_hold_is_no_identifier(folder):
    bib = folder / "references.bib"
    bib.write_text(bib.read_text("utf-8").replace("10.5555/T", "10.5555/a|b"), "utf-8")
    by = {each.witness: each.why for each in all_asked(read_evidence([folder]))}
    assert by[Witness.CROSSREF] is Silence.NO_IDENTIFIER


def test_of_two_folders_each_keeps_what_is_about_its_own_studies(folder, tmp_path):
    other = tmp_path / "other"
    (other / "studies").mkdir(parents=True)
    text = (folder / "studies" / "trial2025.yml").read_text("utf-8")
    (other / "studies" / "more2024.yml").write_text(text, "utf-8")
    bib = "@article{more2024,\n  title = {More},\n  year = {2024},\n  doi = {10.5555/m},\n}\n"
    (other / "references.bib").write_text(bib, "utf-8")
    heard = [Heard(answer()), Heard(answer(study="more2024", by=("doi:10.5555/m",)))]
    record_heard([folder, other], heard)
    for place, study in ((folder, "trial2025"), (other, "more2024")):
        (row,) = (place / "witnesses.csv").read_text("utf-8").splitlines()[1:]
        assert row.startswith(f"{study},crossref,")


DAYS = [
    ("2026-05-04", NoticeKind.RETRACTION, date(2026, 5, 4)),
    ("2026-02", NoticeKind.RETRACTION, date(2026, 2, 28)),
    ("2025", NoticeKind.CORRECTION, date(2025, 12, 31)),
    ("2025", NoticeKind.REINSTATEMENT, date(2025, 1, 1)),
    # What the rest of the year will bring was not known when it was asked.
    ("2026", NoticeKind.RETRACTION, date(2026, 1, 1)),
    ("2026-11", NoticeKind.RETRACTION, date(2026, 11, 1)),
    ("2027-01-05", NoticeKind.RETRACTION, "not_reported"),
    ("2027", NoticeKind.RETRACTION, "not_reported"),
    ("not_reported", NoticeKind.RETRACTION, "not_reported"),
]


@pytest.mark.parametrize(
    ("given", "kind", "day"), DAYS, ids=[f"{kind} {given}" for given, kind, _ in DAYS]
)
def test_the_day_of_a_notice_is_never_one_that_was_not_known(given, kind, day):
    (found,) = found_notices([notice(date=given, kind=kind)], [answer()])
    assert found.date == day


def test_what_several_witnesses_name_by_one_identifier_is_one_notice():
    rows = [
        notice(witness=Witness.PUBMED, notice=("pmid:1",), date="2026-05"),
        notice(notice=("doi:10.5555/n",), date="not_reported"),
        notice(witness=Witness.RETRACTION_WATCH, notice=("doi:10.5555/n", "pmid:1", "row:7")),
        notice(witness=Witness.OPENALEX, notice=()),
        notice(kind=NoticeKind.CORRECTION),
        notice(side=Side.NOTICE, notice=("doi:10.5555/other",)),
        notice(witness=Witness.EUROPE_PMC, notice=("pmid:2",), date="2026-05-09"),
    ]
    told = [answer(witness=witness) for witness in Witness]
    found = found_notices(rows, told)
    assert [(n.kind, str(n.date), n.source) for n in found] == [
        ("correction", "2026-05-04", "doi:10.5555/n"),
        ("retraction", "2026-05-04", "doi:10.5555/n"),
        ("retraction", "2026-05-09", "pmid:2"),
    ]
    assert found_notices(rows[::-1], told) == found
    # Without the testimony that it rests on a notice counts for nothing.
    assert found_notices(rows, [answer(witness=Witness.OPENALEX)]) == ()


def test_nobody_asked_is_told_for_every_reference_and_witness(folder):
    evidence = read_evidence([folder])
    asked = all_asked(evidence)
    assert {each.witness: each.why for each in asked} == {
        Witness.PUBMED: Silence.NEVER,
        Witness.CROSSREF: Silence.NEVER,
        Witness.CROSSREF_NOTICES: Silence.NEVER,
        Witness.EUROPE_PMC: Silence.NEVER,
        Witness.RETRACTION_WATCH: Silence.NEVER,
        Witness.OPENALEX: Silence.NEVER,
    }
    assert not_asked_of_any(asked) == ("trial2025",)
    assert told_of_asking(evidence) == (
        "Of 1 reference, an index of retractions was asked about none: whether one was retracted is not "
        "known, and only notices recorded by hand are shown."
    )
    assert told_of_asking(evidence, ()) == "There is no reference to ask about."
    assert told_of_one(asked) == "no witness was asked about it: nobody has asked yet"


def test_what_was_asked_is_counted_with_its_oldest_day(folder):
    openalex = FOUND.replace("crossref", "openalex").replace("2026-11-25", "2026-11-01")
    refused = "trial2025,pubmed,2026-11-27,doi:10.5555/t,not-asked,refused,,"
    write(folder, "witnesses.csv", FOUND, openalex, refused)
    evidence = read_evidence([folder])
    by = {count.witness: count for count in counts(all_asked(evidence))}
    assert (by[Witness.CROSSREF].found, by[Witness.CROSSREF].oldest) == (1, date(2026, 11, 25))
    assert by[Witness.PUBMED].not_asked == {Silence.REFUSED: 1}
    assert by[Witness.PUBMED].oldest is None
    assert not_asked_of_any(all_asked(evidence)) == ()
    told = told_of_asking(evidence, None, date(2026, 11, 30))
    # OpenAlex is no witness to retractions, and what was tried is no answer.
    assert told == (
        "Of 1 reference, an index of retractions was asked about 1; the oldest answer is of 2026-11-25, "
        "5 days before this review."
    )
    write(folder, "witnesses.csv", openalex)
    assert "asked about none" in told_of_asking(read_evidence([folder]))
