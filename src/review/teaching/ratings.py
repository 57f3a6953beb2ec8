"""Ratings of units by raters, on a scale, and as the numbers from which agreement is computed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]
Ratings = Mapping[str, Mapping[str, object]]
"""By unit and rater, the category given; absent, None, NaN or empty where there is none."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The categories that can be given; where they are `ordered`, from least to most.

    Raises ValueError for fewer than two categories, or one given twice.
    """

    categories: tuple[str, ...]
    ordered: bool = False

    def __post_init__(self) -> None:
        if len(self.categories) < 2 or len(set(self.categories)) < len(self.categories):
            raise ValueError("a scale has at least two categories, each once")


class RatingTable:
    """Ratings as numbers: codes (units by raters, -1 where missing) and counts (units by categories).

    `pairable` are the counts of units with at least two ratings, `complete` of those that all rated.
    Units stand in the order of their counts, so that sums and resamples do not depend on their names.
    """

    def __init__(self, ratings: Ratings, scale: Scale, resamples: int) -> None:
        self.scale = scale
        self.resamples = resamples
        self.raters = sorted({rater for unit in ratings.values() for rater in unit})
        if len(self.raters) < 2:
            raise ValueError("agreement is between at least two raters")
        index = {category: at for at, category in enumerate(scale.categories)}
        codes = [[_code(unit.get(rater), index) for rater in self.raters] for unit in ratings.values()]
        self.codes = np.array(codes, dtype=int).reshape(-1, len(self.raters))
        counts = np.array([(self.codes == at).sum(axis=1) for at in range(len(index))], dtype=float).T
        # Sorted by what was given: a resample draws by place, and must not depend on names.
        self.counts: Counts = counts[np.lexsort(counts.T)]
        rated = self.counts.sum(axis=1)
        self.pairable: Counts = self.counts[rated >= 2]
        self.complete: Counts = self.counts[rated == len(self.raters)]

    @property
    def cross(self) -> Counts:
        """Two raters' ratings against each other: the first's in rows, the second's in columns."""
        both = self.codes[(self.codes >= 0).all(axis=1)]
        size = len(self.scale.categories)
        table = np.zeros((size, size))
        np.add.at(table, (both[:, 0], both[:, 1]), 1)
        return table


def _code(value: object, index: Mapping[str, int]) -> int:
    if value is None or value == "" or value != value:  # only NaN differs from itself
        return -1
    if value not in index:
        raise ValueError(f"{value!r} is not on the scale {', '.join(index)}")
    return index[str(value)]
