"""The closed vocabularies of the evidence files: every word that a column or a key may hold.

Each word stands in a file exactly as it stands here; nothing is guessed, shortened or converted.
`evidence/README.md` lists the same words for those who edit the files, and a test compares the two.
"""

from enum import StrEnum
from typing import Self


class Question(StrEnum):
    """The kind of a proposition, which decides what counts as evidence for it."""

    BENEFIT = "benefit"
    HARM = "harm"
    COMPARISON = "comparison"
    PREVALENCE = "prevalence"
    BIOLOGY = "biology"
    REGULATION = "regulation"
    COMPOSITION = "composition"
    PROTOCOL = "protocol"
    LOGISTICS = "logistics"
    RESEARCH_STATE = "research-state"


GRADED_QUESTIONS = frozenset({Question.BENEFIT, Question.HARM, Question.COMPARISON, Question.PREVALENCE})
"""The questions that GRADE and OCEBM rate; the others are judged on documents, or set aside."""


class NameKind(StrEnum):
    """What sort of thing a name stands for; `other` are people, places and groups."""

    PRODUCT = "product"
    BRAND = "brand"
    SUBSTANCE = "substance"
    CONDITION = "condition"
    BODY_PART = "body-part"
    ORGANISATION = "organisation"
    OTHER = "other"


class Category(StrEnum):
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


class Wording(StrEnum):
    """How firmly a claim is put."""

    ASSERTED = "asserted"
    HEDGED = "hedged"


class Polarity(StrEnum):
    """Whether a claim affirms or denies the positive statement of its proposition."""

    AFFIRMS = "affirms"
    DENIES = "denies"


class YesNo(StrEnum):
    """An answer that is never read as a truth value by a YAML loader."""

    YES = "yes"
    NO = "no"


class PageKind(StrEnum):
    """What sort of text a page is."""

    CLINIC_FAQ = "clinic-faq"
    CLINIC_BLOG = "clinic-blog"
    CLINIC_BROCHURE = "clinic-brochure"
    PATIENT_GUIDE = "patient-guide"
    REFERRAL_BLOG = "referral-blog"
    OTHER = "other"


class PageFormat(StrEnum):
    """What a page was read from."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    MARKDOWN = "markdown"
    TEXT = "text"


class OutcomeKind(StrEnum):
    """Whether an outcome matters to the patient directly, or is a measure of the disease."""

    PATIENT_ORIENTED = "patient-oriented"
    DISEASE_ORIENTED = "disease-oriented"
    NOT_APPLICABLE = "not_applicable"


class Species(StrEnum):
    """Whom or what a statement, a study or a finding is about."""

    HUMAN = "human"
    ANIMAL = "animal"
    CELLS = "cells"
    MIXED = "mixed"
    NOT_APPLICABLE = "not_applicable"


class Design(StrEnum):
    """The design of a study, or the kind of a document."""

    REVIEW_OF_TRIALS = "systematic-review-of-trials"
    REVIEW_OF_OBSERVATIONAL = "systematic-review-of-observational"
    REVIEW_OF_SURVEYS = "systematic-review-of-surveys"
    REVIEW_OF_PRECLINICAL = "systematic-review-of-preclinical"
    REVIEW_MIXED = "systematic-review-mixed"
    N_OF_1 = "n-of-1-trial"
    RANDOMISED_TRIAL = "randomised-trial"
    NON_RANDOMISED = "non-randomised-controlled"
    COHORT = "cohort"
    CASE_CONTROL = "case-control"
    RANDOM_SURVEY = "random-survey"
    NON_RANDOM_SURVEY = "non-random-survey"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    NARRATIVE_REVIEW = "narrative-review"
    GUIDELINE = "guideline"
    ANIMAL = "animal"
    IN_VITRO = "in-vitro"
    EX_VIVO = "ex-vivo"
    LABEL = "label"
    REGULATION = "regulation"
    REGULATOR_NOTICE = "regulator-notice"
    REGISTRY_ENTRY = "registry-entry"
    STANDARDS_DOCUMENT = "standards-document"
    REFERENCE_DATA = "reference-data"
    NEWS = "news"
    OPINION = "opinion"
    WEB_PAGE = "web-page"
    SEARCH_FINDING = "search-finding"


class Checked(StrEnum):
    """What was actually read of a source."""

    FULL_TEXT = "full-text"
    ABSTRACT = "abstract"
    LABEL = "label"
    REGISTRY = "registry"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Identifier(StrEnum):
    """What is known of a study's DOI or PubMed number."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    NOT_FOUND = "not_found"
    NOT_APPLICABLE = "not_applicable"


