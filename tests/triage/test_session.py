"""The triage of a page as a plain state machine: what each action writes, and what forbids it."""

from dataclasses import replace

import pytest
from sample_page import CELLS, HARM, LAST, MEN, REGROW, SUGGESTIONS, TEXT, WHO, own_folder, suggested

from review.model.errors import ParameterError
from review.people.triage import By, TriageState
from review.store.additions.triage import triage_session


@pytest.fixture
def session(folder, tmp_path):
    return triage_session([folder, own_folder(tmp_path / "own")], "shop", SUGGESTIONS)


def forbidden(act, *given, **more):
    with pytest.raises(ParameterError) as caught:
        act(*given, **more)
    return {str(problem.place): str(problem) for problem in caught.value.problems}


def test_what_is_open_comes_first_and_most_important_first(session):
    assert [item.key for item in session.by_importance] == [HARM, LAST, MEN, REGROW]
    done = session.after(session.accept(HARM))
    assert [item.key for item in done.by_importance] == [LAST, MEN, REGROW, "shop-001"]
    assert [item.key for item in done.items] == [REGROW, "shop-001", LAST, MEN]


def test_progress_counts_what_is_handled_and_what_is_known_or_new(session):
    assert session.progress == (
        "0 of 4 handled: 0 claims, 0 refused. 4 open: 1 known, 1 perhaps, 2 new."
    )
    done = session.after(session.accept(HARM))
    done = done.after(done.refuse(LAST, "It is no claim.", WHO))
    assert done.progress == "2 of 4 handled: 1 claims, 1 refused. 2 open: 1 known, 0 perhaps, 1 new."


def test_a_suggestion_is_accepted_as_it_stands(session):
    (claim,) = session.accept(HARM).claims
    assert claim.model_dump(mode="json") == {
        "claim": "shop-001", "page": "shop", "start": TEXT.index("they"),
        "end": TEXT.index(". \U0001f489"), "quote": "they never harm anyone", "category": "safety",
        "wording": "asserted", "checkworthy": "yes", "proposition": "harms", "polarity": "denies",
    }  # fmt: skip


def test_what_is_hardly_worth_checking_is_not_checkworthy(session):
    (claim,) = session.link(MEN, "costs").claims
    assert claim.checkworthy == "no"


def test_a_new_claim_needs_a_proposition(session):
    assert "Link it to one, or write a new one" in forbidden(session.accept, LAST)["proposition"]


def test_the_words_can_be_mended(session):
    draft = session.words(session.draft(LAST), "  Results\nlast ")
    (claim,) = session.accept(LAST, replace(draft, proposition="regrows")).claims
    assert claim.quote == "Results last"
    assert TEXT[claim.start : claim.end] == claim.quote
    done = session.after(session.accept(HARM))
    longer = done.edit("shop-001", TEXT.index("and they"), TEXT.index(" \U0001f489"))
    assert [(c.claim, c.quote) for c in longer.claims] == [("shop-001", "and they never harm anyone.")]


def test_words_that_stand_twice_are_those_closest_to_where_they_were(session):
    first, second = TEXT.index("hair"), TEXT.rindex("hair")
    assert session.words(session.draft(REGROW), "hair").start == first
    assert session.words(session.draft(MEN), "hair").start == second


@pytest.mark.parametrize("words", ["Exosomes regrow feathers", "(.*)", " "])
def test_words_that_are_not_on_the_page_are_a_problem(session, words):
    assert "words" in forbidden(session.words, session.draft(REGROW), words)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (-3, 4), (0, 10_000), (21, 22)])
def test_a_stretch_without_words_of_the_page_is_a_problem(session, start, end):
    assert "words" in forbidden(session.edit, REGROW, start, end)


def test_all_problems_come_at_once(session):
    draft = replace(session.draft(LAST), category="magic", wording="", polarity="x", start=-1)
    assert set(forbidden(session.accept, LAST, draft)) == {"words"}
    draft = replace(draft, start=session.draft(LAST).start)
    found = forbidden(session.accept, LAST, draft)
    assert set(found) == {"proposition", "category", "wording", "polarity"}
    assert "Use one of 'affirms' or 'denies'." in found["polarity"]
    found = forbidden(session.refuse, LAST, " ", By("\x07", WHO.day))
    assert set(found) == {"reason", "reviewer"}


def test_a_split_at_a_character_gives_two_claims(session):
    at = TEXT.index("hair")
    change = session.split(REGROW, at)
    assert [(c.claim, c.quote) for c in change.claims] == [
        ("shop-001", "Exosomes regrow"),
        ("shop-002", "hair"),
    ]
    done = session.after(change)
    assert REGROW not in {item.key for item in done.items}, "it is handled, and not suggested again"
    again = done.split("shop-001", TEXT.index("regrow"))
    assert [c.claim for c in again.claims] == ["shop-001", "shop-003"]


@pytest.mark.parametrize("at", [0, 20, 21, 500, -1])
def test_a_split_outside_the_words_is_a_problem(session, at):
    assert "split" in forbidden(session.split, REGROW, at)


def test_two_side_by_side_are_merged(session):
    change = session.merge(REGROW, HARM, WHO)
    assert [c.quote for c in change.claims] == ["Exosomes regrow hair, and they never harm anyone"]
    assert change.claims[0].proposition == "regrows"
    done = session.after(change)
    assert [item.key for item in done.items] == ["shop-001", LAST, MEN]


