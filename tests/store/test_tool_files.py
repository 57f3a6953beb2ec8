"""Bias tools of a folder: added or replaced by a file, checked with the rest, and in nobody's way."""

import re
from pathlib import Path
from typing import get_args

import pytest

from review.model.errors import EvidenceError
from review.model.knowledge.tools import Tool
from review.model.record import Record
from review.people.rating import RatingKind, items_of
from review.report.build import build_report
from review.report.pictures import bias_blocks
from review.store.canonical import canonical_files
from review.store.read import packaged_packs
from review.store.snapshot import read_evidence
from review.teaching.pools import lesson_items
from review.verdicts.coverage import gaps
from review.workbench import open_review

ITEMS = [f"q{number}" for number in range(1, 9)]
OWN_TOOL = (
    """name: own
version: 3
order: 30
title: A tool of this folder
short_title: Own tool
made_by: the folder
source: our own
designs: randomised-trial
rule: ours
remarks: High with one no, else low.
status: draft
checked: Nothing was checked.
scale:
  - answer: ok
    words: yes
    meaning: favourable
  - answer: bad
    words: no
    meaning: unfavourable
  - answer: NR
    words: not in what was read
    meaning: not-read
items:
"""
    + "".join(f"  - item: {item}\n    label: {item}\n    asks: Is {item} met?\n" for item in ITEMS)
    + """levels:
  - level: sound
    concern: low
  - level: unsound
    concern: high
  - level: unread
    concern: unknown
figures:
  - figure: times no
    counts: bad
  - figure: items not read
    counts: NR
overall:
  - when:
      times no: at least 1
    then: unsound
  - when:
      items not read: at least 1
    then: unread
  - then: sound
steps:
  - "{times no} times no"
lesson:
  asks: Overall. Which level follows?
  designs: randomised-trial
examples:
  - example: nothing is missing
    answers: ok, ok, ok, ok, ok, ok, ok, ok
    overall: sound
    concern: low
    source: our own
"""
)


def appraisal(tool: str, version: object, answers: dict[str, str]) -> str:
    given = "".join(f"  {item}:\n    answer: {a}\n    reason: As read.\n" for item, a in answers.items())
    return (
        f"tool: {tool}\nversion: {version}\nresult: hair density\nanswers:\n{given}summary: Sound.\n"
        "status: draft\nauthored_by: reviewer A\nchecked_by: not_checked\ndate_reviewed: 2026-11-21\n"
    )


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def problems(*folders: Path):
    with pytest.raises(EvidenceError) as caught:
        read_evidence(folders)
    return caught.value.problems


def formatted(folder: Path, *beside: Path) -> list[str]:
    """The files that formatting would change; they are changed."""
    changed = {path: text for path, now, text in canonical_files(folder, beside) if now != text}
    for path, text in changed.items():
        path.write_text(text, "utf-8")
    return sorted(path.relative_to(folder).as_posix() for path in changed)


@pytest.fixture
def own(folder) -> Path:
    """The small folder with a tool of its own, by which its trial is appraised."""
    put(folder / "packs/tools/own-3.yml", OWN_TOOL)
    put(
        folder / "appraisals/trial2025.yml",
        appraisal("own", 3, {**dict.fromkeys(ITEMS, "ok"), "q2": "bad"}),
    )
    formatted(folder)
    return folder


def test_a_tool_of_a_folder_is_read_worked_out_shown_rated_and_taught(own):
    review = open_review([own])
    assert review.appraised("trial2025").concern == "high"
    assert review.appraisal_text("trial2025") == "Own tool: unsound"
    assert next(iter(review.appraisal_table("trial2025")["question"])) == "Is q1 met?"
    report = build_report(review)
    assert report.bias[0].title == "Own tool (3)"
    assert report.bias[0].rows[0].judgements[:2] == ("ok", "bad")
    picture, drawn_table = bias_blocks(report)
    assert "Overall: 1 unfavourable. Item q1: 1 favourable. Item q2: 1 unfavourable." in picture.alt
    assert drawn_table.note.startswith("ok: yes; bad: no. q1. Is q1 met?")
    rated = items_of(review.evidence, RatingKind.APPRAISAL)
    assert [item.scale for item in rated] == [("ok", "bad", "NR")] * 8
    *_, overall = lesson_items(review, 3)
    assert overall.choices == ("sound", "unsound", "unread")
    assert (overall.key.value, overall.key.rule) == (
        "unsound",
        "Own tool (3), overall by our convention",
    )


