"""What a sentence is about: the products, substances, conditions and species that it names.

The lists were written while reading the five pages of this review; they name what such pages sell, and
nothing outside them is recognised.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "product": {
        "exosomes": r"exosom\w*|\bvesicles?\b|\bEVs?\b|microvesicles?",
        "PRP": r"\bPRP\b|platelet[- ]rich plasma|\bPRF\b",
        "minoxidil": r"minoxidil\w*|\brogaine\b",
        "finasteride": r"finasteride|propecia",
        "Nutrafol": r"nutrafol",
        "Viviscal": r"viviscal",
        "laser": r"\blasers?\b|fotona|hairlase",
        "surgery": r"\bsurger\w+|hair transplant\w*|\bFUE\b|liposuction",
        "NSAIDs": r"\bNSAIDS?\b|aspirin|ibuprofen|naproxen",
        "supplements": r"\bvitamins?\b|\bcollagen\b|tocomax|sensoril|biocurcumin|cyantine"
        r"|horsetail|rhodiola|amino ?mar",
        "herbs": r"lavender|rosemary|thyme|green tea",
    },
    "substance": {
        "MIP-1": r"\bMIP-?1\b",
        "VEGF": r"\bVEGF\b",
        "SCF": r"\bSCF\b|stem cell factor",
        "FGF": r"\bFGF\b|fibroblast growth factor",
        "TGF-beta-3": r"\bTGF-?(?:ß|β|b|beta-?)-?3\b",
        "RNA": r"\b(?:m|messenger |micro-?)?RNA\b",
        "cytokines": r"\bcytokines?\b",
    },
    "condition": {
        "alopecia areata": r"alopecia areata",
        "androgenetic alopecia": r"androgen\w* alopecia|pattern (?:baldness|hair loss)",
        "cancer": r"\bcancer\w*|\btumou?rs?\b",
        "Lyme disease": r"\blyme\b",
        "rheumatoid arthritis": r"rheumatoid arthritis|\bRA\b",
    },
    "species": {
        "animals": r"\b(?:mice|mouse|murine|rats?|animals?|dogs?|pigs?)\b",
        "cells in the laboratory": r"\bin vitro\b|cell culture|\blaborator\w+|\bpetri\b",
        "people": r"\b(?:people|patients?|men|women|humans?|volunteers|participants|adults)\b",
    },
}
LONGEST = 40
"""No name is longer, but for the end of its last word."""
_EDGE = re.compile(r"\b|\Z")
# Lower case is looked for in lower case, which takes half the time of a search that ignores case.
_PATTERNS = {
    kind: {name: re.compile(pattern.lower()) for name, pattern in names.items()}
    for kind, names in SUBJECTS.items()
}


@lru_cache(maxsize=4096)
def subjects(text: str) -> Mapping[str, frozenset[str]]:
    """What `text` names, by kind: product, substance, condition, species; every kind is there."""
    return {kind: named(text, kind) for kind in _PATTERNS}


def named(text: str, kind: str) -> frozenset[str]:
    """What `text` names of one kind."""
    lower = text.lower()
    return frozenset(name for name, pattern in _PATTERNS[kind].items() if pattern.search(lower))


class NamedOn:
    """What any stretch of a page names of one kind, looked for once on the whole page."""

    def __init__(self, text: str, kind: str) -> None:
        lower = text.lower()
        if len(lower) != len(text):
            # A letter that becomes two in lower case would move what stands after it.
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        self._text = lower
        self._kind = kind
        self._found = [
            (name, match.start(), match.end())
            for name, pattern in _PATTERNS[kind].items()
            for match in pattern.finditer(lower)
        ]
        self.names = frozenset(name for name, _, _ in self._found)

    def within(self, start: int, end: int) -> frozenset[str]:
        """What the stretch from `start` to `end` names; it ends between two words."""
        names = {name for name, at, stop in self._found if start <= at and stop <= end}
        # The stretch may begin within a word, and what is left of that word may be a name. What is
        # looked at ends between two words, since the beginning of one may be a name too.
        stop = _EDGE.search(self._text, start + LONGEST)
        first = self._text[start : min(end, stop.start() if stop else end)]
        return named(first, self._kind) | names
