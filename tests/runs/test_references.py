"""`review references` as a user types it, against a server here that stands for the services."""

import csv
import json
import re
import shutil

import pytest
from commands import run_review
from small_folder import write_small_folder

from benchmarks.witness_answers import (
    CSV,
    JSON,
    crossref_work,
    put,
    put_all,
    put_watch,
    update,
    watch_file,
    watch_row,
    work,
)
from review.literature.services import crossref, europe_pmc, openalex, pubmed, retraction_watch, trials
from review.literature.services.replay import serving
from review.literature.services.wire import SERVICES_AT
from review.report.build import build_report
from review.report.formats.html import report_html
from review.report.parts.compose import compose
from review.store.cache import VARIABLE
from review.workbench import open_review

DOI, PMID, NCT = "10.5555/trial", "91000000", "NCT99999901"
RETRACTED = [update("10.5555/notice", "retraction", (2026, 5, 4))]
PIPE = ("Retry-After: 0", JSON)

pytestmark = pytest.mark.slow


@pytest.fixture
def place(tmp_path):
    """A small folder whose one study has all identifiers, and what every service has of it."""
    folder = write_small_folder(tmp_path / "evidence")
    bib = f"@article{{trial2025,\n  title = {{A trial}},\n  year = {{2020}},\n  doi = {{{DOI}}},\n"
    (folder / "references.bib").write_text(f"{bib}  pmid = {{{PMID}}},\n}}\n", "utf-8")
    study = folder / "studies" / "trial2025.yml"
    text = study.read_text("utf-8").replace("registration: not_reported", f"registration: {NCT}")
    text = text.replace("doi: not_found", "doi: confirmed").replace("pmid: not_found", "pmid: confirmed")
    study.write_text(text, "utf-8")
    run_review("format", cwd=tmp_path)
    answers = tmp_path / "answers"
    put_all(answers, DOI, PMID, "A trial")
    put_watch(answers, [])
    module = {"identificationModule": {"nctId": NCT, "briefTitle": "A registered trial"}}
    put(answers, trials.study(NCT), json.dumps({"protocolSection": module}))
    return tmp_path


def references(place, *arguments, with_server=True):
    with serving(place / "answers") as replay:
        environment = {VARIABLE: str(place / "cache")}
        if with_server:
            environment[SERVICES_AT] = replay.base
        done = run_review("references", *arguments, cwd=place, **environment)
    assert "Traceback" not in done.stderr
    return done


