"""What a reader is told of a verdict, word by word, on claims about melatonin and jet lag."""

from dataclasses import replace

import pytest
from sample_body import claim, hit, item, sound, standing_on, told
from sample_lexicon import lexicon

from review.grading.ocebm import level_of_evidence
from review.model.records import Notice
from review.model.vocabulary import (
    Action,
    Checked,
    Design,
    Direction,
    Ground,
    Polarity,
    Question,
    Severity,
    Species,
    Stance,
    Wording,
)
from review.verdicts.standing import Basis, standing_of
from review.verdicts.verdict import later_notice, verdict_of
from review.verdicts.wording import allowed_wording

WORDS = lexicon(texts=["melatonin shortens jet lag"])
AGAINST = Stance.CONTRADICTS
SERIES, REPORT = Design.CASE_SERIES, Design.CASE_REPORT
SUGGESTED = "suggested-grade: The grade is a suggestion that no reviewer has confirmed."


def standing(*items, question=Question.BENEFIT, species=None, is_sought=True):
    species = species or (Species.HUMAN if question.is_graded else Species.NOT_APPLICABLE)
    return standing_on(
        *items,
        question=question,
        species=species,
        is_sought=is_sought,
        statement="Melatonin shortens jet lag.",
        intervention="Melatonin",
    )


HEDGED, DENIES = Wording.HEDGED, Polarity.DENIES
FACT = claim("Melatonin shortens jet lag.")
LIKELY = claim("Melatonin likely shortens jet lag.", HEDGED)
MAY = claim("Melatonin may shorten jet lag.", HEDGED)
OPEN = claim("It is unclear whether melatonin shortens jet lag.", HEDGED)
PROMISING = claim("Melatonin has potential against jet lag.", HEDGED)
DENIAL = claim("It is not shown that melatonin shortens jet lag.", polarity=DENIES)
WARNING = claim("Melatonin can cause drowsiness.", HEDGED, category="safety")
BAR = (
    "advertising-bar: Advertising of a health benefit needs a randomised trial of just this in people; "
    "none supports it, and a hedge does not lower that bar."
)
LEANS = "leans-against: What there is points the other way, but leaves it very uncertain."


@pytest.mark.parametrize(
    ("items", "words", "verdict", "reasons"),
    [
        pytest.param(
            [item()], LIKELY, "substantiated",
            ["evidence-agrees: The evidence in people points the claim's way (moderate certainty)."],
            id="agrees",
        ),
        pytest.param(
            [item()], FACT, "overstated",
            [
                "evidence-agrees: The evidence in people points the claim's way (moderate certainty).",
                "worded-too-firmly: The page puts it as a fact; moderate certainty allows it only as "
                "likely (1 step too firm).",
            ],
            id="one step too firm",
        ),
        pytest.param(
            [item(n=200)], FACT, "overstated",
            [
                "evidence-agrees: The evidence in people points the claim's way (low certainty).",
                "worded-too-firmly: The page puts it as a fact; low certainty allows it only as a "
                "possibility (2 steps too firm).",
            ],
            id="two steps too firm",
        ),
        pytest.param(
            [item(design=SERIES)], FACT, "overstated",
            [
                "evidence-agrees: The evidence in people points the claim's way (very low certainty).",
                "worded-too-firmly: The page puts it as a fact; very low certainty allows it only as "
                "uncertain (3 steps too firm).",
                BAR,
            ],
            id="three steps too firm",
        ),
        pytest.param(
            [item(1), item(2, stance=AGAINST)], MAY, "overstated",
            ["evidence-divided: Studies of equal rank disagree (low certainty)."],
            id="divided",
        ),
        pytest.param(
            [item(1), item(2, stance=AGAINST)], OPEN, "substantiated",
            ["evidence-divided: Studies of equal rank disagree (low certainty)."],
            id="divided, as it says",
        ),
        pytest.param(
            [item(stance=AGAINST)], FACT, "contradicted",
            ["evidence-against: The evidence in people says otherwise (moderate certainty)."],
            id="against",
        ),
        pytest.param(
            [item(design=SERIES, stance=AGAINST)], FACT, "unsupported",
            [LEANS],
            id="leans against",
        ),
    ],
)  # fmt: skip
def test_a_graded_verdict_says_why(items, words, verdict, reasons):
    judged = verdict_of(words, standing(*items), WORDS)
    assert judged.verdict == verdict
    assert told(judged) == [*reasons, SUGGESTED]


