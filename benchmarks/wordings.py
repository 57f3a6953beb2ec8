"""What comes of the suggested wordings when they are read back: by the rules, and by `suggest`.

The rules judge each as a claim on the proposition it was written for. `suggest` is told nothing: each
is read as a page of its own, and the machine has to find the claim and the proposition again.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from review.dossier.suggestions import suggestions_of_all
from review.language.sentences import sentences
from review.verdicts.verdict import Judged
from review.verdicts.wording import read_back
from review.workbench import Review, open_review

EVIDENCE = Path(__file__).resolve().parents[1] / "evidence"


def wordings(judged: Iterable[Judged]) -> dict[str, Judged]:
    """Each suggested wording once, with a claim that it is suggested for."""
    suggested = {j.allowed_wording: j for j in judged if j.allowed_wording}
    return dict(sorted(suggested.items()))


def by_rules(review: Review, suggested: dict[str, Judged]) -> Counter[str]:
    """How many wordings get which verdict by the rules, on the proposition they were written for."""
    verdicts = (read_back(text, j.standing, review.lexicon).verdict for text, j in suggested.items())
    return Counter(str(verdict) for verdict in verdicts)


def by_suggest(review: Review, suggested: dict[str, Judged]) -> tuple[Counter[str], int]:
    """How many get which verdict as pages of their own, and how many match another statement."""
    pages = suggestions_of_all(list(suggested), review)
    verdicts: Counter[str] = Counter()
    elsewhere = 0
    for page, judged in zip(pages, suggested.values(), strict=True):
        known = [claim for claim in page if claim.verdict is not None]
        verdicts[
            str(min((c.verdict for c in known if c.verdict), key=lambda v: v.urgency))
            if known
            else "not known again"
        ] += 1
        elsewhere += any(claim.proposition != judged.claim.proposition for claim in known)
    return verdicts, elsewhere


def main() -> None:
    """Print what comes of every wording that the review of the five pages suggests."""
    review = open_review([EVIDENCE])
    suggested = wordings(review.judged)
    whole = sum(len(sentences(text)) >= 1 and text[-1] in ".!?" for text in suggested)
    print(f"wordings suggested: {len(suggested)}, whole sentences: {whole}")
    print(f"read back by the rules: {dict(by_rules(review, suggested))}")
    verdicts, elsewhere = by_suggest(review, suggested)
    print(f"read back by suggest: {dict(verdicts)}; matched to another statement: {elsewhere}")


if __name__ == "__main__":
    main()
