"""How long people were followed, against the time for which something is claimed.

Asked of benefit, harm, comparison, prognosis and screening. For prevalence the horizon is the period or
the age that a share is about, not a time after a treatment; a diagnosis is made on the spot. A time
until something happens ("results in 3 to 6 months") is held to the same rule as a time for which it
lasts: a follow-up that reaches its end is enough. Whether anybody looked early enough is not asked. That
times are compared at all is our convention.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from review.language.figures.figures import Figure, Figures
from review.language.figures.times import is_permanent, longest, longest_time, reaches
from review.model.records import Proposition
from review.model.vocabulary import Question
from review.verdicts.bodies import Item

ASKED_OF = (
    Question.BENEFIT,
    Question.HARM,
    Question.COMPARISON,
    Question.PROGNOSIS,
    Question.SCREENING,
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A time that no follow-up reaches: what is claimed, and the longest follow-up that is known.

    `claimed` is in words; `longest` is None where no finding says how long people were followed;
    `all_known` says whether every finding does.
    """

    claimed: str
    longest: Figure | None
    all_known: bool

    def __str__(self) -> str:
        if self.longest is None:
            known = "no supporting finding says how long people were followed"
        else:
            which = "the longest" if self.all_known else "the longest known"
            known = f"{which} supporting follow-up is {self.longest}"
        return f"The page speaks of {self.claimed}; {known}."


def shortfall(
    proposition: Proposition, supporting: Iterable[Item], figures: Figures
) -> Shortfall | None:
    """How the follow-up of `supporting` falls short of the horizon of `proposition`.

    None where a follow-up reaches it, where the horizon is no time that can be compared, where the
    question is not asked, and where nothing supports. A finding without a time of its own was made
    within the follow-up of its study.
    """
    items = list(supporting)
    permanent = is_permanent(proposition.horizon)
    claimed = longest_time(proposition.horizon, figures)
    if proposition.question not in ASKED_OF or not items or not (permanent or claimed):
        return None
    # A follow-up that is not known reaches nothing, and none reaches for ever.
    followed = [_followed(item, figures) for item in items]
    known = [time for time in followed if time is not None]
    if not permanent and claimed is not None and any(reaches(time, claimed) for time in known):
        return None
    return Shortfall(
        claimed="a permanent effect" if permanent else str(claimed),
        longest=longest(known),
        all_known=len(known) == len(followed),
    )


def _followed(item: Item, figures: Figures) -> Figure | None:
    at_point = longest_time(item.finding.time_point or "", figures)
    return at_point or longest_time(item.study.follow_up, figures)
