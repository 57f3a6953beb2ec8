"""What holds of the notices about one study: which ended others, and which governs.

The latest governs, and one without a date counts as the latest. Two refinements are our convention, so
that no doubt is lost: only a reinstatement ends a retraction or a concern (a correction published after
a retraction, often of its own notice, does not), and on one day the graver kind comes last.
"""

from collections.abc import Iterable
from datetime import date

from review.model.records import Notice
from review.model.vocabulary import NoticeKind


def in_force(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices about one study without those that a later reinstatement ended, in their order."""
    given = tuple(notices)
    ended = max(
        (_day(notice) for notice in given if notice.kind is NoticeKind.REINSTATEMENT), default=date.min
    )
    return tuple(n for n in given if not n.kind.speaks_against or _day(n) >= ended)


def governing(notices: Iterable[Notice]) -> Notice | None:
    """The notice that holds of all about one study; None where there is none.

    What takes the paper back goes before a concern, a concern before a retraction in part, and that
    before what only mends; of several the latest holds.
    """
    return max(in_force(notices), key=_weight, default=None)


def is_taken_out(notices: Iterable[Notice]) -> bool:
    """Whether the study of these notices is retracted, withdrawn or removed, and was not reinstated."""
    holding = governing(notices)
    return holding is not None and holding.kind.takes_out


def taken_out(notices: Iterable[Notice]) -> frozenset[str]:
    """The studies that are taken out by notices about any of them."""
    by_study: dict[str, list[Notice]] = {}
    for notice in notices:
        by_study.setdefault(notice.study, []).append(notice)
    return frozenset(study for study, own in by_study.items() if is_taken_out(own))


def _day(notice: Notice) -> date:
    return notice.date if isinstance(notice.date, date) else date.max


def _weight(notice: Notice) -> tuple[int, date, int]:
    kind = notice.kind
    level = kind.place if kind.speaks_against else 0
    if kind.takes_out:
        level = NoticeKind.REMOVAL.place
    return level, _day(notice), kind.place
