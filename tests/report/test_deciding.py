"""What has to be decided, in groups, and the sheet on which one decides."""

import json
from dataclasses import replace

import pytest

from review.model.vocabulary import Action, DecisionKind, DecisionScope, Tier
from review.people.decisions import basis_digest
from review.report.deciding.groups import SUGGESTED, decision_groups
from review.report.deciding.sheet import LETTERS, STANDS, sheet_json
from review.report.model import DecisionRow

TAKEN = DecisionRow(
    DecisionKind.REMOVE, "not_applicable", "reviewer A", "director", "2026-11-20", "So.", False,
    scope=DecisionScope.SENTENCE,
)  # fmt: skip


@pytest.fixture(scope="module")
def groups(whole):
    return decision_groups(whole)


def decided(report, *claims, taken=TAKEN):
    rows = (replace(r, decisions=(taken,)) if r.claim in claims else r for r in report.claims)
    return replace(report, claims=tuple(rows))


def test_every_sentence_is_in_one_group_and_every_claim_is_decided_somewhere(whole, groups):
    placed = [(s.page, s.start) for group in groups for s in group.sentences]
    assert sorted(placed) == sorted((s.page, s.start) for s in whole.sentences)
    held = {row.claim for group in groups for row in group.claims}
    assert held == {claim for sentence in whole.sentences for claim in sentence.claims}


def test_a_group_states_one_thing_and_needs_one_thing(groups):
    for group in groups:
        if not group.stands:
            needs = {(s.action, s.tier, s.wording, s.plain, s.warns) for s in group.sentences}
            assert len(needs) == 1
            stated = {
                frozenset((r.proposition, r.polarity) for r in group.claims if r.claim in s.claims)
                for s in group.sentences
            }
            assert len(stated) == 1


def test_what_can_hurt_comes_first_as_the_report_tells_it_and_what_may_stand_last(whole, groups):
    order = [(group.stands, list(Tier).index(group.lead.tier)) for group in groups]
    assert order == sorted(order)
    hurting = [group for group in groups if group.lead.tier is Tier.CAN_HURT and not group.stands]
    told = [whole.sentence_of(key) for key in whole.worst]
    first = [s.decided_by for s in told if s.tier is Tier.CAN_HURT]
    assert [set(first[:1]) & {r.claim for r in group.claims} for group in hurting[:1]] == [{first[0]}]
    standing = [group for group in groups if group.stands]
    assert len(standing) == len({s.page for s in whole.sentences if s.action is Action.MAY_STAND})


def test_every_action_suggests_a_decision_and_every_decision_has_a_key():
    assert set(SUGGESTED) == set(Action)
    assert set(LETTERS) == set(DecisionKind)
    keys = [*LETTERS.values(), "j", "k", "u", "n"]
    assert len(set(keys)) == len(keys)


def test_a_group_is_decided_when_all_its_claims_are_alike_and_on_this_evidence(whole, groups):
    group = next(g for g in groups if len(g.claims) > 1 and not g.stands)
    claims = [row.claim for row in group.claims]

    def found(report):
        return next(g for g in decision_groups(report) if g.claims[0].claim == claims[0]).decided

    assert found(whole) is None
    assert found(decided(whole, *claims)) == TAKEN
    assert found(decided(whole, *claims[1:])) is None
    old = replace(TAKEN, on_earlier_evidence=True)
    assert found(decided(decided(whole, *claims), claims[0], taken=old)) is None
    other = replace(TAKEN, decision=DecisionKind.KEEP)
    assert found(decided(decided(whole, *claims), claims[0], taken=other)) is None


def test_the_sheet_holds_what_each_claim_rests_on(review, whole, groups):
    sheet = json.loads(sheet_json(whole))
    digests = {claim: digest for group in sheet["groups"] for claim, digest in group["claims"].items()}
    assert len(digests) == len({row.claim for group in groups for row in group.claims})
    for claim in list(digests)[::50]:
        assert digests[claim] == basis_digest(review.evidence, claim)
    assert [group["tier"] for group in sheet["groups"]][-1] == STANDS
    assert set(sheet["tiers"]) == {*map(str, Tier), STANDS}


def test_no_text_of_a_page_can_begin_an_element_within_the_sheet(one_page):
    hostile = replace(one_page.sentences[0], text="</script><script>alert(1)</script>&amp;\u202e")
    report = replace(one_page, sentences=(hostile, *one_page.sentences[1:]))
    text = sheet_json(report)
    assert not set(text) & set("<>&\u202e")
    places = [p["text"] for group in json.loads(text)["groups"] for p in group["places"]]
    assert any(place.startswith("</script><script>alert(1)</script>&amp;") for place in places)


def test_only_a_director_decides(class_report, clinic_report):
    assert sheet_json(class_report) == ""
    assert sheet_json(clinic_report) == ""


def test_another_evidence_has_another_name_in_the_browser(one_page):
    names = {
        json.loads(sheet_json(report))["sheet"]
        for report in (
            one_page,
            replace(one_page, claims=tuple(replace(r, rests_on="0" * 64) for r in one_page.claims)),
        )
    }
    assert len(names) == 2
