"""One scan from the corpus to the summary: cut, run what is missing, bring together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from review.dossier.dossier import Dossier
from review.dossier.suggestions import has_learnt
from review.language.claims.learning.training import LEAST_CLAIMS, LEAST_PAGES
from review.model.digest import digest_of
from review.model.errors import (
    ClusterError,
    EvidenceError,
    InCommand,
    InFile,
    InOption,
    InPart,
    InputError,
    Problem,
    RunError,
)
from review.model.knowledge.packs import Flag
from review.runs.batch.pool import STOPPING, Happening, Stop, run_side_by_side
from review.runs.cluster import cluster_client
from review.runs.made_of import package_versions
from review.runs.process import CAN_FORK
from review.scan.corpora.corpus import Corpus, cut_corpus
from review.scan.corpora.parts import CorpusPart
from review.scan.folder import ScanFolder, check_scan_folder
from review.scan.summary import summary_files
from review.scan.tables import counted
from review.scan.totals import Totals, write_totals
from review.scan.work import scan_part
from review.store.code import code_digest
from review.store.files.whole_file import write_whole
from review.workbench import open_review

FORMAT = 1
"""The form of the tables; parts of another form are scanned again."""
_RESTS_ON = ("brotli", "numpy", "pyarrow", "scikit-learn", "scipy", "trafilatura")
NAMED = 20
"""How many parts that could not be scanned are named."""
LANE = 8
"""How many parts one process scans before it makes way for a new one."""


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How a scan is run: pages a part, processes at a time, and the cluster (empty: none)."""

    pages: int = 500
    workers: int = 1
    cluster: str = ""


class ScanWatcher(Protocol):
    """Who is told how the scan goes on."""

    def begin(self, parts: int, missing: int) -> None:
        """The corpus has this many parts, of which so many are to be scanned."""

    def ended(self, parts: int, problem: str) -> None:
        """So many more parts are done, or have failed for the reason that `problem` gives."""

    def note(self, text: str) -> None:
        """Something that the user should know."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Parts that one process scans one after the other, each with its key."""

    parts: tuple[CorpusPart, ...]
    keys: tuple[str, ...]


def scan(
    corpus: Path, folders: Sequence[Path], out: Path, options: ScanOptions, watcher: ScanWatcher
) -> Totals:
    """Scan `corpus` into the folder `out`; gives the sums.

    Parts that were scanned before with the same code, evidence and pages are not scanned again. Raises
    InputError, EvidenceError, ClusterError or OutputError before anything is scanned; ClusterError when
    the scheduler is lost meanwhile, and RunError at the end when a part could not be scanned, both with
    nothing brought together.
    """
    if not CAN_FORK and not options.cluster:
        fault, remedy = "this system cannot copy a process", "Use Linux, macOS or WSL, or --cluster."
        raise InputError.at(InCommand("review scan"), fault, remedy=remedy)
    check_scan_folder(out.absolute())
    review = open_review(folders)
    folder = _folder(out, review)
    cut = cut_corpus(corpus, options.pages)
    _train(review, folders)
    made_from = _made_from(review)
    keys = {part: _key(part, made_from) for part in cut.parts}
    with folder.taken():
        folder.remove_others(cut.parts)
        missing = _missing(folder, keys)
        watcher.begin(len(cut.parts), len(missing))
        faults: list[str] = []
        # What is still missing after a crash is tried once more, each part by itself, so that one page
        # that ends a process takes no other part with it.
        for size in (LANE, 1):
            if not missing:
                break
            lanes = [_lane(missing[at : at + size], keys) for at in range(0, len(missing), size)]
            run = _on_cluster if options.cluster else _here
            faults = []
            for index, problem in run(lanes, review, folders, folder, options, watcher):
                watcher.ended(len(lanes[index].parts), problem)
                faults += [problem] if problem else []
            missing = _missing(folder, keys)
        if missing:
            raise RunError(list(_not_scanned(missing, faults)))
        return _finished(folder, cut, made_from, review.lexicon.screen.flags)


def _train(review: Dossier, folders: Sequence[Path]) -> None:
    """Train before any process is copied, so that all have the models.

    Raises EvidenceError where there is too little to learn from: a count of sentences is no scan.
    """
    if not has_learnt(review):
        fault = f"too few marked claims to learn from; {LEAST_CLAIMS} on {LEAST_PAGES} pages are needed"
        remedy = "Add a folder with marked pages by --evidence."
        raise EvidenceError.at(InFile(str(folders[0])), fault, remedy=remedy)


def _made_from(review: Dossier) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "code": code_digest(),
        "packages": {**package_versions(), **{name: version(name) for name in _RESTS_ON}},
        "evidence": review.evidence.digest,
        "as_of": review.as_of.isoformat(),
    }


