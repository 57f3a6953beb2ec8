"""From what becomes of each sentence to changes of the text; blanks and empty lines are made right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from review.report.edited_page.outline import Line, LineKind, Outline, Passage
from review.report.edited_page.plan import Plan

_EMPTY_CELL = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """Words as they are and as they shall be; `new` is empty to delete. `end` is exclusive.

    `author` is a person who decided, or says that nobody has. `date` is written YYYY-MM-DD.
    """

    start: int
    end: int
    old: str
    new: str
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class _Source:
    """Why characters go: whose change, and what comes instead of them."""

    author: str
    date: str
    new: str = ""


def changes_of(plan: Plan) -> tuple[Change, ...]:
    """The changes of a plan, in the order of the text; they never overlap."""
    text = plan.outline.text
    marks: list[_Source | None] = [None] * len(text)
    for decided in plan.decided:
        if decided.is_made:
            source = _Source(decided.author, decided.decision.date, decided.new)
            _mark(marks, decided.row.start, decided.row.end, source)
    for passage in plan.outline.passages:
        for start, end, new in _pieces(plan.outline, passage):
            _mark(marks, start, end, _Source(passage.author, passage.date, new))
    _clear_lines(plan.outline, marks)
    return tuple(_collected(text, marks))


def _mark(marks: list[_Source | None], start: int, end: int, source: _Source) -> None:
    """What is marked already, by a person's decision, stays so."""
    for at in range(start, end):
        if marks[at] is None:
            marks[at] = source


def _pieces(outline: Outline, passage: Passage) -> Iterator[tuple[int, int, str]]:
    """The stretches of a sentence that change, each with what comes instead."""
    if passage.is_gone:
        # A table without a cell would set each of the others beside the wrong one.
        is_cell = outline.lines[passage.line].kind is LineKind.CELL
        yield passage.start, passage.end, _EMPTY_CELL if is_cell else ""
    elif not passage.is_kept:
        yield passage.start, passage.end, passage.new
    elif passage.cut:
        after = passage.start + passage.cut
        yield passage.start, after + 1, passage.text[passage.cut].upper()
    elif passage.within:
        start, end, new = passage.within
        yield passage.start + start, passage.start + end, new


def _clear_lines(outline: Outline, marks: list[_Source | None]) -> None:
    """Take out the blanks beside sentences that go, and the lines of which nothing is left."""
    going = {number: line for number, line in enumerate(outline.lines) if _goes(outline, number, marks)}
    for number, line in enumerate(outline.lines):
        if number not in going:
            _clear_blanks(line, outline.on_line(number), marks)
    for is_run, group in groupby(
        enumerate(outline.lines), key=lambda x: x[0] in going or x[1].kind is LineKind.BLANK
    ):
        numbers = [number for number, _ in group]
        if is_run and any(number in going for number in numbers):
            _clear_run(outline, numbers, going, marks)


def _goes(outline: Outline, number: int, marks: Sequence[_Source | None]) -> bool:
    """Whether sentences went from a line and only its marker, stops or blanks are left."""
    line, text, on_line = outline.lines[number], outline.text, outline.on_line(number)
    if line.kind is LineKind.CELL or not on_line or not all(passage.is_gone for passage in on_line):
        return False
    rest = (text[at] for at in range(line.body, line.end) if marks[at] is None)
    return not any(character.isalnum() for character in rest)


def _clear_blanks(line: Line, passages: Sequence[Passage], marks: list[_Source | None]) -> None:
    """Two sentences that stay have one gap between them; the gaps beside those that go, go too."""
    for number, passage in enumerate(passages):
        if not passage.is_gone:
            continue
        source = _Source(passage.author, passage.date)
        if any(not later.is_gone for later in passages[number + 1 :]):
            _mark(marks, passage.end, passages[number + 1].start, source)
        else:
            before = passages[number - 1].end if number else line.body
            _mark(marks, before, passage.start, source)


def _clear_run(
    outline: Outline, numbers: Sequence[int], going: Iterable[int], marks: list[_Source | None]
) -> None:
    """Take a run of lines out, but for as many empty ones as the larger gap beside it has."""
    lines, last = outline.lines, len(outline.lines) - 1
    gone = [number for number in numbers if number in going]
    ahead, behind = gone[0] - numbers[0], numbers[-1] - gone[-1]
    inner = gone[-1] - gone[0] + 1 - len(gone)
    at_edge = numbers[0] == 0 or numbers[-1] == last
    kept = 0 if at_edge else max(ahead, behind, min(inner, 1))
    from_front = min(ahead, kept)
    blank = [n for n in numbers if n not in set(gone)]
    stay = set(blank[:from_front]) | set(blank[len(blank) - (kept - from_front) :])
    if numbers[-1] == last and outline.text.endswith("\n"):
        stay.add(last)
    nearest = gone[0]
    for number in numbers:
        if number in stay:
            continue
        nearest = number if number in gone else nearest
        passage = outline.on_line(nearest)[0]
        source = _Source(passage.author, passage.date)
        _mark(marks, lines[number].start, lines[number].end, source)
        # The line feed behind a line goes with it; at the end of the page, the one before.
        feed = lines[number].end if last not in numbers or last in stay else lines[number].start - 1
        if 0 <= feed < len(marks):
            _mark(marks, feed, feed + 1, source)


def _collected(text: str, marks: Sequence[_Source | None]) -> Iterator[Change]:
    """The marked stretches; deletions by the same person that touch are one, replacements are not."""
    at = 0
    # Two neighbours may be replaced by the same words, and are two changes all the same.
    for _, group in groupby(marks, key=lambda mark: id(mark) if mark and mark.new else mark):
        source, *others = group
        end = at + 1 + len(others)
        if source is not None and text[at:end] != source.new:
            yield Change(at, end, text[at:end], source.new, source.author, source.date)
        at = end
