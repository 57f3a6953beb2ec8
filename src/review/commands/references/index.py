"""The command that puts down the file of Retraction Watch as a witness."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from review.literature.services.answer import Answer

MAX_BYTES = 300_000_000
"""What the file may hold; it has some 70 MB."""


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def index(file: Path | None) -> None:
    """Keep the file of Retraction Watch, from FILE or, without one, from where Crossref gives it out.

    `review references check` then asks it about every reference. A record of the file that cannot be
    read is told, and the exit code is 5.
    """
    from review.literature.services.answer import State
    from review.literature.services.retraction_watch import read_index
    from review.model.errors import InFile, InOption, InputError, ServiceError

    answer = _put_down(file) if file else _fetched()
    name = file.as_posix() if file else "retraction_watch.csv"
    if answer.state is not State.FOUND:
        remedy = "Get retraction_watch.csv from gitlab.com/crossref/retraction-watch-data."
        if file:
            raise InputError.at(InFile(name), answer.fault, remedy=remedy)
        raise ServiceError.at(InOption("FILE"), answer.fault, remedy=remedy)
    read = read_index(answer.content, name)
    natures = Counter(row.nature for row in read.rows)
    days = [row.date for row in read.rows if row.date]
    click.echo(f"notices {len(read.rows)}")
    for nature, number in sorted(natures.items()):
        click.echo(f"  {nature or 'without a nature'}: {number}")
    click.echo(f"newest {max(days, default='not known')}")
    click.echo(f"bytes that are no UTF-8 {read.replaced}")
    click.echo(f"sha256 {answer.sha256}")
    click.echo("concerns and corrections are incomplete in this file, as Crossref says")
    if read.problems:
        raise InputError(list(read.problems))


def _put_down(file: Path) -> "Answer":
    from review.literature.services.door import Reach, open_door
    from review.literature.services.retraction_watch import index as whole_file
    from review.store.clock import utc_now
    from review.store.files.plain_file import read_plain

    content = read_plain(file, MAX_BYTES, file.as_posix())
    with open_door(Reach.MISSING, services=()) as door:
        return door.keep(whole_file(), content, utc_now())


def _fetched() -> "Answer":
    from review.literature.services.door import Reach, open_door
    from review.literature.services.retraction_watch import index as whole_file
    from review.literature.services.terms import Service

    with open_door(Reach.RENEWED, services=[Service.RETRACTION_WATCH]) as door:
        return door.ask(whole_file())
