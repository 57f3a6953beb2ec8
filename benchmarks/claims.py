"""How well claims are found and matched, each page in turn left out of all training.

Beside it, in the same run: every sentence taken for a claim, and TF-IDF with logistic regression on
sentences. A claim is found when a stretch and the marked claim share at least half of the characters
that both cover together, each used once.
"""

import itertools
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from review.dossier.dossier import lexicon_of
from review.dossier.suggestions import suggestions
from review.language.claims.finding import ClaimFinder, DetectedClaim
from review.language.claims.learning.training import learnt_claims
from review.language.claims.overlap import pairing
from review.language.claims.places import Marked, places_of
from review.language.cues import wording
from review.language.matching.matcher import Matched, Matcher
from review.language.sentences import Span, sentence_spans
from review.model.days import last_day
from review.model.records import Evidence
from review.model.vocabulary import Match, YesNo
from review.store.cache import VARIABLE
from review.store.snapshot import read_evidence
from review.workbench import Review

EVIDENCE = Path(__file__).resolve().parents[1] / "evidence"
THRESHOLDS = np.linspace(0.02, 0.98, 49)


@dataclass(frozen=True)
class LeftOut:
    """What was found and matched on one page by models that never saw it."""

    page: Marked
    found: tuple[DetectedClaim, ...]
    on_found: list[Matched]
    on_marked: list[Matched]
    categories: list[str]
    checks: np.ndarray
    known: frozenset[str]
    baseline: "Baseline"


@dataclass(frozen=True)
class Baseline:
    """What TF-IDF and logistic regression say of the same page."""

    spans: list[Span]
    scores: np.ndarray
    categories: list[str]
    wordings: list[str]
    checks: np.ndarray
    matches: list[tuple[str, bool]]


def marked_pages(evidence: Evidence) -> dict[str, Marked]:
    """The pages with their claims."""
    return {
        key: Marked(page.text, tuple(c for c in evidence.claims.values() if c.page == key))
        for key, page in evidence.pages.items()
    }


def left_out(evidence: Evidence) -> Iterator[LeftOut]:
    """Each page by models trained on the others."""
    pages, lexicon = marked_pages(evidence), lexicon_of(evidence)
    for key, page in pages.items():
        others = [pages[other] for other in pages if other != key]
        known = frozenset(claim.proposition for other in others for claim in other.claims)
        propositions = {
            name: evidence.propositions[name] for name in evidence.propositions if name in known
        }
        finder = ClaimFinder(learnt_claims(others, lexicon), lexicon)
        matcher = Matcher(propositions, others, lexicon)
        found, places = finder.find(page.text), list(places_of(page, lexicon))
        statements = {name: one.statement for name, one in propositions.items()}
        yield LeftOut(
            page,
            found,
            matcher.match([one.place for one in found]),
            matcher.match(places),
            [str(category) for category in finder.categories(places)],
            finder.checkworthy(places),
            known,
            baseline(others, page, statements),
        )


def baseline(others: Sequence[Marked], page: Marked, statements: Mapping[str, str]) -> Baseline:
    """TF-IDF with logistic regression for each task; its thresholds are chosen on the other pages."""
    spans = list(sentence_spans(page.text))
    known = [(span, other) for other in others for span in sentence_spans(other.text)]
    labels = [bool(pairing([span], _spans(other))) for span, other in known]
    sentence = _trained([span.of(other.text) for span, other in known], labels)
    claims = [claim for other in others for claim in other.claims]
    quotes, own = [claim.quote for claim in claims], [claim.quote for claim in page.claims]
    answers = {
        name: list(_trained(quotes, [str(getattr(claim, name)) for claim in claims])(own)[0])
        for name in ("category", "wording")
    }
    checks = _trained(quotes, [claim.checkworthy is YesNo.YES for claim in claims])(own)[1][:, 1]
    scores = sentence([span.of(page.text) for span in spans])[1][:, 1]
    matches = _matched_by_cosine(others, page, statements)
    return Baseline(spans, scores, answers["category"], answers["wording"], checks, matches)


