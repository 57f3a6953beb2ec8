"""A whole day of use against a replay server: what left the machine, request by request.

`python -m benchmarks.day_of_requests` prints, for each command, every request as it stands in
`requests.log`: service, path and parameters. At the end it says how many there were, and that nothing of
the page stands in any of them.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from review.literature.services.replay import serving

PROJECT = Path(__file__).resolve().parents[1]
RECORDED = PROJECT / "tests" / "literature"
PAGE = """Peels at the Sample Clinic

A glycolic peel fades acne scars. It has no side effects.
Results last a year after 3 peels.
A peel costs £90.
"""
"""The page of docs/adding.md: this clinic does not exist."""
FILES = {
    "page.txt": PAGE,
    "references.bib": "",
    "evidence/subject/names.csv": (
        "name,kind,also,proper,own,approved\n"
        "acne scar,condition,acne scars|scars of acne,no,no,\n"
        "glycolic peel,product,glycolic [acid] peel*,no,yes,\n"
    ),
    "evidence/propositions.csv": (
        "proposition,topic,question,species,statement,population,intervention,comparator,outcome,"
        "horizon,outcome_kind\n"
        "peel-fades-acne-scars,scars,benefit,human,A glycolic peel fades acne scars.,"
        "Adults with acne scars,Glycolic peel,No treatment,Visible scars,not_applicable,"
        "patient-oriented\n"
    ),
    "evidence/claims.csv": (
        "claim,page,start,end,quote,category,wording,checkworthy,proposition,polarity\n"
        "peels-page-001,peels-page,28,61,A glycolic peel fades acne scars.,efficacy,asserted,yes,"
        "peel-fades-acne-scars,affirms\n"
    ),
}
HITS = "hits.json"
DAY = (
    ("ingest", "page.txt", "--page", "peels-page", "--title", "Our page on peels"),
    ("suggest", "peels-page"),
    ("check",),
    ("explain", "peels-page-001"),
    ("literature", "find", "--proposition", "peel-fades-acne-scars", "--print-query"),
    (
        *("literature", "find", "--proposition", "peel-fades-acne-scars", "--by", "A. Reader"),
        *("--out", HITS, "--contact", "reader@example.org", "--send"),
    ),
    ("search", "A glycolic peel fades acne scars.", "--corpus", HITS),
    ("literature", "take", HITS),
    ("check",),
    ("references", "check"),
    ("references", "check", "--refresh"),
    ("literature", "watch", "--send"),
    ("searches",),
    ("report", "--out", "report"),
)
"""The commands of the day. The claims are written down after `suggest`, as a person does."""


def main() -> None:
    """Run the day and print what it sent."""
    folders = sorted(path for path in RECORDED.glob("recorded*") if path.is_dir())
    with tempfile.TemporaryDirectory() as name, serving(*folders) as replay:
        place = Path(name)
        variables = {"REVIEW_CACHE_DIR": str(place / "cache"), "REVIEW_SERVICES_AT": replay.base}
        sent: list[dict[str, object]] = []
        for number, command in enumerate(DAY):
            _write_files(place, after_suggest=number > 1)
            done = subprocess.run(
                [sys.executable, "-m", "review", *command],
                cwd=place,
                env={**os.environ, **variables},
                capture_output=True,
                text=True,
                check=False,
            )
            new = list(_logged(place))[len(sent) :]
            sent += new
            print(f"review {' '.join(command)}\n  exit code {done.returncode}, requests {len(new)}")
            for line in new:
                print(f"    {line['service']} {line['method']} {line['path']}")
                print(f"      {json.dumps(line['parameters'], ensure_ascii=False)}")
        _tell(sent)


def _write_files(place: Path, *, after_suggest: bool) -> None:
    for name, text in FILES.items():
        is_claims = name == "evidence/claims.csv"
        if not (place / name).exists() and (after_suggest or not is_claims):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, "utf-8")


def _logged(place: Path) -> Iterator[dict[str, object]]:
    log = place / "cache" / "requests.log"
    if log.exists():
        yield from map(json.loads, log.read_text("utf-8").splitlines())


def _tell(sent: list[dict[str, object]]) -> None:
    counted = Counter(str(line["service"]) for line in sent)
    print(f"requests {len(sent)}: {', '.join(f'{name} {n}' for name, n in sorted(counted.items()))}")
    sentences = [sentence.rstrip(".") for sentence in re.split(r"(?<=\.) |\n", PAGE) if sentence]
    asked = json.dumps(sent, ensure_ascii=False)
    found = [sentence for sentence in sentences if sentence in asked]
    print(f"sentences of the page {len(sentences)}, of these in a request {len(found)}")


if __name__ == "__main__":
    main()
