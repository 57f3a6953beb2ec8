"""How well `review search` ranks, and how far its hints can be trusted, beside plain baselines.

SciFact's dev claims are the test; every weight comes from its train claims (`literature_fit`). The study
types are those of StudyTypeTeller. Both lie beside the project: without them nothing is measured.
"""

import csv
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

import bm25s
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from benchmarks import scifact
from review.literature.kind import PHRASES, StudyKind, suggested_kind
from review.literature.minilm import load_model
from review.literature.paper import Paper
from review.literature.ranking import Index
from review.literature.stance import Leaning, suggested_stance
from review.model.errors import InputError

TYPES = Path(__file__).resolve().parents[2] / "shared" / "bench" / "study_type_teller"
MANY_PAPERS, MANY_CLAIMS = 50_000, 10_000

Ranking = Callable[[str], list[str]]


def main() -> None:
    """Print every table, or what is not here."""
    if (scifact.DATA / "corpus.jsonl").is_file():
        index = Index(scifact.papers())
        print_ranking(index)
        print_stance(index)
        print_scale()
    else:
        print("SciFact is not here: ranking, stance and scale were not measured.")
    if (TYPES / "test.csv").is_file():
        print_kinds()
    else:
        print("StudyTypeTeller is not here: kinds of study were not measured.")


def print_ranking(index: Index) -> None:
    """Gain and recall at ten: all dev claims and those that cite nothing a train claim cites."""
    train, dev = scifact.cases("train"), scifact.cases("dev")
    rankings = {
        "plain bm25s": _plain(index.papers),
        "ours, words and letters": lambda claim: [hit.paper.key for hit in index.hits(claim, 10)],
    }
    try:
        model = load_model()
        rankings["ours, and meaning"] = lambda claim: [
            hit.paper.key for hit in index.hits(claim, 10, model)
        ]
    except InputError as error:
        print(f"Not measured with meaning: {error}")
    print("\n| ranking | claims | nDCG@10 | recall@10 | ms a claim |\n| --- | --- | --- | --- | --- |")
    for name, ranking in rankings.items():
        start = time.perf_counter()
        found = {case.claim: ranking(case.claim) for case in dev}
        spent = (time.perf_counter() - start) / len(dev) * 1000
        for which, cases in (("dev", dev), ("dev, no overlap", scifact.without_overlap(train, dev))):
            gains = [ndcg(found[case.claim], set(case.cited)) for case in cases]
            recalls = [len(set(found[c.claim]) & set(c.cited)) / len(c.cited) for c in cases]
            figures = f"{_mean(gains):.3f} | {_mean(recalls):.3f} | {spent:.1f}"
            print(f"| {name} | {which}, {len(cases)} | {figures} |", flush=True)


def ndcg(found: Sequence[str], relevant: set[str]) -> float:
    """Normalised discounted cumulative gain of a ranking, each relevant paper worth the same."""
    gain = sum(1 / math.log2(rank + 2) for rank, key in enumerate(found) if key in relevant)
    return gain / sum(1 / math.log2(rank + 2) for rank in range(min(len(found), len(relevant))))


def _plain(papers: Sequence[Paper]) -> Ranking:
    """bm25s as it comes: its own splitting, stop words and settings."""
    retriever = bm25s.BM25()
    texts = [f"{paper.title} {paper.abstract}" for paper in papers]
    retriever.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def ranking(claim: str) -> list[str]:
        asked = bm25s.tokenize(claim, return_ids=False, show_progress=False)
        found, _ = retriever.retrieve(asked, k=10, show_progress=False)
        return [papers[at].key for at in found[0]]

    return ranking


