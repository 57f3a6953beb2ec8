"""Text of the evidence is data: in a terminal, in a Markdown comment and in JSON."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from sample_changes import judge, replace

from review.differences.formats import COMMENT, as_json, as_markdown, as_plain
from review.differences.model import (
    Cause,
    ClaimChange,
    Comparison,
    How,
    Side,
    Turn,
    Why,
    in_order,
    turn,
)
from review.differences.words import Quote, Term, markdown, plain, whole

HOSTILE = (
    "</details><script>alert(1)</script> @everyone #12 [x](http://evil.example) ``` ` "
    "![i](http://evil.example/p.png) $`x`$ \u202egnorw\u202c \x1b[31mred &lt;b&gt; **bold** | a |"
)


def outside_code(text: str) -> str:
    """What of a line of Markdown is not in a code span, by the rule of CommonMark."""
    left, at = [], 0
    while at < len(text):
        if text[at] != "`":
            left.append(text[at])
            at += 1
            continue
        fence = re.match("`+", text[at:]).group()
        end = re.search(rf"(?<!`){fence}(?!`)", text[at + len(fence) :])
        assert end, "a fence is never left open"
        at += 2 * len(fence) + end.start()
    return "".join(left)


def test_a_hostile_reason_is_nothing_but_text_in_a_comment(clinic, diff):
    judge(clinic, "very_serious", certainty="low", reason=json.dumps(HOSTILE.replace("\x1b", "")))
    replace(
        clinic / "links.csv", "It compared with saline.", "</details>\n@everyone <b>`".replace("\n", " ")
    )
    told = as_markdown(diff())
    assert "@everyone" in told
    ours = "\n".join(outside_code(line) for line in told.splitlines())
    assert not re.search(r"@|script|<b>|\]\(|http|#12|\*\*", ours)
    assert ours.count("<details>") == ours.count("</details>") == 1
    assert "\u202e" not in told


@given(st.text(alphabet=st.sampled_from(list("`<>@#*_[]()!$&|\\ \n\t\r\x1b\u202eab")), max_size=40))
def test_whatever_the_text_it_never_leaves_its_code_span(text):
    for kind in (Term, Quote):
        told = markdown(("before ", kind(text), " after"))
        assert "\n" not in told
        assert outside_code(told) == "before  after"
        assert not re.search(r"[\x00-\x1f\u202e]", told)


@given(st.text(max_size=60))
def test_a_terminal_gets_one_line_without_control_characters(text):
    told = plain(("said ", Quote(text)))
    assert told.startswith("said “")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


def test_long_text_is_cut_where_people_read_and_whole_in_the_data():
    phrase = (Quote("word " * 200),)
    assert len(plain(phrase)) < 260
    assert plain(phrase).endswith("…”")
    assert len(whole(phrase)) == 1001


def many(count: int) -> Comparison:
    """A comparison in which a lot has changed, all of it long."""
    long = "A long sentence of a claim. " * 20
    cause = Cause("judgement", "p", ("judgement of ", Term("p"), "; its reason: ", Quote(long)))
    claims = tuple(
        ClaimChange(
            f"home-{number:03}", "home", Turn.WORSE, long, long, "substantiated", "overstated",
            (long,), Why(How.ALONE, (cause,)),
        )
        for number in range(count)
    )  # fmt: skip
    sides = [Side(name, "2026-11-21", {"substantiated": 1, "overstated": 2}) for name in "ab"]
    return Comparison(sides[0], sides[1], How.ALONE, (), claims, (), (), (cause,) * count)


def test_a_comment_stays_short_enough_and_counts_what_it_leaves_out():
    told = as_markdown(many(500))
    assert len(told) < COMMENT + 1000
    assert len(told) < 65_536
    left_out = int(re.search(r"… and (\d+) more, left out of this comment", told).group(1))
    assert left_out + told.count("- `home-") == 500
    assert "</details>" in told
    assert as_plain(many(500)).count("home-") == 500
    assert "… and 480 more: --json lists them" in as_plain(many(500))
    assert len(json.loads(as_json(many(500)))["claims"]) == 500


def test_the_worst_stands_first():
    """Worsened before improved before the rest, and among the worsened the worst verdict first."""
    verdicts = [
        ("a-001", "substantiated", "overstated"),
        ("a-002", "overstated", "substantiated"),
        ("a-003", "not-an-evidence-question", "contradicted"),
        ("a-004", "overstated", "contradicted"),
        ("a-005", "substantiated", "unsupported"),
    ]
    changes = [ClaimChange(key, "a", turn(was, now), "q", "q", was, now) for key, was, now in verdicts]
    ordered = [change.claim for change in in_order(changes)]
    assert ordered == ["a-004", "a-005", "a-001", "a-002", "a-003"]
