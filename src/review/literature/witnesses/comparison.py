"""How a reference differs from the record that a witness has of it, field by field.

Forgiven is what databases write differently by rule: case, marks, accents, kinds of dashes, the tags of
JATS, Greek letters by name, initials for given names, abbreviated journals, shortened last pages.
Another year, author or title never is. A field that one of the two does not have is no difference.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from unicodedata import name as letter_name
from unicodedata import normalize

from review.literature.duplicates import PUBLISHERS_MARK
from review.literature.readers.markup import without_markup
from review.model.bibtex import OTHERS, author_names, is_whole
from review.model.latex import address, plain_text
from review.model.records import Reference
from review.model.witness_words import Witness
from review.model.witnesses import WitnessRecord


class Field(StrEnum):
    """A field that is compared."""

    TITLE = "title"
    AUTHORS = "authors"
    JOURNAL = "journal"
    YEAR = "year"
    VOLUME = "volume"
    PAGES = "pages"
    DOI = "doi"
    PMID = "pmid"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a reference and a witness disagree, as each of them has it."""

    study: str
    witness: Witness
    field: Field
    here: str
    there: str

    def __str__(self) -> str:
        here, there = (" ".join(value.split()) for value in (self.here, self.there))
        return f"{self.field}: “{here}” here, “{there}” at {self.witness.full_name}"


def differences(reference: Reference, record: WitnessRecord) -> tuple[Difference, ...]:
    """The fields in which a reference and the record of a witness disagree, in the order of `Field`."""
    here, there = _as_told(reference), _told_by(record)
    return tuple(
        Difference(reference.key, record.witness, name, here[name], there[name])
        for name, agree in _AGREE.items()
        if here[name] and there[name] and not agree(here[name], there[name])
    )


def _as_told(reference: Reference) -> Mapping[Field, str]:
    fields = reference.fields
    plain = {name: plain_text(value) for name, value in fields.items()}
    return {
        Field.TITLE: plain["title"],
        Field.AUTHORS: "; ".join(map(_author, author_names(fields.get("author", "")))),
        Field.JOURNAL: plain.get("journal", ""),
        Field.YEAR: plain.get("year", ""),
        Field.VOLUME: plain.get("volume", ""),
        Field.PAGES: plain.get("pages", ""),
        Field.DOI: address(fields.get("doi", "")),
        Field.PMID: fields.get("pmid", ""),
    }


def _author(name: str) -> str:
    """A name of BibTeX as `Family, Given`; what is whole, such as a body, stays so."""
    plain = plain_text(name).strip()
    if is_whole(name) or "," in plain or name == OTHERS:
        return plain
    given, _, family = plain.rpartition(" ")
    return f"{family}, {given}" if given else family


def _told_by(record: WitnessRecord) -> Mapping[Field, str]:
    return {
        Field.TITLE: without_markup(record.title),
        Field.AUTHORS: "; ".join(record.authors),
        Field.JOURNAL: without_markup(record.journal),
        Field.YEAR: ", ".join(record.years),
        Field.VOLUME: record.volume,
        Field.PAGES: record.pages,
        Field.DOI: record.doi,
        Field.PMID: record.pmid,
    }


def letters(text: str) -> str:
    """The letters and figures of a text alone: small, without accents, Greek ones by their names."""
    folded = normalize("NFKD", text.translate(_LETTERS)).casefold().replace("&", " and ")
    return "".join(_latin(letter) for letter in folded if letter.isalnum())


_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
    | {"đ": "d", "Đ": "D", "ı": "i", "µ": "μ"}
)


def _latin(letter: str) -> str:
    if "\u0370" <= letter <= "\u03ff":
        return letter_name(letter, "").removeprefix("GREEK SMALL LETTER ").removeprefix("FINAL ").lower()
    return letter


def _words(text: str) -> list[str]:
    return [letters(word) for word in re.split(r"[^\w'’]+", text) if letters(word)]


def same_title(here: str, there: str) -> bool:
    """Whether two titles are one, but for what a database puts around it."""
    return letters(_bare_title(here)) == letters(_bare_title(there))


def _bare_title(title: str) -> str:
    """A title without a mark of its publisher; PubMed puts one that it translated in brackets."""
    bare = PUBLISHERS_MARK.sub("", title).strip()
    translated = _TRANSLATED.fullmatch(bare)
    return translated[1] if translated else bare


_TRANSLATED = re.compile(r"\[(.+?)\.?\]\.?")


def same_authors(here: str, there: str) -> bool:
    """Whether two lists name the same people in the same order; either may end with "others".

    Bodies are compared only where no people are named, for databases put them in different places.
    """
    ours, theirs = (_people(names) for names in (here, there))
    for names in (ours, theirs):
        if names[-1:] == [OTHERS]:
            named = len(names) - 1
            ours, theirs = ours[:named], theirs[:named]
    pairs = zip_longest(ours, theirs, fillvalue="")
    return all(bool(a and b) and _same_author(a, b) for a, b in pairs)


def _people(names: str) -> list[str]:
    listed = [name.strip() for name in names.split(";") if name.strip()]
    people = [name for name in listed if "," in name or name == OTHERS]
    return people if any(name != OTHERS for name in people) else listed


def _same_author(here: str, there: str) -> bool:
    (family, given), (other, others_given) = (_parted(name) for name in (here, there))
    return _same_family(family, other) and _same_given(given, others_given)


def _parted(name: str) -> tuple[str, str]:
    family, _, given = name.partition(",")
    return _SUFFIX.sub("", family), _SUFFIX.sub("", given)


