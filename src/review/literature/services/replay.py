"""A server on this machine that gives recorded answers in place of the services.

    python -m review.literature.services.replay FOLDER [FOLDER ...] [--port N]

Each file `*.http` of a folder is one answer: the question on the first line, as `Request.text` has it,
then the status, then headers, an empty line, and the body. Files with the same question are given in
turn, in the order of their names, the last again and again. What is not recorded is answered with 501,
which no reader takes for an answer.
"""

import argparse
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

ADDED = frozenset(["tool", "email", "mailto", "api_key"])
"""The parameters that are added to a question where it is sent."""
PORT = 8765
ENDING = ".http"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a service, whatever the order of the parameters: by it an answer is found."""

    service: str
    method: str
    path: str
    parameters: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer as it is recorded."""

    question: Question
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(slots=True)
class Replay:
    """A running server: its address, and the questions that it met, in their order."""

    base: str
    met: list[Question] = field(default_factory=list)


def question_of(line: str) -> Question:
    """The question of a line such as `crossref GET /works?rows=2`; added parameters are left out."""
    service, method, target = line.split(" ", 2)
    path, _, query = target.partition("?")
    return Question(service, method, path, _parameters(query))


def recorded(folders: Sequence[Path]) -> list[Recorded]:
    """The answers of some folders, by the names of their files.

    Raises ValueError, with the name, for a file that is no answer.
    """
    files = [path for folder in folders for path in sorted(folder.glob(f"*{ENDING}"))]
    return [_read(path) for path in files]


@contextmanager
def serving(*folders: Path, port: int = 0) -> Iterator[Replay]:
    """A server for the answers of some folders, as long as the block lasts; on a free port if 0."""
    turns: dict[Question, list[Recorded]] = {}
    for answer in recorded(folders):
        turns.setdefault(answer.question, []).append(answer)
    server = ThreadingHTTPServer(("127.0.0.1", port), BaseHTTPRequestHandler)
    replay = Replay(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = _handler(turns, replay)
    # It looks that often whether it is to end.
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield replay
    finally:
        server.shutdown()
        server.server_close()


def _handler(turns: dict[Question, list[Recorded]], replay: Replay) -> type[BaseHTTPRequestHandler]:
    guard = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply("GET", "")

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            self._reply("POST", self.rfile.read(length).decode())

        def _reply(self, method: str, form: str) -> None:
            path, _, query = self.path.partition("?")
            service, _, rest = path.removeprefix("/").partition("/")
            question = Question(service, method, f"/{rest}", _parameters(form or query))
            with guard:
                replay.met.append(question)
                waiting = turns.get(question, [])
                answer = waiting.pop(0) if len(waiting) > 1 else next(iter(waiting), None)
            if answer is None:
                self.send_error(501, "not recorded")
                return
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            # A length that is recorded is sent as it stands, so that a body can be cut short of it.
            if not any(name.lower() == "content-length" for name, _ in answer.headers):
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Nothing: what was asked stands in the log of requests of whoever asked."""

    return Handler


def _parameters(query: str) -> frozenset[tuple[str, str]]:
    pairs = parse_qsl(query, keep_blank_values=True)
    return frozenset(pair for pair in pairs if pair[0] not in ADDED)


def _read(path: Path) -> Recorded:
    head, _, body = path.read_bytes().partition(b"\n\n")
    lines = head.decode().split("\n")
    try:
        headers = [tuple(line.split(": ", 1)) for line in lines[2:]]
        named = tuple((name, value) for name, value in headers)
        # The line end that an editor leaves at the end of a file is no part of the body.
        body = body.removesuffix(b"\n")
        return Recorded(question_of(lines[0]), int(lines[1]), named, body)
    except (ValueError, IndexError):
        raise ValueError(f"{path}: this is no recorded answer") from None


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the answers of some folders until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Give recorded answers in place of the services.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--port", type=int, default=PORT)
    given = parser.parse_args(arguments)
    with serving(*given.folders, port=given.port) as replay:
        sys.stdout.write(f"export REVIEW_SERVICES_AT={replay.base}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("stopped\n")


if __name__ == "__main__":
    main()