def test_several_tools_may_be_used_for_one_design(own):
    unread = dict.fromkeys(packaged_packs().tools["rob2-2019"].answers, "NI") | {"3.2": "PN"}
    put(own / "appraisals/trial2025.yml", appraisal("rob2", 2019, unread))
    assert open_review([own]).appraisal_text("trial2025").startswith("RoB 2: high (low at best")
    jbi = {f"q{number}": "Y" for number in range(1, 14)}
    put(own / "appraisals/trial2025.yml", appraisal("jbi-rct", 2023, jbi))
    assert open_review([own]).appraised("trial2025").concern == "low"


def read_and_answered(own: Path, read: str, answers: dict[str, str]) -> None:
    """The trial read as far as `read` says, its appraisal unread but for `answers`."""
    # Item 3.2 cannot be left open: the tool offers no such answer.
    unread = dict.fromkeys(packaged_packs().tools["rob2-2019"].answers, "NI") | {"3.2": "PN"}
    put(own / "appraisals/trial2025.yml", appraisal("rob2", 2019, unread | answers))
    path = own / "studies/trial2025.yml"
    before, findings = path.read_text("utf-8").split("findings:")
    put(path, re.sub(r"checked: .*", f"checked: {read}", before) + "findings:" + findings)


@pytest.mark.parametrize("answers", [{}, {"2.4": "NA", "2.5": "NA"}])
def test_a_paper_read_whole_has_an_answer_to_some_item(own, answers):
    read_and_answered(own, "full-text", answers)
    (problem,) = problems(own)
    assert problem.fault.startswith("trial2025 is said to have been read in full text")
    assert problem.place.path.endswith("appraisals/trial2025.yml")


@pytest.mark.parametrize(("read", "answers"), [("abstract", {}), ("full-text", {"1.1": "PY"})])
def test_an_abstract_may_answer_nothing_and_a_paper_little(own, read, answers):
    read_and_answered(own, read, answers)
    assert read_evidence([own]).studies["trial2025"].checked == read


def test_an_override_and_signals_are_read_shown_and_kept(folder):
    path = folder / "appraisals/trial2025.yml"
    quiet = packaged_packs().tools["rob2-2019"].examples[0].answers
    items = packaged_packs().tools["rob2-2019"].answers
    text = appraisal("rob2", 2019, dict(zip(items, quiet, strict=True)))
    more = "overrides:\n  overall:\n    reason: Two trials share their data.\n    judgement: high\n"
    put(path, text.replace("summary: Sound.\n", f"summary: Sound.\n{more}"))
    review = open_review([folder])
    assert review.appraised("trial2025").concern == "high"
    shown = "RoB 2: high (high by the reviewer, low by the rule: Two trials share their data.)"
    assert review.appraisal_text("trial2025") == shown
    (row,) = build_report(review).bias[0].rows
    assert f"RoB 2: {row.overall}" == shown
    assert row.signs[-1] == "unfavourable"
    assert "appraisals/trial2025.yml" in formatted(folder)
    text = path.read_text("utf-8")
    assert text.index("overrides:") < text.index("summary:")
    assert text.index("judgement: high") < text.index("reason: Two trials")
    put(path, text.replace("judgement: high", "judgement: worse"))
    (problem,) = problems(folder)
    assert problem.fault == "overall is overridden by 'worse', not low, some concerns, high"


