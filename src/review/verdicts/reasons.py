"""Why a verdict is what it is: codes, each with a sentence that says it of one claim."""

from dataclasses import dataclass

from review.model.vocabulary import Word


class Code(Word):
    """Why a verdict is what it is."""

    EVIDENCE_AGREES = "evidence-agrees"
    EVIDENCE_AGAINST = "evidence-against"
    EVIDENCE_DIVIDED = "evidence-divided"
    LEANS_AGAINST = "leans-against"
    HARM_ON_RECORD = "harm-on-record"
    ZERO_EVENTS = "zero-events"
    NO_HUMAN_EVIDENCE = "no-human-evidence"
    NO_EVIDENCE = "no-evidence"
    NOT_LOOKED_FOR = "not-looked-for"
    OWN_DOCUMENT = "own-document"
    ONLY_UNVERIFIED = "only-unverified"
    ONLY_WEAK_SOURCES = "only-weak-sources"
    WORDED_TOO_FIRMLY = "worded-too-firmly"
    HEALTH_EFFECT = "health-effect"
    SIZE_NOT_SHOWN = "size-not-shown"
    EVERYBODY = "everybody"
    ABOVE_ALL = "above-all"
    NO_HEAD_TO_HEAD = "no-head-to-head"
    FIGURE_NOT_FOUND = "figure-not-found"
    FIGURE_CONVERTED = "figure-converted"
    OTHER_TIME = "other-time"
    OTHER_PEOPLE = "other-people"
    OTHER_TREATMENT = "other-treatment"
    OTHER_OUTCOME = "other-outcome"
    ESTABLISHMENT = "establishment"
    ABSOLUTE_SAFETY = "absolute-safety"
    ADVERTISING_BAR = "advertising-bar"
    SECOND_HAND = "second-hand"
    SUGGESTED_GRADE = "suggested-grade"
    NOTHING_ESTABLISHES_IT = "nothing-establishes-it"
    CAUTION = "caution"
    PART_FAILS = "part-fails"
    SET_ASIDE = "set-aside"
    LATER_NOTICE = "later-notice"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code and the sentence that says it of this claim."""

    code: Code
    sentence: str
