"""What the words of a claim do to its verdict, on whitening, fillers, slimming and drips."""

import pytest
from sample_body import claim, codes, document, hit, item, screened, sound, standing_on, told
from sample_lexicon import lexicon, name

from review.model.vocabulary import (
    Action,
    Bar,
    Category,
    Design,
    Ground,
    Measure,
    Polarity,
    Question,
    Species,
    Stance,
    Verdict,
    Wording,
)
from review.verdicts.reasons import Code
from review.verdicts.verdict import verdict_of

STATEMENT = "Semaglutide lowers body weight."
HIGH = (sound(1), sound(2))
HEDGED = Wording.HEDGED
WORDS = lexicon(
    name("semaglutide", "substance"),
    name("orlistat", "substance"),
    name("gastric sleeve", "procedure"),
    texts=["semaglutide lowers body weight"],
)


def judged(quote, *items, wording=Wording.ASSERTED, category=Category.EFFICACY, **changes):
    about = {"statement": STATEMENT, "intervention": "Semaglutide", "comparator": "Placebo"}
    outcome = standing_on(*(items or HIGH), **{**about, **changes})
    return screened(claim(quote, wording, category=category), outcome, WORDS)


def test_the_plain_statement_stands():
    plain = judged(STATEMENT)
    assert (plain.verdict, plain.action, plain.bar) == (
        Verdict.SUBSTANTIATED, Action.MAY_STAND, Bar.MET,
    )  # fmt: skip


SIZE = "size-not-shown: It tells how large it is; no supporting finding shows that."
EVERYBODY = "everybody: It speaks of everybody, which no study of some people shows."
ABOVE_ALL = "above-all: It is set above everything else, which nothing linked compares."
COMPARED = (
    "no-head-to-head: It is compared with another treatment; no supporting study compares the two."
)


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("Semaglutide dramatically lowers body weight.", SIZE),
        ("Semaglutide lowers body weight significantly.", SIZE),
        ("Semaglutide is a powerful way to lower body weight.", SIZE),
        ("Semaglutide lowers body weight in every patient.", EVERYBODY),
        ("Semaglutide always lowers body weight.", EVERYBODY),
        ("All our clients lose body weight on semaglutide.", EVERYBODY),
        ("Semaglutide is the most effective way to lower body weight.", ABOVE_ALL),
        ("Semaglutide is the gold standard to lower body weight.", ABOVE_ALL),
        ("Semaglutide lowers body weight better than orlistat.", COMPARED),
        ("Semaglutide is as effective as a gastric sleeve.", COMPARED),
    ],
)
def test_words_that_say_more_than_the_evidence_overstate(quote, reason):
    outcome = judged(quote)
    assert outcome.verdict is Verdict.OVERSTATED
    assert reason in told(outcome)
    assert not outcome.may_stand


@pytest.mark.parametrize(
    "quote",
    [
        "Semaglutide does not lower body weight dramatically.",
        "Semaglutide lowers body weight, though not in every patient.",
        "Semaglutide lowers body weight. Does it work for everyone?",
        "Semaglutide lowers body weight; it is not the best way for all.",
    ],
)
def test_words_that_are_taken_back_or_asked_say_nothing_more(quote):
    assert not {Code.SIZE_NOT_SHOWN, Code.EVERYBODY, Code.ABOVE_ALL} & codes(judged(quote))


@pytest.mark.parametrize(
    ("measure", "estimate", "is_large"),
    [
        (Measure.RISK_RATIO, "2.0", True),
        (Measure.RISK_RATIO, "0.5", True),
        (Measure.RISK_RATIO, "1.9", False),
        (Measure.RISK_RATIO, "0.6", False),
        (Measure.STANDARDISED_MEAN_DIFFERENCE, "0.8", True),
        (Measure.STANDARDISED_MEAN_DIFFERENCE, "-0.8", True),
        (Measure.STANDARDISED_MEAN_DIFFERENCE, "0.79", False),
        (Measure.MEAN_DIFFERENCE, "40", False),
        (Measure.PROPORTION, "0.9", False),
    ],
)
def test_a_word_of_size_needs_a_large_effect(measure, estimate, is_large):
    large = sound(1, measure=measure, estimate=estimate)
    outcome = judged("Semaglutide strikingly lowers body weight.", large, sound(2))
    assert (Code.SIZE_NOT_SHOWN in codes(outcome)) is not is_large


