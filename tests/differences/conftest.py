"""A small clinic folder under git, with one recorded judgement."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sample_changes import commit, judge

from review.differences.compare import compared
from review.differences.model import Comparison


@pytest.fixture
def clinic(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small folder, recorded in a repository that is the current folder; the page stands."""
    judge(folder)
    commit(folder.parent)
    monkeypatch.chdir(folder.parent)
    return folder


@pytest.fixture
def diff(clinic: Path) -> Callable[..., Comparison]:
    """The comparison of two sides, of HEAD and the working tree if none is named."""

    def made(old: str = "HEAD", new: str | None = None) -> Comparison:
        return compared(old, new, [Path(clinic.name)])

    return made
