"""From linked findings to a standing, and from a standing and a wording to a verdict."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_body import AS_OF, claim, codes, document, item, proposition, sound, standing_on
from sample_lexicon import PLAIN

from review.model.records import Finding
from review.model.vocabulary import (
    BiasConcern,
    Certainty,
    Checked,
    Design,
    Direction,
    Domain,
    Funding,
    Polarity,
    Question,
    Species,
    Stance,
    TrialState,
    Verdict,
    Wording,
)
from review.verdicts.bodies import Exclusion, body_of_evidence, known_from, weighed_direction
from review.verdicts.reasons import Code
from review.verdicts.standing import Basis
from review.verdicts.verdict import verdict_of
from review.verdicts.wording import allowed_wording

GROWS = claim("Exosomes regrow hair.")
AGAINST = Stance.CONTRADICTS


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"known": date(2027, 1, 1)}, Exclusion.LATER),
        ({"checked": Checked.UNVERIFIED}, Exclusion.UNVERIFIED),
        ({"stance": Stance.BACKGROUND}, Exclusion.BACKGROUND),
        ({"design": Design.ANIMAL, "species": Species.ANIMAL}, Exclusion.NOT_IN_PEOPLE),
        ({"design": Design.EX_VIVO, "species": Species.CELLS}, Exclusion.NOT_IN_PEOPLE),
    ],
)
def test_what_does_not_count(changed, why):
    body = body_of_evidence(proposition(), [item(**changed)], AS_OF)
    assert body.counted == ()
    assert [reason for _, reason in body.excluded] == [why]


def test_a_retracted_study_does_not_count():
    body = body_of_evidence(proposition(), [item()], AS_OF, frozenset({"study1"}))
    assert [reason for _, reason in body.excluded] == [Exclusion.RETRACTED]


def test_a_paper_on_a_product_elsewhere_does_not_count_for_what_is_offered():
    own = proposition(Question.OWN_PRODUCT, Species.NOT_APPLICABLE)
    body = body_of_evidence(own, [document(1), document(2, Design.OWN_DOCUMENT)], AS_OF)
    assert [(i.study.study, why) for i, why in body.excluded] == [("study1", Exclusion.OTHER_PRODUCT)]
    assert body.studies == ("study2",)


def including(found, *keys):
    """The same finding, of a review that includes these studies."""
    return replace(found, study=found.study.model_copy(update={"includes": keys}))


@pytest.mark.parametrize(
    ("found", "direction"),
    [
        pytest.param(
            [including(item(1), "study2"), item(2, stance=AGAINST)], Direction.SUPPORTS,
            id="a study that a review includes has no weight of its own",
        ),
        pytest.param(
            [including(item(1), "study3"), item(2, stance=AGAINST)], Direction.MIXED,
            id="another study keeps its weight",
        ),
        pytest.param(
            [including(item(1), "study2"), including(item(2, stance=AGAINST), "study1")],
            Direction.MIXED, id="two that include each other",
        ),
        pytest.param(
            [
                *(replace(item(1), link=item(number).link) for number in (1, 3, 4)),
                item(2, stance=AGAINST),
            ],
            Direction.MIXED, id="several findings share the weight of their study",
        ),
        pytest.param(
            [item(1, n=0), item(2, stance=AGAINST, n=5)], Direction.MIXED,
            id="a study of nobody is one whose size is not known",
        ),
        pytest.param([item(1, n=2), item(2, stance=AGAINST, n=1)], Direction.MIXED, id="2 of 3"),
        pytest.param([item(1, n=4), item(2, stance=AGAINST, n=1)], Direction.SUPPORTS, id="4 of 5"),
    ],
)  # fmt: skip
def test_findings_point_where_most_of_their_weight_does(found, direction):
    assert weighed_direction(found) is direction


@pytest.mark.parametrize("element", ["population", "intervention", "outcome"])
@pytest.mark.parametrize(("word", "steps"), [("direct", 0), ("partly", 1), ("indirect", 2)])
def test_a_finding_is_as_direct_as_the_least_direct_of_its_elements(element, word, steps):
    found = item()
    link = type(found.link)(**{**found.link.model_dump(), element: word})
    assert replace(found, link=link).directness == steps


MICE = item(2, Design.ANIMAL, Species.ANIMAL)


@pytest.mark.parametrize(
    ("items", "is_all_there_is"), [([MICE], True), ([item(1), MICE], False), ([item(1)], False)]
)
def test_animals_are_all_there_is_where_nothing_counts(items, is_all_there_is):
    assert body_of_evidence(proposition(), items, AS_OF).only_preclinical is is_all_there_is


def test_what_was_known_on_the_day_is_known_whether_it_counts_or_not():
    items = [item(3), MICE, item(1, checked=Checked.UNVERIFIED), item(4, known=date(2027, 1, 1))]
    body = body_of_evidence(proposition(), items, AS_OF, frozenset({"study3"}))
    assert body.known == {"study1", "study2", "study3"}


def test_animals_count_for_a_statement_about_animals():
    found = standing_on(
        item(design=Design.ANIMAL, species=Species.ANIMAL),
        question=Question.BIOLOGY,
        species=Species.ANIMAL,
    )
    assert found.direction is Direction.SUPPORTS
    assert found.label == "confirmed"


@pytest.mark.parametrize("number", [1, 3, 30])
def test_animal_evidence_alone_is_very_low_whatever_its_number(number):
    animals = [item(i, Design.ANIMAL, Species.ANIMAL) for i in range(1, number + 1)]
    found = standing_on(*animals, is_sought=True)
    assert found.certainty is Certainty.VERY_LOW
    assert found.label == "no human evidence"
    assert found.direction is Direction.NONE
    judged = verdict_of(GROWS, found, PLAIN)
    assert judged.verdict is Verdict.UNSUPPORTED
    assert codes(judged) == {Code.NO_HUMAN_EVIDENCE}


def test_a_year_alone_counts_from_its_last_day_or_from_when_it_was_read():
    assert known_from(date(2026, 12, 31), date(2026, 11, 21)) == date(2026, 11, 21)
    assert known_from(date(2021, 12, 31), date(2026, 11, 21)) == date(2021, 12, 31)
    assert known_from(None, date(2026, 11, 21)) == date(2026, 11, 21)


@pytest.mark.parametrize(("known", "counts"), [(19, True), (20, True), (21, False)])
def test_a_study_counts_from_the_very_day_on_which_it_was_known(known, counts):
    body = body_of_evidence(proposition(), [item(known=date(2025, 3, known))], date(2025, 3, 20))
    assert bool(body.counted) is counts


@pytest.mark.parametrize("measure", ["odds-ratio", "risk-ratio", "hazard-ratio"])
@pytest.mark.parametrize(
    ("interval", "certainty"),
    [((1.1, 1.6), Certainty.MODERATE), ((0.8, 1.4), Certainty.LOW), ((0.7, 0.9), Certainty.MODERATE)],
)
def test_a_ratio_shows_no_effect_at_one(measure, interval, certainty):
    trial = item()
    low, high = interval
    effect = {"measure": measure, "estimate": (low * high) ** 0.5, "ci_low": low, "ci_high": high}
    found = standing_on(replace(trial, finding=Finding(**{**trial.finding.model_dump(), **effect})))
    assert found.certainty is certainty
    assert any("includes no effect" in step.reason for step in found.steps) is (low < 1 < high)


def test_weaker_designs_do_not_outvote_a_trial():
    series = [item(i, Design.CASE_SERIES, stance=Stance.SUPPORTS) for i in range(2, 9)]
    found = standing_on(item(1, stance=AGAINST), *series)
    assert found.direction is Direction.CONTRADICTS
    assert found.level.value == 2


@pytest.mark.parametrize(
    ("measure", "interval", "suggested"),
    [
        ("risk-ratio", (0.8, 1.4), "includes no effect"),
        ("risk-ratio", (1.2, 1.6), "crosses no threshold"),
        ("mean-difference", (-0.4, 3.0), "includes no effect"),
        ("mean-difference", (0.7, 1.4), "crosses no threshold"),
        ("mean", (-0.4, 3.0), "500 participants in 1 study."),
    ],
)
def test_an_interval_is_held_against_no_effect_of_its_own_measure(measure, interval, suggested):
    found = item()
    low, high = interval
    values = {**found.finding.model_dump(), "measure": measure, "ci_low": low, "ci_high": high}
    (step,) = [
        step
        for step in standing_on(replace(found, finding=Finding(**values))).steps
        if step.name == Domain.IMPRECISION
    ]
    assert suggested in step.reason
    assert step.change == (-1 if suggested == "includes no effect" else 0)


def test_a_standing_shows_itself_in_one_line():
    assert repr(standing_on(item())) == (
        "<moderate certainty, direction supports: Exosome injections regrow hair.>"
    )


def test_that_small_studies_all_found_a_harm_is_no_sign_of_silence():
    small = [item(number, n=100) for number in (1, 2, 3)]
    changes = {
        question: [step.change for step in found.steps if step.name == Domain.PUBLICATION_BIAS]
        for question in (Question.BENEFIT, Question.HARM)
        for found in [standing_on(*small, question=question)]
    }
    assert changes == {Question.BENEFIT: [0], Question.HARM: [0]}
    unstated = [
        replace(found, study=found.study.model_copy(update={"funding_kind": Funding.NOT_REPORTED}))
        for found in small
    ]
    for question, change in ((Question.BENEFIT, -1), (Question.HARM, 0)):
        found = standing_on(*unstated, question=question)
        assert [s.change for s in found.steps if s.name == Domain.PUBLICATION_BIAS] == [change]


def test_that_every_design_is_looked_at_for_a_harm_is_a_step_of_its_own():
    silent, *cases = item(1, stance=AGAINST), *(item(k, Design.CASE_REPORT, n=1) for k in (2, 3))
    step = standing_on(silent, *cases, question=Question.HARM).steps[-1]
    assert (step.name, step.change, step.reason) == (
        "every design",
        0,
        "Of a harm every design is looked at; it is reported by study2, study3.",
    )


@pytest.mark.parametrize(("items", "level"), [([], None), ([item(1, Design.ANIMAL, Species.ANIMAL)], 5)])
def test_the_level_of_what_no_person_was_in(items, level):
    assert standing_on(*items).level.value == level


def test_a_suggestion_says_that_it_is_one():
    found = standing_on(item())
    assert found.basis is Basis.SUGGESTED
    assert Code.SUGGESTED_GRADE in codes(verdict_of(GROWS, found, PLAIN))


@pytest.mark.parametrize(
    ("items", "wording", "quote", "verdict", "code", "is_reworded"),
    [
        pytest.param(
            [item()], Wording.ASSERTED, "Exosomes regrow hair.",
            Verdict.OVERSTATED, Code.WORDED_TOO_FIRMLY, True, id="moderate evidence worded as a fact",
        ),
        pytest.param(
            [item()], Wording.HEDGED, "Exosomes likely regrow hair.",
            Verdict.SUBSTANTIATED, Code.EVIDENCE_AGREES, False, id="moderate evidence worded as likely",
        ),
        pytest.param(
            [item(n=20)], Wording.HEDGED, "Exosomes may regrow hair.",
            Verdict.OVERSTATED, Code.WORDED_TOO_FIRMLY, True, id="very low evidence worded as possible",
        ),
        pytest.param(
            [item(stance=AGAINST)], Wording.HEDGED, "Exosomes may regrow hair.",
            Verdict.CONTRADICTED, Code.EVIDENCE_AGAINST, False, id="a sound trial says otherwise",
        ),
        pytest.param(
            [item(design=Design.CASE_SERIES, stance=AGAINST)],
            Wording.ASSERTED, "Exosomes regrow hair.",
            Verdict.UNSUPPORTED, Code.LEANS_AGAINST, False, id="a series leans against",
        ),
        pytest.param(
            [item(1), item(2, stance=AGAINST)],
            Wording.ASSERTED, "Exosomes regrow hair.",
            Verdict.OVERSTATED, Code.EVIDENCE_DIVIDED, False, id="trials disagree",
        ),
        pytest.param(
            [item(1), item(2, stance=AGAINST)],
            Wording.HEDGED, "It is unclear whether exosomes regrow hair.",
            Verdict.SUBSTANTIATED, Code.EVIDENCE_DIVIDED, False, id="trials disagree and it says so",
        ),
        pytest.param(
            [item(checked=Checked.UNVERIFIED)], Wording.ASSERTED, "Exosomes regrow hair.",
            Verdict.UNSUPPORTED, Code.ONLY_UNVERIFIED, False, id="nobody verified it",
        ),
        pytest.param(
            [], Wording.ASSERTED, "Exosomes regrow hair.",
            Verdict.UNSUPPORTED, Code.NO_EVIDENCE, False, id="nothing found",
        ),
        pytest.param(
            [item()], Wording.HEDGED, "Exosomes likely regrow 50% of hair.",
            Verdict.OVERSTATED, Code.FIGURE_NOT_FOUND, True, id="a figure no finding holds",
        ),
        pytest.param(
            [item(result="Half, 50%, grew.")], Wording.HEDGED, "Exosomes likely regrow 50% of hair.",
            Verdict.SUBSTANTIATED, Code.EVIDENCE_AGREES, False, id="a figure that a finding holds",
        ),
    ],
)  # fmt: skip
def test_verdict_of_a_graded_claim(items, wording, quote, verdict, code, is_reworded):
    judged = verdict_of(claim(quote, wording), standing_on(*items, is_sought=True), PLAIN)
    assert judged.verdict is verdict
    assert code in codes(judged)
    assert bool(judged.allowed_wording) is is_reworded


def test_one_reported_harm_refutes_a_denial_of_harm():
    harmed = standing_on(item(design=Design.CASE_REPORT, n=1), question=Question.HARM)
    denial = claim("There are no side effects.", polarity=Polarity.DENIES)
    judged = verdict_of(denial, harmed, PLAIN)
    assert harmed.certainty is Certainty.VERY_LOW
    assert judged.verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("design", "stance", "verdict"),
    [
        (Design.REGULATOR_NOTICE, Stance.SUPPORTS, Verdict.SUBSTANTIATED),
        (Design.REGULATOR_NOTICE, Stance.CONTRADICTS, Verdict.CONTRADICTED),
        (Design.NEWS, Stance.SUPPORTS, Verdict.UNSUPPORTED),
        (Design.WEB_PAGE, Stance.CONTRADICTS, Verdict.UNSUPPORTED),
    ],
)
def test_verdict_by_documents(design, stance, verdict):
    paper = document(design=design, stance=stance)
    about = {"question": Question.REGULATION, "species": Species.NOT_APPLICABLE}
    found = standing_on(paper, is_sought=True, **about)
    assert verdict_of(GROWS, found, PLAIN).verdict is verdict


def test_the_strongest_kind_of_document_decides():
    found = standing_on(
        item(1, Design.NEWS, Species.NOT_APPLICABLE, Stance.SUPPORTS),
        item(2, Design.REGULATOR_NOTICE, Species.NOT_APPLICABLE, Stance.CONTRADICTS),
        question=Question.REGULATION,
        species=Species.NOT_APPLICABLE,
    )
    assert found.direction is Direction.CONTRADICTS


def test_logistics_is_set_aside():
    found = standing_on(question=Question.LOGISTICS, species=Species.NOT_APPLICABLE)
    judged = verdict_of(GROWS, found, PLAIN)
    assert judged.verdict is Verdict.SET_ASIDE
    assert codes(judged) == {Code.SET_ASIDE}


def test_allowed_wording_follows_the_certainty():
    regrow = "xosome injections regrow hair."
    for found, wording in (
        ([sound(1), sound(2)], f"E{regrow}"),
        ([item()], f"It is likely that e{regrow}"),
        ([item(n=200)], f"Low-certainty evidence suggests that e{regrow}"),
        ([item(n=20)], f"It is very uncertain whether e{regrow}"),
        ([], ""),
    ):
        assert allowed_wording(standing_on(*found, is_sought=True), PLAIN) == wording


items = st.builds(
    item,
    number=st.integers(1, 9999),
    design=st.sampled_from([design for design in Design if design is not Design.NOT_REPORTED]),
    species=st.sampled_from([Species.HUMAN, Species.ANIMAL, Species.CELLS]),
    stance=st.sampled_from(Stance),
    # What a machine read is held by `tests/store/test_confirming.py`.
    checked=st.sampled_from([word for word in Checked if word is not Checked.READ_BY_MACHINE]),
    n=st.one_of(st.integers(1, 2000), st.just("not_reported")),
)
bodies = st.lists(items, max_size=6, unique_by=lambda made: made.link.link)
GOODNESS = [Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.OVERSTATED, Verdict.SUBSTANTIATED]


HELPS = claim("It may help.", Wording.HEDGED)


def goodness(*found) -> int:
    """How good the verdict of a hedged claim is, where somebody has looked for more."""
    return GOODNESS.index(verdict_of(HELPS, standing_on(*found, is_sought=True), PLAIN).verdict)


@given(bodies, st.randoms())
def test_the_order_of_the_findings_never_matters(body, random):
    mixed = list(body)
    random.shuffle(mixed)
    assert standing_on(*mixed) == standing_on(*body)


@given(bodies, items)
def test_an_unverified_fact_changes_no_verdict_for_the_better(body, extra):
    unverified = item(10_000, extra.study.design, extra.species, extra.link.stance, Checked.UNVERIFIED)
    assert goodness(*body, unverified) == goodness(*body)


@given(bodies, items)
def test_a_contradicting_study_never_helps_a_claim(body, extra):
    """Unsupported and contradicted are alike here: neither lets the claim stand."""
    against = item(10_000, extra.study.design, extra.species, Stance.CONTRADICTS, n=extra.study.n)
    before, after = goodness(*body), goodness(*body, against)
    assert max(after, 1) <= max(before, 1)


def test_what_no_supporting_finding_matches_is_told():
    found = verdict_of(GROWS, standing_on(item(directness="partly")), PLAIN)
    assert {Code.OTHER_PEOPLE, Code.OTHER_TREATMENT, Code.OTHER_OUTCOME} <= codes(found)
    assert Code.OTHER_PEOPLE not in codes(verdict_of(GROWS, standing_on(item()), PLAIN))


LIKELY = claim("Exosomes likely regrow hair.", Wording.HEDGED)
SHORT = "The page speaks of 6 to 8 months; "


@pytest.mark.parametrize(
    ("horizon", "found", "sentence"),
    [
        pytest.param(
            "6 to 8 months", [item(follow_up="12 weeks")],
            SHORT + "the longest supporting follow-up is 12 weeks.", id="too short",
        ),
        pytest.param(
            "6 to 8 months", [item(time_point="week 12", follow_up="12 months")],
            SHORT + "the longest supporting follow-up is 12 weeks.", id="the finding's own time counts",
        ),
        pytest.param(
            "6 to 8 months", [item(1, time_point="3 weeks"), item(2, follow_up="6 months")],
            SHORT + "the longest supporting follow-up is 6 months.", id="the longest is named",
        ),
        pytest.param(
            "6 to 8 months", [item(1, follow_up="not_reported"), item(2, follow_up="12 weeks")],
            SHORT + "the longest known supporting follow-up is 12 weeks.", id="one is not known",
        ),
        pytest.param(
            "6 to 8 months", [item(time_point="baseline", follow_up="not_reported")],
            SHORT + "no supporting finding says how long people were followed.", id="none is known",
        ),
        pytest.param(
            "Permanent", [item(follow_up="10 years")],
            "The page speaks of a permanent effect; the longest supporting follow-up is 10 years.",
            id="nobody is followed for ever",
        ),
        pytest.param(
            "Permanent from 6 months on", [item(follow_up="8 months")],
            "The page speaks of a permanent effect; the longest supporting follow-up is 8 months.",
            id="permanence counts before a time",
        ),
        pytest.param("6 to 8 months", [item(follow_up="8 months")], None, id="long enough"),
        pytest.param(
            "6 to 8 months", [item(1, follow_up="1 week"), item(2, follow_up="36 weeks")], None,
            id="one that is long enough is enough",
        ),
        pytest.param("2 to 3 months", [item(time_point="12 weeks")], None, id="onset reached"),
        pytest.param("not_applicable", [item(follow_up="1 day")], None, id="no horizon"),
        pytest.param("After 2 sessions", [item(follow_up="1 day")], None, id="no unit of time"),
    ],
)  # fmt: skip
def test_a_claim_does_not_stand_for_longer_than_people_were_followed(horizon, found, sentence):
    judged = verdict_of(LIKELY, standing_on(*found, horizon=horizon), PLAIN)
    said = [reason.sentence for reason in judged.reasons if reason.code is Code.OTHER_TIME]
    assert said == ([sentence] if sentence else [])
    assert judged.verdict is (Verdict.OVERSTATED if sentence else Verdict.SUBSTANTIATED)


def test_no_wording_is_suggested_for_longer_than_people_were_followed():
    long = {"horizon": "1 year", "statement": "Exosome injections keep hair for a year."}
    kept = verdict_of(LIKELY, standing_on(item(follow_up="12 weeks"), **long), PLAIN)
    assert (kept.verdict, kept.allowed_wording) == (Verdict.OVERSTATED, "")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (Question.BENEFIT, True),
        (Question.HARM, True),
        (Question.COMPARISON, True),
        (Question.PROGNOSIS, True),
        (Question.SCREENING, True),
        (Question.PREVALENCE, False),
        (Question.BIOLOGY, False),
        (Question.PROTOCOL, False),
    ],
)
def test_which_questions_are_asked_how_long_people_were_followed(question, asked):
    design = Design.RANDOM_SURVEY if question is Question.PREVALENCE else Design.RANDOMISED_TRIAL
    found = standing_on(item(design=design, follow_up="1 day"), question=question, horizon="1 year")
    assert (Code.OTHER_TIME in codes(verdict_of(LIKELY, found, PLAIN))) is asked


@pytest.mark.parametrize(
    ("question", "verdict", "is_too_short"),
    [
        pytest.param(Question.HARM, Verdict.OVERSTATED, True, id="no harm in a year, seen for a week"),
        pytest.param(Question.BENEFIT, Verdict.SUBSTANTIATED, False, id="gone after a week"),
    ],
)
def test_only_a_denial_of_harm_needs_the_time_as_well(question, verdict, is_too_short):
    denial = claim("It is likely not so.", Wording.HEDGED, Polarity.DENIES)
    against = item(stance=AGAINST, follow_up="1 week")
    judged = verdict_of(denial, standing_on(against, question=question, horizon="1 year"), PLAIN)
    assert judged.verdict is verdict
    assert (Code.OTHER_TIME in codes(judged)) is is_too_short


@pytest.mark.parametrize(
    "found",
    [
        pytest.param([], id="nothing supports"),
        pytest.param([item(stance=AGAINST, follow_up="1 week")], id="it says otherwise"),
        pytest.param([item(stance=Stance.MIXED, follow_up="1 week")], id="it says both"),
        pytest.param([document(1, Design.LABEL)], id="documents decide nothing"),
        pytest.param([document(1, Design.REGULATOR_APPROVAL)], id="a regulator approved it"),
    ],
)
def test_where_no_finding_in_people_supports_a_claim_no_time_is_asked(found):
    assert Code.OTHER_TIME not in codes(verdict_of(LIKELY, standing_on(*found, horizon="1 year"), PLAIN))


def test_a_time_that_is_too_short_makes_no_other_verdict_better():
    against, few = item(1, stance=AGAINST), item(2, Design.CASE_SERIES, follow_up="1 week")
    assert verdict_of(LIKELY, standing_on(against, few), PLAIN).verdict is Verdict.CONTRADICTED
    judged = verdict_of(LIKELY, standing_on(against, few, horizon="1 year"), PLAIN)
    assert (judged.verdict, judged.allowed_wording) == (Verdict.CONTRADICTED, "")
    # What is refuted is not told off for its time as well.
    assert Code.OTHER_TIME not in codes(judged)


@given(st.lists(st.sampled_from(["1 week", "8 months", "not_reported"]), min_size=1, max_size=4))
def test_more_follow_up_never_harms_a_claim(times):
    found = [item(number, follow_up=time) for number, time in enumerate(times)]
    more = item(99, follow_up="2 years")
    judged = verdict_of(LIKELY, standing_on(*found, more, horizon="6 to 8 months"), PLAIN)
    assert judged.verdict is Verdict.SUBSTANTIATED
    short = verdict_of(LIKELY, standing_on(*found, horizon="6 to 8 months"), PLAIN)
    assert (short.verdict is Verdict.SUBSTANTIATED) is ("8 months" in times)


@pytest.mark.parametrize(
    ("result", "time_point", "quote", "code"),
    [
        ("Hair grew for 84 days.", None, "Hair likely grows for 12 weeks.", Code.FIGURE_CONVERTED),
        ("Hair grew.", "12 weeks", "Hair likely grows for 3 months.", Code.FIGURE_CONVERTED),
        ("It rose by 15.1 hairs per cm2.", None, "Likely 97 hairs per inch².", Code.FIGURE_CONVERTED),
        ("It rose by 15.1 hairs per cm2.", None, "Likely 15.1 hairs per cm².", None),
        ("It rose by 15.1 hairs per cm2.", None, "Likely 15 hairs per cm².", None),
        ("It rose by 15.1 hairs per cm2.", None, "Likely 16 hairs per cm².", Code.FIGURE_NOT_FOUND),
        ("It rose by 34%.", None, "It likely rises 1.34-fold.", Code.FIGURE_NOT_FOUND),
        ("After 2 to 3 months.", None, "Likely after 3 months.", Code.FIGURE_NOT_FOUND),
        ("Hair grew for 84 days, which is 12 weeks.", None, "Likely 12 weeks.", None),
        ("They were 12.", "3 months", "Likely after 12 to 3 months.", Code.FIGURE_NOT_FOUND),
    ],
)
def test_a_figure_in_another_unit_is_found_and_told(result, time_point, quote, code):
    found = standing_on(item(result=result, time_point=time_point))
    judged = verdict_of(claim(quote, Wording.HEDGED), found, PLAIN)
    of_figures = codes(judged) & {Code.FIGURE_CONVERTED, Code.FIGURE_NOT_FOUND}
    assert of_figures == ({code} if code else set())
    stands = code is not Code.FIGURE_NOT_FOUND
    assert judged.verdict is (Verdict.SUBSTANTIATED if stands else Verdict.OVERSTATED)


def test_a_converted_figure_is_named_with_what_the_findings_say():
    judged = verdict_of(
        claim("It likely lasts 3 months.", Wording.HEDGED),
        standing_on(item(time_point="12 weeks")),
        PLAIN,
    )
    said = [reason.sentence for reason in judged.reasons if reason.code is Code.FIGURE_CONVERTED]
    assert said == ["The page says 3 months; the findings give it as 12 weeks."]


def test_a_registered_trial_counts_against_a_body_only_if_read_by_then():
    trial = item(1, bias=BiasConcern.LOW)

    def with_entry(state=TrialState.ENDED, **changes):
        entry = item(2, Design.REGISTRY_ENTRY, stance=Stance.BACKGROUND, **changes)
        study = entry.study.model_copy(update={"trial_state": state})
        return standing_on(trial, replace(entry, study=study))

    assert with_entry().certainty is Certainty.MODERATE
    for unread in ({"checked": Checked.UNVERIFIED}, {"known": date(2027, 1, 1)}):
        assert with_entry(**unread).certainty is Certainty.HIGH
    # What still runs, or is not known to have ended, is told and lowers nothing.
    for state in (TrialState.OPEN, None):
        waiting = with_entry(state)
        assert waiting.certainty is Certainty.HIGH
        assert any("not known to have ended: study2" in step.reason for step in waiting.steps)


@given(bodies, st.sampled_from([Design.ANIMAL, Design.IN_VITRO, Design.EX_VIVO]))
def test_no_number_of_animals_or_cells_helps_a_claim_about_people(body, design):
    species = Species.ANIMAL if design is Design.ANIMAL else Species.CELLS
    more = [item(10_000 + i, design, species) for i in range(3)]
    assert goodness(*body, *more) == goodness(*body)


@given(bodies)
def test_other_ids_change_nothing(body):
    """The same findings under other link and study ids give the same standing and verdict."""
    renamed = [
        item(
            20_000 - number,
            made.study.design,
            made.species,
            made.link.stance,
            made.finding.checked,
            made.study.n,
        )
        for number, made in enumerate(body)
    ]
    before, after = standing_on(*body), standing_on(*renamed)
    assert (before.direction, before.certainty, before.label) == (
        after.direction,
        after.certainty,
        after.label,
    )
    assert goodness(*renamed) == goodness(*body)
