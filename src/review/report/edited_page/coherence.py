"""What else has to go so that a page from which sentences were taken reads as English.

Nothing here touches a sentence that somebody decided on, and a sentence that warns always stays: where
it leans on words that went, its comment says so and a person rewrites its beginning.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from review.language.cues import NO_CLAIM
from review.language.leaning import (
    Lean,
    is_bare_answer,
    lean_of,
    link_within,
    links_and_reasons,
    may_lean,
)
from review.report.edited_page.outline import Fate, LineKind, Outline, Passage
from review.report.edited_page.plan import SUGGESTED

LEANING = "It stays, and it points back at words that change: a person has to rewrite its beginning."
ANSWER = "Suggested to be taken out: it answers yes or no to what is taken out or changed beside it."
QUESTION = "Suggested to be taken out: nothing is left that answers it."
LIST = "Suggested to be taken out: nothing is left of the list or the text that it leads to."
ITEM = "Suggested to be taken out: the words that lead to this list change. Rewrite them to keep it."
LEADS = "It stays for the warnings in its list, which need it: a person has to rewrite it."
HELD = "Left as it is: the next sentence leans on it. A person has to rewrite the two together."
ANSWERED = "Left as it is: what is left would not answer the question above. Rewrite the whole answer."
MEMBER = "Left as it is: without it the rest of the list would say something else."
TWICE = "Suggested to be taken out: its suggested wording stands here already."
LINKING = "Suggested: without its linking words, since what it was linked with changes."

_WIDE_GAP = 2  # empty lines that part a text from what stands before it
_NAMING = 6  # the words of a sentence that name what it speaks of, from its beginning
_STOPS = (".", "!", "?", ":", ".”", '."', ".)", "…")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MANY = re.compile(r"\b(?:they|their|theirs|them|themselves)\b", re.IGNORECASE)


def settle(outline: Outline, date: str) -> None:
    """Take out, or cut, what cannot stand once the sentences that go are gone."""
    _keep_needed_lead_ins(outline)
    _keep_members(outline)
    _say_once(outline)
    while True:
        _keep_answers(outline)
        before = [(passage.fate, passage.is_cut) for passage in outline.passages]
        for passage, note in _falling(outline):
            passage.fate, passage.note = Fate.GONE, note
            passage.author, passage.date = SUGGESTED, date
        _settle_leaning(outline, date)
        if before == [(passage.fate, passage.is_cut) for passage in outline.passages]:
            return


def _falling(outline: Outline) -> Iterator[tuple[Passage, str]]:
    """The sentences that cannot stand for want of what follows them, each with why."""
    for rule, note in ((_idle_questions, QUESTION), (_hollow_answers, ANSWER), (_empty_lead_ins, LIST),
                       (_unled_items, ITEM), (_empty_headings, QUESTION)):  # fmt: skip
        for passage in rule(outline):
            if not passage.must_stay and not passage.is_gone:
                yield passage, note


def _sections(outline: Outline) -> Iterator[tuple[int | None, list[int]]]:
    """The number of each heading and those of the lines below it, which end with a wide gap.

    What stands below no heading comes with None.
    """
    heading: int | None = None
    below: list[int] = []
    empty = 0
    for number, line in enumerate(outline.lines):
        empty = empty + 1 if line.kind is LineKind.BLANK else 0
        if line.kind is LineKind.HEADING:
            yield heading, below
            heading, below = number, []
        elif empty == _WIDE_GAP and below:
            yield heading, below
            heading, below = None, []
        elif not empty:
            below.append(number)
    yield heading, below


def _all_gone(outline: Outline, numbers: Sequence[int]) -> bool:
    """Whether there were sentences on the lines and none is left."""
    passages = [passage for number in numbers for passage in outline.on_line(number)]
    return bool(passages) and all(passage.is_gone for passage in passages)


def _empty_headings(outline: Outline) -> Iterator[Passage]:
    for heading, below in _sections(outline):
        answers = [n for n in below if not all(_is_of_the_page(p) for p in outline.on_line(n))]
        if heading is None or not _all_gone(outline, answers):
            continue
        # A title below a title is no answer to it.
        if any(_is_text(outline, number) for number in answers):
            yield from outline.on_line(heading)


def _is_text(outline: Outline, number: int) -> bool:
    line = outline.lines[number]
    return line.kind is LineKind.ITEM or outline.text[line.start : line.end].rstrip().endswith(_STOPS)


def _is_of_the_page(passage: Passage) -> bool:
    """Whether it answers nothing: who wrote the page, how to get in touch."""
    return passage.row is None and NO_CLAIM.search(passage.text) is not None


def _lists(outline: Outline) -> Iterator[tuple[Passage, list[int]]]:
    """Each sentence that leads to something, and the lines that it leads to: items, or else a text."""
    for number, line in enumerate(outline.lines):
        if line.kind is LineKind.LEAD_IN and outline.on_line(number):
            below = list(_led(outline, number + 1))
            if below:
                yield outline.on_line(number)[-1], below


def _led(outline: Outline, number: int) -> Iterator[int]:
    seen_items = False
    for at in range(number, len(outline.lines)):
        kind = outline.lines[at].kind
        if kind is LineKind.ITEM:
            seen_items = True
            yield at
        elif kind is not LineKind.BLANK:
            if not seen_items and kind is not LineKind.LEAD_IN:
                yield at
            return


def _has_items(outline: Outline, below: Sequence[int]) -> bool:
    return outline.lines[below[0]].kind is LineKind.ITEM


def _empty_lead_ins(outline: Outline) -> Iterator[Passage]:
    for lead, below in _lists(outline):
        leads = lead.is_kept or lead.new.endswith(":")
        if leads and _all_gone(outline, below):
            yield lead


def _unled_items(outline: Outline) -> Iterator[Passage]:
    """The items that are no sentences of their own, where what led to them is gone or replaced."""
    for lead, below in _lists(outline):
        leads = lead.is_kept or lead.new.endswith(":")
        if not leads and _has_items(outline, below):
            for number in below:
                yield from outline.on_line(number)


def _keep_needed_lead_ins(outline: Outline) -> None:
    """A list of warnings keeps the words that lead to it, unless its items are sentences."""
    for lead, below in _lists(outline):
        passages = [passage for number in below for passage in outline.on_line(number)]
        needed = any(p.must_stay and not p.text.endswith((".", "!")) for p in passages)
        lead.needed = needed
        if needed and not lead.is_kept and not lead.decided:
            lead.fate, lead.new, lead.note = Fate.KEPT, "", LEADS


def _keep_members(outline: Outline) -> None:
    """A list, or a table, stays whole unless all of it goes: what is left would be another list."""
    run: list[Passage] = []
    for number, line in enumerate(outline.lines):
        if line.kind in (LineKind.ITEM, LineKind.CELL):
            run += outline.on_line(number)
        elif line.kind is not LineKind.BLANK:
            _keep_whole(run)
            run = []
    _keep_whole(run)
    for lead, below in _lists(outline):
        items = [passage for number in below for passage in outline.on_line(number)]
        leads_on = _has_items(outline, below) and any(item.is_kept for item in items)
        if leads_on and not lead.is_kept and not lead.decided:
            lead.hold(MEMBER)


def _keep_answers(outline: Outline) -> None:
    """What answers a question stays whole, or goes whole with it; a question of safety stays."""
    for heading, below in _sections(outline):
        if heading is None:
            continue
        question = " ".join(passage.text for passage in outline.on_line(heading))
        answers = [p for number in below for p in outline.on_line(number) if _answers(p)]
        stays = _ON_SAFETY.search(question) or not all(answer.is_gone for answer in answers)
        if question.endswith("?") and stays:
            for answer in answers:
                if answer.is_gone and not answer.decided:
                    answer.hold(ANSWERED)


def _answers(passage: Passage) -> bool:
    """Whether it says something in answer: a bare yes or no goes with what stands behind it."""
    return not _is_of_the_page(passage) and not is_bare_answer(passage.text)


_ON_SAFETY = re.compile(
    r"\b(?:safe|safety|risks?|side[ -]effects?|harm\w*|dangers?|dangerous|contraindications?)\b", re.I
)


def _keep_whole(members: Sequence[Passage]) -> None:
    if all(member.is_gone for member in members):
        return
    for member in members:
        if member.is_gone and not member.decided:
            member.hold(MEMBER)


def _say_once(outline: Outline) -> None:
    """Under one heading a suggested wording is put in once."""
    for _, below in _sections(outline):
        known: set[str] = set()
        for passage in (p for number in below for p in outline.on_line(number)):
            words = passage.new.strip(". ").casefold()
            if passage.fate is Fate.REPLACED and words in known:
                passage.fate, passage.new, passage.note = Fate.GONE, "", TWICE
            known.add(words)


def _neighbours(outline: Outline) -> Iterator[tuple[Passage, Passage]]:
    """Each two sentences that follow one another on a line."""
    for number in range(len(outline.lines)):
        on_line = outline.on_line(number)
        yield from pairwise(on_line)


def _idle_questions(outline: Outline) -> Iterator[Passage]:
    for question, answer in _neighbours(outline):
        if question.text.endswith("?") and answer.is_gone:
            yield question


def _hollow_answers(outline: Outline) -> Iterator[Passage]:
    """A bare yes or no says what the sentence behind it says, and goes when that one changes."""
    for number, line in enumerate(outline.lines):
        if line.kind is not LineKind.PROSE:
            continue
        on_line = outline.on_line(number)
        if on_line and is_bare_answer(on_line[0].text):
            behind = on_line[1] if len(on_line) > 1 else _first_after(outline, number)
            if behind is not None and not behind.is_kept:
                yield on_line[0]


def _first_after(outline: Outline, number: int) -> Passage | None:
    for at in range(number + 1, len(outline.lines)):
        if outline.lines[at].kind is LineKind.HEADING:
            return None
        if outline.on_line(at):
            return outline.on_line(at)[0]
    return None


# What leans on what went


def _settle_leaning(outline: Outline, date: str) -> None:
    for heading, below in _sections(outline):
        above = [] if heading is None else list(outline.on_line(heading))
        run: list[Passage] = []
        for number in below:
            for passage in outline.on_line(number):
                if passage.is_kept and outline.lines[number].kind is not LineKind.ITEM:
                    _look_back(outline, passage, run or above, above, date)
                run.append(passage)


def _look_back(
    outline: Outline, passage: Passage, run: Sequence[Passage], above: Sequence[Passage], date: str
) -> None:
    """What becomes of a kept sentence whose predecessor, the last of `run`, changes."""
    if passage.decided or not run or not _has_changed(outline, run):
        return
    lean = lean_of(passage.text)
    before = run[-1]
    named = before.is_gone and _is_named(passage, run, above)
    stands = (lean is Lean.NOT and not _is_open(passage)) or (lean is Lean.PERSON and named)
    is_cut = lean is Lean.CONSEQUENCE and links_and_reasons(passage.text) > 0
    if not stands and not is_cut and not before.decided:
        before.hold(HELD)
        return
    cut = links_and_reasons(passage.text)
    within = None if cut else link_within(passage.text)
    if cut or within:
        passage.cut, passage.within = cut, within
        passage.note, passage.author, passage.date = LINKING, SUGGESTED, date
    if passage.must_stay and not stands and lean is not Lean.CONSEQUENCE:
        passage.note = LEANING


def _is_open(passage: Passage) -> bool:
    """Whether a word near its beginning may stand for something named before."""
    return may_lean(passage.text) and not passage.text.endswith(":")


def _has_changed(outline: Outline, run: Sequence[Passage]) -> bool:
    """Whether the words right before change; a list stands as long as any of it does."""
    last = run[-1]
    if outline.lines[last.line].kind is not LineKind.ITEM:
        return not last.is_kept
    for passage in reversed(run):
        if passage.is_kept:
            return False
        if outline.lines[passage.line].kind is not LineKind.ITEM:
            break
    return True


def _is_named(passage: Passage, run: Sequence[Passage], above: Sequence[Passage]) -> bool:
    """Whether what a pronoun stands for is still named before it, or in the heading."""
    between: list[Passage] = []
    for earlier in reversed(run):
        between.append(earlier)
        if lean_of(earlier.text) is not Lean.PERSON:
            break
    antecedent = between[-1]
    if antecedent.is_kept:
        return True
    is_many = _MANY.search(passage.text) is not None
    words = _WORD.findall(" ".join(antecedent.text.split()[:_NAMING]).casefold())
    names = {word for word in words if word.endswith("s") is is_many}
    present = [p.new if p.fate is Fate.REPLACED else p.text for p in (*between, *above) if not p.is_gone]
    return any(names & set(_WORD.findall(text.casefold())) for text in present)