NOTHING = "no-evidence: No evidence that decides the question is linked."
UNSOUGHT = (
    "not-looked-for: Nobody has searched a literature database for it, so nothing can be said of it yet."
)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([], NOTHING),
        (
            [item(design=Design.ANIMAL, species=Species.ANIMAL)],
            "no-human-evidence: No human evidence: only animal or cell findings are linked.",
        ),
        (
            [item(checked=Checked.UNVERIFIED)],
            "only-unverified: Only facts that nobody has verified at a source are linked.",
        ),
        ([item(stance=Stance.BACKGROUND)], NOTHING),
    ],
)
def test_nothing_that_decides_says_why_and_whether_anybody_looked(items, reason):
    sought = verdict_of(FACT, standing(*items), WORDS)
    assert (sought.verdict, told(sought)) == ("unsupported", [reason])
    unsought = verdict_of(FACT, standing(*items, is_sought=False), WORDS)
    assert (unsought.verdict, told(unsought)) == ("not-looked-for", [reason, UNSOUGHT])
    assert (sought.action, unsought.action) == (Action.REMOVE, Action.LOOK_IT_UP)


@pytest.mark.parametrize(
    ("items", "verdict", "reasons"),
    [
        pytest.param(
            [], "unsupported",
            [NOTHING, "caution: It warns the reader: want of evidence is no reason to take it out."],
            id="nothing found",
        ),
        pytest.param(
            [item(design=REPORT, n=1)], "substantiated",
            [
                "evidence-agrees: The evidence in people points the claim's way (very low certainty).",
                SUGGESTED,
                "caution: It warns the reader, and there is reason to.",
            ],
            id="one case",
        ),
    ],
)  # fmt: skip
def test_a_warning_may_stay_and_says_why(items, verdict, reasons):
    flags = (hit(Ground.DISEASE, Severity.REVIEW),)
    judged = verdict_of(WARNING, standing(*items, question=Question.HARM), WORDS, flags)
    assert judged.verdict == verdict
    assert told(judged) == reasons
    assert judged.is_caution
    assert judged.may_stand
    assert (judged.allowed_wording, judged.flags) == ("", flags)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        pytest.param(FACT, Question.BENEFIT, id="no harm"),
        pytest.param(
            claim("No drowsiness.", polarity=DENIES, category="safety"), Question.HARM, id="denied"
        ),
        pytest.param(
            claim("It eases drowsiness.", category="safety"), Question.BENEFIT, id="a harm it eases"
        ),
    ],
)
def test_what_is_no_warning(words, question):
    judged = verdict_of(words, standing(question=question), WORDS)
    assert not judged.is_caution
    assert not judged.may_stand
    assert all(reason.code != "caution" for reason in judged.reasons)


NOTICE, LABEL, NEWS = (
    {"design": design, "species": Species.NOT_APPLICABLE}
    for design in (Design.REGULATOR_NOTICE, Design.LABEL, Design.NEWS)
)
OFFICIAL = "official document or reference data"
DIVIDED = [item(1, **NOTICE), item(2, stance=AGAINST, **LABEL)]
DISAGREE = f"evidence-divided: The most direct sources do not agree ({OFFICIAL})."
UNESTABLISHED = "A search found nothing that would establish it, which is what the page says."


