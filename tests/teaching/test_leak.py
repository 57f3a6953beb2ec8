"""No learner's file holds an answer: not as text, not packed, and not as a trace of a key."""

import base64
import codecs
import gzip
import json
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from math import comb, prod
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest

from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf
from review.teaching.items import KeyBasis, LessonItem
from review.teaching.make.draw import QuestionPaper, draw_papers
from review.teaching.make.handout import class_handout, learner_handout
from review.teaching.make.notebooks import instructor_notebook, learner_notebook
from review.teaching.make.read import LessonMaterial, LessonRequest
from review.teaching.make.roster import Roster
from review.teaching.make.source import (
    INSTRUCTOR,
    LessonSource,
    as_stored,
    lesson_notebook,
    read_source,
    tags,
)
from review.teaching.make.static import static_cells
from review.teaching.pools import LESSONS, lesson_items
from review.workbench import Review
from tests.conftest import PROJECT
from tests.report.pdf_reader import pdf_structure
from tests.teaching.unpacked import found, normal

LEARNERS = tuple(f"L{number:02d}" for number in range(1, 31))
LONG_ENOUGH = 24
"""Letters by which a text can be told from what anybody would say."""
DAY = "2026-11-21"


@pytest.fixture(scope="module", params=sorted(LESSONS))
def lesson(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def source(lesson: int) -> LessonSource:
    """The lesson with its stored outputs, which are those of a run: nbval compares them."""
    return as_stored(lesson_notebook(PROJECT, lesson))


@pytest.fixture(scope="module")
def papers(lesson: int, source: LessonSource, review: Review) -> tuple[QuestionPaper, ...]:
    request = LessonRequest(lesson, Path("class.csv"), 7, Path("out"), (PROJECT / "evidence",))
    items = lesson_items(review, lesson)
    material = LessonMaterial(lesson, Roster(LEARNERS, ()), source, items, "d" * 64, DAY)
    return draw_papers(material, request)


def test_a_run_shows_learners_what_is_stored():
    path = lesson_notebook(PROJECT, 4)
    run, stored = read_source(path, [PROJECT / "evidence"]), as_stored(path)
    for mine, theirs in zip(run.for_learners(), stored.for_learners(), strict=True):
        shown = [
            [(cell.source, cell.get("attachments")) for cell in static_cells(c)] for c in (mine, theirs)
        ]
        assert shown[0] == shown[1]


def notebooks(source: LessonSource, papers: tuple[QuestionPaper, ...]) -> list[str]:
    return [learner_notebook(source, paper, 4, "d" * 64) for paper in papers]


def handouts(source: LessonSource, papers: tuple[QuestionPaper, ...]) -> list[str]:
    return [report_html(learner_handout(source, paper, "d" * 64, DAY)) for paper in papers]


@pytest.fixture(scope="module")
def texts(source: LessonSource, papers: tuple[QuestionPaper, ...]) -> list[str]:
    """The notebooks of the learners, then their handouts."""
    return [*notebooks(source, papers), *handouts(source, papers)]


def of_the_teacher(source: LessonSource, papers: tuple[QuestionPaper, ...]) -> set[str]:
    """What only the teacher may read: keys in words, reasons, and the lines of the teacher's cells."""
    keys = [item.key for paper in papers for item in paper.items]
    said = {key.reason for key in keys} | {key.value for key in keys}
    cells = [cell for cell in (*source.before, *source.after) if INSTRUCTOR in tags(cell)]
    for cell in cells:
        said |= {*cell.source.splitlines()}
        for output in cell.get("outputs", ()):
            said |= {*output.get("text", "").splitlines()}
    return {text for text in said if len(normal(text)) >= LONG_ENOUGH}


def test_no_file_of_30_learners_holds_what_is_for_the_teacher(source, papers, texts):
    secrets = of_the_teacher(source, papers)
    assert secrets or not any(item.key.value for paper in papers for item in paper.items)
    assert found(secrets, "\n".join(texts)) == set()
    assert found(secrets, instructor_notebook(source, papers, 4, "d" * 64)) == secrets


def test_other_keys_give_the_same_files(source, papers, texts):
    others = tuple(
        QuestionPaper(paper.learner, tuple(other_key(n, item) for n, item in enumerate(paper.items)))
        for paper in papers
    )
    assert any(a.items != b.items for a, b in zip(papers, others, strict=True))
    assert notebooks(source, others) == texts[: len(papers)]
    evidence = ("d" * 64, DAY)
    assert class_handout(source, others, *evidence) == class_handout(source, papers, *evidence)
    for one, other in list(zip(papers, others, strict=True))[:5]:
        assert learner_handout(source, one, *evidence) == learner_handout(source, other, *evidence)


def other_key(number: int, item: LessonItem) -> LessonItem:
    """The item with the next choice for its key, and another reason, rule and basis."""
    choices = item.choices or ("words",)
    at = choices.index(item.key.value) + 1 if item.key.value in choices else number
    value = choices[at % len(choices)]
    bases = list(KeyBasis)
    basis = bases[(bases.index(item.key.basis) + 1) % len(bases)]
    return replace(item, key=replace(item.key, value=value, reason=f"R{number}", rule="", basis=basis))


def test_nothing_tells_apart_the_cells_of_items_with_other_keys(papers, texts):
    """Choices stand in the order of the lesson, the same for all items that offer them."""
    for paper, text in zip(papers, texts, strict=False):
        cells = [c for c in nbformat.reads(text, 4).cells if c.cell_type == "raw"]
        asked = [(item.item, list(item.choices)) for item in paper.items]
        assert [(c.metadata.review["item"], c.metadata.review["choices"]) for c in cells] == asked
        assert all({*c.metadata} == {"tags", "review"} and len(c.metadata.review) == 2 for c in cells)
        assert {c.source for c in cells} == {"answer:\nreason:"}


def test_every_learner_has_a_paper_of_the_same_difficulty(papers):
    sums = Counter(sum(item.difficulty for item in paper.items) for paper in papers)
    assert len(sums) == 1, "the mean difficulty of two papers differs"
    assert len({len(paper.items) for paper in papers}) == 1


def test_learners_do_not_have_the_same_paper(lesson, papers):
    distinct = {frozenset(item.item for item in paper.items) for paper in papers}
    possible = possible_papers(papers)
    if lesson == 6:
        assert len(distinct) == possible == 1, "an own page is audited by the same questions"
    else:
        assert possible > 3 * len(papers)
        by_chance = possible * (1 - (1 - 1 / possible) ** len(papers))
        assert len(distinct) >= 0.9 * by_chance


def possible_papers(papers: tuple[QuestionPaper, ...]) -> int:
    """How many papers can be drawn from the groups that somebody got, each sort of group by itself."""
    sorts: dict[object, set[str]] = {}
    for paper in papers:
        for _, items in paper.groups():
            sort = (tuple(item.choices for item in items), items[0].difficulty)
            sorts.setdefault(sort, set()).add(items[0].group)
    own = {item.group for item in papers[0].items}
    return prod(comb(len(groups), len(groups & own)) for groups in sorts.values())


def test_the_printed_pages_of_a_class_hold_nothing_for_the_teacher(source, papers):
    printed = report_pdf(class_handout(source, papers[:2], "d" * 64, DAY))
    text = pdf_structure(printed).text
    assert normal(papers[0].items[0].prompt) in normal(text)
    assert found(of_the_teacher(source, papers), text) == set()


ENCODED: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in other blanks": lambda text: text.replace(" ", "\n   "),
    "in mark-up": lambda text: text.replace(" ", "</b> <i>&#8203;"),
    "backwards": lambda text: text[::-1],
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "in an address": quote,
    "in JSON": lambda text: "".join(f"\\u{ord(character):04x}" for character in text),
    "gzip": lambda text: base64.b64encode(gzip.compress(text.encode())).decode(),
    "zlib": lambda text: base64.b64encode(zlib.compress(text.encode())).decode(),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())).decode(),
    "base64 backwards": lambda text: base64.b64encode(text[::-1].encode()).decode(),
}


@pytest.mark.parametrize("way", ENCODED)
def test_the_search_finds_a_secret_however_it_is_packed(way):
    secret = "Neither trial concealed the allocation of its participants."
    packed = ENCODED[way](secret)
    assert found({secret}, f"before {packed} after") == {secret}
    assert found({secret}, json.dumps({"cell": [f"x {packed} y"]})) == {secret}
    assert found({"Something else that is long enough to count."}, packed) == set()
