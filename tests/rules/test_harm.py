"""Harm is another question than benefit: denials, warnings, and what is said of a rival's harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_body import claim, codes, document, hit, item, screened, sound, standing_on, told
from sample_lexicon import PLAIN, lexicon, name

from review.language.wording.firmness import Firmness
from review.model.vocabulary import (
    Action,
    Bar,
    Category,
    Design,
    Direction,
    Ground,
    Polarity,
    Question,
    Severity,
    Species,
    Stance,
    Verdict,
    Wording,
)
from review.verdicts.reasons import Code
from review.verdicts.verdict import verdict_of

STATEMENT = "Lip filler harms the lips."
SILENT = sound(1, stance=Stance.CONTRADICTS, n=400)
"""A trial of 400 people in whom nothing happened."""
CASES = [item(number, Design.CASE_REPORT, n=1) for number in (2, 3, 4)]


def standing(*items, question=Question.HARM, **changes):
    about = {"statement": STATEMENT, "intervention": "Lip filler"}
    return standing_on(*items, question=question, **{**about, **changes})


def denial(quote, wording=Wording.ASSERTED):
    return claim(quote, wording, Polarity.DENIES, Category.SAFETY)


NONE = denial("Lip filler has no side effects.")
PLAINLY = denial("Lip filler does not damage tissue.")
HEDGED = denial("Lip filler probably rarely harms.", Wording.HEDGED)


@pytest.mark.parametrize("words", [NONE, PLAINLY])
@pytest.mark.parametrize("items", [[SILENT], [SILENT, sound(5, stance=Stance.CONTRADICTS, n=10_000)]])
def test_no_number_of_people_without_harm_bears_out_that_there_is_none(words, items):
    outcome = standing(*items)
    judged = screened(words, outcome)
    assert judged.verdict is Verdict.OVERSTATED
    assert Code.ZERO_EVENTS in codes(judged)
    assert not judged.may_stand


def test_the_rule_of_three_is_printed():
    sentence = (
        "zero-events: No case among 400 people leaves a risk of up to 3/400 = 0.0075 (0.75%) by the "
        "rule of three; it proves no absence."
    )
    assert sentence in told(screened(NONE, standing(SILENT)))


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((400, 600), "No case among 1,000 people leaves a risk of up to 3/1,000 = 0.003 (0.30%)"),
        ((2,), "No case among 2 people leaves a risk of up to 3/2 = 1 (100.00%)"),
        (("not_reported",), "How many people were looked at is not known, so nothing bounds the risk."),
        ((400, "not_reported"), "No case among 400 people"),
        ((400, 0), "No case among 400 people"),
        ((1,), "No case among 1 people"),
        ((0,), "How many people were looked at is not known, so nothing bounds the risk."),
    ],
)
def test_people_are_counted_once_and_where_they_are_known(sizes, words):
    items = [sound(k, stance=Stance.CONTRADICTS, n=n) for k, n in enumerate(sizes, start=1)]
    told_of = [reason for reason in told(screened(NONE, standing(*items))) if "zero-events" in reason]
    assert len(told_of) == 1
    assert told_of[0].startswith(f"zero-events: {words}")
    assert told_of[0].endswith((words, "by the rule of three; it proves no absence."))


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(CASES[:1], id="one case report"),
        pytest.param(CASES, id="three case reports"),
        pytest.param([document(2, Design.REGULATOR_NOTICE)], id="a regulator's notice"),
        pytest.param([item(2, stance=Stance.MIXED)], id="a trial that is mixed"),
        pytest.param([document(2, Design.LABEL)], id="a label"),
    ],
)
@pytest.mark.parametrize("words", [NONE, PLAINLY, HEDGED])
def test_one_documented_harm_refutes_a_denial_beside_any_trial(words, more):
    judged = screened(words, standing(SILENT, *more))
    assert judged.verdict is Verdict.CONTRADICTED
    assert Code.HARM_ON_RECORD in codes(judged)
    named = ", ".join(sorted(item.study.study for item in more))
    assert f"Such harm is on record ({named}); one documented case refutes a denial." in (
        reason.sentence for reason in judged.reasons
    )
    assert judged.allowed_wording == ""


@pytest.mark.parametrize(
    ("stance", "direction"),
    [
        (Stance.SUPPORTS, Direction.MIXED),
        (Stance.MIXED, Direction.MIXED),
        (Stance.CONTRADICTS, Direction.CONTRADICTS),
    ],
)
def test_of_a_harm_every_design_is_looked_at(stance, direction):
    assert standing(SILENT, item(2, Design.CASE_REPORT, n=1, stance=stance)).direction is direction


def test_a_denial_with_a_hedge_stands_where_every_study_is_silent():
    judged = screened(HEDGED, standing(SILENT))
    assert judged.verdict is Verdict.SUBSTANTIATED
    assert Code.ZERO_EVENTS in codes(judged)


@pytest.mark.parametrize(
    "quote",
    [
        "Lip filler can be combined safely with whatever you take.",
        "Every potential damage from lip filler is excluded.",
        "Lip filler could not be gentler.",
        "We may say that no lip came to harm.",
    ],
)
def test_an_ability_is_no_hedge_of_a_denial(quote):
    judged = screened(denial(quote, Wording.HEDGED), standing(SILENT))
    assert judged.verdict is Verdict.OVERSTATED
    assert not judged.may_stand


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (denial("Lip filler may not damage tissue.", Wording.HEDGED), Verdict.SUBSTANTIATED),
        (denial("Lip filler probably rarely harms.", Wording.HEDGED), Verdict.SUBSTANTIATED),
        (denial("Lip filler probably has no side effects.", Wording.HEDGED), Verdict.OVERSTATED),
        (denial("It is (so far) unclear whether lip filler harms.", Wording.HEDGED),
         Verdict.SUBSTANTIATED),
        (denial("Lip filler treats lips kindly."), Verdict.OVERSTATED),
        (PLAINLY, Verdict.OVERSTATED),
    ],
)  # fmt: skip
def test_a_denial_that_leaves_doubt_stands_and_a_plain_one_never(words, verdict):
    certain = standing(SILENT, sound(5, stance=Stance.CONTRADICTS, n=10_000))
    assert certain.allowed is Firmness.FACT
    assert verdict_of(words, certain, PLAIN).verdict is verdict


def test_a_denial_as_firm_as_its_evidence_allows_stands():
    likely = standing(item(stance=Stance.CONTRADICTS))
    assert likely.allowed is Firmness.LIKELY
    judged = verdict_of(HEDGED, likely, PLAIN)
    assert judged.verdict is Verdict.SUBSTANTIATED
    assert {Code.EVIDENCE_AGREES, Code.ZERO_EVENTS} <= codes(judged)


def test_a_denial_with_a_hedge_stands_no_firmer_than_its_evidence():
    few = standing(item(stance=Stance.CONTRADICTS, n=20))
    judged = screened(HEDGED, few)
    assert judged.verdict is Verdict.OVERSTATED
    assert told(judged)[:3] == [
        "evidence-agrees: No study linked reports a case (very low certainty).",
        "zero-events: No case among 20 people leaves a risk of up to 3/20 = 0.15 (15.00%) by the rule "
        "of three; it proves no absence.",
        "worded-too-firmly: The page puts it as likely; it may be put as uncertain.",
    ]


def test_a_denial_of_which_nothing_is_known_is_no_fact_and_goes():
    """No search could bear out a denial without limit, so none is waited for."""
    for words, action in ((NONE, Action.REMOVE), (HEDGED, Action.LOOK_IT_UP)):
        assert screened(words, standing(is_sought=True)).verdict is Verdict.UNSUPPORTED
        unsought = screened(words, standing())
        assert (unsought.verdict, unsought.action) == (Verdict.NOT_LOOKED_FOR, action)


@pytest.mark.parametrize(
    ("question", "polarity", "is_promise"),
    [
        (Question.HARM, Polarity.DENIES, True),
        (Question.HARM, Polarity.AFFIRMS, False),
        (Question.BENEFIT, Polarity.DENIES, False),
    ],
)
def test_words_without_limit_promise_safety_where_a_harm_is_denied(question, polarity, is_promise):
    words = claim("Lip filler has no side effects.", polarity=polarity)
    judged = verdict_of(words, standing(question=question, is_sought=True), PLAIN)
    assert judged.verdict is Verdict.UNSUPPORTED
    assert (Code.ABSOLUTE_SAFETY in codes(judged)) is is_promise


def test_a_promise_of_safety_is_told_off_and_not_published():
    judged = screened(
        claim("Lip filler is completely safe.", polarity=Polarity.DENIES), standing(SILENT)
    )
    assert Code.ABSOLUTE_SAFETY in codes(judged)
    assert not judged.may_stand


@given(
    st.lists(st.sampled_from([1, 40, 400, 10_000, "not_reported"]), min_size=1, max_size=4),
    st.sampled_from([NONE, PLAINLY]),
    st.sampled_from(
        [Design.RANDOMISED_TRIAL, Design.COHORT, Design.CASE_SERIES, Design.REVIEW_OF_TRIALS]
    ),
)
def test_an_absolute_denial_is_never_substantiated(sizes, words, design):
    items = [sound(k, Design(design), stance=Stance.CONTRADICTS, n=n) for k, n in enumerate(sizes, 1)]
    judged = screened(words, standing(*items))
    assert judged.verdict is not Verdict.SUBSTANTIATED
    assert not judged.may_stand


# What warns


CLINIC = lexicon(
    name("lip filler", "product", also="filler", own="yes"), name("thread lift", "procedure")
)
WARNINGS = (
    "Lips may swell for a day.",
    "About 3 in 100 people develop lumps.",
    "Half of all patients have bruises.",
    "Swelling affects 40% of people.",
    "Lip filler can cause necrosis.",
)
PRECAUTIONS = (
    "Avoid alcohol for 24 hours.",
    "Do not massage your lips for two days.",
    "Tell us if you have had cold sores.",
    "You should wait 3 weeks before flying.",
)
BODIES = ([], [item(n=20)], CASES, [SILENT], [SILENT, *CASES], [item(stance=Stance.MIXED)])


@given(
    st.sampled_from(WARNINGS),
    st.sampled_from(Category),
    st.sampled_from(BODIES),
    st.sampled_from(Wording),
    st.booleans(),
    st.sampled_from([PLAIN, CLINIC]),
)
def test_a_warning_is_never_taken_out_nor_put_otherwise(
    quote, category, items, wording, is_sought, words
):
    warning = claim(quote, wording, category=category)
    judged = screened(warning, standing(*items, is_sought=is_sought), words)
    assert judged.is_caution
    assert judged.action not in (Action.REMOVE, Action.REWORD)
    assert judged.allowed_wording == ""


DOCUMENTS = (
    [],
    [document()],
    [document(stance=Stance.CONTRADICTS)],
    [document(1, Design.NEWS)],
)


@given(
    st.sampled_from(PRECAUTIONS),
    st.sampled_from(Category),
    st.sampled_from([Question.PROTOCOL, Question.OWN_PRODUCT, Question.HARM]),
    st.sampled_from(
        [[], [document()], [document(stance=Stance.CONTRADICTS)], [document(1, Design.NEWS)]]
    ),
    st.sampled_from(Polarity),
    st.booleans(),
)
def test_a_precaution_is_never_taken_out_nor_put_otherwise(
    quote, category, question, items, polarity, is_sought
):
    species = Species.HUMAN if question.is_graded else Species.NOT_APPLICABLE
    outcome = standing(*items, question=question, species=species, is_sought=is_sought)
    judged = screened(claim(quote, polarity=polarity, category=category), outcome)
    assert judged.is_caution
    assert judged.action not in (Action.REMOVE, Action.REWORD)


@pytest.mark.parametrize("quote", ["Fillers may cause swelling.", "Do not take hot baths."])
@pytest.mark.parametrize("question", [each for each in Question if each is not Question.LOGISTICS])
@pytest.mark.parametrize("category", [Category.SAFETY, Category.CARE, Category.CONTRAINDICATION])
def test_a_warning_of_its_kind_stays_whatever_the_question(quote, question, category):
    species = Species.HUMAN if question.is_graded else Species.NOT_APPLICABLE
    outcome = standing(question=question, species=species, is_sought=True)
    judged = screened(claim(quote, category=category), outcome)
    assert judged.is_caution
    assert judged.action not in (Action.REMOVE, Action.REWORD)


@pytest.mark.parametrize(
    "quote", ["Filler is not recommended while nursing.", "Not suitable for minors."]
)
def test_what_denies_that_it_suits_somebody_warns(quote):
    suits = {"question": Question.PROTOCOL, "species": Species.NOT_APPLICABLE}
    outcome = standing(is_sought=True, **suits)
    judged = screened(claim(quote, polarity=Polarity.DENIES, category=Category.CARE), outcome)
    assert (judged.is_caution, judged.action) == (True, Action.MAY_STAND)


@pytest.mark.parametrize(
    "quote", ["You feel your sore shoulder ease at once.", "Severe shoulder pain is gone by evening."]
)
def test_a_promised_effect_is_no_warning_for_its_words_of_pain(quote):
    outcome = standing(question=Question.BENEFIT, is_sought=True, statement="Filler eases pain.")
    judged = screened(claim(quote, category=Category.EFFICACY), outcome)
    assert not judged.is_caution
    assert judged.action is Action.REMOVE


def test_for_whom_it_is_not_is_a_warning_of_any_treatment():
    words = claim("Not for people with gout.", category=Category.CONTRAINDICATION)
    outcome = standing(question=Question.PROTOCOL, species=Species.NOT_APPLICABLE, is_sought=True)
    assert screened(words, outcome, CLINIC).action is Action.MAY_STAND


@pytest.mark.parametrize(
    ("quote", "items", "action"),
    [
        pytest.param("Lips may swell.", [], Action.MAY_STAND, id="without a figure"),
        pytest.param("It may leave lumps in 3% of people.", [], Action.LOOK_IT_UP, id="a share"),
        pytest.param(
            "Half of all patients may suffer infections.", [item(1, Design.CASE_REPORT, n=1)],
            Action.LOOK_IT_UP, id="a share in words",
        ),
        pytest.param(
            "It may leave lumps in 3% of people.", [item(result="Lumps in 3% of people.")],
            Action.MAY_STAND, id="a share that is known",
        ),
    ],
)  # fmt: skip
def test_a_figure_in_a_warning_is_looked_up(quote, items, action):
    words = claim(quote, Wording.HEDGED, category=Category.SAFETY)
    assert screened(words, standing(*items, is_sought=True)).action is action


def test_a_figure_in_a_precaution_of_the_clinic_waits_for_its_paper():
    words = claim("Do not chew for 48 hours.", category=Category.CARE)
    own = standing(question=Question.OWN_PRODUCT, species=Species.NOT_APPLICABLE, is_sought=True)
    assert screened(words, own).action is Action.PRODUCE_DOCUMENT


def test_a_precaution_that_stands_asks_for_no_figure():
    words = claim("Do not chew for 48 hours.", polarity=Polarity.DENIES, category=Category.CARE)
    protocol = {"question": Question.PROTOCOL, "species": Species.NOT_APPLICABLE}
    judged = screened(words, standing(document(stance=Stance.CONTRADICTS), **protocol))
    assert (judged.verdict, judged.action) == (Verdict.SUBSTANTIATED, Action.MAY_STAND)


def test_a_warning_that_the_evidence_refutes_goes_to_a_person():
    refuted = standing(SILENT, sound(2, stance=Stance.CONTRADICTS))
    judged = screened(claim("Lip filler may harm the lips.", Wording.HEDGED), refuted)
    assert (judged.verdict, judged.action) == (Verdict.CONTRADICTED, Action.ESCALATE)


@pytest.mark.parametrize("words", [PLAIN, CLINIC])
@pytest.mark.parametrize(
    ("quote", "wording"),
    [
        ("Lip filler can harm the lips.", Wording.HEDGED),
        ("Lip filler ruins the lips.", Wording.ASSERTED),
    ],
)
def test_one_case_bears_out_a_warning_of_what_is_offered(quote, wording, words):
    outcome = standing(item(1, Design.CASE_REPORT, n=1))
    judged = screened(claim(quote, wording, category="safety"), outcome, words)
    assert judged.verdict is Verdict.SUBSTANTIATED
    assert judged.may_stand


# A rival's harm


THREADS = {"statement": "Thread lifts scar the face.", "intervention": "Thread lift"}


@pytest.mark.parametrize("category", Category)
def test_what_is_said_of_the_harm_of_a_rival_is_no_warning(category):
    if category is Category.CONTRAINDICATION:
        return
    outcome = standing(*CASES[:1], is_sought=True, **THREADS)
    judged = screened(claim("Thread lifts destroy your face.", category=category), outcome, CLINIC)
    assert not judged.is_caution
    assert not judged.is_of_the_offered
    assert judged.verdict is Verdict.OVERSTATED
    assert judged.action is Action.REMOVE


def test_of_a_rival_one_case_bears_out_that_it_can_happen_and_no_more():
    outcome = standing(*CASES[:1], **THREADS)
    may = claim("Thread lifts can scar the face.", Wording.HEDGED, category="safety")
    will = claim("Thread lifts scar the face.", category="safety")
    assert screened(may, outcome, CLINIC).verdict is Verdict.SUBSTANTIATED
    assert screened(will, outcome, CLINIC).verdict is Verdict.OVERSTATED
    likely = claim("Thread lifts probably scar the face.", Wording.HEDGED, category="safety")
    assert screened(likely, outcome, CLINIC).verdict is Verdict.OVERSTATED


def test_what_is_said_of_the_harm_of_what_is_offered_is_a_warning():
    judged = screened(
        claim("Filler destroys your lips.", category="safety"),
        standing(*CASES[:1], is_sought=True, intervention="Injected lip filler"),
        CLINIC,
    )
    assert judged.is_caution
    assert judged.may_stand


def test_where_nobody_recorded_what_is_offered_every_warning_is_kept():
    judged = screened(
        claim("Thread lifts destroy your face.", category="safety"),
        standing(*CASES[:1], is_sought=True, **THREADS),
        lexicon(name("thread lift", "procedure")),
    )
    assert judged.is_caution
    assert judged.may_stand


# A medicine to be stopped


@pytest.mark.parametrize("items", DOCUMENTS)
@pytest.mark.parametrize(
    "quote", ["Stop taking warfarin five days before.", "Please discontinue your antidepressants."]
)
def test_a_medicine_to_be_stopped_goes_to_a_person_before_everything(quote, items):
    outcome = standing(
        *items, question=Question.PROTOCOL, species=Species.NOT_APPLICABLE, is_sought=True
    )
    judged = screened(claim(quote, category=Category.CARE), outcome)
    assert judged.stops_a_medicine
    assert judged.action is Action.ESCALATE


@pytest.mark.parametrize(
    "quote", ["Ask your doctor before you change any tablets.", "Avoid alcohol the night before."]
)
def test_to_ask_the_prescriber_first_stops_nothing(quote):
    outcome = standing(question=Question.PROTOCOL, species=Species.NOT_APPLICABLE)
    assert not screened(claim(quote, category=Category.CARE), outcome).stops_a_medicine


def test_a_flag_alone_does_not_ask_for_the_bar_of_a_benefit():
    flags = [hit(Ground.SAFETY, Severity.REVIEW)]
    assert verdict_of(HEDGED, standing(SILENT), PLAIN, flags).bar is Bar.NOT_ASKED
