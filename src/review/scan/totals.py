"""What the parts of a scan give together: sites, passages that sites share, addresses met twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from review.model.errors import Problem
from review.model.vocabulary import Verdict
from review.scan.corpora.parts import CorpusPart
from review.scan.folder import ScanFolder
from review.scan.spill import together
from review.scan.tables import LINEAGE, PROBLEMS, growing, read_table, sites_schema

SITES_FILE, LINEAGE_FILE, PROBLEMS_FILE = "sites.parquet", "lineage.parquet", "problems.parquet"
IN_SUMMARY = 50
"""How many sites, passages and problems the summary names."""
_OF_PAGE = 1 << 32
"""No page has so high a number: part and page fit in one number of 64 bits."""
_AGAIN = "the address was met before; only the first of its pages counts"

Numbers = NDArray[np.int64]


@dataclass(slots=True)
class Totals:
    """The sums over a scan, and the first rows of its tables for the summary.

    `unread` are the problems of what was not read, or not all of it.
    """

    pages: int = 0
    sentences: int = 0
    characters: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    sites: int = 0
    groups: int = 0
    shared: int = 0
    problems: int = 0
    unread: int = 0
    worst_sites: list[dict[str, object]] = field(default_factory=list)
    largest_groups: list[dict[str, object]] = field(default_factory=list)
    first_problems: list[dict[str, object]] = field(default_factory=list)


def write_totals(folder: ScanFolder, parts: Sequence[CorpusPart], of_files: Sequence[Problem]) -> Totals:
    """Write sites.parquet, lineage.parquet and problems.parquet from the tables of the parts.

    `of_files` are the problems of whole files. Of pages with the same address the first counts.
    """
    totals = Totals(counts=dict.fromkeys(folder.counts, 0))
    again = _again(folder, parts)
    _write_problems(folder, parts, of_files, again, totals)
    _write_sites(folder, parts, again, totals)
    _write_lineage(folder, parts, again, totals)
    return totals


def _again(folder: ScanFolder, parts: Sequence[CorpusPart]) -> Numbers:
    """The pages, sorted, whose address an earlier page has; by part and number in one."""
    repeated: list[Numbers] = [np.zeros(0, dtype=np.int64)]
    columns = ["url", "part", "page"]
    tables = (read_table(folder.table(part, "pages"), columns) for part in parts)
    for table in together(tables, _rows(folder, parts, "pages"), "url", folder.work):
        codes = table["url"].combine_chunks().dictionary_encode().indices.to_numpy()
        pages = _pages(table)
        # The last key is the first to sort by.
        order = np.lexsort((pages, codes))
        repeats = np.flatnonzero(codes[order][1:] == codes[order][:-1]) + 1
        repeated.append(pages[order][repeats])
    return np.sort(np.concatenate(repeated))


def _first_only(table: pa.Table, again: Numbers) -> pa.Table:
    if not len(again):
        return table
    return table.filter(pa.array(~np.isin(_pages(table), again)))


def _pages(table: pa.Table) -> Numbers:
    """The pages of a table, part and number in one."""
    part, page = (table[name].to_numpy().astype(np.int64) for name in ("part", "page"))
    return np.asarray(part * _OF_PAGE + page)


def _rows(folder: ScanFolder, parts: Sequence[CorpusPart], name: str) -> int:
    return sum(pa.parquet.read_metadata(folder.table(part, name)).num_rows for part in parts)


def _write_problems(
    folder: ScanFolder,
    parts: Sequence[CorpusPart],
    of_files: Sequence[Problem],
    again: Numbers,
    totals: Totals,
) -> None:
    with growing(folder.path / PROBLEMS_FILE, PROBLEMS) as writer:
        for table in _problem_tables(folder, parts, of_files, again):
            writer.write_table(table)
            totals.problems += len(table)
            totals.unread += sum(what != _AGAIN for what in table["what"].to_pylist())
            totals.first_problems += table.slice(0, IN_SUMMARY - len(totals.first_problems)).to_pylist()


def _problem_tables(
    folder: ScanFolder, parts: Sequence[CorpusPart], of_files: Sequence[Problem], again: Numbers
) -> Iterator[pa.Table]:
    rows: list[dict[str, object]] = [
        {"part": None, "place": str(problem.place), "what": problem.fault, "remedy": problem.remedy}
        for problem in of_files
    ]
    yield pa.Table.from_pylist(rows, PROBLEMS)
    for part in parts:
        yield read_table(folder.table(part, "problems"))
        own = again[(again >= part.number * _OF_PAGE) & (again < (part.number + 1) * _OF_PAGE)]
        if len(own):
            pages = read_table(folder.table(part, "pages"), ["part", "page", "place"])
            met = pages.filter(pa.array(np.isin(_pages(pages), own)))
            remedy = "Leave the other pages out."
            rows = [
                {"part": part.number, "place": place, "what": _AGAIN, "remedy": remedy}
                for place in met["place"].to_pylist()
            ]
            yield pa.Table.from_pylist(rows, PROBLEMS)


def _write_sites(
    folder: ScanFolder, parts: Sequence[CorpusPart], again: Numbers, totals: Totals
) -> None:
    schema = sites_schema(folder.counts)

    def of_part(part: CorpusPart) -> pa.Table:
        pages = _first_only(read_table(folder.table(part, "pages")), again)
        totals.pages += len(pages)
        totals.sentences += pc.sum(pages["sentences"]).as_py() or 0
        totals.characters += pc.sum(pages["characters"]).as_py() or 0
        return _summed(
            pages.append_column("pages", pa.array(np.ones(len(pages), dtype=np.int64))), schema
        )

    rows = _rows(folder, parts, "pages")
    with growing(folder.path / SITES_FILE, schema) as writer:
        for table in together(map(of_part, parts), rows, "site", folder.work):
            sites = _summed(table, schema)
            writer.write_table(sites)
            totals.sites += len(sites)
            for name in folder.counts:
                totals.counts[name] += pc.sum(sites[name]).as_py() or 0
            totals.worst_sites = _worst([*totals.worst_sites, *_worst(sites.to_pylist())])


def _summed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """One row a site, in the order of their names."""
    names = [name for name in schema.names if name != "site"]
    # Several threads give the groups in any order.
    sums = table.group_by("site", use_threads=False).aggregate([(name, "sum") for name in names])
    return sums.rename_columns(["site", *names]).select(schema.names).cast(schema).sort_by("site")


def _worst(sites: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The sites with most claims that are contradicted or overstated, if they are what they match."""

    def key(site: dict[str, object]) -> tuple[int, int, str]:
        contradicted, overstated = (
            int(str(site[verdict])) for verdict in (Verdict.CONTRADICTED, Verdict.OVERSTATED)
        )
        return (-contradicted - overstated, -contradicted, str(site["site"]))

    return sorted(sites, key=key)[:IN_SUMMARY]


