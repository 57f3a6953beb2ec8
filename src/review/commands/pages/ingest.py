"""The command that brings a page in: ingest."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option
from review.model.errors import InOption, ParameterError
from review.model.extras import require
from review.model.visible import on_one_line, visible

if TYPE_CHECKING:
    from review.ingest.page import Brought
    from review.ingest.reread import Changes


@click.command()
@click.argument("source")
@click.option("--page", required=True, help="The id of the page: small letters, digits, hyphens.")
@click.option("--title", default="", help="Its title; else the one that the source names.")
@click.option("--kind", default="", help="Its kind, see PageKind; else other.")
@evidence_option
@click.option("--date", "day", default="", help="When it was read, YYYY-MM-DD; else today.")
@click.option("--allow-private", is_flag=True, help="Also fetch from addresses that are not public.")
@click.option("--update", is_flag=True, help="Replace the text of a page that is there.")
@click.option("--accept", "accepted", multiple=True, metavar="CLAIM", help="Take a claim's new words.")
@click.option("--follows", default="", metavar="PAGE", help="The page whose newer version this is.")
def ingest(
    source: str,
    page: str,
    title: str,
    kind: str,
    folders: tuple[Path, ...],
    day: str,
    allow_private: bool,
    update: bool,
    accepted: tuple[str, ...],
    follows: str,
) -> None:
    """Bring SOURCE into an evidence folder as a page: an https:// address or a file.

    The file may be HTML, PDF, DOCX, Markdown or plain text. The page goes to the last --evidence. A
    page that is there already is only compared, claim by claim, unless --update is given.
    """
    require("pages", "review ingest")
    from review.ingest.page import Request, bring

    request = Request(
        source,
        page,
        title,
        kind,
        captured=_day(day),
        allow_private=allow_private,
        follows=follows,
        update=update,
        accepted=frozenset(accepted),
    )
    brought = bring(folders, request, datetime.now(UTC).astimezone().date())
    for line in _brought_lines(brought, folders):
        click.echo(visible(line))


def _day(text: str) -> date | None:
    from review.model.fields import iso_date

    try:
        return iso_date(text) if text else None
    except ValueError as error:
        raise ParameterError.at(InOption("--date"), str(error), remedy="Write YYYY-MM-DD.") from None


def _brought_lines(brought: "Brought", folders: Sequence[Path]) -> Iterator[str]:
    page, capture = brought.page, brought.capture
    lines = page.text.count("\n")
    yield f"page {page.page}: {len(page.text):,} characters, {lines:,} lines, SHA-256 {page.sha256}"
    size = f"{capture.format}, {capture.size:,} bytes"
    yield f"read from {on_one_line(capture.source)}: {size}, SHA-256 {capture.sha256}"
    yield f"text: {capture.reading}"
    for note in capture.notes:
        yield f"note: {note}"
    for label, passages in (
        ("only the walk over the page kept", capture.only_walk),
        ("only the article extractor kept", capture.only_article),
        ("set aside (menus, footers, banners, hidden parts, words for pictures)", capture.set_aside),
    ):
        yield f"{label}: {len(passages)}"
        yield from (f"  {passage}" for passage in passages)
    if brought.changes is not None:
        yield from _change_lines(brought.changes)
    options = "".join(f" --evidence {on_one_line(folder.as_posix())}" for folder in folders)
    if not brought.written:
        yield "nothing was written; give --update to replace the text"
    else:
        yield f"next: review suggest {page.page}{options}"


def _change_lines(changes: "Changes") -> Iterator[str]:
    moved = [item for item in changes.kept if not item.stays]
    yield f"claims that stay: {len(changes.kept) - len(moved)}"
    yield f"claims that moved: {len(moved)}"
    for item in moved:
        place = f"{item.claim.start}-{item.claim.end} to {item.start}-{item.end}"
        yield f"  {item.claim.claim}, {place}: {item.claim.quote}"
    yield f"claims that changed: {len(changes.changed)}"
    for change in changes.changed:
        yield f"  {change.claim.claim}, alike by {change.similarity:g} of 100"
        yield f"    was: {change.claim.quote}"
        yield f"    now: {change.quote}"
    yield f"claims that are gone: {len(changes.gone)}"
    yield from (f"  {claim.claim}: {claim.quote}" for claim in changes.gone)
    yield f"new passages without a claim: {len(changes.new)}"
    yield from (f"  {passage}" for passage in changes.new)
