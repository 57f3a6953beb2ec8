"""A small evidence folder with a judgement and an appraisal, and sheets that reviewers filled in."""

import csv
from pathlib import Path

from review.people.rating import COLUMNS, RatingKind, blank_rows, items_of
from review.store.canonical import canonical_files
from review.store.files.sheet_file import write_sheet
from review.store.read import packaged_packs
from review.store.snapshot import read_evidence

RECORDED = "The words of whoever recorded it."

CERTAINTY = f"""studies:
  - trial2025
start: high
start_reason: {RECORDED}
ratings:
  risk_of_bias:
    rating: serious
    reason: {RECORDED}
  inconsistency:
    rating: not_serious
    reason: {RECORDED}
  indirectness:
    rating: not_serious
    reason: {RECORDED}
  imprecision:
    rating: serious
    reason: {RECORDED}
  publication_bias:
    rating: not_serious
    reason: {RECORDED}
upgrades:
  large_effect:
    levels: 0
    reason: {RECORDED}
  dose_response:
    levels: 0
    reason: {RECORDED}
  opposing_confounding:
    levels: 0
    reason: {RECORDED}
certainty: low
status: draft
authored_by: reviewer Z
checked_by: not_checked
date_reviewed: 2026-11-21
next_review: 2027-11-21
"""
ITEMS = packaged_packs().tools["rob2-2019"].answers
ANSWERS = "".join(
    # RoB 2 does not offer NI at 3.2.
    f"  '{item}':\n    answer: {'PN' if item == '3.2' else 'NI'}\n    reason: {RECORDED}\n"
    for item in ITEMS
)
APPRAISAL = f"""tool: rob2
version: '2019'
result: hair density (finding f1)
answers:
{ANSWERS}summary: {RECORDED}
status: draft
authored_by: reviewer Z
checked_by: not_checked
date_reviewed: 2026-11-21
"""


def judged_folder(folder: Path) -> Path:
    """The small folder with a GRADE judgement of `regrows` and an appraisal of its trial."""
    (folder / "appraisals").mkdir()
    (folder / "certainty" / "regrows.yml").write_text(CERTAINTY, "utf-8")
    (folder / "appraisals" / "trial2025.yml").write_text(APPRAISAL, "utf-8")
    for path, _, canonical in canonical_files(folder):
        path.write_bytes(canonical.encode())
    return folder


def filled_sheet(
    path: Path,
    folder: Path,
    reviewer: str,
    values: dict[object, str],
    kind: RatingKind = RatingKind.GRADE,
) -> Path:
    """A sheet of a kind as a reviewer filled it in: values by item."""
    rows = blank_rows(items_of(read_evidence([folder]), kind))
    for row in rows:
        if value := values.get(row["item"]):
            row.update(value=value, reason="As it is written.", reviewer=reviewer)
    write_sheet(path, rows, COLUMNS, replace=True)
    return path


def cells_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def put_cells(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
