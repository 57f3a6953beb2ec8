"""A sentence that may be published in a claim's place, if there is one.

Either a person wrote it for this proposition, or GRADE's informative statements (guidelines 26) give
one for a benefit that the evidence supports. It is suggested only where the same rules, asked of the
sentence itself, let it stand and no flag blocks it.
"""

import re
from collections.abc import Collection, Iterator

from review.language.cues import is_opposite, wording
from review.language.figures.times import is_permanent
from review.language.flags.screen import Hit
from review.language.lexicon import Lexicon
from review.language.wording.firmness import Firmness, firmness
from review.model.records import Claim, Proposition
from review.model.vocabulary import (
    Bar,
    Category,
    Certainty,
    Direction,
    Ground,
    Polarity,
    Question,
    Sense,
    Verdict,
    Wording,
    YesNo,
)
from review.verdicts.assess import Assessed, assessed
from review.verdicts.case import Case
from review.verdicts.standing import Standing

_TITLES = ("Dr", "Prof", "Professor", "Mr", "Mrs", "Ms", "St")


def allowed_wording(
    standing: Standing,
    lexicon: Lexicon,
    *,
    is_wording_current: bool = True,
    is_contradicted: bool = False,
) -> str:
    """Whole sentences that may be published on a proposition as it stands; empty where none is known.

    The wording that a person wrote comes first, unless the evidence has changed since. Nothing is
    suggested that states a want of evidence, or speaks of the offered product's own papers; in place of
    what is contradicted only what a person wrote on a harm or on a regulator.
    """
    proposition = standing.proposition
    candidates = [] if is_contradicted else [by_grade(standing, lexicon)]
    # The mere denial of a statement that is taken out corrects what is no longer there.
    is_of_use = not is_contradicted or proposition.question in (Question.HARM, Question.REGULATION)
    if proposition.public_wording is not None and is_wording_current and is_of_use:
        candidates.insert(0, proposition.public_wording)
    return next((text for text in candidates if text and stands(text, standing, lexicon)), "")


def stands(text: str, standing: Standing, lexicon: Lexicon) -> bool:
    """Whether a wording, read back as a claim on the same proposition, would stand by the same rules."""
    result = read_back(text, standing, lexicon)
    # What no evidence bears out is not written for anybody, whatever the markets under review.
    is_blocked = any(
        hit.is_blocking or hit.flag.ground in _NEVER_WRITTEN for hit in _flags_in(text, lexicon)
    )
    return result.verdict is Verdict.SUBSTANTIATED and result.bar is not Bar.NOT_MET and not is_blocked


_NEVER_WRITTEN = frozenset({Ground.SAFETY, Ground.PERMANENCE, Ground.PROMISE, Ground.MEDICINE})


def read_back(text: str, standing: Standing, lexicon: Lexicon) -> Assessed:
    """The verdict that a wording would get as a claim on the proposition it was written for."""
    words = as_claim(text, standing.proposition)
    return assessed(Case(words, standing, lexicon, _flags_in(text, lexicon)))


def _flags_in(text: str, lexicon: Lexicon) -> tuple[Hit, ...]:
    return tuple(hit for hit in lexicon.screen.hits(text) if not hit.flag.is_disclosure)


def as_claim(text: str, proposition: Proposition) -> Claim:
    """A wording as a claim on its proposition."""
    denies = is_opposite(text, proposition.statement)
    return Claim(
        claim="wording-001",
        page="wording",
        start=0,
        end=len(text),
        quote=text,
        category=_CATEGORIES.get(proposition.question, Category.MECHANISM),
        wording=_wording_of(text),
        checkworthy=YesNo.YES,
        proposition=proposition.proposition,
        polarity=Polarity.DENIES if denies else Polarity.AFFIRMS,
    )


def _wording_of(text: str) -> Wording:
    """Hedged where it has a hedge, puts something as likely, or tells that nobody knows."""
    # A possibility is also what a record of a hedge comes to without any word that could be one.
    has_words = firmness(text, Wording.HEDGED) in (Firmness.LIKELY, Firmness.UNCERTAIN)
    return Wording.HEDGED if has_words else wording(text)


