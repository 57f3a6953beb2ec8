"""People, treatment and outcome: whether any supporting finding is about just these."""

from collections.abc import Iterator

from review.verdicts.case import Case
from review.verdicts.reasons import Code, Reason

_SCOPE = (
    (Code.OTHER_PEOPLE, "population", "people"),
    (Code.OTHER_TREATMENT, "intervention", "treatment"),
    (Code.OTHER_OUTCOME, "outcome", "outcome"),
)


def of_scope(case: Case) -> Iterator[Reason]:
    """What no finding that supports the claim matches: people, treatment or outcome.

    It lowers a grade by the domain indirectness, and what documents allow by a step, so it is told here
    and takes nothing more.
    """
    links = [item.link for item in case.supporting]
    for code, name, word in _SCOPE:
        if links and all(getattr(link, name).is_off for link in links):
            yield Reason(code, f"No supporting finding is about just this {word}.")
