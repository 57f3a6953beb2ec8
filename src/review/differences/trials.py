"""Which differences cause a change, found by making them one at a time in the earlier evidence.

A difference that alone gives the later verdict is a cause. Where none does, differences are taken
away from all of them as long as the later verdict remains; what is left is needed together.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from review.differences.edits import READ_BY, EvidenceEdit
from review.differences.model import How, Why
from review.dossier.dossier import Dossier, lexicon_of
from review.language.lexicon import Lexicon
from review.model.records import Evidence
from review.verdicts.standing import Standing


def responsible(
    edits: Sequence[EvidenceEdit], gives_it: Callable[[Sequence[EvidenceEdit]], bool]
) -> Why:
    """The causes among `edits`, all of which together give the change; two trials for each at most."""
    alone = [edit for edit in edits if gives_it([edit])]
    if alone:
        return Why(How.ALONE, tuple(edit.cause for edit in alone))
    needed = list(edits)
    # From the last on, so that of several sets that would do, the one of earlier differences is named.
    for edit in reversed(edits):
        rest = [other for other in needed if other is not edit]
        if gives_it(rest):
            needed = rest
    return Why(How.TOGETHER, tuple(edit.cause for edit in needed))


class Trials:
    """Standings of the earlier evidence with some of the differences made in it."""

    def __init__(self, old: Dossier, edits: Sequence[EvidenceEdit]) -> None:
        self._old = old
        self.edits = tuple(edits)
        self._known: dict[tuple[str, frozenset[EvidenceEdit]], Standing | None] = {}
        self._lexicons: dict[frozenset[EvidenceEdit], Lexicon] = {}

    def lexicon(self, edits: Sequence[EvidenceEdit]) -> Lexicon:
        """The words by which the earlier pages would be read with only `edits` made."""
        read_by = frozenset(edit for edit in edits if edit.cause.kind in READ_BY)
        if read_by not in self._lexicons:
            self._lexicons[read_by] = (
                lexicon_of(self._with(read_by), self._old.jurisdictions)
                if read_by
                else self._old.lexicon
            )
        return self._lexicons[read_by]

    def edits_of(self, *propositions: str) -> list[EvidenceEdit]:
        """The differences in the evidence of some propositions."""
        return [edit for edit in self.edits if edit.propositions & set(propositions)]

    def standing(self, proposition: str, edits: Sequence[EvidenceEdit]) -> Standing | None:
        """Where `proposition` would stand with only `edits` made; None where they cannot stand alone.

        A link to a study that is not there yet is such a case.
        """
        asked = (proposition, frozenset(edits))
        if asked not in self._known:
            self._known[asked] = self._tried(proposition, edits)
        return self._known[asked]

    def _tried(self, proposition: str, edits: Sequence[EvidenceEdit]) -> Standing | None:
        evidence = self._with(edits)
        # Links of other propositions bear on nothing here, and need not be whole.
        own = {key: link for key, link in evidence.links.items() if link.proposition == proposition}
        evidence = replace(evidence, links=own)
        if proposition not in evidence.propositions or not _is_whole(evidence):
            return None
        return Dossier(evidence, self._old.as_of).standing(proposition)

    def _with(self, edits: Iterable[EvidenceEdit]) -> Evidence:
        evidence = self._old.evidence
        for edit in edits:
            evidence = edit.apply(evidence)
        return evidence


def _is_whole(evidence: Evidence) -> bool:
    """Whether every link names a finding that is there, of a study that is there."""
    return all(
        link.study in evidence.studies
        and any(f.finding == link.finding for f in evidence.studies[link.study].findings)
        for link in evidence.links.values()
    )
