"""Two states of the evidence compared: both are judged anew by the same rules, on the same date."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from review.differences import record_sentences as sentences
from review.differences.edits import EvidenceEdit, edits_between
from review.differences.model import (
    STANDING,
    Cause,
    ClaimChange,
    Comparison,
    How,
    Outdated,
    Side,
    StandingChange,
    Turn,
    Why,
    changed_facets,
    decided,
    in_order,
    standings_in_order,
    turn,
)
from review.differences.trials import Trials, responsible
from review.differences.words import Term, joined
from review.dossier.dossier import Dossier
from review.model.records import Decision
from review.people.decisions import basis_digest
from review.verdicts.standing import Standing
from review.verdicts.verdict import Judged, verdict_of


def compare_evidence(old: Dossier, new: Dossier, names: tuple[str, str]) -> Comparison:
    """What changed from `old` to `new`, which see the evidence on the same date, and why."""
    trials = Trials(old, edits_between(old.evidence, new.evidence))
    before, after = ({j.claim.claim: j for j in side.judged} for side in (old, new))
    other_packs = next((edit for edit in trials.edits if edit.cause.kind == "packs"), None)
    page_edits = {
        key: edit
        for key in before
        if key in after and (edit := _page_edit(before[key], after[key], other_packs))
    }
    claims = in_order(_claims(before, after, page_edits, trials))
    standings = standings_in_order(_standings(old, new, trials))
    named = decided(claims, standings)
    causes = dict.fromkeys(edit.cause for edit in (*trials.edits, *page_edits.values()))
    return Comparison(
        old=_side(old, names[0]),
        new=_side(new, names[1]),
        how=How.ALONE,
        notes=(),
        claims=claims,
        standings=standings,
        outdated=tuple(_outdated(old, new)),
        others=tuple(cause for cause in causes if cause not in named),
    )


def _side(review: Dossier, name: str) -> Side:
    counts = {str(verdict): count for verdict, count in review.verdict_counts.items()}
    return Side(name, review.as_of.isoformat(), counts)


# A claim that has only moved on its page is the same claim.
_WHERE_IT_STANDS = ("start", "end")


def _page_edit(before: Judged, after: Judged, other_packs: EvidenceEdit | None) -> EvidenceEdit | None:
    """What changed in the words of a claim, in what they were read as, or in the flags met in them.

    Where the same words meet other flags by other packs, it is the edit of the packs.
    """
    parts = list(sentences.changed_values(dict(before.claim), dict(after.claim), _WHERE_IT_STANDS))
    flags = [sorted({hit.flag.flag for hit in judged.flags}) for judged in (before, after)]
    if flags[0] != flags[1]:
        if not parts and other_packs:
            return other_packs
        parts.append(sentences.set_change("flags met in it", *flags))
    if not parts:
        return None
    cause = Cause(
        "claim", before.claim.claim, ("page edit of ", Term(before.claim.claim), ": ", *joined(parts))
    )
    # It changes no evidence: it is tried by judging the later words in place of the earlier.
    return EvidenceEdit(cause, frozenset(), lambda evidence: evidence)


def _claims(
    before: Mapping[str, Judged],
    after: Mapping[str, Judged],
    page_edits: Mapping[str, EvidenceEdit],
    trials: Trials,
) -> Iterator[ClaimChange]:
    for key in sorted({*before, *after}):
        was, now, edit = before.get(key), after.get(key), page_edits.get(key)
        if was is None or now is None:
            yield _one_sided(was, now)
        elif was.verdict is not now.verdict:
            why = _why(was, now, edit, trials)
            yield _both_sided(was, now, turn(was.verdict, now.verdict), why)
        elif edit:
            yield _both_sided(was, now, Turn.EDITED, Why(How.ALONE, (edit.cause,)))


def _one_sided(was: Judged | None, now: Judged | None) -> ClaimChange:
    held = now or was
    assert held is not None, "one side holds it"
    return ClaimChange(
        claim=held.claim.claim,
        page=held.claim.page,
        turn=Turn.ADDED if now else Turn.GONE,
        quote_before=was.claim.quote if was else "",
        quote=now.claim.quote if now else "",
        before=str(was.verdict) if was else "",
        after=str(now.verdict) if now else "",
    )


def _both_sided(was: Judged, now: Judged, turned: Turn, why: Why) -> ClaimChange:
    return ClaimChange(
        claim=now.claim.claim,
        page=now.claim.page,
        turn=turned,
        quote_before=was.claim.quote,
        quote=now.claim.quote,
        before=str(was.verdict),
        after=str(now.verdict),
        now=tuple(reason.sentence for reason in now.reasons),
        why=why,
    )


def _why(was: Judged, now: Judged, page_edit: EvidenceEdit | None, trials: Trials) -> Why:
    """What of the page or of the evidence gives the later verdict."""
    edits = trials.edits_of(was.claim.proposition, now.claim.proposition)

    def gives_it(tried: Sequence[EvidenceEdit]) -> bool:
        seen = now if page_edit in tried else was
        made = [edit for edit in tried if edit in trials.edits]
        standing = trials.standing(seen.claim.proposition, made)
        if standing is None:
            return False
        return verdict_of(seen.claim, standing, trials.lexicon(made), seen.flags).verdict is now.verdict

    return responsible(list(dict.fromkeys([page_edit, *edits] if page_edit else edits)), gives_it)


def _standings(old: Dossier, new: Dossier, trials: Trials) -> Iterator[StandingChange]:
    for key in sorted(set(old.evidence.propositions) & set(new.evidence.propositions)):
        after = _facets(new.standing(key))
        facets = changed_facets(_facets(old.standing(key)), after)
        if facets:
            why = responsible(trials.edits_of(key), partial(_stands_so, trials, key, after))
            statement = new.evidence.propositions[key].statement
            yield StandingChange(key, statement, facets, why)


def _stands_so(
    trials: Trials, key: str, facets: Mapping[str, str], tried: Sequence[EvidenceEdit]
) -> bool:
    standing = trials.standing(key, tried)
    return standing is not None and _facets(standing) == facets


def _facets(standing: Standing) -> dict[str, str]:
    """What is said of a proposition, as far as a change of it should be told."""
    return {
        STANDING: standing.label,
        "direction": str(standing.direction),
        "OCEBM level": standing.level.number,
        "basis": str(standing.basis),
    }


def _outdated(old: Dossier, new: Dossier) -> Iterator[Outdated]:
    """The decisions that hold now and rest on earlier evidence, if they did not do so before."""
    holding = {taken.claim: taken for taken in new.evidence.decisions}
    for claim, taken in sorted(holding.items()):
        was_already = taken in old.evidence.decisions and _is_on_earlier_evidence(taken, old)
        if _is_on_earlier_evidence(taken, new) and not was_already:
            yield Outdated(
                claim, str(taken.decision), taken.reviewer, taken.role, taken.date.isoformat()
            )


def _is_on_earlier_evidence(taken: Decision, review: Dossier) -> bool:
    return taken.claim not in review.evidence.claims or taken.digest != basis_digest(
        review.evidence, taken.claim
    )
