"""Two reviewers from the blank sheet to the adjudicated judgement, in real files."""

import json
import re
import shlex
import shutil
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from sample_sheets import RECORDED, cells_of, filled_sheet, judged_folder, put_cells

from review.commands.group import app
from review.commands.people.agree import _KINDS
from review.model.errors import EvidenceError, InputError, ParameterError
from review.model.vocabulary import (
    Category,
    Certainty,
    Concern,
    Directness,
    Domain,
    Polarity,
    Stance,
    Upgrade,
    Wording,
)
from review.people.decisions import basis
from review.people.rating import COLUMNS, RatingKind, items_of
from review.report.build import build_report
from review.report.explain import explained
from review.report.formats.html import report_html
from review.report.parts.compose import compose
from review.store.canonical import canonical_files
from review.store.files.sheet_file import read_sheet, write_sheet
from review.store.files.together import READY
from review.store.snapshot import read_evidence
from review.teaching.agreement import Statistic, band
from review.workbench import open_review

A = {"risk_of_bias": "serious", "imprecision": "serious", "indirectness": "not_serious"}
B = {"risk_of_bias": "serious", "imprecision": "very_serious", "inconsistency": "serious"}
BEGUN = date.today()


def run(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def refused(error, *arguments):
    with pytest.raises(error) as caught:
        run(*arguments)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def judged(folder):
    return judged_folder(folder)


@pytest.fixture
def filled(judged, tmp_path):
    def fill(name, reviewer, values, kind=RatingKind.GRADE):
        return filled_sheet(tmp_path / name, judged, reviewer, values, kind)

    return fill


@pytest.fixture
def before(judged, tmp_path):
    """The folder as it was before anything was adjudicated, to compare with."""
    return shutil.copytree(judged, tmp_path / "before")


@pytest.fixture
def pair(filled):
    return filled("a.csv", "reviewer A", A), filled("b.csv", "reviewer B", B)


def adjudication(
    folder, pair, tmp_path, value="very_serious", reason="Only 20 people.", by="reviewer C"
):
    """The conflicts of the two, with the one about imprecision adjudicated."""
    out = tmp_path / f"out-{value}-{by}"
    run("agree", *pair, "--out", out, "--evidence", folder)
    (row,) = rows = cells_of(out / "conflicts.csv")
    row.update(value=value, reason=reason, reviewer=by)
    put_cells(out / "conflicts.csv", rows)
    return out / "conflicts.csv"


def adjudicate(folder, pair, sheet, *more):
    return run("adjudicate", *pair, sheet, "--role", "methodologist", "--evidence", folder, *more)


# The blank sheet


def other(word):
    """Another word of the same vocabulary."""
    words = list(type(word))
    return words[(words.index(word) + 1) % len(words)]


def with_other_judgements(evidence, kind):
    """The evidence with every recorded value that the kind is about exchanged, and every reason."""

    def certainty(record):
        ratings = {
            name: one.model_copy(update={"rating": other(one.rating), "reason": "other"})
            for name, one in record.ratings.items()
        }
        upgrades = {
            name: one.model_copy(update={"levels": (one.levels + 1) % 3, "reason": "other"})
            for name, one in record.upgrades.items()
        }
        changed = {"ratings": ratings, "upgrades": upgrades, "certainty": other(record.certainty)}
        return record.model_copy(update=changed | {"authored_by": "other", "checked_by": "other"})

    def appraisal(record):
        tool = evidence.packs.tools[record.edition]
        answers = {
            item: one.model_copy(update={"answer": list(tool.answers[item])[-1], "reason": "other"})
            for item, one in record.answers.items()
        }
        return record.model_copy(update={"answers": answers, "summary": "other"})

    def fields(*names):
        def changed(record):
            update = {name: other(getattr(record, name)) for name in names}
            return record.model_copy(
                update=update | ({"reason": "other"} if hasattr(record, "reason") else {})
            )

        return changed

    def proposition(claim):
        return claim.model_copy(update={"proposition": next(iter(evidence.propositions))})

    name, change = {
        RatingKind.GRADE: ("certainties", certainty),
        RatingKind.APPRAISAL: ("appraisals", appraisal),
        RatingKind.STANCE: ("links", fields("stance")),
        RatingKind.DIRECTNESS: ("links", fields("population", "intervention", "outcome")),
        RatingKind.CATEGORY: ("claims", fields("category")),
        RatingKind.WORDING: ("claims", fields("wording")),
        RatingKind.POLARITY: ("claims", fields("polarity")),
        RatingKind.PROPOSITION: ("claims", proposition),
    }[kind]
    return replace(evidence, **{name: {k: change(v) for k, v in getattr(evidence, name).items()}})


@pytest.mark.parametrize("kind", RatingKind)
def test_what_was_recorded_makes_no_difference_to_a_blank_sheet(review, kind):
    evidence = review.evidence
    changed = with_other_judgements(evidence, kind)
    assert changed != evidence
    assert items_of(changed, kind) == items_of(evidence, kind)


def test_a_blank_sheet_is_blank_and_shows_no_recorded_word(judged, tmp_path):
    for kind in RatingKind:
        run("rate", kind, "--out", tmp_path / f"{kind}.csv", "--evidence", judged)
        rows = cells_of(tmp_path / f"{kind}.csv")
        assert list(rows[0]) == list(COLUMNS)
        assert not any(row["value"] or row["reason"] or row["reviewer"] for row in rows)
        assert all(row["shown"] and row["allowed"] for row in rows)
        text = (tmp_path / f"{kind}.csv").read_text("utf-8")
        assert RECORDED not in text
        assert "reviewer Z" not in text


def test_every_kind_has_its_words_and_the_command_knows_every_kind(review):
    words = {
        RatingKind.STANCE: Stance, RatingKind.DIRECTNESS: Directness,
        RatingKind.CATEGORY: Category, RatingKind.WORDING: Wording, RatingKind.POLARITY: Polarity,
    }  # fmt: skip
    for kind, vocabulary in words.items():
        assert {item.scale for item in items_of(review.evidence, kind)} == {tuple(vocabulary)}
    of_grade = {item.item: item.scale for item in items_of(review.evidence, RatingKind.GRADE)}
    assert of_grade == {
        **dict.fromkeys(Domain, tuple(Concern)), **dict.fromkeys(Upgrade, ("0", "1", "2")),
    }  # fmt: skip
    assert tuple(RatingKind) == _KINDS


def test_a_sheet_is_the_same_as_csv_and_as_xlsx(judged, tmp_path):
    sheets = []
    for name in ("one.csv", "one.xlsx"):
        run("rate", "appraisal", "--out", tmp_path / name, "--evidence", judged)
        sheets.append([row.cells for row in read_sheet(tmp_path / name, COLUMNS, COLUMNS).rows])
    assert sheets[0] == sheets[1]
    assert len(sheets[0]) == 22


def test_nothing_that_was_filled_in_is_overwritten(judged, pair):
    before = pair[0].read_bytes()
    (problem,) = refused(ParameterError, "rate", "grade", "--out", pair[0], "--evidence", judged)
    assert "this is there already" in problem
    assert pair[0].read_bytes() == before


def test_a_sheet_of_some_records_only(judged, tmp_path):
    out = tmp_path / "some.csv"
    problems = refused(
        ParameterError, "rate", "grade", "--only", "regrow", "--out", out, "--evidence", judged
    )
    assert problems == [
        "--only: 'regrow' has nothing to rate for grade. Name records that the evidence holds."
    ]
    run("rate", "grade", "--only", "regrows", "--out", out, "--evidence", judged)
    assert [row["item"] for row in cells_of(out)] == [*Domain, *Upgrade]


@pytest.mark.parametrize("name", ["hostile.csv", "hostile.xlsx"])
def test_hostile_cells_come_back_as_they_were_and_are_not_calculated(tmp_path, name):
    texts = ["=1+1", "@SUM(1)", "'=already", "-x", "-0.5", '"quoted", with\nlines', "<script>"]
    rows = [dict.fromkeys(COLUMNS, "x") | {"reason": text} for text in texts]
    write_sheet(tmp_path / name, rows, COLUMNS)
    assert [row.cells["reason"] for row in read_sheet(tmp_path / name, COLUMNS, COLUMNS).rows] == texts
    if name.endswith("csv"):
        raw = [row["reason"] for row in cells_of(tmp_path / name)]
        assert not any(cell[0] in "=@" for cell in raw)
        assert "-0.5" in raw, "a number stays one"


# Agreement


def test_statistics_and_conflicts_are_shown(judged, pair):
    said = run("agree", *pair, "--evidence", judged)
    for part in (
        "reviewer A and reviewer B: 2 items rated by both",
        "1 rated by reviewer A alone",
        "1 rated by reviewer B alone",
        "grade: items 4, conflicts 1",
        "percent agreement               0.500  95% 0.095 to 0.905",
        "only 2 units: the interval is rough",
        "Bands are conventions",
        "grade regrows imprecision",
        "reviewer A: serious. As it is written.",
        "reviewer B: very_serious. As it is written.",
    ):
        assert part in said
    assert "nan" not in said


def test_xlsx_and_csv_compare_alike(judged, pair, filled):
    book = filled("b.xlsx", "reviewer B", B)
    assert run("agree", pair[0], book, "--evidence", judged) == run("agree", *pair, "--evidence", judged)


def test_what_is_written_is_what_is_shown(judged, pair, tmp_path):
    run("agree", *pair, "--out", tmp_path / "out", "--evidence", judged)
    (conflict,) = cells_of(tmp_path / "out" / "conflicts.csv")
    assert (conflict["value_a"], conflict["value_b"], conflict["value"]) == (
        "serious",
        "very_serious",
        "",
    )
    statistics = cells_of(tmp_path / "out" / "statistics.csv")
    assert statistics[0]["statistic"] == "percent agreement"
    assert {row["band_source"] for row in statistics} >= {"Landis and Koch 1977", "Krippendorff 2004"}
    again = ("agree", *pair, "--out", tmp_path / "out", "--evidence", judged)
    problems = refused(ParameterError, *again)
    assert "this is there already" in problems[0], "an adjudicator may have begun to fill it in"


def test_json_has_a_row_a_statistic_and_a_row_a_conflict(judged, pair):
    rows = [
        json.loads(line) for line in run("agree", *pair, "--json", "--evidence", judged).splitlines()
    ]
    assert [row["row"] for row in rows] == ["statistic"] * 9 + ["conflict"]
    assert rows[0]["value"] == 0.5
    assert rows[1]["band"]["source"] == "Landis and Koch 1977"
    assert rows[-1]["reason_a"] == "As it is written."


def test_every_domain_by_itself(judged, pair):
    said = run("agree", *pair, "--by-item", "--evidence", judged)
    assert "grade: risk of bias: items 1, conflicts 0" in said
    assert "undefined" in said


def test_every_problem_of_both_files_comes_at_once_with_its_row(judged, pair):
    rows = cells_of(pair[0])
    rows[0]["value"], rows[1]["value"] = "grave", "serious"
    rows[3]["subject"], rows[4]["item"] = "regrow", "risk_of_bia"
    put_cells(pair[0], [*rows, rows[2] | {"kind": "verdict"}, rows[2]])
    second = cells_of(pair[1])
    second[0]["reviewer"] = "reviewer Q"
    put_cells(pair[1], second)
    problems = refused(InputError, "agree", *pair, "--evidence", judged)
    for part in (
        "a.csv:2: value: 'grave' cannot be given here",
        "a.csv:3: reviewer: it is blank",
        "a.csv:5: there is no 'regrow' to rate for grade. Did you mean 'regrows'?",
        "a.csv:6: regrows has no item 'risk_of_bia'. Did you mean 'risk_of_bias'?",
        "a.csv:10: 'verdict' is no kind of rating",
        "a.csv:11: grade regrows indirectness stands here and in row 4",
        "b.csv: it holds the ratings of 2 people: reviewer B, reviewer Q",
    ):
        assert any(part in problem for problem in problems), (part, problems)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the columns are wrong: missing kind"),
        (b"kind,subject,item,value,reasons,reviewer\n", "missing reason; unknown 'reasons'"),
        (b"kind,subject,item,value,reason,reviewer\n\x8d", "this is not UTF-8 text"),
        (b"kind,subject,item,value,reason,reviewer\n", "nothing is rated on it"),
        (b"kind,subject,item,value,reason,reviewer\na,b,c,d,e,f,g\n", "more cells than the header"),
    ],
)
def test_what_is_no_sheet_is_said(judged, pair, content, said):
    pair[1].write_bytes(content)
    (problem,) = refused(InputError, "agree", *pair, "--evidence", judged)
    assert problem.startswith("b.csv")
    assert said in problem


