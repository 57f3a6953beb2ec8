"""A study as the suggestions see it: a large, direct, independent trial without faults."""

from review.grading.suggest import RateableFinding
from review.model.vocabulary import BiasConcern, Design, Directness, Funding, Stance

DIRECT = (Directness.DIRECT, Directness.DIRECT, Directness.DIRECT)


def evidence(study="a", **changes) -> RateableFinding:
    values = {
        "study": study,
        "design": Design.RANDOMISED_TRIAL,
        "stance": Stance.SUPPORTS,
        "directness": DIRECT,
        "participants": 1000,
        "funding": Funding.NON_INDUSTRY,
        "bias": BiasConcern.LOW,
    }
    return RateableFinding(**{**values, **changes})
