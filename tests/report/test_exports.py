"""A report for other programs, each file held against the model that it claims to follow.

What checks what: the RO-Crate by roc-validator (SHACL shapes and checks of both profiles, without the
network: the context document is a stand-in with the terms used here); the JSON-LD by rdflib, with the
terms written down here from the two vocabularies, schema.org names against the list in rdflib; CSL-JSON
by a JSON Schema written down here from csl-data.json of CSL 1.0.2; RIS by a reader of its line rules.
"""

import hashlib
import json
import re
import socket
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path

import jsonschema
import pytest
from commands import run_review
from rdflib import RDF, Graph, Namespace
from rdflib import namespace as known
from requests import Request
from requests_cache import CachedRequest, CachedResponse, CachedSession
from rocrate_validator import services
from rocrate_validator.utils.document_loader import uninstall_document_loader

from review.model.vocabulary import Verdict
from review.report.build import build_report
from review.report.formats.exports import (
    CRATE,
    annotations_jsonld,
    claimreview_jsonld,
    crate,
    exports,
    references_csl_json,
    references_ris,
)
from review.report.formats.exports.text import named_by_digest

OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("http://www.w3.org/ns/activitystreams#")
DCTYPES = Namespace("http://purl.org/dc/dcmitype/")


@pytest.fixture(scope="module")
def report(whole):
    return replace(whole, reviewer="reviewer A", organisation="A clinic")


@pytest.fixture
def with_address(report):
    """The report, with one page that was read at an address."""
    first, *rest = report.pages
    return replace(report, pages=(replace(first, url="https://a.example/page"), *rest))


def graph(text, context):
    """The triples of a JSON-LD text, its context replaced by one that needs no network."""
    data = {**json.loads(text), "@context": context}
    return Graph().parse(data=json.dumps(data), format="json-ld", publicID="https://base.example/report")