@pytest.mark.parametrize("name", ["b.xlsx", "b.ods", "missing.csv"])
def test_what_is_no_file_of_ratings_is_said(judged, pair, tmp_path, name):
    if name != "missing.csv":
        (tmp_path / name).write_bytes(b"PK no workbook")
    (problem,) = refused(InputError, "agree", pair[0], tmp_path / name, "--evidence", judged)
    assert problem.startswith(f"{name}:")


def test_one_person_is_no_pair_and_nothing_in_common_is_no_comparison(judged, pair, filled):
    (problem,) = refused(InputError, "agree", pair[0], pair[0], "--evidence", judged)
    assert "both files are by reviewer A" in problem
    other_sheet = filled("other.csv", "reviewer B", {"stance": "supports"}, RatingKind.STANCE)
    (problem,) = refused(InputError, "agree", pair[0], other_sheet, "--evidence", judged)
    assert "no item is rated in both files" in problem


# Adjudication


def snapshot(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_adjudicated_rating_stands_with_both_ratings_the_reason_and_what_stood_before(
    judged, pair, tmp_path
):
    said = adjudicate(judged, pair, adjudication(judged, pair, tmp_path))
    assert "recorded in" in said
    assert "certainty/regrows.yml" in said
    record = read_evidence([judged]).certainties["regrows"]
    rating = record.ratings[Domain.IMPRECISION]
    assert (rating.rating, rating.reason) == (Concern.VERY_SERIOUS, "Only 20 people.")
    assert record.certainty is Certainty.VERY_LOW, "derived anew: it was low"
    (one,) = rating.adjudicated
    assert (one.by, one.role) == ("reviewer C", "methodologist")
    assert BEGUN <= one.date <= date.today()
    assert [(g.by, g.value, g.reason) for g in one.given] == [
        ("reviewer A", "serious", "As it is written."),
        ("reviewer B", "very_serious", "As it is written."),
    ]
    assert (one.earlier.value, one.earlier.reason) == ("serious", RECORDED)
    assert all(present == canonical for _, present, canonical in canonical_files(judged))
    apart = {Domain.IMPRECISION, Domain.RISK_OF_BIAS}
    untouched = [r for name, r in record.judgements.items() if name not in apart]
    assert len(untouched) == 6
    assert all(r.adjudicated is None and r.reason == RECORDED for r in untouched)


def test_it_is_shown_wherever_the_rating_is_shown(judged, pair, before, tmp_path):
    adjudicate(judged, pair, adjudication(judged, pair, tmp_path), "--date", "2026-11-21")
    told = (
        "Adjudicated by reviewer C, methodologist, 2026-11-21; the ratings were serious (reviewer A), "
        "very serious (reviewer B), the value before serious."
    )
    review = open_review([judged])
    assert any(told in line for line in explained(review, "home-001"))
    assert told in report_html(compose(build_report(review)))
    assert told in run("diff", before, judged)


def test_recorded_twice_is_recorded_once(judged, pair, tmp_path):
    sheet = adjudication(judged, pair, tmp_path)
    adjudicate(judged, pair, sheet)
    before = snapshot(judged)
    assert "all recorded already: nothing was changed" in adjudicate(judged, pair, sheet)
    assert snapshot(judged) == before


def test_a_later_adjudication_keeps_the_earlier_one(judged, pair, tmp_path):
    adjudicate(judged, pair, adjudication(judged, pair, tmp_path))
    later = adjudication(judged, pair, tmp_path, "serious", "The interval is narrow.", "reviewer D")
    adjudicate(judged, pair, later)
    rating = read_evidence([judged]).certainties["regrows"].ratings[Domain.IMPRECISION]
    assert [(one.by, one.value) for one in rating.adjudicated] == [
        ("reviewer C", "very_serious"),
        ("reviewer D", "serious"),
    ]
    assert rating.adjudicated[1].earlier.reason == "Only 20 people."


def test_a_value_changed_by_hand_is_not_what_was_adjudicated(judged, pair, tmp_path):
    adjudicate(judged, pair, adjudication(judged, pair, tmp_path))
    path = judged / "certainty" / "regrows.yml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("imprecision:\n    rating: very_serious", "imprecision:\n    rating: serious")
    )
    with pytest.raises(EvidenceError, match="not those of the last adjudication"):
        read_evidence([judged])
    path.write_text(text.replace("value: serious", "value: grave"), "utf-8")
    with pytest.raises(EvidenceError, match="'grave' was adjudicated, which is no rating"):
        read_evidence([judged])


