"""`python -m benchmarks.register_fit FOLDER ...`: the weights of `packs/registers/english.yml`.

Learns from `../shared/bench/regulators`, `../shared/bench/fda_warning_claims` and the folders named,
each with `quotes.jsonl` and `clean.jsonl`, or with `bad.tsv` and `clean.txt` of sentences of our own.
Prints how well each set is told apart by weights that were learned on the others, and writes the pack.
How a sentence ends and how long it is tell a quotation from a sentence, and are not learned from.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import normalize

from review.language.flags.register import score, tokens
from review.store.read import packaged_packs

PROJECT = Path(__file__).resolve().parents[1]
BENCH = PROJECT.parent / "shared" / "bench"
PACK = PROJECT / "src/review/packs/registers/english.yml"
SEEN_IN = 5
"""In how many sentences a word has to stand; a rarer one would tell of its sentence alone."""
STEP = 20
"""Weights are rounded to this many hundredths, so that a reader sees words beside their likes."""
LOST = 0.02
"""The share of the quotations that may be read as information, by weights that never saw them."""

TOPICS = (
    "condition blemish tissue germ function looks inner prescription medicine substitute taken"
    " unapproved biological modality nutrient ordinary-care care"
)
"""The terms whose words name topics, which advertising and information share."""
ORDINARY = (
    "the a of in and for with to by on or your you our we is are no not free help support use used"
    " only all new more good pain treatment therapy loss weight hair skin energy sleep relief"
)
"""Words of those terms that say little of the topic."""

Sentences = tuple[list[str], list[str]]


def read_set(folder: Path) -> Sentences:
    """The advertising and the information of one folder."""
    if (folder / "claims.csv").is_file():
        with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
            return [row["quote"] for row in csv.DictReader(file)], []
    if (folder / "bad.tsv").is_file():
        bad = (folder / "bad.tsv").read_text("utf-8").splitlines()
        clean = (folder / "clean.txt").read_text("utf-8").splitlines()
        return [line.split("\t")[-1] for line in bad if line], [line for line in clean if line]
    quotes, clean = (
        [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines() if line.strip()]
        for name in ("quotes.jsonl", "clean.jsonl")
    )
    return [row["quote"] for row in quotes], [row["text"] for row in clean]


def topics() -> frozenset[str]:
    """The single words of the terms that name topics."""
    named = " ".join(t.words for t in packaged_packs().terms if t.term in TOPICS.split())
    return tokens(named) - frozenset(ORDINARY.split())


def fitted(sets: Iterable[Sentences]) -> tuple[dict[str, int], int]:
    """The weight of every word in hundredths, and the bias."""
    both = list(sets)
    sells = [text for quotes, _ in both for text in quotes]
    informs = [text for _, clean in both for text in clean]
    named = topics()
    counted = CountVectorizer(
        analyzer=lambda text: [w for w in tokens(text) if not named & {w, w.removesuffix("s")}],
        binary=True,
        min_df=SEEN_IN,
    )
    rows = normalize(counted.fit_transform([*sells, *informs]).astype(float))
    model = LogisticRegression(C=10, solver="liblinear", max_iter=3000, class_weight="balanced")
    model.fit(rows, [1] * len(sells) + [0] * len(informs))
    rounded = (np.round(model.coef_[0] * 100 / STEP) * STEP).astype(int)
    words = counted.get_feature_names_out()
    return dict(zip(words, rounded.tolist(), strict=True)), round(model.intercept_[0] * 100)


def told_apart(sets: Mapping[str, Sentences]) -> float:
    """Prints each set by weights learned on the others; gives the score below which `LOST` lie."""
    lowest: list[float] = []
    for name, (quotes, clean) in sets.items():
        weights, bias = fitted(each for other, each in sets.items() if other != name)
        sells = [score(text, weights, bias) for text in quotes]
        informs = [score(text, weights, bias) for text in clean]
        lowest += sells
        if quotes and clean:
            area = roc_auc_score([1] * len(sells) + [0] * len(informs), [*sells, *informs])
            print(f"{name}: {len(quotes)} quotations, {len(clean)} clean sentences, AUC {area:.3f}")
    return float(np.quantile(lowest, LOST))


def main(folders: Iterable[str]) -> None:
    """Learns, prints, and writes the pack."""
    paths = [BENCH / "regulators", BENCH / "fda_warning_claims", *map(Path, folders)]
    sets = {path.name: read_set(path) for path in paths}
    below = told_apart(sets)
    weights, bias = fitted(sets.values())
    groups: dict[int, list[str]] = defaultdict(list)
    for word, weight in sorted(weights.items()):
        if weight:
            groups[weight].append(word)
    pack = yaml.safe_load(PACK.read_text("utf-8")) if PACK.is_file() else {"title": "", "source": ""}
    quotes = sum(len(each) for each, _ in sets.values())
    clean = sum(len(each) for _, each in sets.values())
    print(f"{quotes} quotations, {clean} clean sentences, {len(weights)} words")
    print(f"bias {bias}, informs below {below:.0f}")
    pack |= {"version": 1, "bias": bias, "informs_below": round(below)}
    pack["weights"] = [
        {"weight": weight, "words": " ".join(groups[weight])} for weight in sorted(groups, reverse=True)
    ]
    PACK.write_text(yaml.safe_dump(pack, sort_keys=False, allow_unicode=True, width=100), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
