"""Notebooks as learners hand them in, made by hand for the tests."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from nbformat.v4 import new_markdown_cell, new_notebook, new_raw_cell

from review.teaching.answers import FORMAT, NOTEBOOK, TAG
from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem

GRADES = ("very-low", "low", "moderate", "high")
KEY = Key("low", "Few events.", KeyBasis.RULE, "GRADE guidelines 3", "docs/verdicts.md")


def an_item(name: str = "4.hair.certainty", **changes) -> LessonItem:
    key = Key(**{**{f: getattr(KEY, f) for f in KEY.__slots__}, **changes.pop("key", {})})
    fields = {
        "item": name,
        "lesson": 4,
        "group": "4.hair",
        "prompt": "How certain?",
        "choices": GRADES,
        "scale": AnswerScale.ORDINAL,
        "difficulty": 1,
        "key": key,
        "context": "Statement: Exosome injections regrow hair.",
    }
    return LessonItem(**{**fields, **changes})


def a_notebook(
    texts: Mapping[str, str] | Iterable[tuple[str, str]],
    choices: Iterable[str] = GRADES,
    asked: int = 0,
    **about,
) -> dict:
    """A learner's notebook as data, with `texts` in its answer cells."""
    pairs = list(texts.items() if isinstance(texts, Mapping) else texts)
    cells = []
    for number, (item, text) in enumerate(pairs, start=1):
        cells.append(new_markdown_cell(f"**Question {number} of {asked or len(pairs)}.** How?"))
        review = {"item": item, "choices": list(choices)}
        cells.append(new_raw_cell(text, metadata={"tags": [TAG], "review": review}))
    told = {"format": FORMAT, "lesson": 4, "learner": "learner-01", "evidence": "e" * 64, **about}
    node = new_notebook(cells=cells, metadata={NOTEBOOK: told})
    return json.loads(json.dumps(node))


def hand_in(folder: Path, name: str, notebook: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(notebook), "utf-8")
    return path
