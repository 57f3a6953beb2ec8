"""The reports that tests of rows and figures share, and a folder hostile wherever text can be."""

import json
from pathlib import Path

import pytest
from hostile_text import decided_upon, spoilt

from review.model.vocabulary import Measure
from review.report.evidence.forests import forest_of
from review.synthesis import Described, Effect
from review.synthesis.poolable import Comparator


@pytest.fixture(scope="session")
def bcg(project):
    """Thirteen trials of the BCG vaccine, and what R's metafor makes of them."""
    path = project / "tests" / "rules" / "metafor" / "reference.json"
    data = json.loads(path.read_text("utf-8"))["sets"]["bcg_rr"]
    named = zip(data["study"], data["yi"], data["vi"], strict=True)
    studies = [
        Described(Effect(*row), "BCG", Comparator.CONTROLLED, "tuberculosis", Measure.RISK_RATIO)
        for row in named
    ]
    names = {study: study for study in data["study"]}
    return data, forest_of("bcg-1", "BCG vaccination prevents tuberculosis.", studies, names)


@pytest.fixture
def hostile(folder) -> Path:
    hostile = spoilt(folder)
    decided_upon(hostile)
    return hostile
