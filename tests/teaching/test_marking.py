"""What each answer comes to, what counts, and that no answer gets through to a page as it is."""

import csv
import io
import json
import re

import pytest
from handed_in import an_item
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_lexicon import PLAIN, lexicon

from review.language.wording.firmness import Firmness
from review.model.vocabulary import Market, Verdict
from review.report.formats.html import report_html
from review.teaching.agreement import Statistic, agreement
from review.teaching.answers import Response, read_answer
from review.teaching.class_summary.data import gradebook, summary_data
from review.teaching.class_summary.page import summary_page
from review.teaching.class_summary.results import (
    JACKKNIFE,
    class_agreement,
    hardest,
    lesson_results,
    tallies,
)
from review.teaching.items import AnswerScale, KeyBasis
from review.teaching.marking.classwork import AnswerCell, ClassWork, Submission
from review.teaching.marking.feedback import feedback_page
from review.teaching.marking.mark import PaperState, mark_class
from review.teaching.marking.outcomes import (
    MEANING,
    ItemMark,
    MarkSheet,
    Outcome,
    item_mark,
    mark_sheet,
)
from review.teaching.marking.rewording import compared, reading
from review.teaching.pools import lesson_items
from review.teaching.ratings import Scale

RULE = an_item()
JUDGED = an_item("4.hair.imprecision", key={"basis": KeyBasis.JUDGEMENT})
OPEN = an_item("6.page.1", key={"basis": KeyBasis.OPEN, "value": ""})
AMERICAN = lexicon(texts=["exosome injections regrow hair"], markets=[Market.US])
WORDS = an_item(
    "5.home-001.wording",
    prompt="Write a sentence in place of: “Exosome injections regrow hair.”",
    choices=(),
    scale=AnswerScale.WORDS,
    key={"value": "The evidence is very uncertain on whether exosome injections regrow hair."},
)
JUDGED_WORDS = an_item(
    "5.home-002.wording", choices=(), scale=AnswerScale.WORDS, key={"basis": KeyBasis.JUDGEMENT}
)


@pytest.mark.parametrize(
    ("item", "answer", "outcome", "steps"),
    [
        pytest.param(RULE, Response("low"), Outcome.RIGHT, 0, id="as the rule gives it"),
        pytest.param(RULE, Response("high", "a reason"), Outcome.WRONG, 2, id="a rule knows no reason"),
        pytest.param(RULE, Response("very-low"), Outcome.WRONG, 1, id="one step"),
        pytest.param(JUDGED, Response("low"), Outcome.AGREES, 0, id="as the reference"),
        pytest.param(
            JUDGED, Response("high", "two large trials"), Outcome.DISCUSS, 2, id="with a reason"
        ),
        pytest.param(JUDGED, Response("high"), Outcome.REASON_MISSING, 2, id="without a reason"),
        pytest.param(JUDGED, Response("high", "-"), Outcome.REASON_MISSING, 2, id="a dash is no reason"),
        pytest.param(OPEN, Response("low"), Outcome.OPEN, 0, id="no reference"),
        pytest.param(OPEN, Response("proven"), Outcome.NOT_A_CHOICE, 0, id="none of its choices"),
        pytest.param(RULE, Response("lowish"), Outcome.NOT_A_CHOICE, 0, id="none of the choices"),
        pytest.param(RULE, Response(), Outcome.NOT_ANSWERED, 0, id="empty"),
        pytest.param(OPEN, Response("", "because"), Outcome.NOT_ANSWERED, 0, id="only a reason"),
        pytest.param(WORDS, Response("Exosome injections regrow hair."), Outcome.WRONG, 3, id="a fact"),
        pytest.param(
            WORDS, Response("Exosomes may regrow hair."), Outcome.WRONG, 1, id="one step too firm"
        ),
        pytest.param(
            WORDS, Response("It is not known whether exosomes regrow hair."), Outcome.RIGHT, 0, id="open"
        ),
        pytest.param(
            WORDS, Response("It is unclear whether it rains."), Outcome.DISCUSS, 0, id="another matter"
        ),
        pytest.param(WORDS, Response("x" * 1_001), Outcome.DISCUSS, 0, id="too long for the rules"),
    ],
)
def test_outcomes(item, answer, outcome, steps):
    mark = item_mark(item, answer, PLAIN)
    assert (mark.outcome, mark.steps) == (outcome, steps)


