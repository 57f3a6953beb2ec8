"""The closed vocabularies of the evidence files: every word that a column or a key may hold.

Each word stands in a file exactly as it stands here; nothing is guessed, shortened or converted.
`evidence/README.md` lists the same words for those who edit the files, and a test compares the two.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Literal, Self


def spoken(word: str) -> str:
    """A word of a file as a sentence has it, without the marks that hold its parts together."""
    return word.replace("-", " ").replace("_", " ")


class Word(StrEnum):
    """A word of a closed vocabulary."""

    @property
    def spoken(self) -> str:
        """The word as a sentence has it."""
        return spoken(self)

    @property
    def place(self) -> int:
        """Where it stands in the order of its vocabulary, counted from 0."""
        return list(type(self)).index(self)


class Question(Word):
    """The kind of a proposition, which decides what counts as evidence for it."""

    BENEFIT = "benefit"
    HARM = "harm"
    COMPARISON = "comparison"
    PREVALENCE = "prevalence"
    DIAGNOSIS = "diagnosis"
    PROGNOSIS = "prognosis"
    SCREENING = "screening"
    BIOLOGY = "biology"
    REGULATION = "regulation"
    COMPOSITION = "composition"
    PROTOCOL = "protocol"
    LOGISTICS = "logistics"
    RESEARCH_STATE = "research-state"
    OWN_PRODUCT = "own-product"

    @property
    def is_graded(self) -> bool:
        """Whether GRADE and OCEBM rate it; the others are judged on documents, or set aside."""
        return self in (
            Question.BENEFIT,
            Question.HARM,
            Question.COMPARISON,
            Question.PREVALENCE,
            Question.DIAGNOSIS,
            Question.PROGNOSIS,
            Question.SCREENING,
        )

    @property
    def is_of_benefit(self) -> bool:
        """Whether what affirms it promises readers something good of what is done to them."""
        return self in (Question.BENEFIT, Question.COMPARISON, Question.SCREENING)

    @property
    def is_of_effect(self) -> bool:
        """Whether it asks what something does to people, for which GRADE has its summary of findings."""
        return self in (Question.BENEFIT, Question.COMPARISON, Question.HARM)

    @property
    def is_set_aside(self) -> bool:
        """Whether it is no evidence question at all: prices, insurance, appointments."""
        return self is Question.LOGISTICS

    @property
    def is_shown_by_papers(self) -> bool:
        """Whether only papers of whoever offers it answer it: its own product, donors, process.

        What literature says of products elsewhere shows nothing of this one.
        """
        return self is Question.OWN_PRODUCT


class Importance(Word):
    """How much an outcome matters to the decision (GRADE guidelines 2): a judgement, never derived."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    NOT_IMPORTANT = "not-important"


class NameKind(Word):
    """What sort of thing a name stands for; `other` are people, places and groups.

    A device or a procedure is no medicine: whether it may be offered is another question than whether a
    regulator approved a product for the use.
    """

    PRODUCT = "product"
    BRAND = "brand"
    DEVICE = "device"
    PROCEDURE = "procedure"
    SUBSTANCE = "substance"
    CONDITION = "condition"
    BODY_PART = "body-part"
    ORGANISATION = "organisation"
    OTHER = "other"


class Category(Word):
    """What kind of assertion a claim makes on the page."""

    EFFICACY = "efficacy"
    COMPARISON = "comparison"
    SAFETY = "safety"
    CONTRAINDICATION = "contraindication"
    MECHANISM = "mechanism"
    ONSET = "onset"
    DURATION = "duration"
    DURABILITY = "durability"
    SESSIONS = "sessions"
    REGULATORY = "regulatory"
    COMPOSITION = "composition"
    CARE = "care"
    EPIDEMIOLOGY = "epidemiology"
    COST = "cost"
    OTHER_TREATMENT = "other-treatment"
    RESEARCH_STATE = "research-state"

    @property
    def harm_rank(self) -> int:
        """Its place by the harm a reader could take from it, 0 for the gravest (our convention)."""
        return _BY_HARM.index(self) if self in _BY_HARM else len(_BY_HARM)


_BY_HARM = (
    Category.CONTRAINDICATION,
    Category.SAFETY,
    Category.EFFICACY,
    Category.REGULATORY,
    Category.DURABILITY,
    Category.ONSET,
    Category.COMPARISON,
)


