"""The design of a study and in whom it was done, where an abstract tells them for sure."""

import re
from collections.abc import Iterator

from review.literature.abstracts.fact import Fact
from review.literature.abstracts.numbers import COUNT
from review.literature.abstracts.parts import Abstract, plain
from review.literature.abstracts.words import Words
from review.model.knowledge.abstract_words import AbstractTerm, DesignCue, Section
from review.model.vocabulary import Design, Species

_REVIEW_TITLE = re.compile(
    r"\b(?:systematic (?:literature )?reviews?|meta-?analys[ei]s|network meta-?analysis)\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"\b(?:(?:we|this|our|present|current|a|the aims? of this) (?:\w+ ){0,4}?"
    r"(?:systematic (?:literature )?review|meta-?analysis)|systematically reviewed"
    r"|^systematic review)\b",
    re.IGNORECASE,
)
_SEARCHED = re.compile(
    r"\b(?:medline|pubmed|embase|cochrane|cinahl|psycinfo|scopus|web of science|databases?)\b",
    re.IGNORECASE,
)
_NO_REVIEW = re.compile(
    r"\b(?:protocol|scoping review|umbrella|overview of|review of (?:systematic )?reviews|methods? for"
    r"|comment|individual (?:patient|participant) data|genome-wide|diagnostic|accuracy|prevalence|animal"
    r"|mice|rats|in vitro)\b",
    re.IGNORECASE,
)
_MANY_ANIMALS = 2
"""How often animals are named where a study is in them."""


class Designs:
    """Tells designs and species by the words of packs."""

    def __init__(self, words: Words) -> None:
        self._cues = tuple(words.designs)
        self._secondary = words.found(AbstractTerm.SECONDARY)
        self._planned = words.found(AbstractTerm.PLANNED)
        self._people = words.found(AbstractTerm.PEOPLE)
        people, taken = words.pattern(AbstractTerm.PEOPLE), words.pattern(AbstractTerm.TAKEN_IN)
        self._took_part = re.compile(
            rf"\b{COUNT}\s+(?:[a-z-]+\s+){{0,4}}(?:{people})[^.;]{{0,80}}"
            r"\b(?:were|was|participated|completed|took part)\b"
            rf"|\b(?:we|study) (?:{taken})\s+(?:[a-z-]+\s+)?{COUNT}\s+(?:[a-z-]+\s+){{0,4}}(?:{people})",
            re.IGNORECASE,
        )
        self._animals = words.found(AbstractTerm.ANIMALS)
        self._cells = words.found(AbstractTerm.CELLS)
        self._trials = words.found(AbstractTerm.TRIALS)
        self._observational = words.found(AbstractTerm.OBSERVATIONAL)

    def design(self, abstract: Abstract) -> Fact[Design] | None:
        """The design that the title or the abstract names, where nothing speaks for another one."""
        if self.is_planned(abstract):
            return None
        if self.is_review(abstract):
            return self._review(abstract)
        if laboratory := self._laboratory(abstract):
            return laboratory
        if self._secondary.search(abstract.text) or self._is_in_animals(abstract):
            return None
        found = list(self._named(abstract))
        if _SAMPLED.search(abstract.text):
            # Of whom the sample was drawn may be told in another sentence.
            found = [fact for fact in found if fact.value is not Design.NON_RANDOM_SURVEY]
        designs = dict.fromkeys(fact.value for fact in found)
        return found[0] if len(designs) == 1 else None

    def species(self, abstract: Abstract, design: Fact[Design] | None) -> Fact[Species] | None:
        """In whom, where only people or only animals are spoken of."""
        if design and design.value in (Design.ANIMAL, Design.IN_VITRO):
            species = Species.ANIMAL if design.value is Design.ANIMAL else Species.CELLS
            return Fact(species, design.sentence)
        in_people = design is not None and design.value.is_in_people
        if self._is_in_animals(abstract) or (self._cells.search(abstract.text) and not in_people):
            return None
        is_told = in_people or (self.is_review(abstract) and bool(self._people.search(abstract.text)))
        for statement in abstract.own:
            if self._people.search(statement.plain) and (
                is_told or self._took_part.search(statement.plain)
            ):
                return Fact(Species.HUMAN, statement.sentence)
        return None

    def is_planned(self, abstract: Abstract) -> bool:
        """Whether it tells of a study that has not been done yet."""
        return bool(self._planned.search(abstract.text))

    def is_review(self, abstract: Abstract) -> bool:
        """Whether it is a systematic review, of whatever designs."""
        return bool(_REVIEW_TITLE.search(abstract.title)) or self._says_review(abstract)

    def _says_review(self, abstract: Abstract) -> bool:
        return any(
            _REVIEW.search(statement.plain) and _SEARCHED.search(abstract.text)
            for statement in abstract.statements
            if statement.section is not Section.CONCLUSIONS
        )

    def _review(self, abstract: Abstract) -> Fact[Design] | None:
        """A systematic review, by the designs that it says it includes; None where it does not say."""
        if _NO_REVIEW.search(abstract.text) or self._animals.search(abstract.text):
            return None
        by_title = (
            self._trials.search(plain(abstract.title)),
            self._observational.search(plain(abstract.title)),
        )
        if by_title[0] and not by_title[1]:
            return Fact(Design.REVIEW_OF_TRIALS, abstract.title)
        if by_title[1] and not by_title[0]:
            return Fact(Design.REVIEW_OF_OBSERVATIONAL, abstract.title)
        telling = [
            (bool(self._trials.search(text)), bool(self._observational.search(text)), sentence)
            for text, sentence in [
                (s.plain, s.sentence) for s in abstract.own if _INCLUDES.search(s.plain)
            ]
        ]
        has_trials = any(trials for trials, _, _ in telling)
        has_others = any(others for _, others, _ in telling)
        sentence = next((sentence for trials, others, sentence in telling if trials or others), "")
        if has_trials and has_others:
            return Fact(Design.REVIEW_MIXED, sentence)
        if has_trials:
            elsewhere = any(
                self._observational.search(s.plain) or _OTHER_STUDIES.search(s.plain)
                for s in abstract.own
            )
            return None if elsewhere else Fact(Design.REVIEW_OF_TRIALS, sentence)
        if has_others:
            elsewhere = any(self._trials.search(s.plain) for s in abstract.own)
            uncontrolled = re.search(
                r"case series|case reports|before-and-after|uncontrolled|survey", abstract.text, re.I
            )
            return None if elsewhere or uncontrolled else Fact(Design.REVIEW_OF_OBSERVATIONAL, sentence)
        return None

    def _laboratory(self, abstract: Abstract) -> Fact[Design] | None:
        """A study in animals where they are named often and no people take part in it."""
        if _PATIENTS.search(abstract.text):
            return None
        named = [s for s in abstract.own if self._animals.search(s.plain)]
        in_title = self._animals.search(plain(abstract.title))
        if len(named) >= _MANY_ANIMALS or (in_title and named):
            is_mixed = self._cells.search(abstract.text) or _CELLS_IN_TITLE.search(abstract.title)
            return None if is_mixed else Fact(Design.ANIMAL, named[0].sentence)
        return None

    def _is_in_animals(self, abstract: Abstract) -> bool:
        """Whether animals are more than a word, such as in the name of a serum, in the abstract."""
        named = sum(bool(self._animals.search(s.plain)) for s in abstract.statements)
        return named >= _MANY_ANIMALS or bool(self._animals.search(plain(abstract.title)))

    def _named(self, abstract: Abstract) -> Iterator[Fact[Design]]:
        for cue in self._cues:
            if fact := _told(cue, abstract):
                yield fact


_PATIENTS = re.compile(
    r"\b(?:patients?|participants|volunteers|adults|women|men|children|human|humans|persons|people|clinical|"
    r"individuals)\b",
    re.IGNORECASE,
)
_SAMPLED = re.compile(
    r"\b(?:random(?:ly)?|probability|stratified|representative|weighted)\b[^.;]{0,20}\b(?:sampl\w+|selected|survey)\b",
    re.IGNORECASE,
)
_CELLS_IN_TITLE = re.compile(
    r"\b(?:cells?|neurons?|cultures?|virus|macrophages?|lymphocytes?)\b", re.IGNORECASE
)
_OTHER_STUDIES = re.compile(r"\band\s+(?:\w+\s+)?(?:other\s+)?studies\b", re.IGNORECASE)
_INCLUDES = re.compile(
    r"\b(?:includ\w+|identif\w+|select\w+|eligib\w+|inclusion|criteria|search\w*|studies were"
    r"|trials were|met|pooled|involving|comprising|assessed with|retrieved|reported|used|employed)\b",
    re.IGNORECASE,
)


def _told(cue: DesignCue, abstract: Abstract) -> Fact[Design] | None:
    """The design of a cue, with the title or the first sentence that tells it."""
    if cue.is_told(plain(abstract.title), is_title=True):
        return Fact(cue.design, abstract.title)
    for statement in abstract.statements:
        if statement.section not in (Section.BACKGROUND, Section.CONCLUSIONS) and cue.is_told(
            statement.plain
        ):
            return Fact(cue.design, statement.sentence)
    return None