def test_a_measure_without_an_estimate_or_the_other_way_bears_out_no_size():
    for measure in (Measure.RISK_RATIO, Measure.STANDARDISED_MEAN_DIFFERENCE):
        outcome = judged("Semaglutide strikingly lowers body weight.", sound(1, measure=measure))
        assert Code.SIZE_NOT_SHOWN in codes(outcome)
    unnamed = judged("Semaglutide strikingly lowers body weight.", sound(1, estimate="4"))
    assert Code.SIZE_NOT_SHOWN in codes(unnamed)


def test_a_large_effect_that_speaks_against_bears_out_no_size():
    against = item(9, Design.CASE_SERIES, stance=Stance.CONTRADICTS, measure="risk-ratio", estimate="4")
    outcome = judged("Semaglutide strikingly lowers body weight.", *HIGH, against)
    assert Code.SIZE_NOT_SHOWN in codes(outcome)


def test_of_what_is_graded_a_word_of_size_in_the_statement_itself_counts():
    """The linked evidence says that there is an effect, and never how large it is."""
    large = {"statement": "Semaglutide dramatically lowers body weight."}
    assert Code.SIZE_NOT_SHOWN in codes(judged(large["statement"], **large))


@pytest.mark.parametrize(
    ("question", "is_asked"), [(Question.RESEARCH_STATE, True), (Question.COMPOSITION, False)]
)
def test_of_a_fact_a_word_of_size_in_the_statement_itself_is_borne_out(question, is_asked):
    dramatic = "Semaglutide dramatically lowers body weight."
    about = {"question": question, "species": Species.NOT_APPLICABLE, "statement": dramatic}
    outcome = judged(dramatic, document(), category=Category.REGULATORY, **about)
    assert (Code.SIZE_NOT_SHOWN in codes(outcome)) is is_asked


# Comparisons


BETTER = {
    "statement": "Semaglutide lowers body weight more than orlistat.",
    "question": Question.COMPARISON,
    "comparator": "Orlistat",
}


@pytest.mark.parametrize(
    "quote",
    [
        "Semaglutide lowers body weight more than orlistat.",
        "Semaglutide outperforms orlistat.",
        "Semaglutide beats orlistat.",
    ],
)
@pytest.mark.parametrize(
    ("compared", "verdict"),
    [
        ("Placebo", Verdict.OVERSTATED),
        ("not_applicable", Verdict.OVERSTATED),
        ("Orlistat 120 mg three times a day", Verdict.SUBSTANTIATED),
    ],
)
def test_a_comparison_needs_the_two_in_one_study(quote, compared, verdict):
    trials = [sound(number, comparator=compared) for number in (1, 2)]
    outcome = judged(quote, *trials, category=Category.COMPARISON, **BETTER)
    assert outcome.verdict is verdict
    assert (Code.NO_HEAD_TO_HEAD in codes(outcome)) is (verdict is Verdict.OVERSTATED)


def test_a_comparison_that_names_no_rival_is_with_that_of_its_statement():
    trials = [sound(number, comparator="Orlistat") for number in (1, 2)]
    outcome = judged("Semaglutide is the better of the two.", *trials, **BETTER)
    assert Code.NO_HEAD_TO_HEAD not in codes(outcome)


def test_that_it_beat_placebo_bears_out_nothing_above_a_rival():
    trials = [sound(number, comparator="Placebo") for number in (1, 2)]
    above_placebo = judged("Semaglutide lowers body weight more than placebo.", *trials)
    above_a_rival = judged("Semaglutide lowers body weight more than orlistat.", *trials)
    assert above_placebo.verdict is Verdict.SUBSTANTIATED
    assert above_a_rival.verdict is Verdict.OVERSTATED


