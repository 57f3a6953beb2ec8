"""Names that no two things share, where a file format allows only short ones."""

from collections.abc import Iterable


def unique_names(stems: Iterable[str], longest: int, joint: str, taken: Iterable[str] = ()) -> list[str]:
    """A name of at most `longest` characters for each stem, all different whatever their case.

    A stem that is taken, also by one of the names `taken`, is numbered from 2 after `joint`.
    """
    used = {name.casefold() for name in taken}
    names = []
    for stem in stems:
        name, number = stem[:longest], 1
        while name.casefold() in used:
            number += 1
            tail = f"{joint}{number}"
            name = f"{stem[: longest - len(tail)]}{tail}"
        used.add(name.casefold())
        names.append(name)
    return names
