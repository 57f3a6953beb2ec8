"""The decision form, driven in Python as a browser drives it: values set, buttons clicked."""

from html.parser import HTMLParser

import pytest

import review
from review.model.errors import InField, InFile, InOption, ParameterError
from review.model.fields import utc_text
from review.people.entries import Entered
from review.store.snapshot import read_evidence


@pytest.fixture
def form(folder):
    return review.decision_form(str(folder))


def fill(form, **values):
    entered = {"decision": "remove", "reason": "Nothing shows it.", "reviewer": "reviewer A",
               "role": "medical director"}  # fmt: skip
    for name, value in {**entered, **values}.items():
        getattr(form, name).value = value
    form.record.click()


def test_it_opens_on_the_claim_that_needs_attention_first(form, folder):
    assert form.claim.value == review.open(str(folder)).worst[0].claim.claim == "home-002"
    for part in (
        "There are no side effects.",
        "Verdict: not looked for.",
        "It promises safety without limits",
        "Its sentence: remove.",
        "Nothing could ever show that it is safe for everybody.",
        "Earlier decisions: none",
    ):
        assert part in form.panel.value
    assert "The evidence allows:" not in form.panel.value
    assert form.take_allowed.disabled, "no wording is known for it"


def test_the_claims_are_in_the_order_of_urgency(form, folder):
    keys = [key for _, key in form.claim.options]
    assert keys == [judged.claim.claim for judged in review.open(str(folder)).worst]


def test_what_is_entered_is_recorded_and_shown(form, folder):
    fill(form)
    (decision,) = read_evidence([folder]).decisions
    assert (decision.claim, str(decision.decision)) == ("home-002", "remove")
    assert (decision.reviewer, decision.role) == ("reviewer A", "medical director")
    assert "Recorded in" in form.result.value
    assert "in force: remove, by reviewer A (medical director). Nothing shows it." in form.panel.value
    assert f"{decision.date}, recorded {utc_text(decision.recorded)}, in force" in form.panel.value
    assert "[remove, in force]" in form.claim.label
    assert (form.decision.value, form.reason.value) == ("", "")
    assert form.reviewer.value == "reviewer A", "who decides on the next claim is the same"


def test_all_problems_are_shown_and_nothing_is_recorded(form, folder):
    form.record.click()
    for place in ("decision:", "reason:", "reviewer:", "role:"):
        assert place in form.result.value
    assert 'role="alert"' in form.result.value
    assert not (folder / "decisions.csv").exists()
    fill(form, reason="")
    assert form.reviewer.value == "reviewer A", "what was entered is still there"
    assert form.decision.value == "remove"


def test_the_allowed_wording_can_be_taken_over_and_changed(form, folder):
    form.claim.value = "home-001"
    assert "Its sentence: reword." in form.panel.value
    form.take_allowed.click()
    assert form.decision.value == "reword"
    allowed = review.open(str(folder)).verdicts().loc["home-001", "allowed_wording"]
    assert form.wording.value == allowed != ""
    assert f"The evidence allows: <q>{allowed}</q>" in form.panel.value
    fill(form, decision="reword", wording="It is very uncertain whether hair regrows.")
    (decision,) = read_evidence([folder]).decisions
    assert decision.wording == "It is very uncertain whether hair regrows."


def test_another_claim_starts_empty(form):
    form.decision.value, form.reason.value = "keep", "meant for the first"
    form.claim.value = "home-001"
    assert (form.decision.value, form.reason.value, form.wording.value) == ("", "", "")
    assert "Exosomes regrow hair." in form.panel.value


def test_a_price_has_no_wording_to_take(form):
    form.claim.value = "home-003"
    assert form.take_allowed.disabled


def test_a_page_narrows_the_claims(project):
    form = review.decision_form(str(project / "evidence"))
    everything = len(form.claim.options)
    form.page.value = "clinic-brochure"
    assert 0 < len(form.claim.options) < everything
    assert all(key.startswith("clinic-brochure-") for _, key in form.claim.options)
    assert form.claim.value.startswith("clinic-brochure-")


def test_evidence_that_changed_under_the_form_is_shown_before_it_is_decided_upon(form, folder):
    path = folder / "propositions.csv"
    path.write_text(path.read_text("utf-8").replace("have side effects", "have harms"), "utf-8")
    fill(form)
    assert "has changed since it was shown" in form.result.value
    assert not (folder / "decisions.csv").exists()
    assert "have harms" in form.panel.value
    fill(form)
    assert len(read_evidence([folder]).decisions) == 1


@pytest.mark.parametrize(
    ("place", "is_read_again"),
    [
        (InField(Entered.CLAIM), True),
        (InField(Entered.REASON), False),
        (InFile("claim"), False),
        (InOption("claim"), False),
    ],
)
def test_the_evidence_is_read_again_where_the_claim_itself_is_the_problem(
    form, monkeypatch, place, is_read_again
):
    def refuse(*_):
        raise ParameterError.at(place, "it cannot be", remedy="Leave it.")

    monkeypatch.setattr("review.widgets.decide.record_decision", refuse)
    fill(form, reason="Nobody recorded this.")
    assert f"{place}: it cannot be" in form.result.value
    assert (form.reason.value == "") is is_read_again


def test_broken_evidence_is_told_with_its_place(form, folder):
    (folder / "links.csv").write_text("link\n", "utf-8")
    fill(form)
    assert "links.csv:1" in form.result.value


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {tag} | {f"{tag} {name}" for name, _ in attrs}


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "</div><script>alert(1)</script>"])
def test_hostile_text_is_shown_as_text(form, folder, text):
    fill(form, reason=text, reviewer=text, role=text)
    assert len(read_evidence([folder]).decisions) == 1
    fill(form, reason=text, wording=text)
    seen = Elements()
    seen.feed(form.panel.value + form.result.value)
    assert seen.found <= {"div", "q", "b", "ul", "li", "br", "div role"}


def test_every_control_has_a_label_and_sends_its_text_whole(form):
    for control in (
        form.page,
        form.claim,
        form.decision,
        form.wording,
        form.reason,
        form.reviewer,
        form.role,
    ):
        assert control.description
    for field in (form.wording, form.reason, form.reviewer, form.role):
        assert not field.continuous_update


def test_what_a_notebook_stores_of_it_does_not_change(form, folder):
    again = review.decision_form(str(folder))
    stored = [f._repr_mimebundle_()["text/plain"] for f in (form, again)]
    assert stored == [repr(form)] * 2
    assert stored[0].startswith("A form to decide on 3 claims.")
