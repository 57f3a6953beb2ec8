"""Whether a name is that of a person or of a body, such as an agency or a study group."""

import re

_OF_BODIES = frozenset(
    "administration agency alliance association authority board bureau center centre clinic "
    "collaboration collaborative college commission committee company consortium corporation council "
    "department federation foundation group hospital inc institute institutes institution investigators "
    "laboratories llc ltd ministry network office organisation organization panel program programme "
    "project registry services society team trialists union university".split()
)
_CONNECTIVE = re.compile(r"\b(?:and|of|for|the|on|in|&)\b")


def is_body(name: str) -> bool:
    """Whether a name, without braces, is that of a body by the words in it.

    Where a comma parts the name as that of a person is parted, one such word is not enough: there are
    people called Group and Church.
    """
    before, comma, after = name.partition(",")
    words = [word.strip(".()").lower() for word in before.split()]
    has_word = any(word in _OF_BODIES for word in words)
    if not comma:
        return len(words) > 1 and has_word
    return (len(words) > 1 and has_word) or bool(_CONNECTIVE.search(after))