def test_an_answer_of_an_appraisal_is_adjudicated_in_its_file(judged, filled, before, tmp_path):
    pair = (
        filled("a.csv", "reviewer A", {"1.1": "Y", "1.2": "NI"}, RatingKind.APPRAISAL),
        filled("b.csv", "reviewer B", {"1.1": "PY", "1.2": "NI"}, RatingKind.APPRAISAL),
    )
    sheet = adjudication(judged, pair, tmp_path, "PY", "A list was drawn up.")
    adjudicate(judged, pair, sheet, "--date", "2026-11-21")
    answer = read_evidence([judged]).appraisals["trial2025"].answers["1.1"]
    assert (answer.answer, answer.adjudicated[0].earlier.value) == ("PY", "NI")
    assert all(present == canonical for _, present, canonical in canonical_files(judged))
    review = open_review([judged])
    assert "answers that two people gave: 2" in review.appraisal_text("trial2025")
    assert any(
        "item 1.1: PY. A list was drawn up. Adjudicated by" in x for x in explained(review, "home-001")
    )
    assert "Adjudicated by reviewer C" in run("diff", before, judged)
    path = judged / "appraisals" / "trial2025.yml"
    path.write_text(path.read_text("utf-8").replace("value: NI", "value: maybe", 1), "utf-8")
    with pytest.raises(EvidenceError, match=re.escape("item 1.1 was answered 'maybe'")):
        read_evidence([judged])


