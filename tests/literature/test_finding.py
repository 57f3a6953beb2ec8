"""A search put to the databases: what came, what did not, and what is written down of it.

Tests that bear on a trap of the services name it.
"""

from datetime import date

import pytest
from asking import asking
from peels import HARM, PROPOSITION, RECORDED, write_answers, write_peels

from review.dossier.dossier import Dossier
from review.literature.asking import Looked, found, found_together, looked, replayed_name
from review.literature.corpus_file import corpus_text
from review.literature.find import search_records, worded
from review.literature.queries.syntax import Database
from review.literature.readers import read_corpora
from review.literature.services import europe_pmc, pubmed, trials
from review.literature.services.door import Reach
from review.model.records import Search
from review.store.additions.searches import record_searches
from review.store.read import read_evidence
from review.verdicts.standing import Standing

PUBMED, EUROPE_PMC, TRIALS = Database
WORDS = "peel[tiab]"


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return read_evidence([write_peels(tmp_path_factory.mktemp("peels"))])


@pytest.fixture(scope="module")
def peels(tmp_path_factory, evidence):
    """What the recorded databases give for the proposition."""
    queries = worded(evidence, "", PROPOSITION, tuple(Database)).queries
    with asking(tmp_path_factory.mktemp("door"), Reach.RENEWED, [RECORDED]) as open_:
        return found(open_.door, queries)


def search_of(count, *numbers, **more):
    listed = {"count": str(count), "retstart": "0", "idlist": list(numbers), **more}
    return {"esearchresult": listed}


def article(number):
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><ArticleTitle>A peel of the "
        f"skin, number {number}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )


def articles(*numbers):
    return f'<?xml version="1.0"?><PubmedArticleSet>{"".join(map(article, numbers))}</PubmedArticleSet>'


def result(number, title="A peel", source="MED"):
    return {"id": str(number), "source": source, "title": f"{title} {number}", "pubYear": "2020"}


def asked(folder, database, *answers, words=WORDS, most=1_000) -> Looked:
    """What one database gives where a server answers as the test has it."""
    own = write_answers(folder / "answers", *answers)
    with asking(folder / "door", Reach.RENEWED, [own]) as open_:
        return looked(open_.door, database, words, most)


def test_each_record_is_kept_once_with_every_database_that_gave_it(peels):
    assert [(hit.paper.key, hit.databases) for hit in peels.hits] == [
        ("30548170", ("PubMed", "Europe PMC")),
        ("29072375", ("PubMed", "Europe PMC")),
        ("11095203", ("PubMed",)),
        ("35783564", ("Europe PMC",)),
        ("NCT02126657", ("ClinicalTrials.gov",)),
    ]
    assert peels.duplicates == {PUBMED: 0, EUROPE_PMC: 2, TRIALS: 0}
    assert not peels.problems


def test_a_corpus_file_gives_back_what_was_found(peels, tmp_path):
    path = tmp_path / "hits.json"
    path.write_text(corpus_text(peels.hits), "utf-8")
    corpus = read_corpora([path])
    assert not corpus.problems
    for read, hit in zip(corpus.papers, peels.hits, strict=True):
        paper = hit.paper
        for name in ("key", "title", "abstract", "authors", "year", "publication_types", "doi", "pmid"):
            assert getattr(read, name) == getattr(paper, name), name
        assert read.details == paper.details
        assert (read.more_authors, read.notices) == (paper.more_authors, paper.notices)
    assert corpus.papers[1].more_authors


def test_a_registered_trial_stands_in_the_corpus_as_the_registry_has_it(peels):
    trial = peels.hits[-1]
    assert trial.trial.status == "UNKNOWN"
    assert trial.paper.details.registrations == ("NCT02126657",)
    # Its text is put together from fields, and is never to be quoted.
    assert trial.paper.details.abstract_is_rebuilt
    assert "PRIMARY OUTCOMES: Efficacy Assessment [3 months]" in trial.paper.abstract


