"""The one way to write each evidence file, so that a diff holds only meaning."""

from collections.abc import Iterator, Mapping, Sequence
from os.path import lexists
from pathlib import Path
from typing import Any

from review.language.sentences import sentences
from review.model.bibliography import read_bibliography, write_bibliography
from review.model.errors import EvidenceError, InFile, Problem
from review.model.knowledge.abstract_words import (
    AbstractWords,
    DesignCue,
    MeasureName,
    Registry,
    SectionLabel,
)
from review.model.knowledge.packs import (
    Cue,
    Flag,
    MeasureUnit,
    SenseCue,
    SpeciesCue,
    TermSet,
    Trigger,
    WordWeight,
)
from review.model.knowledge.subject import Synonym
from review.model.knowledge.tools import (
    OverallRow,
    Tool,
    ToolAnswer,
    ToolExample,
    ToolFigure,
    ToolItem,
    ToolLesson,
    ToolLevel,
    ToolRow,
    ToolSignal,
    ToolTable,
)
from review.model.readings import FACTS, Reading, Readings
from review.model.record import Record
from review.model.records import (
    Adjudication,
    Appraisal,
    EarlierRating,
    Finding,
    GivenRating,
    Imported,
    Notice,
)
from review.model.vocabulary import Domain, Upgrade
from review.store.files.plain_file import read_plain
from review.store.files.table_file import MAX_BYTES as MAX_TABLE
from review.store.files.yaml_file import MAX_BYTES as MAX_YAML
from review.store.files.yaml_file import Tree, read_yaml, write_yaml
from review.store.layout import (
    BIBLIOGRAPHY,
    CORRECTIONS,
    PACK_SHELVES,
    SHELVES,
    TABLES,
    EvidenceTable,
    Shelf,
)
from review.store.read import MAX_BYTES, read_tools
from review.store.table import evidence_table, table_text


def canonical_files(folder: Path, beside: Sequence[Path] = ()) -> Iterator[tuple[Path, str, str]]:
    """Each CSV, YAML and BibTeX file of `folder` with its present and its canonical text.

    The folders `beside` it may hold the bias tools that it uses. Pages are never touched: they are
    exhibits. Raises InputError or EvidenceError for a file that cannot be read.
    """
    tools = read_tools([*beside, folder])
    for table in TABLES:
        if lexists(path := folder / table.file):
            content = _content(path, folder, MAX_TABLE)
            # Bytes that are not UTF-8 differ from any canonical text.
            yield path, content.decode("utf-8", "surrogateescape"), _table_text(content, path, table)
    for shelf in (*SHELVES, *PACK_SHELVES):
        for path in sorted((folder / shelf.folder).glob("*.yml")):
            text = _text(path, folder, MAX_YAML)
            yield path, text, _shelf_text(text, path, shelf, tools)
    if lexists(path := folder / CORRECTIONS):
        text = _text(path, folder, MAX_YAML)
        yield path, text, _corrections_text(text, path)
    for path in (folder / BIBLIOGRAPHY, folder.resolve().parent / BIBLIOGRAPHY):
        if lexists(path):
            text = _text(path, path.parent, MAX_BYTES)
            yield path, text, _bibliography_text(text, path)
            break  # the one in the folder hides the one beside it


def _content(path: Path, folder: Path, most: int) -> bytes:
    return read_plain(path, most, path.as_posix(), within=folder)


def _text(path: Path, folder: Path, most: int) -> str:
    try:
        return _content(path, folder, most).decode()
    except UnicodeDecodeError:
        place = InFile(path.as_posix())
        raise EvidenceError.at(place, "this is not UTF-8 text", remedy="Save it as UTF-8.") from None


def _stop_on(problems: Sequence[Problem]) -> None:
    if problems:
        raise EvidenceError(problems)


def _table_text(content: bytes, path: Path, table: EvidenceTable) -> str:
    file = evidence_table(content, path.as_posix(), table)
    _stop_on(file.problems)
    return table_text(file, table)


def _shelf_text(text: str, path: Path, shelf: Shelf, tools: Mapping[str, Tool]) -> str:
    file = read_yaml(text.removeprefix("\ufeff"), path.as_posix())
    _stop_on(file.problems)
    if not isinstance(file.tree, dict):
        remedy = "Write key: value."
        raise EvidenceError.at(InFile(path.as_posix(), 1), "this is not a mapping", remedy=remedy)
    return shelf_text(file.tree, shelf, tools)


