"""Numbers with the word they count, in the singular or the plural."""


def counted(number: int, singular: str, plural: str = "") -> str:
    """`number` with the word for it; the plural is the singular and an s if not given."""
    return f"{number} {singular if number == 1 else plural or f'{singular}s'}"
