"""Evidence folders: every problem of an input at once, with place and remedy; nothing guessed."""

import hashlib
import re
from pathlib import Path

import pytest

from review.model.errors import EvidenceError, InFile, InputError, MissingRecord
from review.model.vocabulary import Measure
from review.store.canonical import canonical_files
from review.store.snapshot import read_evidence


def problems(*folders: Path):
    with pytest.raises(EvidenceError) as caught:
        read_evidence(folders)
    return caught.value.problems


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_small_folder_is_clean(folder):
    found = read_evidence([folder])
    assert list(found.claims) == ["home-001", "home-002", "home-003"]
    assert found.studies["trial2025"].n == 20


BREAKS = [
    ("pages.csv", ",not_reported,none", ",vbscript:x,none", "url is 'vbscript:x'"),
    ("pages.csv", ",not_reported,none", ",data:text/html;base64,none", "url is 'data:text/html;base64'"),
    ("pages.csv", ",not_reported,none", ",https://a b/,none", "url is 'https://a b/'"),
    ("pages.csv", ",not_reported,none", ",https:/etc,none", "url is 'https:/etc'"),
    ("propositions.csv", "costs,cost,", "com7,cost,", "proposition is 'com7'"),
    ("claims.csv", "home-001,home,0,21", "home-001,home,1,22", "does not stand at 1-22"),
    ("claims.csv", "Exosomes regrow hair.", "Exosomes regrow HAIR.", "quote of home-001"),
    ("claims.csv", "home-001,home,0,21", "home-001,home,0,20", "the offsets span 20"),
    ("claims.csv", "home-002,", "home-001,", "'home-001' stands here and in"),
    ("claims.csv", "yes,regrows", "yes,regrowz", "proposition 'regrowz' does not exist"),
    ("claims.csv", "home-001,home", "home-001,house", "the id must be house-"),
    ("claims.csv", "asserted", "assured", "wording is 'assured'"),
    ("claims.csv", "affirms", "", "polarity is ''"),
    ("claims.csv", "home-001,home,0,", "home-001,home,00,", "start is '00'"),
    ("propositions.csv", "regrow hair.", "regrow hair", "ends with a full stop"),
    ("propositions.csv", ",benefit,", ",profit,", "question is 'profit'"),
    ("links.csv", "trial2025", "trial2052", "study 'trial2052' does not exist"),
    ("links.csv", ",f1,", ",f2,", "has no finding 'f2'"),
    ("links.csv", "It compared with saline.", "", "reason is empty"),
    ("links.csv", "lnk-0001", "1", "link is '1'"),
    ("studies/trial2025.yml", "design: randomised-trial", "design: rct", "design is 'rct'"),
    ("studies/trial2025.yml", "n: 20", "n: 020", "n is '020'"),
    ("studies/trial2025.yml", "n: 20", "n: twenty", "n is 'twenty'"),
    (
        "studies/trial2025.yml",
        "recorded: 2026-11-21",
        "recorded: 2026-02-30",
        "recorded is '2026-02-30'",
    ),
    (
        "studies/trial2025.yml",
        "recorded: 2026-11-21",
        "recorded: 21/11/2026",
        "recorded is '21/11/2026'",
    ),
    ("studies/trial2025.yml", "follow_up:", "folow_up:", "folow_up is not a known key"),
    ("studies/trial2025.yml", "species: human\n", "", "species is missing"),
    ("studies/trial2025.yml", "doi: not_found", "doi: confirmed", "references.bib has none"),
    ("studies/trial2025.yml", "    outcome: hair", "    ci_low: 1\n    outcome: hair", "both limits"),
    ("studies/trial2025.yml", "warnings:", "includes: []\nwarnings:", "only a systematic review"),
    ("studies/trial2025.yml", "warnings:", "trial_state: open\nwarnings:", "only a registry entry"),
    (
        "studies/trial2025.yml",
        "    outcome: hair",
        "    n_control: 9\n    events_control: 10\n    outcome: hair",
        "events_control needs n_control",
    ),
    (
        "studies/trial2025.yml",
        "    outcome: hair",
        "    events_intervention: 1\n    outcome: hair",
        "events_intervention needs n_intervention",
    ),
    (
        "studies/trial2025.yml",
        "design: randomised-trial",
        "includes:\n  - trial2025\ndesign: systematic-review-of-trials",
        "cannot include itself",
    ),
    (
        "studies/trial2025.yml",
        "design: randomised-trial",
        "includes:\n  - trial2052\ndesign: systematic-review-of-trials",
        "study 'trial2052' does not exist",
    ),
    ("references.bib", "trial2025", "other2025", "reference 'trial2025' does not exist"),
    ("references.bib", "title = {A trial},", "title = {A trial}, doi = {10.1000/x},", "has one"),
    ("references.bib", "{2025},\n}", "{2025},", "the entry cannot be read"),
    ("pages/home.txt", "hair", "hare", "is not the one that was reviewed"),
]


