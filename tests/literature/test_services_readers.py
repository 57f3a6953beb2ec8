"""What is read of the services' answers: whole records, notices from both ends, nothing made up.

The answers are those of `recorded/`; tests that bear on a trap of the services name it.
"""

import json
from datetime import date

import pytest
from asking import RECORDED
from hypothesis import given
from hypothesis import strategies as st

from review.literature.dates import date_in, iso_date
from review.literature.details import Person, Section
from review.literature.identifiers import doi_in
from review.literature.notices import Side
from review.literature.readers import read_corpora
from review.literature.readers.bibtex import read_bibtex
from review.literature.readers.json_files import read_csl, read_jsonl
from review.literature.readers.markup import html_sections, jats_sections
from review.literature.readers.medline import read_medline
from review.literature.readers.refer import read_refer
from review.literature.readers.ris import read_ris
from review.literature.readers.web_of_science import read_web_of_science
from review.literature.services import (
    crossref,
    europe_pmc,
    openalex,
    pubmed,
    retraction_watch,
    trials,
)
from review.literature.services.forms import UnreadableError
from review.literature.services.replay import recorded
from review.literature.services.request import Request
from review.model.vocabulary import NoticeKind

ANSWERS = {
    path.stem: answer
    for path, answer in zip(sorted(RECORDED.glob("*.http")), recorded([RECORDED]), strict=True)
}


def body(name: str) -> bytes:
    return ANSWERS[name].body


def papers(name: str):
    reader = {"pubmed": pubmed, "crossref": crossref}.get(name.partition("-")[0], europe_pmc)
    read = reader.read_records(body(name))
    assert read.problems == ()
    return read.papers


def paper(name: str):
    (only,) = papers(name)
    return only


def update(name: str):
    (only,) = paper(name).details.updates
    return only


# PubMed


def test_a_whole_record_is_read():
    found = paper("pubmed-retracted")
    assert found.pmid == "9500320"
    assert found.doi == "10.1016/s0140-6736(97)11096-0"
    assert found.authors == ("Wakefield", "Murch")
    assert found.container == "Lancet"
    details = found.details
    assert details.people[0] == Person("Wakefield", "A J")
    assert (details.published, details.years) == ("1998-02-28", ("1998",))
    assert details.journal == "Lancet (London, England)"
    assert (details.volume, details.issue, details.pages) == ("351", "9103", "637-41")
    assert details.language == "eng"


def test_trap_3_an_abstract_is_not_cut_at_the_first_tag_in_it():
    found = paper("pubmed-inner-tags")
    assert found.title == "Effect of Capsicum annuum on CO2"
    assert found.abstract == ("Counts of C. annuum rose to 10⁹ in all twelve plots, and stayed there.")


def test_trap_4_the_labels_of_sections_are_kept():
    found = paper("pubmed-several-abstracts")
    assert found.abstract == "BACKGROUND: Pain is common.\nRESULTS: The mean fell by 1.2 points."
    assert found.details.sections == (
        Section("BACKGROUND", "Pain is common."),
        Section("RESULTS", "The mean fell by 1.2 points."),
    )


def test_trap_5_a_chapter_beside_an_article_is_read_too():
    article, chapter = papers("pubmed-book-beside-article")
    assert (article.pmid, chapter.pmid) == ("99000005", "99000006")
    assert chapter.title == "Capsaicin in a chapter"
    assert chapter.details.journal == "A Book of Recorded Answers"
    assert chapter.details.published == "2024-01"


def test_trap_5_a_group_is_an_author():
    found = paper("pubmed-collective-author")
    assert found.authors == ("Ferro", "Recorded Answers Study Group")
    assert [person.is_body for person in found.details.people] == [False, True]
    assert found.details.pmcid == "PMC9900007"
    assert found.details.years == ("2021", "2020")


def test_trap_5_abstracts_in_other_languages_and_words_are_kept_apart():
    details = paper("pubmed-several-abstracts").details
    assert [(other.language, other.kind) for other in details.other_abstracts] == [
        ("spa", "Publisher"),
        ("eng", "plain-language-summary"),
    ]
    assert details.other_abstracts[0].sections == (Section("RESULTADOS", "La media bajó 1,2 puntos."),)
    assert details.registrations == ("NCT99999901",)


