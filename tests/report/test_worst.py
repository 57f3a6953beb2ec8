"""What a report shows first in a notebook: its worst claims, and what their sentences need."""

from review.model.vocabulary import Action


def test_the_worst_claims_are_told_with_what_their_sentences_need(review):
    written = review.report()
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


def test_a_class_is_shown_none_of_them(review):
    assert review.select(pages=["clinic-faq"]).report("class").worst.empty
