"""Accepting every suggestion gives a page that reads as English, and no warning is lost on the way."""

from dataclasses import replace

import pytest
from sample_pages import decided, page_of
from test_edited_page import assert_exact

from review.model.vocabulary import DecisionKind, DecisionScope
from review.report.edited_page.edits import SUGGESTED, UNDECIDED, edits_of, new_text, page_text
from review.report.model import Report


def accepted(report: Report) -> str:
    assert_exact(report)
    return new_text(report, report.pages[0], suggest=True)


def edits(report: Report):
    return edits_of(report, report.pages[0], suggest=True)


def with_decision(
    report: Report, number: int, kind: str, wording: str = "not_applicable", **more
) -> Report:
    claims = list(report.claims)
    claims[number] = replace(claims[number], decisions=(decided(kind, wording),))
    return replace(report, claims=tuple(claims))


def shortened(report: Report, number: int, words: str) -> Report:
    """The report with one claim made of some words of its sentence."""
    claims = list(report.claims)
    start = page_text(report.pages[0]).index(words)
    claims[number] = replace(claims[number], start=start, end=start + len(words), quote=words)
    return replace(report, claims=tuple(claims))


# What each sentence needs


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{r}Veneers last for ever.| We open at nine.", "We open at nine."),
        ("{n}Veneers last for ever.| We open at nine.", "Nobody knows how long. We open at nine."),
        ("We open at nine. {r}Veneers last.|", "We open at nine."),
        ("We open. {r}Veneers last.| We close.", "We open. We close."),
        ("We open. {r}Veneers last.|  {r}Crowns too.|  We close.", "We open. We close."),
        ("{m}Veneers are thin.| {l}Crowns are old.| {d}We test.| {e}Stop aspirin.|", None),
        ("{w}Fillers can bruise.| {w}Stay out of the sun.|", None),
        ("{n9}Veneers last for ever.|", None),
    ],
)
def test_the_whole_sentence_changes_as_it_needs(marked, expected):
    report = page_of(marked, n="Nobody knows how long.")
    assert accepted(report) == (expected or page_text(report.pages[0]))


def test_a_sentence_that_warns_is_neither_taken_out_nor_replaced():
    report = page_of("{r}Fillers can bruise.| {n}They can swell.|", n="Nobody knows.")
    rows = tuple(replace(row, warns=True) for row in report.sentences)
    assert accepted(replace(report, sentences=rows)) == "Fillers can bruise. They can swell."


def test_each_sentence_gets_one_comment_that_says_what_to_do():
    report = page_of("{r}Veneers last.| {n}Crowns shine.| {d}We test.| {m}We open.|", n="Some do.")
    row = replace(report.sentences[0], claims=("home-001", "home-002"))
    made = edits(replace(report, sentences=(row, *report.sentences[1:])))
    assert [c.claims for c in made.comments] == [("home-001", "home-002"), ("home-002",), ("home-003",)]
    assert [c.author for c in made.comments] == [SUGGESTED, SUGGESTED, UNDECIDED]
    assert all(c.text.startswith("What to do in plain words.") for c in made.comments)
    assert "until the document is there" in made.comments[2].text
    assert made.comments[0].text.count("unsupported (home-00") == 2


def test_without_suggestions_there_are_comments_only():
    report = page_of("{r}Veneers last.| {n}Crowns shine.|", n="Some do.")
    made = edits_of(report, report.pages[0], suggest=False)
    assert made.changes == ()
    assert {c.author for c in made.comments} == {UNDECIDED}


