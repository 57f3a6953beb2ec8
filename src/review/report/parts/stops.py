"""What stops a page whatever its wording, told before anything else."""

from collections.abc import Iterator, Mapping, Sequence

from review.report.model import PageSection, Report
from review.report.parts.claim_table import claim_links
from review.report.parts.document import Bullets, Inline, Run, Section

STOPS = "Stops: no wording cures these"


def stopped_pages(report: Report) -> Mapping[str, Sequence[PageSection]]:
    """The pages by what stops them; the same stop of several pages is told once."""
    pages: dict[str, list[PageSection]] = {}
    for page in report.pages:
        for stop in page.stops:
            pages.setdefault(stop.sentence, []).append(page)
    return pages


def stops_section(report: Report) -> Iterator[Section]:
    """What no wording cures, with the claims that it rests on."""
    if stopped := stopped_pages(report):
        items = tuple(_stop(sentence, pages) for sentence, pages in stopped.items())
        yield Section(STOPS, "stops", (Bullets(items),))


def _stop(sentence: str, pages: Sequence[PageSection]) -> Inline:
    runs: list[Run] = [Run(f"{sentence} ", strong=True)]
    for page in pages:
        runs.append(Run("; " if len(runs) > 1 else ""))
        runs.append(Run(page.title, link=f"#page-{page.page}"))
        claims = [key for stop in page.stops if stop.sentence == sentence for key in stop.claims]
        if claims:
            runs += [Run(" ("), *claim_links(claims), Run(")")]
    return tuple(runs)
