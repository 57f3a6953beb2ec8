"""What a claim asks for by itself, and what was looked for against what was not."""

from dataclasses import replace

import pytest
from sample_body import claim, codes, document, hit, item, screened, sound, standing_on
from sample_lexicon import PLAIN
from sample_sentences import HIGH, WHITENS, harm, made, own

from review.model.vocabulary import (
    Action,
    Bar,
    Category,
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
from review.verdicts.standing import Basis
from review.verdicts.verdict import verdict_of
from review.workbench import open_review

AGAINST, REVIEW = Stance.CONTRADICTS, Severity.REVIEW
REGULATION = {"question": Question.REGULATION, "species": Species.NOT_APPLICABLE}
LOGISTICS = {"question": Question.LOGISTICS, "species": Species.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("judged", "verdict", "action"),
    [
        pytest.param(made(WHITENS, *HIGH), Verdict.SUBSTANTIATED, Action.MAY_STAND, id="shown"),
        pytest.param(made(WHITENS, **LOGISTICS), Verdict.SET_ASIDE, Action.MAY_STAND, id="set aside"),
        pytest.param(
            made(WHITENS, item(1, "cohort", n=5000, bias="low"), wording=Wording.ASSERTED),
            Verdict.OVERSTATED, Action.REMOVE, id="too firm, and no words that a trial bears out",
        ),
        pytest.param(made(WHITENS, item()), Verdict.OVERSTATED, Action.REWORD, id="too firm"),
        pytest.param(
            made(WHITENS, item(1), item(2, stance=AGAINST)), Verdict.OVERSTATED, Action.REMOVE,
            id="studies disagree",
        ),
        pytest.param(made(WHITENS), Verdict.UNSUPPORTED, Action.REMOVE, id="looked for, not found"),
        pytest.param(
            made(WHITENS, is_sought=False), Verdict.NOT_LOOKED_FOR, Action.LOOK_IT_UP,
            id="nobody looked",
        ),
        pytest.param(
            made(WHITENS, sound(1, stance=AGAINST)), Verdict.CONTRADICTED, Action.REMOVE, id="refuted"
        ),
        pytest.param(
            made(WHITENS, document(stance=AGAINST), **REGULATION), Verdict.CONTRADICTED, Action.REMOVE,
            id="a paper says otherwise",
        ),
        pytest.param(own(WHITENS), Verdict.UNSUPPORTED, Action.PRODUCE_DOCUMENT, id="their own"),
        pytest.param(
            own(WHITENS, is_sought=False), Verdict.UNSUPPORTED, Action.PRODUCE_DOCUMENT,
            id="no search answers for their own",
        ),
        pytest.param(harm(WHITENS), Verdict.UNSUPPORTED, Action.MAY_STAND, id="a warning"),
        pytest.param(
            harm(WHITENS, is_sought=False), Verdict.NOT_LOOKED_FOR, Action.MAY_STAND,
            id="a warning that nobody looked up",
        ),
    ],
)  # fmt: skip
def test_each_verdict_asks_for_its_action(judged, verdict, action):
    assert (judged.verdict, judged.action) == (verdict, action)
    assert judged.may_stand is (action is Action.MAY_STAND)
    assert bool(judged.allowed_wording) is (action is Action.REWORD)


@pytest.mark.parametrize(
    ("found", "action"),
    [
        pytest.param(document(directness="partly"), Action.LOOK_IT_UP, id="near, by documents"),
        pytest.param(document(directness="partly", checked="secondary"), Action.LOOK_IT_UP, id="cited"),
        pytest.param(document(result="It did."), Action.REMOVE, id="a figure that nothing holds"),
    ],
)
def test_a_better_source_is_looked_for_where_documents_nearly_show_it(found, action):
    quote = "Peroxide gel is licensed."
    quote = quote if action is Action.LOOK_IT_UP else quote.replace("licensed", "licensed in 12 weeks")
    about = standing_on(found, **REGULATION, statement=quote, horizon="x")
    judged = verdict_of(claim(quote, category=Category.REGULATORY), about, PLAIN)
    assert (judged.verdict, judged.action) == (Verdict.OVERSTATED, action)


def test_of_what_is_graded_no_better_source_would_let_it_be_put_more_firmly():
    about = {
        "question": Question.COMPARISON, "statement": "Gel whitens teeth more than strips.",
        "intervention": "Gel", "comparator": "Strips",
    }  # fmt: skip
    recorded = replace(standing_on(item(comparator="Strips"), **about), basis=Basis.RECORDED)
    judged = verdict_of(claim(about["statement"], category=Category.COMPARISON), recorded, PLAIN)
    assert codes(judged) == {Code.EVIDENCE_AGREES, Code.WORDED_TOO_FIRMLY}
    assert judged.action is Action.REMOVE


@pytest.mark.parametrize(
    ("question", "polarity", "ground", "action"),
    [
        (Question.BENEFIT, Polarity.AFFIRMS, Ground.DISEASE, Action.REMOVE),
        (Question.BENEFIT, Polarity.AFFIRMS, Ground.COMPARISON, Action.REMOVE),
        (Question.BENEFIT, Polarity.AFFIRMS, Ground.TESTIMONIAL, Action.LOOK_IT_UP),
        (Question.BENEFIT, Polarity.AFFIRMS, Ground.SAFETY, Action.LOOK_IT_UP),
        (Question.BENEFIT, Polarity.DENIES, Ground.DISEASE, Action.LOOK_IT_UP),
        (Question.PREVALENCE, Polarity.AFFIRMS, Ground.DISEASE, Action.LOOK_IT_UP),
        (Question.HARM, Polarity.DENIES, Ground.SAFETY, Action.REMOVE),
        (Question.HARM, Polarity.DENIES, Ground.DISEASE, Action.LOOK_IT_UP),
    ],
)
def test_what_may_not_be_said_until_somebody_has_looked(question, polarity, ground, action):
    words = claim("Gel may be kind to enamel.", Wording.HEDGED, polarity)
    judged = verdict_of(words, standing_on(question=question), PLAIN, [hit(ground, REVIEW)])
    assert (judged.verdict, judged.action) == (Verdict.NOT_LOOKED_FOR, action)


REFUTED = (sound(1, stance=AGAINST),)


@pytest.mark.parametrize(
    ("items", "met", "is_sought", "action"),
    [
        pytest.param(HIGH, hit(Ground.SAFETY), True, Action.ESCALATE, id="shown, and blocked"),
        pytest.param((), hit(Ground.SAFETY), False, Action.ESCALATE, id="to be looked up, and blocked"),
        pytest.param(REFUTED, hit(Ground.SAFETY), True, Action.REMOVE, id="refuted, and blocked"),
        pytest.param(HIGH, hit(Ground.MEDICINE, REVIEW), True, Action.ESCALATE, id="a medicine"),
        pytest.param(REFUTED, hit(Ground.MEDICINE, REVIEW), True, Action.ESCALATE, id="also refuted"),
        pytest.param(HIGH, hit(Ground.REFERRAL, REVIEW), True, Action.MAY_STAND, id="no block"),
    ],
)
def test_what_a_flag_makes_of_an_action(items, met, is_sought, action):
    about = standing_on(*items, statement="Peroxide gel whitens teeth.", is_sought=is_sought)
    assert verdict_of(claim(WHITENS), about, PLAIN, [met]).action is action


def test_no_document_lifts_what_a_flag_blocks():
    mine = standing_on(question=Question.OWN_PRODUCT, species=Species.NOT_APPLICABLE)
    words = claim("The gel is tested for lead.", category=Category.COMPOSITION)
    for flags, action in (((), Action.PRODUCE_DOCUMENT), ([hit(Ground.SAFETY)], Action.ESCALATE)):
        assert verdict_of(words, mine, PLAIN, flags).action is action


@pytest.mark.parametrize("items", [[], [item(checked="unverified")], [item(1, "animal", "animal")]])
@pytest.mark.parametrize("polarity", [Polarity.AFFIRMS, Polarity.DENIES])
def test_only_a_search_makes_nothing_found_of_nothing_held(items, polarity):
    held, outcome = (
        made(WHITENS, *items, is_sought=is_sought, polarity=polarity) for is_sought in (False, True)
    )
    assert (held.verdict, outcome.verdict) == (Verdict.NOT_LOOKED_FOR, Verdict.UNSUPPORTED)
    assert Code.NOT_LOOKED_FOR in codes(held)
    assert Code.NOT_LOOKED_FOR not in codes(outcome)


def test_that_nothing_establishes_it_stands_where_a_search_found_nothing():
    open_state = {"question": Question.RESEARCH_STATE, "species": Species.NOT_APPLICABLE}
    words = claim("Nothing establishes that drips help.", polarity=Polarity.DENIES)
    judged = screened(words, standing_on(**open_state, is_sought=True))
    assert (judged.verdict, judged.bar) == (Verdict.SUBSTANTIATED, Bar.NOT_ASKED)
    unsought = screened(words, standing_on(**open_state))
    assert unsought.verdict is Verdict.NOT_LOOKED_FOR
    assert judged.discloses
    assert unsought.discloses


def test_no_approval_needed_is_no_open_word_before_anybody_looked():
    rule = {"question": Question.REGULATION, "species": Species.NOT_APPLICABLE}
    words = claim("Drips need no approval.", polarity=Polarity.DENIES)
    assert screened(words, standing_on(**rule)).verdict is Verdict.NOT_LOOKED_FOR
    assert not screened(words, standing_on(**rule)).discloses


LINKS = "link,proposition,study,finding,stance,population,intervention,outcome,reason\n"
SEARCHES = "proposition,looked_for,result,kind,database,date,query,hits,kept,who\n"
IN_THE_LIBRARY = "library,not_applicable,2026-11-01,not_reported"


@pytest.mark.parametrize(
    ("searches", "verdict"),
    [
        pytest.param([], Verdict.NOT_LOOKED_FOR, id="none"),
        pytest.param([IN_THE_LIBRARY], Verdict.NOT_LOOKED_FOR, id="the library alone"),
        pytest.param(["database,PubMed,2026-11-01,trials"], Verdict.UNSUPPORTED, id="a database"),
        pytest.param(["database,PubMed,2026-11-21,trials"], Verdict.UNSUPPORTED, id="on the very day"),
        pytest.param(["database,PubMed,2026-11-22,trials"], Verdict.NOT_LOOKED_FOR, id="a day later"),
        pytest.param(
            [IN_THE_LIBRARY, "database,PubMed,2026-11-01,trials"], Verdict.UNSUPPORTED, id="both"
        ),
    ],
)
def test_a_search_counts_from_its_day_and_beyond_the_library(folder, searches, verdict):
    (folder / "links.csv").write_text(LINKS, "utf-8")
    rows = [f"regrows,Trials,None,{search},not_reported,0,A" for search in searches]
    (folder / "searches.csv").write_text(SEARCHES + "".join(f"{row}\n" for row in rows), "utf-8")
    review = open_review([folder], as_of="2026-11-21")
    (judged,) = (j for j in review.judged if j.claim.claim == "home-001")
    assert judged.verdict is verdict
