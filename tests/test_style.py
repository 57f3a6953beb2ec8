"""Style, types and layers, checked with the tools that the settings name."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

TOOLS = {
    "ruff lint": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports", "--no-cache"],
}


@pytest.mark.parametrize("command", TOOLS.values(), ids=TOOLS)
def test_tool_is_content(project, command):
    tool = shutil.which(command[0], path=str(Path(sys.executable).parent))
    assert tool, f"{command[0]} is not installed"
    done = subprocess.run([tool, *command[1:]], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_property_sets_a_time_of_its_own(project):
    """The profile in `conftest.py` is that of every property: none fails on a busy machine."""
    assert settings.default.deadline is None
    own = [
        path.name
        for path in sorted((project / "tests").rglob("*.py"))
        if re.search(r"settings\(.*deadline", path.read_text("utf-8"))
    ]
    assert own == []