def test_every_outcome_has_a_meaning_and_a_case():
    assert set(MEANING) == set(Outcome)


def test_only_a_rule_makes_an_answer_wrong():
    firm = "Exosome injections are proven to regrow hair."
    for basis in KeyBasis:
        for item in (RULE, WORDS):
            own = an_item(
                choices=item.choices, scale=item.scale, key={"basis": basis, "value": item.key.value}
            )
            answer = Response(firm if item is WORDS else "high", "a reason")
            assert (item_mark(own, answer, PLAIN).outcome is Outcome.WRONG) is (basis is KeyBasis.RULE)


def test_the_steps_of_a_wording_are_told():
    mark = item_mark(
        WORDS, Response("Exosome injections are proven to regrow hair in 90% of men."), AMERICAN
    )
    assert mark.remarks == (
        "Your words put it as a fact (no word that leaves it open). The reference wording puts it as "
        "uncertain (uncertain). That is 3 steps too firm for the evidence.",
    )
    assert [doubt.split(",")[0].split(":")[0] for doubt in mark.doubts] == [
        "A figure stands in neither the claim nor the reference",
        "US09",
        "US01",
    ]


def by_keys(pool, group, **other):
    """The answers of a learner who answers the items of a group by its keys, but for some of them."""
    own = {item.item: item.key.value for item in pool if item.group == group}
    own |= {f"{group}.{name}": value for name, value in other.items()}
    return own, next(item for item in pool if item.group == group and item.works_out)


def last_mark(pool, own, overall):
    items = {item.item: item for item in pool}
    texts = {item: f"answer: {value}" for item, value in own.items()}
    marks = mark_sheet(items, {**texts, overall.item: texts[overall.item]}, PLAIN).marks
    return next(mark for mark in marks if mark.item is overall)


@pytest.mark.parametrize("lesson", [3, 4])
def test_by_the_recorded_answers_the_rule_gives_the_key(review, lesson):
    pool = lesson_items(review, lesson)
    own = {item.item: item.key.value for item in pool}
    overall = [item for item in pool if item.works_out]
    assert len(overall) == len({item.group for item in pool})
    assert [item.works_out(own).value for item in overall] == [item.key.value for item in overall]


GRADED = "4.age-causes-hair-loss"


@pytest.mark.parametrize(
    ("rated", "said", "outcome", "steps"),
    [
        pytest.param("not_serious", "low", Outcome.RIGHT, 0, id="as recorded"),
        pytest.param("serious", "very-low", Outcome.RIGHT, 0, id="another rating, the right sum"),
        pytest.param("extremely_serious", "very-low", Outcome.RIGHT, 0, id="down to the floor"),
        pytest.param("serious", "low", Outcome.WRONG, 1, id="the key, but not by the own rating"),
        pytest.param("", "low", Outcome.DISCUSS, 0, id="a domain left out"),
        pytest.param("bad", "low", Outcome.DISCUSS, 0, id="a domain in other words"),
    ],
)
def test_a_certainty_is_marked_by_the_learners_own_ratings(review, rated, said, outcome, steps):
    pool = lesson_items(review, 4)
    own, overall = by_keys(pool, GRADED, imprecision=rated, certainty=said)
    mark = last_mark(pool, own, overall)
    assert (mark.outcome, mark.steps) == (outcome, steps)
    assert overall.key.value == "low"
    (told,) = mark.remarks
    if outcome is Outcome.DISCUSS:
        assert (
            told == "It cannot be worked out from your own answers: you left out imprecision. Discuss."
        )
    else:
        given = "low" if rated == "not_serious" else "very low"
        assert told.startswith(f"By your own answers the rule gives {given}: start ")


