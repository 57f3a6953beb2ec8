"""What a report shows first in a notebook: its worst claims, and what their sentences need."""

from review.model.vocabulary import Action
from review.report.formats.files import Extras
from review.workbench import WrittenReport


def test_the_worst_claims_are_told_with_what_their_sentences_need(whole):
    written = WrittenReport(whole, {}, Extras())
    first = written.worst
    assert list(first.index) == list(written.report.worst)
    for claim, row in first.iterrows():
        sentence = written.report.sentence_of(claim)
        assert (row["verdict"], row["quote"]) == (
            written.report.claim(claim).verdict,
            written.report.claim(claim).quote,
        )
        assert row["action"] == sentence.action != Action.MAY_STAND
        assert row["to_do"] == sentence.plain
        assert bool(row["wording"]) == (row["action"] == Action.REWORD)


def test_a_class_is_shown_none_of_them(class_report):
    assert WrittenReport(class_report, {}, Extras()).worst.empty
