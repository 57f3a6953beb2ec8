"""What the evidence does not cover yet, each gap beside a record that has none."""

from dataclasses import fields, replace
from datetime import date

import pytest
from sample_body import item, proposition

from review.model.knowledge.packs import Packs
from review.model.records import Appraisal, Claim, Evidence, Page, Relation, Search
from review.model.vocabulary import Checked, Design, Importance, Question, Species, Stance, YesNo
from review.store.read import packaged_packs
from review.verdicts.coverage import gaps

UNREAD, CLAIMLESS, UNSOUGHT, UNRATED, UNLINKED, UNAPPRAISED, UNNAMED, UNWEIGHED, UNJUDGED = (
    "pages that nobody has read for citations",
    "propositions without a claim",
    "evidence propositions without a deciding link or a recorded search",
    "graded propositions with evidence in people but no rating",
    "studies without a link",
    "studies without appraisal that have a tool",
    "reviews of several designs that do not name them",
    "outcomes of one comparison whose importance nobody judged",
    "pairs of propositions of one topic that nobody judged",
)


def evidence(*items, question=Question.BENEFIT, **held) -> Evidence:
    """One proposition, that vitamin C shortens a cold, with the findings linked to it."""
    empty = {part.name: {} if part.name != "digest" else "" for part in fields(Evidence)}
    shortens = proposition(question).model_copy(update={"proposition": "shortens"})
    filled = {
        "propositions": {"shortens": shortens},
        "studies": {i.study.study: i.study for i in items},
        "links": {i.link.link: i.link.model_copy(update={"proposition": "shortens"}) for i in items},
        "packs": Packs(tools=packaged_packs().tools),
    }
    return Evidence(**{**empty, **filled, **held})


def test_the_gaps_stand_in_the_order_in_which_they_are_mended():
    unconfirmed = "studies with facts read by machine that no person confirmed"
    expected = [
        UNREAD,
        CLAIMLESS,
        UNSOUGHT,
        UNRATED,
        unconfirmed,
        UNLINKED,
        UNAPPRAISED,
        UNNAMED,
        UNWEIGHED,
        UNJUDGED,
    ]
    assert list(gaps(evidence())) == expected


def test_a_page_is_a_gap_until_somebody_read_it_for_citations():
    pages = {
        key: Page.model_construct(page=key, citations_listed=listed)
        for key, listed in (("shop", YesNo.NO), ("blog", YesNo.YES))
    }
    assert gaps(evidence(pages=pages))[UNREAD] == ("shop",)


def test_two_statements_of_one_topic_are_a_gap_until_somebody_judged_them():
    record = proposition(Question.BENEFIT)
    known = {key: record.model_copy(update={"proposition": key}) for key in ("shortens", "prevents")}
    assert gaps(evidence(propositions=known))[UNJUDGED] == ("prevents and shortens",)
    judgement = Relation(
        relation="rel-001",
        proposition="shortens",
        other="prevents",
        kind="compatible",
        reason="Both may.",
    )
    judged = evidence(propositions=known, relations={"rel-001": judgement})
    assert gaps(judged)[UNJUDGED] == ()


def test_a_proposition_that_a_claim_is_made_of_is_not_idle():
    assert gaps(evidence())[CLAIMLESS] == ("shortens",)
    claim = Claim.model_construct(claim="shop-001", proposition="shortens")
    assert gaps(evidence(claims={"shop-001": claim}))[CLAIMLESS] == ()


@pytest.mark.parametrize(
    ("found", "question", "is_gap"),
    [
        ([], Question.BENEFIT, True),
        ([item()], Question.BENEFIT, False),
        ([item(stance=Stance.CONTRADICTS)], Question.BENEFIT, False),
        ([item(stance=Stance.BACKGROUND)], Question.BENEFIT, True),
        ([], Question.REGULATION, True),
        ([], Question.LOGISTICS, False),
    ],
)
def test_evidence_is_sought_until_a_link_decides(found, question, is_gap):
    assert gaps(evidence(*found, question=question))[UNSOUGHT] == ("shortens",) * is_gap


def test_a_search_without_result_closes_the_gap():
    search = Search(proposition="shortens", looked_for="Trials of vitamin C in colds.", result="None.")
    assert gaps(evidence(searches={"shortens": search}))[UNSOUGHT] == ()


