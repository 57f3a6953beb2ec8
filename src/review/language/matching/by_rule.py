"""Matches claims to statements where nothing was learnt: by their words, and never without doubt."""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from review.language.claims.places import ClaimPlace
from review.language.cues import denials, is_opposite
from review.language.lexicon import Lexicon
from review.language.matching.matcher import Matched, why_new
from review.language.matching.mentions import clash, mentions_of, subjects_of
from review.model.records import Proposition
from review.model.vocabulary import Match, Polarity

ALIKE = 0.5
"""The cosine of words from which a claim may make a statement; a person says whether it does."""


class StatementMatcher:
    """Compares a claim with every statement. What forbids a match forbids it here as well."""

    def __init__(self, propositions: Mapping[str, Proposition], lexicon: Lexicon) -> None:
        self._keys = list(propositions)
        self._statements = [propositions[key].statement for key in self._keys]
        self._lexicon = lexicon
        self._mentioned = [mentions_of(statement, lexicon) for statement in self._statements]
        self._words = TfidfVectorizer(sublinear_tf=True, token_pattern=r"[\w’'-]+")
        if self._statements:
            plain = [lexicon.in_one_word(statement) for statement in self._statements]
            self._vectors = self._words.fit_transform(plain)

    def match(self, places: Sequence[ClaimPlace]) -> list[Matched]:
        """What each claim may make, in the order given."""
        return [self._matched(place) for place in places]

    def _matched(self, place: ClaimPlace) -> Matched:
        polarity = Polarity.DENIES if denials(place.quote) % 2 else Polarity.AFFIRMS
        if not self._statements:
            return Matched("", Match.NEW, 0.0, polarity, "No statement is known yet.")
        vector = self._words.transform([self._lexicon.in_one_word(place.whole)])
        alike = (vector @ self._vectors.T).toarray()[0]
        closest = int(np.argmax(alike))
        statement, likeness = self._statements[closest], float(alike[closest])
        forbidden = self._clash(place, closest)
        if forbidden or likeness < ALIKE:
            reason = why_new(statement, statement, forbidden)
            return Matched("", Match.NEW, 0.0 if forbidden else likeness, polarity, reason)
        opposite = is_opposite(
            self._lexicon.in_one_word(place.quote), self._lexicon.in_one_word(statement)
        )
        reason = f"Words {likeness:.2f} alike (1 is the same); nothing was learnt to tell more."
        polarity = Polarity.DENIES if opposite else Polarity.AFFIRMS
        return Matched(self._keys[closest], Match.PERHAPS, likeness, polarity, reason)

    def _clash(self, place: ClaimPlace, number: int) -> str:
        own = mentions_of(place.whole, self._lexicon)
        around = subjects_of(f"{place.heading} {place.sentence}", self._lexicon)
        return clash(own, around, self._mentioned[number], mentions_of("", self._lexicon))