@pytest.mark.parametrize(
    ("items", "words", "question", "verdict", "reason"),
    [
        (
            [item(**NOTICE)], FACT, Question.REGULATION, "substantiated",
            f"evidence-agrees: The most direct sources confirm it ({OFFICIAL}).",
        ),
        (
            [item(stance=AGAINST, **NOTICE)], FACT, Question.REGULATION, "contradicted",
            f"evidence-against: The most direct sources say otherwise ({OFFICIAL}).",
        ),
        (
            [item(**NEWS)], FACT, Question.REGULATION, "unsupported",
            "only-weak-sources: The strongest source linked confirms nothing by itself "
            "(news, opinion or web page).",
        ),
        (
            [], FACT, Question.REGULATION, "unsupported",
            NOTHING,
        ),
        (DIVIDED, FACT, Question.REGULATION, "overstated", DISAGREE),
        (DIVIDED, MAY, Question.REGULATION, "substantiated", DISAGREE),
        (DIVIDED, PROMISING, Question.REGULATION, "overstated", DISAGREE),
        (
            [], DENIAL, Question.RESEARCH_STATE, "substantiated",
            f"nothing-establishes-it: {UNESTABLISHED}",
        ),
        (
            [], DENIAL, Question.REGULATION, "unsupported",
            NOTHING,
        ),
        (
            [], FACT, Question.RESEARCH_STATE, "unsupported",
            NOTHING,
        ),
    ],
)  # fmt: skip
def test_a_verdict_by_documents_says_why(items, words, question, verdict, reason):
    judged = verdict_of(words, standing(*items, question=question), WORDS)
    assert judged.verdict == verdict
    assert told(judged) == [reason]


def test_what_documents_allow_less_firmly_is_told_by_what_the_sources_are():
    near = standing(item(directness="partly", **NOTICE), question=Question.REGULATION)
    assert told(verdict_of(FACT, near, WORDS))[1] == (
        "worded-too-firmly: The page puts it as a fact; what the sources are allows it only as likely "
        "(1 step too firm)."
    )


SECOND_HAND = (
    "second-hand: Nobody read the source itself: what supports it was read where another cites it."
)


@pytest.mark.parametrize(
    ("readings", "is_second_hand"),
    [(["secondary"], True), (["secondary", "secondary"], True), (["secondary", "abstract"], False)],
)
def test_support_that_nobody_read_itself_is_told(readings, is_second_hand):
    items = [item(k, checked=reading, **NOTICE) for k, reading in enumerate(readings, start=1)]
    judged = verdict_of(FACT, standing(*items, question=Question.REGULATION), WORDS)
    assert judged.verdict == "substantiated"
    assert (SECOND_HAND in told(judged)) is is_second_hand


MIXED = Stance.MIXED


@pytest.mark.parametrize(
    ("items", "question", "sentence"),
    [
        ([item(stance=MIXED)], "benefit", "The one source that counts says both (study1)."),
        (
            [item(1), replace(item(2, stance=AGAINST), study=item(1).study)], "benefit",
            "The one source that counts says both (study1).",
        ),
        (
            [item(1, stance=MIXED), item(2, stance=MIXED)], "benefit",
            "Studies of equal rank disagree (moderate certainty).",
        ),
        (
            [item(1), item(2, stance=MIXED)], "benefit",
            "Studies of equal rank disagree (low certainty).",
        ),
        (
            [item(stance=MIXED, **LABEL)], "regulation",
            "The one source that counts says both (study1).",
        ),
        (
            [item(1, stance=MIXED, **LABEL), item(2, **LABEL)], "regulation",
            f"The most direct sources do not agree ({OFFICIAL}).",
        ),
        (
            [item(1), item(2, stance=AGAINST)], "harm",
            "Harm in people is on record, though not in every study.",
        ),
    ],
)  # fmt: skip
def test_who_disagrees_is_told(items, question, sentence):
    judged = verdict_of(OPEN, standing(*items, question=Question(question)), WORDS)
    assert told(judged)[0] == f"evidence-divided: {sentence}"


def test_a_possibility_that_nobody_hedged_does_not_stand_on_sources_that_disagree():
    asserted = MAY.model_copy(update={"wording": Wording.ASSERTED})
    assert verdict_of(asserted, standing(*DIVIDED, question=Question.REGULATION), WORDS).verdict == (
        "overstated"
    )


def test_little_is_known_stands_where_studies_disagree_though_it_names_no_limit():
    little = claim("Little is known of melatonin for jet lag.", HEDGED)
    assert verdict_of(little, standing(item(1), item(2, stance=AGAINST)), WORDS).verdict == (
        "substantiated"
    )


def test_what_is_told_openly_is_never_put_too_firmly():
    near = standing(item(stance=AGAINST, directness="partly", **LABEL), question=Question.RESEARCH_STATE)
    assert verdict_of(DENIAL, near, WORDS).verdict == "substantiated"


