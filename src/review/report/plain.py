"""One sentence a verdict that a marketing team follows: short words, what is wrong, what to do.

The sentence follows the first reason in the order below that the verdict carries; it says nothing that
the reasons do not say.
"""

from collections.abc import Mapping

from review.model.vocabulary import Question, Verdict
from review.verdicts.verdict import Code, Judged

_SENTENCES: Mapping[Verdict, Mapping[Code, str]] = {
    Verdict.CONTRADICTED: {
        Code.ABSOLUTE_SAFETY: (
            "It promises safety without limits, and the evidence says otherwise. Take it out."
        ),
    },
    Verdict.OVERSTATED: {
        Code.FIGURE_NOT_FOUND: (
            "No study we found has this number. Take the number out, or show where it comes from."
        ),
        Code.WORDED_TOO_FIRMLY: (
            "There is some evidence, but this sounds more sure than the studies are. Use softer words."
        ),
        Code.EVIDENCE_DIVIDED: "Some sources say yes and some say no. Say that they do not agree.",
        Code.OTHER_TREATMENT: "The studies tested another treatment. Say which one, or take it out.",
        Code.OTHER_PEOPLE: (
            "The studies looked at other people than your readers. Say whom, or take it out."
        ),
        Code.OTHER_OUTCOME: (
            "The studies measured something else. Say what they did measure, or take it out."
        ),
    },
    Verdict.UNSUPPORTED: {
        Code.CAUTION: "It warns the reader. It may stay, although we found no study of it.",
        Code.NO_HUMAN_EVIDENCE: (
            "This was tested in animals or in cells, not in people. Say so, or take it out."
        ),
        Code.ONLY_UNVERIFIED: (
            "We know of reports, but nobody has checked them. Take it out until someone has."
        ),
        Code.ONLY_WEAK_SOURCES: (
            "The sources we found are too weak to show this. Take it out, or bring a better one."
        ),
        Code.LEANS_AGAINST: "The little evidence there is points the other way. Take it out.",
    },
    Verdict.SUBSTANTIATED: {
        Code.CAUTION: "It warns the reader, and such harm is on record. Keep it.",
        Code.NOTHING_ESTABLISHES_IT: "It says that this is not shown, and that is right. Keep it.",
    },
}
_OTHERWISE = {
    Verdict.SUBSTANTIATED: "The evidence backs this the way it is worded. You may keep it.",
    Verdict.OVERSTATED: "There is some evidence, but this says more than it shows. Say less.",
    Verdict.UNSUPPORTED: "We found no study that shows this. Take it out, or say that it is not known.",
    Verdict.CONTRADICTED: "The evidence says the opposite. Take it out.",
    Verdict.SET_ASIDE: "Prices, bookings and the like need no study. Make sure that it is true today.",
}
_NO_PAPER = (
    "We found no paper that shows this for your product or clinic. Take it out, or bring the paper."
)


def plain_sentence(judged: Judged) -> str:
    """The verdict in plain words, for whoever writes the page."""
    codes = {reason.code for reason in judged.reasons}
    for code, sentence in _SENTENCES.get(judged.verdict, {}).items():
        if code in codes:
            return sentence
    question = judged.standing.proposition.question
    # For these it is a document of the clinic's own that is missing, not a study.
    asks_for_paper = question.is_shown_by_papers or question is Question.RESEARCH_STATE
    if judged.verdict is Verdict.UNSUPPORTED and asks_for_paper:
        return _NO_PAPER
    return _OTHERWISE[judged.verdict]
