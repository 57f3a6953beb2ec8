"""Evidence folders to records: everything is read, every problem is collected, then one answer given."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import merge
from importlib.resources import files
from os.path import lexists
from pathlib import Path
from typing import Any, TypeVar

from review.model.bibliography import read_bibliography
from review.model.citing import Citation, FidelityJudgement
from review.model.errors import EvidenceError, InFile, InputError, Problem
from review.model.knowledge.packs import (
    CuePack,
    FlagPack,
    Packs,
    RegisterPack,
    SensePack,
    TermPack,
    TriggerPack,
    UnitPack,
    WordPack,
)
from review.model.knowledge.phrases import OURS
from review.model.knowledge.subject import Name, Subject, Synonym, Topic
from review.model.knowledge.tools import Tool
from review.model.record import Record
from review.model.records import (
    Appraisal,
    BaselineRisk,
    Capture,
    CertaintyRecord,
    Claim,
    Decision,
    EffectThresholds,
    Evidence,
    Link,
    Notice,
    Page,
    Proposition,
    Reference,
    Refusal,
    Relation,
    Search,
    Study,
)
from review.store.build import build
from review.store.files.plain_file import read_plain
from review.store.files.table_file import MAX_BYTES as MAX_TABLE
from review.store.files.table_file import TableRow
from review.store.files.together import refuse_unfinished
from review.store.files.yaml_file import MAX_BYTES as MAX_YAML
from review.store.files.yaml_file import Path as TreePath
from review.store.files.yaml_file import read_yaml
from review.store.integrity import integrity_problems
from review.store.layout import (
    BIBLIOGRAPHY,
    CAPTURES,
    CORRECTIONS,
    ORIGINAL_SUFFIX,
    ORIGINALS,
    PACK_SHELVES,
    PAGES,
    README,
    SHELVES,
    TABLES,
    EvidenceTable,
    Shelf,
)
from review.store.table import evidence_table

MAX_BYTES = 60_000_000
"""What a page, an original or the references may hold."""
MOST_WRONG = 1_000
"""How many rows of a table are told with all that is wrong with them."""
MAX_PAGE = 5_000_000
"""How many characters the text of a page may have."""

CLAIM_RECORDS = (Page, Claim, Proposition, Decision, Refusal, Topic, Name, Synonym)
"""What `read_claims` reads."""

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(slots=True)
class _Collected:
    """What has been read so far, over all folders."""

    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    history: dict[str, list[tuple[Record, InFile]]] = field(default_factory=dict)
    places: dict[tuple[str, str], InFile] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    # Some installers make links of the files of a package. A folder that somebody sent, though, could
    # show by its links what lies anywhere on this machine.
    is_packaged: bool = False

    def add(self, kind: str, key: str, place: InFile, record: Record | list[Problem]) -> None:
        """Keep a record, or its problems; an id that is there already is a problem of its own."""
        if isinstance(record, list):
            self.broken.add((kind, key))
            self.problems += record
        elif first := self.places.get((kind, key)):
            fault = f"{kind} {key!r} stands here and in {first}"
            self.note(place, fault, remedy="Ids are never shared: rename or remove one.")
        else:
            self.records[kind, key] = record
            self.places[kind, key] = place

    def note(self, place: InFile, fault: str, *, remedy: str) -> None:
        """Note what is wrong at a place."""
        self.problems.append(place.problem(fault, remedy=remedy))

    def remember(self, kind: str, record: Record, place: InFile) -> None:
        """Keep a record that has no id of its own."""
        self.history.setdefault(kind, []).append((record, place))

    def of(self, kind: str, model: type[RecordType]) -> dict[str, RecordType]:
        """The records of one kind by id, in the order of the ids."""
        records = sorted(self.records.items(), key=lambda pair: pair[0])
        return {key: record for (k, key), record in records if k == kind and isinstance(record, model)}


def read_evidence(folders: Sequence[Path]) -> Evidence:
    """The evidence of `folders`, later ones adding to earlier ones.

    Raises InputError when a folder or file cannot be read, EvidenceError when a rule is broken; both
    list every problem met, each with file, line and remedy.
    """
    _stop_on_unreadable(folders)
    collected = _Collected()
    bibliographies: set[Path] = set()
    for folder in folders:
        _read_folder(folder, collected)
        _read_references(folder, collected, bibliographies)
    return _checked(collected)


def read_claims(folders: Sequence[Path]) -> Evidence:
    """The subject, pages, claims, propositions, decisions and refusals of `folders`, and nothing else.

    Read and checked in a fraction of the time, for whoever must read them again at every step. Raises
    as `read_evidence` does.
    """
    _stop_on_unreadable(folders)
    collected = _Collected()
    for folder in folders:
        for table in TABLES:
            if table.record in CLAIM_RECORDS and lexists(path := folder / table.file):
                _read_table(folder, path, table, collected)
    return _checked(collected)


def read_tools(folders: Iterable[Path]) -> Mapping[str, Tool]:
    """The bias tools of the package and of `folders`, by the name of their file.

    Raises EvidenceError where one of them cannot be read.
    """
    collected = _Collected()
    for folder in dict.fromkeys(folders):
        _read_shelves(folder, [shelf for shelf in PACK_SHELVES if shelf.record is Tool], collected)
    if collected.problems:
        raise EvidenceError(collected.problems)
    return _in_order({**packaged_packs().tools, **collected.of("bias tool", Tool)})


def _stop_on_unreadable(folders: Sequence[Path]) -> None:
    for folder in folders:
        refuse_unfinished(folder)
    unreadable = [problem for folder in folders for problem in _folder_problems(folder)]
    if unreadable:
        raise InputError(unreadable)


def _checked(collected: _Collected) -> Evidence:
    evidence = _evidence(collected)
    problems = [*collected.problems, *integrity_problems(evidence, collected.broken)]
    if problems:
        raise EvidenceError(problems)
    return evidence


def _folder_problems(folder: Path) -> Iterator[Problem]:
    place = InFile(str(folder))
    if not folder.exists():
        yield place.problem("there is no such folder", remedy="Correct the path of --evidence.")
    elif not folder.is_dir():
        yield place.problem("this is not a folder", remedy="Name the folder that holds the files.")
    else:
        try:
            next(folder.iterdir(), None)
        except OSError as error:
            fault = f"the folder cannot be read: {error.strerror}"
            yield place.problem(fault, remedy="Check its rights.")


def _read_folder(folder: Path, collected: _Collected) -> None:
    collected.problems += _strangers(folder)
    for table in TABLES:
        if lexists(path := folder / table.file):
            _read_table(folder, path, table, collected)
    _read_shelves(folder, (*SHELVES, *PACK_SHELVES), collected)
    _read_originals(folder, collected)
    if lexists(path := folder / CORRECTIONS):
        _read_corrections(folder, path, collected)


def _read_shelves(folder: Path, shelves: Iterable[Shelf], collected: _Collected) -> None:
    for shelf in shelves:
        for path in sorted((folder / shelf.folder).glob("*.yml")):
            _read_shelf_file(folder, path, shelf, collected)


def _strangers(folder: Path) -> Iterator[Problem]:
    """Files that would otherwise be passed over in silence."""
    files_known = {table.file for table in TABLES} | {CORRECTIONS, README, BIBLIOGRAPHY}
    suffixes = {PAGES: ".txt"} | {shelf.folder: ".yml" for shelf in (*SHELVES, *PACK_SHELVES)}
    yield from _strangers_in(folder, "", files_known, suffixes)


def _strangers_in(
    folder: Path, within: str, files_known: Collection[str], suffixes: Mapping[str, str]
) -> Iterator[Problem]:
    known = {*files_known, *suffixes, ORIGINALS}
    for path in sorted(folder.iterdir()):
        name = f"{within}{path.name}"
        if path.name.startswith(".") or name in files_known or (path.is_dir() and name == ORIGINALS):
            continue
        if path.is_dir() and name in suffixes:
            for child in sorted(path.iterdir()):
                if child.suffix != suffixes[name] and not child.name.startswith("."):
                    remedy = f"Only *{suffixes[name]} files belong here."
                    yield InFile(child.as_posix()).problem("this file would not be read", remedy=remedy)
        elif path.is_dir() and any(other.startswith(f"{name}/") for other in known):
            yield from _strangers_in(path, f"{name}/", files_known, suffixes)
        else:
            here = sorted({other for other in known if other.startswith(within)})
            remedy = f"Known names: {', '.join(here)}."
            yield InFile(path.as_posix()).problem("this would not be read", remedy=remedy)


def _content(folder: Path, path: Path, collected: _Collected, most: int = MAX_BYTES) -> bytes | None:
    """The bytes of a file with its digest noted, or None after noting why it cannot be read."""
    is_inside = path.is_relative_to(folder)
    within = None if collected.is_packaged else folder if is_inside else path.parent
    try:
        content = read_plain(path, most, path.as_posix(), within)
    except InputError as error:
        collected.problems += error.problems
        return None
    relative = path.relative_to(folder).as_posix() if is_inside else path.name
    label = f"{folder.resolve().name}/{relative}" if is_inside else relative
    # Two folders may have the same name, and files of the same name in them.
    while label in collected.digests:
        label = f"{label}+"
    collected.digests[label] = hashlib.sha256(content).hexdigest()
    return content


def _text(folder: Path, path: Path, collected: _Collected, most: int = MAX_BYTES) -> str | None:
    """The text of a file with its digest noted, or None after noting why it cannot be read."""
    content = _content(folder, path, collected, most)
    if content is None:
        return None
    try:
        # Some editors begin a file with a byte order mark.
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = InFile(path.as_posix(), content[: error.start].count(b"\n") + 1)
        collected.note(place, "this is not UTF-8 text", remedy="Save it as UTF-8.")
        return None


def _read_table(folder: Path, path: Path, table: EvidenceTable, collected: _Collected) -> None:
    content = _content(folder, path, collected, MAX_TABLE)
    if content is None:
        return
    name = path.as_posix()
    file = evidence_table(content, name, table)
    collected.problems += file.problems
    collected.remarks += file.remarks
    wrong = 0
    for row in file.rows:
        if wrong == MOST_WRONG:
            fault = f"{MOST_WRONG:,} rows are wrong, and those from here on were not looked at"
            collected.note(InFile(name, row.line), fault, remedy="Correct the first ones.")
            return
        cells = {key: cell for key, cell in row.cells.items() if cell or key not in table.optional}
        if table.record is Page:
            cells["text"] = _page_text(folder, name, row, collected)
        record = build(table.record, cells, name, lambda _, line=row.line: line)  # type: ignore[misc]
        wrong += isinstance(record, list)
        if table.identified or isinstance(record, list):
            collected.add(table.kind, cells[table.key], InFile(name, row.line), record)
        else:
            collected.remember(table.kind, record, InFile(name, row.line))


def _page_text(folder: Path, name: str, row: TableRow, collected: _Collected) -> str:
    page = row.cells["page"]
    path = folder / PAGES / f"{Path(page).name}.txt"
    if not lexists(path):
        fault = f"the text of page {page!r} is missing"
        collected.note(InFile(name, row.line), fault, remedy=f"Add {path.as_posix()}.")
        return ""
    text = _text(folder, path, collected)
    if text is None:
        return ""
    if len(text) > MAX_PAGE:
        collected.note(InFile(path.as_posix()), "the page is too long", remedy="Split it.")
        return ""
    if hashlib.sha256(text.encode()).hexdigest() != row.cells["sha256"]:
        fault = f"the text of page {page!r} is not the one that was reviewed"
        remedy = f"Restore {path.as_posix()}, or ingest the changed page anew."
        collected.note(InFile(name, row.line), fault, remedy=remedy)
    return text


def _read_shelf_file(folder: Path, path: Path, shelf: Shelf, collected: _Collected) -> None:
    text = _text(folder, path, collected, MAX_YAML)
    if text is None:
        return
    name = path.as_posix()
    file = read_yaml(text, name)
    start = InFile(name, 1)
    if file.problems or not isinstance(file.tree, dict):
        no_mapping = start.problem("this is not a mapping", remedy="Write key: value.")
        collected.add(shelf.kind, path.stem, start, file.problems or [no_mapping])
        return
    if shelf.key in file.tree:
        fault = f"{shelf.key} is given by the file's name"
        place = InFile(name, file.line_of((shelf.key,)))
        collected.note(place, fault, remedy=f"Remove the key {shelf.key}.")
    data: dict[str, Any] = {**file.tree, shelf.key: path.stem}
    context = OURS if collected.is_packaged else None
    record = build(shelf.record, data, name, file.line_of, context)
    collected.add(shelf.kind, path.stem, start, record)


def _read_originals(folder: Path, collected: _Collected) -> None:
    """Hold each original against the digest in its capture; one that no capture names is a problem."""
    named = set()
    for place in sorted((folder / CAPTURES).glob("*.yml")):
        capture = collected.records.get(("capture", place.stem))
        if not isinstance(capture, Capture):
            named |= {
                folder / ORIGINALS / f"{place.stem}{suffix}" for suffix in ORIGINAL_SUFFIX.values()
            }
            continue
        path = folder / ORIGINALS / f"{capture.page}{ORIGINAL_SUFFIX[capture.format]}"
        named.add(path)
        content = _content(folder, path, collected)
        if content is not None and hashlib.sha256(content).hexdigest() != capture.sha256:
            fault = f"this is not the file that page {capture.page!r} was read from"
            remedy = "Restore it, or ingest the changed page anew."
            collected.note(InFile(path.as_posix()), fault, remedy=remedy)
    for path in sorted((folder / ORIGINALS).glob("[!.]*")):
        if path not in named:
            remedy = f"Only originals that a file in {CAPTURES}/ names belong here."
            collected.note(InFile(path.as_posix()), "this would not be read", remedy=remedy)


def _read_corrections(folder: Path, path: Path, collected: _Collected) -> None:
    text = _text(folder, path, collected, MAX_YAML)
    if text is None:
        return
    name = path.as_posix()
    file = read_yaml(text, name)
    collected.problems += file.problems
    if file.problems:
        return
    if not isinstance(file.tree, list):
        collected.note(InFile(name, 1), "this is not a list", remedy="Begin each notice with -.")
        return
    for index, item in enumerate(file.tree):

        def line_of(key: TreePath, at: int = index) -> int:
            return file.line_of((at, *key))

        record = build(Notice, item if isinstance(item, dict) else {}, name, line_of)
        if isinstance(record, list):
            collected.problems += record
        else:
            collected.remember("notice", record, InFile(name, line_of(())))


def _read_references(folder: Path, collected: _Collected, seen: set[Path]) -> None:
    """`references.bib` in the folder, else beside it; one that serves two folders is read once."""
    for path in (folder / BIBLIOGRAPHY, folder.resolve().parent / BIBLIOGRAPHY):
        if lexists(path):
            break
    else:
        # Neither is there.
        return
    if path.resolve() in seen:
        return
    seen.add(path.resolve())
    named = path if path.parent == folder else folder.parent / BIBLIOGRAPHY
    text = _text(folder, path, collected)
    if text is None:
        return
    bibliography = read_bibliography(text, named.as_posix())
    collected.problems += bibliography.problems
    for key, reference in bibliography.references.items():
        collected.add("reference", key, bibliography.places[key], reference)


def _evidence(collected: _Collected) -> Evidence:
    fidelities = collected.history.get("fidelity judgement", [])
    # As `sha256sum` writes it.
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(collected.digests.items()))
    searches, decisions = _searches(collected), _decisions(collected)
    notices = collected.history.get("notice", [])
    places = {
        **_numbered("fidelity judgement", fidelities),
        **collected.places,
        **_numbered("search", searches),
        **_numbered("decision", decisions),
        **_numbered("notice", notices),
    }
    return Evidence(
        pages=collected.of("page", Page),
        captures=collected.of("capture", Capture),
        claims=collected.of("claim", Claim),
        citations=collected.of("citation", Citation),
        fidelities=tuple(record for record, _ in fidelities if isinstance(record, FidelityJudgement)),
        propositions=collected.of("proposition", Proposition),
        studies=collected.of("study", Study),
        appraisals=collected.of("appraisal", Appraisal),
        references=collected.of("reference", Reference),
        links=collected.of("link", Link),
        certainties=collected.of("certainty", CertaintyRecord),
        relations=collected.of("relation", Relation),
        searches=_by_proposition(searches),
        baseline_risks=collected.of("baseline risk", BaselineRisk),
        thresholds=collected.of("thresholds", EffectThresholds),
        notices=tuple(record for record, _ in notices if isinstance(record, Notice)),
        decisions=tuple(decision for decision, _ in decisions),
        refusals=collected.of("refusal", Refusal),
        subject=_subject(collected),
        packs=_packs(collected),
        places=_frozen(places),
        files=dict(sorted(collected.digests.items())),
        digest=hashlib.sha256(lines.encode()).hexdigest(),
        remarks=tuple(collected.remarks),
    )


def _numbered(kind: str, kept: Iterable[tuple[Record, InFile]]) -> dict[tuple[str, str], InFile]:
    """The places of records that have no id of their own, by their number among those of their kind."""
    return {(kind, str(number)): place for number, (_, place) in enumerate(kept, start=1)}


def _searches(collected: _Collected) -> list[tuple[Search, InFile]]:
    """The searches by proposition, those for one in the order in which they were recorded."""
    kept = [(r, place) for r, place in collected.history.get("search", []) if isinstance(r, Search)]
    return sorted(kept, key=lambda pair: pair[0].proposition)


def _by_proposition(searches: Iterable[tuple[Search, InFile]]) -> dict[str, tuple[Search, ...]]:
    of: dict[str, list[Search]] = {}
    for search, _ in searches:
        of.setdefault(search.proposition, []).append(search)
    return {key: tuple(found) for key, found in of.items()}


def _decisions(collected: _Collected) -> list[tuple[Decision, InFile]]:
    """The decisions of all files, in the order in which they were recorded."""
    files: dict[str, list[tuple[Decision, InFile]]] = {}
    for record, place in collected.history.get("decision", []):
        if isinstance(record, Decision):
            files.setdefault(place.path, []).append((record, place))
    # Rows are only ever added at the end of a file: none comes before the one above it, whatever the
    # clock or the zone of whoever wrote it. So the files are merged, and never sorted.
    return list(merge(*files.values(), key=lambda pair: pair[0].moment))


def _subject(collected: _Collected) -> Subject:
    return Subject(
        topics=collected.of("topic", Topic),
        names=collected.of("name", Name),
        synonyms=collected.of("synonym", Synonym),
        unlisted=sorted({p.topic for p in collected.of("proposition", Proposition).values()}),
    )


def _packs(collected: _Collected) -> Packs:
    """The packaged packs with those of the folders beside them, or in their place by name."""
    return _beside(packaged_packs(), collected)


def _beside(first: Packs, collected: _Collected) -> Packs:
    return Packs(
        flag_packs={**first.flag_packs, **collected.of("flag pack", FlagPack)},
        trigger_packs={**first.trigger_packs, **collected.of("trigger pack", TriggerPack)},
        term_packs={**first.term_packs, **collected.of("term pack", TermPack)},
        cue_packs={**first.cue_packs, **collected.of("cue pack", CuePack)},
        unit_packs={**first.unit_packs, **collected.of("unit pack", UnitPack)},
        sense_packs={**first.sense_packs, **collected.of("sense pack", SensePack)},
        word_packs={**first.word_packs, **collected.of("word pack", WordPack)},
        register_packs={**first.register_packs, **collected.of("register pack", RegisterPack)},
        tools=_in_order({**first.tools, **collected.of("bias tool", Tool)}),
    )


@lru_cache(maxsize=1)
def packaged_packs() -> Packs:
    """The packs that come with the package. Raises EvidenceError where one of them cannot be read."""
    collected = _Collected(is_packaged=True)
    _read_shelves(Path(str(files("review"))), PACK_SHELVES, collected)
    if collected.problems:
        raise EvidenceError(collected.problems)
    return _beside(Packs(), collected)


def _in_order(tools: Mapping[str, Tool]) -> dict[str, Tool]:
    return dict(sorted(tools.items(), key=lambda pair: (pair[1].order, pair[0])))


def _frozen(places: Mapping[tuple[str, str], InFile]) -> dict[tuple[str, str], InFile]:
    return dict(sorted(places.items()))