def test_that_it_is_not_established_stands_where_sources_disagree():
    divided = standing(*DIVIDED, question=Question.RESEARCH_STATE)
    assert verdict_of(DENIAL, divided, WORDS).verdict == "substantiated"
    assert verdict_of(FACT, divided, WORDS).verdict == "overstated"


def test_a_claim_to_be_better_does_not_stand_on_sources_that_disagree():
    divided = standing(*DIVIDED, question=Question.REGULATION)
    assert verdict_of(MAY, divided, WORDS, [hit(Ground.COMPARISON)]).verdict == "overstated"
    assert verdict_of(MAY, divided, WORDS, [hit(Ground.SAFETY)]).verdict == "substantiated"


ESTABLISHES = (
    "establishment: It says that studies establish it; no randomised trial in people that counts does."
)
SAFE = "absolute-safety: It promises safety without limits, which nothing can show."


@pytest.mark.parametrize(
    ("items", "ground", "reason"),
    [
        ([item(design=SERIES)], Ground.ESTABLISHMENT, ESTABLISHES),
        ([item(stance=AGAINST)], Ground.ESTABLISHMENT, ESTABLISHES),
        ([], Ground.ESTABLISHMENT, ESTABLISHES),
        ([item(**LABEL)], Ground.ESTABLISHMENT, ESTABLISHES),
        ([item()], Ground.ESTABLISHMENT, None),
        ([item()], Ground.SAFETY, SAFE),
        ([item()], Ground.COMPARISON, None),
    ],
)
@pytest.mark.parametrize("category", ["efficacy", "safety", "regulatory"])
def test_a_flag_adds_a_reason_where_the_evidence_does_not_bear_it(items, ground, reason, category):
    words = FACT.model_copy(update={"category": type(WARNING.category)(category)})
    judged = verdict_of(words, standing(*items), WORDS, [hit(ground)])
    assert {ESTABLISHES, SAFE} & set(told(judged)) == ({reason} if reason else set())


def test_what_studies_are_cited_for_is_overstated_without_a_trial():
    """Of a series alone a page may say that it is uncertain, and not that studies establish it."""
    found = standing(item(design=SERIES))
    assert verdict_of(OPEN, found, WORDS).verdict == "substantiated"
    assert verdict_of(OPEN, found, WORDS, [hit(Ground.ESTABLISHMENT)]).verdict == "overstated"


@pytest.mark.parametrize(
    ("items", "verdict"), [([], "unsupported"), ([item(stance=AGAINST)], "contradicted")]
)
def test_that_studies_are_cited_makes_nothing_better(items, verdict):
    assert verdict_of(FACT, standing(*items), WORDS, [hit(Ground.ESTABLISHMENT)]).verdict == verdict


def test_who_says_that_nobody_knows_asserts_no_figure_and_no_size():
    unsure = claim("It is unclear whether melatonin dramatically shortens jet lag by 2 days.", HEDGED)
    judged = verdict_of(unsure, standing(*HIGH), WORDS)
    assert judged.verdict == "substantiated"
    assert not [line for line in told(judged) if line.startswith(("size", "figure"))]


def test_a_promise_of_safety_that_stands_is_not_told_off():
    likely = LIKELY.model_copy(update={"category": WARNING.category})
    judged = verdict_of(likely, standing(item()), WORDS, [hit(Ground.SAFETY)])
    assert judged.verdict == "substantiated"
    assert SAFE not in told(judged)


@pytest.mark.parametrize(("severity", "blocked"), [(Severity.BLOCK, True), (Severity.REVIEW, False)])
def test_a_claim_is_blocked_by_a_blocking_flag(severity, blocked):
    flags = [hit(Ground.SAFETY, Severity.REVIEW), hit(Ground.SAFETY, severity)]
    assert verdict_of(FACT, standing(item()), WORDS, flags).is_blocked is blocked


def test_what_no_supporting_finding_matches_is_named():
    partly = [
        "other-people: No supporting finding is about just this people.",
        "other-treatment: No supporting finding is about just this treatment.",
        "other-outcome: No supporting finding is about just this outcome.",
    ]
    judged = verdict_of(FACT, standing(item(1, directness="partly")), WORDS)
    assert [reason for reason in told(judged) if reason.startswith("other-")] == partly
    one_fits = standing(item(1, directness="partly"), item(2))
    assert not [r for r in told(verdict_of(FACT, one_fits, WORDS)) if r.startswith("other-")]
    # What speaks against the statement does not make it fit.
    against = standing(item(1, directness="partly"), item(2, stance=AGAINST))
    assert [r for r in told(verdict_of(FACT, against, WORDS)) if r.startswith("other-")] == partly


