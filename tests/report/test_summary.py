"""The summary of findings: what stands in it, what is never made up, and the same in every file.

FHIR is validated by the models of fhir.resources, made from the definitions of R5 (5.0.0): every
element, its type, its number and the required codes. Extensible bindings are held against the codes
written here.
"""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from fhir.resources.bundle import Bundle
from html_reader import tables
from office_reader import docx_tables, xlsx_tables
from pdf_reader import pdf_tables
from sample_summary import (
    BASELINE,
    SIZES,
    trial,
    write_folder_of_many,
    write_folder_with_effect,
)

from review.model.vocabulary import Audience, Certainty, EffectSize, Question
from review.report.build import build_report
from review.report.evidence.summary import MOST, OF_HARM
from review.report.formats.exports import exports, summary_fhir, summary_json
from review.report.formats.exports.fhir import SUMMARY_FHIR
from review.report.formats.exports.summary import COLUMNS, SUMMARY_JSON, summary_csv
from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf
from review.report.formats.render import report_json
from review.report.formats.table_files import workbook_xlsx
from review.report.formats.word import report_docx
from review.report.parts.compose import compose
from review.report.parts.summary_part import summary_part
from review.workbench import open_review


def report_of(folder):
    return build_report(open_review([folder]))


@pytest.fixture(scope="module")
def with_effect(tmp_path_factory):
    return report_of(write_folder_with_effect(tmp_path_factory.mktemp("effect") / "clinic"))


@pytest.fixture(scope="module")
def harm(with_effect):
    return next(r for r in with_effect.summary_of_findings.rows if r.proposition == "harms")


def summary_row(folder, proposition="harms"):
    rows = report_of(folder).summary_of_findings.rows
    return next(row for row in rows if row.proposition == proposition)


# A row


def test_a_row_tells_who_was_studied(harm):
    assert (harm.studies, harm.participants, harm.people) == (2, 250, "250 people")
    assert harm.designs == (("randomised trial", 2),)
    assert (harm.population, harm.outcome, harm.time) == (
        "Adults with hair loss",
        "Infections",
        "24 weeks",
    )
    assert harm.claims == 1


def test_a_pooled_effect_is_told_with_people_per_1000_at_the_stated_risk(harm):
    assert harm.effect.effect == pytest.approx(2.0)
    assert harm.effect.studies == 2
    assert harm.effect.method
    assert harm.absolute.with_treatment == pytest.approx(80)
    assert harm.absolute.difference == pytest.approx(40)
    assert harm.absolute.with_ci == pytest.approx([40 * limit for limit in harm.effect.ci])
    assert harm.baseline.source == "“kim2024 2024”, table 2"
    assert harm.size is EffectSize.MODERATE
    assert (harm.no_effect, harm.no_absolute, harm.findings) == ("", "", ())


def test_the_plain_words_tell_certainty_and_size(harm):
    # The small folder lists no names, so a word that may be one keeps its capital.
    assert harm.plain == "With Exosome injections there may be an increase in infections."


def test_every_reason_that_lowers_the_certainty_has_a_footnote(harm, with_effect):
    notes = {note.number: note for note in with_effect.summary_of_findings.footnotes}
    lowered = [rating for rating in harm.ratings if rating.change]
    assert lowered
    for rating in harm.ratings:
        assert bool(rating.footnote) is bool(rating.change)
    for rating in lowered:
        note = notes[rating.footnote]
        assert (note.name, note.change, note.reason) == (rating.name, rating.change, rating.reason)
    assert Certainty.at(harm.start.level + sum(r.change for r in harm.ratings)) is harm.certainty
    assert harm.symbol == "⨁" * harm.certainty.level + "◯" * (4 - harm.certainty.level)


def test_without_a_baseline_risk_nothing_is_told_per_1000(tmp_path):
    row = summary_row(write_folder_with_effect(tmp_path / "clinic", risks=""))
    assert row.effect is not None
    assert (row.absolute, row.baseline) == (None, None)
    assert "not stated" in row.no_absolute
    assert row.size == "", "the thresholds are of people per 1,000"


def test_without_thresholds_no_size_is_told(tmp_path):
    row = summary_row(write_folder_with_effect(tmp_path / "clinic", sizes=""))
    assert row.size == ""
    assert row.absolute is not None
    assert " increase in infections" in row.plain


