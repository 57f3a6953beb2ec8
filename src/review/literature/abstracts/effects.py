"""Estimates of effect that an abstract states, each with its interval and p where they stand beside it.

An estimate is read only where its measure is named before it in the same sentence, or where an abstract
names no other measure and gives a whole triple of estimate and limits. An estimate that does not lie
within its limits is no estimate. All of this is our convention, set on abstracts that no benchmark
counts.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from review.literature.abstracts.fact import Fact
from review.literature.abstracts.numbers import DECIMAL, decimal
from review.literature.abstracts.parts import Abstract
from review.literature.abstracts.words import Words
from review.model.knowledge.abstract_words import AbstractTerm, MeasureName, Section
from review.model.knowledge.phrases import finder, inner
from review.model.vocabulary import Measure

_NUMBER = rf"[-+]?\s?{DECIMAL}(?![\d.]*\d)"
_NAMED_INTERVAL = (
    r"(?:\d{2}(?:\.\d)?\s?%[\s-]*)?(?:(?:confidence|credible|uncertainty)\s+(?:interval|limit)s?"
    r"(?:\s*[\[(]\s*(?:\d{2}\s?%\s*)?(?:C[Il]|CrI|UI)s?\s*[\])])?|(?:C[Il]s?|C\.I\.|CrI|UI)(?![a-zA-Z]))"
)
_SHARES = r"\s?(?:%|percent)?"
_LIMITS = rf"(?P<low>{_NUMBER}){_SHARES}\s*(?:\bto\b|\band\b|-|,|;)\s*(?P<high>{_NUMBER}){_SHARES}"
_BETWEEN = r"[\s:;,=(\[\])]*(?:\bof\b|\bfrom\b|\bwas\b)?[\s:;,=(\[]*"
# "1.2 and 1.5 (95% CI 0.9-1.6 and 1.1-2.0)" does not say which is whose.
_ALONE = rf"(?!\s*(?:\band\b|,|;)\s*{_NUMBER}\s?%?\s*(?:-|\bto\b)\s*{_NUMBER})"
_INTERVAL = rf"{_NAMED_INTERVAL}{_BETWEEN}{_LIMITS}{_ALONE}"
_BARE_INTERVAL = rf"[(\[]\s*{_LIMITS}{_ALONE}\s*(?=[)\];,])"
_P_VALUE = (
    r"(?i:\bp)(?:[ -]?values?)?\s*(?P<{name}sign>[=<>])\s*=?\s*(?P<{name}>0?\.\d+|[01](?:\.\d+)?)"
    r"(?![\d.]*\d)(?!\s*(?:[x×*]|\band\b|,\s*(?:0?\.\d|p)|(?:for|\()\s*(?:trend|interaction|heterogeneity)))"
)
_P_BEFORE = _P_VALUE.replace("{name}", "before")
_P_AFTER = _P_VALUE.replace("{name}", "after")
_CONNECTED = r"(?:[\s,:=(\[]|\bwas\b|\bwere\b|\bof\b|\bis\b|\bbeing\b|\bestimated\b|\bat\b)*"
# What comes between the number of a difference and its interval: a unit, in a few words.
_UNIT = r"(?P<unit>[ -]?[^\s(\[,;:\d][^(\[,;:]{0,30}?(?:\(\d\))?)?"
_EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|literature|other studies|reported by)\b", re.I
)
_WITH_INTERVAL = rf"\s*(?:[,;(\[]\s*{_P_BEFORE})?{_BETWEEN}{_INTERVAL}"
_AFTER_P = re.compile(rf"\s*[%\])]*\s*[;,:]?\s*[(\[]?\s*{_P_AFTER}")


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate of a named measure, with its limits, its p as printed, its unit and its outcome.

    `unit` and `outcome` are empty where they do not stand beside it.
    """

    measure: Measure
    estimate: float
    low: float | None = None
    high: float | None = None
    p: str = ""
    unit: str = ""
    outcome: str = ""

    @property
    def is_consistent(self) -> bool:
        """Whether it lies within its limits, and is a number that its measure can be."""
        if self.measure.is_ratio and self.estimate <= 0:
            return False
        if self.low is None or self.high is None:
            return True
        if self.measure.is_ratio and self.low < 0:
            return False
        return self.low <= self.estimate <= self.high and self.low < self.high

    @property
    def is_amidst(self) -> bool:
        """Whether it lies about the middle of its limits, of a ratio on the scale of logarithms.

        Numbers that only stand beside each other rarely do.
        """
        if self.low is None or self.high is None:
            return False
        low, middle, high = self.low, self.estimate, self.high
        if self.measure.is_ratio:
            if low <= 0:
                return False
            low, middle, high = math.log(low), math.log(middle), math.log(high)
        # A fifth of the width off the middle leaves room for rounding and for exact limits.
        return abs(middle - (low + high) / 2) <= 0.2 * (high - low)


