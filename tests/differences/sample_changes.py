"""Changes of the small evidence folder, as an editor would make them."""

import hashlib
import subprocess
from pathlib import Path

from review.store.snapshot import read_evidence

JUDGEMENT = """studies:
  - trial2025
start: high
start_reason: One randomised trial.
ratings:
  risk_of_bias:
    rating: {risk_of_bias}
    reason: {reason}
  inconsistency:
    rating: not_serious
    reason: One study.
  indirectness:
    rating: not_serious
    reason: The people of the page.
  imprecision:
    rating: {imprecision}
    reason: Twenty people.
  publication_bias:
    rating: not_serious
    reason: Registered.
upgrades:
  large_effect:
    levels: 0
    reason: No.
  dose_response:
    levels: 0
    reason: No.
  opposing_confounding:
    levels: 0
    reason: No.
certainty: {certainty}
status: draft
authored_by: reviewer A
checked_by: not_checked
date_reviewed: 2026-11-21
next_review: 2027-11-21
"""


def judge(
    folder: Path,
    risk_of_bias: str = "not_serious",
    imprecision: str = "not_serious",
    certainty: str = "high",
    reason: str = "Concealed and blinded.",
) -> None:
    """Write the judgement of the proposition `regrows`."""
    text = JUDGEMENT.format(
        risk_of_bias=risk_of_bias, imprecision=imprecision, certainty=certainty, reason=reason
    )
    (folder / "certainty").mkdir(exist_ok=True)
    (folder / "certainty" / "regrows.yml").write_text(text, "utf-8")


def replace(path: Path, old: str, new: str) -> None:
    """Exchange one piece of a file."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def append(path: Path, text: str) -> None:
    """Add to the end of a file."""
    path.write_bytes(path.read_bytes() + text.encode() if path.exists() else text.encode())


def edit_page(folder: Path, old: str, new: str) -> None:
    """Exchange one piece of the page, of the same length, in its text and in its quotes."""
    assert len(old) == len(new)
    page = folder / "pages" / "home.txt"
    before = hashlib.sha256(page.read_bytes()).hexdigest()
    replace(page, old, new)
    replace(folder / "pages.csv", before, hashlib.sha256(page.read_bytes()).hexdigest())
    replace(folder / "claims.csv", old, new)


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, without the settings of whoever runs the tests."""
    named = [
        "-c",
        "user.name=reviewer A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    done = subprocess.run(
        ["git", *named, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(repository: Path, message: str = "A change") -> str:
    """Record everything and give the commit."""
    if not (repository / ".git").exists():
        git(repository, "init", "-q", "-b", "main")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", message)
    return git(repository, "rev-parse", "HEAD")


def is_clean(folder: Path) -> bool:
    """Whether the evidence can be read."""
    return bool(read_evidence([folder]).claims)
