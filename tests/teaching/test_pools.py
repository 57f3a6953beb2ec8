"""What lessons can ask: keys from the record, ids that stay, contexts without the key."""

from collections import Counter
from dataclasses import replace

import pytest

from review.grading.grade import graded
from review.grading.ocebm import level_of_evidence
from review.model.vocabulary import (
    Action,
    Category,
    Certainty,
    Concern,
    Design,
    Domain,
    Question,
    Verdict,
)
from review.people.decisions import wording_digest
from review.teaching.items import AnswerScale, KeyBasis, LessonItem
from review.teaching.pools import LESSONS, lesson_items
from review.verdicts.wording import by_grade
from review.workbench import Review


@pytest.fixture(scope="module")
def pools(review: Review) -> dict[int, tuple[LessonItem, ...]]:
    return {lesson: lesson_items(review, lesson) for lesson in LESSONS}


def by_id(items: tuple[LessonItem, ...]) -> dict[str, LessonItem]:
    return {item.item: item for item in items}


@pytest.mark.parametrize("lesson", LESSONS)
def test_ids_are_distinct_and_named_by_their_lesson(pools, lesson):
    items = pools[lesson]
    assert len(by_id(items)) == len(items) > 0
    for item in items:
        assert item.lesson == lesson
        assert item.item.startswith(f"{lesson}.")
        assert item.item == item.group or item.item.startswith(f"{item.group}.")


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_key_is_one_of_the_choices(pools, lesson):
    for item in pools[lesson]:
        if item.choices and item.key.basis is not KeyBasis.OPEN:
            assert item.key.value in item.choices
        assert (item.scale is AnswerScale.WORDS) == (not item.choices)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_group_is_of_one_difficulty_and_one_context(pools, lesson):
    kinds = Counter()
    for group in {item.group for item in pools[lesson]}:
        kinds[len({(i.difficulty, i.context) for i in pools[lesson] if i.group == group})] += 1
    assert set(kinds) == {1}
    assert {item.difficulty for item in pools[lesson]} <= {1, 2, 3}


@pytest.mark.parametrize("lesson", sorted(set(LESSONS) - {6}))
def test_every_difficulty_can_be_drawn(pools, lesson):
    assert {item.difficulty for item in pools[lesson]} == {1, 2, 3}


@pytest.mark.parametrize("lesson", LESSONS)
def test_neither_context_nor_prompt_holds_a_reason_or_a_key_in_words(pools, lesson):
    told = " ".join(f"{i.context} {i.prompt}" for i in pools[lesson]).casefold()
    for item in pools[lesson]:
        own = f"{item.context} {item.prompt}".casefold()
        assert not item.key.reason or item.key.reason.casefold() not in told
        if item.scale is AnswerScale.WORDS and item.key.value:
            assert item.key.value.casefold().removesuffix(".") not in own


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_key_says_why_by_which_rule_and_where_to_read(pools, lesson):
    for item in pools[lesson]:
        assert item.key.rule
        assert item.key.read
        assert bool(item.key.reason) == (item.key.basis is not KeyBasis.OPEN)


def test_an_unknown_lesson_is_an_error(review):
    with pytest.raises(KeyError):
        lesson_items(review, 7)


def test_a_sentence_of_a_page_has_the_category_of_its_claim(review, pools):
    by_sentence = {item.about[0]: item for item in pools[1]}
    asked = by_sentence["No, exosome therapy is not FDA-approved."]
    assert asked.key.value == Category.REGULATORY
    assert asked.key.basis is KeyBasis.JUDGEMENT
    assert "patient-guide-059" in asked.key.reason
    assert by_sentence["We hope to hear from you!"].key.value == "no-claim"


def test_ids_of_sentences_stay_when_the_page_grows_above_them(review):
    page = review.evidence.pages["surgeon-blog"]
    grown = page.model_copy(update={"text": f"A first line that is new here.\n{page.text}"})
    evidence = replace(review.evidence, pages={**review.evidence.pages, page.page: grown}, claims={})
    ids = {item.item for item in lesson_items(Review(evidence, review.as_of), 1)}
    assert {item.item for item in lesson_items(review, 1)} <= ids


