"""References with notices of every kind, asked of witnesses that each know some of them.

`python -m benchmarks.witnesses [SEED]` draws which witness knows what, serves their answers on this
machine, asks them through the door as `review references check --refresh` does, and counts what is taken
for retracted. No reference is one that there is, and nothing was tuned on a draw.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.witness_answers import Update, put_all, put_watch, update, watch_row, work
from review.literature.services.door import Reach, open_door
from review.literature.services.replay import serving
from review.literature.witnesses.checking import check_references
from review.model.notices import governing, taken_out
from review.model.records import Evidence
from review.model.vocabulary import NoticeKind
from review.model.witness_words import Side, Witness

SEED = 18
WITNESSES = tuple(witness for witness in Witness if witness.knows_retractions)
ALONE = 5
"""How many retractions each witness is the only one to know."""
SIZES = {
    "retraction": 40,
    "withdrawal": 5,
    "erratum": 40,
    "concern": 10,
    "partial retraction": 5,
    "reinstated": 10,
    "retracted again": 5,
    "notice cited for its work": 5,
    "named by a notice of another work": 5,
    "clean": 10,
}
"""How many references of each sort there are."""
TAKEN_OUT = frozenset({"retraction", "withdrawal", "retracted again"})
REINSTATED = frozenset({"reinstated", "retracted again"})
ERRATA = ("correction", "erratum", "corrigendum", "addendum")
STUDY = """design: randomised-trial
species: human
population: not_reported
n: not_reported
sample: not_reported
intervention: not_reported
comparator: not_reported
follow_up: not_reported
funding_kind: not_reported
funding: not_reported
conflicts: not_reported
registration: not_reported
doi: confirmed
pmid: confirmed
recorded: 2026-01-01
checked: abstract
findings: []
warnings: []
"""


@dataclass(slots=True)
class Reference:
    """A reference that there is not, its sort, and who knows its notices."""

    number: int
    sort: str
    known_to: tuple[Witness, ...] = WITNESSES

    @property
    def key(self) -> str:
        """Its key."""
        return f"made{self.number}"

    @property
    def doi(self) -> str:
        """Its DOI."""
        return f"10.5555/made.{self.number}"

    @property
    def pmid(self) -> str:
        """Its PubMed number."""
        return str(90_000_000 + self.number)

    @property
    def title(self) -> str:
        """Its title."""
        return f"A trial of spray number {self.number} for thinning hair"


@dataclass(slots=True)
class Told:
    """What the witnesses say of one reference."""

    updated_by: list[Update] = field(default_factory=list)
    notices: list[dict[str, object]] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    comments: list[tuple[str, str, str]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    types: list[str] = field(default_factory=lambda: ["Journal Article"])


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a draw: of each sort how many there are and how many were taken for retracted."""

    of: Counter[str]
    taken_out: Counter[str]
    governed: Counter[tuple[str, str]]
    alone: dict[Witness, int]
    are_notices: int


def drawn(random: Random) -> list[Reference]:
    """The references of a draw: of the retractions, some are known to one witness only."""
    references = [
        Reference(number, sort)
        for number, sort in enumerate((sort for sort, size in SIZES.items() for _ in range(size)), 1)
    ]
    retracted = [reference for reference in references if reference.sort == "retraction"]
    for reference in references:
        some = random.sample(WITNESSES, random.randint(1, len(WITNESSES)))
        # Only Retraction Watch and Crossref tell a reinstatement, and Crossref has it from there.
        always = (Witness.RETRACTION_WATCH,) if reference.sort in REINSTATED else ()
        reference.known_to = tuple(dict.fromkeys((*some, *always)))
    for reference, witness in zip(retracted, (w for w in WITNESSES for _ in range(ALONE)), strict=False):
        reference.known_to = (witness,)
    for reference in retracted[ALONE * len(WITNESSES) :]:
        reference.known_to = tuple(random.sample(WITNESSES, random.randint(2, len(WITNESSES))))
    return references


