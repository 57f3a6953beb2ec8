"""Text whose unseen characters are shown by name.

Control characters and the marks that turn the direction of text change what a reader sees without being
seen themselves; no format of the report lets them through.
"""

_NAMED = {
    **{code: f"[U+{code:04X}]" for code in range(0x20) if code not in (0x09, 0x0A)},
    **{code: f"[U+{code:04X}]" for code in range(0x7F, 0xA0)},
    **{code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}


def visible(text: str) -> str:
    """`text` with control characters and direction marks by name; tab and line feed stay."""
    return text.translate(_NAMED)
