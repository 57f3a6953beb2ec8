"""A lesson on the page of a class: the hardest items, the agreement, every item."""

from collections.abc import Iterator

from review.model.vocabulary import spoken
from review.report.parts.document import Block, Column, Part, Row, Section, Table, text
from review.teaching.class_summary.agreement_parts import agreement_section
from review.teaching.class_summary.results import LessonResult
from review.teaching.marking.mark import Tally


def lesson_parts(result: LessonResult, alone: bool) -> Iterator[Part]:
    """What the page shows of a lesson, which names itself unless it stands `alone`."""
    named = "" if alone else f"Lesson {result.lesson}: "
    number = result.lesson
    if result.hardest:
        blocks: tuple[Block, ...] = (_hardest(result),)
        title = f"{named}the hardest items" if named else "The hardest items"
        yield Part(title, f"hardest-{number}", blocks)
    if result.agreement:
        blocks = tuple(agreement_section(number, at, one) for at, one in enumerate(result.agreement, 1))
        title = f"{named}how far they agree" if named else "How far they agree"
        yield Part(title, f"agreement-{number}", blocks)
    if result.items:
        shown = f"Show the {len(result.items)} items"
        folded = Section(shown, f"items-{number}", (_items(result),), folded=True)
        title = f"{named}every item" if named else "Every item"
        yield Part(title, f"all-items-{number}", (folded,))


def _hardest(result: LessonResult) -> Table:
    columns = (
        Column("item", "Item", 18),
        Column("asked", "What was asked", 26),
        Column("otherwise", "Answered otherwise", 9),
        Column("most", "Most often instead", 12),
        Column("key", "Key", 12),
        Column("why", "Why, and by which rule", 30),
        Column("read", "Read", 14),
    )
    rows = tuple(
        Row(
            (
                text(one.item.item),
                text(_asked(one)),
                text(f"{one.answered - one.same} of {one.answered}"),
                text(f"{spoken(one.other)} ({one.other_count})" if one.other else "own words"),
                text(_key_words(one)),
                text(f"{one.item.key.reason}\nRule: {one.item.key.rule} ({one.item.key.basis})"),
                text(one.item.key.read),
            )
        )
        for one in result.hardest
    )
    note = (
        "By the lower end of the 95% interval (Wilson) of the share that differs from the key; at least "
        "two answered."
    )
    return Table(f"table-hardest-{result.lesson}", f"The {len(rows)} hardest items", columns, rows, note)


def _asked(one: Tally) -> str:
    about = one.item.context.partition("\n")[0]
    return f"{about}\n{one.item.prompt}" if about else one.item.prompt


def _key_words(one: Tally) -> str:
    return spoken(one.item.key.value) if one.item.choices else one.item.key.value


def _items(result: LessonResult) -> Table:
    columns = (
        Column("item", "Item", 30),
        Column("asked", "What was asked", 36),
        Column("key", "Key", 14),
        Column("basis", "Rests on", 8),
        Column("learners", "Asked", 6, is_number=True),
        Column("answered", "Answered", 7, is_number=True),
        Column("same", "As the key", 7, is_number=True),
    )
    rows = tuple(
        Row(
            (
                text(one.item.item),
                text(one.item.prompt),
                text(_key_words(one)),
                text(one.item.key.basis),
                text(one.learners),
                text(one.answered),
                text(one.same),
            )
        )
        for one in result.items
    )
    caption = "Every item with a key that somebody was asked"
    return Table(f"table-items-{result.lesson}", caption, columns, rows, "", ("basis",))