def test_two_claims_merged_keep_the_first_id_and_retire_the_other(session):
    done = session.after(session.accept(REGROW))
    done = done.after(done.accept(HARM))
    change = done.merge("shop-002", "shop-001", WHO)
    assert (change.claims[0].claim, change.retired) == ("shop-002", {"shop-001"})
    assert change.claims[0].proposition == "harms"
    assert (change.refusals[0].claim, change.refusals[0].reason) == ("shop-001", "Merged into shop-002.")
    assert "reviewer" in forbidden(done.merge, "shop-002", "shop-001", By("", WHO.day))


def test_a_suggestion_merged_with_a_claim_takes_its_id(session):
    done = session.after(session.accept(REGROW))
    change = done.merge(HARM, "shop-001", WHO)
    assert [(c.claim, c.proposition) for c in change.claims] == [("shop-001", "harms")]
    assert not change.refusals


def test_what_lies_apart_is_not_merged(session):
    for other in (LAST, MEN, REGROW):
        assert "merge" in forbidden(session.merge, REGROW, other, WHO)
    assert "merge" in forbidden(session.merge, LAST, MEN, WHO), "a line ends between"


def test_a_refusal_is_kept_with_its_reason_and_its_number(session):
    (refusal,) = session.refuse(LAST, "A slogan.", WHO).refusals
    assert refusal.model_dump(mode="json") == {
        "claim": "shop-001", "page": "shop", "start": TEXT.index("Results"), "end": TEXT.index("\n"),
        "quote": "Results last for ever.", "reason": "A slogan.", "reviewer": "reviewer A",
        "date": "2026-11-21",
    }  # fmt: skip


def test_a_refused_number_is_never_used_again(session):
    done = session.after(session.accept(HARM))
    done = done.after(done.refuse("shop-001", "No.", WHO))
    assert not done.claims
    back = done.accept("shop-001")
    assert [c.claim for c in back.claims] == ["shop-002"]
    assert done.after(back).item("shop-002").state is TriageState.CLAIMED
    assert "shop-001" not in {item.key for item in done.after(back).items}


def test_what_is_refused_cannot_be_refused_twice(session):
    done = session.after(session.refuse(LAST, "No.", WHO))
    assert "suggestion" in forbidden(done.refuse, "shop-001", "No.", WHO)


def test_it_is_linked_by_id_or_by_words(session):
    assert session.link(LAST, "regrows").claims[0].proposition == "regrows"
    assert session.link(LAST, "injections side").claims[0].proposition == "harms"
    assert "harms, regrows" in forbidden(session.link, LAST, "exosome")["proposition"]
    assert "Did you mean 'harms'?" in forbidden(session.link, LAST, "harmz")["proposition"]
    assert "proposition" in forbidden(session.link, LAST, "")


def test_a_new_proposition_is_written_with_its_claim(session):
    change = session.new_proposition(LAST, CELLS)
    assert [row.proposition for row in change.propositions] == ["results-last"]
    assert [c.proposition for c in change.claims] == ["results-last"]
    assert session.after(change).link(MEN, "results-last").claims


def test_every_problem_of_a_new_proposition_is_told(session):
    cells = {**CELLS, "proposition": "regrows", "statement": "No stop", "question": "", "outcome": " "}
    found = forbidden(session.new_proposition, LAST, cells)
    assert set(found) == {"proposition", "question", "outcome"}
    assert "already" in found["proposition"]
    cells = {**CELLS, "statement": "No stop", "proposition": "Results Last"}
    assert "small letters" in forbidden(session.new_proposition, LAST, cells)["proposition"]
    found = forbidden(session.new_proposition, LAST, {**CELLS, "statement": "No stop"})
    assert "full stop" in found["proposition"]
    found = forbidden(session.new_proposition, LAST, {**CELLS, "species": "cells"})
    assert "about people" in found["proposition"]
    assert set(forbidden(session.new_proposition, LAST, {})) == set(CELLS)


def test_overlap_is_allowed_but_said(session):
    done = session.after(session.accept(REGROW))
    other = done.edit(HARM, TEXT.index("hair"), TEXT.index(". \U0001f489"))
    assert other.messages == ("shop-002 is a claim.", "It shares words with shop-001.")


def test_the_same_words_claim_the_same_only_once(session):
    done = session.after(session.accept(REGROW))
    assert "shop-001" in forbidden(done.edit, HARM, 0, 20, replace(done.draft("shop-001")))["claim"]
    assert done.edit(HARM, 0, 20).claims, "the same words may deny another thing"


def test_a_claim_of_another_folder_is_shown_and_left_alone(folder, tmp_path):
    text = (folder / "pages" / "home.txt").read_text("utf-8")
    offered = (suggested("Exosomes regrow hair.", text), suggested("hair. There", text))
    session = triage_session([folder, tmp_path / "none"], "home", offered)
    assert [item.key for item in session.items] == ["home-001", "16-27", "home-002", "home-003"]
    assert "clinic/claims.csv" in forbidden(session.accept, "home-001")["claim"]
    assert "clinic/claims.csv" in forbidden(session.refuse, "home-002", "No.", WHO)["claim"]
    change = session.link("16-27", "harms")
    assert change.claims[0].claim == "home-004"
    assert change.messages[1] == "It shares words with home-001, home-002."


def test_a_claim_that_was_decided_upon_is_not_taken_back(session):
    done = session.after(session.accept(REGROW))
    done = replace(done.after(done.accept(HARM)), decided=("shop-001",))
    assert "decision" in forbidden(done.refuse, "shop-001", "No.", WHO)["claim"]
    assert "decision" in forbidden(done.merge, "shop-002", "shop-001", WHO)["claim"]
    assert done.merge("shop-001", "shop-002", WHO).retired == {"shop-002"}