@pytest.mark.parametrize(
    ("question", "design", "level"),
    [
        (Question.BENEFIT, Design.REVIEW_OF_TRIALS, "1"),
        (Question.BENEFIT, Design.RANDOMISED_TRIAL, "2"),
        (Question.HARM, Design.CASE_SERIES, "4"),
        (Question.BENEFIT, Design.ANIMAL, "5"),
        (Question.PREVALENCE, Design.NON_RANDOM_SURVEY, "3"),
    ],
)
def test_levels_are_those_of_the_ocebm_table(review, pools, question, design, level):
    """OCEBM 2011 table 2.1: the rows on treatment and on prevalence."""
    found = [
        item
        for item in pools[2]
        if item.item.startswith(f"2.{question}.")
        and review.evidence.studies[item.item.rpartition(".")[2]].design is design
    ]
    assert found
    assert {item.key.value for item in found} == {level}
    assert all(item.key.basis is KeyBasis.RULE for item in found)


def test_every_linked_study_that_the_table_rates_is_asked_about(review, pools):
    evidence = review.evidence
    rated = {
        f"2.{evidence.propositions[link.proposition].question}.{link.study}"
        for link in evidence.links.values()
        if level_of_evidence(
            evidence.propositions[link.proposition].question, evidence.studies[link.study].design
        ).value
        and review.is_known(link.study)
    }
    assert {item.item for item in pools[2]} == rated


def test_the_certainty_of_a_body_follows_from_its_ratings_by_arithmetic(review, pools):
    items = by_id(pools[4])
    for group in {item.group for item in pools[4]}:
        recorded = review.evidence.certainties[group.removeprefix("4.")]
        ratings = {
            domain: Concern(items[f"{group}.{domain.replace('_', '-')}"].key.value) for domain in Domain
        }
        ups = {upgrade: rating.levels for upgrade, rating in recorded.upgrades.items()}
        key = items[f"{group}.certainty"].key
        assert key.value == graded(recorded.start, ratings, ups).certainty
        assert key.basis is KeyBasis.RULE


def test_a_changed_rating_changes_the_key_and_the_certainty(review):
    name = "age-causes-hair-loss"
    before = by_id(lesson_items(review, 4))
    assert before[f"4.{name}.certainty"].key.value == Certainty.LOW
    recorded = review.evidence.certainties[name]
    rating = recorded.ratings[Domain.IMPRECISION].model_copy(update={"rating": Concern.SERIOUS})
    changed = recorded.model_copy(
        update={
            "ratings": {**recorded.ratings, Domain.IMPRECISION: rating},
            "certainty": Certainty.VERY_LOW,
        }
    )
    certainties = {**review.evidence.certainties, name: changed}
    after = by_id(
        lesson_items(Review(replace(review.evidence, certainties=certainties), review.as_of), 4)
    )
    assert set(after) == set(before)
    assert after[f"4.{name}.imprecision"].key.value == Concern.SERIOUS
    assert after[f"4.{name}.certainty"].key.value == Certainty.VERY_LOW


def test_a_studys_overall_judgement_follows_from_its_recorded_answers(review, pools):
    items = by_id(pools[3])
    assert items["3.rizer2015.overall"].key.value == "high"
    assert items["3.rizer2015.overall"].choices == ("low", "some concerns", "high")
    assert items["3.rajendran2017.overall"].key.value == "unknown"
    assert "3.stephens2022.q3" not in items or items["3.stephens2022.q3"].key.value == "N"


def test_a_lesson_on_studies_has_a_series_a_trial_and_an_animal_study(review, pools):
    tools = {item.key.rule.partition(" (")[0] for item in pools[3]}
    assert tools >= {"JBI case series", "RoB 2", "SYRCLE"}


