"""Characters that change what a reader sees without being seen, and their names."""

INVISIBLE = {
    **{code: f"[U+{code:04X}]" for code in range(0x20) if code not in (0x09, 0x0A)},
    **{code: f"[U+{code:04X}]" for code in range(0x7F, 0xA0)},
    **{code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}
"""Control characters and the marks that turn the direction of text, each with the name shown instead."""


def visible(text: str) -> str:
    """`text` with every such character shown by its name."""
    return text.translate(INVISIBLE)
