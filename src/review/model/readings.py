"""What a machine read of a study, each fact with its sentence, and who confirmed it."""

from typing import Self

from pydantic import model_validator

from review.model.fields import IsoDate, Sha256, Text
from review.model.record import Record

FACTS = ("design", "species", "n", "sample", "follow_up", "funding_kind", "funding", "registration")
"""The keys of a study that a machine may read; a finding is named by its id."""


class Reading(Record):
    """A fact that a machine read: its sentence, and the person who confirmed it and when.

    `read_as` is what the machine had read, where the person put something else in its place.
    """

    sentence: Text
    read_as: Text | None = None
    confirmed_by: Text | None = None
    confirmed: IsoDate | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether a person confirmed it."""
        return self.confirmed is not None

    @model_validator(mode="after")
    def _is_confirmed_by_somebody(self) -> Self:
        if (self.confirmed_by is None) != (self.confirmed is None):
            raise ValueError("say who confirmed it and when, or neither")
        if self.read_as is not None and self.confirmed is None:
            raise ValueError("what was corrected is confirmed: say by whom and when")
        return self


class Readings(Record):
    """The facts of a study that a machine read, by key or finding; `source` names the record it read.

    `sha256` is the digest of title and abstract, so that the text can be told again: it is not kept.
    """

    source: Text
    sha256: Sha256
    facts: dict[str, Reading]

    @property
    def open(self) -> tuple[str, ...]:
        """The facts that no person has confirmed."""
        return tuple(name for name, fact in self.facts.items() if not fact.is_confirmed)
