"""The form on which a person confirms what was read, driven in Python as a browser drives it."""

from datetime import date

import pytest
from records import NOTE_KEY, RIS, TRIAL_KEY

import review
from review.literature.abstracts import AbstractReader
from review.literature.readers.ris import read_ris
from review.literature.taking.take import takings
from review.model.vocabulary import Checked
from review.store.additions.taking import record_taken
from review.store.read import packaged_packs, read_evidence
from review.widgets import TakeForm
from review.widgets.take import COMMANDS


@pytest.fixture
def taken(folder, tmp_path):
    corpus = tmp_path / "oats.ris"
    corpus.write_text(RIS, "utf-8")
    reader = AbstractReader(packaged_packs().abstract_packs)
    papers = read_ris(RIS, "oats.ris").papers
    record_taken([folder], lambda held: takings(papers, {}, held, reader, date(2026, 11, 30)))
    return folder, corpus


@pytest.fixture
def form(taken):
    return signed(again(taken))


def again(taken):
    """The form as somebody opens it, or the same person later."""
    folder, corpus = taken
    return TakeForm([folder], [corpus], TRIAL_KEY)


def signed(form):
    form.reviewer.value, form.date.value = "reviewer A", "2026-11-30"
    return form


def type_in(form, *commands):
    for command in commands:
        form.command.value = command
        assert form.command.value == "", "the field is free for the next"


def study(taken):
    return read_evidence([taken[0]]).studies[TRIAL_KEY]


def test_it_shows_the_abstract_with_the_sentence_of_the_fact(form):
    assert list(form.study.options) == [NOTE_KEY, TRIAL_KEY]
    assert "0 of 9 facts handled; it does not count yet." in form.progress.value
    assert "<b>1 design</b>: randomised-trial (waits)" in form.panel.value
    assert '<mark class="shown">Oat bran for gout: a randomised trial</mark>' in form.abstract.value
    assert "Gout hurts." in form.abstract.value
    type_in(form, "g 3")
    assert '<mark class="shown">We randomly assigned 120 adults with gout' in form.abstract.value


def test_without_the_abstract_the_sentences_are_shown(taken):
    form = TakeForm([taken[0]], study=TRIAL_KEY)
    assert "The abstract is not at hand" in form.abstract.value
    assert "Gout hurts." not in form.abstract.value
    assert '<mark class="shown">Oat bran for gout: a randomised trial</mark>' in form.abstract.value


def test_nothing_of_an_abstract_is_live(taken):
    corpus = taken[1]
    corpus.write_text(RIS.replace("Gout hurts.", "Gout <script>hurts</script>."), "utf-8")
    form = again(taken)
    # Another text than the one that was read is not shown as if it were.
    assert "not at hand" in form.abstract.value
    assert "<script>" not in form.abstract.value


def test_each_step_is_written_and_shows_the_next_that_waits(form, taken):
    type_in(form, "c", "c", "e 118", "x")
    now = study(taken)
    assert (now.n, now.follow_up) == (118, "not_reported")
    assert now.readings.facts["design"].confirmed_by == "reviewer A"
    assert "5 funding_kind" not in form.panel.value
    assert "funding_kind" in form.panel.value
    assert "3 of 8 facts handled" in form.progress.value
    assert "Written to" in form.result.value


def test_the_same_by_buttons_and_fields(form, taken):
    form.buttons["c"].click()
    form.buttons["j"].click()
    form.value.value = "119"
    form.buttons["e"].click()
    assert study(taken).n == 119
    type_in(form, "g 8")
    form.fields["outcome"].value = "flares"
    form.buttons["e"].click()
    finding = study(taken).findings[0]
    assert (finding.outcome, finding.p) == ("flares", "0.03")


def test_fields_that_say_what_stood_there_confirm_it(form, taken):
    type_in(form, "g 8", "e")
    fact = study(taken).readings.facts["f1"]
    assert (fact.is_confirmed, fact.read_as) == (True, None)


def test_all_of_it_confirmed_counts(form, taken):
    type_in(form, *["c"] * 9)
    assert "9 of 9 facts handled; it counts." in form.progress.value
    assert "Nothing waits any more" in form.result.value
    assert study(taken).checked is Checked.ABSTRACT
    type_in(form, "s population=Adults with gout", "n")
    form.fields["outcome"].value, form.fields["result"].value = "visits", "As many visits."
    type_in(form, "n")
    assert study(taken).findings[2].outcome == "visits"
    assert study(taken).population == "Adults with gout"


def test_what_forbids_a_step_is_told(form, taken):
    before = study(taken)
    form.reviewer.value = ""
    type_in(form, "c")
    assert 'role="alert"' in form.result.value
    assert "reviewer" in form.result.value
    for wrong in ("y", "g 99", "s n", "e one"):
        type_in(signed(form), wrong)
        assert 'role="alert"' in form.result.value, wrong
    assert study(taken) == before


def test_of_two_people_the_second_sees_what_the_first_did(form, taken):
    second = signed(again(taken))
    type_in(form, "e cohort")
    type_in(second, "c")
    assert "has changed since it was shown" in second.result.value
    assert "confirmed by reviewer A" in second.panel.value or "species" in second.panel.value
    assert study(taken).design == "cohort"


def test_a_reload_goes_on_where_it_was(form, taken):
    type_in(form, "c", "c")
    assert "2 of 9 facts handled" in again(taken).progress.value
    assert "3 n</b>" in again(taken).panel.value


def test_going_round_and_another_study(form):
    type_in(form, "k")
    assert "9 f2" in form.panel.value
    type_in(form, "j", "h")
    assert "1 design" in form.panel.value
    assert "take it out" in form.result.value
    form.study.value = NOTE_KEY
    assert "design</b>: not_reported (not read: say what it is)" in form.panel.value


def test_the_form_of_the_notebook(taken, folder):
    made = review.take_form(str(taken[0]), corpus=[str(taken[1])])
    assert made.study.value == NOTE_KEY
    assert "works while this notebook runs" in made._repr_mimebundle_()["text/plain"]


def test_without_a_draft_it_says_so(folder):
    assert "No study waits" in TakeForm([folder]).box.value


def test_every_command_is_in_the_document(project):
    text = (project / "docs" / "taking.md").read_text("utf-8")
    assert all(f"| `{letter}` |" in text for letter in COMMANDS)
