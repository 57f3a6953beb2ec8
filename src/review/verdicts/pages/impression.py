"""What a page leaves a reader with: its headline, its blocking flags, and the three disclosures.

Claims are judged by the net impression on the reader (FTC Health Products Compliance Guidance, 2022).
The headline and the first paragraph weigh most, and a disclosure later on the page clears no flag in
them; how they are told apart here is our convention. The three disclosures are those counted on
clinic sites in a published survey: limits of the evidence, risks, regulatory status.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from review.language.flags.screen import Hit
from review.model.vocabulary import Category, Ground, Polarity, Question, Verdict, YesNo
from review.verdicts.verdict import Judged

LIMITS, RISKS, STATUS = "limits of the evidence", "risks", "regulatory status"
_LIMIT = re.compile(r"\b(experimental|more research)\b", re.I)


@dataclass(frozen=True, slots=True)
class Impression:
    """The impression of one page.

    `claims` are all its claims, `open_claims` those of them that are not confirmed as they are worded;
    `headline` are the claims worth checking that begin in the headline or the first paragraph,
    `failing` those of them that cannot stand, `blocked` all claims with a blocking flag, `disclosures`
    the claims that make each disclosure; an empty list means that the page leaves it out.
    """

    claims: int
    open_claims: int
    headline: tuple[Judged, ...]
    failing: tuple[Judged, ...]
    blocked: tuple[Judged, ...]
    disclosures: dict[str, tuple[str, ...]]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The disclosures that the page does not make."""
        return tuple(kind for kind, claims in self.disclosures.items() if not claims)

    @property
    def sentence(self) -> str:
        """The impression in one sentence."""
        number = len(self.blocked)
        claims = "1 claim on the page carries" if number == 1 else f"{number} claims on the page carry"
        finding = f"{self._opening}; {claims} a flag that blocks publication"
        if self.left_out:
            return f"{finding}; the page says nothing of {' or '.join(self.left_out)}."
        return f"{finding}; the page discloses limits, risks and status."

    @property
    def _opening(self) -> str:
        """What the page comes to, and its headline where that fails; one that stands tells nothing."""
        of_page = f"{self.open_claims} of {self.claims} claims on the page are not confirmed as worded"
        if not self.failing:
            return of_page
        where = "in the headline and first paragraph"
        return f"{of_page}, and {len(self.failing)} of {len(self.headline)} {where} cannot stand"


def impression(text: str, judged: Sequence[Judged], hits: Sequence[Hit]) -> Impression:
    """The impression that a page with these judged claims and flags leaves."""
    end = _end_of_first_paragraph(text)
    # What is background or set aside reassures nobody, whether it stands or not.
    headline = tuple(j for j in judged if j.claim.start < end and _is_weighty(j))
    failing = tuple(j for j in headline if not j.may_stand)
    blocked = tuple(j for j in judged if j.is_blocked)
    open_claims = sum(not j.may_stand for j in judged)
    return Impression(len(judged), open_claims, headline, failing, blocked, _disclosures(judged, hits))


MIN_WORDS = 8
"""A shorter line is a heading, a question or a menu, not the first paragraph."""


def _is_weighty(judged: Judged) -> bool:
    is_worthy = judged.claim.checkworthy is YesNo.YES
    return is_worthy and judged.verdict is not Verdict.SET_ASIDE


def _end_of_first_paragraph(text: str) -> int:
    """Where the first line ends that is long enough for a paragraph and makes a statement."""
    for line in re.finditer(r"[^\n]+", text):
        words = line[0].split()
        if len(words) >= MIN_WORDS and re.search(r"[.!…][\"'”’)]?\s*$", line[0]):
            return line.end()
    return len(text)


def _disclosures(judged: Sequence[Judged], hits: Sequence[Hit]) -> dict[str, tuple[str, ...]]:
    # A sentence that truthfully denies approval is met like a flag, and is none.
    denials = [hit for hit in hits if hit.flag.ground is Ground.DISCLOSURE]
    status = (
        j.claim.claim
        for j in judged
        if any(hit.start < j.claim.end and j.claim.start < hit.end for hit in denials)
    )
    return {
        LIMITS: tuple(j.claim.claim for j in judged if _states_a_limit(j)),
        RISKS: _risks(judged),
        STATUS: tuple(status),
    }


MIN_RISKS = 2
"""One after-effect alone is no account of the risks (our convention)."""


def _risks(judged: Sequence[Judged]) -> tuple[str, ...]:
    """The claims that tell different harms of, or reasons against, what is offered here."""
    risks = [j for j in judged if _is_risk(j)]
    different = {j.claim.proposition for j in risks}
    return tuple(j.claim.claim for j in risks) if len(different) >= MIN_RISKS else ()


def _is_risk(judged: Judged) -> bool:
    claim, is_harm = judged.claim, judged.standing.proposition.question is Question.HARM
    # That something else lessens the effect is told for the sake of the effect.
    is_told_as_one = claim.category in (Category.SAFETY, Category.CONTRAINDICATION)
    affirms = claim.polarity is Polarity.AFFIRMS
    return is_harm and is_told_as_one and affirms and judged.is_of_the_offered


def _states_a_limit(judged: Judged) -> bool:
    proposition = judged.standing.proposition
    if (
        proposition.question is not Question.RESEARCH_STATE
        or judged.verdict is not Verdict.SUBSTANTIATED
    ):
        return False
    denies = judged.claim.polarity is Polarity.DENIES
    return denies or bool(_LIMIT.search(proposition.statement))