def test_missing_figures_are_named_in_their_order():
    words = claim("Melatonin likely helps 80% for 3 days.", HEDGED)
    judged = verdict_of(words, standing(item(result="Jet lag was shorter.")), WORDS)
    missing = "figure-not-found: No linked finding holds the figure in the claim: 3 days, 80%."
    assert missing in told(judged)


def test_no_figure_is_asked_of_a_denial_or_found_in_what_speaks_against_it():
    denial = claim("It likely does not last 3 days.", HEDGED, DENIES)
    judged = verdict_of(denial, standing(item(stance=AGAINST)), WORDS)
    assert judged.verdict == "substantiated"
    series = item(2, SERIES, stance=AGAINST, result="It lasted 3 days.")
    affirmed = claim("It likely lasts 3 days.", HEDGED)
    assert verdict_of(affirmed, standing(item(1), series), WORDS).verdict == "overstated"


def test_a_price_is_no_warning_whatever_its_words():
    refund = claim("No refund for people with epilepsy.", category="contraindication")
    judged = verdict_of(refund, standing(question=Question.LOGISTICS), WORDS)
    assert (judged.verdict, judged.is_caution) == ("not-an-evidence-question", False)


def test_a_rule_of_a_market_that_is_not_under_review_is_no_flag_of_a_claim():
    abroad = replace(hit(Ground.SAFETY), is_in_force=False)
    here = hit(Ground.DISEASE, Severity.REVIEW)
    assert verdict_of(FACT, standing(*HIGH), WORDS, [abroad, here]).flags == (here,)


def test_what_is_set_aside_says_so():
    found = standing(item(), question=Question.LOGISTICS)
    sentence = "Prices, insurance and appointments are no evidence question."
    flags = (hit(Ground.SAFETY),)
    judged = verdict_of(FACT, found, WORDS, flags)
    assert (told(judged), judged.flags) == ([f"set-aside: {sentence}"], flags)
    assert (judged.allowed_wording, judged.is_caution) == ("", False)
    assert [str(step) for step in found.steps] == [f"set aside: {sentence}"]
    assert (found.label, found.method, found.judged_by) == ("set aside", "none", "rule")
    assert (found.basis, found.direction, found.certainty) == (Basis.RULE, Direction.NONE, None)
    assert (found.source_kind, found.stale, found.level.value) == (None, False, None)
    assert [counted.study.study for counted in found.body.counted] == ["study1"]
    assert found.sort.reason == "SORT does not apply"
    assert found.is_set_aside
    assert not found.is_graded


def test_a_later_notice_is_told_in_one_line():
    notice = Notice(
        study="smith2020",
        kind="expression-of-concern",
        source="the journal",
        date="2026-11-29",
        consequence="The data\n  cannot be trusted.",
    )
    reason = later_notice(notice, "Smith 2020")
    assert f"{reason.code}: {reason.sentence}" == (
        "later-notice: Known, later than this review: expression of concern of 2026-11-29 about "
        "Smith 2020. The data cannot be trusted."
    )


MICE = item(design=Design.ANIMAL, species=Species.ANIMAL)
HIGH = [sound(1), sound(2)]


@pytest.mark.parametrize(
    ("items", "question", "sentence"),
    [
        (HIGH, "benefit", "Melatonin shortens jet lag."),
        ([item()], "benefit", "It is likely that melatonin shortens jet lag."),
        ([item(n=200)], "benefit", "Low-certainty evidence suggests that melatonin shortens jet lag."),
        ([item(design=SERIES)], "benefit", "It is very uncertain whether melatonin shortens jet lag."),
        ([item(**LABEL)], "regulation", "Melatonin shortens jet lag."),
        ([item(design=Design.REFERENCE_WORK)], "biology", "Melatonin shortens jet lag."),
    ],
)
def test_the_wording_that_the_evidence_allows(items, question, sentence):
    assert allowed_wording(standing(*items, question=Question(question)), WORDS) == sentence