# Empty lines, lists, headings


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("One day.\n\n{r}Fillers last.|\n\nTwo days.", "One day.\n\nTwo days."),
        ("One day.\n\n\n{r}Fillers last.|\n\nTwo days.", "One day.\n\n\nTwo days."),
        ("One day.\n{r}Fillers last.|\nTwo days.", "One day.\nTwo days."),
        ("{r}Fillers last.|\n\nTwo days.", "Two days."),
        ("One day.\n\n{r}Fillers last.|", "One day."),
        ("One day.\n\n{r}Fillers last.|\n", "One day.\n"),
        ("{r}Fillers last.|", ""),
        ("One day.\n\n{r}A lasts.| {r}B lasts.|\n\n{r}C lasts.|\n\nTwo days.", "One day.\n\nTwo days."),
        (
            "We have:\n• Rooms\n• {r}Cures for all|\n• Chairs",
            "We have:\n• Rooms\n• Cures for all\n• Chairs",
        ),
        ("We have:\n1. Rooms\n2. {r}Cures for all|", "We have:\n1. Rooms\n2. Cures for all"),
        ("We have:\n\n  • {r}Cures|\n  • {r}Wonders|\n\nWe open.", "We open."),
        ("Open daily.\n\nIt does:\n- {r}Cures|\n- {r}Wonders|", "Open daily."),
        (
            "{r}It is shown to hold:|\n\n  • {d}Gold|\n  • {l}Iron|\n\nWe open.",
            "It is shown to hold:\n\n  • Gold\n  • Iron\n\nWe open.",
        ),
        ("{n}It holds:|\n- {d}Gold|\n\nWe open.", "It holds:\n- Gold\n\nWe open."),
        ("{r}Not for you if:|\n- {w}PREGNANT|\n- {r}TALL|", "Not for you if:\n- PREGNANT\n- TALL"),
        (
            "{r}It is great:|\n- {w}It contains nuts.|\n- {r}TALL|",
            "It is great:\n- It contains nuts.\n- TALL",
        ),
        (
            "Does it last?\n\n{r}Yes, it does.|\n\nWhat does it cost?\n\nAsk.",
            "What does it cost?\n\nAsk.",
        ),
        ("Does it last?\n\n{r}Yes, it does.| Ask us.", "Does it last?\n\nAsk us."),
        ("Results\n{r}All are well.|\n\nPrices\nAsk.", "Prices\nAsk."),
        ("Results\n\nPrices\n\nAsk.", "Results\n\nPrices\n\nAsk."),
        ("By A. Doe\n\n{r}Fillers for ever|\n\nWe open.", "By A. Doe\n\nFillers for ever\n\nWe open."),
        ("Can I? May I?\n\n{r}Yes, you can.|\n\nPrices\n\nAsk.", "Prices\n\nAsk."),
        ("Can I?\n\n{r}Yes, you can.|\n\nBook now, call us.", "Book now, call us."),
        ("Can I?\n\n{r}Yes, you can.|\n\n\nEat well.", "Eat well."),
        ("Can I?\n\n{r}Yes, you can.|\n\nEat well.", "Can I?\n\nYes, you can.\n\nEat well."),
        ("• {n}Teeth shine|\n• Rooms", "• Teeth shine\n• Rooms"),
        ("• {n}Zinc: for teeth that shine|\n• Rooms", "• Zinc: Nobody knows\n• Rooms"),
        ("• {n}Teeth shine.|\n• Rooms", "• Nobody knows.\n• Rooms"),
    ],
)
def test_nothing_hollow_remains(marked, expected):
    assert accepted(page_of(marked, n="Nobody knows.")) == expected


def test_a_table_stays_whole_unless_all_of_it_goes():
    cells = "Gel\n\nLaser\n\n{r}No pain|\n\nSome pain\n\nOne visit\n\n{d}Six visits|\n\nOpen now."
    report = page_of(cells)
    assert accepted(report) == page_text(report.pages[0])


def test_a_question_of_safety_keeps_its_answer_for_a_person():
    report = page_of("Is it safe?\n\n{r}It is perfectly safe.|\n\nHours\n\nWe open.\n")
    assert accepted(report) == page_text(report.pages[0])
    assert "would not answer the question" in edits(report).comments[0].text


def test_words_that_lead_to_warnings_stay_whatever_goes_before():
    marked = "{r}Fillers last.| These people wait:\n- {w}THE PREGNANT|\n- {r}THE TALL|"
    assert accepted(page_of(marked)) == "Fillers last. These people wait:\n- THE PREGNANT\n- THE TALL"