NO_SUCH = {what for *_, what in BREAKS if what.endswith("does not exist")}


RISK = "proposition,per_thousand,population,time,study,source\nharms,40,Adults,1 year,trial2025,p. 3\n"
SIZES = (
    "proposition,measure,unit,small,moderate,large,source\nharms,risk-difference,per 1000,5,20,50,us\n"
)


@pytest.mark.parametrize(
    ("file", "text", "old", "new", "what"),
    [
        ("baseline_risks.csv", RISK, "40", "1001", "per_thousand is '1001'"),
        ("baseline_risks.csv", RISK, "40", "-1", "per_thousand is '-1'"),
        ("baseline_risks.csv", RISK, "harms", "harmz", "proposition 'harmz' does not exist"),
        ("baseline_risks.csv", RISK, "trial2025", "trial2052", "study 'trial2052' does not exist"),
        ("thresholds.csv", SIZES, "20,50", "50,20", "the thresholds must rise"),
        ("thresholds.csv", SIZES, "5,20", "0,20", "the thresholds must rise"),
        ("thresholds.csv", SIZES, "risk-difference", "risk", "measure is 'risk'"),
        ("thresholds.csv", SIZES, "harms", "harmz", "proposition 'harmz' does not exist"),
    ],
)
def test_one_defect_of_what_effects_are_told_at_is_one_clear_problem(folder, file, text, old, new, what):
    (folder / file).write_text(text, "utf-8")
    read_evidence([folder])
    replace(folder / file, old, new)
    (problem,) = problems(folder)
    assert what in problem.fault
    assert problem.place == InFile(f"{folder.as_posix()}/{file}", 2)


@pytest.mark.parametrize(("file", "old", "new", "what"), BREAKS, ids=[b[3] for b in BREAKS])
def test_one_defect_is_one_clear_problem(folder, file, old, new, what):
    replace(folder / file, old, new)
    found = problems(folder)
    matching = [problem for problem in found if what in problem.fault]
    assert matching, [str(problem) for problem in found]
    assert all(problem.place.path and problem.remedy for problem in found)
    assert all(isinstance(problem, MissingRecord) is (what in NO_SUCH) for problem in matching)


def test_a_problem_names_file_line_and_remedy(folder):
    replace(folder / "claims.csv", "home-002,home,22,48", "home-002,home,23,49")
    (problem,) = problems(folder)
    assert problem.place == InFile(f"{folder.as_posix()}/claims.csv", 3)
    assert problem.remedy == "It stands at 22-48: correct the offsets."


def test_all_problems_come_at_once(folder):
    for file, old, new, _ in BREAKS[5:6] + BREAKS[9:10] + BREAKS[18:19] + BREAKS[20:21]:
        replace(folder / file, old, new)
    assert len(problems(folder)) == 4


def test_a_broken_study_is_not_reported_again_by_its_links(folder):
    replace(folder / "studies" / "trial2025.yml", "design: randomised-trial", "design: rct")
    assert len(problems(folder)) == 1


@pytest.mark.parametrize("written", ["OR", "odds ratio", "mean difference in serum concentration"])
def test_an_unknown_measure_is_a_problem_with_the_allowed_words(folder, written):
    outcome = "    outcome: hair density\n"
    replace(folder / "studies" / "trial2025.yml", outcome, f"{outcome}    measure: {written}\n")
    (problem,) = problems(folder)
    assert str(problem.place).endswith("trial2025.yml:20")
    assert problem.fault == f"findings.0.measure is '{written}'"
    assert set(re.findall(r"'([^']+)'", problem.remedy)) == {str(measure) for measure in Measure}


def test_a_misspelt_key_is_recognised(folder):
    replace(folder / "studies" / "trial2025.yml", "follow_up:", "folow_up:")
    assert "Did you mean 'follow_up'?" in [problem.remedy for problem in problems(folder)]


