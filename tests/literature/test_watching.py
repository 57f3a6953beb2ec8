"""A watch: what is asked again and since when, what is new, and what a run that is cut off leaves."""

import json
from datetime import date

import pytest
from asking import asking
from peels import HARM, PROPOSITION, SEARCHES, search_row, write_answers, write_peels
from test_finding import articles, result, search_of

from review.literature.library import library_papers
from review.literature.paper import Paper
from review.literature.queries.syntax import Database
from review.literature.services import europe_pmc, pubmed, trials
from review.literature.services.door import Reach
from review.literature.watching.bearing import bearing
from review.literature.watching.changes import trial_news, watched_trial
from review.literature.watching.plan import Again, Plan, plan_of
from review.literature.watching.run import planned, watch
from review.model.days import due_for_review
from review.model.errors import EvidenceError, InFile, ParameterError
from review.model.records import Study
from review.model.watched import News, NewsKind, WatchedSearch
from review.store.read import read_evidence
from review.store.watch import Memory, Watchbook

PUBMED, EUROPE_PMC, TRIALS = Database
DAY = date(2026, 12, 1)
SINCE = date(2026, 10, 31)
NUMBER = "NCT02126657"
STUDY = {
    "design": "registry-entry",
    "species": "human",
    "population": "Adults with acne scars",
    "n": "10",
    "sample": "planned",
    "intervention": "70% glycolic acid peel",
    "comparator": "not_applicable",
    "follow_up": "3 months",
    "funding_kind": "not_reported",
    "funding": "not_reported",
    "conflicts": "not_reported",
    "registration": NUMBER,
    "doi": "not_applicable",
    "pmid": "not_applicable",
    "recorded": "2026-11-01",
    "checked": "registry",
}


def evidence_with(tmp_path, rows="", *studies, pmid=""):
    """The peels with recorded searches, and studies by their keys."""
    folder = write_peels(tmp_path)
    (folder / "searches.csv").write_text(SEARCHES + rows, "utf-8")
    (folder / "studies").mkdir()
    entries = []
    for key, changes in studies:
        lines = [f"{name}: {value}" for name, value in {**STUDY, **changes}.items()]
        text = "\n".join([*lines, "findings: []", "warnings: []", ""])
        (folder / "studies" / f"{key}.yml").write_text(text, "utf-8")
        number = f"  pmid = {{{pmid}}},\n" if pmid else ""
        entries.append(f"@misc{{{key},\n  title = {{A trial of peels, {key}}},\n{number}}}\n")
    (tmp_path / "references.bib").write_text("\n".join(entries), "utf-8")
    return folder, read_evidence([folder])


def watched(tmp_path, folder, *answers, without=("references",), name="answers"):
    """A watch of a folder where a server answers as the test has it."""
    own = write_answers(tmp_path / name, *answers)
    evidence = read_evidence([folder])
    with asking(tmp_path / "door", Reach.RENEWED, [own]) as open_:
        book = Watchbook(folder, is_replay=open_.door.is_replay)
        plan = planned(book, evidence, without)
        return watch(book, [folder], evidence, plan, open_.door, DAY)


# What is asked


def test_a_search_is_made_again_from_the_day_before_its_last(tmp_path):
    rows = search_row("PubMed", "2026-03-01", "peel") + search_row("pubmed", "2026-11-01", "peel")
    rows += search_row("Europe PMC", "2026-11-01", "peel").replace(PROPOSITION, HARM)
    _, evidence = evidence_with(tmp_path, rows)
    assert plan_of(evidence).searches == (
        Again(PUBMED, "peel", SINCE, (PROPOSITION,)),
        Again(EUROPE_PMC, "peel", SINCE, (HARM,)),
    )
    later = WatchedSearch(database="PubMed", query="peel", asked=date(2026, 11, 20))
    assert [again.since for again in plan_of(evidence, [later]).searches] == [date(2026, 11, 19), SINCE]
    earlier = later.model_copy(update={"asked": date(2026, 10, 1)})
    assert plan_of(evidence, [earlier]).searches[0].since == SINCE


def test_one_search_for_two_propositions_is_made_once(tmp_path):
    row = search_row("PubMed", "2026-11-01", "peel")
    _, evidence = evidence_with(tmp_path, row + row.replace(PROPOSITION, HARM))
    (again,) = plan_of(evidence).searches
    assert again.propositions == (PROPOSITION, HARM)


