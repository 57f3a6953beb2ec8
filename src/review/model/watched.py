"""What a watch over literature remembers: how far it has looked, and what was new."""

from datetime import date
from typing import Annotated, Self

from pydantic import BeforeValidator, PlainSerializer, StringConstraints

from review.model.fields import IsoDate, Slug, Text
from review.model.knowledge.phrases import parted
from review.model.record import Record
from review.model.vocabulary import Word

Nct = Annotated[str, StringConstraints(pattern=r"^NCT[0-9]{8}$")]
Slugs = Annotated[
    tuple[Slug, ...],
    BeforeValidator(parted),
    PlainSerializer(lambda slugs: "|".join(slugs), when_used="json"),
]


class NewsKind(Word):
    """What is new: a record of a search, or what became of a trial or a reference of the evidence."""

    RECORD = "record"
    RESULTS = "results"
    OUTCOMES = "outcomes"
    STATUS = "status"
    NOTICE = "notice"


class WatchedSearch(Record):
    """A recorded search that was made again: until the day `asked` it is known what there is."""

    database: Text
    query: Text
    asked: IsoDate


class WatchedTrial(Record):
    """A registered trial as it stood on the day `asked`, in the words of the registry.

    `results` is the day on which results were first posted, missing where there are none.
    """

    trial: Nct
    asked: IsoDate
    status: Text | None = None
    results: Text | None = None
    primary_outcomes: Text | None = None


class News(Record):
    """Something new: what it is about, what happened, which propositions it may bear on.

    `about` is an identifier: of a record, a trial, or the key of a study. `found` is the day on which it
    was seen, `told` that of the first complete run that listed it, missing until there was one.
    """

    kind: NewsKind
    about: Text
    news: Text
    propositions: Slugs = ()
    found: IsoDate
    told: IsoDate | None = None

    @property
    def mark(self) -> tuple[str, ...]:
        """By what the same news is known again: a record is new once, a trial may change more often."""
        if self.kind is NewsKind.RECORD:
            return self.kind, self.about
        return self.kind, self.about, self.news

    def told_on(self, day: date) -> Self:
        """The same, listed on a day; the first such day stays."""
        return self.model_copy(update={"told": self.told or day})
