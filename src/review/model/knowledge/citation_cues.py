"""Packs of citations: the words by which a page names a source, in one language."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints, model_validator

from review.model.fields import Slug, Text
from review.model.knowledge.phrases import Phrases, terms_named
from review.model.record import Record
from review.model.vocabulary import Word


class CitationKind(Word):
    """How a page names a source.

    - reference: an entry of a list of references, or what is printed as one
    - mark: a number that leads to an entry
    - author-year: authors with a year, or "and colleagues"
    - identifier: a DOI, a PubMed or PMC number, the number of a registered trial
    - link: an address of the web that can be read
    - study: a study known by where, when or in which journal it appeared
    - body: an institution, a regulator or a standard
    - nameless: nothing by which it could be looked up ("studies show")
    """

    REFERENCE = "reference"
    IDENTIFIER = "identifier"
    LINK = "link"
    MARK = "mark"
    AUTHOR_YEAR = "author-year"
    STUDY = "study"
    BODY = "body"
    NAMELESS = "nameless"


WORDED = (CitationKind.STUDY, CitationKind.BODY, CitationKind.NAMELESS)
"""The kinds that are known by their words, and not by their form."""


def _without_terms(phrases: tuple[str, ...]) -> tuple[str, ...]:
    for phrase in phrases:
        if terms_named(phrase):
            raise ValueError("only the phrases of cues may name a term")
    return phrases


_PlainPhrases = Annotated[Phrases, AfterValidator(_without_terms)]
_Words = Annotated[str, StringConstraints(pattern=r"^[\w'’& -]*$", max_length=20_000)]
"""Words with blanks between them."""


class CitationTerm(Record):
    """What `<term>` stands for in the phrases of a pack, such as the verbs by which a study reports."""

    term: Slug
    phrases: _PlainPhrases


class CitationCue(Record):
    """Words by which a source is named. A hit counts for nothing where one of `unless` overlaps it.

    In phrases `<name>` stands for words with capitals, `<capitals>` for one word all in capitals,
    `<year>` for a year, `<month>` for a month, `<body>` for an institution, and any other term for what
    the packs say. `examples` hold such a citation, `counter_examples` do not; both are sentences of our
    own, and its tests.
    """

    kind: CitationKind
    phrases: Phrases
    unless: Phrases = ()
    examples: tuple[Text, ...]
    counter_examples: tuple[Text, ...]

    @model_validator(mode="after")
    def _is_known_by_words(self) -> "CitationCue":
        if self.kind not in WORDED:
            raise ValueError(f"a cue is for {', '.join(WORDED)}: a {self.kind} is known by its form")
        return self


class CitationPack(Record):
    """Words of citations in one language.

    `headings` open a list of references. `others` stand for authors who are left out, `conjunctions`
    between authors, `particles` before a family name ("van"), `introductions` before authors in brackets
    ("see"), `before_addresses` before an identifier or a link, `joiners` between the words of a name.
    `bodies` are institutions by name, `acronyms` those in capitals, `body_words` make an institution of
    the name in which they stand. `no_sources` stand in addresses that lead to
    no source.
    """

    pack: Slug
    title: Text
    source: Text
    version: Text
    headings: _PlainPhrases = ()
    months: _PlainPhrases = ()
    others: _PlainPhrases = ()
    conjunctions: _PlainPhrases = ()
    particles: _PlainPhrases = ()
    introductions: _PlainPhrases = ()
    before_addresses: _PlainPhrases = ()
    joiners: _PlainPhrases = ()
    bodies: _PlainPhrases = ()
    acronyms: _Words = ""
    body_words: _Words = ""
    no_sources: _PlainPhrases = ()
    terms: tuple[CitationTerm, ...] = ()
    cues: tuple[CitationCue, ...] = ()
