"""What is no corpus is refused at once, by how it begins; what of one was not read is never silent."""

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from review.model.errors import InputError
from review.scan.corpora.corpus import check_corpus, cut_corpus, records_of
from review.scan.corpora.record import StoredPage, Unread
from review.scan.page import page_text

LINE = json.dumps({"url": "https://shop.example/", "text": "The clinic has three doctors."}).encode()
ARC = b"filedesc://old.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 Archive\n"
WARC = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"


def parquet_bytes(columns=None, **options):
    out = io.BytesIO()
    columns = columns or {"url": ["https://shop.example/"], "text": ["Three doctors."]}
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def zip_bytes():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("archive/data.warc", WARC)
    return out.getvalue()


GZ = gzip.compress
REFUSED = {
    "ARC": ("old.arc", ARC, "this is ARC"),
    "ARC, packed": ("old.arc.gz", GZ(ARC), "this is ARC"),
    "ARC under another name": ("old.warc", ARC, "this is ARC.*warcio recompress"),
    "ARC under another name, packed": ("old.warc.gz", GZ(ARC), "this is ARC"),
    "WACZ": ("crawl.wacz", zip_bytes(), "a zip archive.*archive/"),
    "WARC packed with zstd": ("crawl.warc.zst", b"\x28\xb5\x2f\xfd\x04", "packed with zstd.*unzstd"),
    "WARC packed with bzip2": ("crawl.warc.bz2", bz2.compress(WARC), "packed with bzip2"),
    "WARC packed with xz": ("crawl.warc.xz", lzma.compress(WARC), "packed with xz"),
    "packed lines without the ending": ("crawl.jsonl", GZ(LINE), "packed with gzip.*end with .gz"),
    "plain lines with the ending": ("crawl.jsonl.gz", LINE, "it is not packed with gzip"),
    "lines under the name of WARC": ("crawl.warc", LINE, "this is no WARC file"),
    "Parquet under the name of WARC": ("crawl.warc", parquet_bytes(), "Parquet.*one of .parquet"),
    "WARC under the name of Parquet": ("crawl.parquet", WARC, "this is WARC.*end with one of .warc"),
    "WARC under the name of lines": ("crawl.jsonl", WARC, "this is WARC"),
    "a table": ("crawl.csv", b"url,text\n", "it is not clear what this is"),
    "a page": ("page.html", b"<p>Three doctors.", "it is not clear what this is"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "fault"), REFUSED.values(), ids=REFUSED)
def test_another_format_is_refused_at_once(tmp_path, name, content, fault):
    (tmp_path / name).write_bytes(content)
    for path in (tmp_path / name, tmp_path):
        with pytest.raises(InputError, match=fault) as caught:
            check_corpus(path)
        (problem,) = caught.value.problems
        assert str(problem).startswith(f"{name}: ")


def test_in_a_folder_what_is_not_read_is_told_and_the_rest_is_read(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINE)
    (tmp_path / "b.arc").write_bytes(ARC)
    (tmp_path / "notes.md").write_bytes(b"# Fetched in May")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "c.arc").write_bytes(ARC)
    corpus = cut_corpus(tmp_path, 5)
    assert len(corpus.parts) == 1
    assert [problem.place.path for problem in corpus.problems] == ["b.arc", "notes.md"]


EMPTY = {
    "lines": ("a.jsonl", b""),
    "blank lines": ("a.jsonl", b"\n\n \n"),
    "packed lines": ("a.jsonl.gz", gzip.compress(b"")),
    "packed blank lines": ("a.jsonl.gz", gzip.compress(b"\n" * 4000)),
    "Parquet": ("a.parquet", parquet_bytes(dict.fromkeys(("url", "text"), pa.array([], pa.string())))),
    "WARC": ("a.warc", b""),
    "packed WARC": ("a.warc.gz", gzip.compress(b"")),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), EMPTY.values(), ids=EMPTY)
def test_an_empty_file_is_told_alone_and_among_others(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=r"no page in"):
        cut_corpus(tmp_path, 5)
    (tmp_path / "b.jsonl").write_bytes(LINE)
    problems = cut_corpus(tmp_path, 5).problems
    assert {problem.place.path for problem in problems} == {name}
    assert "no page in" in problems[-1].fault


def test_a_missing_file_is_told_without_loading_what_reads_one(tmp_path):
    code = (
        "import sys; from review.cli import main\n"
        "sys.argv = ['review', 'scan', 'none.warc', '--out', 'o']\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, {'sklearn', 'pyarrow', 'numpy'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "5 set()\n"
    assert "none.warc: there is no such file" in done.stderr


def test_an_arc_file_is_read_once_it_was_converted_as_told(tmp_path):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Three doctors.</p>"
    about = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    (tmp_path / "old.arc").write_bytes(
        b"filedesc://old.arc 0.0.0.0 20050101000000 text/plain %d\n%b\n" % (len(about), about)
        + b"http://shop.example/ 10.0.0.1 20050101000000 text/html %d\n%b\n" % (len(answer), answer)
    )
    with pytest.raises(InputError, match=r"warcio recompress OLD\.arc\.gz NEW\.warc\.gz") as caught:
        check_corpus(tmp_path / "old.arc")
    assert "warcio" in str(caught.value)
    command = [Path(sys.executable).with_name("warcio"), "recompress", "old.arc", "new.warc.gz"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    (page,) = read(tmp_path / "new.warc.gz")
    assert page_text(page) == "Three doctors.\n"


def read(path):
    return [record for part in cut_corpus(path, 100).parts for record in records_of(part)]


def test_a_damaged_group_of_rows_hides_no_other(tmp_path):
    texts = [f"Room {n} has {n * n} beds." * 40 for n in range(90)]
    columns = {"url": [f"https://shop.example/{n}" for n in range(90)], "text": texts}
    content = bytearray(parquet_bytes(columns, row_group_size=30, compression="gzip"))
    file = pq.ParquetFile(io.BytesIO(content))
    at = file.metadata.row_group(1).column(1).data_page_offset
    content[at : at + 200] = b"\xff" * 200
    (tmp_path / "a.parquet").write_bytes(content)
    found = read(tmp_path / "a.parquet")
    assert [record.url[-2:].strip("/") for record in found if isinstance(record, StoredPage)] == [
        *map(str, range(30)),
        *map(str, range(60, 90)),
    ]
    (unread,) = [record for record in found if isinstance(record, Unread)]
    assert str(unread.problem).startswith("a.parquet:31: this row and those after it in its part")


def test_a_text_that_is_not_utf_8_is_told_at_its_row(tmp_path):
    texts = (
        pa.array([b"Three doctors.", b"D\xe9j\xe0 vu.", b"Two nurses."])
        .cast(pa.binary())
        .view(pa.string())
    )
    urls = [f"https://shop.example/{n}" for n in range(3)]
    (tmp_path / "a.parquet").write_bytes(parquet_bytes({"url": urls, "text": texts}))
    first, second, third = read(tmp_path / "a.parquet")
    assert [page_text(record) for record in (first, third)] == ["Three doctors.\n", "Two nurses.\n"]
    with pytest.raises(InputError, match=r"a\.parquet:2:1: there are bytes that are not utf-8"):
        page_text(second)
