"""The figures of a report: their words and tables, their bytes, their colours, and hostile text."""

import hashlib
import math
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from review.model.vocabulary import AnswerMeaning, Measure, Verdict
from review.report.build import build_report
from review.report.evidence.forests import forest_of
from review.report.evidence.model import BiasItem, BiasRow, BiasTable, EvidenceMap
from review.report.evidence.rows import DESIGN_GROUPS
from review.report.parts.document import Paragraph, Picture, Table, plain_text
from review.report.pictures import (
    bias_blocks,
    evidence_map_blocks,
    forest_blocks,
    over_time_blocks,
    search_flow_blocks,
    verdict_blocks,
)
from review.report.pictures.bias import LIGHTS
from review.report.pictures.canvas import cited, drawable, drawn, fitted, portions, width_of, wrapped
from review.report.pictures.evidence_map import LINES, SHADES
from review.report.pictures.forest import limits
from review.report.pictures.verdicts import BARS, COLOURS
from review.store.snapshot import read_evidence
from review.synthesis import Described, Effect
from review.synthesis.poolable import Comparator
from review.workbench import open_review

KINDS = (
    verdict_blocks,
    search_flow_blocks,
    evidence_map_blocks,
    bias_blocks,
    over_time_blocks,
    forest_blocks,
)
HOSTILE = "$x_{2$ <b>🧬 細胞</b> \u202egnorts\u202c $\\frac{a}{b}$ 9,000$ \x07 " + "W" * 400
INK = "#1A1A1A"


@pytest.fixture(scope="module")
def drawn_page(one_page):
    return draw_all(one_page)


