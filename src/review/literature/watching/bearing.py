"""Which propositions a new record may bear on: those of its search, the closest in words first."""

from collections.abc import Iterable, Mapping, Sequence

from review.literature.paper import Paper
from review.literature.ranking import Index
from review.literature.stance import claim_shares
from review.model.records import Proposition


def bearing(
    papers: Sequence[Paper],
    library: Iterable[Paper],
    searched_for: Sequence[str],
    propositions: Mapping[str, Proposition],
) -> dict[str, tuple[str, ...]]:
    """For each paper, by its key, the propositions it was `searched_for`, the closest first.

    How close is the share of a statement's words that stand in one sentence, where a word counts the
    more the rarer it is among `library` and `papers`.
    """
    index = Index([*library, *papers])

    def share(paper: Paper, key: str) -> float:
        shares = claim_shares(propositions[key].statement, paper.sentences, index.weight)
        # What is left below this is rounding, and equal ones go by their id.
        return round(max(shares), 4)

    return {
        paper.key: tuple(sorted(searched_for, key=lambda key: (-share(paper, key), key)))
        for paper in papers
    }
