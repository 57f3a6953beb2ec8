"""ROBINS-I (2016): risk of bias in a non-randomised study of an intervention.

The judgement of each domain is a person's; the overall judgement is the worst of them.
"""

from review.appraisal.tool import Answers, Judgement, Tool, same_answers
from review.model.vocabulary import Bias, spoken

ITEMS = {
    "confounding": "Could the groups have differed in what affects the outcome?",
    "selection": "Could selection into the study or its analysis have mattered?",
    "classification": "Were the treatments clearly told apart, at the time?",
    "deviations": "Did what was done differ from what was intended?",
    "missing_data": "Were data missing in a way that matters?",
    "measurement": "Could measuring the outcome have differed between groups?",
    "selected_result": "Was the result chosen from several?",
}
_CONCERNS = {
    "low": Bias.LOW,
    "moderate": Bias.SOME,
    "serious": Bias.HIGH,
    "critical": Bias.HIGH,
    "NI": Bias.UNKNOWN,
}


def judgement(answers: Answers) -> Judgement:
    """The worst domain; no information where some domain lacks it and none is serious or critical."""
    domains = tuple((spoken(item), answers[item]) for item in ITEMS)
    found = set(answers.values())
    overall = next(
        (level for level in ("critical", "serious", "NI", "moderate") if level in found), "low"
    )
    named = "no information" if overall == "NI" else overall
    steps = (*(f"{name}: {value}" for name, value in domains), f"overall: worst domain, {named}")
    return Judgement(named, _CONCERNS[overall], domains, steps)


TOOL = Tool(
    "robins-i",
    "2016",
    "ROBINS-I",
    ITEMS,
    same_answers(ITEMS, "low", "moderate", "serious", "critical", "NI"),
    judgement,
)
