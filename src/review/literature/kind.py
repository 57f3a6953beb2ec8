"""What kind of study a title and abstract speak of, and in whom: a suggestion with the words behind it.

The phrases follow published search filters, in our own selection: for trials the sensitivity- and
precision-maximising Cochrane strategy (Lefebvre and others, Technical Supplement to Chapter 4 of the
Cochrane Handbook, version 6, 2019), for reviews Montori and others (BMJ 2005;330:68), for animals
Hooijmans and others (Lab Anim 2010;44:170). Publication types are those of PubMed. The weights and the
rest of the phrases are ours, set by hand with an eye on how they fare on labelled abstracts
(docs/literature.md); no weight was fitted to those.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from review.literature.paper import Paper
from review.model.vocabulary import Design, Species


class StudyKind(StrEnum):
    """The kinds of study that words alone can tell apart."""

    TRIAL = "trial"
    REVIEW = "review-with-synthesis"
    NARRATIVE = "narrative-review"
    ANIMAL = "animal"
    CELLS = "cells"
    CASES = "case-report-or-series"
    OTHER_HUMAN = "other-human"
    PROTOCOL = "protocol"
    OTHER = "other"


KIND_OF_DESIGN = {
    **dict.fromkeys((d for d in Design if d.is_systematic_review), StudyKind.REVIEW),
    **dict.fromkeys((Design.N_OF_1, Design.RANDOMISED_TRIAL), StudyKind.TRIAL),
    **dict.fromkeys(
        (
            Design.NON_RANDOMISED,
            Design.INCEPTION_COHORT,
            Design.COHORT,
            Design.CASE_CONTROL,
            Design.ACCURACY,
            Design.LIMITED_ACCURACY,
            Design.RANDOM_SURVEY,
            Design.NON_RANDOM_SURVEY,
        ),
        StudyKind.OTHER_HUMAN,
    ),
    **dict.fromkeys((Design.CASE_SERIES, Design.CASE_REPORT), StudyKind.CASES),
    Design.NARRATIVE_REVIEW: StudyKind.NARRATIVE,
    Design.ANIMAL: StudyKind.ANIMAL,
    **dict.fromkeys((Design.IN_VITRO, Design.EX_VIVO), StudyKind.CELLS),
}
"""The kind of each design of a study; every other design is a document, and so `OTHER`."""

SPECIES_OF_KIND = {
    StudyKind.TRIAL: Species.HUMAN,
    StudyKind.CASES: Species.HUMAN,
    StudyKind.OTHER_HUMAN: Species.HUMAN,
    StudyKind.PROTOCOL: Species.HUMAN,
    StudyKind.ANIMAL: Species.ANIMAL,
    StudyKind.CELLS: Species.CELLS,
}
"""In whom a kind of study is done; reviews and the rest do not tell."""


@dataclass(frozen=True, slots=True)
class KindSuggestion:
    """A kind, or None where the words do not tell, and the words that spoke for it."""

    kind: StudyKind | None
    because: tuple[str, ...]

    @property
    def species(self) -> Species | None:
        """In whom, where the kind tells."""
        return SPECIES_OF_KIND.get(self.kind) if self.kind else None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that speak for a kind: how much in a title, and how much in an abstract."""

    kind: StudyKind
    in_title: int
    in_abstract: int
    pattern: re.Pattern[str]


_ANIMALS = (
    r"mice|mouse|murine|rats?|rodents?|rabbits?|guinea[- ]pigs?|hamsters?|gerbils?|dogs?"
    r"|canine|cats?|feline"
    r"|pigs?|piglets?|porcine|minipigs?|swine|sheep|ovine|lambs?|goats?|bovine|horses?|equine|monkeys?"
    r"|macaques?|marmosets?|baboons?|primates?|zebrafish|drosophila|c(?:aenorhabditis"
    r"|\.) elegans|xenopus"
    r"|chick(?:en)?s?|frogs?|ferrets?"
)
_PEOPLE = (
    r"patients?|participants?|volunteers?|adults|children|adolescents|infants|women|men|girls"
    r"|boys|persons"
    r"|individuals|outpatients?|inpatients?|respondents?|students"
)


def _phrase(kind: StudyKind, in_title: int, in_abstract: int, pattern: str) -> Phrase:
    return Phrase(kind, in_title, in_abstract, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))


