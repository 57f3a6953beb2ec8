"""WARC record by record: the same as another reader gives, and no damaged one hides the others."""

import gzip
import io
import re
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from review.model.errors import InputError
from review.scan.corpora.corpus import cut_corpus, records_of
from review.scan.corpora.packed import PackedError, unchunked, unpacked
from review.scan.corpora.record import MAX_BYTES, StoredPage, Unread

HTML = "text/html; charset=utf-8"
TEXT = "<!doctype html><p>Vesicles were counted in {n} of {square} samples.</p>"


def page(n):
    return TEXT.format(n=n, square=n * n).encode()


def stored(n, body=None, kind="response", headers=(("Content-Type", HTML),), status="200 OK", **warc):
    """A record as a crawler writes it: its number stands in its address."""
    body = page(n) if body is None else body
    block = body
    if kind == "response":
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        block = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": f"https://site-{n}.example/",
        "Content-Type": "application/http; msgtype=response" if kind == "response" else HTML,
        "Content-Length": len(block),
    } | {name.replace("_", "-"): value for name, value in warc.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    return f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def written(path, records):
    packed = path.name.endswith(".gz")
    path.write_bytes(b"".join(gzip.compress(record) if packed else record for record in records))
    return path


def number_of(address):
    found = re.fullmatch(r"https://site-(\d)\.example/", address)
    return int(found[1]) if found else None


def scanned(path, pages=3):
    """The numbers of the pages that are read, and all that is told."""
    try:
        corpus = cut_corpus(path, pages)
    except InputError as error:
        return [], [str(problem) for problem in error.problems]
    found = [record for part in corpus.parts for record in records_of(part)]
    numbers = [number_of(record.url) for record in found if isinstance(record, StoredPage)]
    unread = [str(record.problem) for record in found if isinstance(record, Unread)]
    return numbers, [*map(str, corpus.problems), *unread]


NAMES = pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])