def test_what_cannot_be_asked_from_here_is_told_until_a_person_leaves_it_out(tmp_path):
    rows = search_row("Embase", "2026-11-01", "peel") + search_row(
        "PubMed (replayed)", "2026-11-01", "x"
    )
    elsewhere = {"registration": "IRCT20201124049482N1"}
    folder, evidence = evidence_with(tmp_path, rows, ("irct", elsewhere), ("nct", {}))
    plan = plan_of(evidence)
    assert [out.name for out in plan.out_of_reach] == ["Embase", "PubMed (replayed)", "irct"]
    assert plan.trials == {NUMBER: ("nct",)}
    book = Watchbook(folder)
    left = planned(book, evidence, ["EMBASE", "irct", "pubmed (replayed)", "trials"])
    assert (left.out_of_reach, left.trials) == ((), {})
    assert planned(book, evidence, ["PubMed"]).out_of_reach == plan.out_of_reach
    with pytest.raises(ParameterError, match="'Embsae' leaves nothing out"):
        planned(book, evidence, ["Embsae", "trials"])


def test_a_replay_server_is_asked_again_what_it_answered(tmp_path):
    rows = search_row("PubMed (replayed)", "2026-11-01", "peel")
    _, evidence = evidence_with(tmp_path, rows)
    assert plan_of(evidence, is_replay=True).searches == (Again(PUBMED, "peel", SINCE, (PROPOSITION,)),)


@pytest.mark.parametrize(
    ("registration", "numbers"),
    [
        ("NCT01234567", ["NCT01234567"]),
        ("nct01234567 (probable match)", ["NCT01234567"]),
        ("NCT01234567 and NCT07654321", ["NCT01234567", "NCT07654321"]),
        ("PROSPERO CRD420251054497", []),
        ("NCT012345678", []),
    ],
)
def test_trials_are_known_by_their_numbers(tmp_path, registration, numbers):
    _, evidence = evidence_with(tmp_path, "", ("trial", {"registration": registration}))
    assert list(plan_of(evidence).trials) == numbers


# What is new


def test_what_is_new_is_listed_once_and_remembered(tmp_path):
    folder, _ = evidence_with(tmp_path, search_row("PubMed", "2026-11-01", "peel"))
    answers = (
        (pubmed.search("peel", SINCE), 200, search_of(2, "11", "12")),
        (pubmed.records(["11", "12"]), 200, articles(11, 12)),
    )
    first = watched(tmp_path, folder, *answers)
    assert [(news.about, news.propositions) for news in first.news] == [
        ("pmid:11", (PROPOSITION,)),
        ("pmid:12", (PROPOSITION,)),
    ]
    assert [hit.paper.pmid for hit in first.hits] == ["11", "12"]
    assert not first.problems
    Watchbook(folder, is_replay=True).mark_told(first.news, DAY)
    memory = Watchbook(folder, is_replay=True).read()
    (search,) = memory.searches
    assert (search.database, search.query) == ("PubMed", "peel")
    # The same records again, from the day that is remembered on: nothing is new.
    since = plan_of(read_evidence([folder]), memory.searches).searches[0].since
    again = (pubmed.search("peel", since), *answers[0][1:])
    assert watched(tmp_path, folder, again, answers[1], name="later").news == ()


def test_what_the_evidence_holds_is_not_new(tmp_path):
    folder, _ = evidence_with(
        tmp_path,
        search_row("PubMed", "2026-11-01", "peel"),
        ("held", {"pmid": "confirmed"}),
        pmid="11",
    )
    done = watched(
        tmp_path,
        folder,
        (pubmed.search("peel", SINCE), 200, search_of(1, "11")),
        (pubmed.records(["11"]), 200, articles(11)),
        without=["trials", "references"],
    )
    assert (done.news, done.searches) == ((), 1)


def test_a_record_of_two_databases_is_one_piece_of_news(tmp_path):
    rows = search_row("PubMed", "2026-11-01", "peel") + search_row("Europe PMC", "2026-11-01", "peel")
    folder, _ = evidence_with(tmp_path, rows)
    both = {**result(11), "pmid": "11"}
    done = watched(
        tmp_path,
        folder,
        (pubmed.search("peel", SINCE), 200, search_of(1, "11")),
        (pubmed.records(["11"]), 200, articles(11)),
        (
            europe_pmc.search("peel", SINCE),
            200,
            {"hitCount": 2, "resultList": {"result": [both, result("PPR5", source="PPR")]}},
        ),
    )
    assert {news.about for news in done.news} == {"pmid:11", "PPR:PPR5"}