_SUFFIX = re.compile(r"[,\s]+(?:jr|sr|ii|iii|iv|2nd|3rd)\.?\s*$", re.IGNORECASE)


def _same_family(here: str, there: str) -> bool:
    """Whether two family names are one: a particle or the first of two names may be left out."""
    if not _spellings(here).isdisjoint(_spellings(there)):
        return True
    shorter, longer = sorted((_words(here), _words(there)), key=len)
    return bool(shorter) and longer[-len(shorter) :] == shorter


def _spellings(name: str) -> frozenset[str]:
    """How a name is written: with an umlaut, without it, or with an e in its place."""
    return frozenset((letters(name), letters(normalize("NFC", name).translate(_UMLAUTS))))


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe"})


def _same_given(here: str, there: str) -> bool:
    """Whether given names do not speak against each other, as Ann, A. and A B do not."""
    if letters(here) == letters(there):
        return True
    return all(_same_name(a, b) for a, b in zip(_given(here), _given(there), strict=False))


def _given(names: str) -> list[str]:
    """Given names; initials that stand together, as PubMed has them, are taken apart."""
    parts = [part for part in re.split(r"[\s.\-‐‑–]+", names) if letters(part)]
    return [
        letters(name)
        for part in parts
        for name in (part if part.isupper() and len(part) <= 4 else [part])
        if letters(name)
    ]


def _same_name(here: str, there: str) -> bool:
    shorter, longer = sorted((here, there), key=len)
    return shorter == longer or (len(shorter) == 1 and longer.startswith(shorter))


def same_journal(here: str, there: str) -> bool:
    """Whether two names are of one journal: whole, abbreviated word by word, or by its initials."""
    ours, theirs = _journal(here), _journal(there)
    if "".join(ours) == "".join(theirs):
        return True
    return _abbreviates(ours, theirs) or _abbreviates(theirs, ours) or _is_acronym(here, there)


def _journal(name: str) -> list[str]:
    """The words of a journal's name that count: without its place, its second title and small words."""
    bare = re.sub(r"\s*\([^()]*\)|\s*[:=]\s.*$", "", name) or name
    return [word for word in _words(bare) if word not in _SMALL] or _words(bare)


_SMALL = frozenset(
    "an and das de der des di die du e el en et for für in la le les of on the und y zur".split()
)


def _abbreviates(short: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether each word of `short` shortens the word of `whole` in its place; a single word never does.

    Scientific Style and Format (8th ed., pages 643 and 644, after ISO 4): titles of one word are whole,
    and a shortened word lacks two letters at least, at its end or within. Cell and Cells are two.
    """
    return len(short) == len(whole) > 1 and all(map(_shortens, short, whole))


def _shortens(short: str, whole: str) -> bool:
    """Whether a word is another, or its letters stand there in this order: natl and national."""
    rest = iter(whole)
    is_within = short[0] == whole[0] and all(letter in rest for letter in short)
    return short == whole or (is_within and len(short) < len(whole) - 1)


def _is_acronym(here: str, there: str) -> bool:
    """Whether one is a single word of the first letters of the other's words, such as JAMA."""
    for short, whole in ((here, there), (there, here)):
        names = [_words(whole), _journal(whole)]
        initials = {"".join(word[0] for word in words) for words in names}
        if len(_words(short)) == 1 and len(_words(whole)) > 1 and letters(short) in initials:
            return True
    return False


def same_year(here: str, there: str) -> bool:
    """Whether a year is one of those that a witness gives: on the screen, on paper."""
    return here in there.split(", ")


def same_pages(here: str, there: str) -> bool:
    """Whether two stretches of pages are one; the last page may be shortened, or left out."""
    (first, last), (other_first, other_last) = _pages(here), _pages(there)
    return first == other_first and (not last or not other_last or last == other_last)


def _pages(text: str) -> tuple[str, str]:
    """The first and the last page, small; the last one whole, and empty where it is the first."""
    bare = re.sub(r"^\s*pp?\.?\s*(?=\w*\d)|\s+", "", text.casefold())
    first, last, *_ = [*_DASH.split(bare, maxsplit=1), ""]
    if len(last) < len(first) and last.isdecimal():
        last = first[: len(first) - len(last)] + last
    return first, "" if last == first else last


_DASH = re.compile(r"[-‐‑‒–—−]+")


def _same_number(here: str, there: str) -> bool:
    """Whether two volumes are one: "Vol. 05" is 5."""
    ours, theirs = (re.sub(r"^(?:vol(?:ume)?)?0*(?=.)", "", letters(text)) for text in (here, there))
    return ours == theirs


def _same_doi(here: str, there: str) -> bool:
    ours, theirs = (_RESOLVER.sub("", doi.strip()).casefold() for doi in (here, there))
    return ours == theirs


_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)

_AGREE: Mapping[Field, Callable[[str, str], bool]] = {
    Field.TITLE: same_title,
    Field.AUTHORS: same_authors,
    Field.JOURNAL: same_journal,
    Field.YEAR: same_year,
    Field.VOLUME: _same_number,
    Field.PAGES: same_pages,
    Field.DOI: _same_doi,
    Field.PMID: str.__eq__,
}


def all_differences(
    references: Mapping[str, Reference], records: Sequence[WitnessRecord]
) -> Iterator[Difference]:
    """Every field in which a reference and a witness disagree, in the order of the records."""
    for record in records:
        if reference := references.get(record.study):
            yield from differences(reference, record)
