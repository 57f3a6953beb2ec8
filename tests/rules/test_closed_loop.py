"""A wording is suggested only where the same rules, asked of it, let it stand."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_body import claim, document, item, proposition, sound, standing_on
from sample_lexicon import lexicon

from review.model.knowledge.packs import Packs
from review.model.records import Evidence, Search
from review.model.vocabulary import (
    Action,
    Bar,
    Category,
    Checked,
    Design,
    Market,
    Polarity,
    Question,
    Species,
    Stance,
    Verdict,
    Wording,
)
from review.people.decisions import is_wording_current, wording_digest
from review.verdicts.reasons import Code
from review.verdicts.verdict import verdict_of
from review.verdicts.wording import allowed_wording, as_claim, as_clause, by_grade, read_back, stands

WORDS = lexicon(texts=["retinol cream smooths fine lines vitamin drips cure scurvy"])
STATEMENTS = (
    "Retinol cream smooths fine lines.",
    "Retinol cream dramatically smooths fine lines.",
    "Retinol cream smooths fine lines in every woman.",
    "Retinol cream cures fine lines.",
    "Retinol cream permanently smooths fine lines.",
    "Retinol cream smooths 40% of fine lines.",
    "Retinol cream smooths fine lines better than vitamin C.",
    "Vitamin drips do not cure scurvy.",
)
items = st.builds(
    item,
    number=st.integers(1, 99),
    design=st.sampled_from([design for design in Design if design is not Design.NOT_REPORTED]),
    species=st.sampled_from([Species.HUMAN, Species.ANIMAL]),
    stance=st.sampled_from(Stance),
    checked=st.sampled_from([Checked.ABSTRACT, Checked.UNVERIFIED]),
    n=st.sampled_from([20, 200, 5000, "not_reported"]),
    directness=st.sampled_from(["direct", "partly", "indirect"]),
    bias=st.sampled_from(["low", "high"]),
)
bodies = st.lists(items, max_size=4, unique_by=lambda made: made.link.link)


def written(words="Retinol cream may smooth fine lines in some women."):
    return {"public_wording": words, "wording_by": "A", "wording_rests_on": "0" * 64}


def standing(*outcome, question=Question.BENEFIT, statement=STATEMENTS[0], **changes):
    species = Species.HUMAN if question.is_graded else Species.NOT_APPLICABLE
    return standing_on(*outcome, question=question, species=species, statement=statement, **changes)


@given(
    bodies,
    st.sampled_from(Question),
    st.sampled_from(STATEMENTS),
    st.sampled_from(Category),
    st.sampled_from(Polarity),
    st.sampled_from(["x", "1 year", "Permanent"]),
    st.sampled_from([None, "Retinol cream may smooth fine lines.", "Retinol cream erases all lines."]),
    st.booleans(),
)
def test_whatever_is_suggested_stands_by_the_same_rules(
    body, question, statement, category, polarity, horizon, words, is_current
):
    own = written(words) if words else {}
    outcome = standing(*body, question=question, statement=statement, horizon=horizon, **own)
    judged = verdict_of(
        claim(statement, polarity=polarity, category=category),
        outcome,
        WORDS,
        tuple(WORDS.screen.hits(statement)),
        is_wording_current=is_current,
    )
    if not judged.allowed_wording:
        assert judged.action is not Action.REWORD
        return
    assert stands(judged.allowed_wording, outcome, WORDS)
    again = read_back(judged.allowed_wording, outcome, WORDS)
    assert (again.verdict, again.bar is Bar.NOT_MET) == (Verdict.SUBSTANTIATED, False)
    assert not any(hit.flag.is_blocking for hit in WORDS.screen.hits(judged.allowed_wording))
    assert judged.verdict not in (Verdict.SUBSTANTIATED, Verdict.NOT_LOOKED_FOR)
    assert judged.allowed_wording[0].isupper()
    assert judged.allowed_wording.endswith(".")


IGNORANCE = "no evidence|not known|not been confirmed|disagree|on record|not the case".split("|")


@given(bodies, st.sampled_from(Question), st.booleans())
def test_no_wording_states_a_want_of_evidence(body, question, is_sought):
    wording = allowed_wording(standing(*body, question=question, is_sought=is_sought), WORDS)
    for words in (
        "no evidence",
        "not known",
        "not been confirmed",
        "disagree",
        "on record",
        "not the case",
    ):
        assert words not in wording.lower()


@given(
    bodies,
    st.sampled_from(
        [
            Question.HARM,
            Question.PREVALENCE,
            Question.OWN_PRODUCT,
            Question.RESEARCH_STATE,
            Question.LOGISTICS,
        ]
    ),
)
def test_of_some_questions_no_form_of_words_is_made(body, question):
    assert allowed_wording(standing(*body, question=question), WORDS) == ""


# Words that a person wrote


LOW = item(n=200)


def test_what_a_person_wrote_comes_first_where_it_stands():
    outcome = standing(LOW, **written())
    assert allowed_wording(outcome, WORDS) == "Retinol cream may smooth fine lines in some women."


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Retinol cream smooths fine lines.", id="too firm"),
        pytest.param("Retinol cream may dramatically smooth fine lines.", id="a word of size"),
        pytest.param("Retinol cream may smooth 90% of fine lines.", id="a figure"),
        pytest.param("Retinol cream may smooth fine lines forever.", id="what a flag blocks"),
    ],
)
def test_what_a_person_wrote_is_held_to_the_same_rules(words):
    by_rule = "Low-certainty evidence suggests that retinol cream smooths fine lines."
    outcome = standing(LOW, **written(words))
    assert not stands(words, outcome, WORDS)
    assert allowed_wording(outcome, WORDS) == by_rule


def test_what_was_written_on_other_evidence_is_not_suggested():
    outcome = standing(LOW, **written())
    by_rule = "Low-certainty evidence suggests that retinol cream smooths fine lines."
    assert allowed_wording(outcome, WORDS, is_wording_current=False) == by_rule


def test_the_denial_of_what_goes_corrects_nothing():
    """In place of what is contradicted a person's words help where they tell of a harm."""
    refuted = standing(sound(1, stance=Stance.CONTRADICTS))
    fact = claim(STATEMENTS[0])
    assert verdict_of(fact, refuted, WORDS).allowed_wording == ""
    denial = "Retinol cream likely does not smooth fine lines."
    by_hand = standing(item(stance=Stance.CONTRADICTS), **written(denial))
    judged = verdict_of(fact, by_hand, WORDS)
    assert (judged.verdict, judged.action) == (Verdict.CONTRADICTED, Action.REMOVE)
    assert judged.allowed_wording == ""


