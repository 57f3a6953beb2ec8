"""RoB 2 (2019): risk of bias in a result of a randomised trial, effect of assignment.

The algorithm is that of the tool's guidance as implemented in public code and read there; the
wording of the items is ours.
"""

from review.appraisal.tool import Answers, Judgement, Tool, same_answers
from review.model.vocabulary import Bias

ITEMS = {
    "1.1": "Was the allocation sequence random?",
    "1.2": "Was allocation concealed until people were enrolled?",
    "1.3": "Do baseline differences point to a problem with randomisation?",
    "2.1": "Did participants know their group?",
    "2.2": "Did carers know the groups?",
    "2.3": "Were there deviations because of the trial context?",
    "2.4": "Were they likely to affect the outcome?",
    "2.5": "Were they balanced between the groups?",
    "2.6": "Was the analysis right for the effect of assignment?",
    "2.7": "Could failing to analyse as randomised have mattered much?",
    "3.1": "Were data there for nearly all participants?",
    "3.2": "Is there evidence that missing data did not bias the result?",
    "3.3": "Could missingness depend on the true value?",
    "3.4": "Is it likely that it did?",
    "4.1": "Was the way of measuring inappropriate?",
    "4.2": "Could measuring have differed between the groups?",
    "4.3": "Did assessors know the group?",
    "4.4": "Could knowing have influenced the assessment?",
    "4.5": "Is it likely that it did?",
    "5.1": "Was the analysis planned before the data were seen?",
    "5.2": "Was the result chosen from several measurements?",
    "5.3": "Was the result chosen from several analyses?",
}
LOW, SOME, HIGH = "low", "some concerns", "high"
_CONCERNS = {LOW: Bias.LOW, SOME: Bias.SOME, HIGH: Bias.HIGH}


FAVOURABLE = {
    **dict.fromkeys(ITEMS, "N"),
    **dict.fromkeys(("1.1", "1.2", "2.5", "2.6", "3.1", "3.2", "5.1"), "Y"),
}
"""The answer to each item that speaks for the trial."""


def judgement(answers: Answers) -> Judgement:
    """The five domains and the overall risk: high if any is high, low if all are low.

    The algorithm counts missing information against a trial. Where the overall risk would be better
    with favourable answers to the open items, the judgement says so and the concern is unknown: what
    was not read is not a fault that was found.
    """
    domains = _domains(answers)
    overall = _overall(domains)
    best = _overall(_domains(_filled(answers)))
    steps = tuple(f"{name}: {value}" for name, value in domains)
    if best != overall:
        text = f"{overall}, {best} at best: what was read leaves items open"
        return Judgement(text, Bias.UNKNOWN, domains, (*steps, f"at best: {best}"))
    return Judgement(overall, _CONCERNS[overall], domains, steps)


def domains_with_best(answers: Answers) -> tuple[tuple[str, str], ...]:
    """The judgement of each domain and, where favourable answers would better it, how far at best."""
    both = zip(_domains(answers), _domains(_filled(answers)), strict=True)
    return tuple(
        (name, now if now == best else f"{now}, {best} at best") for (name, now), (_, best) in both
    )


def _filled(answers: Answers) -> Answers:
    """The answers with what was not read answered in favour of the trial."""
    return {item: FAVOURABLE[item] if a == "NI" else a for item, a in answers.items()}


def _domains(answers: Answers) -> tuple[tuple[str, str], ...]:
    return (
        ("randomisation", _randomisation(answers)),
        ("deviations", _deviations(answers)),
        ("missing data", _missing_data(answers)),
        ("measurement", _measurement(answers)),
        ("selected result", _selection(answers)),
    )


def _overall(domains: tuple[tuple[str, str], ...]) -> str:
    found = [value for _, value in domains]
    return HIGH if HIGH in found else LOW if set(found) == {LOW} else SOME


def _yes(answers: Answers, item: str) -> bool:
    return answers[item] in ("Y", "PY")


def _no(answers: Answers, item: str) -> bool:
    return answers[item] in ("N", "PN")


def _randomisation(answers: Answers) -> str:
    if _no(answers, "1.2"):
        return HIGH
    if not _yes(answers, "1.2"):
        return HIGH if _yes(answers, "1.3") else SOME
    return SOME if _no(answers, "1.1") or _yes(answers, "1.3") else LOW


def _deviations(answers: Answers) -> str:
    found = (_context(answers), _analysis(answers))
    return HIGH if HIGH in found else LOW if set(found) == {LOW} else SOME


def _context(answers: Answers) -> str:
    if _no(answers, "2.1") and _no(answers, "2.2"):
        return LOW
    if _no(answers, "2.3"):
        return LOW
    if not _yes(answers, "2.3"):
        return SOME
    if _no(answers, "2.4"):
        return SOME
    return SOME if _yes(answers, "2.5") else HIGH


def _analysis(answers: Answers) -> str:
    if _yes(answers, "2.6"):
        return LOW
    return SOME if _no(answers, "2.7") else HIGH


def _missing_data(answers: Answers) -> str:
    if _yes(answers, "3.1") or _yes(answers, "3.2") or _no(answers, "3.3"):
        return LOW
    return SOME if _no(answers, "3.4") else HIGH


def _measurement(answers: Answers) -> str:
    if _yes(answers, "4.1") or _yes(answers, "4.2"):
        return HIGH
    best = LOW if _no(answers, "4.2") else SOME
    if _no(answers, "4.3") or _no(answers, "4.4"):
        return best
    return SOME if _no(answers, "4.5") else HIGH


def _selection(answers: Answers) -> str:
    if _yes(answers, "5.2") or _yes(answers, "5.3"):
        return HIGH
    if _no(answers, "5.2") and _no(answers, "5.3"):
        return LOW if _yes(answers, "5.1") else SOME
    return SOME


TOOL = Tool(
    "rob2", "2019", "RoB 2", ITEMS, same_answers(ITEMS, "Y", "PY", "PN", "N", "NI", "NA"), judgement
)
