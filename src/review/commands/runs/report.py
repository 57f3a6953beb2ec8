"""Commands that run notebooks: report, refresh."""

from pathlib import Path

import click

from review.commands.options import evidence_option, notebook_option
from review.model.extras import require
from review.model.visible import on_one_line

BRIEF = "brief.pdf"


@click.command()
@click.option(
    "-p",
    "--parameter",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="A parameter of the run; again for more. Lists are written with commas.",
)
@evidence_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build/report"),
    show_default=True,
    help="The folder to write.",
)
@notebook_option
def report(
    parameters: tuple[tuple[str, str], ...], folders: tuple[Path, ...], out: Path, notebook: Path | None
) -> None:
    """Run the report notebook and write the report to a folder, in every format.

    Parameters: pages, topics, categories (all if not given), jurisdictions (us, uk, au, eu, ie; those
    that the evidence names if not given), framework (grade, ocebm, both), start_rule (classic,
    robins-i, core), upgrading (strict, lenient), information_size, as_of (YYYY-MM-DD), audience
    (director, clinic, class), reviewer, organisation, citation_style (vancouver if not given, or any
    CSL style), word_template (a .docx whose styles to use), suggest_edits (false leaves comments only
    in the edited pages), ro_crate (true adds a description of the folder for archives), out.
    """
    from review.runs.report_run import run_report

    click.echo("Checking the parameters and the evidence")
    folder = run_report(parameters, folders, out, Path.cwd(), notebook)
    place = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    name = on_one_line(place.as_posix())
    click.echo(f"The report is in {name}: open {name}/report.html")
    if (folder / BRIEF).is_file():
        click.echo(f"Two pages to read first and to sign: {name}/{BRIEF}")


@click.command()
def refresh() -> None:
    """Run the notebooks with their default parameters and store their outputs."""
    require("lab", "review refresh")
    from review.runs.refresh import refresh_notebooks
    from review.runs.report_run import project_folder

    for path, changed in refresh_notebooks(project_folder()):
        click.echo(f"{'changed  ' if changed else 'unchanged'} {path.name}")
