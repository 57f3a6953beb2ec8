"""Real servers on the loopback address that answer as a test says, byte by byte where it must be."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def serving(answer: Callable[[socket.socket, str], None]) -> Iterator[tuple[str, list[str]]]:
    """A server that lets `answer` write to each connection; gives its address and the requests met."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    met: list[str] = []
    stopped = threading.Event()

    def serve() -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                try:
                    request = b""
                    while b"\r\n\r\n" not in request and (piece := connection.recv(4096)):
                        request += piece
                    met.append(request.decode("latin-1"))
                    answer(connection, request.split(b" ")[1].decode() if b" " in request else "")
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", met
    finally:
        stopped.set()
        thread.join(10)
        listener.close()


def ok(body: bytes, kind: str = "text/html; charset=utf-8", *more: str) -> bytes:
    """A whole answer with a body."""
    return head("200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more) + body


def head(status: str, *headers: str) -> bytes:
    """The beginning of an answer."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode()


def always(answer: bytes) -> Callable[[socket.socket, str], None]:
    """A server that gives everybody the same answer."""
    return lambda connection, _: connection.sendall(answer)
