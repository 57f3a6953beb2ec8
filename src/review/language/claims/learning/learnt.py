"""What models have learnt, as plain words and numbers that come back from JSON as they were."""

from collections.abc import Sequence
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

Numbers = NDArray[np.float64]


class Learnt(BaseModel):
    """Something learnt: frozen, and refusing what has another form."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Terms(Learnt):
    """The words, or the groups of letters, that a model knows, each with how rare it is (idf)."""

    rarities: dict[str, float]

    @classmethod
    def of(cls, vectorizer: TfidfVectorizer) -> Self:
        """The terms of a fitted vectorizer, in the order of its columns."""
        terms = vectorizer.get_feature_names_out().tolist()
        return cls(rarities=dict(zip(terms, vectorizer.idf_.tolist(), strict=True)))

    def given_to(self, vectorizer: TfidfVectorizer) -> TfidfVectorizer:
        """A vectorizer that has not been fitted, now as if it had been on what these come from."""
        vectorizer.set_params(vocabulary={term: column for column, term in enumerate(self.rarities)})
        vectorizer.idf_ = np.array(list(self.rarities.values()))
        return vectorizer


class Linear(Learnt):
    """A linear model that tells yes from no: its log-odds are a weighted sum and a constant."""

    weights: tuple[float, ...]
    constant: float

    @classmethod
    def of(cls, model: LogisticRegression) -> Self:
        """What a fitted model of yes and no has learnt."""
        return cls(weights=model.coef_[0].tolist(), constant=model.intercept_[0].item())

    @cached_property
    def column(self) -> Numbers:
        """The weights, to multiply with."""
        return np.array(self.weights)


class Choice(Learnt):
    """A linear model for each of several classes, of which the one with the highest sum is chosen."""

    classes: tuple[str, ...]
    models: tuple[Linear, ...]

    @classmethod
    def of(cls, model: LogisticRegression) -> Self:
        """What a fitted model of classes has learnt; of two, the first is chosen at a sum of 0."""
        rows, constants = model.coef_.tolist(), model.intercept_.tolist()
        if len(model.classes_) == 2:
            # scikit-learn keeps one row of weights for two classes, that of the second.
            rows, constants = [[0.0] * len(rows[0]), *rows], [0.0, *constants]
        models = [Linear(weights=row, constant=c) for row, c in zip(rows, constants, strict=True)]
        return cls(classes=model.classes_.tolist(), models=models)

    def chosen(self, x: csr_array) -> list[str]:
        """The class of each row."""
        sums = x @ self._columns + np.array([model.constant for model in self.models])
        return [self.classes[number] for number in sums.argmax(axis=1)]

    @cached_property
    def _columns(self) -> Numbers:
        return np.array([model.weights for model in self.models]).T


def widths_agree(width: int, models: Sequence[Linear | None]) -> bool:
    """Whether every model has a weight for each of so many columns."""
    return all(model is None or len(model.weights) == width for model in models)
