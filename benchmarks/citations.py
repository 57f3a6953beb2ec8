"""How well places are found where a page names a source, and references identified.

Reads `../shared/bench/clinic_pages` beside the project, where it is there, against the places marked in
`citation_places.csv` (offsets only; the text of the pages is not ours), and the pages of the evidence
against `evidence/citations.csv`. A folder given on the command line is read beside them: `pages/*.txt`
with files of the same two forms. Places were marked by one reader before a finder existed; a place is
found where half of the shorter stretch is shared, each used once. An optional place is neither missed
nor wrong.
"""

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from review.dossier.dossier import lexicon_of
from review.language.citations.finding import CitationFinder
from review.language.citations.found import FoundCitation
from review.language.sentences import Span
from review.literature.cited import CitedReferences
from review.model.records import Evidence
from review.store.snapshot import read_evidence

ROOT = Path(__file__).resolve().parents[1]
CLINIC_PAGES = ROOT.parent / "shared" / "bench" / "clinic_pages" / "pages"
SEEDED = ROOT / "tests" / "literature" / "seeded_references.csv"
EVIDENCE = "evidence"


@dataclass(frozen=True)
class Place:
    """A place that a reader marked, and how the source is named there."""

    span: Span
    kind: str
    is_optional: bool


@dataclass(frozen=True)
class MarkedPage:
    """A page with the places marked on it; `split` says whether it was looked at while tuning."""

    page: str
    split: str
    text: str
    places: tuple[Place, ...]


def marked_pages(places: Path, pages: Path) -> Iterator[MarkedPage]:
    """The pages whose text is there and is the one that was marked; what is not is said."""
    marked: dict[str, list[Place]] = {}
    for row in _rows(places / "citation_places.csv"):
        span = Span(int(row["start"]), int(row["end"]))
        marked.setdefault(row["page"], []).append(Place(span, row["kind"], row["optional"] == "yes"))
    for row in _rows(places / "citation_pages.csv"):
        file = pages / f"{row['page']}.txt"
        content = file.read_bytes() if file.is_file() else b""
        if hashlib.sha256(content).hexdigest() == row["sha256"]:
            yield MarkedPage(
                row["page"], row["split"], content.decode(), tuple(marked.get(row["page"], ()))
            )
        else:
            print(f"{row['page']}: not measured, its text is absent or another", file=sys.stderr)


def pages_of(evidence: Evidence) -> Iterator[MarkedPage]:
    """The pages of the evidence with the citations recorded of them."""
    for page in evidence.pages.values():
        own = [c for c in evidence.citations.values() if c.page == page.page]
        places = tuple(Place(Span(c.start, c.end), "recorded", False) for c in own)
        yield MarkedPage(page.page, "evidence, tuned", page.text, places)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def is_hit(place: Span, found: Span) -> bool:
    """Whether the two share at least half of the shorter one."""
    shared = min(place.end, found.end) - max(place.start, found.start)
    return shared > 0 and 2 * shared >= min(place.end - place.start, found.end - found.start)


def paired(
    page: MarkedPage, found: Iterable[FoundCitation]
) -> list[tuple[Place | None, FoundCitation | None]]:
    """Each marked place with what was found there, then what was found beside."""
    left = list(found)
    pairs: list[tuple[Place | None, FoundCitation | None]] = []
    for place in sorted(page.places, key=lambda place: place.is_optional):
        hit = next((citation for citation in left if is_hit(place.span, citation.span)), None)
        if hit:
            left.remove(hit)
        pairs.append((place, hit))
    return pairs + [(None, citation) for citation in left]


HEAD = "| pages | kind | marked | found | suggested | of these right |"


def table(pages: Iterable[MarkedPage], finder: CitationFinder) -> Iterator[str]:
    """Recall by the kind marked, precision by the kind found, for each split and over all its kinds."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    number: Counter[str] = Counter()
    for page in pages:
        number[page.split] += 1
        for place, hit in paired(page, finder.find(page.text)):
            if place and place.is_optional:
                continue
            for kind in ("all", place.kind if place else ""):
                marked = counts.setdefault((page.split, kind), Counter())
                marked.update(marked=int(place is not None), found=int(bool(place and hit)))
            for kind in ("all", str(hit.kind) if hit else ""):
                suggested = counts.setdefault((page.split, kind), Counter())
                suggested.update(suggested=int(hit is not None), right=int(bool(place and hit)))
    yield f"{HEAD}\n| --- | --- | --- | --- | --- | --- |"
    for (split, kind), n in sorted(counts.items()):
        if kind:
            cells = (n["marked"], n["found"], n["suggested"], n["right"])
            yield f"| {split} ({number[split]}) | {kind} | {' | '.join(map(str, cells))} |"


def identified(finder: CitationFinder, evidence: Evidence) -> Iterator[str]:
    """How many references with a seeded fault are identified, with which faults told."""
    library = CitedReferences(evidence.references)
    right: Counter[str] = Counter()
    number: Counter[str] = Counter()
    for row in _rows(SEEDED):
        (citation,) = finder.find(f"References\n\n{row['printed']}\n")
        source = library.identify(citation.parts)
        faults = "|".join(sorted(fault.field for fault in source.faults))
        number[row["seeded"]] += 1
        right[row["seeded"]] += (source.study, faults) == (row["study"], row["faults"])
    yield "| seeded fault | references | identity and faults right |\n| --- | --- | --- |"
    for fault, of in number.items():
        yield f"| {fault} | {of} | {right[fault]} |"
    yield f"| all | {number.total()} | {right.total()} |"


def main() -> None:
    """Print the tables."""
    evidence = read_evidence([ROOT / EVIDENCE])
    finder = lexicon_of(evidence).citations
    pages = list(pages_of(evidence))
    if CLINIC_PAGES.is_dir():
        pages += marked_pages(Path(__file__).parent, CLINIC_PAGES)
    else:
        print(f"{CLINIC_PAGES}: absent, so the clinic pages were not measured", file=sys.stderr)
    for folder in map(Path, sys.argv[1:]):
        pages += marked_pages(folder, folder / "pages")
    for line in (*table(pages, finder), "", *identified(finder, evidence)):
        print(line)


if __name__ == "__main__":
    main()
