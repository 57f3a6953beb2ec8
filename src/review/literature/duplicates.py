"""The same paper from several files: told by its identifiers, or by its title and year, and joined."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from unicodedata import normalize

from rapidfuzz import fuzz

from review.literature.paper import Paper
from review.model.vocabulary import NoticeKind

ALIKE = 60
"""How alike, of 100, titles under one DOI must be: all abstracts of a supplement may have one DOI."""
LEAST_LETTERS = 25
"""A title shorter than this names a paper only together with its first author."""
MOST_ALIKE = 50
"""A title that stands more often in one year names a column, not a paper."""


def joined(papers: Sequence[Paper]) -> list[Paper]:
    """Each paper once, at its first place, with what the others add and where they stand.

    Two entries are the same paper when they share a PubMed number; a DOI, unless their titles are
    wholly different; or a title and a year, unless identifiers or first authors differ.
    """
    groups = _Groups(papers)
    by_mark: defaultdict[str, list[int]] = defaultdict(list)
    for at, paper in enumerate(papers):
        for mark in _marks(paper):
            alike = by_mark[mark]
            if len(alike) < MOST_ALIKE:
                for known in alike:
                    groups.join(at, known)
                alike.append(at)
    return [_merged(group) for group in groups.members()]


def with_linked_notices(papers: Sequence[Paper]) -> list[Paper]:
    """The papers, each marked also by the notices among them that name it."""
    about: defaultdict[str, set[NoticeKind]] = defaultdict(set)
    for paper in papers:
        for kind, identifier in paper.notices.names:
            about[identifier].add(kind)
    return [_marked(paper, {kind for i in paper.identifiers for kind in about[i]}) for paper in papers]


def _marked(paper: Paper, kinds: Iterable[NoticeKind]) -> Paper:
    notices = paper.notices.with_about(kinds)
    return paper if notices == paper.notices else replace(paper, notices=notices)


class _Groups:
    """Papers in groups that grow together; the first of a group stands for it."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._parent = list(range(len(papers)))
        # What a whole group is called by, so that no chain joins two papers that differ.
        self._doi = [paper.doi for paper in papers]
        self._pmid = [paper.pmid for paper in papers]

    def join(self, at: int, known: int) -> None:
        """Make one group of the groups of two papers, unless these are different papers."""
        first, second = sorted((self._root(at), self._root(known)))
        if first == second or not self._are_same(first, second, self._papers[at], self._papers[known]):
            return
        self._parent[second] = first
        self._doi[first] = self._doi[first] or self._doi[second]
        self._pmid[first] = self._pmid[first] or self._pmid[second]

    def members(self) -> Iterable[Sequence[Paper]]:
        """The groups, in the order of their first papers."""
        groups: dict[int, list[Paper]] = {}
        for at, paper in enumerate(self._papers):
            groups.setdefault(self._root(at), []).append(paper)
        return groups.values()

    def _root(self, at: int) -> int:
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def _are_same(self, first: int, second: int, paper: Paper, known: Paper) -> bool:
        """Whether two papers are one, and nothing in their groups, `first` and `second`, says no."""
        if _differ(self._pmid[first], self._pmid[second]):
            return False
        if self._pmid[first] and self._pmid[first] == self._pmid[second]:
            return True
        if _differ(self._doi[first], self._doi[second]):
            return False
        if paper.doi and paper.doi == known.doi:
            return bool(fuzz.token_set_ratio(_letters(paper.title), _letters(known.title)) >= ALIKE)
        # A notice often has the title of the paper that it is about.
        if paper.notices.itself != known.notices.itself:
            return False
        return not _differ(_first_author(paper), _first_author(known))


def _differ(name: str, other: str) -> bool:
    return bool(name and other and name != other)


def _marks(paper: Paper) -> Iterable[str]:
    yield from paper.identifiers
    title, author = _letters(paper.title), _first_author(paper)
    if paper.year and len(title) >= LEAST_LETTERS:
        yield f"title:{paper.year} {title}"
    elif paper.year and author and not _OF_COLUMN.search(title):
        yield f"title:{paper.year} {title} by {author}"


# What one author may write several of in a year.
_OF_COLUMN = re.compile(
    r"\b(?:abstracts?|authors?|comment|commentary|correction|correspondence|editor|editorial|erratum|foreword"
    r"|introduction|issue|letters?|news|obituary|poster|preface|reply|response|review|reviews|summary)\b|^\w+$"
)


def _letters(text: str) -> str:
    """A text without accents, marks and capitals; what a publisher puts before a title is left out."""
    plain = normalize("NFKD", _PUBLISHERS_MARK.sub("", text)).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not "\u0300" <= c <= "\u036f")))


_PUBLISHERS_MARK = re.compile(
    r"^\W*(?:retracted|withdrawn)(?:\s+article)?\W+|[(\[]\s*retracted\b[^()\[\]]*[)\]]\W*$",
    re.IGNORECASE,
)


def _first_author(paper: Paper) -> str:
    """The last word of the first author's name: files differ on whether a particle belongs to it."""
    return _letters(paper.authors[0]).rpartition(" ")[2] if paper.authors else ""


def _merged(group: Sequence[Paper]) -> Paper:
    """The first of a group, with whatever it lacks from the others; the longest abstract of all."""
    first, *others = group
    if not others:
        return first
    notices, details = first.notices, first.details
    for other in others:
        notices = notices.joined(other.notices)
        details = details.joined(other.details)
    longest = max(group, key=lambda paper: len(paper.authors))
    return replace(
        first,
        abstract=max((paper.abstract for paper in group), key=len),
        authors=longest.authors,
        more_authors=longest.more_authors,
        year=next((paper.year for paper in group if paper.year), ""),
        container=next((paper.container for paper in group if paper.container), ""),
        publication_types=tuple(dict.fromkeys(t for paper in group for t in paper.publication_types)),
        doi=next((paper.doi for paper in group if paper.doi), ""),
        pmid=next((paper.pmid for paper in group if paper.pmid), ""),
        notices=notices,
        details=details,
        also=tuple(paper.place for paper in others),
    )