def rows_of(place):
    with (place / "evidence" / "witnesses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report_of(place):
    return build_report(open_review([place / "evidence"]))


def test_all_is_asked_recorded_and_clean(place):
    done = references(place, "check", "--refresh")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("DOIs, PubMed numbers and trial numbers go to eutils.ncbi.nlm.nih.gov, ")
    assert lines[1] == "references 1"
    assert lines[2].startswith("pubmed: found 1, not found 0, not asked 0; oldest answer ")
    assert [row["witness"] for row in rows_of(place)] == sorted(
        "pubmed crossref crossref-notices europe-pmc retraction-watch openalex clinicaltrials".split()
    )
    assert run_review("format", "--check", cwd=place).returncode == 0
    again = references(place, "check")
    assert (again.returncode, again.stdout.splitlines()) == (0, lines[1:])
    # Whoever gets the folder has the answers, and asks nobody again.
    (place / "cache").rename(place / "cache of somebody else")
    assert references(place, "check", with_server=False).stdout.splitlines() == lines[1:]
    (place / "cache of somebody else").rename(place / "cache")
    told = run_review("check", cwd=place).stdout
    assert "references about which no index of retractions was asked 0" in told
    # Nothing but identifiers left, each in the log of what was sent.
    log = [
        json.loads(line) for line in (place / "cache" / "requests.log").read_text("utf-8").splitlines()
    ]
    assert {row["service"] for row in log} == {
        "pubmed", "crossref", "europe-pmc", "openalex", "clinicaltrials", "retraction-watch",
    }  # fmt: skip
    sent = " ".join(f"{row['path']} {row['parameters']}" for row in log)
    assert not re.search(r"A trial|Exosome|@", sent)


def fail_each_in_another_way(answers):
    """No service answers, and none fails as another does."""
    put(
        answers,
        pubmed.records([PMID]),
        "<ERROR>Cannot process</ERROR>",
        headers=("Content-Type: text/xml",),
    )
    put(answers, crossref.work(DOI), '{"status": "ok", "message": {"DOI": "10.5', headers=(JSON,))
    put(answers, crossref.updates_of(DOI), "<!doctype html><title>Be back soon</title>", headers=(JSON,))
    put(answers, europe_pmc.by_pmid(PMID), '{"errCode": 404, "errMsg": "No"}')
    spent = ("X-RateLimit-Remaining: 0", "Retry-After: 54000")
    put(answers, openalex.by_doi(DOI), "{}", status=429, headers=spent)
    put(answers, trials.study(NCT), "{}", status=503, headers=PIPE)
    put(answers, retraction_watch.index(), "Not,the,file\n1,2,3\n", headers=(CSV,))


def test_where_every_service_fails_in_another_way_no_reference_looks_clean(place):
    fail_each_in_another_way(place / "answers")
    done = references(place, "check", "--refresh")
    assert done.returncode == 10
    whys = {row["witness"]: (row["answer"], row["why"]) for row in rows_of(place)}
    assert whys == {
        "pubmed": ("not-asked", "service-error"),
        "crossref": ("not-asked", "truncated"),
        "crossref-notices": ("not-asked", "wrong-form"),
        "europe-pmc": ("not-asked", "service-error"),
        "openalex": ("not-asked", "budget-spent"),
        "clinicaltrials": ("not-asked", "unavailable"),
        "retraction-watch": ("not-asked", "wrong-form"),
    }
    assert done.stderr.startswith("7 problems\n")
    assert done.stdout.count("found 0, not found 0, not asked 1") == 7
    never = (
        "Of 1 reference, an index of retractions was asked about none: whether one was retracted is not"
    )
    assert never in done.stdout
    told = run_review("check", cwd=place).stdout
    assert "references about which no index of retractions was asked 1: trial2025" in told
    report = report_of(place)
    assert report.retraction_notice.startswith(never)
    assert any(line.startswith(never) for line in report.answer)
    (reference,) = report.references
    assert reference.asked.startswith("no witness was asked about it. not asked: ")
    assert {(row.found, row.not_found, row.not_asked) for row in report.witnesses} == {(0, 0, 1)}
    shown = report_html(compose(report))
    assert never in shown
    assert "no witness was asked about it" in shown


def test_a_retraction_found_reopens_what_rests_on_it(place):
    decided = "--decision keep --reviewer B.Orr --role director".split()
    run_review("decide", "home-001", "--reason", "It is shown.", *decided, cwd=place)
    shutil.copytree(place / "evidence", place / "before" / "evidence")
    told = crossref_work(work(DOI, "Another trial", updated_by=RETRACTED))
    put(place / "answers", crossref.work(DOI), told)
    done = references(place, "check", "--refresh")
    assert done.returncode == 11
    assert "reference trial2025: retraction of 2026-05-04, doi:10.5555/notice." in done.stderr
    assert "  trial2025: retraction, 2026-05-04, doi:10.5555/notice (Crossref)" in done.stdout
    assert "  trial2025, title: “A trial” here, “Another trial” at Crossref" in done.stdout
    report = report_of(place)
    (reference,) = report.references
    assert reference.notices == "retraction"
    assert reference.differences == ("title: “A trial” here, “Another trial” at Crossref",)
    shown = report_html(compose(report))
    assert "decided on earlier evidence; behind it: retraction of A trial 2020" in shown
    told = run_review("decisions", cwd=place).stdout
    assert "on earlier evidence" in told
    assert "a study behind it, trial2025: retraction, 2026-05-04" in told
    changed = run_review("diff", "before/evidence", cwd=place).stdout
    assert "home-001" in changed
    assert "retraction recorded (2026-05-04)" in changed
    # What is known is still to be looked at, and kept answers tell it without a network.
    assert references(place, "check", with_server=True).returncode == 11


def test_what_is_kept_is_told_with_its_age_and_by_whom(place):
    references(place, "check", "--refresh", "--witness", "pubmed")
    report = report_of(place)
    asked = "Of 1 reference, an index of retractions was asked about 1; the oldest answer is of 20"
    assert report.retraction_notice.startswith(asked)
    assert "Answers from a replay server, which prove nothing: 1." in report.retraction_notice
    rows = {row.witness: row for row in report.witnesses}
    assert rows["PubMed"].found == 1
    assert rows["Crossref"].whys == "1: nobody has asked yet"


def test_a_file_put_down_is_asked_and_one_that_is_none_is_refused(place):
    rows = [watch_row(5, "Retraction", "5/4/2026", doi=DOI, notice="10.5555/notice")]
    (place / "watch.csv").write_text(watch_file(rows), "utf-8")
    done = references(place, "index", "watch.csv")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:3] == ["notices 1", "  Retraction: 1", "newest 2026-05-04"]
    done = references(place, "check", "--witness", "retraction-watch")
    assert done.returncode == 11
    assert rows_of(place)[0]["asked"] == "2026-05-04"
    shown = report_html(compose(report_of(place)))
    assert "Of concerns and corrections Retraction Watch holds only some." in shown
    (place / "page.csv").write_text("<html>Sign in</html>", "utf-8")
    done = references(place, "index", "page.csv")
    assert done.returncode == 5
    assert "page.csv: " in done.stderr
    cut = watch_file(rows) + "6,cut\n"
    (place / "cut.csv").write_text(cut, "utf-8")
    done = references(place, "index", "cut.csv")
    assert (done.returncode, done.stdout.splitlines()[0]) == (5, "notices 1")
    assert references(place, "index", "nowhere.csv").returncode == 5


def test_the_file_is_fetched_by_name(place):
    put_watch(place / "answers", [watch_row(5, "Correction", "5/4/2026", doi=DOI)])
    assert references(place, "index").stdout.startswith("notices 1\n  Correction: 1\n")
    put(place / "answers", retraction_watch.index(), "no", status=503, headers=PIPE)
    done = references(place, "index")
    assert done.returncode == 10
    assert "Retraction Watch answered 503" in done.stderr
