"""Small models over the words of texts and named features."""

from collections.abc import Sequence
from math import exp

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from scipy.special import expit
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from review.language.claims.features import Features
from review.language.claims.named_weights import NamedWeights

Numbers = NDArray[np.float64]


class TooLittleToLearnError(ValueError):
    """The marked pages do not hold what a model could be trained on."""


class Words:
    """Features and words of texts as one sparse matrix, with the vocabulary of the first texts."""

    def __init__(self, features: Sequence[Features], texts: Sequence[str], letters: bool) -> None:
        self._features = DictVectorizer().fit(features)
        self._parts = [
            TfidfVectorizer(ngram_range=(1, 2), min_df=1 if letters else 2, sublinear_tf=True)
        ]
        if letters:
            self._parts.append(
                TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), min_df=3, sublinear_tf=True)
            )
        for part in self._parts:
            part.fit(texts)

    def named(self, model: LogisticRegression) -> NamedWeights:
        """A model of these features and of single words, without letters, by name."""
        return NamedWeights(
            self._features, self._parts[0], model.coef_[0].tolist(), float(model.intercept_[0])
        )

    def __call__(self, features: Sequence[Features], texts: Sequence[str]) -> csr_array:
        """A row for each text, with its features and its words."""
        parts = [self._features.transform(features), *(part.transform(texts) for part in self._parts)]
        return csr_array(hstack(parts))


def fitted(x: csr_array | Numbers, y: NDArray[np.generic], c: float) -> LogisticRegression | None:
    """A model of `y`; None where there is nothing to tell apart."""
    if (y == y[0]).all():
        return None
    return LogisticRegression(C=c, max_iter=2000).fit(x, y)


def yes(model: LogisticRegression | None, x: csr_array | Numbers) -> Numbers:
    """The probability of yes; one where the model never saw a no.

    A row gives the same whatever other rows there are; a product of dense matrices may not.
    """
    if model is None:
        return np.ones(x.shape[0])
    weights = model.coef_[0]
    sums = (x * weights).sum(axis=1) if isinstance(x, np.ndarray) else x @ weights
    return np.asarray(expit(sums + model.intercept_[0]))


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + exp(-odds))


def log_odds(*probabilities: Numbers) -> Numbers:
    """The log-odds of probabilities, a column for each argument; none is beyond one in ten thousand."""
    clipped = np.clip(np.column_stack(probabilities), 1e-4, 1 - 1e-4)
    return np.asarray(np.log(clipped / (1 - clipped)))
