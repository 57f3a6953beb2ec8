"""What to ask for: the concepts of a proposition, or of free words, with every name of each.

A search asks for the condition and the intervention: outcomes and comparisons are often not told in a
title or an abstract, so that asking for them loses papers (Cochrane Handbook 5.1, section 6.4.2,
http://handbook-5-1.cochrane.org/chapter_6/6_4_2_structure_of_a_search_strategy.htm). They stand in only
where one of the two names nothing, or where a person asks for them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from review.literature.queries.terms import (
    Asked,
    SpellingError,
    Term,
    all_of,
    any_of,
    spellings,
    term,
)
from review.literature.words import telling, telling_runs
from review.model.knowledge.packs import Packs
from review.model.knowledge.phrases import finder
from review.model.knowledge.subject import Name, Subject, Synonym
from review.model.records import Proposition
from review.model.vocabulary import NOT_APPLICABLE, NOT_REPORTED, Question, Species


class Part(StrEnum):
    """A part of a question: the fields of a proposition that can be searched for, and free words."""

    POPULATION = "population"
    INTERVENTION = "intervention"
    OUTCOME = "outcome"
    COMPARATOR = "comparator"
    WORDS = "words"


USUAL = (Part.POPULATION, Part.INTERVENTION)
_STAND_INS = (Part.OUTCOME, Part.COMPARATOR)
LONGEST_PHRASE = 3
"""So many words that are no name stand together as one term; of more each must stand somewhere."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One part of a question: what is asked for, and the phrases that could not be asked for."""

    part: Part
    asked: Asked
    left_out: tuple[str, ...] = ()


class Thesaurus:
    """The names and synonyms of a subject, by which one word is asked for in all its forms."""

    def __init__(self, subject: Subject, packs: Packs) -> None:
        # Each spelling by itself: of several in one pattern the first would be found, not the longest.
        self._names = [(n, finder((phrase,))) for n in subject.names.values() for phrase in n.phrases]
        synonyms = (*subject.synonyms.values(), *packs.synonyms)
        self._synonyms = [(synonym, finder((synonym.word,))) for synonym in synonyms]
        people = [cue.phrases for cue in packs.species if cue.species is Species.HUMAN]
        self._people = finder(tuple(phrase for phrases in people for phrase in phrases))

    def concept(self, part: Part, text: str) -> Concept | None:
        """What a text asks for; None where it names nothing that could be searched for.

        Parts between commas, "and" and "or" are alternatives; the names in one part must all stand
        there. What beside a name is no name is not asked for: each word more would lose papers.
        """
        if text in (NOT_APPLICABLE, NOT_REPORTED):
            return None
        marked, found = self._marked(text)
        left_out: list[str] = []
        asked = any_of(self._alternative(one, found, left_out) for one in _BETWEEN.split(marked))
        return _concept(part, asked, left_out)

    def all_words(self, text: str) -> Concept | None:
        """What free words ask for: every name in them, and every other word that means something."""
        names, others, left_out = self._taken_apart(text)
        return _concept(Part.WORDS, all_of([*names, *others]), left_out)

    def of_statement(self, text: str) -> Concept | None:
        """What a statement asks for: every name in it, and beside them any word that means something.

        Nobody chose its words for a search: where it names something, to ask for all of them would find
        nothing. Where it names nothing, all are asked for.
        """
        names, others, left_out = self._taken_apart(text)
        asked = all_of([*names, any_of(others)]) if names else all_of(others)
        return _concept(Part.WORDS, asked, left_out)

    def _taken_apart(self, text: str) -> tuple[list[Asked | None], list[Asked | None], list[str]]:
        """The names in a text, its other words, and the phrases that cannot be asked for."""
        marked, found = self._marked(text)
        left_out: list[str] = []
        names = [self._named(*found[int(number)], left_out) for number in _MARK.findall(marked)]
        others = [self._term(word, left_out) for word in telling(_MARK.sub(" ", marked))]
        return names, others, left_out

    def _marked(self, text: str) -> tuple[str, Sequence[tuple[Name, str]]]:
        """The text with a mark in place of each name, and the names, as spelt, that the marks number.

        Of names that overlap the longest is taken: who asks for hair loss does not ask for hair.
        """
        spans = [(m.start(), m.end(), name) for name, p in self._names for m in p.finditer(text)]
        spans.sort(key=lambda span: (span[0] - span[1], span[0]))
        taken: list[tuple[int, int, Name]] = []
        for start, end, name in spans:
            if all(end <= other or start >= stop for other, stop, _ in taken):
                taken.append((start, end, name))
        taken.sort(key=lambda span: span[0])
        pieces, at = [], 0
        for number, (start, end, _) in enumerate(taken):
            pieces += [text[at:start], f" \x00{number}\x00 "]
            at = end
        return "".join([*pieces, text[at:]]), [(name, text[start:end]) for start, end, name in taken]

    def _alternative(
        self, text: str, found: Sequence[tuple[Name, str]], left_out: list[str]
    ) -> Asked | None:
        if numbers := _MARK.findall(text):
            return all_of(self._named(*found[int(number)], left_out) for number in numbers)
        runs = telling_runs(self._people.sub(" ", text))
        # A longer run is no name of anything: it stands nowhere as it is.
        phrases = (run if len(run) > LONGEST_PHRASE else (" ".join(run),) for run in runs)
        return all_of(self._term(text, left_out) for run in phrases for text in run)

    def _named(self, name: Name, spelt: str, left_out: list[str]) -> Asked | None:
        """A name as it is `spelt` and in every other spelling, and what says the same as one of them."""
        own = [spelt, *_readings(name.phrases, left_out)]
        return any_of([*map(term, own), *self._same(own, left_out)])

    def _term(self, text: str, left_out: list[str]) -> Asked | None:
        return any_of([term(text), *self._same([text], left_out)])

    def _same(self, texts: Sequence[str], left_out: list[str]) -> list[Term | None]:
        """What the synonyms have beside one of the texts, and what they put in its place."""
        known = {text.casefold() for text in texts}
        groups = {
            synonym.same_as.casefold()
            for synonym, pattern in self._synonyms
            if synonym.same_as.casefold() in known or any(map(pattern.fullmatch, texts))
        }
        own = [synonym for synonym, _ in self._synonyms if synonym.same_as.casefold() in groups]
        return [term(text) for synonym in own for text in _written(synonym, left_out)]


