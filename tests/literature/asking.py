"""A door to recorded answers: a real server on this machine, and a sleep that is written down."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from review.literature.services.answer import Answer
from review.literature.services.door import LOG_NAME, Door, Reach, open_door
from review.literature.services.replay import Replay, serving
from review.literature.services.request import Request

RECORDED = Path(__file__).parent / "recorded"


@dataclass
class Asking:
    door: Door
    replay: Replay
    folder: Path
    slept: list[float] = field(default_factory=list)

    def ask(self, request: Request) -> Answer:
        return self.door.ask(request)

    @property
    def log(self) -> str:
        return (self.folder / LOG_NAME).read_text()


@contextmanager
def asking(
    folder: Path, reach: Reach = Reach.MISSING, recorded: Sequence[Path] = (RECORDED,), **more
) -> Iterator[Asking]:
    slept = []
    more.setdefault("environment", {})
    with (
        serving(*recorded) as replay,
        open_door(reach, base=replay.base, folder=folder, sleep=slept.append, **more) as door,
    ):
        yield Asking(door, replay, folder, slept)


def record(folder: Path, name: str, question: str, body: str, status: int = 200, *headers: str) -> None:
    """An answer recorded for one test."""
    folder.mkdir(exist_ok=True)
    lines = [question, str(status), *headers]
    (folder / f"{name}.http").write_text("\n".join(lines) + "\n\n" + body + "\n")
