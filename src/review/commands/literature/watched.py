"""What a watch came to, as a text that is printed and kept, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from review.model.errors import Problem
from review.model.visible import on_one_line
from review.model.watched import News, NewsKind

if TYPE_CHECKING:
    from review.literature.watching.run import Watched
    from review.model.records import CertaintyRecord

NAMED = 5
"""How many propositions are named of those that news may bear on; JSON and `watch/` have them all."""
_HEADINGS = {
    NewsKind.RECORD: "New records",
    NewsKind.RESULTS: "Trials with results",
    NewsKind.OUTCOMES: "Trials that changed their primary outcomes",
    NewsKind.STATUS: "Trials with another status",
    NewsKind.NOTICE: "Notices about references",
}


def watched_lines(watched: "Watched") -> Iterator[str]:
    """The watch as Markdown, in which a person reads first what is new and last what was not asked."""
    yield f"# Watch of {watched.day}"
    yield ""
    yield f"Searches made again: {watched.searches}. Trials looked at: {watched.trials}."
    yield f"References asked about: {watched.references}."
    yield f"New: {len(watched.news)}. Judgements due: {len(watched.due)}."
    yield f"Not asked, or not read: {len(watched.problems)}."
    for kind, heading in _HEADINGS.items():
        yield from _part(heading, [_news_line(news) for news in watched.news if news.kind is kind])
    yield from _part("Judgements due to be made anew", map(_due_line, watched.due))
    yield from _part("Not asked, or not read", map(_problem_line, watched.problems))


def _part(heading: str, items: "Iterator[str] | Sequence[str] | map[str]") -> Iterator[str]:
    lines = list(items)
    if lines:
        yield from ("", f"## {heading}: {len(lines)}", "", *lines)


def _news_line(news: News) -> str:
    first, more = news.propositions[:NAMED], len(news.propositions) - NAMED
    rest = f" and {more} more" if more > 0 else ""
    may = f"; may bear on {', '.join(first)}{rest}" if first else ""
    return f"- {news.about}, seen {news.found}: {on_one_line(news.news)}{may}"


def _due_line(record: "CertaintyRecord") -> str:
    return f"- {record.proposition}, due since {record.next_review}, made {record.date_reviewed}"


def _problem_line(problem: Problem) -> str:
    return f"- {problem}"


def watched_fields(watched: "Watched") -> dict[str, object]:
    """The same as one JSON object."""
    return {
        "day": str(watched.day),
        "searches": watched.searches,
        "trials": watched.trials,
        "references": watched.references,
        "news": [
            news.model_dump(mode="json", exclude={"told", "propositions"})
            | {"propositions": list(news.propositions)}
            for news in watched.news
        ],
        "due": [
            {"proposition": r.proposition, "due": str(r.next_review), "made": str(r.date_reviewed)}
            for r in watched.due
        ],
        "not_asked": list(map(str, watched.problems)),
    }