@pytest.mark.parametrize(
    ("question", "is_of_use"),
    [(Question.REGULATION, True), (Question.COMPOSITION, False), (Question.PROTOCOL, False)],
)
def test_what_a_person_wrote_on_a_regulator_stands_in_place_of_what_is_refuted(question, is_of_use):
    words = "Retinol cream is not licensed as a medicine."
    statement = words.replace("not ", "")
    paper = document(stance=Stance.CONTRADICTS)
    refuted = standing(paper, question=question, statement=statement, **written(words))
    judged = verdict_of(claim(statement, category=Category.REGULATORY), refuted, WORDS)
    assert judged.verdict is Verdict.CONTRADICTED
    assert judged.allowed_wording == (words if is_of_use else "")


def test_what_a_person_wrote_on_a_harm_stands_in_place_of_its_denial():
    words = "Retinol cream can irritate the skin."
    harm = {"question": Question.HARM, "statement": "Retinol cream irritates the skin."}
    reported = standing(item(1, Design.CASE_REPORT, n=1), **harm, **written(words))
    denial = claim("Retinol cream never irritates.", polarity=Polarity.DENIES, category=Category.SAFETY)
    judged = verdict_of(denial, reported, WORDS)
    assert (judged.verdict, judged.allowed_wording) == (Verdict.CONTRADICTED, words)
    # A warning that says too much is looked up, and never put otherwise by rule.
    warning = claim("Retinol cream irritates 90% of people.", category=Category.SAFETY)
    warned = verdict_of(warning, reported, WORDS)
    assert (warned.verdict, warned.allowed_wording) == (Verdict.OVERSTATED, "")


VAGUE = ("many", "most", "several", "some")


