"""What a learner answered in the form: kept in a file beside the notebook, and handed in with it.

The notebook that was handed out is never written: JupyterLab has it open. Its own cells count too;
where a cell and the form say different things, the learner is asked, and neither is lost.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from review.model.errors import InputError, ParameterError, Problem
from review.runs.execute import notebook_text, read_notebook
from review.store.files.whole_file import locked, write_whole
from review.teaching.answers import ANSWERS, FORMAT, HANDED_IN, Response, answer_text, read_answer
from review.teaching.sheet import AskedItem, asked, filled_in

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
    return _own(notebook, _read(answers_file(notebook)))


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
    with _opened(notebook) as (own, path):
        asked_for = _asked_for(own, item)
        answer = _readable(answer, asked_for)
        gave_way = {asked_for.typed} if own.answer(asked_for) == asked_for.typed else set()
        return _write(notebook, path, own, item, answer, gave_way)


def choose(notebook: Path, item: str, typed: bool) -> LearnerAnswers:
    """Settle which answer to `item` holds, the one `typed` into its cell or the form's; keep both.

    Raises as `keep` does.
    """
    with _opened(notebook) as (own, path):
        asked_for = _asked_for(own, item)
        both = {asked_for.typed, own.answer(asked_for)}
        answer = asked_for.typed if typed else own.answer(asked_for)
        return _write(notebook, path, own, item, answer, both)


def hand_in(notebook: Path) -> tuple[Path, tuple[int, ...]]:
    """Write the notebook to hand in, whole or not at all; gives it, and the numbers left unanswered.

    Raises InputError naming each item for which a cell and the form differ; then nothing is written.
    """
    with _opened(notebook) as (own, _):
        problems = [
            Problem(
                f"question {number}", 0, "the notebook's cell and this form answer differently",
                f"Type g {number} and Enter, then choose one.",
            )
            for number, item in enumerate(own.items, start=1)
            if own.differs(item)
        ]  # fmt: skip
        if problems:
            raise InputError(problems)
        made = filled_in(read_notebook(notebook), own.kept, own.set_aside)
        target = handed_in_file(notebook)
        write_whole(target, notebook_text(made).encode())
    left = [n for n, item in enumerate(own.items, start=1) if item not in own.answered]
    return target, tuple(left)


@contextmanager
def _opened(notebook: Path) -> Iterator[tuple[LearnerAnswers, Path]]:
    """What the files hold now, with the lock held: two tabs of a browser can show the same form."""
    path = answers_file(notebook)
    with locked(path.with_name(f".{path.name}.lock")):
        yield own_answers(notebook), path


def _own(notebook: Path, file: _AnswersFile) -> LearnerAnswers:
    name = notebook.as_posix()
    _check_size(notebook)
    return LearnerAnswers(
        asked(read_notebook(notebook), name),
        {item: Response(said.answer, said.reason) for item, said in file.answers.items()},
        {
            item: tuple(Response(*other) for other in said.set_aside)
            for item, said in file.answers.items()
        },
    )


def _write(
    notebook: Path, path: Path, own: LearnerAnswers, item: str, answer: Response, gave_way: set[Response]
) -> LearnerAnswers:
    before = own.set_aside.get(item, ())
    aside = [*before, *sorted(gave_way - {*before, answer, Response()}, key=answer_text)]
    said = _StoredResponse(
        answer=answer.value,
        reason=answer.reason,
        set_aside=tuple((other.value, other.reason) for other in aside),
    )
    kept = _read(path).answers
    file = _AnswersFile(answers=dict(sorted({**kept, item: said}.items())))
    write_whole(path, f"{file.model_dump_json(indent=1)}\n".encode())
    return _own(notebook, file)


def _asked_for(own: LearnerAnswers, item: str) -> AskedItem:
    found = next((one for one in own.items if one.item == item), None)
    if found is None:
        problem = Problem(item, 0, "the notebook no longer asks this", "Run the cell of the form again.")
        raise ParameterError([problem])
    return found


def _readable(answer: Response, item: AskedItem) -> Response:
    """The answer as it will be read from its cell. Raises ParameterError if that says something else."""
    plain = Response(" ".join(answer.value.split()), answer.reason.strip())
    if read_answer(answer_text(plain), item.choices) != plain:
        what = "a line begins with answer: or reason:, which mark where an answer begins"
        raise ParameterError([Problem("your words", 0, what, "Begin the line with another word.")])
    return plain


def _read(path: Path) -> _AnswersFile:
    if not path.exists():
        return _AnswersFile()
    _check_size(path)
    try:
        return _AnswersFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        remedy = "It is left as it is. Restore it, or rename it to begin anew."
        problem = Problem(path.as_posix(), 0, "the answers in this file cannot be read", remedy)
    raise InputError([problem])


def _check_size(path: Path) -> None:
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES:,} bytes"
        raise InputError([Problem(path.as_posix(), 0, what, "Use the file as it was handed out.")])
