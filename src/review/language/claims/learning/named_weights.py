"""A linear model that is read by names: features by their name, words and pairs of words by themselves.

It gives what the same model gives on the matrix that it was trained on. A page has hundreds of
stretches of a few words each; to look up their words is several times faster than to build a matrix.
"""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from math import log, sqrt

from review.language.claims.learning.learnt import Learnt

# The default `token_pattern` of scikit-learn's vectorizers: a word of one letter is none.
_TOKEN = re.compile(r"\b\w\w+\b")


class NamedWeights(Learnt):
    """The weights of features and of words, whose counts are damped and scaled to length one (tf-idf).

    `words` are single words and pairs of neighbours by scikit-learn's own pattern of a word, each with
    how rare it is and with its weight times that.
    """

    features: dict[str, float]
    words: dict[str, tuple[float, float]]
    constant: float

    def of(self, feature: str) -> float:
        """The weight of one feature; 0 for one that the model has not met."""
        return self.features.get(feature, 0.0)

    def log_odds(self, features: Mapping[str, float], text: str) -> float:
        """What the model gives for a text with its features."""
        known = self.features
        total = sum(known.get(name, 0.0) * value for name, value in features.items())
        return self.constant + total + self._of_words(text)

    def _of_words(self, text: str) -> float:
        tokens = _TOKEN.findall(text.lower())
        terms = [*tokens, *map(" ".join, pairwise(tokens))]
        square = total = 0.0
        for term, count in Counter(term for term in terms if term in self.words).items():
            rarity, weight = self.words[term]
            # As `sublinear_tf` damps a count; the root below scales as `norm="l2"` does.
            damped = 1.0 + log(count)
            square += (damped * rarity) ** 2
            total += damped * weight
        return total / sqrt(square) if square else 0.0
