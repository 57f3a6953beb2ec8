"""A report for other programs: claim reviews, annotations, references and a description of the run.

Each function gives the text of one file, the same for the same report. What the audience of the report
does not see, these files do not say.
"""

from review.report.formats.exports.annotations import annotations_jsonld
from review.report.formats.exports.claimreview import claimreview_jsonld
from review.report.formats.exports.crate import CRATE, crate, with_files
from review.report.formats.exports.fhir import SUMMARY_FHIR, summary_fhir
from review.report.formats.exports.references import references_csl_json, references_ris
from review.report.formats.exports.summary import SUMMARY_JSON, summary_json
from review.report.model import Report

__all__ = [
    "CRATE",
    "annotations_jsonld",
    "claimreview_jsonld",
    "crate",
    "exports",
    "references_csl_json",
    "references_ris",
    "summary_fhir",
    "summary_json",
    "with_files",
]


def exports(report: Report) -> dict[str, str]:
    """The files for other programs by name. `crate` describes the whole folder and is apart."""
    return {
        "claimreview.jsonld": claimreview_jsonld(report),
        "annotations.jsonld": annotations_jsonld(report),
        "references.json": references_csl_json(report),
        "references.ris": references_ris(report),
        **(
            {SUMMARY_JSON: summary_json(report), SUMMARY_FHIR: summary_fhir(report)}
            if report.shows_evidence
            else {}
        ),
    }
