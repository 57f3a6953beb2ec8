"""The form of a bias tool: what rows say, and what a file must not say."""

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from review.appraisal import cells, judged
from review.model.knowledge.tools import Tool

SMALL: dict[str, Any] = {
    "pack": "small-1",
    "name": "small",
    "version": "1",
    "order": "50",
    "title": "A small tool",
    "short_title": "Small",
    "made_by": "us",
    "source": "our own",
    "designs": "cohort, case-series",
    "rule": "ours",
    "remarks": "Made for the tests.",
    "status": "draft",
    "checked": "Nothing.",
    "scale": [
        {"answer": "yes", "words": "yes", "meaning": "favourable", "points": "3"},
        {"answer": "no", "words": "no", "meaning": "unfavourable", "points": "0"},
        {"answer": "NA", "words": "does not apply", "meaning": "not-applicable"},
    ],
    "items": [
        {"item": "q1", "label": "1", "asks": "Is it large?", "answers": "yes, no"},
        {"item": "q2", "label": "2", "asks": "Is it long?"},
        {
            "item": "q3",
            "label": "3",
            "asks": "Is it new?",
            "answers": "NA",
            "scale": [
                {"answer": "a", "words": "quite", "meaning": "favourable", "points": "1"},
                {"answer": "b", "words": "hardly", "meaning": "partly", "points": "0"},
            ],
        },
    ],
    "levels": [
        {"level": "fine", "concern": "low"},
        {"level": "so so", "concern": "some"},
        {"level": "hopeless", "concern": "high", "meaning": "critical"},
    ],
    "figures": [
        {"figure": "points", "adds": "points"},
        {"figure": "share", "adds": "percent"},
        {"figure": "times no", "counts": "no or b"},
        {"figure": "sizes", "counts": "fine or so so", "of": "size"},
    ],
    "domains": [
        {
            "name": "size",
            "rows": [
                {"when": {"q1": "yes", "q2": "yes or NA"}, "then": "fine"},
                {"when": {"q1": "yes"}, "then": "so so"},
                {"then": "hopeless"},
            ],
        }
    ],
    "overall": [
        {"when": {"times no": "more than 2"}, "then": "hopeless"},
        {"when": {"sizes": "at least 1", "share": "at least 50"}, "then": "fine", "step": "well done"},
        {
            "when": {"size": "so so or hopeless", "points": "exactly 3"},
            "then": "so so",
            "says": "fair",
        },
        {"then": "hopeless"},
    ],
    "says": "{level}: {points} points, {share}",
    "steps": ["{overall}, {times no} times no, {concern}"],
    "examples": [
        {
            "example": "all well",
            "answers": "yes, yes, a",
            "overall": "fine: 7 points, 100.00",
            "concern": "low",
            "source": "our own",
        }
    ],
}


SIGNAL = {"signal": "s1", "of": "q2", "asks": "Was it measured?", "answers": "Y, N"}
SMALL["signals"] = [SIGNAL]


def tool(**changed: Any) -> Tool:
    return Tool.model_validate({**deepcopy(SMALL), **changed})


@pytest.mark.parametrize(
    ("answers", "overall", "concern", "steps"),
    [
        pytest.param(
            "yes yes a",
            "fine: 7 points, 100.00",
            "low",
            ("size: fine", "fine: 7 points, 100.00, 0 times no, low", "well done"),
            id="both conditions of a row hold",
        ),
        pytest.param(
            "no yes b",
            "fair",
            "some",
            ("size: hopeless", "fair, 2 times no, some"),
            id="a later row, in words of its own",
        ),
        pytest.param(
            "yes NA NA",
            "fine: 3 points, 100.00",
            "low",
            ("size: fine", "fine: 3 points, 100.00, 0 times no, low", "well done"),
            id="what does not apply is left out of a share",
        ),
        pytest.param(
            "no no b",
            "hopeless: 0 points, 0.00",
            "high",
            ("size: hopeless", "hopeless: 0 points, 0.00, 3 times no, high"),
            id="the first row that fits",
        ),
        pytest.param(
            "no no a",
            "hopeless: 1 points, 14.29",
            "high",
            ("size: hopeless", "hopeless: 1 points, 14.29, 2 times no, high"),
            id="no row fits but the last",
        ),
    ],
)
def test_rows_are_read_from_the_top(answers, overall, concern, steps):
    found = judged(tool(), dict(zip(("q1", "q2", "q3"), answers.split(), strict=True)))
    assert (found.overall, found.concern, found.steps) == (overall, concern, steps)


def test_a_level_may_be_worse_than_its_concern_tells():
    answers = {"q1": "no", "q2": "no", "q3": "b"}
    (cell,) = cells(tool(), answers)
    assert (cell.name, cell.judgement, cell.meaning) == ("size", "hopeless", "critical")
    assert judged(tool(), answers).sign == "critical"


