"""The edited page as a document: it is the page and nothing else, and the same wherever it is made."""

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sample_pages import AS_OF, HARD, claim, decided, report_of, report_of_hard

from review.model.visible import visible
from review.model.vocabulary import Audience
from review.report.build import build_report
from review.report.edited_page.edited_page import edited_page_docx, edited_page_name
from review.report.edited_page.edits import SUGGESTED, Edits, edits_of, new_text, page_text
from review.report.model import Report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def text_of(data: bytes, without: str) -> str:
    """The body's text when all changes of the kind `without` (del, ins) are gone and the others made."""
    lines, line = [], ""
    for paragraph in part(data, "word/document.xml").iter(f"{W}p"):
        for run in paragraph.iter(f"{W}r"):
            if run.getparent().tag != f"{W}{without}":
                line += "".join("\t" if e.tag == f"{W}tab" else e.text or "" for e in run)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{without}") is None:
            lines.append(line)
            line = ""
    assert line == "", "the last paragraph has no mark to lose"
    return "\n".join(lines)


def assert_exact(report: Report, suggest: bool = True) -> None:
    page = report.pages[0]
    data = edited_page_docx(report, page, suggest)
    assert text_of(data, "ins") == visible(page_text(page))
    assert text_of(data, "del") == visible(new_text(report, page, suggest))


def edited(report: Report, suggest: bool = True) -> Edits:
    return edits_of(report, report.pages[0], suggest)


@pytest.fixture
def report(whole) -> Report:
    return whole


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
@pytest.mark.parametrize("suggest", [True, False])
def test_accepting_and_rejecting_are_exact(hard, suggest):
    assert_exact(report_of_hard(hard), suggest)


def test_the_projects_pages_are_exact_too(report):
    for page in report.pages:
        assert_exact(replace(report, pages=(page,)))
        assert len(edits_of(report, page, suggest=True).comments) > 20
        assert edits_of(report, page, suggest=False).changes == ()


def test_a_page_without_verdicts_is_just_the_page(small_review):
    assert_exact(build_report(small_review, Audience.CLASS))


CHARACTERS = st.sampled_from("ab .\n\n\t\xa0\u202e\x07\u2028é💉\ufffe<&")


@st.composite
def reports(draw) -> Report:
    text = draw(st.text(CHARACTERS, min_size=1, max_size=40))
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        kind = draw(st.sampled_from([None, "keep", "reword", "remove", "escalate"]))
        wording = draw(st.text(CHARACTERS, min_size=1, max_size=6))
        verdicts = ("contradicted", "unsupported", "overstated", "substantiated")
        verdict = draw(st.sampled_from(verdicts))
        rows.append(claim(start, end, kind and decided(kind, wording), verdict=verdict))
    return report_of(text, *rows)


@settings(max_examples=80)
@given(reports(), st.booleans())
def test_any_page_is_exact_and_words_change_only_once(report, suggest):
    assert_exact(report, suggest)
    edits = edited(report, suggest)
    assert all(one.end <= two.start for one, two in pairwise(edits.changes))
    said = {key: comment.text for comment in edits.comments for key in comment.claims}
    for row in report.claims:
        if row.decisions and row.decisions[-1].decision in ("reword", "remove"):
            changed = any(c.start < row.end and row.start < c.end for c in edits.changes)
            same = row.decisions[-1].wording == row.quote
            assert changed or same or "Not changed here" in said[row.claim]