@pytest.mark.parametrize(
    ("sizes", "size"),
    [
        (SIZES.replace("10,30,90", "10,20,30"), EffectSize.LARGE),
        (SIZES.replace("10,30,90", "30,50,90"), EffectSize.SMALL),
        (SIZES.replace("10,30,90", "50,60,90"), EffectSize.TRIVIAL),
        (SIZES.replace("risk-difference", "mean-difference"), ""),
        (SIZES.replace("risk-difference", "risk-ratio"), ""),
    ],
)
def test_the_size_is_that_of_the_thresholds_of_its_measure(tmp_path, sizes, size):
    assert summary_row(write_folder_with_effect(tmp_path / "clinic", sizes=sizes)).size == size


def test_a_mean_difference_has_a_size_in_its_own_unit_and_no_people_per_1000(tmp_path):
    folder = write_folder_with_effect(
        tmp_path / "clinic",
        sizes="harms,standardised-mean-difference,not_applicable,0.2,0.5,0.8,Cohen\n",
    )
    for key in ("kim2024", "rossi2023"):
        path = folder / "studies" / f"{key}.yml"
        text = path.read_text("utf-8").replace("risk-ratio", "standardised-mean-difference")
        text = re.sub(
            r"estimate: .*\n    ci_low: .*\n    ci_high: .*",
            "estimate: -0.5\n    ci_low: -0.9\n    ci_high: -0.1",
            text,
        )
        path.write_text(text, "utf-8")
    row = summary_row(folder)
    assert row.effect.effect == pytest.approx(-0.5)
    assert row.size is EffectSize.MODERATE
    assert row.absolute is None
    assert "does not follow from the standardised mean difference" in row.no_absolute
    assert " reduction in infections" in row.plain


def test_a_review_and_other_studies_are_never_added_up(tmp_path):
    folder = write_folder_with_effect(tmp_path / "clinic")
    trial(folder, "silva2025", 1.8, 1.2, 2.7, design="systematic-review-of-trials", n=900)
    row = summary_row(folder)
    assert row.studies == 3
    assert row.participants is None
    assert "not added up" in row.people


def test_a_review_alone_has_its_own_people(tmp_path):
    folder = write_folder_with_effect(tmp_path / "clinic")
    (folder / "links.csv").write_text(
        "\n".join((folder / "links.csv").read_text("utf-8").splitlines()[:2]) + "\n", "utf-8"
    )
    trial(folder, "silva2025", 1.8, 1.2, 2.7, design="systematic-review-of-trials", n=900)
    row = summary_row(folder)
    assert (row.participants, row.people) == (900, "900 people")
    assert (row.effect.effect, row.effect.ci, row.effect.method) == (1.8, (1.2, 2.7), "")


def test_a_study_that_does_not_tell_its_size_is_no_study_of_nobody(tmp_path):
    folder = write_folder_with_effect(tmp_path / "clinic")
    trial(folder, "meyer2022", 2.1, 1.1, 4.0, n="not_reported")
    row = summary_row(folder)
    assert (row.participants, row.people) == (250, "at least 250 people, as 1 study does not tell")


def test_documents_are_no_studies(tmp_path):
    folder = write_folder_with_effect(tmp_path / "clinic")
    trial(folder, "agency2021", 2.1, 1.1, 4.0, n="not_applicable", design="regulator-notice")
    row = summary_row(folder)
    assert (row.studies, row.people) == (2, "250 people")
    assert ("regulator notice", 1) in row.designs


def test_where_nothing_is_pooled_the_findings_are_told(tmp_path):
    folder = write_folder_with_effect(tmp_path / "clinic")
    row = summary_row(folder, "regrows")
    assert row.effect is None
    assert row.no_effect.startswith("No effect with its interval")
    assert [finding.result for finding in row.findings] == ["Density rose more than with saline."]
    assert row.no_absolute == "Per 1,000 people: baseline risk not stated."
    assert row.plain == "It is very uncertain whether Exosome injections regrow hair."


def test_two_trials_of_unlike_things_are_not_pooled(tmp_path):
    folder = write_folder_with_effect(tmp_path / "clinic")
    path = folder / "studies" / "kim2024.yml"
    path.write_text(path.read_text("utf-8").replace("any infection", "any scar"), "utf-8")
    row = summary_row(folder)
    assert row.effect is None
    assert row.no_effect.startswith("Not pooled: no two studies are alike")
    assert row.no_absolute == "Per 1,000 people: no effect to apply to the baseline risk."
    assert [finding.study for finding in row.findings] == ["rossi2023", "kim2024"], "the larger first"


