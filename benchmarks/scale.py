"""Reports of many claims: seconds and memory of each format, and the rows of what pages share.

`python -m benchmarks.scale 600 6000 18000` prints a table; without numbers it takes these. The pages are
the five of the evidence under as many new ids as the number of claims takes, which is what a group of
clinics has. Each step runs in a copy of this process, so that its memory is its own; what it needs is
made before the clock starts.
"""

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from review.dossier.dossier import Dossier
from review.language.lineage import PageWords, lineages
from review.model.records import Claim, Evidence, Page
from review.report.build import build_report
from review.report.edited_page.edited_page import edited_page_docx
from review.report.formats.exports import exports
from review.report.formats.files import report_files
from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf
from review.report.formats.render import report_json
from review.report.formats.table_files import claims_csv, workbook_xlsx
from review.report.formats.word import report_docx
from review.report.model import Report
from review.report.parts.compose import compose
from review.report.parts.document import Document
from review.workbench import open_review

EVIDENCE = Path(__file__).resolve().parents[1] / "evidence"
CLAIMS = (600, 6000, 18000)
_MB = 1_000_000
_EVERY = 0.05
"""Seconds between two looks at the memory."""


def copied(evidence: Evidence, copies: int) -> Evidence:
    """The evidence with every page and its claims `copies` times; the first keep their ids."""
    pages: dict[str, Page] = {}
    claims: dict[str, Claim] = {}
    for copy in range(copies):
        suffix = f"-{copy + 1:03d}" if copy else ""
        for key, page in evidence.pages.items():
            pages[key + suffix] = page.model_copy(update={"page": key + suffix})
        for key, claim in evidence.claims.items():
            page, _, number = key.rpartition("-")
            own = f"{page}{suffix}-{number}"
            claims[own] = claim.model_copy(update={"claim": own, "page": page + suffix})
    return replace(evidence, pages=dict(sorted(pages.items())), claims=dict(sorted(claims.items())))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took: seconds on a clock and of processors, and the most memory, children included."""

    seconds: float
    processor: float
    megabytes: float


def cost(work: Callable[[], object]) -> Cost:
    """Run `work` in a copy of this process and look at it from here until it ends."""
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(work, send))
    process.start()
    send.close()
    watched, most = psutil.Process(process.pid), 0
    while process.is_alive():
        most = max(most, _memory(watched))
        process.join(_EVERY)
    seconds, processor = receive.recv()
    return Cost(seconds, processor, most / _MB)


def _timed(work: Callable[[], object], send: Connection) -> None:
    start, used = time.perf_counter(), _processor()
    work()
    send.send((time.perf_counter() - start, _processor() - used))


def _processor() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _memory(process: psutil.Process) -> int:
    """The memory of a process and its children in bytes; none of one that ends meanwhile."""
    try:
        every = [process, *process.children(recursive=True)]
        return sum(each.memory_info().rss for each in every)
    except psutil.NoSuchProcess:
        return 0


def steps(report: Report, document: Document) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every format with what writes it, and the whole as a run writes it."""
    claims = next(table for table in document.tables() if table.anchor == "table-claims")
    yield "report.html", partial(report_html, document)
    yield "report.pdf", partial(report_pdf, document)
    yield "report.docx", partial(report_docx, document)
    yield "report.json", partial(report_json, report)
    yield "claims.csv", partial(claims_csv, claims)
    yield "claims.xlsx", partial(workbook_xlsx, document)
    yield "exports", partial(exports, report)
    yield "edited pages", lambda: [edited_page_docx(report, page, True) for page in report.pages]
    yield "all files, the PDF beside the others", partial(report_files, report)


def rows(dossier: Dossier) -> dict[str, int]:
    """How many rows the report has of what pages share, and how many pairs of claims these stand for."""
    facts = dossier.contradiction_groups
    return {
        "claims": len(dossier.evidence.claims),
        "pages": len(dossier.evidence.pages),
        "facts told in two ways": len(facts),
        "contradictions, side against side": len(dossier.contradicting_claims),
        "pairs of claims that they stand for": sum(fact.pairs for fact in facts),
        "shared passages": len(dossier.shared_passages),
    }


def of_towns(evidence: Evidence, copies: int) -> int:
    """The passages that as many copies share, each with a town of its own in every third line."""
    pages = {
        f"{key}-{copy:03d}": PageWords(_in_town(page.text, f"Town{copy:03d}"))
        for key, page in evidence.pages.items()
        for copy in range(copies)
    }
    return len(lineages(pages))


def _in_town(text: str, town: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        f"{line[:-1]} in {town}." if number % 3 == 0 and line.endswith(".") else line
        for number, line in enumerate(lines)
    )


def measured(numbers: list[int]) -> None:
    """Print the rows, then the costs, a column for each number of claims."""
    review = open_review([EVIDENCE])
    evidence, as_of = review.evidence, review.as_of
    counts: dict[str, list[str]] = {}
    costs: dict[str, list[str]] = {}
    for number in numbers:
        copies = max(1, round(number / len(evidence.claims)))
        dossier = Dossier(copied(evidence, copies), as_of)
        taken = cost(partial(build_report, dossier))
        costs.setdefault("judge and build the report", []).append(_shown(taken))
        for name, count in rows(dossier).items():
            counts.setdefault(name, []).append(f"{count:,}")
        counts.setdefault("shared passages, copies with towns", []).append(
            f"{of_towns(evidence, copies):,}"
        )
        report = build_report(dossier)
        taken = cost(partial(compose, report))
        costs.setdefault("compose, figures included", []).append(_shown(taken))
        for name, work in steps(report, compose(report)):
            costs.setdefault(name, []).append(_shown(cost(work)))
    _print("rows", counts)
    print("\nSeconds on the clock / of processors / most memory in MB, children included:\n")
    _print("step", costs)


def _shown(taken: Cost) -> str:
    return f"{taken.seconds:.1f} / {taken.processor:.1f} / {taken.megabytes:,.0f}"


def _print(title: str, table: dict[str, list[str]]) -> None:
    width = len(next(iter(table.values())))
    print(f"| {title} |{' |' * width}\n| --- |{' ---: |' * width}")
    for name, cells in table.items():
        print(f"| {name} | {' | '.join(cells)} |")


def beside_weasyprint() -> None:
    """Print how long the PDF of one page takes, beside WeasyPrint for the same."""
    import weasyprint

    report = build_report(open_review([EVIDENCE]).select(pages=["clinic-brochure"]))
    document = compose(report)
    page = report_html(document)
    ours = cost(partial(report_pdf, document))
    theirs = cost(lambda: weasyprint.HTML(string=page).write_pdf(pdf_tags=True))
    print(f"\n| PDF of one page | {ours.seconds:.2f} |")
    print(f"| by WeasyPrint {version('weasyprint')} | {theirs.seconds:.2f} |")
    print(f"| ratio, ours / WeasyPrint | {ours.seconds / theirs.seconds:.2f} |")


def main(numbers: list[int] | None = None) -> None:
    """Measure reports of as many claims."""
    measured(numbers or list(CLAIMS))
    beside_weasyprint()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", nargs="*", type=int)
    main(parser.parse_args().claims)