@pytest.mark.parametrize(
    ("tool", "version", "fault", "remedy"),
    [
        ("owm", 3, "bias tool 'owm' does not exist", "Did you mean 'own'?"),
        ("own", 4, "there is no version '4' of own here", "Known: 3."),
        (
            "syrcle",
            2014,
            "syrcle is no tool for a randomised-trial",
            "Use rob2 or jbi-rct or rob2-adhering or rob2-cluster or rob2-crossover or own, "
            "or correct the design of the study.",
        ),
    ],
)
def test_a_tool_that_cannot_be_used_is_one_problem(own, tool, version, fault, remedy):
    given = {f"q{n}": "Y" for n in range(1, 11)} if tool == "syrcle" else dict.fromkeys(ITEMS, "ok")
    put(own / "appraisals/trial2025.yml", appraisal(tool, version, given))
    (problem,) = problems(own)
    assert (problem.fault, problem.remedy) == (fault, remedy)
    assert problem.place.path.endswith("appraisals/trial2025.yml")


def test_where_no_tool_is_made_for_a_design_none_is_recommended(own):
    path = own / "studies/trial2025.yml"
    put(path, path.read_text("utf-8").replace("design: randomised-trial", "design: n-of-1-trial"))
    (problem,) = problems(own)
    assert problem.remedy == "Remove the file, as no tool is, or correct the design of the study."


def test_answers_in_other_words_are_problems_and_answers_without_a_score_are_none(own):
    put(own / "appraisals/trial2025.yml", appraisal("own", 3, dict.fromkeys(ITEMS, "yes")))
    assert next(p.fault for p in problems(own)) == "item q1 is answered 'yes', not ok, bad, NR"
    path = own / "studies/trial2025.yml"
    put(path, path.read_text("utf-8").replace("design: randomised-trial", "design: in-vitro"))
    nothing = dict.fromkeys([f"q{n}" for n in range(1, 13)], "NA")
    put(own / "appraisals/trial2025.yml", appraisal("quin", 2022, nothing))
    review = open_review([own])
    assert review.appraisal_text("trial2025") == "QUIN: not applicable"
    assert review.appraised("trial2025").concern == "unknown"


def test_a_broken_tool_is_not_reported_again_by_its_appraisals(own):
    path = own / "packs/tools/own-3.yml"
    put(path, path.read_text("utf-8").replace("then: sound", "then: fine"))
    (problem,) = problems(own)
    assert problem.place.path == path.as_posix()
    assert "overall, row 3: 'fine' is no level" in problem.fault


def test_an_example_that_comes_to_something_else_is_a_problem_of_the_file(own):
    path = own / "packs/tools/own-3.yml"
    put(path, path.read_text("utf-8").replace("answers: ok, ok", "answers: ok, bad"))
    (problem,) = problems(own)
    assert problem.place.path == path.as_posix()
    assert problem.fault == "the example 'nothing is missing' comes to 'unsound', high"


def test_a_file_of_the_same_name_takes_the_place_of_the_packaged_one(folder, project):
    text = (project / "src/review/packs/tools/jbi-rct-2023.yml").read_text("utf-8")
    jbi = {f"q{number}": "Y" for number in range(1, 14)} | {"q4": "N"}
    put(folder / "appraisals/trial2025.yml", appraisal("jbi-rct", 2023, jbi))
    assert open_review([folder]).appraised("trial2025").concern == "some"
    core = "of: q1, q2, q7, q10, q11"
    assert text.count(core) == 2, "the items that the convention looks at, and those that apply"
    with_blinding = text.replace(core, "of: q1, q2, q4, q7, q10, q11")
    examples = re.sub(r"(12 of 13 items.*\n    concern: )some", r"\1high", with_blinding)
    put(folder / "packs/tools/jbi-rct-2023.yml", examples)
    assert open_review([folder]).appraised("trial2025").concern == "high"


def test_a_tool_makes_studies_of_its_design_wait_for_an_appraisal(folder):
    waiting = "studies without appraisal that have a tool"
    path = folder / "studies/trial2025.yml"
    put(path, path.read_text("utf-8").replace("design: randomised-trial", "design: opinion"))
    assert gaps(read_evidence([folder]))[waiting] == ()
    put(
        folder / "packs/tools/own-3.yml",
        OWN_TOOL.replace("designs: randomised-trial\nrule", "designs: opinion\nrule"),
    )
    assert gaps(read_evidence([folder]))[waiting] == ("trial2025",)