def test_of_a_registry_what_only_changed_is_not_new(tmp_path):
    folder, _ = evidence_with(tmp_path, search_row("ClinicalTrials.gov", "2026-11-01", "peel"))
    listed = [study("NCT00000001", "2026-10-31"), study("NCT00000002", "2026-10-30")]
    request = trials.search(words="peel", since="2026-10-31", size=100)
    done = watched(tmp_path, folder, (request, 200, {"totalCount": 2, "studies": listed}))
    assert [news.about for news in done.news] == ["NCT00000001"]


def study(number, posted="2020-01-01", status="RECRUITING", outcomes=("Scars",), results=""):
    """A trial as the registry gives it."""
    dates = {"studyFirstPostDateStruct": {"date": posted}}
    if results:
        dates["resultsFirstPostDateStruct"] = {"date": results}
    return {
        "protocolSection": {
            "identificationModule": {"nctId": number, "briefTitle": "Peels"},
            "statusModule": {"overallStatus": status, **dates},
            "outcomesModule": {"primaryOutcomes": [{"measure": measure} for measure in outcomes]},
        },
        "hasResults": bool(results),
    }


def test_what_was_not_asked_is_asked_from_the_same_day_again(tmp_path):
    rows = search_row("PubMed", "2026-11-01", "peel") + search_row("Europe PMC", "2026-11-01", "peel")
    folder, evidence = evidence_with(tmp_path, rows, ("trial", {}))
    done = watched(tmp_path, folder, (pubmed.search("peel", SINCE), 200, search_of(0)))
    assert (done.searches, done.trials, len(done.problems)) == (1, 0, 2)
    assert all("not asked" in problem.fault for problem in done.problems)
    memory = Watchbook(folder, is_replay=True).read()
    assert [search.database for search in memory.searches] == ["PubMed"]
    assert plan_of(evidence, memory.searches).searches[1].since == SINCE


def test_pages_that_are_missing_leave_the_day_where_it_was(tmp_path):
    folder, _ = evidence_with(tmp_path, search_row("Europe PMC", "2026-11-01", "peel"))
    page = {"hitCount": 2, "nextCursorMark": "next", "resultList": {"result": [result(1)]}}
    done = watched(tmp_path, folder, (europe_pmc.search("peel", SINCE), 200, page))
    assert [news.about for news in done.news] == ["MED:1"]
    memory = Watchbook(folder, is_replay=True).read()
    assert (memory.searches, len(memory.news)) == ((), 1)


class Cut(BaseException):
    """What ends a process: it is no error that anybody would catch."""


class Stopping:
    """A door before which the process is stopped at its question number `at`."""

    def __init__(self, door, at):
        self.is_replay = door.is_replay
        self._door, self._left = door, at

    def ask(self, request):
        if not self._left:
            raise Cut
        self._left -= 1
        return self._door.ask(request)


@pytest.mark.parametrize("at", range(4))
def test_a_run_that_is_cut_off_loses_nothing(tmp_path, at):
    rows = search_row("PubMed", "2026-11-01", "peel") + search_row("PubMed", "2026-11-01", "scar")
    folder, evidence = evidence_with(tmp_path, rows)
    own = write_answers(
        tmp_path / "answers",
        (pubmed.search("peel", SINCE), 200, search_of(1, "11")),
        (pubmed.records(["11"]), 200, articles(11)),
        (pubmed.search("scar", SINCE), 200, search_of(1, "12")),
        (pubmed.records(["12"]), 200, articles(12)),
    )
    book = Watchbook(folder, is_replay=True)
    with asking(tmp_path / "door", Reach.RENEWED, [own]) as open_:
        plan = planned(book, evidence, ())
        with pytest.raises(Cut):
            watch(book, [folder], evidence, plan, Stopping(open_.door, at), DAY)
        seen = [news.about for news in book.read().untold]
        assert seen == ["pmid:11"] * (at >= 2)
        # The second search is still to be made from its own day; the first is made again in any case.
        rest = [again for again in plan.searches if at < 2 or again.query == "scar"]
        done = watch(book, [folder], evidence, Plan(tuple(rest), {}, ()), open_.door, DAY)
    assert [news.about for news in done.news] == ["pmid:11", "pmid:12"]


# Trials


BEFORE = date(2026, 11, 20)


def as_watched(day=DAY, **changes):
    """A trial as it is remembered, from the shape of the registry."""
    text = json.dumps(study(NUMBER, **changes))
    return watched_trial(trials.read_study(text.encode()), NUMBER, day)


def news_of(now, before, entered="2026-11-01"):
    record = Study(study="peels", findings=[], warnings=[], **{**STUDY, "recorded": entered})
    return [(news.kind, news.news) for news in trial_news(now, before, [record], [PROPOSITION])]


