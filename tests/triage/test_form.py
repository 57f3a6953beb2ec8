"""The triage form, driven in Python as a browser drives it: values set, buttons clicked."""

import csv
import re
from html.parser import HTMLParser

import pytest
from sample_page import CELLS, HARM, LAST, MEN, REGROW, SUGGESTIONS, TEXT, own_folder

import review
from review.model.errors import InField, InFile, InOption, InputError, ParameterError
from review.model.vocabulary import Verdict
from review.people.entries import Entered
from review.store.canonical import canonical_files
from review.store.snapshot import read_evidence
from review.widgets import TriageForm
from review.widgets.commands import COMMANDS


def suggest(text, _):
    return SUGGESTIONS if text == TEXT else ()


@pytest.fixture
def own(tmp_path):
    return own_folder(tmp_path / "own")


@pytest.fixture
def form(folder, own):
    return TriageForm([folder, own], suggest=suggest)


def again(form):
    """The form as somebody else opens it, or the same person later."""
    return TriageForm(form._folders, suggest=suggest)


def type_in(form, *commands):
    for command in commands:
        form.command.value = command
        assert form.command.value == "", "the field is free for the next"


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def claims(own):
    return {row["claim"]: row["quote"] for row in rows(own / "claims.csv")}


def test_it_opens_on_the_most_important_of_ones_own_page(form):
    assert form.page.value == "shop"
    assert list(form.page.options) == ["shop", "home"]
    assert form.words.value == "they never harm anyone"
    assert "▶ 2 ? perhaps US08: they never harm anyone" in form.list.value
    assert "0 of 4 handled" in form.progress.value
    for part in ("perhaps, with probability 0.10. It denies: Exosome injections have", "US08 promises"):
        assert part in form.panel.value


def test_a_letter_does_what_its_button_does(form, folder, own, tmp_path):
    type_in(form, "a")
    other = own_folder(tmp_path / "other")
    second = TriageForm([folder, other], suggest=suggest)
    second.buttons["a"].click()
    assert (own / "claims.csv").read_bytes() == (other / "claims.csv").read_bytes()
    assert claims(own) == {"shop-001": "they never harm anyone"}
    assert "shop-001 is a claim. Written to" in form.result.value


def test_every_letter_has_a_button_that_says_it():
    assert [letter for letter, command in COMMANDS.items() if not command.name] == ["g"]


def test_the_document_lists_exactly_the_commands(project):
    text = (project / "docs" / "triage.md").read_text("utf-8")
    table = text.split("| --- | --- | --- |")[1].split("\n\n")[0]
    listed = re.findall(r"`(\w)`", "".join(line.split("|")[1] for line in table.strip().splitlines()))
    assert sorted(listed) == sorted(COMMANDS)


def test_after_an_action_the_next_that_is_open_is_shown(form):
    type_in(form, "a")
    assert form.words.value == "Results last for ever."
    assert "1 of 4 handled: 1 claims" in form.progress.value


def test_edit_split_merge_link_and_refuse_by_letters(form, own):
    form.reviewer.value = "reviewer A"
    type_in(form, "e they never harm", "l regrows", "r A fact about men.", "s 3")
    assert claims(own) == {
        "shop-001": "they never harm",
        "shop-002": "Results last for ever.",
        "shop-004": "Exosomes regrow",
        "shop-005": "hair",
    }
    assert [row["reason"] for row in rows(own / "refusals.csv")] == ["A fact about men."]
    type_in(form, "g 1", "m")
    assert claims(own)["shop-004"] == "Exosomes regrow hair"
    assert "Merged into shop-004." in form.result.value
    assert again(form)._session == form._session