@NAMES
@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_whole_file_is_read_as_another_reader_reads_it(tmp_path, name, size):
    with (tmp_path / name).open("wb") as file:
        writer = WARCWriter(file, gzip=name.endswith("gz"))
        writer.write_record(writer.create_warcinfo_record(name, {"software": "a test"}))
        for n in range(7):
            headers = StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1")
            for kind in ("response", "resource", "metadata"):
                answer = headers if kind == "response" else None
                body = io.BytesIO(page(n) * (n * 3000 + 1))
                address = f"https://site-{n}.example/"
                writer.write_record(
                    writer.create_warc_record(
                        address, kind, body, http_headers=answer, warc_content_type="text/html"
                    )
                )
    with (tmp_path / name).open("rb") as file:
        expected = [
            (record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(file)
            if record.rec_type in ("response", "resource")
        ]
    parts = cut_corpus(tmp_path / name, size).parts
    found = [record for part in parts for record in records_of(part)]
    assert [(record.url, record.content) for record in found] == expected
    assert len(parts) == -(-len(expected) // size)


def deflated(body):
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return raw.compress(body) + raw.flush()


def chunks(body, size=20):
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


UNPACKED = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "gzip in two members": ("gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
    "deflate": ("deflate", zlib.compress),
    "deflate without a head": ("deflate", deflated),
    "Brotli": ("br", brotli.compress),
    "upper case": ("GZIP", gzip.compress),
    "identity": ("identity", bytes),
    "two, one after the other": ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
    "the page itself under a header that was left": ("br", bytes),
    "the page itself, packed as it says by gzip": ("gzip", bytes),
}
NOT_UNPACKED = {
    "Brotli cut off": ("br", lambda body: brotli.compress(body)[:-9]),
    "gzip cut off": ("gzip", lambda body: gzip.compress(body)[:-12]),
    "deflate cut off": ("deflate", lambda body: zlib.compress(body)[:-9]),
    "Brotli damaged": ("br", lambda body: b"\xff" * 9 + brotli.compress(body)),
    "gzip damaged": ("gzip", lambda body: b"\x1f\x8b\x08\x00" + b"\xff" * 40),
    "deflate damaged": ("deflate", lambda body: b"\xff" * 60),
    "zstd": ("zstd", lambda body: b"\x28\xb5\x2f\xfd" + body),
    "compress": ("compress", lambda body: b"\x1f\x9d" + body),
    "a coding nobody knows": ("rot13", lambda body: b"uggc"),
    "the second of two": ("br, gzip", lambda body: gzip.compress(b"\xff" * 40)),
}


@pytest.mark.parametrize(("coding", "pack"), UNPACKED.values(), ids=UNPACKED)
def test_a_page_is_unpacked_as_a_browser_does(coding, pack):
    assert unpacked(pack(page(3)), coding) == page(3)


@NAMES
@pytest.mark.parametrize(("coding", "pack"), NOT_UNPACKED.values(), ids=NOT_UNPACKED)
def test_a_page_that_cannot_be_unpacked_is_told_and_the_others_are_read(tmp_path, name, coding, pack):
    headers = (("Content-Type", HTML), ("Content-Encoding", coding))
    records = [stored(n) for n in range(8)]
    records[4] = stored(4, pack(page(4)), headers=headers)
    numbers, problems = scanned(written(tmp_path / name, records))
    assert numbers == [0, 1, 2, 3, 5, 6, 7]
    (problem,) = problems
    assert problem.startswith(f"{name}:5: the page cannot be unpacked")


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_what_unpacks_to_more_than_a_page_is_never_unpacked_whole(coding):
    pack = gzip.compress if coding == "gzip" else brotli.compress
    assert len(unpacked(pack(b"<p>" + bytes(50_000_000)), coding)) < 2 * MAX_BYTES


def test_chunks_are_put_together_and_a_page_without_them_stays():
    assert unchunked(chunks(page(12))) == page(12)
    assert unchunked(chunks(b"")) == b""
    assert unchunked(page(12)) == page(12)
    for cut in (chunks(page(12))[:-8], chunks(page(12))[:30]):
        with pytest.raises(PackedError, match="within a chunk"):
            unchunked(cut)


DAMAGED = {
    "a length that is too large": (
        stored(4, Content_Length=9_999),
        "ends .* too early|does not end where",
    ),
    "a length that is too small": (stored(4, Content_Length=40), "does not end where it states"),
    "no length": (stored(4, Content_Length=None), "does not state its type and its length"),
    "a length that is no number": (stored(4, Content_Length="many"), "does not state"),
    "no type": (stored(4, WARC_Type=None), "does not state its type"),
    "another version": (stored(4).replace(b"WARC/1.1", b"WARX/9.9"), "this is no record"),
    "a head that does not end": (
        b"WARC/1.0\r\nWARC-Type: response\r\n" + b"x" * 99,
        "the head of the record does not end|does not state its type",
    ),
    "bytes between records": (b"\x00" * 70, "this is no record"),
    "a line of text between records": (b"and so on\r\n", "this is no record"),
}  # fmt: skip


@pytest.mark.parametrize(("damaged", "fault"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_record_is_told_with_its_byte_and_the_others_are_read(tmp_path, damaged, fault):
    records = [stored(n) for n in range(8)]
    records[4] = damaged
    for name in ("a.warc", "a.warc.gz"):
        numbers, problems = scanned(written(tmp_path / name, records))
        assert numbers == [0, 1, 2, 3, 5, 6, 7]
        assert problems
        assert all(problem.startswith(f"{name}: at byte ") for problem in problems)
        assert re.search(fault, problems[0])


@given(st.data())
@settings(max_examples=30)
def test_wherever_a_file_is_cut_the_whole_records_are_read_and_the_cut_is_told(tmp_path_factory, data):
    name = data.draw(st.sampled_from(["a.warc", "a.warc.gz"]))
    path = written(tmp_path_factory.mktemp("cut") / name, [stored(n) for n in range(5)])
    content = path.read_bytes()
    ends = [0]
    for n in range(5):
        record = stored(n)
        ends.append(ends[-1] + len(gzip.compress(record) if name.endswith("gz") else record))
    at = data.draw(st.integers(ends[1], len(content)))
    path.write_bytes(content[:at])
    # Of a plain record only the two line ends after it may be missing.
    slack = 0 if name.endswith("gz") else 4
    whole = [n for n in range(5) if ends[n + 1] - slack <= at]
    numbers, problems = scanned(path)
    assert numbers == whole
    is_whole = at - ends[len(whole)] <= 0
    assert bool(problems) is not is_whole
    assert len(problems) < 2


@given(st.data())
@settings(max_examples=30)
def test_whatever_byte_is_damaged_no_more_than_its_record_and_the_next_are_lost(tmp_path_factory, data):
    name = data.draw(st.sampled_from(["a.warc", "a.warc.gz"]))
    path = written(tmp_path_factory.mktemp("flip") / name, [stored(n) for n in range(6)])
    content = bytearray(path.read_bytes())
    # Without its first bytes it is no file that gzip packed.
    at = data.draw(st.integers(2, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    numbers, problems = scanned(path)
    lost = 6 - len(set(numbers) & set(range(6)))
    assert lost <= 2
    # In a plain file a changed letter of a page is a page like any other.
    assert problems or not lost or None in numbers or name == "a.warc"


def test_records_packed_as_one_are_told_with_a_remedy_that_works(tmp_path):
    whole = b"".join(stored(n) for n in range(4))
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(whole))
    numbers, problems = scanned(tmp_path / "a.warc.gz")
    assert numbers == []
    assert "a.warc.gz: at byte 0: its records are not packed each by itself" in problems[0]
    assert "Unpack it with gunzip" in problems[0]
    (tmp_path / "a.warc").write_bytes(gzip.decompress((tmp_path / "a.warc.gz").read_bytes()))
    assert scanned(tmp_path / "a.warc") == ([0, 1, 2, 3], [])


NO_PAGES = {
    "data": (
        [stored(n, b"{}", headers=(("Content-Type", "application/json"),)) for n in range(3)],
        "3 application/json",
    ),
    "pictures": ([stored(1, b"\x89PNG", headers=(("Content-Type", "image/png"),))], "1 image/png"),
    "pages that are gone": ([stored(n, status="410 Gone") for n in range(4)], "4 with status 410"),
    "pages that moved": ([stored(1, status="302 Found")], "1 with status 302"),
    "answers without a type": ([stored(1, b"x", headers=())], "1 without a type"),
    "names of hosts": (
        [stored(1, b"1 2 3", kind="resource", Content_Type="text/dns")],
        "1 text/dns",
    ),
    "requests": ([stored(n, kind="request") for n in range(3)], "no page in this WARC file"),
    "revisits": ([stored(n, kind="revisit") for n in range(3)], "no page in this WARC file"),
    "nothing": ([], "no page in this WARC file"),
    "a head alone": ([stored(1, kind="warcinfo")], "no page in this WARC file"),
}  # fmt: skip


@pytest.mark.parametrize(("records", "fault"), NO_PAGES.values(), ids=NO_PAGES)
def test_a_file_without_a_page_is_told_with_what_it_holds(tmp_path, records, fault):
    numbers, problems = scanned(written(tmp_path / "a.warc", records))
    assert numbers == []
    assert fault in problems[0]
    written(tmp_path / "b.warc", [stored(1)])
    numbers, problems = scanned(tmp_path)
    assert numbers == [1]
    assert fault in problems[0]


def test_a_page_without_a_type_is_known_by_how_it_begins(tmp_path):
    assert scanned(written(tmp_path / "a.warc", [stored(1, headers=())])) == ([1], [])


@NAMES
def test_what_a_crawler_tells_of_itself_is_no_page(tmp_path, name):
    """As Wget 1.21 ends its files."""
    log = {"kind": "resource", "Content_Type": "text/plain"}
    uri = "metadata://gnu.org/software/wget/warc/wget.log"
    records = [stored(1), stored(2, b"'-r' '-q'", WARC_Target_URI=f"<{uri}>", **log)]
    assert scanned(written(tmp_path / name, records)) == ([1], [])
    _, (problem,) = scanned(written(tmp_path / name, records[1:]))
    assert "there is no page in this WARC file, but responses: 1 of metadata:" in problem


def test_two_types_of_one_answer_are_no_reason_to_pass_it_over(tmp_path):
    headers = (("Content-Type", "text/html"), ("Content-Type", HTML))
    assert scanned(written(tmp_path / "a.warc", [stored(1, headers=headers)])) == ([1], [])


def test_a_page_that_was_not_fetched_to_its_end_says_so(tmp_path):
    path = written(tmp_path / "a.warc", [stored(1, WARC_Truncated="length"), stored(2)])
    (part,) = cut_corpus(path, 5).parts
    assert [record.cut_short for record in records_of(part)] == ["length", ""]


def test_a_page_that_is_too_large_is_told_and_never_held(tmp_path):
    records = [stored(0), stored(1, page(1) * 60_000), stored(2)]
    for name in ("a.warc", "a.warc.gz"):
        numbers, problems = scanned(written(tmp_path / name, records))
        assert numbers == [0, 2]
        assert problems == [
            f"{name}:2: the page is larger than 2,000,000 bytes. Read it by itself, with review ingest."
        ]
