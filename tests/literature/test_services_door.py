"""The door to the services: three answers, manners, what is kept and what leaves the machine.

Real sockets and the recorded answers of `recorded/`; tests that bear on a trap of the services name it.
"""

import json
import multiprocessing
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from asking import RECORDED, asking, record

from benchmarks import live
from review.literature.services import (
    crossref,
    europe_pmc,
    openalex,
    pubmed,
    retraction_watch,
    terms,
    trials,
)
from review.literature.services.answer import NotAsked, State
from review.literature.services.cache import AnswerCache
from review.literature.services.door import CACHE_NAME, REPLAY_NAME, Reach, open_door
from review.literature.services.pace import Pace
from review.literature.services.paging import gathered
from review.literature.services.replay import recorded, serving
from review.literature.services.terms import TERMS, Service
from review.model.errors import InputError, OutputError, ParameterError
from review.store.cache import VARIABLE

KEY = "k3y-of-mine"


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """One door for all tests that only ask."""
    with asking(tmp_path_factory.mktemp("door")) as open_:
        yield open_


def why(asked, request) -> NotAsked:
    answer = asked.ask(request)
    assert answer.state is State.NOT_ASKED
    assert not answer.content
    assert answer.fault
    return answer.why


# Three answers


def test_what_is_found_comes_with_its_bytes_their_digest_and_the_moment(asked):
    answer = asked.ask(pubmed.records(["9500320"]))
    assert answer.state is State.FOUND
    assert answer.content.startswith(b"<?xml")
    assert len(answer.sha256) == 64
    assert abs(datetime.now(UTC) - answer.asked) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(pubmed.records(["99000011"]), id="a deleted PubMed number"),
        pytest.param(pubmed.search("capsaicinn[NoSuchField]"), id="a search without hits"),
        pytest.param(crossref.work("10.5555/unknown"), id="an unknown DOI"),
        pytest.param(crossref.updates_of("10.5555/group"), id="a work without notices"),
        pytest.param(europe_pmc.by_doi("10.5555/unknown"), id="unknown to Europe PMC"),
        pytest.param(openalex.by_doi("10.5555/unknown"), id="unknown to OpenAlex"),
        pytest.param(trials.study("NCT99999999"), id="an unknown trial"),
        pytest.param(trials.search("nothing of this kind"), id="no trials"),
    ],
)
def test_what_a_service_does_not_have_is_not_found(asked, request_):
    assert asked.ask(request_).state is State.NOT_FOUND


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (pubmed.search("capsaicin error"), NotAsked.SERVICE_ERROR),
        (pubmed.records(["99000020"]), NotAsked.SERVICE_ERROR),
        (pubmed.records(["99000016"]), NotAsked.TRUNCATED),
        (pubmed.records(["99000019"]), NotAsked.TRUNCATED),
        (pubmed.records(["99000017"]), NotAsked.WRONG_FORM),
        (crossref.work("10.5555/portal"), NotAsked.WRONG_FORM),
        (crossref.work("10.5555/blocked"), NotAsked.WRONG_FORM),
        (crossref.work("10.5555/cut"), NotAsked.TRUNCATED),
        (crossref.work("10.5555/failed"), NotAsked.SERVICE_ERROR),
        (crossref.work("10.5555/bad"), NotAsked.REJECTED),
        (crossref.work("10.5555/moved"), NotAsked.REJECTED),
        (europe_pmc.by_pmid("99000022"), NotAsked.SERVICE_ERROR),
        (europe_pmc.by_pmid("99000023"), NotAsked.SERVICE_ERROR),
        (trials.study("9999"), NotAsked.REJECTED),
        (crossref.work("10.5555/never-recorded"), NotAsked.REJECTED),
    ],
    ids=lambda value: getattr(value, "text", str(value)).partition("?")[0][-60:],
)
def test_trap_1_a_fault_is_never_taken_for_an_answer(tmp_path, request_, expected):
    with asking(tmp_path) as asked:
        assert why(asked, request_) is expected
        # Nor is it kept: the next run asks again.
        assert asked.ask(request_).state is State.NOT_ASKED
        assert asked.door.tallies()[0].not_asked == {expected: 2}