def print_stance(index: Index) -> None:
    """The stance on the cited abstracts: forced to say something, and only where it does."""
    papers = {paper.key: paper for paper in index.papers}
    train, dev = scifact.cases("train"), scifact.cases("dev")
    print("\n| stance | pairs | answered | accuracy | macro-F1 |\n| --- | --- | --- | --- | --- |")
    for which, cases in (("dev", dev), ("dev, no overlap", scifact.without_overlap(train, dev))):
        pairs = [(case, key, leaning) for case in cases for key, leaning in case.cited.items()]
        hints = [
            suggested_stance(case.claim, papers[key].sentences, index.weight) for case, key, _ in pairs
        ]
        expected = [str(leaning) for *_, leaning in pairs]
        commonest = [str(Leaning.SUPPORTS)] * len(pairs)
        forced = [str(hint.likeliest) for hint in hints]
        _print_answers(f"{which}: always supports", expected, commonest)
        _print_answers(f"{which}: ours, forced", expected, forced)
        told = [at for at, hint in enumerate(hints) if hint.suggested]
        _print_answers(
            f"{which}: ours, where it speaks",
            [expected[at] for at in told],
            [forced[at] for at in told],
            len(pairs),
        )
        for leaning in Leaning:
            said = [expected[at] == leaning for at in told if forced[at] == leaning]
            print(f"  of {len(said)} {leaning}, right: {sum(said)}")
        shown = [
            hint.sentence in case.rationales[key]
            for hint, (case, key, _) in zip(hints, pairs, strict=True)
            if key in case.rationales
        ]
        print(f"  the sentence shown is one that decided, of {len(shown)}: {_mean(shown):.2f}")


def _print_answers(
    name: str, expected: Sequence[str], given: Sequence[str], asked: int | None = None
) -> None:
    accuracy = accuracy_score(expected, given)
    macro = f1_score(expected, given, average="macro", zero_division=0)
    answered = len(given) / (asked or len(given))
    print(f"| {name} | {asked or len(given)} | {answered:.2f} | {accuracy:.3f} | {macro:.3f} |")


def print_scale() -> None:
    """Time and peak memory for many claims against many papers, in a process of its own."""
    command = [sys.executable, "-c", "from benchmarks.literature import many; many()"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(f"\n{done.stdout.strip()}")


def many() -> None:
    """10,000 claims against 50,000 papers: copies of SciFact's, each without one of its sentences and
    under another's title; claims without one of their words.
    """
    start = time.process_time()
    papers = scifact.papers()
    claims = [case.claim.split() for part in ("train", "dev") for case in scifact.cases(part)]
    varied = [
        _varied(papers, at, copy)
        for copy, at in islice(
            ((copy, at) for copy in cycle(range(10_000)) for at in range(len(papers))), MANY_PAPERS
        )
    ]
    asked = [
        " ".join(words[: number % len(words)] + words[number % len(words) + 1 :])
        for number, words in enumerate(islice(cycle(claims), MANY_CLAIMS))
    ]
    made = time.process_time()
    index = Index(varied)
    ready = time.process_time()
    for claim in asked:
        index.hits(claim, 10)
    spent = time.process_time() - ready
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{len(varied):,} papers made from SciFact's in {made - start:.0f} s of processor time; "
        f"index {ready - made:.0f} s; "
        f"{len(asked):,} claims {spent:.0f} s, {spent / len(asked) * 1000:.1f} ms each; "
        f"peak memory {peak:.2f} GB"
    )


def _varied(papers: Sequence[Paper], at: int, copy: int) -> Paper:
    """The first copy is the paper itself."""
    paper = papers[at]
    if copy == 0:
        return paper
    lines = paper.abstract.split("\n")
    kept = "\n".join(line for number, line in enumerate(lines) if number != copy % len(lines))
    return Paper(f"{paper.key}-{copy}", papers[(at + copy) % len(papers)].title, kept, paper.place)