def test_a_claims_verdict_action_and_wording_are_the_products_own(review, pools):
    items = by_id(pools[5])
    judged = {one.claim.claim: one for one in review.judged}
    assert "5.clinic-faq-106.verdict" not in items, "its verdict rests on more than its wording"
    for group in {item.group for item in pools[5]}:
        one = judged[group.removeprefix("5.")]
        assert items[f"{group}.verdict"].key.value == one.verdict
        assert items[f"{group}.action"].key.value == one.action
        if one.allowed_wording:
            assert items[f"{group}.wording"].key.value == one.allowed_wording
    assert {items[f"{item.group}.verdict"].key.value for item in pools[5]} == set(Verdict)


def test_a_wording_is_asked_for_where_one_is_known_that_the_page_does_not_say(review, pools):
    items = by_id(pools[5])
    judged = {one.claim.claim: one for one in review.judged}
    known = {
        group: "may stand in its place: known" in items[f"{group}.verdict"].context
        for group in {i.group for i in pools[5]}
    }
    wordings = {item.group: item for item in pools[5] if item.scale is AnswerScale.WORDS}
    assert 0 < len(wordings) < len(known)
    for group, is_known in known.items():
        one = judged[group.removeprefix("5.")]
        if group in wordings:
            key = wordings[group].key
            assert is_known
            assert letters(key.value) not in letters(one.claim.quote)
            is_by_rule = key.value == by_grade(one.standing, review.lexicon)
            assert key.basis is (KeyBasis.RULE if is_by_rule else KeyBasis.JUDGEMENT)
        elif is_known:
            assert letters(by_grade(one.standing, review.lexicon)) in letters(one.claim.quote)
        else:
            assert not one.allowed_wording


def letters(text):
    return "".join(filter(str.isalnum, text.casefold()))


def test_what_a_claim_needs_follows_from_the_learners_own_verdict(review, pools):
    items = by_id(pools[5])
    judged = {one.claim.claim: one for one in review.judged}
    for item in pools[5]:
        if item.works_out is None:
            continue
        verdict, one = f"{item.group}.verdict", judged[item.group.removeprefix("5.")]
        assert item.works_out({verdict: items[verdict].key.value}).value == item.key.value
        assert not item.works_out({}).value
        by_verdict = {v: item.works_out({verdict: str(v)}).value for v in Verdict}
        assert by_verdict.pop(one.verdict) == one.action
        is_held = one.is_blocked or one.stops_a_medicine
        expected = {
            Verdict.SUBSTANTIATED: {Action.ESCALATE if is_held else Action.MAY_STAND},
            Verdict.NOT_LOOKED_FOR: {Action.ESCALATE if is_held else Action.LOOK_IT_UP},
            Verdict.OVERSTATED: {Action.REWORD, Action.REMOVE},
        }
        if one.stops_a_medicine:
            expected[Verdict.OVERSTATED] = {Action.ESCALATE}
        for other, actions in expected.items():
            assert other is one.verdict or by_verdict[other] in actions


def test_a_wording_that_a_person_wrote_is_a_judgement(review, pools):
    asked_before = by_id(pools[5])
    chosen = next(
        one
        for one in review.judged
        if f"5.{one.claim.claim}.wording" in asked_before
        and one.verdict is Verdict.OVERSTATED
        and one.allowed_wording
        and not one.is_caution
    )
    key = chosen.standing.proposition.proposition
    written = f"{chosen.allowed_wording.removesuffix('.')}, in adults."
    proposition = chosen.standing.proposition.model_copy(
        update={"public_wording": written, "wording_by": "a clinician"}
    )
    evidence = replace(review.evidence, propositions={**review.evidence.propositions, key: proposition})
    rests_on = wording_digest(evidence, key)
    proposition = proposition.model_copy(update={"wording_rests_on": rests_on})
    evidence = replace(evidence, propositions={**evidence.propositions, key: proposition})
    after = by_id(lesson_items(Review(evidence, review.as_of), 5))
    asked = after[f"5.{chosen.claim.claim}.wording"].key
    assert (asked.value, asked.basis) == (written, KeyBasis.JUDGEMENT)


def test_an_own_page_has_no_key(pools):
    assert {item.key.basis for item in pools[6]} == {KeyBasis.OPEN}
    assert {item.key.value for item in pools[6]} == {""}
