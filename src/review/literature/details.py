"""What a record says of a paper beyond what a search needs: whole names, dates, pages, notices."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from review.literature.notices import Update


@dataclass(frozen=True, slots=True)
class Person:
    """An author as the record has the name; of a body `family` is the whole name and `is_body` holds."""

    family: str
    given: str = ""
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an abstract with its label, which is empty where it has none."""

    label: str
    text: str


def with_labels(sections: Sequence[Section]) -> str:
    """An abstract with its parts as lines, each behind its label where it has one."""
    return "\n".join(f"{part.label}: {part.text}" if part.label else part.text for part in sections)


@dataclass(frozen=True, slots=True)
class OtherAbstract:
    """An abstract beside the first: in another language, or of another kind (in plain words)."""

    language: str
    kind: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """What else a record says; whatever it does not say is empty.

    `published` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exact as the record is; `years` are all years
    that the record names for it, in print and on the screen, the first that of `published`. `journal`
    is the whole name, `pages` as printed. `marked_title` is the title with its markup, where it has
    any. `registrations` are numbers of registries, such as NCT01234567.
    `abstract_is_rebuilt` says that the words of the abstract were put together from an index: they are
    never quoted. `updates` are the notices that the record names, of every kind, as it names them.
    `preprints` and `articles` name the other form of the same work (`doi:`, `pmid:`, `ppr:`).
    """

    people: tuple[Person, ...] = ()
    published: str = ""
    years: tuple[str, ...] = ()
    marked_title: str = ""
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    language: str = ""
    pmcid: str = ""
    registrations: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    other_abstracts: tuple[OtherAbstract, ...] = ()
    abstract_is_rebuilt: bool = False
    updates: tuple[Update, ...] = ()
    preprints: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def joined(self, other: "Details") -> "Details":
        """What two records of one paper say together: the first where both say something."""
        values = {
            part.name: getattr(self, part.name) or getattr(other, part.name) for part in fields(self)
        }
        values["updates"] = tuple(dict.fromkeys((*self.updates, *other.updates)))
        return Details(**values)


NO_DETAILS = Details()