@settings(max_examples=50)
@given(reports())
def test_claims_apart_change_just_their_own_words(report):
    apart, end = [], 0
    for row in sorted(report.claims, key=lambda row: row.end):
        if row.start >= end:
            apart.append(row)
            end = row.end
    report = replace(report, claims=tuple(apart))
    text, expected, done = page_text(report.pages[0]), "", 0
    for row in apart:
        decision = row.decisions[-1] if row.decisions else None
        kind = decision.decision if decision else "keep"
        new = {"reword": decision and decision.wording, "remove": ""}.get(kind, row.quote)
        expected, done = expected + text[done : row.start] + new, row.end
    assert new_text(report, report.pages[0], suggest=False) == expected + text[done:]


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
def test_the_document_is_made_of_text_and_nothing_that_acts(hard):
    data = edited_page_docx(report_of_hard(hard), report_of_hard(hard).pages[0], suggest=True)
    body = part(data, "word/document.xml").find(f"{W}body")
    assert body[-1].tag == f"{W}sectPr"
    known = "p pPr rPr r t delText tab del ins commentRangeStart commentRangeEnd commentReference"
    for paragraph in body[:-1]:
        assert {e.tag.removeprefix(W) for e in paragraph.iter()} <= set(known.split())
        assert all(e.getparent()[0] is e for e in paragraph.iter(f"{W}pPr"))
    for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
        if name.endswith(".rels"):
            assert all(relation.get("TargetMode") is None for relation in part(data, name))


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
def test_changes_and_comments_are_well_formed(hard):
    report = report_of_hard(hard)
    edits = edited(report)
    data = edited_page_docx(report, report.pages[0], suggest=True)
    tree = part(data, "word/document.xml")
    tracked = list(tree.iter(f"{W}ins", f"{W}del"))
    assert [e.get(f"{W}id") for e in tracked] != [] or not edits.changes
    assert len({e.get(f"{W}id") for e in tracked}) == len(tracked)
    for e in tracked:
        assert (e.get(f"{W}author"), e.get(f"{W}date")) in {
            ("reviewer A, medical director", "2026-11-20T00:00:00Z"),
            (SUGGESTED, f"{AS_OF}T00:00:00Z"),
        }
        holds = f"{W}delText" if e.tag == f"{W}del" else f"{W}t"
        assert {x.tag for x in e.iterfind(f"{W}r/*")} <= {holds, f"{W}tab"}
    ids = [str(number) for number in range(len(edits.comments))]
    order = list(tree.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd"))
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(e.get(f"{W}id") for e in tree.iter(f"{W}{kind}")) == sorted(ids)
    for number in ids:
        assert [e.tag for e in order if e.get(f"{W}id") == number] == [
            f"{W}commentRangeStart",
            f"{W}commentRangeEnd",
        ]


def words_under(data: bytes, comment: str) -> str:
    """The page's own words between the two ends of a comment's range."""
    words, inside = "", False
    for paragraph in part(data, "word/document.xml").iter(f"{W}p"):
        for e in paragraph.iter():
            if e.tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd") and e.get(f"{W}id") == comment:
                inside = e.tag == f"{W}commentRangeStart"
            is_old = e.getparent().getparent().tag != f"{W}ins"
            if inside and is_old and e.tag in (f"{W}t", f"{W}delText", f"{W}tab"):
                words += e.text or "\t"
        if inside and paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is None:
            words += "\n"
    return words


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
def test_a_comment_lies_on_the_words_of_its_claim(hard):
    report = report_of_hard(hard)
    data = edited_page_docx(report, report.pages[0], suggest=True)
    text = page_text(report.pages[0])
    for number, comment in enumerate(edited(report).comments):
        assert words_under(data, str(number)) == visible(text[comment.start : comment.end])


def test_another_program_reads_the_comments(report):
    page = report.pages[0]
    document = docx.Document(io.BytesIO(edited_page_docx(report, page, suggest=True)))
    edits = edits_of(report, page, suggest=True).comments
    read = [(c.comment_id, c.author, c.initials, c.text) for c in document.comments]
    assert [x[0] for x in read] == list(range(len(edits)))
    assert [x[1] for x in read] == [edit.author for edit in edits]
    assert {x[2] for x in read} <= {"swnd", "nd"}
    assert [x[3] for x in read] == [edit.text for edit in edits]
    assert {c.timestamp.isoformat() for c in document.comments} == {f"{report.as_of}T00:00:00+00:00"}


def test_the_header_names_the_page_and_the_body_does_not():
    report = report_of("Text.", title="Ho\u202eme\n2")
    document = docx.Document(io.BytesIO(edited_page_docx(report, report.pages[0], suggest=True)))
    head = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    assert head == [
        "Ho[U+202E]me 2 (home), edited as of 2026-11-21",
        "Third-party text, kept verbatim for review. Tracked changes name who decided them.",
        f"SHA-256 of the page: {'0' * 64}",
    ]
    assert [paragraph.text for paragraph in document.paragraphs] == ["Text."]


def test_long_and_hostile_names_fit_what_word_takes():
    decision = decided("remove", reviewer="<b>\x07 &" + "x y " * 400, role="r")
    report = report_of("Text.", claim(0, 4, decision), title="t" * 900)
    document = docx.Document(io.BytesIO(edited_page_docx(report, report.pages[0], suggest=True)))
    (comment,) = document.comments
    assert comment.author.startswith("<b>[U+0007] &x y")
    assert (len(comment.author), len(comment.initials)) == (255, 9)
    assert len(document.core_properties.title) == 255


MAKE = """
import hashlib
from sample_pages import *
from review.report.edited_page.edited_page import edited_page_docx
reports = [report_of_hard(hard) for hard in HARD[-8:]]
data = b"".join(edited_page_docx(report, report.pages[0], True) for report in reports)
print(hashlib.sha256(data).hexdigest())
"""


def test_the_same_report_gives_the_same_bytes_anywhere(tmp_path):
    made = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        here = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed, "TZ": zone}
        run = subprocess.run(
            [sys.executable, "-c", MAKE], env=os.environ | here, cwd=tmp_path, capture_output=True
        )
        assert run.returncode == 0, run.stderr.decode()
        made.add(run.stdout)
    assert len(made) == 1


def test_the_package_holds_no_clock():
    report = report_of("It works.", claim(0, 9))
    with zipfile.ZipFile(io.BytesIO(edited_page_docx(report, report.pages[0], suggest=True))) as package:
        entries = package.infolist()
        assert [entry.filename for entry in entries] == sorted(package.namelist())
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert core.count(f"{AS_OF}T00:00:00Z") == 2
    assert "python-docx" not in core


def test_a_page_alone_needs_no_name(report):
    page = report.pages[0]
    assert edited_page_name(page, alone=True) == "page-edited.docx"
    assert edited_page_name(page, alone=False) == f"page-edited-{page.page}.docx"