@pytest.mark.parametrize(
    "request_",
    [
        pubmed.records(["1"]),
        pubmed.search("a"),
        crossref.search("a"),
        crossref.updates_of("10.5555/a"),
        europe_pmc.by_pmid("1"),
        trials.search("a"),
        retraction_watch.index(),
    ],
    ids=lambda request: request.text[:40],
)
def test_trap_1_a_search_that_is_not_there_is_not_a_search_that_found_nothing(tmp_path, request_):
    record(tmp_path / "more", "gone", request_.text, "gone", 404, "Content-Type: text/plain")
    with asking(tmp_path, recorded=[tmp_path / "more"]) as asked:
        assert why(asked, request_) is NotAsked.REJECTED


@pytest.mark.parametrize("waits", [[1, 2, 4]])
def test_trap_1_too_many_requests_and_no_service_are_not_asked(tmp_path, waits):
    with asking(tmp_path) as asked:
        assert why(asked, pubmed.records(["99000014"])) is NotAsked.REFUSED
        assert [s for s in asked.slept if s >= 1] == waits
        asked.slept.clear()
        assert why(asked, pubmed.records(["99000015"])) is NotAsked.UNAVAILABLE
        assert [s for s in asked.slept if s >= 1] == waits
    assert len(asked.replay.met) == 8


def test_a_server_that_asks_to_wait_is_given_that_time(tmp_path):
    with asking(tmp_path) as asked:
        assert asked.ask(pubmed.records(["99000013"])).state is State.FOUND
        assert 2 in asked.slept


@pytest.mark.parametrize(("after", "sent"), [("60", 4), ("61", 1)])
def test_a_wait_of_more_than_a_minute_is_not_waited_for(tmp_path, after, sent):
    question = "crossref GET /works/10.5555%2Fbusy"
    record(tmp_path / "more", "busy", question, "", 429, f"Retry-After: {after}")
    with asking(tmp_path, recorded=[RECORDED, tmp_path / "more"]) as asked:
        assert why(asked, crossref.work("10.5555/busy")) is NotAsked.REFUSED
        assert len(asked.replay.met) == sent
        # After a wait that is too long the service is left alone; after the others it is asked again.
        answer = asked.ask(crossref.work("10.5555/both"))
        assert answer.state is (State.NOT_ASKED if after == "61" else State.FOUND)


def test_a_moment_to_come_back_is_understood(tmp_path):
    question = "crossref GET /works/10.5555%2Fbusy"
    record(tmp_path / "more", "busy", question, "", 503, "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT")
    with asking(tmp_path, recorded=[tmp_path / "more"]) as asked:
        assert why(asked, crossref.work("10.5555/busy")) is NotAsked.UNAVAILABLE
        assert len(asked.replay.met) == 1


def test_trap_15_nothing_is_asked_on_a_spent_budget(tmp_path):
    with asking(tmp_path) as asked:
        assert asked.ask(openalex.by_doi("10.5555/concern")).state is State.FOUND
        assert asked.ask(openalex.by_doi("10.5555/corrected")).state is State.FOUND
        met = len(asked.replay.met)
        assert why(asked, openalex.by_doi("10.5555/both")) is NotAsked.BUDGET_SPENT
        assert len(asked.replay.met) == met


def test_trap_15_a_spent_budget_is_not_asked_again(tmp_path):
    with asking(tmp_path) as asked:
        assert why(asked, openalex.by_doi("10.5555/spent")) is NotAsked.BUDGET_SPENT
        assert why(asked, openalex.by_doi("10.5555/both")) is NotAsked.BUDGET_SPENT
        assert len(asked.replay.met) == 1
        assert asked.slept == []
        # Other services are not concerned.
        assert asked.ask(crossref.work("10.5555/both")).state is State.FOUND


def test_a_service_that_forbids_is_left_alone(tmp_path):
    record(tmp_path / "more", "no", "crossref GET /works/10.5555%2Fno", "", 403)
    with asking(tmp_path, recorded=[RECORDED, tmp_path / "more"]) as asked:
        assert why(asked, crossref.work("10.5555/no")) is NotAsked.REFUSED
        assert why(asked, crossref.work("10.5555/both")) is NotAsked.REFUSED
        assert len(asked.replay.met) == 1


