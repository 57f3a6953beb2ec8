"""A formula on one line: MathML of a web page, and Office's own markup of Word files."""

from lxml.etree import _Element as Element

from review.ingest.formats.raised import lowered, raised

_NOT_SHOWN = ("annotation", "annotation-xml")
_OPEN, _CLOSE = "begChr", "endChr"


def linear(formula: Element) -> str:
    """The words and signs of a formula from left to right: powers raised, fractions with a slash.

    What has a form of its own in print, such as a sum with its bounds, stands part after part.
    """
    kind = _name(formula)
    parts = [linear(part) for part in formula.iterchildren("*") if _is_shown(part)]
    if kind in ("msup", "sSup") and len(parts) == 2:
        return parts[0] + raised(parts[1])
    if kind in ("msub", "sSub") and len(parts) == 2:
        return parts[0] + lowered(parts[1])
    if kind in ("msubsup", "sSubSup") and len(parts) == 3:
        return parts[0] + lowered(parts[1]) + raised(parts[2])
    if kind in ("mfrac", "f") and len(parts) == 2:
        return "/".join(map(_grouped, parts))
    if kind in ("msqrt", "rad"):
        return f"√{_grouped(''.join(parts))}"
    if kind == "d":
        return f"{_fence(formula, _OPEN, '(')}{', '.join(parts)}{_fence(formula, _CLOSE, ')')}"
    return "".join(parts) if parts else " ".join((formula.text or "").split())


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_shown(part: Element) -> bool:
    # Office keeps the properties of each part in a part whose name ends so.
    return _name(part) not in _NOT_SHOWN and not _name(part).endswith("Pr")


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"


def _fence(delimiter: Element, which: str, usual: str) -> str:
    """The sign that opens or closes what Office puts between signs; empty where there is to be none."""
    mark = delimiter.find(f"{{*}}dPr/{{*}}{which}")
    return usual if mark is None else next(iter(mark.attrib.values()), "")
