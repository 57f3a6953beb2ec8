"""Every claim as an annotation of its page: Web Annotation Data Model (W3C, 23 February 2017)."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from review.report.formats.exports.text import json_text, named_by_digest, web_address
from review.report.model import ClaimRow, PageSection, Report

CONTEXT = 32
"""The characters before and after a quote that are given with it, so that it is found again."""


def annotations_jsonld(report: Report) -> str:
    """One Annotation for each claim, in a collection of one page.

    A verdict is a body that assesses, its reasons one that comments and an allowed wording one that
    edits. Without verdicts the body is the category of the claim. Positions count Unicode code points
    of the text as it was read (section 4.2.5); where the page has an address, that text is named by
    its digest as the state of the page.
    """
    pages = {page.page: page for page in report.pages}
    texts = {key: "".join(part.text for part in page.segments) for key, page in pages.items()}
    items = [_annotation(report, row, pages[row.page], texts[row.page]) for row in report.claims]
    page = {
        "id": _urn(report, "page"),
        "type": "AnnotationPage",
        "partOf": _urn(report, "collection"),
        "startIndex": 0,
        "items": items,
    }
    return json_text(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": _urn(report, "collection"),
            "type": "AnnotationCollection",
            "label": report.title,
            "generator": {"type": "Software", "name": f"evidence-review {report.provenance.version}"},
            "total": len(items),
            "first": page,
        }
    )


def _urn(report: Report, name: str) -> str:
    """An IRI that is the same whenever the same is said: nothing here has an address."""
    parts = (report.provenance.evidence_digest, report.as_of, report.audience, name)
    return uuid5(NAMESPACE_OID, "\n".join(parts)).urn


def _annotation(report: Report, row: ClaimRow, page: PageSection, text: str) -> dict[str, Any]:
    return {
        "id": _urn(report, row.claim),
        "type": "Annotation",
        "motivation": "assessing" if report.shows_verdicts else "classifying",
        "body": _bodies(row) if report.shows_verdicts else [_body(row.category, "classifying")],
        "target": {
            "type": "SpecificResource",
            **_source(page),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": row.quote,
                    "prefix": text[max(0, row.start - CONTEXT) : row.start],
                    "suffix": text[row.end : row.end + CONTEXT],
                },
                {"type": "TextPositionSelector", "start": row.start, "end": row.end},
            ],
        },
    }


def _bodies(row: ClaimRow) -> list[dict[str, str]]:
    reasons = " ".join(reason.sentence for reason in row.reasons)
    texts = ((row.verdict, "assessing"), (reasons, "commenting"), (row.allowed_wording, "editing"))
    return [_body(value, purpose) for value, purpose in texts if value]


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _source(page: PageSection) -> dict[str, Any]:
    as_read = named_by_digest(page.sha256)
    if address := web_address(page.url):
        return {"source": address, "state": {"type": "TimeState", "cached": as_read}}
    text = {"id": as_read, "type": "Text", "format": "text/plain", "label": page.title}
    return {"source": text}