def test_a_search_is_recorded_for_each_database_and_proposition(peels, evidence):
    rows = search_records(peels, [PROPOSITION, HARM], evidence, "A. Reader")
    assert [(row.proposition, row.database, row.hits, row.duplicates) for row in rows[:3]] == [
        (PROPOSITION, "PubMed (replayed)", 3, 0),
        (PROPOSITION, "Europe PMC (replayed)", 3, 2),
        (PROPOSITION, "ClinicalTrials.gov (replayed)", 1, 0),
    ]
    assert len(rows) == 6
    assert {row.kept for row in rows} == {"not_reported"}
    assert all(row.result.startswith("Answered by a replay server") for row in rows)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(200, {"esearchresult": {"ERROR": "Search Backend failed"}}, id="ERROR in a 200"),
        pytest.param(400, {"error": "no"}, id="400"),
        pytest.param(429, {"error": "API rate limit exceeded"}, id="429"),
        pytest.param(503, "<html>busy</html>", id="503"),
        pytest.param(200, "<html>maintenance</html>", id="HTML in place of JSON"),
        pytest.param(200, '{"esearchresult": {"count": "3", "idl', id="a body that was cut"),
    ],
)
def test_trap_1_a_fault_of_a_search_is_no_search_that_found_nothing(tmp_path, evidence, status, body):
    gave = asked(tmp_path, PUBMED, (pubmed.search(WORDS), status, body))
    assert gave.asked is None
    (problem,) = gave.problems
    assert problem.fault.startswith("it was not asked: PubMed")
    assert search_records(found_together([gave]), [PROPOSITION], evidence, "A. Reader") == []


def test_trap_1_records_that_were_not_asked_for_are_counted(tmp_path, evidence):
    gave = asked(
        tmp_path,
        PUBMED,
        (pubmed.search(WORDS), 200, search_of(2, "11", "12")),
        (pubmed.records(["11", "12"]), 503, "busy"),
    )
    assert (gave.count, gave.papers) == (2, ())
    assert gave.unasked[0].fault.startswith("2 records were not asked for: ")
    (row,) = search_records(found_together([gave]), [PROPOSITION], evidence, "A. Reader")
    assert row.hits == 2
    assert "Not whole: 2 records were not asked for" in row.result


def test_trap_2_more_hits_than_were_fetched_are_told_and_recorded(tmp_path, evidence):
    gave = asked(
        tmp_path,
        PUBMED,
        (pubmed.search(WORDS), 200, search_of(12_000, "11", "12", "13")),
        (pubmed.records(["11", "12"]), 200, articles(11, 12)),
        most=2,
    )
    assert [paper.pmid for paper in gave.papers] == ["11", "12"]
    assert [problem.fault for problem in gave.problems] == ["only 2 of 12,000 records came"]
    (row,) = search_records(found_together([gave]), [PROPOSITION], evidence, "A. Reader")
    assert (row.hits, row.to_screen) == (12_000, 12_000)
    assert "Not whole: only 2 of 12,000 records came." in row.result


def test_a_number_without_a_record_is_named(tmp_path):
    gave = asked(
        tmp_path,
        PUBMED,
        (pubmed.search(WORDS), 200, search_of(2, "11", "99")),
        (pubmed.records(["11", "99"]), 200, articles(11)),
    )
    assert [paper.pmid for paper in gave.papers] == ["11"]
    assert [problem.fault for problem in gave.unread] == ["no record came for 99"]


def test_many_numbers_are_asked_for_in_batches(tmp_path):
    numbers = [str(number) for number in range(1, 402)]
    parts = numbers[:200], numbers[200:400], numbers[400:]
    gave = asked(
        tmp_path,
        PUBMED,
        (pubmed.search(WORDS), 200, search_of(401, *numbers)),
        *((pubmed.records(part), 200, articles(*part)) for part in parts),
    )
    assert [paper.pmid for paper in gave.papers] == numbers
    assert not gave.problems


def test_trap_19_europe_pmc_counts_more_than_it_gives(tmp_path):
    answer = {"hitCount": 3, "resultList": {"result": [result(1), result(2)]}}
    gave = asked(tmp_path, EUROPE_PMC, (europe_pmc.search(WORDS), 200, answer))
    assert [paper.key for paper in gave.papers] == ["MED:1", "MED:2"]
    assert [problem.fault for problem in gave.unread] == ["it counts 3 records and gave 2"]


def test_trap_19_a_page_that_fails_leaves_the_search_open(tmp_path):
    first = europe_pmc.search(WORDS)
    answer = {"hitCount": 3, "nextCursorMark": "next", "resultList": {"result": [result(1), result(2)]}}
    gave = asked(tmp_path, EUROPE_PMC, (first, 200, answer))
    assert gave.asked is not None
    assert gave.unasked[0].fault.startswith("2 of 3 records came, then it was not asked: ")


def test_the_last_page_gives_no_more_than_was_asked_for(tmp_path):
    answer = {"hitCount": 3, "resultList": {"result": [result(1), result(2), result(3)]}}
    gave = asked(tmp_path, EUROPE_PMC, (europe_pmc.search(WORDS), 200, answer), most=2)
    assert [paper.key for paper in gave.papers] == ["MED:1", "MED:2"]
    assert [problem.fault for problem in gave.problems] == ["only 2 of 3 records came"]


