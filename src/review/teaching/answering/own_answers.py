"""What a learner answered in the form: kept in a file beside the notebook, and handed in with it.

The notebook that was handed out is never written: JupyterLab has it open. Its own cells count too;
where a cell and the form say different things, the learner is asked, and neither is lost.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from review.model.errors import InField, InFile, InPart, InputError, ParameterError
from review.people.entries import Entered
from review.runs.execute import notebook_text, read_notebook
from review.store.files.plain_file import read_plain
from review.store.files.whole_file import lock_beside, locked, write_whole
from review.teaching.answering.notebook import AskedItem, asked_items, filled_in
from review.teaching.answers import ANSWERS, FORMAT, HANDED_IN, Response, answer_text, read_answer

MAX_BYTES = 20_000_000
"""A notebook or a file of answers that is larger is not read."""


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _StoredResponse(_Stored):
    answer: str = ""
    reason: str = ""
    set_aside: tuple[tuple[str, str], ...] = ()


class _AnswersFile(_Stored):
    format: int = Field(default=FORMAT, ge=FORMAT, le=FORMAT)
    answers: dict[str, _StoredResponse] = {}


@dataclass(frozen=True, slots=True)
class LearnerAnswers:
    """A learner's notebook with everything that was answered, in its cells and in the form.

    `kept` are the answers of the form by item; `set_aside` those that gave way to another one.
    """

    items: tuple[AskedItem, ...]
    kept: Mapping[str, Response]
    set_aside: Mapping[str, tuple[Response, ...]]

    def answer(self, item: AskedItem) -> Response:
        """The answer to an item: the form's, or the one typed into its cell."""
        return self.kept.get(item.item, item.typed)

    def differs(self, item: AskedItem) -> bool:
        """Whether the cell of an item says something else than the form, and nobody chose yet."""
        return (
            item.typed not in (Response(), self.answer(item))
            and item.typed not in self.set_aside.get(item.item, ())
        )  # fmt: skip

    @property
    def answered(self) -> tuple[AskedItem, ...]:
        """The items that have an answer."""
        return tuple(item for item in self.items if self.answer(item).value)


def own_answers(notebook: Path) -> LearnerAnswers:
    """What `notebook` asks, and what was answered so far.

    Raises InputError with every problem of the notebook or of the file of answers beside it.
    """
    stored = _read(answers_file(notebook)).answers
    _check_size(notebook)
    return LearnerAnswers(
        asked_items(read_notebook(notebook), notebook.as_posix()),
        {item: Response(answer.answer, answer.reason) for item, answer in stored.items()},
        {item: tuple(Response(*pair) for pair in answer.set_aside) for item, answer in stored.items()},
    )


def answers_file(notebook: Path) -> Path:
    """Where the form keeps the answers to a notebook."""
    return notebook.with_name(f"{notebook.stem}{ANSWERS}")


def handed_in_file(notebook: Path) -> Path:
    """Where the form writes the notebook to hand in."""
    return notebook.with_name(f"{notebook.stem}{HANDED_IN}")


def keep(notebook: Path, item: str, answer: Response) -> LearnerAnswers:
    """Write `answer` to `item` to the file of answers; gives everything as it then is.

    What it replaces is set aside if it was typed into the cell. Raises ParameterError for words that
    could not be read again, InputError where a file is unusable, OutputError where it cannot be written.
    """
    with _opened(notebook) as answers:
        asked = _asked(answers, item)
        answer = _readable(answer, asked)
        # What the form itself held is not set aside: whoever changes it there sees it go.
        gave_way = {asked.typed} if answers.answer(asked) == asked.typed else set()
        return _record(notebook, answers, item, answer, gave_way)


def choose(notebook: Path, item: str, typed: bool) -> LearnerAnswers:
    """Settle which answer to `item` holds, the one `typed` into its cell or the form's; keep both.

    Raises as `keep` does.
    """
    with _opened(notebook) as answers:
        asked = _asked(answers, item)
        both = {asked.typed, answers.answer(asked)}
        answer = asked.typed if typed else answers.answer(asked)
        return _record(notebook, answers, item, answer, both)


def hand_in(notebook: Path) -> tuple[Path, tuple[int, ...]]:
    """Write the notebook to hand in, whole or not at all; gives it, and the numbers left unanswered.

    Raises InputError naming each item for which a cell and the form differ; then nothing is written.
    """
    with _opened(notebook) as answers:
        fault = "the notebook's cell and this form answer differently"
        problems = [
            InPart("question", number).problem(
                fault, remedy=f"Type g {number} and Enter, then choose one."
            )
            for number, item in enumerate(answers.items, start=1)
            if answers.differs(item)
        ]
        if problems:
            raise InputError(problems)
        filled = filled_in(read_notebook(notebook), answers.kept, answers.set_aside)
        target = handed_in_file(notebook)
        write_whole(target, notebook_text(filled).encode())
    left = [n for n, item in enumerate(answers.items, start=1) if item not in answers.answered]
    return target, tuple(left)


@contextmanager
def _opened(notebook: Path) -> Iterator[LearnerAnswers]:
    """What the files hold now, with the lock held: two tabs of a browser can show the same form."""
    with locked(lock_beside(answers_file(notebook))):
        yield own_answers(notebook)


def _record(
    notebook: Path, answers: LearnerAnswers, item: str, answer: Response, gave_way: set[Response]
) -> LearnerAnswers:
    """Write the answers with `answer` to `item`, and with what `gave_way` to it set aside."""
    before = answers.set_aside.get(item, ())
    aside = (*before, *sorted(gave_way - {*before, answer, Response()}, key=answer_text))
    kept, set_aside = {**answers.kept, item: answer}, {**answers.set_aside, item: aside}
    stored = {
        name: _StoredResponse(
            answer=response.value,
            reason=response.reason,
            set_aside=tuple((other.value, other.reason) for other in set_aside[name]),
        )
        for name, response in sorted(kept.items())  # the same answers give the same bytes
    }
    content = f"{_AnswersFile(answers=stored).model_dump_json(indent=1)}\n"
    write_whole(answers_file(notebook), content.encode())
    return replace(answers, kept=kept, set_aside=set_aside)


def _asked(answers: LearnerAnswers, item: str) -> AskedItem:
    for asked in answers.items:
        if asked.item == item:
            return asked
    problem = InPart("item", item).problem(
        "the notebook no longer asks this", remedy="Run the cell of the form again."
    )
    raise ParameterError([problem])


def _readable(answer: Response, item: AskedItem) -> Response:
    """The answer as it will be read from its cell. Raises ParameterError if that says something else."""
    plain = Response(" ".join(answer.value.split()), answer.reason.strip())
    if read_answer(answer_text(plain), item.choices) != plain:
        fault = "a line begins with answer: or reason:, which mark where an answer begins"
        raise ParameterError.at(
            InField(Entered.YOUR_WORDS), fault, remedy="Begin the line with another word."
        )
    return plain


def _read(path: Path) -> _AnswersFile:
    if not path.exists():
        return _AnswersFile()
    content = read_plain(path, MAX_BYTES, path.as_posix())
    try:
        return _AnswersFile.model_validate_json(content.removeprefix(BOM_UTF8))
    except ValidationError:
        remedy = "It is left as it is. Restore it, or rename it to begin anew."
        problem = InFile(path.as_posix()).problem(
            "the answers in this file cannot be read", remedy=remedy
        )
        raise InputError([problem]) from None


def _check_size(path: Path) -> None:
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        fault = f"the file is larger than {MAX_BYTES:,} bytes"
        raise InputError.at(InFile(path.as_posix()), fault, remedy="Use the file as it was handed out.")