@pytest.mark.parametrize(
    ("found", "question", "is_gap"),
    [
        (item(), Question.BENEFIT, True),
        (item(), Question.BIOLOGY, False),
        (item(stance=Stance.BACKGROUND), Question.BENEFIT, False),
        (item(checked=Checked.UNVERIFIED), Question.BENEFIT, False),
        (item(design=Design.ANIMAL, species=Species.ANIMAL), Question.BENEFIT, False),
        (item(species=Species.ANIMAL), Question.BENEFIT, False),
        (item(design=Design.NEWS), Question.BENEFIT, False),
    ],
)
def test_a_rating_waits_for_evidence_in_people_that_grade_starts_from(found, question, is_gap):
    assert gaps(evidence(found, question=question))[UNRATED] == ("shortens",) * is_gap


def test_what_is_rated_waits_no_longer():
    assert gaps(evidence(item(), certainties={"shortens": "a rating"}))[UNRATED] == ()


def test_one_finding_of_several_decides_whether_a_rating_waits():
    series, mice = item(1), item(2, design=Design.ANIMAL, species=Species.ANIMAL)
    assert gaps(evidence(mice, series))[UNRATED] == ("shortens",)


def test_each_link_is_read_with_the_finding_that_it_names():
    trial = item()
    unread = trial.finding.model_copy(update={"finding": "f0", "checked": Checked.UNVERIFIED})
    study = trial.study.model_copy(update={"findings": (unread, trial.finding)})
    assert gaps(evidence(replace(trial, study=study)))[UNRATED] == ("shortens",)
    link = trial.link.model_copy(update={"finding": "f0"})
    assert gaps(evidence(replace(trial, study=study, link=link)))[UNRATED] == ()


def test_a_study_that_nothing_links_is_idle():
    trial, other = item(1), item(2)
    studies = {"study1": trial.study, "study2": other.study}
    assert gaps(evidence(trial, studies=studies))[UNLINKED] == ("study2",)


@pytest.mark.parametrize(
    ("design", "is_gap"),
    [(Design.RANDOMISED_TRIAL, True), (Design.NEWS, False), (Design.OPINION, False)],
)
def test_an_appraisal_waits_where_a_tool_is_made_for_the_design(design, is_gap):
    assert gaps(evidence(item(design=design)))[UNAPPRAISED] == ("study1",) * is_gap


def test_an_appraised_study_waits_no_longer():
    appraisal = Appraisal.model_construct(study="study1", date_reviewed=date(2026, 11, 21))
    assert gaps(evidence(item(), appraisals={"study1": appraisal}))[UNAPPRAISED] == ()


def reviewed(design=Design.REVIEW_MIXED, inside=()):
    """A finding of a review that names the designs of its studies, or does not."""
    found = item(design=design)
    return replace(found, study=found.study.model_copy(update={"included_designs": inside}))


@pytest.mark.parametrize(
    ("design", "inside", "is_gap"),
    [
        (Design.REVIEW_MIXED, (), True),
        (Design.REVIEW_OF_SURVEYS, (), True),
        (Design.REVIEW_MIXED, (Design.COHORT,), False),
        (Design.REVIEW_OF_TRIALS, (), False),
    ],
)
def test_a_review_of_several_designs_names_them(design, inside, is_gap):
    assert gaps(evidence(reviewed(design, inside)))[UNNAMED] == ("study1",) * is_gap


@pytest.mark.parametrize(
    ("inside", "is_gap"),
    [((), True), ((Design.ANIMAL, Design.COHORT), True), ((Design.ANIMAL,), False)],
)
def test_a_rating_waits_for_what_is_in_a_review(inside, is_gap):
    assert gaps(evidence(reviewed(inside=inside)))[UNRATED] == ("shortens",) * is_gap


@pytest.mark.parametrize(
    ("questions", "judged", "unweighed"),
    [
        ((Question.BENEFIT, Question.HARM), (), ("shortens", "upsets")),
        ((Question.BENEFIT, Question.HARM), ("shortens",), ("upsets",)),
        ((Question.BENEFIT,), (), ()),
        ((Question.BENEFIT, Question.PROTOCOL), (), ()),
        ((Question.PROTOCOL, Question.PROTOCOL), (), ()),
        ((Question.BENEFIT, Question.HARM, Question.PROTOCOL), (), ("shortens", "upsets")),
    ],
)
def test_of_several_outcomes_of_one_comparison_each_waits_for_its_importance(
    questions, judged, unweighed
):
    known = {
        key: proposition(
            question, proposition=key, importance=Importance.CRITICAL if key in judged else None
        )
        for key, question in zip(("shortens", "upsets", "how"), questions, strict=False)
    }
    assert gaps(evidence(propositions=known))[UNWEIGHED] == unweighed
