"""What is read from wording alone: sentences, firmness, figures, flags, shared passages."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_lexicon import FIGURES, figure

from review.language.lineage import PageWords, lineages
from review.language.sentences import sentence_spans, sentences
from review.language.wording.firmness import ALLOWED, Firmness, firmness
from review.model.vocabulary import Certainty, Wording

PAGES = Path(__file__).resolve().parents[2] / "evidence" / "pages"


def page(name: str) -> str:
    return (PAGES / f"{name}.txt").read_bytes().decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exosomes help. They are small.", ["Exosomes help.", "They are small."]),
        ("Dr. Cole and others agree. Really?", ["Dr. Cole and others agree.", "Really?"]),
        ("It took 2.5 months. No more.", ["It took 2.5 months.", "No more."]),
        ("Vitamins, e.g. B and D, matter.", ["Vitamins, e.g. B and D, matter."]),
        ("• NO DOWNTIME\n• LOW COST", ["• NO DOWNTIME", "• LOW COST"]),
        ("“It works.” Does it?", ["“It works.”", "Does it?"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@given(st.text(max_size=300))
def test_sentence_spans_hold_all_words_in_order(text):
    spans = list(sentence_spans(text))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = "".join("".join(span.of(text).split()) for span in spans)
    assert kept == "".join(text.split())


@pytest.mark.parametrize(
    ("quote", "wording", "expected"),
    [
        ("Exosomes regrow hair.", Wording.ASSERTED, Firmness.FACT),
        ("The results can be permanent.", Wording.HEDGED, Firmness.MAY),
        ("It typically begins within 3 months", Wording.HEDGED, Firmness.LIKELY),
        ("It typically may begin within 3 months", Wording.HEDGED, Firmness.MAY),
        ("it is too early to say anything", Wording.HEDGED, Firmness.UNCERTAIN),
        ("It is hard to say when to start.", Wording.HEDGED, Firmness.UNCERTAIN),
    ],
)
def test_firmness(quote, wording, expected):
    assert firmness(quote, wording) is expected


def test_allowed_firmness_rises_with_certainty():
    order = [Certainty.VERY_LOW, Certainty.LOW, Certainty.MODERATE, Certainty.HIGH]
    assert [ALLOWED[c] for c in order] == sorted(Firmness)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("present 6 to 8 months", {figure(6, 8, "month")}),
        ("for 6-8 months and 5 %", {figure(6, 8, "month"), figure(5, 5, "%")}),
        ("in as little as two to three months", {figure(2, 3, "month")}),
        ("costs 2,000$ – 15,000$", {figure(2000, 15000, "dollar")}),
        ("Sessions: 3-5", set()),
        ("3 or 5 sessions", {figure(3, 5, "session")}),
        ("Each lasts about 30 minutes", {figure(30, 30, "minute")}),
        ("ranging between 30-150 nm", {figure(30, 150, "nm")}),
        ("85 per cent of men", {figure(85, 85, "%")}),
        ("we can say that for 100% sure", set()),
        ("Rub it in x 2, or more.", set()),
        ("no figure at all", set()),
    ],
)
def test_figures(text, expected):
    assert FIGURES.plain_of(text) == expected


def shared_passages(**texts: str):
    return lineages({name: PageWords(text) for name, text in texts.items()})


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("Growth factors, in exosomes: wake RESTING follicles of the scalp within weeks!", "verbatim"),
        ("Growth factors in exosomes wake resting follicle of the scalp within weeks.", "reworded"),
        ("Growth factors in exosomes wake resting follicles of a scalp within weeks.", "reworded"),
    ],
)
def test_only_the_same_words_are_verbatim(other, kind):
    text = "Growth factors in exosomes wake resting follicles of the scalp within weeks."
    (shared,) = shared_passages(a=text, b=other)
    assert shared.kind == kind
    assert shared.similarity > 0.95


def test_lineage_finds_copied_passages_by_their_words_alone():
    found = shared_passages(faq=page("clinic-faq"), surgeon=page("surgeon-blog"))
    words = "They generate within their cells of origin"
    (first, *_) = (x for x in found if words in x.wordings[0].quote)
    assert words in first.wordings[1].quote
    assert first.parts >= 8


def test_lineage_does_not_depend_on_the_order_of_the_pages():
    names = ["surgeon-blog", "clinic-faq"]
    forward = lineages({name: PageWords(page(name)) for name in names})
    backward = lineages({name: PageWords(page(name)) for name in reversed(names)})
    assert forward == backward


def test_unrelated_pages_share_nothing():
    water = "Water boils at one hundred degrees at sea level."
    assert shared_passages(a=water, b=page("clinic-faq")) == ()
