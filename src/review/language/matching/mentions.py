"""What a text mentions: things by kind, figures, words; and what two texts cannot mean together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from review.language.claims.places import ClaimPlace
from review.language.figures.figures import Figure
from review.language.lexicon import Lexicon
from review.language.names import PRODUCT, SPECIES
from review.model.vocabulary import Species

STEM = 5
"""Words that begin with the same letters, this many, are taken for one."""
_WORD = re.compile(r"[^\W_]+")
# Words that tell how much or when, or that something is done and seen, but not what.
_SMALL = ENGLISH_STOP_WORDS | frozenset(
    "minute minutes hour hours day days week weeks month months year years per cent percent half seven "
    "thirty hundred treatment treatments therapy session sessions procedure results result effect "
    "take takes taken last lasts show shows seen first".split()
)
_ABSENT = re.compile(r"\b(?:no|without)\s+\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a text names and which figures it gives."""

    subjects: Mapping[str, frozenset[str]]
    figures: frozenset[Figure]
    words: frozenset[str]


def all_mentions(mentions: Sequence[Mentions], kinds: Sequence[str]) -> Mentions:
    """All that several texts name."""
    return Mentions(
        {kind: frozenset().union(*(each.subjects[kind] for each in mentions)) for kind in kinds},
        frozenset().union(*(each.figures for each in mentions)),
        frozenset().union(*(each.words for each in mentions)),
    )


def mentions_of(text: str, lexicon: Lexicon) -> Mentions:
    """What a text names; what it says is absent ("no surgery") is not what it is about."""
    return Mentions(subjects_of(text, lexicon), lexicon.figures.plain_of(text), _content(text, lexicon))


def subjects_of(text: str, lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    """The things that a text mentions, by kind; what it says is absent is none of them.

    A name that no list holds is one of the products, for nothing is known of it.
    """
    return lexicon.names.in_text(_ABSENT.sub(" ", text))


def _content(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The stems of the words that say what a text is about: no figures, times or small words."""
    words = _WORD.findall(lexicon.in_one_word(text).lower())
    return frozenset(word[:STEM] for word in words if word not in _SMALL and not word.isdigit())


def clash(own: Mentions, around: Mapping[str, frozenset[str]], stated: Mentions, known: Mentions) -> str:
    """What forbids a match, in words; empty where nothing does."""
    for kind, names in stated.subjects.items():
        theirs = names | known.subjects[kind]
        mine = own.subjects[kind]
        if mine and theirs and not mine & theirs:
            return f"{kind}: {listed(mine)} here, {listed(theirs)} there"
    named = own.subjects[SPECIES] | around[SPECIES]
    if Species.ANIMAL in stated.subjects[SPECIES] and Species.ANIMAL not in named:
        return "species: nothing said of animals here, animals there"
    allowed = stated.figures | known.figures
    units = {figure.unit for figure in own.figures} & {figure.unit for figure in stated.figures}
    for unit in sorted(units):
        mine_figures = {figure for figure in own.figures if figure.unit == unit}
        if not mine_figures & allowed:
            theirs_figures = {figure for figure in stated.figures if figure.unit == unit}
            return (
                f"figures: {listed_figures(mine_figures)} here, {listed_figures(theirs_figures)} there"
            )
    if own.words and own.words.isdisjoint(stated.words) and own.words.isdisjoint(known.words):
        return "they share no word but figures and times"
    return ""


def unnamed_product(place: ClaimPlace, stated: Mentions) -> str:
    """The products that a statement is about, where the claim's page names none of them; else nothing.

    What is known of one product is then no verdict on another.
    """
    about = stated.subjects[PRODUCT]
    if place.products is None or not about or about & place.products:
        return ""
    return " or ".join(sorted(about))


def agreements(
    own: Mentions, around: Mapping[str, frozenset[str]], stated: Mentions, known: Mentions
) -> Iterator[float]:
    """Figures in common; for each kind of subject, what is shared and what only one side names."""
    yield float(bool(own.figures & (stated.figures | known.figures)))
    for kind, names in stated.subjects.items():
        theirs = names | known.subjects[kind]
        yield float(bool(own.subjects[kind] & theirs))
        yield float(bool(own.subjects[kind] - theirs))
        yield float(bool(names - own.subjects[kind] - around[kind]))


def listed(names: frozenset[str]) -> str:
    """Names as a reader is told them."""
    return ", ".join(sorted(names))


def listed_figures(figures: set[Figure]) -> str:
    """Figures as a reader is told them."""
    return ", ".join(
        f"{figure.low:g} {figure.unit.name}"
        if figure.low == figure.high
        else f"{figure.low:g} to {figure.high:g} {figure.unit.name}"
        for figure in sorted(figures)
    )