PHRASES = (
    _phrase(StudyKind.TRIAL, 8, 4, r"randomi[sz]ed(?:[ ,-]+[\w-]+){0,4}[ ,-]+trials?|RCT"),
    _phrase(
        StudyKind.TRIAL, 6, 4, r"(?:were|was) (?:\w+ )?randomi[sz]ed|randomly (?:assigned|allocated)"
    ),
    _phrase(
        StudyKind.TRIAL, 6, 4, r"(?:double|single|triple)[- ](?:blind|mask)(?:ed)?|placebo[- ]controlled"
    ),
    _phrase(StudyKind.TRIAL, 3, 1, r"randomi[sz]ed|randomly|placebo|crossover|cross-over"),
    _phrase(
        StudyKind.REVIEW,
        12,
        6,
        r"meta-?analy[sz]\w+|systematic(?: literature)? reviews?|network meta-\w+",
    ),
    _phrase(StudyKind.REVIEW, 8, 4, r"(?:scoping|umbrella) reviews?|cochrane"),
    _phrase(
        StudyKind.REVIEW,
        4,
        3,
        r"(?:medline|pubmed|embase|psycinfo|scopus|web of science)|studies were (?:included|identified)"
        r"|PRISMA|search(?:es|ed)? (?:of|the) (?:\w+ )?(?:literature|databases?)|pooled (?:effect"
        r"|odds|estimate)\w*",
    ),
    _phrase(
        StudyKind.NARRATIVE,
        5,
        5,
        r"(?:this|the present|our|brief|short|narrative|critical|clinical) (?:article )?(?:review"
        r"|overview)"
        r"|we (?:\w+ )?(?:review|summari[sz]e|discuss)|(?:is|are) (?:\w+ )?(?:reviewed|discussed"
        r"|summari[sz]ed)"
        r"|(?:article|paper|chapter) (?:\w+ )?(?:reviews|discusses|summari[sz]es|describes|focuses)",
    ),
    _phrase(
        StudyKind.NARRATIVE,
        4,
        1,
        r"reviews?|overview|update|perspectives?|advances|current (?:concepts?|status|understanding)"
        r"|state of the art|future directions|where do we stand|implications|insights?|challenges"
        r"|role of",
    ),
    _phrase(
        StudyKind.NARRATIVE, 0, 2, r"recent (?:advances|evidence|studies|findings)|potential therapeutic"
    ),
    _phrase(StudyKind.ANIMAL, 8, 3, _ANIMALS),
    _phrase(
        StudyKind.ANIMAL,
        5,
        4,
        r"(?:Sprague|Wistar|C57BL|BALB|knockout|transgenic|in vivo (?:model|experiment))\w*",
    ),
    _phrase(
        StudyKind.CELLS, 8, 4, r"in[- ]vitro|cell lines?|cultured|cell cultures?|organoids?|explants?"
    ),
    _phrase(
        StudyKind.CELLS,
        4,
        3,
        r"fibroblasts|keratinocytes|HEK ?293\w*|HeLa|SH-SY5Y|transfected|western blot\w*|incubated"
        r"|(?:stem|papilla|endothelial|cancer|tumou?r|glioma) cells|crystal structures?"
        r"|patch[- ]clamp",
    ),
    _phrase(
        StudyKind.CASES,
        12,
        6,
        r"(?:case|cases) (?:reports?|series|study)|reports? of (?:a|an|one|two|three|four|five"
        r"|\d+) (?:\w+ )?cases?"
        r"|a case of",
    ),
    _phrase(StudyKind.CASES, 4, 1, r"(?:two|three|four|five|\d+) cases"),
    _phrase(
        StudyKind.CASES,
        4,
        5,
        r"we (?:here(?:in)? )?(?:report|present|describe) (?:on )?(?:the |a |an )?(?:\w+ ){0,3}"
        r"(?:case|patient|man|woman|boy|girl)s?|(?:a|an) \d+[- ](?:years?|months?|days?)[- ]old",
    ),
    _phrase(
        StudyKind.PROTOCOL,
        20,
        9,
        r"(?:study|trial|review|research) protocols?|protocol for|design and rationale",
    ),
    _phrase(
        StudyKind.PROTOCOL,
        3,
        4,
        r"(?:will be|will) (?:\w+ )?(?:randomi[sz]ed|recruited|enrolled|assessed|include)",
    ),
    _phrase(
        StudyKind.OTHER_HUMAN,
        6,
        4,
        r"(?:prospective|retrospective|cohort|case[- ]control|cross[- ]sectional|observational"
        r"|longitudinal)"
        r"(?: \w+)? (?:study|studies|survey|cohort|analysis|trial)|open[- ]label|uncontrolled"
        r"|pilot study",
    ),
    _phrase(
        StudyKind.OTHER_HUMAN,
        3,
        2,
        r"retrospective(?:ly)?|prospective(?:ly)?|survey|questionnaires?|cohort",
    ),
    _phrase(StudyKind.OTHER_HUMAN, 2, 2, _PEOPLE),
    _phrase(
        StudyKind.OTHER,
        8,
        2,
        r"editorial|letter|comment(?:ary)?|erratum|corrigendum|correction|reply|guidelines?"
        r"|consensus|interview",
    ),
)

