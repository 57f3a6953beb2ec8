"""What each audience may see of a report."""

from dataclasses import replace

from review.model.vocabulary import Audience
from review.report.evidence.model import EvidenceMap, SummaryOfFindings
from review.report.model import CitationRow, CitedRow, ClaimRow, PageSection, Report


def for_audience(report: Report, audience: Audience) -> Report:
    """The report of everything as `audience` may see it; what it may not see is empty.

    A class sees claims without verdicts or evidence; a clinic sees verdicts and allowed wordings without
    evidence profiles and methods; a director sees everything.
    """
    seen = replace(report, audience=audience)
    if audience is not Audience.DIRECTOR:
        seen = _without_evidence(seen)
    return _without_verdicts(seen) if audience is Audience.CLASS else seen


def _without_evidence(report: Report) -> Report:
    return replace(
        report,
        shows_evidence=False,
        citations=tuple(_answers_alone(row) for row in report.citations),
        claims=tuple(replace(c, citations=_without_findings(c.citations)) for c in report.claims),
        summary_of_findings=SummaryOfFindings(),
        profiles=(),
        search_flow=None,
        evidence_map=EvidenceMap((), ()),
        bias=(),
        over_time=(),
        forests=(),
        not_pooled="",
        references=(),
    )


def _without_verdicts(report: Report) -> Report:
    return replace(
        report,
        shows_verdicts=False,
        answer=(),
        counts=(),
        worst=(),
        documents=(),
        pages=tuple(_page_alone(page) for page in report.pages),
        claims=tuple(_claim_alone(row) for row in report.claims),
        sentences=(),
        contradictions=(),
        lineage=(),
        proper_names=(),
        flagged=(),
        informing=(),
        page_rules=(),
        citations=(),
    )


def _page_alone(page: PageSection) -> PageSection:
    segments = tuple(replace(segment, verdict="") for segment in page.segments)
    return replace(
        page,
        counts=(),
        impression="",
        stops=(),
        disclosures=(),
        segments=segments,
        after=None,
        citing="",
    )


def _claim_alone(row: ClaimRow) -> ClaimRow:
    return replace(
        row,
        verdict="",
        symbol="",
        standing="",
        level="",
        basis="",
        raters="",
        reasons=(),
        flags=(),
        plain="",
        action="",
        bar="",
        allowed_wording="",
        decisions=(),
        citations=(),
        rests_on="",
    )


def _answers_alone(row: CitationRow) -> CitationRow:
    return replace(row, answers=_without_findings(row.answers))


def _without_findings(rows: tuple[CitedRow, ...]) -> tuple[CitedRow, ...]:
    """The answers without what was read and why: that is evidence."""
    return tuple(
        replace(row, finding="", result="", source="", checked="", reason="", judged_by="")
        for row in rows
    )
