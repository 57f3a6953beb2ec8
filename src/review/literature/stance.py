"""What a paper seems to say of a claim, with the sentence behind it; silent by default where unsure.

A small model cannot decide this. What it gives is a hint for a person, who reads the sentence: the
weights were fitted on the train claims of SciFact (Wadden and others 2020) by
`python -m benchmarks.literature_fit`, and docs/literature.md says how often the hint is wrong.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from review.literature.words import stems


class Leaning(StrEnum):
    """What a paper may say of a claim; not a `Stance`, which a person gives to a finding."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NOT_ABOUT = "not-about-it"


@dataclass(frozen=True, slots=True)
class StanceSuggestion:
    """The likeliest leaning, its probability on claims like SciFact's, and the closest sentence.

    `suggested` is None where the probability is too low to say anything.
    """

    likeliest: Leaning
    probability: float
    sentence: str

    @property
    def suggested(self) -> Leaning | None:
        """The leaning where it is likely enough to be shown."""
        return self.likeliest if self.probability >= SURE else None


SURE = 0.7
"""The probability from which a leaning is shown; in five folds of the train claims those are right in
three of four cases."""

NEAREST = 3
"""How many of the closest sentences are looked at together, as the features have it."""
FEATURES = (
    "share of the claim in the sentence",
    "share of the claim in the paper",
    "share of the claim in the three closest sentences",
    "one of claim and sentence denies",
    "the claim denies",
    "claim and sentence point in opposite directions",
    "claim and sentence point in the same direction",
    "claim and the three closest sentences point in opposite directions",
)
WEIGHTS = {
    Leaning.SUPPORTS: (0.1, 2.14, 0.38, -0.42, -0.44, -0.1, 0.47, -0.61),
    Leaning.CONTRADICTS: (0.43, 0.98, 1.39, 0.57, 0.58, 0.94, -0.19, 0.41),
    Leaning.NOT_ABOUT: (-0.53, -3.13, -1.77, -0.15, -0.14, -0.84, -0.28, 0.2),
}
BIAS = {Leaning.SUPPORTS: -0.93, Leaning.CONTRADICTS: -1.78, Leaning.NOT_ABOUT: 2.71}

_DENIES = re.compile(
    r"\b(?:no|not|nor|neither|never|without|cannot|lack(?:s|ed|ing)?|fail(?:s|ed|ure)?|absence|absent"
    r"|independent(?:ly)? of|unaffected|unchanged|unrelated|ineffective|insufficient|unlikely|similar"
    r"|non-?significant|rarely|rather than|instead)\b|n['’]t\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:increas|enhanc|rais|higher|elevat|greater|promot|induc|activat|improv|stimulat|up-?regulat|gain"
    r"|more|longer|accelerat|high|strengthen|positive)\w*",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:decreas|reduc|lower|diminish|suppress|inhibit|attenuat|impair|down-?regulat|loss|less|fewer"
    r"|shorter|prevent|block|declin|abolish|low|weaken|worse|protect|negative|deficien|delay|poor)\w*",
    re.IGNORECASE,
)


def suggested_stance(
    claim: str, sentences: Sequence[str], weight: Callable[[str], float]
) -> StanceSuggestion:
    """What the sentences of a paper seem to say of a claim; `weight` tells how rare a stem is."""
    values, sentence = stance_features(claim, sentences, weight)
    powers = {
        leaning: math.exp(BIAS[leaning] + sum(w * v for w, v in zip(row, values, strict=True)))
        for leaning, row in WEIGHTS.items()
    }
    likeliest = max(Leaning, key=lambda leaning: powers[leaning])
    return StanceSuggestion(likeliest, powers[likeliest] / sum(powers.values()), sentence)


def stance_features(
    claim: str, sentences: Sequence[str], weight: Callable[[str], float]
) -> tuple[tuple[float, ...], str]:
    """The values of `FEATURES`, and the sentence that holds most of the claim (of equals the first)."""
    shares = claim_shares(claim, sentences, weight)
    order = sorted(range(len(sentences)), key=lambda at: (-shares[at], at))[:NEAREST]
    best = order[0]
    sentence = sentences[best]
    denial = bool(_DENIES.search(claim)) != bool(_DENIES.search(sentence))
    along = _direction(claim) * _direction(sentence)
    near = _direction(claim) * sum(_direction(sentences[at]) for at in order)
    values = (
        shares[best],
        claim_shares(claim, [" ".join(sentences)], weight)[0],
        sum(shares[at] for at in order) / len(order),
        denial * shares[best],
        float(bool(_DENIES.search(claim))),
        (along < 0) * shares[best],
        (along > 0) * shares[best],
        float(near < 0),
    )
    return values, sentence


def claim_shares(claim: str, sentences: Sequence[str], weight: Callable[[str], float]) -> list[float]:
    """How much of the claim stands in each sentence: its stems, rare ones counting more; 0 to 1."""
    wanted = sorted(set(stems(claim)))
    # A claim without a stem weighs nothing.
    whole = sum(map(weight, wanted)) or 1.0
    return [
        sum(weight(stem) for stem in wanted if stem in present) / whole
        for present in (set(stems(sentence)) for sentence in sentences)
    ]


def _direction(text: str) -> int:
    """1 where a text speaks of more, -1 where of less, 0 where of both or of neither."""
    return bool(_MORE.search(text)) - bool(_LESS.search(text))
