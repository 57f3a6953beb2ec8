"""What is said of one item of a triage, as HTML."""

from collections.abc import Iterator, Mapping, Sequence

from review.model.visible import visible
from review.people.triage import Session, Suggested, TriageItem, TriageState
from review.widgets.page_view import SYMBOLS
from review.widgets.parts import SHORT, text_html

_LISTED = 8
"""How many suggestions the list shows at once."""


def label(session: Session, item: TriageItem, number: int) -> str:
    """An item in a list: its number, how far it is, and how it begins."""
    words = item.suggestion
    about = item.key if item.state is not TriageState.OPEN or words is None else str(words.match)
    if words and item.state is TriageState.OPEN and words.flags:
        about += f" {' '.join(words.flags)}"
    quote = visible(" ".join(session.page.text[item.start : item.end].split()))
    short = quote if len(quote) <= SHORT else f"{quote[: SHORT - 1]}…"
    return f"{number} {SYMBOLS[item.state]} {about}: {short}"


def list_html(labels: Sequence[str], at: int) -> str:
    """The labels around the one at hand, which is marked, and how many more there are."""
    first = max(0, min(at - 1, len(labels) - _LISTED))
    rows = [
        f'<li aria-current="true">▶ {text_html(text)}</li>'
        if number == at
        else f"<li>{text_html(text)}</li>"
        for number, text in enumerate(labels[first : first + _LISTED], start=first)
    ]
    more = len(labels) - first - len(rows)
    ends = [
        f"<li>… {count} {where}</li>" if count else ""
        for count, where in ((first, "above"), (more, "below"))
    ]
    return f'<ul class="review-list" aria-label="Suggestions">{ends[0]}{"".join(rows)}{ends[1]}</ul>'


def item_html(session: Session, item: TriageItem, titles: Mapping[str, str]) -> str:
    """What is suggested of an item and why, or what became of it; `titles` are those of the flags."""
    rows = [*_written(session, item), *_suggested(session, item.suggestion, titles)]
    return f"<dl>{''.join(f'<dt>{name}</dt><dd>{text_html(text)}</dd>' for name, text in rows)}</dl>"


def _written(session: Session, item: TriageItem) -> Iterator[tuple[str, str]]:
    if claim := item.claim:
        where = f", in {session.fixed[claim.claim]}" if claim.claim in session.fixed else ""
        yield "Claim", f"{claim.claim}{where}"
        statement = session.propositions[claim.proposition].statement
        yield "Proposition", f"{claim.proposition}. It {claim.polarity}: {statement}"
    if refusal := item.refusal:
        yield "Refused", f"{refusal.claim}, by {refusal.reviewer}, {refusal.date.isoformat()}"
        yield "Because", refusal.reason


def _suggested(
    session: Session, suggestion: Suggested | None, titles: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if suggestion is None:
        return
    known, sure = session.propositions.get(suggestion.proposition), f"{suggestion.probability:.2f}"
    if known:
        match_text = (
            f"{suggestion.match}, with probability {sure}. It {suggestion.polarity}: {known.statement}"
        )
    else:
        match_text = f"{suggestion.match}. The closest known proposition fits with probability {sure}."
    yield "Suggested", match_text
    yield "Why", suggestion.reason
    yield "Checkworthy", f"probability {suggestion.checkworthy:.2f}"
    if suggestion.flags:
        yield "Flags", "; ".join(f"{flag} {titles.get(flag, '')}".strip() for flag in suggestion.flags)
    if suggestion.verdict:
        yield "Verdict", f"{suggestion.verdict.spoken}; {suggestion.standing}"