_CATEGORIES = {
    Question.BENEFIT: Category.EFFICACY,
    Question.HARM: Category.SAFETY,
    Question.COMPARISON: Category.COMPARISON,
    Question.PREVALENCE: Category.EPIDEMIOLOGY,
    Question.PROGNOSIS: Category.EPIDEMIOLOGY,
    Question.DIAGNOSIS: Category.EFFICACY,
    Question.SCREENING: Category.EFFICACY,
    Question.REGULATION: Category.REGULATORY,
    Question.COMPOSITION: Category.COMPOSITION,
    Question.RESEARCH_STATE: Category.RESEARCH_STATE,
    Question.OWN_PRODUCT: Category.COMPOSITION,
}


def by_grade(standing: Standing, lexicon: Lexicon) -> str:
    """The informative statement of what the evidence supports, as English for patients; or nothing.

    Only of what works, and of facts that may be put as facts: of a harm, a comparison, a share of people
    or a state of research a form of words would say nothing that a reader can use.
    """
    proposition = standing.proposition
    if standing.direction is not Direction.SUPPORTS:
        return ""
    statement = in_sentence(proposition.statement, proposition, lexicon)
    if not standing.is_graded:
        is_fact = standing.allowed is Firmness.FACT and proposition.question in _FACTS
        return proposition.statement if is_fact else ""
    if proposition.question is not Question.BENEFIT or standing.certainty is None:
        return ""
    # "It is very uncertain whether results last a year" takes for granted that there are results, and
    # "whether it maximises growth" that there is growth; of a list each may differ.
    words = set(proposition.statement.lower().split())
    is_list = "," in proposition.statement and "and" in words
    is_mixed = is_list or bool(_VAGUE & words)
    is_praise = bool(_PRAISE & lexicon.senses.of(proposition.statement))
    if is_mixed or is_praise or _is_on_time(proposition, lexicon):
        return ""
    return {
        Certainty.HIGH: proposition.statement,
        Certainty.MODERATE: f"It is likely that {statement}.",
        Certainty.LOW: f"Low-certainty evidence suggests that {statement}.",
        Certainty.VERY_LOW: f"It is very uncertain whether {statement}.",
    }[standing.certainty]


def _is_on_time(proposition: Proposition, lexicon: Lexicon) -> bool:
    """Whether a statement is on when something begins, or how long it lasts."""
    words = proposition.statement.lower()
    texts = (proposition.statement, proposition.horizon)
    times = (f for text in texts for f in lexicon.figures.of(text) if f.kind == "time")
    return is_permanent(words) or any(time.unit.name in words for time in times)


_PRAISE = frozenset({Sense.SIZE, Sense.SUPERLATIVE, Sense.EVERYBODY})
_VAGUE = frozenset({"many", "most", "several", "some"})
_FACTS = frozenset({Question.BIOLOGY, Question.COMPOSITION, Question.REGULATION, Question.PROTOCOL})


def in_sentence(text: str, proposition: Proposition, lexicon: Lexicon) -> str:
    """A statement, a treatment or an outcome of a proposition as it stands inside a sentence."""
    return as_clause(text, _proper_in(proposition, lexicon))


def _proper_in(proposition: Proposition, lexicon: Lexicon) -> set[str]:
    """The words that keep their capital: names that the lexicon lists, and those that nobody does."""
    unlisted = lexicon.names.unlisted(proposition.statement)
    return {*lexicon.proper, *unlisted, *_capitals_in(proposition)}


def as_clause(statement: str, proper: Collection[str]) -> str:
    """The statement as the inside of a sentence: without its full stop, with a small first letter.

    The first word keeps its capital where it is one of the `proper` words, is a person's title, or has
    further capitals.
    """
    text = statement.removesuffix(".")
    first = text.split()[0].strip(",;:")
    stem = re.sub(r"[’']s$", "", first)
    has_capitals = first[1:] and not first[1:].islower()
    if has_capitals or {first, stem} & {*proper, *_TITLES}:
        return text
    return text[0].lower() + text[1:]


def _capitals_in(proposition: Proposition) -> Iterator[str]:
    """The words that the proposition writes with a capital where no sentence begins.

    A name that nobody has listed shows itself there: "Restylane" in the treatment "Injected Restylane".
    """
    for text in (proposition.statement, proposition.intervention, proposition.comparator):
        for word in text.split()[1:]:
            plain = word.strip(",;:.()")
            if plain[:1].isupper():
                yield plain
