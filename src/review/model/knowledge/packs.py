"""Packs: knowledge of the trade as data, one file a thing, each with its source and its examples.

A pack is written so that a clinician can read and mend it. Packs come with the package, in
`review/packs/`; an evidence folder adds its own, and a file of the same name takes the place of the
packaged one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from review.model.fields import DateOrUnknown, Slug, Text
from review.model.knowledge.abstract_words import AbstractPack
from review.model.knowledge.citation_cues import CitationPack
from review.model.knowledge.phrases import Phrases
from review.model.knowledge.subject import Synonym
from review.model.knowledge.tools import Tool
from review.model.record import Record
from review.model.vocabulary import (
    Assertion,
    Category,
    Ground,
    Market,
    Reach,
    Sense,
    Severity,
    Species,
    YesNo,
)

_FRACTION = re.compile(r"[1-9][0-9]{0,11}(/[1-9][0-9]{0,11})?")

FlagId = Annotated[str, StringConstraints(pattern=r"^[A-Z]+[0-9]{1,3}$")]


class TermSet(Record):
    """The words that `<term>` stands for in phrases, with the source and the licence of the list.

    `phrases` are written as any phrase. `words` are plain terms with commas between them: a
    form in -s is found too, and an acronym in capitals only. Sets of the same term add up; one with
    `markets` holds in those alone, such as the medicines that need a prescription there.
    """

    term: Slug
    title: Text
    source: Text
    licence: Text
    markets: tuple[Market, ...] = ()
    phrases: Phrases = ()
    words: Annotated[str, StringConstraints(max_length=500_000)] = ""
    checked: DateOrUnknown


class TermPack(Record):
    """Terms of the trade: conditions, medicines, the verbs by which a product is said to act."""

    pack: Slug
    title: Text
    version: Text
    terms: tuple[TermSet, ...]


class Trigger(Record):
    """A thing that advertising says, in whatever words: who does what to what, within one clause.

    A hit of `phrases` counts for nothing where one of `unless` overlaps it, or where its sentence holds
    one of `spared_by`, or one of `of_others` and no word of an offer of its own (`<ours>`): it tells of
    ordinary care. `across_clauses` looks for the phrases in whole sentences. `senses` are met as
    well as phrases. `examples` meet it, `counter_examples` do
    not; both are sentences of our own, and its tests.
    """

    trigger: Slug
    title: Text
    senses: tuple[Sense, ...] = ()
    phrases: Phrases = ()
    unless: Phrases = ()
    spared_by: Phrases = ()
    of_others: Phrases = ()
    across_clauses: YesNo = YesNo.NO
    examples: tuple[Text, ...]
    counter_examples: tuple[Text, ...]


class TriggerPack(Record):
    """What advertising says, in one language."""

    pack: Slug
    title: Text
    version: Text
    triggers: tuple[Trigger, ...]


class Flag(Record):
    """A rule of advertising: what trips it, how grave it is in its market, and what clears it.

    It is met by its `triggers`, and by `phrases` of its own, where the page does one of `when` with the
    words: says so itself, in whatever register, where nothing else is named. `instead_of` names a flag
    whose hits in the same sentence become hits of this one. `reach` tells whether words can show it; a
    rule that needs the whole page is listed, and met by nothing. `examples` meet it, `counter_examples`
    do not; both are sentences of our own, and its tests.
    """

    flag: FlagId
    title: Text
    ground: Ground
    severity: Severity
    basis: Text
    source: Text
    clears: Text
    instead_of: FlagId | None = None
    reach: Reach = Reach.WORDS
    when: tuple[Assertion, ...] = (Assertion.ASSERTED, Assertion.INFORMED)
    triggers: tuple[Slug, ...] = ()
    phrases: Phrases = ()
    examples: tuple[Text, ...] = ()
    counter_examples: tuple[Text, ...] = ()
    checked: DateOrUnknown

    @property
    def is_blocking(self) -> bool:
        """Whether it speaks against publishing the words as they are."""
        return self.severity is Severity.BLOCK

    @property
    def is_disclosure(self) -> bool:
        """Whether it speaks for a page, and is no reason to hold it back."""
        return self.ground in (Ground.DISCLOSURE, Ground.REFERRAL, Ground.CANDOUR)


class FlagPack(Record):
    """The rules of one market, or, without a `market`, those that hold wherever the page is read."""

    pack: Slug
    title: Text
    version: Text
    market: Market | None = None
    flags: tuple[Flag, ...]


class Cue(Record):
    """Words that speak for a category of claims."""

    category: Category
    phrases: Phrases
    examples: tuple[Text, ...]


class SpeciesCue(Record):
    """Words that name whom or what something was seen in."""

    species: Species
    phrases: Phrases


class CuePack(Record):
    """Words by which a reader tells what sort of claim a sentence makes."""

    pack: Slug
    title: Text
    source: Text
    version: Text
    cues: tuple[Cue, ...]
    species: tuple[SpeciesCue, ...] = ()
    synonyms: tuple[Synonym, ...] = ()


def _fraction(value: object) -> object:
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        return Fraction(value)
    if isinstance(value, Fraction):
        return value
    raise ValueError("write a whole number or a fraction such as 127/50")


class MeasureUnit(Record):
    """A unit: its name, what it measures, its size in the smallest unit of that kind, its spellings.

    The size of a month or a year is in months, as neither is a number of days.
    """

    name: Text
    kind: Text
    size: Annotated[Fraction, BeforeValidator(_fraction)]
    has_plural: YesNo = YesNo.NO
    spellings: Phrases


class UnitPack(Record):
    """Units of measure. Units of mass and volume make concentrations, those of area densities."""

    pack: Slug
    title: Text
    source: Text
    version: Text
    units: tuple[MeasureUnit, ...]


class SenseCue(Record):
    """Words that do one thing on a page, such as telling how large an effect is.

    A hit of `phrases` counts for nothing where one of `unless` overlaps it. `examples` hold the sense,
    `counter_examples` do not; both are sentences of our own, and its tests.
    """

    sense: Sense
    phrases: Phrases
    unless: Phrases = ()
    examples: tuple[Text, ...]
    counter_examples: tuple[Text, ...]


class SensePack(Record):
    """What words of a page do, in one language."""

    pack: Slug
    title: Text
    source: Text
    version: Text
    senses: tuple[SenseCue, ...]


class WordPack(Record):
    """Ordinary words, which are no names although a sentence may begin with them."""

    pack: Slug
    title: Text
    source: Text
    version: Text
    words: Annotated[str, StringConstraints(max_length=500_000)]


class WordWeight(Record):
    """Words of one weight in hundredths: above 0 they speak for advertising, below 0 for information."""

    weight: int
    words: Annotated[str, StringConstraints(max_length=500_000)]


class RegisterPack(Record):
    """How the words of advertising and of information for patients differ, in one language.

    `bias` and `informs_below` are in hundredths, as the weights are. `source` tells on what they were
    learned. A sentence whose score lies below `informs_below` is worded as information is.
    """

    pack: Slug
    title: Text
    source: Text
    version: Text
    bias: int
    informs_below: int
    weights: tuple[WordWeight, ...]


# Compared as an object: mappings have no hash.
@dataclass(frozen=True, slots=True, eq=False)
class Packs:
    """All packs that a review uses, those of its folders in place of packaged ones of the same name."""

    flag_packs: Mapping[str, FlagPack] = field(default_factory=dict)
    trigger_packs: Mapping[str, TriggerPack] = field(default_factory=dict)
    term_packs: Mapping[str, TermPack] = field(default_factory=dict)
    cue_packs: Mapping[str, CuePack] = field(default_factory=dict)
    unit_packs: Mapping[str, UnitPack] = field(default_factory=dict)
    sense_packs: Mapping[str, SensePack] = field(default_factory=dict)
    word_packs: Mapping[str, WordPack] = field(default_factory=dict)
    register_packs: Mapping[str, RegisterPack] = field(default_factory=dict)
    abstract_packs: Mapping[str, AbstractPack] = field(default_factory=dict)
    citation_packs: Mapping[str, CitationPack] = field(default_factory=dict)
    tools: Mapping[str, Tool] = field(default_factory=dict)

    @property
    def rules(self) -> Mapping[str, tuple[Flag, Market | None]]:
        """Every flag with its market, by id; of two with one id, that of the later pack."""
        rules = {f.flag: (f, pack.market) for pack in self.flag_packs.values() for f in pack.flags}
        return dict(sorted(rules.items()))

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Every flag, in the order of the ids."""
        return tuple(flag for flag, _ in self.rules.values())

    @property
    def triggers(self) -> Mapping[str, Trigger]:
        """Every trigger by name; of two with one name, that of the later pack."""
        return {t.trigger: t for pack in self.trigger_packs.values() for t in pack.triggers}

    @property
    def terms(self) -> tuple[TermSet, ...]:
        """The sets of terms of all packs."""
        return tuple(terms for pack in self.term_packs.values() for terms in pack.terms)

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The cues of all packs."""
        return tuple(cue for pack in self.cue_packs.values() for cue in pack.cues)

    @property
    def species(self) -> tuple[SpeciesCue, ...]:
        """The words for people, animals and cells of all packs."""
        return tuple(cue for pack in self.cue_packs.values() for cue in pack.species)

    @property
    def synonyms(self) -> tuple[Synonym, ...]:
        """The words of all packs that say the same on pages of any subject."""
        return tuple(synonym for pack in self.cue_packs.values() for synonym in pack.synonyms)

    @property
    def units(self) -> tuple[MeasureUnit, ...]:
        """The units of all packs, the packaged order first."""
        return tuple(unit for pack in self.unit_packs.values() for unit in pack.units)

    @property
    def words(self) -> frozenset[str]:
        """The ordinary words of all packs."""
        return frozenset(word for pack in self.word_packs.values() for word in pack.words.split())