@pytest.mark.parametrize(
    ("tool", "other", "value"),
    [
        ("RoB 2", {"5.2": "Y"}, "high"),
        ("SYRCLE", {"q1": "N"}, "high"),
        ("JBI", {"q1": "N"}, "high"),
        ("JBI", dict.fromkeys(("q1", "q2", "q3", "q4", "q5", "q10"), "Y"), "low"),
    ],
)
def test_an_appraisal_is_marked_by_the_learners_own_answers(review, tool, other, value):
    pool = lesson_items(review, 3)
    group = next(item.group for item in pool if item.works_out and item.key.rule.startswith(tool))
    own, overall = by_keys(pool, group, overall=value, **other)
    mark = last_mark(pool, own, overall)
    assert mark.outcome is Outcome.RIGHT
    assert mark.remarks[0].startswith(f"By your own answers the rule gives {value}: ")
    del own[f"{group}.{next(iter(other))}"]
    assert last_mark(pool, own, overall).outcome is Outcome.DISCUSS


def test_the_feedback_shows_both_sums(review):
    pool = lesson_items(review, 4)
    own, _ = by_keys(pool, GRADED, imprecision="serious", certainty="low")
    answers = {item: (value, "") for item, value in own.items()}
    marked_class = a_class(handed("L1", answers), items=pool)
    page = report_html(feedback_page(marked_class.pages["L1"], "2026-11-21"))
    shown = re.sub(r"<[^>]+>", "", page)
    assert "Your own sum: By your own answers the rule gives very low: start " in shown
    assert "Reference: low" in shown


@pytest.mark.parametrize(
    ("words", "firmness", "denies"),
    [
        ("It regrows hair.", Firmness.FACT, False),
        ("It does not regrow hair.", Firmness.FACT, True),
        ("It is not the case that it regrows hair.", Firmness.FACT, True),
        ("The evidence speaks against the statement that it works.", Firmness.FACT, True),
        ("It is likely that it regrows hair.", Firmness.LIKELY, False),
        ("It probably regrows hair.", Firmness.LIKELY, False),
        ("Low-certainty evidence suggests that it regrows hair.", Firmness.MAY, False),
        ("It might regrow hair.", Firmness.MAY, False),
        ("The evidence is very uncertain on whether it regrows hair.", Firmness.UNCERTAIN, False),
        ("No evidence was found on whether it works.", Firmness.UNCERTAIN, False),
        ("Nobody knows, it has not been tested.", Firmness.UNCERTAIN, False),
        ("It is on record that it harms; how often is not known.", Firmness.FACT, False),
    ],
)
def test_how_firmly_words_put_it(words, firmness, denies):
    found = reading(words)
    assert (found.firmness, found.denies) == (firmness, denies)


@pytest.fixture(scope="module")
def wordings(review):
    verdicts = {judged.claim.claim: judged for judged in review.judged}
    pool = [item for item in lesson_items(review, 5) if item.scale is AnswerScale.WORDS]
    return [(item, verdicts[item.group.partition(".")[2]]) for item in pool]


def test_every_reference_wording_is_right_by_its_own_rules(wordings):
    for item, _ in wordings:
        assert item_mark(item, Response(item.key.value), PLAIN).outcome in (
            Outcome.RIGHT,
            Outcome.AGREES,
        )


def test_the_pages_own_words_are_marked_as_their_verdicts_say(wordings):
    """The claims have verdicts, by rules that see more than words: the two should seldom differ."""
    right = {verdict: [] for verdict in Verdict}
    for item, judged in wordings:
        mark = item_mark(item, Response(judged.claim.quote), PLAIN)
        right[judged.verdict].append(mark.outcome is Outcome.RIGHT)
    too_firm = right[Verdict.OVERSTATED] + right[Verdict.UNSUPPORTED] + right[Verdict.CONTRADICTED]
    assert sum(too_firm) / len(too_firm) < 0.02
    assert sum(right[Verdict.SUBSTANTIATED]) / len(right[Verdict.SUBSTANTIATED]) > 0.7