def test_a_new_tool_changes_no_file_that_stood_before(project, tmp_path):
    """Its items are called q1 to q8, as those of the tools of most appraisals here are."""
    copy = tmp_path / "evidence"
    (copy / "appraisals").mkdir(parents=True)
    for path in (project / "evidence/appraisals").glob("*.yml"):
        (copy / "appraisals" / path.name).write_bytes(path.read_bytes())
    assert formatted(copy) == []
    put(copy / "packs/tools/own-3.yml", OWN_TOOL)
    assert formatted(copy) == ["packs/tools/own-3.yml"]
    assert formatted(copy) == []


def test_answers_stand_in_the_order_of_their_own_tool(own):
    path = own / "appraisals/trial2025.yml"
    in_order = path.read_text("utf-8")
    put(path, appraisal("own", 3, {**dict.fromkeys(reversed(ITEMS), "ok"), "q2": "bad"}))
    assert path.read_text("utf-8") != in_order
    assert formatted(own) == ["appraisals/trial2025.yml"]
    assert path.read_text("utf-8") == in_order


def test_answers_to_a_tool_of_another_folder_are_ordered_by_it_or_left(own, tmp_path):
    other = tmp_path / "other"
    backwards = appraisal("own", 3, dict.fromkeys(reversed(ITEMS), "ok"))
    put(other / "appraisals/trial2026.yml", backwards)
    assert formatted(other) == []
    assert formatted(other, own) == ["appraisals/trial2026.yml"]
    assert list(read_order(other / "appraisals/trial2026.yml")) == ITEMS


def read_order(path: Path) -> list[str]:
    return re.findall(r"(?m)^  (q\d):", path.read_text("utf-8"))


def test_the_packaged_tools_are_canonical_and_have_a_source(project):
    assert formatted(project / "src/review") == []
    for tool in packaged_packs().tools.values():
        assert re.search(r"https://\S+", tool.source), tool.pack


def test_the_data_dictionary_lists_the_packaged_tools(project):
    text = (project / "evidence/README.md").read_text("utf-8")
    section = text.split("## Bias tools")[1].split("\n## ")[0]
    rows = [[cell.strip("` ") for cell in row.strip("|").split("|")] for row in section.splitlines()]
    listed = [(row[0], row[1], row[3].replace("`", "")) for row in rows if len(row) == 4][2:]
    assert listed == [
        (tool.name, tool.version, ", ".join(tool.designs)) for tool in packaged_packs().tools.values()
    ]


def test_the_document_names_every_key_of_a_tool(project):
    text = (project / "docs/adding.md").read_text("utf-8")
    named = set(re.findall(r"`([^`\n]+)`", text.split("## A bias tool")[1].split("\n## ")[0]))
    assert keys_of(Tool) - {"pack"} <= named


def keys_of(record: type[Record]) -> set[str]:
    """The keys of a record and of all records in it."""
    keys = set(record.model_fields)
    for field in record.model_fields.values():
        for kind in kinds_in(field.annotation):
            keys |= keys_of(kind)
    return keys


def kinds_in(annotation: object) -> set[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return {annotation}
    return {kind for inner in get_args(annotation) for kind in kinds_in(inner)}


def test_the_tool_of_the_document_works_as_written(folder, project):
    text = (project / "docs/adding.md").read_text("utf-8")
    block = re.search(r"```yaml\n(   name: survey-check\n.*?)   ```", text, re.S)[1]
    put(folder / "packs/tools/survey-check-1.yml", re.sub(r"(?m)^   ", "", block))
    formatted(folder)
    path = folder / "studies/trial2025.yml"
    put(path, path.read_text("utf-8").replace("design: randomised-trial", "design: random-survey"))
    given = {"q1": "Y", "q2": "Y", "q3": "NR"}
    put(folder / "appraisals/trial2025.yml", appraisal("survey-check", 1, given))
    assert open_review([folder]).appraisal_text("trial2025") == "Survey check: 2 of 3 items met"
