"""What a search gave, as it is told on the screen and as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from review.model.visible import on_one_line

if TYPE_CHECKING:
    from review.literature.asking import Found, Looked
    from review.store.additions.searches import SearchesRecorded


def found_lines(
    found: "Found", path: Path, recorded: "SearchesRecorded | None", claim: str
) -> Iterator[str]:
    """What each database gave, where it is written, and what to do next for the `claim`."""
    for looked in found.looked:
        yield from _looked_lines(looked, found.duplicates[looked.database])
    file = on_one_line(path.as_posix())
    if found.hits:
        yield f"different records {len(found.hits):,}, in {file}"
    else:
        yield "no record was found, and no corpus file was written"
    if recorded is None:
        yield "not recorded as a search: no --proposition was named"
    else:
        yield from _recorded_lines(recorded)
    if found.hits:
        yield f"next: review search {json.dumps(claim, ensure_ascii=False)} --corpus {file}"
        yield f"      review literature take {file}"


def _looked_lines(looked: "Looked", again: int) -> Iterator[str]:
    if looked.asked is None:
        yield f"{looked.database}: not asked"
        return
    both = f", given by another too {again:,}" if again else ""
    came = f"records {looked.count:,}, fetched {len(looked.papers):,}"
    yield f"{looked.database}, {looked.asked}: {came}{both}"
    if looked.is_replay:
        yield "  answered by a replay server, not by the database itself"
    if looked.translated not in ("", looked.words):
        yield f"  understood as: {on_one_line(looked.translated)}"
    yield from (f"  it says: {on_one_line(warning)}" for warning in looked.warnings)


def _recorded_lines(recorded: "SearchesRecorded") -> Iterator[str]:
    for file in recorded.files:
        yield f"recorded in {on_one_line(file.as_posix())}"
    for search in recorded.added:
        yield f"  {search.proposition}, {search.database}, {search.date}, by {on_one_line(search.who)}"
    for search in recorded.known:
        where = f"{search.proposition}, {search.database}, {search.date}"
        yield f"recorded already, and left as it is: {where}"
    if to_screen := sum(search.to_screen for search in recorded.added):
        yield f"records that nobody has looked through {to_screen:,}: until it is written there how many"
        yield "  were screened, excluded and kept, nothing found does not count as nothing there"


def found_fields(found: "Found", path: Path, recorded: "SearchesRecorded | None") -> dict[str, object]:
    """The same as one JSON object; what is not known is null."""
    return {
        "databases": [_looked_fields(looked, found) for looked in found.looked],
        "records": len(found.hits),
        "corpus": path.as_posix() if found.hits else None,
        "recorded": len(recorded.added) if recorded else None,
    }


def _looked_fields(looked: "Looked", found: "Found") -> dict[str, object]:
    is_asked = looked.asked is not None
    return {
        "database": looked.database,
        "query": looked.words,
        "asked": str(looked.asked) if is_asked else None,
        "replayed": looked.is_replay,
        "hits": looked.count if is_asked else None,
        "fetched": len(looked.papers) if is_asked else None,
        "duplicates": found.duplicates[looked.database] if is_asked else None,
        "translated": looked.translated or None,
        "warnings": list(looked.warnings),
        "problems": [problem.fault for problem in looked.problems],
    }
