"""Fetching: real servers that redirect, drip, never end, lie and bomb; nothing leaves the machine."""

import gzip
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from servers import always, head, ok, serving

from review.ingest.bounded import read_source
from review.ingest.sources.fetch import fetched
from review.model.errors import InputError
from review.model.vocabulary import PageFormat
from review.network.address import is_public, parsed_url

PAGE = b"<!doctype html><p>Hair grows.</p>"


def refused(address: str, **more) -> str:
    with pytest.raises(InputError) as caught:
        read_source(fetched(address, **more))
    (problem,) = caught.value.problems
    assert problem.remedy
    return problem.fault


def answered(answer, **more) -> str:
    with serving(answer) as (address, _):
        return refused(f"{address}/page", allow_private=True, **more)


# Addresses

PRIVATE = """
127.0.0.1 127.8.8.8 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
100.100.100.200 168.63.129.16 192.0.0.8 192.0.2.1 198.18.0.1 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1
255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2001::1 2001:db8::1 fc00::1
fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 ::ffff:0:127.0.0.1 ::ffff:0:10.9.8.7
::ffff:0:a9fe:a9fe 1::1 400::1 1fff::1 4000::1 5f00::1 7fff:ffff::1 8000::1 c000::1 fbff::1 fe00::1
""".split()


PUBLIC = """
1.1.1.1 8.8.8.8 172.32.0.1 2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b::808:808
""".split()


@pytest.mark.parametrize("number", PRIVATE)
def test_what_is_not_of_the_public_network_is_told(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", PUBLIC)
def test_the_public_network_is_told(number):
    assert is_public(number)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "https://10.0.0.1:8443/",
    ],
)
def test_a_private_address_is_not_fetched_however_it_is_written(address):
    assert "not an address of the public network" in refused(address)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("ftp://example.org/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("http://user:secret@example.org/", "user name or a password"),
        ("http://user@example.org/", "user name or a password"),
        ("http:///path", "names no server"),
        ("http://exa mple.org/", "blanks"),
        ("http://example.org\\@127.0.0.1/", "backslashes"),
        ("http://example.org/\r\nX: y", "control characters"),
        ("http://example.org:99999/", "not fetched"),
        ("http://[::1/", "not fetched"),
        ("http://[fe80::1%25eth0]/", "names no server"),
    ],
)
def test_an_address_that_is_none_is_refused_before_any_look_up(address, what, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("looked up"))
    found = refused(address)
    assert what in found
    assert "secret" not in found


def test_an_address_has_one_form():
    assert str(parsed_url("HTTP://Example.ORG:80/ä?q=ö#part")) == "http://example.org/%C3%A4?q=%C3%B6"
    assert parsed_url("https://münchen.example/").host == "xn--mnchen-3ya.example"


def test_one_private_number_among_public_ones_is_enough_to_refuse(monkeypatch):
    """Then a second look-up could not lead elsewhere either: there is none."""
    answers = [(2, 1, 6, "", (number, 80)) for number in ("8.8.8.8", "127.0.0.1")]
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: asked.append(a) or answers)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("connected"))
    assert "leads to 127.0.0.1" in refused("http://rebinding.example/")
    assert len(asked) == 1


def test_the_connection_is_made_to_the_number_that_was_checked(monkeypatch):
    """A name whose second look-up would lead elsewhere is looked up once."""
    asked = []

    def look_up(*arguments, **named):
        asked.append(arguments[0])
        return real(*("127.0.0.1", *arguments[1:]), **named) if len(asked) == 1 else pytest.fail("again")

    real = socket.getaddrinfo
    with serving(always(ok(PAGE))) as (address, met):
        port = address.rpartition(":")[2]
        monkeypatch.setattr(socket, "create_connection", connecting(real))
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        found = fetched(f"http://clinic.example:{port}/page", allow_private=True)
    assert asked == ["clinic.example"]
    assert f"Host: clinic.example:{port}\r\n" in met[0]
    assert found.url == f"http://clinic.example:{port}/page"


def connecting(real):
    """The real way to connect, which looks up a number as if it were a name."""

    def connect(place, timeout):
        assert place[0] == "127.0.0.1"
        made = socket.socket()
        made.settimeout(timeout)
        made.connect(place)
        return made

    assert real
    return connect


# Answers


