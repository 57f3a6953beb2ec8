"""What documents confirm: which, how near, how firmly; on veneers, drips and vitamins."""

import pytest
from sample_body import claim, codes, document, item, screened, sound, standing_on, told

from review.language.wording.firmness import Firmness
from review.model.vocabulary import (
    Action,
    Bar,
    Category,
    Design,
    Direction,
    Question,
    Species,
    Stance,
    Verdict,
    Wording,
)
from review.verdicts.documents import SourceKind
from review.verdicts.reasons import Code

AGAINST = Stance.CONTRADICTS
NOBODY = Species.NOT_APPLICABLE
VENEERS = "Veneers last longer than fillings."
LASTS = claim(VENEERS)


def by_papers(*items, question=Question.REGULATION, species=NOBODY, **changes):
    """Where a statement about veneers stands on documents."""
    return standing_on(*items, question=question, species=species, statement=VENEERS, **changes)


# A benefit needs people, or a regulator's approval for just this use


@pytest.mark.parametrize(
    "design",
    [
        Design.LABEL,
        Design.REGISTRY_ENTRY,
        Design.REGULATION,
        Design.REGULATOR_NOTICE,
        Design.STANDARDS_DOCUMENT,
        Design.REFERENCE_DATA,
        Design.GUIDELINE,
        Design.REFERENCE_WORK,
        Design.NARRATIVE_REVIEW,
        Design.OWN_DOCUMENT,
        Design.WEB_PAGE,
        Design.NEWS,
    ],
)
@pytest.mark.parametrize("question", [Question.BENEFIT, Question.COMPARISON])
def test_a_document_alone_confirms_no_benefit(design, question):
    outcome = by_papers(document(1, design), question=question, species=Species.HUMAN, is_sought=True)
    judged = screened(LASTS, outcome)
    assert (outcome.direction, judged.verdict) == (Direction.NONE, Verdict.UNSUPPORTED)
    assert codes(judged) == {Code.ONLY_WEAK_SOURCES}
    assert judged.allowed_wording == ""


def test_a_regulators_approval_confirms_a_benefit_if_it_is_for_just_this_use():
    def judged(directness):
        approval = document(1, Design.REGULATOR_APPROVAL, directness=directness)
        outcome = by_papers(approval, question=Question.BENEFIT, species=Species.HUMAN, is_sought=True)
        return screened(claim("Veneers last."), outcome)

    direct = judged("direct")
    assert (direct.verdict, direct.bar, direct.action) == (
        Verdict.SUBSTANTIATED,
        Bar.MET,
        Action.MAY_STAND,
    )
    for other in ("partly", "indirect"):
        assert judged(other).verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize(
    ("design", "verdict"),
    [
        (Design.LABEL, Verdict.SUBSTANTIATED),
        (Design.REGULATOR_NOTICE, Verdict.SUBSTANTIATED),
        (Design.GUIDELINE, Verdict.SUBSTANTIATED),
        (Design.NARRATIVE_REVIEW, Verdict.UNSUPPORTED),
        (Design.OWN_DOCUMENT, Verdict.UNSUPPORTED),
        (Design.NEWS, Verdict.UNSUPPORTED),
    ],
)
def test_of_a_harm_official_papers_and_guidelines_decide(design, verdict):
    outcome = by_papers(
        document(1, design), question=Question.HARM, species=Species.HUMAN, is_sought=True
    )
    words = claim("Veneers can chip.", Wording.HEDGED, category=Category.SAFETY)
    assert screened(words, outcome).verdict is verdict


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_of_sources_that_confirm_nothing_the_strongest_kind_is_named(numbers):
    narrative, news = numbers
    outcome = by_papers(
        document(narrative, Design.NARRATIVE_REVIEW),
        document(news, Design.NEWS),
        question=Question.BENEFIT,
        species=Species.HUMAN,
    )
    assert (outcome.direction, outcome.source_kind) == (Direction.NONE, SourceKind.NARRATIVE)


# Nearness before rank


def test_what_is_nearest_decides_before_what_ranks_highest():
    near = item(1, Design.COHORT, NOBODY, stance=AGAINST)
    far = item(2, Design.REVIEW_MIXED, NOBODY, directness="indirect")
    outcome = by_papers(near, far)
    assert (outcome.direction, outcome.source_kind) == (Direction.CONTRADICTS, SourceKind.PRIMARY)
    assert [str(step) for step in outcome.steps] == [
        "documents: Strongest kind of source, among the most direct: primary study (study1)."
    ]


def test_among_the_nearest_the_strongest_kind_decides():
    outcome = by_papers(
        document(1, Design.REGULATION), document(2, Design.NARRATIVE_REVIEW, stance=AGAINST)
    )
    assert (outcome.direction, outcome.source_kind) == (Direction.SUPPORTS, SourceKind.OFFICIAL)


