"""A paper as a search sees it: title, abstract and what is known of it."""

from dataclasses import dataclass

from review.language.sentences import sentences
from review.literature.details import NO_DETAILS, Details
from review.literature.notices import NO_NOTICES, Notices
from review.model.errors import InFile
from review.model.vocabulary import Checked, Design, Species


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry of a corpus.

    `authors` are family names or names of bodies, `more_authors` that the entry leaves some out.
    `publication_types` are the words an index such as PubMed gives. `also` are the other places where
    the same paper stands, `details` what else the entry says of it. `design`, `species` and `checked`
    are known for studies of the evidence only.
    """

    key: str
    title: str
    abstract: str
    place: InFile
    authors: tuple[str, ...] = ()
    more_authors: bool = False
    year: str = ""
    container: str = ""
    publication_types: tuple[str, ...] = ()
    doi: str = ""
    pmid: str = ""
    notices: Notices = NO_NOTICES
    also: tuple[InFile, ...] = ()
    details: Details = NO_DETAILS
    design: Design | None = None
    species: Species | None = None
    checked: Checked | None = None

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What names this paper everywhere, each with its kind before it."""
        return (*named("doi", self.doi), *named("pmid", self.pmid))

    @property
    def citation(self) -> str:
        """First author, year and where it appeared, as far as the corpus says."""
        more = " et al." if len(self.authors) > 1 or self.more_authors else ""
        first = f"{self.authors[0]}{more}" if self.authors else ""
        dated = " ".join(part for part in (first, self.year) if part)
        return ", ".join(part for part in (dated, self.container) if part) or "no citation given"

    @property
    def sentences(self) -> tuple[str, ...]:
        """The title, then the sentences of the abstract."""
        return (self.title, *sentences(self.abstract))


def named(kind: str, value: str) -> tuple[str, ...]:
    """An identifier with its kind before it, or nothing where there is none."""
    return (f"{kind}:{value}",) if value else ()
