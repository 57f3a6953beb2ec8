"""Finds what rules of advertising meet: the words, what the page does with them, and in which market.

The rules screen; they do not judge, and they are not legal advice. A page on which nothing is met has
met no listed rule, and may still break one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from review.language.flags.assertion import NEGATOR, assertion
from review.language.flags.mentions import WordList, spelt
from review.language.flags.register import Register
from review.language.flags.terms import Terms, marked, terms_in
from review.language.names import Names
from review.language.senses import Senses
from review.language.sentences import Span, sentence_spans
from review.language.wording.clauses import clauses
from review.model.knowledge.packs import Flag, Packs, Trigger
from review.model.vocabulary import Assertion, Ground, Market, Reach, Severity, YesNo

NOTICE = "Flags are a screening aid, not legal advice: where none is met, no listed wording was met."

EVERYWHERE = "everywhere"
_OFFERS = ("<ours>",)
_LEFT_OUT = re.compile(r"\.(?: ?\.){2,}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_CLEARED_BY_APPROVAL = frozenset({Ground.DISEASE, Ground.BODY, Ground.APPROVAL})


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule, or a disclosure, was met on a page, and in which market it holds.

    `assertion` is what the page does with the words, `why` what they were read as saying.
    `market` is none where it holds wherever the page is read. `is_in_force` is false for a rule of a
    market that is not under review: what its words mean is known, and nothing follows from its law.
    """

    flag: Flag
    market: Market | None
    start: int
    end: int
    span: str
    assertion: Assertion = Assertion.ASSERTED
    why: str = ""
    is_in_force: bool = True

    @property
    def speaks_of_a_rule(self) -> bool:
        """Whether a rule of any market asks for anything before the words are published."""
        return self.flag.severity is not Severity.INFORM

    @property
    def speaks_against(self) -> bool:
        """Whether it asks for anything before the words are published, in a market under review."""
        return self.is_in_force and self.speaks_of_a_rule

    @property
    def jurisdiction(self) -> str:
        """The market in which it holds, by name."""
        return self.market.full_name if self.market else EVERYWHERE

    @property
    def is_blocking(self) -> bool:
        """Whether it speaks against publishing the words as they are, in a market under review."""
        return self.is_in_force and self.flag.is_blocking


@dataclass(frozen=True, slots=True)
class Met:
    """Words that a trigger met, and what the page does with them."""

    span: Span
    assertion: Assertion
    why: str


