"""Bias tools as data, worked out by pure rules: answers in, judgement and steps out.

The tools themselves are packs; see `review.model.knowledge.tools` for their form.
"""

from review.appraisal.tool import (
    Cell,
    Judgement,
    cells,
    examples_that_differ,
    judged,
    judgement_of,
    problems_of,
    problems_of_appraisal,
    says_nothing,
    tools_for,
)

__all__ = [
    "Cell",
    "Judgement",
    "cells",
    "examples_that_differ",
    "judged",
    "judgement_of",
    "problems_of",
    "problems_of_appraisal",
    "says_nothing",
    "tools_for",
]