class Wording(Word):
    """How firmly a claim is put."""

    ASSERTED = "asserted"
    HEDGED = "hedged"


class Polarity(Word):
    """Whether a claim affirms or denies the positive statement of its proposition."""

    AFFIRMS = "affirms"
    DENIES = "denies"


class YesNo(Word):
    """An answer that is never read as a truth value by a YAML loader."""

    YES = "yes"
    NO = "no"


class PageKind(Word):
    """What sort of text a page is."""

    CLINIC_FAQ = "clinic-faq"
    CLINIC_BLOG = "clinic-blog"
    CLINIC_BROCHURE = "clinic-brochure"
    PATIENT_GUIDE = "patient-guide"
    REFERRAL_BLOG = "referral-blog"
    OTHER = "other"


class PageFormat(Word):
    """What a page was read from."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    MARKDOWN = "markdown"
    TEXT = "text"


class OutcomeKind(Word):
    """Whether an outcome matters to the patient directly, or is a measure of the disease."""

    PATIENT_ORIENTED = "patient-oriented"
    DISEASE_ORIENTED = "disease-oriented"
    NOT_APPLICABLE = "not_applicable"


class Species(Word):
    """Whom or what a statement, a study or a finding is about."""

    HUMAN = "human"
    ANIMAL = "animal"
    CELLS = "cells"
    MIXED = "mixed"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_preclinical(self) -> bool:
        """Whether it is no evidence in people."""
        return self in (Species.ANIMAL, Species.CELLS)


class Design(Word):
    """The design of a study, or the kind of a document.

    - systematic-review-of-uncontrolled: of series without a comparison group, or of before and after
    - systematic-review-mixed: of several designs; what it includes stands in its record
    - inception-cohort: people followed from one early point of their condition
    - diagnostic-accuracy: a test against one reference standard, the same for all and read blind, in
      consecutive people; limited where it was not the same for all, or the people were picked
    """

    REVIEW_OF_TRIALS = "systematic-review-of-trials"
    REVIEW_OF_OBSERVATIONAL = "systematic-review-of-observational"
    REVIEW_OF_UNCONTROLLED = "systematic-review-of-uncontrolled"
    REVIEW_OF_INCEPTION_COHORTS = "systematic-review-of-inception-cohorts"
    REVIEW_OF_ACCURACY = "systematic-review-of-diagnostic-accuracy"
    REVIEW_OF_SURVEYS = "systematic-review-of-surveys"
    REVIEW_OF_PRECLINICAL = "systematic-review-of-preclinical"
    REVIEW_MIXED = "systematic-review-mixed"
    N_OF_1 = "n-of-1-trial"
    RANDOMISED_TRIAL = "randomised-trial"
    NON_RANDOMISED = "non-randomised-controlled"
    INCEPTION_COHORT = "inception-cohort"
    COHORT = "cohort"
    CASE_CONTROL = "case-control"
    ACCURACY = "diagnostic-accuracy"
    LIMITED_ACCURACY = "diagnostic-accuracy-limited"
    RANDOM_SURVEY = "random-survey"
    NON_RANDOM_SURVEY = "non-random-survey"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    NARRATIVE_REVIEW = "narrative-review"
    GUIDELINE = "guideline"
    REFERENCE_WORK = "reference-work"
    ANIMAL = "animal"
    IN_VITRO = "in-vitro"
    EX_VIVO = "ex-vivo"
    LABEL = "label"
    REGULATION = "regulation"
    REGULATOR_APPROVAL = "regulator-approval"
    REGULATOR_NOTICE = "regulator-notice"
    REGISTRY_ENTRY = "registry-entry"
    STANDARDS_DOCUMENT = "standards-document"
    REFERENCE_DATA = "reference-data"
    NEWS = "news"
    OPINION = "opinion"
    WEB_PAGE = "web-page"
    SEARCH_FINDING = "search-finding"
    OWN_DOCUMENT = "own-document"

    @property
    def is_systematic_review(self) -> bool:
        """Whether it is a systematic review, of whatever studies."""
        return self in (
            Design.REVIEW_OF_TRIALS,
            Design.REVIEW_OF_OBSERVATIONAL,
            Design.REVIEW_OF_UNCONTROLLED,
            Design.REVIEW_OF_INCEPTION_COHORTS,
            Design.REVIEW_OF_ACCURACY,
            Design.REVIEW_OF_SURVEYS,
            Design.REVIEW_OF_PRECLINICAL,
            Design.REVIEW_MIXED,
        )

    @property
    def is_randomised(self) -> bool:
        """Whether it is a randomised study, or a review of such."""
        return self in (Design.REVIEW_OF_TRIALS, Design.RANDOMISED_TRIAL, Design.N_OF_1)

    @property
    def is_observational(self) -> bool:
        """Whether it compares groups without randomisation, or is a review of studies that do."""
        return self in (
            Design.REVIEW_OF_OBSERVATIONAL,
            Design.REVIEW_OF_INCEPTION_COHORTS,
            Design.REVIEW_MIXED,
            Design.NON_RANDOMISED,
            Design.INCEPTION_COHORT,
            Design.COHORT,
            Design.CASE_CONTROL,
        )

    @property
    def is_uncontrolled(self) -> bool:
        """Whether it describes cases without a group to compare them with, or is a review of such."""
        return self in (Design.REVIEW_OF_UNCONTROLLED, Design.CASE_SERIES, Design.CASE_REPORT)

    @property
    def is_in_people(self) -> bool:
        """Whether it is a study of people, or a review of such; only these are graded."""
        is_known = self.is_randomised or self.is_observational or self.is_uncontrolled
        return is_known or self.is_survey or self.is_accuracy

    @property
    def is_study(self) -> bool:
        """Whether it is one study of people, animals, cells or tissue, and no review or document."""
        laboratory = (Design.ANIMAL, Design.IN_VITRO, Design.EX_VIVO)
        return self in laboratory or (self.is_in_people and not self.is_systematic_review)

    @property
    def is_survey(self) -> bool:
        """Whether it counts who has something at one time, or is a review of studies that do."""
        return self in (Design.RANDOM_SURVEY, Design.NON_RANDOM_SURVEY, Design.REVIEW_OF_SURVEYS)

    @property
    def is_accuracy(self) -> bool:
        """Whether it holds a test to a reference standard, or is a review of studies that do."""
        return self in (Design.ACCURACY, Design.LIMITED_ACCURACY, Design.REVIEW_OF_ACCURACY)

    @property
    def is_open(self) -> bool:
        """Whether it is a review whose word leaves open of which designs its studies are."""
        return self in (Design.REVIEW_MIXED, Design.REVIEW_OF_SURVEYS)


class Checked(Word):
    """What was actually read of a source."""

    FULL_TEXT = "full-text"
    ABSTRACT = "abstract"
    LABEL = "label"
    REGISTRY = "registry"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def is_verified(self) -> bool:
        """Whether somebody read the fact at a source."""
        return self is not Checked.UNVERIFIED


class Identifier(Word):
    """What is known of a study's DOI or PubMed number."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    NOT_FOUND = "not_found"
    NOT_APPLICABLE = "not_applicable"


