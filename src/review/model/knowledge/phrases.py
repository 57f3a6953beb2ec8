"""Phrases: words to look for in a text, written so that a clinician can read them and none can hang.

A phrase is plain words. A space stands for any blanks, a hyphen for a hyphen or a blank, an apostrophe
for either form of it, and case does not count. `*` stands for any letters of a word, `#` for a number,
`(a|b)` for one of several, `[a]` for what may be missing, and `…` for up to 40 characters of the same
sentence (`…25`: up to 25); a backslash takes the sign after it as it stands. `<name>` stands for any
term of that name, such as `<condition>` or `<treats>`, and
`^` for the beginning of a sentence. A phrase begins and ends where words do.

Every repetition has a bound, and so has the number of ways to read a phrase, so that the time to search
a text grows with its length alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

LONGEST_PHRASE = 400
DEEPEST = 3
MOST_READINGS = 30_000
"""In how many ways a phrase may be read at one place of a text: each is a step of a search in vain."""
USUAL_GAP, WIDEST_GAP, LONGEST_STAR = 40, 80, 30
"""How many characters a gap holds where no number follows it, a gap at most, and a star."""
_TOKEN = re.compile(
    r"\s*…(?P<gap>\d*)\s*|(?P<start>\^)\s*|(?P<blank>\s+)|<(?P<term>[a-z][a-z-]*)>|\\(?P<literal>.)|(?P<sign>.)",
    re.DOTALL,
)
_SIGNS = {
    "*": rf"\w{{0,{LONGEST_STAR}}}",
    # A number is read whole: no part of it is given back.
    "#": r"\d{1,12}+(?:[.,]\d{1,12}+){0,3}+",
    "-": r"[-‐‑–\s]",
    "'": "['’]",
    "’": "['’]",
    "(": "(?:",
    "[": "(?:",
    "|": "|",
    ")": ")",
    "]": ")?",
}
_START = r"(?:\A|(?<=\n)|(?<=[.!?]\s)|(?<=\n[-•*]\s))"
"""The beginning of a sentence or a line."""
_CLOSES = {"(": ")", "[": "]"}
_LEFT_OUT = re.compile(r"(?:^|(?<=\s))\[([^\[\]]*)\]\s+")
_LEFT_OUT_LAST = re.compile(r"\s+\[([^\[\]]*)\]$")


@lru_cache(maxsize=256)
def finder(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of `phrases` in a text, the earlier phrase first where two begin alike.

    Raises ValueError for what is no phrase, and KeyError for one that names a term.
    """
    return term_finder(phrases, {})


def term_finder(phrases: Iterable[str], terms: Mapping[str, str]) -> re.Pattern[str]:
    """What finds any of `phrases`, where `terms` are the patterns of the terms that they name.

    Raises ValueError for what is no phrase, and KeyError for a term without a pattern.
    """
    # Nothing to look for is found nowhere.
    pattern = "|".join(_bounded(phrase, terms) for phrase in phrases) or r"(?!)"
    return re.compile(pattern, re.IGNORECASE)


def terms_named(phrase: str) -> frozenset[str]:
    """The names of the terms that a phrase holds."""
    return frozenset(token["term"] for token in _TOKEN.finditer(phrase) if token["term"])


def lower_finder(phrases: Iterable[str]) -> re.Pattern[str]:
    """What finds any of `phrases` in a text in lower case, in half the time of `finder`."""
    return re.compile("|".join(_bounded(phrase.lower()) for phrase in phrases) or r"(?!)")


def check_phrase(phrase: str) -> str:
    """The phrase itself. Raises ValueError where it cannot be read, or would be found everywhere."""
    if len(phrase) > LONGEST_PHRASE:
        raise ValueError(f"a phrase has at most {LONGEST_PHRASE} characters")
    named = terms_named(phrase)
    pattern = re.compile(_bounded(phrase, dict.fromkeys(named, "some term")))
    if _readings(phrase) > MOST_READINGS:
        raise ValueError("the phrase can be read in too many ways: use fewer brackets, stars or gaps")
    # Nothing, a blank or any one letter would be found everywhere.
    if pattern.search("") or pattern.search(" ") or pattern.fullmatch("x"):
        raise ValueError("the phrase names no word, so it would be found everywhere")
    return phrase


def inner(phrase: str, terms: Mapping[str, str] = MappingProxyType({})) -> str:
    """The phrase as a pattern that may follow anything and ends where a word does."""
    return f"(?:{''.join(_parts(phrase, terms))}){_end(phrase)}"