class Funding(StrEnum):
    """Who paid for a study."""

    INDUSTRY = "industry"
    NON_INDUSTRY = "non-industry"
    MIXED = "mixed"
    NONE = "none"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"


class Measure(StrEnum):
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

    @property
    def is_ratio(self) -> bool:
        """Whether one quantity is divided by another; such estimates are pooled as logarithms."""
        return self.no_effect == 1.0

    @property
    def spoken(self) -> str:
        """The measure as a sentence names it."""
        return self.replace("-", " ").replace("cliff", "Cliff")


class Stance(StrEnum):
    """What a finding says about the positive statement of a proposition."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MIXED = "mixed"
    BACKGROUND = "background"


class Directness(StrEnum):
    """How close a study's people, treatment or outcome are to those of the proposition."""

    DIRECT = "direct"
    PARTLY = "partly"
    INDIRECT = "indirect"
    NOT_APPLICABLE = "not_applicable"


class RelationKind(StrEnum):
    """How two propositions stand to each other."""

    CONFLICTS = "conflicts"


class BiasConcern(StrEnum):
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


class Certainty(StrEnum):
    """GRADE certainty of a body of evidence."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"


class Domain(StrEnum):
    """The five GRADE domains that lower certainty."""

    RISK_OF_BIAS = "risk_of_bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication_bias"


class Concern(StrEnum):
    """The rating of one GRADE domain.

    Publication bias uses the same scale: undetected is `not_serious`, suspected is `serious`.
    """

    NOT_SERIOUS = "not_serious"
    SERIOUS = "serious"
    VERY_SERIOUS = "very_serious"
    EXTREMELY_SERIOUS = "extremely_serious"


class Upgrade(StrEnum):
    """The three reasons that raise certainty in non-randomised evidence."""

    LARGE_EFFECT = "large_effect"
    DOSE_RESPONSE = "dose_response"
    OPPOSING_CONFOUNDING = "opposing_confounding"


class StartRule(StrEnum):
    """Which convention sets the GRADE starting point of non-randomised evidence."""

    CLASSIC = "classic"
    ROBINS_I = "robins-i"
    CORE = "core"


class Upgrading(StrEnum):
    """Whether certainty is rated up where something was rated down."""

    STRICT = "strict"
    LENIENT = "lenient"


class Status(StrEnum):
    """How far a recorded judgement has come."""

    DRAFT = "draft"
    CHECKED = "checked"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class NoticeKind(StrEnum):
    """What kind of notice was published about a study."""

    CORRECTION = "correction"
    EXPRESSION_OF_CONCERN = "expression-of-concern"
    RETRACTION = "retraction"


class DecisionKind(StrEnum):
    """What the director decides on a claim."""

    KEEP = "keep"
    REWORD = "reword"
    REMOVE = "remove"
    ESCALATE = "escalate"


class Direction(StrEnum):
    """Which way a body of evidence points, seen from the positive statement."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MIXED = "mixed"
    NONE = "none"


class Verdict(StrEnum):
    """What the review says of a claim."""

    SUBSTANTIATED = "substantiated"
    OVERSTATED = "overstated"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    SET_ASIDE = "not-an-evidence-question"


class Severity(StrEnum):
    """How strongly an advertising flag speaks against publishing."""

    BLOCK = "block"
    REVIEW = "review"
    INFORM = "inform"


class Ground(StrEnum):
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


class Framework(StrEnum):
    """Which grades a report shows beside each claim."""

    GRADE = "grade"
    OCEBM = "ocebm"
    BOTH = "both"


class Audience(StrEnum):
    """For whom a report is written."""

    DIRECTOR = "director"
    CLINIC = "clinic"
    CLASS = "class"


NOT_REPORTED = "not_reported"
NOT_APPLICABLE = "not_applicable"
NOT_CHECKED = "not_checked"
