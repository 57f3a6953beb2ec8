"""The text of BibTeX values without the marks of LaTeX, for what bibliographies hold of it.

A command that is not known here stays as it is written, so that nothing is lost in silence; a dollar
sign is a mark only where mathematics stands between two of them, for prices have it too.
"""

import re
from unicodedata import normalize

from review.model.superscripts import raised

_ESCAPE = re.compile(r"\\([&%$#_{}])")
_ESCAPE_OR_MARK = re.compile(_ESCAPE.pattern + r"|[{}]|---?")
_DASHES = {"--": "–", "---": "—"}
# A letter is an accent only where a blank, a brace or a command follows: \c{c}, not \cite.
_ACCENTED = re.compile(
    r"""\\(?:([`'^"~=.])|([cdvuHkr])(?=[ {\\])) *"""
    r"""(?:\{ *(?:([^\W\d_])|\\([ij])\b) *\}|([^\W\d_])|\\([ij])\b ?)"""
)
_ACCENTS = dict(
    zip(
        "`'^\"~=.cdvuHkr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0327\u0323\u030c\u0306\u030b\u0328\u030a",
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
        "tau upsilon phi chi psi omega".split(),
        "αβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
_SYMBOLS = {
    **_GREEK,
    **{name.capitalize(): letter.upper() for name, letter in _GREEK.items()},
    **{f"text{name}": letter for name, letter in _GREEK.items()},
    **dict(ss="ß", o="ø", O="Ø", l="ł", L="Ł", ae="æ", AE="Æ", oe="œ", OE="Œ", aa="å", AA="Å", i="ı"),
    **dict(pm="±", times="×", cdot="·", geq="≥", ge="≥", leq="≤", le="≤", neq="≠", approx="≈", sim="∼"),
    **dict(infty="∞", rightarrow="→", to="→", circ="°", degree="°", textdegree="°", textmu="µ"),
    **dict(textregistered="®", texttrademark="™", textcopyright="©", copyright="©", S="§"),
    **dict(textendash="–", textemdash="—", ldots="…", dots="…", textless="<", textgreater=">"),
    **dict(textquoteright="’", textquoteleft="‘", textquotedblleft="“", textquotedblright="”"),
    **dict(textasciitilde="~", textbackslash="\\", slash="/", textbar="|"),
}
_NAMED = rf"\\({'|'.join(sorted(_SYMBOLS, key=len, reverse=True))})(?![A-Za-z])"
# In a text the blank after a command only ends it; in mathematics it stands beside a sign.
_SYMBOL, _SYMBOL_IN_MATHEMATICS = re.compile(rf"{_NAMED}(?:\{{\}}| )?"), re.compile(_NAMED)
_MARKUP = re.compile(
    r"\\(?:emph|text(?:it|bf|sc|sf|tt|rm|up|sl|normal|subscript)|text|underline|mbox|enquote|mkbib\w+|math\w+"
    r"|ensuremath)\s*(?=\{)|\\(?:em|it|bf|sc|sl|tt|rm|itshape|bfseries|scshape|upshape)(?![A-Za-z])\s?|\\/"
)
_MATHEMATICS = re.compile(r"(?<!\\)\$((?:\\.|[^$\\]){1,200})\$")
_IS_MATHEMATICS = re.compile(r"\\[A-Za-z,;!]|[\^_]|^\s*[<>=+−-]+\s*$")
_RAISED = re.compile(r"\\textsuperscript\s*\{([^{}]{1,40})\}")
_RAISED_IN_MATHEMATICS = re.compile(r"\^(?:\{([^{}]{1,40})\}|(\w))")
_LOWERED_OR_SPACE = re.compile(r"(?<!\\)_|\\[,;!]")
_TIE = re.compile(r"(?<=[\w.,;:)}])~(?=[\w\\({$])")


def plain_text(value: str) -> str:
    """A BibTeX value as a reader sees it: accents composed, without commands, braces and escapes."""
    if "\\" in value or "$" in value:
        value = _RAISED.sub(lambda match: raised(match[1]), _MATHEMATICS.sub(_without_dollars, value))
        # Twice, for a letter may have two accents.
        value = _ACCENTED.sub(_accented, _ACCENTED.sub(_accented, value))
        # Symbols last: a backslash that is one of the text must not become part of a command.
        value = _SYMBOL.sub(_symbol, _MARKUP.sub("", value))
    value = _TIE.sub(" ", value)
    if "``" in value:
        value = value.replace("``", "“").replace("''", "”")
    return _ESCAPE_OR_MARK.sub(lambda match: match[1] or _DASHES.get(match[0], ""), value)


def address(value: str) -> str:
    """A BibTeX value that is an address or a DOI: escapes resolved, nothing else changed."""
    return _ESCAPE.sub(r"\1", value)


_ESCAPED = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": "{~}",
}


def escaped(text: str) -> str:
    """A text as a BibTeX value that `plain_text` reads as that text again."""
    return "".join(_ESCAPED.get(sign, sign) for sign in text)


def _accented(match: re.Match[str]) -> str:
    return normalize("NFC", "".join(filter(None, match.groups()[2:])) + _ACCENTS[match[1] or match[2]])


def _symbol(match: re.Match[str]) -> str:
    return _SYMBOLS[match[1]]


def _without_dollars(match: re.Match[str]) -> str:
    if not _IS_MATHEMATICS.search(match[1]):
        return match[0]
    text = _RAISED_IN_MATHEMATICS.sub(lambda power: raised(power[1] or power[2]), match[1])
    return _SYMBOL_IN_MATHEMATICS.sub(_symbol, _LOWERED_OR_SPACE.sub("", text))
