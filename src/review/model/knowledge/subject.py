"""The subject of a review: its topics, the things it names, and words that mean the same.

A subject is a folder of data (`subject/` in an evidence folder). No rule knows any of it beforehand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator

from review.model.fields import Slug, Text, Whole
from review.model.knowledge.phrases import Phrase, Phrases, parted
from review.model.record import Record
from review.model.vocabulary import NameKind, YesNo


class Topic(Record):
    """What propositions can be about; a run can be restricted to some topics."""

    topic: Slug
    title: Text
    order: Whole


class Name(Record):
    """A thing that pages of this subject name: a product, a condition, an organisation.

    `also` are other spellings. `proper` names keep their capital within a sentence. `own` names are
    what the pages under review sell. `approved` are the jurisdictions in which a regulator approved it
    for the use reviewed here.
    """

    name: Text
    kind: NameKind
    also: Phrases
    proper: YesNo
    own: YesNo
    approved: Annotated[tuple[Slug, ...], BeforeValidator(parted)]

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every spelling by which the thing is known."""
        return (self.name, *self.also)


class Synonym(Record):
    """A word or phrase that says the same as another, which is put in its place for comparison."""

    word: Phrase
    same_as: Text


OTHER = Topic(topic="other", title="Other", order=9999)
"""The topic that every subject has, after all others."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a review is about, as the folders `subject/` give it. Two subjects are never the same one.

    `unlisted` are the topics that propositions name; they serve where no topic is listed.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    names: Mapping[str, Name] = field(default_factory=dict)
    synonyms: Mapping[str, Synonym] = field(default_factory=dict)
    unlisted: Sequence[str] = ()

    @property
    def topic_order(self) -> tuple[str, ...]:
        """The ids of the topics in the order in which they are shown; `other` comes last."""
        topics = sorted((*self.topics.values(), OTHER), key=lambda topic: (topic.order, topic.topic))
        unlisted = () if self.topics else self.unlisted
        return tuple(dict.fromkeys((*unlisted, *(topic.topic for topic in topics))))

    def of_kind(self, *kinds: NameKind) -> tuple[Name, ...]:
        """The names of some kinds, in the order of the names."""
        return tuple(name for name in self.names.values() if name.kind in kinds)

    @property
    def own(self) -> frozenset[str]:
        """The names of what the pages under review sell."""
        return frozenset(name.name for name in self.names.values() if name.own is YesNo.YES)