class Funding(Word):
    """Who paid for a study."""

    INDUSTRY = "industry"
    NON_INDUSTRY = "non-industry"
    MIXED = "mixed"
    NONE = "none"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"


class Measure(Word):
    """What the estimate of a finding is, in the meaning of the Cochrane Handbook, chapter 6.

    - mean difference: the mean of one group less that of another, in the unit of the outcome; of a
      review, the pooled one, also called weighted
    - standardised mean difference: the same in standard deviations, such as Hedges' g
    - risk ratio: the risk of an event in one group over that in another, also called relative risk
    - odds ratio: the odds of an event in one group over those in another
    - hazard ratio: the rate at which an event comes up at any time in one group over that in another
    - rate ratio: events for a time of observation in one group over those in another
    - risk difference: the risk of an event in one group less that in another
    - fold change: how many times as much as in the comparison, such as a ratio of means
    - change from baseline: how much an outcome changed within one group, on average, in its unit or in
      per cent of what it was before
    - Cliff delta: the chance that one of the first group has more than one of the second, less the
      chance that it has less (Cliff 1993)
    - correlation: how two quantities go together, from -1 to 1
    - mean, median: of one group, in the unit of the outcome
    - proportion: the share of one group that has or does something
    - prevalence: the share of a population that has a condition at one time
    """

    no_effect: float | None
    """The value that means no effect: 1 for ratios, 0 for differences; None for what one group is."""

    def __new__(cls, word: str, no_effect: float | None) -> Self:
        """The word of the files, with its value of no effect."""
        measure = str.__new__(cls, word)
        measure._value_ = word
        measure.no_effect = no_effect
        return measure

    MEAN_DIFFERENCE = "mean-difference", 0.0
    STANDARDISED_MEAN_DIFFERENCE = "standardised-mean-difference", 0.0
    RISK_RATIO = "risk-ratio", 1.0
    ODDS_RATIO = "odds-ratio", 1.0
    HAZARD_RATIO = "hazard-ratio", 1.0
    RATE_RATIO = "rate-ratio", 1.0
    RISK_DIFFERENCE = "risk-difference", 0.0
    FOLD_CHANGE = "fold-change", 1.0
    CHANGE = "change-from-baseline", 0.0
    CLIFF_DELTA = "cliff-delta", 0.0
    CORRELATION = "correlation", 0.0
    MEAN = "mean", None
    MEDIAN = "median", None
    PROPORTION = "proportion", None
    PREVALENCE = "prevalence", None

    @classmethod
    def also_written(cls, text: str) -> Self | None:
        """The measure that papers write as `text`, such as RR or Hedges' g; None where it is not known.

        Files hold the words of this vocabulary alone: it is for telling which of them is meant.
        """
        letters = "".join(letter for letter in text.lower() if letter.isalpha())
        word = _MEASURES_IN_PAPERS.get(letters)
        return next((measure for measure in cls if measure == word), None)

    @property
    def is_ratio(self) -> bool:
        """Whether one quantity is divided by another; such estimates are pooled as logarithms."""
        return self.no_effect == 1.0

    @property
    def spoken(self) -> str:
        """The measure as a sentence names it."""
        return self.replace("-", " ").replace("cliff", "Cliff")


