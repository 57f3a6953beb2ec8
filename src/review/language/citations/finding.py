"""Finds each place of a page where a source is named, and what it stands for."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from review.language.citations.addresses import addresses
from review.language.citations.entries import References
from review.language.citations.found import FoundCitation, PrintedParts
from review.language.citations.marks import Mark, author_marks, number_marks
from review.language.citations.words import CitationWords
from review.language.sentences import Span, sentence_spans
from review.model.citing import Scope
from review.model.knowledge.citation_cues import CitationKind

_NOTHING = PrintedParts()
_STEP = re.compile(r"/| › ")
"""Between the parts of an address, also as search engines print them."""


class CitationFinder:
    """Finds the citations of pages, by the words of packs."""

    def __init__(self, words: CitationWords) -> None:
        self._words = words

    def find(self, text: str) -> tuple[FoundCitation, ...]:
        """The citations of `text` in reading order; none overlaps another."""
        page = _Page(text, self._words)
        kept: list[FoundCitation] = []
        taken = _Taken()
        # What has a form is surer than what has words only, and what can be looked up than what cannot.
        for found in (page.references, page.named_addresses, page.marks, page.authors, page.worded):
            for citation in sorted(found(), key=lambda c: (c.kind.place, c.start, -c.end)):
                if taken.take(citation.span):
                    kept.append(citation)
        return tuple(sorted(page.without_repeats(kept), key=lambda citation: citation.start))


class _Taken:
    """Stretches of a text, none of which overlaps another."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, span: Span) -> bool:
        """Take a stretch, if nothing of it is taken."""
        at = bisect_right(self._starts, span.start)
        is_free = (at == 0 or self._ends[at - 1] <= span.start) and (
            at == len(self._starts) or span.end <= self._starts[at]
        )
        if is_free:
            self._starts.insert(at, span.start)
            self._ends.insert(at, span.end)
        return is_free


class _Page:
    """A page and what is read of it once."""

    def __init__(self, text: str, words: CitationWords) -> None:
        self._text = text
        self._words = words
        self._sentences = list(sentence_spans(text))
        self._starts = [span.start for span in self._sentences]
        self._references = References(text, words)

    def references(self) -> Iterator[FoundCitation]:
        """The entries of the lists, and lines that have the form of one."""
        for entry in self._references.entries:
            labels = (entry.label,) if entry.label else ()
            why = "listed as a reference" if entry.is_listed else "has the form of a reference"
            whole = Span(0, len(self._text))
            yield self._citation(
                CitationKind.REFERENCE, entry.span, Scope.PAGE, whole, why, entry.parts, labels
            )

    def named_addresses(self) -> Iterator[FoundCitation]:
        """Identifiers and links outside the references."""
        for address in addresses(self._text):
            parts = address.parts
            if parts.address == address.span.of(self._text) and not self._leads_to_a_source(parts):
                continue
            is_link = bool(parts.address)
            kind = CitationKind.LINK if is_link else CitationKind.IDENTIFIER
            why = "an address that can be read" if is_link else "an identifier"
            yield self._in_sentence(kind, address.span, why, parts)

    def marks(self) -> Iterator[FoundCitation]:
        """Numbers that lead to the list of references; each stands for what is said since the last."""
        before = Span(0, 0)
        stretch = before
        for mark in sorted(number_marks(self._text, self._references), key=lambda mark: mark.span):
            if self._is_label(mark):
                continue
            start = max(before.end, self._sentence(mark.span).start)
            if any(character.isalnum() for character in self._text[start : mark.span.start]):
                stretch = Span(start, mark.span.start)
            before = mark.span
            found = self._marked(CitationKind.MARK, mark, "a number that leads to a list")
            yield replace(found, stretch=stretch)

    def authors(self) -> Iterator[FoundCitation]:
        """Authors with a year, and authors and colleagues."""
        for mark in author_marks(self._text, self._words, self._references):
            yield self._marked(CitationKind.AUTHOR_YEAR, mark, "names authors")

    def worded(self) -> Iterator[FoundCitation]:
        """Studies, bodies and nobody in particular, by the words of the packs."""
        for kind, span in self._words.cued(self._text):
            sentence = self._sentence(span)
            if not sentence.of(self._text).rstrip("\"'”’) ").endswith("?"):
                printed = " ".join(span.of(self._text).split())
                yield self._in_sentence(kind, span, f"words that name a source: {printed[:80]}")

    def without_repeats(self, found: Iterable[FoundCitation]) -> Iterator[FoundCitation]:
        """Without a nameless appeal in a sentence that names a source, or has another such appeal."""
        named: set[Span] = set()
        in_order = sorted(found, key=lambda c: (c.kind is CitationKind.NAMELESS, c.start))
        for citation in in_order:
            sentence = self._sentence(citation.span)
            if citation.kind is CitationKind.NAMELESS and sentence in named:
                continue
            if citation.kind in _NAMES_IN_WORDS:
                named.add(sentence)
            yield citation

    def _is_label(self, mark: Mark) -> bool:
        """Whether a number is that of the entry before which it stands."""
        entries = self._references.entries
        at = bisect_right(entries, mark.span.start, key=lambda entry: entry.line.start) - 1
        return at >= 0 and mark.span.start < entries[at].span.start

    def _leads_to_a_source(self, parts: PrintedParts) -> bool:
        """Whether an address may be a source: no network, no map, and more than the name of a site."""
        _, *path = _STEP.split(parts.address.split("://")[-1])
        return any(path) and not self._words.no_sources.search(parts.address)

    def _marked(self, kind: CitationKind, mark: Mark, why: str) -> FoundCitation:
        starts = tuple(entry.span.start for entry in mark.leads_to)
        sentence = self._sentence(mark.span)
        parts = (
            mark.leads_to[0].parts
            if kind is CitationKind.MARK and len(mark.leads_to) == 1
            else mark.parts
        )
        scope = Scope.MARK if kind is CitationKind.MARK else Scope.SENTENCE
        return self._citation(kind, mark.span, scope, sentence, why, parts, mark.labels, starts)

    def _in_sentence(
        self, kind: CitationKind, span: Span, why: str, parts: PrintedParts = _NOTHING
    ) -> FoundCitation:
        return self._citation(kind, span, Scope.SENTENCE, self._sentence(span), why, parts)

    def _citation(
        self,
        kind: CitationKind,
        span: Span,
        scope: Scope,
        stretch: Span,
        why: str,
        parts: PrintedParts,
        labels: tuple[int, ...] = (),
        leads_to: tuple[int, ...] = (),
    ) -> FoundCitation:
        printed = span.of(self._text)
        return FoundCitation(
            span.start, span.end, printed, kind, scope, stretch, why, parts, labels, leads_to
        )

    def _sentence(self, span: Span) -> Span:
        """The sentence in which a stretch begins; a mark belongs to the one that it closes."""
        at = bisect_right(self._starts, span.start) - 1
        return self._sentences[at] if at >= 0 else span


_NAMES_IN_WORDS = (CitationKind.STUDY, CitationKind.BODY, CitationKind.NAMELESS)
