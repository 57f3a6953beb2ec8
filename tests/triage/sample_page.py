"""A page of its own in a folder of its own, and suggestions for it that are made by hand."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from review.model.vocabulary import Category, FoundBy, Match, Polarity, Verdict, Wording
from review.people.triage import By

TEXT = (
    "Exosomes regrow hair, and they never harm anyone. \U0001f489 Results last for ever.\n"
    "Most men lose hair by fifty.\tAsk us.\n"
)
WHO = By("reviewer A", date(2026, 11, 21))
CELLS = {
    "proposition": "results-last",
    "topic": "exosome-efficacy",
    "question": "benefit",
    "species": "human",
    "statement": "The results of exosome injections last.",
    "population": "not_reported",
    "intervention": "Exosome injections",
    "comparator": "not_reported",
    "outcome": "Hair",
    "horizon": "permanent",
    "outcome_kind": "patient-oriented",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    start: int
    end: int
    quote: str
    category: Category = Category.EFFICACY
    wording: Wording = Wording.ASSERTED
    polarity: Polarity = Polarity.AFFIRMS
    checkworthy: float = 0.8
    flags: tuple[str, ...] = ()
    proposition: str = ""
    match: Match = Match.NEW
    probability: float = 0.1
    reason: str = "Nothing is close enough."
    verdict: Verdict | None = None
    standing: str = ""
    importance: float = 1.0
    found_by: FoundBy = FoundBy.LEARNT


def suggested(words: str, text: str = TEXT, **more) -> Suggestion:
    start = text.index(words)
    return Suggestion(start, start + len(words), words, **more)


SUGGESTIONS = (
    suggested("Exosomes regrow hair", proposition="regrows", match=Match.KNOWN, importance=0.5),
    suggested("they never harm anyone", proposition="harms", match=Match.PERHAPS, importance=3.0,
              polarity=Polarity.DENIES, category=Category.SAFETY, flags=("US08",)),
    suggested("Results last for ever.", importance=2.0),
    suggested("Most men lose hair by fifty.", importance=0.7, checkworthy=0.2),
)  # fmt: skip
REGROW, HARM, LAST, MEN = (f"{one.start}-{one.end}" for one in SUGGESTIONS)


def own_folder(root: Path, text: str = TEXT, pages: tuple[str, ...] = ("shop",)) -> Path:
    """An evidence folder with nothing but pages that all say `text`."""
    (root / "pages").mkdir(parents=True)
    rows = ["page,title,kind,sha256,captured,url,note,citations_listed\n"]
    for page in pages:
        (root / "pages" / f"{page}.txt").write_bytes(text.encode())
        digest = hashlib.sha256(text.encode()).hexdigest()
        rows.append(f"{page},Shop,other,{digest},not_reported,not_reported,none,\n")
    (root / "pages.csv").write_text("".join(rows), "utf-8")
    return root