@dataclass(frozen=True, slots=True)
class _Name:
    """A measure as a sentence names it."""

    measure: Measure
    start: int
    end: int


class Effects:
    """Finds the estimates of an abstract."""

    def __init__(self, words: Words) -> None:
        self._measures = tuple(words.measures)
        self._other = {name.measure: finder(name.also_short_for) for name in self._measures}
        self._change = words.found(AbstractTerm.CHANGE)
        self._people = words.found(AbstractTerm.PEOPLE)
        self._long = {
            name.measure: re.compile(rf"(?<!\w)(?:{'|'.join(map(inner, name.names))})", re.I)
            for name in self._measures
        }

    def of(self, abstract: Abstract) -> Iterator[Fact[Effect]]:
        """The effects in the results, or in an abstract without sections anywhere, each once."""
        text = abstract.text
        patterns = {name.measure: self._pattern(name, text) for name in self._measures}
        seen: set[tuple[Measure, float, float | None]] = set()
        sole = _sole(abstract, patterns)
        for statement in abstract.statements:
            if statement.section not in (Section.RESULTS, None) or _EARLIER.search(statement.plain):
                continue
            for effect in self._stated(statement.plain, patterns, sole if seen else None):
                key = effect.measure, effect.estimate, effect.low
                if key not in seen:
                    seen.add(key)
                    yield Fact(effect, statement.sentence)

    def _abbreviations(self, name: MeasureName, text: str) -> tuple[str, ...]:
        """The abbreviations that stand for a measure here.

        One that an abstract explains stands for what it explains; one that it does not, and that may
        stand for something else there, for nothing.
        """
        explained = re.compile(
            rf"(?:{self._long[name.measure].pattern})[\s,]*[(\[]\s*(?P<short>[A-Za-z]{{1,6}})\b", re.I
        )
        own = {match["short"] for match in explained.finditer(text)}
        usual = () if self._other[name.measure].search(text) else name.short
        taken = {
            match["short"]
            for other in self._measures
            if other.measure is not name.measure
            for match in re.finditer(
                rf"(?:{self._long[other.measure].pattern})[\s,]*[(\[]\s*(?P<short>[A-Za-z]{{1,6}})\b",
                text,
                re.I,
            )
        }
        return tuple(short for short in {*usual, *own} if short in own or short not in taken)

    def _pattern(self, name: MeasureName, text: str) -> re.Pattern[str]:
        """What finds a measure in the sentences of an abstract, by its names and abbreviations."""
        short = "|".join(map(re.escape, sorted(self._abbreviations(name, text)))) or "(?!)"
        return re.compile(
            rf"(?:(?i:{self._long[name.measure].pattern})(?:\s*[(\[]\s*(?:{short})\s*(?=[;,:)\]])[)\]]?)?"
            rf"|(?<![\w/])(?:{short})(?![\w/]))"
        )

    def _stated(
        self, text: str, patterns: Mapping[Measure, re.Pattern[str]], sole: Measure | None
    ) -> Iterator[Effect]:
        names = _names(text, patterns)
        stops = [*(following.start for following in names[1:]), len(text)]
        for name, stop in zip(names, stops, strict=False):
            yield from self._named(text, name, stop)
        if sole and not names:
            yield from _triples(text, sole)
        yield from self._shares(text)

    def _named(self, text: str, name: _Name, stop: int) -> Iterator[Effect]:
        """What a sentence states of a measure that it names, up to the next name."""
        tail = text[name.end : stop]
        header = re.match(
            rf"\s*(?:ratios?)?[\s,;(\[]*{_NAMED_INTERVAL}\s*[\])]*(?!{_BETWEEN}{_NUMBER})", tail
        )
        found = self._first(tail, name.measure, header.end() if header else 0, bool(header))
        if found is None:
            return
        effect, end = found
        if effect.is_consistent:
            yield effect
            yield from _continued(tail, end, effect)

    def _first(
        self, tail: str, measure: Measure, start: int, is_headed: bool
    ) -> tuple[Effect, int] | None:
        unit = "" if measure.is_ratio or measure is Measure.CORRELATION else _UNIT
        no_share = r"(?!\s?%)" if measure.is_ratio or measure is Measure.CORRELATION else ""
        estimate = rf"(?P<estimate>{_NUMBER}){no_share}"
        through = (
            r"\s+(?P<link>for|of|in|per|between|on|from|comparing|associated with)\s+"
            r"(?P<outcome>[^.;()=\[\]]{2,90}?)\s*(?P<sign>=|:|\bwas\b|\bwere\b|\bis\b|,)\s*"
        )
        bare = rf"\s*{_BARE_INTERVAL}"
        for lead in (_CONNECTED, through):
            for interval, needs_middle in ((_WITH_INTERVAL, False), (bare, True)):
                pattern = re.compile(rf"{lead}{estimate}{unit}{interval}")
                match = pattern.match(tail, start)
                if match and _is_apart(match) and (effect := self._made(match, measure)):
                    if needs_middle and not effect.is_amidst:
                        continue
                    if lead is through and match["sign"] == "," and needs_middle:
                        continue
                    return _with_p(effect, tail, match.end())
            if is_headed:
                continue
            match = re.compile(rf"{lead}{estimate}{unit}\s*[,;(\[]+\s*{_P_AFTER}").match(tail, start)
            if (
                match
                and _is_apart(match)
                and (lead is _CONNECTED or match["sign"] in ("=", "was", "were"))
            ):
                effect = self._made(match, measure, match["aftersign"], match["after"])
                if effect:
                    return effect, match.end()
        return None

    def _made(
        self, match: re.Match[str], measure: Measure, sign: str = "", p: str = ""
    ) -> Effect | None:
        fields = match.groupdict()
        if not sign and fields.get("before"):
            sign, p = fields["beforesign"], fields["before"]
        low, high = fields.get("low"), fields.get("high")
        effect = Effect(
            measure,
            _signed(match["estimate"]),
            _signed(low) if low else None,
            _signed(high) if high else None,
            _written(sign, p),
            (fields.get("unit") or "").strip(" -"),
            self._outcome(fields.get("link") or "", fields.get("outcome") or ""),
        )
        return effect if effect.is_consistent else None

    def _outcome(self, link: str, words: str) -> str:
        """The outcome that a measure is of, where it is named in a few words and is nobody."""
        words = re.sub(r"^(?:the|a|an|any)\s+", "", words.strip(" ,"), flags=re.I)
        is_plain = re.fullmatch(r"[A-Za-z][A-Za-z' -]{2,50}", words) and len(words.split()) <= 6
        other = _NO_OUTCOME.search(words)
        is_outcome = link in ("for", "of", "in") and is_plain and not other
        return words if is_outcome and not self._people.search(words) else ""

    def _shares(self, text: str) -> Iterator[Effect]:
        """Shares of people in per cent with their intervals, where the words say that they are such."""
        for match in _SHARE.finditer(text):
            before = text[max(0, match.start() - 70) : match.start()]
            clause = re.split(r"[;,(]|\b(?:and|but|while|whereas)\b", before)[-1]
            cue = re.search(r"\b(prevalence|incidence|proportions?|percentages?)\b", before, re.I)
            has_people = re.match(
                r"\s*[)\]]*\s*(?:of|had|were|reported|developed)\b", text[match.end() :]
            )
            if self._change.search(clause) or self._change.search(before) or not (cue or has_people):
                continue
            measure = Measure.PROPORTION
            if cue and cue[1].lower() == "prevalence":
                measure = Measure.PREVALENCE
            effect = Effect(
                measure,
                _signed(match["estimate"]),
                _signed(match["low"]),
                _signed(match["high"]),
                unit="%",
            )
            if effect.is_consistent and 0 <= effect.estimate <= 100:
                yield effect


