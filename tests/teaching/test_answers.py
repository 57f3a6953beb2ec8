"""The plain text of an answer: what is written is read, and so is what people make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.teaching.answers import Response, answer_text, read_answer

LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)


@given(LINES.filter(lambda text: ":" not in text), LINES.filter(lambda text: ":" not in text))
def test_what_is_written_is_read(value, reason):
    assert read_answer(answer_text(Response(value, reason))) == Response(value, reason)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("answer:\nreason:", Response()),
        ("", Response()),
        (
            "Answer : Very Low\nREASON: one trial,\nno controls",
            Response("very-low", "one trial,\nno controls"),
        ),
        ("answer: low\nanswer: high", Response("high")),
        ("I think\nanswer: perhaps", Response("perhaps")),
    ],
)
def test_what_people_make_of_it(text, answer):
    assert read_answer(text, ("high", "low", "very-low")) == answer
