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
_WORDS = (
    r"(?:(?!(?:in|of|from|with|and|for|on|per|episodes|cases|samples|eyes|visits)\b)"
    r"[A-Za-z][A-Za-z0-9'/-]*,?\s+){0,6}?"
)
# A number after one of these is a share, a bound, an age or a dose.
_NO_COUNT_AFTER = ("of", "than", "least", "least a", "every", "per", "about", "aged", "approximately")
_NOT_PART = r"(?<![\d.,/:%=-])" + "".join(f"(?<!{word} )" for word in _NO_COUNT_AFTER)
_TOTAL = r"(?:in total,?|overall,?|a total of|altogether,?|totally,?)\s+"
# What may stand between the people and their verb: a clause without numbers, a remark in brackets.
_BETWEEN = r"(?:\s+[^.;,()]{0,60}?)?(?:\s*\([^()]{0,80}\))?,?\s+"
_BY_US = r"(?:we|the study|this study|the trial|the sample)"
_OF_ALL = r"(?:a total of |data from |data on |altogether )?"
_INVOLVING = r"(?:involving|with|including|comprising|enrolling|randomi[sz]ing)"
_TAKING_PART = r"(?:participated|took part)"


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
        crowd = rf"(?P<n>{COUNT})\s+(?:{_WORDS})(?:{people})(?!-)"
        head = rf"{_NOT_PART}(?:{_TOTAL})?{crowd}{_BETWEEN}"
        size = rf"\(\s*n\s*=\s*(?P<n>{WHOLE})\s*"
        self._more = re.compile(
            rf"[^.;]{{0,80}}?(?:,|\band\b)\s+{COUNT}\s+(?:[a-z-]+\s+){{0,4}}?"
            rf"(?:with|to|in|received|controls?|were|had|healthy|{people})\b",
            re.IGNORECASE,
        )
        self._randomised = _alternatives(
            rf"{head}(?:were|was|have been|underwent)\s+(?:then |first |equally )?(?:{assigned})",
            rf"\bwe (?:{assigned})\s+(?:a total of )?{crowd}",
            rf"\brandomi[sz]ed (?:[a-z-]+ ){{0,3}}(?:trial|study) (?:of|in|with|involving) {crowd}",
            rf"\b(?:trial|study),?\s+(?:of|in|with|involving)\s+{crowd}",
            rf"\btrial,? {crowd} (?:received|were given)",
            r"\btrial[^.;]{0,120}?,? (?:recruited|enrolled|included|randomi[sz]ed|assigned)\s+"
            rf"(?:a total of )?{crowd}",
        )
        self._taken = _alternatives(
            rf"{head}(?:were|was|have been|had been)\s+(?:[a-z]+ly )?(?:{taken})",
            rf"\b{_BY_US} (?:[a-z]+ly )?(?:{taken}|comprised|consisted of|involved|randomly sampled)\s+"
            rf"{_OF_ALL}{crowd}",
            rf"\b(?:a )?(?:sample|cohort|group|series) of\s+{crowd}",
            rf"(?:^|;\s)(?:{_TOTAL})?{crowd}\s+"
            rf"(?:{_TAKING_PART}|responded|with [^.;()]{{3,60}}? {_TAKING_PART})",
            rf"\b(?:{people})\s*{size}[;,)]",
            rf"\b(?:{people})[^.;()]{{0,60}}{size}(?:;[^()]*)?\)[^.;()]{{0,40}}"
            rf"\b(?:were|was|{_TAKING_PART})\b",
        )
        self._pooled = _alternatives(
            rf"(?:{studies})\b[^.;()]{{0,60}}?\b{_INVOLVING}\s+{_OF_ALL}{crowd}",
            rf"(?:{studies})(?:,| on| of| in)\s+{_OF_ALL}{crowd}",
            rf"(?:{studies})\s*\(\s*(?:n\s*=\s*)?(?P<n>{WHOLE})\s+(?:{people})\)",
            rf"{_NOT_PART}(?:{_TOTAL}){crowd}[^.;]{{0,40}}\b(?:from|in|of)\s+{COUNT}\s+"
            rf"(?:[a-z-]+ ){{0,3}}(?:{studies})",
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
            if len(_IN_BRACKETS.findall(statement.plain)) >= 2 and _is_assigning(statement):
                return Fact(statement.sentence, statement.sentence)
        return None

    def _candidates(self, abstract: Abstract, patterns: re.Pattern[str]) -> Iterator[_Candidate]:
        for statement in abstract.statements:
            if statement.section in (Section.BACKGROUND, Section.CONCLUSIONS):
                continue
            for match in patterns.finditer(statement.plain):
                if self._is_whole(match, statement.plain):
                    number = next(number for number in match.groupdict().values() if number)
                    yield _Candidate(count(number), statement.sentence)

    def _is_whole(self, match: re.Match[str], text: str) -> bool:
        """Whether nothing within a hit and around it says that these are only some of those studied."""
        around = text[max(0, match.start() - 40) : match.end() + 30]
        number = next(name for name, found in match.groupdict().items() if found)
        counted, rest = text[match.start(number) : match.end()], text[match.end(number) : match.end()]
        is_part = self._part.search(around) or self._not_taken.search(counted)
        is_listed = _AND_MORE.search(rest) or self._more.match(text, match.end())
        is_one_size = len(_SIZE.findall(text)) > 1 and _SIZE.search(match[0])
        is_other = _OTHER_COUNT.search(counted) or _ANALYSED.match(text, match.end())
        return not (is_part or is_listed or is_one_size or is_other or _MATCHED.search(text))

    def _sum(self, abstract: Abstract) -> Fact[int] | None:
        """The people of all groups together, where one sentence puts people into groups by chance."""
        for statement in abstract.own:
            if not _is_assigning(statement):
                continue
            sizes = [int(re.sub(r"[ ,]", "", m[1])) for m in _IN_BRACKETS.finditer(statement.plain)]
            if 2 <= len(sizes) <= _MOST_GROUPS and not self._part.search(statement.plain):
                # "18 people (n = 18) were assigned to A (n = 6) …": the total stands among its parts.
                total = next(
                    (size for size in sizes if 2 * size == sum(sizes) and len(sizes) > 2), sum(sizes)
                )
                return Fact(total, statement.sentence)
            to_groups = [count(m["n"]) for m in _TO_GROUP.finditer(statement.plain)]
            if 2 <= len(to_groups) <= _MOST_GROUPS:
                return Fact(sum(to_groups), statement.sentence)
        return None


def _is_assigning(statement: Statement) -> bool:
    """Whether a sentence tells how people were put into groups."""
    return bool(re.search(r"\b(?:randomi[sz]\w*|randomly|allocated|assigned)\b", statement.plain, re.I))


_IN_BRACKETS = re.compile(rf"\(\s*[nN]\s*=\s*({WHOLE})\s*\)")
_TO_GROUP = re.compile(
    rf"(?<![\d:.,/]){_NOT_PART}(?P<n>{WHOLE})\s+(?:[a-z]+\s+)?(?:were\s+)?(?:randomly\s+)?"
    r"(?:assigned\s+|allocated\s+|randomi[sz]ed\s+)?to\s+(?!\d)"
)
_MOST_GROUPS = 6
_SIZE = re.compile(r"\bn\s*=\s*\d", re.IGNORECASE)
_AND_MORE = re.compile(rf"(?:,|\band\b)\s+{COUNT}\s+[a-z]", re.IGNORECASE)
_MATCHED = re.compile(r"\bmatched\b|% of [a-z ]{0,30}\(\s*n", re.IGNORECASE)
_ANALYSED = re.compile(r"[^.;]{0,30}\banalys[ei]s", re.IGNORECASE)
_OTHER_COUNT = re.compile(
    r"\b(?:years?|months?|weeks?|days?|old|aged|mg|hospitals|centers|centres|practices|countries|studies"
    r"|trials)\b",
    re.IGNORECASE,
)


def _alternatives(*patterns: str) -> re.Pattern[str]:
    """Any of the patterns; the groups of each get names of their own."""
    named = [pattern.replace("?P<n>", f"?P<n{at}>") for at, pattern in enumerate(patterns)]
    return re.compile("|".join(f"(?:{pattern})" for pattern in named), re.IGNORECASE)


def _single(candidates: Iterator[_Candidate]) -> Fact[int] | None:
    """The number on which all candidates agree; None where there is none, or several."""
    found = list(candidates)
    numbers = {candidate.number for candidate in found}
    if len(numbers) != 1 or not next(iter(numbers)):
        return None
    return Fact(found[0].number, found[0].sentence)