def test_a_trial_that_stays_as_it_was_is_no_news():
    assert news_of(as_watched(), as_watched(BEFORE)) == []
    assert news_of(as_watched(), None) == []


def test_a_trial_that_changed_its_primary_outcome_is_told_with_both():
    now, before = as_watched(outcomes=("Scars", "Pain")), as_watched(BEFORE)
    assert news_of(now, before) == [
        (
            NewsKind.OUTCOMES,
            "Primary outcomes were, on 2026-11-20: Scars. They are now: Scars; Pain.",
        )
    ]
    assert news_of(as_watched(outcomes=()), before)[0][1].endswith("They are now: none.")


@pytest.mark.parametrize(
    ("results", "before", "entered", "is_news"),
    [
        pytest.param("2026-11-25", "", "2026-11-01", True, id="posted since the last look"),
        pytest.param("2026-11-25", "2026-11-25", "2026-11-01", False, id="known at the last look"),
        pytest.param("2026-11-25", None, "2026-11-01", True, id="first look, posted after entry"),
        pytest.param("2026-11-01", None, "2026-11-01", False, id="first look, posted by then"),
        pytest.param("2026-10-25", "", "2026-11-01", True, id="the last look saw none"),
        pytest.param("", "", "2026-11-01", False, id="none"),
    ],
)
def test_a_trial_has_results_when_they_were_posted_since(results, before, entered, is_news):
    earlier = None if before is None else as_watched(BEFORE, results=before)
    told = news_of(as_watched(results=results), earlier, entered)
    assert [kind for kind, _ in told] == [NewsKind.RESULTS] * is_news


def test_results_without_a_day_are_news_too():
    bare = study(NUMBER)
    bare["hasResults"] = True
    now = watched_trial(trials.read_study(json.dumps(bare).encode()), NUMBER, DAY)
    assert news_of(now, as_watched(BEFORE)) == [
        (NewsKind.RESULTS, "Results were first posted on a day not given.")
    ]
    assert [kind for kind, _ in news_of(now, None)] == [NewsKind.RESULTS]


def test_another_status_is_told():
    told = news_of(as_watched(status="TERMINATED"), as_watched(BEFORE))
    assert told == [
        (NewsKind.STATUS, "Its status was, on 2026-11-20, RECRUITING. It is now TERMINATED.")
    ]


def test_trap_21_a_trial_is_compared_under_the_number_that_the_evidence_has(tmp_path):
    folder, _ = evidence_with(tmp_path, "", ("trial", {}))
    Watchbook(folder, is_replay=True).remember(Memory(trials=(as_watched(BEFORE),)))
    # The registry has given it another number meanwhile.
    now = study("NCT09999999", status="COMPLETED")
    done = watched(tmp_path, folder, (trials.study(NUMBER), 200, now))
    assert [(news.about, news.kind) for news in done.news] == [(NUMBER, NewsKind.STATUS)]
    assert done.trials == 1


def test_a_trial_that_the_registry_does_not_know_is_a_problem(tmp_path):
    folder, _ = evidence_with(tmp_path, "", ("trial", {}))
    done = watched(tmp_path, folder, (trials.study(NUMBER), 404, "{}"))
    assert [problem.fault for problem in done.problems] == ["ClinicalTrials.gov has no such trial"]
    assert done.problems[0].remedy == "Correct the number in trial."


# Notices about references


RETRACTED = """<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>11</PMID>
<Article><ArticleTitle>A trial of peels, held</ArticleTitle></Article><CommentsCorrectionsList>
<CommentsCorrections RefType="RetractionIn"><RefSource>J Peel. 2026 Nov 20;1(1):2</RefSource>
<PMID>99</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation></PubmedArticle>
</PubmedArticleSet>"""


def test_a_notice_about_a_reference_is_news_once_and_who_was_silent_is_told(tmp_path):
    folder, _ = evidence_with(tmp_path, "", ("held", {"pmid": "confirmed"}), pmid="11")
    answer = (pubmed.records(["11"]), 200, RETRACTED)
    done = watched(tmp_path, folder, answer, without=["trials"])
    assert [(news.kind, news.about) for news in done.news] == [(NewsKind.NOTICE, "held")]
    assert done.news[0].news.startswith("retraction of 2026-11-20: ")
    assert done.references == 1
    # Who is not asked by a PubMed number is no silence of a day; Europe PMC and the others were.
    assert {problem.place.key for problem in done.problems} == {
        "ClinicalTrials.gov",
        "Europe PMC",
        "Retraction Watch",
        "OpenAlex",
    }
    Watchbook(folder, is_replay=True).mark_told(done.news, DAY)
    assert watched(tmp_path, folder, answer, without=["trials"], name="later").news == ()