def shelf_text(tree: dict[str, Tree], shelf: Shelf, tools: Mapping[str, Tool]) -> str:
    """The canonical text of a file of `shelf` that holds `tree`.

    The answers of an appraisal stand in the order of its own tool; those to a tool that is not among
    `tools` stay as they stand.
    """
    order = [name for name in shelf.record.model_fields if name != shelf.key]
    ordered = _ordered(tree, order)
    if shelf.record is Appraisal and isinstance(answers := ordered.get("answers"), dict):
        tool = tools.get(f"{tree.get('tool')}-{tree.get('version')}")
        ordered["answers"] = _in_order(answers, tuple(tool.answers) if tool else ())
    return write_yaml(ordered)


def record_tree(record: Record, key: str) -> Any:
    """A record as a tree of texts, as it stands in its file; `key` is given by the file's name."""
    return _texts(record.model_dump(mode="json", exclude={key}, exclude_none=True))


def _texts(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _texts(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_texts(value) for value in data]
    return str(data)


def _corrections_text(text: str, path: Path) -> str:
    file = read_yaml(text.removeprefix("\ufeff"), path.as_posix())
    _stop_on(file.problems)
    items = file.tree if isinstance(file.tree, list) else []
    return write_yaml([_ordered(item, list(Notice.model_fields)) for item in items])


def _bibliography_text(text: str, path: Path) -> str:
    bibliography = read_bibliography(text.removeprefix("\ufeff"), path.name)
    _stop_on(bibliography.problems)
    return write_bibliography(bibliography.references)


_INNER_ORDER: Mapping[str, Sequence[str]] = {
    "findings": list(Finding.model_fields),
    "readings": list(Readings.model_fields),
    "facts": list(FACTS),
    "ratings": [str(domain) for domain in Domain],
    "upgrades": [str(upgrade) for upgrade in Upgrade],
    "adjudicated": list(Adjudication.model_fields),
    "given": list(GivenRating.model_fields),
    "earlier": list(EarlierRating.model_fields),
    "imported": list(Imported.model_fields),
    "flags": list(Flag.model_fields),
    "sections": list(SectionLabel.model_fields),
    "words": list(AbstractWords.model_fields),
    "designs": list(DesignCue.model_fields),
    "measures": list(MeasureName.model_fields),
    "registers": list(Registry.model_fields),
    "triggers": list(Trigger.model_fields),
    "terms": list(TermSet.model_fields),
    "cues": list(Cue.model_fields),
    "senses": list(SenseCue.model_fields),
    "synonyms": list(Synonym.model_fields),
    "species": list(SpeciesCue.model_fields),
    "weights": list(WordWeight.model_fields),
    "units": list(MeasureUnit.model_fields),
    "scale": list(ToolAnswer.model_fields),
    "items": list(ToolItem.model_fields),
    "signals": list(ToolSignal.model_fields),
    "limits": list(ToolRow.model_fields),
    "levels": list(ToolLevel.model_fields),
    "figures": list(ToolFigure.model_fields),
    "parts": list(ToolTable.model_fields),
    "domains": list(ToolTable.model_fields),
    "rows": list(ToolRow.model_fields),
    "overall": list(OverallRow.model_fields),
    "lesson": list(ToolLesson.model_fields),
    "examples": list(ToolExample.model_fields),
}
# Of a judgement by its name, and of a fact that was read by machine.
_JUDGEMENT_ORDER = (
    *("rating", "levels", "answer", "judgement", "reason", "adjudicated"),
    *Reading.model_fields,
)
# One sentence a line, so that a changed sentence is one changed line.
_PROSE = frozenset(
    {"result", "reason", "start_reason", "warnings", "consequence", "summary", "remarks", "checked"}
)


def _ordered(tree: Tree, order: Sequence[str], within: str = "") -> Any:
    """`tree` with its keys in `order`, unknown keys last, and prose one sentence a line."""
    if isinstance(tree, str):
        return _one_sentence_a_line(tree) if within in _PROSE else tree
    if isinstance(tree, list):
        return [_ordered(item, order, within) for item in tree]
    # What is overridden is named by the tool, which may use a word that is a key elsewhere.
    inner = {} if within == "overrides" else _INNER_ORDER
    return {
        key: _ordered(value, inner.get(key, _JUDGEMENT_ORDER), key)
        for key, value in _in_order(tree, order).items()
    }


def _in_order(tree: dict[str, Tree], order: Sequence[str]) -> dict[str, Tree]:
    """`tree` with its keys in `order`; unknown keys come last, as they stand."""
    # `sorted` is stable, so unknown keys keep their order.
    known = {name: position for position, name in enumerate(order)}
    return {key: tree[key] for key in sorted(tree, key=lambda key: known.get(key, len(known)))}


def _one_sentence_a_line(text: str) -> str:
    lines = [sentence for line in text.splitlines() for sentence in sentences(line)]
    return "\n".join(lines) + ("\n" if len(lines) > 1 else "")