# Web Annotation Vocabulary, appendix A: the terms used here.
ANNOTATION_TERMS = {
    "oa": str(OA),
    "as": str(AS),
    "id": "@id",
    "type": "@type",
    **{
        name: f"oa:{name}"
        for name in (
            "Annotation TextualBody SpecificResource TextQuoteSelector TextPositionSelector TimeState "
            "assessing commenting editing classifying exact prefix suffix start end"
        ).split()
    },
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    "Text": f"{DCTYPES}Text",
    "value": str(RDF.value),
    "format": "http://purl.org/dc/elements/1.1/format",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "http://xmlns.com/foaf/0.1/name",
    "total": "as:totalItems",
    "startIndex": "as:startIndex",
    "generator": {"@id": "as:generator", "@type": "@id"},
    "first": {"@id": "as:first", "@type": "@id"},
    "partOf": {"@id": "as:partOf", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "state": {"@id": "oa:hasState", "@type": "@id"},
    "cached": {"@id": "oa:cachedSource", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
}


def strings(value):
    """Every text in nested JSON, keys apart."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def test_the_same_report_gives_the_same_bytes(review, report):
    made = exports(report)
    assert exports(build_report(review, reviewer="reviewer A", organisation="A clinic")) == made
    assert all(text.endswith("\n") for text in made.values())


# ClaimReview


def test_every_claim_is_a_claim_review(report):
    found = graph(claimreview_jsonld(report), {"@vocab": str(known.SDO)})
    reviews = set(found.subjects(RDF.type, known.SDO.ClaimReview))
    assert len(reviews) == len(report.claims) == len(set(found.subjects(RDF.type, known.SDO.Claim)))
    for node in reviews:
        assert len(list(found.objects(node, known.SDO.claimReviewed))) == 1
        assert found.value(found.value(node, known.SDO.itemReviewed), RDF.type) == known.SDO.Claim
        assert str(found.value(node, known.SDO.datePublished)) == report.as_of
        assert str(found.value(found.value(node, known.SDO.author), known.SDO.name)) == "A clinic"
    terms = {term for s, p, o in found for term in (p, o if p == RDF.type else p)} - {RDF.type}
    assert all(term in known.SDO for term in terms), terms


def test_ratings_are_ordered_and_what_is_set_aside_has_none(report):
    nodes = json.loads(claimreview_jsonld(report))["@graph"]
    ratings = {}
    for node, row in zip(nodes, report.claims, strict=True):
        rating = node["reviewRating"]
        assert node["claimReviewed"] == node["itemReviewed"]["text"] == row.quote
        assert rating["alternateName"] == row.verdict
        ratings[row.verdict] = rating.get("ratingValue")
        if row.verdict == Verdict.SET_ASIDE:
            assert not {"ratingValue", "bestRating", "worstRating"} & set(rating)
        else:
            assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert node["reviewBody"] == row.plain
        assert row.plain.endswith(".")
    from_worst = ("contradicted", "unsupported", "overstated", "not-looked-for", "substantiated")
    assert [ratings[verdict] for verdict in from_worst] == [1, 2, 3, 4, 5]


def test_what_is_not_known_is_not_said(whole, with_address):
    plain = json.loads(claimreview_jsonld(whole))["@graph"]
    assert not any("author" in node or "url" in node for node in plain)
    assert not any("url" in node["itemReviewed"]["appearance"] for node in plain)
    assert all(
        re.fullmatch("[0-9a-f]{64}", node["itemReviewed"]["appearance"]["identifier"]["value"])
        for node in plain
    )
    known = json.loads(claimreview_jsonld(with_address))["@graph"]
    found = {node["itemReviewed"]["appearance"].get("url") for node in known}
    assert found == {None, "https://a.example/page"}


# Annotations


def test_every_claim_is_an_annotation(report, with_address):
    found = graph(annotations_jsonld(with_address), ANNOTATION_TERMS)
    annotations = set(found.subjects(RDF.type, OA.Annotation))
    assert len(annotations) == len(report.claims)  # 3.1: one IRI each
    for node in annotations:
        (target,) = found.objects(node, OA.hasTarget)
        assert found.value(node, OA.motivatedBy) == OA.assessing  # 3.3.5
        assert len(list(found.objects(target, OA.hasSource))) == 1  # 4: exactly one source
        for body in found.objects(node, OA.hasBody):  # 3.2.4
            assert found.value(body, RDF.type) == OA.TextualBody
            assert len(list(found.objects(body, RDF.value))) == 1
        by_type = {found.value(s, RDF.type): s for s in found.objects(target, OA.hasSelector)}
        assert set(by_type) == {OA.TextQuoteSelector, OA.TextPositionSelector}
        quote, position = by_type[OA.TextQuoteSelector], by_type[OA.TextPositionSelector]
        for predicate in (OA.exact, OA.prefix, OA.suffix):  # 4.2.4
            assert len(list(found.objects(quote, predicate))) == 1
        start, end = found.value(position, OA.start).toPython(), found.value(position, OA.end).toPython()
        assert 0 <= start < end  # 4.2.5
    (collection,) = found.subjects(RDF.type, AS.OrderedCollection)  # 5.1
    assert found.value(collection, AS.totalItems).toPython() == len(annotations)
    page = found.value(collection, AS.first)
    assert found.value(page, RDF.type) == AS.OrderedCollectionPage  # 5.2
    assert found.value(page, AS.partOf) == collection
    assert len(list(found.items(found.value(page, AS["items"])))) == len(annotations)


def test_annotations_lead_back_to_the_words(review, report):
    items = json.loads(annotations_jsonld(report))["first"]["items"]
    texts = {named_by_digest(page.sha256): page.text for page in review.evidence.pages.values()}
    for item, row in zip(items, report.claims, strict=True):
        text = texts[item["target"]["source"]["id"]]
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == row.quote
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        assert item["body"][0]["value"] == row.verdict
    assert len({item["id"] for item in items}) == len(items)


def test_a_page_with_an_address_keeps_the_text_that_was_read(with_address):
    page = with_address.pages[0]
    items = json.loads(annotations_jsonld(with_address))["first"]["items"]
    targets = [
        item["target"]
        for item, row in zip(items, with_address.claims, strict=True)
        if row.page == page.page
    ]
    assert targets
    for target in targets:
        assert target["source"] == "https://a.example/page"
        assert target["state"] == {"type": "TimeState", "cached": named_by_digest(page.sha256)}


def test_a_digest_as_an_iri():
    # RFC 6920, section 8.1: the SHA-256 of "Hello World!".
    digest = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    assert named_by_digest(digest) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


# References

_TEXT = {"type": "string", "minLength": 1}
_NAME_PARTS = "family given dropping-particle non-dropping-particle suffix literal".split()
CSL_DATA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(
                "id title container-title publisher volume issue number page DOI PMID URL note".split(),
                _TEXT,
            ),
            "type": {
                "enum": (
                    "article-journal book chapter document manuscript pamphlet paper-conference patent "
                    "report thesis webpage"
                ).split()
            },
            "author": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "minProperties": 1,
                    "properties": dict.fromkeys(_NAME_PARTS, _TEXT),
                },
            },
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "required": ["date-parts"],
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "maxItems": 2,
                        "items": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 3,
                            "items": {"type": "integer"},
                        },
                    }
                },
            },
        },
    },
}
RIS_TAGS = set("TY ID AU TI T2 PB PY DA VL IS M1 SP EP DO AN UR N1 ER".split())


def records(text):
    """The records of a RIS text, each as tags and values. Raises AssertionError for a broken rule."""
    found, current = [], []
    assert not text or text.endswith("\r\n")
    for line in text.split("\r\n"):
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert match, line
        assert (match[1] == "TY") == (not current), line
        current.append((match[1], match[2]))
        if match[1] == "ER":
            assert match[2] == ""
            found.append(current)
            current = []
    assert not current
    return found


def test_references_as_csl_json(report):
    data = json.loads(references_csl_json(report))
    jsonschema.Draft202012Validator(CSL_DATA).validate(data)
    assert [item["id"] for item in data] == [row.key for row in report.references]


def test_references_as_ris(report):
    found = records(references_ris(report))
    assert len(found) == len(report.references) > 100
    assert {tag for record in found for tag, _ in record} <= RIS_TAGS
    by_id = {dict(record)["ID"]: record for record in found}
    assert by_id["kaufman1998"] == [
        ("TY", "JOUR"),
        ("ID", "kaufman1998"),
        ("AU", "Kaufman, K. D."),
        ("AU", "Olsen, E. A."),
        ("AU", "Whiting, D."),
        *(("AU", author) for author in ("Savin, R.", "DeVillez, R.", "Bergfeld, W.", "Price, V. H.")),
        ("N1", "The entry names only some of the authors."),
        ("PY", "1998"),
        ("TI", "Finasteride in the treatment of men with androgenetic alopecia"),
        ("T2", "Journal of the American Academy of Dermatology"),
        ("VL", "39"),
        ("IS", "4 Pt 1"),
        ("SP", "578"),
        ("EP", "589"),
        ("ER", ""),
    ]
    fda = dict(by_id["fda2019psn"])
    assert (fda["TY"], fda["PY"], fda["DA"]) == ("ELEC", "2019", "2019/12/06/")


def test_without_references_the_files_are_empty_lists(class_report):
    assert json.loads(references_csl_json(class_report)) == []
    assert references_ris(class_report) == ""


# What an audience must not see


def test_a_class_is_told_no_verdict(report, class_report):
    secrets = {reason.sentence for row in report.claims for reason in row.reasons}
    secrets |= {row.allowed_wording for row in report.claims if row.allowed_wording}
    secrets |= {row.action for row in report.claims} | set(Verdict)
    described = crate(class_report, {"report.html": b"x"}, {"audience": "class"})
    for text in (claimreview_jsonld(class_report), annotations_jsonld(class_report), described):
        data = json.loads(text)
        assert not secrets & set(strings(data))
        assert not re.search(r'"(reviewRating|ratingValue|Rating|ClaimReview)"', text)
    claims = json.loads(claimreview_jsonld(class_report))["@graph"]
    assert {claim["@type"] for claim in claims} == {"Claim"}
    found = json.loads(annotations_jsonld(class_report))["first"]["items"]
    assert {item["motivation"] for item in found} == {"classifying"}
    assert [item["body"][0]["value"] for item in found] == [row.category for row in class_report.claims]


# Hostile text

_KEPT = {
    "verdict",
    "sha256",
    "as_of",
    "claim",
    "page",
    "audience",
    "shows_verdicts",
    "files",
    "type",
    "id",
}
POISON = (
    "</script><script>alert(1)</script> <!-- {{ 7*7 }} \" ' \\ \x00\x07\x1b[31m "
    "\u202egnorts\u202c \u2028\r\n"
    'TY  - JOUR\nER  - \r\n"}],"@graph":[] =HYPERLINK(1)'
)


def poisoned(value):
    """The same records with hostile text in every text that is not an id or a word of a vocabulary."""
    if is_dataclass(value):
        kept = {f.name: getattr(value, f.name) for f in fields(value)}
        return replace(value, **{k: v if k in _KEPT else poisoned(v) for k, v in kept.items()})
    if isinstance(value, dict):
        return {k: v if k in _KEPT else poisoned(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(poisoned(inner) for inner in value)
    is_text = isinstance(value, str) and not isinstance(value, Enum)
    return POISON if is_text else value


def test_hostile_text_stays_text(one_page):
    small = replace(one_page, reviewer="x", organisation="x")
    hostile = poisoned(small)
    made = exports(hostile)
    made[CRATE] = crate(hostile, {POISON.replace("\x00", ""): b"x"}, {POISON: POISON})
    for name, text in made.items():
        assert not re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]", text
        ), name
        if name != "references.ris":
            assert "<" not in text
            assert POISON in strings(json.loads(text)), name
    assert len(records(made["references.ris"])) == len(small.references)
    assert "[U+202E]gnorts" in made["references.ris"]
    node = json.loads(made["claimreview.jsonld"])["@graph"][0]
    assert node["claimReviewed"] == node["author"]["name"] == POISON
    found = graph(made["claimreview.jsonld"], {"@vocab": str(known.SDO)})
    assert len(set(found.subjects(RDF.type, known.SDO.ClaimReview))) == len(small.claims)
    found = graph(made["annotations.jsonld"], ANNOTATION_TERMS)
    assert len(set(found.subjects(RDF.type, OA.Annotation))) == len(small.claims)


# RO-Crate

CRATE_CONTEXT = {
    **{
        term: f"http://schema.org/{term}"
        for term in (
            "CreateAction CreativeWork Dataset Organization Person PropertyValue SoftwareApplication "
            "about affiliation agent author contentSize datePublished description encodingFormat "
            "featureList hasPart instrument license mentions name object publisher result "
            "softwareVersion value version"
        ).split()
    },
    "File": "http://schema.org/MediaObject",
    "conformsTo": "http://purl.org/dc/terms/conformsTo",
}


@pytest.fixture
def validate(tmp_path, monkeypatch):
    """A validator that takes the context of RO-Crate from a store of its own, never from the network."""

    def refuse(*_):
        raise AssertionError("a test reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    address = "https://w3id.org/ro/crate/1.1/context"
    request = Request("GET", address).prepare()
    response = CachedResponse(
        status_code=200,
        url=address,
        request=CachedRequest.from_request(request),
        headers={"Content-Type": "application/ld+json"},
    )
    response._content = json.dumps({"@context": CRATE_CONTEXT}).encode()
    with CachedSession(str(tmp_path / "store"), backend="sqlite", expire_after=-1) as session:
        session.cache.save_response(response, session.cache.create_key(request))

    def issues(folder: Path, severity: str) -> set[str]:
        settings = services.ValidationSettings(
            rocrate_uri=str(folder),
            profile_identifier="process-run-crate-0.5",
            requirement_severity=severity,
            offline=True,
            cache_path=tmp_path / "store",
        )
        return {issue.message for issue in services.validate(settings).get_issues()}

    yield issues
    uninstall_document_loader()


def written(folder, report, change=None):
    files = {name: text.encode() for name, text in exports(report).items()}
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    data = json.loads(crate(report, files, {"as_of": report.as_of, "pages": []}))
    if change:
        change({entity["@id"]: entity for entity in data["@graph"]})
    (folder / CRATE).write_text(json.dumps(data), "utf-8")
    return folder


def test_the_crate_is_valid(report, tmp_path, validate):
    folder = written(tmp_path / "crate", report)
    # What is recommended is looked at together with what is required, of which nothing is missing.
    # Not met, for nothing may be invented: the package has no address, the run no time that is known.
    assert validate(folder, "RECOMMENDED") == {
        "The Application SHOULD have a url",
        "The SoftwareApplication id SHOULD be an absolute URI",
        "The Action SHOULD have an endTime in ISO 8601 format",
        "The organization SHOULD have a URL.",
    }


def test_the_crate_of_a_real_run_is_valid_and_names_every_file(folder, tmp_path, validate):
    out = tmp_path / "out"
    asked = ("report", "-p", "ro_crate", "true", "--evidence", folder, "--out", out)
    assert run_review(*asked).returncode == 0
    assert validate(out, "REQUIRED") == set()
    entities = {entity["@id"]: entity for entity in json.loads((out / CRATE).read_text())["@graph"]}
    for path in out.iterdir():
        if path.name != CRATE:
            assert entities[path.name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_validator_sees_what_is_missing(small_review, tmp_path, validate):
    def broken(entities):
        del entities["#run"]["instrument"]
        for name in ("license", "datePublished", "conformsTo"):
            del entities["./"][name]

    folder = written(tmp_path / "crate", build_report(small_review), broken)
    (folder / "references.json").unlink()
    found = " ".join(validate(folder, "REQUIRED"))
    for message in (
        "The Action MUST have an instrument property",
        "The Root Data Entity MUST have a `license` property",
        "The Root Data Entity MUST have a `datePublished` property",
        "The Root Data Entity MUST reference a CreativeWork entity",
        "references.json",
    ):
        assert message in found


def test_the_crate_names_every_file_and_input(review, report, whole):
    entities = json.loads(crate(report, {"report.html": b"<p>"}, {"as_of": report.as_of}))["@graph"]
    by_id = {entity["@id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    assert by_id["report.html"] == {
        "@id": "report.html",
        "@type": "File",
        "name": "report.html",
        "encodingFormat": "text/html",
        "contentSize": "3",
        "sha256": "33f2799467177287a29260780a107ac98ea63dd6165f67fcc0d74767d0a82090",
    }
    inputs = {
        entity["name"]: entity["sha256"] for key, entity in by_id.items() if key.startswith("#input-")
    }
    assert inputs == dict(review.evidence.files)
    assert by_id["#run"]["agent"] == {"@id": "#reviewer"}
    assert by_id["#reviewer"]["name"] == "reviewer A"
    anonymous = json.loads(crate(whole, {"report.html": b"<p>"}, {}))["@graph"]
    assert not {entity["@type"] for entity in anonymous} & {"Person", "Organization"}
