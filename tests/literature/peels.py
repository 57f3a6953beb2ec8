"""A clinic that does not exist and its peels, with what the services answer to its searches.

The records of `recorded_peels/` are of real papers and a real trial: identifiers, authors, numbers and
results as their abstracts have them, told in other words. See the README there.
"""

import json
import os
from contextlib import contextmanager
from pathlib import Path

from asking import record
from click.testing import CliRunner

from review.commands.group import app
from review.literature.services.request import Request
from review.model.errors import ReviewError

RECORDED = Path(__file__).with_name("recorded_peels")
PROPOSITION = "peel-fades-acne-scars"
HARM = "peel-has-side-effects"
NAMES = """name,kind,also,proper,own,approved
acne scar,condition,acne scars|scars of acne,no,no,
glycolic peel,product,glycolic [acid] peel*,no,yes,
"""
_COLUMNS = (
    "proposition,topic,question,species,statement,population,intervention,comparator,outcome,horizon,"
    "outcome_kind"
)
_REST = "Glycolic peel,No treatment"
PROPOSITIONS = (
    f"{_COLUMNS}\n"
    f"{PROPOSITION},scars,benefit,human,A glycolic peel fades acne scars.,Adults with acne scars,"
    f"{_REST},Visible scars,not_applicable,patient-oriented\n"
    f"{HARM},safety,harm,human,A glycolic peel has side effects.,Adults,"
    f"{_REST},Any harm,not_applicable,patient-oriented\n"
)
SEARCHES = (
    "proposition,looked_for,result,kind,database,date,query,hits,duplicates,screened,excluded,kept,who\n"
)


def write_peels(folder: Path) -> Path:
    """The evidence of the clinic, without a study and without a search; gives its folder."""
    evidence = folder / "evidence"
    (evidence / "subject").mkdir(parents=True)
    (evidence / "subject" / "names.csv").write_text(NAMES, "utf-8")
    (evidence / "propositions.csv").write_text(PROPOSITIONS, "utf-8")
    (folder / "references.bib").write_text("", "utf-8")
    return evidence


def search_row(database: str, day: str, query: str, **numbers: object) -> str:
    """A row of `searches.csv` as a person writes it."""
    named = ("hits", "duplicates", "screened", "excluded", "kept")
    cells = [str(numbers.get(name, "not_reported")) for name in named]
    quoted = query.replace('"', '""')
    head = f'{PROPOSITION},Literature on peels,Looked through,database,{database},{day},"{quoted}"'
    return f"{head},{','.join(cells)},A. Reader\n"


class Done:
    """How a command ended: its exit code, and what it said."""

    def __init__(self, result) -> None:
        is_own = isinstance(result.exception, ReviewError)
        if result.exception and not is_own and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code = result.exception.exit_code if is_own else result.exit_code
        self.out = result.stdout
        self.err = result.stderr + (str(result.exception) if is_own else "")

    @property
    def fields(self) -> dict:
        """What it said as JSON."""
        return json.loads(self.out)


def run_literature(folder: Path, *arguments: str, at: str = "", **environment: str) -> Done:
    """`review literature` as typed in `folder`; `at` is the server that stands for the services."""
    given = {
        "REVIEW_CACHE_DIR": str(folder / "cache"),
        "REVIEW_SERVICES_AT": at or None,
        "REVIEW_CONTACT": None,
        **environment,
    }
    runner = CliRunner()
    with _within(folder):
        # By way of `review` itself: a command remembers the words for help of whoever called it first.
        return Done(runner.invoke(app, ["literature", *arguments], env=given))


@contextmanager
def _within(folder: Path):
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def write_answers(folder: Path, *answers: tuple[Request, int, object]) -> Path:
    """Recorded answers of a test's own: each a question, a status, and a body as text or as JSON."""
    for number, (request, status, body) in enumerate(answers):
        text = body if isinstance(body, str) else json.dumps(body)
        kind = "text/xml" if text.startswith("<?xml") else "application/json"
        record(
            folder, f"{number:03}", request.text, text, status, f"Content-Type: {kind}", "Retry-After: 0"
        )
    return folder
