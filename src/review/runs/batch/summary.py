"""The summary of a batch: one page and one table, made like a report and as strict."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from review.model.vocabulary import Verdict
from review.report.counted import counted
from review.report.formats.html import report_html
from review.report.formats.table_files import claims_csv
from review.report.parts.document import (
    Bullets,
    Column,
    Document,
    Inline,
    Kind,
    Paragraph,
    Part,
    Row,
    Run,
    Table,
    text,
)
from review.runs.batch.folder import BatchFolder
from review.runs.batch.plan import BatchRun

SUMMARY_PAGE = "summary.html"
SUMMARY_TABLE = "summary.csv"
_HIDDEN = "not shown to this audience"
_VERDICTS = tuple(Column(verdict, verdict.spoken, 10, is_number=True) for verdict in Verdict)


class RunState(StrEnum):
    """What became of a run."""

    DONE = "done"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Result:
    """A run and what became of it; `problem` says why it failed."""

    run: BatchRun
    state: RunState
    problem: str = ""


def summary_files(results: Sequence[Result], folder: BatchFolder) -> dict[str, bytes]:
    """The summary of a batch by file name. The same results give the same bytes."""
    reports = {
        result.run.name: json.loads((folder.report(result.run.name) / "report.json").read_text("utf-8"))
        for result in results
        if result.state is RunState.DONE
    }
    counts = list(_counts(reports))
    runs = _runs_table(results, reports)
    document = Document(
        title="Summary of a batch of reviews",
        subtitle=f"{counted(len(results), 'run')}, on the evidence as it was when the batch began",
        running_head="Summary of a batch of reviews. Every verdict is a suggestion.",
        date=max((report["as_of"] for report in reports.values()), default=""),
        parts=(
            Part("The answer", "answer", (*_answer(results), runs)),
            Part("Verdicts by page", "pages", (_count_table("page", counts),)),
            Part("Verdicts by topic", "topics", (_count_table("topic", counts),)),
            Part("What it was made from", "made-from", (_made_from(results, folder),)),
        ),
    )
    return {SUMMARY_PAGE: report_html(document).encode(), SUMMARY_TABLE: claims_csv(runs)}


def _answer(results: Sequence[Result]) -> Iterator[Paragraph | Bullets]:
    states = Counter(result.state for result in results)
    states_line = ", ".join(f"{states[state]} {state}" for state in RunState)
    yield Paragraph(text(f"{counted(len(results), 'run')}: {states_line}."), Kind.LEAD)
    if states[RunState.DONE] < len(results):
        caution = (
            "A run that failed or was not run has no verdict here: nothing is known about its claims."
        )
        yield Paragraph(text(caution))


def _runs_table(results: Sequence[Result], reports: Mapping[str, Any]) -> Table:
    columns = (
        Column("run", "Run", 14),
        Column("state", "State", 6),
        Column("report", "Report", 16),
        Column("audience", "Audience", 8),
        Column("as_of", "As of", 8),
        *_VERDICTS,
        Column("problem", "Why it failed", 24),
    )
    rows = tuple(_run_row(result, reports.get(result.run.name)) for result in results)
    note = "Verdicts are counts of claims. A failed run keeps its log and what it had executed."
    return Table("table-runs", "Every run of the batch", columns, rows, note, ("state", "audience"))


def _run_row(result: Result, report: Mapping[str, Any] | None) -> Row:
    run = result.run
    if report is None:
        place = f"./failed/{run.name}/log.txt"
        kept = (Run("log", link=place),) if result.state is RunState.FAILED else text("")
        numbers = [text("") for _ in Verdict]
        as_of = run.parameters.literals()["as_of"]
    else:
        place = f"./reports/{run.name}/report.html"
        kept = (Run(place[2:], link=place),)
        numbers = _numbers(_verdicts(report["claims"]), report["shows_verdicts"])
        as_of = report["as_of"]
    first = (text(run.name), text(result.state), kept, text(run.parameters.audience), text(as_of))
    return Row((*first, *numbers, text(result.problem)), muted=report is None)


def _verdicts(claims: Iterable[Mapping[str, Any]]) -> Counter[str]:
    return Counter(claim["verdict"] for claim in claims)


def _numbers(counts: Mapping[str, int], shows_verdicts: bool) -> list[Inline]:
    return [text(counts.get(str(verdict), 0) if shows_verdicts else _HIDDEN) for verdict in Verdict]


@dataclass(frozen=True, slots=True)
class _Count:
    """The claims of one run that share a page and a topic."""

    run: str
    page: str
    topic: str
    verdicts: Counter[str]
    shows_verdicts: bool


def _counts(reports: Mapping[str, Any]) -> Iterator[_Count]:
    for name, report in reports.items():
        groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for claim in report["claims"]:
            groups.setdefault((claim["page"], claim["topic"]), []).append(claim)
        for (page, topic), claims in sorted(groups.items()):
            yield _Count(name, page, topic, _verdicts(claims), report["shows_verdicts"])


def _count_table(by: str, counts: Sequence[_Count]) -> Table:
    sums: dict[tuple[str, str, bool], Counter[str]] = {}
    for count in counts:
        key = (count.run, getattr(count, by), count.shows_verdicts)
        sums.setdefault(key, Counter()).update(count.verdicts)
    columns = (
        Column("run", "Run", 16),
        Column(by, by.capitalize(), 16),
        *_VERDICTS,
    )
    rows = tuple(
        Row((text(run), text(group or "none"), *_numbers(verdicts, shows_verdicts)))
        for (run, group, shows_verdicts), verdicts in sums.items()
    )
    caption = f"Claims by verdict, for each run and {by}"
    return Table(f"table-{by}s", caption, columns, rows, filters=("run", by))


def _made_from(results: Sequence[Result], folder: BatchFolder) -> Bullets:
    """The digests that all reports of the batch rest on."""
    made = [result.run.made_from for result in results]
    read = sorted({origin["evidence"] for origin in made})
    kept = {folder.stands_on(r.run) for r in results if r.state is RunState.DONE} - set(read)
    earlier = f"Earlier evidence, on which what is shown here was the same: {', '.join(sorted(kept))}"
    lines = [
        f"Evidence, read once when the batch began: {', '.join(read)}",
        *([earlier] if kept else []),
        f"Code of this package: {made[0]['code']}",
        f"Notebook: {made[0]['notebook']}",
        *made[0]["rules"],
    ]
    return Bullets(tuple(text(line) for line in lines))