@pytest.mark.parametrize("arm", ["No orlistat", "Without orlistat"])
def test_an_arm_without_a_rival_is_no_arm_with_it(arm):
    trials = [sound(number, comparator=arm) for number in (1, 2)]
    outcome = judged(BETTER["statement"], *trials, **BETTER)
    assert Code.NO_HEAD_TO_HEAD in codes(outcome)
    # Held against going without it, such an arm is the one that is asked for.
    without = {**BETTER, "comparator": "Without orlistat"}
    assert Code.NO_HEAD_TO_HEAD not in codes(judged(BETTER["statement"], *trials, **without))


@pytest.mark.parametrize(
    ("wanted", "given", "is_compared"),
    [
        ("Walking (daily)", "daily walks; walking", True),
        ("Another diet", "other diet", True),
        ("Other exercise", "other diet", False),
        ("A walk", "a diet", False),
    ],
)
def test_rivals_that_nobody_listed_are_told_by_the_words_they_share(wanted, given, is_compared):
    trials = [sound(number, comparator=given) for number in (1, 2)]
    outcome = judged(BETTER["statement"], *trials, **{**BETTER, "comparator": wanted})
    assert (Code.NO_HEAD_TO_HEAD not in codes(outcome)) is is_compared


def test_of_many_studies_it_is_enough_that_one_compares_the_two():
    trials = [sound(1, comparator="Placebo"), sound(2, comparator="Orlistat")]
    assert judged(BETTER["statement"], *trials, **BETTER).verdict is Verdict.SUBSTANTIATED


def test_what_compares_the_two_and_finds_the_opposite_bears_out_nothing():
    trials = [*(sound(k, comparator="Placebo", n=5000) for k in (1, 2)), sound(
        3, comparator="Orlistat", stance=Stance.CONTRADICTS, n=100
    )]  # fmt: skip
    assert Code.NO_HEAD_TO_HEAD in codes(judged(BETTER["statement"], *trials, **BETTER))


# Figures


@pytest.mark.parametrize(
    ("quote", "result", "stands"),
    [
        ("Body weight falls by over 15%.", "Body weight fell by 15%.", False),
        ("Body weight falls by over 15%.", "Body weight fell by 16%.", True),
        ("Body weight falls by at least 15%.", "Body weight fell by 15%.", True),
        ("Body weight falls by up to 15%.", "Body weight fell by 15%.", True),
        ("Body weight falls by up to 20%.", "Body weight fell by 15.4%.", False),
        ("95% of patients lose weight.", "Body weight fell by 95%.", False),
        ("95% of patients lose weight.", "95% of patients lost weight.", True),
        ("Body weight falls by 95%.", "95% of patients lost weight.", False),
        ("100% of patients lose weight.", "95% of patients lost weight.", False),
        ("Half of all patients lose weight.", "50% of patients lost weight.", True),
        ("Half of all patients lose weight.", "30% of patients lost weight.", False),
        ("Body weight falls within 4 weeks.", "Body weight fell after 4 weeks.", True),
        ("Body weight falls within 4 weeks.", "Body weight fell after 16 weeks.", False),
    ],
)
def test_a_figure_must_be_that_of_a_supporting_finding(quote, result, stands):
    outcome = judged(quote, sound(1, result=result), sound(2))
    assert (Code.FIGURE_NOT_FOUND not in codes(outcome)) is stands
    if not stands:
        assert outcome.verdict is Verdict.OVERSTATED


# Firmness


