"""The command that makes a lesson for a class: lesson make."""

from pathlib import Path

import click

from review.commands.options import evidence_option, notebook_option
from review.commands.remarks import tell
from review.model.extras import require
from review.model.visible import on_one_line


@click.command()
@click.option("--lesson", "number", type=int, required=True, help="Which lesson: 1 to 6.")
@click.option(
    "--students",
    type=click.Path(path_type=Path),
    required=True,
    help="CSV or XLSX with the column learner: ids of letters, digits, - and _.",
)
@click.option("--seed", type=int, required=True, help="Another number draws other items.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new or empty folder.")
@click.option(
    "--items",
    "count",
    type=click.IntRange(1, 500),
    help="Items a learner gets at most, instead of what fits 90 minutes.",
)
@evidence_option
@notebook_option
def make(
    number: int,
    students: Path,
    seed: int,
    out: Path,
    count: int | None,
    folders: tuple[Path, ...],
    notebook: Path | None,
) -> None:
    """Make a notebook and a handout for each learner, without answers, and the teacher's key."""
    require("lab", "review lesson make")
    # Behind the check: they load what only that extra installs.
    from review.runs.report_run import project_folder
    from review.teaching.make.read import LessonRequest
    from review.teaching.make.run import make_lesson

    click.echo(f"Making lesson {number}")
    request = LessonRequest(
        number, students, seed, out, folders, count or 0, notebook and notebook.absolute()
    )
    roster, files = make_lesson(request, project_folder())
    tell(roster.remarks)
    click.echo(f"{on_one_line(out.as_posix())}: {len(files)} files for {len(roster.learners)} learners")
    click.echo("Hand out students and handouts; instructor is for you.")
