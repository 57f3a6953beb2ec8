"""A model read by names gives what it gives on a matrix; a page names what its parts name."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_lexicon import lexicon, name
from scipy.sparse import hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from review.language.claims.learning.learnt import Linear, Terms
from review.language.claims.learning.models import Words
from review.language.claims.recent import MOST, Recent
from review.language.names import LONGEST

NAMES = lexicon(
    name("exosomes", "product", "exosom*|vesicle[s]|microvesicle[s]|EV[s]", own="yes"),
    name("PRP", "product", "platelet-rich plasma"),
    name("surgery", "product", "surger*|hair transplant*|FUE"),
    name("laser", "product", "laser[s]"),
    name("supplements", "product", "vitamin[s]|tocomax"),
    name("SCF", "substance", "stem cell factor"),
    name("hair loss", "condition", "pattern (baldness|hair loss)"),
).names

TEXTS = [
    "Exosomes regrow hair, and hair stays.",
    "There are no side effects; no downtime.",
    "Book now!",
    "a PRP session costs 9,000$",
]
FORMS = [{"size": 3.0, "verb": 1.0}, {"size": 4.0}, {"size": 1.0, "first=book": 1.0}, {"verb": 1.0}]


@pytest.fixture(scope="module")
def models():
    forms = DictVectorizer().fit(FORMS)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit(TEXTS)
    x = hstack([forms.transform(FORMS), words.transform(TEXTS)])
    model = LogisticRegression(C=3).fit(x, [1, 1, 0, 0])
    read = Words(features=forms.feature_names_, parts=[Terms.of(words)])
    named_model = read.named(Linear.of(model))
    return forms, words, model, named_model


WORDS = st.lists(st.sampled_from([*" ".join(TEXTS).split(), "unknown", "a", "İ", ""])).map(" ".join)


@given(
    WORDS,
    st.dictionaries(st.sampled_from(["size", "verb", "first=book", "unknown"]), st.floats(-5, 5)),
)
def test_names_and_matrix_give_the_same(models, text, form):
    forms, words, model, by_name = models
    x = hstack([forms.transform([form]), words.transform([text])])
    assert by_name.log_odds(form, text) == pytest.approx(model.decision_function(x)[0], abs=1e-12)


def test_an_unknown_feature_has_no_weight(models):
    assert models[3].of("unknown") == 0.0
    assert models[3].of("verb") != 0.0


WORDS_OF_NAMES = st.lists(
    st.sampled_from(
        "exosome microvesicles platelet-rich plasma hair transplants EVs surgeries ſ K Tocomax FUE "
        "stem cell factor pattern baldness vitamins İ lasers evidence of anecdotal".split(" ")
    ),
    max_size=30,
).map(" ".join)


@given(WORDS_OF_NAMES, st.data())
def test_what_a_stretch_names_is_found_on_the_whole_page(text, data):
    starts = [0, *(n + 1 for n, c in enumerate(text) if c == " ")]
    end = data.draw(st.sampled_from([*(s - 1 for s in starts[1:]), len(text)]))
    start = data.draw(st.integers(0, max(end, 0)))
    for kind in NAMES.kinds:
        assert NAMES.on_page(text, kind).within(start, end) == NAMES.named(text[start:end], kind)


def test_the_beginning_of_a_word_is_no_name():
    text = ", both clinical studies and anecdotal evidence indicate"
    assert text[:LONGEST].endswith(" ev")
    assert NAMES.on_page(text, "product").within(0, len(text)) == frozenset()


def test_what_was_worked_out_is_kept_and_the_oldest_forgotten():
    asked: list[int] = []
    recent = Recent(lambda keys: [asked.append(key) or key * 2 for key in keys])
    assert recent.of([1, 2, 1]) == [2, 4, 2]
    assert recent.of([2, 3]) == [4, 6]
    assert asked == [1, 2, 3]
    assert recent.of(range(10, 10 + MOST)) == [2 * n for n in range(10, 10 + MOST)]
    assert recent.of([1]) == [2]
    assert asked[-1] == 1
    assert np.sum(np.array(asked) == 1) == 2