@pytest.mark.parametrize(
    ("statement", "horizon", "has_form"),
    [
        ("Retinol cream smooths fine lines and spots.", "x", True),
        ("Retinol cream, a gel, smooths fine lines.", "x", True),
        ("Retinol cream smooths lines, spots and pores.", "x", False),
        *((f"Retinol cream smooths {how_many} lines.", "x", False) for how_many in VAGUE),
        ("Retinol cream dramatically smooths fine lines.", "x", False),
        ("Retinol cream is the best cream for fine lines.", "x", False),
        ("Retinol cream smooths fine lines in every woman.", "x", False),
        ("Retinol cream permanently smooths fine lines.", "x", False),
        ("Retinol cream smooths fine lines for 6 months.", "x", False),
        ("Retinol cream smooths fine lines in a year.", "1 year", False),
        ("Retinol cream smooths fine lines.", "1 year", True),
        ("Retinol cream smooths 40% of fine lines.", "x", True),
    ],
)
def test_no_form_of_words_takes_an_effect_for_granted(statement, horizon, has_form):
    moderate = standing(item(), statement=statement, horizon=horizon)
    form = f"It is likely that r{statement[1:]}" if has_form else ""
    assert by_grade(moderate, WORDS) == form


def test_there_is_no_form_of_words_for_what_nothing_supports():
    for found in (standing(), standing(sound(1, stance=Stance.CONTRADICTS)), standing(document())):
        assert by_grade(found, WORDS) == ""
    assert by_grade(standing(sound(1), sound(2), question=Question.PROGNOSIS), WORDS) == ""


@pytest.mark.parametrize("statement", ["Retinol is a vitamin.", "Retinol may be a vitamin."])
def test_only_what_may_be_put_as_a_fact_is_published_as_it_is_stated(statement):
    about = {"question": Question.COMPOSITION, "statement": statement}
    assert by_grade(standing(document(), **about), WORDS) == statement
    assert by_grade(standing(document(directness="partly"), **about), WORDS) == ""


@pytest.mark.parametrize("title", ["Dr", "Prof", "Professor", "Mr", "Mrs", "Ms", "St"])
def test_a_title_keeps_its_capital_within_a_sentence(title):
    assert as_clause(f"{title} John's wort eases low mood.", ()) == f"{title} John's wort eases low mood"


@pytest.mark.parametrize(
    ("statement", "clause"),
    [
        ("A cream smooths lines.", "a cream smooths lines"),
        ("UV light tans.", "UV light tans"),
        ("pH matters.", "pH matters"),
        ("Retinol smooths lines.", "Retinol smooths lines"),
        ("Retinol’s effect fades.", "Retinol’s effect fades"),
        ("Retinol, a vitamin, smooths lines.", "Retinol, a vitamin, smooths lines"),
        ("Creams smooth lines.", "creams smooth lines"),
    ],
)
def test_a_statement_begins_small_within_a_sentence_unless_its_first_word_is_a_name(statement, clause):
    assert as_clause(statement, {"Retinol"}) == clause


AT_NIGHT = "Retinol cream is put on at night."
PROCEDURE = standing(document(), question=Question.PROTOCOL, statement=AT_NIGHT)


@pytest.mark.parametrize(
    ("text", "stands_anywhere", "stands_here"),
    [
        pytest.param(AT_NIGHT, True, True, id="no flag"),
        pytest.param("Retinol cream is completely safe.", False, False, id="safety"),
        pytest.param("Retinol cream smooths once and for all.", False, False, id="permanence"),
        pytest.param("Guaranteed smooth skin.", False, False, id="a promise"),
        pytest.param("Stop your warfarin before retinol cream.", False, False, id="a medicine"),
        pytest.param("Retinol cream is FDA approved.", True, False, id="a rule of one market"),
        pytest.param("Retinol cream, as seen on TV.", True, True, id="a flag that does not block"),
    ],
)
def test_what_no_evidence_bears_out_is_written_nowhere(text, stands_anywhere, stands_here):
    american = lexicon(texts=["retinol cream"], markets=[Market.US])
    assert read_back(text, PROCEDURE, WORDS).verdict is Verdict.SUBSTANTIATED
    assert stands(text, PROCEDURE, WORDS) is stands_anywhere
    assert stands(text, PROCEDURE, american) is stands_here


def test_a_wording_is_read_back_with_the_flags_in_its_words():
    cohort = standing(item(1, Design.COHORT, n=5000, bias="low"))
    plain = "Retinol cream may smooth fine lines."
    proven = "Retinol cream is clinically proven and may smooth fine lines."
    assert read_back(plain, cohort, WORDS).verdict is Verdict.SUBSTANTIATED
    assert Code.ESTABLISHMENT in {reason.code for reason in read_back(proven, cohort, WORDS).reasons}


