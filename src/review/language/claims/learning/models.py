"""Small models over the words of texts and named features."""

from collections.abc import Sequence
from functools import cached_property
from math import exp
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from scipy.special import expit
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from review.language.claims.features import Features
from review.language.claims.learning.learnt import Learnt, Linear, Numbers, Terms
from review.language.claims.learning.named_weights import NamedWeights

STEPS = 2000
"""How many steps a model may take to settle; on the marked pages some take nearly scikit-learn's 100."""
LEAST = 1e-4
"""No probability is taken for nearer to none or to certain, so that its log-odds stay small."""


class TooLittleToLearnError(ValueError):
    """The marked pages do not hold what a model could be trained on."""


class Words(Learnt):
    """Turns features and words of texts into one sparse matrix, with the vocabulary of the first texts.

    `parts` are the words and, where they are read as well, the letters.
    """

    features: tuple[str, ...]
    parts: tuple[Terms, ...]

    @classmethod
    def of(cls, features: Sequence[Features], texts: Sequence[str], letters: bool) -> Self:
        """The vocabulary of these texts and the names of their features."""
        return cls(
            features=DictVectorizer().fit(features).feature_names_,
            parts=[Terms.of(part.fit(texts)) for part in _vectorizers(letters)],
        )

    def named(self, model: Linear) -> NamedWeights:
        """A model of these features and of single words, without letters, by name."""
        # Letters would be a second part.
        first, (words,) = len(self.features), self.parts
        return NamedWeights(
            features=dict(zip(self.features, model.weights[:first], strict=True)),
            words={
                term: (rarity, rarity * weight)
                for (term, rarity), weight in zip(
                    words.rarities.items(), model.weights[first:], strict=True
                )
            },
            constant=model.constant,
        )

    @property
    def width(self) -> int:
        """How many columns the matrix has."""
        return len(self.features) + sum(len(part.rarities) for part in self.parts)

    def __call__(self, features: Sequence[Features], texts: Sequence[str]) -> csr_array:
        """A row for each text, with its features and its words."""
        names, parts = self._matrices
        return csr_array(hstack([names.transform(features), *(part.transform(texts) for part in parts)]))

    @cached_property
    def _matrices(self) -> tuple[DictVectorizer, list[TfidfVectorizer]]:
        names = DictVectorizer().fit([dict.fromkeys(self.features, 1.0)])
        empty = _vectorizers(letters=len(self.parts) > 1)
        return names, [
            part.given_to(vectorizer) for part, vectorizer in zip(self.parts, empty, strict=True)
        ]


def _vectorizers(letters: bool) -> list[TfidfVectorizer]:
    """What reads single words and pairs and, with `letters`, also groups of letters; not yet fitted."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=1 if letters else 2, sublinear_tf=True)
    if not letters:
        return [words]
    return [
        words,
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), min_df=3, sublinear_tf=True),
    ]


def fitted(x: csr_array | Numbers, y: NDArray[np.generic], c: float) -> Linear | None:
    """A model of `y`; None where there is nothing to tell apart."""
    if (y == y[0]).all():
        return None
    return Linear.of(LogisticRegression(C=c, max_iter=STEPS).fit(x, y))


def yes(model: Linear | None, x: csr_array | Numbers) -> Numbers:
    """The probability of yes; one where the model never saw a no.

    A row gives the same whatever other rows there are; a product of dense matrices may not.
    """
    if model is None:
        return np.ones(x.shape[0])
    sums = (x * model.column).sum(axis=1) if isinstance(x, np.ndarray) else x @ model.column
    return np.asarray(expit(sums + model.constant))


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + exp(-odds))


def log_odds(*probabilities: Numbers) -> Numbers:
    """The log-odds of probabilities, a column for each argument; none is beyond that of `LEAST`."""
    clipped = np.clip(np.column_stack(probabilities), LEAST, 1 - LEAST)
    return np.asarray(np.log(clipped / (1 - clipped)))
