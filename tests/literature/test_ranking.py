"""Ranking: properties that must hold whatever the corpus."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.literature.paper import Paper
from review.literature.ranking import Index
from review.literature.search import answers
from review.literature.words import grams, stems
from review.model.errors import InFile

WORDS = "hair exosome minoxidil growth scalp trial mouse the of in increases vitamin D3 不 é".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
CORPORA = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8)


def paper(key: str, title: str, abstract: str = "") -> Paper:
    return Paper(key, title, abstract, InFile("x", 1))


def papers(corpus) -> list[Paper]:
    return [paper(f"p{number:02d}", *texts) for number, texts in enumerate(corpus)]


@settings(max_examples=60)
@given(CORPORA, TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_corpus_never_matters(corpus, claim, random):
    given_papers = papers(corpus)
    shuffled = random.sample(given_papers, len(given_papers))
    assert Index(given_papers).hits(claim, 5) == Index(shuffled).hits(claim, 5)


@settings(max_examples=60)
@given(CORPORA, TEXTS)
def test_a_paper_with_the_claim_word_for_word_comes_first(corpus, claim):
    whole = f"{claim} scalp"
    quoting = paper("zz", "Another matter", f"Long words before. {whole.upper()}. " + "And after. " * 30)
    (first, *_) = Index([*papers(corpus), quoting]).hits(f"{whole}.", 10)
    assert first.verbatim
    assert whole.lower() in f"{first.paper.title}\n{first.paper.abstract}".lower()


@settings(max_examples=60)
@given(CORPORA, TEXTS)
def test_scores_fall_ranks_rise_and_every_paper_shares_a_word(corpus, claim):
    hits = Index(papers(corpus)).hits(claim, 10)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    keys = [(not hit.verbatim, -hit.score, hit.paper.key) for hit in hits]
    assert keys == sorted(keys)
    for hit in hits:
        assert set(stems(claim)) & set(stems(f"{hit.paper.title} {hit.paper.abstract}"))
        assert hit.sentence in hit.paper.sentences


def test_equal_papers_go_by_key():
    same = [paper(key, "Minoxidil and hair") for key in ("c", "a", "b")]
    hits = Index([*same, paper("d", "Something else")]).hits("minoxidil grows hair", 10)
    assert [hit.paper.key for hit in hits] == ["a", "b", "c"]
    assert len({hit.score for hit in hits}) == 1


def test_why_a_paper_was_found():
    corpus = [
        paper("a", "Minoxidil", "Weather was fine. Minoxidil increased hair counts. It rained."),
        paper("b", "Weather", "It rained on the roof."),
    ]
    (hit,) = Index(corpus).hits("Does minoxidil increase hairs?", 10)
    assert hit.paper.key == "a"
    assert hit.matched == ("minoxidil", "increase", "hairs")
    assert hit.sentence == "Minoxidil increased hair counts."


def test_words_are_weighed_by_the_published_formula():
    """BM25 (Robertson and Zaragoza 2009) in Lucene's form, k1 1.5 and b 0.75; titles count twice."""
    corpus = [
        paper("a", "Minoxidil", "Hair grew."),
        paper("b", "Minoxidil", "Hair grew. " + "The weather of the season was noted each day. " * 4),
        paper("c", "Weather", "Minoxidil was named once. Rain fell on roofs and roads."),
        paper("d", "Roofs and roads", "Rain fell."),
    ]
    texts = [stems(f"{one.title} {one.title} {one.abstract}") for one in corpus]
    (word,) = stems("minoxidil")
    mean_length = np.mean([len(text) for text in texts])
    holding = sum(word in text for text in texts)
    rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
    scores = np.array([
        rarity * text.count(word)
        / (text.count(word) + 1.5 * (1 - 0.75 + 0.75 * len(text) / mean_length))
        for text in texts
    ])  # fmt: skip
    expected = (scores - scores.mean()) / scores.std()
    hits = {hit.paper.key: hit.signals["words"] for hit in Index(corpus).hits("minoxidil", 10)}
    assert hits == pytest.approx(dict(zip("abc", expected, strict=False)), abs=1e-3)
    assert hits["a"] > hits["c"] > hits["b"], "a long text must name a word more often than a short one"


def test_letters_join_what_stems_keep_apart():
    corpus = [
        paper("a", "Microerythrocytes in anaemia of children"),
        paper("b", "Platelets in anaemia of children"),
    ]
    assert Index(corpus).hits("erythrocytes and anaemia of children", 1)[0].paper.key == "a"
    assert not set(stems("microerythrocyte")) & set(stems("erythrocytes"))
    assert set(grams("microerythrocyte")) & set(grams("erythrocytes"))


def test_an_empty_corpus_and_a_claim_of_stop_words_find_nothing():
    assert Index([]).hits("hair", 5) == []
    assert Index([paper("a", "the of")]).hits("the of", 5) == []


def test_a_hostile_text_is_text():
    evil = paper("a", "=cmd|' /C calc'!A0 <script>hair</script>", "x" * 90_000 + " \u202e hair")
    (answer,) = answers("hair", [evil], 5)
    assert answer.fields["matched"] == ["hair"]


def test_the_library_answers_a_claim_of_a_page(review):
    from review.literature.library import library_papers

    corpus = library_papers(review.evidence)
    assert len(corpus) == len(review.evidence.references)
    index = Index(corpus)
    for key, study in list(review.evidence.studies.items())[::20]:
        title = next(one.title for one in corpus if one.key == key)
        (first, *_) = index.hits(title, 3)
        assert first.paper.key == key
        assert (first.paper.checked, first.paper.design) == (study.checked, study.design)