@pytest.mark.parametrize(
    "stranger", ["notes.csv", "studies/trial2026.yaml", "pages/home.html", "certainty/x.txt"]
)
def test_a_file_that_would_be_passed_over_is_a_problem(folder, stranger):
    (folder / stranger).write_text("x", "utf-8")
    (problem,) = problems(folder)
    assert problem.place.path.endswith(stranger)


def test_a_page_without_text_is_a_problem(folder):
    (folder / "pages" / "home.txt").unlink()
    assert any("is missing" in problem.fault for problem in problems(folder))


@pytest.mark.parametrize("file", ["links.csv", "studies/trial2025.yml", "references.bib"])
def test_what_is_not_utf_8_is_a_problem_with_its_line(folder, file):
    path = folder / file
    path.write_bytes(path.read_bytes() + b"\n\x81\n")
    (problem,) = [p for p in problems(folder) if p.fault == "this is not UTF-8 text"]
    assert problem.place == InFile(path.as_posix(), path.read_bytes().count(b"\n"))


def test_a_page_name_cannot_leave_its_folder(folder):
    replace(folder / "pages.csv", "home,Home", "../secret,Home")
    assert any("page is '../secret'" in problem.fault for problem in problems(folder))


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_an_unreadable_folder_is_an_input_error(tmp_path, kind):
    path = tmp_path / "nothing"
    if kind == "file":
        path.write_text("x", "utf-8")
    with pytest.raises(InputError) as caught:
        read_evidence([path])
    assert caught.value.exit_code == 5


def test_a_second_folder_adds_to_the_first(folder, tmp_path):
    other = tmp_path / "other"
    (other / "pages").mkdir(parents=True)
    (other / "pages" / "shop.txt").write_text("Exosomes regrow hair.", "utf-8")
    digest = hashlib.sha256(b"Exosomes regrow hair.").hexdigest()
    head, _, _ = (folder / "pages.csv").read_text("utf-8").partition("\n")
    (other / "pages.csv").write_text(
        f"{head}\nshop,Shop,other,{digest},2026-01-31,not_reported,none\n", "utf-8"
    )
    head, _, _ = (folder / "claims.csv").read_text("utf-8").partition("\n")
    row = "shop-001,shop,0,21,Exosomes regrow hair.,efficacy,asserted,yes,regrows,affirms"
    (other / "claims.csv").write_text(f"{head}\n{row}\n", "utf-8")
    found = read_evidence([folder, other])
    assert set(found.pages) == {"home", "shop"}
    assert found.claims["shop-001"].proposition == "regrows"


def test_a_clash_of_ids_between_folders_is_a_problem(folder, tmp_path):
    copy = tmp_path / "copy"
    (copy / "pages").mkdir(parents=True)
    for name in ("pages.csv", "pages/home.txt"):
        (copy / name).write_bytes((folder / name).read_bytes())
    (problem,) = problems(folder, copy)
    assert "page 'home' stands here and in" in problem.fault


def test_the_digest_changes_with_any_file_and_with_nothing_else(folder, tmp_path):
    before = read_evidence([folder]).digest
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    moved = folder.rename(elsewhere / folder.name)
    assert read_evidence([moved]).digest == before
    folder = moved
    replace(folder / "links.csv", "with saline", "against saline")
    assert read_evidence([folder]).digest != before


def test_format_is_canonical_and_stable(folder):
    replace(folder / "studies" / "trial2025.yml", "species: human\n", "")
    replace(folder / "studies" / "trial2025.yml", "n: 20\n", "n: 20\nspecies: human\n")
    replace(
        folder / "studies" / "trial2025.yml",
        "Density rose more than with saline.",
        "Density rose. It fell later.",
    )
    first = {path: canonical for path, present, canonical in canonical_files(folder)}
    study = first[folder / "studies" / "trial2025.yml"]
    assert study.index("species:") < study.index("n: 20")
    assert "    result: |\n      Density rose.\n      It fell later.\n" in study
    for path, text in first.items():
        path.write_bytes(text.encode())
    assert all(present == canonical for _, present, canonical in canonical_files(folder))
    read_evidence([folder])


def test_the_projects_own_files_are_canonical(project):
    changed = [path.name for path, now, then in canonical_files(project / "evidence") if now != then]
    assert changed == []
