"""`review suggest` as a user types it, and the suggestions behind it."""

import hashlib
import json
from dataclasses import replace
from itertools import pairwise

import pytest
from commands import run_review
from sklearn.linear_model import LogisticRegression

from review.dossier.suggestions import (
    _learnt_before,
    _left_out,
    _models,
    _Training,
    importance,
    suggestions,
)
from review.language.claims.overlap import pairing
from review.language.sentences import Span
from review.model.vocabulary import Match, Severity, Verdict
from review.store.cache import VARIABLE, keep

KEYS = [
    "start", "end", "quote", "category", "wording", "polarity", "checkworthy", "flags", "proposition",
    "match", "probability", "reason", "verdict", "standing", "importance", "found_by",
]  # fmt: skip


def suggest(*arguments, cwd):
    return run_review("suggest", *arguments, cwd=cwd)


def digests(folder) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def faq(review):
    return suggestions(review.evidence.pages["clinic-faq"].text, review)


def test_json_quotes_the_page_and_writes_nothing(project):
    before = digests(project / "evidence")
    done = suggest("clinic-brochure", "--json", cwd=project)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    text = (project / "evidence" / "pages" / "clinic-brochure.txt").read_bytes().decode()
    assert len(rows) > 40
    for row in rows:
        assert list(row) == KEYS
        assert row["quote"] == text[row["start"] : row["end"]]
        assert 0 <= row["checkworthy"] <= 1
        assert 0 <= row["probability"] <= 1
        assert (row["proposition"] == "") == (row["match"] == "new")
        assert (row["verdict"] is None) == (row["match"] != "known")
    assert digests(project / "evidence") == before


def test_a_text_file_is_listed_in_order_of_importance(project, tmp_path):
    path = tmp_path / "new.txt"
    path.write_text(
        "Are there risks?\n\nThere are no contraindications for exosome injections. \u202eExosomes "
        "regrow hair in 95% of men, and the treatment is 100% safe.\n\nContact us today!\n",
        "utf-8",
    )
    one = suggest(path, cwd=project)
    assert one.returncode == 0, one.stderr
    assert "known" in one.stdout
    assert "denies: Exosome injections have contraindications." in one.stdout
    assert "contradicted: " in one.stdout
    assert "Contact us" not in one.stdout
    assert "\u202e" not in one.stdout
    scores = [float(line.split()[0]) for line in one.stdout.splitlines() if line[:1].isdigit()][:-1]
    assert scores == sorted(scores, reverse=True)
    assert one.stdout.splitlines()[-1].endswith("suggestions; a named person decides")


@pytest.mark.parametrize(
    ("page", "code", "what"),
    [
        ("clinic-fax", 4, "Did you mean 'clinic-faq'?"),
        ("nowhere.txt", 5, "cannot be read"),
        ("bad.txt", 5, "not UTF-8"),
    ],
)
def test_a_wrong_page_is_explained(project, tmp_path, page, code, what):
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe")
    done = suggest(page, "--evidence", project / "evidence", cwd=tmp_path)
    assert done.returncode == code
    assert what in done.stderr
    assert "Traceback" not in done.stderr


def test_too_little_to_learn_from_is_told_and_every_sentence_suggested(folder):
    done = suggest("home", "--evidence", folder, cwd=folder)
    assert done.returncode == 0
    assert "too few marked claims to learn from: every sentence" in done.stderr
    assert "3 suggestions; a named person decides" in done.stdout


def test_suggestions_stand_in_order_and_never_overlap(faq):
    assert all(a.end <= b.start for a, b in pairwise(faq))


def test_the_page_that_is_read_was_left_out_and_most_of_it_is_found(review, faq):
    marked = [c for c in review.evidence.claims.values() if c.page == "clinic-faq"]
    found = len(pairing([Span(s.start, s.end) for s in faq], [Span(c.start, c.end) for c in marked]))
    assert found / len(marked) > 0.65
    assert found / len(faq) > 0.65
    own = {claim.proposition for claim in marked}
    elsewhere = {c.proposition for c in review.evidence.claims.values() if c.page != "clinic-faq"}
    assert not {one.proposition for one in faq} & (own - elsewhere)


def test_the_same_page_always_gives_the_same(review, faq):
    assert suggestions(review.evidence.pages["clinic-faq"].text, review) == faq


