"""How well claims are found and matched on five sample pages that no model is trained on.

The pages and their claims were written and marked by hand for tests; the clinics do not exist. Three
were read while the finding was mended; two were marked before that and kept apart.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from review.dossier.dossier import Dossier
from review.dossier.suggestions import Suggestion, suggestions
from review.ingest.formats.html import read_html
from review.language.claims.overlap import pairing
from review.language.sentences import Span
from review.model.days import last_day
from review.model.vocabulary import Match
from review.store.snapshot import read_evidence
from review.workbench import Review

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "tests" / "pages"
TUNED = ("accordion-faq", "price-table", "long-article")
HELD_OUT = ("landing-page", "comparison-guide")


@dataclass(frozen=True)
class Label:
    """A claim marked on a sample page: its place, the propositions it may be said to make, its polarity.

    On a page about another product the propositions are those it would make were the product theirs.
    """

    span: Span
    propositions: frozenset[str]
    polarity: str


@dataclass(frozen=True)
class Measured:
    """A sample page with the claims marked on it and those suggested."""

    text: str
    labels: tuple[Label, ...]
    found: tuple[Suggestion, ...]

    @property
    def pairs(self) -> tuple[tuple[Suggestion, Label], ...]:
        """What was suggested and marked alike, at half-overlap."""
        spans = [Span(one.start, one.end) for one in self.found]
        marked = [label.span for label in self.labels]
        return tuple((self.found[i], self.labels[j]) for i, j in pairing(spans, marked))


def sample_text(name: str) -> str:
    """The text of a sample page as `review ingest` reads it."""
    return read_html((PAGES / f"{name}.html").read_bytes(), name).text


def labels(name: str, text: str) -> Iterator[Label]:
    """The claims marked on a sample page; each quote is the next after the one before it.

    Raises ValueError where a quote is not there.
    """
    at = 0
    with (PAGES / "claims.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["page"] == name:
                start = text.index(row["quote"], at)
                at = start + len(row["quote"])
                yield Label(Span(start, at), frozenset(row["propositions"].split()), row["polarity"])


def measured(name: str, review: Dossier) -> Measured:
    """A sample page, read by models trained on the evidence."""
    text = sample_text(name)
    return Measured(text, tuple(labels(name, text)), suggestions(text, review))


def finding(pages: Sequence[Measured]) -> tuple[float, float, float]:
    """Recall, precision and F1 of the claims found."""
    right = sum(len(page.pairs) for page in pages)
    there = sum(len(page.labels) for page in pages)
    kept = sum(len(page.found) for page in pages)
    return right / there, right / max(kept, 1), 2 * right / (there + kept)


def matching(pages: Sequence[Measured]) -> tuple[float, float, float]:
    """Of the suggestions that meet a marked claim, the share with the right proposition or rightly none;
    of those with a proposition to find, the share matched; of those matched, the share right.
    """
    pairs = [pair for page in pages for pair in page.pairs]
    right = [one.proposition in label.propositions for one, label in pairs if label.propositions]
    new = [one.match is Match.NEW for one, label in pairs if not label.propositions]
    given = [
        one.proposition in label.propositions
        for page in pages
        for one, label in page.pairs
        if one.proposition
    ]
    met = {id(one) for one, _ in pairs}
    loose = sum(1 for page in pages for one in page.found if one.proposition and id(one) not in met)
    both = sum([*right, *new]) / max(len(pairs), 1)
    return both, sum(right) / max(len(right), 1), sum(given) / max(len(given) + loose, 1)


def main() -> None:
    """Print the tables."""
    evidence = read_evidence([ROOT / "evidence"])
    review = Review(evidence, last_day(evidence))
    every = {name: measured(name, review) for name in (*TUNED, *HELD_OUT)}
    print("| sample pages | recall | precision | F1 | match | of those known before | matches right |")
    print("|" + " --- |" * 7)
    rows = [*((name, [page]) for name, page in every.items())]
    rows += [
        ("tuned", [every[name] for name in TUNED]),
        ("held out", [every[name] for name in HELD_OUT]),
    ]
    for name, pages in rows:
        figures = " | ".join(f"{x:.3f}" for x in (*finding(pages), *matching(pages)))
        print(f"| {name} | {figures} |")


if __name__ == "__main__":
    main()
