"""A page brought into an evidence folder, or a changed one compared with what stands there."""

import hashlib
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from review.ingest.bounded import read_source
from review.ingest.reading import Reading
from review.ingest.reread import Changed, Changes, changes
from review.ingest.sources.fetch import fetched
from review.ingest.sources.source import Source, file_source
from review.model.errors import EvidenceError, InFile, InOption, InputError, InSource, ParameterError
from review.model.records import Capture, Claim, Evidence, Page
from review.model.vocabulary import NOT_REPORTED, PageFormat, PageKind
from review.network.address import is_url
from review.store.bounds import Bounds, within
from review.store.files.together import changing, write_together
from review.store.files.whole_file import lock_beside, locked
from review.store.files.yaml_file import MAX_BYTES as MAX_YAML
from review.store.files.yaml_file import write_yaml
from review.store.layout import CAPTURES, ORIGINAL_SUFFIX, ORIGINALS, PAGES, TABLES
from review.store.snapshot import read_evidence
from review.store.table import changed_table

COMPARING = Bounds(seconds=60, gigabytes=4)
"""For holding a page against its earlier text, claim by claim."""
_PAGE_TABLE = next(table for table in TABLES if table.record is Page)
_CLAIM_TABLE = next(table for table in TABLES if table.record is Claim)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: the source, the page it becomes, and what may be done.

    `title`, `kind` and `captured` may be left open. `follows` names the page whose newer version this
    is. `update` lets the text of a page that is there be replaced, `accepted` names the claims whose
    new words were accepted.
    """

    source: str
    page: str
    title: str = ""
    kind: str = ""
    captured: date | None = None
    allow_private: bool = False
    follows: str = ""
    update: bool = False
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a request: the page, how it was read, and what changed where one was there.

    `written` is false where the page is only compared with the one in the folder.
    """

    page: Page
    capture: Capture
    written: bool
    changes: Changes | None = None


def bring(folders: Sequence[Path], request: Request, today: date) -> Brought:
    """Read a source and write it as a page into the last of `folders`; gives what came of it.

    A page that is there already is compared and left alone, unless `update` is asked for. Everything
    is written together or nothing. Raises ParameterError, InputError, EvidenceError or OutputError
    with every problem; then nothing is written. One run at a time writes into a folder.
    """
    folder = folders[-1]
    beside = lock_beside(folder)
    # A folder that is not there yet can only be locked beside its place. Without its parent there is no
    # place for that either; what is wrong is said when the folder is made.
    with (
        locked(beside) if beside.parent.is_dir() else nullcontext(),
        changing(folder) if folder.is_dir() else nullcontext(),
    ):
        return _brought(folders, request, today)


def _brought(folders: Sequence[Path], request: Request, today: date) -> Brought:
    folder = folders[-1]
    # The folder that is written into may be new; any other that is missing is a problem.
    there = [path for path in folders if path.exists() or path != folder]
    evidence = read_evidence(there)
    _check(request, evidence, folder)
    source = _source(request)
    kind, reading = read_source(source)
    page = _page(request, source, kind, reading, evidence, today)
    capture = _capture(request, source, kind, reading)
    before = evidence.pages.get(request.follows or request.page)
    if before is None:
        _write(folder, page, capture, source.content, [])
        return Brought(page, capture, written=True)
    claims = [claim for claim in evidence.claims.values() if claim.page == before.page]
    remedy = "Bring it in as a page of its own: give another id with --page."
    with within(COMPARING, InSource(source.name), remedy):
        outcome = changes(before.text, page.text, sorted(claims, key=lambda claim: claim.start))
    if not request.update and not request.follows:
        return Brought(page, capture, written=False, changes=outcome)
    rows = _rows(request, evidence, outcome)
    _write(folder, page, capture, source.content, rows)
    return Brought(page, capture, written=True, changes=outcome)


def _source(request: Request) -> Source:
    if is_url(request.source):
        return fetched(request.source, allow_private=request.allow_private)
    return file_source(Path(request.source))


def _check(request: Request, evidence: Evidence, folder: Path) -> None:
    """Everything that can be said without looking at the source."""
    problems = []
    if request.kind and request.kind not in list(PageKind):
        remedy = f"Choose one of {', '.join(PageKind)}."
        fault = f"the kind {request.kind!r} is unknown"
        problems.append(InOption("--kind").problem(fault, remedy=remedy))
    place = evidence.places.get(("page", request.page))
    if place and Path(place.path).parent != folder:
        remedy = "Name that folder last, or choose another id."
        fault = f"{request.page!r} stands in {place.path}"
        problems.append(InOption("--page").problem(fault, remedy=remedy))
    if request.follows and request.page in evidence.pages:
        fault = f"there is a page {request.page!r} already"
        remedy = "A page that follows another needs a new id."
        problems.append(InOption("--page").problem(fault, remedy=remedy))
    if request.follows and request.follows not in evidence.pages:
        fault = f"there is no page {request.follows!r}"
        remedy = f"Known: {', '.join(evidence.pages)}."
        problems.append(InOption("--follows").problem(fault, remedy=remedy))
    for key in sorted(request.accepted - set(evidence.claims)):
        remedy = "Correct the id."
        problems.append(InOption("--accept").problem(f"there is no claim {key!r}", remedy=remedy))
    if problems:
        raise ParameterError(problems)