def test_where_there_is_no_other_the_first_other_abstract_is_read():
    content = body("pubmed-several-abstracts")
    start, end = content.index(b"<Abstract>"), content.index(b"</Abstract>") + len(b"</Abstract>")
    (found,) = pubmed.read_records(content[:start] + content[end:]).papers
    assert found.abstract == "RESULTADOS: La media bajó 1,2 puntos."
    assert found.details.sections == ()


def test_a_record_without_an_abstract_has_none():
    assert paper("pubmed-no-abstract").abstract == ""


def test_a_record_on_one_line_is_read():
    assert paper("pubmed-one-line").abstract == "Short."


def test_a_date_over_the_turn_of_a_year_and_a_doi_with_angles_are_read():
    found = paper("pubmed-two-months")
    assert found.details.published == "1998-12"
    assert found.doi == "10.1002/(sici)9999-0142(19981201)79:1<1::aid-rec1>3.0.co;2-z"


def test_a_search_tells_how_it_was_understood_and_what_was_not():
    hits = pubmed.read_hits(pubmed.search("capsaicin patch"), body("pubmed-search"))
    assert (hits.count, len(hits.ids), hits.next) == (3, 3, None)
    assert hits.translated == '"capsaicin"[MeSH Terms] AND "patch"[All Fields]'
    hits = pubmed.read_hits(pubmed.search("capsaicinn[NoSuchField]"), body("pubmed-search-nothing"))
    assert hits.warnings == (
        "not found: capsaicinn",
        "no such field: NoSuchField",
        "PubMed says: No items found.",
    )


def test_a_single_warning_may_be_a_text():
    """cyanheads/pubmed-mcp-server, issue 96: a list of one comes as the one."""
    result = {"count": "9", "idlist": ["1"], "warninglist": {"quotedphrasesnotfound": '"a b"'}}
    content = json.dumps({"esearchresult": result}).encode()
    assert pubmed.read_hits(pubmed.search("x"), content).warnings == ('not found as a phrase: "a b"',)


def test_trap_2_no_page_is_asked_beyond_the_last_that_is_given():
    """`retstart` up to 9998: cyanheads/pubmed-mcp-server, issue 95."""
    ids = [str(at) for at in range(1_000)]
    for start, following in ((8_000, "9000"), (8_999, None), (9_000, None)):
        content = json.dumps({"esearchresult": {"count": "50000", "idlist": ids}}).encode()
        found = pubmed.read_hits(pubmed.search("x", start=start), content).next
        assert (found and dict(found.parameters)["retstart"]) == following
    assert dict(pubmed.search("x", size=50_000).parameters)["retmax"] == "10000"


def test_a_long_search_is_sent_as_a_form():
    assert not pubmed.search("x" * pubmed.LONG_WORDS).posted
    assert pubmed.search("x" * pubmed.LONG_WORDS + "y").posted


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(1, 20_000))
def test_trap_2_the_halves_of_a_search_are_the_whole(since, days):
    until = date.fromordinal(since.toordinal() + days)
    first, second = pubmed.halves(pubmed.search("x", since, until))
    bounds = [dict(half.parameters) for half in (first, second)]
    day = [
        date.fromisoformat(b[name].replace("/", "-")) for b in bounds for name in ("mindate", "maxdate")
    ]
    assert (day[0], day[3]) == (since, until)
    assert day[0] <= day[1] < day[2] <= day[3]
    assert day[2].toordinal() - day[1].toordinal() == 1


# Notices


def test_trap_6_a_notice_counts_whatever_the_type_of_the_publication_says():
    content = body("pubmed-retracted").replace(b"Retracted Publication", b"Clinical Trial")
    (found,) = pubmed.read_records(content).papers
    assert found.notices.about == {NoticeKind.RETRACTION}