def pictures(blocks) -> list[Picture]:
    return [block for block in blocks if isinstance(block, Picture)]


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text of a figure with the box that it takes, in pixels."""
    figure.canvas.draw()
    return [(t.get_text(), t.get_window_extent()) for t in figure.findobj(Text) if t.get_text()]


@pytest.mark.parametrize("blocks", [verdict_blocks, evidence_map_blocks, bias_blocks])
def test_no_text_of_a_figure_covers_another_or_is_cut(blocks, whole, monkeypatch):
    figures = []
    monkeypatch.setattr(FigureCanvasAgg, "__init__", seen_by(figures, FigureCanvasAgg.__init__))
    blocks(whole)
    assert figures
    for figure in figures[:4]:
        found = boxes(figure)
        for words, box in found:
            assert figure.bbox.padded(1).contains(box.x0, box.y0), words
            assert figure.bbox.padded(1).contains(box.x1, box.y1), words
        for (one, a), (other, b) in combinations(found, 2):
            assert not a.padded(-1).overlaps(b.padded(-1)), (one, other)


def seen_by(figures: list[Figure], method):
    def seen(canvas, figure, *arguments, **named):
        figures.append(figure)
        method(canvas, figure, *arguments, **named)

    return seen


def tables(blocks) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[plain_text(cell) for cell in row.cells] for row in table.rows]


def draw_all(report):
    return {kind: kind(report) for kind in KINDS}


def digests(blocks_of) -> list[str]:
    found = [picture for blocks in blocks_of.values() for picture in pictures(blocks)]
    return [hashlib.sha256(picture.png).hexdigest() for picture in found]


# The same bytes


def test_every_kind_gives_pictures_and_tables_in_order(drawn_page):
    for kind in (verdict_blocks, evidence_map_blocks, bias_blocks, over_time_blocks):
        assert isinstance(drawn_page[kind][0], Picture), kind
        assert isinstance(drawn_page[kind][-1], Table), kind
    drawn_blocks = [block for blocks in drawn_page.values() for block in blocks]
    anchors = [block.anchor for block in drawn_blocks if not isinstance(block, Paragraph)]
    assert len(set(anchors)) == len(anchors)
    assert {"table-verdicts", "table-evidence-map", "table-bias-rob2", "table-over-time"} <= set(anchors)


def test_the_bars_of_many_pages_stand_in_several_figures_that_fit_on_a_page(one_page):
    (page,) = one_page.pages
    clinics = [replace(page, page=f"p-{number}", title=f"Clinic {number}") for number in range(2 * BARS)]
    *figures, table = verdict_blocks(replace(one_page, pages=tuple(clinics)))
    assert len(figures) == 3
    # All pages together have a bar of their own before the others.
    assert len(table.rows) == 1 + len(clinics)
    named = [sum(f"{page.title}," in figure.alt for figure in figures) for page in clinics]
    assert named == [1] * len(clinics)
    assert [f"({number} of 3)" in figure.caption for number, figure in enumerate(figures, 1)] == [
        True
    ] * 3
    for figure in figures:
        width, height = Image.open(BytesIO(figure.png)).size
        assert figure.width_mm * height / width < 240


def test_the_same_bytes_with_another_hash_seed_time_zone_and_settings(drawn_page, project, tmp_path):
    (tmp_path / "matplotlibrc").write_text("font.family: serif\nsavefig.dpi: 33\ntext.usetex: True\n")
    code = (
        "from test_pictures import *\n"
        f"review = open_review([{str(project / 'evidence')!r}])\n"
        "print(digests(draw_all(build_report(review.select(pages=['clinic-brochure'])))))"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), str(project / "src")]),
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "MATPLOTLIBRC": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(digests(drawn_page))


def test_a_picture_names_no_program_and_no_date(drawn_page):
    for blocks in drawn_page.values():
        for picture in pictures(blocks):
            image = Image.open(BytesIO(picture.png))
            assert set(image.info) <= {"dpi"}
            assert image.width == pytest.approx(picture.width_mm / 25.4 * 200, abs=2)


def test_the_typeface_is_the_one_that_comes_with_the_library():
    for weight in ("normal", "bold"):
        font = findfont(FontProperties(family="DejaVu Sans", weight=weight))
        assert Path(font).is_relative_to(matplotlib.get_data_path())


def test_no_shared_state_of_the_plotting_library_is_touched():
    code = "import sys, review.report.pictures; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# The verdicts


def test_the_words_of_the_first_picture_name_every_number(whole):
    picture, table = verdict_blocks(whole)
    for counts in (whole.counts, *(page.counts for page in whole.pages)):
        said = ", ".join(f"{c.count} {c.verdict.replace('-', ' ')}" for c in counts)
        assert f"{sum(c.count for c in counts)} claims: {said}." in picture.alt
    assert [page.title in picture.alt for page in whole.pages] == [True] * len(whole.pages)
    rows = cells(table)
    assert rows[0] == ["All 5 pages", *(str(c.count) for c in whole.counts), str(len(whole.claims))]
    for page, row in zip(whole.pages, rows[1:], strict=True):
        assert row[:-1] == [page.title, *(str(c.count) for c in page.counts)]
    assert sum(int(row[-1]) for row in rows[1:]) == len(whole.claims)


def test_one_page_has_one_bar_of_low_height(one_page):
    picture, table = verdict_blocks(one_page)
    image = Image.open(BytesIO(picture.png))
    assert (len(table.rows), picture.width_mm) == (1, 170)
    assert image.height < 0.17 * image.width


def test_a_bar_is_as_long_as_its_share(one_page):
    """The coloured pixels of the one bar are counted, those of the legend left out."""
    image = np.asarray(Image.open(BytesIO(verdict_blocks(one_page)[0].png)).convert("RGB")).astype(int)
    line = image[round(0.21 * image.shape[0])]
    counts = [c for c in one_page.counts if c.count > 5]
    found = [
        np.sum(np.abs(line - np.array(to_rgb(COLOURS[Verdict(c.verdict)])) * 255).max(axis=1) < 12)
        for c in counts
    ]
    shares = [c.count / sum(c.count for c in counts) for c in counts]
    assert [n / sum(found) for n in found] == pytest.approx(shares, abs=0.01)


def test_a_class_is_shown_no_verdict_and_no_evidence(class_report):
    for kind in KINDS:
        (block,) = kind(class_report)
        assert isinstance(block, Paragraph)
        assert not any(str(verdict) in plain_text(block.text) for verdict in Verdict)


def test_a_clinic_is_shown_the_verdicts_and_not_the_evidence(clinic_report):
    assert pictures(verdict_blocks(clinic_report))
    for kind in KINDS[1:]:
        assert [type(block) for block in kind(clinic_report)] == [Paragraph]


# The evidence map


def test_the_table_of_the_map_gives_the_numbers_of_the_model(one_page, drawn_page):
    (table,) = tables(drawn_page[evidence_map_blocks])
    for row, (name, topic, designs, counted, others) in zip(
        one_page.evidence_map.rows, cells(table), strict=True
    ):
        assert name == f"{row.statement}\n{row.proposition}"
        assert topic == row.topic.replace("-", " ")
        named = [part.rpartition(" ") for part in designs.split("; ") if part != "none"]
        told = {group: label.partition("+") for group, _, label in named}
        for group, *cell in zip(DESIGN_GROUPS, row.counted, row.others, strict=True):
            count, _, more = told.pop(group, ("", "", ""))
            assert [int(count or 0), int(more or 0)] == cell
        assert told == {}
        assert (counted, others) == (str(sum(row.counted)), str(sum(row.others)))


def test_the_figures_of_the_map_split_by_topic_and_lose_no_row(one_page):
    template = one_page.evidence_map.rows[0]
    rows = tuple(
        replace(template, proposition=f"p-{topic}-{number}", topic=topic)
        for topic, size in (("prp", 28), ("laser", 5), ("care", 70), ("cost", 1))
        for number in range(size)
    )
    report = replace(one_page, evidence_map=replace(one_page.evidence_map, rows=rows))
    drawings = pictures(evidence_map_blocks(report))
    sizes = [int(picture.alt.split()[2]) for picture in drawings]
    assert sum(sizes) == len(rows)
    assert max(sizes) < LINES
    assert [picture.anchor for picture in drawings] == [
        f"figure-evidence-map-{number}" for number in range(1, len(drawings) + 1)
    ]


def test_every_figure_fits_on_a_page_turned_sideways_without_being_shrunk(drawn_page):
    """A4 turned sideways leaves 257 by 146 mm for a figure; smaller text could not be read."""
    for blocks in drawn_page.values():
        for picture in pictures(blocks):
            width, height = (side / 200 * 25.4 for side in Image.open(BytesIO(picture.png)).size)
            assert width < 257.1, picture.anchor
            assert height < 146, picture.anchor


def test_the_words_of_the_map_name_the_empty_columns(drawn_page, one_page):
    sums = [sum(row.counted) for row in one_page.evidence_map.rows]
    bare = sum(int(p.alt.split("For ")[1].split()[0]) for p in pictures(drawn_page[evidence_map_blocks]))
    assert bare == sums.count(0)
    assert "Columns in which no study counts: " in pictures(drawn_page[evidence_map_blocks])[0].alt


# Risk of bias


def test_every_meaning_has_a_light():
    assert list(LIGHTS) == list(AnswerMeaning)


def test_the_same_letter_is_drawn_by_what_it_means():
    """In one tool `a` speaks for a study and in another against it: only its meaning is drawn."""
    items = (BiasItem("1", "Is it sound? (a: no; b: yes)"),)
    signs = (AnswerMeaning.UNFAVOURABLE, AnswerMeaning.UNKNOWN)
    row = BiasRow("trial2025", "Trial 2025", ("a",), "weak", "unknown", signs)
    table = BiasTable("own", "Own (1)", False, items, (row,), (("a", "no"),))
    picture, drawn_table = bias_blocks(SimpleNamespace(bias=(table,)))
    assert picture.alt.endswith("Overall: 1 open. Item 1: 1 unfavourable.")
    assert drawn_table.note == "a: no. 1. Is it sound? (a: no; b: yes)"


def test_the_tables_of_bias_give_the_judgements_of_the_model(whole):
    for table, drawing in zip(whole.bias, tables(bias_blocks(whole)), strict=True):
        assert drawing.anchor == f"table-bias-{table.tool}"
        for row, (name, *judgements, overall, concern) in zip(table.rows, cells(drawing), strict=True):
            assert (name, tuple(judgements)) == (row.citation, row.judgements)
            assert (overall, concern) == (row.overall, row.concern)
        for item in table.items:
            assert item.question in drawing.note


def test_the_words_of_the_lights_add_up(drawn_page, one_page):
    for picture in pictures(drawn_page[bias_blocks]):
        studies = int(picture.alt.split()[2])
        for sentence in picture.alt.split(". ")[1:]:
            counts = sentence.partition(": ")[2].rstrip(".").split(", ")
            assert sum(int(count.split()[0]) for count in counts) == studies


# Certainty over time


def test_the_table_over_time_gives_every_row_of_the_model(one_page, drawn_page):
    (table,) = tables(drawn_page[over_time_blocks])
    told = [
        [
            chart.statement,
            str(row.year),
            row.certainty.replace("-", " ") or "none given",
            row.direction,
            str(row.studies),
            row.standing,
            row.basis,
        ]
        for chart in one_page.over_time
        for row in chart.years
    ]
    assert cells(table) == told
    words = " ".join(picture.alt for picture in pictures(drawn_page[over_time_blocks]))
    for chart in one_page.over_time:
        last = chart.years[-1]
        assert chart.statement in words
        assert f"{last.year}: certainty {last.certainty.replace('-', ' ')}" in words


# Pooled results


def test_a_forest_is_drawn_with_its_numbers(one_page, bcg):
    _, forest = bcg
    picture, table = forest_blocks(replace(one_page, forests=(forest,), not_pooled=""))
    assert (picture.anchor, table.anchor) == ("figure-forest-bcg-1", "table-forest-bcg-1")
    rows = cells(table)
    assert len(rows) == len(forest.rows) + 2
    assert rows[0] == ["Aronson 1948", "0.41", "0.13", "1.26", "5.1"]
    assert rows[-2] == ["Pooled", "0.49", "0.33", "0.73", "100.0"]
    assert rows[-1] == ["Prediction interval", "", "0.13", "1.79", ""]
    assert "Pooled: 0.49 (0.33 to 0.73); prediction interval 0.13 to 1.79; I² 92.2%." in picture.alt
    for row in forest.rows:
        assert f"{row.citation} {row.effect:.2f} (" in picture.alt


def few(k, measure=Measure.RISK_RATIO):
    """The forest of so many studies that agree."""
    studies = [
        Described(Effect(f"s{n}", -0.2 * n, 0.1), "a", Comparator.CONTROLLED, "b", measure, "cm")
        for n in range(1, k + 1)
    ]
    return forest_of("few-1", "It works.", studies, {s.effect.study: s.effect.study for s in studies})


@pytest.mark.parametrize("measure", [Measure.RISK_RATIO, Measure.MEAN_DIFFERENCE])
def test_a_forest_of_two_studies_has_no_prediction_and_says_why(one_page, measure):
    picture, table = forest_blocks(replace(one_page, forests=(few(2, measure),), not_pooled=""))
    assert "prediction interval needs 3 studies" in picture.alt
    assert cells(table)[-1] == ["Prediction interval", "", "–", "–", ""]


def test_a_forest_says_how_its_numbers_were_made(one_page):
    picture, table = forest_blocks(replace(one_page, forests=(few(3),), not_pooled=""))
    for words in (picture.caption, table.note):
        assert "tau² by REML; 95% interval by Hartung-Knapp, its error never below Wald's" in words
        assert "prediction interval by t with k − 2 degrees of freedom" in words


@pytest.mark.parametrize("measure", [Measure.RISK_RATIO, Measure.MEAN_DIFFERENCE])
def test_intervals_of_few_studies_do_not_hide_the_studies(measure):
    """t with one degree of freedom reaches far beyond the studies: the axis ends at as much again."""
    forest = few(2, measure)
    null = measure.no_effect
    low, high = limits(forest, null)
    ends = [end for row in forest.rows for end in row.ci] + [null]
    if forest.is_ratio:
        low, high, ends = math.log(low), math.log(high), [math.log(end) for end in ends]
    width = max(ends) - min(ends)
    assert (low, high) == pytest.approx((min(ends) - 1.05 * width, max(ends) + 1.05 * width))
    # Of a pooled interval that lies within the studies' the axis keeps to the studies.
    near = replace(forest, ci=forest.rows[0].ci, prediction_interval=None)
    first, last = limits(near, null)
    if forest.is_ratio:
        first, last = math.log(first), math.log(last)
    assert (first, last) == pytest.approx((min(ends) - 0.05 * width, max(ends) + 0.05 * width))


# Hostile and missing input


def hostile(report):
    """The report with hostile words in every place that a figure shows."""
    rows = tuple(replace(row, statement=HOSTILE) for row in report.evidence_map.rows[:40])
    bias = tuple(
        replace(table, rows=tuple(replace(r, citation=HOSTILE, overall=HOSTILE) for r in table.rows[:3]))
        for table in report.bias
    )
    return replace(
        report,
        pages=tuple(replace(page, title=HOSTILE) for page in report.pages),
        evidence_map=replace(report.evidence_map, rows=rows),
        bias=bias,
        over_time=tuple(replace(chart, statement=HOSTILE) for chart in report.over_time),
    )


@pytest.mark.filterwarnings("error")
def test_hostile_words_are_drawn_as_words(one_page, bcg):
    _, forest = bcg
    rows = tuple(replace(row, citation=HOSTILE) for row in forest.rows)
    bad = replace(
        hostile(one_page), forests=(replace(forest, rows=rows, statement=HOSTILE, unit=HOSTILE),)
    )
    for kind in KINDS:
        for picture in pictures(kind(bad)):
            assert Image.open(BytesIO(picture.png)).size[0] > 1000


def test_what_cannot_be_shown_is_replaced_and_named():
    assert drawable("a\u202eb\x07c 🧬\n細") == "a[U+202E]b[U+0007]c \ufffd \ufffd"
    assert drawable("✓ ▲ ○ ✕ –") == "✓ ▲ ○ ✕ –"


@pytest.mark.parametrize("text", ["Exosomes regrow hair in people.", HOSTILE, "W" * 999, "", "a " * 500])
@pytest.mark.parametrize("width", [10, 40, 90])
def test_text_fits_where_it_is_put(text, width):
    assert width_of(fitted(text, width), 6.5) <= width
    lines = wrapped(text, width, 2).split("\n")
    assert len(lines) <= 2
    assert all(width_of(line, 6.5) <= width for line in lines)
    assert fitted("short", width) == "short"


def test_a_year_is_kept_when_a_citation_is_cut():
    assert cited("A very long title that stands for its authors… 2024", 30).endswith("… 2024")
    assert cited("Amini et al. 2025", 40) == "Amini et al. 2025"


def test_the_measured_width_is_that_of_the_drawing():
    words = "Exosome injections regrow hair"

    def write(sheet):
        sheet.text(0, 5, words, size=10)

    dark = np.asarray(Image.open(BytesIO(drawn(120, 10, write))).convert("L")) < 128
    ink = np.nonzero(dark.any(axis=0))[0].max() / 200 * 25.4
    assert ink == pytest.approx(width_of(words, 10), rel=0.02)


@pytest.mark.parametrize(("rows", "sizes"), [(1, [1]), (30, [30]), (31, [15, 16]), (61, [20, 20, 21])])
def test_rows_are_spread_evenly(rows, sizes):
    assert [len(sheet) for sheet in portions(range(rows), 30)] == sizes


def test_a_report_without_anything_says_so_instead(one_page, folder):
    empty = replace(
        one_page,
        counts=tuple(replace(c, count=0) for c in one_page.counts),
        pages=tuple(
            replace(p, counts=tuple(replace(c, count=0) for c in p.counts)) for p in one_page.pages
        ),
        search_flow=None,
        evidence_map=EvidenceMap((), ()),
        bias=(),
        over_time=(),
    )
    for kind in KINDS:
        (block,) = kind(empty)
        assert plain_text(block.text).endswith(".")


def test_a_page_without_a_claim_and_a_folder_without_a_study(folder):
    header = (folder / "claims.csv").read_text("utf-8").partition("\n")[0]
    (folder / "claims.csv").write_text(f"{header}\n", "utf-8")
    (folder / "links.csv").write_text(
        (folder / "links.csv").read_text("utf-8").partition("\n")[0] + "\n"
    )
    (folder / "studies" / "trial2025.yml").unlink()
    (folder / "references.bib").write_text("", "utf-8")
    assert not read_evidence([folder]).studies
    report = build_report(open_review([folder], "2026-11-21"))
    for kind in KINDS:
        assert [type(block) for block in kind(report)] == [Paragraph], kind


# Colours


def linear(colour: str) -> np.ndarray:
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*COLOURS.values(), *SHADES])
def test_dark_text_is_readable_on_every_colour(colour):
    assert contrast(INK, colour) >= 4.5


@pytest.mark.parametrize("light", LIGHTS.values(), ids=lambda light: light.word)
def test_every_symbol_is_readable_on_its_disc(light):
    assert contrast(light.ink, light.face) >= 4.5


def test_every_colour_has_a_symbol_and_a_word_of_its_own(whole):
    symbols, words = ({getattr(x, name) for x in LIGHTS.values()} for name in ("symbol", "word"))
    assert len(symbols) == len(words) == len(LIGHTS)
    assert len({count.symbol for count in whole.counts}) == len(COLOURS) == len(Verdict)


# Machado, Oliveira and Fernandes (2009), severity 1.0: what is left of linear red, green and blue.
COLOUR_VISION = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB under D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    shares = to_xyz @ rgb / [0.9505, 1, 1.089]
    x, y, z = np.where(shares > 0.008856, np.cbrt(shares), 7.787 * shares + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("kind", COLOUR_VISION)
@pytest.mark.parametrize(
    "palette",
    [list(COLOURS.values()), sorted({light.face for light in LIGHTS.values()})],
    ids=["verdicts", "lights"],
)
def test_colours_stay_apart_in_every_kind_of_colour_vision(kind, palette):
    seen = [lab(np.clip(np.array(COLOUR_VISION[kind]) @ linear(colour), 0, 1)) for colour in palette]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 10