def test_what_is_advertised_needs_a_trial_in_its_wording_too():
    cohort = standing(item(1, Design.COHORT, n=5000, bias="low"), **written())
    assert allowed_wording(cohort, WORDS) == ""


@pytest.mark.parametrize(
    ("text", "wording", "polarity"),
    [
        ("It is likely that retinol cream smooths fine lines.", Wording.HEDGED, Polarity.AFFIRMS),
        ("It is very uncertain whether retinol cream smooths lines.", Wording.HEDGED, Polarity.AFFIRMS),
        ("Low-certainty evidence suggests that it smooths lines.", Wording.HEDGED, Polarity.AFFIRMS),
        ("Little is known of retinol cream.", Wording.HEDGED, Polarity.AFFIRMS),
        ("Retinol cream usually smooths fine lines.", Wording.HEDGED, Polarity.AFFIRMS),
        ("Retinol cream smooths fine lines.", Wording.ASSERTED, Polarity.AFFIRMS),
        ("Retinol cream does not smooth fine lines.", Wording.ASSERTED, Polarity.DENIES),
    ],
)
def test_a_wording_is_read_as_the_claim_that_it_is(text, wording, polarity):
    read = as_claim(text, proposition(statement=STATEMENTS[0]))
    assert (read.quote, read.wording, read.polarity) == (text, wording, polarity)
    assert read.category is Category.EFFICACY


@pytest.mark.parametrize(
    ("question", "category"),
    [
        (Question.HARM, Category.SAFETY),
        (Question.COMPARISON, Category.COMPARISON),
        (Question.PREVALENCE, Category.EPIDEMIOLOGY),
        (Question.PROGNOSIS, Category.EPIDEMIOLOGY),
        (Question.DIAGNOSIS, Category.EFFICACY),
        (Question.SCREENING, Category.EFFICACY),
        (Question.REGULATION, Category.REGULATORY),
        (Question.COMPOSITION, Category.COMPOSITION),
        (Question.RESEARCH_STATE, Category.RESEARCH_STATE),
        (Question.OWN_PRODUCT, Category.COMPOSITION),
        (Question.BIOLOGY, Category.MECHANISM),
        (Question.PROTOCOL, Category.MECHANISM),
    ],
)
def test_a_wording_is_read_as_a_claim_of_the_kind_that_its_question_asks_for(question, category):
    read = as_claim("Retinol is a vitamin.", proposition(question))
    assert (read.category, read.checkworthy) == (category, "yes")


# The digest of what it was written on


def evidence(*outcome, about) -> Evidence:
    empty = {part.name: {} if part.name != "digest" else "" for part in fields(Evidence)}
    held = {
        "propositions": {about.proposition: about},
        "studies": {i.study.study: i.study for i in outcome},
        "links": {i.link.link: i.link for i in outcome},
        "packs": Packs(),
        "notices": (),
    }
    return Evidence(**{**empty, **held})


def test_a_wording_is_current_while_nothing_on_its_statement_changes():
    plain = proposition(statement=STATEMENTS[0])
    digest = wording_digest(evidence(LOW, about=plain), "regrows")
    words = {**written(), "wording_rests_on": digest}
    about = proposition(statement=STATEMENTS[0], **words)
    as_written = evidence(LOW, about=about)
    assert is_wording_current(as_written, "regrows")
    search = Search(
        proposition="regrows", looked_for="Trials", result="None", kind="database",
        database="PubMed", date=date(2026, 11, 1), query="retinol",
    )  # fmt: skip
    for changed in (
        evidence(LOW, item(2), about=about),
        evidence(about=about),
        evidence(item(n=201), about=about),
        evidence(LOW, about=about.model_copy(update={"horizon": "1 year"})),
        replace(as_written, searches={"regrows": (search,)}),
    ):
        assert not is_wording_current(changed, "regrows")


def test_other_words_on_the_same_evidence_rest_on_the_same():
    """Who mends a wording need not read the evidence again."""
    plain = proposition(statement=STATEMENTS[0])
    other = proposition(statement=STATEMENTS[0], **written("Retinol cream may help."))
    assert wording_digest(evidence(LOW, about=plain), "regrows") == wording_digest(
        evidence(LOW, about=other), "regrows"
    )


def test_without_a_wording_none_is_current():
    about = proposition(statement=STATEMENTS[0])
    assert not is_wording_current(evidence(document(), about=about), "regrows")