@pytest.mark.parametrize(
    ("items", "question"),
    [
        pytest.param([], "benefit", id="nothing found"),
        pytest.param([MICE], "benefit", id="only mice"),
        pytest.param([item(1), item(2, stance=AGAINST)], "benefit", id="trials disagree"),
        pytest.param([item(stance=AGAINST)], "benefit", id="a trial says otherwise"),
        pytest.param(HIGH, "harm", id="of a harm no form of words says how often"),
        pytest.param([item(design=Design.RANDOM_SURVEY)], "prevalence", id="nor of a share"),
        pytest.param([item(stance=AGAINST, **LABEL)], "regulation", id="a label says otherwise"),
        pytest.param(DIVIDED, "regulation", id="sources disagree"),
        pytest.param([item(directness="partly", **LABEL)], "regulation", id="about something else"),
        pytest.param([], "regulation", id="nothing confirms it"),
        pytest.param([item(**LABEL)], "research-state", id="the state of research"),
        pytest.param([item(design=Design.OWN_DOCUMENT)], "own-product", id="their own product"),
    ],
)
def test_where_no_words_could_be_published_none_are_suggested(items, question):
    assert allowed_wording(standing(*items, question=Question(question)), WORDS) == ""


NARRATIVE = {"design": Design.NARRATIVE_REVIEW, "species": Species.NOT_APPLICABLE}
MOST_DIRECT = "Strongest kind of source, among the most direct:"
NO_DESIGN = "No counted study has a design that GRADE starts from."


@pytest.mark.parametrize(
    ("items", "question", "label", "step"),
    [
        ([], "regulation", "unconfirmed", "No source counts."),
        ([item(stance=Stance.BACKGROUND)], "regulation", "unconfirmed", "No source counts."),
        (
            [item(2, **LABEL), item(1, **NOTICE), item(3, stance=AGAINST, **NEWS)], "regulation",
            "confirmed", f"{MOST_DIRECT} {OFFICIAL} (study1, study2).",
        ),
        (
            [item(stance=AGAINST, **LABEL)], "regulation",
            "contradicted", f"{MOST_DIRECT} {OFFICIAL} (study1).",
        ),
        (DIVIDED, "regulation", "disputed", f"{MOST_DIRECT} {OFFICIAL} (study1, study2)."),
        (
            [item(**NEWS)], "regulation", "unconfirmed",
            f"{MOST_DIRECT} news, opinion or web page (study1). "
            "That kind alone confirms nothing here.",
        ),
        (
            [item(**NARRATIVE)], "regulation",
            "confirmed", f"{MOST_DIRECT} narrative review (study1).",
        ),
        (
            [item(**NARRATIVE)], "benefit", "unconfirmed",
            f"{MOST_DIRECT} narrative review (study1). "
            f"That kind alone confirms nothing here. {NO_DESIGN}",
        ),
        (
            [item(**LABEL)], "benefit", "unconfirmed",
            f"{MOST_DIRECT} {OFFICIAL} (study1). That kind alone confirms nothing here. {NO_DESIGN}",
        ),
    ],
)  # fmt: skip
def test_what_documents_come_to_is_explained(items, question, label, step):
    found = standing(*items, question=Question(question))
    assert (found.label, [str(made) for made in found.steps]) == (label, [f"documents: {step}"])
    assert (found.method, found.judged_by) == (
        "documents by directness and kind of source (our convention)",
        "rule",
    )
    assert (found.basis, found.certainty, found.stale) == (Basis.RULE, None, False)
    assert not found.is_graded


def test_animals_alone_confirm_nothing_about_people_to_documents_either():
    found = standing(MICE, question=Question.COMPOSITION, species=Species.HUMAN)
    assert found.label == "unconfirmed: no human evidence"
    assert allowed_wording(found, WORDS) == ""


