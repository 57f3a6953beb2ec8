"""In which order claims need attention."""

from review.model.vocabulary import YesNo
from review.verdicts.verdict import Judged


def urgency(judged: Judged) -> tuple[int, int, int, int, str]:
    """Orders claims by what they can do if published: unchecked background last.

    First whether the claim is checkworthy and no caution, then the verdict, then blocking flags, then
    the category by the harm a reader could take from it (our convention).
    """
    claim = judged.claim
    blocking = sum(hit.flag.is_blocking for hit in judged.flags)
    can_wait = claim.checkworthy is YesNo.NO or judged.is_caution
    return (int(can_wait), judged.verdict.urgency, -blocking, claim.category.harm_rank, claim.claim)