def handed(learner, answers, file="", lesson=4, evidence="e" * 64, **more):
    texts = {
        item: AnswerCell(f"answer: {value}\nreason: {why}") for item, (value, why) in answers.items()
    }
    return Submission(file or f"{learner}.ipynb", learner, lesson, evidence, texts, **more)


ITEMS = (RULE, JUDGED, OPEN)
GOOD = {RULE.item: ("low", ""), JUDGED.item: ("low", "few events")}
BAD = {RULE.item: ("high", ""), JUDGED.item: ("high", "")}


def a_class(*submissions, items=ITEMS):
    by_lesson = {}
    for item in items:
        by_lesson.setdefault(int(item.item[0]), {})[item.item] = item
    return mark_class(ClassWork(submissions, by_lesson, "e" * 64, "2026-01-31", PLAIN))


def test_two_files_of_one_learner_that_differ_count_neither():
    marked_class = a_class(handed("a", GOOD), handed("a", BAD, "again.ipynb"), handed("b", GOOD))
    states = {paper.submission.file: paper.state for paper in marked_class.papers}
    assert states == {
        "a.ipynb": PaperState.NOT_COUNTED,
        "again.ipynb": PaperState.NOT_COUNTED,
        "b.ipynb": PaperState.MARKED,
    }
    assert set(marked_class.sheets(4)) == {"b"}
    assert len(marked_class.pages) == 3


def test_two_files_that_answer_the_same_count_once():
    marked_class = a_class(handed("a", GOOD, "z.ipynb"), handed("a", GOOD, "copy.ipynb"))
    assert {p.submission.file: p.state for p in marked_class.papers} == {
        "copy.ipynb": PaperState.MARKED,
        "z.ipynb": PaperState.NOT_NEEDED,
    }


def test_an_empty_file_gives_way_to_one_with_answers():
    marked_class = a_class(handed("a", {RULE.item: ("", "")}, "empty.ipynb"), handed("a", GOOD))
    assert {p.submission.file: p.state for p in marked_class.papers} == {
        "a.ipynb": PaperState.MARKED,
        "empty.ipynb": PaperState.NOT_NEEDED,
    }


def test_one_learner_has_one_page_for_all_lessons():
    six = {OPEN.item: ("low", "")}
    marked_class = a_class(handed("a", GOOD), handed("a", six, "six.ipynb", lesson=6))
    ((name, papers),) = marked_class.pages.items()
    assert (name, len(papers)) == ("a", 2)
    page = report_html(feedback_page(papers, "2026-01-31"))
    assert "Lesson 4: your result" in page
    assert "Lesson 6: what has no reference" in page


def told(paper):
    return " ".join(paper.problems)


def test_what_shows_only_beside_the_lesson_is_told():
    gone = {**GOOD, "4.other.certainty": ("low", "")}
    old, strange, empty, none, nine = a_class(
        handed("a", gone, evidence="f" * 64),
        handed("b", gone),
        handed("c", {RULE.item: ("", "")}),
        handed("d", {"4.other.certainty": ("low", "")}),
        handed("e", GOOD, lesson=9),
    ).papers
    assert "evidence has changed and no longer has them: 4.other.certainty" in told(old)
    assert "no such items, so they count as not answered: 4.other.certainty" in told(strange)
    assert (old.sheet.keyed, strange.sheet.keyed) == (2, 3)
    assert "Nothing is answered" in told(empty)
    assert "No answer cell of the lesson" in told(none)
    assert "There is no lesson 9" in told(nine)
    assert [p.state for p in (old, empty, none, nine)] == [
        PaperState.MARKED,
        PaperState.MARKED,
        PaperState.NOT_MARKED,
        PaperState.NOT_MARKED,
    ]


