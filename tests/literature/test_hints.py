"""Hints on kind and stance: what is plain is said with its words, the rest is left open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.literature.kind import KIND_OF_DESIGN, StudyKind, kind_of, suggested_kind
from review.literature.paper import Paper
from review.literature.stance import SURE, Leaning, suggested_stance
from review.model.errors import InFile
from review.model.vocabulary import Design, Species


@pytest.mark.parametrize(
    ("kind", "title", "abstract"),
    [
        (StudyKind.TRIAL, "Minoxidil in men: a randomised, double-blind, placebo-controlled trial", ""),
        (StudyKind.REVIEW, "Microneedling for hair loss: a systematic review and meta-analysis", ""),
        (
            StudyKind.NARRATIVE,
            "Exosomes in dermatology: an overview",
            "This review discusses recent advances.",
        ),
        (StudyKind.ANIMAL, "Exosomes promote hair growth in C57BL/6 mice", "Mice were shaved."),
        (
            StudyKind.CELLS,
            "Vesicles and dermal papilla cells in vitro",
            "Cultured cells were incubated.",
        ),
        (
            StudyKind.CASES,
            "Hair loss after surgery: a case report",
            "We report a case of a 43-year-old woman.",
        ),
        (
            StudyKind.PROTOCOL,
            "Laser for hair loss: study protocol for a randomised controlled trial",
            "",
        ),
        (
            StudyKind.OTHER_HUMAN,
            "Smoking and baldness: a cross-sectional study",
            "740 men answered a questionnaire.",
        ),
        (None, "Hair", "It grows on the head."),
    ],
)
def test_plain_titles(kind, title, abstract):
    given_kind = suggested_kind(title, abstract)
    assert given_kind.kind is kind
    assert all(words in f"{title} {abstract}".lower() for words in given_kind.because)
    assert bool(given_kind.because) is (kind is not None)


def test_two_kinds_that_come_close_are_left_open_and_named():
    found = suggested_kind("Peptides in vitro and in mice", "")
    assert found.kind is None
    assert len(found.because) > 1


def test_an_index_word_comes_before_words_and_a_record_before_both():
    paper = Paper(
        "a", "A narrative review", "", InFile("x", 1), publication_types=("Review", "Meta-Analysis")
    )
    assert kind_of(paper).kind is StudyKind.REVIEW
    recorded = Paper("a", "A trial in mice", "", InFile("x", 1), design=Design.COHORT)
    assert kind_of(recorded).kind is StudyKind.OTHER_HUMAN
    assert kind_of(recorded).because == ("recorded as cohort",)


def test_every_design_of_a_study_has_a_kind():
    documents = {Design(word) for word in DOCUMENTS.split()}
    assert set(Design) - set(KIND_OF_DESIGN) == documents
    assert suggested_kind("A study protocol", "").species is Species.HUMAN


DOCUMENTS = """
guideline label regulation regulator-notice registry-entry standards-document reference-data news opinion
web-page search-finding regulator-approval reference-work own-document not_reported
"""


def even(_stem: str) -> float:
    return 1.0


def test_a_paper_on_something_else_is_not_about_it():
    hint = suggested_stance(
        "Minoxidil increases hair density in men", ["Volcanoes", "Lava cools."], even
    )
    assert hint.suggested is Leaning.NOT_ABOUT


def test_support_is_said_with_its_sentence():
    sentences = ["Minoxidil in men", "Weather varied.", "Minoxidil increases hair density in men."]
    hint = suggested_stance("Minoxidil increases hair density in men", sentences, even)
    assert hint.suggested is Leaning.SUPPORTS
    assert hint.sentence == sentences[2]


def test_what_is_half_about_it_is_left_open():
    hint = suggested_stance("Minoxidil increases hair density in men", ["Hair density in women"], even)
    assert hint.suggested is None
    assert hint.probability < SURE


def test_the_opposite_direction_speaks_against():
    claim = "Smoking increases the density of hair"
    agreeing, opposing = (
        suggested_stance(claim, [f"Smoking {verb} the density of hair."], even)
        for verb in ("increases", "decreases")
    )
    assert agreeing.likeliest is Leaning.SUPPORTS
    assert opposing.likeliest is Leaning.CONTRADICTS


@given(st.text(max_size=80), st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_any_text_gets_a_probability_and_one_of_its_own_sentences(claim, sentences):
    hint = suggested_stance(claim, sentences, even)
    assert 1 / 3 <= hint.probability <= 1
    assert hint.sentence in sentences