def _bounded(phrase: str, terms: Mapping[str, str] = MappingProxyType({})) -> str:
    """The phrase as a pattern that begins and ends where words do."""
    # Where a side ends in a sign such as "%", there is no word to be cut.
    before = r"(?<!\w)" if re.match(r"[\w*#(\[<]", phrase) else ""
    return f"{before}{inner(phrase, terms)}"


def _end(phrase: str) -> str:
    return r"(?!\w)" if re.search(r"[\w*#)\]>]$", phrase) else ""


def _readings(phrase: str) -> int:
    """In how many ways `phrase` can be read: choices in a row multiply, those between bars add up."""
    # One list for each open bracket: how many readings each of its alternatives has.
    open_brackets = [[1]]
    tokens = list(_tokens(phrase))
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        sign = token["sign"]
        if token["gap"] is not None:
            open_brackets[-1][-1] *= int(token["gap"] or USUAL_GAP) + 1
        elif sign in _CLOSES:
            open_brackets.append([1])
        elif sign == "|":
            open_brackets[-1].append(1)
        elif sign in _CLOSES.values():
            choices = sum(open_brackets.pop()) + (sign == "]")
            open_brackets[-1][-1] *= choices
        # A star that ends its word can be read in one way.
        elif sign == "*" and following and re.match(r"[\w*#(\[\\]", following[0]):
            open_brackets[-1][-1] *= LONGEST_STAR + 1
    return open_brackets[0][0]


def _tokens(phrase: str) -> Iterator[re.Match[str]]:
    # Where a word is missing, the blank beside it is missing too.
    return _TOKEN.finditer(_LEFT_OUT_LAST.sub(r"[ (\1)]", _LEFT_OUT.sub(r"[(\1) ]", phrase)))


def _parts(phrase: str, terms: Mapping[str, str]) -> Iterator[str]:
    open_signs: list[str] = []
    for token in _tokens(phrase):
        if token["gap"] is not None:
            yield _gap(token["gap"])
        elif token["start"]:
            yield _START
        elif token["blank"]:
            yield r"\s{1,8}"
        elif token["term"]:
            yield f"(?:{terms[token['term']]})"
        elif token["literal"]:
            yield re.escape(token["literal"])
        else:
            sign = token["sign"]
            _balance(sign, open_signs)
            yield _SIGNS.get(sign) or re.escape(sign)
    if open_signs:
        raise ValueError(f"{open_signs[-1]!r} is not closed")


def _gap(width: str) -> str:
    size = int(width or USUAL_GAP)
    if size > WIDEST_GAP:
        raise ValueError(f"a gap has at most {WIDEST_GAP} characters")
    # As few characters as will do, so that of several things named after a verb the nearest is taken.
    # A gap lies between words: "show … hair" is not found in "showhair" nor in "shower of chair".
    # The point of "99.9%" ends no sentence.
    return rf"(?:(?!\w)|(?<=\s))(?:[^.!?\n]|(?<=\d)\.(?=\d)){{0,{size}}}?(?<!\w)"


def _balance(sign: str, open_signs: list[str]) -> None:
    if sign in _CLOSES:
        open_signs.append(sign)
        if len(open_signs) > DEEPEST:
            raise ValueError(f"brackets stand within each other at most {DEEPEST} deep")
    elif sign in _CLOSES.values() and (not open_signs or _CLOSES[open_signs.pop()] != sign):
        raise ValueError(f"{sign!r} closes nothing")
    elif sign == "|" and not open_signs:
        raise ValueError("'|' stands between brackets only")


def parted(value: object) -> object:
    """The parts of a cell between bars, as a tuple; what is no text is given back as it is."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in _between_bars(value)) if value.strip() else ()


def _between_bars(text: str) -> Iterator[str]:
    """The parts of `text` between bars that stand in no bracket."""
    depth, part = 0, ""
    for sign in text:
        depth += (sign in _CLOSES) - (sign in _CLOSES.values())
        if sign == "|" and depth == 0:
            yield part
            part = ""
        else:
            part += sign
    yield part


OURS = "ours"
"""In the context of a validation: the phrases come with the package, whose tests have checked them."""


def _checked(phrase: str, info: ValidationInfo) -> str:
    # A quarter of a second of every start would go into reading again what cannot have changed.
    return phrase if info.context == OURS else check_phrase(phrase)


Phrase = Annotated[str, StringConstraints(min_length=1), AfterValidator(_checked)]
"""The type of a field that holds a phrase."""
Phrases = Annotated[tuple[Phrase, ...], BeforeValidator(parted)]
"""The type of a field that holds several, in a list or in one cell with bars between them."""
