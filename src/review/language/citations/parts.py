"""What can be read of a reference as it is printed: authors, title, journal, year, volume, pages.

The forms are those that pages use: Vancouver and AMA ("Rhodes T, Girman CJ. Title. Dermatol Surg.
1998;24(12):1330-2."), APA ("Rhodes, T., & Girman, C. J. (1998). Title. Journal, 24(12), 1330-1332."), a
title in quotation marks, and a title alone. What has none of these forms is left unread.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from review.language.citations.addresses import addresses
from review.language.citations.found import PrintedParts
from review.language.citations.words import CitationWords

MOST_AUTHORS = 60
"""Authors that are read of one reference."""
_UPPER = "A-ZÀ-ÖØ-ÞŁŚŠŽĆČĐ"
_WORD = rf"[{_UPPER}][\w’'‐-]{{1,30}}"
_FAMILY = rf"(?P<family>(?:[a-zà-ÿ’']{{1,4}} ){{0,3}}{_WORD}(?:[ ‐-]{_WORD}){{0,2}})"
_AFTER_INITIALS = r"(?: (?:Jr|Sr|2nd|3rd|II|III))?(?!\w)(?:\.(?=,))?"
_NAMES = (
    re.compile(rf"{_FAMILY} [{_UPPER}](?:\.?-?[{_UPPER}]){{0,3}}{_AFTER_INITIALS}"),
    re.compile(rf"{_FAMILY}, (?:[{_UPPER}]\.[ -]?){{1,4}}"),
)
"""A name as Vancouver has it ("Girman CJ"), and as APA has it ("Girman, C. J.")."""
# A group that signs with the authors: "Bran O, Oat Study Group."
_GROUP = re.compile(rf"{_WORD}(?: (?:[a-z]{{1,3}} )?{_WORD}){{1,9}}(?=[.,;]| \()")
_AFTER_AUTHORS = re.compile(r"\s?[.:(\"“]|,?\s[\"“]")
_YEAR = r"(?:19|20)\d\d"
_DATED = rf"\(({_YEAR})[a-z]?(?:,[^()]{{1,20}})?\)"
_YEAR_IN_BRACKETS = re.compile(rf"[.,]?\s*{_DATED}[.,:]?\s*")
_BODY_AND_YEAR = re.compile(rf"[{_UPPER}][^().]{{2,100}}[.,]?\s{_DATED}\.\s*")
_PAGES = r"(?P<pages>[A-Za-z]{0,4}\d\w{0,20}(?:\s?[-–]\s?[A-Za-z]?\d\w{0,20})?)"
_VANCOUVER_PLACE = re.compile(
    rf"""(?P<year>{_YEAR})
    (?:[ ,]+[A-Z][a-z]{{2,8}}\.?(?:[- ]\d{{1,2}})?)?      # a month and a day
    ;\s?(?P<volume>\d{{1,4}})\s?(?:\([\w /.-]{{1,15}}\))?   # an issue
    (?:\s?:\s?{_PAGES})?""",
    re.VERBOSE,
)
_APA_PLACE = re.compile(
    rf"""[.,]?\s(?P<volume>\d{{1,4}})\s?(?:\([\w /–-]{{1,12}}\))?
    (?:[,:]\s*(?:pp?\.\s?)?{_PAGES})?(?=[.,;\s]|$)""",
    re.VERBOSE,
)
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{8,400}?)[.,?!]?[\"”»]")
_ANY_YEAR = re.compile(rf"(?<![\d./:-]){_YEAR}(?![\d/:])")
_END_OF_TITLE = re.compile(r"[.?!]['\"”’]?\s+")
# A word of an abbreviated journal: "J. Cosmet. Dermatol."
_SHORT_WORD = re.compile(rf"[{_UPPER}][a-z]{{0,9}}")


class _Place(NamedTuple):
    """Where a reference appeared."""

    journal: str = ""
    year: str = ""
    volume: str = ""
    pages: str = ""


def parts_of(reference: str, words: CitationWords) -> PrintedParts:
    """What can be read of one reference."""
    named = list(addresses(reference))
    before = reference[: named[0].span.start] if named and named[0].span.start else reference
    parts = _worded(" ".join(before.split()), words)
    for address in named:
        found = address.parts
        parts = replace(
            parts,
            doi=parts.doi or found.doi,
            pmid=parts.pmid or found.pmid,
            pmcid=parts.pmcid or found.pmcid,
            registration=parts.registration or found.registration,
            address=parts.address or found.address,
        )
    return parts


def has_form(parts: PrintedParts) -> bool:
    """Whether what was read of a line makes it a reference: who, what and when, or journal and pages."""
    if parts.authors and parts.year and parts.title:
        return bool(parts.journal or parts.doi or parts.pmid or parts.address)
    return bool(parts.journal and parts.year and parts.volume and parts.pages)


def _worded(text: str, words: CitationWords) -> PrintedParts:
    """What the words before the first identifier tell."""
    authors, more, rest = _authors(text, words)
    dated = _YEAR_IN_BRACKETS.match(rest) if authors else _BODY_AND_YEAR.match(text)
    if dated:
        by = authors or (text[: dated.start(1)].rstrip(" .,("),)
        title, place = _apa((rest if authors else text)[dated.end() :], words)
        return PrintedParts(by, more, title, place.journal, dated[1], place.volume, place.pages)
    quoted = _QUOTED.search(rest)
    if quoted:
        place = _place_after_title(words.before_address.split(rest[quoted.end() :])[0].strip(" .,["))
        return PrintedParts(authors, more, quoted[1].strip(), *place)
    if authors or _VANCOUVER_PLACE.search(rest):
        title, place = _vancouver(words.before_address.split(rest)[0] if authors else rest)
        return PrintedParts(authors, more, title, *place)
    years = set(_ANY_YEAR.findall(text))
    return PrintedParts(year=years.pop()) if len(years) == 1 else PrintedParts()


def _authors(text: str, words: CitationWords) -> tuple[tuple[str, ...], bool, str]:
    """The authors with whom `text` begins, whether there are more, and what follows them."""
    for name in _NAMES:
        authors, more, end = _in_form(name, text, words)
        if authors:
            return authors, more, text[end:].lstrip(" .,:")
    return (), False, text


def _in_form(
    name: re.Pattern[str], text: str, words: CitationWords
) -> tuple[tuple[str, ...], bool, int]:
    """The authors in one form, whether there are more, and where they end; none if nothing ends them."""
    authors: list[str] = []
    at = end = 0
    while len(authors) < MOST_AUTHORS and (found := name.match(text, at)):
        authors.append(found["family"])
        end = found.end()
        between = words.between_authors.match(text, end)
        if not between:
            break
        at = between.end()
    group = _GROUP.match(text, at) if at > end else None
    if group:
        authors.append(group[0])
        at = end = group.end()
        between = words.between_authors.match(text, end)
        at = between.end() if between else end
    left_out = words.others.match(text, at) or words.others.match(text, end + text.startswith(" ", end))
    if authors and left_out:
        return tuple(authors), True, left_out.end()
    is_whole = authors and (at <= end or group) and _AFTER_AUTHORS.match(text, end)
    return (tuple(authors), False, end) if is_whole else ((), False, 0)


def _apa(rest: str, words: CitationWords) -> tuple[str, _Place]:
    """Title and place after an APA year."""
    rest = words.before_address.split(rest)[0].strip(" .")
    places = [place for place in _APA_PLACE.finditer(rest) if place["pages"] or place[0][0] == ","]
    at = places[-1].start() if places else len(rest)
    if not _END_OF_TITLE.search(rest[:at]):
        is_journal = bool(places and places[-1]["pages"])
        title, journal = ("", rest[:at]) if is_journal else (rest, "")
    else:
        title, journal = _title_and_journal(rest[:at].strip(" .,"))
    if not (places and journal):
        return title, _Place(journal)
    return title, _Place(journal, "", places[-1]["volume"], places[-1]["pages"] or "")


def _vancouver(rest: str) -> tuple[str, _Place]:
    """Title and place of what has its year after the journal; nothing without a year."""
    place = _VANCOUVER_PLACE.search(rest)
    years = list(_ANY_YEAR.finditer(rest))
    if not (place or years):
        return "", _Place()
    at = place.start() if place else years[-1].start()
    title, journal = _title_and_journal(rest[:at].rstrip(" (.,"))
    if not place:
        return title, _Place(journal, years[-1][0])
    return title, _Place(journal, place["year"], place["volume"], place["pages"] or "")


def _title_and_journal(text: str) -> tuple[str, str]:
    """`Title. Journal`: the journal is what stands last, its abbreviated words together."""
    ends = list(_END_OF_TITLE.finditer(text))
    if not ends:
        return "", text
    at = len(ends) - 1
    while at > 0 and _SHORT_WORD.fullmatch(text[ends[at - 1].end() : ends[at].start()]):
        at -= 1
    title = text[: ends[at].start()] + text[ends[at].start()].strip(".")
    return title.strip(), text[ends[at].end() :].strip(" .,")


def _place_after_title(after: str) -> _Place:
    """Journal and year that follow a title in quotation marks."""
    place = _VANCOUVER_PLACE.search(after)
    if place:
        journal = after[: place.start()].strip(" .,(")
        return _Place(journal, place["year"], place["volume"], place["pages"] or "")
    years = list(_ANY_YEAR.finditer(after))
    if len(years) != 1:
        return _Place()
    return _Place(re.split(r"[\d(;]", after, maxsplit=1)[0].strip(" .,"), years[0][0])
