"""SciFact (Wadden and others 2020) as papers and claims, where it lies beside the project."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.literature.paper import Paper
from review.literature.stance import Leaning
from review.model.errors import InFile

DATA = Path(__file__).resolve().parents[2] / "shared" / "bench" / "scifact"

_LEANINGS = {"SUPPORT": Leaning.SUPPORTS, "CONTRADICT": Leaning.CONTRADICTS}


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, the keys of the abstracts it cites, and what each of them says of it."""

    claim: str
    cited: dict[str, Leaning]
    rationales: dict[str, frozenset[str]]


def papers() -> list[Paper]:
    """The 5,183 abstracts; a sentence of the data is a line of the abstract."""
    return [
        Paper(
            str(row["doc_id"]), row["title"].strip(), "\n".join(map(str.strip, row["abstract"])), _HERE
        )
        for row in _rows("corpus")
    ]


def cases(part: str) -> list[Case]:
    """The claims of a part, `train` or `dev`."""
    sentences = {str(row["doc_id"]): row["abstract"] for row in _rows("corpus")}
    return [
        Case(
            row["claim"],
            {key: _leaning(row, key) for key in map(str, row["cited_doc_ids"])},
            {
                key: frozenset(sentences[key][at].strip() for one in found for at in one["sentences"])
                for key, found in row["evidence"].items()
            },
        )
        for row in _rows(f"claims_{part}")
    ]


def without_overlap(known: Sequence[Case], unseen: Sequence[Case]) -> list[Case]:
    """The unseen cases that cite nothing that a known case cites."""
    cited = {key for case in known for key in case.cited}
    return [case for case in unseen if not cited & set(case.cited)]


_HERE = InFile("corpus.jsonl")


def _leaning(row: dict[str, dict[str, list[dict[str, str]]]], key: str) -> Leaning:
    found = row["evidence"].get(key)
    return _LEANINGS[found[0]["label"]] if found else Leaning.NOT_ABOUT


def _rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]
