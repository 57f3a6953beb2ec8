"""The figures of a claim against those of the findings that support it."""

from collections.abc import Iterator, Mapping, Sequence

from review.language.figures.figures import Figure, same_figure
from review.model.vocabulary import Stance, Verdict
from review.verdicts.case import Case
from review.verdicts.reasons import Code, Reason


def missing_figures(case: Case) -> tuple[Figure, ...]:
    """The figures of the claim that no supporting finding holds, in this or another unit."""
    return tuple(sorted(figure for figure, same in _stated(case).items() if not same))


def of_figures(case: Case) -> tuple[Verdict | None, tuple[Reason, ...]]:
    """Overstated where a figure is in no finding that supports the claim; nothing for a denial."""
    if not case.affirms:
        return None, ()
    if missing := missing_figures(case):
        named = ", ".join(str(figure) for figure in missing)
        sentence = f"No linked finding holds the figure in the claim: {named}."
        return Verdict.OVERSTATED, (Reason(Code.FIGURE_NOT_FOUND, sentence),)
    return None, tuple(_converted(_stated(case)))


def _stated(case: Case) -> dict[Figure, list[Figure]]:
    """Each figure of the claim with those of the findings that say the same."""
    figures = case.lexicon.figures
    findings = [i.finding for i in case.standing.body.counted if i.link.stance is Stance.SUPPORTS]
    known = {x for f in findings for text in (f.result, f.time_point or "") for x in figures.of(text)}
    return {
        figure: sorted(x for x in known if same_figure(figure, x))
        for figure in figures.of(case.claim.quote)
    }


def _converted(stated: Mapping[Figure, Sequence[Figure]]) -> Iterator[Reason]:
    """Which figures of a claim the findings give in another unit only."""
    for figure, same in sorted(stated.items()):
        if all(other.unit != figure.unit for other in same):
            sentence = f"The page says {figure}; the findings give it as {same[0]}."
            yield Reason(Code.FIGURE_CONVERTED, sentence)
