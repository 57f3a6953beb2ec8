"""A learner's wording of a claim, read by the same rules as the claims of a page.

How firmly the words put it is compared with how firmly the reference wording does, which follows the
certainty (GRADE guidelines 26). The reading is by words alone: it can miss an unusual phrase, so every
step is shown, and what it cannot tell is left to be discussed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from review.language.cues import denials
from review.language.cues import wording as recorded_wording
from review.language.figures.figures import same_figure
from review.language.lexicon import Lexicon
from review.language.wording.firmness import FIRMNESS_WORDS, Firmness, firmness
from review.literature.words import stems
from review.model.vocabulary import Wording
from review.report.counted import counted

LEAST_SHARED = 2
"""Words that carry meaning: a wording that shares fewer with the reference may be about something else
(ours)."""

LONGEST = 1_000
"""Characters of a wording that the rules read; a claim's own words are far shorter."""

_OPEN_QUESTION = re.compile(
    r"\b(?:whether|unclear|uncertain|unknown|inconclusive|disagree\w*|too early|hard to say"
    r"|more (?:research|studies|trials)|(?:no|little|insufficient|not enough) (?:\w+ ){0,2}evidence"
    r"|lacks? (?:\w+ ){0,2}evidence|not (?:yet |been ){0,2}(?:known|clear|confirmed"
    r"|studied|shown|established|prove[dn]|certain|tested))\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"\b(?:likely|probabl[ey])\b", re.IGNORECASE)
_SPEAKS_AGAINST = re.compile(
    r"\b(?:speaks? against|contradict\w*|refut\w*|untrue|false)\b", re.IGNORECASE
)
_HOW_OFTEN = re.compile(r"how often is not known", re.IGNORECASE)
"""In a reference wording this says that a harm is on record, without its rate."""


@dataclass(frozen=True, slots=True)
class WordingReading:
    """How words put a matter: how firmly, by which words, and whether they deny it."""

    firmness: Firmness
    by: str
    denies: bool


@dataclass(frozen=True, slots=True)
class WordingComparison:
    """A wording against the reference: how many steps too firm (below nought: weaker), and why.

    `doubts` are what the rules cannot settle; with any of them a person reads the wording.
    """

    steps_too_firm: int
    steps: tuple[str, ...]
    doubts: tuple[str, ...]


def reading(words: str) -> WordingReading:
    """How `words` put their matter, as the verdicts read a claim; an open question is uncertain."""
    # Else "not known" in it would make of a harm on record an open question.
    text = _HOW_OFTEN.sub("", words)
    if open_question := _OPEN_QUESTION.search(text):
        return WordingReading(Firmness.UNCERTAIN, open_question[0], denies=False)
    # Two denials affirm: "it is not the case that it does not work".
    denies = (denials(text) + bool(_SPEAKS_AGAINST.search(text))) % 2 == 1
    if recorded_wording(text) is Wording.HEDGED or _LIKELY.search(text):
        return WordingReading(firmness(text, Wording.HEDGED), "a hedge", denies)
    return WordingReading(Firmness.FACT, "no word that leaves it open", denies)


def compared(words: str, reference: str, about: str, lexicon: Lexicon) -> WordingComparison:
    """A learner's `words` for the claim told in `about` against the `reference` wording."""
    if len(words) > LONGEST:
        return WordingComparison(
            0, (), (f"The wording has more than {LONGEST:,} characters: a person reads it.",)
        )
    written, allowed = reading(words), reading(reference)
    steps_too_firm = written.firmness - allowed.firmness
    steps = (
        f"Your words put it {FIRMNESS_WORDS[written.firmness]} ({written.by}).",
        f"The reference wording puts it {FIRMNESS_WORDS[allowed.firmness]} ({allowed.by}).",
        _distance(steps_too_firm),
    )
    is_told_by_both = Firmness.UNCERTAIN not in (written.firmness, allowed.firmness)
    is_opposite = is_told_by_both and written.denies != allowed.denies
    doubts = tuple(_doubts(words, reference, about, is_opposite, lexicon))
    return WordingComparison(steps_too_firm, steps, doubts)


def _distance(steps: int) -> str:
    if steps == 0:
        return "Both are as firm as each other."
    way = "too firm for the evidence" if steps > 0 else "more careful than the evidence asks for"
    return f"That is {counted(abs(steps), 'step')} {way}."


def _doubts(
    words: str, reference: str, about: str, is_opposite: bool, lexicon: Lexicon
) -> Iterator[str]:
    if is_opposite:
        yield "Your words seem to say the opposite of the reference."
    wanted = set(stems(reference))
    if len(wanted & set(stems(words))) < min(LEAST_SHARED, len(wanted)):
        yield "Your words share little with the reference: are they about the same matter?"
    figures, hits = lexicon.figures.of, lexicon.screen.hits
    known = [*figures(reference), *figures(about)]
    new = [str(figure) for figure in figures(words) if not any(same_figure(figure, k) for k in known)]
    if new:
        yield f"A figure stands in neither the claim nor the reference: {', '.join(sorted(new))}."
    # That something is not approved is a truthful thing to say, and speaks for a wording.
    # What the reference itself says cannot be held against the learner.
    accepted = {hit.flag.flag for hit in hits(reference)}
    for hit in hits(words):
        if hit.flag.flag not in accepted and hit.speaks_against and not hit.flag.is_disclosure:
            accepted.add(hit.flag.flag)
            yield f"{hit.flag.flag}, {hit.flag.title.lower()}: {hit.flag.clears}"