def test_a_notice_is_known_on_the_work_and_on_the_notice():
    on_work, on_notice = update("pubmed-retracted"), update("pubmed-retraction-notice")
    assert (on_work.side, on_work.type, on_work.kind) == (
        Side.SUBJECT,
        "RetractionIn",
        NoticeKind.RETRACTION,
    )
    assert (on_work.others, on_work.date, on_work.source) == (("pmid:20137807",), "2010-02-06", "pubmed")
    assert (on_notice.side, on_notice.others) == (Side.NOTICE, ("pmid:9500320",))
    assert paper("pubmed-retraction-notice").notices.itself is NoticeKind.RETRACTION


def test_trap_7_crossref_names_a_notice_at_both_ends_and_in_reverse():
    on_work, on_notice = update("crossref-by-publisher-only"), update("crossref-notice")
    assert (on_work.side, on_work.others) == (Side.SUBJECT, ("doi:10.5555/notice",))
    assert (on_notice.side, on_notice.others) == (Side.NOTICE, ("doi:10.5555/publisher-only",))
    assert update("crossref-notices-of-a-work") == on_notice
    request = crossref.updates_of("10.5555/publisher-only")
    assert crossref.read_hits(request, body("crossref-notices-of-a-work")).ids == ("10.5555/notice",)


@pytest.mark.parametrize(
    ("name", "sources", "row"),
    [
        ("crossref-by-publisher-only", ["publisher"], ""),
        ("crossref-by-retraction-watch-only", ["retraction-watch"], "20946"),
        ("crossref-by-both", ["publisher", "retraction-watch"], "99002"),
    ],
)
def test_who_says_so_is_kept_apart(name, sources, row):
    """10.1021/am300292v: https://community.crossref.org/t/15884."""
    updates = paper(name).details.updates
    assert [update.source for update in updates] == sources
    assert updates[-1].row == row
    assert {update.kind for update in updates} == {NoticeKind.RETRACTION}


def test_trap_8_a_doi_with_a_comma_is_asked_by_its_path_and_never_by_a_filter():
    assert crossref.work("10.5555/a,b").path == "/works/10.5555%2Fa%2Cb"
    assert paper("crossref-comma-in-doi").doi == "10.5555/a,b"
    assert crossref.updates_of("10.5555/a,b").cannot_be_asked
    assert not crossref.updates_of("10.5555/ab").cannot_be_asked


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("pubmed-erratum", ["ErratumIn"]),
        ("pubmed-concern", ["ExpressionOfConcernIn"]),
        ("crossref-correction", ["correction", "erratum"]),
        ("crossref-concern", ["expression_of_concern"]),
    ],
)
def test_trap_9_an_erratum_or_a_concern_is_no_retraction(name, kinds):
    """A comment and a later version of a review (`UpdateIn`) are no notices at all."""
    updates = paper(name).details.updates
    assert [update.type for update in updates] == kinds
    assert NoticeKind.RETRACTION not in paper(name).notices.about
    assert all(update.kind not in (None, NoticeKind.RETRACTION) for update in updates)


def test_a_kind_of_notice_that_is_not_known_is_not_dropped():
    found = update("crossref-unknown-kind-of-update")
    assert (found.type, found.kind, found.others) == ("some_new_kind", None, ("doi:10.5555/z",))
    content = body("pubmed-concern").replace(b"ExpressionOfConcernIn", b"ReinstatedIn")
    (paper_,) = pubmed.read_records(content).papers
    assert [(u.type, u.kind) for u in paper_.details.updates] == [("ReinstatedIn", None)]
    content = body("europe-pmc-retracted").replace(b"Retraction in", b"Reinstatement in")
    (paper_,) = europe_pmc.read_records(content).papers
    assert [(u.type, u.kind) for u in paper_.details.updates] == [("Reinstatement in", None)]


# Crossref


def test_trap_18_marks_in_titles_and_abstracts_are_taken_out_and_kept():
    found = paper("crossref-markup")
    assert found.title == "Capsaicin at p < 0.05 in Capsicum: A trial"
    assert "<mml:math" in found.details.marked_title
    assert found.details.sections == (
        Section("Background", "Pain is common."),
        Section("Results", "The mean fell by 1.2 points (10³ cells)."),
    )
    assert (
        found.abstract
        == "Background: Pain is common.\nResults: The mean fell by 1.2 points (10³ cells)."
    )
    assert paper("crossref-by-both").details.marked_title == ""


