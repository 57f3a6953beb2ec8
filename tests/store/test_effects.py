"""Tables of effects and counts as R and spreadsheets write them, and their pool as JSON."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from benchmarks.coverage import COLUMNS, STUDIES, TAUS, drawn, results
from review.model.errors import InputError, ParameterError
from review.store.inputs.effects import Effects, read_effects
from review.store.inputs.pooling import METHODS, pooled_json
from review.synthesis import Effect, IntervalMethod, Prediction, pooled
from review.synthesis.counts import Trial, peto
from review.synthesis.effects import Events

ROWS = (Effect("Ada 1999", -0.9, 0.25), Effect("Bo 2004", 0.5, 0.04), Effect("Cy 2011", 0.1, 0.09))
TRIALS = (Trial("A", Events(900, 4), Events(890, 5)), Trial("B", Events(700, 3), Events(710, 2)))


@pytest.fixture
def written(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "effects.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


BY_R = {
    "write.csv": '"","author","year","yi","vi"\n"1","Ada",1999,-0.9,0.25\n"2","Bo",2004,0.5,0.04\n'
    '"3","Cy",2011,0.1,0.09\n',
    "write.csv2": '"";"author";"year";"yi";"vi"\n"1";"Ada";1999;-0,9;0,25\n"2";"Bo";2004;0,5;0,04\n'
    '"3";"Cy";2011;0,1;0,09\n',
    "a label of studies": "slab,yi,vi\nAda 1999,-.9,25e-2\nBo 2004,+0.5,.04\nCy 2011,.1,0.09\n",
    "rows named by the studies": '"","yi","vi"\n"Ada 1999",-0.9,0.25\n"Bo 2004",0.5,0.04\n'
    '"Cy 2011",0.1,0.09\n',
    "errors for variances": "study,sei,yi\nAda 1999,0.5,-0.9\nBo 2004,0.2,0.5\nCy 2011,0.3,0.1\n",
    "summary": "study,yi,vi,sei,zi,pval,ci.lb,ci.ub\nAda 1999,-0.9,0.25,0.5,-1.8,0.07,-1.88,0.08\n"
    "Bo 2004,0.5,0.04,0.2,2.5,0.01,0.11,0.89\nCy 2011,0.1,0.09,0.3,0.33,0.74,-0.49,0.69\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", BY_R.values(), ids=BY_R)
def test_what_metafor_writes_is_read_as_it_is(written, text, encoding):
    found = read_effects(written(text, encoding))
    assert [e.study for e in found.effects] == [e.study for e in ROWS]
    assert [e.yi for e in found.effects] == [e.yi for e in ROWS]
    assert [e.vi for e in found.effects] == pytest.approx([e.vi for e in ROWS])
    assert (found.is_counted, found.missing) == (False, ())


COUNTED = {
    "people": "study,ai,n1i,ci,n2i\nA,4,900,5,890\nB,3,700,2,710\n",
    "cells": "study,ai,bi,ci,di\nA,4,896,5,885\nB,3.0,697,2,708\n",
    "people first": "study,ai,n1i,ci,n2i,bi,di\nA,4,900,5,890,896,885\nB,3,700,2,710,697,708\n",
}


@pytest.mark.parametrize("text", COUNTED.values(), ids=COUNTED)
def test_counts_are_read_by_people_or_by_cells(written, text):
    assert read_effects(written(text)).trials == TRIALS


def test_counts_beside_effects_are_pooled_when_asked_for(written):
    path = written("study,ai,n1i,ci,n2i,yi,vi\nA,4,900,5,890,0.1,0.4\nB,3,700,2,710,0.2,0.5\n")
    found = read_effects(path)
    assert found.effects == (Effect("A", 0.1, 0.4), Effect("B", 0.2, 0.5))
    (unread,) = found.remarks
    assert "not read: 'ai', 'n1i', 'ci', 'n2i'. Ask for a measure" in str(unread)
    counted = read_effects(path, counted=True)
    assert (counted.trials, counted.effects) == (TRIALS, ())
    assert "'yi', 'vi'. Nothing rests" in str(counted.remarks[0])


def test_a_row_that_lacks_a_number_is_left_out_and_told(written):
    found = read_effects(written("study,yi,vi\nA,NA,0.2\nB,0.1,0.2\nC,0.3,NA\nD,0.3,0.1\n"))
    assert [e.study for e in found.effects] == ["B", "D"]
    assert found.missing == ("A", "C")
    assert "a number is NA: A, C" in str(found.remarks[0])
    assert pooled_json(found)["missing"] == ["A", "C"]


def test_how_studies_are_named_is_told_where_it_is_a_guess(written):
    told = {
        "author,year,trial,yi,vi\nAda,1999,7,1,1\n": ("Ada 1999", "by author and year"),
        "author,yi,vi\nAda,1,1\n": ("Ada", "by author"),
        "trial,yi,vi\n7,1,1\n": ("7", "by trial"),
        ",yi,vi\n7,1,1\n": ("7", "by the rows of the table"),
        "yi,vi\n\n1,1\n": ("study 1", "by the rows of the table"),
    }
    for text, (name, words) in told.items():
        found = read_effects(written(text))
        assert found.effects[0].study == name
        assert words in " ".join(map(str, found.remarks))
    assert not read_effects(written("study,yi,vi\nB,-.5,1e-2\n")).remarks


def test_clusters_widen_the_variance_of_the_trials_that_have_them(written):
    text = "study,yi,vi,cluster_size,icc\nA,1,0.5,11,0.1\nB,2,0.5,,\nC,3,0.5,NA,NA\n"
    assert [e.vi for e in read_effects(written(text)).effects] == [1.0, 0.5, 0.5]


def test_every_problem_of_a_file_is_told_with_its_line(written):
    rows = ["A,0.1,0.2", "B,nan,inf", "C,0.1,0", "A,0.3,0.1", ",1,1", "D,1e999,1", "E,1"]
    with pytest.raises(InputError) as error:
        read_effects(written("\n".join(["study,yi,vi", *rows])))
    assert [problem.place.line for problem in error.value.problems] == [3, 3, 4, 5, 6, 7, 8]
    assert all(problem.fault and problem.remedy for problem in error.value.problems)
    assert "stands on line 2 already" in str(error.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", "missing yi, vi. Give yi and vi", id="empty"),
        pytest.param("study,yi\nA,1\n", "missing vi", id="no variance"),
        pytest.param("study,Yi,vi\nA,1,1\n", "missing yi; unknown 'Yi'", id="another name"),
        pytest.param("study,ai,n1i,ci\nA,1,9,1\n", "missing n2i", id="no people"),
        pytest.param("study;yi;vi\nA;0,1;0.1\nB;1;1\n", "not a finite number", id="comma or thousands"),
        pytest.param("study,yi,sei\nA,1,-0.5\n", "A: the error must be above zero", id="no error"),
        pytest.param("study,ai,n1i,ci,n2i\nA,2.5,9,1,9\n", "ai is 2.5, which is no number", id="half"),
        pytest.param("study,ai,bi,ci,di\nA,2,-1,1,9\n", "bi is -1, which is no number", id="negative"),
        pytest.param("study,ai,n1i,ci,n2i\nA,10,9,1,9\n", "10 events cannot happen in 9", id="too many"),
        pytest.param("study,yi,vi,icc\nA,1,1,0.1\n", "icc says nothing alone", id="half a cluster"),
        pytest.param("study,yi,vi,icc,cluster_size\nA,1,1,0.1,\n", "both needed", id="one cell"),
        pytest.param("study,yi,vi,icc,cluster_size\nA,1,1,2,9\n", "between 0 and 1", id="correlation"),
        pytest.param("study,yi,vi,icc,cluster_size\nA,1,1,x,9\n", "icc is 'x'", id="no number"),
        pytest.param(
            "study,ai,n1i,ci,n2i,icc,cluster_size\nA,1,9,1,9,0.1,9\n",
            "counts are not corrected for clusters",
            id="counts of clusters",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(written, text, fault):
    with pytest.raises(InputError) as error:
        read_effects(written(text))
    assert fault in str(error.value)


def test_of_what_is_no_table_nothing_else_is_told(written):
    with pytest.raises(InputError) as error:
        read_effects(written("study,yi,vi\n\0\n"))
    assert "binary data" in str(error.value)
    assert "missing" not in str(error.value)


def test_a_missing_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(InputError, match="cannot be read"):
            read_effects(path)


@pytest.mark.parametrize("rows", [ROWS[:0], ROWS[:1], (Effect("A", 1, 1), Effect("B", 1, 2))])
def test_what_cannot_be_pooled_is_refused(rows):
    with pytest.raises(InputError, match="Choose another method or interval, add a study"):
        pooled_json(Effects("e.csv", rows), interval=IntervalMethod.HARTUNG_KNAPP)


GIVEN, COUNTS = Effects("e.csv", ROWS), Effects("e.csv", trials=TRIALS)


@pytest.mark.parametrize(
    ("given", "options", "fault"),
    [
        (GIVEN, {"method": "REML"}, "Choose one of dl, reml, pm, mh, peto."),
        (GIVEN, {"interval": "knha"}, "--interval: 'knha' is unknown"),
        (GIVEN, {"prediction": "k"}, "Choose one of k-2, k-1."),
        (GIVEN, {"measure": "md"}, "Choose one of rr, or."),
        (GIVEN, {"method": "mh"}, "mh pools counts, not effects"),
        (COUNTS, {"method": "peto", "measure": "rr"}, "Peto's ratio is one of odds"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(given, options, fault):
    with pytest.raises(ParameterError) as error:
        pooled_json(given, **options)
    assert fault in str(error.value)


@pytest.mark.parametrize("method", ["", "dl", "reml", "pm"])
def test_effects_are_written_as_they_are_pooled(method):
    options = {"interval": "wald", "prediction": "k-1"}
    answer = pooled_json(GIVEN, method, **options)
    expected = pooled(
        ROWS,
        METHODS[method or "reml"],
        interval=IntervalMethod.WALD,
        prediction=Prediction.K_MINUS_1,
    )
    assert answer["estimate"] == expected.estimate
    assert answer["prediction_interval"] == list(expected.prediction_interval)
    assert (answer["interval"], answer["prediction"]) == ("wald", "k-1")
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert "as_read" not in answer


def test_a_ratio_is_written_once_more_as_people_read_it():
    answer = pooled_json(GIVEN, measure="or")
    assert answer["measure"] == "odds-ratio"
    two = pooled_json(Effects("e.csv", ROWS[:2]), measure="rr")
    assert (two["prediction_interval"], set(two["as_read"])) == (None, {"estimate", "ci"})
    assert answer["as_read"]["estimate"] == pytest.approx(2.718281828459045 ** answer["estimate"])
    assert set(answer["as_read"]) == {"estimate", "ci", "prediction_interval"}
    assert answer["as_read"]["prediction_interval"][0] > 0


def test_the_example_of_the_document_is_what_is_printed(written):
    document = Path(__file__).parents[2] / "docs" / "synthesis.md"
    table, answer = re.search(
        r"^```csv\n(.*?)^```.*?^```json\n(.*?)^```", document.read_text("utf-8"), re.M | re.S
    ).groups()
    assert pooled_json(read_effects(written(table))) == json.loads(answer)


def test_the_document_shows_every_column_of_the_simulation():
    document = Path(__file__).parents[2] / "docs" / "synthesis.md"
    header = f"| k | tau | {' | '.join(COLUMNS)} |"
    table = document.read_text("utf-8").partition(header)[2].partition("\n\n")[0]
    shown = [line.split(" | ")[:2] for line in table.splitlines()[2:]]
    assert shown == [[f"| {k}", f"{tau:g}"] for k in STUDIES for tau in TAUS]
    random = np.random.default_rng(1)
    for k in STUDIES:
        row = results(drawn(random, k, 0.3), 0.3)
        assert len(row) == len(COLUMNS)
        assert [math.isnan(value) for value in row] == [k == 2 and "k − 2" in name for name in COLUMNS]


def test_counts_are_written_with_the_reason_for_the_way():
    answer = pooled_json(COUNTS)
    assert (answer["method"], answer["measure"], answer["k"]) == ("Peto", "odds-ratio", 2)
    assert answer["estimate"] == peto(TRIALS).estimate
    assert "the event is rare" in answer["explained"][0]
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert pooled_json(COUNTS, "mh")["measure"] == "risk-ratio"
    assert pooled_json(COUNTS, "mh", measure="or")["measure"] == "odds-ratio"
    assert pooled_json(COUNTS, "peto")["method"] == "Peto"
    assert pooled_json(COUNTS, "pm")["tau2"] >= 0
