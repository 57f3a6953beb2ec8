"""What witnesses answer about a reference, asked through the door, and what is recorded of it.

Names that end with a number tell the row of the table of traps that connecting to these services has.
"""

from datetime import date

import pytest
from asking import asking

from benchmarks.witness_answers import (
    CSV,
    XML,
    crossref_list,
    crossref_work,
    europe_pmc_answer,
    europe_pmc_result,
    openalex_work,
    pubmed_record,
    put,
    put_all,
    put_watch,
    update,
    watch_file,
    watch_row,
    work,
)
from benchmarks.witnesses import ALONE, SIZES, TAKEN_OUT, WITNESSES, Reference, measured, write_folder
from review.literature.services import crossref, europe_pmc, openalex, pubmed, retraction_watch
from review.literature.services.answer import NotAsked
from review.literature.services.door import Reach
from review.literature.witnesses.checking import check_references
from review.model.asked import all_asked, not_asked_of_any, told_notices, told_of_asking, told_of_one
from review.model.notices import governing, taken_out
from review.model.witness_words import Side, Silence, Witness

ONE = Reference(7, "clean")
NAMED = {"doi": ONE.doi, "pmid": ONE.pmid, "title": ONE.title}


class Checking:
    """A folder with one reference, and the answers about it."""

    def __init__(self, place):
        self.place = place
        self.folder = write_folder(place / "evidence", [ONE])
        self.answers = place / "answers"
        put_all(self.answers, **NAMED)
        put_watch(self.answers, [])

    def tell(self, request, body, **more):
        put(self.answers, request, body, **more)

    def check(self, reach=Reach.RENEWED, witnesses=tuple(Witness)):
        with asking(self.place / "cache", reach, [self.answers]) as asked:
            return check_references([self.folder], asked.door, witnesses)


@pytest.fixture
def checking(tmp_path):
    return Checking(tmp_path)


def kinds(checked, witness=None):
    rows = checked.evidence.witness_notices
    return [(str(row.side), str(row.kind)) for row in rows if witness in (None, row.witness)]


def answers(checked):
    return {str(row.witness): str(row.answer) for row in checked.evidence.testimonies}


def whys(checked):
    return {str(o.witness): str(o.why) for o in checked.outcomes if o.why}


def test_a_clean_reference_is_recorded_with_who_was_asked_when_and_by_what(checking):
    checked = checking.check()
    assert answers(checked) == {
        "crossref": "found",
        "crossref-notices": "not-found",
        "europe-pmc": "found",
        "openalex": "found",
        "pubmed": "found",
        "retraction-watch": "not-found",
    }
    assert (checked.notices, checked.not_asked, checked.new) == ((), (), ())
    by = {str(row.witness): row.by for row in checked.evidence.testimonies}
    assert by["crossref"] == (f"doi:{ONE.doi}",)
    assert by["pubmed"] == (f"pmid:{ONE.pmid}",)
    assert by["retraction-watch"] == (f"pmid:{ONE.pmid}", f"doi:{ONE.doi}")
    assert all(row.digest for row in checked.evidence.testimonies)
    assert all(row.replayed == "yes" for row in checked.evidence.testimonies)
    assert "Answers from a replay server, which prove nothing: 6." in told_of_asking(checked.evidence)


def test_asking_again_changes_nothing_in_the_files(checking):
    checking.check()
    kept = {path.name: path.read_bytes() for path in checking.folder.glob("witness*.csv")}
    assert set(kept) == {"witnesses.csv", "witness_records.csv"}
    checking.check(Reach.KEPT)
    assert kept == {name: (checking.folder / name).read_bytes() for name in kept}


def test_offline_nothing_is_recorded_and_nothing_looks_clean(checking):
    checked = checking.check(Reach.KEPT)
    assert set(whys(checked).values()) == {"offline"}
    assert not checked.evidence.testimonies
    assert not (checking.folder / "witnesses.csv").exists()
    assert not_asked_of_any(all_asked(checked.evidence)) == (ONE.key,)
    assert len(checked.not_asked) == 6


def test_the_type_of_a_work_says_nothing_and_its_notice_does_6(checking):
    plain = work(ONE.doi, ONE.title, updated_by=[update("10.5555/n", "retraction", (2021, 5, 4))])
    checking.tell(crossref.work(ONE.doi), crossref_work(plain))
    assert taken_out(checking.check().evidence.notices) == {ONE.key}