def test_what_has_no_place_for_two_ratings_is_refused(judged, filled, tmp_path):
    pair = (
        filled("a.csv", "reviewer A", {"stance": "supports"}, RatingKind.STANCE),
        filled("b.csv", "reviewer B", {"stance": "mixed"}, RatingKind.STANCE),
    )
    sheet = adjudication(judged, pair, tmp_path, "mixed")
    before = snapshot(judged)
    (problem,) = refused(
        ParameterError, "adjudicate", *pair, sheet, "--role", "methodologist", "--evidence", judged
    )
    assert "an adjudicated stance has no place in the evidence" in problem
    assert snapshot(judged) == before


def test_everything_that_forbids_an_adjudication_is_said_at_once(judged, pair, tmp_path):
    sheet = adjudication(judged, pair, tmp_path, by="reviewer A", reason="")
    (row,) = cells_of(sheet)
    put_cells(
        sheet,
        [row, *(row | {"item": item, "reason": "x"} for item in ("inconsistency", "risk_of_bias"))],
    )
    path = judged / "certainty" / "regrows.yml"
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: checked"), "utf-8")
    before = snapshot(judged)
    problems = refused(
        ParameterError, "adjudicate", *pair, sheet, "--date", "2999-01-01", "--evidence", judged
    )
    for part in (
        "--role: it is blank",
        "--date: 2999-01-01 is still to come",
        "conflicts.csv:2: reason: it is blank",
        "conflicts.csv:2: reviewer A rated it",
        "conflicts.csv:3: grade regrows inconsistency was not rated by both",
        "conflicts.csv:4: both rated it serious",
        "conflicts.csv:2: the judgement is checked, and its signatures do not cover another value",
    ):
        assert any(part in problem for problem in problems), (part, problems)
    assert snapshot(judged) == before


