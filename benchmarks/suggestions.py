"""What the rules suggest beside what the authors of published profiles judged.

`suggestions.csv` holds the rows of GRADE profiles that fixed queries of a stored copy of public pages
gave, in that order, each with its address: every row that rates the five domains and prints studies,
people and a pooled effect with its interval, at most six of a page, until forty. Nothing was left out
for what its authors judged. The rules see what the table prints: the pooled effect as that of one
review, the people, and for events their number and the risk of those compared. Tables print no study of
their own, no share of risk of bias and no directness, so the other four domains cannot be compared; what
the authors judged of them is kept beside. `bodies` compares more domains, of bodies whose studies are
known. Run both with `python -m benchmarks.suggestions`.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from benchmarks.bodies import lines as studied
from review.grading.rateable import RateableFinding, SuggestedRating
from review.grading.suggest import suggested_ratings
from review.grading.thresholds import Thresholds
from review.model.vocabulary import Concern, Design, Directness, Domain, Funding, Measure, Stance

BODIES = Path(__file__).with_suffix(".csv")
DIRECT = (Directness.DIRECT, Directness.DIRECT, Directness.DIRECT)


def bodies() -> list[dict[str, str]]:
    """The published bodies, in the order in which they were found."""
    with BODIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def suggested(body: dict[str, str]) -> SuggestedRating:
    """What the rules suggest for the imprecision of a body, of which they see what its table prints."""
    pooled = RateableFinding(
        study=body["row"],
        design=Design.REVIEW_OF_TRIALS,
        stance=Stance.SUPPORTS,
        directness=DIRECT,
        participants=int(body["people"]),
        funding=Funding.NOT_REPORTED,
        measure=Measure(body["measure"]),
        unit=body["unit"] or None,
        estimate=float(body["estimate"]),
        ci_low=float(body["ci_low"]),
        ci_high=float(body["ci_high"]),
        events=int(body["events"]) if body["events"] else None,
    )
    risk = float(body["baseline_risk"]) if body["baseline_risk"] else None
    return suggested_ratings([pooled], thresholds=Thresholds(baseline_risk=risk))[Domain.IMPRECISION]


def lines() -> Iterator[str]:
    """Each body with both ratings, then how often they agree."""
    found = [(body, suggested(body)) for body in bodies()]
    pairs = [(rating.concern, Concern(body["imprecision"])) for body, rating in found]
    for (body, rating), (ours, theirs) in zip(found, pairs, strict=True):
        mark = " " if ours is theirs else "!"
        yield f"{mark} {body['row']}: authors {theirs.spoken}, rules {ours.spoken}. {rating.reason}"
    same = sum(ours is theirs for ours, theirs in pairs)
    kappa = cohen_kappa_score(*zip(*pairs, strict=True))
    yield f"{same} of {len(pairs)} ({same / len(pairs):.1%}), kappa {kappa:.2f}"


def main() -> None:
    """Print both comparisons."""
    print("Imprecision of 41 bodies of which the pooled effect is known\n")
    print("\n".join(lines()))
    print("\nDomains of 60 bodies, each where its facts are known\n")
    print("\n".join(studied()))


if __name__ == "__main__":
    main()