def test_crossref_is_read_from_both_ends_and_asked_the_other_way_round_7(checking):
    notice = work("10.5555/n", "A notice", update_to=[update(ONE.doi, "retraction", (2021, 5, 4))])
    checking.tell(crossref.updates_of(ONE.doi), crossref_list([notice]))
    checked = checking.check()
    assert kinds(checked, Witness.CROSSREF) == []
    assert kinds(checked, Witness.CROSSREF_NOTICES) == [("subject", "retraction")]
    assert [n.source for n in checked.evidence.notices] == ["doi:10.5555/n"]
    itself = work(ONE.doi, ONE.title, update_to=[update("10.5555/other", "retraction", (2021, 5, 4))])
    checking.tell(crossref.work(ONE.doi), crossref_work(itself))
    assert kinds(checking.check(), Witness.CROSSREF) == [("notice", "retraction")]


def test_a_notice_under_the_doi_of_its_own_work_is_about_that_work_7(checking):
    own = work(ONE.doi, ONE.title, update_to=[update(ONE.doi, "retraction", (2021, 5, 4))])
    checking.tell(crossref.work(ONE.doi), crossref_work(own))
    assert kinds(checking.check(), Witness.CROSSREF) == [("subject", "retraction")]


def test_notices_of_other_works_in_the_same_answer_are_not_about_this_one_7(checking):
    others = [update("10.5555/other", "retraction"), update(ONE.doi, "correction", (2021,))]
    notice = work("10.5555/n", "Two notices", update_to=others)
    checking.tell(crossref.updates_of(ONE.doi), crossref_list([notice]))
    assert kinds(checking.check()) == [("subject", "correction")]


def test_a_doi_with_a_comma_is_told_as_not_asked_the_other_way_round_8(tmp_path):
    class Comma(Reference):
        doi = "10.5555/a,b"

    one = Comma(8, "clean")
    folder = write_folder(tmp_path / "evidence", [one])
    put_all_but_reverse(tmp_path / "answers", one)
    with asking(tmp_path / "cache", Reach.RENEWED, [tmp_path / "answers"]) as asked:
        checked = check_references([folder], asked.door)
    assert whys(checked) == {"crossref-notices": "cannot-be-asked"}
    assert answers(checked)["crossref"] == "found"
    assert answers(checked)["crossref-notices"] == "not-asked"


def put_all_but_reverse(folder, one):
    put(folder, crossref.work(one.doi), crossref_work(work(one.doi, one.title)))
    put(folder, pubmed.records([one.pmid]), pubmed_record(one.pmid, one.title), headers=(XML,))
    found = europe_pmc_answer([europe_pmc_result(one.pmid, one.title)])
    put(folder, europe_pmc.by_pmid(one.pmid), found)
    put(folder, openalex.by_doi(one.doi), openalex_work(one.doi, one.title, is_retracted=False))
    put_watch(folder, [])


UPDATES = [
    ("retraction", "retraction", True),
    ("withdrawal", "withdrawal", True),
    ("removal", "removal", True),
    ("partial_retraction", "partial-retraction", False),
    ("expression_of_concern", "expression-of-concern", False),
    ("erratum", "correction", False),
    ("corrigendum", "correction", False),
    ("addendum", "correction", False),
    ("clarification", "correction", False),
    ("reinstatement", "reinstatement", False),
]


@pytest.mark.parametrize(("word", "kind", "is_out"), UPDATES, ids=[word for word, _, _ in UPDATES])
def test_each_kind_of_update_keeps_its_kind_9(checking, word, kind, is_out):
    told = work(ONE.doi, ONE.title, updated_by=[update("10.5555/n", word, (2021, 5, 4))])
    checking.tell(crossref.work(ONE.doi), crossref_work(told))
    checked = checking.check(witnesses=[Witness.CROSSREF])
    assert kinds(checked) == [("subject", kind)]
    assert checked.evidence.witness_notices[0].word == word
    assert (ONE.key in taken_out(checked.evidence.notices)) is is_out


PUBMED = [
    ("RetractionIn", "subject", "retraction"),
    ("ExpressionOfConcernIn", "subject", "expression-of-concern"),
    ("ErratumIn", "subject", "correction"),
    ("CorrectedandRepublishedIn", "subject", "correction"),
    ("RetractionOf", "notice", "retraction"),
    ("ErratumFor", "notice", "correction"),
]


