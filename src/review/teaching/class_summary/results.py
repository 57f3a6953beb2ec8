"""What a class did in each lesson, before it is shown in any form."""

from dataclasses import dataclass

from review.teaching.class_summary.class_agreement import ClassAgreement, class_agreement
from review.teaching.marking.class_list import MarkedClass
from review.teaching.marking.mark import Tally, hardest, tallies


@dataclass(frozen=True, slots=True)
class LessonResult:
    """What a class did in one lesson."""

    lesson: int
    learners: int
    hardest: tuple[Tally, ...]
    items: tuple[Tally, ...]
    agreement: tuple[ClassAgreement, ...]


def lesson_results(marked: MarkedClass) -> tuple[LessonResult, ...]:
    """What the class did in each lesson that was handed in, of the files that count."""
    return tuple(_lesson_result(marked, lesson) for lesson in sorted(marked.items))


def _lesson_result(marked: MarkedClass, lesson: int) -> LessonResult:
    sheets = marked.sheets(lesson)
    found = tallies(sheets)
    agreed = class_agreement(sheets, marked.items[lesson])
    return LessonResult(lesson, len(sheets), tuple(hardest(found)), tuple(found), tuple(agreed))