def test_choices_that_were_changed_do_not_count():
    one = Submission(
        "a.ipynb", "a", 4, "e" * 64, {RULE.item: AnswerCell("answer: proven", ("proven", *RULE.choices))}
    )
    (paper,) = a_class(one).papers
    assert "choices were changed" in told(paper)
    assert paper.sheet.marks[0].outcome is Outcome.NOT_A_CHOICE


def test_nobody_gains_by_taking_a_question_out():
    (whole,) = a_class(handed("a", {**GOOD, JUDGED.item: ("high", "")})).papers
    (cut,) = a_class(handed("a", {RULE.item: ("low", "")}, missing=1)).papers
    assert (whole.sheet.count(Outcome.RIGHT), whole.sheet.keyed) == (1, 2)
    assert (cut.sheet.count(Outcome.RIGHT), cut.sheet.keyed) == (1, 2)


def answers_of(*values):
    return {
        f"learner-{at}": mark_sheet({RULE.item: RULE}, {RULE.item: v}, PLAIN)
        for at, v in enumerate(values)
    }


def test_the_hardest_items_weigh_how_many_answered():
    one_of_two = MarkSheet((ItemMark(JUDGED, Response("high"), Outcome.DISCUSS),))
    sheets = {
        name: MarkSheet((*one.marks, *(one_of_two.marks if name in ("learner-0", "learner-1") else ())))
        for name, one in answers_of(*["answer: high"] * 9, "answer: low").items()
    }
    found = hardest(tallies(sheets))
    assert [(one.item.item, one.answered, one.same, one.other) for one in found] == [
        (RULE.item, 10, 1, "high"),
        (JUDGED.item, 2, 0, "high"),
    ]


def test_an_item_that_one_learner_answered_is_none_of_the_hardest():
    assert hardest(tallies(answers_of("answer: high", ""))) == ()


def many_sheets(learners=12, items=10):
    pool = {f"4.x.{n}": an_item(f"4.x.{n}", key={"value": RULE.choices[n % 4]}) for n in range(items)}
    sheets = {}
    for learner in range(learners):
        texts = {
            name: f"answer: {RULE.choices[(at + ((learner * 7 + at * 3) % 5 == 0)) % 4]}"
            for at, name in enumerate(pool)
        }
        sheets[f"learner-{learner:02}"] = mark_sheet(pool, texts, PLAIN)
    return sheets, pool


def test_agreement_with_the_key_is_that_of_all_answers():
    sheets, pool = many_sheets()
    (found,) = class_agreement(sheets, pool)
    pooled = {
        f"{name} {mark.item.item}": {"key": mark.item.key.value, "learner": mark.answer.value}
        for name, one in sheets.items()
        for mark in one.marks
    }
    plain = {one.statistic: one for one in agreement(pooled, Scale(RULE.choices, ordered=True))}
    for one in found.with_key:
        assert one.value == pytest.approx(plain[one.statistic].value)
        assert one.interval == JACKKNIFE
        assert one.low <= one.value <= one.high
    assert found.learners == 12
    assert found.items == 10
    assert Statistic.ALPHA_ORDINAL in {one.statistic for one in found.among}