_MEASURES_IN_PAPERS = {
    "rr": "risk-ratio",
    "relativerisk": "risk-ratio",
    "riskratio": "risk-ratio",
    "or": "odds-ratio",
    "oddsratio": "odds-ratio",
    "hr": "hazard-ratio",
    "hazardratio": "hazard-ratio",
    "irr": "rate-ratio",
    "rateratio": "rate-ratio",
    "rd": "risk-difference",
    "ard": "risk-difference",
    "riskdifference": "risk-difference",
    "md": "mean-difference",
    "wmd": "mean-difference",
    "meandifference": "mean-difference",
    "smd": "standardised-mean-difference",
    "hedgesg": "standardised-mean-difference",
    "cohensd": "standardised-mean-difference",
    "standardizedmeandifference": "standardised-mean-difference",
    "standardisedmeandifference": "standardised-mean-difference",
}


class _Pointing(Word):
    """What says something for or against a positive statement."""

    @property
    def opposite(self) -> Self:
        """The same, seen from the denial of the statement."""
        turned = {"supports": "contradicts", "contradicts": "supports"}
        return type(self)(turned.get(self, self))


class Stance(_Pointing):
    """What a finding says about the positive statement of a proposition."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MIXED = "mixed"
    BACKGROUND = "background"


class Directness(Word):
    """How close a study's people, treatment or outcome are to those of the proposition."""

    DIRECT = "direct"
    PARTLY = "partly"
    INDIRECT = "indirect"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_off(self) -> bool:
        """Whether what was studied differs from what the proposition is about."""
        return self in (Directness.PARTLY, Directness.INDIRECT)


class TrialState(Word):
    """How far a registered trial had come when its entry was read.

    - open: it had not begun, or was running, so that nothing could be published
    - ended: it was completed, or stopped
    """

    OPEN = "open"
    ENDED = "ended"


class Target(Word):
    """Of what a certainty is: that there is an effect at all, or one that matters (Core GRADE 2)."""

    NO_EFFECT = "no-effect"
    IMPORTANT_DIFFERENCE = "important-difference"


class RelationKind(Word):
    """How two propositions stand to each other, as far as a reader has judged it.

    - conflicts: both cannot be true
    - implies: where the first is true, the other is
    - same: one is true exactly where the other is
    - compatible: both can be true, and neither follows from the other
    """

    CONFLICTS = "conflicts"
    IMPLIES = "implies"
    SAME = "same"
    COMPATIBLE = "compatible"