@pytest.mark.parametrize(
    ("items", "fact", "likely", "may", "unclear"),
    [
        pytest.param(HIGH, True, True, True, True, id="high"),
        pytest.param([item()], False, True, True, True, id="moderate"),
        pytest.param([item(n=200)], False, False, True, True, id="low"),
        pytest.param([item(n=20)], False, False, False, True, id="very low"),
    ],
)
def test_a_claim_is_put_no_firmer_than_the_certainty_allows(items, fact, likely, may, unclear):
    quotes = (
        (fact, "Semaglutide lowers body weight.", Wording.ASSERTED),
        (likely, "Semaglutide probably lowers body weight.", HEDGED),
        (may, "Semaglutide may lower body weight.", HEDGED),
        (unclear, "It is unclear whether semaglutide lowers body weight.", HEDGED),
    )
    for stands, quote, wording in quotes:
        verdict = judged(quote, *items, wording=wording).verdict
        assert (verdict is Verdict.SUBSTANTIATED) is stands, quote


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        # A hedge clears its own clause only.
        ("It is not known why, but semaglutide lowers body weight beautifully.", Verdict.OVERSTATED),
        ("Results may vary; semaglutide lowers body weight in weeks.", Verdict.OVERSTATED),
        ("Although side effects are possible, semaglutide lowers body weight.", Verdict.OVERSTATED),
        ("The most powerful way to lower body weight is semaglutide.", Verdict.OVERSTATED),
        ("Lower your body weight as soon as possible with semaglutide.", Verdict.OVERSTATED),
        ("Semaglutide may lower body weight.", Verdict.SUBSTANTIATED),
        ("Although it is costly, semaglutide may lower body weight.", Verdict.SUBSTANTIATED),
    ],
)
def test_a_hedge_clears_its_own_clause(quote, verdict):
    assert judged(quote, item(n=200), wording=HEDGED).verdict is verdict


# Advertising is another test


COHORT = item(1, Design.COHORT, n=5000, bias="low")


def test_what_grade_lets_stand_may_still_be_no_advertising():
    may = judged("Semaglutide may lower body weight.", COHORT, wording=HEDGED)
    assert (may.verdict, may.bar, may.action) == (Verdict.SUBSTANTIATED, Bar.NOT_MET, Action.ESCALATE)
    assert Code.ADVERTISING_BAR in codes(may)


@pytest.mark.parametrize(
    "quote",
    [
        "Preliminary evidence suggests that semaglutide lowers body weight.",
        "Low-certainty evidence suggests that semaglutide lowers body weight.",
        "Semaglutide may lower body weight, but more research is needed.",
        "Semaglutide is promising: it may lower body weight. Results vary.",
    ],
)
def test_no_hedge_and_no_limit_lowers_the_bar(quote):
    assert judged(quote, COHORT, wording=HEDGED).bar is Bar.NOT_MET


def test_a_trial_of_very_low_certainty_lets_nothing_be_advertised():
    may = judged("Semaglutide may lower body weight.", item(n=20), wording=HEDGED)
    assert (may.verdict, may.bar) == (Verdict.OVERSTATED, Bar.NOT_MET)


def test_who_denies_a_benefit_advertises_none():
    against = [sound(number, stance=Stance.CONTRADICTS) for number in (1, 2)]
    about = standing_on(*against, statement=STATEMENT)
    words = claim("Semaglutide does not lower body weight.", polarity=Polarity.DENIES)
    denied = verdict_of(words, about, WORDS)
    assert (denied.verdict, denied.bar) == (Verdict.SUBSTANTIATED, Bar.NOT_ASKED)


def test_what_a_trial_bears_out_meets_both():
    may = judged("Semaglutide may lower body weight.", item(n=200), wording=HEDGED)
    assert (may.verdict, may.bar, may.action) == (Verdict.SUBSTANTIATED, Bar.MET, Action.MAY_STAND)


@pytest.mark.parametrize(
    ("quote", "changes"),
    [
        ("It is unclear whether semaglutide lowers body weight.", {}),
        ("Semaglutide may lower body weight.", {"question": Question.HARM}),
    ],
)
def test_the_bar_is_not_asked_of_what_promises_no_benefit(quote, changes):
    assert judged(quote, COHORT, wording=HEDGED, **changes).bar is Bar.NOT_ASKED