@pytest.mark.parametrize(("word", "side", "kind"), PUBMED, ids=[word for word, _, _ in PUBMED])
def test_each_kind_of_reference_keeps_its_kind_9(checking, word, side, kind):
    source = "J Made. 2021 May 4;12(3):7"
    record = pubmed_record(ONE.pmid, ONE.title, references=[(word, source, "91000001")])
    checking.tell(pubmed.records([ONE.pmid]), record, headers=(XML,))
    words = {"RetractionIn": "Retraction in", "ErratumIn": "Erratum in", "RetractionOf": "Retraction of"}
    comments = [(words.get(word, word), source, "91000001")]
    result = europe_pmc_result(ONE.pmid, ONE.title, comments=comments)
    checking.tell(europe_pmc.by_pmid(ONE.pmid), europe_pmc_answer([result]))
    checked = checking.check()
    for witness in (Witness.PUBMED, Witness.EUROPE_PMC):
        assert kinds(checked, witness) == [(side, kind)]
    assert {row.date for row in checked.evidence.witness_notices} == {"2021-05-04"}


def test_a_word_that_is_not_known_is_no_answer_9(checking):
    told = [update("10.5555/n", "obliteration"), update("10.5555/m", "correction", (2021,))]
    checking.tell(crossref.work(ONE.doi), crossref_work(work(ONE.doi, ONE.title, updated_by=told)))
    checked = checking.check()
    assert whys(checked) == {"crossref": "not-understood"}
    assert kinds(checked) == [("subject", "correction")]
    versions = [update("10.5555/n", "new_version"), update("10.5555/m", "new_edition")]
    checking.tell(crossref.work(ONE.doi), crossref_work(work(ONE.doi, ONE.title, updated_by=versions)))
    again = checking.check()
    assert not whys(again)
    assert kinds(again) == []


def test_a_reference_that_is_the_notice_is_told_and_is_not_the_work_10(checking):
    row = watch_row(1, "Retraction", "5/4/2021", doi="10.5555/other", notice=ONE.doi)
    put_watch(checking.answers, [row])
    checked = checking.check()
    assert kinds(checked) == [("notice", "retraction")]
    assert checked.evidence.witness_notices[0].notice == ("doi:10.5555/other",)
    assert not taken_out(checked.evidence.notices)
    assert "itself a notice of retraction" in str(checked.notices[0])


def test_a_reinstatement_ends_what_was_before_it_and_nothing_after_10(checking):
    first = watch_row(1, "Retraction", "5/4/2021 0:00", doi=ONE.doi, notice="10.5555/n.1")
    back = watch_row(2, "Reinstatement", "6/1/2022", doi=ONE.doi, notice="10.5555/n.2")
    put_watch(checking.answers, [back, first])
    checked = checking.check()
    assert kinds(checked) == [("subject", "reinstatement"), ("subject", "retraction")]
    assert not taken_out(checked.evidence.notices)
    again = watch_row(3, "Retraction", "6/2/2022", pmid=ONE.pmid, notice="10.5555/n.3")
    put_watch(checking.answers, [again, back, first])
    checked = checking.check()
    assert taken_out(checked.evidence.notices) == {ONE.key}
    assert [n.source for n in checked.new] == ["doi:10.5555/n.3"]


def test_a_notice_without_a_day_counts_as_the_latest_10(checking):
    back = watch_row(2, "Reinstatement", "6/1/2022", doi=ONE.doi, notice="10.5555/n.2")
    put_watch(checking.answers, [back])
    told = work(ONE.doi, ONE.title, updated_by=[update("10.5555/n.1", "retraction")])
    checking.tell(crossref.work(ONE.doi), crossref_work(told))
    assert taken_out(checking.check().evidence.notices) == {ONE.key}


def test_a_day_that_one_witness_knows_is_that_of_the_same_notice_elsewhere_10(checking):
    row = watch_row(1, "Retraction", "5/4/2021", doi=ONE.doi, notice="10.5555/n.1")
    back = watch_row(2, "Reinstatement", "6/1/2022", doi=ONE.doi, notice="10.5555/n.2")
    put_watch(checking.answers, [{**row, "RetractionPubMedID": "91000001"}, back])
    told = work(ONE.doi, ONE.title, updated_by=[update("10.5555/n.1", "retraction")])
    checking.tell(crossref.work(ONE.doi), crossref_work(told))
    record = pubmed_record(ONE.pmid, ONE.title, references=[("RetractionIn", "J Made.", "91000001")])
    checking.tell(pubmed.records([ONE.pmid]), record, headers=(XML,))
    checked = checking.check()
    assert not taken_out(checked.evidence.notices)
    (named, by), _ = told_notices(checked.evidence)
    assert (named.source, named.date) == ("doi:10.5555/n.1", date(2021, 5, 4))
    assert by == ("PubMed", "Crossref", "Retraction Watch")