def test_only_a_page_with_claims_is_left_out_of_what_is_learnt(review):
    """To leave out what nothing is learnt from would mean to learn again for every new page."""
    evidence = review.evidence
    text = evidence.pages["clinic-faq"].text
    claims = {key: claim for key, claim in evidence.claims.items() if claim.page != "clinic-faq"}
    unmarked = replace(review, evidence=replace(evidence, claims=claims))
    assert _left_out(text, review) == {"clinic-faq"}
    assert _left_out(text, unmarked) == frozenset()


@pytest.fixture
def new_cache(tmp_path, monkeypatch):
    """A cache folder in which nothing is, and nothing kept in memory either."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    _models.cache_clear()
    yield tmp_path / "cache"
    _models.cache_clear()


def test_the_command_gives_the_same_bytes_with_and_without_a_cache(project, tmp_path):
    ways = {"none": "", "new": str(tmp_path / "cache"), "used": str(tmp_path / "cache")}
    given = {
        way: run_review("suggest", "surgeon-blog", "--json", cwd=project, **{VARIABLE: folder})
        for way, folder in ways.items()
    }
    assert len(given["none"].stdout.splitlines()) > 40
    assert given["none"].stdout == given["new"].stdout == given["used"].stdout
    assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.fixture(scope="module")
def two_pages(review):
    """The review with two marked pages: what is learnt from them takes a part of the time."""
    marked = [*review.evidence.pages][:2]
    claims = {key: claim for key, claim in review.evidence.claims.items() if claim.page in marked}
    # Of a digest of its own: by it is kept what is learnt, and all tests share what is kept.
    return replace(review, evidence=replace(review.evidence, claims=claims, digest="two pages"))


NEW = "Exosomes regrow hair in 95% of men.\nThere are no side effects.\nResults last for 12 months.\n"


@pytest.fixture(scope="module")
def learnt(two_pages):
    return suggestions(NEW, two_pages)


def test_what_was_learnt_once_is_not_learnt_again(two_pages, learnt, new_cache, monkeypatch):
    assert learnt
    assert suggestions(NEW, two_pages) == learnt
    _models.cache_clear()
    monkeypatch.setattr(LogisticRegression, "fit", None)
    assert suggestions(NEW, two_pages) == learnt
    (path,) = new_cache.iterdir()
    path.unlink()
    _models.cache_clear()
    with pytest.raises(TypeError):
        suggestions(NEW, two_pages)


@pytest.mark.parametrize(
    "content", [b"{}", b"[1", b'{"claims":{},"ranking":{}}', b"[" * 100_000, b"\x80\x04K\x01."]
)
def test_what_another_program_has_kept_is_not_read(new_cache, content):
    keep("0" * 64, content)
    assert _learnt_before("0" * 64) is None


def test_what_another_program_has_kept_is_learnt_anew(two_pages, learnt, new_cache):
    keep(_Training(two_pages.evidence.digest, frozenset(), two_pages.evidence).key, b"{}")
    (path,) = new_cache.iterdir()
    foreign = path.read_bytes()
    assert suggestions(NEW, two_pages) == learnt
    assert path.read_bytes() != foreign


@pytest.mark.parametrize("name", ["code_digest", "version"])
def test_other_evidence_code_or_libraries_learn_anew(review, monkeypatch, name):
    training = _Training(review.evidence.digest, frozenset(), review.evidence)
    before = training.key
    assert training.key == before
    assert replace(training, digest="other evidence").key != before
    assert replace(training, left_out=frozenset({"clinic-faq"})).key != before
    monkeypatch.setattr(f"review.dossier.suggestions.{name}", lambda *_: "another")
    assert training.key != before


def test_the_verdict_of_a_known_claim_is_there_at_once(review, faq):
    (one,) = [s for s in faq if s.quote.startswith("There are no contraindications")]
    assert one.match is Match.KNOWN
    assert one.verdict is Verdict.CONTRADICTED
    assert one.standing == review.standing(one.proposition).label
    assert one.flags == ("US08",)


def test_importance_is_checkworthy_times_flagged_times_new():
    assert importance(0.5, [], Match.KNOWN) == 0.5
    assert importance(0.5, [Severity.REVIEW], Match.KNOWN) == 0.75
    assert importance(0.5, [Severity.REVIEW, Severity.BLOCK], Match.KNOWN) == 1.0
    assert importance(0.5, [Severity.BLOCK], Match.NEW) == 1.5
    assert importance(0.5, [], Match.PERHAPS) == 0.625
