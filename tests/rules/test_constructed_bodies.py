"""Thirty-three bodies of evidence built to lead a rule astray, each with the verdict that is defensible.

What makes it so, by number:

1. No number of people without harm shows that there is none: 0 of 400 leaves up to 0.75%.
2. One documented case, or a regulator's notice, refutes a denial of harm, whatever a trial did not see.
3. A label, a registry entry and a page of the clinic say what is done, and not that it works.
4. One case report bears out that a harm can happen, and not that a rival's treatment brings it; that
   half of all patients have it is a figure, in whatever words.
5. "Dramatically", "in every patient" and "over 15%" say more than that there is an effect of 15%.
6. A share of people is not a change by as many per cent.
7. That one thing is better than, or as good as, another needs the two in one study.
8. One mixed trial of ten does not divide them: weight counts, and not votes.
9. Of a trial of twelve and a cohort of 50,000 the body of higher certainty decides (GRADE 24, 44).
10. GRADE lets "may" stand on a cohort; advertising asks for a randomised trial, and no hedge cures that.
11. A hedge clears its own clause; "the most powerful" is no hedge.
12. How something works in cells does not show what it does for people.
13. Very low certainty against a claim leaves it very uncertain, and lets nobody publish the opposite.
14. The rest are figures, times, shares and numbers that must be those of a finding.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from sample_body import claim, codes, document, item, screened, sound, standing_on
from sample_lexicon import lexicon, name

from review.model.vocabulary import (
    Action,
    Category,
    Design,
    Polarity,
    Question,
    Species,
    Stance,
    Verdict,
    Wording,
)
from review.verdicts.bodies import Item
from review.verdicts.reasons import Code

WORDS = lexicon(
    name("botulinum toxin", "substance", also="botulinum", own="yes"),
    name("microblading", "procedure"),
    name("chemical peel", "procedure"),
    texts=["botulinum toxin smooths frown lines laser braces vitamin"],
)
AGAINST, MIXED = Stance.CONTRADICTS, Stance.MIXED
STANDS, OVER = Verdict.SUBSTANTIATED, Verdict.OVERSTATED
OPEN, REFUTED = Verdict.UNSUPPORTED, Verdict.CONTRADICTED
STAND, REMOVE, REWORD = Action.MAY_STAND, Action.REMOVE, Action.REWORD
LOOK, ESCALATE = Action.LOOK_IT_UP, Action.ESCALATE
HIGH = (sound(1), sound(2))
COHORT = item(7, Design.COHORT, n=50_000, bias="low")
CASES = tuple(item(number, Design.CASE_REPORT, n=1) for number in (4, 5, 6))

SMOOTHS = "Botulinum toxin smooths frown lines."
HARMS = "Botulinum toxin has side effects."


@dataclass(frozen=True)
class Body:
    """A claim, what is linked to its statement, and what becomes of it."""

    number: str
    quote: str
    items: tuple[Item, ...]
    verdict: Verdict
    action: Action
    code: Code
    wording: Wording = Wording.ASSERTED
    polarity: Polarity = Polarity.AFFIRMS
    category: Category = Category.EFFICACY
    about: dict[str, Any] = field(default_factory=dict)


def benefit(number, quote, items, verdict, action, code, wording=Wording.ASSERTED, **about):
    statement = {"statement": SMOOTHS, "intervention": "Botulinum toxin", **about}
    return Body(number, quote, tuple(items), verdict, action, code, wording, about=statement)


def harm(number, quote, items, verdict, action, code, denies=False, **about):
    polarity = Polarity.DENIES if denies else Polarity.AFFIRMS
    statement = {"statement": HARMS, "intervention": "Botulinum toxin", "question": Question.HARM}
    return Body(
        number, quote, tuple(items), verdict, action, code,
        polarity=polarity, category=Category.SAFETY, about={**statement, **about},
    )  # fmt: skip


HEDGED = Wording.HEDGED
NONE = "Botulinum toxin has no side effects."
SILENT = sound(1, stance=AGAINST, n=400)
COMPARED = {"question": Question.COMPARISON, "comparator": "Chemical peel"}
CELLS = {
    "statement": "Vitamin C raises collagen in skin cells.", "intervention": "Vitamin C",
    "question": Question.BIOLOGY, "outcome_kind": "not_applicable",
}  # fmt: skip
RIVAL = {"statement": "Microblading scars the brow.", "intervention": "Microblading"}
SHARE = {
    "question": Question.PREVALENCE, "statement": "Most women have frown lines.",
    "intervention": "not_applicable",
}  # fmt: skip
SESSIONS = {"question": Question.PROTOCOL, "outcome_kind": "not_applicable", "species": "not_applicable"}
FELL = sound(1, result="Depth of lines fell by 15.4%.")
ONSET = sound(1, result="Lines were smoother after 2 weeks.")
SHARE_OF_ALL = item(3, result="Headache in 12% of people.")

BODIES = [
    harm("1", NONE, [SILENT], OVER, REMOVE, Code.ZERO_EVENTS, denies=True),
    harm("2, case reports", NONE, [SILENT, *CASES], REFUTED, REMOVE, Code.HARM_ON_RECORD, denies=True),
    harm("2, a notice", NONE, [SILENT, document(3, Design.REGULATOR_NOTICE)], REFUTED, REMOVE,
         Code.HARM_ON_RECORD, denies=True),
    benefit("3, a label", SMOOTHS, [document()], OPEN, REMOVE, Code.ONLY_WEAK_SOURCES),
    benefit("3, a registry", SMOOTHS, [document(1, Design.REGISTRY_ENTRY)], OPEN, REMOVE,
            Code.ONLY_WEAK_SOURCES),
    benefit("3, a page", SMOOTHS, [document(1, Design.WEB_PAGE)], OPEN, REMOVE, Code.ONLY_WEAK_SOURCES),
    harm("4, a rival", "Microblading destroys your brow.", CASES[:1], OVER, REMOVE,
         Code.WORDED_TOO_FIRMLY, **RIVAL),
    harm("4, in words", "Half of all patients suffer infections.", CASES[:1], OVER, LOOK,
         Code.FIGURE_NOT_FOUND),
    benefit("5, size", "Botulinum toxin dramatically smooths frown lines.",
            [sound(1, measure="mean-difference", estimate="1"), sound(2)], OVER, REWORD,
            Code.SIZE_NOT_SHOWN),
    benefit("5, everybody", "It smooths frown lines in every patient.", HIGH, OVER, REWORD,
            Code.EVERYBODY),
    benefit("5, over", "It smooths frown lines by over 15%.",
            [sound(1, result="Depth fell by 15%."), sound(2)], OVER, REWORD, Code.FIGURE_NOT_FOUND),
    benefit("6", "Frown lines are gone in 95% of patients.",
            [sound(1, result="Depth of lines fell by 95%."), sound(2)], OVER, REWORD,
            Code.FIGURE_NOT_FOUND),
    benefit("7, better", "Botulinum toxin smooths frown lines better than a chemical peel.", HIGH, OVER,
            REMOVE, Code.NO_HEAD_TO_HEAD,
            statement="Botulinum toxin smooths frown lines better than a chemical peel.", **COMPARED),
    benefit("7, as good", "Botulinum toxin is as effective as a chemical peel.", HIGH, OVER, REWORD,
            Code.NO_HEAD_TO_HEAD),
    benefit("8", "Botulinum toxin probably smooths frown lines.",
            [*(sound(k) for k in range(1, 10)), sound(10, stance=MIXED)], STANDS, STAND,
            Code.EVIDENCE_AGREES, HEDGED),
    benefit("9", "Botulinum toxin may smooth frown lines.", [item(1, n=12, stance=AGAINST), COHORT],
            STANDS, ESCALATE, Code.ADVERTISING_BAR, HEDGED),
    benefit("10, may", "Botulinum toxin may smooth frown lines.", [COHORT], STANDS, ESCALATE,
            Code.ADVERTISING_BAR, HEDGED),
    benefit("10, promising", "Promising, preliminary data: it may smooth frown lines.", [COHORT], STANDS,
            ESCALATE, Code.ADVERTISING_BAR, HEDGED),
    benefit("11, elsewhere", "It is not known why, but it smooths frown lines beautifully.",
            [item(n=200)], OVER, REWORD, Code.WORDED_TOO_FIRMLY, HEDGED),
    benefit("11, most", "The most powerful way to smooth frown lines.", [item(n=200)], OVER, REWORD,
            Code.ABOVE_ALL, HEDGED),
    benefit("12, people", "Vitamin C raises collagen, so wrinkles fade.",
            [item(1, Design.IN_VITRO, Species.CELLS)], OPEN, REMOVE, Code.NO_HUMAN_EVIDENCE, **CELLS),
    benefit("12, cells", "Vitamin C raises collagen, so wrinkles fade.",
            [item(1, Design.IN_VITRO, Species.CELLS)], OVER, REWORD, Code.HEALTH_EFFECT,
            **{**CELLS, "species": Species.CELLS}),
    benefit("13, against", SMOOTHS, [item(n=20, stance=AGAINST)], OPEN, REMOVE, Code.LEANS_AGAINST),
    Body("13, denied", "Botulinum toxin does not smooth frown lines.", (item(n=20, stance=AGAINST),),
         OVER, REMOVE, Code.WORDED_TOO_FIRMLY, polarity=Polarity.DENIES, about={"statement": SMOOTHS}),
    benefit("14, all", "100% of patients look younger.",
            [sound(1, result="95% of patients looked younger."), sound(2)], OVER, REWORD,
            Code.FIGURE_NOT_FOUND),
    benefit("14, a fifth", "Depth of lines falls by 20%.", [FELL, sound(2)], OVER, REWORD,
            Code.FIGURE_NOT_FOUND),
    benefit("14, up to", "Depth of lines falls by up to 20%.", [FELL, sound(2)], OVER, REWORD,
            Code.FIGURE_NOT_FOUND),
    benefit("14, too soon", "Lines are smoother after 2 days.", [ONSET, sound(2)], OVER, REWORD,
            Code.FIGURE_NOT_FOUND),
    benefit("14, on time", "Lines are smoother after 2 weeks.", [ONSET, sound(2)], STANDS, STAND,
            Code.EVIDENCE_AGREES),
    harm("14, how many", "Headache occurs in 3% of people.", [SHARE_OF_ALL], OVER, LOOK,
         Code.FIGURE_NOT_FOUND),
    benefit("14, their clients", "90% of our clients have frown lines.",
            [document(1, Design.OWN_DOCUMENT)], OPEN, REMOVE, Code.ONLY_WEAK_SOURCES, **SHARE),
    benefit("14, how often", "Lines need four sessions.",
            [document(1, Design.GUIDELINE, result="Three sessions are planned.")], OVER, REWORD,
            Code.FIGURE_NOT_FOUND, **SESSIONS),
    benefit("14, a risk", "It lowers the risk of migraine by 30%.",
            [sound(1, result="The risk fell by 13%."), sound(2)], OVER, REWORD, Code.FIGURE_NOT_FOUND),
]  # fmt: skip


def test_there_are_thirty_three():
    assert len({body.number for body in BODIES}) == len(BODIES) == 33


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.number)
def test_the_verdict_is_the_defensible_one(body):
    words = claim(body.quote, body.wording, body.polarity, body.category)
    judged = screened(words, standing_on(*body.items, is_sought=True, **body.about), WORDS)
    assert (judged.verdict, judged.action) == (body.verdict, body.action)
    assert body.code in codes(judged)