@pytest.mark.parametrize(
    ("design", "stance", "directness", "direction"),
    [
        (Design.LABEL, AGAINST, "partly", Direction.MIXED),
        (Design.LABEL, AGAINST, "indirect", Direction.SUPPORTS),
        (Design.LABEL, Stance.MIXED, "partly", Direction.SUPPORTS),
        (Design.NARRATIVE_REVIEW, AGAINST, "partly", Direction.SUPPORTS),
    ],
)
def test_an_official_paper_that_forbids_a_use_is_heard_beside_what_is_nearer(
    design, stance, directness, direction
):
    near = document(1, Design.REFERENCE_WORK)
    other = document(2, design, stance=stance, directness=directness)
    outcome = by_papers(near, other)
    assert (outcome.direction, outcome.source_kind) == (direction, SourceKind.REVIEW)


@pytest.mark.parametrize(
    ("design", "kind"),
    [
        (Design.REVIEW_OF_TRIALS, SourceKind.REVIEW),
        (Design.REVIEW_OF_PRECLINICAL, SourceKind.REVIEW),
        (Design.COHORT, SourceKind.PRIMARY),
        (Design.RANDOMISED_TRIAL, SourceKind.PRIMARY),
        (Design.LABEL, SourceKind.OFFICIAL),
        (Design.REGULATION, SourceKind.OFFICIAL),
        (Design.REGULATOR_APPROVAL, SourceKind.OFFICIAL),
        (Design.REGULATOR_NOTICE, SourceKind.OFFICIAL),
        (Design.REGISTRY_ENTRY, SourceKind.OFFICIAL),
        (Design.STANDARDS_DOCUMENT, SourceKind.OFFICIAL),
        (Design.REFERENCE_DATA, SourceKind.OFFICIAL),
        (Design.GUIDELINE, SourceKind.REVIEW),
        (Design.REFERENCE_WORK, SourceKind.REVIEW),
        (Design.NARRATIVE_REVIEW, SourceKind.NARRATIVE),
        (Design.OWN_DOCUMENT, SourceKind.OWN),
        (Design.NEWS, SourceKind.INFORMAL),
        (Design.OPINION, SourceKind.INFORMAL),
        (Design.WEB_PAGE, SourceKind.INFORMAL),
        (Design.SEARCH_FINDING, SourceKind.INFORMAL),
    ],
)
def test_of_what_kind_a_source_is(design, kind):
    assert by_papers(document(1, design)).source_kind is kind


@pytest.mark.parametrize(
    ("directness", "allowed", "stands"),
    [
        ("direct", Firmness.FACT, {"fact", "likely", "may"}),
        ("partly", Firmness.LIKELY, {"likely", "may"}),
        ("indirect", Firmness.MAY, {"may"}),
    ],
)
def test_the_further_a_source_the_less_firmly_it_lets_a_thing_be_put(directness, allowed, stands):
    outcome = by_papers(document(directness=directness))
    assert outcome.allowed is allowed
    words = {
        "fact": LASTS,
        "likely": claim("Veneers likely last longer.", Wording.HEDGED),
        "may": claim("Veneers may last longer.", Wording.HEDGED),
    }
    found_to_stand = {
        key for key, quote in words.items() if screened(quote, outcome).verdict is Verdict.SUBSTANTIATED
    }
    assert found_to_stand == stands


@pytest.mark.parametrize(("directness", "verdict"), [
    ("direct", Verdict.CONTRADICTED),
    ("partly", Verdict.CONTRADICTED),
    ("indirect", Verdict.UNSUPPORTED),
])  # fmt: skip
def test_only_what_comes_near_contradicts(directness, verdict):
    judged = screened(LASTS, by_papers(document(directness=directness, stance=AGAINST), is_sought=True))
    assert judged.verdict is verdict


# The clinic's own product


OWN = {"question": Question.OWN_PRODUCT, "species": NOBODY, "statement": "Each drip bag is sterile."}
STERILE = claim("Each drip bag is sterile.", category=Category.COMPOSITION)


@pytest.mark.parametrize(
    "design",
    [Design.REFERENCE_WORK, Design.LABEL, Design.STANDARDS_DOCUMENT, Design.COHORT, Design.NEWS],
)
@pytest.mark.parametrize("is_sought", [True, False])
def test_what_is_known_of_products_elsewhere_shows_nothing_of_this_one(design, is_sought):
    judged = screened(STERILE, standing_on(document(1, design), is_sought=is_sought, **OWN))
    assert (judged.verdict, judged.action) == (Verdict.UNSUPPORTED, Action.PRODUCE_DOCUMENT)
    assert told(judged) == [
        "own-document: Only a document of whoever offers it can show this, and none is recorded."
    ]


def test_a_paper_of_whoever_offers_it_shows_it():
    judged = screened(STERILE, standing_on(document(1, Design.OWN_DOCUMENT), **OWN))
    assert (judged.verdict, judged.action) == (Verdict.SUBSTANTIATED, Action.MAY_STAND)


def test_a_regulators_notice_can_still_contradict_what_a_clinic_says_of_its_product():
    notice = document(1, Design.REGULATOR_NOTICE, stance=AGAINST)
    judged = screened(STERILE, standing_on(notice, **OWN))
    assert (judged.verdict, judged.action) == (Verdict.CONTRADICTED, Action.REMOVE)


