"""The plain sentences: short words for a marketing team, one for every verdict met."""

import re

import pytest

from review.model.vocabulary import Verdict
from review.report.plain import plain_sentence

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


def test_a_sentence_tells_what_to_do(review):
    for judged in review.judged:
        sentence = plain_sentence(judged).lower()
        if judged.verdict is Verdict.SUBSTANTIATED:
            assert "keep it" in sentence
        elif judged.verdict is Verdict.CONTRADICTED:
            assert "take it out" in sentence
        elif judged.is_caution:
            assert "may stay" in sentence
        else:
            assert re.search(r"take|use softer|say|make sure", sentence)