class SearchKind(Word):
    """Where evidence was looked for: in what this library holds, or in a database beyond it."""

    LIBRARY = "library"
    DATABASE = "database"


class SearchStage(Word):
    """Where the records of a search are counted: boxes of the PRISMA 2020 flow diagram, in its order."""

    IDENTIFIED = "identified"
    DUPLICATES = "duplicates"
    SCREENED = "screened"
    EXCLUDED = "excluded"
    KEPT = "kept"

    @property
    def column(self) -> str:
        """The column of `searches.csv` that holds the number."""
        return "hits" if self is SearchStage.IDENTIFIED else str(self)


class BiasConcern(Word):
    """How far an appraisal lowers trust in a study, on one scale for all bias tools."""

    LOW = "low"
    SOME = "some"
    HIGH = "high"
    UNKNOWN = "unknown"


class AnswerMeaning(StrEnum):
    """What an answer to a bias tool, or a judgement that it gives, means for the study.

    `unknown` was looked for and stays open, `not-read` is our own: what was read does not say.
    """

    FAVOURABLE = "favourable"
    PARTLY = "partly"
    UNFAVOURABLE = "unfavourable"
    CRITICAL = "critical"
    UNKNOWN = "unknown"
    NOT_READ = "not-read"
    NOT_APPLICABLE = "not-applicable"


class RuleOwner(StrEnum):
    """Whose rule makes an overall judgement of answers to a bias tool: its own, or our convention."""

    TOOL = "tool"
    OURS = "ours"


class Adding(StrEnum):
    """What becomes of the points of answers: their sum, or their share of what could be had."""

    POINTS = "points"
    PERCENT = "percent"


class Certainty(Word):
    """GRADE certainty of a body of evidence: a ladder of four levels, the highest first."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"

    @property
    def level(self) -> int:
        """Its level, from 4 for high down to 1 for very low."""
        return len(Certainty) - self.place

    @property
    def label(self) -> str:
        """The certainty as a standing is named by it."""
        return f"{self.spoken} certainty"

    @property
    def symbol(self) -> str:
        """The four circles by which summaries of findings show it (GRADE guidelines 12)."""
        return "⨁" * self.level + "◯" * (len(Certainty) - self.level)

    @classmethod
    def at(cls, level: int) -> Self:
        """The certainty of a level; past an end of the ladder, the one at that end."""
        return list(cls)[len(cls) - min(len(cls), max(1, level))]


class EffectSize(Word):
    """How much an effect matters to people: the second axis of the informative statements of GRADE.

    - large, moderate, small: from the threshold on that was recorded for it
    - trivial: below that for small, so little or no difference
    """

    LARGE = "large"
    MODERATE = "moderate"
    SMALL = "small"
    TRIVIAL = "trivial"


class Domain(Word):
    """The five GRADE domains that lower certainty."""

    RISK_OF_BIAS = "risk_of_bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication_bias"


class Concern(Word):
    """The rating of one GRADE domain, the least concern first.

    Publication bias uses the same scale: undetected is `not_serious`, suspected is `serious`.
    """

    NOT_SERIOUS = "not_serious"
    SERIOUS = "serious"
    VERY_SERIOUS = "very_serious"
    EXTREMELY_SERIOUS = "extremely_serious"

    @property
    def levels(self) -> int:
        """By how many levels it lowers certainty."""
        return self.place


class Upgrade(Word):
    """The three reasons that raise certainty in non-randomised evidence."""

    LARGE_EFFECT = "large_effect"
    DOSE_RESPONSE = "dose_response"
    OPPOSING_CONFOUNDING = "opposing_confounding"


class StartRule(Word):
    """Which convention sets the GRADE starting point of non-randomised evidence."""

    CLASSIC = "classic"
    ROBINS_I = "robins-i"
    CORE = "core"


class Upgrading(Word):
    """Whether certainty is rated up where something was rated down."""

    STRICT = "strict"
    LENIENT = "lenient"


class Status(Word):
    """How far a recorded judgement has come."""

    DRAFT = "draft"
    CHECKED = "checked"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def is_signed(self) -> bool:
        """Whether a person stands behind it: nobody signed a draft yet, nor what is withdrawn."""
        return self in (Status.CHECKED, Status.PUBLISHED)


class Raters(Word):
    """How many people made a judgement apart from each other; of more than two it says two."""

    TWO = "two-people"
    ONE = "one-person"
    NOBODY = "nobody"

    @classmethod
    def of(cls, people: Collection[str]) -> "Raters":
        """How many the `people` are whose judgement it is."""
        return (cls.NOBODY, cls.ONE, cls.TWO)[min(len(set(people)), 2)]


class NoticeKind(Word):
    """What kind of notice was published about a study."""

    CORRECTION = "correction"
    EXPRESSION_OF_CONCERN = "expression-of-concern"
    RETRACTION = "retraction"


class DecisionKind(Word):
    """What the director decides on a claim, or on the sentence that holds it."""

    KEEP = "keep"
    REWORD = "reword"
    REMOVE = "remove"
    ESCALATE = "escalate"
    ASK_FOR_DOCUMENT = "ask-for-document"


class DecisionScope(Word):
    """What a decision is about: the words of the claim, or the whole sentence that holds it."""

    CLAIM = "claim"
    SENTENCE = "sentence"


class Meaning(Word):
    """What a signature means: the examples of 21 CFR 11.50(a)(3), and that somebody objects."""

    REVIEW = "review"
    APPROVAL = "approval"
    RESPONSIBILITY = "responsibility"
    AUTHORSHIP = "authorship"
    OBJECTION = "objection"


class Direction(_Pointing):
    """Which way a body of evidence points, seen from the positive statement."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MIXED = "mixed"
    NONE = "none"