@pytest.mark.parametrize(
    ("items", "label", "step", "level", "certainty"),
    [
        ([], "no evidence found", "No finding that counts is linked.", "nothing counts", None),
        (
            [MICE], "no human evidence",
            "Only animal or cell findings are linked: very low for a claim about people.",
            "mechanism-based reasoning; animal or cells", "very-low",
        ),
    ],
)  # fmt: skip
def test_a_standing_without_people_is_explained(items, label, step, level, certainty):
    found = standing(*items)
    assert (found.label, [str(made) for made in found.steps]) == (label, [f"start: {step}"])
    assert (found.level.reason, found.certainty) == (level, certainty)
    assert found.direction is Direction.NONE
    assert (found.basis, found.judged_by, found.stale) == (Basis.RULE, "rule", False)
    assert found.source_kind is None


@pytest.mark.parametrize(
    ("statement", "treatment", "sentence"),
    [
        (
            "Circadin, a tablet, shortens jet lag.",
            "The tablet (Circadin)",
            "Circadin, a tablet, shortens",
        ),
        ("Circadin’s effect shortens jet lag.", "The tablet Circadin", "Circadin’s effect shortens"),
        ("Tablets of Circadin shorten jet lag.", "The tablet", "tablets of Circadin shorten"),
        ("Dr Lee's tablets shorten jet lag.", "The tablet", "Dr Lee's tablets shorten"),
        ("TENS shortens jet lag.", "The device", "TENS shortens"),
        ("UVa light shortens jet lag.", "The lamp", "UVa light shortens"),
        ("Xeomin shortens jet lag.", "Injected Xeomin", "Xeomin shortens"),
    ],
)
def test_names_keep_their_capital_within_a_sentence(statement, treatment, sentence):
    found = standing(item())
    changed = {"statement": statement, "intervention": treatment}
    about = found.proposition.model_copy(update=changed)
    # Written small somewhere, these are no names to the lexicon.
    words = lexicon(texts=["tablets circadin xeomin uva"])
    wording = allowed_wording(standing_of(about, found.body), words)
    assert wording == f"It is likely that {sentence} jet lag."


@pytest.mark.parametrize(
    ("items", "outcome_kind", "grade"),
    [
        (HIGH, "patient-oriented", "A"),
        (
            [sound(number, stance=AGAINST) for number in (1, 2)],
            "patient-oriented",
            "A",
        ),
        (
            [sound(1), sound(2, stance=AGAINST)],
            "patient-oriented",
            "B",
        ),
        ([item(1), item(2, **LABEL)], "patient-oriented", "B"),
        (HIGH, "disease-oriented", "C"),
        ([], "patient-oriented", None),
    ],
)
def test_a_standing_carries_the_grade_of_sort(items, outcome_kind, grade):
    found = standing(*items)
    kind = type(found.proposition.outcome_kind)(outcome_kind)
    about = found.proposition.model_copy(update={"outcome_kind": kind})
    assert standing_of(about, found.body).sort.value == grade


@pytest.mark.parametrize(
    ("items", "level"),
    [
        ([item(1, SERIES), item(2), item(3, Design.COHORT)], "level 2"),
        ([item(1, SERIES), item(2, **LABEL)], "level 4"),
    ],
)
def test_the_best_level_of_what_counts_is_shown(items, level):
    assert standing(*items).level.label == level


def test_a_design_without_a_level_is_shown_as_such():
    found = standing(item(design=Design.RANDOM_SURVEY))
    assert found.level == level_of_evidence(Question.BENEFIT, Design.RANDOM_SURVEY)
    assert found.level.label == "not rated"
    # Of several without a level the first is shown.
    two = standing(item(1, Design.RANDOM_SURVEY), item(2, Design.ACCURACY))
    assert two.level == found.level


def test_a_suggestion_was_judged_by_nobody():
    assert standing(item()).judged_by == "nobody yet"


def test_what_findings_measured_reaches_the_suggestions():
    def measured(number, estimate):
        trial = item(number)
        effect = {"measure": "mean-difference", "unit": "day", "estimate": estimate}
        limits = {"ci_low": estimate - 1, "ci_high": estimate + 1}
        values = {**trial.finding.model_dump(), **effect, **limits}
        return replace(trial, finding=type(trial.finding)(**values))

    def rated(*estimates) -> str:
        found = standing(*(measured(*numbered) for numbered in enumerate(estimates)))
        (step,) = (step for step in found.steps if step.name == "inconsistency")
        return str(step)

    assert "not serious" in rated(3.0, 3.5)
    assert "2 estimates vary widely" in rated(-3.0, 30.0)
