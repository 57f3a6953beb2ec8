"""Words that say more than the statement to which evidence is linked: size, everybody, above all, like.

GRADE guidelines 26 word an effect by its certainty and by its size; whether a word of size is borne out
is asked of what is recorded, and a large effect is meant as GRADE guidelines 9 mean it: a relative
effect of at least 2 or at most 0.5. For a standardised difference 0.8 is large (Cohen 1988).
"""

from collections.abc import Iterator
from decimal import Decimal

from review.language.names import SPECIES
from review.model.vocabulary import Category, Measure, Question, Sense, Verdict
from review.verdicts.bodies import Item
from review.verdicts.case import Case
from review.verdicts.reasons import Code, Reason

LARGE_RATIO, LARGE_DIFFERENCE = Decimal(2), Decimal("0.8")


def of_words(case: Case) -> tuple[Verdict | None, tuple[Reason, ...]]:
    """Overstated where the words of an affirming claim say more than its evidence."""
    reasons = tuple(_reasons(case)) if case.affirms else ()
    return (Verdict.OVERSTATED if reasons else None), reasons


def _reasons(case: Case) -> Iterator[Reason]:
    question = case.standing.proposition.question
    if Sense.EVERYBODY in case.added:
        yield Reason(Code.EVERYBODY, "It speaks of everybody, which no study of some people shows.")
    # Of what is graded the linked evidence says that there is an effect, never how large it is.
    asked_anyway = question.is_graded or question is Question.RESEARCH_STATE
    has_size = Sense.SIZE in (case.senses if asked_anyway else case.added)
    if has_size and not any(_is_large(item) for item in case.supporting):
        yield Reason(Code.SIZE_NOT_SHOWN, "It tells how large it is; no supporting finding shows that.")
    if Sense.SUPERLATIVE in case.added:
        yield Reason(Code.ABOVE_ALL, "It is set above everything else, which nothing linked compares.")
    if _compares(case) and not any(_bears_out(case, item) for item in case.supporting):
        sentence = "It is compared with another treatment; no supporting study compares the two."
        yield Reason(Code.NO_HEAD_TO_HEAD, sentence)
    if _is_health_effect(case):
        sentence = "It promises an effect on health; how something works does not show that."
        yield Reason(Code.HEALTH_EFFECT, sentence)


def _is_large(item: Item) -> bool:
    measure, estimate = item.finding.measure, item.finding.estimate
    if measure is None or estimate is None:
        return False
    if measure is Measure.STANDARDISED_MEAN_DIFFERENCE:
        return abs(estimate) >= LARGE_DIFFERENCE
    return measure.is_ratio and not 1 / LARGE_RATIO < estimate < LARGE_RATIO


def _compares(case: Case) -> bool:
    is_comparison = case.standing.proposition.question is Question.COMPARISON
    return is_comparison or bool({Sense.BETTER, Sense.EQUAL} & case.added)


def _bears_out(case: Case, item: Item) -> bool:
    """Whether a study compared what the quote compares: that it beat placebo says nothing of a rival."""
    proposition = case.standing.proposition
    is_asked = proposition.question is Question.COMPARISON
    is_rival = is_asked or _is_named_alike(case, proposition.comparator, case.claim.quote)
    return is_rival and is_head_to_head(case, item)


def is_head_to_head(case: Case, item: Item) -> bool:
    """Whether a study compared just what the statement compares: it names the comparator as one."""
    wanted, given = case.standing.proposition.comparator, item.study.comparator
    # "No tablets" is no arm with tablets.
    is_alike = _is_absence(wanted) is _is_absence(given)
    return is_alike and _is_named_alike(case, wanted, given)


def _is_absence(comparator: str) -> bool:
    return comparator.lower().startswith(("no ", "without "))


def _is_named_alike(case: Case, wanted: str, text: str) -> bool:
    names = case.lexicon.names
    named = frozenset[str]().union(*names.listed(wanted).values())
    if named:
        return bool(named & frozenset[str]().union(*names.listed(text).values()))
    return bool((_words(wanted) - _COMMON) & _words(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower().strip(".,;()") for word in text.split())


_COMMON = frozenset("a an and or of the with without no not_applicable x treatment other".split())

_HEALTH = frozenset({Category.EFFICACY, Category.DURABILITY, Category.ONSET})
_HOW_IT_WORKS = frozenset({Question.BIOLOGY, Question.COMPOSITION, Question.PROTOCOL})


def _is_health_effect(case: Case) -> bool:
    """Whether a claim linked to how something works in people promises that it works."""
    proposition, names = case.standing.proposition, case.lexicon.names
    # "In mice it regrew teeth" is of mice; a sentence that names none is read as one of people.
    is_of_them = proposition.species.is_preclinical and names.named(case.claim.quote, SPECIES)
    if proposition.question not in _HOW_IT_WORKS or is_of_them:
        return False
    if Sense.LIMIT in case.senses | case.lexicon.senses.of(proposition.statement):
        return False
    if case.claim.category in _HEALTH:
        return True
    cued, stated = case.lexicon.cued(case.claim.quote), case.lexicon.cued(proposition.statement)
    is_biology = proposition.question is Question.BIOLOGY
    return is_biology and Category.EFFICACY in set(cued) - set(stated)