def _trained(texts: Sequence[str], labels: Sequence[object]):
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    model = LogisticRegression(C=20, max_iter=2000).fit(vectors.fit_transform(texts), labels)

    def answer(unseen: Sequence[str]):
        x = vectors.transform(unseen)
        return model.predict(x), model.predict_proba(x)

    return answer


def _matched_by_cosine(
    others: Sequence[Marked], page: Marked, statements: Mapping[str, str]
) -> list[tuple[str, bool]]:
    """The proposition whose statement or claim is closest, and whether it is close enough.

    How close is close enough is learnt by logistic regression on the other pages.
    """
    known = [
        (claim.quote, claim.proposition, n) for n, other in enumerate(others) for claim in other.claims
    ]
    library = [*known, *((text, name, -1) for name, text in statements.items())]
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit(
        [text for text, _, _ in library]
    )
    held = vectors.transform([text for text, _, _ in library])
    of_page = np.array([n for _, _, n in library])

    def closest(texts: Sequence[str], avoid: Sequence[int]) -> list[tuple[str, float]]:
        cosines = (vectors.transform(texts) @ held.T).toarray()
        answers = []
        for row, page_number in zip(cosines, avoid, strict=True):
            elsewhere = {name for _, name, n in known if n != page_number}
            allowed = [n != page_number and library[i][1] in elsewhere for i, n in enumerate(of_page)]
            best = int(np.argmax(np.where(allowed, row, -1)))
            answers.append((library[best][1], float(row[best])))
        return answers

    trained = closest([text for text, _, _ in known], [n for _, _, n in known])
    right = [name == proposition for (name, _), (_, proposition, _) in zip(trained, known, strict=True)]
    model = LogisticRegression().fit([[cosine] for _, cosine in trained], right)
    own = closest([claim.quote for claim in page.claims], [len(others)] * len(page.claims))
    sure = model.predict_proba([[cosine] for _, cosine in own])[:, 1] >= 0.5
    return [(name, bool(yes)) for (name, _), yes in zip(own, sure, strict=True)]


def _spans(page: Marked) -> list[Span]:
    return [Span(claim.start, claim.end) for claim in page.claims]


def finding_rows(pages: Sequence[LeftOut]) -> Iterator[tuple[str, float, float, float]]:
    """Recall, precision and F1 of the claims found, ours and of both baselines."""
    yield "ours", *_scores(pages, lambda one: [found.span for found in one.found])
    yield "every sentence is a claim", *_scores(pages, lambda one: one.baseline.spans)
    best = max(
        (
            _scores(
                pages,
                lambda one, t=threshold: [
                    span
                    for span, p in zip(one.baseline.spans, one.baseline.scores, strict=True)
                    if p >= t
                ],
            )
            for threshold in THRESHOLDS
        ),
        key=lambda scores: scores[2],
    )
    yield "TF-IDF with logistic regression, best threshold in hindsight", *best


def fresh_rows(pages: Sequence[LeftOut]) -> Iterator[tuple[str, int, float, float]]:
    """Recall, ours and of sentences, among claims that another page has too and among the others.

    A claim stands elsewhere when one of another page has a Jaccard similarity of 0.7 to it or more.
    """
    said = [[_shingles(claim.quote) for claim in one.page.claims] for one in pages]
    hit: dict[bool, list[tuple[bool, bool]]] = {True: [], False: []}
    for number, one in enumerate(pages):
        others = [words for n, page in enumerate(said) for words in page if n != number]
        ours, sentences = (
            {j for _, j in pairing(spans, _spans(one.page))}
            for spans in ([found.span for found in one.found], one.baseline.spans)
        )
        for j, words in enumerate(said[number]):
            elsewhere = max(_jaccard(words, other) for other in others) >= 0.7
            hit[elsewhere].append((j in ours, j in sentences))
    for elsewhere, name in ((True, "another page has it too"), (False, "on no other page")):
        yield name, len(hit[elsewhere]), *map(float, np.mean(hit[elsewhere], axis=0))


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.lower())
    return frozenset([*words, *(" ".join(pair) for pair in itertools.pairwise(words))])


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)


