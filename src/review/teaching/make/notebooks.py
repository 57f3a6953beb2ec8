"""The notebooks of a lesson: one for a learner, with what is asked, and the teacher's, with the key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from review.runs.execute import notebook_text
from review.teaching.answers import CONTEXT, FORMAT, NOTEBOOK, PROMPT, TAG, answer_text
from review.teaching.items import KeyBasis, LessonItem
from review.teaching.make.draw import QuestionPaper
from review.teaching.make.source import LessonSource
from review.teaching.make.static import escaped, markdown_text, static_cells

_BASIS = {
    KeyBasis.RULE: "It follows from a rule: another answer is wrong.",
    KeyBasis.JUDGEMENT: "It is a recorded judgement: another answer with a reason is discussed.",
    KeyBasis.OPEN: "There is no key: every answer is discussed.",
}
_FROM_OTHERS = "It follows by rule from the answers above: a learner's own are what it is marked by."


def group_title(number: int, items: Sequence[LessonItem]) -> str:
    """The heading over the items of a group."""
    last = number + len(items) - 1
    if last == number:
        return f"Question {number}"
    return f"Questions {number} {'and' if last == number + 1 else 'to'} {last}"


def learner_notebook(source: LessonSource, paper: QuestionPaper, lesson: int, evidence: str) -> str:
    """The notebook of a learner as text: the lesson for all, what is asked, and nothing of the key.

    Answers stand in raw cells after their questions; one code cell opens the form, which is optional.
    """
    before, after = source.for_learners()
    form = new_code_cell(f'import review\n\nreview.lesson_form("{paper.learner}.ipynb")')
    cells = [
        *static_cells(before),
        new_markdown_cell(_how_to_answer(paper.learner, evidence)),
        form,
        *_asked(paper),
        *static_cells(after),
    ]
    about = {"format": FORMAT, "lesson": lesson, "learner": paper.learner, "evidence": evidence}
    return _text(cells, {NOTEBOOK: about})


def _how_to_answer(learner: str, evidence: str) -> str:
    return (
        f"This notebook is for **{learner}**. There are two ways to answer, and both count the same.\n\n"
        "- **With the form.** Click into the next grey cell, hold Ctrl and press Enter. The form shows "
        "the questions one by one. Go to its field *Command*, with the mouse or by Tab. Type the number "
        "of a choice, a space and your reason, and press Enter; type n and press Enter for the next "
        "question. Everything you answer is on the disk at once. At the end, type the letter i and "
        "press Enter: the form writes the file to hand in, and names it.\n"
        "- **As plain text.** You need not run the grey cell. Each question below is followed by a cell "
        "with two lines, `answer:` and `reason:`. Press Enter to write into it, put your words after "
        "the colons, save, and hand in this notebook itself.\n\n"
        f"This notebook was made from the evidence with the digest `{evidence}`."
    )


def _asked(paper: QuestionPaper) -> Iterator[NotebookNode]:
    count = len(paper.items)
    for first, items in paper.groups():
        title = group_title(first, items)
        yield _markdown(f"## {title}\n\n{markdown_text(items[0].context)}".rstrip(), CONTEXT)
        for number, item in enumerate(items, start=first):
            question = (
                f"**Question {number} of {count}.** {markdown_text(item.prompt)}\n\n{_choose(item)}"
            )
            yield _markdown(question, PROMPT)
            review = {"item": item.item, "choices": list(item.choices)}
            yield new_raw_cell(answer_text(), metadata={"tags": [TAG], "review": review})


def _markdown(text: str, *tags: str) -> NotebookNode:
    cell: NotebookNode = new_markdown_cell(text, metadata={"tags": list(tags)} if tags else {})
    return cell


def _choose(item: LessonItem) -> str:
    if not item.choices:
        return "Answer in your own words."
    return f"Choose from: {', '.join(f'`{choice}`' for choice in item.choices)}."


def instructor_notebook(
    source: LessonSource, papers: Sequence[QuestionPaper], lesson: int, evidence: str
) -> str:
    """The teacher's notebook as text: the whole lesson, and each item drawn with its key."""
    asked_of: dict[str, list[str]] = {}
    items: dict[str, LessonItem] = {}
    for paper in papers:
        for item in paper.items:
            items.setdefault(item.item, item)
            asked_of.setdefault(item.item, []).append(paper.learner)
    title = (
        f"## Key to lesson {lesson}\n\n{len(items)} items were drawn for {len(papers)} learners, from "
        f"the evidence with the digest `{evidence}`."
    )
    # The key stands where learners have their questions, between the lesson and its reflection.
    cells = [*source.before, _markdown(title), *_keys(items.values(), asked_of), *source.after]
    return _text(cells, {})


def _keys(items: Iterable[LessonItem], asked_of: Mapping[str, Sequence[str]]) -> Iterator[NotebookNode]:
    groups: dict[str, list[LessonItem]] = {}
    for item in sorted(items, key=lambda item: item.group):
        groups.setdefault(item.group, []).append(item)
    for group, members in groups.items():
        learners = ", ".join(asked_of[members[0].item])
        head = f"### {escaped(group)}\n\nAsked of: {learners}. Difficulty: {members[0].difficulty}."
        yield _markdown(f"{head}\n\n{markdown_text(members[0].context)}".rstrip())
        yield _markdown("\n\n".join(map(_key, members)))


def _key(item: LessonItem) -> str:
    key = item.key
    lines = [f"**{escaped(item.item)}** {markdown_text(item.prompt)}\n"]
    if key.basis is not KeyBasis.OPEN:
        lines += [f"- Key: **{escaped(key.value)}**", f"- Reason: {escaped(key.reason)}"]
    lines += [
        f"- What it rests on: {_FROM_OTHERS if item.works_out else _BASIS[key.basis]}",
        f"- Rule: {escaped(key.rule)}",
        f"- Read: {escaped(key.read)}",
    ]
    return "\n".join(lines)


def _text(cells: Iterable[NotebookNode], metadata: Mapping[str, object]) -> str:
    """A notebook as text, with cell ids that count: those of nbformat are random each time."""
    node = new_notebook(
        cells=list(cells),
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            **metadata,
        },
    )
    for number, cell in enumerate(node.cells):
        cell.id = f"cell-{number:03d}"
    return notebook_text(node)
