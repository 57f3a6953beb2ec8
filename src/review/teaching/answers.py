"""What a learner answers, and the plain text in which an answer stands in a notebook.

Each item has one raw cell with two lines to complete, `answer:` and `reason:`. A reason may go on over
more lines. Nothing else is needed to take part: a screen reader reads it, any editor can write it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from review.model.vocabulary import spoken

TAG = "answer"
"""The tag of the raw cells that hold answers; `metadata.review.item` says to which item each belongs."""
CONTEXT = "context"
"""The tag of the Markdown cell that tells what the next items are about, before the first of them."""
PROMPT = "prompt"
"""The tag of the Markdown cell that asks one item, right before its answer's cell."""
NOTEBOOK = "review_lesson"
"""The key in a notebook's metadata that says which lesson it is, of which learner, on which evidence."""
FORMAT = 1
"""The form of learners' notebooks; another one is not read."""
ANSWERS = ".answers.json"
"""How the name of the file ends in which the form keeps answers."""
HANDED_IN = ".handed-in.ipynb"
"""How the name of the notebook ends that the form writes to hand in."""

_FIELD = re.compile(r"^[ \t]*(answer|reason)[ \t]*:[ \t]*", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Response:
    """What a learner says to one item; `value` is empty where nothing was answered."""

    value: str = ""
    reason: str = ""


def answer_text(answer: Response = Response()) -> str:
    """The text of an answer's cell."""
    return f"answer: {answer.value}".rstrip() + "\n" + f"reason: {answer.reason}".rstrip()


def read_answer(text: str, choices: Iterable[str] = ()) -> Response:
    """What `text` answers. A choice is known in any case, and with spaces for its hyphens.

    A field that is given twice counts as it was given last; what stands before the first is left out.
    """
    # Split at its fields, a text gives name and words in turn after what stands before the first.
    _, *parts = _FIELD.split(text)
    fields = {"answer": "", "reason": ""}
    fields |= {name.lower(): words.strip() for name, words in zip(parts[::2], parts[1::2], strict=True)}
    value = fields["answer"]
    known = {_plain(choice): choice for choice in choices}
    return Response(known.get(_plain(value), value), fields["reason"])


def _plain(text: str) -> str:
    return " ".join(spoken(text.casefold()).split())
