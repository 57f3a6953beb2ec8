"""How well causal strength is read from wording, on findings in press releases and in abstracts.

The pairs are those of Wright and Augenstein (2021). They have no licence to pass on, so they are not
part of this project: without them there is nothing to measure, and `main` says so. The cues were written
while reading the 100 pairs of the train part; the figures are of the test part alone.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline

from review.language.wording.strength import Exaggeration, Strength, exaggeration, strength

DATA = Path(__file__).resolve().parents[2] / "shared" / "bench" / "exaggeration"
PRESS, ABSTRACT = "press_release", "abstract"

Pair = Mapping[str, Any]
Labelled = tuple[list[str], list[int]]


class Row(NamedTuple):
    """One method on one task of the test part."""

    task: str
    method: str
    cases: int
    macro_f1: float
    accuracy: float


def rows() -> list[Row]:
    """Our rules beside the commonest label and a trained classifier; none where the data are absent."""
    if not (DATA / "test.jsonl").is_file():
        return []
    train, test = _pairs("train"), _pairs("test")
    known = _sentences(train, [PRESS, ABSTRACT])
    model = _trained(*known)
    return [
        *_sentence_rows("a release's finding", known, model, _sentences(test, [PRESS])),
        *_sentence_rows("an abstract's finding", known, model, _sentences(test, [ABSTRACT])),
        *_sentence_rows("both", known, model, _sentences(test, [PRESS, ABSTRACT])),
        *_pair_rows(train, test, model),
    ]


def main() -> None:
    """Print the table, or that there is nothing to measure."""
    found = rows()
    if not found:
        print("The pairs of Wright and Augenstein (2021) are not here: nothing was measured.")
        return
    print("| task | method | cases | macro-F1 | accuracy |\n| --- | --- | --- | --- | --- |")
    for row in found:
        print(f"| {row.task} | {row.method} | {row.cases} | {row.macro_f1:.3f} | {row.accuracy:.3f} |")


def _pairs(part: str) -> list[Pair]:
    lines = (DATA / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _sentences(pairs: Sequence[Pair], sides: Sequence[str]) -> Labelled:
    texts = [pair[f"{side}_conclusion"] for side in sides for pair in pairs]
    return texts, [pair[f"{side}_strength"] for side in sides for pair in pairs]


def _sentence_rows(what: str, known: Labelled, model: GridSearchCV, unseen: Labelled) -> list[Row]:
    """Strength of single sentences; the baselines know both sides of every train pair."""
    texts, expected = unseen
    answers = {
        "our rules": [int(strength(text)) for text in texts],
        "commonest label": _commonest(*known, texts),
        "TF-IDF and logistic regression": list(model.predict(texts)),
    }
    return [_row(f"strength: {what}", name, expected, given) for name, given in answers.items()]


def _pair_rows(train: Sequence[Pair], test: Sequence[Pair], model: GridSearchCV) -> list[Row]:
    """The label of a pair, by the sign rule from two strengths and learnt from the pair at once."""
    by_model = [model.predict(_sentences(test, [side])[0]) for side in (PRESS, ABSTRACT)]
    by_rule = [[strength(text) for text in _sentences(test, [side])[0]] for side in (PRESS, ABSTRACT)]
    known, texts = ([_joined(pair) for pair in part] for part in (train, test))
    labels, expected = ([pair["exaggeration_label"] for pair in part] for part in (train, test))
    answers = {
        "our rules": _signs(*by_rule),
        "commonest label": _commonest(known, labels, texts),
        "TF-IDF and logistic regression, sign rule": _signs(*by_model),
        "TF-IDF and logistic regression, pair": list(_trained(known, labels).predict(texts)),
    }
    return [_row("exaggeration label", name, expected, given) for name, given in answers.items()]


def _signs(claims: Sequence[int], sources: Sequence[int]) -> list[Exaggeration]:
    pairs = zip(claims, sources, strict=True)
    return [exaggeration(Strength(claim), Strength(source)) for claim, source in pairs]


def _joined(pair: Pair) -> str:
    """Both findings as one text, the abstract's words marked so that they stay apart."""
    source = " ".join(f"source_{word}" for word in pair["abstract_conclusion"].split())
    return f"{pair['press_release_conclusion']} {source}"


def _commonest(known: Sequence[str], labels: Sequence[Any], texts: Sequence[str]) -> list[Any]:
    return list(DummyClassifier(strategy="most_frequent").fit(known, labels).predict(texts))


def _trained(known: Sequence[str], labels: Sequence[Any]) -> GridSearchCV:
    """The classifier with the setting that is best in five folds of the train part."""
    search = GridSearchCV(
        make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=2000)),
        {
            "tfidfvectorizer__ngram_range": [(1, 1), (1, 2)],
            "logisticregression__C": [0.3, 1, 3, 10, 30],
            "logisticregression__class_weight": [None, "balanced"],
        },
        scoring="f1_macro",
        cv=StratifiedKFold(5, shuffle=True, random_state=0),
    )
    return search.fit(known, labels)


def _row(task: str, method: str, expected: Sequence[Any], given: Sequence[Any]) -> Row:
    macro = f1_score(expected, given, average="macro", zero_division=0)
    return Row(task, method, len(expected), macro, accuracy_score(expected, given))


if __name__ == "__main__":
    main()