def test_a_study_beside_documents_is_one_study(tmp_path):
    folder = write_folder_with_effect(tmp_path / "clinic")
    (folder / "links.csv").write_text(
        "\n".join((folder / "links.csv").read_text("utf-8").splitlines()[:3]) + "\n", "utf-8"
    )
    trial(folder, "agency2021", 2.1, 1.1, 4.0, n="not_applicable", design="regulator-notice")
    row = summary_row(folder)
    assert row.studies == 1
    assert row.no_effect.startswith("No effect with its interval: the one study")


# Which questions


def test_a_question_without_evidence_in_people_has_no_row_and_is_counted(folder):
    summary = report_of(folder).summary_of_findings
    assert [row.proposition for row in summary.rows] == ["regrows"]
    assert (summary.others, summary.bare) == (0, 1)


@pytest.mark.parametrize(
    ("benefits", "harms", "shown"),
    [(9, 9, (MOST - OF_HARM, OF_HARM)), (9, 1, (MOST - 1, 1)), (2, 9, (2, MOST - 2)), (0, 9, (0, MOST))],
)
def test_seven_questions_at_most_and_those_of_harm_have_a_place(tmp_path, benefits, harms, shown):
    summary = report_of(write_folder_of_many(tmp_path / "clinic", benefits, harms)).summary_of_findings
    kinds = [row.question for row in summary.rows]
    assert (kinds.count(Question.BENEFIT), kinds.count(Question.HARM)) == shown
    assert kinds == sorted(kinds, key=lambda kind: kind is Question.HARM)
    assert summary.others == benefits + harms - len(kinds)


def test_of_the_five_pages_the_questions_with_most_claims_are_shown(review, whole):
    summary = whole.summary_of_findings
    assert len(summary.rows) == MOST
    shown = {row.proposition for row in summary.rows}
    for harm in (True, False):
        of_kind = [s for s in review.standings if (s.proposition.question is Question.HARM) is harm]
        graded = [
            s.proposition.proposition
            for s in of_kind
            if s.proposition.question.is_of_effect and s.body.counted and s.is_graded and s.certainty
        ]
        claims = {key: sum(row.proposition == key for row in whole.claims) for key in graded}
        least = min(claims[key] for key in shown & set(graded))
        assert all(claims[key] <= least for key in set(graded) - shown)


# Every format


def test_every_format_shows_the_same_table(with_effect, harm):
    document = replace(compose(with_effect), parts=(summary_part(with_effect),))
    html = next(t for t in tables(report_html(document)) if "In plain words" in t.titles)
    shown = {
        "html": html.rows,
        "pdf": pdf_tables(report_pdf(document))[0][1:],
        "docx": docx_tables(report_docx(document))[0][1:],
        "xlsx": list(xlsx_tables(workbook_xlsx(document)).values())[1][1:],
    }
    for name, rows in shown.items():
        words = " ".join(" ".join(row) for row in rows)
        words = re.sub(r"\s+", " ", words)
        assert f"{harm.symbol} {harm.certainty.spoken}" in words, name
        assert "Risk ratio 2.00 (" in words, name
        assert "Of 1,000 people, 40 without the treatment and 80 (" in words, name
        assert "40 more (from " in words, name
        assert harm.plain in words, name
        assert "Per 1,000 people: baseline risk not stated." in words, name


def test_csv_and_json_hold_the_same_cells(with_effect, harm):
    read = list(csv.DictReader(io.StringIO(summary_csv(with_effect).decode("utf-8-sig"))))
    held = json.loads(summary_json(with_effect))
    assert held["as_of"] == with_effect.as_of
    assert tuple(read[0]) == COLUMNS == tuple(held["rows"][0])
    for cells, row in zip(read, held["rows"], strict=True):
        for column in COLUMNS:
            value = row[column]
            if isinstance(value, float):
                assert float(cells[column]) == pytest.approx(value, rel=1e-5)
            else:
                assert cells[column] == ("" if value is None else str(value)), column
    row = next(row for row in held["rows"] if row["proposition"] == "harms")
    assert row["difference_per_1000"] == pytest.approx(40)
    assert row["certainty"] == harm.certainty
    assert row["study_keys"] == "kim2024|rossi2023"


def test_report_json_holds_the_table(with_effect):
    held = json.loads(report_json(with_effect))
    assert held["provenance"]["schema_version"] == "7"
    rows = held["summary_of_findings"]["rows"]
    assert [row["proposition"] for row in rows] == ["regrows", "harms"]
    assert rows[1]["absolute"]["difference"] == pytest.approx(40)


