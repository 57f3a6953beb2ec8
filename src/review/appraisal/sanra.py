"""SANRA (2019): six items on the quality of a narrative review, 0 to 2 each; no cut-off of its own."""

from review.appraisal.tool import NOT_READ, Answers, Judgement, Tool, numbered, same_answers
from review.model.vocabulary import Bias

ITEMS = numbered(
    "Is the importance for readers justified?",
    "Are aims or questions stated?",
    "Is the literature search described?",
    "Are key statements referenced?",
    "Is the reasoning scientific, with levels of evidence?",
    "Are endpoint data presented appropriately?",
)


def judgement(answers: Answers) -> Judgement:
    """The sum from 0 to 12, or how much of it was not in what was read."""
    unread = sum(answer == NOT_READ for answer in answers.values())
    points = sum(int(answer) for answer in answers.values() if answer != NOT_READ)
    if unread:
        overall = f"{points} point{'' if points == 1 else 's'}, {unread} of 6 items not in what was read"
    else:
        overall = f"{points} of 12 points"
    return Judgement(overall, Bias.UNKNOWN, (), (overall,))


TOOL = Tool("sanra", "2019", "SANRA", ITEMS, same_answers(ITEMS, "2", "1", "0", NOT_READ), judgement)
