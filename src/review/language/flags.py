"""Advertising-substantiation flags: wordings that need something before they are published.

The patterns screen; they do not judge, and they are not legal advice. They were written while reading
the five pages of this review, so they say nothing about pages they have not seen. F09 is not used.
Basis: the FTC's Health Products Compliance Guidance (2022), the FDA's public notices on exosome
products (2019), the UK CAP Code section 12, and our own conventions, as named with each flag.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from review.language.sentences import Span, sentence_spans
from review.model.vocabulary import Severity

NOTICE = "Flags are a screening aid, not legal advice."


class Jurisdiction(StrEnum):
    """Whose rule a flag rests on."""

    US = "United States"
    UK = "United Kingdom"
    GENERAL = "general"


class Ground(StrEnum):
    """What the words of a flag lay claim to, where a rule asks for it."""

    ESTABLISHMENT = "establishment"
    ABSOLUTE_SAFETY = "absolute safety"
    APPROVAL = "approval"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag: what it looks for, how serious it is, on what it rests and what would clear it.

    `ground` is None where no rule asks what the words lay claim to.
    """

    flag: str
    title: str
    pattern: re.Pattern[str]
    severity: Severity
    jurisdiction: Jurisdiction
    basis: str
    clears: str
    ground: Ground | None = None

    @property
    def is_blocking(self) -> bool:
        """Whether it speaks against publishing the words as they are."""
        return self.severity is Severity.BLOCK


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a flag, or a disclosure, was met on a page."""

    flag: Flag
    start: int
    end: int
    span: str


def _flag(
    flag: str,
    title: str,
    pattern: str,
    severity: Severity,
    jurisdiction: Jurisdiction,
    basis: str,
    clears: str,
    ground: Ground | None = None,
) -> Flag:
    compiled = re.compile(pattern, re.IGNORECASE)
    return Flag(flag, title, compiled, severity, jurisdiction, basis, clears, ground)


FLAGS = (
    _flag(
        "F01",
        "says that studies establish it",
        r"\b(?:clinically|scientifically|medically)\s+(?:been\s+)?"
        r"(?:proven|shown|tested|demonstrated|validated|studied)\b"
        r"|\b(?:clinical|new|current)\s+(?:studies|trials|data|results|research)\b"
        r"|\b(?:studies|research|trials?)\b[^.!?\n]{0,25}"
        r"\b(?:show|shows|shown|showed|suggest|indicate|prove|claim)\w*"
        r"|\bproven\b|\bdata supporting\b",
        Severity.BLOCK,
        Jurisdiction.US,
        "FTC guidance: a claim of proof needs at least the proof it names",
        "a randomised trial in people of this product, population and outcome; "
        "for 'proven' at least moderate certainty",
        Ground.ESTABLISHMENT,
    ),
    _flag(
        "F02",
        "promises safety without limits",
        r"\bno\s+(?:contraindications?|side[- ]effects?|risks?|downtime)\b"
        r"|\b(?:100\s?%|completely|totally|perfectly|absolutely)\s+safe\b"
        r"|\bdoes not hurt\b|\b(?:painless|risk[- ]free)\b"
        r"|\bevery possible downside can be avoided\b|\bsafe and (?:highly )?effective\b"
        r"|\bensuring patient safety\b|\babsence of any infectious\b",
        Severity.BLOCK,
        Jurisdiction.GENERAL,
        "absolute safety cannot be shown; FDA notices report harm from exosome products",
        "harms counted against the number treated; nothing clears 'no contraindications'",
        Ground.ABSOLUTE_SAFETY,
    ),
    _flag(
        "F03",
        "speaks of permanence or cure",
        r"\bpermanent(?:ly)?\b|\bcures?\b|\bforever\b|\blife[- ]?long\b",
        Severity.BLOCK,
        Jurisdiction.GENERAL,
        "follow-up must reach as far as the claim does",
        "follow-up at least as long as the claim",
    ),
    _flag(
        "F04",
        "implies a regulator's approval",
        r"\b(?:FDA|Food\s*(?:&|and)\s*Drug Administration|AATB|American Association of Tissue Banks)\b",
        Severity.BLOCK,
        Jurisdiction.US,
        "FDA notice of December 2019: no exosome product is approved",
        "the approval or investigational number of this product for this use",
        Ground.APPROVAL,
    ),
    _flag(
        "F05",
        "names a disease",
        r"\balopecia areata\b|\blyme\b|\brheumatoid arthritis\b|\bRA\b|\bcancer\b"
        r"|\bjoint regeneration\b|\bsexual function\w*|\binflammatory-based conditions\b",
        Severity.REVIEW,
        Jurisdiction.US,
        "a disease claim for a product without approval makes it an unapproved drug",
        "an approved indication; background and safety questions clear after review",
    ),
    _flag(
        "F06",
        "compares or claims to be best",
        r"\bsuperior\b|\bbetter than\b|\bmight be better\b|\bgreatest\b|\bbreakthrough\b"
        r"|\bcutting-edge\b|\bnext frontier\b|\bfew\b[^.]{0,20}\bas capable as\b|\breplace every\b"
        r"|\bindustry-changing\b|\bbeat all\b|\bmost promising\b",
        Severity.REVIEW,
        Jurisdiction.UK,
        "CAP Code: comparisons need evidence against what is compared",
        "a randomised trial against the treatment named",
        Ground.COMPARISON,
    ),
    _flag(
        "F07",
        "offers anecdotes as proof",
        r"\banecdotal\b|\btestimonials?\b|\bdramatic results\b|\btremendous efficacy\b"
        r"|\bour patients\b|\bbefore and after\b|\bamazing results\b",
        Severity.REVIEW,
        Jurisdiction.US,
        "anecdotes substantiate nothing; typical results must be stated",
        "the result generally to be expected, and a randomised trial",
    ),
    _flag(
        "F08",
        "gives a percentage",
        r"\b\d+(?:\.\d+)?\s?%",
        Severity.REVIEW,
        Jurisdiction.GENERAL,
        "a figure needs its source, population and comparator (our convention)",
        "a citation with the same figure, population and comparator",
    ),
    _flag(
        "F10",
        "promises a result",
        r"\bguarantee\w*|\bwill (?:regrow|restore|regenerate)\b|\bcan expect\b"
        r"|\bpatients can start seeing\b",
        Severity.REVIEW,
        Jurisdiction.UK,
        "no result of a treatment may be guaranteed",
        "nothing: take the promise out",
    ),
    _flag(
        "F11",
        "says how long the product stays",
        r"\b(?:present|active|last|stay)\b[^.!?\n]{0,40}\b\d+\s*(?:to|-|–)\s*\d+\s*"
        r"(?:months?|weeks?|years?)\b",
        Severity.REVIEW,
        Jurisdiction.GENERAL,
        "persistence must be measured (our convention)",
        "measurements in people, or follow-up of that length",
    ),
    _flag(
        "F12",
        "calls exosomes stem cells",
        r"\bexosomes are stem cells\b|\bstem cells, including exosomes\b",
        Severity.BLOCK,
        Jurisdiction.GENERAL,
        "exosomes are vesicles, not cells",
        "a factual correction",
    ),
    _flag(
        "F13",
        "rests on animals or cells",
        r"\b(?:mice|mouse|murine|rats?|animal stud\w+|studies on animals|in vitro|cell culture"
        r"|laborator\w+)\b",
        Severity.REVIEW,
        Jurisdiction.US,
        "FTC guidance: animal and laboratory work is background only",
        "confirmation in people, or 'in mice' in the same sentence",
    ),
    _flag(
        "F14",
        "revives dead follicles",
        r"\b(?:dead|dormant|inactive)\b[^.!?\n]{0,25}\bfollicles?\b"
        r"|\bfollicles?\b[^.!?\n]{0,60}\b(?:dead|inactive)\b",
        Severity.REVIEW,
        Jurisdiction.GENERAL,
        "nothing of the kind has been shown in people (our convention)",
        "data in people",
    ),
)

DISCLOSURE = Flag(
    "D1",
    "discloses the regulatory status",
    re.compile(
        r"(?:\bnot|n[’']t|\byet to be|\bno)\b[^.!?\n]{0,40}\b(?:FDA|approved|cleared)\b"
        r"|\bFDA\b[^.!?\n]{0,20}(?:\bnot|n[’']t)\b",
        re.IGNORECASE,
    ),
    Severity.INFORM,
    Jurisdiction.US,
    "a truthful denial of approval counts for the page",
    "nothing to clear",
)


def hits(text: str) -> Iterator[Hit]:
    """Every flag met in `text`, in reading order; a truthful denial of approval is a disclosure.

    A regulator named in a sentence that denies approval implies none: that hit is given as
    `DISCLOSURE`. Patterns are matched on the text as it stands, so that offsets hold.
    """
    matches = [(flag, match) for flag in FLAGS for match in flag.pattern.finditer(text)]
    denying = _denying(text) if any(flag.ground is Ground.APPROVAL for flag, _ in matches) else []
    found = [
        Hit(_denied(flag, match.start(), denying), match.start(), match.end(), match[0])
        for flag, match in matches
    ]
    return iter(sorted(found, key=lambda hit: (hit.start, hit.flag.flag)))


def _denying(text: str) -> list[Span]:
    """The sentences that deny an approval."""
    return [span for span in sentence_spans(text) if DISCLOSURE.pattern.search(span.of(text))]


def _denied(flag: Flag, at: int, denying: list[Span]) -> Flag:
    is_denial = flag.ground is Ground.APPROVAL and any(span.start <= at < span.end for span in denying)
    return DISCLOSURE if is_denial else flag
