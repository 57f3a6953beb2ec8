"""A citation as found on a page: where it stands, how it names its source, what can be read of it."""

from dataclasses import dataclass

from review.language.sentences import Span
from review.model.citing import Scope
from review.model.knowledge.citation_cues import CitationKind


@dataclass(frozen=True, slots=True)
class PrintedParts:
    """What a page prints of a source, as far as its form leaves no doubt; the rest is empty.

    `authors` are family names or one body; `more_authors` that the page says there are more. `year`
    has four digits. `doi`, `pmid`, `pmcid` and `registration` are as they are printed, without words
    before them.
    """

    authors: tuple[str, ...] = ()
    more_authors: bool = False
    title: str = ""
    journal: str = ""
    year: str = ""
    volume: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    registration: str = ""
    address: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing could be read."""
        return self == PrintedParts()


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A place where a page names a source; `printed` is the page's text from `start` to `end`.

    Offsets count code points. `labels` are the numbers of a mark, or the one of an entry; `leads_to`
    the starts of the entries that a mark means. `stretch` is the text for which it stands, and `reason`
    tells by what it was found.
    """

    start: int
    end: int
    printed: str
    kind: CitationKind
    scope: Scope
    stretch: Span
    reason: str
    parts: PrintedParts = PrintedParts()
    labels: tuple[int, ...] = ()
    leads_to: tuple[int, ...] = ()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)