def print_kinds() -> None:
    """Kinds of study on the test part: the shipped phrases as they are, and models trained here.

    The types are merged to ours. `other` there holds observational studies in people, which are
    `other-human` here, so the two are also counted as one.
    """
    (titles, texts, known), (test_titles, test_texts, expected) = _types("train"), _types("test")
    print("\n| kind of study | answered | accuracy | macro-F1 | others as one: accuracy | macro-F1 |")
    print("| --- | --- | --- | --- | --- | --- |")
    hints = [suggested_kind(*pair) for pair in zip(test_titles, test_texts, strict=True)]
    told = [at for at, hint in enumerate(hints) if hint.kind]
    forced = [
        suggested_kind(*pair, 0, 0).kind or StudyKind.OTHER
        for pair in zip(test_titles, test_texts, strict=True)
    ]
    _print_kinds("commonest kind", expected, [StudyKind.OTHER] * len(expected))
    _print_kinds("ours, forced", expected, forced)
    _print_kinds(
        "ours, where it speaks",
        [expected[at] for at in told],
        [hints[at].kind or StudyKind.OTHER for at in told],
        len(expected),
    )
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    learnt = words.fit_transform(_joined(titles, texts))
    asked = words.transform(_joined(test_titles, test_texts))
    phrases = DictVectorizer()
    fired = phrases.fit_transform(_phrases(titles, texts))
    model = LogisticRegression(C=10, max_iter=2000, class_weight="balanced")
    given = model.fit(learnt, known).predict(asked)
    _print_kinds("TF-IDF, trained on their train part", expected, given)
    test_fired = phrases.transform(_phrases(test_titles, test_texts))
    given = model.fit(fired, known).predict(test_fired)
    _print_kinds("our phrases, trained there", expected, given)
    both = csr_matrix(hstack([learnt, fired]))
    given = model.fit(both, known).predict(csr_matrix(hstack([asked, test_fired])))
    _print_kinds("TF-IDF and our phrases, trained there", expected, given)


def _print_kinds(
    name: str, expected: Sequence[str], given: Sequence[str], asked: int | None = None
) -> None:
    merged = [
        [str(StudyKind.OTHER) if kind == StudyKind.OTHER_HUMAN else str(kind) for kind in kinds]
        for kinds in (expected, given)
    ]
    figures = " | ".join(
        f"{accuracy_score(one, two):.3f} | {f1_score(one, two, average='macro', zero_division=0):.3f}"
        for one, two in (([str(k) for k in expected], [str(k) for k in given]), merged)
    )
    print(f"| {name} | {len(given) / (asked or len(given)):.2f} | {figures} |")


def _types(part: str) -> tuple[list[str], list[str], list[StudyKind]]:
    """Titles, abstracts and kinds of a part."""
    with (TYPES / f"{part}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = [_merged(row["accepted_label"]) for row in rows]
    return [row["title"] for row in rows], [row["abstract"] for row in rows], kinds


def _merged(label: str) -> StudyKind:
    """The fourteen types there as the nine kinds here."""
    if label.startswith("Human-RCT"):
        return StudyKind.TRIAL
    if label.startswith("Animal"):
        return StudyKind.ANIMAL
    return {
        "Remaining": StudyKind.OTHER,
        "Non-systematic-review": StudyKind.NARRATIVE,
        "Human-case-report": StudyKind.CASES,
        "Human-systematic-review": StudyKind.REVIEW,
        "In-vitro-study": StudyKind.CELLS,
        "Clinical-study-protocol": StudyKind.PROTOCOL,
    }.get(label, StudyKind.OTHER_HUMAN)


def _joined(titles: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [f"{title} {text}" for title, text in zip(titles, texts, strict=True)]


def _phrases(titles: Sequence[str], texts: Sequence[str]) -> list[dict[str, int]]:
    """Which of our phrases a title and an abstract hold."""
    return [
        {
            f"{number} in {place}": 1
            for number, phrase in enumerate(PHRASES)
            for place, part in (("title", title), ("abstract", text))
            if phrase.pattern.search(part)
        }
        for title, text in zip(titles, texts, strict=True)
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
