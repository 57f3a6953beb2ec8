"""A comparison told: as plain text, as a Markdown comment for a pull request, and as JSON."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.differences.model import (
    Cause,
    ClaimChange,
    Comparison,
    How,
    Outdated,
    StandingChange,
    Turn,
    Why,
)
from review.differences.words import Phrase, Quote, Term, joined, markdown, plain, whole
from review.model.version import __version__

COMMENT = 60_000
"""How long a Markdown comment may become, in characters; the code hosts refuse longer ones."""

BRIEF = 20
"""How many of the differences that decided nothing are listed in plain text."""


@dataclass(frozen=True, slots=True)
class _ListedChange:
    head: Phrase
    lines: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class _ChangeSection:
    title: str
    items: tuple[_ListedChange, ...]
    is_brief: bool = False


def as_plain(comparison: Comparison) -> str:
    """The comparison for a terminal; of what decided nothing, the first differences only."""
    lines = [plain(phrase) for phrase in _head(comparison)]
    for section in _sections(comparison):
        listed = section.items[:BRIEF] if section.is_brief else section.items
        lines += ["", f"{section.title} ({len(section.items)})", ""]
        for item in listed:
            lines += [f"  {plain(item.head)}", *(f"      {plain(line)}" for line in item.lines)]
        if len(listed) < len(section.items):
            lines.append(f"  … and {len(section.items) - len(listed)} more: --json lists them")
    return "\n".join(lines) + "\n"


def as_markdown(comparison: Comparison) -> str:
    """The comparison as a comment: text of the evidence stands in code spans, where nothing is live.

    What would make the comment too long is left out, and counted.
    """
    blocks = ["### What changed in the review", *(markdown(phrase) for phrase in _head(comparison))]
    # Two more for the empty line between two blocks.
    room = COMMENT - sum(len(block) + 2 for block in blocks)
    for section in _sections(comparison):
        block = _markdown_section(section, room)
        room -= len(block) + 2
        blocks.append(block)
    return "\n\n".join(blocks) + "\n"


_FRAME = 300
"""Room for what a section holds besides its items."""


def _markdown_section(section: _ChangeSection, room: int) -> str:
    room -= _FRAME
    listed: list[str] = []
    for item in section.items:
        text = "\n".join([f"- {markdown(item.head)}", *(f"  - {markdown(x)}" for x in item.lines)])
        if len(text) + 1 > room:
            break
        room -= len(text) + 1
        listed.append(text)
    if len(listed) < len(section.items):
        listed.append(f"- … and {len(section.items) - len(listed)} more, left out of this comment")
    title = f"{section.title} ({len(section.items)})"
    items = "\n".join(listed)
    if section.is_brief:
        return f"<details><summary>{title}</summary>\n\n{items}\n\n</details>"
    return f"#### {title}\n\n{items}"


def as_json(comparison: Comparison) -> str:
    """The whole comparison as one JSON object; nothing is cut."""
    data = {
        "old": {"name": comparison.old.name, "as_of": comparison.old.as_of},
        "new": {"name": comparison.new.name, "as_of": comparison.new.as_of},
        "causes": "read from the reports" if comparison.how is How.READ else "tried one at a time",
        "notes": [whole(note) for note in comparison.notes],
        "verdicts": {
            verdict: {"before": count, "after": comparison.new.verdicts[verdict]}
            for verdict, count in comparison.old.verdicts.items()
        },
        "claims": [_claim_data(change) for change in comparison.claims],
        "standings": [_standing_data(change) for change in comparison.standings],
        "decisions_now_on_earlier_evidence": [
            {name: getattr(taken, name) for name in ("claim", "decision", "reviewer", "role", "date")}
            for taken in comparison.outdated
        ],
        "other_differences": [_cause_data(cause) for cause in comparison.others],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _claim_data(change: ClaimChange) -> dict[str, object]:
    return {
        "claim": change.claim,
        "page": change.page,
        "change": str(change.turn),
        "quote_before": change.quote_before,
        "quote": change.quote,
        "before": change.before,
        "after": change.after,
        "reasons": list(change.now),
        **_why_data(change.why),
    }


def _standing_data(change: StandingChange) -> dict[str, object]:
    return {
        "proposition": change.proposition,
        "statement": change.statement,
        "change": str(change.turn),
        "facets": [
            {"name": facet.name, "before": facet.before, "after": facet.after} for facet in change.facets
        ],
        **_why_data(change.why),
    }


def _why_data(why: Why | None) -> dict[str, object]:
    if why is None:
        return {}
    return {"how": str(why.how), "causes": [_cause_data(cause) for cause in why.causes]}


def _cause_data(cause: Cause) -> dict[str, str]:
    return {"kind": cause.kind, "key": cause.key, "said": whole(cause.phrase)}


FORMS: Mapping[str, Callable[[Comparison], str]] = {
    "plain": as_plain,
    "markdown": as_markdown,
    "json": as_json,
}


def _head(comparison: Comparison) -> Iterator[Phrase]:
    """What was compared, how, and the answer in one sentence."""
    yield ("From ", Term(comparison.old.name), " to ", Term(comparison.new.name), ".")
    if comparison.is_empty:
        yield ("Nothing differs.",)
        return
    if comparison.how is How.READ:
        yield (
            "Causes are read from the reports: they name what differs there, and none was tried alone.",
        )
    else:
        yield (
            "Both are judged on ",
            Term(comparison.new.as_of),
            f" by the rules of version {__version__}; every cause was tried in the earlier evidence.",
        )
    yield from comparison.notes
    yield (_answer(comparison),)
    yield ("Claims by verdict: ", *joined(_counts(comparison), ", "), ".")


def _counts(comparison: Comparison) -> Iterator[Phrase]:
    for verdict, before in comparison.old.verdicts.items():
        after = comparison.new.verdicts[verdict]
        yield (verdict, f" {before} → {after}" if before != after else f" {before}")


_ANSWERS = {
    Turn.WORSE: "worsened",
    Turn.BETTER: "improved",
    Turn.OTHER: "changed otherwise",
}


def _answer(comparison: Comparison) -> str:
    counts = {turn: sum(change.turn is turn for change in comparison.claims) for turn in Turn}
    verdicts = ", ".join(f"{counts[turn]} {word}" for turn, word in _ANSWERS.items())
    return (
        f"Verdicts: {verdicts}. Claims: {counts[Turn.ADDED]} added, {counts[Turn.GONE]} gone, "
        f"{counts[Turn.EDITED]} edited with the same verdict. Standings changed: "
        f"{len(comparison.standings)}. Decisions now on earlier evidence: {len(comparison.outdated)}. "
        f"Other differences: {len(comparison.others)}."
    )


_TITLES = {
    Turn.WORSE: "Verdicts that worsened",
    Turn.BETTER: "Verdicts that improved",
    Turn.OTHER: "Verdicts that changed otherwise",
    Turn.ADDED: "Claims added",
    Turn.GONE: "Claims gone",
    Turn.EDITED: "Claims edited, with the same verdict",
}


def _sections(comparison: Comparison) -> Iterator[_ChangeSection]:
    """What there is to tell, the most important first; empty sections are left out."""
    if comparison.is_empty:
        return
    others = tuple(_ListedChange(cause.phrase) for cause in comparison.others)
    sections = [
        *(
            _ChangeSection(title, tuple(_claim(c) for c in comparison.claims if c.turn is turn))
            for turn, title in _TITLES.items()
        ),
        _ChangeSection(
            "Standings that changed", tuple(_standing(change) for change in comparison.standings)
        ),
        _ChangeSection(
            "Decisions now on earlier evidence", tuple(_outdated(t) for t in comparison.outdated)
        ),
        _ChangeSection(
            "Other differences, which changed no verdict and no standing", others, is_brief=True
        ),
    ]
    yield from (section for section in sections if section.items)


def _claim(change: ClaimChange) -> _ListedChange:
    head: Phrase = (Term(change.claim), " on ", Term(change.page), ": ")
    if change.before and change.after and change.before != change.after:
        head = (*head, Term(change.before), " → ", Term(change.after))
    else:
        head = (*head, Term(change.after or change.before))
    if change.turn in (Turn.ADDED, Turn.GONE) or change.quote_before == change.quote:
        quotes: tuple[Phrase, ...] = ((Quote(change.quote or change.quote_before),),)
    else:
        quotes = (("Before: ", Quote(change.quote_before)), ("Now: ", Quote(change.quote)))
    shows_reasons = change.turn in _ANSWERS
    reasons = tuple(("Verdict now: ", Term(text)) for text in change.now) if shows_reasons else ()
    return _ListedChange(head, (*quotes, *_why(change.why), *reasons))


def _standing(change: StandingChange) -> _ListedChange:
    facets = tuple(
        (f"{facet.name}: ", Term(facet.before), " → ", Term(facet.after)) for facet in change.facets
    )
    statement: Phrase = (Quote(change.statement),)
    return _ListedChange((Term(change.proposition),), (statement, *facets, *_why(change.why)))


def _outdated(taken: Outdated) -> _ListedChange:
    by = (" by ", Term(taken.reviewer), " (", Term(taken.role), ") on ", Term(taken.date))
    return _ListedChange((Term(taken.claim), ": ", Term(taken.decision), *by))


_SEVERAL = {
    How.ALONE: "Each of these alone would cause it:",
    How.TOGETHER: "These cause it together, and none of them alone:",
    How.READ: "These differences in the reports may explain it:",
}


def _why(why: Why | None) -> Sequence[Phrase]:
    """The causes of a change, one a line."""
    if why is None:
        return []
    if not why.causes:
        return [("Nothing in the reports explains it.",)]
    if len(why.causes) == 1:
        word = "May be explained by" if why.how is How.READ else "Caused by"
        return [(f"{word}: ", *why.causes[0].phrase)]
    numbered = [(f"({number}) ", *cause.phrase) for number, cause in enumerate(why.causes, start=1)]
    return [(_SEVERAL[why.how],), *numbered]
