"""A subject that the package has never seen: one page on botulinum toxin, by every command.

The clinic of the page does not exist. No output may speak of another subject, or of a day that no
record carries.
"""

import csv
import hashlib
import json
import re

import pytest
from commands import run_review

TEXT = """Botulinum toxin at the Sample Clinic (this clinic does not exist)

Botulinum toxin smooths frown lines. Botox smooths frown lines in a week.
Restylane fills lips better than any cream.
It eases migraine.
There are no side effects.
A session costs £200.
"""
CLAIMS = {
    "toxin-page-001": ("Botulinum toxin smooths frown lines.", "efficacy", "toxin-smooths-frown-lines"),
    "toxin-page-002": ("Restylane fills lips better than any cream.", "comparison", "filler-fills-lips"),
}
COLUMNS = {
    "pages.csv": "page,title,kind,sha256,captured,url,note",
    "claims.csv": "claim,page,start,end,quote,category,wording,checkworthy,proposition,polarity",
    "propositions.csv": "proposition,topic,question,species,statement,population,intervention,"
    "comparator,outcome,horizon,outcome_kind",
    "subject/topics.csv": "topic,title,order",
    "subject/names.csv": "name,kind,also,proper,own,approved",
}
OTHER_SUBJECT = re.compile(
    r"exosom|\bhairs?\b|alopecia|minoxidil|finasteride|follic|platelet|1970", re.I
)


def written(folder, name, *rows):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS[name].split(","))
        writer.writerows(rows)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder that holds `evidence`, as somebody begins a review of another subject."""
    place = tmp_path_factory.mktemp("second")
    folder = place / "evidence"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "toxin-page.txt").write_bytes(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    written(
        folder,
        "pages.csv",
        (
            "toxin-page",
            "Botulinum toxin",
            "clinic-faq",
            digest,
            "2026-03-02",
            "not_reported",
            "Made up.",
        ),
    )
    written(
        folder,
        "claims.csv",
        *(
            (key, "toxin-page", start := TEXT.index(quote), start + len(quote), quote, category,
             "asserted", "yes", proposition, "affirms")
            for key, (quote, category, proposition) in CLAIMS.items()
        ),
    )  # fmt: skip
    unknown = ("not_applicable",) * 2
    written(
        folder,
        "propositions.csv",
        ("filler-fills-lips", "fillers", "comparison", "human",
         "Restylane fills lips better than cream does.", "Adults", "Injected Restylane", "Cream",
         "Fullness of lips", unknown[0], "patient-oriented"),
        ("toxin-smooths-frown-lines", "wrinkles", "benefit", "human",
         "Botulinum toxin smooths frown lines.", "Adults", "Injected botulinum toxin", "Placebo",
         "Frown lines", unknown[0], "patient-oriented"),
    )  # fmt: skip
    written(folder, "subject/topics.csv", ("fillers", "Fillers", 20), ("wrinkles", "Wrinkles", 10))
    written(
        folder,
        "subject/names.csv",
        ("Botox", "brand", "", "yes", "yes", ""),
        ("botulinum toxin", "product", "botulinum toxins", "no", "yes", ""),
        ("migraine", "condition", "migraines", "no", "no", ""),
    )
    return place


def said(place, *arguments):
    """What a command prints, after holding that it speaks of nothing else."""
    done = run_review(*arguments, cwd=place)
    assert done.returncode == 0, done.stderr
    assert not OTHER_SUBJECT.search(done.stdout + done.stderr), done.stdout + done.stderr
    return done.stdout


def test_the_evidence_is_checked(place):
    text = said(place, "check")
    assert "problems 0" in text
    assert "day of the review 2026-03-02" in text


def test_a_topic_that_is_not_listed_is_a_problem_with_the_nearest(place, tmp_path):
    path = place / "evidence" / "propositions.csv"
    before = path.read_text("utf-8")
    path.write_text(before.replace(",fillers,", ",filers,"), "utf-8")
    try:
        done = run_review("check", cwd=place)
    finally:
        path.write_text(before, "utf-8")
    assert done.returncode == 3
    assert "propositions.csv:2: topic 'filers' does not exist. Did you mean 'fillers'?" in done.stderr


def test_a_verdict_is_explained_on_the_day_of_the_page(place):
    text = said(place, "explain", "toxin-page-002")
    assert "What counts for it on 2026-03-02: 0 findings." in text
    assert "not-looked-for: Nobody has searched a literature database for it" in text
    assert "Verdict: not-looked-for." in text


def test_claims_are_suggested_before_any_page_is_marked(place):
    lines = said(place, "suggest", "toxin-page", "--json").splitlines()
    rows = {row["quote"]: row for row in map(json.loads, lines)}
    assert {row["found_by"] for row in rows.values()} == {"rule"}
    assert rows["There are no side effects."]["polarity"] == "denies"
    assert rows["A session costs £200."]["category"] == "cost"
    assert rows["Botulinum toxin smooths frown lines."]["proposition"] == "toxin-smooths-frown-lines"
    # Botox is another name than botulinum toxin here: what is known of one is not said of the other.
    other = rows["Botox smooths frown lines in a week."]
    assert (other["proposition"], other["match"]) == ("", "new")
    assert "product: Botox here, botulinum toxin there" in other["reason"]


def test_a_report_is_written_in_every_format(place):
    said(place, "report", "--out", "build/report")
    for path in sorted((place / "build" / "report").iterdir()):
        if path.suffix in (".json", ".html", ".csv", ".jsonld", ".ris", ".ipynb"):
            met = OTHER_SUBJECT.search(path.read_text("utf-8"))
            assert not met, f"{path.name}: {met}"
    report = json.loads((place / "build" / "report" / "report.json").read_text("utf-8"))
    assert report["as_of"] == "2026-03-02"
    assert [claim["claim"] for claim in report["claims"]] == list(CLAIMS)
