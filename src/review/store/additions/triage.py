"""The triage of a page on disk: each action is written to the last evidence folder at once."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from review.model.errors import InField, InFile, InputError, OutputError, ParameterError
from review.model.record import Record
from review.model.records import Claim, Evidence, Proposition, Refusal
from review.people.entries import Entered
from review.people.triage import Change, Session, Suggested
from review.store.files.together import changing, settle, write_together
from review.store.layout import TABLES, EvidenceTable
from review.store.read import read_claims
from review.store.table import changed_table

_TABLE = {table.record: table for table in TABLES}


def triage_session(folders: Sequence[Path], page: str, suggestions: Sequence[Suggested]) -> Session:
    """The triage of `page` as the files are now; the last of `folders` is one's own and may be missing.

    Raises InputError or EvidenceError where the evidence cannot be used, or has no such page;
    OutputError where what a run that died had begun there cannot be finished.
    """
    own = folders[-1]
    settle(own)
    evidence = read_claims([folder for folder in folders if folder != own or folder.exists()])
    if page not in evidence.pages:
        remedy = f"Choose one of {', '.join(evidence.pages)}." if evidence.pages else "Add its text."
        raise InputError.at(InField(Entered.PAGE), f"there is no page {page!r}", remedy=remedy)
    return Session(
        page=evidence.pages[page],
        suggestions=suggestions,
        claims={key: claim for key, claim in evidence.claims.items() if claim.page == page},
        refusals={key: row for key, row in evidence.refusals.items() if row.page == page},
        propositions=evidence.propositions,
        fixed=_elsewhere(evidence, own),
        decided=frozenset(decision.claim for decision in evidence.decisions),
    )


def record_triage(
    folders: Sequence[Path], seen: Session, key: str, act: Callable[[Session], Change]
) -> tuple[Session, Change]:
    """Do what `act` gives for the item `key`, as it was `seen`, in the last of `folders`.

    The key is empty for what concerns no item that was shown.

    The files are read and written under one lock, so that of several people at once each sees what the
    others wrote. Gives the session afterwards and what was written. Raises ParameterError with every
    problem of the action, InputError or EvidenceError where the evidence cannot be used, OutputError
    where a file cannot be written; then nothing is changed.
    """
    own = folders[-1]
    _make(own)
    with changing(own):
        now = triage_session(folders, seen.page.page, seen.suggestions)
        if now.page != seen.page or (key and now.item(key) != seen.item(key)):
            fault = f"{key} has changed since it was shown"
            remedy = "Look at it again, then choose."
            raise ParameterError.at(InField(Entered.SUGGESTION), fault, remedy=remedy)
        change = act(now)
        _write(own, change)
    return now.after(change), change


def _elsewhere(evidence: Evidence, own: Path) -> dict[str, str]:
    """The claims that stand in another folder's file, with that file."""
    file = (own / _TABLE[Claim].file).as_posix()
    places = {key: evidence.places["claim", key].path for key in evidence.claims}
    return {key: place for key, place in places.items() if place != file}


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fault = f"the folder cannot be made: {error.strerror}"
        raise OutputError.at(InFile(str(folder)), fault, remedy="Choose another.") from None


def _write(folder: Path, change: Change) -> None:
    """Write all that an action changes together, so that no id is ever lost."""
    changed = (
        *_changed(folder, _TABLE[Proposition], change.propositions),
        *_changed(folder, _TABLE[Refusal], change.refusals),
        *_changed(folder, _TABLE[Claim], change.claims, change.retired),
    )
    if changed:
        write_together(folder, dict(changed))


def _changed(
    folder: Path, table: EvidenceTable, rows: Sequence[Record], retired: frozenset[str] = frozenset()
) -> Iterator[tuple[str, bytes]]:
    """The file with `rows` in place of those with their ids, in the canonical order, if any change."""
    if rows or retired:
        yield table.file, changed_table(folder, table, rows, retired)