def _page(
    request: Request, source: Source, kind: PageFormat, reading: Reading, evidence: Evidence, today: date
) -> Page:
    before = evidence.pages.get(request.follows or request.page)
    cells = {
        "page": request.page,
        "title": request.title or (before.title if before else reading.title) or request.page,
        "kind": request.kind or (before.kind if before else PageKind.OTHER),
        "sha256": _digest(reading.text.encode()),
        "captured": str(request.captured or today),
        "url": source.url or NOT_REPORTED,
        "note": _note(request, kind),
        "text": reading.text,
    }
    try:
        return Page.model_validate(cells)
    except ValidationError as error:
        raise ParameterError(
            [
                InOption(f"--{detail['loc'][0]}").problem(
                    detail["msg"].removeprefix("Value error, "), remedy="Correct it."
                )
                for detail in error.errors(include_url=False)
            ]
        ) from None


def _note(request: Request, kind: PageFormat) -> str:
    follows = f" Follows {request.follows}." if request.follows else ""
    return f"Read from {kind}; third-party text quoted for review.{follows}"


def _capture(request: Request, source: Source, kind: PageFormat, reading: Reading) -> Capture:
    return Capture(
        page=request.page,
        format=kind,
        source=source.name,
        sha256=_digest(source.content),
        size=len(source.content),
        reading=reading.reading,
        notes=(*source.notes, *reading.notes),
        only_walk=reading.only_walk,
        only_article=reading.only_article,
        set_aside=reading.set_aside,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _rows(request: Request, evidence: Evidence, outcome: Changes) -> list[Claim]:
    """The claims of the new text. Raises EvidenceError where a claim of the old one is left over.

    In place every claim must still stand, or its new words be accepted; a page that follows takes
    over those that stand or are accepted, under ids of its own, and leaves the others to the old page.
    """
    accepted = [item for item in outcome.changed if item.claim.claim in request.accepted]
    if not request.follows:
        _refuse_loss(request, evidence, outcome, accepted)
    taken = [(item.claim, item.start, item.end, item.claim.quote) for item in outcome.kept]
    taken += [(item.claim, item.start, item.end, item.quote) for item in accepted]
    return [
        claim.model_copy(
            update={
                "claim": f"{request.page}-{claim.claim.rpartition('-')[2]}",
                "page": request.page,
                "start": start,
                "end": end,
                "quote": quote,
            }
        )
        for claim, start, end, quote in taken
    ]


def _refuse_loss(
    request: Request, evidence: Evidence, outcome: Changes, accepted: Collection[Changed]
) -> None:
    decided = {decision.claim for decision in evidence.decisions}
    other = f"bring the text in as a new page with --page {request.page}-2 --follows {request.page}"
    problems = []
    for change in outcome.changed:
        key = change.claim.claim
        place = evidence.places["claim", key]
        if change in accepted and key in decided:
            fault = f"{key} was decided upon, so its words cannot be changed under the decision"
            problems.append(place.problem(fault, remedy=f"{other[0].upper()}{other[1:]}."))
        elif change not in accepted:
            fault = f"{key} now reads {change.quote!r}"
            problems.append(place.problem(fault, remedy=f"Give --accept {key}, or {other}."))
    for claim in outcome.gone:
        place = evidence.places["claim", claim.claim]
        fault = f"{claim.claim} is no longer on the page"
        problems.append(place.problem(fault, remedy=f"{other[0].upper()}{other[1:]}."))
    if problems:
        raise EvidenceError(problems)


def _write(folder: Path, page: Page, capture: Capture, original: bytes, claims: Sequence[Claim]) -> None:
    captured = _capture_text(capture)
    # None takes a file away: the original of a page that came in another format before.
    contents: dict[str, bytes | None] = {
        f"{ORIGINALS}/{page.page}{suffix}": None
        for suffix in ORIGINAL_SUFFIX.values()
        if (folder / ORIGINALS / f"{page.page}{suffix}").exists()
    }
    contents |= {
        f"{PAGES}/{page.page}.txt": page.text.encode(),
        f"{ORIGINALS}/{page.page}{ORIGINAL_SUFFIX[capture.format]}": original,
        f"{CAPTURES}/{page.page}.yml": captured,
        _PAGE_TABLE.file: changed_table(folder, _PAGE_TABLE, [page]),
    }
    if claims:
        contents[_CLAIM_TABLE.file] = changed_table(folder, _CLAIM_TABLE, claims)
    if folder.exists():
        write_together(folder, contents)
        return
    _make(folder)
    with changing(folder):
        write_together(folder, contents)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        fault = f"the folder cannot be made: {error.strerror}"
        raise InputError.at(InFile(str(folder)), fault, remedy="Correct the path.") from None


def _capture_text(capture: Capture) -> bytes:
    tree = {
        key: [str(item) for item in value] if isinstance(value, tuple) else str(value)
        for key, value in capture
        if key != "page"
    }
    content = write_yaml(tree).encode()
    if len(content) > MAX_YAML:
        fault = "the page leaves out more than can be listed"
        raise InputError.at(InSource(capture.source), fault, remedy="Give its text as plain text.")
    return content
