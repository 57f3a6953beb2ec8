"""Every claim as a ClaimReview of schema.org, in JSON-LD."""

from collections.abc import Mapping
from typing import Any

from review.model.vocabulary import Verdict
from review.report.formats.exports.text import json_text, web_address
from review.report.model import ClaimRow, PageSection, Report

RATINGS: Mapping[str, int] = {
    verdict: verdict.urgency + 1 for verdict in Verdict if verdict is not Verdict.SET_ASIDE
}
"""The number of each verdict, from worst to best: our convention. What is set aside has none."""


def claimreview_jsonld(report: Report) -> str:
    """One ClaimReview for each claim in a graph; plain Claims where the audience sees no verdicts.

    The author is the organisation and the day of publication the day the report speaks of; who wrote
    the page, and when, is not known and not said.
    """
    pages = {page.page: _page(page) for page in report.pages}
    rows = [(row, _claim(row, pages[row.page])) for row in report.claims]
    graph = [_review(report, row, claim) if report.shows_verdicts else claim for row, claim in rows]
    return json_text({"@context": "https://schema.org", "@graph": graph})


def _page(page: PageSection) -> dict[str, Any]:
    digest = {"@type": "PropertyValue", "propertyID": "SHA-256", "value": page.sha256}
    address = web_address(page.url)
    work = {"@type": "WebPage" if address else "CreativeWork", "name": page.title, "identifier": digest}
    return {**work, "url": address} if address else work


def _claim(row: ClaimRow, page: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": f"#{row.claim}-claim",
        "@type": "Claim",
        "identifier": row.claim,
        "text": row.quote,
        "appearance": page,
    }


def _review(report: Report, row: ClaimRow, claim: dict[str, Any]) -> dict[str, Any]:
    review = {
        "@id": f"#{row.claim}",
        "@type": "ClaimReview",
        "claimReviewed": row.quote,
        "itemReviewed": claim,
        "reviewRating": _rating(row),
        "reviewBody": row.plain,
        "creativeWorkStatus": _status(row),
        "datePublished": report.as_of,
    }
    if report.organisation:
        review["author"] = {"@type": "Organization", "name": report.organisation}
    return review


def _rating(row: ClaimRow) -> dict[str, Any]:
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": row.verdict,
        "ratingExplanation": " ".join(reason.sentence for reason in row.reasons),
    }
    value = RATINGS.get(row.verdict)
    if value is not None:
        values = RATINGS.values()
        rating |= {"ratingValue": value, "worstRating": min(values), "bestRating": max(values)}
    return rating


def _status(row: ClaimRow) -> str:
    if not row.decisions:
        return "Suggested by rule; no decision of a person is recorded"
    last = row.decisions[-1]
    return f"Suggested by rule; decided on {last.date}: {last.decision}"
