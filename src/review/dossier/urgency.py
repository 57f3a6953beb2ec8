"""In which order sentences need attention: by the harm they can do, not by their verdict."""

from review.verdicts.pages.sentences import JudgedSentence

Urgency = tuple[int, bool, bool, int, bool, int, int, str, int]


def urgency(sentence: JudgedSentence, *, is_headline: bool, pages: int) -> Urgency:
    """Orders sentences by what they can do if they are published (our convention).

    First the tier, in it a medicine to be stopped, what a flag blocks, the harm by its kind of claim,
    whether it stands in the headline or the first paragraph, on how many `pages` the same statement
    stands, and last the verdict.
    """
    decisive = sentence.decisive
    return (
        sentence.tier.place,
        not decisive.stops_a_medicine,
        not decisive.is_blocked,
        decisive.claim.category.harm_rank,
        not is_headline,
        -pages,
        sentence.verdict.urgency,
        sentence.page,
        sentence.start,
    )
