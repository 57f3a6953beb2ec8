"""Which services may be asked, where each of them is, and on which terms: the only list of hosts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Service(StrEnum):
    """A service that may be asked; nothing else is ever reached."""

    PUBMED = "pubmed"
    CROSSREF = "crossref"
    EUROPE_PMC = "europe-pmc"
    OPENALEX = "openalex"
    CLINICALTRIALS = "clinicaltrials"
    RETRACTION_WATCH = "retraction-watch"


@dataclass(frozen=True, slots=True)
class Terms:
    """Where a service is and on which terms it may be asked.

    `per_second` is how often, `per_second_with_key` how often with a key of one's own, and
    `lists_per_second` how often for a list or a search where that is slower. `key_variable` is the
    environment variable that holds the key, and `key_parameter` what the service calls it; both are
    empty where it takes none. `contact_parameter` is what the service calls a mail address, empty
    where it asks for none. `budget_headers` tell what is left of the day's allowance. `max_bytes`
    bounds an answer and `seconds` the time for one attempt.
    """

    host: str
    base: str
    title: str
    per_second: float
    licence: str
    documentation: str
    per_second_with_key: float = 0.0
    lists_per_second: float = 0.0
    key_variable: str = ""
    key_parameter: str = ""
    contact_parameter: str = ""
    tool_parameter: str = ""
    budget_headers: tuple[str, ...] = ()
    max_bytes: int = 30_000_000
    seconds: float = 60.0


TERMS: Mapping[Service, Terms] = {
    Service.PUBMED: Terms(
        host="eutils.ncbi.nlm.nih.gov",
        base="/entrez/eutils",
        title="PubMed",
        per_second=3,
        per_second_with_key=10,
        key_variable="NCBI_API_KEY",
        key_parameter="api_key",
        contact_parameter="email",
        tool_parameter="tool",
        licence="records free to use; an abstract may be its publisher's",
        documentation="https://www.ncbi.nlm.nih.gov/books/NBK25497/",
    ),
    Service.CROSSREF: Terms(
        host="api.crossref.org",
        base="/v1",
        title="Crossref",
        # The rate of those who give no address; with one it is 10, which is never needed here.
        per_second=5,
        lists_per_second=1,
        contact_parameter="mailto",
        licence="facts free to use; an abstract may be its publisher's",
        documentation="https://www.crossref.org/documentation/retrieve-metadata/rest-api/",
    ),
    Service.EUROPE_PMC: Terms(
        host="www.ebi.ac.uk",
        base="/europepmc/webservices/rest",
        title="Europe PMC",
        per_second=2,
        contact_parameter="email",
        licence="metadata free to use; a full text by the licence of its article",
        documentation="https://europepmc.org/RestfulWebService",
    ),
    Service.OPENALEX: Terms(
        host="api.openalex.org",
        base="",
        title="OpenAlex",
        per_second=5,
        lists_per_second=1,
        key_variable="OPENALEX_API_KEY",
        key_parameter="api_key",
        budget_headers=("x-ratelimit-remaining", "x-ratelimit-remaining-usd"),
        licence="CC0",
        documentation="https://developers.openalex.org/api-reference/authentication",
    ),
    Service.CLINICALTRIALS: Terms(
        host="clinicaltrials.gov",
        base="/api/v2",
        title="ClinicalTrials.gov",
        per_second=1,
        licence="public; the source and the day are to be named",
        documentation="https://clinicaltrials.gov/data-api/api",
    ),
    Service.RETRACTION_WATCH: Terms(
        host="gitlab.com",
        base="/crossref/retraction-watch-data/-/raw/main",
        title="Retraction Watch",
        per_second=1,
        licence="made openly available by Crossref",
        documentation="https://gitlab.com/crossref/retraction-watch-data",
        max_bytes=300_000_000,
        seconds=300.0,
    ),
}
