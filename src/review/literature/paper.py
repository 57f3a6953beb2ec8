"""A paper as a search sees it: title, abstract and what is known of it."""

from dataclasses import dataclass

from review.language.sentences import sentences
from review.model.errors import InFile
from review.model.vocabulary import Checked, Design, Species


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry of a corpus.

    `authors` are family names or names of bodies. `publication_types` are the words an index such as
    PubMed gives. `design`, `species` and `checked` are known for studies of the evidence only.
    """

    key: str
    title: str
    abstract: str
    place: InFile
    authors: tuple[str, ...] = ()
    year: str = ""
    container: str = ""
    publication_types: tuple[str, ...] = ()
    design: Design | None = None
    species: Species | None = None
    checked: Checked | None = None

    @property
    def citation(self) -> str:
        """First author, year and where it appeared, as far as the corpus says."""
        more = " et al." if len(self.authors) > 1 else ""
        first = f"{self.authors[0]}{more}" if self.authors else ""
        named = " ".join(part for part in (first, self.year) if part)
        return ", ".join(part for part in (named, self.container) if part) or "no citation given"

    @property
    def sentences(self) -> tuple[str, ...]:
        """The title, then the sentences of the abstract."""
        return (self.title, *sentences(self.abstract))