def test_a_page_is_fetched_with_an_honest_name_and_nothing_else():
    with serving(always(ok(PAGE, "text/html; charset=utf-8", "Set-Cookie: a=b"))) as (address, met):
        found = fetched(f"{address}/page?a=1#part", allow_private=True)
    assert found.content == PAGE
    assert (found.expected, found.charset) == (PageFormat.HTML, "utf-8")
    assert found.url == f"{address}/page?a=1"
    (request,) = met
    assert request.startswith("GET /page?a=1 HTTP/1.1\r\n")
    assert "User-Agent: evidence-review/" in request
    assert "cookie" not in request.lower()
    assert "authorization" not in request.lower()


@pytest.mark.parametrize(
    ("packing", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)],
)
def test_a_packed_page_is_unpacked(packing, pack):
    body = pack(PAGE)
    with serving(always(ok(body, "text/html", f"Content-Encoding: {packing}"))) as (address, _):
        assert fetched(address, allow_private=True).content == PAGE


def test_a_charset_of_a_server_is_only_text():
    with serving(always(ok(PAGE, "text/html; charset=a\0b\x1b"))) as (address, _):
        assert fetched(address, allow_private=True).charset == "ab"


def test_a_page_in_chunks_is_put_together():
    answer = head("200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked")
    answer += b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (PAGE[:9], PAGE[9:])) + b"0\r\n\r\n"
    with serving(always(answer)) as (address, _):
        assert fetched(address, allow_private=True).content == PAGE


def redirecting(connection: socket.socket, path: str) -> None:
    """`/5` leads to `/4` and so on to `/0`, which is the page."""
    left = int(path.strip("/"))
    if left:
        connection.sendall(head("302 Found", f"Location: /{left - 1}", "Content-Length: 0"))
    else:
        connection.sendall(ok(PAGE))


def test_redirects_are_followed_and_told():
    with serving(redirecting) as (address, met):
        found = fetched(f"{address}/5", allow_private=True)
        assert found.url == f"{address}/0"
        assert len(found.notes) == 5
        assert found.notes[0] == f"redirected to {address}/4"
        assert len(met) == 6
        assert "more than 5 times" in refused(f"{address}/6", allow_private=True)


def test_a_redirect_in_a_circle_ends():
    assert "more than 5 times" in answered(
        always(head("301 Moved", "Location: /page", "Content-Length: 0"))
    )


@pytest.mark.parametrize(
    ("location", "what"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://user:secret@example.org/", "user name or a password"),
        ("", "redirected to nowhere"),
    ],
)
def test_a_redirect_to_what_is_no_page_is_refused(location, what):
    answer = always(
        head("302 Found", *([f"Location: {location}"] if location else []), "Content-Length: 0")
    )
    assert what in answered(answer)


def test_a_redirect_to_a_private_address_is_refused(monkeypatch):
    """The first server counts as public for this test; the second is met with the real rule."""
    with serving(always(head("302 Found", "Location: http://127.0.0.2:1/x", "Content-Length: 0"))) as (
        address,
        met,
    ):
        monkeypatch.setattr(
            "review.network.transport.is_public",
            lambda number: number == "127.0.0.1" or is_public(number),
        )
        assert "leads to 127.0.0.2" in refused(address)
        assert len(met) == 1


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (head("404 Not Found", "Content-Length: 0"), "answered 404 Not Found"),
        (head("200 OK", "Content-Type: text/html", "Content-Length: 0"), "empty"),
        (ok(b"\x89PNG", "image/png"), "sent image/png, which is not a page"),
        (ok(b"\x89PNG", "text/html"), "this is a picture"),
        (ok(b"{}", "application/json"), "sent application/json"),
        (ok(PAGE, "application/pdf"), "not a PDF file"),
        (ok(PAGE, "text/html", "Content-Encoding: br"), "packed its answer as 'br'"),
        (ok(PAGE, "text/html", "Content-Encoding: gzip"), "failed"),
        (ok(gzip.compress(PAGE)[:-9], "text/html", "Content-Encoding: gzip"), "ended before"),
        (ok(gzip.compress(PAGE) * 2, "text/html", "Content-Encoding: gzip"), "went on after"),
        (head("200 OK", "Content-Type: text/html", "Content-Length: 999") + PAGE, "ended before"),
        (
            head("200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked") + b"f\r\na",
            "failed",
        ),
        (head("200 OK", "Content-Type: text/html", "Content-Length: 99999999999"), "larger than"),
        (head("404 \x1b[2J", "Content-Length: 0"), "answered 404 [2J"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "failed"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n", "failed"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000, "failed"),
        (b"", "failed"),
    ],
)
def test_a_bad_answer_is_a_problem(answer, what):
    assert what in answered(always(answer))


def test_a_server_that_is_not_there_is_a_problem():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert "failed: Connection refused" in refused(f"http://127.0.0.1:{port}/", allow_private=True)


