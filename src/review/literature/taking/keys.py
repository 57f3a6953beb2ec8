"""The key under which a paper is taken: made from the paper alone, so that it is the same everywhere."""

import hashlib
import re
from collections.abc import Collection
from unicodedata import normalize

from review.literature.paper import Paper
from review.model.fields import is_device

_LONGEST_NAME = 24
_FIRST_DIGITS = 8
_TRIAL = re.compile(r"(?:clinicaltrials\.gov:)?(NCT[0-9]{8})", re.IGNORECASE)


def key_of(paper: Paper, taken: Collection[str]) -> str:
    """Family name, year and what names the paper everywhere: `jones2019_31234567`.

    That is its PubMed number, else the beginning of the SHA-256 of its DOI, else of its title and year;
    a registered trial is called by its number. Where another paper has that key already, which no two
    PubMed numbers can bring about, more of the SHA-256 is added. Keys are never changed afterwards.
    """
    if trial := trial_number(paper):
        stem, mark = trial.lower(), ""
    else:
        named = f"{_letters(paper.authors[0])[:_LONGEST_NAME] if paper.authors else ''}"
        stem = f"{named or 'paper'}{paper.year or '0000'}"
        mark = paper.pmid or _digest(paper)[:_FIRST_DIGITS]
    key = f"{stem}_{mark}" if mark else stem
    for digits in range(_FIRST_DIGITS, 2 * _FIRST_DIGITS + 1):
        if key not in taken and not is_device(key):
            return key
        key = f"{stem}_{_digest(paper)[:digits]}"
    raise ValueError(f"two papers have the same SHA-256: {key}")


def trial_number(paper: Paper) -> str:
    """The number of a registered trial that an entry is itself; empty for a paper."""
    match = _TRIAL.fullmatch(paper.key)
    return match[1].upper() if match else ""


def _digest(paper: Paper) -> str:
    named = paper.doi or " ".join(f"{paper.year} {paper.title}".lower().split())
    return hashlib.sha256(named.encode()).hexdigest()


def _letters(name: str) -> str:
    """The letters of a name that a key can have, without accents and capitals."""
    plain = normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l"))
    return re.sub(r"[^a-z]", "", plain)
