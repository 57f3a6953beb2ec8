"""The pages of a corpus: the same from every kind of file and in every cut; what is told of damage."""

import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from review.model.errors import InFile, InputError
from review.scan.corpora import json_lines
from review.scan.corpora.corpus import cut_corpus, records_of
from review.scan.corpora.record import MAX_BYTES, StoredPage, Unread, site_of
from review.scan.page import page_text

PAGES = [
    (f"https://clinic.example/{n}", f"<p>Exosomes regrow hair in {n} weeks.</p>") for n in range(23)
]


def json_file(path, pages=PAGES, opened=open):
    with opened(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"url": url, "html": html}) + "\n" for url, html in pages)
    return path


def parquet_file(path, pages=PAGES):
    table = pa.table({"url": [url for url, _ in pages], "html": [html for _, html in pages]})
    pq.write_table(table, path, row_group_size=9)
    return path


def warc_file(path, pages=PAGES, kind="text/html; charset=utf-8", status="200 OK"):
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.name.endswith(".gz"))
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a test"}))
        for url, html in pages:
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(html.encode()), http_headers=headers
                )
            )
    return path


MAKERS = {
    "pages.jsonl": json_file,
    "pages.jsonl.gz": lambda path: json_file(path, opened=gzip.open),
    "pages.parquet": parquet_file,
    "pages.warc": warc_file,
    "pages.warc.gz": warc_file,
}


def read(corpus):
    return [record for part in corpus.parts for record in records_of(part)]


def told(corpus):
    """Every problem of a corpus and of its records, as a user sees them."""
    unread = [str(one.problem) for one in read(corpus) if isinstance(one, Unread)]
    return [*map(str, corpus.problems), *unread]


@pytest.mark.parametrize("pages", [1, 4, 9, 1000])
@pytest.mark.parametrize("name", MAKERS)
def test_the_same_pages_come_from_every_kind_of_file_and_in_every_cut(tmp_path, name, pages):
    corpus = cut_corpus(MAKERS[name](tmp_path / name), pages)
    found = read(corpus)
    assert [record.url for record in found] == [url for url, _ in PAGES]
    assert [page_text(record) for record in found] == [
        f"Exosomes regrow hair in {n} weeks.\n" for n in range(len(PAGES))
    ]
    assert [record.place for record in found] == [InFile(name, n) for n in range(1, len(PAGES) + 1)]
    assert max(len(list(records_of(part))) for part in corpus.parts) <= pages
    assert len({part.cut.digest for part in corpus.parts}) == len(corpus.parts)


def test_a_folder_is_read_in_the_order_of_names(tmp_path):
    json_file(tmp_path / "b.jsonl", PAGES[:2])
    warc_file(tmp_path / "a.warc.gz", PAGES[2:4])
    (tmp_path / "notes.md").write_text("not a page")
    assert [record.url[-1] for record in read(cut_corpus(tmp_path, 5))] == ["2", "3", "0", "1"]


def test_what_comes_after_does_not_change_the_parts_before(tmp_path):
    path = json_file(tmp_path / "pages.jsonl")
    before = cut_corpus(path, 5).parts
    json_file(path, [*PAGES, ("https://clinic.example/new", "<p>New.</p>")])
    after = cut_corpus(path, 5).parts
    assert after[: len(before) - 1] == before[:-1]
    assert after[len(before) - 1] != before[-1]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{not json", "pages.jsonl:2: this is no line of JSON"),
        ("[" * 100_000, "pages.jsonl:2: this is no line of JSON"),
        ('["a", "b"]', "pages.jsonl:2: there is no text under `url`"),
        ('{"html": "<p>x</p>"}', "pages.jsonl:2: there is no text under `url`"),
        ('{"url": "https://a.example/"}', "pages.jsonl:2: there is no text under `html` or `text`"),
        ('{"url": "https://a.example/", "text": 4}', "there is no text under `html` or `text`"),
    ],
)
def test_a_line_that_is_no_page_is_told_and_the_next_is_read(tmp_path, line, what):
    path = json_file(tmp_path / "pages.jsonl", PAGES[:2])
    first, last = path.read_text("utf-8").splitlines()
    path.write_text(f"{first}\n{line}\n\n{last}", "utf-8")
    corpus = cut_corpus(path, 10)
    assert [r.place for r in read(corpus) if isinstance(r, StoredPage)] == [
        InFile("pages.jsonl", 1),
        InFile("pages.jsonl", 4),
    ]
    assert len(told(corpus)) == 1
    assert what in told(corpus)[0]
    assert "Write one object a line" in told(corpus)[0]


def test_a_page_of_fifty_megabytes_is_told_and_never_held(tmp_path, monkeypatch):
    path = json_file(
        tmp_path / "pages.jsonl", [PAGES[0], ("https://a.example/", "x" * 50_000_000), PAGES[1]]
    )
    corpus = cut_corpus(path, 10)
    assert [r.url for r in read(corpus) if isinstance(r, StoredPage)] == [PAGES[0][0], PAGES[1][0]]
    assert told(corpus) == [
        "pages.jsonl:2: the line is longer than 8,000,000 bytes. "
        "Read this page by itself, with review ingest."
    ]
    monkeypatch.setattr(json_lines, "MAX_LINE", 10)
    assert len(told(corpus)) == 3


def test_a_page_over_the_limit_is_told():
    record = StoredPage(
        InFile("pages.jsonl", 1), "https://a.example/", "x" * (MAX_BYTES + 1), is_html=True
    )
    with pytest.raises(InputError, match=r"pages\.jsonl:1: the page is larger than 2,000,000 bytes"):
        page_text(record)