# What leans on what went


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{r}Fillers last.| In fact, we open at nine.", "We open at nine."),
        ("{r}Fillers last.| However, we open.", "We open."),
        ("{r}Fillers last.| Gels, though, are old.", "Gels are old."),
        ("{r}Fillers last.| For some, however, gels work.", "For some, gels work."),
        (
            "{r}Fillers last.| Results, though, favour gels.",
            "Fillers last. Results, though, favour gels.",
        ),
        ("{r}Fillers last.| But they bruise.", "Fillers last. But they bruise."),
        (
            "{r}Fillers last.| {l}These gels are old.| We open.",
            "Fillers last. These gels are old. We open.",
        ),
        ("{r}Fillers last.| {m}This is the best.|", "Fillers last. This is the best."),
        ("{r}Fillers last.| {w}However, they can bruise.|", "Fillers last. However, they can bruise."),
        ("{r}Fillers last.| {e}They stop aspirin.|", "Fillers last. They stop aspirin."),
        ("{r}Fillers last.| Therefore, come.", "Come."),
        ("{r}Fillers last.| {w}Therefore, stay at home.|", "Stay at home."),
        ("{n}Fillers last.| They are gels.", "Fillers last. They are gels."),
        ("{n}Fillers last.| This is why we love them.", "Fillers last. This is why we love them."),
        ("{n2}Fillers last.| They are gels.", "Fillers last. They are gels."),
        ("Fillers are gels. {r}They last.| They are old.", "Fillers are gels. They are old."),
        ("Fillers are gels. {r}They last.| This is good.", "Fillers are gels. They last. This is good."),
        (
            "Are fillers gels?\n\n{r}Fillers last.| They are gels.",
            "Are fillers gels?\n\nFillers last. They are gels.",
        ),
        ("{r}Fillers last.| It is important to ask first.", "It is important to ask first."),
        ("{r}Fillers last.| Both men and women come.", "Both men and women come."),
        ("{r}Fillers last.| Both are good.", "Fillers last. Both are good."),
        ("{r}Fillers last.| So far, we are two.", "So far, we are two."),
        ("{r}Fillers last.|\n\nThis is good.", "Fillers last.\n\nThis is good."),
        ("Does it last?\n\nYes. {r}It lasts.|", ""),
        (
            "Does it last?\n\nAbsolutely! {n}It lasts.|",
            "Does it last?\n\nIt is not known whether fillers last.",
        ),
        ("Does it hurt?\n\nNo. We take care.", "Does it hurt?\n\nNo. We take care."),
        ("Does it hurt?\n\nYes, {m}a bit.|", "Does it hurt?\n\nYes, a bit."),
        ("Why wait? {r}It lasts.| We open.", "We open."),
        ("{n}Fillers last.| {n}Gels last.|", "It is not known whether fillers last."),
        ("- One\n- {r}Two|\n\nThese are all.", "- One\n- Two\n\nThese are all."),
    ],
)
def test_no_sentence_leans_on_nothing(marked, expected):
    made = page_of(
        marked, n="It is not known whether fillers last.", n2="Nobody knows.", n3="Only so long."
    )
    assert accepted(made) == expected


def test_what_a_warning_leans_on_stays_with_it_and_a_person_is_asked():
    report = page_of("{r}Fillers last.| {w}This can bruise.|")
    assert accepted(report) == "Fillers last. This can bruise."
    assert "rewrite the two together" in edits(report).comments[0].text


def test_what_goes_with_its_neighbour_says_why():
    made = edits(page_of("Does it last?\n\n{r}Fillers last.|\n\nHours\n\nWe open.\n"))
    assert [c.claims for c in made.comments] == [(), ("home-001",)]
    assert "nothing is left that answers it" in made.comments[0].text
    assert {c.author for c in made.changes} == {SUGGESTED}


# Decisions come first


@pytest.mark.parametrize("kind", [DecisionKind.KEEP, DecisionKind.ESCALATE])
def test_no_suggestion_touches_a_sentence_that_is_decided(kind):
    report = page_of("{r}Fillers last.| {r}They are gels.| We open.")
    assert accepted(with_decision(report, 0, kind)) == "Fillers last. We open."
    assert accepted(with_decision(report, 1, kind)) == "They are gels. We open."


