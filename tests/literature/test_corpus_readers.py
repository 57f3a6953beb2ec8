"""Corpora: the same papers from every format, every problem at once, hostile files refused."""

import json
import os

import pytest
from corpora import CSL, FORMATS, JSONL, RIS

from review.literature.readers import corpus, read_corpora
from review.literature.readers.json_files import read_csl
from review.literature.readers.pubmed import read_pubmed
from review.model.errors import InputError


def problems(*paths):
    """What is told of the files, whether or not a paper could be read of them."""
    try:
        found = read_corpora(paths).problems
    except InputError as error:
        found = error.problems
    return [(str(p.place).rpartition("/")[2], p.fault) for p in found]


def papers(*paths):
    return read_corpora(paths).papers


@pytest.fixture
def write(tmp_path):
    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_papers(write, name):
    tea, sun = papers(write(name, FORMATS[name]))
    assert tea.title == "Green tea and hair: a trial".replace(
        "hair", "Hair" if "bib" in name else "hair"
    )
    assert "Tea was drunk." in tea.abstract
    assert "Hair stayed as it was." in tea.abstract
    assert tea.citation == "Doe et al. 2020, J Tea"
    assert sun.title.startswith("Sunlight")
    assert sun.abstract == ""
    assert sun.citation == "no citation given"
    assert sun.place.line > tea.place.line > 0


def test_the_line_is_where_the_entry_begins(write):
    lines = {
        name: [paper.place.line for paper in papers(write(name, text))] for name, text in FORMATS.items()
    }
    assert lines == {
        "a.bib": [1, 9],
        "a.ris": [1, 12],
        "a.json": [2, 6],
        "a.jsonl": [1, 3],
        "a.xml": [4, 14],
    }


def test_what_pubmed_calls_a_paper_is_kept(write):
    tea, _ = papers(write("a.xml", FORMATS["a.xml"]))
    assert tea.publication_types == ("Randomized Controlled Trial",)
    assert tea.sentences[1:] == ("METHODS: Tea was drunk.", "RESULTS: Hair stayed as it was.")


def test_all_problems_of_all_files_at_once(write, tmp_path):
    one = write(
        "one.jsonl", '{"id": "a"}\n{"title": "no id"}\nnot json\n[1]\n{"id": "b", "title": "B"}\n'
    )
    two = write("two.ris", "lost\nTY  - JOUR\nID  - b\nTI  - B again\nER  - \nTY  - JOUR\nTI  - open\n")
    paths = (one, two, tmp_path / "none.bib", write("x.docx", ""), write("empty.ris", "a head\n"))
    assert problems(*paths) == [
        ("one.jsonl:1", "'a' has no title"),
        ("one.jsonl:2", "the entry has no key"),
        ("one.jsonl:3", "the line is not JSON"),
        ("one.jsonl:4", "the line is not an object"),
        ("two.ris:6", "the entry has no end"),
        ("none.bib", "the file cannot be read: No such file or directory"),
        ("x.docx", "the format .docx is not known"),
        ("empty.ris", "no entry of RIS, PubMed, Web of Science or EndNote stands in it"),
    ]
    # What can be read is read: two files may call different papers by one key.
    assert [(paper.key, paper.title) for paper in papers(*paths)] == [
        ("b", "B"),
        ("b", "B again"),
        ("line-6", "open"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ('{"id": 1}', "a.json:1", "this is not a list of items"),
        (
            '[{"id": "a", "title": "T"} {"id": "b", "title": "U"}]',
            "a.json:1",
            "no comma stands after this item",
        ),
        ('[\n{"id": "a", "title": "T"},\n{"id": }]', "a.json:3", "this is not JSON"),
        ('[{"id": "a", "title": "T"}', "a.json:1", "the list does not end here as it should"),
        ('[{"id": "a", "title": "T"}] more', "a.json:1", "the list does not end here as it should"),
        ('[\n"a"]', "a.json:2", "the item is not an object"),
        ("[]", "a.json", "there is no paper in it"),
        ("[" * 100_000, "a.json:1", "this is not JSON"),
    ],
)
def test_broken_json(write, text, place, what):
    assert problems(write("a.json", text)) == [(place, what)]


def test_the_list_reader_agrees_with_the_ordinary_one():
    assert [paper.key for paper in read_csl(CSL, "x").papers] == [
        str(item["id"]) for item in json.loads(CSL)
    ]


def test_not_utf8_names_the_line(write):
    assert problems(write("a.ris", b"TY  - JOUR\nTI  - caf\xe9\nER  - \n")) == [
        ("a.ris:2", "this is not UTF-8 text")
    ]


def test_windows_line_ends_and_byte_order_marks_are_text(write):
    path = write("a.ris", b"\xef\xbb\xbf" + RIS.replace("\n", "\r\n").encode())
    assert [paper.key for paper in papers(path)] == ["Tea2020", "line-12"]


def test_a_pipe_a_device_and_a_folder_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.ris")
    (tmp_path / "zero.bib").symlink_to("/dev/zero")
    (tmp_path / "folder.xml").mkdir()
    paths = sorted(tmp_path.iterdir())
    assert problems(*paths) == [(path.name, "this is no ordinary file") for path in paths]


def test_a_file_that_is_too_large_is_refused(write, monkeypatch):
    monkeypatch.setattr(corpus, "MAX_BYTES", 20)
    assert problems(write("a.jsonl", JSONL)) == [("a.jsonl", "the file is larger than 20 bytes")]


def test_an_abstract_of_a_book_is_refused(write):
    line = json.dumps({"id": "a", "title": "T", "abstract": "x" * 100_001})
    assert problems(write("a.jsonl", line)) == [
        ("a.jsonl:1", "'a' is too long to be a title and an abstract")
    ]


def test_half_a_character_is_refused(write):
    line = '{"id": "a", "title": "T", "abstract": "\\ud800"}'
    assert problems(write("a.jsonl", line)) == [
        ("a.jsonl:1", "the entry holds a code that is no character")
    ]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"<!DOCTYPE a [{LAUGHS}]><PubmedArticleSet>&l11;</PubmedArticleSet>", "entit"),
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><PubmedArticleSet>&x;</PubmedArticleSet>',
            "declares",
        ),
        ("<PubmedArticleSet>", "not readable as XML"),
        ("<html/>", "this is not a PubMed file"),
        (
            "<PubmedArticleSet>" + "<a>" * 5000 + "</a>" * 5000 + "</PubmedArticleSet>",
            "not readable as XML",
        ),
    ],
    ids=["bomb", "file", "broken", "other", "deep"],
)
def test_hostile_xml_is_refused_before_it_grows(text, what):
    found = read_pubmed(text.encode(), "a.xml")
    assert found.papers == []
    assert what in found.problems[0].fault