class Screen:
    """Finds flags in texts, by the rules of all packs; those of `markets` are in force."""

    def __init__(
        self, packs: Packs, senses: Senses, names: Names, markets: Collection[Market] = tuple(Market)
    ) -> None:
        self._rules = list(packs.rules.values())
        self.flags = tuple(flag for flag, _ in self._rules)
        self.markets = tuple(market for market in Market if market in markets)
        self._triggers = packs.triggers
        # What a rule that asks for something looks for: a bare mention is none of it.
        self._asked_for = sorted(
            {name for f in self.flags if f.severity is not Severity.INFORM for name in f.triggers}
        )
        self._terms = {market: terms_in(packs.terms, market) for market in (None, *Market)}
        self._senses, self._names = senses, names
        self._register = Register(packs.register_packs.values())
        # Both are read in one go: looking for what rules speak of takes long, telling it apart does not.
        self._read = lru_cache(maxsize=4096)(self._screened)

    @cached_property
    def in_force(self) -> tuple[Flag, ...]:
        """The rules of the markets under review, and those that hold everywhere."""
        return tuple(flag for flag, market in self._rules if self._is_in_force(market))

    @cached_property
    def needing_the_page(self) -> tuple[tuple[Flag, Market | None], ...]:
        """The rules in force that no words can show, each with its market: somebody has to look."""
        return tuple(
            (flag, market)
            for flag, market in self._rules
            if flag.reach is Reach.PAGE and self._is_in_force(market)
        )

    def without_rule(self, market: Market) -> tuple[Ground, ...]:
        """What rules of other markets speak of, and none of this one: not read, or not forbidden."""
        asked = [(f.ground, of) for f, of in self._rules if f.severity is not Severity.INFORM]
        held = {ground for ground, of in asked if of in (None, market)}
        return tuple(ground for ground in Ground if ground in {g for g, _ in asked} - held)

    def _is_in_force(self, market: Market | None) -> bool:
        return market is None or market in self.markets

    def _reading(self, text: str) -> "_Reading":
        return _Reading(text, self._senses, self._triggers, self._terms, self._register)

    def meets(self, flag: Flag, text: str) -> bool:
        """Whether a flag is met anywhere in `text`."""
        return any(hit.flag.flag == flag.flag for hit in self.hits(text))

    def trips(self, trigger: str, text: str) -> bool:
        """Whether `text` itself says what a trigger looks for, in whatever market."""
        return Assertion.ASSERTED in self.assertions(trigger, text)

    def assertions(self, trigger: str, text: str) -> set[Assertion]:
        """What `text` does with what a trigger looks for, in any market; empty where it is not there."""
        reading = self._reading(text)
        return {met.assertion for market in self._terms for met in reading.of_trigger(trigger, market)}

    def asserted(self, text: str) -> tuple[Span, ...]:
        """Where `text` itself says what rules look for, in whatever market; cheaper than its hits."""
        reading = self._reading(text)
        met = (each for name in self._asked_for for each in reading.of_trigger(name, None))
        return tuple(each.span for each in met if each.assertion is Assertion.ASSERTED)

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Every flag met in `text`, in reading order, of whatever market.

        A sentence that does something else with the words of a flag gives the flag that stands
        `instead_of` it. Offsets are those of the text as it stands.
        """
        return self._read(text)[0]

    def informing(self, text: str) -> tuple[Hit, ...]:
        """What rules of whatever market would meet in sentences worded as information for patients is.

        Such sentences are no advertising by their words; whether the page makes them one, nobody read.
        """
        return self._read(text)[1]

    def _screened(self, text: str) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
        reading = self._reading(text)
        met: list[Hit] = []
        informing: list[Hit] = []
        for flag, market in self._rules:
            if flag.instead_of is None:
                words = reading.worded(flag, market)
                met += self._of_rule(reading, flag, market, words, flag.when)
                if flag.severity is not Severity.INFORM and Assertion.ASSERTED in flag.when:
                    spared = {Assertion.INFORMED} - set(flag.when)
                    informing += self._of_rule(reading, flag, market, words, spared)
        for flag, market in self._rules:
            if flag.instead_of and any(hit.flag.flag == flag.instead_of for hit in met):
                words = reading.worded(flag, market)
                within = [reading.sentence(m.span) for m in words if m.assertion in flag.when]
                met = [self._instead(hit, flag, market, within) for hit in met]
        return _in_order(met), _in_order(informing)

    def _of_rule(
        self,
        reading: "_Reading",
        flag: Flag,
        market: Market | None,
        found: Iterable[Met],
        when: Collection[Assertion],
    ) -> Iterator[Hit]:
        """What a rule meets in words of which the page does one of these things."""
        last = -1
        for met in found:
            if met.assertion not in when:
                continue
            start, end = met.span
            sentence = reading.sentence(met.span).of(reading.text)
            if start < last or self._is_approved(flag, market, sentence):
                continue
            last = end
            words, in_force = reading.text[start:end], self._is_in_force(market)
            yield Hit(flag, market, start, end, words, met.assertion, met.why, in_force)

    def _is_approved(self, flag: Flag, market: Market | None, sentence: str) -> bool:
        """Whether the sentence speaks of what a regulator of this market approved for this use."""
        return (
            flag.ground in _CLEARED_BY_APPROVAL
            and market is not None
            and self._names.is_all_approved(sentence, market)
        )

    def _instead(self, hit: Hit, flag: Flag, market: Market | None, within: Iterable[Span]) -> Hit:
        """The hit, or that of the flag that stands in its place within these sentences."""
        if hit.flag.flag != flag.instead_of or not any(s.start <= hit.start < s.end for s in within):
            return hit
        in_force = self._is_in_force(market)
        return Hit(flag, market, hit.start, hit.end, hit.span, hit.assertion, flag.title, in_force)


def _in_order(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.flag.flag)))


class _Reading:
    """One text, with what its words do looked at once for all rules."""

    def __init__(
        self,
        text: str,
        senses: Senses,
        triggers: Mapping[str, Trigger],
        terms: Mapping[Market | None, Terms],
        register: Register,
    ) -> None:
        self.text = text
        self._informs = cache(register.informs)
        # What an address is made of says nothing, and what was left out of a quote ends nothing.
        self._read = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
        self._read = _LEFT_OUT.sub(lambda match: "…" * len(match[0]), self._read)
        self._senses = senses.hits(text)
        self._triggers, self._terms = triggers, terms
        self._sentences = tuple(sentence_spans(text))
        self._clauses = clauses(text)
        self._met: dict[tuple[str, Market | None], tuple[Met, ...]] = {}
        self._words = spelt(self._read)
        self._forms = frozenset(form for word in self._words for form in (*word.forms, *word.as_acronym))
        self._mentioned: dict[WordList, tuple[Span, ...]] = {}
        self._marked: dict[tuple[tuple[str, WordList], ...], str] = {}

    def sentence(self, span: Span) -> Span:
        """The sentence in which a stretch begins."""
        return next((s for s in self._sentences if s.start <= span.start < s.end), span)

    def worded(self, flag: Flag, market: Market | None) -> list[Met]:
        """What stands in the text of what a rule looks for, and how, in reading order."""
        met = [met for name in flag.triggers for met in self.of_trigger(name, market)]
        for phrases, denies in _by_denial(flag.phrases):
            own = self._found(phrases, market, self._sentences)
            met += [Met(span, self._assertion(span, denies=denies), flag.title) for span in own]
        return sorted((self._as_worded(each) for each in met), key=lambda m: m.span)

    def _as_worded(self, met: Met) -> Met:
        """The same, told apart where its sentence is worded as information for patients is."""
        if met.assertion is Assertion.ASSERTED and self._informs(self.sentence(met.span).of(self.text)):
            return replace(met, assertion=Assertion.INFORMED)
        return met

    def of_trigger(self, name: str, market: Market | None) -> tuple[Met, ...]:
        """What a trigger meets in one market, and what the page does with it."""
        trigger = self._triggers[name]
        # Only terms differ from market to market; what names none is met once for all.
        named = self._terms[market].differing(
            (*trigger.phrases, *trigger.spared_by, *trigger.unless, *trigger.of_others)
        )
        key = name, market if named else None
        if key not in self._met:
            self._met[key] = tuple(self._met_of(trigger, key[1]))
        return self._met[key]

    def _met_of(self, trigger: Trigger, market: Market | None) -> Iterator[Met]:
        found = [(Span(s.start, s.end), True) for s in self._senses if s.sense in trigger.senses]
        within = self._sentences if trigger.across_clauses is YesNo.YES else self._clauses
        for phrases, denies in _by_denial(trigger.phrases):
            found += [(span, denies) for span in self._found(phrases, market, within)]
        if not found:
            return
        spared = [*self._found(trigger.unless, market, self._sentences)]
        sentences = {self.sentence(s) for s in self._found(trigger.spared_by, market, self._sentences)}
        sentences |= self._of_others(trigger, market)
        for span, denies in sorted(found):
            is_spared = any(s.start < span.end and span.start < s.end for s in spared)
            if not is_spared and self.sentence(span) not in sentences:
                yield Met(span, self._assertion(span, denies=denies), trigger.title)

    def _of_others(self, trigger: Trigger, market: Market | None) -> set[Span]:
        """The sentences that tell of ordinary care, and offer nothing of their own."""
        on_others = {self.sentence(s) for s in self._found(trigger.of_others, market, self._sentences)}
        offering = self._found(_OFFERS, market, self._sentences) if on_others else ()
        return on_others - {self.sentence(s) for s in offering}

    def _found(
        self, phrases: tuple[str, ...], market: Market | None, within: Iterable[Span]
    ) -> Iterator[Span]:
        """Where any of the phrases stands, each within one of the given stretches."""
        if not phrases:
            return
        for finder in self._terms[market].finders(phrases):
            if not all(self._mentions(words) for _, words in finder.required):
                continue
            if finder.listed not in self._marked:
                spans = ((sign, self._mentions(words)) for sign, words in finder.listed)
                self._marked[finder.listed] = marked(self._read, spans)
            for stretch in within:
                for match in finder.pattern.finditer(self._marked[finder.listed], *stretch):
                    yield Span(*match.span())

    def _mentions(self, words: WordList) -> tuple[Span, ...]:
        if words not in self._mentioned:
            self._mentioned[words] = tuple(words.spans(self._words, self._forms))
        return self._mentioned[words]

    def _clause(self, span: Span) -> Span:
        return next((c for c in reversed(self._clauses) if c.start <= span.start), span)

    def _assertion(self, span: Span, *, denies: bool) -> Assertion:
        sentence = self.sentence(span)
        return assertion(self.text, sentence, self._clause(span), span, self._senses, denies=denies)


@cache
def _by_denial(phrases: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The phrases that deny by themselves, as "no side effects" does, and those that do not."""
    denying = tuple(phrase for phrase in phrases if NEGATOR.search(phrase))
    return (denying, True), (tuple(p for p in phrases if p not in denying), False)