def test_what_studies_are_said_to_establish_needs_a_trial():
    words = claim("Clinically proven: semaglutide may lower body weight.", HEDGED)
    flags = [hit(Ground.ESTABLISHMENT)]
    for items, verdict in (([COHORT], Verdict.OVERSTATED), ([item(n=200)], Verdict.SUBSTANTIATED)):
        outcome = verdict_of(words, standing_on(*items, statement=STATEMENT), WORDS, flags)
        assert outcome.verdict is verdict
        assert (Code.ESTABLISHMENT in codes(outcome)) is (verdict is Verdict.OVERSTATED)


@pytest.mark.parametrize(
    ("question", "polarity", "is_unmet"),
    [
        (Question.BENEFIT, Polarity.AFFIRMS, True),
        (Question.HARM, Polarity.AFFIRMS, True),
        (Question.RESEARCH_STATE, Polarity.AFFIRMS, True),
        (Question.PREVALENCE, Polarity.AFFIRMS, False),
        (Question.BIOLOGY, Polarity.AFFIRMS, False),
        (Question.BENEFIT, Polarity.DENIES, False),
    ],
)
def test_of_which_questions_a_trial_has_to_establish_what_is_said_to_be(question, polarity, is_unmet):
    about = standing_on(item(1, Design.CASE_SERIES), question=question, statement=STATEMENT)
    words = claim("Studies show that semaglutide lowers weight.", polarity=polarity)
    judged = verdict_of(words, about, WORDS, [hit(Ground.ESTABLISHMENT)])
    assert (Code.ESTABLISHMENT in codes(judged)) is is_unmet


# Weight, not votes


def test_one_mixed_trial_of_ten_does_not_divide_them():
    nine = [sound(number) for number in range(1, 10)]
    outcome = judged(STATEMENT, *nine, sound(10, stance=Stance.MIXED))
    assert Code.EVIDENCE_DIVIDED not in codes(outcome)
    assert Code.EVIDENCE_AGREES in codes(outcome)


@pytest.mark.parametrize(
    ("sizes", "code"),
    [
        ((500, 500), Code.EVIDENCE_DIVIDED),
        ((790, 210), Code.EVIDENCE_DIVIDED),
        ((800, 200), Code.EVIDENCE_AGREES),
        ((200, 800), Code.EVIDENCE_AGAINST),
    ],
)
def test_people_are_weighed_and_not_studies(sizes, code):
    """The second study contradicts."""
    trials = sound(1, n=sizes[0]), sound(2, n=sizes[1], stance=Stance.CONTRADICTS)
    by_direction = {Code.EVIDENCE_DIVIDED, Code.EVIDENCE_AGREES, Code.EVIDENCE_AGAINST}
    assert by_direction & codes(judged(STATEMENT, *trials)) == {code}


def test_where_a_size_is_unknown_every_study_weighs_the_same():
    three = [sound(k, n=n) for k, n in enumerate((10_000, 10_000, "not_reported"), start=1)]
    outcome = judged(STATEMENT, *three, sound(4, n=10, stance=Stance.CONTRADICTS))
    assert Code.EVIDENCE_DIVIDED in codes(outcome)


def test_who_says_that_studies_disagree_says_what_is_so():
    divided = [sound(1), sound(2, stance=Stance.CONTRADICTS)]
    quote = "Trials disagree on whether semaglutide lowers body weight."
    assert judged(quote, *divided, wording=HEDGED).verdict is Verdict.SUBSTANTIATED
    assert judged("Semaglutide may lower body weight.", *divided, wording=HEDGED).verdict is (
        Verdict.OVERSTATED
    )


def test_documents_that_disagree_leave_a_possibility():
    papers = document(1), document(2, stance=Stance.CONTRADICTS)
    about = {"question": Question.REGULATION, "species": Species.NOT_APPLICABLE}
    assert judged("It may be licensed.", *papers, wording=HEDGED, **about).verdict is (
        Verdict.SUBSTANTIATED
    )
    assert judged("It is licensed.", *papers, **about).verdict is Verdict.OVERSTATED
