"""Which reference of the library a page means, and what is wrong in how it is printed, field by field.

A reference is named only where what is printed leaves no doubt: its title with anything else that
agrees, or author, year and place without a title, or an identifier that nothing printed speaks against.
What a page leaves open stays open: a person looks it up.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from review.language.citations.found import PrintedParts
from review.literature.duplicates import LEAST_LETTERS, title_letters
from review.literature.identifiers import doi_in
from review.model.bibtex import OTHERS, author_names, cited_name
from review.model.citing import MISSING, CitedField, Fault, Identity
from review.model.latex import address, plain_text
from review.model.records import Reference

SAME_TITLE, CHANGED_TITLE = 95, 75
"""How alike, of 100, titles are that are the same, and that are one title in other words."""
SAME_SPELLING = 91
"""How alike, of 100, words are that differ in their spelling alone ("paediatrics", "pediatrics")."""
LEAST_OF_TITLE = 4
"""Words of a title that must be printed for the rest to be left out."""
_SMALL_WORDS = re.compile(r"\b(?:a|an|and|of|the|for|in|on|de|la|und)\b|&|\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Identified:
    """The reference that a page means, its key empty where that is not beyond doubt, and why."""

    study: str
    identity: Identity
    faults: tuple[Fault, ...]
    reason: str


class _Agrees(Enum):
    """How a part that is printed agrees with that of a reference."""

    SAME = "same"
    SHORTENED = "shortened"
    CHANGED = "changed"
    OTHER = "other"
    NOT_PRINTED = "not printed"


@dataclass(frozen=True, slots=True)
class _Known:
    """A reference of the library, its parts as they are compared."""

    key: str
    families: tuple[str, ...]
    title: str
    journal: str
    year: str
    volume: str
    pages: str
    doi: str
    pmid: str
    letters: str
    is_article: bool

    @classmethod
    def of(cls, key: str, reference: Reference) -> "_Known":
        fields = {name: plain_text(value) for name, value in reference.fields.items()}
        names = author_names(reference.fields.get("author", ""))
        return cls(
            key,
            tuple(cited_name(name) for name in names if name != OTHERS),
            fields["title"],
            fields.get("journal") or fields.get("booktitle") or fields.get("publisher", ""),
            fields.get("year", ""),
            fields.get("volume", ""),
            fields.get("pages", ""),
            doi_in(address(reference.fields.get("doi", ""))),
            fields.get("pmid", ""),
            title_letters(fields["title"]),
            reference.entry_type == "article",
        )


class CitedReferences:
    """The references of a library, to be found by what a page prints of them."""

    def __init__(self, references: Mapping[str, Reference]) -> None:
        self._known = [_Known.of(key, reference) for key, reference in references.items()]

    def identify(self, printed: PrintedParts, *, is_reference: bool = True) -> Identified:
        """The reference that is meant, and its faults.

        Only of what is printed as a reference something is left out: a link or a mark tells no more
        than it can.
        """
        by_words = [known for known in self._known if _is_meant(printed, known)]
        by_number = [known for known in self._known if _has_number(printed, known)]
        meant = [known for known in by_words if known in by_number] or by_words or by_number
        if len(meant) != 1 or (not by_words and _speaks_against(printed, meant[0])):
            return Identified("", Identity.NOT_FOUND, (), _why_not(printed, by_words, by_number))
        other = next((known.key for known in by_number if known not in meant), "")
        faults = tuple(_faults(printed, meant[0], other, is_reference=is_reference))
        identity = Identity.WITH_FAULTS if faults else Identity.EXACT
        return Identified(meant[0].key, identity, faults, _why(printed, meant[0]))


def _is_meant(printed: PrintedParts, known: _Known) -> bool:
    """Whether the words that are printed leave no doubt that a reference is meant."""
    title, author = _title(printed, known), _author(printed, known)
    is_year = _year(printed, known) is _Agrees.SAME
    is_place = _place(printed, known) is _Agrees.SAME
    is_journal = _journal(printed, known) is _Agrees.SAME
    is_author, is_dated = author is _Agrees.SAME, is_year and (is_journal or is_place)
    # Two reviews of one subject may have the same title: another author needs the same year and place.
    if title is _Agrees.SAME and len(known.letters) >= LEAST_LETTERS:
        is_alone = not (printed.year or printed.journal or printed.volume)
        is_open = author is _Agrees.NOT_PRINTED
        return is_author or is_dated or (is_open and (is_alone or is_year or is_journal))
    if title in (_Agrees.SAME, _Agrees.SHORTENED):
        return is_author and (is_year or is_journal or is_place)
    if title is _Agrees.CHANGED:
        return is_author and is_dated
    # Two papers of one author may stand in one volume, but not on the same page.
    return title is _Agrees.NOT_PRINTED and is_author and is_place and (is_year or is_journal)


def _has_number(printed: PrintedParts, known: _Known) -> bool:
    doi = doi_in(printed.doi)
    return bool(doi and doi == known.doi) or bool(printed.pmid and printed.pmid == known.pmid)


def _speaks_against(printed: PrintedParts, known: _Known) -> bool:
    """Whether the words beside an identifier name another work."""
    if _title(printed, known) is _Agrees.OTHER:
        return True
    told = [_author(printed, known), _journal(printed, known), _year(printed, known)]
    told = [agrees for agrees in told if agrees is not _Agrees.NOT_PRINTED]
    return bool(told) and all(agrees is _Agrees.OTHER for agrees in told)


def _faults(
    printed: PrintedParts, known: _Known, number_of: str, *, is_reference: bool
) -> Iterator[Fault]:
    """What is wrong in each part, in the order of the fields; `number_of` is whose number is printed."""
    author = _author(printed, known)
    if author is _Agrees.OTHER:
        yield _fault(
            CitedField.AUTHOR, f"{printed.authors[0]} is named first, it is {known.families[0]}"
        )
    if _title(printed, known) is _Agrees.SHORTENED:
        yield _fault(CitedField.TITLE, "shortened")
    elif _is_worded_otherwise(printed, known):
        yield _fault(CitedField.TITLE, f"worded otherwise than {known.title}")
    if _journal(printed, known) is _Agrees.OTHER:
        yield _fault(CitedField.JOURNAL, f"{printed.journal} is named, it is {known.journal}")
    if _year(printed, known) is _Agrees.OTHER:
        yield _fault(CitedField.YEAR, f"{printed.year} is named, it is {known.year}")
    if _place(printed, known) is _Agrees.OTHER:
        yield _fault(CitedField.PLACE, f"volume and pages are {known.volume}, {known.pages}")
    doi = doi_in(printed.doi)
    if doi and known.doi and doi != known.doi:
        yield _fault(CitedField.DOI, _number_told(doi, known.doi, number_of))
    if printed.pmid and known.pmid and printed.pmid != known.pmid:
        told = _number_told(f"PubMed {printed.pmid}", f"PubMed {known.pmid}", number_of)
        yield _fault(CitedField.LINK, told)
    if is_reference:
        yield from (_fault(field, MISSING) for field in _left_out(printed, known))


def _fault(field: CitedField, fault: str) -> Fault:
    return Fault(field=field, detail=fault.replace("|", "/"))


def _number_told(printed: str, known: str, number_of: str) -> str:
    whose = f", that of {number_of}" if number_of else ""
    return f"{printed} is named{whose}, it is {known}"


def _left_out(printed: PrintedParts, known: _Known) -> Iterator[CitedField]:
    """The parts that a reference has and that are not printed; every article has a place."""
    pairs = (
        (CitedField.AUTHOR, printed.authors, known.families),
        (CitedField.TITLE, printed.title, known.title),
        (CitedField.JOURNAL, printed.journal, known.journal),
        (CitedField.YEAR, printed.year, known.year),
        (CitedField.PLACE, printed.volume or printed.pages, known.is_article),
        (CitedField.DOI, printed.doi or printed.pmid or printed.pmcid or printed.address, known.doi),
    )
    yield from (field for field, there, meant in pairs if meant and not there)


def _title(printed: PrintedParts, known: _Known) -> _Agrees:
    letters = title_letters(printed.title)
    if not letters:
        return _Agrees.NOT_PRINTED
    likeness = fuzz.ratio(letters, known.letters)
    if likeness >= SAME_TITLE and _numbers(letters) == _numbers(known.letters):
        return _Agrees.SAME
    is_part = len(letters.split()) >= LEAST_OF_TITLE and f" {letters} " in f" {known.letters} "
    if is_part:
        return _Agrees.SHORTENED
    return _Agrees.CHANGED if likeness >= CHANGED_TITLE else _Agrees.OTHER


def _is_worded_otherwise(printed: PrintedParts, known: _Known) -> bool:
    """Whether the letters of the title differ, however its words are joined."""
    letters = title_letters(printed.title).replace(" ", "")
    return bool(letters) and letters != known.letters.replace(" ", "")


def _numbers(letters: str) -> list[str]:
    """The numbers of a title: parts of one work often differ in nothing else."""
    return re.findall(r"\d+", letters)


def _author(printed: PrintedParts, known: _Known) -> _Agrees:
    if not (printed.authors and known.families):
        return _Agrees.NOT_PRINTED
    return _same(_family(printed.authors[0]) == _family(known.families[0]))


def _family(name: str) -> str:
    """The last word of a name: lists differ on whether a particle belongs to it."""
    return title_letters(name).rpartition(" ")[2]


def _year(printed: PrintedParts, known: _Known) -> _Agrees:
    if not (printed.year and known.year):
        return _Agrees.NOT_PRINTED
    return _same(printed.year == known.year)


def _journal(printed: PrintedParts, known: _Known) -> _Agrees:
    if not (printed.journal and known.journal):
        return _Agrees.NOT_PRINTED
    return _same(is_same_journal(printed.journal, known.journal))


def is_same_journal(name: str, other: str) -> bool:
    """Whether two names are of one journal: in full, abbreviated by words, or by its first letters."""
    words, others = _journal_words(name), _journal_words(other)
    if not (words and others):
        return False
    if len(words) == len(others):
        # A name of one word is never abbreviated: Cell and Cells are two journals.
        is_same_word = _abbreviates if len(words) > 1 else str.__eq__
        return all(is_same_word(*sorted(pair, key=len)) for pair in zip(words, others, strict=True))
    short, long = sorted((words, others), key=len)
    return len(short) == 1 and short[0] == "".join(word[0] for word in long)


def _journal_words(name: str) -> list[str]:
    return title_letters(_SMALL_WORDS.sub(" ", name.casefold())).split()


def _abbreviates(short: str, long: str) -> bool:
    """Whether a word stands for another: some of its letters in their order, from the first one."""
    if short == long or fuzz.ratio(short, long) >= SAME_SPELLING:
        return True
    letters = iter(long)
    return len(long) - len(short) > 1 and short[0] == long[0] and all(x in letters for x in short)


def _place(printed: PrintedParts, known: _Known) -> _Agrees:
    """Whether volume and first page agree, as far as both are known; other if either does not."""
    pairs = [(printed.volume, known.volume), (_first(printed.pages), _first(known.pages))]
    told = [one == other for one, other in pairs if one and other]
    return _same(all(told)) if told else _Agrees.NOT_PRINTED


def _first(pages: str) -> str:
    found = re.match(r"[A-Za-z]?\d+", pages)
    return found[0].lower() if found else ""


def _same(is_same: bool) -> _Agrees:
    return _Agrees.SAME if is_same else _Agrees.OTHER


def _why(printed: PrintedParts, known: _Known) -> str:
    told = {
        "title": _title(printed, known) in (_Agrees.SAME, _Agrees.SHORTENED),
        "first author": _author(printed, known) is _Agrees.SAME,
        "year": _year(printed, known) is _Agrees.SAME,
        "journal": _journal(printed, known) is _Agrees.SAME,
        "volume and pages": _place(printed, known) is _Agrees.SAME,
        "identifier": _has_number(printed, known),
    }
    return f"agrees with {known.key} in {', '.join(part for part, is_so in told.items() if is_so)}"


def _why_not(printed: PrintedParts, by_words: Sequence[_Known], by_number: Sequence[_Known]) -> str:
    if printed.is_empty:
        return "nothing by which a reference could be known is printed, or it could not be read"
    if len(by_words) > 1 or (len(by_number) > 1 and not by_words):
        keys = ", ".join(known.key for known in by_words or by_number)
        return f"several references could be meant: {keys}"
    if by_number:
        return f"its identifier is that of {by_number[0].key}, its words are not"
    return "no reference of the library agrees beyond doubt"
