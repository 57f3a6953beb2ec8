"""A page in segments and clauses: nothing lost, nothing twice, every offset exact."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.language.claims.clauses import candidates
from review.language.claims.overlap import overlaps, pairing
from review.language.claims.segments import SegmentKind, segments, without_marks
from review.language.sentences import Span

PIECES = st.sampled_from(
    "Dr. Cole#e.g. zinc#the U.S.#vs.#approx.#5 %#2.5 months#FDA.# | #\t#\n#• #- #💉#“It works.”#Yes.#No"
    "#Does it hurt?#, and #; #(#)# #\r#exosomes help#Exosomes#à#\u2028#\ud7ff#3-5#–#which is new"
    "#\u200d#.".split("#")
)  # fmt: skip
PAGES = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


def quotes(text: str) -> list[str]:
    return [segment.span.of(text) for segment in segments(text)]


@given(PAGES)
def test_segments_hold_every_word_once_and_in_order(text):
    found = list(segments(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    kept = "".join("".join(text[one.start : one.end].split()) for one in found)
    assert kept == "".join(text.split())


@given(PAGES)
def test_candidates_lie_within_their_segment(text):
    for segment in segments(text):
        for one in candidates(text, segment):
            assert segment.start <= one.start < one.end <= segment.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Cole agrees. So do we.", ["Dr. Cole agrees.", "So do we."]),
        ("Zinc, e.g. Tablets, helps. Or not.", ["Zinc, e.g. Tablets, helps.", "Or not."]),
        ("In the U.S. Clinics differ.", ["In the U.S. Clinics differ."]),
        ("PRP vs. Exosomes takes approx. 5 % more.", ["PRP vs. Exosomes takes approx. 5 % more."]),
        (
            "It is approved by the FDA. It costs 2.5 times.",
            ["It is approved by the FDA.", "It costs 2.5 times."],
        ),
        ("“It works.” She said so.", ["“It works.”", "She said so."]),
        ("Yes. It does. Always.", ["Yes. It does.", "Always."]),
        ("No. It is safe.", ["No. It is safe."]),
        ("Absolutely! We do.", ["Absolutely! We do."]),
        ("Exosome | PRP | No blood draw", ["Exosome |", "PRP |", "No blood draw"]),
        (
            "💉Procedure: Non-surgical\n💟Recovery: Same day",
            ["💉Procedure: Non-surgical", "💟Recovery: Same day"],
        ),
        ("• NO DOWNTIME\n• LOW COST", ["• NO DOWNTIME", "• LOW COST"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_segments(text, expected):
    assert quotes(text) == expected


def test_kinds_and_headings():
    text = "About Exosomes\nThey are small.\nDoes it hurt?\nNo. It does not hurt.\n• NO PAIN\nA | B\n"
    found = [(one.kind, one.heading) for one in segments(text)]
    assert found == [
        (SegmentKind.HEADING, ""),
        (SegmentKind.SENTENCE, "About Exosomes"),
        (SegmentKind.QUESTION, "About Exosomes"),
        (SegmentKind.SENTENCE, "Does it hurt?"),
        (SegmentKind.POINT, "Does it hurt?"),
        (SegmentKind.CELL, "Does it hurt?"),
        (SegmentKind.CELL, "Does it hurt?"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• NO DOWNTIME", "NO DOWNTIME"),
        ("- Avoid NSAIDs.", "Avoid NSAIDs."),
        ("2) Wash your hair", "Wash your hair"),
        ("💲Cost: 3,000$", "Cost: 3,000$"),
        ("30-150 nm wide.", "30-150 nm wide."),
        ("•", ""),
    ],
)
def test_marks_around_words_are_no_part_of_a_claim(text, expected):
    assert without_marks(text, Span(0, len(text))).of(text) == expected


def test_clauses_of_a_sentence_are_candidates():
    text = "Exosomes are small, and they carry proteins; mRNA (the blueprint) while PRP does not help."
    (segment,) = segments(text)
    found = {one.span.of(text) for one in candidates(text, segment)}
    assert {
        "Exosomes are small",
        "they carry proteins",
        "the blueprint",
        "PRP does not help.",
        text,
    } <= found


def test_a_long_line_is_read_in_time_that_grows_with_its_length():
    text = "exosomes help, and " * 4000
    number = sum(1 for segment in segments(text) for _ in candidates(text, segment))
    assert number < 20 * 4000


def test_half_overlap():
    spans = [Span(0, 10), Span(20, 30)]
    assert overlaps(spans, [Span(0, 20)]).tolist() == [[0.5], [0.0]]
    assert pairing(spans, [Span(0, 20)]) == ((0, 0),)
    assert pairing(spans, [Span(0, 21)]) == ()
    # One long stretch finds one of two claims, never both.
    assert len(pairing([Span(0, 10)], [Span(0, 6), Span(5, 10)])) == 1


def test_what_holds_no_letter_is_no_candidate():
    assert not [one for segment in segments(", - !\n• •") for one in candidates(", - !\n• •", segment)]


def test_a_short_line_is_a_heading_only_where_it_opens_something():
    text = "Our numbers\n\nMany treatments\n\nNo complications\n\nHow it works\n\nIt works well.\n"
    assert [one.kind for one in segments(text)] == [
        *[SegmentKind.LABEL] * 3,
        SegmentKind.HEADING,
        SegmentKind.SENTENCE,
    ]


def test_a_cell_has_its_row_and_column():
    text = "Treatment | Sessions | Result\nLaser | 8 to 12 | Thicker hair\nSerum | | None yet\n"
    found = [(one.span.of(text), one.kind, one.row, one.column) for one in segments(text)]
    assert found == [
        ("Treatment |", SegmentKind.HEADING, "", ""),
        ("Sessions |", SegmentKind.HEADING, "", ""),
        ("Result", SegmentKind.HEADING, "", ""),
        ("Laser |", SegmentKind.HEADING, "", ""),
        ("8 to 12 |", SegmentKind.CELL, "Laser", "Sessions"),
        ("Thicker hair", SegmentKind.CELL, "Laser", "Result"),
        ("Serum |", SegmentKind.HEADING, "", ""),
        ("|", SegmentKind.CELL, "Serum", "Sessions"),
        ("None yet", SegmentKind.CELL, "Serum", "Result"),
    ]


def test_a_cell_of_figures_is_a_candidate_under_a_heading():
    text = "Treatment | Sessions | Price\nLaser | 3 | € 900\n"
    cells = [one for one in segments(text) if one.kind is SegmentKind.CELL]
    assert [one.span.of(text) for cell in cells for one in candidates(text, cell)] == ["3", "€ 900"]
