"""`review literature find` and `watch` as a user types them; a server stands for the services."""

import csv
import io
import os
import pty
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta

import pytest
from peels import (
    HARM,
    PROPOSITION,
    RECORDED,
    SEARCHES,
    run_literature,
    search_row,
    write_answers,
    write_peels,
)
from test_finding import article, search_of

from review.commands.literature.sending import agreed
from review.literature.find import worded
from review.literature.queries.syntax import Database
from review.literature.readers import read_corpora
from review.literature.services import europe_pmc, pubmed, trials
from review.literature.services.replay import serving
from review.store.clock import utc_now
from review.store.read import read_evidence
from review.store.watch import Watchbook

FIND = ("find", "--proposition", PROPOSITION, "--by", "A. Reader")
ARTICLES = f'<?xml version="1.0"?><PubmedArticleSet>{article(11)}</PubmedArticleSet>'


@pytest.fixture(scope="module")
def replay():
    with serving(RECORDED) as server:
        yield server


def rows_of(folder):
    with (folder / "evidence" / "searches.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_find_shows_the_words_asks_and_writes_hits_and_record(tmp_path, replay):
    write_peels(tmp_path)
    done = run_literature(tmp_path, *FIND, "--send", at=replay.base)
    assert done.code == 0, done.err
    # The words stand there before anything else, as they were sent.
    shown = done.err.split("[PubMed]\n")[1].split("\n")[0]
    assert ("term", shown) in next(q for q in replay.met if q.path == "/esearch.fcgi").parameters
    assert "no address of yours" in done.err
    today = f"{utc_now():%Y-%m-%d}"
    path = tmp_path / "build" / "literature" / f"{PROPOSITION}-{today}.json"
    assert len(read_corpora([path]).papers) == 5
    assert [
        (row["database"], row["hits"], row["duplicates"], row["kept"]) for row in rows_of(tmp_path)
    ] == [
        ("PubMed (replayed)", "3", "0", "not_reported"),
        ("Europe PMC (replayed)", "3", "2", "not_reported"),
        ("ClinicalTrials.gov (replayed)", "1", "0", "not_reported"),
    ]
    assert "records that nobody has looked through 5" in done.out
    again = run_literature(tmp_path, *FIND, "--kept", "--json")
    # Nothing was sent: what was answered is kept, and only by a replay server.
    assert again.code == 10
    replayed = run_literature(tmp_path, *FIND, "--kept", "--json", at="http://127.0.0.1:1")
    assert (replayed.code, replayed.fields["records"], replayed.fields["recorded"]) == (0, 5, 0)
    assert replayed.fields["corpus"].endswith("-2.json")


def test_nothing_is_sent_without_a_terminal_or_send(tmp_path, replay):
    write_peels(tmp_path)
    before = len(replay.met)
    done = run_literature(tmp_path, *FIND, at=replay.base)
    assert done.code == 4
    assert "[Europe PMC]\n" in done.err
    assert "Give --send if they are right." in done.err
    assert len(replay.met) == before
    assert not (tmp_path / "evidence" / "searches.csv").exists()


def test_the_words_can_be_printed_edited_and_given_back(tmp_path, replay):
    write_peels(tmp_path)
    printed = run_literature(tmp_path, "find", "--proposition", PROPOSITION, "--print-query")
    assert printed.code == 0
    words = tmp_path / "words.txt"
    # Edited: two of the three databases are left out.
    words.write_text(printed.out.split("[Europe PMC]")[0], "utf-8")
    edited = ("--query-file", "words.txt", "--out", "hits.json", "--send", "--json")
    done = run_literature(tmp_path, *FIND, *edited, at=replay.base)
    assert done.code == 0
    assert [each["database"] for each in done.fields["databases"]] == ["PubMed"]
    assert "# Not asked: Europe PMC.\n" in done.err
    assert done.fields["databases"][0]["query"] == printed.out.split("[PubMed]\n")[1].split("\n")[0]
    assert [row["database"] for row in rows_of(tmp_path)] == ["PubMed (replayed)"]
    over = run_literature(tmp_path, *FIND, *edited, at=replay.base)
    assert over.code == 6
    assert "hits.json: it is there already" in over.err


def test_free_words_are_asked_for_and_not_recorded(tmp_path):
    write_peels(tmp_path)
    own = write_answers(
        tmp_path / "answers",
        (pubmed.search('"peel"[tiab]'), 200, search_of(1, "11")),
        (pubmed.records(["11"]), 200, ARTICLES),
    )
    with serving(own) as server:
        done = run_literature(
            tmp_path, "find", "the peel", "--database", "pubmed", "--send", at=server.base
        )
    assert done.code == 0, done.err
    assert "not recorded as a search: no --proposition was named" in done.out
    assert not (tmp_path / "evidence" / "searches.csv").exists()


def test_when_every_service_fails_in_another_way_no_search_is_recorded(tmp_path):
    folder = write_peels(tmp_path)
    queries = worded(read_evidence([folder]), "", PROPOSITION, tuple(Database)).queries
    own = write_answers(
        tmp_path / "answers",
        (pubmed.search(queries[Database.PUBMED]), 200, {"esearchresult": {"ERROR": "Search failed"}}),
        (europe_pmc.search(queries[Database.EUROPE_PMC]), 200, "<html>Down for maintenance</html>"),
        (trials.search(words=queries[Database.TRIALS]), 200, '{"totalCount": 5, "stud'),
    )
    with serving(own) as server:
        done = run_literature(tmp_path, *FIND, "--send", at=server.base)
    assert done.code == 10
    assert done.out == ""
    for database in Database:
        assert f"search of {database}: it was not asked" in done.err
    assert not (folder / "searches.csv").exists()
    assert not (tmp_path / "build").exists()


def test_what_came_is_kept_where_one_database_was_not_asked(tmp_path):
    folder = write_peels(tmp_path)
    queries = worded(read_evidence([folder]), "", PROPOSITION, tuple(Database)).queries
    own = write_answers(
        tmp_path / "answers",
        (pubmed.search(queries[Database.PUBMED]), 200, search_of(1, "11")),
        (pubmed.records(["11"]), 200, ARTICLES),
        (trials.search(words=queries[Database.TRIALS]), 200, {"totalCount": 0, "studies": []}),
    )
    with serving(own) as server:
        done = run_literature(tmp_path, *FIND, "--send", "--json", at=server.base)
    assert done.code == 10
    assert "search of Europe PMC: it was not asked" in done.err
    asked = {each["database"]: each["hits"] for each in done.fields["databases"]}
    assert asked == {"PubMed": 1, "Europe PMC": None, "ClinicalTrials.gov": 0}
    assert [row["hits"] for row in rows_of(tmp_path)] == ["1", "0"]


def test_every_mistake_of_a_search_is_told_at_once(tmp_path):
    write_peels(tmp_path)
    done = run_literature(
        tmp_path, "find", "--proposition", "peel-fades", "--proposition", HARM, "--out", "hits.bib"
    )
    assert done.code == 4
    for told in (
        "--by: a search is recorded with who made it",
        "--out: hits.bib does not end in .json",
        f"there is no proposition 'peel-fades'. Did you mean {PROPOSITION!r}?",
        "the words of several propositions are several searches",
    ):
        assert told in done.err
    assert "there is nothing to look for" in run_literature(tmp_path, "find").err
    nothing = run_literature(tmp_path, "find", "of the and")
    assert (nothing.code, "no word of it can be looked for" in nothing.err) == (4, True)
    missing = run_literature(tmp_path, "find", "--query-file", "gone.txt")
    assert (missing.code, "gone.txt: the file cannot be read" in missing.err) == (5, True)


def in_a_terminal(tmp_path, replies, at, **environment):
    """What stands on the screen when a person at a terminal gives `replies`, and the exit code."""
    screen, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "review", "literature", *FIND, "--out", "hits.json"],
        cwd=tmp_path,
        stdin=end,
        stdout=end,
        stderr=end,
        env={
            **os.environ,
            "REVIEW_CACHE_DIR": str(tmp_path / "cache"),
            "REVIEW_SERVICES_AT": at,
            **environment,
        },
    )
    os.close(end)
    os.write(screen, "".join(f"{reply}\n" for reply in replies).encode())
    said = b""
    with suppress(OSError):  # so Linux tells that nobody writes any more
        while piece := os.read(screen, 4096):
            said += piece
    os.close(screen)
    return process.wait(timeout=60), said.decode()