def test_a_mark_alone_is_a_retraction_and_beside_its_notice_it_is_none_10(checking):
    marked = {"types": ["Journal Article", "Retracted Publication"]}
    record = pubmed_record(ONE.pmid, ONE.title, **marked)
    checking.tell(pubmed.records([ONE.pmid]), record, headers=(XML,))
    assert kinds(checking.check()) == [("subject", "retraction")]
    linked = [("RetractionIn", "J Made. 2021", "91000001")]
    record = pubmed_record(ONE.pmid, ONE.title, references=linked, **marked)
    checking.tell(pubmed.records([ONE.pmid]), record, headers=(XML,))
    checked = checking.check()
    assert [row.notice for row in checked.evidence.witness_notices] == [("pmid:91000001",)]


def test_the_file_is_read_whatever_its_bytes_lists_and_numbers_11(checking):
    rows = [
        {**watch_row(1, "Correction", "5/4/2021", doi=ONE.doi), "Author": "Jos\xe9 Orr;Bea Pym;"},
        watch_row(2, "Retraction", "5/4/2021", doi="unavailable", pmid="0"),
        watch_row(3, "Retraction", "31/12/2021", doi="10.5555/other"),
    ]
    content = watch_file(rows).encode("latin-1")
    checking.tell(retraction_watch.index(), content, headers=("Content-Type: text/csv",))
    checked = checking.check()
    assert kinds(checked) == [("subject", "correction")]
    (row,) = checked.evidence.witness_notices
    assert (row.date, row.notice, row.word) == ("2021-05-04", ("row:1",), "Correction")


def test_a_file_that_is_cut_says_of_nobody_that_there_is_nothing_11(checking):
    row = watch_row(1, "Retraction", "5/4/2021", doi="10.5555/other")
    checking.tell(retraction_watch.index(), f"{watch_file([row])}2,A cut row", headers=(CSV,))
    assert whys(checking.check()) == {"retraction-watch": "not-understood"}
    row["OriginalPaperDOI"] = ONE.doi
    checking.tell(retraction_watch.index(), f"{watch_file([row])}2,A cut row", headers=(CSV,))
    assert taken_out(checking.check().evidence.notices) == {ONE.key}


def test_the_file_is_as_old_as_its_newest_notice(checking):
    put_watch(checking.answers, [watch_row(1, "Retraction", "5/4/2021", doi="10.5555/other")])
    rows = checking.check().evidence.testimonies
    days = {row.witness: row.asked for row in rows}
    assert days[Witness.RETRACTION_WATCH] == date(2021, 5, 4)
    assert days[Witness.CROSSREF] > date(2026, 1, 1)


def test_openalex_is_never_a_witness_of_its_own_14(checking):
    told = openalex_work(ONE.doi, ONE.title, is_retracted=True)
    checking.tell(openalex.by_doi(ONE.doi), told)
    checked = checking.check()
    assert kinds(checked, Witness.OPENALEX) == [("subject", "retraction")]
    assert not checked.evidence.notices
    alone = checking.check(witnesses=[Witness.OPENALEX])
    rows = tuple(row for row in all_asked(alone.evidence) if row.witness is Witness.OPENALEX)
    assert not_asked_of_any(rows) == (ONE.key,)


def test_tags_in_a_title_are_no_difference_18(checking):
    marked = work(ONE.doi, ONE.title.replace("thinning", "<jats:italic>thinning</jats:italic>"))
    checking.tell(crossref.work(ONE.doi), crossref_work({**marked, "issued": {"date-parts": [[None]]}}))
    checked = checking.check()
    (record,) = [r for r in checked.evidence.witness_records if r.witness is Witness.CROSSREF]
    assert record.title == ONE.title
    assert record.years == ()


