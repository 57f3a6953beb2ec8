"""The colours of a report on paper and in office files, those of its HTML in light mode."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.model.vocabulary import Verdict

INK, SOFT, LINE, BAND, LINK = "1D2329", "55606B", "D5DBE1", "F4F6F8", "0B5394"


@dataclass(frozen=True, slots=True)
class Shade:
    """The colour of a verdict's words, and of the paper behind a claim that has it."""

    ink: str
    paper: str


SHADES: Mapping[str, Shade] = {
    Verdict.SUBSTANTIATED: Shade("00664B", "E0F3EC"),
    Verdict.OVERSTATED: Shade("8A4B00", "FDF0DA"),
    Verdict.UNSUPPORTED: Shade("4B4F9E", "EBEBFA"),
    Verdict.CONTRADICTED: Shade("A3123A", "FBE3EA"),
    Verdict.NOT_LOOKED_FOR: Shade("3F3F00", "F7F2B8"),
    Verdict.SET_ASIDE: Shade("55606B", "EEF1F4"),
}
NO_VERDICT = Shade("55606B", "EEF1F4")
"""For a claim whose verdict is not shown."""
