"""The form to rate blind, driven in Python as a browser drives it: values set, buttons clicked."""

import pytest
from sample_sheets import RECORDED, cells_of, filled_sheet, judged_folder

import review
from review.model.errors import ParameterError
from review.model.vocabulary import Domain
from review.people.rating import COLUMNS, NEEDED
from review.store.files.sheet_file import read_sheet


@pytest.fixture
def judged(folder):
    return judged_folder(folder)


@pytest.fixture(params=["mine.csv", "mine.xlsx"])
def sheet(request, tmp_path):
    return tmp_path / "new" / request.param


def rate(form, **values):
    entered = {"value": "serious", "reason": "Few people.", "reviewer": "reviewer A"}
    for name, value in {**entered, **values}.items():
        getattr(form, name).value = value
    form.record.click()


def rated(sheet):
    rows = [row.cells for row in read_sheet(sheet, NEEDED, COLUMNS).rows]
    return {row["item"]: (row["value"], row["reason"], row["reviewer"]) for row in rows if row["value"]}


def test_it_shows_what_to_rate_and_nothing_that_was_recorded(judged, sheet):
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    assert "Exosome injections regrow hair." in form.panel.value
    words = ("not_serious", "serious", "very_serious", "extremely_serious")
    assert form.value.options == words
    assert f"Values: {', '.join(words)}." in form.panel.value
    everything = form.panel.value + form.progress.value + "".join(form.go_to.options)
    assert RECORDED not in everything
    assert "[serious]" not in everything
    assert not sheet.exists(), "nothing is written before something is rated"


def test_each_rating_is_on_disk_at_once_and_the_next_item_comes_up(judged, sheet):
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    rate(form)
    assert rated(sheet) == {"risk_of_bias": ("serious", "Few people.", "reviewer A")}
    assert "Recorded in" in form.result.value
    assert "1 of 8 rated" in form.progress.value
    assert "2 regrows inconsistency" in form.panel.value
    assert (form.value.value, form.reason.value, form.reviewer.value) == ("", "", "reviewer A")
    for _ in range(4):
        rate(form, reason="")
    assert list(rated(sheet)) == list(Domain)
    assert "5 of 8 rated" in form.progress.value


def test_what_is_not_read_of_a_sheet_is_told_beside_the_progress(judged, tmp_path):
    sheet = tmp_path / "mine.csv"
    rate(review.rating_form(str(judged), kind="grade", sheet=str(sheet)))
    text = sheet.read_text("utf-8-sig").replace("reviewer\n", "reviewer,<b>mine</b>\n", 1)
    sheet.write_text(text, "utf-8-sig")
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    assert "1 of 8 rated" in form.progress.value
    assert "Note: mine.csv:1: columns that are not read: &#x27;&lt;b&gt;mine" in form.progress.value


def test_a_sheet_is_taken_up_again_and_a_rating_can_be_changed(judged, sheet):
    rate(review.rating_form(str(judged), kind="grade", sheet=str(sheet)))
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    assert "2 regrows inconsistency" in form.panel.value
    form.go_to.value = "1 regrows risk of bias [serious]"
    assert (form.value.value, form.reason.value) == ("serious", "Few people.")
    rate(form, value="very_serious")
    assert rated(sheet)["risk_of_bias"][0] == "very_serious"
    assert len(rated(sheet)) == 1


def test_all_problems_are_shown_and_nothing_is_recorded(judged, sheet):
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    form.record.click()
    assert 'role="alert"' in form.result.value
    assert "value: nothing is chosen" in form.result.value
    assert "reviewer: it is blank" in form.result.value
    assert not sheet.exists()


def test_nobody_rates_on_the_sheet_of_somebody_else(judged, tmp_path):
    sheet = filled_sheet(tmp_path / "b.csv", judged, "reviewer B", {"imprecision": "serious"})
    before = sheet.read_bytes()
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    rate(form)
    assert "this sheet is that of reviewer B" in form.result.value
    assert sheet.read_bytes() == before


def test_what_the_form_writes_is_what_the_command_compares(judged, tmp_path):
    form = review.rating_form(str(judged), kind="grade", sheet=str(tmp_path / "a.csv"))
    rate(form)
    assert list(cells_of(tmp_path / "a.csv")[0]) == list(COLUMNS)
    assert len(cells_of(tmp_path / "a.csv")) == 8


def test_a_number_goes_to_its_item_and_any_other_is_refused(judged, sheet):
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    form.go_to.value = "4"
    assert "4 regrows imprecision" in form.panel.value
    assert form.go_to.value == ""
    for typed in ("9", "0", "x", "²"):
        form.go_to.value = typed
        assert f"there is no item '{typed}'" in form.result.value.replace("&#x27;", "'")
        assert "4 regrows imprecision" in form.panel.value


def test_an_unknown_kind_is_refused(judged):
    with pytest.raises(ParameterError, match="'verdict' is no kind of rating"):
        review.rating_form(str(judged), kind="verdict", sheet="x.csv")


def test_hostile_text_is_shown_as_text(judged, sheet):
    form = review.rating_form(str(judged), kind="category", sheet=str(sheet))
    rate(form, value="care", reason="<script>alert(1)</script>", reviewer="<b>A</b>")
    assert "<script>" not in form.result.value + form.panel.value + form.progress.value


def test_every_control_has_a_label_and_sends_its_text_whole(judged, sheet):
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    for control in (form.go_to, form.value, form.reason, form.reviewer, form.record):
        assert control.description
    for field in (form.go_to, form.value, form.reason, form.reviewer):
        assert not field.continuous_update


def test_what_a_notebook_stores_of_it_does_not_change(judged, sheet):
    form = review.rating_form(str(judged), kind="grade", sheet=str(sheet))
    assert form._repr_mimebundle_()["text/plain"] == repr(form)
    assert repr(form).startswith("A form to rate 8 items.")