def checkworthy_rows(pages: Sequence[LeftOut]) -> Iterator[tuple[str, float, float, float]]:
    """The same, of the claims a reader called worth checking."""
    marked = lambda page: [Span(c.start, c.end) for c in page.claims if c.checkworthy is YesNo.YES]  # noqa: E731
    yield (
        "ours, checkworthy from 0.5",
        *_scores(pages, lambda one: [f.span for f in one.found if f.checkworthy >= 0.5], marked),
    )
    yield "ours, all found", *_scores(pages, lambda one: [f.span for f in one.found], marked)
    yield "every sentence is a claim", *_scores(pages, lambda one: one.baseline.spans, marked)


def _scores(pages, spans, marked=_spans) -> tuple[float, float, float]:
    right = sum(len(pairing(spans(one), marked(one.page))) for one in pages)
    kept = sum(len(spans(one)) for one in pages)
    there = sum(len(marked(one.page)) for one in pages)
    return right / there, right / max(kept, 1), 2 * right / (kept + there)


def label_rows(pages: Sequence[LeftOut]) -> Iterator[tuple[str, float, float, float]]:
    """Accuracy on marked claims, the baseline's, and among the claims found (end to end)."""
    claims = [claim for one in pages for claim in one.page.claims]
    ends = [(one, i, one.page.claims[j]) for one in pages for i, j in _pairs(one)]
    chain = itertools.chain.from_iterable
    categories = list(chain(one.categories for one in pages))
    polarities = [matched.polarity for one in pages for matched in one.on_marked]
    yield (
        "category",
        _same(categories, [claim.category for claim in claims]),
        _same(chain(one.baseline.categories for one in pages), [claim.category for claim in claims]),
        _same([one.found[i].category for one, i, _ in ends], [claim.category for _, _, claim in ends]),
    )
    yield (
        "wording",
        _same([wording(claim.quote) for claim in claims], [claim.wording for claim in claims]),
        _same(chain(one.baseline.wordings for one in pages), [claim.wording for claim in claims]),
        _same([one.found[i].wording for one, i, _ in ends], [claim.wording for _, _, claim in ends]),
    )
    yield (
        "polarity (baseline: always affirms)",
        _same(polarities, [claim.polarity for claim in claims]),
        _same(["affirms"] * len(claims), [claim.polarity for claim in claims]),
        _same([one.on_found[i].polarity for one, i, _ in ends], [c.polarity for _, _, c in ends]),
    )
    worth = np.array([claim.checkworthy is YesNo.YES for claim in claims])
    ours = np.concatenate([one.checks for one in pages]) >= 0.5
    theirs = np.concatenate([one.baseline.checks for one in pages]) >= 0.5
    found = [(one.found[i].checkworthy >= 0.5, c.checkworthy is YesNo.YES) for one, i, c in ends]
    yield (
        "checkworthy, F1 of yes",
        f1_score(worth, ours),
        f1_score(worth, theirs),
        f1_score([b for _, b in found], [a for a, _ in found]),
    )
    yield (
        "checkworthy, F1 of no",
        f1_score(~worth, ~ours),
        f1_score(~worth, ~theirs),
        f1_score([not b for _, b in found], [not a for a, _ in found]),
    )


def _pairs(one: LeftOut) -> tuple[tuple[int, int], ...]:
    return pairing([found.span for found in one.found], _spans(one.page))


def _same(given, expected) -> float:
    return float(np.mean([str(a) == str(b) for a, b in zip(given, expected, strict=True)]))