@pytest.mark.parametrize("question", [Question.BENEFIT, Question.HARM, Question.REGULATION])
def test_a_clinics_own_paper_shows_nothing_but_its_own_product(question):
    species = Species.HUMAN if question.is_graded else NOBODY
    paper = document(1, Design.OWN_DOCUMENT)
    outcome = by_papers(paper, question=question, species=species, is_sought=True)
    assert outcome.direction is Direction.NONE


# Biology


ENAMEL = {"question": Question.BIOLOGY, "species": Species.HUMAN, "statement": "Enamel has no nerves."}


def test_a_textbook_confirms_biology():
    textbook = document(1, Design.REFERENCE_WORK)
    words = claim("Enamel has no nerves.", category=Category.MECHANISM)
    judged = screened(words, standing_on(textbook, **ENAMEL))
    assert (judged.verdict, judged.action) == (Verdict.SUBSTANTIATED, Action.MAY_STAND)


@pytest.mark.parametrize(
    ("quote", "category"),
    [
        ("Vitamin C feeds collagen, so wrinkles fade.", Category.EFFICACY),
        ("Vitamin C feeds collagen for lasting firmness.", Category.DURABILITY),
        ("Vitamin C feeds collagen and works in days.", Category.ONSET),
    ],
)
def test_an_effect_on_health_is_no_biology(quote, category):
    """How something works in people does not show that it works."""
    feeds = {**ENAMEL, "statement": "Vitamin C feeds collagen."}
    judged = screened(claim(quote, category=category), standing_on(sound(1, Design.COHORT), **feeds))
    assert judged.verdict is Verdict.OVERSTATED
    assert (
        "health-effect: It promises an effect on health; how something works does not show that."
    ) in told(judged)


MOUSE = "In mice vitamin C feeds collagen."


@pytest.mark.parametrize(
    ("quote", "changes", "category", "is_effect"),
    [
        (MOUSE, {}, Category.EFFICACY, True),
        (MOUSE, {"species": Species.ANIMAL}, Category.EFFICACY, False),
        ("Vitamin C feeds collagen.", {"species": Species.ANIMAL}, Category.EFFICACY, True),
        ("Vitamin C feeds collagen, which reduces wrinkles.", {}, Category.MECHANISM, True),
        ("Vitamin C feeds collagen.", {}, Category.MECHANISM, False),
        (
            "Vitamin C feeds collagen, which reduces wrinkles.",
            {"question": Question.COMPOSITION},
            Category.MECHANISM,
            False,
        ),
        ("Vitamin C feeds collagen.", {"question": Question.COMPOSITION}, Category.EFFICACY, True),
        ("Vitamin C feeds collagen.", {"question": Question.PROTOCOL}, Category.ONSET, True),
        ("It is unclear whether vitamin C feeds collagen.", {}, Category.EFFICACY, False),
        ("Vitamin C feeds collagen.", {"question": Question.REGULATION}, Category.EFFICACY, False),
    ],
)
def test_how_something_works_shows_no_effect_on_the_health_of_people(
    quote, changes, category, is_effect
):
    about = {**ENAMEL, "statement": "Vitamin C feeds collagen.", **changes}
    animal = item(1, Design.ANIMAL, Species.ANIMAL)
    found = animal if "species" in changes else document(1, Design.REFERENCE_WORK)
    judged = screened(claim(quote, category=category), standing_on(found, **about))
    assert (Code.HEALTH_EFFECT in codes(judged)) is is_effect


# Against is something that says the opposite


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([], id="nothing"),
        pytest.param([document(1, Design.NARRATIVE_REVIEW, stance=Stance.BACKGROUND)], id="background"),
        pytest.param([document(1, Design.NEWS, stance=AGAINST)], id="a newspaper"),
        pytest.param([document(1, Design.LABEL, stance=AGAINST, checked="unverified")], id="unread"),
    ],
)
def test_that_nothing_is_there_contradicts_nothing(items):
    judged = screened(LASTS, by_papers(*items, is_sought=True))
    assert judged.verdict is Verdict.UNSUPPORTED
    assert Code.EVIDENCE_AGAINST not in codes(judged)


@pytest.mark.parametrize(
    ("items", "verdict"),
    [
        ([sound(1, stance=AGAINST), sound(2, stance=AGAINST)], Verdict.CONTRADICTED),
        ([item(stance=AGAINST)], Verdict.CONTRADICTED),
        ([item(stance=AGAINST, n=200)], Verdict.CONTRADICTED),
        ([item(stance=AGAINST, n=20)], Verdict.UNSUPPORTED),
        ([item(1, Design.CASE_SERIES, stance=AGAINST)], Verdict.UNSUPPORTED),
    ],
)
def test_what_leaves_it_very_uncertain_contradicts_nothing(items, verdict):
    judged = screened(claim("Veneers last."), standing_on(*items, statement="Veneers last."))
    assert judged.verdict is verdict
    leans = "leans-against: What there is points the other way, but leaves it very uncertain."
    assert (leans in told(judged)) is (verdict is Verdict.UNSUPPORTED)
