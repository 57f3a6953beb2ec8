"""Numbers with the word they count, in the singular or the plural."""


def counted(number: int, one: str, many: str = "") -> str:
    """`number` with `one` or with `many`, which is `one` and an s if not given."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