def test_a_pubmed_number_is_looked_up_where_only_the_doi_is_known(tmp_path):
    folder = write_folder(tmp_path / "evidence", [ONE])
    bib = (folder / "references.bib").read_text("utf-8").replace(f"  pmid = {{{ONE.pmid}}},\n", "")
    (folder / "references.bib").write_text(bib, "utf-8")
    study = folder / "studies" / f"{ONE.key}.yml"
    study.write_text(study.read_text("utf-8").replace("pmid: confirmed", "pmid: not_found"), "utf-8")
    found = '{"esearchresult": {"count": "2", "idlist": ["90000007", "90000008"]}}'
    put(tmp_path / "answers", pubmed.by_doi(ONE.doi), found)
    records = pubmed_record(ONE.pmid, ONE.title, doi=ONE.doi, types=["Retracted Publication"])
    put(tmp_path / "answers", pubmed.records(["90000007", "90000008"]), records, headers=(XML,))
    with asking(tmp_path / "cache", Reach.RENEWED, [tmp_path / "answers"]) as asked:
        checked = check_references([folder], asked.door, [Witness.PUBMED])
        assert taken_out(checked.evidence.notices) == {ONE.key}
        # PubMed may find another paper by the words of a DOI that it does not have.
        other = pubmed_record("90000008", "Another paper", doi="10.5555/other")
    put(tmp_path / "answers", pubmed.records(["90000007", "90000008"]), other, headers=(XML,))
    with asking(tmp_path / "cache", Reach.RENEWED, [tmp_path / "answers"]) as asked:
        checked = check_references([folder], asked.door, [Witness.PUBMED])
    assert answers(checked) == {"pubmed": "not-found"}


def test_what_was_answered_before_stays_when_a_service_fails_and_the_failure_counts(checking):
    told = work(ONE.doi, ONE.title, updated_by=[update("10.5555/n", "retraction", (2021, 5, 4))])
    checking.tell(crossref.work(ONE.doi), crossref_work(told))
    before = checking.check().evidence
    checking.tell(crossref.work(ONE.doi), "<html>Busy</html>")
    checked = checking.check()
    assert whys(checked) == {"crossref": "wrong-form"}
    assert checked.evidence.testimonies == before.testimonies
    assert checked.evidence.notices == before.notices
    assert len(checked.not_asked) == 1


def test_an_answer_about_another_identifier_is_none_about_this_reference(checking):
    told = work(ONE.doi, ONE.title, updated_by=[update("10.5555/n", "retraction", (2021, 5, 4))])
    checking.tell(crossref.work(ONE.doi), crossref_work(told))
    checking.check(witnesses=[Witness.CROSSREF])
    bib = checking.folder / "references.bib"
    bib.write_text(bib.read_text("utf-8").replace(ONE.doi, "10.5555/mended"), "utf-8")
    checked = checking.check(Reach.KEPT, [Witness.CROSSREF])
    assert not checked.evidence.notices
    held = {each.witness: each.why for each in all_asked(checked.evidence)}
    assert held[Witness.CROSSREF] is Silence.NEVER
    assert not checked.evidence.testimonies


def test_a_reference_is_told_with_who_answered_and_who_did_not(checking):
    checking.tell(openalex.by_doi(ONE.doi), "{}", status=503, headers=("Retry-After: 0",))
    asked = all_asked(checking.check().evidence)
    text = told_of_one(asked)
    assert text.startswith("asked: PubMed found, 20")
    assert "Retraction Watch not found, 20" in text
    assert text.endswith("not asked: OpenAlex (it was out of order)")


def test_every_reason_of_the_services_is_one_that_records_can_hold():
    assert {str(why) for why in NotAsked} <= {str(why) for why in Silence}
    assert all(why.phrase and why.remedy.endswith(".") for why in Silence)


@pytest.mark.slow
def test_forty_retractions_are_found_and_no_erratum_is_called_one(tmp_path):
    figures = measured(tmp_path)
    assert figures.of["retraction"] == figures.of["erratum"] == 40
    for sort, size in SIZES.items():
        assert figures.taken_out[sort] == (size if sort in TAKEN_OUT else 0), sort
    assert figures.governed["erratum", "correction"] == 40
    assert figures.governed["concern", "expression-of-concern"] == SIZES["concern"]
    assert figures.governed["reinstated", "reinstatement"] == SIZES["reinstated"]
    assert figures.alone == dict.fromkeys(WITNESSES, ALONE)
    assert figures.are_notices == SIZES["notice cited for its work"]


def test_a_concern_that_retraction_watch_lacks_is_found_by_another_12(checking):
    told = work(ONE.doi, ONE.title, updated_by=[update("10.5555/n", "expression_of_concern", (2021,))])
    checking.tell(crossref.work(ONE.doi), crossref_work(told))
    checked = checking.check()
    assert answers(checked)["retraction-watch"] == "not-found"
    assert governing(checked.evidence.notices).kind == "expression-of-concern"
    assert {row.side for row in checked.evidence.witness_notices} == {Side.SUBJECT}
