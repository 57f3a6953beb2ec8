"""BibTeX as BibTeX reads it: values, macros, comments, names, and the marks of LaTeX."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.literature.library import library_papers
from review.literature.readers.bibtex import read_bibtex
from review.model.bibliography import read_bibliography, short_citation
from review.model.bibtex import cited_name, parse_bibtex
from review.model.latex import plain_text
from review.report.citations import csl_item

# As BibTeX 0.99d sets them; checked with pybtex 0.26.1.
MACROS = """@string{jo = "Journal  of "}
@string{jh = jo # {Hair}}
@STRING(both = jh # " and Scalp")
"""


def fields(entry, before=MACROS):
    file = parse_bibtex(f"{before}{entry}", "a.bib")
    assert file.problems == []
    return file.entries[-1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"Zinc" # " C"', "Zinc C"),
        ('{Zinc} # { in } # "scalps"', "Zinc in scalps"),
        ("jh", "Journal of Hair"),
        ("JH", "Journal of Hair"),
        ('jh # " Suppl."', "Journal of Hair Suppl."),
        ("both", "Journal of Hair and Scalp"),
        ('2001 # "--" # 2003', "2001--2003"),
        ('"A # within # quotes"', "A # within # quotes"),
        ("{A # within {# braces}}", "A # within {# braces}"),
        ('"A {"}quoted{"} word, and a comma"', 'A {"}quoted{"} word, and a comma'),
        ("{A \\} escaped # brace}", "A \\} escaped # brace"),
        ("feb", "feb"),
        ("12", "12"),
        ("unknown", ""),
        ('"Seen" # unknown', "Seen"),
    ],
)
def test_what_a_value_comes_to(value, expected):
    entry = fields(f"@misc{{a, x = {value}}}")
    assert entry.fields["x"] == expected
    assert entry.undefined.get("x", ()) == (("unknown",) if "unknown" in value else ())


@pytest.mark.parametrize(
    "text",
    [
        "% Encoding: UTF-8\n\n{}\n\n@Comment{{jabref-meta: databaseType:bibtex;}}\n",
        "%% This file was made with a program. %%\n%% Created for me at 2020-01-01\n{}",
        "Some words, with an address@example.org, and a brace }} too.\n{}\nand more words",
        "@comment{{@article{{b, title = {{Not this}}}}}}\n{}",
        "@comment{{A brace {{ that never closes\n{}",
        '@preamble{{"\\newcommand{{\\x}}{{y}}"}}\n{}',
        "\ufeff{}",
    ],
)
def test_what_stands_outside_of_entries_is_comment_in_a_corpus_and_a_fault_in_the_references(text):
    whole = text.format("@article{a, title = {Combs}}")
    found = read_bibtex(whole.removeprefix("\ufeff"), "a.bib")
    assert found.problems == []
    assert [paper.title for paper in found.papers] == ["Combs"]
    if "\ufeff" not in text:
        assert read_bibliography(whole, "references.bib").problems


def test_a_type_that_begins_like_a_comment_is_an_entry():
    file = parse_bibtex("@commentary{a, title = {T}}\n@StringTheory{b, title = {U}}\n", "a.bib")
    assert [(e.key, e.entry_type, e.line) for e in file.entries] == [
        ("a", "commentary", 1),
        ("b", "stringtheory", 2),
    ]
    assert file.asides == []


def test_an_entry_without_a_key_is_an_entry():
    text = "\t@article{\n\t  author = {Lea, Jo},\n\t  title = {Combs}\n\t}\n@string{x = {y}}\n"
    (paper,) = read_bibtex(text, "a.bib").papers
    assert (paper.key, paper.title) == ("line-1", "Combs")
    faults = [problem.fault for problem in read_bibliography(text, "references.bib").problems]
    assert "the key '' is not allowed" in faults


def test_the_references_stay_strict():
    text = f'{MACROS}@article{{a, title = "A" # " B", journal = jh, month = feb, year = 2001}}\n'
    found = read_bibliography(text, "references.bib")
    assert [(p.place.line, p.fault) for p in found.problems] == [
        (1, "a block @string stands here"),
        (2, "a block @string stands here"),
        (3, "a block @string stands here"),
        (4, "a: journal is put together with # or a macro"),
        (4, "a: title is put together with # or a macro"),
    ]
    assert found.references["a"].fields["title"] == "A B"


def test_one_bad_entry_does_not_hide_the_others():
    text = (
        "@article{a, title = {First}}\n"
        "@article{b, title = {No end,\n"
        "@article{c, title = {Third}, journal = nowhere, month = sometime}\n"
        "@article{a, title = {Another by the same key}}\n"
        "@article{e, title = {Said}, title = {Twice}, keywords = {x}, keywords = {y}}\n"
        "@misc{f, year = 2001}\n"
    )
    found = read_bibtex(text, "a.bib")
    assert [(p.key, p.title) for p in found.papers] == [
        ("a", "First"),
        ("c", "Third"),
        ("a", "Another by the same key"),
        ("e", "Said"),
    ]
    assert sorted((p.place.line, p.fault) for p in found.problems) == [
        (2, "the entry cannot be read"),
        (3, "'c': journal names a macro, nowhere, that is not defined"),
        (5, "'e': title stands twice; the first is read"),
        (6, "'f' has no title"),
    ]


def test_a_fault_is_told_once_and_by_us(caplog, capfd):
    with caplog.at_level(logging.CRITICAL):
        read_bibtex("@article{b, title = {No end,\n@article{c, title={x}}", "a.bib")
    assert capfd.readouterr() == ("", "")


CROSSREF = """@inproceedings{{child, title = {{A part}}, author = {{Lea, Jo}}, crossref = {{{name}}}}}
@proceedings{{Parent, title = {{The Whole}}, doi = {{10.1234/w}}, {more}year = 2003,
  editor = {{Fell, A}}}}
"""


@pytest.mark.parametrize(
    ("name", "more", "container"),
    [("Parent", "", "The Whole"), ("parent", "booktitle = {Whole, The}, ", "Whole, The")],
)
def test_what_an_entry_lacks_comes_from_the_one_it_refers_to(name, more, container):
    child, _ = read_bibtex(CROSSREF.format(name=name, more=more), "a.bib").papers
    assert (child.title, child.year, child.container) == ("A part", "2003", container)
    assert child.citation == f"Lea 2003, {container}"
    assert child.doi == ""


def test_a_reference_to_nowhere_is_told():
    found = read_bibtex(CROSSREF.format(name="other", more=""), "a.bib")
    assert [paper.year for paper in found.papers] == ["", "2003"]
    assert [p.fault for p in found.problems] == ["'child' refers to 'other', which is not in the file"]


@pytest.mark.parametrize(
    ("author", "first"),
    [
        ("Lea, Jo", "Lea"),
        ("Jo Lea", "Lea"),
        ("Jo van der Lea", "van der Lea"),
        ("van der Lea, Jo", "van der Lea"),
        ("Lea, Jr, Jo", "Lea"),
        (r"{\'E}mile {Zola}", "Zola"),
        (r"M{\"u}ller-L{\"u}denscheidt, Jo", "Müller-Lüdenscheidt"),
        ("{Office for Combs and Brushes}", "Office for Combs and Brushes"),
        ("{Combs, Brushes \\& Co.}", "Combs, Brushes & Co."),
        ("{{Ministry of Hair}}", "Ministry of Hair"),
        (r"{Minist{\`{e}}re du Peigne, Paris}", "Ministère du Peigne, Paris"),
        ("European Comb Agency", "European Comb Agency"),
        ("Institute of Hair, Board on Combs", "Institute of Hair, Board on Combs"),
        ("Church, Ann", "Church"),
        ("{Plato}", "Plato"),
        ("Plato", "Plato"),
        ("Lea,", "Lea"),
    ],
)
def test_the_name_by_which_an_author_is_cited(author, first):
    assert cited_name(author) == first
    (paper,) = read_bibtex(f"@misc{{a, title = {{T}}, author = {{{author}}}}}", "a.bib").papers
    assert paper.authors == (first,)
    assert paper.citation == first


def test_and_others_is_nobody():
    text = "@misc{a, title = {T}, author = {Lea, Jo and others}, year = 2001}"
    (paper,) = read_bibtex(text, "a.bib").papers
    assert (paper.authors, paper.citation) == (("Lea",), "Lea et al. 2001")


def test_a_body_is_whole_in_every_report(review):
    body = "Office for Combs, Brushes and Tongs"
    entry = f"@misc{{a, title = {{T}}, author = {{{{{body}}} and {{Second Body}}}}, year = {{2001}}}}"
    reference = read_bibliography(entry, "x.bib").references["a"]
    assert short_citation(reference) == f"{body} et al. 2001"
    assert csl_item(reference)["author"][0] == {"literal": body}
    cited = {paper.key: paper.citation for paper in library_papers(review.evidence)}
    for key, known in review.evidence.references.items():
        if known.fields.get("author", "").startswith("{"):
            assert cited[key].startswith(short_citation(known).removesuffix(" undated")), key


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"\emph{in vivo} and {\em in vitro\/}", "in vivo and in vitro"),
        (r"\textit{\textbf{Both}} {\it old} \textsc{Caps}", "Both old Caps"),
        (r"$\alpha$-tocopherol, \textbeta{}, \alpha particle", "α-tocopherol, β, αparticle"),
        (r"{\textalpha} 7 $\mu$g, 5~$\mu$m", "α 7 μg, 5 μm"),
        (r"$p \leq 0.05$, $\pm$ 3, $<$ 1", "p ≤ 0.05, ± 3, < 1"),
        (r"10$^{9}$ cells, $10^{10}$, 10\textsuperscript{11}, m$^2$", "10⁹ cells, 10¹⁰, 10¹¹, m²"),
        (r"$10^{2.5}$ and CO$_{2}$", "10^2.5 and CO2"),
        ("from $5 to $10", "from $5 to $10"),
        (r"US\$ 5 and \$10", "US$ 5 and $10"),
        ("Fig.~2 and 10~mg of ~5", "Fig. 2 and 10 mg of ~5"),
        ("``Quoted'' --- and 5''", "“Quoted” — and 5”"),
        ("5'' wide, pages 1--2", "5'' wide, pages 1–2"),
        (r"Combs\texttrademark{} \& Brushes\textregistered", "Combs™ & Brushes®"),
        (r"\unknown{x} \% \_ \#", r"\unknownx % _ #"),
        (r"Nguy{\~{\^e}}n, \d{a}, {\'\i}, \oe uvre", "Nguyễn, ạ, í, œuvre"),
        (r"caf\'e na{\"\i}ve, \c c \v{ s } \'\i d", "café naïve, ç š íd"),
    ],
)
def test_marks_of_latex_become_text(value, expected):
    assert plain_text(value) == expected


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault_of_ours(text):
    parse_bibtex(text, "a.bib")
    plain_text(text)
    cited_name(text)


@given(
    st.lists(
        st.text(st.characters(exclude_characters='{}\\"', exclude_categories=("Cs",)), max_size=20),
        min_size=1,
    )
)
def test_parts_come_to_their_texts_one_after_the_other(parts):
    value = " # ".join(f"{{{part}}}" for part in parts)
    assert fields(f"@misc{{a, x = {value}}}").fields["x"] == " ".join("".join(parts).split())
