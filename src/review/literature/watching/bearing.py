"""Which propositions a new record may bear on: those of its search, the closest in words first."""

from collections.abc import Iterable, Mapping, Sequence

from review.literature.paper import Paper
from review.literature.ranking import Index
from review.literature.stance import claim_shares
from review.model.records import Proposition


def bearing(
    papers: Sequence[Paper],
    library: Iterable[Paper],
    propositions: Mapping[str, Proposition],
    searched_for: Mapping[str, Sequence[str]],
) -> dict[str, tuple[str, ...]]:
    """For each paper, by key, the propositions for which it was found, the closest first.

    How close is the share of a statement's words that stand in one sentence, where a word counts the
    more the rarer it is among `library` and `papers`. `searched_for` gives the propositions by key.
    """
    # A library and a search may call two papers by one key; only how rare words are is asked here.
    index = Index([*library, *papers])
    return {
        paper.key: tuple(
            sorted(
                searched_for[paper.key],
                key=lambda key: (-_share(paper, propositions[key].statement, index), key),
            )
        )
        for paper in papers
    }


def _share(paper: Paper, statement: str, index: Index) -> float:
    return round(max(claim_shares(statement, paper.sentences, index.weight)), 4)
