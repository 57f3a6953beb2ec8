"""Characters that a document takes from a font of symbols, as characters of Unicode."""

UNKNOWN = "\ufffd"
"""What stands for a sign that cannot be told: it is seen, and counted in the notes."""

# The encoding of Adobe's font Symbol, by the names of its metrics file (Symbol.afm) and Adobe's glyph
# list: from 0x20 on, and from 0xA0 on.
_LOWER = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_�αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼"
)
_UPPER = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…��↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑�����������〉∫⌠�⌡"
_SYMBOL = dict(enumerate(_LOWER, 0x20)) | dict(enumerate(_UPPER, 0xA0))
_PICTURES = ("wingdings", "webdings", "marlett", "mt extra", "zapf")
"""The beginnings of the names of fonts whose characters are pictures; their codes say nothing."""


def symbol(font: str, code: int) -> str:
    """The character that a font shows for a code; `UNKNOWN` where that cannot be told.

    Word keeps the codes of such fonts in a private area of Unicode, from U+F000 on (ISO/IEC 29500-1,
    17.3.3.30, `sym`).
    """
    name = font.lower()
    if name.startswith("symbol"):
        return _SYMBOL.get(code & 0xFF, UNKNOWN)
    if is_private(code) or name.startswith(_PICTURES):
        return UNKNOWN
    return chr(code) if code < 0x110000 else UNKNOWN


def is_private(code: int) -> bool:
    """Whether a code is of the private area of Unicode, where each font has characters of its own."""
    return 0xE000 <= code <= 0xF8FF
