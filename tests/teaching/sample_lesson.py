"""A small lesson to make."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from review.teaching.make.source import FOLDER

SECRET = "Only the teacher reads this sentence about the key."
SECRET_OUTPUT = "This output was computed for the teacher alone."
TITLE = "Grade what was found"

CELLS = (
    new_markdown_cell(f"# {TITLE}\n\n**Goals.** Say how sure we are.\n\n- first\n- second"),
    new_code_cell('evidence = ["../../evidence"]', metadata={"tags": ["parameters"]}),
    new_code_cell(
        "import pandas as pd\n\nimport review\n\npd.set_option('display.max_colwidth', None)\n"
        "r = review.open(*evidence)"
    ),
    new_markdown_cell("## Worked example\n\nFor *everybody*.\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
    new_code_cell('r.steps_table("exosome-regrows-hair-in-people")'),
    new_code_cell("print('Shown | to all')"),
    new_code_cell("import matplotlib.pyplot as plt\n\nplt.plot([1, 3, 2])\nplt.show()"),
    new_markdown_cell("## Exercise\n\nAnswer each question.", metadata={"tags": ["exercise"]}),
    new_markdown_cell("## Reflection\n\nWhat would change your mind?"),
    new_markdown_cell(f"## For the teacher\n\n{SECRET}", metadata={"tags": ["instructor"]}),
    new_code_cell(f"print({SECRET_OUTPUT!r})", metadata={"tags": ["instructor"]}),
)


def sample_notebook(folder: Path, lesson: int = 4, cells: tuple = CELLS) -> Path:
    """Write the sample as the notebook of a lesson, in the folders of a checkout."""
    path = folder / FOLDER / f"lesson-{lesson}-sample.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=list(cells), metadata={"kernelspec": kernel}), path)
    return path