def test_the_title_of_an_abstract_is_no_label():
    """The word stands above the labels, or above a text that has none."""
    assert jats_sections("<jats:title>Abstract</jats:title><jats:p>Pain.</jats:p>") == ()
    assert jats_sections("<title>ABSTRACT</title><p>Why.</p><title>Results</title><p>Less.</p>") == (
        Section("", "Why."),
        Section("Results", "Less."),
    )
    assert html_sections("Pain is common.") == ()


def test_trap_18_a_date_may_be_empty_or_a_year():
    undated = paper("crossref-null-date")
    assert (undated.year, undated.details.published, undated.details.years) == ("", "", ())
    assert undated.details.people == (Person("Recorded Answers Study Group", is_body=True),)
    assert paper("crossref-by-retraction-watch-only").details.published == "2012"
    assert paper("crossref-markup").details.years == ("2021", "2020")


def test_registrations_and_other_forms_are_read_of_crossref():
    details = paper("crossref-markup").details
    assert details.registrations == ("NCT99999901",)
    assert details.preprints == ("doi:10.5555/preprint",)


def test_trap_18_no_filter_is_asked_that_is_slow():
    assert "has-abstract" not in crossref.search("capsaicin", date(2026, 1, 1)).text


# Europe PMC


def test_a_record_of_europe_pmc_is_read():
    found = paper("europe-pmc-retracted")
    assert (found.pmid, found.doi) == ("9500320", "10.1016/s0140-6736(97)11096-0")
    (notice,) = found.details.updates
    assert (notice.kind, notice.others, notice.date) == (
        NoticeKind.RETRACTION,
        ("pmid:20137807",),
        "2010-02-06",
    )
    assert notice.source == "europe-pmc"
    details = paper("europe-pmc-article-with-preprint").details
    assert details.people == (
        Person("Ferro", "Ada"),
        Person("Recorded Answers Study Group", is_body=True),
    )
    assert (details.published, details.years) == ("2021-03-01", ("2021", "2020"))
    assert details.sections[1] == Section("Results", "The mean fell by 1.2 points.")
    assert [(u.type, u.kind) for u in details.updates] == [("Erratum in", NoticeKind.CORRECTION)]


def test_trap_19_a_doi_stands_in_quotation_marks_and_synonyms_are_not_asked_for():
    assert dict(europe_pmc.by_doi("10.5555/a,b").parameters)["query"] == 'DOI:"10.5555/a,b"'
    assert "synonym" not in europe_pmc.search("capsaicin").text


def test_a_search_since_a_day_asks_for_what_was_indexed_since():
    query = dict(europe_pmc.search("a OR b", date(2026, 1, 2)).parameters)["query"]
    assert query == "(a OR b) AND (FIRST_IDATE:[2026-01-02 TO 3000-12-31])"
    query = dict(europe_pmc.search("a OR b", until=date(2026, 1, 2)).parameters)["query"]
    assert query == "(a OR b) AND (FIRST_IDATE:[1900-01-01 TO 2026-01-02])"
    request = pubmed.search("a", date(2026, 1, 2))
    assert {"datetype": "edat", "mindate": "2026/01/02", "maxdate": "3000/12/31"}.items() <= dict(
        request.parameters
    ).items()


def test_trap_20_a_preprint_and_its_article_name_each_other():
    article, preprint = paper("europe-pmc-article-with-preprint"), paper("europe-pmc-preprint")
    assert article.details.preprints == ("ppr:PPR990021",)
    assert preprint.details.articles == ("pmid:99000021",)
    assert (article.key, preprint.key) == ("MED:99000021", "PPR:PPR990021")
    assert preprint.details.updates == ()


# OpenAlex


def test_trap_16_openalex_is_asked_in_the_form_that_costs_nothing():
    assert openalex.by_doi("10.5555/a b,c").text == "openalex GET /works/doi:10.5555%2Fa%20b%2Cc"
    assert openalex.by_pmid("1").text == "openalex GET /works/pmid:1"


