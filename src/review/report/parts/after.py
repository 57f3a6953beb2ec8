"""What the edited pages would get, as a table of all pages and a paragraph on each."""

from review.model.vocabulary import Action
from review.report.counted import counted
from review.report.model import AfterRow, PageSection, Report
from review.report.parts.document import Column, Paragraph, Run, Table, table_row


def after_table(report: Report) -> Table:
    """What each page needs now, and what it would need with every change of its edited page."""
    rows = tuple(
        table_row(
            (Run(page.title, link=f"#page-{page.page}"),),
            *(f"{now} → {after}" for now, after in _figures(page.after)),
            ", ".join(page.after.left_out) or "nothing",
        )
        for page in report.pages
        if page.after is not None
    )
    columns = (
        Column("page", "Page", 20),
        Column("change", "Sentences to change", 16),
        Column("check", "Sentences to look up or decide", 18),
        Column("blocked", "Claims that a flag blocks", 16),
        Column("left_out", "Would leave out", 30),
    )
    caption = "What the edited pages would get: now → with every suggested change, by the same rules."
    return Table("table-after", caption, columns, rows)


def after_paragraph(page: PageSection) -> tuple[Paragraph, ...]:
    """The same of one page in a sentence; nothing where it is not known."""
    if page.after is None:
        return ()
    (change, held), (_, open_after), (_, blocked) = _figures(page.after)
    waiting = f"{counted(open_after, 'sentence')} would still have to be looked up or decided"
    sentence = (
        f"{change - held} of {counted(change, 'sentence')} to change would be replaced or taken out. "
        "The others wait for a person: without them the page would not read as English, or would say "
        f"something else. {waiting}, and {counted(blocked, 'claim')} would still carry a flag that "
        "blocks publication."
    )
    return (Paragraph((Run("The edited page: ", strong=True), Run(sentence))),)


def _figures(row: AfterRow) -> tuple[tuple[int, int], ...]:
    """Now and after: sentences to change, sentences to look up or decide, claims that a flag blocks."""
    changing = [count for count in row.actions if count.action in (Action.REWORD, Action.REMOVE)]
    still = [count for count in row.actions if count.action in _OPEN]
    sums = [(sum(c.now for c in counts), sum(c.after for c in counts)) for counts in (changing, still)]
    return (*sums, (row.blocked_now, row.blocked_after))


_OPEN = (Action.LOOK_IT_UP, Action.PRODUCE_DOCUMENT, Action.ESCALATE)
