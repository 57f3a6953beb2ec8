"""Studies are named in sentences as the tables name them, and never by a key that tells nothing."""

import re

import pytest

from review.report.evidence.profiles import citations_by_key, citing
from review.report.parts.document import Bullets, Kind, Paragraph, Run, keeps_with_next

CITATIONS = {"gan2005": "Gan et al. 2005", "prp_history": "“PRP history 2020”", "label": "A maker 2020"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("In gan2005 34% responded.", "In Gan et al. 2005 34% responded."),
        ("Two (gan2005,\n prp_history).", "Two (Gan et al. 2005, “PRP history 2020”)."),
        ("The link gan2005-1 and wang2010 stay.", "The link gan2005-1 and wang2010 stay."),
        ("The label says so.", "The label says so."),
    ],
)
def test_a_key_gives_way_to_the_citation(text, said):
    assert citing(text, CITATIONS) == said


def test_every_citation_names_one_reference(review):
    citations = citations_by_key(review)
    assert set(citations) == set(review.evidence.references)
    assert len(set(citations.values())) == len(citations)


def test_no_step_names_a_study_by_its_key(whole):
    keys = {row.key for row in whole.references if re.search("[0-9_]", row.key)}
    bare = re.compile(rf"(?<![\w\[-])({'|'.join(map(re.escape, sorted(keys)))})(?![\w-])")
    said = [step.reason for profile in whole.profiles for step in profile.steps]
    assert any("et al." in reason for reason in said)
    assert [reason for reason in said if bare.search(reason)] == []


def test_a_paragraph_stays_with_the_list_or_the_small_print_it_leads_to():
    lead, small = Paragraph((Run("Why:"),)), Paragraph((Run("Claims: a"),), Kind.SOFT)
    points = Bullets(((Run("one"),),))
    assert keeps_with_next(lead, points)
    assert keeps_with_next(lead, small)
    assert keeps_with_next(small, points)
    assert not keeps_with_next(lead, lead)
    assert not keeps_with_next(points, lead)
    assert not keeps_with_next(lead, None)