def test_trap_17_an_abstract_is_rebuilt_and_said_to_be():
    work = openalex.read_work(body("openalex-work"))
    assert work.paper.abstract == "Pain is common; less Pain fell."
    assert work.paper.details.abstract_is_rebuilt
    without = openalex.read_work(body("openalex-retracted"))
    assert (without.paper.abstract, without.paper.details.abstract_is_rebuilt) == ("", False)


def test_trap_14_what_openalex_says_of_a_retraction_is_no_notice():
    work = openalex.read_work(body("openalex-retracted"))
    assert work.is_retracted
    assert work.paper.notices.about == frozenset()
    assert work.paper.details.updates == ()


def test_a_work_of_openalex_is_read():
    work = openalex.read_work(body("openalex-work"))
    details = work.paper.details
    assert (work.paper.doi, work.paper.pmid) == ("10.5555/concern", "99000003")
    assert details.people == (
        Person("Ferro", "Ada"),
        Person("Recorded Answers Study Group", is_body=True),
    )
    assert (details.published, details.pages) == ("2021-03-09", "101-109")
    assert (work.is_retracted, work.is_open) == (False, False)
    bare = openalex.read_work(b'{"id": "https://openalex.org/W1"}')
    assert (bare.paper, bare.is_retracted, bare.is_open) == (None, None, None)


def test_a_place_of_a_word_that_is_none_is_left_out():
    index = {"a": [1, 10**12, -1, "2"], "b": [0], "c": 5}
    content = {"id": "W1", "display_name": "T", "abstract_inverted_index": index}
    assert openalex.read_work(json.dumps(content).encode()).paper.abstract == "b a"


# Trials


def test_trap_21_a_trial_is_read_with_what_is_planned_and_what_is_done():
    planned = trials.read_study(body("trials-without-results"))
    done = trials.read_study(body("trials-with-results"))
    assert (planned.enrolment.count, planned.enrolment.kind) == (120, "ESTIMATED")
    assert (done.enrolment.count, done.enrolment.kind) == (118, "ACTUAL")
    assert (planned.start.date, planned.completion.date) == ("2019-05", "2020-11-30")
    assert (planned.has_results, done.has_results) == (False, True)
    assert (planned.results_first_posted, done.results_first_posted) == ("", "2022-01-20")
    assert [o.measure for o in done.primary_outcomes] == ["Change in pain score"]
    assert (done.allocation, done.masking, done.phases) == ("RANDOMIZED", "DOUBLE", ("PHASE2", "PHASE3"))
    assert done.pmids == ("99000003",)
    assert [arm.label for arm in done.arms] == ["Capsaicin", "Placebo"]


def test_trap_21_results_stay_in_the_words_of_the_registry():
    (result,) = trials.read_study(body("trials-with-results")).results
    assert [(v.group, v.value, v.spread) for v in result.values] == [
        ("Capsaicin", "-2.1", "1.9"),
        ("Placebo", "NA", ""),
    ]
    (analysis,) = result.analyses
    assert (analysis.value, analysis.lower, analysis.upper, analysis.p) == (
        "-1.2",
        "-1.9",
        "-0.5",
        "<0.001",
    )


def test_a_trial_of_which_little_is_known_is_read():
    content = {"protocolSection": {"identificationModule": {"nctId": "NCT99999904"}}}
    trial = trials.read_study(json.dumps(content).encode())
    assert (trial.nct, trial.enrolment.count, trial.has_results) == ("NCT99999904", None, False)


def test_trials_since_a_day_are_those_updated_since():
    request = trials.search("pain", since="2026-01-02")
    assert ("filter.advanced", "AREA[LastUpdatePostDate]RANGE[2026-01-02,MAX]") in request.parameters
    assert dict(trials.studies(["NCT1", "NCT2"]).parameters)["filter.ids"] == "NCT1,NCT2"


# Retraction Watch