def test_the_same_from_the_fields(form, own):
    form.words.value = "never harm anyone"
    form.fields["category"].value = "contraindication"
    form.fields["wording"].value = "hedged"
    form.fields["polarity"].value = "affirms"
    form.fields["checkworthy"].value = "no"
    form.proposition.value = form.proposition.options[0]
    form.buttons["a"].click()
    (row,) = rows(own / "claims.csv")
    assert list(row.values())[4:] == [
        "never harm anyone", "contraindication", "hedged", "no", "costs", "affirms",
    ]  # fmt: skip
    form.reason.value, form.reviewer.value = "A slogan.", "reviewer A"
    form.buttons["r"].click()
    assert form.reviewer.value == "reviewer A"
    assert form.reason.value == ""
    form.go_to.value = next(text for text in form.go_to.options if "Exosomes regrow" in text)
    form.split_at.value = form.split_at.options[0]
    form.buttons["s"].click()
    assert list(claims(own).values()) == ["never harm anyone", "Exosomes", "regrow hair"]


def test_words_that_nobody_suggested_can_be_claimed(form, own):
    form.proposition.value = "costs"
    type_in(form, "c Ask us.")
    assert claims(own) == {"shop-001": "Ask us."}
    assert "1 of 5 handled" in form.progress.value
    assert form._key == "shop-001", "it is shown, so that what the fields said can be mended"
    type_in(form, "c Ask us.")
    assert "shop-001 claims just this already" in form.result.value


def test_a_new_proposition_is_written_in_its_own_fields(form, own):
    type_in(form, "j", "n")
    assert form.new_box.layout.display == ""
    for name, value in CELLS.items():
        form.new[name].value = value
    type_in(form, "n")
    (row,) = rows(own / "propositions.csv")
    not_asked = ("importance", "public_wording", "wording_by", "wording_rests_on")
    assert row == dict.fromkeys(not_asked, "") | CELLS
    assert rows(own / "claims.csv")[0]["proposition"] == "results-last"
    assert form.new_box.layout.display == "none"
    assert "results-last: The results of exosome injections last." in form.proposition.options


def test_all_problems_are_shown_and_what_was_entered_stays(form, own):
    form.fields["category"].value = "magic"
    form.proposition.value = "nothing-like-it"
    type_in(form, "a")
    assert 'role="alert"' in form.result.value
    for place in ("category:", "proposition:"):
        assert place in form.result.value
    assert form.fields["category"].value == "magic"
    assert not (own / "claims.csv").exists()
    type_in(form, "r")
    assert "reason:" in form.result.value
    assert "reviewer:" in form.result.value


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("x", "there is no command &#x27;x&#x27;"),
        ("g 9", "there is no number 9"),
        ("g two", "is no number"),
        ("g ²", "is no number"),
        ("m 9", "merged with itself"),
        ("m 1 2", "is no number"),
        ("s 99", "is not within"),
        ("s 1", "is not within"),
        ("l nothing of the kind", "there is no proposition"),
        ("e not on the page", "the page does not say so"),
    ],
)
def test_a_command_that_makes_no_sense_is_told(form, own, command, said):
    type_in(form, command)
    assert said in form.result.value
    assert not (own / "claims.csv").exists()


def test_help_names_every_letter(form):
    type_in(form, "h")
    assert all(f"<b>{letter}</b>" in form.result.value for letter in COMMANDS)


def test_the_list_is_walked_in_both_directions(form):
    seen = []
    for command in "jjjjkg":
        type_in(form, "g 3" if command == "g" else command)
        seen.append(form._key)
    assert seen == [LAST, MEN, REGROW, HARM, REGROW, LAST]


def test_a_page_of_another_folder_is_shown_with_its_claims(form, own):
    form.page.value = "home"
    assert "3 of 3 handled" in form.progress.value
    assert "home-001, in " in form.panel.value
    type_in(form, "a")
    assert "not in your own folder" in form.result.value
    form.page.value = "hoem"
    assert "there is no page &#x27;hoem&#x27;" in form.result.value
    assert not (own / "claims.csv").exists()


def test_what_somebody_else_did_meanwhile_is_shown(form, own):
    other = again(form)
    type_in(other, "a")
    type_in(form, "a")
    assert "no longer what was shown" in form.result.value
    assert "1 of 4 handled" in form.progress.value
    assert len(claims(own)) == 1


