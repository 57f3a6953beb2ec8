"""A class of 30 from making to marking: the notebooks are filled in by kinds of learners, then marked.

`python -m benchmarks.lesson [FOLDER]` prints the seconds that marking takes; with a folder, the class
and its feedback are kept there.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from review.teaching.answers import Response, answer_text
from review.teaching.items import LessonItem
from review.teaching.pools import lesson_items
from review.workbench import open_review

PROJECT = Path(__file__).resolve().parents[1]
LEARNERS, ITEMS, LESSON, SEED = 30, 20, 4, 7
Notebook = dict[str, Any]

KINDS = (
    *["strong"] * 10,
    *["weak"] * 8,
    *["careless"] * 5,
    *["empty"] * 2,
    "script",
    "taken apart",
    "other choices",
    "not a notebook",
    "50 MB",
)
"""What the learners of the class are like, one after the other; the last five are hostile."""

_REASONS = (
    "Fewer than 100 participants, and a wide interval.",
    "The makers paid for the trials.",
    "All studies point the same way.",
    "Measured in other people than the statement is about.",
)
SCRIPT = "<script>document.title = 'taken over'</script><img src=x onerror=alert(1)>"


def fill_class(
    students: Path,
    handed_in: Path,
    items: Mapping[str, LessonItem],
    seed: int,
    kinds: Sequence[str] = KINDS,
) -> dict[str, str]:
    """Hand in the notebooks of `students` as learners of these `kinds` do; gives each learner's kind.

    `items` are the lesson's, by id: the better a learner, the more often the answer is the key's.
    """
    handed_in.mkdir()
    found = {}
    for at, path in enumerate(sorted(students.glob("*.ipynb"))):
        kind = kinds[at % len(kinds)]
        rng = random.Random(f"{seed} {path.stem}")
        notebook = json.loads(path.read_text("utf-8"))
        (handed_in / path.name).write_bytes(_HAND_IN[kind](notebook, items, rng))
        found[path.stem] = kind
    return found


def _answer_cells(notebook: Notebook) -> list[Notebook]:
    return [cell for cell in notebook["cells"] if "review" in cell["metadata"]]


def _written(notebook: Notebook) -> bytes:
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def _answered(knows: float, explains: float) -> Callable[..., bytes]:
    """A learner who knows and explains these shares of the answers, and else is a choice or two off."""

    def hand_in(notebook: Notebook, items: Mapping[str, LessonItem], rng: random.Random) -> bytes:
        _fill(notebook, items, rng, knows, explains)
        return _written(notebook)

    return hand_in


def _fill(
    notebook: Notebook,
    items: Mapping[str, LessonItem],
    rng: random.Random,
    knows: float,
    explains: float,
) -> None:
    for cell in _answer_cells(notebook):
        item = items[cell["metadata"]["review"]["item"]]
        value = item.key.value if rng.random() < knows else _near(item, rng)
        reason = rng.choice(_REASONS) if rng.random() < explains else ""
        cell["source"] = answer_text(Response(value, reason))


def _near(item: LessonItem, rng: random.Random) -> str:
    if item.key.value not in item.choices:
        return "Exosome treatment is clinically proven to work."
    at = item.choices.index(item.key.value) + rng.choice((-2, -1, -1, 1, 1, 2))
    return item.choices[min(max(at, 0), len(item.choices) - 1)]


def _careless(notebook: Notebook, items: Mapping[str, LessonItem], rng: random.Random) -> bytes:
    """The first choice everywhere, some questions left out, some words that are no choice."""
    for cell in _answer_cells(notebook):
        choices = items[cell["metadata"]["review"]["item"]].choices
        first = choices[0] if choices else "It works."
        cell["source"] = answer_text(Response(rng.choice((first, first, first, "", "don't know"))))
    return _written(notebook)


def _script(notebook: Notebook, items: Mapping[str, LessonItem], rng: random.Random) -> bytes:
    _fill(notebook, items, rng, 0.5, 1.0)
    for cell in _answer_cells(notebook)[::3]:
        cell["source"] = f"answer: {SCRIPT}\nreason: =HYPERLINK(1) {SCRIPT}"
    return _written(notebook)


def _taken_apart(notebook: Notebook, items: Mapping[str, LessonItem], rng: random.Random) -> bytes:
    """An answer cell gone, one there twice with two answers, one with another id, all in disorder."""
    _fill(notebook, items, rng, 0.8, 1.0)
    first, second, third, *_ = _answer_cells(notebook)
    notebook["cells"].remove(first)
    notebook["cells"].append({**second, "id": "twice", "source": "answer: another"})
    third["metadata"]["review"]["item"] = "4.of-my-own.certainty"
    rng.shuffle(notebook["cells"])
    return _written(notebook)


def _other_choices(notebook: Notebook, items: Mapping[str, LessonItem], rng: random.Random) -> bytes:
    _fill(notebook, items, rng, 0.6, 1.0)
    for cell in _answer_cells(notebook)[:3]:
        cell["metadata"]["review"]["choices"] = ["proven"]
        cell["source"] = "answer: proven"
    return _written(notebook)


_HAND_IN: Mapping[str, Callable[..., bytes]] = {
    "strong": _answered(0.9, 0.95),
    "weak": _answered(0.45, 0.5),
    "careless": _careless,
    "empty": lambda notebook, *_: _written(notebook),
    "script": _script,
    "taken apart": _taken_apart,
    "other choices": _other_choices,
    "not a notebook": lambda *_: b"\x7fELF" + bytes(range(256)) * 40,
    "50 MB": lambda *_: b" " * 50_000_000,
}


def make_class(folder: Path, learners: int = LEARNERS, items: int = ITEMS) -> dict[str, str]:
    """Make the lesson in `folder` and hand it in there; gives each learner's kind."""
    roster = folder / "class.csv"
    names = [f"learner-{number:02d}" for number in range(1, learners + 1)]
    roster.write_text("\n".join(["learner", *names, ""]), "utf-8")
    made = ["--lesson", str(LESSON), "--items", str(items), "--seed", str(SEED)]
    review("lesson", "make", *made, "--students", str(roster), "--out", str(folder / "lesson"))
    pool = {item.item: item for item in lesson_items(open_review([PROJECT / "evidence"]), LESSON)}
    return fill_class(folder / "lesson" / "students", folder / "handed-in", pool, SEED)


def review(*arguments: str, codes: Sequence[int] = (0,)) -> subprocess.CompletedProcess[str]:
    """Run the command `review` on the project's evidence. Raises RuntimeError for another exit code."""
    words = [sys.executable, "-m", "review", *arguments, "--evidence", str(PROJECT / "evidence")]
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode not in codes:
        raise RuntimeError(done.stderr)
    return done


NOT_ALL_MARKED = 5
"""The exit code of marking where a file could not be marked."""


def main(kept: Path | None = None) -> None:
    """Print the table; `kept` is a new folder for the class."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        folder.mkdir(exist_ok=True)
        make_class(folder)
        print(f"\n{LEARNERS} learners of {ITEMS} items, {os.cpu_count()} processors\n")
        print("| processes | seconds | of which processor time |\n| --- | --- | --- |")
        for workers in (1, 2):
            before, start = os.times(), time.perf_counter()
            out = ["--out", str(folder / "feedback"), "--workers", str(workers)]
            review("lesson", "mark", str(folder / "handed-in"), *out, codes=[NOT_ALL_MARKED])
            after, taken = os.times(), time.perf_counter() - start
            spent = sum(after[2:4]) - sum(before[2:4])
            print(f"| {workers} | {taken:.1f} | {spent:.1f} |")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