def test_a_service_that_is_not_there_is_left_alone_after_three_questions(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    more = {"environment": {}, "sleep": lambda _: None}
    with open_door(Reach.MISSING, base=base, folder=tmp_path, **more) as door:
        for at in range(6):
            assert door.ask(crossref.work(f"10.5555/{at}")).why is NotAsked.NO_CONNECTION
        (tally,) = door.tallies()
    assert (tally.sent, tally.not_asked) == (3, {NotAsked.NO_CONNECTION: 6})


def test_an_answer_between_faults_begins_the_count_anew(tmp_path):
    with asking(tmp_path) as asked:
        for doi in ("cut", "portal", "both", "cut", "portal", "concern"):
            asked.ask(crossref.work(f"10.5555/{doi}"))
        (tally,) = asked.door.tallies()
    assert (tally.found, tally.sent) == (2, 6)


def test_an_answer_that_is_too_large_or_too_late_is_not_asked(tmp_path, monkeypatch):
    small = {s: terms.Terms(**{**fields(t), "max_bytes": 100}) for s, t in TERMS.items()}
    monkeypatch.setattr("review.literature.services.wire.TERMS", small)
    with asking(tmp_path) as asked:
        assert why(asked, crossref.work("10.5555/both")) is NotAsked.TOO_LARGE
    late = {s: terms.Terms(**{**fields(t), "seconds": 0.0}) for s, t in TERMS.items()}
    monkeypatch.setattr("review.literature.services.wire.TERMS", late)
    with asking(tmp_path) as asked:
        assert why(asked, crossref.work("10.5555/both")) is NotAsked.LATE


def fields(record_) -> dict[str, object]:
    return {name: getattr(record_, name) for name in record_.__dataclass_fields__}


# Where it goes


def test_trap_13_every_service_is_asked_at_its_own_host_and_none_at_the_labs():
    hosts = {terms_.host for terms_ in TERMS.values()}
    assert hosts == {
        "eutils.ncbi.nlm.nih.gov",
        "api.crossref.org",
        "www.ebi.ac.uk",
        "api.openalex.org",
        "clinicaltrials.gov",
        "gitlab.com",
    }
    assert set(TERMS) == set(Service)


def test_without_a_replay_server_the_public_network_alone_is_reached(tmp_path, monkeypatch):
    """A name that leads to a private number is not reached, whatever the service."""
    numbers = [(2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: numbers)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    with open_door(Reach.MISSING, folder=tmp_path, environment={}) as door:
        answer = door.ask(crossref.work("10.5555/both"))
    assert answer.why is NotAsked.NO_CONNECTION
    assert "not an address of the public network" in answer.fault


@pytest.mark.parametrize(
    "base", ["http://10.0.0.1/", "https://mirror.example", "http://127.0.0.1.example"]
)
def test_a_replay_server_elsewhere_is_refused(tmp_path, base):
    for given in ({"base": base, "environment": {}}, {"environment": {"REVIEW_SERVICES_AT": base}}):
        with pytest.raises(InputError) as caught:
            open_door(Reach.MISSING, folder=tmp_path, **given)
        assert "not this machine" in str(caught.value)


def test_trap_21_an_old_number_of_a_trial_leads_to_the_new_one(asked):
    answer = asked.ask(trials.study("NCT00009113"))
    trial = trials.read_study(answer.content)
    assert (trial.nct, trial.aliases) == ("NCT00010647", ("NCT00009113",))


@pytest.mark.parametrize(
    "location",
    [
        "https://elsewhere.example/",
        "/crossref/works/x",
        "/clinicaltrials",
        "http://user:secret@127.0.0.1/",
    ],
)
def test_a_redirect_out_of_the_service_is_not_followed(tmp_path, location):
    question = "clinicaltrials GET /studies/NCT1"
    record(tmp_path / "more", "out", question, "", 301, f"Location: {location}")
    with asking(tmp_path, recorded=[tmp_path / "more"]) as asked:
        assert why(asked, trials.study("NCT1")) is NotAsked.REJECTED
        assert len(asked.replay.met) == 1


def test_a_redirect_in_a_circle_ends(tmp_path):
    question = "clinicaltrials GET /studies/NCT1"
    record(tmp_path / "more", "c", question, "", 301, "Location: /clinicaltrials/studies/NCT1")
    with asking(tmp_path, recorded=[tmp_path / "more"]) as asked:
        assert why(asked, trials.study("NCT1")) is NotAsked.REJECTED
        assert len(asked.replay.met) == 4


# Manners


def test_trap_23_no_address_but_the_users_own_is_sent(tmp_path):
    sent = []
    for contact, environment in (("", {}), ("a@b.example", {}), ("", {"REVIEW_CONTACT": "c@d.example"})):
        folder = tmp_path / str(len(sent))
        with asking(folder, contact=contact, environment=environment) as asked:
            for request in (pubmed.records(["9500320"]), crossref.work("10.5555/both")):
                asked.ask(request)
            sent.append([json.loads(line)["parameters"] for line in asked.log.splitlines()])
    assert [[p.get("email"), c.get("mailto")] for p, c in sent] == [
        [None, None],
        ["a@b.example", "a@b.example"],
        ["c@d.example", "c@d.example"],
    ]
    assert all(p["tool"] == "evidence-review" for p, _ in sent)


@pytest.mark.parametrize(
    "contact", ["nobody", "a@b", "a b@c.example", "a@b.example&api_key=1", "a@b.example\nX: y"]
)
def test_what_is_no_address_is_refused(tmp_path, contact):
    with pytest.raises(ParameterError):
        open_door(Reach.MISSING, folder=tmp_path, contact=contact, environment={})


@pytest.mark.parametrize(
    ("request_", "keyed", "seconds"),
    [
        (pubmed.records(["1"]), False, 1 / 3),
        (pubmed.records(["1"]), True, 1 / 10),
        (crossref.work("10.5555/a"), False, 1 / 5),
        (crossref.search("a"), False, 1),
        (trials.study("NCT1"), False, 1),
    ],
)
def test_a_host_is_asked_no_faster_than_it_allows(request_, keyed, seconds):
    """The limits are those of docs/services.md; the clock is one that the test holds."""
    now, waited = [100.0], []

    def sleep(time: float) -> None:
        waited.append(time)
        now[0] += time

    pace = Pace(lambda: now[0], sleep, frozenset({request_.service} if keyed else ()))
    for _ in range(3):
        pace.wait(request_)
    assert waited == pytest.approx([seconds, seconds])
    now[0] += seconds / 2
    pace.wait(request_)
    assert waited[2] == pytest.approx(seconds / 2)
    now[0] += seconds
    pace.wait(request_)
    assert len(waited) == 3


def test_hosts_do_not_wait_for_one_another():
    pace = Pace(lambda: 0.0, lambda _: pytest.fail("waited"), frozenset())
    pace.wait(crossref.work("10.5555/a"))
    pace.wait(openalex.by_doi("10.5555/a"))


def test_a_limit_that_the_host_names_itself_is_heeded():
    waited = []
    pace = Pace(lambda: 0.0, waited.append, frozenset())
    pace.heed(Service.CROSSREF, {"x-rate-limit-limit": "1", "x-rate-limit-interval": "7s"})
    pace.heed(Service.CROSSREF, {"x-rate-limit-limit": "many", "x-rate-limit-interval": "0s"})
    pace.wait(crossref.work("10.5555/a"))
    pace.wait(crossref.work("10.5555/b"))
    assert waited == [7]


def test_many_identifiers_are_posted(tmp_path):
    numbers = [str(99_100_000 + at) for at in range(pubmed.POSTED_FROM)]
    body = (RECORDED / "pubmed-one-line.http").read_text().partition("\n\n")[2]
    record(tmp_path / "more", "many", pubmed.records(numbers).text, body)
    assert not pubmed.records(numbers[1:]).posted
    with asking(tmp_path, recorded=[tmp_path / "more"]) as asked:
        assert asked.ask(pubmed.records(numbers)).state is State.FOUND
        assert asked.replay.met[0].method == "POST"
        assert json.loads(asked.log)["parameters"]["id"].count(",") == pubmed.POSTED_FROM - 1


# What is kept


def test_nothing_is_sent_unless_somebody_says_so(tmp_path):
    with asking(tmp_path, reach=Reach.KEPT) as asked:
        assert why(asked, crossref.work("10.5555/both")) is NotAsked.OFFLINE
        assert asked.replay.met == []
    assert list(tmp_path.iterdir()) == []


def test_only_the_services_that_were_named_are_asked(tmp_path):
    with asking(tmp_path, services=[Service.PUBMED]) as asked:
        assert why(asked, crossref.work("10.5555/both")) is NotAsked.OFFLINE
        assert asked.ask(pubmed.records(["9500320"])).state is State.FOUND


def test_an_answer_is_kept_for_good_and_told_with_its_age(tmp_path):
    with asking(tmp_path) as asked:
        first = asked.ask(crossref.work("10.5555/both"))
        unknown = asked.ask(crossref.work("10.5555/unknown"))
    with asking(tmp_path, reach=Reach.KEPT) as asked:
        again = asked.ask(crossref.work("10.5555/both"))
        assert asked.ask(crossref.work("10.5555/unknown")).state is State.NOT_FOUND
        assert asked.replay.met == []
        (tally,) = asked.door.tallies()
    assert again.kept
    assert not first.kept
    assert (again.content, again.sha256, again.asked) == (first.content, first.sha256, first.asked)
    assert again.age(first.asked + timedelta(days=400, hours=23)) == 400
    assert tally.oldest == min(first.asked, unknown.asked)


def test_renewing_asks_once_a_run_and_holds_what_was_before(tmp_path):
    old = (RECORDED / "crossref-by-both.http").read_text()
    record(tmp_path / "old", "both", crossref.work("10.5555/both").text, old.partition("\n\n")[2] + " ")
    with asking(tmp_path, recorded=[tmp_path / "old"]) as asked:
        before = asked.ask(crossref.work("10.5555/both"))
    with asking(tmp_path, reach=Reach.RENEWED) as asked:
        now = asked.ask(crossref.work("10.5555/both"))
        again = asked.ask(crossref.work("10.5555/both"))
        assert len(asked.replay.met) == 1
    assert now.earlier.sha256 == before.sha256 != now.sha256
    assert again.sha256 == now.sha256


def test_what_cannot_be_renewed_is_not_asked_and_the_old_answer_is_no_new_one(tmp_path):
    with asking(tmp_path) as asked:
        asked.ask(crossref.work("10.5555/both"))
    with asking(tmp_path, reach=Reach.RENEWED, recorded=[tmp_path]) as asked:
        answer = asked.ask(crossref.work("10.5555/both"))
    assert answer.state is State.NOT_ASKED
    assert answer.earlier.state is State.FOUND


def test_answers_of_a_replay_server_never_lie_beside_real_ones(tmp_path):
    with asking(tmp_path) as asked:
        asked.ask(crossref.work("10.5555/both"))
        assert asked.door.is_replay
    assert {path.name for path in tmp_path.iterdir()} == {REPLAY_NAME, "requests.log"}
    with open_door(folder=tmp_path, environment={}) as door:
        assert door.ask(crossref.work("10.5555/both")).why is NotAsked.OFFLINE
        assert not door.is_replay


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b"no database" * 100), id="another file"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:5000]), id="cut"),
        pytest.param(lambda path: altered(path, "UPDATE bodies SET content = x'00'"), id="altered"),
        pytest.param(lambda path: altered(path, "DELETE FROM bodies"), id="a body gone"),
        pytest.param(lambda path: altered(path, "PRAGMA user_version = 9"), id="of another version"),
        pytest.param(lambda path: altered(path, "DROP TABLE answers"), id="without a table"),
    ],
)
@pytest.mark.parametrize("reach", Reach)
def test_a_broken_cache_is_a_problem_with_a_remedy(tmp_path, spoil, reach):
    with asking(tmp_path) as asked:
        asked.ask(crossref.work("10.5555/both"))
    spoil(tmp_path / REPLAY_NAME)
    with pytest.raises(InputError) as caught, asking(tmp_path, reach=reach) as asked:
        asked.ask(crossref.work("10.5555/both"))
    (problem,) = caught.value.problems
    assert REPLAY_NAME in str(problem.place)
    assert "Move it away" in problem.remedy