def test_a_name_that_leads_nowhere_is_a_problem(monkeypatch):
    def nothing(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    assert "is not found: Name or service not known" in refused("http://nowhere.invalid/")


# Bounds


def dripping(start: bytes):
    def drip(connection: socket.socket, _: str) -> None:
        connection.sendall(start)
        while True:  # until nobody listens
            time.sleep(0.1)
            connection.sendall(b"x")

    return drip


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        head("200 OK", "Content-Type: text/html"),
        head("200 OK", "Content-Type: text/html", "Content-Length: 9000"),
    ],
    ids=["status", "header", "body", "body of known length"],
)
def test_a_slow_drip_ends_when_the_whole_time_is_over(start):
    assert answered(dripping(start), seconds=0.8) == "it took longer than allowed"


def test_the_time_is_for_all_redirects_together():
    def slow(connection: socket.socket, _: str) -> None:
        time.sleep(0.3)
        connection.sendall(head("302 Found", "Location: /page", "Content-Length: 0"))

    assert answered(slow, seconds=0.8) == "it took longer than allowed"


def test_a_slow_look_up_ends_too(monkeypatch):
    waiting = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [waiting.wait()][1:])
    try:
        assert "it took longer" in refused("http://slow.example/", seconds=0.2)
    finally:
        waiting.set()


def test_a_body_without_end_stops_at_the_limit():
    sent = []

    def endless(connection: socket.socket, _: str) -> None:
        connection.sendall(head("200 OK", "Content-Type: text/html"))
        while True:
            sent.append(connection.send(b"x" * 100_000))

    assert "larger than 10,000,000 bytes" in answered(endless)
    assert sum(sent) < 40_000_000


def test_a_gzip_bomb_stops_at_the_limit():
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(300)) + packer.flush()
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    try:
        assert "larger than" in answered(always(ok(bomb, "text/html", "Content-Encoding: gzip")))
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


# Encryption


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate that nobody trusts, for the name clinic.example."""
    if shutil.which("openssl") is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is missing: install Debian's package openssl")
        pytest.skip("not run: openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=clinic.example"
    more = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    more += ["-addext", "subjectAltName=DNS:clinic.example"]
    subprocess.run([*command.split(), *more], check=True, capture_output=True)
    return folder


@pytest.fixture
def encrypted(certificate, monkeypatch):
    """A server for the name clinic.example; gives its address, the names asked for, and what to send."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    asked, sent = [], [ok(PAGE)]
    context.sni_callback = lambda _, name, __: asked.append(name)

    def serve(listener: socket.socket) -> None:
        raw, _ = listener.accept()
        with raw, suppress(OSError), context.wrap_socket(raw, server_side=True) as connection:
            connection.recv(4096)
            for piece in sent:
                connection.sendall(piece)
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda _, at, *__, **___: [(2, 1, 6, "", ("127.0.0.1", at))]
        )
        thread = threading.Thread(target=serve, args=[listener], daemon=True)
        thread.start()
        yield f"https://clinic.example:{port}/", asked, sent
        thread.join(5)


@pytest.fixture
def trusted(certificate, monkeypatch):
    made = ssl.create_default_context
    cafile = str(certificate / "cert.pem")
    monkeypatch.setattr(ssl, "create_default_context", lambda: made(cafile=cafile))


@pytest.mark.usefixtures("trusted")
def test_the_name_is_proved_though_a_number_is_connected_to(encrypted):
    address, asked, _ = encrypted
    assert fetched(address, allow_private=True).content == PAGE
    assert asked == ["clinic.example"]


def test_a_server_that_does_not_prove_its_name_is_refused(encrypted):
    address, asked, _ = encrypted
    assert "does not prove who it is" in refused(address, allow_private=True)
    assert asked == ["clinic.example"]


@pytest.mark.usefixtures("trusted")
def test_a_slow_drip_ends_when_encrypted_too(encrypted):
    address, _, sent = encrypted
    sent[:] = [head("200 OK", "Content-Type: text/html"), *[b"x"] * 10_000]
    assert refused(address, allow_private=True, seconds=0.8) == "it took longer than allowed"


@pytest.mark.usefixtures("trusted")
def test_a_redirect_that_gives_up_encryption_is_told(encrypted):
    address, _, sent = encrypted
    with serving(always(ok(PAGE))) as (plain, _):
        sent[:] = [head("302 Found", f"Location: {plain}/page", "Content-Length: 0")]
        found = fetched(address, allow_private=True)
    assert found.notes == (f"redirected to {plain}/page, which is not encrypted",)
