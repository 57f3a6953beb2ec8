"""Whether a cited source says what a claim says: the order of what answers, and what settles nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from review.model.citing import (
    Citation,
    CitedField,
    Citing,
    Fidelity,
    FidelityJudgement,
    Identity,
    Scope,
)
from review.model.records import Claim, Finding, Link, Page, Study
from review.model.vocabulary import (
    Category,
    Checked,
    Directness,
    Polarity,
    Stance,
    Wording,
    YesNo,
)
from review.verdicts.fidelity import Source, citing_of, claims_cited, held, judgements_by_pair
from review.verdicts.standing import Basis

TEXT = "A trial at Lyon found that mint tea calms a cough [1]."
PRINTED = "A trial at Lyon"


def citation(**given) -> Citation:
    fields = {
        "citation": "cit-0001",
        "page": "tea",
        "start": 0,
        "end": len(PRINTED),
        "printed": PRINTED,
        "study": "lyon2020",
        "identity": "inferred",
        "faults": "author: missing|year: missing",
        "scope": "sentence",
        "claims": "tea-001",
        "reason": "Only one trial was done there.",
    }
    return Citation(**{**fields, **given})


NAMELESS = {"study": "not_applicable", "identity": "nameless", "faults": ""}
CLAIM = Claim(
    claim="tea-001",
    page="tea",
    start=27,
    end=49,
    quote=TEXT[27:49],
    category=Category.EFFICACY,
    wording=Wording.ASSERTED,
    checkworthy=YesNo.YES,
    proposition="mint-tea-calms-cough",
    polarity=Polarity.AFFIRMS,
)
DENIAL = CLAIM.model_copy(update={"polarity": Polarity.DENIES})


def link(stance, number=1, finding="f1", **directness) -> Link:
    axes = dict.fromkeys(("population", "intervention", "outcome"), Directness.DIRECT)
    fields = {"proposition": CLAIM.proposition, "study": "lyon2020", "reason": f"Reason {number}."}
    return Link(link=f"lnk-{number:04}", finding=finding, stance=stance, **fields, **axes | directness)


def study(checked=Checked.ABSTRACT, findings=(("f1", Checked.ABSTRACT),)) -> Study:
    made = [
        Finding(finding=key, outcome="cough", result="Less.", checked=read, source="https://a.example")
        for key, read in findings
    ]
    return Study.model_construct(study="lyon2020", checked=checked, findings=tuple(made))


def answer(*links, claim=CLAIM, cited=None, **source):
    return held(cited or citation(), claim, Source(**{"study": study(), "links": links, **source}))


PARTLY, INDIRECT = {"outcome": Directness.PARTLY}, {"population": Directness.INDIRECT}
SETTLED = [
    pytest.param([(Stance.SUPPORTS, {})], Fidelity.SAYS_SO, id="just this"),
    pytest.param([(Stance.SUPPORTS, PARTLY)], Fidelity.SAYS_LESS, id="something near"),
    pytest.param([(Stance.SUPPORTS, INDIRECT)], Fidelity.SAYS_LESS, id="others"),
    pytest.param(
        [(Stance.SUPPORTS, {"comparator": Directness.PARTLY})],
        Fidelity.SAYS_LESS,
        id="another comparison",
    ),
    pytest.param(
        [(Stance.SUPPORTS, {"intervention": Directness.NOT_APPLICABLE})],
        Fidelity.SAYS_SO,
        id="what does not apply is no distance",
    ),
    pytest.param(
        [(Stance.SUPPORTS, PARTLY), (Stance.SUPPORTS, {})], Fidelity.SAYS_SO, id="one is just this"
    ),
    pytest.param([(Stance.MIXED, {})], Fidelity.SAYS_LESS, id="in part"),
    pytest.param([(Stance.MIXED, {}), (Stance.SUPPORTS, {})], Fidelity.SAYS_LESS, id="for and in part"),
    pytest.param([(Stance.CONTRADICTS, {})], Fidelity.SAYS_OTHERWISE, id="the contrary"),
    pytest.param([(Stance.CONTRADICTS, PARTLY)], Fidelity.SAYS_OTHERWISE, id="the contrary of near"),
    pytest.param([(Stance.CONTRADICTS, INDIRECT)], Fidelity.UNCHECKED, id="the contrary of others"),
    pytest.param(
        [(Stance.CONTRADICTS, {}), (Stance.SUPPORTS, {})], Fidelity.SAYS_LESS, id="for and against"
    ),
    pytest.param(
        [(Stance.CONTRADICTS, {}), (Stance.MIXED, {})], Fidelity.SAYS_LESS, id="against and in part"
    ),
    pytest.param([(Stance.BACKGROUND, {})], Fidelity.UNCHECKED, id="background is no silence"),
    pytest.param([], Fidelity.UNCHECKED, id="no link is no silence"),
]


@pytest.mark.parametrize(("links", "expected"), SETTLED)
def test_what_links_settle(links, expected):
    made = [link(stance, number, **axes) for number, (stance, axes) in enumerate(links, start=1)]
    found = answer(*made)
    assert found.fidelity is expected
    assert (found.basis, found.judged_by) == (Basis.RULE, "")
    assert (found.finding is None) is (expected is Fidelity.UNCHECKED)


def test_the_finding_that_settles_it_is_named_with_its_reason():
    found = answer(link(Stance.SUPPORTS, 1, **PARTLY), link(Stance.SUPPORTS, 2))
    assert (found.finding.finding, found.reason) == ("f1", "Reason 2.")


def test_a_finding_that_nobody_read_settles_nothing():
    unread = study(findings=(("f1", Checked.UNVERIFIED),))
    assert answer(link(Stance.SUPPORTS), study=unread).fidelity is Fidelity.UNCHECKED


def test_a_source_that_nobody_read_could_not_be_read():
    unread = study(Checked.UNVERIFIED, findings=())
    found = answer(study=unread)
    assert found.fidelity is Fidelity.COULD_NOT_BE_READ
    assert not found.is_of_the_claim


JUDGED = FidelityJudgement(
    citation="cit-0001",
    claim="tea-001",
    fidelity="does-not-speak",
    finding="f1",
    by="r.eader",
    date="2026-11-20",
    reason="Coughs were not counted.",
)


def test_what_a_person_judged_comes_before_the_links():
    found = answer(link(Stance.SUPPORTS), judgement=JUDGED)
    assert found.fidelity is Fidelity.DOES_NOT_SPEAK
    assert (found.basis, found.reason) == (Basis.RECORDED, "Coughs were not counted.")
    assert (found.finding.finding, found.judged_by) == ("f1", "r.eader")
    assert found.is_of_the_claim


def test_a_retraction_comes_before_what_a_person_judged():
    found = answer(link(Stance.SUPPORTS), judgement=JUDGED, is_retracted=True)
    assert found.fidelity is Fidelity.RETRACTED
    assert not found.is_of_the_claim


@pytest.mark.parametrize("identity", ["nameless", "not-found"])
def test_what_is_not_known_cannot_be_found(identity):
    lost = citation(**NAMELESS | {"identity": identity})
    assert answer(cited=lost, study=None).fidelity is Fidelity.CANNOT_BE_FOUND


def test_what_is_held_only_as_it_is_printed_cannot_be_found_either():
    lost = citation(identity="not-found")
    assert answer(link(Stance.SUPPORTS), cited=lost).fidelity is Fidelity.CANNOT_BE_FOUND


LOST, UNFOUND = (citation(**NAMELESS | {"identity": each}) for each in ("nameless", "not-found"))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ({"is_retracted": True}, "A retraction of it is recorded."),
        ({"study": study(Checked.UNVERIFIED)}, "Nobody has read it: neither its text nor its abstract."),
        ({}, "Nobody has held the claim against it."),
        ({"cited": LOST}, "The page names nothing by which a source could be looked up."),
        ({"cited": UNFOUND}, "It was not found; what was tried is recorded with it."),
    ],
)
def test_why_no_finding_answers_is_told(source, reason):
    found = answer(**source)
    assert (found.reason, found.is_of_the_claim) == (reason, False)


def test_a_finding_answers_for_the_claim_without_a_person():
    assert answer(link(Stance.SUPPORTS)).is_of_the_claim


def test_a_finding_that_the_source_does_not_hold_settles_nothing():
    assert answer(link(Stance.SUPPORTS, finding="f9")).fidelity is Fidelity.UNCHECKED


def test_judgements_are_found_by_citation_and_claim():
    other = JUDGED.model_copy(update={"claim": "tea-002"})
    assert judgements_by_pair([JUDGED, other]) == {
        ("cit-0001", "tea-001"): JUDGED,
        ("cit-0001", "tea-002"): other,
    }


@given(st.lists(st.sampled_from(Stance), max_size=4), st.sampled_from(Directness))
def test_a_denial_is_the_same_question_turned_round(stances, directness):
    links = [link(stance, number, outcome=directness) for number, stance in enumerate(stances, start=1)]
    turned = [each.model_copy(update={"stance": each.stance.opposite}) for each in links]
    assert answer(*links).fidelity is answer(*turned, claim=DENIAL).fidelity


@given(st.lists(st.sampled_from(Stance), max_size=3))
def test_background_changes_no_answer(stances):
    links = [link(stance, number) for number, stance in enumerate(stances, start=1)]
    more = [*links, link(Stance.BACKGROUND, 9)]
    assert answer(*links).fidelity is answer(*more).fidelity


def test_what_fails_is_what_the_source_does_not_say():
    fails = {fidelity for fidelity in Fidelity if fidelity.fails}
    assert fails == {
        Fidelity.SAYS_LESS,
        Fidelity.SAYS_OTHERWISE,
        Fidelity.DOES_NOT_SPEAK,
        Fidelity.RETRACTED,
    }
    assert all(fidelity.advice for fidelity in Fidelity)


OTHER = CLAIM.model_copy(update={"claim": "tea-002"})
ELSEWHERE = CLAIM.model_copy(update={"claim": "shop-001", "page": "shop"})


@pytest.mark.parametrize(
    ("scope", "claims", "expected"),
    [
        ("page", "", ["tea-001", "tea-002"]),
        ("page", "tea-002", ["tea-002"]),
        ("sentence", "tea-001", ["tea-001"]),
        ("mark", "", []),
    ],
)
def test_the_claims_that_a_citation_stands_for(scope, claims, expected):
    found = claims_cited(citation(scope=scope, claims=claims), [CLAIM, OTHER, ELSEWHERE])
    assert [claim.claim for claim in found] == expected


@pytest.mark.parametrize(
    ("listed", "named", "expected"),
    [
        (YesNo.YES, True, Citing.CITES),
        (YesNo.YES, False, Citing.CITES_NOTHING),
        (YesNo.NO, True, Citing.READ_IN_PART),
        (YesNo.NO, False, Citing.NOT_LOOKED_FOR),
    ],
)
def test_a_page_that_nobody_looked_at_is_not_one_that_cites_nothing(listed, named, expected):
    page = Page.model_construct(page="tea", citations_listed=listed)
    elsewhere = citation().model_copy(update={"page": "shop"})
    assert citing_of(page, [elsewhere, *([citation()] if named else [])]) is expected


# The records


def test_faults_are_read_part_by_part_and_written_back():
    found = citation(faults="year: 2021 for 2020|doi: missing|place: the pages are those of a letter")
    assert [fault.field for fault in found.faults] == [CitedField.YEAR, CitedField.DOI, CitedField.PLACE]
    assert [fault.sentence for fault in found.faults] == [
        "year: 2021 for 2020",
        "DOI left out",
        "volume and pages: the pages are those of a letter",
    ]
    written = found.model_dump(mode="json")
    assert written["faults"] == "year: 2021 for 2020|doi: missing|place: the pages are those of a letter"
    assert written["claims"] == "tea-001"
    assert Citation(**written) == found


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"end": 3}, "15 characters are printed"),
        ({"study": "not_applicable"}, "has a study"),
        (NAMELESS | {"study": "lyon2020"}, "has no study"),
        ({"identity": "exact"}, "what has a fault is not exact"),
        ({"identity": "with-faults", "faults": ""}, "names at least one fault"),
        ({"faults": "year: 2021|year: missing"}, "the same field"),
        ({"faults": "colour: red"}, "the field one of author"),
        ({"faults": "year"}, "write each fault as field: what"),
        ({"faults": "year:"}, "at least 1 character"),
        ({"claims": "tea-001|tea-001"}, "named twice"),
    ],
)
def test_a_citation_that_contradicts_itself_is_refused(given, says):
    with pytest.raises(ValidationError, match=says):
        citation(**given)


def test_what_is_exact_has_no_fault():
    assert citation(identity="exact", faults="").identity is Identity.EXACT
    assert citation(scope="page", claims="").is_for_whole_page
    assert not citation(scope="page").is_for_whole_page
    assert citation(scope="mark").scope is Scope.MARK


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"fidelity": "unchecked"}, "has no row"),
        ({"fidelity": "retracted"}, "corrections.yml"),
        *(
            ({"fidelity": fidelity, "finding": "not_applicable"}, "names the finding")
            for fidelity in ("says-so", "says-less", "says-otherwise")
        ),
    ],
)
def test_a_judgement_that_rests_on_nothing_is_refused(given, says):
    with pytest.raises(ValidationError, match=says):
        FidelityJudgement(**{**JUDGED.model_dump(), **given})


def test_silence_may_rest_on_a_finding_or_on_none():
    without = FidelityJudgement(**{**JUDGED.model_dump(), "finding": "not_applicable"})
    found = answer(judgement=without)
    assert (found.fidelity, found.finding) == (Fidelity.DOES_NOT_SPEAK, None)
    assert found.is_of_the_claim