_BETWEEN = re.compile(r"[,;/]|\b(?:and|or)\b", re.IGNORECASE)
_MARK = re.compile("\x00([0-9]+)\x00")


def _concept(part: Part, asked: Asked | None, left_out: Iterable[str]) -> Concept | None:
    return Concept(part, asked, tuple(dict.fromkeys(left_out))) if asked else None


def _written(synonym: Synonym, left_out: list[str]) -> list[str]:
    return [synonym.same_as, *_readings((synonym.word,), left_out)]


def _readings(phrases: Iterable[str], left_out: list[str]) -> list[str]:
    """Every spelling of the phrases; a phrase that cannot be spelled out is put to `left_out`."""
    found: list[str] = []
    for phrase in phrases:
        try:
            found += spellings(phrase)
        except SpellingError:
            left_out.append(phrase)
    return found


def concepts_of(
    proposition: Proposition, thesaurus: Thesaurus, more: Iterable[Part] = ()
) -> tuple[Concept, ...]:
    """The concepts of a proposition: condition, intervention and whatever `more` is asked for.

    Where one of the usual two names nothing, the outcome stands in, then the comparator, but for harm,
    which abstracts seldom name; where no part names anything, the words of the statement do.
    """
    parts = list(dict.fromkeys((*USUAL, *more)))
    found = [thesaurus.concept(part, getattr(proposition, part)) for part in parts]
    concepts = [concept for concept in found if concept]
    for part in () if proposition.question is Question.HARM and concepts else _STAND_INS:
        if len(concepts) < len(USUAL) and part not in parts:
            concept = thesaurus.concept(part, getattr(proposition, part))
            concepts += [concept] if concept else []
    if not concepts and (concept := thesaurus.of_statement(proposition.statement)):
        concepts = [concept]
    return tuple(concepts)


def concepts_in(words: str, thesaurus: Thesaurus) -> tuple[Concept, ...]:
    """The concept of free words; none where no word of them means anything."""
    concept = thesaurus.all_words(words)
    return (concept,) if concept else ()
