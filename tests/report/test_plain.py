"""The plain sentences: short words for a marketing team, one for every verdict met."""

import re

import pytest

from review.model.vocabulary import Action
from review.report.plain import plain_action, plain_sentence

SYLLABLE = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e)$")


def syllables(word: str) -> int:
    return max(1, len(SYLLABLE.findall(word)) - bool(SILENT.search(word)))


def reading_grade(text: str) -> float:
    """Kincaid and others 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = [part for part in re.split(r"[.!?]", text) if part.strip()]
    words = re.findall(r"[a-z']+", text.lower())
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


@pytest.mark.parametrize(
    ("word", "expected"), [("the", 1), ("evidence", 3), ("tested", 2), ("looked", 1), ("opposite", 3)]
)
def test_syllables_are_counted(word, expected):
    assert syllables(word) == expected


def test_every_sentence_met_reads_at_eighth_grade_or_below(whole):
    met = {row.plain for row in whole.claims}
    assert len(met) >= 12
    too_hard = {sentence: reading_grade(sentence) for sentence in met if reading_grade(sentence) > 8}
    assert too_hard == {}


TO_DO = {
    Action.MAY_STAND: r"keep it|make sure|sentence|change|take it out|look it up",
    Action.LOOK_IT_UP: r"look|keep the warning",
    Action.PRODUCE_DOCUMENT: r"paper|keep it|look it up",
    Action.REWORD: r"take|use softer|say",
    Action.REMOVE: r"take|use softer|say",
    Action.ESCALATE: r"clinician|prescribed|take|look it up|cleared|before whoever|keep|say|softer",
}


def test_a_sentence_tells_what_to_do(review):
    for judged in review.judged:
        assert re.search(TO_DO[judged.action], plain_sentence(judged).lower()), judged.claim.claim


def test_a_warning_is_never_told_to_go(review):
    for judged in review.judged:
        if judged.is_caution and not judged.stops_a_medicine:
            assert "take it out" not in plain_sentence(judged)


def test_the_sentence_that_needs_most_tells_it(review):
    for sentence in review.sentences:
        words = plain_action(sentence)
        assert ("suggested sentence" in words) is (sentence.action is Action.REWORD)
        assert reading_grade(words) <= 9