def _key(part: CorpusPart, made_from: Mapping[str, Any]) -> str:
    cut = part.cut
    where = [part.number, Path(part.file).name, cut.start, cut.stop, cut.first, cut.group]
    return digest_of([made_from, where, cut.digest])


def _missing(folder: ScanFolder, keys: Mapping[CorpusPart, str]) -> list[CorpusPart]:
    return [part for part, key in keys.items() if not folder.is_done(part, key)]


def _lane(parts: Sequence[CorpusPart], keys: Mapping[CorpusPart, str]) -> Lane:
    return Lane(tuple(parts), tuple(keys[part] for part in parts))


def _scan_lane(lane: Lane, review: Dossier, folder: ScanFolder) -> None:
    for part, key in zip(lane.parts, lane.keys, strict=True):
        scan_part(part, review, folder, key)


def _here(
    lanes: Sequence[Lane],
    review: Dossier,
    folders: Sequence[Path],  # noqa: ARG001 - the processes have the review already
    folder: ScanFolder,
    options: ScanOptions,
    watcher: ScanWatcher,
) -> Iterator[tuple[int, str]]:
    """Scan in copies of this process; gives each lane that ended and why it failed, if it did."""
    works = [partial(_scan_lane, lane, review, folder) for lane in lanes]
    stop = Stop()
    was_told = False
    with stop.on_interrupt():
        for event in run_side_by_side(works, options.workers, stop, None):
            if stop.asked == 1 and not was_told:
                was_told = True
                watcher.note(STOPPING)
            if event.happening is Happening.ENDED:
                yield event.index, event.problem
    if stop.asked:
        fault = "the scan was stopped"
        remedy = "Run it again: it goes on where it was."
        raise RunError.at(InCommand("review scan"), fault, remedy=remedy)


def _on_cluster(
    lanes: Sequence[Lane],
    review: Dossier,
    folders: Sequence[Path],
    folder: ScanFolder,
    options: ScanOptions,
    watcher: ScanWatcher,  # noqa: ARG001 - Ctrl-C ends a scan on a cluster at once
) -> Iterator[tuple[int, str]]:
    """Scan on a Dask cluster, whose workers see the same files under the same paths.

    Raises ClusterError when the scheduler is lost.
    """
    where = tuple(str(path.absolute()) for path in folders)
    with cluster_client(options.cluster, options.workers) as client:
        from distributed import as_completed

        digest = review.evidence.digest
        futures = {
            # Not pure: a lane that is tried again must not be answered from what the cluster remembers.
            client.submit(scan_lane_there, lane, where, digest, str(folder.path), pure=False): index
            for index, lane in enumerate(lanes)
        }
        for future in as_completed(futures, loop=client.loop):
            if future.cancelled():
                fault, remedy = "the scheduler was lost", "Scan again: only what is missing is scanned."
                raise ClusterError.at(InOption("--cluster", options.cluster), fault, remedy=remedy)
            error = future.exception()
            yield futures.pop(future), "" if error is None else f"{type(error).__name__}: {error}"


def scan_lane_there(lane: Lane, folders: tuple[str, ...], digest: str, out: str) -> None:
    """Scan a lane on a worker of a cluster.

    Raises ClusterError where the evidence that the worker sees is not the one with `digest`.
    """
    review = _opened(folders, digest)
    if review.evidence.digest != digest:
        fault = "a worker sees other evidence"
        remedy = "Share the same folders with every worker."
        raise ClusterError.at(InFile(folders[0]), fault, remedy=remedy)
    _scan_lane(lane, review, _folder(Path(out), review))


# The digest is part of the key alone: a worker that has older evidence open opens it anew.
@lru_cache(maxsize=1)
def _opened(folders: tuple[str, ...], _digest: str) -> Dossier:
    return open_review([Path(folder) for folder in folders])


def _not_scanned(parts: Sequence[CorpusPart], faults: Sequence[str]) -> Iterator[Problem]:
    why = faults[0].partition("\n")[0].rstrip(".") if faults else "it was not scanned"
    remedy = "Scan again: only what is missing is scanned."
    for part in parts[:NAMED]:
        yield InPart("part", part.number, Path(part.file).name).problem(why, remedy=remedy)
    if len(parts) > NAMED:
        fault = f"{len(parts) - NAMED} more parts were not scanned"
        yield InCommand("review scan").problem(fault, remedy=remedy)


def _folder(out: Path, review: Dossier) -> ScanFolder:
    return ScanFolder(out.absolute(), counted(review.lexicon.screen.flags))


def _finished(
    folder: ScanFolder, cut: Corpus, made_from: Mapping[str, Any], flags: Sequence[Flag]
) -> Totals:
    totals = write_totals(folder, cut.parts, cut.problems)
    for name, content in summary_files(totals, len(cut.parts), made_from, flags).items():
        write_whole(folder.path / name, content)
    return totals
