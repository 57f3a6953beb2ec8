"""How many facts the reader of abstracts gets right, wrong, or leaves out, of 60 read by hand.

    python -m benchmarks.abstracts FOLDER

`abstract_facts.csv` holds what a person read in 60 abstracts before the reader was run on them: only
their identifiers, digests and facts, for the texts are their publishers'. FOLDER holds the texts, in any
file that `review search --corpus` reads; an abstract is told by the SHA-256 of its title and text, with
one blank between words. Those that are not there are told and counted as not read.

Where a person could not tell either, or more than one answer is right, the answers stand with | between
them; `not_reported` means that the abstract does not say it, so that any answer is wrong. A fact that
the reader leaves out is never wrong. An effect is right in its estimate, its interval and its p each by
itself; where its measure is another, or no such estimate was read by hand, its estimate is wrong.
"""

import csv
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from review.literature.abstracts import AbstractFacts, AbstractReader, Effect
from review.literature.paper import Paper
from review.literature.readers import read_corpora
from review.literature.readers.corpus import SUFFIXES
from review.model.vocabulary import NOT_REPORTED
from review.store.read import packaged_packs

FACTS = Path(__file__).with_name("abstract_facts.csv")
STUDY_FACTS = ("design", "species", "n", "registration", "follow_up", "funding")
PARTS = ("estimate", "interval", "p")
Outcome = tuple[str, str, str]
"""A fact, how it came out, and what was read instead where it is wrong."""


def main(arguments: Sequence[str]) -> int:
    """Prints the counts by fact; gives 2 where no abstract is at hand."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("Name the folder that holds the texts of the abstracts; none is shipped.", file=sys.stderr)
        return 2
    by_digest = {digest(paper): paper for paper in _papers(Path(arguments[0]))}
    hand = _by_hand()
    reader = AbstractReader(packaged_packs().abstract_packs)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    missing = [key for key, (sha, _) in hand.items() if sha not in by_digest]
    for key, (sha, facts) in hand.items():
        if sha not in by_digest:
            continue
        paper = by_digest[sha]
        for fact, outcome, read in compared(facts, reader.read(paper.title, paper.abstract)):
            counts[fact][outcome] += 1
            if outcome == "wrong":
                print(f"wrong: {key}: {fact}: {read}")
    print(f"{len(hand) - len(missing)} of {len(hand)} abstracts read; not at hand: {len(missing)}")
    if len(missing) == len(hand):
        return 2
    print(f"{'fact':14}{'right':>7}{'wrong':>7}{'left out':>10}{'not stated':>12}")
    total: Counter[str] = Counter()
    for fact in (*STUDY_FACTS, *PARTS):
        row = counts[fact]
        total += row
        print(f"{fact:14}{row['right']:7}{row['wrong']:7}{row['left out']:10}{row['not stated']:12}")
    read_facts = total["right"] + total["wrong"]
    print(
        f"{'all':14}{total['right']:7}{total['wrong']:7}{total['left out']:10}{total['not stated']:12}"
    )
    print(f"wrong of what was read: {total['wrong']} of {read_facts}, {total['wrong'] / read_facts:.1%}")
    return 0


def digest(paper: Paper) -> str:
    """What tells an abstract: the SHA-256 of its title and text with one blank between words."""
    return hashlib.sha256(" ".join(f"{paper.title} {paper.abstract}".split()).encode()).hexdigest()


def _papers(folder: Path) -> Iterator[Paper]:
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    for path in files:
        yield from read_corpora([path]).papers


def _by_hand() -> Mapping[str, tuple[str, Sequence[tuple[str, str]]]]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    facts: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for row in rows:
        facts.setdefault(row["abstract"], (row["sha256"], []))[1].append((row["fact"], row["value"]))
    return facts


def compared(hand: Sequence[tuple[str, str]], read: AbstractFacts) -> Iterator[Outcome]:
    """How each fact came out."""
    for fact, value in hand:
        if fact in STUDY_FACTS:
            allowed = value.split("|")
            stated = read.stated.get(fact)
            if stated is None:
                yield fact, "not stated" if NOT_REPORTED in allowed else "left out", ""
                continue
            given = str(stated.value)
            is_right = any(_is_same(fact, given, one) for one in allowed if one != NOT_REPORTED)
            yield fact, "right" if is_right else "wrong", given
    yield from _effects([value for fact, value in hand if fact == "effect"], read)


def _is_same(fact: str, given: str, hand: str) -> bool:
    if fact == "follow_up":
        number, unit = given.split()
        return (float(number), unit) == (float(hand.split()[0]), hand.split()[1])
    return hand in given if fact == "funding" else given == hand


def _effects(hand: Sequence[str], read: AbstractFacts) -> Iterator[Outcome]:
    left = [value.split() for value in hand]
    for effect in (fact.value for fact in read.effects):
        match = next((row for row in left if _is_this(effect, row)), None)
        if match is None:
            yield "estimate", "wrong", str(effect)
            continue
        left.remove(match)
        yield "estimate", "right", ""
        interval = match[2] != NOT_REPORTED
        if effect.low is None:
            yield "interval", "left out" if interval else "not stated", ""
        else:
            same = interval and (effect.low, effect.high) == (float(match[2]), float(match[3]))
            yield "interval", "right" if same else "wrong", str(effect)
        if not effect.p:
            yield "p", "left out" if match[4] != NOT_REPORTED else "not stated", ""
        else:
            sign = effect.p[0] if effect.p[0] in "<>" else "="
            same_p = match[4] == f"{sign}{float(effect.p.lstrip('<>'))!r}"
            yield "p", "right" if same_p else "wrong", str(effect)
    for row in left:
        yield "estimate", "left out", ""
        if row[2] != NOT_REPORTED:
            yield "interval", "left out", ""
        if row[4] != NOT_REPORTED:
            yield "p", "left out", ""


def _is_this(effect: Effect, row: Sequence[str]) -> bool:
    same_interval = effect.low is None or row[2] == NOT_REPORTED or effect.low == float(row[2])
    is_share = {str(effect.measure), row[0]} == {"prevalence", "proportion"}
    return (
        (str(effect.measure) == row[0] or is_share)
        and effect.estimate == float(row[1])
        and same_interval
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
