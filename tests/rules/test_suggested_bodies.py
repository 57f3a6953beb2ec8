"""Bodies at the borders of the guidance: what a domain is to be rated, and by which sentence.

`suggested_bodies.json` holds 24 bodies of an audit of this package and 30 more. The guidance is told in
our words; `source` says whether it was read where it was published or second-hand.
"""

import json
from pathlib import Path

import pytest
from sample_evidence import evidence

from review.grading.rateable import RateableFinding
from review.grading.suggest import suggested_ratings
from review.grading.thresholds import Thresholds
from review.model.vocabulary import (
    BiasConcern,
    Design,
    Directness,
    Domain,
    Funding,
    Measure,
    Stance,
    Target,
)

BODIES = json.loads((Path(__file__).parent / "suggested_bodies.json").read_text("utf-8"))


def findings(body) -> list[RateableFinding]:
    return [
        finding(row, f"study{at}-{time}")
        for at, row in enumerate(body["findings"])
        for time in range(row["times"])
    ]


def finding(row, name) -> RateableFinding:
    estimate, low, high = row.get("effect", (None, None, None))
    includes = row.get("includes")
    return evidence(
        row.get("study", name),
        design=Design(row.get("design", "randomised-trial")),
        stance=Stance(row.get("stance", "supports")),
        directness=tuple(Directness(word) for word in row.get("elements", ("direct",) * 3)),
        comparator=Directness(row.get("comparator", "direct")),
        participants=row["n"],
        funding=Funding(row.get("funding", "non-industry")),
        measure=Measure(row["measure"]) if "measure" in row else None,
        unit=row.get("unit"),
        estimate=estimate,
        ci_low=low,
        ci_high=high,
        bias=BiasConcern(row.get("bias", "low")),
        events=row.get("events"),
        includes=None if includes is None else frozenset(includes),
    )


def thresholds(body) -> Thresholds:
    known = body.get("thresholds", {})
    target = Target(known.get("target", "important-difference"))
    return Thresholds(**{**known, "target": target})


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body["id"])
def test_a_body_is_rated_as_the_guidance_says(body):
    found = suggested_ratings(
        findings(body),
        registered_without_results=body.get("ended", ()),
        registered_and_open=body.get("open", ()),
        thresholds=thresholds(body),
    )[Domain(body["domain"])]
    assert found.concern == body["expected"], found.reason


def test_every_body_has_its_sentence_and_source():
    assert len({body["id"] for body in BODIES}) == len(BODIES) == 54
    assert all(body["guidance"].endswith(".") and body["source"] for body in BODIES)
