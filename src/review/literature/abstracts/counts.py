"""How many people a study had, and how many each of its groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from review.literature.abstracts.fact import Fact
from review.literature.abstracts.numbers import COUNT, WHOLE, count
from review.literature.abstracts.parts import Abstract, Statement
from review.literature.abstracts.words import Words
from review.model.knowledge.abstract_words import AbstractTerm, Section
from review.model.vocabulary import Design

# Words that may stand between a number and the people: "145 drug-resistant young children".
_WORDS = r"(?:(?!(?:in|of|from|with|and|for|on|per|episodes|cases|samples|eyes|visits)\b)[A-Za-z][A-Za-z0-9'/-]*,?\s+){0,6}?"
_NOT_PART = r"(?<![\d.,/:%=-])(?<!of )(?<!than )(?<!least )(?<!least a )(?<!every )(?<!per )(?<!about )(?<!aged )(?<!approximately )"


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: int
    sentence: str


class Sizes:
    """Reads numbers of people by the words of packs."""

    def __init__(self, words: Words) -> None:
        people, studies = words.pattern(AbstractTerm.PEOPLE), words.pattern(AbstractTerm.STUDIES)
        taken, assigned = words.pattern(AbstractTerm.TAKEN_IN), words.pattern(AbstractTerm.ASSIGNED)
        self._part = words.found(AbstractTerm.PART_ONLY)
        self._not_taken = words.found(AbstractTerm.NOT_TAKEN_IN)
        crowd = rf"(?P<n>{COUNT})\s+(?P<words>{_WORDS})(?P<people>{people})(?!-)"
        total = r"(?:in total,?|overall,?|a total of|altogether,?|totally,?)\s+"
        self._randomised = _alternatives(
            rf"{_NOT_PART}(?:{total})?{crowd}(?:\s+[^.;,()]{{0,60}}?)?(?:\s*\([^()]{{0,80}}\))?,?\s+(?:were|was|have been|underwent)\s+(?:then |first |equally )?(?:{assigned})",
            rf"\bwe (?:{assigned})\s+(?:a total of )?{crowd}",
            rf"\brandomi[sz]ed (?:[a-z-]+ ){{0,3}}(?:trial|study) (?:of|in|with|involving) {crowd}",
            rf"\b(?:trial|study),?\s+(?:of|in|with|involving)\s+{crowd}",
            rf"\btrial,? {crowd} (?:received|were given)",
            rf"\btrial[^.;]{{0,120}}?,? (?:recruited|enrolled|included|randomi[sz]ed|assigned)\s+(?:a total of )?{crowd}",
        )
        self._taken = _alternatives(
            rf"{_NOT_PART}(?:{total})?{crowd}(?:\s+[^.;,()]{{0,60}}?)?(?:\s*\([^()]{{0,80}}\))?,?\s+(?:were|was|have been|had been)\s+(?:[a-z]+ly )?(?:{taken})",
            rf"\b(?:we|the study|this study|the trial|the sample) (?:[a-z]+ly )?(?:{taken}|comprised|consisted of|involved|randomly sampled)\s+(?:a total of |data from |data on )?{crowd}",
            rf"\b(?:a )?(?:sample|cohort|group|series) of\s+{crowd}",
            rf"(?:^|;\s)(?:{total})?{crowd}\s+(?:participated|took part|responded|with [^.;()]{{3,60}}? (?:participated|took part))",
            rf"\b(?:{people})\s*\(\s*[nN]\s*=\s*(?P<n>{WHOLE})\s*[;,)]",
            rf"\b(?:{people})[^.;()]{{0,60}}\(\s*[nN]\s*=\s*(?P<n>{WHOLE})\s*(?:;[^()]*)?\)[^.;()]{{0,40}}\b(?:were|was|participated|took part)\b",
        )
        self._pooled = _alternatives(
            rf"(?:{studies})\b[^.;()]{{0,60}}?\b(?:involving|with|including|comprising|enrolling|randomi[sz]ing|on|of|in|,)\s+(?:a total of |data from |altogether )?{crowd}",
            rf"(?:{studies})\s*\(\s*(?:[nN]\s*=\s*)?(?P<n>{WHOLE})\s+(?:{people})\)",
            rf"{_NOT_PART}(?:{total}){crowd}[^.;]{{0,40}}\b(?:from|in|of)\s+{COUNT}\s+(?:[a-z-]+ ){{0,3}}(?:{studies})",
        )
        self._arm = re.compile(
            rf"\(\s*[nN]\s*=\s*(?P<n>{WHOLE})\s*(?:[;,][^()]*)?\)|(?P<m>{WHOLE})\s+(?:[a-z-]+\s+){{0,2}}?(?:to|in|received|were assigned to|allocated to)\s+(?:the\s+)?"
        )

    def people(self, abstract: Abstract, design: Design | None) -> Fact[int] | None:
        """The people of a study: those put into groups by chance, else those who took part.

        Where two numbers would be as good, nothing.
        """
        if design in (Design.CASE_REPORT, Design.CASE_CONTROL):
            return None
        if design is not None and design.is_randomised:
            by_chance = _single(self._candidates(abstract, self._randomised))
            return by_chance or self._sum(abstract) or _single(self._candidates(abstract, self._taken))
        return _single(self._candidates(abstract, self._taken))

    def pooled(self, abstract: Abstract) -> Fact[int] | None:
        """The people of all studies that a review includes."""
        return _single(self._candidates(abstract, self._pooled))

    def arms(self, abstract: Abstract, design: Fact[Design] | None) -> Fact[str] | None:
        """The sentence that gives the sizes of the groups of a trial, as it stands."""
        if design is None or not design.value.is_randomised:
            return None
        for statement in abstract.own:
            sizes = [m for m in re.finditer(r"\(\s*[nN]\s*=\s*\d[\d ,]*\s*\)", statement.plain)]
            if len(sizes) >= 2 and self._is_assigning(statement):
                return Fact(statement.sentence, statement.sentence)
        return None

    def _is_assigning(self, statement: Statement) -> bool:
        return bool(re.search(r"\b(?:randomi[sz]\w*|randomly|allocated|assigned)\b", statement.plain, re.I))

    def _candidates(self, abstract: Abstract, patterns: re.Pattern[str]) -> Iterator[_Candidate]:
        for statement in abstract.statements:
            if statement.section in (Section.BACKGROUND, Section.CONCLUSIONS):
                continue
            for match in patterns.finditer(statement.plain):
                number = next(v for k, v in match.groupdict().items() if k.startswith("n") and v)
                around = statement.plain[max(0, match.start() - 40) : match.end() + 30]
                if self._part.search(around) or self._not_taken.search(match[0]):
                    continue
                if _AGE.search(match[0]) or _ANALYSED.match(statement.plain, match.end()):
                    continue
                if _MORE_GROUPS.match(statement.plain, match.end()) or _MATCHED.search(statement.plain):
                    continue
                if len(_SIZE.findall(statement.plain)) > 1 and _SIZE.search(match[0]):
                    continue
                if _AND_MORE.search(match[0]):
                    continue
                yield _Candidate(count(number), statement.sentence)

    def _sum(self, abstract: Abstract) -> Fact[int] | None:
        """The people of all groups together, where one sentence puts people into groups by chance."""
        for statement in abstract.own:
            if not self._is_assigning(statement):
                continue
            sizes = [int(re.sub(r"[ ,]", "", m[1])) for m in _IN_BRACKETS.finditer(statement.plain)]
            if 2 <= len(sizes) <= _MOST_GROUPS and not self._part.search(statement.plain):
                # "18 people (n = 18) were assigned to A (n = 6) …": the total stands among its parts.
                total = next((size for size in sizes if 2 * size == sum(sizes) and len(sizes) > 2), sum(sizes))
                return Fact(total, statement.sentence)
            to_groups = [count(m["n"]) for m in _TO_GROUP.finditer(statement.plain)]
            if 2 <= len(to_groups) <= _MOST_GROUPS:
                return Fact(sum(to_groups), statement.sentence)
        return None


_IN_BRACKETS = re.compile(rf"\(\s*[nN]\s*=\s*({WHOLE})\s*\)")
_TO_GROUP = re.compile(
    rf"(?<![\d:.,/]){_NOT_PART}(?P<n>{WHOLE})\s+(?:[a-z]+\s+)?(?:were\s+)?(?:randomly\s+)?"
    r"(?:assigned\s+|allocated\s+|randomi[sz]ed\s+)?to\s+(?!\d)"
)
_MOST_GROUPS = 6
_MORE_GROUPS = re.compile(
    rf"[^.;]{{0,80}}?(?:,|\band\b)\s+{COUNT}\s+(?:[a-z-]+\s+){{0,4}}?(?:with|to|in|received|controls?|were|had|women|men|patients|children|subjects|participants|healthy)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\bn\s*=\s*\d", re.IGNORECASE)
_AND_MORE = re.compile(rf"(?:,|\band\b)\s+{COUNT}\s+[a-z]", re.IGNORECASE)
_MATCHED = re.compile(r"\bmatched\b|% of [a-z ]{0,30}\(\s*n", re.IGNORECASE)
_ANALYSED = re.compile(r"[^.;]{0,30}\banalys[ei]s", re.I)
_AGE = re.compile(r"\b(?:years?|months?|weeks?|days?|old|aged|mg|hospitals|centers|centres|practices|countries|studies|trials)\b", re.I)


def _alternatives(*patterns: str) -> re.Pattern[str]:
    """Any of the patterns; the groups of each get names of their own."""
    named = [
        re.sub(r"\?P<(\w+)>", lambda m, i=i: f"?P<{m[1]}{i}>" if m[1] == "n" else "?:", pattern)  # type: ignore[misc]
        for i, pattern in enumerate(patterns)
    ]
    return re.compile("|".join(f"(?:{pattern})" for pattern in named), re.IGNORECASE)


def _single(candidates: Iterator[_Candidate]) -> Fact[int] | None:
    """The number on which all candidates agree; None where there is none, or several."""
    found = list(candidates)
    numbers = {candidate.number for candidate in found}
    if len(numbers) != 1 or not next(iter(numbers)):
        return None
    return Fact(found[0].number, found[0].sentence)