def test_trap_10_every_row_about_a_paper_is_given_also_its_reinstatement():
    index = retraction_watch.read_index(body("retraction-watch"))
    rows = index.about(doi="10.5555/REINSTATED")
    assert [(row.nature, row.date) for row in rows] == [
        ("Retraction", "2022-05-04"),
        ("Reinstatement", "2023-09-01"),
    ]
    assert index.about(pmid="99000024") == rows
    assert index.about(doi="10.5555/reinstated", pmid="99000024") == rows
    # A citation of the notice is none of the paper.
    assert index.about(doi="10.5555/notice") == ()


def test_trap_11_what_is_no_identifier_is_none():
    index = retraction_watch.read_index(body("retraction-watch"))
    concern, correction = index.rows[3:5]
    assert (concern.notice_doi, concern.notice_pmid) == ("", "")
    assert (correction.paper_doi, correction.paper_pmid) == ("", "99000004")
    assert concern.raw["RetractionDOI"] == "unavailable"
    assert index.about(doi="unavailable") == index.about(doi="") == index.about(pmid="0") == ()


def test_trap_11_a_date_that_cannot_be_read_is_told_and_the_row_kept():
    index = retraction_watch.read_index(body("retraction-watch"))
    (row,) = index.about(doi="10.5555/undatable")
    assert (row.date, row.paper_date) == ("", "2021-03-09")
    (problem,) = index.problems
    assert "13/45/2022" in problem.fault
    assert problem.place.line == row.line
    assert row.reasons == ("Error in Data",)
    assert row.title == "Capsaicin patches, a title"


def test_trap_11_bytes_that_are_no_text_are_counted_and_the_rest_is_read():
    content = body("retraction-watch").replace(b"Nowhere;", b"Qu\xe9bec;", 1)
    index = retraction_watch.read_index(content)
    assert (index.replaced, len(index.rows)) == (1, 6)
    assert index.rows[0].raw["Country"] == "Qu\ufffdbec;"
    windows = content.replace(b"\n", b"\r\n")
    assert retraction_watch.read_index(b"\xef\xbb\xbf" + windows).rows[0].record == "20946"


def test_a_row_that_was_cut_is_told():
    content = body("retraction-watch")
    at = content.index(b"99005")
    index = retraction_watch.read_index(content[: at + 40])
    assert len(index.rows) == 4
    assert "fields, not 20" in index.problems[-1].fault


def test_a_file_without_the_columns_has_no_row_and_a_problem():
    index = retraction_watch.read_index(b"doi,retracted\n10.5555/a,yes\n", "mine.csv")
    assert index.rows == ()
    assert "OriginalPaperDOI" in str(index.problems[0])


# Forms


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "truncated"),
        (b'{"status":"ok","message":{"title":"cut in the mi', "truncated"),
        (b"[]", "wrong-form"),
        (b"null", "wrong-form"),
        (b"<html>", "wrong-form"),
        (b'"\xff"', "wrong-form"),
        (b'{"status":"ok"', "truncated"),
        (b"[" * 100_000, "wrong-form"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "wrong-form"),
        (b'{"status":"ok"} x', "wrong-form"),
        (b'{"status":"ok","message":{}}', "wrong-form"),
        (b'{"status":"error","message":{}}', "service-error"),
        (b'{"message":{}}', "wrong-form"),
    ],
)
def test_what_is_no_work_is_none(content, why):
    with pytest.raises(UnreadableError) as caught:
        crossref.state(crossref.work("10.5555/a"), content)
    assert caught.value.why == why