def test_trap_20_a_preprint_and_its_article_stay_two_records(tmp_path):
    preprint = {**result("PPR7", "Peels of the skin in spring:", "PPR"), "doi": "10.1101/7"}
    of = {"id": "11", "source": "MED", "type": "Preprint of"}
    preprint["commentCorrectionList"] = {"commentCorrection": [of]}
    work = {**result(11, "Peels of the skin in spring:"), "doi": "10.1000/11", "pmid": "11"}
    answer = {"hitCount": 2, "resultList": {"result": [preprint, work]}}
    together = found_together([asked(tmp_path, EUROPE_PMC, (europe_pmc.search(WORDS), 200, answer))])
    assert [hit.paper.key for hit in together.hits] == ["PPR:PPR7", "11"]
    assert together.hits[0].paper.details.articles == ("pmid:11",)


def test_no_hit_is_an_answer(tmp_path, evidence):
    gave = asked(
        tmp_path, TRIALS, (trials.search(words=WORDS, size=100), 200, {"totalCount": 0, "studies": []})
    )
    assert (gave.asked is not None, gave.count, gave.problems) == (True, 0, ())
    (row,) = search_records(found_together([gave]), [PROPOSITION], evidence, "A. Reader")
    assert row.is_looked_through
    assert row.result.endswith("ClinicalTrials.gov (replayed) has no record for these words.")


def test_what_pubmed_says_of_the_words_is_kept(tmp_path):
    said = {"querytranslation": "peel[All Fields]", "warninglist": {"quotedphrasesnotfound": ['"x y"']}}
    gave = asked(tmp_path, PUBMED, (pubmed.search(WORDS), 200, search_of(0, **said)))
    assert gave.translated == "peel[All Fields]"
    assert gave.warnings == ('not found as a phrase: "x y"',)


def test_a_recorded_search_is_never_written_over(tmp_path, peels):
    folder = write_peels(tmp_path)
    evidence = read_evidence([folder])
    rows = search_records(peels, [PROPOSITION], evidence, "A. Reader")
    assert len(record_searches([folder], rows).added) == 3
    again = record_searches([folder], rows)
    assert (again.added, len(again.known), again.files) == ((), 3, ())
    assert len(read_evidence([folder]).searches[PROPOSITION]) == 3


# What a search does to a verdict


def search(**numbers) -> Search:
    return Search(
        proposition=PROPOSITION,
        looked_for="x",
        result="x",
        kind="database",
        database="PubMed",
        date=date(2026, 3, 1),
        query="x",
        who="x",
        **numbers,
    )


@pytest.mark.parametrize(
    ("numbers", "to_screen"),
    [
        pytest.param({}, 0, id="nobody counted the hits: the words tell"),
        pytest.param({"hits": 0}, 0, id="there was no hit"),
        pytest.param({"hits": 5}, 5, id="nobody screened"),
        pytest.param({"hits": 5, "duplicates": 2}, 3, id="duplicates need no screening"),
        pytest.param({"hits": 5, "duplicates": 2, "screened": 3}, 0, id="all were screened"),
        pytest.param({"hits": 5, "duplicates": 2, "screened": 2}, 1, id="one was not screened"),
        pytest.param({"hits": 5, "kept": 0}, 0, id="none was kept: somebody looked at all"),
        pytest.param({"hits": 5, "screened": 4, "kept": 0}, 1, id="kept of those screened"),
    ],
)
def test_a_search_tells_how_much_of_it_nobody_has_looked_through(numbers, to_screen):
    assert search(**numbers).to_screen == to_screen
    assert search(**numbers).is_looked_through is (to_screen == 0)


def test_a_search_of_the_library_leaves_nothing_to_screen_and_looks_through_no_database():
    row = Search(proposition=PROPOSITION, looked_for="x", result="x", hits=5)
    assert (row.to_screen, row.is_looked_through) == (0, False)


def standing_with(folder, *searches) -> Standing:
    record_searches([folder], searches)
    return Dossier(read_evidence([folder]), date(2026, 3, 2)).standing(PROPOSITION)


def test_a_search_counts_when_somebody_has_looked_through_it(tmp_path):
    folder = write_peels(tmp_path)
    before = standing_with(folder)
    assert (before.is_sought, before.to_screen) == (False, 0)
    found_many = standing_with(folder, search(hits=5, duplicates=1))
    assert (found_many.is_sought, found_many.to_screen) == (False, 4)
    other = search(hits=2, screened=2).model_copy(update={"database": "Europe PMC"})
    looked_at = standing_with(folder, other)
    assert (looked_at.is_sought, looked_at.to_screen) == (True, 4)


def test_a_replayed_search_has_a_name_of_its_own():
    assert replayed_name(PUBMED) == "PubMed (replayed)"
