"""AMSTAR 2 (2017): confidence in the results of a systematic review; no total.

Critical items are 2, 4, 7, 9, 11, 13 and 15. Partial yes counts as met. What was not read can only
make the answer open, never better: confidence is given only where every item was read, except that
two critical flaws make it critically low whatever else is missing.
"""

from review.appraisal.tool import NOT_READ, Answers, Judgement, Tool, numbered
from review.model.vocabulary import Bias

ITEMS = numbered(
    "Do question and inclusion criteria name people, treatment, comparator and outcome?",
    "Was there a protocol before the review, and were deviations justified?",
    "Was the choice of study designs explained?",
    "Was the literature search comprehensive?",
    "Were studies selected in duplicate?",
    "Were data extracted in duplicate?",
    "Were excluded studies listed and justified?",
    "Were included studies described in detail?",
    "Was risk of bias assessed with a satisfactory technique?",
    "Was the funding of the included studies reported?",
    "Were the methods of meta-analysis appropriate?",
    "Was the impact of risk of bias on the meta-analysis assessed?",
    "Was risk of bias accounted for when interpreting?",
    "Was heterogeneity explained and discussed?",
    "Was publication bias investigated and discussed?",
    "Were the reviewers' own conflicts and funding reported?",
)
CRITICAL = ("q2", "q4", "q7", "q9", "q11", "q13", "q15")
_PARTIAL = ("q2", "q4", "q7", "q8", "q9")
_POOLED_ONLY = ("q11", "q12", "q15")


def judgement(answers: Answers) -> Judgement:
    """High, moderate, low or critically low confidence, or not assessable from what was read."""
    critical = sum(answers[item] == "N" for item in CRITICAL)
    other = sum(answers[item] == "N" for item in ITEMS if item not in CRITICAL)
    unread = sum(answer == NOT_READ for answer in answers.values())
    steps = (
        f"{critical} critical flaws",
        f"{other} other weaknesses",
        f"{unread} items not in what was read",
    )
    if critical > 1:
        return Judgement("critically low", Bias.HIGH, (), steps)
    if unread:
        return Judgement("not assessable from what was read", Bias.UNKNOWN, (), steps)
    if critical == 1:
        return Judgement("low", Bias.HIGH, (), steps)
    if other > 1:
        return Judgement("moderate", Bias.SOME, (), steps)
    return Judgement("high", Bias.LOW, (), steps)


def _allowed(item: str) -> tuple[str, ...]:
    partial = ("PY",) if item in _PARTIAL else ()
    pooled = ("NA",) if item in _POOLED_ONLY else ()
    return ("Y", *partial, "N", *pooled, NOT_READ)


TOOL = Tool("amstar2", "2017", "AMSTAR 2", ITEMS, {i: _allowed(i) for i in ITEMS}, judgement)
