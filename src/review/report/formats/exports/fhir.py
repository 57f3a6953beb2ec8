"""The summary of findings for other programs of medicine: Evidence resources of HL7 FHIR R5 (5.0.0).

One Evidence a question in a Bundle of the type collection. Codes are those of the value sets that R5
binds (hl7.org/fhir/R5/evidence.html); where one has no code for what we say, the concept is text alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from review.model.vocabulary import Concern, Domain, Measure, Status, Upgrade
from review.report.evidence.model import SummaryBaseline, SummaryEffect, SummaryRating, SummaryRow
from review.report.formats.exports.text import json_text
from review.report.model import Report
from review.report.parts.summary_part import absolute_text, baseline_text, effect_text
from review.synthesis.absolute import PER, Absolute

SUMMARY_FHIR = "summary-of-findings.fhir.json"
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
_CERTAINTY_TYPE = "http://hl7.org/fhir/certainty-type"
_CERTAINTY_RATING = "http://hl7.org/fhir/certainty-rating"
_LEVEL = 0.95
Json = dict[str, Any]


def summary_fhir(report: Report) -> str:
    """A Bundle with an Evidence resource for each main question.

    `status` is active where the recorded judgement was published, else draft: a suggestion is no more.
    """
    titles = {reference.key: reference.citation for reference in report.references}
    entries = [
        {"fullUrl": _urn(report, row.proposition), "resource": _evidence(report, row, titles)}
        for row in report.summary_of_findings.rows
    ]
    bundle: Json = {"resourceType": "Bundle", "type": "collection"}
    # An empty list is not allowed in FHIR.
    return json_text({**bundle, "entry": entries} if entries else bundle)


def _urn(report: Report, name: str) -> str:
    parts = (report.provenance.evidence_digest, report.as_of, report.audience, "Evidence", name)
    return uuid5(NAMESPACE_OID, "\n".join(parts)).urn


def _evidence(report: Report, row: SummaryRow, titles: Mapping[str, str]) -> Json:
    pooled = {"synthesisType": _coded("synthesis-type", "std-MA", "summary data meta-analysis")}
    resource: Json = {
        "resourceType": "Evidence",
        "status": "active" if row.status is Status.PUBLISHED else "draft",
        "title": row.statement,
        "date": report.as_of,
        "description": _description(row),
        "assertion": row.plain,
        "relatedArtifact": [_artifact(key, titles) for key in row.study_keys],
        "note": [{"text": f"{row.basis}; {row.judged_by}"}],
        "variableDefinition": list(_variables(row)),
        "studyDesign": [{"text": design} for design, _ in row.designs],
        **(pooled if row.effect and row.effect.method else {}),
        "statistic": list(_statistics(row)),
        "certainty": [_certainty(row)],
    }
    return resource


def _description(row: SummaryRow) -> str:
    if row.effect:
        return effect_text(row.effect)
    return " ".join((row.no_effect, *(f"{f.citation}: {f.result}" for f in row.findings)))


def _artifact(key: str, titles: Mapping[str, str]) -> Json:
    return {"type": "derived-from", "label": key, "citation": titles.get(key, key)}


def _variables(row: SummaryRow) -> Iterator[Json]:
    for code, display, text in (
        ("population", "population", row.population),
        ("exposure", "exposure", row.intervention),
        ("referenceExposure", "reference exposure", row.comparator),
        ("measuredVariable", "measured variable", row.outcome),
    ):
        yield {"description": text, "variableRole": _coded("variable-role", code, display)}


# What was found


def _statistics(row: SummaryRow) -> Iterator[Json]:
    if row.effect:
        yield _effect(row, row.effect)
    else:
        yield {
            "description": row.no_effect,
            "statisticType": _coded("statistic-type", "descriptive", "Descriptive"),
            "sampleSize": _sample(row, row.studies),
        }
    if row.absolute and row.baseline:
        yield from _absolute(row.absolute, row.baseline)


def _effect(row: SummaryRow, effect: SummaryEffect) -> Json:
    quantity: Json = {"value": effect.effect, **({"unit": effect.unit} if effect.unit else {})}
    return {
        "description": effect_text(effect),
        "statisticType": _measure(effect.measure),
        "quantity": quantity,
        "sampleSize": _sample(row, effect.studies),
        "attributeEstimate": [_interval(*effect.ci)],
    }


def _sample(row: SummaryRow, studies: int) -> Json:
    # People are those of all studies: of a part of them their number is not known.
    is_all = studies == row.studies and row.participants is not None
    people = {"numberOfParticipants": row.participants} if is_all else {}
    return {"description": row.people, "numberOfStudies": studies, **people}


def _absolute(people: Absolute, baseline: SummaryBaseline) -> Iterator[Json]:
    per = f"per {PER:,} people"
    yield {
        "description": baseline_text(baseline),
        "statisticType": _coded("statistic-type", "predictedRisk", "Predicted Risk"),
        "quantity": {"value": people.without, "unit": per},
    }
    yield {
        "description": absolute_text(people),
        "statisticType": _measure(Measure.RISK_DIFFERENCE),
        "quantity": {"value": people.difference, "unit": per},
        "attributeEstimate": [_interval(*people.difference_ci)],
    }


def _interval(low: float, high: float) -> Json:
    return {
        "type": _coded("attribute-estimate-type", "C53324", "Confidence interval"),
        "level": _LEVEL,
        "range": {"low": {"value": low}, "high": {"value": high}},
    }


_STATISTICS: Mapping[Measure, tuple[str, str]] = {
    Measure.MEAN_DIFFERENCE: ("0000457", "Mean Difference"),
    Measure.STANDARDISED_MEAN_DIFFERENCE: ("0000100", "Standardized Mean Difference"),
    Measure.RISK_RATIO: ("C93152", "Relative Risk"),
    Measure.ODDS_RATIO: ("C16932", "Odds Ratio"),
    Measure.HAZARD_RATIO: ("C93150", "Hazard Ratio"),
    Measure.RATE_RATIO: ("rate-ratio", "Incidence Rate Ratio"),
    Measure.RISK_DIFFERENCE: ("0000424", "Risk Difference"),
}


def _measure(measure: Measure) -> Json:
    known = _STATISTICS.get(measure)
    return _coded("statistic-type", *known) if known else {"text": measure.spoken}


# How sure it is


def _certainty(row: SummaryRow) -> Json:
    level = row.certainty.spoken.capitalize()
    parts = [_rating(rating) for rating in row.ratings]
    return {
        "description": row.symbol,
        "type": _concept(_CERTAINTY_TYPE, "Overall", "Overall certainty"),
        "rating": _concept(_CERTAINTY_RATING, row.certainty, f"{level} quality"),
        "rater": row.judged_by,
        **({"subcomponent": parts} if parts else {}),
    }


def _rating(rating: SummaryRating) -> Json:
    code, display = _DOMAINS[rating.name]
    given = (
        _concept(_CERTAINTY_RATING, *_CONCERNS[rating.concern])
        if isinstance(rating.concern, Concern)
        else _concept(_CERTAINTY_RATING, *(_PRESENT if rating.change else _ABSENT))
    )
    note = {"note": [{"text": rating.reason}]} if rating.reason else {}
    return {"type": _concept(_CERTAINTY_TYPE, code, display), "rating": given, **note}


_PRESENT, _ABSENT = ("present", "present"), ("absent", "absent")
_DOMAINS: Mapping[Domain | Upgrade, tuple[str, str]] = {
    Domain.RISK_OF_BIAS: ("RiskOfBias", "Risk of bias"),
    Domain.INCONSISTENCY: ("Inconsistency", "Inconsistency"),
    Domain.INDIRECTNESS: ("Indirectness", "Indirectness"),
    Domain.IMPRECISION: ("Imprecision", "Imprecision"),
    Domain.PUBLICATION_BIAS: ("PublicationBias", "Publication bias"),
    Upgrade.LARGE_EFFECT: ("LargeEffect", "Large effect"),
    Upgrade.DOSE_RESPONSE: ("DoseResponseGradient", "Dose response gradient"),
    Upgrade.OPPOSING_CONFOUNDING: ("PlausibleConfounding", "Plausible confounding"),
}
_CONCERNS: Mapping[Concern, tuple[str, str]] = {
    Concern.NOT_SERIOUS: ("no-concern", "no serious concern"),
    Concern.SERIOUS: ("serious-concern", "serious concern"),
    Concern.VERY_SERIOUS: ("very-serious-concern", "very serious concern"),
    Concern.EXTREMELY_SERIOUS: ("extremely-serious-concern", "extremely serious concern"),
}


def _coded(system: str, code: str, display: str) -> Json:
    return _concept(f"{_TERMINOLOGY}/{system}", code, display)


def _concept(system: str, code: str, display: str) -> Json:
    return {"coding": [{"system": system, "code": code, "display": display}]}
