"""Commands feel instant: asking for help loads nothing but the command line itself."""

import subprocess
import sys

import click
import pytest

from review.commands.group import app
from review.commands.names import PLACES, help_page

LOADED = """import sys
before = set(sys.modules)
from review.commands.group import app
from review.model.errors import ReviewError
for arguments in {asked}:
    try:
        app(arguments, standalone_mode=False)
    except (SystemExit, ReviewError):
        pass
found = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print("\\nloaded:", *sorted(found - set(sys.stdlib_module_names)))"""


def loaded_by(*asked):
    """The packages, beyond Python's own, that are loaded when the command is asked these things."""
    code = LOADED.format(asked=[list(arguments) for arguments in asked])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_help_of_the_whole_loads_nothing():
    code = (
        "import sys; sys.argv = ['review', '--help']; before = set(sys.modules)\n"
        "from review.cli import main\n"
        "main()\n"
        "print('loaded:', *sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    shown, _, loaded = done.stdout.partition("loaded: ")
    assert shown == help_page()
    assert {name.partition(".")[0] for name in loaded.split()} == {"review"}


def test_help_of_every_command_loads_only_the_command_line():
    assert len(PLACES) > 15
    asked = [("--help",), *((name, "--help") for name in PLACES)]
    assert loaded_by(*asked) == {"click", "review"}


@pytest.mark.parametrize("name", PLACES)
def test_every_name_leads_to_its_command(name):
    command = app.get_command(click.Context(app), name)
    assert command.name == name
    assert command.help


def test_the_page_of_help_fits_an_ordinary_window():
    assert max(map(len, help_page().splitlines())) <= 88


def test_what_is_loaded_would_be_seen():
    assert {"pydantic", "yaml"} <= loaded_by(("check", "--evidence", "nowhere"))


def test_a_worker_of_a_cluster_loads_nothing_for_the_runs_that_others_make_for_it():
    code = "import sys, review.runs.batch.worker\nprint({'dask', 'pandas', 'yaml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
