"""Characters that change what a reader sees without being seen, shown by name."""

# Control characters, the marks that turn the direction of text, and the codes that are no characters
# and that XML, UTF-8 or PDF cannot hold.
NAMES = {
    code: f"[U+{code:04X}]"
    for codes in (
        (code for code in range(0x20) if code not in (0x09, 0x0A)),
        range(0x7F, 0xA0),
        range(0x202A, 0x202F),
        range(0x2066, 0x206A),
        range(0xD800, 0xE000),
        range(0xFFFE, 0x10000),
    )
    for code in codes
}
"""Each such character's code with the name shown instead."""


def visible(text: str) -> str:
    """`text` with every invisible character named as in [U+202E]; tabs and line feeds are kept."""
    return text.translate(NAMES)


def on_one_line(name: str) -> str:
    """`name` with every invisible character named, tabs and line feeds too: a file can be called so."""
    return visible(name).replace("\n", "[U+000A]").replace("\t", "[U+0009]")
