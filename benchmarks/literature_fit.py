"""`python -m benchmarks.literature_fit`: the weights of `review.literature` from SciFact's train part.

Prints the numbers that stand in `ranking.py` and `stance.py`. Nothing of the dev claims is read. The
ranking weights make the cited abstracts likely among the candidates (a softmax over them, with a small
penalty on large weights); the stance weights are a logistic regression.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks import scifact
from review.literature.minilm import load_model
from review.literature.ranking import LEXICAL, SEMANTIC, Index, Meaning
from review.literature.stance import Leaning, stance_features

PENALTY = 1e-4


def ranking_weights(
    index: Index, cases: Sequence[scifact.Case], names: Sequence[str], meaning: Meaning | None
) -> dict[str, float]:
    """The weights of the named signals."""
    lists = []
    for case in cases:
        hits = index.hits(case.claim, 50, meaning)
        cited = np.array([hit.paper.key in case.cited for hit in hits], float)
        if cited.any():
            values = np.array([[hit.signals[name] for name in names] for hit in hits])
            lists.append((values, cited / cited.sum()))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = PENALTY * weights @ weights, 2 * PENALTY * weights
        for values, cited in lists:
            scores = values @ weights
            scores -= scores.max()
            chances = np.exp(scores) / np.exp(scores).sum()
            total -= cited @ np.log(chances) / len(lists)
            slope = slope + values.T @ (chances - cited) / len(lists)
        return total, slope

    fitted = minimize(loss, np.ones(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, np.round(fitted, 2).tolist(), strict=True))


def print_stance(index: Index, cases: Sequence[scifact.Case]) -> None:
    """The weights of the features, and how sure the suggestion is in five folds."""
    papers = {paper.key: paper for paper in index.papers}
    rows, labels, claims = [], [], []
    for number, case in enumerate(cases):
        for key, leaning in case.cited.items():
            rows.append(stance_features(case.claim, papers[key].sentences, index.weight)[0])
            labels.append(leaning)
            claims.append(number)
    model = LogisticRegression(max_iter=2000)
    chances = cross_val_predict(
        model, rows, labels, groups=claims, cv=GroupKFold(5), method="predict_proba"
    )
    model.fit(rows, labels)
    right = model.classes_[chances.argmax(axis=1)] == np.array(labels)
    for sure in (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8):
        told = chances.max(axis=1) >= sure
        print(f"sure {sure}: told {told.mean():.2f}, right {right[told].mean():.3f}")
    for leaning in Leaning:
        at = list(model.classes_).index(leaning)
        print(leaning, np.round(model.coef_[at], 2).tolist(), round(float(model.intercept_[at]), 2))


def main() -> None:
    """Print all weights; those with meaning take about a quarter of an hour."""
    index, cases = Index(scifact.papers()), scifact.cases("train")
    print_stance(index, cases)
    print(ranking_weights(index, cases, list(LEXICAL), None), flush=True)
    print(ranking_weights(index, cases, list(SEMANTIC), load_model()))


if __name__ == "__main__":
    main()
