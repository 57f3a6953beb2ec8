"""A small notebook as a learner gets it: two items with choices on one subject, one in words."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from review.teaching.answers import CONTEXT, FORMAT, NOTEBOOK, PROMPT, TAG, answer_text

CERTAINTIES = ("very-low", "low", "moderate", "high")
HOSTILE = '<img src="http://outside.invalid/x.png" onerror="document.title=\'live\'">'
ITEMS = {
    "4.one.risk": ("Risk of bias?", ("not_serious", "serious")),
    "4.one.certainty": (f"Certainty? {HOSTILE} ![x](http://outside.invalid/y.png)", CERTAINTIES),
    "4.two.words": ("Say it in your words.", ()),
}


def lesson_node(typed=None):
    """The notebook, with the texts of some answer cells given by item."""
    cells = [
        new_markdown_cell("# Lesson"),
        new_code_cell("1 + 1", execution_count=1, outputs=[nbformat.v4.new_output("stream", text="2")]),
    ]
    for item, (prompt, choices) in ITEMS.items():
        if item != "4.one.certainty":
            cells.append(new_markdown_cell(f"About {item[:5]}", metadata={"tags": [CONTEXT]}))
        cells.append(new_markdown_cell(prompt, metadata={"tags": [PROMPT]}))
        review = {"item": item, "choices": list(choices)}
        text = (typed or {}).get(item, answer_text())
        cells.append(new_raw_cell(text, metadata={"tags": [TAG], "review": review}))
    about = {"format": FORMAT, "lesson": 4, "learner": "L07", "evidence": "0" * 64}
    return new_notebook(cells=cells, metadata={NOTEBOOK: about})


def write_lesson(path, typed=None):
    """The notebook as a file; gives its path."""
    nbformat.write(lesson_node(typed), path)
    return path