def test_the_jackknife_of_a_mean_is_the_interval_of_a_mean():
    """Where all answer equally many, that of percent agreement is the t interval of their means."""
    from scipy import stats

    sheets, pool = many_sheets()
    (found,) = class_agreement(sheets, pool)
    percent = next(one for one in found.with_key if one.statistic is Statistic.PERCENT)
    means = [one.count(Outcome.RIGHT) / len(one.marks) for one in sheets.values()]
    low, high = stats.t.interval(0.95, len(means) - 1, stats.tmean(means), stats.sem(means))
    assert (percent.low, percent.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("learners", [1, 2])
def test_few_learners_have_no_interval(learners):
    sheets, pool = many_sheets(learners)
    (found,) = class_agreement(sheets, pool)
    assert all(one.low is None and "fewer than three" in one.note for one in found.with_key)
    assert bool(found.among) is (learners > 1)


def test_answers_about_pages_of_their_own_are_not_compared():
    chosen = an_item("6.x", key={"basis": KeyBasis.OPEN, "value": ""})
    sheets = {name: mark_sheet({"6.x": chosen}, {"6.x": "answer: low"}, PLAIN) for name in "abc"}
    assert class_agreement(sheets, {"6.x": chosen}) == ()


def test_an_interval_without_width_is_told():
    sheets, pool = many_sheets()
    agreed = {
        name: mark_sheet(pool, {i: f"answer: {item.key.value}" for i, item in pool.items()}, PLAIN)
        for name in sheets
    }
    (found,) = class_agreement(agreed, pool)
    for one in found.with_key:
        assert one.value == pytest.approx(1)
        assert "no width" in one.note


def test_the_summary_says_what_happened():
    marked_class = a_class(
        handed("a", GOOD),
        handed("b", BAD),
        handed("c", BAD),
        Submission("x.ipynb", problems=("This is not a notebook: it is no JSON.",)),
    )
    results = lesson_results(marked_class)
    page = report_html(summary_page(marked_class, results))
    for words in (
        "4 files: 3 marked, 1 not marked.",
        "This is not a notebook: it is no JSON.",
        "Of 6 answers with a key, 2 are right or the key&#39;s (33%).",
        "Landis and Koch 1977",
        "Gwet&#39;s AC2, quadratic",
        "weighted kappa, linear",
        "Krippendorff&#39;s alpha, ordinal",
        'href="./feedback/a.html"',
    ):
        assert words in page, words
    data = json.loads(summary_data(marked_class, results))
    assert [one["state"] for one in data["files"]] == ["marked"] * 3 + ["not marked"]
    assert data["lessons"][0]["hardest"] == [RULE.item, JUDGED.item]


def test_a_page_keeps_back_the_reference_of_what_was_not_answered():
    secret = an_item(key={"reason": "Because of the secret.", "value": "very-low"})
    (paper,) = a_class(handed("a", {secret.item: ("", "")}), items=[secret]).papers
    page = report_html(feedback_page([paper], "2026-01-31"))
    assert "Because of the secret." not in page
    assert secret.key.rule in page


def test_the_gradebook_is_never_calculated():
    marked_class = a_class(
        Submission("=1+1.ipynb", problems=("@SUM(A1)",)), handed("a", GOOD, "+file.ipynb")
    )
    rows = list(csv.DictReader(io.StringIO(gradebook(marked_class.papers).decode("utf-8-sig"))))
    assert [row["file"] for row in rows] == ["'+file.ipynb", "'=1+1.ipynb"]
    assert rows[1]["problems"] == "'@SUM(A1)"
    assert (rows[0]["as_the_key"], rows[0]["with_key"], rows[0]["percent"]) == ("2", "2", "100")
    assert rows[1]["percent"] == ""


TAG = re.compile(r"<[^>]*>")


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=100))
def test_any_answer_leaves_the_page_whole(value, reason):
    text = f"answer: <i onclick=x>{value}\nreason: </script><script>alert(1)</script>{reason}"
    items = (RULE, JUDGED, OPEN, WORDS, JUDGED_WORDS)
    marks = tuple(item_mark(item, read_answer(text, item.choices), PLAIN) for item in items)
    one = handed("a", {})
    paper = a_class(handed("a", GOOD)).papers[0]
    page = report_html(
        feedback_page(
            [type(paper)(one, PaperState.MARKED, (text,), MarkSheet(marks), "a")], "2026-01-31"
        )
    )
    plain = report_html(feedback_page([paper], "2026-01-31"))
    assert page.count("<script>") == plain.count("<script>") == 1
    assert "<i onclick" not in page
    assert not [tag for tag in TAG.findall(page) if "onclick" in tag]


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_any_words_can_be_read(words):
    found = compared(words, WORDS.key.value, WORDS.prompt, PLAIN)
    assert found.steps_too_firm in range(4)
