"""The sentences of a page that rules of advertising meet, market by market, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.dossier.dossier import Dossier
from review.language.flags.screen import Hit
from review.language.sentences import Span, sentence_spans
from review.model.vocabulary import Market, Severity


@dataclass(frozen=True, slots=True)
class FlaggedSentence:
    """A sentence that some rule meets: the claims quoted from it, and what it meets in each market.

    A rule that holds wherever the page is read stands in every market.
    """

    page: str
    span: Span
    text: str
    claims: tuple[str, ...]
    by_market: Mapping[Market, tuple[Hit, ...]]


def severity_of(hits: tuple[Hit, ...]) -> Severity | None:
    """The gravest of some flags; None where there is none."""
    return min((hit.flag.severity for hit in hits), key=lambda severity: severity.place, default=None)


def flagged_sentences(review: Dossier) -> Iterator[FlaggedSentence]:
    """The sentences that need something in a market under review, by page and in reading order."""
    against = {
        page: [h for h in hits if h.speaks_against and not h.flag.is_disclosure]
        for page, hits in review.flags.items()
    }
    return _sentences(review, against)


def informing_sentences(review: Dossier) -> Iterator[FlaggedSentence]:
    """The sentences that would, were they not worded as information for patients is."""
    return _sentences(review, review.informing)


def _sentences(review: Dossier, met: Mapping[str, Sequence[Hit]]) -> Iterator[FlaggedSentence]:
    for page in review.page_ids:
        text, hits = review.evidence.pages[page].text, met[page]
        claims = [claim for claim in review.chosen_claims if claim.page == page]
        for span in sentence_spans(text):
            within = [hit for hit in hits if span.start <= hit.start < span.end]
            if within:
                yield FlaggedSentence(
                    page,
                    span,
                    span.of(text),
                    tuple(c.claim for c in claims if c.start < span.end and span.start < c.end),
                    {market: _in_market(within, market) for market in review.markets},
                )


def _in_market(hits: list[Hit], market: Market) -> tuple[Hit, ...]:
    """The flags that hold in one market, each once, the gravest first."""
    held = {hit.flag.flag: hit for hit in reversed(hits) if hit.market in (None, market)}
    return tuple(sorted(held.values(), key=lambda hit: (hit.flag.severity.place, hit.flag.flag)))
