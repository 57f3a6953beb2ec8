"""`make bench`: each row beside its baseline in the same run; read the ratio, not the seconds."""

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import trafilatura
import yaml

from benchmarks import batch, claims, literature, regulators, scale, suggestions
from review.dossier.dossier import Dossier
from review.ingest.formats.html import read_html
from review.language.lineage import PageWords, lineages
from review.report.build import build_report
from review.report.formats.html import report_html
from review.report.formats.render import report_json
from review.report.parts.compose import compose
from review.runs.report_run import run_report
from review.store.snapshot import read_evidence
from review.workbench import open_review

PROJECT = Path(__file__).resolve().parents[1]
EVIDENCE = PROJECT / "evidence"


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median time of `work` over `times` calls."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def row(what: str, ours: float, baseline: str, theirs: float) -> None:
    """Print one comparison."""
    print(f"| {what} | {ours:.3f} s | {baseline} | {theirs:.3f} s | {ours / theirs:.2f} |")


def command(*arguments: str) -> Callable[[], object]:
    """A process to be timed."""
    return lambda: subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, capture_output=True, check=True
    )


def plain_reading() -> None:
    """The same files with general readers, which check nothing."""
    for path in EVIDENCE.glob("*.csv"):
        pd.read_csv(path)
    for path in EVIDENCE.glob("*/*.yml"):
        yaml.safe_load(path.read_text("utf-8"))


def judged(copies: int) -> float:
    """Time to judge the claims of `copies` copies of the five pages."""
    review = open_review([EVIDENCE])
    claims = {
        f"{key}{copy:03d}": claim
        for copy in range(copies)
        for key, claim in review.evidence.claims.items()
    }
    many = type(review.evidence)(
        **{
            name: claims if name == "claims" else getattr(review.evidence, name)
            for name in review.evidence.__slots__
        }
    )
    return seconds(lambda: len(Dossier(many, review.as_of).judged), 3)


def main() -> None:
    """Print the table."""
    print(
        f"Python {platform.python_version()}, {platform.machine()}; medians; ratio = ours / baseline\n"
    )
    print("| what | ours | baseline | baseline's time | ratio |\n| --- | --- | --- | --- | --- |")
    row(
        "review --help",
        seconds(command("-m", "review", "--help")),
        "python -c pass",
        seconds(command("-c", "pass")),
    )
    row(
        "read and check all evidence",
        seconds(lambda: read_evidence([EVIDENCE])),
        "pandas and PyYAML, unchecked",
        seconds(plain_reading),
    )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report"
        run = seconds(lambda: run_report([], [EVIDENCE], out, PROJECT), 3)

    def in_process() -> None:
        report = build_report(open_review([EVIDENCE]))
        report_html(compose(report))
        report_json(report)

    row("whole report, by papermill", run, "the same in process", seconds(in_process, 3))
    one = judged(1)
    for copies in (2, 4, 8):
        row(f"judge {copies} times the claims", judged(copies), "once the claims", one)
    pages = read_evidence([EVIDENCE]).pages
    texts = {key: PageWords(page.text) for key, page in pages.items()}
    double = {**texts, **{f"{key}-2": PageWords(page.text[::-1]) for key, page in pages.items()}}
    row(
        "passages shared by 10 pages",
        seconds(lambda: lineages(double), 3),
        "by 5 pages",
        seconds(lambda: lineages(texts), 3),
    )
    samples = [path.read_bytes() for path in sorted((PROJECT / "tests" / "pages").glob("*.html"))]
    row(
        "read three HTML pages twice, compare",
        seconds(lambda: [read_html(page, "page") for page in samples], 20),
        "trafilatura alone",
        seconds(lambda: [trafilatura.extract(page, favor_recall=True) for page in samples], 20),
    )
    print()
    claims.main()
    scale.main()
    literature.main()
    batch.main()
    regulators.main([])
    print()
    suggestions.main()


main()
