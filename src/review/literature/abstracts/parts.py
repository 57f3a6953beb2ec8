"""An abstract in its sections and sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from review.language.sentences import sentences
from review.literature.abstracts.words import Words
from review.model.knowledge.abstract_words import Section

# Journals print points, minus signs and blanks in ways of their own: "0·73", "19 999", "−1.2".
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "\u2009": " ", "\u202f": " ",
                        "\xa0": " ", "≤": "<", "⩽": "<", "’": "'"})  # fmt: skip
_RAISED_POINT = re.compile(r"(?<=\d)[·∙•](?=\d)|(?<=[\s(=<>\[-])[·∙•](?=\d)")


def plain(text: str) -> str:
    """A text of the same length with points, minus signs and blanks in their common form."""
    return _RAISED_POINT.sub(".", text.translate(_SIGNS))


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as it stands, the same in common signs, and its section where the abstract has any."""

    sentence: str
    plain: str
    section: Section | None


@dataclass(frozen=True, slots=True)
class Abstract:
    """The title of a paper and the sentences of its abstract."""

    title: str
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """All of it in common signs."""
        return " ".join([plain(self.title), *(statement.plain for statement in self.statements)])

    @property
    def own(self) -> tuple[Statement, ...]:
        """The sentences on what was done and found here: no background, and nothing concluded.

        Of an abstract without sections all sentences.
        """
        done = (Section.METHODS, Section.RESULTS, None)
        return tuple(s for s in self.statements if s.section in done)


class Parts:
    """Takes abstracts apart by the labels of their sections."""

    def __init__(self, words: Words) -> None:
        self._sections = words.sections
        labels = sorted(words.sections, key=len, reverse=True)
        spelled = _any_of(labels)
        # A label stands at the beginning of a line or a sentence, and a new sentence follows it.
        shouted = _any_of(label.upper() for label in labels)
        self._label = re.compile(
            r"(?:^|(?<=\n)|(?<=[.!?;)\]%0-9]\s)|(?<=\s\s))"
            rf"(?P<label>(?:{shouted})(?=[:.\s])|(?i:{spelled})(?=:\s|\n|\s+[A-Z0-9]))(?::\s*|\.\s+|\s+)"
        )

    def of(self, title: str, abstract: str) -> Abstract:
        """An abstract in its parts."""
        statements = [
            Statement(sentence, plain(sentence), section)
            for section, text in self._sectioned(abstract)
            for sentence in sentences(_one_line(text))
        ]
        return Abstract(_one_line(title), tuple(statements))

    def _sectioned(self, abstract: str) -> Iterator[tuple[Section | None, str]]:
        section, start = None, 0
        for label in self._label.finditer(abstract):
            if not label["label"][0].isupper():
                continue
            if abstract[start : label.start()].strip():
                yield section, abstract[start : label.start()]
            section = self._sections[" ".join(label["label"].lower().split())]
            start = label.end()
        yield section, abstract[start:]


def _any_of(labels: Iterable[str]) -> str:
    return "|".join(r"\s".join(map(re.escape, label.split())) for label in labels)


def _one_line(text: str) -> str:
    return " ".join(text.split())
