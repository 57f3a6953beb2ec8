"""What the answer of each service says, by the module of that service."""

from collections.abc import Callable, Mapping

from review.literature.services import (
    crossref,
    europe_pmc,
    openalex,
    pubmed,
    retraction_watch,
    trials,
)
from review.literature.services.answer import State
from review.literature.services.request import Request
from review.literature.services.terms import Service

_STATES: Mapping[Service, Callable[[Request, bytes], State]] = {
    Service.PUBMED: pubmed.state,
    Service.CROSSREF: crossref.state,
    Service.EUROPE_PMC: europe_pmc.state,
    Service.OPENALEX: openalex.state,
    Service.CLINICALTRIALS: trials.state,
    Service.RETRACTION_WATCH: retraction_watch.state,
}


def state_of(request: Request, content: bytes) -> State:
    """Whether an answer of status 200 holds what was asked for.

    Raises UnreadableError where it is cut, of another form, or the report of a fault.
    """
    return _STATES[request.service](request, content)