def told(reference: Reference, random: Random) -> Told:
    """What is said of a reference, by whoever knows it."""
    said = Told()
    year = random.randint(2021, 2024)
    match reference.sort:
        case "retraction":
            _notice(said, reference, "retraction", year)
        case "withdrawal":
            _notice(said, reference, "withdrawal", year)
        case "erratum":
            _notice(said, reference, random.choice(ERRATA), year)
        case "concern":
            _notice(said, reference, "expression_of_concern", year)
        case "partial retraction":
            _notice(said, reference, "partial_retraction", year)
        case "reinstated":
            _notice(said, reference, "retraction", year)
            _notice(said, reference, "reinstatement", year + 1)
        case "retracted again":
            _notice(said, reference, "retraction", year - 1)
            _notice(said, reference, "reinstatement", year)
            _notice(said, reference, "retraction", year + 1)
        case "notice cited for its work":
            _is_notice(said, reference, year)
        case "named by a notice of another work":
            other = update(f"10.5555/other.{reference.number}", "retraction", (year, 5, 4))
            said.notices.append(work(f"10.5555/n.{reference.number}", "Retraction", update_to=[other]))
            said.references.append(("Cites", "J Made Answers. 2019;1(1):1", "91000001"))
    return said


_PUBMED = {
    "retraction": "RetractionIn",
    "withdrawal": "RetractionIn",
    "expression_of_concern": "ExpressionOfConcernIn",
    "partial_retraction": "ErratumIn",
    **dict.fromkeys(ERRATA, "ErratumIn"),
}
_EUROPE_PMC = {
    "RetractionIn": "Retraction in",
    "ExpressionOfConcernIn": "Expression of concern in",
    "ErratumIn": "Erratum in",
}
_NATURES = {
    "retraction": "Retraction",
    "withdrawal": "Retraction",
    "expression_of_concern": "Expression of concern",
    "reinstatement": "Reinstatement",
    "partial_retraction": "Correction",
    **dict.fromkeys(ERRATA, "Correction"),
}


def _notice(said: Told, reference: Reference, kind: str, year: int) -> None:
    """One notice, as each witness that knows it has it."""
    number = f"{reference.number}{year}"
    doi, pmid, record = f"10.5555/notice.{number}", f"9{number[-7:].zfill(7)}", int(number)
    known = reference.known_to
    day = (year, 5, 4)
    if Witness.CROSSREF in known:
        said.updated_by.append(update(doi, kind, day))
    if Witness.CROSSREF_NOTICES in known:
        said.notices.append(work(doi, "A notice", update_to=[update(reference.doi, kind, day)]))
    if word := _PUBMED.get(kind):
        source = f"J Made Answers. {year} May 4;12(3):{reference.number}"
        if Witness.PUBMED in known:
            said.references.append((word, source, pmid))
            said.types += ["Retracted Publication"] if word == "RetractionIn" else []
        if Witness.EUROPE_PMC in known:
            said.comments.append((_EUROPE_PMC[word], source, pmid))
    if Witness.RETRACTION_WATCH in known:
        row = watch_row(record, _NATURES[kind], f"5/4/{year} 0:00", doi=reference.doi, notice=doi)
        row["RetractionPubMedID"] = pmid if kind in _PUBMED else "0"
        said.rows.append(row)


def _is_notice(said: Told, reference: Reference, year: int) -> None:
    """The reference is itself the notice of another work."""
    other = f"10.5555/work.{reference.number}"
    said.types = ["Retraction of Publication"]
    said.references.append(("RetractionOf", f"J Made Answers. {year};1(1):1", "91000002"))
    said.comments.append(("Retraction of", f"J Made Answers. {year};1(1):1", "91000002"))
    row = watch_row(reference.number, "Retraction", f"5/4/{year} 0:00", doi=other, notice=reference.doi)
    said.rows.append(row)


