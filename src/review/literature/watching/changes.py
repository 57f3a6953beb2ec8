"""What became of a registered trial since it was last looked at."""

from collections.abc import Iterator, Sequence
from datetime import date

from review.literature.asking import outcome_text
from review.literature.services.trials import Trial
from review.model.records import Study
from review.model.watched import News, NewsKind, WatchedTrial


def watched_trial(trial: Trial, number: str, day: date) -> WatchedTrial:
    """What is remembered of a trial, under the `number` by which the evidence names it."""
    return WatchedTrial(
        trial=number,
        asked=day,
        status=trial.status or None,
        results=_results(trial) or None,
        primary_outcomes=_outcomes(trial) or None,
    )


def trial_news(
    now: WatchedTrial,
    before: WatchedTrial | None,
    studies: Sequence[Study],
    propositions: Sequence[str],
) -> Iterator[News]:
    """What is new of a trial against the day before, or, at the first look, against its studies.

    At the first look nothing is known of its earlier outcomes; results are new where the registry posted
    them after the studies were entered here.
    """

    def news(kind: NewsKind, text: str) -> News:
        return News(
            kind=kind, about=now.trial, news=text, propositions=tuple(propositions), found=now.asked
        )

    if _has_new_results(now, before, studies):
        yield news(NewsKind.RESULTS, f"Results were first posted on {now.results}.")
    if before is None:
        return
    if now.primary_outcomes != before.primary_outcomes:
        was, is_now = before.primary_outcomes or "none", now.primary_outcomes or "none"
        text = f"Primary outcomes were, on {before.asked}: {was}. They are now: {is_now}."
        yield news(NewsKind.OUTCOMES, text)
    if now.status != before.status:
        was, is_now = before.status or "not given", now.status or "not given"
        text = f"Its status was, on {before.asked}, {was}. It is now {is_now}."
        yield news(NewsKind.STATUS, text)


def _has_new_results(now: WatchedTrial, before: WatchedTrial | None, studies: Sequence[Study]) -> bool:
    if now.results is None:
        return False
    if before is not None:
        return before.results is None
    entered = min((study.recorded.isoformat() for study in studies), default="")
    # Where the day is not given, nobody knows that it lies before; words come after figures.
    return now.results > entered


def _results(trial: Trial) -> str:
    """The day on which results were first posted; that there are some is known without one too."""
    return trial.results_first_posted or ("a day not given" if trial.has_results else "")


def _outcomes(trial: Trial) -> str:
    return "; ".join(map(outcome_text, trial.primary_outcomes))