# What is due


def test_judgements_that_are_due_are_listed_by_the_day_of_the_watch(tmp_path, review):
    book, nothing = Watchbook(write_peels(tmp_path)), Plan((), {}, ())
    with asking(tmp_path / "door", Reach.RENEWED, [tmp_path]) as open_:
        for day in (date(2026, 1, 1), date(2036, 1, 1)):
            done = watch(book, [book.folder], review.evidence, nothing, open_.door, day)
            assert done.due == due_for_review(review.evidence, day)
    assert done.due


# What a record may bear on


def test_a_record_bears_first_on_the_statement_that_it_shares_most_words_with(tmp_path):
    evidence = read_evidence([write_peels(tmp_path)])
    papers = [
        Paper("1", "Side effects of a glycolic peel", "", InFile("x")),
        Paper("2", "Glycolic peel that fades acne scars", "", InFile("x")),
        Paper("3", "Something else", "", InFile("x")),
    ]
    library = library_papers(evidence)
    assert bearing(papers, library, [PROPOSITION, HARM], evidence.propositions) == {
        "1": (HARM, PROPOSITION),
        "2": (PROPOSITION, HARM),
        "3": (PROPOSITION, HARM),
    }


# What is remembered


def news(about="pmid:1", kind=NewsKind.RECORD, said="A paper", **more):
    return News(kind=kind, about=about, news=said, found=DAY, **more)


def test_what_is_remembered_is_read_again_as_it_was(tmp_path):
    book = Watchbook(write_peels(tmp_path))
    search = WatchedSearch(database="PubMed", query='"a, b"[tiab]', asked=DAY)
    told = news("pmid:2", propositions=(PROPOSITION, HARM), told=DAY)
    memory = Memory((search,), (as_watched(),), (news(), told))
    book.remember(memory)
    assert book.read() == memory
    assert [each.about for each in memory.untold] == ["pmid:1"]
    # It is no part of the evidence: no report changes because somebody watches.
    assert not any("watch" in name for name in read_evidence([book.folder]).files)


def test_what_is_known_is_replaced_and_what_is_new_is_added(tmp_path):
    book = Watchbook(write_peels(tmp_path))
    early = WatchedSearch(database="PubMed", query="peel", asked=BEFORE)
    book.remember(Memory((early,), (as_watched(BEFORE),), (news(),)))
    later = early.model_copy(update={"asked": DAY})
    changed = news(NUMBER, NewsKind.STATUS, "open")
    book.remember(Memory((later,), (as_watched(),), (news(said="told otherwise"), changed, changed)))
    book.remember(Memory(news=(changed.model_copy(update={"news": "ended"}),)))
    memory = book.read()
    assert memory.searches == (later,)
    assert [trial.asked for trial in memory.trials] == [DAY]
    assert [(each.about, each.news) for each in memory.news] == [
        ("pmid:1", "A paper"),
        (NUMBER, "ended"),
        (NUMBER, "open"),
    ]


def test_the_first_day_of_telling_stays(tmp_path):
    book = Watchbook(write_peels(tmp_path))
    book.remember(Memory(news=(news(), news("pmid:2"))))
    book.mark_told([news()], BEFORE)
    book.mark_told([news(), news("pmid:2")], DAY)
    assert [each.told for each in book.read().news] == [BEFORE, DAY]


def test_what_a_replay_server_said_is_remembered_apart(tmp_path):
    folder = write_peels(tmp_path)
    Watchbook(folder, is_replay=True).remember(Memory(news=(news(),)))
    assert Watchbook(folder).read() == Memory()
    assert (folder / "watch-replayed" / "news.csv").exists()
    read_evidence([folder])


def test_a_broken_memory_is_told_with_its_places(tmp_path):
    folder = write_peels(tmp_path)
    (folder / "watch").mkdir()
    (folder / "watch" / "news.csv").write_text(
        "kind,about,news,propositions,found,told\nrumour,x,y,,2026-11-01,\n", "utf-8"
    )
    (folder / "watch" / "trials.csv").write_text(
        "trial,asked,status,results,primary_outcomes\nNCT1,2026-13-01,,,\n", "utf-8"
    )
    with pytest.raises(EvidenceError) as error:
        Watchbook(folder).read()
    assert [str(problem.place).rpartition("/")[2] for problem in error.value.problems] == [
        "news.csv:2",
        "trials.csv:2",
        "trials.csv:2",
    ]
