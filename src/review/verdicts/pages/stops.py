"""What stops a whole page, before any sentence of it is looked at: no wording cures it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from review.model.knowledge.phrases import lower_finder
from review.model.knowledge.subject import Name, Subject
from review.model.vocabulary import Category, Ground, Market, NameKind, Word, YesNo
from review.verdicts.contradictions.opposed import Contradiction
from review.verdicts.verdict import Judged


class StopKind(Word):
    """Why no wording makes a page fit to be published, the gravest first.

    - stops-a-medicine: it tells people to stop or pause a medicine
    - not-approved: it offers a product for which no regulator's approval for this use is recorded
    - two-sources: it gives its own product two sources that exclude each other
    """

    MEDICINE = "stops-a-medicine"
    NOT_APPROVED = "not-approved"
    TWO_SOURCES = "two-sources"


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of one page: its kind, a sentence that says it, and the claims it rests on."""

    page: str
    kind: StopKind
    sentence: str
    claims: tuple[str, ...]


def stops(
    page: str,
    text: str,
    judged: Iterable[Judged],
    contradictions: Iterable[Contradiction],
    subject: Subject,
    markets: Collection[Market],
) -> tuple[Stop, ...]:
    """The stops of a page that is read in `markets`, the gravest first."""
    claims = list(judged)
    return (
        *_medicines(page, claims),
        *_not_approved(page, text, claims, subject, markets),
        *_two_sources(page, claims, contradictions),
    )


def _medicines(page: str, judged: Iterable[Judged]) -> Iterator[Stop]:
    telling = tuple(j.claim.claim for j in judged if j.stops_a_medicine)
    if telling:
        sentence = (
            "The page tells people to stop or pause a medicine. Whoever prescribed it decides that, for "
            "each patient: take it out, or have it put as a question to the prescriber."
        )
        yield Stop(page, StopKind.MEDICINE, sentence, telling)


_OFFERED = (NameKind.PRODUCT, NameKind.BRAND, NameKind.SUBSTANCE)


_TREATING = frozenset({Ground.DISEASE, Ground.BODY, Ground.PERMANENCE})


def _not_approved(
    page: str, text: str, judged: Iterable[Judged], subject: Subject, markets: Collection[Market]
) -> Iterator[Stop]:
    """What is offered without a recorded approval, and the claims that say what it treats or does."""
    own = [n for n in subject.names.values() if n.own is YesNo.YES and n.kind in _OFFERED]
    treating = any(hit.flag.ground in _TREATING for j in judged for hit in j.flags)
    for name in own:
        missing = [market for market in markets if market not in name.approved]
        if missing and _is_named(name, text):
            where = ", ".join(market.full_name for market in missing)
            says = (
                " Its claims say what it treats or does to the body, for which the rules of advertising "
                "ask for an approval first."
                if treating
                else ""
            )
            sentence = (
                f"The page offers {name.name}. No regulator's approval for this use is recorded "
                f"({where}); where there is none, no wording cures that.{says}"
            )
            # Such claims are too many to be listed on a first page: their rows tell them.
            yield Stop(page, StopKind.NOT_APPROVED, sentence, ())


def _is_named(name: Name, text: str) -> bool:
    return bool(lower_finder(name.phrases).search(text.lower()))


def _two_sources(
    page: str, judged: Iterable[Judged], contradictions: Iterable[Contradiction]
) -> Iterator[Stop]:
    own = {
        j.claim.claim
        for j in judged
        if j.standing.proposition.question.is_shown_by_papers
        and j.claim.category is Category.COMPOSITION
    }
    sides = [[own & {claim.claim for claim in side} for side in (x.a, x.b)] for x in contradictions]
    claims = sorted({key for a, b in sides if a and b for key in a | b})
    if claims:
        sentence = (
            "The page tells two things of its own product that cannot both be true: which product it "
            "is has to be settled before anything is published."
        )
        yield Stop(page, StopKind.TWO_SOURCES, sentence, tuple(claims))
