"""An evidence folder that is hostile wherever text can be."""

from pathlib import Path

import pytest
from hostile_text import decided_upon, spoilt


@pytest.fixture
def hostile(folder) -> Path:
    hostile = spoilt(folder)
    decided_upon(hostile)
    return hostile