def test_a_person_at_a_terminal_edits_the_words_and_sends_them(tmp_path, replay):
    write_peels(tmp_path)
    editor = tmp_path / "editor"
    # The person keeps the section of PubMed alone.
    editor.write_text('#!/bin/sh\nsed -i "/Europe PMC/,\\$d" "$1"\n', "utf-8")
    editor.chmod(0o755)
    code, said = in_a_terminal(tmp_path, ["edit", "what", "send"], replay.base, EDITOR=str(editor))
    assert code == 0, said
    assert said.count("These words: send, edit or stop?") == 3
    assert "PubMed, 20" in said
    assert [row["database"] for row in rows_of(tmp_path)] == ["PubMed (replayed)"]


class Terminal(io.StringIO):
    """What a person types, or sees."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("typed", "sends"),
    [("\n", False), ("stop\n", False), ("yes\nSEND \n", True), ("edit\nstop\n", False)],
)
def test_only_the_word_send_sends(monkeypatch, typed, sends):
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert agreed(send=False) is sends


# Watch


YESTERDAY = utc_now().date() - timedelta(days=1)
WATCH = ("watch", "--without", "references", "--send")


def written(tmp_path, *rows):
    folder = write_peels(tmp_path)
    (folder / "searches.csv").write_text(SEARCHES + "".join(rows), "utf-8")
    return folder


def answers_on(day: date, count: int) -> tuple:
    found = search_of(count, *["11"][:count])
    return (pubmed.search("peel", day), 200, found), (pubmed.records(["11"]), 200, ARTICLES)


def test_watch_tells_a_scheduler_what_came_of_it(tmp_path):
    folder = written(tmp_path, search_row("PubMed", f"{YESTERDAY}", "peel"))
    since = YESTERDAY - timedelta(days=1)
    with serving(write_answers(tmp_path / "none", *answers_on(since, 0))) as server:
        quiet = run_literature(tmp_path, *WATCH, at=server.base)
    assert quiet.code == 0, quiet.err
    assert "New: 0. Judgements due: 0." in quiet.out
    assert f"[PubMed] since {since}: peel" in quiet.err
    with serving(write_answers(tmp_path / "some", *answers_on(YESTERDAY, 1))) as server:
        new = run_literature(tmp_path, *WATCH, "--format", "json", at=server.base)
    assert new.code == 12, new.err
    (news,) = new.fields["news"]
    assert (news["about"], news["propositions"]) == ("pmid:11", [PROPOSITION])
    assert [each.told for each in Watchbook(folder, is_replay=True).read().news] == [utc_now().date()]
    (text,) = (tmp_path / "build" / "literature").glob("watch-*-2.md")
    assert "## New records: 1" in text.read_text("utf-8")
    corpus = read_corpora(sorted((tmp_path / "build" / "literature").glob("watch-*.json")))
    assert [paper.pmid for paper in corpus.papers] == ["11"]
    # What was told is told once; what could not be asked outranks everything.
    with serving(tmp_path / "none") as server:
        failed = run_literature(tmp_path, *WATCH, "--format", "json", at=server.base)
    assert failed.code == 10
    assert (failed.fields["news"], len(failed.fields["not_asked"])) == ([], 1)


def test_watch_sends_nothing_unasked_and_has_an_end_where_there_is_nothing_to_ask(tmp_path, replay):
    folder = written(tmp_path, search_row("PubMed", f"{YESTERDAY}", "peel"))
    before = len(replay.met)
    done = run_literature(tmp_path, "watch", at=replay.base)
    assert done.code == 4
    assert f"[PubMed] since {YESTERDAY - timedelta(days=1)}: peel" in done.err
    assert len(replay.met) == before
    (folder / "searches.csv").unlink()
    idle = run_literature(tmp_path, "watch", "--format", "json")
    assert (idle.code, idle.fields["searches"]) == (0, 0)


def test_watch_names_what_cannot_be_asked_from_here(tmp_path):
    written(tmp_path, search_row("Embase", f"{YESTERDAY}", "peel"))
    done = run_literature(tmp_path, "watch")
    assert done.code == 10
    assert "searches of Embase: it cannot be asked from here" in done.err
    assert run_literature(tmp_path, "watch", "--without", "Embase").code == 0