def altered(path, statement: str) -> None:
    with sqlite3.connect(path) as store:
        store.execute(statement)
    store.close()


def test_a_folder_that_cannot_be_used_is_a_problem_before_anything_is_sent(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises((InputError, OutputError)), asking(tmp_path / "file") as asked:
        asked.ask(crossref.work("10.5555/both"))


def test_where_it_is_kept_is_where_caches_are_kept(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with serving(RECORDED) as replay, open_door(Reach.MISSING, base=replay.base, environment={}) as door:
        door.ask(crossref.work("10.5555/both"))
    assert (tmp_path / REPLAY_NAME).is_file()


def test_where_nothing_is_kept_the_door_still_opens(monkeypatch):
    monkeypatch.setenv(VARIABLE, "")
    with serving(RECORDED) as replay, open_door(Reach.MISSING, base=replay.base, environment={}) as door:
        assert door.ask(crossref.work("10.5555/both")).state is State.FOUND


def keep_twelve(path, name: str) -> None:
    cache = AnswerCache(path, writable=True)
    for at in range(12):
        cache.keep(crossref.work(f"10.5555/{name}-{at}"), 200, b"x" * 20_000, datetime.now(UTC))
    cache.close()


def test_two_processes_keep_their_answers_side_by_side(tmp_path):
    path = tmp_path / CACHE_NAME
    fork = multiprocessing.get_context("fork")
    both = [fork.Process(target=keep_twelve, args=[path, name]) for name in "ab"]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    cache = AnswerCache(path, writable=False)
    kept = [cache.latest(crossref.work(f"10.5555/{name}-{at}")) for name in "ab" for at in range(12)]
    cache.close()
    assert all(kept)


@pytest.mark.slow
def test_what_a_killed_process_left_half_written_is_taken_back(tmp_path):
    with asking(tmp_path) as asked:
        before = asked.ask(crossref.work("10.5555/both"))
    program = """
import os, sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("PRAGMA cache_size = 1")
store.execute("BEGIN")
store.execute("UPDATE answers SET sha256 = ''")
for at in range(50):
    store.execute("INSERT INTO bodies VALUES (?, ?)", (str(at), b"x" * 50_000))
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", program, tmp_path / REPLAY_NAME], check=False)
    assert (tmp_path / f"{REPLAY_NAME}-journal").stat().st_size
    with asking(tmp_path, reach=Reach.KEPT) as asked:
        assert asked.ask(crossref.work("10.5555/both")).sha256 == before.sha256


def test_nothing_is_kept_through_a_door_that_only_reads(tmp_path):
    with open_door(folder=tmp_path, environment={}) as door, pytest.raises(ValueError, match="read"):
        door.keep(retraction_watch.index(), TABLE, datetime(2026, 11, 2, tzinfo=UTC))


TABLE = b"Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n1,10.5555/a,0,Retraction\n"


def test_a_file_that_the_user_puts_down_is_kept_as_an_answer(tmp_path):
    request, day = retraction_watch.index(), datetime(2026, 11, 2, tzinfo=UTC)
    with open_door(Reach.MISSING, services=(), folder=tmp_path, environment={}) as door:
        assert door.keep(request, b"<html>", day).why is NotAsked.WRONG_FORM
        assert door.ask(request).why is NotAsked.OFFLINE
        assert door.keep(request, TABLE, day).state is State.FOUND
    with open_door(folder=tmp_path, environment={}) as door:
        answer = door.ask(request)
    assert (answer.content, answer.asked, answer.kept) == (TABLE, day, True)


# What leaves the machine


def test_trap_15_a_key_is_sent_and_stands_nowhere_else(tmp_path, monkeypatch):
    """The service repeats what it was sent; no answer, log, cache or fault holds it."""
    sent = []

    def handshake(raw, url):
        sent.append(url.host)
        return raw

    def connect(place, timeout):
        made = socket.socket()
        made.settimeout(timeout)
        made.connect(("127.0.0.1", port))
        return made

    echoes = b'{"id": "https://openalex.org/W1", "display_name": "T", "echo": "%s"}'
    with answering(echoes) as (port, met):
        monkeypatch.setattr("review.network.transport._encrypted", handshake)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("8.8.8.8", 443))])
        monkeypatch.setattr(socket, "create_connection", connect)
        environment = {"OPENALEX_API_KEY": KEY, "NCBI_API_KEY": KEY}
        with open_door(
            Reach.MISSING, folder=tmp_path, environment=environment, sleep=lambda _: None
        ) as door:
            found = door.ask(openalex.by_doi("10.5555/a"))
            fault = door.ask(pubmed.records(["1"]))
            assert KEY not in repr((found, fault, door, door.tallies()))
    assert sent == ["api.openalex.org", "eutils.ncbi.nlm.nih.gov"]
    assert all(f"api_key={KEY}" in request for request in met)
    assert found.state is State.FOUND
    assert b"[key]" in found.content
    assert fault.why is NotAsked.WRONG_FORM
    for path in tmp_path.iterdir():
        assert KEY.encode() not in path.read_bytes()


def test_a_replay_server_is_never_sent_a_key(tmp_path):
    with asking(tmp_path, environment={"NCBI_API_KEY": KEY}) as asked:
        asked.ask(pubmed.records(["9500320"]))
        assert KEY not in asked.log
    assert not any(KEY in str(question) for question in asked.replay.met)


@contextmanager
def answering(body: bytes):
    """A server that answers twice with `body`, in which what it was sent is put."""
    met: list[str] = []

    def run(listener: socket.socket) -> None:
        for _ in range(2):
            connection, _ = listener.accept()
            with connection:
                met.append(connection.recv(65_536).decode())
                content = body.replace(b"%s", met[-1].split(" ")[1].encode())
                length = str(len(content)).encode()
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Length: " + length + b"\r\n\r\n" + content
                )

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=run, args=[listener], daemon=True).start()
        yield listener.getsockname()[1], met


def test_every_request_stands_in_the_log_also_one_that_came_to_nothing(tmp_path):
    with asking(tmp_path) as asked:
        asked.ask(trials.study("NCT00009113"))
        asked.ask(pubmed.records(["99000016"]))
        asked.ask(crossref.updates_of("10.5555/a,b"))
    lines = [json.loads(line) for line in asked.log.splitlines()]
    assert [(line["service"], line["status"], bool(line["fault"])) for line in lines] == [
        ("clinicaltrials", 301, False),
        ("clinicaltrials", 200, False),
        ("pubmed", 200, True),
    ]
    assert lines[0]["path"].endswith("/studies/NCT00009113")
    assert lines[2]["parameters"] == {
        "db": "pubmed",
        "id": "99000016",
        "retmode": "xml",
        "tool": "evidence-review",
    }
    assert len(asked.replay.met) == len(lines)


def test_nothing_is_sent_where_the_log_cannot_be_written(tmp_path):
    (tmp_path / "requests.log").mkdir()
    with pytest.raises(OutputError), asking(tmp_path) as asked:
        asked.ask(crossref.work("10.5555/both"))


# Pages


def test_a_search_is_followed_to_its_end(asked):
    found = gathered(asked.door, pubmed.search("capsaicin pages", size=2), pubmed.read_hits)
    assert (found.ids, found.count, found.is_whole) == (("99000003", "99000004", "99000005"), 3, True)
    found = gathered(asked.door, crossref.search("capsaicin patch", size=2), crossref.read_hits)
    assert found.ids == ("10.5555/one", "10.5555/two", "10.5555/three")
    assert found.is_whole
    request = trials.search("neuropathic pain", "capsaicin", size=1)
    found = gathered(asked.door, request, trials.read_hits)
    assert (found.ids, found.count) == (("NCT99999901", "NCT99999902"), 2)


def test_trap_19_a_missing_or_equal_cursor_is_the_end_whatever_the_count_says(asked):
    found = gathered(asked.door, europe_pmc.search("capsaicin patch", size=2), europe_pmc.read_hits)
    assert found.ids == ("MED:99000003", "MED:99000004", "PPR:PPR990021")
    assert (found.count, found.is_whole) == (5, True)
    found = gathered(asked.door, europe_pmc.search("capsaicin circle", size=2), europe_pmc.read_hits)
    assert found.ids == ("MED:99000003", "MED:99000004")
    assert len(found.answers) == 2


def test_a_search_that_was_stopped_or_broke_off_is_not_whole(asked):
    request = pubmed.search("capsaicin pages", size=2)
    for limit, ids in ((1, 1), (2, 2)):
        found = gathered(asked.door, request, pubmed.read_hits, limit=limit)
        assert (len(found.ids), found.is_whole) == (ids, False)
    assert gathered(asked.door, request, pubmed.read_hits, limit=3).is_whole
    broken = gathered(asked.door, pubmed.search("capsaicin error"), pubmed.read_hits)
    assert not broken.is_whole
    assert broken.answers[-1].state is State.NOT_ASKED
    none = gathered(asked.door, pubmed.search("capsaicinn[NoSuchField]"), pubmed.read_hits)
    assert (none.ids, none.is_whole) == ((), True)
    assert none.warnings[0] == "not found: capsaicinn"


def test_trap_2_a_search_that_is_too_large_is_asked_in_parts_by_day_of_entry(tmp_path):
    """12,000 records, all of two days: no part has more than 9,000, and every record comes once."""
    days = {"2020/05/01": range(0, 7_000), "2020/05/02": range(7_000, 12_000)}
    folder = tmp_path / "more"
    pending, at = [pubmed.search("all of it", size=10_000)], 0
    while pending:
        request = pending.pop()
        asked = dict(request.parameters)
        since, until = asked.get("mindate", "0"), asked.get("maxdate", "9")
        ids = [str(i) for day, numbers in days.items() if since <= day <= until for i in numbers]
        if len(ids) > pubmed.MOST:
            pending += pubmed.halves(request)
        result = {"count": str(len(ids)), "idlist": ids[: pubmed.LARGEST_PAGE - 1]}
        record(folder, f"{at:03}", request.text, json.dumps({"esearchresult": result}))
        at += 1
    with asking(tmp_path, recorded=[folder]) as asked:
        found = gathered(asked.door, pubmed.search("all of it", size=10_000), pubmed.read_hits, 20_000)
        few = gathered(asked.door, pubmed.search("all of it", size=10_000), pubmed.read_hits, 500)
    assert found.count == 12_000
    assert sorted(map(int, found.ids)) == list(range(12_000))
    assert found.is_whole
    assert (len(few.ids), few.is_whole, len(few.answers)) == (500, False, 1)


def test_trap_2_what_lies_on_one_day_and_is_too_large_is_told_as_not_whole(tmp_path):
    day = datetime(2020, 5, 1, tzinfo=UTC).date()
    request = pubmed.search("all of it", day, day, size=10_000)
    ids = [str(at) for at in range(9_999)]
    result = {"count": "12000", "idlist": ids}
    record(tmp_path / "more", "day", request.text, json.dumps({"esearchresult": result}))
    with asking(tmp_path, recorded=[tmp_path / "more"]) as asked:
        found = gathered(asked.door, request, pubmed.read_hits, 20_000)
    assert (len(found.ids), found.is_whole) == (9_999, False)
    assert pubmed.halves(request) is None


# The recorded answers


def test_every_recorded_answer_is_one():
    answers = recorded([RECORDED])
    assert len(answers) >= 40
    assert {answer.question.service for answer in answers} == set(Service)
    assert KEY not in str(answers)


def test_no_test_reaches_the_network():
    for reach in (socket.create_connection, lambda place: socket.socket().connect_ex(place)):
        with pytest.raises(RuntimeError, match="no test uses the network"):
            reach(("192.0.2.1", 443))


# The real services


def test_the_recorded_shapes_hold_the_recorded_answers(capsys):
    """What `make live` does, with the replay server in place of the services."""
    with serving(RECORDED) as replay:
        assert live.main({"REVIEW_SERVICES_AT": replay.base}, lambda _: None) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(live.QUESTIONS)
    assert all(line.endswith(": found") for line in told)


def test_a_shape_that_changed_is_told(tmp_path, capsys):
    for path in RECORDED.glob("*.http"):
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b'"updated-by"', b'"updates"'))
    with serving(tmp_path) as replay:
        assert live.main({"REVIEW_SERVICES_AT": replay.base}, lambda _: None) == 1
    assert "no .message.updated-by[].DOI: str" in capsys.readouterr().out


def test_a_service_that_cannot_be_asked_is_told_of_each(capsys):
    with serving() as replay:
        assert live.main({"REVIEW_SERVICES_AT": replay.base}, lambda _: None) == 10
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(live.QUESTIONS)
    assert all(": not-asked: " in line for line in told)


# The document


DOCUMENT = (RECORDED.parents[2] / "docs" / "services.md").read_text("utf-8")


@pytest.mark.parametrize("service", Service)
def test_the_table_of_the_document_is_that_of_the_code(service):
    terms_ = TERMS[service]
    row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| {terms_.title} |"))
    _, _, host, _, pace, key, _, _ = (cell.strip() for cell in row.split("|"))
    assert host == f"`{terms_.host}`"
    paces = [f"{terms_.per_second:g}"]
    paces += [f"{terms_.per_second_with_key:g} with a key"] if terms_.per_second_with_key else []
    paces += [f"lists {terms_.lists_per_second:g}"] if terms_.lists_per_second else []
    assert pace == "; ".join(paces)
    assert key == (f"`{terms_.key_variable}`" if terms_.key_variable else "none")


def test_the_document_names_every_reason():
    names = " ".join(line.split("|")[1] for line in DOCUMENT.splitlines() if line.startswith("| "))
    assert [why for why in NotAsked if why not in names] == []


def test_the_example_of_the_document_works_as_written(capsys, monkeypatch):
    monkeypatch.chdir(RECORDED.parents[2])
    exec(DOCUMENT.partition("```python\n")[2].partition("```")[0], {})
    assert capsys.readouterr().out == "found retraction 2019-07-26 retraction-watch\n"


@pytest.mark.slow
def test_the_replay_server_says_how_it_is_used(tmp_path):
    line = DOCUMENT.partition("```sh\n")[2].partition("\n")[0]
    command = [sys.executable, *line.split()[1:], "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=RECORDED.parents[2])
    try:
        variable, _, base = server.stdout.readline().removeprefix("export ").strip().partition("=")
        with open_door(Reach.MISSING, folder=tmp_path, environment={variable: base}) as door:
            assert door.ask(crossref.work("10.5555/both")).state is State.FOUND
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()
