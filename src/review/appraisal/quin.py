"""QUIN (2022): twelve criteria for laboratory studies; made for dentistry, used here for want of better.

Score: 100 times the points over twice the number of applicable criteria. More than 70 is low risk of
bias, 50 to 70 medium, less than 50 high.
"""

from review.appraisal.tool import NOT_READ, Answers, Judgement, Tool, numbered, same_answers
from review.model.vocabulary import Bias

ITEMS = numbered(
    "Are aims stated clearly?",
    "Is the sample size explained?",
    "Is the sampling technique described?",
    "Is there a comparison group, described?",
    "Is the method explained in detail?",
    "Is the operator described?",
    "Was there randomisation?",
    "Is the measuring of the outcome described?",
    "Is the assessor described?",
    "Was there blinding?",
    "Was the statistical analysis sound?",
    "Are results presented?",
)


def score(answers: Answers) -> float:
    """The score from 0 to 100 over the applicable criteria. Raises ValueError if none applies."""
    points = [int(answer) for answer in answers.values() if answer in ("0", "1", "2")]
    if not points:
        raise ValueError("no criterion applies")
    return 100 * sum(points) / (2 * len(points))


def judgement(answers: Answers) -> Judgement:
    """The risk of bias by the score; not assessable while a criterion was not in what was read."""
    unread = sum(answer == NOT_READ for answer in answers.values())
    if unread:
        step = f"{unread} criteria not in what was read, so no score"
        return Judgement("not assessable from what was read", Bias.UNKNOWN, (), (step,))
    points = score(answers)
    overall = "low" if points > 70 else "medium" if points >= 50 else "high"
    step = f"score {points:.2f}"
    return Judgement(f"{overall} risk, {step}", _CONCERNS[overall], (), (step,))


_CONCERNS = {"low": Bias.LOW, "medium": Bias.SOME, "high": Bias.HIGH}


TOOL = Tool("quin", "2022", "QUIN", ITEMS, same_answers(ITEMS, "2", "1", "0", "NA", NOT_READ), judgement)
