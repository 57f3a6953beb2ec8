"""Who may see what of a report: no word that is hidden is left in any field, whatever it says."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum

import pytest

from review.grading.ocebm import NOT_RATED
from review.model.vocabulary import (
    Action,
    Audience,
    Bar,
    Category,
    Certainty,
    Direction,
    Severity,
    Tier,
    Verdict,
)
from review.report.audience import for_audience
from review.report.build import build_report
from review.report.model import Report
from review.verdicts.reasons import Code
from review.verdicts.standing import Basis

SECRET = "a word that nobody but the director may see"
SEEN_BY_A_CLASS = {
    "Report": "title organisation reviewer as_of audience framework jurisdictions flag_notice",
    "PageSection": "page title kind sha256 captured url",
    "ClaimRow": "claim page quote category wording polarity checkworthy proposition statement topic",
    "Segment": "text claims ends",
    "Provenance": "version schema_version methods evidence_digest files",
}
"""By record, the fields that hold what stands on the page, and what the report says of itself."""
HIDDEN_FROM_A_CLINIC = (
    "summary_of_findings",
    "profiles", "search_flow", "evidence_map", "bias", "over_time", "forests", "not_pooled",
    "references", "witnesses",
)  # fmt: skip


def texts(value: object) -> Iterator[str]:
    """Every text in a report, at any depth, also those that are words of a vocabulary."""
    if isinstance(value, str):
        yield str(value)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from texts(tuple(value.items()))
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from texts(inner)


def secret(value, seen=False):
    """The same value with every text made a secret, but for the fields that a class may see."""
    if is_dataclass(value):
        public = SEEN_BY_A_CLASS.get(type(value).__name__, "").split()
        kept = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: secret(inner, name in public) for name, inner in kept.items()})
    if isinstance(value, Mapping):
        return {key: secret(inner, seen) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(secret(inner, seen) for inner in value)
    return SECRET if isinstance(value, str) and not seen else value


def without(report: Report, names: tuple[str, ...]) -> Report:
    return replace(report, **{name: None for name in (*names, "audience", "shows_evidence")})


def test_whatever_is_hidden_says_a_class_sees_nothing_of_it(whole):
    hidden = secret(whole)
    assert SECRET in set(texts(hidden))
    assert SECRET not in set(texts(for_audience(hidden, Audience.CLASS)))
    assert for_audience(hidden, Audience.CLASS) == for_audience(whole, Audience.CLASS)


def test_no_word_of_the_review_is_left_on_any_page_for_a_class(class_report, one_page):
    words = {*Verdict, *Action, *Bar, *Tier, *Certainty, *Direction, *Severity, *Basis, *Code, NOT_RATED}
    words |= {verdict.symbol for verdict in Verdict}
    words -= {*Category}  # a claim may be about another treatment, whatever is said of it
    for report in (class_report, for_audience(one_page, Audience.CLASS)):
        shown = set(texts(report))
        assert shown & words == set()
        assert not [text for text in shown for word in Certainty if word.label in text]


def test_no_sentence_on_a_claim_is_left_for_a_class(whole, class_report):
    said = set()
    for row in whole.claims:
        sentences = (*(r.sentence for r in row.reasons), row.plain, row.allowed_wording)
        said.update(sentence for sentence in sentences if sentence not in ("", row.statement))
    said.update(text for page in whole.pages for text in (page.impression, *whole.answer))
    shown = "\n".join(texts(class_report))
    assert len(said) > 100
    assert not [sentence for sentence in said if sentence in shown]


def without_what_was_read(report: Report) -> Report:
    """The report without the finding, the reason and the reader of each answer of a cited source."""
    read = dict.fromkeys(("finding", "result", "source", "checked", "reason", "judged_by"), "")
    cited = [
        replace(row, answers=tuple(replace(a, **read) for a in row.answers)) for row in report.citations
    ]
    claims = [
        replace(c, citations=tuple(replace(a, **read) for a in c.citations)) for c in report.claims
    ]
    return replace(report, citations=tuple(cited), claims=tuple(claims))


def test_a_clinic_sees_all_but_the_evidence(whole, clinic_report):
    seen = without(clinic_report, HIDDEN_FROM_A_CLINIC)
    assert seen == without(without_what_was_read(whole), HIDDEN_FROM_A_CLINIC)
    for name in HIDDEN_FROM_A_CLINIC:
        assert any(texts(getattr(whole, name))) or name == "forests"
        assert not any(texts(getattr(clinic_report, name)))


@pytest.mark.parametrize("audience", Audience)
def test_a_report_is_built_for_its_audience(small_review, audience):
    assert build_report(small_review, audience) == for_audience(build_report(small_review), audience)


def test_a_director_sees_everything(whole):
    assert for_audience(whole, Audience.DIRECTOR) == whole


@pytest.mark.parametrize("audience", Audience)
def test_what_was_seen_once_is_seen_alike_again(whole, audience):
    seen = for_audience(whole, audience)
    assert for_audience(seen, audience) == seen
    assert seen.audience is audience
    assert all(isinstance(word, Enum) for word in (seen.audience, seen.framework))
