"""What a part gives, and what the parts give together, against the same counted in the plainest way."""

import json
from collections import Counter, defaultdict
from html import unescape

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.dossier.suggestions import as_row, suggestions, suggestions_of_all
from review.ingest.reading import canonical_text
from review.language.lineage import comparable
from review.model.errors import InFile
from review.scan import spill, totals
from review.scan.corpora.corpus import cut_corpus
from review.scan.folder import ScanFolder
from review.scan.summary import SUGGESTED, summary_files
from review.scan.tables import counted
from review.scan.totals import write_totals
from review.scan.work import claim_row, scan_part

SHARED = "Exosomes contain growth factors that wake up dormant follicles in every patient."
TEXTS = {
    "https://www.one.example/a": f"{SHARED}\nThere are no side effects at all.\n",
    "https://one.example/b": f"{SHARED}\nResults last for 12 months or more.\n",
    "https://two.example/a": f"{SHARED.upper()}\nWe are open on Sundays.\n",
    "https://three.example/a": "It has been clinically shown to regrow hair in men.\n",
}


def corpus_file(path, pages):
    lines = [json.dumps({"url": url, "text": text}) for url, text in pages]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def scanned(tmp_path, review, pages, size=2):
    """Scan in this process, and bring together; gives the folder and the totals."""
    corpus = cut_corpus(corpus_file(tmp_path / "pages.jsonl", pages), size)
    folder = ScanFolder(tmp_path / "scan", counted(review.lexicon.screen.flags))
    with folder.taken():
        for part in corpus.parts:
            scan_part(part, review, folder, f"key {part.number}")
        return folder, write_totals(folder, corpus.parts, corpus.problems), corpus


def rows(path):
    return pq.read_table(path).to_pylist()


@pytest.fixture(scope="module")
def done(tmp_path_factory, review):
    return scanned(tmp_path_factory.mktemp("scan"), review, TEXTS.items())


def test_a_scan_says_of_the_real_pages_what_suggest_says(tmp_path, review):
    pages = [review.evidence.pages[key] for key in ("clinic-brochure", "clinic-faq")]
    real = [(f"https://{page.page}.example/", page.text) for page in pages]
    folder, _, corpus = scanned(tmp_path, review, real, size=10)
    found = defaultdict(list)
    for row in rows(folder.table(corpus.parts[0], "claims")):
        found[row["url"]].append(row)
    for url, text in real:
        expected = [claim_row(one) for one in suggestions(canonical_text(text, url)[0], review)]
        assert len(found[url]) == len(expected) > 0
        for row, claim in zip(found[url], expected, strict=True):
            assert {name: row[name] for name in claim} == pytest.approx(claim)


def test_pages_read_together_say_what_each_says_alone(review):
    texts = [*TEXTS.values(), review.evidence.pages["clinic-brochure"].text]
    together = suggestions_of_all([*texts, texts[0]], review)
    alone = [suggestions(text, review) for text in texts]
    assert [list(map(as_row, page)) for page in together] == [
        list(map(as_row, page)) for page in [*alone, alone[0]]
    ]


def test_sites_are_counted_as_their_pages_say(done):
    folder, found, corpus = done
    claims = [row for part in corpus.parts for row in rows(folder.table(part, "claims"))]
    sites = {row["site"]: row for row in rows(folder.path / "sites.parquet")}
    assert {site: row["pages"] for site, row in sites.items()} == {
        "one.example": 2,
        "three.example": 1,
        "two.example": 1,
    }
    names = folder.counts
    for site, row in sites.items():
        own = [claim for claim in claims if claim["site"] == site]
        counts = Counter(claims=len(own))
        for claim in own:
            counts.update([claim["match"], claim["suggested_verdict"], *claim["flags"].split()])
        assert {name: row[name] for name in names} == {name: counts[name] for name in names}
    assert found.counts["claims"] == len(claims) > 0
    assert (found.pages, found.sites) == (4, 3)


def test_a_passage_on_two_sites_is_a_group_with_its_places(done):
    folder, found, _ = done
    shared = rows(folder.path / "lineage.parquet")
    assert [row["url"] for row in shared] == list(TEXTS)[:3]
    assert {(row["pages"], row["sites"]) for row in shared} == {(3, 2)}
    for row in shared:
        assert TEXTS[row["url"]][row["start"] : row["end"]] == row["quote"]
    assert (found.groups, found.shared) == (1, 3)


def test_the_summary_says_that_nobody_has_accepted_anything(done):
    _, found, corpus = done
    made_from = {"as_of": "2026-11-21", "evidence": "e", "code": "c"}
    files = summary_files(found, len(corpus.parts), made_from, ())
    assert SUGGESTED in unescape(files["summary.html"].decode())
    assert json.loads(files["summary.json"])["notice"] == SUGGESTED
    assert json.loads(files["summary.json"])["counts"]["claims"] == found.counts["claims"]


