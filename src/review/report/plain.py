"""What a marketing team follows: one sentence a verdict, and one a sentence of the page.

The sentence follows the first reason in the order below that the verdict carries; it says nothing that
the reasons do not say.
"""

from collections.abc import Mapping

from review.model.vocabulary import Action, Verdict
from review.verdicts.pages.sentences import JudgedSentence
from review.verdicts.reasons import Code
from review.verdicts.verdict import Judged

_SENTENCES: Mapping[Verdict, Mapping[Code, str]] = {
    Verdict.CONTRADICTED: {
        Code.HARM_ON_RECORD: "Such harm has been reported. Do not deny it: take it out.",
        Code.PART_FAILS: "A part of this goes against the evidence. Take the sentence out.",
    },
    Verdict.OVERSTATED: {
        Code.ZERO_EVENTS: (
            "That nobody in a study was harmed does not show that nobody can be. Take it out."
        ),
        Code.FIGURE_NOT_FOUND: (
            "No study we hold has this number. Take the number out, or show where it comes from."
        ),
        Code.EVERYBODY: "It speaks of everybody. The studies are of some people: say less.",
        Code.SIZE_NOT_SHOWN: "No study we hold shows an effect as large as this sounds. Say less.",
        Code.ABOVE_ALL: "Nothing we hold compares it with everything else. Take the praise out.",
        Code.NO_HEAD_TO_HEAD: (
            "No study we hold tested it against that. Take the comparison out, or bring the study."
        ),
        Code.HEALTH_EFFECT: (
            "How something works does not show that it helps. Say only how it works, or take it out."
        ),
        Code.WORDED_TOO_FIRMLY: (
            "There is some evidence, but this sounds more sure than the studies are. Use softer words."
        ),
        Code.ESTABLISHMENT: "It says that studies prove it, and those we hold do not. Take that out.",
        Code.EVIDENCE_DIVIDED: "Some sources say yes and some say no. Say that they do not agree.",
        Code.OTHER_TIME: "Nobody was followed for as long as this speaks of. Say how long they were.",
        Code.OTHER_TREATMENT: "The studies tested another treatment. Say which one, or take it out.",
        Code.OTHER_PEOPLE: (
            "The studies looked at other people than your readers. Say whom, or take it out."
        ),
        Code.OTHER_OUTCOME: (
            "The studies measured something else. Say what they did measure, or take it out."
        ),
        Code.PART_FAILS: "A part of this says more than the evidence. Change the sentence.",
    },
    Verdict.UNSUPPORTED: {
        Code.OWN_DOCUMENT: (
            "Only a paper of your own, or of your supplier, can show this. Bring it, or take this out."
        ),
        Code.NO_HUMAN_EVIDENCE: (
            "This was tested in animals or in cells, not in people. Say so, or take it out."
        ),
        Code.ONLY_UNVERIFIED: (
            "We know of reports, but nobody has checked them. Take it out until someone has."
        ),
        Code.ONLY_WEAK_SOURCES: (
            "The sources we found are too weak to show this. Take it out, or bring a better one."
        ),
        Code.LEANS_AGAINST: "What little is known leaves this very uncertain. Take it out.",
        Code.PART_FAILS: "A part of this has no evidence. Take the sentence out.",
    },
    Verdict.SUBSTANTIATED: {
        Code.NOTHING_ESTABLISHES_IT: "It says that this is not shown, and that is right. Keep it.",
        Code.ADVERTISING_BAR: (
            "Worded with care, but advertising a benefit needs a randomised trial, and none is known "
            "here. Put it before whoever answers for the clinic's advertising."
        ),
    },
    Verdict.NOT_LOOKED_FOR: {
        Code.ABSOLUTE_SAFETY: "Nothing could ever show that it is safe for everybody. Take it out.",
        Code.PART_FAILS: "Nobody has looked a part of this up. Look it up before it is published.",
    },
}
_MEANWHILE = "Nobody has looked this up, and until then it may not be promised. Take it out."
_OTHERWISE = {
    Verdict.SUBSTANTIATED: "The evidence backs this the way it is worded. You may keep it.",
    Verdict.OVERSTATED: "There is some evidence, but this says more than it shows. Say less.",
    Verdict.UNSUPPORTED: "A search found no study that shows this. Take it out.",
    Verdict.CONTRADICTED: "The evidence says otherwise. Take it out.",
    Verdict.NOT_LOOKED_FOR: "Nobody has looked this up yet. Look it up before it is published.",
    Verdict.SET_ASIDE: "Prices, bookings and the like need no study. Make sure that it is true today.",
}
_MEDICINE = (
    "It tells people to stop a medicine, which can do harm. Only whoever prescribed it decides that."
)
_BLOCKED = "A rule of advertising speaks against these words. Have them cleared, or take them out."
_NEARLY = "The sources we hold are about something near. Look for one that is about just this."
_SAY_SO = "Nobody has looked this up yet. Until then say what is known of it."
_WARNINGS = {
    Action.MAY_STAND: "It tells readers to take care. Keep it.",
    Action.LOOK_IT_UP: "It warns readers: keep the warning, and look its number up.",
    Action.PRODUCE_DOCUMENT: "It tells readers to take care: keep it, and have the protocol at hand.",
    Action.ESCALATE: "It warns readers, but not as the evidence does. Have a clinician put it right.",
}
_HOLDS_A_WARNING = "It holds words that must stay: have a person rewrite it."
_REPLACE = "The suggested sentence may stand in its place."
_NO_WORDS = "No words are known here that may stand instead: until there are some, take it out."


def plain_sentence(judged: Judged) -> str:
    """The verdict in plain words, for whoever writes the page."""
    if judged.stops_a_medicine:
        return _MEDICINE
    if judged.is_caution and judged.action in _WARNINGS:
        return _WARNINGS[judged.action]
    if judged.verdict.may_stand and judged.is_blocked:
        return _BLOCKED
    if judged.verdict is Verdict.OVERSTATED and judged.action is Action.LOOK_IT_UP:
        return _NEARLY
    if judged.verdict is Verdict.NOT_LOOKED_FOR and judged.action is Action.REWORD:
        return _SAY_SO
    is_unlawful = judged.verdict is Verdict.NOT_LOOKED_FOR and judged.action is Action.REMOVE
    if is_unlawful and Code.ABSOLUTE_SAFETY not in {reason.code for reason in judged.reasons}:
        return _MEANWHILE
    codes = {reason.code for reason in judged.reasons}
    for code, sentence in _SENTENCES.get(judged.verdict, {}).items():
        if code in codes:
            return sentence
    return _OTHERWISE[judged.verdict]


def plain_action(sentence: JudgedSentence) -> str:
    """What a whole sentence needs, in plain words, by the claim in it that asks for most."""
    decisive = sentence.decisive
    why = plain_sentence(decisive)
    if sentence.action is Action.REWORD:
        return f"{why} {_REPLACE}"
    if sentence.action is Action.REMOVE and decisive.verdict is Verdict.OVERSTATED:
        # What to write instead is told, and yet it goes: without this a reader met two instructions.
        return f"{why} {_NO_WORDS}"
    if sentence.warns and sentence.action is Action.PRODUCE_DOCUMENT and not decisive.is_caution:
        return f"{_HOLDS_A_WARNING} {why}"
    if sentence.action is not Action.ESCALATE or decisive.stops_a_medicine:
        return why
    if sentence.warns and decisive.action in (Action.REWORD, Action.REMOVE):
        return f"{_HOLDS_A_WARNING} {why}"
    return _BLOCKED if decisive.is_blocked else why