class Verdict(Word):
    """What the review says of a claim."""

    SUBSTANTIATED = "substantiated"
    OVERSTATED = "overstated"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    NOT_LOOKED_FOR = "not-looked-for"
    SET_ASIDE = "not-an-evidence-question"

    @property
    def may_stand(self) -> bool:
        """Whether the evidence asks for no change of the words."""
        return self in (Verdict.SUBSTANTIATED, Verdict.SET_ASIDE)

    @property
    def has_evidence(self) -> bool:
        """Whether evidence speaks for the claim, or for less than it says."""
        return self in (Verdict.SUBSTANTIATED, Verdict.OVERSTATED)

    @property
    def urgency(self) -> int:
        """Its place by how soon it needs attention: 0 for contradicted, last what is set aside."""
        return _BY_URGENCY.index(self)

    @property
    def symbol(self) -> str:
        """The sign that says the same as its colour."""
        return _SIGNS[self][0]

    @property
    def meaning(self) -> str:
        """What it says of a claim, in a few words."""
        return _SIGNS[self][1]


_BY_URGENCY = (
    Verdict.CONTRADICTED,
    Verdict.UNSUPPORTED,
    Verdict.OVERSTATED,
    Verdict.NOT_LOOKED_FOR,
    Verdict.SUBSTANTIATED,
    Verdict.SET_ASIDE,
)
_SIGNS = {
    Verdict.SUBSTANTIATED: ("✓", "the evidence lets the page say it as it does"),
    Verdict.OVERSTATED: ("▲", "there is evidence, but the page says more than it allows"),
    Verdict.UNSUPPORTED: ("○", "nothing that counts was found, or its own paper is missing"),
    Verdict.CONTRADICTED: ("✕", "the evidence says otherwise"),
    Verdict.NOT_LOOKED_FOR: ("?", "this library holds nothing that decides, and nobody looked further"),
    Verdict.SET_ASIDE: ("–", "prices, insurance and the like, set aside"),
}


class Action(Word):
    """What a sentence of a page needs, the least first: of several claims in it, the most holds.

    - may-stand: nothing
    - look-it-up: a search, or a source, before anybody can say
    - produce-document: a paper of whoever offers the product
    - escalate: a person of the profession, for wording alone does not settle it
    - reword: other words, which are suggested
    - remove: to be taken out, for no words are known that could stand in its place

    What changes the words settles all else in them, so it comes after what waits for a person; but for
    a medicine to be stopped, which goes before a person whatever else the sentence says.
    """

    MAY_STAND = "may-stand"
    LOOK_IT_UP = "look-it-up"
    PRODUCE_DOCUMENT = "produce-document"
    ESCALATE = "escalate"
    REWORD = "reword"
    REMOVE = "remove"