@pytest.mark.parametrize(
    ("place", "is_read_again"),
    [
        (InField(Entered.SUGGESTION), True),
        (InField(Entered.CLAIM), False),
        (InFile("suggestion"), False),
        (InOption("suggestion"), False),
    ],
)
def test_the_files_are_read_again_where_the_item_itself_is_the_problem(
    form, monkeypatch, place, is_read_again
):
    def refuse(*_):
        raise ParameterError.at(place, "it cannot be", remedy="Leave it.")

    monkeypatch.setattr("review.widgets.triage.record_triage", refuse)
    form.words.value = "words that nobody recorded"
    type_in(form, "a")
    assert f"{place}: it cannot be" in form.result.value
    assert (form.words.value != "words that nobody recorded") is is_read_again


def test_opened_again_it_is_where_it_was(form, folder, own):
    form.reviewer.value = "reviewer A"
    type_in(form, "a", "r A slogan.")
    reopened = again(form)
    assert reopened._session == form._session
    assert (reopened._key, reopened.progress.value) == (form._key, form.progress.value)
    read_evidence([folder, own])
    assert all(path.read_bytes() == text.encode() for path, _, text in canonical_files(own))


def test_evidence_that_is_too_small_to_learn_from_is_told(folder, own):
    form = review.triage_form(str(folder), own=str(own))
    assert "too few marked claims to learn from: every sentence" in form.result.value
    assert form.list.value.count("<li") > 0


def test_where_nothing_is_suggested_a_claim_can_be_added(folder, own):
    form = TriageForm([folder, own], suggest=lambda _text, _review: ())
    assert form.list.value.count("<li") == 0
    type_in(form, "j", "k")
    for command in ("a", "r", "m", "l x"):
        type_in(form, command)
        assert "nothing is suggested on it" in form.result.value
    for name, value in (("category", "cost"), ("wording", "asserted"), ("checkworthy", "no")):
        form.fields[name].value = value
    form.fields["polarity"].value, form.proposition.value = "affirms", "costs"
    type_in(form, "c Ask us.")
    assert claims(own) == {"shop-001": "Ask us."}
    assert form._key == "shop-001"


def test_folders_without_a_page_are_told(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="there is no page here"):
        review.triage_form(str(tmp_path / "empty"), own=str(tmp_path / "own"))


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {tag} | {f"{tag} {name}" for name, _ in attrs}


def test_hostile_text_is_shown_as_text(folder, tmp_path):
    bad = "<img src=x onerror=alert(1)> </div><script>alert(1)</script> ‮gone" + TEXT
    own = own_folder(tmp_path / "bad", text=bad)
    moved = len(bad) - len(TEXT)
    shift = tuple(
        type(one)(
            0, moved, bad[:moved], reason=bad, standing=bad, verdict=Verdict.OVERSTATED, flags=(bad,)
        )
        for one in SUGGESTIONS[:1]
    )
    form = TriageForm([folder, own], suggest=lambda *_: shift)
    form.reviewer.value = "<b onclick=x>"
    type_in(form, "l <img src=x onerror=alert(1)>", "<script>")
    seen = Elements()
    texts = (form.list, form.panel, form.whole, form.result, form.progress)
    seen.feed("".join(part.value for part in texts))
    type_in(form, "r <img src=x onerror=alert(1)>")
    seen.feed("".join(part.value for part in texts))
    assert "[U+202E]" in form.whole.value
    assert seen.found <= {
        "div", "div class", "div role", "div aria-label", "ul", "ul class", "ul aria-label", "li",
        "li aria-current", "b", "mark", "mark class", "dl", "dt", "dd", "br",
    }  # fmt: skip


def test_every_control_has_a_label_and_sends_its_text_whole(form):
    typed = [form.page, form.go_to, form.command, form.words, *form.fields.values(), form.proposition,
             form.split_at, form.reason, form.reviewer, *form.new.values()]  # fmt: skip
    assert len({field.description for field in typed}) == len(typed)
    assert all(field.description and not field.continuous_update for field in typed)


def test_what_a_notebook_stores_of_it_does_not_change(form):
    stored = [f._repr_mimebundle_()["text/plain"] for f in (form, again(form))]
    assert (
        stored
        == ["A form to triage the claims suggested for a page. It works while this notebook runs."] * 2
    )
