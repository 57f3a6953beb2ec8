"""SYRCLE's tool (2014): ten items on bias in animal studies, without a summary score of its own.

The concern is our convention: high as soon as one item is at high risk, low when all are at low risk.
"""

from review.appraisal.tool import NOT_READ, Answers, Judgement, Tool, numbered, same_answers
from review.model.vocabulary import Bias

ITEMS = numbered(
    "Was the allocation sequence random?",
    "Were the groups alike at baseline?",
    "Was allocation concealed?",
    "Were animals housed at random?",
    "Were carers and investigators blinded?",
    "Were animals picked at random for assessment?",
    "Were assessors blinded?",
    "Were incomplete data addressed?",
    "Is the report free of selective reporting?",
    "Is the study free of other problems?",
)


def judgement(answers: Answers) -> Judgement:
    """How many items are at low and at high risk, and how many are unclear or were not read."""
    low = sum(answer == "Y" for answer in answers.values())
    high = sum(answer == "N" for answer in answers.values())
    overall = f"{low} items at low risk, {high} at high risk, {len(ITEMS) - low - high} unclear"
    concern = Bias.HIGH if high else Bias.LOW if low == len(ITEMS) else Bias.UNKNOWN
    return Judgement(overall, concern, (), (overall,))


TOOL = Tool("syrcle", "2014", "SYRCLE", ITEMS, same_answers(ITEMS, "Y", "N", "U", NOT_READ), judgement)
