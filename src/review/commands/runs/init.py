"""The command that begins a project."""

from pathlib import Path

import click

from review.model.visible import on_one_line


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a project to begin with into a new FOLDER: notebooks, a sample page and what to do next."""
    from review.runs.new_project import start_project

    names = start_project(folder)
    place = on_one_line(folder.as_posix())
    click.echo(f"{len(names)} files are in {place}. Next: cd {place} && review report")
