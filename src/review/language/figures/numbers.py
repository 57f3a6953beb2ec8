"""Numbers in words, and shares and multiples: "two thirds", "nine out of ten", "twice as many"."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORD_NUMBERS = {
    **{
        f"{tens}-{digit}": Decimal(10 * t + n)
        for t, tens in enumerate(_TENS, 2)
        for n, digit in enumerate(_ONES, 1)
    },
    **{tens: Decimal(10 * t) for t, tens in enumerate(_TENS, 2)},
    # The longer first, so that "fourteen" is not read as "four".
    **{word: Decimal(number) for number, word in enumerate(_TEENS, 10)},
    **{word: Decimal(number) for number, word in enumerate(_ONES, 1)},
    "a dozen": Decimal(12),
}
NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|" + "|".join(WORD_NUMBERS) + r")"

_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
# A part is one of something, or of how much something changed: "a third session" is no share.
_PART = re.compile(
    r"\b(?P<number>an?|one|two|three|four|seven|nine)[\s-](?P<part>third|quarter|fifth|tenth)s?\b"
    r"(?=\s+(?:of\b(?!\s+an?\s+(?:hour|day|week|month|year))|the|more|less|fewer|higher|lower|longer|shorter"
    r"|greater|faster|better|thicker|increase|reduction|improvement|rise|drop|all|our)\b|\s*[.,;:!?)]|\s*$)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?<!and a )(?<!first )(?<!second )(?<!other )(?<!upper )(?<!lower )(?<!better )(?<!-)\bhalf\b(?!-)"
    r"(?!\s+(?:an?|as|way|past|price|time|term|life|lives|board|day|hour|year|marathon|dose|face|moon"
    r"|empty|full|asleep|sister|brother|mile|hourly|million|billion|dozen)s?\b)",
    re.IGNORECASE,
)
_HALVED = re.compile(r"\b(?:halved|halves|halving)\b", re.IGNORECASE)
_CUT_IN = re.compile(r"\b(?:cut\w*|slash\w*|reduc\w+)\s+(?:[\w-]+\s+){0,3}in\s+$", re.IGNORECASE)
_MULTIPLE = re.compile(
    r"\b(?:(?P<two>twice (?=(?:as|the|its|their|more|what)\b)|doubl(?:es|ed|ing)\b"
    r"|double (?=(?:the|your|its|their|that)\b))"
    r"|(?P<three>thrice |tripl(?:es|ed|ing)\b|triple (?=(?:the|your|its|their)\b))"
    r"|(?P<four>quadrupl(?:es|ed|ing)\b))",
    re.IGNORECASE,
)
_OF_SO_MANY = re.compile(
    rf"(?<![a-z\d])(?<!\d[.,])(?P<share>{NUMBER})\s+(?P<between>in|out of|(?:in|out of|of) every)\s+"
    rf"(?P<all>{NUMBER})(?![\w%]|[.,]\d|\s+(?:hundred|thousand|million|billion)\b)",
    re.IGNORECASE,
)
_SCORED_BEFORE = re.compile(
    r"\b(?:pain|scor\w+|rat(?:ed|es?|ing)|scale|levels?|grad\w+|stars?|marks?|VAS|intensity|severity)\b"
    r"[^.;!?]{0,40}$",
    re.IGNORECASE,
)
_SCORED_AFTER = re.compile(
    r"\s*(?:stars?|points?|on (?:a|the|our)\b[^.;]{0,20}\bscale|for (?:pain|comfort|severity))\b", re.I
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class InWords(NamedTuple):
    """A share, a multiple or a score in words: where it stands, its number, its unit, what it is of.

    `out_of` is the top of a scale, and nought for what is no score.
    """

    start: int
    end: int
    number: Decimal
    unit: str
    out_of: Decimal = Decimal(0)
    is_change: bool = False


def number(text: str, scale: int = 0) -> Decimal:
    """The number that digits or a word give, times ten to the power of `scale`."""
    word = WORD_NUMBERS.get(text.lower())
    value = Decimal(text.replace(",", "")) if word is None else word
    return value.scaleb(scale)


def in_words(text: str) -> Iterator[InWords]:
    """The shares, multiples and scores that `text` gives in words."""
    for match in _HALF.finditer(text):
        is_cut = bool(_CUT_IN.search(text[: match.start()]))
        yield InWords(*match.span(), Decimal(50), "%", is_change=is_cut)
    for match in _HALVED.finditer(text):
        yield InWords(*match.span(), Decimal(50), "%", is_change=True)
    for match in _PART.finditer(text):
        share = Decimal(1) if match["number"].lower() in ("a", "an") else number(match["number"])
        yield InWords(*match.span(), per_cent(share, Decimal(_PARTS[match["part"].lower()])), "%")
    for match in _MULTIPLE.finditer(text):
        value = 2 if match["two"] else 3 if match["three"] else 4
        yield InWords(*match.span(), Decimal(value), "fold")
    yield from _of_so_many(text)


def _of_so_many(text: str) -> Iterator[InWords]:
    for match in _OF_SO_MANY.finditer(text):
        share, every = number(match["share"]), number(match["all"])
        is_year = _FIRST_YEAR <= every <= _LAST_YEAR and "," not in match["all"]
        if share > every or every < 2 or is_year:
            continue
        scored = _SCORED_BEFORE.search(text[: match.start()]) or _SCORED_AFTER.match(text[match.end() :])
        if scored and match["between"].lower() == "out of":
            yield InWords(*match.span(), share, "score", every)
        else:
            yield InWords(*match.span(), per_cent(share, every), "%")


def per_cent(share: Decimal, every: Decimal) -> Decimal:
    """A share of so many in per cent, with as many digits as these were counted with: a third is 33%."""
    digits = max(2, len(every.as_tuple().digits))
    return Context(prec=digits, rounding=ROUND_HALF_UP).divide(100 * share, every)