def _write_lineage(
    folder: ScanFolder, parts: Sequence[CorpusPart], again: Numbers, totals: Totals
) -> None:
    tables = (_first_only(read_table(folder.table(part, "passages")), again) for part in parts)
    rows = _rows(folder, parts, "passages")
    with growing(folder.path / LINEAGE_FILE, LINEAGE) as writer:
        for table in together(tables, rows, "words_hash", folder.work):
            shared, groups, widest = _shared(table)
            writer.write_table(shared)
            totals.groups += groups
            totals.shared += len(shared)
            totals.largest_groups = _largest([*totals.largest_groups, *widest])


def _shared(table: pa.Table) -> tuple[pa.Table, int, list[dict[str, object]]]:
    """The passages that stand on pages of two sites or more, how many groups, and the widest."""
    order = [(name, "ascending") for name in ("words_hash", "part", "page")]
    table = table.take(pc.sort_indices(table, sort_keys=order)).combine_chunks()
    hashes = table["words_hash"].to_numpy()
    _, firsts, of_row, pages = np.unique(
        hashes, return_index=True, return_inverse=True, return_counts=True
    )
    site = table["site"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    pairs = np.unique(np.column_stack([of_row, site]), axis=0)
    sites = np.bincount(pairs[:, 0], minlength=len(firsts))
    wide = np.flatnonzero(sites > 1)
    names = np.array([f"{value:016x}" for value in hashes[firsts[wide]].tolist()], dtype=object)
    # Where a row's group stands among the wide ones; read for the rows of such groups only.
    at = np.searchsorted(wide, of_row)
    kept = np.flatnonzero(sites[of_row] > 1)
    rows = table.take(pa.array(kept))
    columns = {
        "group": pa.array(names[at[kept]], pa.string()),
        "pages": pa.array(pages[of_row[kept]], pa.int64()),
        "sites": pa.array(sites[of_row[kept]], pa.int64()),
    }
    shared = pa.table(
        [columns.get(name, rows[name] if name in rows.column_names else None) for name in LINEAGE.names],
        schema=LINEAGE,
    )
    # The last key is the first to sort by: sites, then pages, then the order of the groups.
    top = wide[np.lexsort((wide, -pages[wide], -sites[wide]))][:IN_SUMMARY]
    quotes = table["quote"]
    widest = [
        {
            "group": f"{hashes[firsts[g]]:016x}",
            "pages": int(pages[g]),
            "sites": int(sites[g]),
            "quote": quotes[int(firsts[g])].as_py(),
        }
        for g in top.tolist()
    ]
    return shared, len(wide), widest


def _largest(groups: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    def key(group: dict[str, object]) -> tuple[int, int, str]:
        return (-int(str(group["sites"])), -int(str(group["pages"])), str(group["group"]))

    return sorted(groups, key=key)[:IN_SUMMARY]