def _names(text: str, patterns: Mapping[Measure, re.Pattern[str]]) -> list[_Name]:
    """The measures that a sentence names, in order; of two at one place the longer."""
    found = [
        _Name(measure, match.start(), match.end())
        for measure, pattern in patterns.items()
        for match in pattern.finditer(text)
    ]
    kept: list[_Name] = []
    for name in sorted(found, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _sole(abstract: Abstract, patterns: Mapping[Measure, re.Pattern[str]]) -> Measure | None:
    """The one ratio that the abstract names, where it names no other measure of effect."""
    named = {name.measure for s in abstract.statements for name in _names(s.plain, patterns)}
    named -= {Measure.CORRELATION, Measure.CHANGE}
    only = named.pop() if len(named) == 1 else None
    return only if only is not None and only.is_ratio else None


def _is_apart(match: re.Match[str]) -> bool:
    """Whether what stands between a measure and its number holds no other number, and no p."""
    words = match.groupdict().get("outcome") or ""
    if match.groupdict().get("link") == "per":
        words = re.sub(r"^[^a-zA-Z]*[\d.,]+", "", words)
    return not re.search(r"\d|\bp\s*(?:values?)?$|\b(?:difference|respectively)\b", words, re.IGNORECASE)


_NO_OUTCOME = re.compile(
    r"\b(?:groups?|arms?|vs|versus|compar\w+|treat\w+|therapy|with|without|who|users?|use|intake|per|than"
    r"|between|those|this|these|each|among|relative|other|others|all|both|several|various|end ?points?"
    r"|outcomes?|placebo|controls?|increas\w+|high\w*|low\w*)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"(?<![\d.-])(?P<estimate>{DECIMAL})\s?%\s*[(\[]\s*{_INTERVAL}")


def _with_p(effect: Effect, text: str, end: int) -> tuple[Effect, int]:
    """An effect with the p that follows it at once, where its measure compares and has none yet."""
    if effect.p or effect.measure.no_effect is None or effect.measure is Measure.CHANGE:
        return effect, end
    match = _AFTER_P.match(text, end)
    if match is None:
        return effect, end
    p = _written(match["aftersign"], match["after"])
    return Effect(
        effect.measure, effect.estimate, effect.low, effect.high, p, effect.unit, effect.outcome
    ), (match.end())


def _continued(text: str, start: int, first: Effect) -> Iterator[Effect]:
    """Further estimates of the measure of `first`, given as it was, in what is left of its sentence."""
    if first.low is None:
        return
    no_share = r"(?!\s?%)" if first.measure.is_ratio else ""
    unit = re.escape(f" {first.unit}") if first.unit else ""
    bare = _BARE_INTERVAL.replace("?P<low>", "?P<low2>").replace("?P<high>", "?P<high2>")
    pattern = re.compile(
        rf"(?<![\d.%/])(?P<estimate>{_NUMBER}){no_share}{unit}\s*"
        rf"(?:[(\[;,]\s*(?:{_P_BEFORE}\s*[,;]\s*)?{_NAMED_INTERVAL}{_BETWEEN}{_LIMITS}|{bare})"
    )
    for match in pattern.finditer(text, start):
        fields = match.groupdict()
        low, high = fields["low"] or fields["low2"], fields["high"] or fields["high2"]
        effect = Effect(
            first.measure, _signed(match["estimate"]), _signed(low), _signed(high), unit=first.unit
        )
        if effect.is_consistent and effect.is_amidst:
            yield _with_p(effect, text, match.end())[0]


_TRIPLE = re.compile(
    rf"(?:[(\[;,:]\s*)(?P<estimate>{DECIMAL})\s*[,;]\s*(?P<low>{DECIMAL})\s*(?:-|\bto\b)\s*(?P<high>{DECIMAL})(?=\s*[;,)\]])"
)


def _triples(text: str, measure: Measure) -> Iterator[Effect]:
    """Whole triples in brackets, as an abstract gives them after it has said of what they are."""
    for match in _TRIPLE.finditer(text):
        effect = Effect(
            measure, decimal(match["estimate"]), decimal(match["low"]), decimal(match["high"])
        )
        if effect.is_consistent and effect.is_amidst:
            yield _with_p(effect, text, match.end())[0]


def _signed(text: str) -> float:
    return decimal(text.replace(" ", "").removeprefix("+"))


def _written(sign: str, p: str) -> str:
    """A p as records write it: with a nought before its point, and its sign unless it is equal."""
    if not p:
        return ""
    number = f"0{p}" if p.startswith(".") else p
    return number if sign == "=" else f"{sign}{number}"