def test_rows_left_open_are_counted_and_left_alone(judged, filled, tmp_path):
    pair = (
        filled("a.csv", "reviewer A", dict.fromkeys(Domain, "serious")),
        filled("b.csv", "reviewer B", dict.fromkeys(Domain, "very_serious")),
    )
    run("agree", *pair, "--out", tmp_path / "out", "--evidence", judged)
    rows = cells_of(tmp_path / "out" / "conflicts.csv")
    rows[0].update(value="serious", reason="It is.", reviewer="reviewer C")
    put_cells(tmp_path / "out" / "conflicts.csv", rows)
    said = adjudicate(judged, pair, tmp_path / "out" / "conflicts.csv")
    assert "1 adjudicated, 0 given alike; 4 conflicts left open" in said


def test_of_several_folders_it_is_written_where_the_judgement_stands(judged, pair, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    sheet = adjudication(judged, pair, tmp_path)
    said = adjudicate(judged, pair, sheet, "--evidence", own)
    assert f"{judged.as_posix()}/certainty/regrows.yml" in said
    assert not list(own.iterdir())


def test_files_made_ready_by_a_run_that_died_are_put_in_place_first(judged, pair, tmp_path):
    sheet = adjudication(judged, pair, tmp_path)
    ready = judged / READY / "certainty"
    ready.mkdir(parents=True)
    text = (judged / "certainty" / "regrows.yml").read_text("utf-8")
    (ready / "regrows.yml").write_text(text.replace("reviewer Z", "reviewer Y"), "utf-8")
    adjudicate(judged, pair, sheet)
    record = read_evidence([judged]).certainties["regrows"]
    assert record.authored_by == "reviewer Y"
    assert record.ratings[Domain.IMPRECISION].adjudicated
    assert not list(judged.glob(".*"))


def test_without_an_adjudication_nothing_that_a_decision_rests_on_has_changed(review):
    for claim in list(review.evidence.claims)[:50]:
        assert "adjudicated" not in json.dumps(basis(review.evidence, claim))


# The document


def with_study(folder, name):
    """The small folder, with the study that the document names in the place of its own."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.write_text(path.read_text("utf-8").replace("trial2025", name), "utf-8")
            path.rename(path.with_stem(path.stem.replace("trial2025", name)))
    return folder


def test_the_commands_of_the_document_run_as_they_stand(project, judged, tmp_path, monkeypatch):
    text = (project / "docs" / "agreement.md").read_text("utf-8")
    block = re.search(r"```sh\n(.*?)```", text, re.S).group(1)
    commands = [shlex.split(line, comments=True)[1:] for line in block.splitlines()]
    monkeypatch.chdir(tmp_path)
    with_study(judged, "ablon2015").rename("evidence")
    rate, appraise, agree, adjudicating = commands
    run(*rate)
    run(*appraise)
    blank = cells_of(tmp_path / "ratings-a.csv")[0]
    for name, by, value in (("a", "reviewer A", "serious"), ("b", "reviewer B", "not_serious")):
        put_cells(tmp_path / f"ratings-{name}.csv", [blank | {"value": value, "reviewer": by}])
    run(*agree)
    (row,) = cells_of(tmp_path / "agreed" / "conflicts.csv")
    decided = {"value": "serious", "reason": "It is.", "reviewer": "reviewer C"}
    put_cells(tmp_path / "agreed" / "conflicts.csv", [row | decided])
    assert "1 adjudicated" in run(*adjudicating)
    record = read_evidence([tmp_path / "evidence"]).certainties[row["subject"]]
    (one,) = record.ratings[Domain(row["item"])].adjudicated
    assert one.given[0].reason == "not_reported"


def test_the_snippet_of_the_document_runs(project, capsys):
    text = (project / "docs" / "agreement.md").read_text("utf-8")
    exec(re.search(r"```python\n(.*?)```", text, re.S).group(1), {})
    assert "Cohen's kappa" in capsys.readouterr().out


def test_the_document_names_every_kind_and_every_band(project):
    text = (project / "docs" / "agreement.md").read_text("utf-8")
    assert all(f"`{kind}`" in text for kind in RatingKind)
    bands = {
        band(s, v / 100) for s in (Statistic.KAPPA, Statistic.ALPHA_NOMINAL) for v in range(-10, 101)
    }
    assert all(one.name in text and one.source in text for one in bands)