def test_a_person_exchanges_a_part_and_the_rest_stays():
    report = shortened(page_of("{r}Fillers last for ever.| We open."), 0, "for ever")
    made = with_decision(report, 0, "reword", "a while")
    assert accepted(made) == "Fillers last a while. We open."
    assert accepted(with_decision(report, 0, "remove")) == "Fillers last . We open."


def test_a_person_who_takes_out_a_whole_sentence_takes_its_place_too():
    report = page_of("We open.\n\n{m}Fillers last for ever.|\n\nWe close.")
    report = shortened(report, 0, "Fillers last for ever")
    made = with_decision(report, 0, "remove")
    assert new_text(made, made.pages[0], suggest=False) == "We open.\n\nWe close."
    (change,) = edits_of(made, made.pages[0], suggest=False).changes
    assert change.author == "reviewer A, medical director"


def test_a_decision_and_what_follows_from_it_have_two_authors():
    report = with_decision(page_of("Does it last?\n\n{m}It lasts.|\n\nHours\nWe open.\n"), 0, "remove")
    assert accepted(report) == "Hours\nWe open.\n"
    authors = [change.author for change in edits(report).changes]
    assert authors == [SUGGESTED, "reviewer A, medical director"]


# What a person decides on a whole sentence


def on_the_sentence(
    report: Report, kind: str, wording: str = "not_applicable", numbers=(0, 1)
) -> Report:
    """The report with one decision on a sentence, as it stands with each of the claims in it."""
    taken = decided(kind, wording, scope=DecisionScope.SENTENCE)
    claims = list(report.claims)
    for number in numbers:
        claims[number] = replace(claims[number], decisions=(taken,))
    return replace(report, claims=tuple(claims))


def two_in_one() -> Report:
    """A sentence that makes two claims, between two that make none."""
    report = page_of("We open. {r}It lasts and never fails.|{r} |We close.")
    text = page_text(report.pages[0])
    claims = [
        replace(row, start=text.index(words), end=text.index(words) + len(words), quote=words)
        for row, words in zip(report.claims, ("It lasts", "never fails"), strict=True)
    ]
    first, _ = report.sentences
    both = replace(first, claims=("home-001", "home-002"))
    return replace(report, claims=tuple(claims), sentences=(both,))


def test_new_words_for_a_sentence_take_its_place_once():
    made = on_the_sentence(two_in_one(), "reword", "Nobody knows whether it lasts.")
    assert new_text(made, made.pages[0], False) == "We open. Nobody knows whether it lasts. We close."
    (change,) = edits_of(made, made.pages[0], suggest=False).changes
    assert (change.author, change.date) == ("reviewer A, medical director", "2026-11-20")


def test_a_sentence_that_is_taken_out_goes_whole():
    made = on_the_sentence(two_in_one(), "remove")
    assert new_text(made, made.pages[0], suggest=False).split() == ["We", "open.", "We", "close."]


@pytest.mark.parametrize("kind", ["keep", "escalate", "ask-for-document"])
def test_what_changes_no_word_leaves_the_sentence(kind):
    made = on_the_sentence(two_in_one(), kind)
    assert new_text(made, made.pages[0], suggest=True) == page_text(made.pages[0])
    (comment,) = edits_of(made, made.pages[0], suggest=False).comments
    assert f"Decision: {kind}" in comment.text


def test_words_that_are_the_sentence_are_no_change():
    made = on_the_sentence(two_in_one(), "reword", "It lasts and never fails.")
    assert edits_of(made, made.pages[0], suggest=False).changes == ()


def test_claims_decided_apart_from_their_sentence_change_no_part_of_it():
    made = on_the_sentence(two_in_one(), "remove", numbers=(0,))
    made = with_decision(made, 1, "reword", "seldom fails")
    assert "seldom fails" in new_text(made, made.pages[0], suggest=False)
    assert "It lasts" in new_text(made, made.pages[0], suggest=False)


def test_two_wordings_for_one_sentence_are_for_a_person_to_settle():
    made = on_the_sentence(two_in_one(), "reword", "It may last.", numbers=(0,))
    made = on_the_sentence(made, "reword", "It may fail.", numbers=(1,))
    assert edits_of(made, made.pages[0], suggest=False).changes == ()