class Bar(Word):
    """Whether a claim of a health benefit meets what advertising asks for: a randomised trial in people.

    It is another question than what GRADE allows to say, and a hedge does not lower it.
    """

    MET = "met"
    NOT_MET = "not-met"
    NOT_ASKED = "not-asked"


class Tier(Word):
    """What a sentence can do if it is published as it is, the gravest first."""

    CAN_HURT = "can-hurt-someone"
    UNLAWFUL = "unlawful"
    MISLEADS = "misleads-on-benefit"
    DOCUMENTS = "documents-to-ask-for"
    BACKGROUND = "background"


class Match(Word):
    """How sure it is that a claim makes a proposition that the library holds."""

    KNOWN = "known"
    PERHAPS = "perhaps"
    NEW = "new"


class Market(Word):
    """Where a page is read, and so whose advertising rules it meets."""

    US = "us"
    UK = "uk"
    AU = "au"
    EU = "eu"
    IE = "ie"

    @property
    def full_name(self) -> str:
        """The market as a sentence names it."""
        return _MARKET_NAMES[self]


_MARKET_NAMES = {
    Market.US: "United States",
    Market.UK: "United Kingdom",
    Market.AU: "Australia",
    Market.EU: "European Union",
    Market.IE: "Ireland",
}


class Assertion(Word):
    """What a page does with words: says so, denies it, bounds it, warns of it, reports or asks it.

    - asserted: the page says so itself, also by a question that invites ("Want to lose weight?")
    - denied: its clause takes the words back
    - limited: its clause tells that it is not known, not shown, not everywhere, or only in animals
    - warned: its clause warns or asks for care
    - attributed: a regulator, a critic or somebody else is reported to say so
    - asked: the words stand in a question that leaves the answer open
    - informed: the page says so itself, in a sentence worded as information for patients is
    """

    ASSERTED = "asserted"
    DENIED = "denied"
    LIMITED = "limited"
    WARNED = "warned"
    ATTRIBUTED = "attributed"
    ASKED = "asked"
    INFORMED = "informed"


class Reach(Word):
    """What a rule has to see: the words of a sentence, or the whole page with its pictures and links."""

    WORDS = "words"
    PAGE = "page"


class Severity(Word):
    """How strongly an advertising flag speaks against publishing."""

    BLOCK = "block"
    REVIEW = "review"
    INFORM = "inform"


class Ground(Word):
    """What a flag is raised for; the rules of verdicts ask for some of these."""

    ESTABLISHMENT = "establishment"
    SAFETY = "safety"
    PERMANENCE = "permanence"
    APPROVAL = "approval"
    DISEASE = "disease"
    COMPARISON = "comparison"
    TESTIMONIAL = "testimonial"
    FIGURE = "figure"
    PROMISE = "promise"
    PERSISTENCE = "persistence"
    COMPOSITION = "composition"
    PRECLINICAL = "preclinical"
    MECHANISM = "mechanism"
    DISCLOSURE = "disclosure"
    MEDICINE = "medicine"
    REFERRAL = "referral"
    CANDOUR = "candour"
    MENTION = "mention"
    BODY = "body"
    EQUIVALENCE = "equivalence"
    PRESCRIPTION = "prescription"
    PRESSURE = "pressure"
    TRIVIALISING = "trivialising"


class Sense(Word):
    """What words of a page do, beside naming what they are about."""

    SIZE = "size"
    EVERYBODY = "everybody"
    SUPERLATIVE = "superlative"
    BETTER = "better"
    EQUAL = "equal"
    ABSOLUTE = "absolute"
    PRECAUTION = "precaution"
    WARNING = "warning"
    LIMIT = "limit"
    ATTRIBUTION = "attribution"


class FoundBy(Word):
    """How a claim was suggested: by what marked pages teach, or, without such pages, by rule."""

    LEARNT = "learnt"
    RULE = "rule"


class Framework(Word):
    """Which grades a report shows beside each claim."""

    GRADE = "grade"
    OCEBM = "ocebm"
    BOTH = "both"


class Audience(Word):
    """For whom a report is written."""

    DIRECTOR = "director"
    CLINIC = "clinic"
    CLASS = "class"


NoWord = Literal[""]
"""What stands where there is no word of a vocabulary to give."""
NOT_REPORTED: Literal["not_reported"] = "not_reported"
NOT_APPLICABLE: Literal["not_applicable"] = "not_applicable"
NOT_CHECKED = "not_checked"
