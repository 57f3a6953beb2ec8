"""Random-effects synthesis of effect sizes, in pure functions that agree with R's metafor."""

from review.synthesis.asymmetry import Asymmetry, egger
from review.synthesis.described import back_transformed, described
from review.synthesis.effects import Effect
from review.synthesis.heterogeneity import Method
from review.synthesis.poolable import Described, alike, pooled_if_alike, reasons_against_pooling
from review.synthesis.pooling import IntervalMethod, Pooled, Prediction, leave_one_out, pooled

__all__ = [
    "Asymmetry",
    "Described",
    "Effect",
    "IntervalMethod",
    "Method",
    "Pooled",
    "Prediction",
    "alike",
    "back_transformed",
    "described",
    "egger",
    "leave_one_out",
    "pooled",
    "pooled_if_alike",
    "reasons_against_pooling",
]