def write_folder(folder: Path, references: Sequence[Reference]) -> Path:
    """An evidence folder that holds the references, and a study file for each."""
    (folder / "studies").mkdir(parents=True)
    entries = []
    for reference in sorted(references, key=lambda reference: reference.key):
        (folder / "studies" / f"{reference.key}.yml").write_text(STUDY, "utf-8")
        entries.append(
            f"@article{{{reference.key},\n  title = {{{reference.title}}},\n  year = {{2020}},\n"
            f"  doi = {{{reference.doi}}},\n  pmid = {{{reference.pmid}}},\n}}\n"
        )
    (folder / "references.bib").write_text("\n".join(entries), "utf-8")
    return folder


def write_answers(folder: Path, references: Sequence[Reference], random: Random) -> None:
    """What every witness answers about the references; OpenAlex lags behind in three of forty."""
    rows: list[dict[str, str]] = []
    for reference in references:
        said = told(reference, random)
        rows += said.rows
        is_marked = reference.sort in TAKEN_OUT and random.random() > 3 / 40
        put_all(
            folder,
            reference.doi,
            reference.pmid,
            reference.title,
            updated_by=said.updated_by,
            notices=said.notices,
            references=said.references,
            comments=said.comments,
            types=said.types,
            is_retracted=is_marked,
        )
    put_watch(folder, rows)


def measured(place: Path, seed: int = SEED) -> Figures:
    """What the witnesses of a draw make of its references, asked from a folder in `place`."""
    random = Random(seed)
    references = drawn(random)
    write_answers(place / "answers", references, random)
    folder = write_folder(place / "evidence", references)
    with (
        serving(place / "answers") as replay,
        open_door(
            Reach.RENEWED,
            base=replay.base,
            folder=place / "cache",
            environment={},
            sleep=lambda _: None,
        ) as door,
    ):
        evidence = check_references([folder], door).evidence
    return _figures(references, evidence)


def _figures(references: Sequence[Reference], evidence: Evidence) -> Figures:
    out = taken_out(evidence.notices)
    alone = {
        witness: sum(
            r.key in out for r in references if r.sort == "retraction" and r.known_to == (witness,)
        )
        for witness in WITNESSES
    }
    itself = {row.study for row in evidence.witness_notices if row.side is Side.NOTICE}
    return Figures(
        Counter(reference.sort for reference in references),
        Counter(reference.sort for reference in references if reference.key in out),
        Counter(_governed(references, evidence)),
        alone,
        sum(r.key in itself for r in references if r.sort == "notice cited for its work"),
    )


def _governed(references: Sequence[Reference], evidence: Evidence) -> Iterator[tuple[str, str]]:
    for reference in references:
        holding = governing(n for n in evidence.notices if n.study == reference.key)
        yield reference.sort, str(holding.kind) if holding else "none"


def main(seed: int = SEED) -> None:
    """Print what came of a draw."""
    with tempfile.TemporaryDirectory() as place:
        figures = measured(Path(place), seed)
    print(f"References with notices that witnesses know, draw {seed}:\n")
    print("| sort | references | taken for retracted | governing notice |")
    print("|---|---|---|---|")
    for sort in SIZES:
        kinds = ", ".join(
            f"{kind} {number}" for (own, kind), number in sorted(figures.governed.items()) if own == sort
        )
        print(f"| {sort} | {figures.of[sort]} | {figures.taken_out[sort]} | {kinds} |")
    print("\n| retractions known to this witness alone | found |")
    print("|---|---|")
    for witness, found in figures.alone.items():
        print(f"| {witness.full_name} | {found} of {ALONE} |")
    print(f"\nnotices cited in place of their works, told as such: {figures.are_notices}")
    wrong = figures.taken_out["erratum"] + figures.governed["erratum", str(NoticeKind.RETRACTION)]
    print(f"errata called retractions: {wrong}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
