"""Which claims come first where only some can be looked at."""

from sample_body import AS_OF, item, proposition
from sample_lexicon import PLAIN as LEXICON

from review.dossier.urgency import urgency
from review.model.records import Claim
from review.model.vocabulary import Severity
from review.verdicts.bodies import body_of_evidence
from review.verdicts.standing import standing_of
from review.verdicts.verdict import verdict_of


def judged(number, quote, *items, **changes):
    about = proposition()
    cells = {
        "claim": f"home-{number:03d}", "page": "home", "start": 0, "end": len(quote), "quote": quote,
        "category": "efficacy", "wording": "asserted", "checkworthy": "yes",
        "proposition": about.proposition, "polarity": "affirms",
    }  # fmt: skip
    standing = standing_of(about, body_of_evidence(about, items, AS_OF))
    return verdict_of(
        Claim(**{**cells, **changes}), standing, LEXICON, tuple(LEXICON.screen.hits(quote))
    )


PLAIN = "It regrows hair."
BLOCKED = "It regrows hair forever."
BLOCKED_TWICE = "It permanently regrows hair and is completely safe."
TO_REVIEW = "It regrows hair in 90% of men."


def severities(one):
    return [hit.flag.severity for hit in one.flags]


def order(*claims):
    return [one.claim.claim for one in sorted(claims, key=urgency)]


def test_of_claims_with_one_verdict_those_with_blocking_flags_come_first():
    plain, blocked, twice = judged(1, PLAIN), judged(2, BLOCKED), judged(3, BLOCKED_TWICE)
    assert severities(plain) == []
    assert severities(blocked) == [Severity.BLOCK]
    assert severities(twice) == [Severity.BLOCK] * 2
    assert len({one.verdict for one in (plain, blocked, twice)}) == 1
    assert order(plain, blocked, twice) == ["home-003", "home-002", "home-001"]


def test_a_flag_that_only_asks_for_a_review_moves_nothing():
    to_review, plain = judged(2, TO_REVIEW), judged(1, PLAIN)
    assert severities(to_review) == [Severity.REVIEW]
    assert order(to_review, plain) == ["home-001", "home-002"]


def test_a_worse_verdict_comes_before_any_flag():
    refuted = judged(2, PLAIN, item(stance="contradicts"))
    flagged = judged(1, BLOCKED_TWICE)
    assert order(flagged, refuted) == ["home-002", "home-001"]


def test_what_nobody_needs_to_check_comes_last_whatever_its_flags():
    can_wait = judged(1, BLOCKED_TWICE, checkworthy="no")
    assert order(can_wait, judged(2, PLAIN)) == ["home-002", "home-001"]


def test_of_claims_alike_the_category_that_can_do_more_harm_comes_first():
    efficacy, safety = judged(1, PLAIN), judged(2, PLAIN, category="safety")
    assert order(efficacy, safety) == ["home-002", "home-001"]