def matching_rows(pages: Sequence[LeftOut]) -> Iterator[tuple[str, float, float, float, float]]:
    """Right among claims stated elsewhere too, among others ("new"), among all; known and right."""
    marked = [
        (claim, claim.proposition in one.known, matched.proposition, matched.match)
        for one in pages
        for claim, matched in zip(one.page.claims, one.on_marked, strict=True)
    ]
    found = [
        (one.page.claims[j], one.page.claims[j].proposition in one.known, m.proposition, m.match)
        for one in pages
        for i, j in _pairs(one)
        for m in [one.on_found[i]]
    ]
    cosine = [
        (claim, claim.proposition in one.known, name if sure else "", Match.KNOWN if sure else Match.NEW)
        for one in pages
        for claim, (name, sure) in zip(one.page.claims, one.baseline.matches, strict=True)
    ]
    for name, rows in (
        ("ours, marked claims", marked),
        ("ours, claims found", found),
        ("TF-IDF cosine with logistic regression, marked claims", cosine),
    ):
        shared = [claim.proposition == given for claim, elsewhere, given, _ in rows if elsewhere]
        new = [given == "" for _, elsewhere, given, _ in rows if not elsewhere]
        sure = [claim.proposition == given for claim, _, given, match in rows if match is Match.KNOWN]
        yield name, np.mean(shared), np.mean(new), np.mean([*shared, *new]), np.mean(sure)


def calibration_rows(pages: Sequence[LeftOut]) -> Iterator[tuple[str, float, float, float]]:
    """Brier score, that of the base rate, and expected calibration error in ten bins."""
    worth, right = [], []
    for one in pages:
        checkable = [Span(c.start, c.end) for c in one.page.claims if c.checkworthy is YesNo.YES]
        met = {i for i, _ in pairing([found.span for found in one.found], checkable)}
        worth += [found.checkworthy for found in one.found]
        right += [i in met for i in range(len(one.found))]
    yield "a checkworthy claim stands here", *_calibration(np.array(worth), np.array(right))
    sure = [m for one in pages for m in zip(one.on_marked, one.page.claims, strict=True)]
    matched = [(m.probability, m.proposition == claim.proposition) for m, claim in sure if m.proposition]
    yield "the proposition matched is right", *_calibration(*map(np.array, zip(*matched, strict=True)))


def _calibration(p: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
    bins = np.minimum((p * 10).astype(int), 9)
    error = sum(
        abs(p[bins == b].mean() - y[bins == b].mean()) * np.mean(bins == b) for b in sorted(set(bins))
    )
    return float(np.mean((p - y) ** 2)), float(np.mean((y.mean() - y) ** 2)), float(error)


def _table(head: str, rows: Iterator[tuple[object, ...]]) -> None:
    print(f"\n{head}\n|{' --- |' * (head.count('|') - 1)}")
    for row in rows:
        print("| " + " | ".join(f"{x:.3f}" if isinstance(x, float) else f"{x}" for x in row) + " |")


def main() -> None:
    """Print the tables."""
    evidence = read_evidence([EVIDENCE])
    with threadpool_limits(1):
        pages = list(left_out(evidence))
    _table("| claims found | recall | precision | F1 |", finding_rows(pages))
    _table("| marked claims | number | recall, ours | recall, sentences |", fresh_rows(pages))
    _table("| checkworthy claims found | recall | precision | F1 |", checkworthy_rows(pages))
    _table("| label | marked claims | baseline | claims found |", label_rows(pages))
    _table("| match | stated elsewhere | new | both | known that are right |", matching_rows(pages))
    _table("| probability | Brier | base rate's | calibration error |", calibration_rows(pages))
    review = Review(evidence, last_day(evidence))
    text = "\n".join(page.text for page in evidence.pages.values())
    os.environ[VARIABLE] = ""  # What was learnt in an earlier run would not be learnt again.
    start = time.process_time()
    suggestions("Exosomes regrow hair.", review)
    training = time.process_time() - start
    # What was read before is known the second time, so that only the first counts.
    start = time.process_time()
    suggestions(text, review)
    reading = time.process_time() - start
    print(
        f"\ntraining {training:.2f} s; then {len(evidence.pages) / reading:.1f} pages a second "
        "(processor time of one core)"
    )


if __name__ == "__main__":
    main()
