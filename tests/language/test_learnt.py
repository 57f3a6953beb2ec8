"""What was learnt comes back from JSON as it was, and what does not fit together is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from review.language.claims.finding import LearntClaims
from review.language.claims.learning.learnt import Choice, Linear, Terms
from review.language.claims.learning.models import Words
from review.language.claims.learning.training import learnt_claims
from review.language.claims.places import Marked
from review.language.matching.matcher import Matcher, Ranking

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def reread(learnt):
    return type(learnt).model_validate_json(learnt.model_dump_json())


@pytest.fixture(scope="module")
def pages(review):
    """Two marked pages: every model is learnt from them, in a part of the time that five take."""
    return [
        Marked(page.text, tuple(c for c in review.evidence.claims.values() if c.page == key))
        for key, page in [*review.evidence.pages.items()][:2]
    ]


@pytest.fixture(scope="module")
def claims(review, pages):
    return learnt_claims(pages, review.lexicon)


@pytest.fixture(scope="module")
def ranking(review, pages):
    return Matcher(review.evidence.propositions, pages, review.lexicon).ranking


@given(st.lists(NUMBERS, min_size=1), NUMBERS)
def test_every_number_comes_back_to_the_last_digit(weights, constant):
    model = Linear(weights=weights, constant=constant)
    again = reread(model)
    for one, other in zip((*model.weights, constant), (*again.weights, again.constant), strict=True):
        assert one == other
        assert math.copysign(1, one) == math.copysign(1, other)


@given(st.dictionaries(st.text(), NUMBERS))
def test_every_word_comes_back_in_its_place(rarities):
    again = reread(Terms(rarities=rarities))
    assert list(again.rarities.items()) == list(rarities.items())


def test_all_that_is_learnt_from_the_evidence_comes_back(claims, ranking):
    assert reread(claims) == claims
    assert reread(ranking) == ranking


def test_the_same_pages_always_teach_the_same(review, pages, claims):
    assert learnt_claims(pages, review.lexicon) == claims


def test_a_matcher_that_has_learnt_before_learns_nothing(review, pages, ranking, monkeypatch):
    monkeypatch.setattr(LogisticRegression, "fit", None)
    monkeypatch.setattr(TfidfVectorizer, "fit", None)
    assert Matcher(review.evidence.propositions, pages, review.lexicon, ranking).ranking is ranking


TEXTS = ["Hair grows again", "hair falls out", "no downtime", "Hair grows, hair grows again"]


@pytest.mark.parametrize("letters", [False, True])
def test_words_give_the_matrix_of_the_vectorizers_that_they_come_from(letters):
    forms = [{"size": 3.0}, {"size": 2.0, "verb": 1.0}, {"size": 2.0}, {"size": 5.0}]
    words = Words.of(forms, TEXTS, letters)
    fresh = TfidfVectorizer(ngram_range=(1, 2), min_df=1 if letters else 2, sublinear_tf=True)
    expected = fresh.fit(TEXTS).transform(TEXTS).toarray()
    rows = reread(words)(forms, TEXTS).toarray()
    assert rows.shape == (4, words.width)
    assert (rows[:, :2] == [[3, 0], [2, 1], [2, 0], [5, 0]]).all()
    assert (rows[:, 2 : 2 + expected.shape[1]] == expected).all()


@pytest.mark.parametrize("classes", [["cost", "safety"], ["care", "cost", "safety"]])
def test_the_class_is_the_one_that_the_fitted_model_predicts(classes):
    chance = np.random.default_rng(7)
    x = csr_array(chance.random((60, 5)).round(1))
    labels = np.array([classes[n % len(classes)] for n in range(60)])
    model = LogisticRegression(C=3).fit(x, labels)
    assert reread(Choice.of(model)).chosen(x) == model.predict(x).tolist()


def test_of_two_classes_the_first_is_chosen_at_a_sum_of_nothing():
    model = LogisticRegression().fit([[0.0], [1.0]], ["cost", "safety"])
    model.coef_[:], model.intercept_[:] = 0.0, 0.0
    assert Choice.of(model).chosen(csr_array([[1.0]])) == model.predict([[1.0]]).tolist() == ["cost"]


def test_what_does_not_fit_together_is_refused(claims, ranking):
    short = Linear(weights=(1.0,), constant=0.0)
    for changed in ({"check": short}, {"scale": short}):
        with pytest.raises(ValidationError):
            LearntClaims.model_validate({**dict(claims), **changed})
    for wrong in ({"mean": (1.0,)}, {"scale": ranking.model}, {"another": 1}):
        with pytest.raises(ValidationError):
            Ranking.model_validate({**dict(ranking), **wrong})
