"""What learners are drawn: the same for the same seed and id, and no harder for one than for another."""

import subprocess
import sys
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem
from review.teaching.make.draw import drawn

KEY = Key("1", "Because.", KeyBasis.RULE, "A rule", "A place")
LEARNERS = [f"L{number:02d}" for number in range(1, 31)]


def group(
    name: str, size: int, difficulty: int, choices: tuple[str, ...] = ("1", "2")
) -> list[LessonItem]:
    """A group of items of one difficulty."""
    return [
        LessonItem(f"{name}.{number}", 4, name, "?", choices, AnswerScale.ORDINAL, difficulty, KEY)
        for number in range(size)
    ]


def pool(*groups: list[LessonItem]) -> list[LessonItem]:
    return [item for one in groups for item in one]


pools = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 3), st.sampled_from([("1", "2"), ("a", "b", "c")])),
    min_size=1,
    max_size=25,
).map(lambda made: pool(*(group(f"g{n}", *one) for n, one in enumerate(made))))


@settings(max_examples=60)
@given(pools, st.integers(0, 2**31), st.integers(6, 60))
def test_every_learner_gets_whole_groups_and_the_same_number_of_each_difficulty(items, seed, count):
    sizes = Counter(item.group for item in items)
    papers = [drawn(items, learner, seed, count) for learner in ("L01", "L02", "L03")]
    for paper in papers:
        assert 0 < len(paper) <= count
        assert len({item.item for item in paper}) == len(paper)
        assert all(own == sizes[name] for name, own in Counter(i.group for i in paper).items())
    assert len({tuple(sorted((i.choices, i.difficulty) for i in paper)) for paper in papers}) == 1


@settings(max_examples=60)
@given(pools, st.randoms(use_true_random=False), st.integers(6, 60))
def test_the_order_of_the_pool_does_not_matter_beyond_a_group(items, random, count):
    names = list(dict.fromkeys(item.group for item in items))
    random.shuffle(names)
    shuffled = [item for name in names for item in items if item.group == name]
    assert drawn(shuffled, "L01", 7, count) == drawn(items, "L01", 7, count)


@settings(max_examples=60)
@given(pools, st.integers(6, 60))
def test_no_group_that_would_still_fit_is_left_out(items, count):
    paper = drawn(items, "L01", 7, count)
    left = {item.group for item in items} - {item.group for item in paper}
    sizes = Counter(item.group for item in items)
    assert all(len(paper) + sizes[name] > count for name in left)


def test_kinds_and_difficulties_come_in_equal_shares():
    trials = [group(f"t{n}", 1, 1 + n % 3) for n in range(12)]
    series = [group(f"s{n}", 1, 1 + n % 3, ("a", "b")) for n in range(12)]
    paper = drawn(pool(*trials, *series), "L01", 7, 12)
    assert Counter((item.choices, item.difficulty) for item in paper) == dict.fromkeys(
        [(choices, difficulty) for choices in (("1", "2"), ("a", "b")) for difficulty in (1, 2, 3)], 2
    )


def test_learners_and_seeds_draw_differently():
    items = pool(*(group(f"g{n}", 2, 1 + n % 3) for n in range(60)))
    papers = {learner: drawn(items, learner, 7, 12) for learner in LEARNERS}
    assert len(set(papers.values())) == len(LEARNERS)
    overlaps = [len({*a} & {*b}) for a, b in combinations(papers.values(), 2)]
    assert sum(overlaps) / len(overlaps) < 3
    assert all(drawn(items, learner, 8, 12) != paper for learner, paper in papers.items())


def test_a_draw_does_not_depend_on_the_process():
    code = (
        "from tests.teaching.test_draw import *;"
        "items = pool(*(group(f'g{n}', 2, 1 + n % 3) for n in range(60)));"
        "print([item.item for item in drawn(items, 'L01', 7, 12)])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_fewer_items_than_a_group_has_cannot_be_drawn():
    with pytest.raises(ValueError, match="no group of items has 5 or fewer"):
        drawn(group("g", 6, 1), "L01", 7, 5)