@pytest.mark.parametrize("reader", [pubmed, crossref, europe_pmc, openalex, trials, retraction_watch])
@given(content=st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_unreadable(reader, content):
    requests = {
        pubmed: pubmed.records(["1"]),
        crossref: crossref.work("10.5555/a"),
        europe_pmc: europe_pmc.by_pmid("1"),
        openalex: openalex.by_pmid("1"),
        trials: trials.study("NCT1"),
        retraction_watch: retraction_watch.index(),
    }
    with pytest.raises(UnreadableError):
        reader.state(requests[reader], content)


def test_a_document_that_declares_entities_grows_into_nothing():
    bomb = b'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "aaaaaaaaaa">]>'
    bomb += b"<PubmedArticleSet><PubmedArticle><MedlineCitation>&a;</MedlineCitation>"
    bomb += b"</PubmedArticle></PubmedArticleSet>"
    assert pubmed.read_records(bomb).papers == ()
    assert pubmed.read_records(bomb).problems


def test_a_question_is_the_same_text_in_every_run():
    request = pubmed.search('a "b" & c/d*', date(2026, 1, 2))
    assert request.text == (
        "pubmed GET /esearch.fcgi?db=pubmed&term=a%20%22b%22%20%26%20c%2Fd*&retmode=json&retstart=0"
        "&retmax=1000&datetype=edat&mindate=2026%2F01%2F02&maxdate=3000%2F12%2F31"
    )
    assert request.digest == Request(**{f: getattr(request, f) for f in request.__slots__}).digest


def test_half_a_character_in_a_cursor_harms_nothing():
    content = {
        "hitCount": 9,
        "nextCursorMark": "\ud800",
        "resultList": {"result": [{"id": "1", "source": "MED"}]},
    }
    hits = europe_pmc.read_hits(europe_pmc.search("a"), json.dumps(content).encode())
    assert hits.next.text.endswith("cursorMark=%3F")


@pytest.mark.parametrize("read", [read_csl, read_jsonl])
def test_a_number_of_thousands_of_figures_is_a_problem_of_its_file(read):
    entries = read('{"id": "a", "title": "T", "volume": ' + "9" * 5_000 + "}", "a.json")
    assert entries.papers == []
    assert "not JSON" in entries.problems[0].fault


# Details in files


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2010 Feb 6", "2010-02-06"),
        ("Lancet. 2010 Feb 6;375(9713):445", "2010-02-06"),
        ("J Infect Dis 1998 Aug;178(2):601", "1998-08"),
        ("1998 Dec-1999 Jan", "1998-12"),
        ("2020/03/01", "2020-03-01"),
        ("2020/03//", "2020-03"),
        ("2019 Spring", "2019"),
        ("2019", "2019"),
        ("2021-03-09", "2021-03-09"),
        ("June 2020", "2020"),
        ("in press", ""),
        ("12345678", ""),
    ],
)
def test_dates_as_databases_print_them(text, expected):
    assert date_in(text) == expected


def test_a_part_of_a_date_that_is_none_is_left_out():
    assert iso_date("2020", "13", "1") == "2020"
    assert iso_date("2020", "Feb", "32") == "2020-02"
    assert iso_date("2020", "", "5") == "2020"
    assert iso_date("20", "2") == ""


def test_every_reader_gives_the_details_of_a_citation():
    """One paper in each format: whole names, the day, volume, issue and pages."""
    bibtex = (
        "@article{a, title={T}, author={Ferro, Ada and {Study Group}}, journal={Journal of Answers},"
        " year=2021, month=mar, volume=12, number=3, pages={101--109}}"
    )
    ris = "TY  - JOUR|TI  - T|AU  - Ferro, Ada|AU  - Study Group|DA  - 2021/03/09|PY  - 2021"
    ris += "|JF  - Journal of Answers|VL  - 12|IS  - 3|SP  - 101|EP  - 109|ER  - |"
    nbib = "PMID- 1|TI  - T|FAU - Ferro, Ada|CN  - Study Group|DP  - 2021 Mar 9"
    nbib += "|JT  - Journal of Answers|VI  - 12|IP  - 3|PG  - 101-109|SO  - x|"
    refer = "%0 Journal Article|%T T|%A Ferro, Ada|%A Study Group|%J Journal of Answers"
    refer += "|%V 12|%N 3|%P 101-109|%D 2021|%8 2021/03/09|"
    wos = "FN x|VR 1.0|PT J|AU Ferro, A|AF Ferro, Ada|   Study Group|TI T|SO Journal of Answers"
    wos += "|VL 12|IS 3|BP 101|EP 109|PD MAR 9|PY 2021|UT WOS:1|ER||EF|"
    ris, nbib, refer, wos = (text.replace("|", "\n") for text in (ris, nbib, refer, wos))
    item = {
        "id": "a",
        "title": "T",
        "author": [{"family": "Ferro", "given": "Ada"}, {"literal": "Study Group"}],
        "container-title": "Journal of Answers",
        "volume": "12",
        "issue": 3,
        "page": "101-109",
        "issued": {"date-parts": [[2021, 3, 9]]},
    }
    csl = json.dumps([item])
    read = {
        "bibtex": read_bibtex(bibtex, "a.bib"),
        "ris": read_ris(ris, "a.ris"),
        "nbib": read_medline(nbib, "a.nbib"),
        "refer": read_refer(refer, "a.enw"),
        "wos": read_web_of_science(wos, "a.ciw"),
        "csl": read_csl(csl, "a.json"),
    }
    for name, entries in read.items():
        (found,) = entries.papers
        details = found.details
        assert [p.family for p in details.people] == ["Ferro", "Study Group"], name
        assert [p.given for p in details.people] == ["Ada", ""], name
        assert details.people[1].is_body, name
        assert details.published == ("2021-03" if name == "bibtex" else "2021-03-09"), name
        assert details.journal == "Journal of Answers", name
        assert (details.volume, details.issue, details.pages) == ("12", "3", "101-109"), name
        assert details.years == ("2021",), name


