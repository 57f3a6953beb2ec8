"""Lexicons for tests of rules: that of no subject, and that of a small subject made for the purpose."""

from collections.abc import Sequence
from decimal import Decimal

from review.language.figures.figures import Figure
from review.language.figures.units import COUNT
from review.language.lexicon import Lexicon
from review.model.knowledge.subject import Name, Subject, Synonym
from review.model.vocabulary import Market
from review.store.read import packaged_packs


def name(name: str, kind: str, also: str = "", proper: str = "no", own: str = "no") -> Name:
    return Name(name=name, kind=kind, also=also, proper=proper, own=own, approved="")


def lexicon(
    *names: Name,
    synonyms: dict[str, str] | None = None,
    texts: Sequence[str] = (),
    markets: Sequence[Market] = (),
) -> Lexicon:
    """A lexicon of the packaged packs and a subject with these names, under the law of some markets."""
    same = [Synonym(word=word, same_as=other) for word, other in (synonyms or {}).items()]
    subject = Subject(
        names={entry.name: entry for entry in names}, synonyms={entry.word: entry for entry in same}
    )
    return Lexicon(subject, packaged_packs(), texts, markets)


PLAIN = lexicon(texts=["exosome injections regrow hair"])
"""That of a subject of which nothing is listed; the words of its statements are known as ordinary."""

FIGURES = PLAIN.figures
UNITS = {unit.name: unit for unit, _ in FIGURES.units} | {COUNT.name: COUNT}
"""The units by name."""


def figure(low: float | str, high: float | str, unit: str) -> Figure:
    """A figure in a unit given by its name."""
    return Figure(Decimal(str(low)), Decimal(str(high)), UNITS[unit])
