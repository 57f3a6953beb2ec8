"""What a notebook narrows a review to: nothing unknown is passed over in silence."""

import re

import pytest

from review.workbench import open_review


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ({"pages": "home"}, "'home' is one page, not a list: write ['home']"),
        ({"pages": ["hom"]}, "there is no page 'hom': did you mean 'home'?"),
        ({"pages": ["zzzz"]}, "there is no page 'zzzz': known: home"),
        ({"topics": "cost"}, "'cost' is one topic, not a list"),
        ({"topics": ["costs"]}, "there is no topic 'costs': did you mean 'cost'?"),
        ({"categories": ["efficasy"]}, "there is no category 'efficasy': did you mean 'efficacy'?"),
        ({"jurisdictions": ["usa"]}, "there is no market 'usa': did you mean 'us'?"),
        ({"as_of": "yesterday"}, "YYYY-MM-DD"),
    ],
)
def test_what_there_is_not_is_named_with_the_nearest(folder, selection, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        open_review([folder]).select(**selection)


def test_what_there_is_narrows_and_what_is_left_out_does_not(folder):
    review = open_review([folder])
    assert (
        review.select(["home"], ["cost"]).chosen_claims == review.select(topics=["cost"]).chosen_claims
    )
    assert review.select() == review