def test_joined_records_keep_what_each_says(tmp_path):
    ris = "TY  - JOUR\nTI  - Capsaicin in pain\nPY  - 2021\nDO  - 10.5555/a\nVL  - 12\nER  - \n"
    (tmp_path / "a.ris").write_text(ris)
    item = {
        "id": "x",
        "title": "Capsaicin in pain",
        "DOI": "10.5555/a",
        "page": "1-2",
        "updated-by": [{"DOI": "10.5555/n", "type": "retraction"}],
    }
    (tmp_path / "b.json").write_text(json.dumps([item]))
    (found,) = read_corpora([tmp_path / "a.ris", tmp_path / "b.json"]).papers
    assert (found.details.volume, found.details.pages) == ("12", "1-2")
    assert [update.type for update in found.details.updates] == ["retraction"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "10.1002/(SICI)9999-0142(19970101)79:1<1::AID-ABCD2>3.0.CO;2-K",
            "10.1002/(sici)9999-0142(19970101)79:1<1::aid-abcd2>3.0.co;2-k",
        ),
        ("<a>10.5555/a</a>", "10.5555/a"),
        ("10.5555/a,b", "10.5555/a,b"),
        ("(10.5555/a,b).", "10.5555/a,b"),
    ],
)
def test_a_doi_is_taken_whole(text, expected):
    assert doi_in(text) == expected


# Answers that are not as documented


def places(value, place=()):
    """Every place in a JSON value."""
    yield place
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, held in inner:
        yield from places(held, (*place, key))


def with_other(value, place, other):
    if not place:
        return other
    copy = value.copy()
    copy[place[0]] = with_other(value[place[0]], place[1:], other)
    return copy


ODD = [
    None,
    True,
    -1,
    1.5,
    "",
    "x",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"a": 1},
    ["x"],
    [[99, 13, 40]],
    10**30,
    "\ud800",
]


@pytest.mark.parametrize(
    ("name", "request_", "read"),
    [
        ("crossref-markup", crossref.work("10.5555/markup"), crossref.read_records),
        ("crossref-by-both", crossref.work("10.5555/both"), crossref.read_records),
        (
            "europe-pmc-article-with-preprint",
            europe_pmc.by_doi("10.5555/markup"),
            europe_pmc.read_records,
        ),
        ("openalex-work", openalex.by_doi("10.5555/concern"), openalex.read_work),
        ("trials-with-results", trials.study("NCT99999902"), trials.read_study),
    ],
)
@given(data=st.data())
def test_no_value_of_another_type_is_more_than_unreadable(name, request_, read, data):
    reader = {"crossref": crossref, "europe": europe_pmc, "openalex": openalex, "trials": trials}
    answer = json.loads(body(name))
    place = data.draw(st.sampled_from(list(places(answer))))
    content = json.dumps(with_other(answer, place, data.draw(st.sampled_from(ODD)))).encode()
    try:
        reader[name.partition("-")[0]].state(request_, content)
    except UnreadableError:
        return
    assert read(content) is not None
