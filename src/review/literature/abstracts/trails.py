"""What an abstract says of its registration and of who paid."""

import re

from review.literature.abstracts.fact import Fact
from review.literature.abstracts.parts import Abstract
from review.literature.abstracts.words import Words
from review.model.knowledge.abstract_words import AbstractTerm, Section
from review.model.vocabulary import Funding

_REGISTERED = re.compile(
    r"\b(?:regist\w+|identifiers?|clinicaltrials?\.gov|number|numbers|no\.|trial id|prospero)\b",
    re.IGNORECASE,
)
_FUNDED = re.compile(
    r"\b(?i:funded|supported|sponsored)\s+(?:in part\s+|by (?:a )?grants? from\s+|through\s+)?"
    r"(?:by|from)\s+(?P<who>(?:the\s+)?[A-Z][^.;]{2,200})",
)
_ELSEWHERE = re.compile(r"\b(?:listed|see|full text|end of)\b", re.IGNORECASE)
_LEAST_DIGITS = 5


class Trails:
    """Reads registrations and funding by the words of packs."""

    def __init__(self, words: Words) -> None:
        self._registries = words.registries
        self._industry = words.found(AbstractTerm.INDUSTRY)
        self._public = words.found(AbstractTerm.PUBLIC)

    def registration(self, abstract: Abstract) -> Fact[str] | None:
        """The one number under which the study stands in a register; None where there are several."""
        found = {
            re.sub(r"\s+", " ", match[0]): statement.sentence
            for statement in abstract.statements
            for match in self._registries.finditer(statement.plain)
            if sum(c.isdigit() for c in match[0]) >= _LEAST_DIGITS
            and (statement.section is Section.REGISTRATION or _REGISTERED.search(statement.plain)
                 or statement is abstract.statements[-1])
        }  # fmt: skip
        return Fact(*next(iter(found.items()))) if len(found) == 1 else None

    def funding(self, abstract: Abstract) -> Fact[str] | None:
        """Who paid, as the abstract says it in a section or a sentence of its own."""
        told = [s for s in abstract.statements if s.section is Section.FUNDING]
        if told and not _ELSEWHERE.search(told[0].plain):
            text = " ".join(statement.sentence for statement in told)
            return Fact(text.rstrip("."), text)
        for statement in abstract.statements[-3:]:
            match = _FUNDED.search(statement.sentence)
            if match and (self._industry.search(match["who"]) or self._public.search(match["who"])):
                return Fact(match["who"].strip(" ,()"), statement.sentence)
        return None

    def funding_kind(self, funding: Fact[str] | None) -> Fact[Funding] | None:
        """Whether industry paid, where every one who paid is told apart by its name."""
        if funding is None:
            return None
        if re.fullmatch(r"(?:none|no funding|no external funding)\W*", funding.value, re.IGNORECASE):
            return Fact(Funding.NONE, funding.sentence)
        payers = [p for p in re.split(r"[;,]|\band\b", funding.value) if p.strip(" .()")]
        kinds = {
            (bool(self._industry.search(payer)), bool(self._public.search(payer))) for payer in payers
        }
        if kinds == {(False, True)}:
            return Fact(Funding.NON_INDUSTRY, funding.sentence)
        if kinds == {(True, False)}:
            return Fact(Funding.INDUSTRY, funding.sentence)
        return None
