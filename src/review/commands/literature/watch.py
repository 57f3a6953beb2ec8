"""The command that asks again what was asked before: watch."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.literature.sending import agreed, contact_option, send_option, will_be_sent
from review.commands.options import evidence_option
from review.model.errors import ServiceError
from review.model.extras import require
from review.model.visible import on_one_line, visible

if TYPE_CHECKING:
    from review.literature.services.terms import Service
    from review.literature.watching.plan import Plan
    from review.literature.watching.run import Watched

FOLDER = Path("build/literature")
NEWS = 12
"""The exit code where something is new or due, and everything was asked."""


@click.command()
@evidence_option
@click.option(
    "--without",
    multiple=True,
    metavar="NAME",
    help="Leave out a database, a registry entry, `trials` or `references`; again for more.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=FOLDER, show_default=True, help="Folder."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--most",
    type=click.IntRange(1, 10_000),
    default=1_000,
    show_default=True,
    help="Records of each search.",
)
@send_option
@contact_option
def watch(
    folders: tuple[Path, ...],
    without: tuple[str, ...],
    most: int,
    out: Path,
    form: str,
    send: bool,
    contact: str,
) -> None:
    """Make the recorded searches again since their last day; look again at trials and references.

    Lists what is new with the propositions it may bear on, what became of registered trials, which
    notices were published about references, and which judgements are due; writes it as a file too, and
    what it has seen to watch/ of the last evidence folder. Ends
    with 0 where nothing is new or due, 12 where something is, and 10 where something was not asked.
    """
    require("pages", "review literature watch")
    from review.commands.literature.watched import watched_fields, watched_lines
    from review.literature.services.door import Reach, open_door
    from review.literature.services.wire import replay_of
    from review.literature.watching.run import planned, watch
    from review.store.clock import utc_now
    from review.store.read import read_evidence
    from review.store.watch import Watchbook

    evidence = read_evidence(folders)
    book = Watchbook(folders[-1], is_replay=replay_of("") is not None)
    plan = planned(book, evidence, without)
    services = _services(plan)
    click.echo(visible("\n".join(_plan_lines(plan, services, contact))), err=True)
    if services and not agreed(send):
        click.echo("nothing was sent", err=True)
        return
    day = utc_now().date()
    with open_door(Reach.RENEWED, services=services, contact=contact) as door:
        watched = watch(book, folders, evidence, plan, door, day, most)
    text = visible("\n".join(watched_lines(watched))) + "\n"
    _write(watched, text, out)
    click.echo(
        json.dumps(watched_fields(watched), ensure_ascii=False) if form == "json" else text.rstrip()
    )
    book.mark_told(watched.news, day)
    if watched.problems:
        raise ServiceError(watched.problems)
    if watched.news or watched.due:
        raise click.exceptions.Exit(NEWS)


def _services(plan: "Plan") -> "list[Service]":
    from review.literature.asking import SERVICES
    from review.literature.services.terms import Service

    asked = dict.fromkeys(SERVICES[again.database] for again in plan.searches)
    if plan.trials:
        asked[Service.CLINICALTRIALS] = None
    # The witnesses of references are all of them.
    return list(Service) if plan.references else list(asked)


def _plan_lines(plan: "Plan", services: "Sequence[Service]", contact: str) -> Iterable[str]:
    """What would be sent, word for word."""
    from review.literature.services.terms import TERMS

    for again in plan.searches:
        yield f"[{again.database}] since {again.since}: {on_one_line(again.query)}"
    if plan.trials:
        yield f"[ClinicalTrials.gov] {', '.join(plan.trials)}"
    if plan.references:
        yield f"[witnesses of references] the identifiers of {', '.join(plan.references)}"
    if services:
        yield from will_be_sent([TERMS[service].host for service in services], contact)
    else:
        yield "There is nothing to ask: no search of a database, trial or identifier."


def _write(watched: "Watched", text: str, out: Path) -> None:
    """The list as a file that a person can read, and the new records as a corpus to take from."""
    from review.literature.corpus_file import corpus_text
    from review.store.files.made_file import free_path, write_made

    path = free_path(out, f"watch-{watched.day}", ".md")
    write_made(path, text.encode())
    if watched.hits:
        write_made(path.with_suffix(".json"), corpus_text(watched.hits).encode())