def test_of_pages_with_one_address_the_first_counts_and_the_others_are_told(tmp_path, review):
    pages = list(TEXTS.items())
    folder, found, _ = scanned(tmp_path, review, [*pages, pages[0], pages[3], pages[0]])
    assert (found.pages, found.problems) == (4, 3)
    told = rows(folder.path / "problems.parquet")
    assert [row["place"] for row in told] == ["pages.jsonl:5", "pages.jsonl:6", "pages.jsonl:7"]
    assert {row["what"] for row in told} == {
        "the address was met before; only the first of its pages counts"
    }
    assert len(rows(folder.path / "lineage.parquet")) == 3


def test_what_cannot_be_read_is_told_with_its_place_and_the_rest_is_read(tmp_path, review):
    pages = [
        ("no address", "Exosomes regrow hair."),
        ("https://a.example/", "\0\1\2\3\4\5\6\7\x08\x0e\x0f"),
        ("https://b.example/", "Exosomes regrow hair."),
        ("https://c.example/", "Hair. " * 400_000),
    ]
    folder, found, corpus = scanned(tmp_path, review, pages)
    told = rows(folder.path / "problems.parquet")
    assert [row["place"] for row in told] == ["pages.jsonl:1", "pages.jsonl:2", "pages.jsonl:4"]
    assert ["host" in told[0]["what"], told[1]["what"], "larger" in told[2]["what"]] == [
        True,
        "no text was found",
        True,
    ]
    assert found.pages == 1
    again = write_totals_with_file_problem(folder, corpus)
    assert again.first_problems[0]["place"] == "a.warc"


def test_a_record_that_is_no_page_is_told_with_its_line(tmp_path, review):
    path = corpus_file(tmp_path / "pages.jsonl", [("https://a.example/", "Exosomes regrow hair.")])
    path.write_text(path.read_text("utf-8") + "not json\n", "utf-8")
    corpus, folder = (
        cut_corpus(path, 5),
        ScanFolder(tmp_path / "scan", counted(review.lexicon.screen.flags)),
    )
    with folder.taken():
        scan_part(corpus.parts[0], review, folder, "key")
    (row,) = rows(folder.table(corpus.parts[0], "problems"))
    assert (row["place"], row["what"]) == ("pages.jsonl:2", "this is no line of JSON")


def write_totals_with_file_problem(folder, corpus):
    with folder.taken():
        fault = "it is damaged"
        return write_totals(folder, corpus.parts, [InFile("a.warc").problem(fault, remedy="Fetch it.")])


def test_a_damaged_table_or_record_is_scanned_again(done):
    folder, _, corpus = done
    part = corpus.parts[0]
    assert folder.is_done(part, "key 0")
    assert not folder.is_done(part, "another key")
    table = folder.table(part, "claims")
    content = table.read_bytes()
    table.write_bytes(content[:-1])
    assert not folder.is_done(part, "key 0")
    table.write_bytes(content)
    assert folder.is_done(part, "key 0")
    record = folder.path / "parts" / f"{part.name}.json"
    said = record.read_text()
    for broken in ("", "[]", '{"key": "key 0"}'):
        record.write_text(broken)
        assert not folder.is_done(part, "key 0")
    record.write_text(said)


_WORDS = st.sampled_from("exosomes regrow hair in every patient within weeks".split())
_SENTENCES = st.lists(_WORDS, min_size=6, max_size=7).map(
    lambda words: " ".join(words).capitalize() + "."
)


@settings(max_examples=10)
@given(st.lists(st.lists(_SENTENCES, min_size=1, max_size=4), min_size=1, max_size=12))
def test_groups_and_sites_are_the_same_however_little_memory_there_is(tmp_path_factory, review, texts):
    pages = [(f"https://site-{n % 4}.example/{n}", " ".join(text)) for n, text in enumerate(texts)]
    places = defaultdict(set)
    for url, text in pages:
        for _, words in comparable(f"{text}\n"):
            places[words].add(url)
    shared = {
        words: urls for words, urls in places.items() if len({url.split("/")[2] for url in urls}) > 1
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spill, "ROWS", 5)
        patch.setattr(totals, "IN_SUMMARY", 1)
        folder, found, _ = scanned(tmp_path_factory.mktemp("few"), review, pages, size=3)
    assert found.groups == len(shared)
    groups = defaultdict(set)
    for row in rows(folder.path / "lineage.parquet"):
        groups[row["group"]].add(row["url"])
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, shared.values()))
    assert sum(row["pages"] for row in rows(folder.path / "sites.parquet")) == len(pages)