PUBLICATION_TYPES = {
    "randomized controlled trial": StudyKind.TRIAL,
    "controlled clinical trial": StudyKind.TRIAL,
    "meta-analysis": StudyKind.REVIEW,
    "network meta-analysis": StudyKind.REVIEW,
    "systematic review": StudyKind.REVIEW,
    "scoping review": StudyKind.REVIEW,
    "clinical trial protocol": StudyKind.PROTOCOL,
    "case reports": StudyKind.CASES,
    "observational study": StudyKind.OTHER_HUMAN,
    "editorial": StudyKind.OTHER,
    "letter": StudyKind.OTHER,
    "comment": StudyKind.OTHER,
    "news": StudyKind.OTHER,
    "practice guideline": StudyKind.OTHER,
    "review": StudyKind.NARRATIVE,
}
"""PubMed's own words, the telling ones first: a systematic review is indexed as a review too."""

ENOUGH = 4
"""The least weight of a suggestion."""
AHEAD = 2
"""By how much it must outweigh the next kind."""


def kind_of(paper: Paper) -> KindSuggestion:
    """The kind of a paper: its recorded design, else its publication type, else its words.

    What was retracted, or is a notice about another paper, is no evidence of any kind.
    """
    if paper.design:
        kind = KIND_OF_DESIGN.get(paper.design, StudyKind.OTHER)
        return KindSuggestion(kind, (f"recorded as {paper.design}",))
    if paper.notices.itself or paper.notices.is_taken_out:
        return KindSuggestion(StudyKind.OTHER, (paper.notices.label,))
    given = {word.lower() for word in paper.publication_types}
    for word, kind in PUBLICATION_TYPES.items():
        if word in given:
            return KindSuggestion(kind, (f"indexed as {word}",))
    return suggested_kind(paper.title, paper.abstract)


def suggested_kind(
    title: str, abstract: str, enough: int = ENOUGH, ahead: int = AHEAD
) -> KindSuggestion:
    """The kind whose phrases weigh most, or None where too little speaks or two kinds come too close.

    Each phrase counts once for a title and once for an abstract.
    """
    weights: defaultdict[StudyKind, int] = defaultdict(int)
    because: defaultdict[StudyKind, list[str]] = defaultdict(list)
    for kind, weight, words in _fired(title, abstract):
        weights[kind] += weight
        because[kind].append(words)
    ranked = sorted(weights, key=lambda kind: (-weights[kind], kind))
    if not ranked or weights[ranked[0]] < enough:
        return KindSuggestion(None, ())
    if len(ranked) > 1 and weights[ranked[0]] - weights[ranked[1]] < ahead:
        return KindSuggestion(None, tuple(because[ranked[0]] + because[ranked[1]]))
    return KindSuggestion(ranked[0], tuple(dict.fromkeys(because[ranked[0]])))


def _fired(title: str, abstract: str) -> Iterator[tuple[StudyKind, int, str]]:
    for phrase in PHRASES:
        places: Sequence[tuple[str, int]] = ((title, phrase.in_title), (abstract, phrase.in_abstract))
        for text, weight in places:
            if weight and (match := phrase.pattern.search(text)):
                yield phrase.kind, weight, match[0].lower()