@pytest.mark.parametrize("content", [b"<p>\0\0\1\2 binary</p>", "<p>\0\1\2\3\4\5\6\7\x08\1\1\1</p>"])
def test_binary_in_html_is_told(content):
    with pytest.raises(InputError, match="this is binary data and not text"):
        page_text(StoredPage(InFile("pages.warc", 7), "https://a.example/", content, is_html=True))


def test_a_damaged_archive_is_read_up_to_the_damage(tmp_path):
    many = [(f"https://clinic.example/{n}", f"<p>{n} {n * n} {n**5}</p>") for n in range(20_000)]
    path = json_file(tmp_path / "pages.jsonl.gz", many, gzip.open)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    corpus = cut_corpus(path, 1000)
    found = [record for record in read(corpus) if isinstance(record, StoredPage)]
    assert [record.url for record in found] == [url for url, _ in many[: len(found)]]
    assert len(found) > 5_000
    assert any("the archive is damaged here" in problem for problem in told(corpus))
    assert any("nothing after this was read" in problem for problem in told(corpus))


def test_bytes_changed_within_an_archive_are_told(tmp_path):
    path = json_file(tmp_path / "pages.jsonl.gz", PAGES, gzip.open)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    try:
        problems = told(cut_corpus(path, 5))
    except InputError as error:
        problems = [str(error)]
    assert any("the archive is damaged here" in problem for problem in problems)


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_a_truncated_warc_is_read_up_to_its_end(tmp_path, name):
    path = warc_file(tmp_path / name, [(url, html * 200) for url, html in PAGES])
    path.write_bytes(path.read_bytes()[:-300])
    corpus = cut_corpus(path, 5)
    found = [record for record in read(corpus) if isinstance(record, StoredPage)]
    assert [record.url for record in found] == [url for url, _ in PAGES[:-1]]
    assert len(told(corpus)) == 1
    assert "Fetch the file again, and scan again." in told(corpus)[0]


def test_what_is_no_page_in_a_warc_is_passed_over(tmp_path):
    warc_file(tmp_path / "a.warc", PAGES[:2], kind="image/png")
    warc_file(tmp_path / "c.warc", PAGES[:1])
    assert [record.place for record in read(cut_corpus(tmp_path, 5))] == [InFile("c.warc", 1)]


@pytest.mark.parametrize(
    "status", ["301 Moved", "403 Forbidden", "404 Not Found", "410 Gone", "500 Error", "503 Busy"]
)
def test_a_page_that_a_server_did_not_give_is_no_page(tmp_path, status):
    warc_file(tmp_path / "a.warc", PAGES[:2], status=status)
    warc_file(tmp_path / "b.warc", PAGES[:1])
    assert [str(record.place) for record in read(cut_corpus(tmp_path, 5))] == ["b.warc:1"]


def test_the_charset_of_a_server_is_used(tmp_path):
    path = warc_file(tmp_path / "a.warc", PAGES[:1], kind="text/html; charset=iso-8859-1")
    assert read(cut_corpus(path, 5))[0].charset == "iso-8859-1"


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"link": ["a"], "body": ["b"]}, "its columns are link, body"),
        ({"url": ["a"]}, "its columns are url"),
        ({"url": ["a"], "html": [4]}, "the column html holds int64, not text"),
    ],
)
def test_wrong_columns_are_told(tmp_path, columns, what):
    pq.write_table(pa.table(columns), tmp_path / "pages.parquet")
    with pytest.raises(InputError) as caught:
        cut_corpus(tmp_path, 5)
    assert what in str(caught.value)
    assert "Name the columns `url`, and `html` or `text`." in str(caught.value)
    json_file(tmp_path / "pages.jsonl", PAGES[:1])
    assert len(read(cut_corpus(tmp_path, 5))) == 1


def test_empty_cells_and_a_broken_file_are_told(tmp_path):
    table = pa.table(
        {"url": ["https://a.example/", None, "https://b.example/"], "text": ["a", "b", None]}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and nothing more")
    problems = told(cut_corpus(tmp_path, 5))
    assert [one.partition(" (")[0] for one in problems] == [
        "b.parquet: this is no whole Parquet file",
        "a.parquet:2: a cell is empty. Fill it, or leave the row out.",
        "a.parquet:3: a cell is empty. Fill it, or leave the row out.",
    ]


@pytest.mark.parametrize(
    ("name", "what"),
    [("missing", "there is no such file"), ("pages.csv", "it is not clear what this is")],
)
def test_what_is_no_corpus_is_refused(tmp_path, name, what):
    (tmp_path / "pages.csv").write_text("url,text\n")
    with pytest.raises(InputError, match=what):
        cut_corpus(tmp_path / name, 5)


def test_a_folder_without_pages_is_refused(tmp_path):
    with pytest.raises(InputError, match="there is no page in it"):
        cut_corpus(tmp_path, 5)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Clinic.example/hair", "clinic.example"),
        ("http://clinic.example:8080/", "clinic.example"),
        ("https://shop.clinic.example/", "shop.clinic.example"),
        ("https://user@clinic.example", "clinic.example"),
    ],
)
def test_a_site_is_the_host_of_an_address(url, site):
    assert site_of(StoredPage(InFile("a", 1), url, "", is_html=False)) == site


@pytest.mark.parametrize(
    "url", ["", "clinic.example/hair", "ftp://clinic.example/", "https://[broken", "https://"]
)
def test_an_address_without_a_host_is_told(url):
    with pytest.raises(InputError, match="names no host"):
        site_of(StoredPage(InFile("a", 1), url, "", is_html=False))
