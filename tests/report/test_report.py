"""The report: nothing of a page or a reference runs in it, and each audience sees what it should."""

import base64
import hashlib
import json
import re

import pytest
from hostile_text import PAYLOADS, seen

from review.model.vocabulary import Audience, Framework, Polarity, Question, Verdict
from review.report.build import build_report
from review.report.folder import check_target, write_folder
from review.report.formats.html import report_html
from review.report.formats.render import report_json
from review.report.parts.compose import compose
from review.workbench import open_review


@pytest.mark.parametrize("audience", Audience)
def test_hostile_text_stays_text(hostile, audience):
    review = open_review([hostile])
    report = build_report(review, audience, reviewer=PAYLOADS[0], organisation=PAYLOADS[1])
    html = report_html(compose(report))
    found = seen(html)
    assert not set(found.elements) & {"iframe", "form", "object", "embed", "base", "link", "svg"}
    assert found.elements.count("style") == 1
    assert found.elements.count("script") == 1
    assert found.elements.count("meta") == 4
    for name, value in found.attributes:
        assert not name.startswith("on"), name
        assert name != "style"
        if name == "href":
            assert value.startswith(("#", "https://")), value
        if name == "src":
            assert value.startswith("data:image/png;base64,"), value
    assert "\u202e" not in html
    assert "[U+202E]" in html
    assert "\x1b" not in html
    assert "{{ 7 * 7 }}" in html
    for payload in PAYLOADS[:9]:
        assert payload not in html.replace("{{ 7 * 7 }}{% for x in y %}", "") or payload.startswith("{{")


def test_the_whole_page_is_in_the_report_letter_by_letter(review, whole):
    for page in whole.pages:
        text = "".join(segment.text for segment in page.segments)
        assert text == review.evidence.pages[page.page].text


def test_every_claim_ends_once_in_the_annotated_page(whole):
    ends = [key for page in whole.pages for segment in page.segments for key in segment.ends]
    assert sorted(ends) == sorted(row.claim for row in whole.claims)


def test_the_policy_allows_one_style_one_script_and_pictures_within(one_page_document):
    html = report_html(one_page_document)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    for name, element in (("style-src", "style"), ("script-src", "script")):
        body = re.search(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert allowed.pop(name) == f"'sha256-{digest}'"
    assert allowed.pop("img-src") == "data:"
    assert set(allowed.values()) == {"'none'"}
    assert not re.search(r"<(?:link|iframe|object)\b|\bsrc=\"(?!data:image/png)", html)
    assert "url(" not in html


def test_every_inner_link_leads_somewhere(one_page_document):
    found = seen(report_html(one_page_document))
    targets = {value for name, value in found.attributes if name == "id"}
    wanted = {value[1:] for name, value in found.attributes if name == "href" and value.startswith("#")}
    assert wanted <= targets
    ids = [value for name, value in found.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_the_answer_comes_first(one_page_document):
    found = re.findall(r"<h2[^>]*>([^<]+)", report_html(one_page_document))
    front = ["The answer", "What these pages cite", "Summary of findings", "The pages, annotated"]
    assert found[:4] == front
    assert {"Every claim", "Methods and limits", "Provenance", "Sign-off"} <= set(found)


def test_the_counts_add_up(whole):
    assert sum(count.count for count in whole.counts) == len(whole.claims)
    for page in whole.pages:
        claims = [row for row in whole.claims if row.page == page.page]
        assert sum(count.count for count in page.counts) == len(claims)


def test_the_answer_counts_what_is_claimed_to_work_in_people(review, whole):
    """Neither a finding in mice nor a disclosure is counted as a benefit that stands."""
    (line,) = (line for line in whole.answer if "works in people" in line)
    questions = {key: record.question for key, record in review.evidence.propositions.items()}
    benefits = [
        row
        for row in whole.claims
        if questions[row.proposition] in (Question.BENEFIT, Question.COMPARISON)
        and row.polarity is Polarity.AFFIRMS
    ]
    stand = sum(
        judged.may_stand
        for judged in review.judged
        if judged.claim.claim in {row.claim for row in benefits}
    )
    assert line.startswith(
        f"Of {len(benefits)} claims that something works in people, {stand} may stand; "
    )


def test_the_answer_says_for_how_much_nobody_searched(whole):
    number = sum(row.verdict is Verdict.NOT_LOOKED_FOR for row in whole.claims)
    assert any(line.startswith(f"For {number} claims nobody has searched") for line in whole.answer)


def test_every_claim_has_the_answer_of_its_sentence(whole):
    for row in whole.claims:
        sentence = whole.sentence_of(row.claim)
        assert row.action is sentence.action
        assert sentence.text in "".join(
            segment.text for page in whole.pages if page.page == row.page for segment in page.segments
        )


def test_all_claims_of_a_sentence_are_marked_alike(whole):
    for page in whole.pages:
        verdicts = {}
        for segment in page.segments:
            for key in segment.claims:
                row = whole.sentence_of(key)
                verdicts.setdefault((row.page, row.start), set()).add(segment.verdict)
        assert all(len(met) == 1 for met in verdicts.values())


def test_a_class_sees_no_verdict(class_report):
    text = report_json(class_report)
    shown = class_report.claims
    assert not any(row.verdict or row.reasons or row.allowed_wording for row in shown)
    for verdict in Verdict:
        assert f'"{verdict}"' not in text
    assert class_report.profiles == ()


def test_a_clinic_sees_wordings_but_no_profiles(clinic_report):
    assert any(row.allowed_wording for row in clinic_report.claims)
    assert clinic_report.profiles == ()


@pytest.mark.parametrize(
    ("framework", "standing", "level"),
    [(Framework.BOTH, True, True), (Framework.GRADE, True, False), (Framework.OCEBM, False, True)],
)
def test_the_framework_chooses_the_grades_shown(review, framework, standing, level):
    rows = build_report(review.select(pages=["clinic-faq"]), framework=framework).claims
    assert any(row.standing for row in rows) is standing
    assert any(row.level for row in rows) is level


def test_the_report_names_the_conventions_of_its_grades(review, whole):
    other = build_report(review.select(pages=["clinic-faq"]).graded_with("robins-i", "lenient", 800))
    for report, said in (
        (whole, "classic start rule, strict upgrading, information size 400"),
        (other, "robins-i start rule, lenient upgrading, information size 800"),
    ):
        assert report.provenance.methods[0].endswith(said)
        graded = [row for row in report.profiles if row.method.startswith("GRADE")]
        assert graded
        assert all(row.method.endswith(said) for row in graded)


def test_the_report_does_not_depend_on_the_order_of_the_rows(folder):
    before = report_json(build_report(open_review([folder])))
    for name in ("claims.csv", "propositions.csv"):
        head, *rows = (folder / name).read_text("utf-8").splitlines()
        (folder / name).write_text("\n".join([head, *reversed(rows), ""]), "utf-8")
    after = report_json(build_report(open_review([folder])))
    volatile = '"provenance"'
    assert before.partition(volatile)[0] == after.partition(volatile)[0]


def test_the_json_holds_the_whole_model(review, whole):
    data = json.loads(report_json(whole))
    assert len(data["claims"]) == len(review.chosen_claims)
    assert data["as_of"] == review.as_of.isoformat()


def test_a_report_replaces_an_earlier_one_as_a_whole(tmp_path):
    write_folder(tmp_path / "out", {"manifest.json": b"{}", "old.html": b"x"})
    write_folder(tmp_path / "out", {"manifest.json": b"{}", "new.html": b"y"})
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["manifest.json", "new.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    check_target(tmp_path / "out")