@pytest.mark.parametrize("audience", Audience)
def test_only_who_sees_the_evidence_sees_the_summary(small_review, audience):
    report = build_report(small_review, audience)
    sees = audience is Audience.DIRECTOR
    assert bool(report.summary_of_findings.rows) is sees
    assert any(part.anchor == "summary" for part in compose(report).parts) is sees
    assert ({SUMMARY_JSON, SUMMARY_FHIR} <= set(exports(report))) is sees


# FHIR

CODES = {
    "http://terminology.hl7.org/CodeSystem/variable-role": {
        "population", "exposure", "referenceExposure", "measuredVariable",
    },
    "http://terminology.hl7.org/CodeSystem/statistic-type": {
        "descriptive", "predictedRisk", "C93152", "0000424", "0000457", "0000100", "C16932", "C93150",
        "rate-ratio",
    },
    "http://terminology.hl7.org/CodeSystem/attribute-estimate-type": {"C53324"},
    "http://terminology.hl7.org/CodeSystem/synthesis-type": {"std-MA"},
    "http://hl7.org/fhir/certainty-type": {
        "Overall", "RiskOfBias", "Inconsistency", "Indirectness", "Imprecision", "PublicationBias",
        "LargeEffect", "DoseResponseGradient", "PlausibleConfounding",
    },
    "http://hl7.org/fhir/certainty-rating": {
        "high", "moderate", "low", "very-low", "no-concern", "serious-concern", "very-serious-concern",
        "extremely-serious-concern", "present", "absent",
    },
}  # fmt: skip
"""The codes of R5 that may be met: the value sets that it binds, as read on hl7.org/fhir."""


def codings(value):
    if isinstance(value, dict):
        if "system" in value:
            yield value["system"], value["code"]
        for inner in value.values():
            yield from codings(inner)
    if isinstance(value, list):
        for inner in value:
            yield from codings(inner)


@pytest.mark.parametrize("which", ["with_effect", "whole"])
def test_fhir_accepts_every_evidence(request, which):
    report = request.getfixturevalue(which)
    text = summary_fhir(report)
    bundle = Bundle.model_validate_json(text)
    assert len(bundle.entry) == len(report.summary_of_findings.rows)
    assert {entry.resource.get_resource_type() for entry in bundle.entry} == {"Evidence"}
    for system, code in codings(json.loads(text)):
        assert code in CODES[system], (system, code)


def test_fhir_tells_effect_certainty_and_variables(with_effect, harm):
    bundle = Bundle.model_validate_json(summary_fhir(with_effect))
    evidence = next(e.resource for e in bundle.entry if e.resource.title == harm.statement)
    assert evidence.status == "draft"
    effect, risk, difference = evidence.statistic
    assert effect.statisticType.coding[0].code == "C93152"
    assert float(effect.quantity.value) == pytest.approx(2.0)
    assert (effect.sampleSize.numberOfStudies, effect.sampleSize.numberOfParticipants) == (2, 250)
    (interval,) = effect.attributeEstimate
    assert float(interval.range.low.value) == pytest.approx(harm.effect.ci[0])
    assert float(risk.quantity.value) == 40
    assert float(difference.quantity.value) == pytest.approx(40)
    (certainty,) = evidence.certainty
    assert certainty.rating.coding[0].code == harm.certainty
    assert [part.type.coding[0].code for part in certainty.subcomponent] == [
        "RiskOfBias", "Inconsistency", "Indirectness", "Imprecision", "PublicationBias",
    ]  # fmt: skip
    roles = [v.variableRole.coding[0].code for v in evidence.variableDefinition]
    assert roles == ["population", "exposure", "referenceExposure", "measuredVariable"]
    assert evidence.assertion == harm.plain


def test_a_bundle_of_nothing_is_valid(folder):
    (folder / "links.csv").write_text(
        (folder / "links.csv").read_text("utf-8").splitlines()[0] + "\n", "utf-8"
    )
    report = report_of(folder)
    assert report.summary_of_findings.rows == ()
    assert Bundle.model_validate_json(summary_fhir(report)).entry is None
    assert not any(part.anchor == "summary" for part in compose(report).parts)
    header = summary_csv(report).decode("utf-8-sig").strip()
    assert tuple(header.split(",")) == COLUMNS


def test_a_baseline_of_a_later_study_is_not_known_yet(tmp_path):
    folder = write_folder_with_effect(
        tmp_path / "clinic", risks=BASELINE.replace("kim2024", "trial2025")
    )
    row = next(
        row
        for row in build_report(open_review([folder], "2024-12-31")).summary_of_findings.rows
        if row.proposition == "harms"
    )
    assert row.baseline is None
