"""JBI checklist for case series (2020): ten items, no cut-off of its own.

Counting the items that are met is common; the band is our convention: low concern when the six items
on validity (1 to 5 and 10) are all met, unknown while one of them was not in what was read.
"""

from review.appraisal.tool import NOT_READ, Answers, Judgement, Tool, numbered, same_answers
from review.model.vocabulary import Bias

ITEMS = numbered(
    "Were the criteria for inclusion clear?",
    "Was the condition measured in a standard, reliable way for all?",
    "Was the condition identified by valid methods?",
    "Were participants included consecutively?",
    "Were all participants included?",
    "Were demographics reported?",
    "Was clinical information reported?",
    "Were outcomes or follow-up reported?",
    "Were the demographics of the sites reported?",
    "Was the statistical analysis appropriate?",
)
_VALIDITY = ("q1", "q2", "q3", "q4", "q5", "q10")


def judgement(answers: Answers) -> Judgement:
    """How many items are met of those that apply, and the concern by the items on validity."""
    applicable = [item for item in ITEMS if answers[item] != "NA"]
    met = sum(answers[item] == "Y" for item in applicable)
    unread = sum(answers[item] == NOT_READ for item in applicable)
    validity = [answers[item] for item in _VALIDITY if answers[item] != "NA"]
    if "N" in validity or "U" in validity:
        concern = Bias.HIGH
    elif NOT_READ in validity:
        concern = Bias.UNKNOWN
    else:
        concern = Bias.LOW
    overall = f"{met} of {len(applicable)} items met, {unread} not in what was read"
    return Judgement(overall, concern, (), (overall, f"validity items give {concern} concern"))


TOOL = Tool(
    "jbi-case-series",
    "2020",
    "JBI case series",
    ITEMS,
    same_answers(ITEMS, "Y", "N", "U", "NA", NOT_READ),
    judgement,
)
