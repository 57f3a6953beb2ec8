"""The words of witnesses: who is asked about a reference, what can be answered, and why nothing was."""

from review.model.vocabulary import Word


class Witness(Word):
    """Who is asked about a reference: a service, or a question of its own to one."""

    PUBMED = "pubmed"
    CROSSREF = "crossref"
    CROSSREF_NOTICES = "crossref-notices"
    """Crossref asked the other way round: which notices name this work."""
    EUROPE_PMC = "europe-pmc"
    RETRACTION_WATCH = "retraction-watch"
    OPENALEX = "openalex"
    CLINICALTRIALS = "clinicaltrials"

    @property
    def full_name(self) -> str:
        """How a reader is told it."""
        return _NAMES[self]

    @property
    def knows_retractions(self) -> bool:
        """Whether it is a witness of its own to retractions.

        OpenAlex takes what it says from Retraction Watch, and lags; a registry holds no papers.
        """
        return self not in (Witness.OPENALEX, Witness.CLINICALTRIALS)


_NAMES = {
    Witness.PUBMED: "PubMed",
    Witness.CROSSREF: "Crossref",
    Witness.CROSSREF_NOTICES: "Crossref's notices",
    Witness.EUROPE_PMC: "Europe PMC",
    Witness.RETRACTION_WATCH: "Retraction Watch",
    Witness.OPENALEX: "OpenAlex",
    Witness.CLINICALTRIALS: "ClinicalTrials.gov",
}


class WitnessAnswer(Word):
    """What a witness answered; of what was not asked nothing is known."""

    FOUND = "found"
    NOT_FOUND = "not-found"
    NOT_ASKED = "not-asked"


class Silence(Word):
    """Why a witness was not asked, or gave no answer that could be read."""

    NO_IDENTIFIER = "no-identifier"
    NEVER = "never"
    OTHER_IDENTIFIER = "other-identifier"
    OFFLINE = "offline"
    CANNOT_BE_ASKED = "cannot-be-asked"
    NO_CONNECTION = "no-connection"
    LATE = "late"
    REFUSED = "refused"
    BUDGET_SPENT = "budget-spent"
    UNAVAILABLE = "unavailable"
    REJECTED = "rejected"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    WRONG_FORM = "wrong-form"
    SERVICE_ERROR = "service-error"
    NOT_UNDERSTOOD = "not-understood"

    @property
    def phrase(self) -> str:
        """Why, as a sentence has it after "not asked:"."""
        return _WHY[self]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return _REMEDIES.get(self, "Ask again later, with --refresh.")


_REMEDIES = {
    Silence.NO_IDENTIFIER: "Give its DOI or PubMed number in references.bib, where it has one.",
    Silence.NEVER: "Ask with --refresh.",
    Silence.OTHER_IDENTIFIER: "Ask with --refresh.",
    Silence.OFFLINE: "Ask with --refresh.",
    Silence.CANNOT_BE_ASKED: "Look it up by hand.",
    Silence.REJECTED: "Check the identifier in a browser.",
    Silence.NOT_UNDERSTOOD: "Look at its record by hand.",
}
_WHY = {
    Silence.NO_IDENTIFIER: "there is no identifier by which to ask",
    Silence.NEVER: "nobody has asked yet",
    Silence.OTHER_IDENTIFIER: "it was asked by an identifier that the reference no longer has",
    Silence.OFFLINE: "no answer is kept, and nothing was to be sent",
    Silence.CANNOT_BE_ASKED: "it has no way to take this question",
    Silence.NO_CONNECTION: "it could not be reached",
    Silence.LATE: "it did not answer in time",
    Silence.REFUSED: "it refused more questions (429)",
    Silence.BUDGET_SPENT: "the allowance of the day was used up",
    Silence.UNAVAILABLE: "it was out of order",
    Silence.REJECTED: "it rejected the question",
    Silence.TRUNCATED: "its answer was cut short",
    Silence.TOO_LARGE: "its answer was too large",
    Silence.WRONG_FORM: "its answer was in another form",
    Silence.SERVICE_ERROR: "it reported a fault of its own",
    Silence.NOT_UNDERSTOOD: "its answer holds what is not known here",
}


class Side(Word):
    """What a record is to the notice that it speaks of."""

    SUBJECT = "subject"
    """The notice is about this paper."""
    NOTICE = "notice"
    """This record is the notice, and names the paper that it is about."""
    SUCCESSOR = "successor"
    """This paper takes the place of another, and names it."""