def test_what_was_not_read_is_taken_at_its_best_where_items_name_a_favourable_answer():
    changed = deepcopy(SMALL)
    changed["scale"][2] = {"answer": "NR", "words": "not read", "meaning": "not-read"}
    changed["items"][0]["answers"] = "yes, no, NR"
    changed["items"][2]["answers"] = "NR"
    changed["domains"][0]["rows"][0]["when"]["q2"] = "yes"
    plain = Tool.model_validate(changed)
    for item, answer in zip(changed["items"], ("yes", "yes", "a"), strict=True):
        item["favourable"] = answer
    answers = {"q1": "yes", "q2": "NR", "q3": "b"}
    (cell,) = cells(Tool.model_validate(changed), answers)
    assert (cell.judgement, cell.meaning) == ("so so (fine at best)", "partly")
    (cell,) = cells(plain, answers)
    assert (cell.judgement, cell.meaning) == ("so so", "partly")
    found = judged(Tool.model_validate(changed), {"q1": "NR", "q2": "no", "q3": "b"})
    assert (found.overall, found.concern) == ("hopeless: 0 points, 0.00", "high")
    assert found.cautions == ("fair at best: what was read leaves items open",)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("pack",), "small-2", "the file of this version is named small-1.yml"),
        (("items", 1, "item"), "q1", "item 'q1' stands twice"),
        (("items", 0, "answers"), "yes, maybe", "the scale has no 'maybe' for q1"),
        (("items", 2, "scale", 0, "answer"), "NA", "answer to q3 'NA' stands twice"),
        (("items", 0, "favourable"), "yes", "either all items name a favourable answer, or none does"),
        (("levels", 1, "level"), "fine", "level 'fine' stands twice"),
        (("levels", 1, "level"), "so, so", "'so, so' would be read as two"),
        (("figures", 0, "figure"), "size", "name 'size' stands twice"),
        (("figures", 0, "figure"), "level", "name 'level' stands twice"),
        (("figures", 2, "counts"), "no or never", "times no: 'never' is never met"),
        (("figures", 3, "of"), "seize", "sizes: 'seize' is no item, part or domain"),
        (("figures", 0, "of"), "size", "points: 'size' is no item, and only answers have points"),
        (("figures", 0, "adds"), None, "a figure either counts or adds"),
        (("domains", 0, "rows", 0, "when"), {"q9": "yes"}, "size, row 1: 'q9' stands for nothing here"),
        (("domains", 0, "rows", 0, "when"), {"sizes": "at least 1"}, "'sizes' stands for nothing here"),
        (("domains", 0, "rows", 0, "when"), {"q1": "NA"}, "size, row 1: 'q1' is never 'NA'"),
        (("domains", 0, "rows", 0, "when"), {"q1": "at least 1"}, "size, row 1: 'q1' is no figure"),
        (("domains", 0, "rows", 0, "then"), "great", "size, row 1: 'great' is no level"),
        (("overall", 0, "when"), {"times no": "3"}, "overall, row 1: 'times no' is a figure"),
        (("overall", 3, "when"), {"q1": "no"}, "overall: the last row, and no other, stands without"),
        (("overall", 1, "when"), {}, "overall: the last row, and no other, stands without"),
        (("overall", 2, "says"), "{pints} points", "{pints} stands for nothing"),
        (("says",), "{overall}", "{overall} stands for nothing"),
        (("examples", 0, "answers"), "yes, yes", "all well: 2 answers to 3 items"),
        (("examples", 0, "answers"), "NA, yes, a", "all well: item q1 has no answer 'NA'"),
        (("domains",), [], "sizes: 'size' is no item, part or domain"),
        (("designs",), "cohort, cohorts", "Input should be"),
        (("scale", 0, "colour"), "green", "Extra inputs are not permitted"),
        (("items", 1, "asked"), [{"q3": "a"}], "q2, asked: 'q3' stands for nothing here"),
        (("items", 1, "asked"), [{"q1": "NA"}], "q2, asked: 'q1' is never 'NA'"),
        (("items", 1, "asked"), [{"q1": "at least 1"}], "q2, asked: 'q1' is no figure"),
        (("items", 1, "limits"), [{"when": {"s2": "Y"}, "then": "no"}, {"then": "yes"}], "'s2' stands"),
        (("items", 1, "limits"), [{"when": {"s1": "N"}, "then": "bad"}, {"then": "yes"}], "no answer"),
        (("items", 1, "limits"), [{"when": {"s1": "N"}, "then": "no"}], "q2, limits: the last row"),
        (("items", 1, "limits"), [{"then": "no"}, {"then": "yes"}], "q2, limits: the last row"),
        (("signals", 0, "of"), "q9", "signal s1: 'q9' is no item"),
        (("signals",), [SIGNAL, SIGNAL], "signal 's1' stands twice"),
    ],
)
def test_a_tool_that_could_not_be_worked_out_is_refused(path, value, fault):
    changed = deepcopy(SMALL)
    *inner, last = path
    place: Any = changed
    for step in inner:
        place = place[step]
    place[last] = value
    with pytest.raises(ValidationError) as caught:
        Tool.model_validate(changed)
    assert fault in str(caught.value)


def test_an_answer_that_is_shown_needs_a_meaning():
    changed = deepcopy(SMALL)
    del changed["scale"][0]["meaning"]
    assert Tool.model_validate(changed).has_domains, "the domains are shown, not the answers"
    changed["domains"], changed["parts"] = [], changed["domains"]
    with pytest.raises(ValidationError, match="answer 'yes' is shown, so it needs a meaning"):
        Tool.model_validate(changed)
