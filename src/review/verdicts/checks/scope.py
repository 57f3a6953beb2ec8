"""What supports a claim: whether about just these people, treatment and outcome, and read itself."""

from collections.abc import Iterator

from review.model.vocabulary import Checked
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


def of_reading(case: Case) -> Iterator[Reason]:
    """That all support was read in another source than its own; it takes nothing and is told."""
    findings = [item.finding for item in case.supporting]
    if findings and all(finding.checked is Checked.SECONDARY for finding in findings):
        sentence = "Nobody read the source itself: what supports it was read where another cites it."
        yield Reason(Code.SECOND_HAND, sentence)
