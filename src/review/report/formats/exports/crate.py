"""The folder of a report as an RO-Crate: what is in it, what made it, and from what.

RO-Crate 1.1 with the profile Process Run Crate 0.5: one action, its instrument this package, its
objects the evidence and the parameters, its results the files. Inputs are not in the folder and are
named by their digests. When the run took place is not said: nothing here reads a clock.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from review.report.formats.exports.text import json_text
from review.report.model import Report

CRATE = "ro-crate-metadata.json"
"""The name that RO-Crate gives the file; it must lie at the top of the folder."""

_CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"},
]
_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_FORMATS = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LICENCE = (
    "The code that made this report: Apache-2.0. What the authors of the evidence wrote: CC BY 4.0. The "
    "quoted pages belong to their owners and are kept only because they are what is reviewed."
)

Entity = dict[str, Any]


def crate(report: Report, files: Mapping[str, bytes], parameters: Mapping[str, object]) -> str:
    """The text of `ro-crate-metadata.json` for a folder that holds `files` and nothing else.

    `parameters` are those of the run, as its manifest has them. The agent is the reviewer, the author
    the organisation, if they are named; the date is the day the report speaks of.
    """
    results = [_file(name, content) for name, content in sorted(files.items())]
    inputs = [_input(name, digest) for name, digest in report.provenance.files]
    settings = [_parameter(name, value) for name, value in sorted(parameters.items())]
    software = _software(report)
    action = _action(report, inputs + settings, results, software)
    people = [entity for entity in (_organisation(report), _reviewer(report)) if entity]
    graph = [_descriptor(), _root(report, results, action), _profile(), _licence(), software, action]
    return json_text({"@context": _CONTEXT, "@graph": [*graph, *people, *results, *inputs, *settings]})


def with_files(crate: str, files: Mapping[str, bytes]) -> str:
    """The text of a crate in which `files` are described as well, in place of what it said of them."""
    data = json.loads(crate)
    described = {entity["@id"]: entity for entity in data["@graph"]}
    described |= {entity["@id"]: entity for entity in (_file(*file) for file in sorted(files.items()))}
    results = sorted(
        (entity for entity in described.values() if entity["@type"] == "File"), key=lambda e: e["@id"]
    )
    described["./"]["hasPart"] = _refs(results)
    described["#run"]["result"] = _refs(results)
    return json_text({"@context": data["@context"], "@graph": list(described.values())})


def _ref(entity: Entity) -> Entity:
    return {"@id": entity["@id"]}


def _refs(entities: list[Entity]) -> list[Entity] | Entity:
    """References to entities; a single one stands without a list (RO-Crate 1.1, appendix)."""
    references = [_ref(entity) for entity in entities]
    return references[0] if len(references) == 1 else references


def _descriptor() -> Entity:
    return {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def _root(report: Report, results: list[Entity], action: Entity) -> Entity:
    pages = ", ".join(page.page for page in report.pages)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": report.title,
        "description": f"{len(report.claims)} claims of {pages}; written for the {report.audience}.",
        "datePublished": report.as_of,
        "license": _ref(_licence()),
        "conformsTo": _ref(_profile()),
        "hasPart": _refs(results),
        "mentions": _ref(action),
    }
    if organisation := _organisation(report):
        root |= {"author": _ref(organisation), "publisher": _ref(organisation)}
    return root


def _profile() -> Entity:
    return {"@id": _PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}


def _licence() -> Entity:
    return {
        "@id": "#licence",
        "@type": "CreativeWork",
        "name": "Apache-2.0, CC BY 4.0 and third-party text",
        "description": _LICENCE,
    }


def _software(report: Report) -> Entity:
    return {
        "@id": "#evidence-review",
        "@type": "SoftwareApplication",
        "name": "evidence-review",
        "softwareVersion": report.provenance.version,
        "description": "Checks marketing claims against the literature by published rules.",
        "featureList": list(report.provenance.methods),
    }


def _action(report: Report, objects: list[Entity], results: list[Entity], software: Entity) -> Entity:
    action = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"Review as of {report.as_of}",
        "description": f"The evidence as it stood on {report.as_of}, judged by rule and written down.",
        "instrument": _ref(software),
        "object": _refs(objects),
        "result": _refs(results),
    }
    if reviewer := _reviewer(report):
        action["agent"] = _ref(reviewer)
    return action


def _organisation(report: Report) -> Entity:
    if not report.organisation:
        return {}
    return {"@id": "#organisation", "@type": "Organization", "name": report.organisation}


def _reviewer(report: Report) -> Entity:
    if not report.reviewer:
        return {}
    reviewer: Entity = {"@id": "#reviewer", "@type": "Person", "name": report.reviewer}
    organisation = _organisation(report)
    return {**reviewer, "affiliation": _ref(organisation)} if organisation else reviewer


def _file(name: str, content: bytes) -> Entity:
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name,
        "encodingFormat": _FORMATS.get(PurePosixPath(name).suffix, "application/octet-stream"),
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _input(name: str, digest: str) -> Entity:
    return {"@id": f"#input-{quote(name)}", "@type": "CreativeWork", "name": name, "sha256": digest}


def _parameter(name: str, value: object) -> Entity:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {"@id": f"#parameter-{quote(name)}", "@type": "PropertyValue", "name": name, "value": text}
