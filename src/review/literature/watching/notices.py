"""What became of references, as their witnesses tell it: which notices are new, and who was silent."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from review.literature.watching.plan import propositions_of
from review.literature.witnesses.asking import Outcome
from review.model.asked import found_notices
from review.model.errors import InPart, Problem
from review.model.records import Evidence, Notice
from review.model.watched import News, NewsKind
from review.model.witness_words import Silence, Witness
from review.store.additions.witnesses import Heard


def notice_news(heard: Sequence[Heard], evidence: Evidence, day: date) -> Iterator[News]:
    """The notices that witnesses name now and that the evidence does not hold, each once."""
    known = {_mark(notice) for notice in evidence.notices}
    rows = [notice for answer in heard for notice in answer.notices]
    for notice in found_notices(rows, [answer.testimony for answer in heard]):
        if _mark(notice) not in known:
            yield News(
                kind=NewsKind.NOTICE,
                about=notice.study,
                news=f"{notice.kind.spoken} of {notice.date}: {notice.source}",
                propositions=tuple(propositions_of([notice.study], evidence)),
                found=day,
            )


def _mark(notice: Notice) -> tuple[str, ...]:
    return notice.study, notice.kind, str(notice.date)


def silence_problems(outcomes: Iterable[Outcome]) -> list[Problem]:
    """Who gave no answer about how many references, one problem for each witness and reason.

    A reference that a witness knows by no identifier is left to `review references check`: no watch can
    ask about it, and that is the same on every day.
    """
    silent: dict[tuple[Witness, Silence], list[str]] = {}
    for outcome in outcomes:
        if outcome.why and outcome.why is not Silence.NO_IDENTIFIER:
            silent.setdefault((outcome.witness, outcome.why), []).append(outcome.study)
    return [
        InPart("witness", witness.full_name).problem(
            f"not asked about references, {len(studies)} in number: {why.phrase}", remedy=why.remedy
        )
        for (witness, why), studies in silent.items()
    ]
