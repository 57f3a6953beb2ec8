"""The words by which the abstract of a paper tells its facts: a pack of the trade, one language each."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from review.model.fields import Slug, Text
from review.model.knowledge.phrases import Phrases, finder
from review.model.record import Record
from review.model.vocabulary import Design, Measure


class Section(StrEnum):
    """What a section of a structured abstract is for."""

    BACKGROUND = "background"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSIONS = "conclusions"
    REGISTRATION = "registration"
    FUNDING = "funding"


class AbstractTerm(StrEnum):
    """What the words of a list of a pack of abstracts have in common.

    - people, animals, cells: whom or what a study is done in
    - assigned: verbs by which people are put into groups by chance
    - taken-in: verbs by which people become part of a study
    - not-taken-in: what is done with people who need not become part of it
    - part-only: what tells that a sentence speaks of a part of those studied
    - studies: what a review includes
    - trials, observational: the designs of what a review includes
    - secondary: a report that only uses the data of another study
    - planned: a study that has not been done yet
    - followed: how long people were followed
    - industry, public: words in the names of those who pay
    - change-words: what a percentage with an interval may be that is no share of people
    """

    PEOPLE = "people"
    ANIMALS = "animals"
    CELLS = "cells"
    ASSIGNED = "assigned"
    TAKEN_IN = "taken-in"
    NOT_TAKEN_IN = "not-taken-in"
    PART_ONLY = "part-only"
    STUDIES = "studies"
    TRIALS = "trials"
    OBSERVATIONAL = "observational"
    SECONDARY = "secondary"
    PLANNED = "planned"
    FOLLOWED = "followed"
    INDUSTRY = "industry"
    PUBLIC = "public"
    CHANGE = "change-words"


class SectionLabel(Record):
    """The labels under which a section stands, with commas between them."""

    section: Section
    labels: Text


class AbstractWords(Record):
    """Words of one kind."""

    words: AbstractTerm
    phrases: Phrases


class DesignCue(Record):
    """Words that tell the design of a study.

    `titles` tell it in a title, `phrases` in a sentence of the abstract. A hit counts for nothing where
    one of `unless` overlaps it. `examples` tell the design, `counter_examples` do not; both are
    sentences of our own, and its tests.
    """

    design: Design
    titles: Phrases = ()
    phrases: Phrases = ()
    unless: Phrases = ()
    examples: tuple[Text, ...]
    counter_examples: tuple[Text, ...]

    def is_told(self, text: str, is_title: bool = False) -> bool:
        """Whether a title or a sentence tells the design, in words that none of `unless` overlaps."""
        phrases = self.titles if is_title else self.phrases
        hits = [match.span() for match in finder(phrases).finditer(text)]
        others = [match.span() for match in finder(self.unless).finditer(text)]
        return any(all(end <= a or start >= b for a, b in others) for start, end in hits)


class MeasureName(Record):
    """The names of a measure of effect, and its abbreviations, which are read in capitals as they stand.

    `also_short_for` names what an abbreviation may mean besides: where an abstract has such words, the
    abbreviation counts only where the abstract itself explains it.
    """

    measure: Measure
    names: Phrases
    short: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{1,6}$")], ...] = ()
    also_short_for: Phrases = ()


class Registry(Record):
    """A register of trials or reviews: its name, and how its numbers are written."""

    registry: Text
    numbers: Phrases


class AbstractPack(Record):
    """The words of abstracts in one language."""

    pack: Slug
    title: Text
    source: Text
    version: Text
    sections: tuple[SectionLabel, ...]
    words: tuple[AbstractWords, ...]
    designs: tuple[DesignCue, ...]
    measures: tuple[MeasureName, ...]
    registers: tuple[Registry, ...]
