"""The summary of findings as a table, and the reasons behind its certainties below it."""

from collections.abc import Iterator

from review.model.vocabulary import NOT_APPLICABLE, Certainty, Question, spoken
from review.report.counted import counted
from review.report.evidence.model import SummaryBaseline, SummaryEffect, SummaryOfFindings, SummaryRow
from review.report.model import Report
from review.report.parts.document import (
    Column,
    Inline,
    Part,
    Row,
    Run,
    Section,
    Table,
    plain_text,
    table_row,
)
from review.synthesis.absolute import Absolute
from review.verdicts.standing import Basis

TABLE = "table-summary"
REASONS = "table-summary-reasons"


def summary_part(report: Report) -> Part:
    """What is known of the main questions, on a sheet of its own."""
    summary = report.summary_of_findings
    blocks = [_table(report, summary)]
    reasons = Section("Why the certainty is no higher", "summary-reasons", (_reasons(summary),))
    return Part(
        "Summary of findings", "summary", (*blocks, *([reasons] if summary.footnotes else [])), True
    )


def _table(report: Report, summary: SummaryOfFindings) -> Table:
    columns = (
        Column("question", "Question", 26),
        Column("studies", "Studies and people", 15),
        Column("effect", "What was found: effect, and people per 1,000", 34),
        Column("certainty", "Certainty", 13),
        Column("plain", "In plain words", 22),
    )
    named = {f"evidence-{profile.proposition}" for profile in report.profiles}
    rows = tuple(_row(row, named) for row in summary.rows)
    harms = sum(row.question is Question.HARM for row in summary.rows)
    caption = (
        f"The main questions behind these pages: {len(rows) - harms} of benefit and {harms} of harm, "
        "those that most claims make and for which there is evidence in people."
    )
    return Table(TABLE, caption, columns, rows, _note(summary))


def _note(summary: SummaryOfFindings) -> str:
    levels = ", ".join(f"{level.symbol} {level.spoken}" for level in Certainty)
    return (
        f"Certainty by GRADE: {levels}; numbers lead to the reasons below. Intervals are 95% intervals. "
        "People per 1,000 are told only where a source states a baseline risk, that without the "
        "treatment. Not shown, but under the evidence behind each proposition: "
        f"{counted(summary.others, 'question')} with evidence in people that fewer claims make, and "
        f"{counted(summary.bare, 'question')} on an effect without such evidence."
    )


def _row(row: SummaryRow, named: set[str]) -> Row:
    anchor = f"evidence-{row.proposition}"
    named_parts = (
        ("", row.population),
        ("Comparison: ", row.comparator),
        ("Outcome: ", row.outcome),
        ("Time: ", row.time),
    )
    about = "".join(f"{n}{x}. " for n, x in named_parts if x != spoken(NOT_APPLICABLE))
    return table_row(
        (
            Run(row.statement, strong=True, link=f"#{anchor}" if anchor in named else ""),
            Run(f"\n{about}{counted(row.claims, 'claim')}.", soft=True),
        ),
        _studies(row),
        tuple(_found(row)),
        tuple(_certainty(row)),
        row.plain,
        anchor=f"summary-{row.proposition}",
    )


def summary_cells(row: SummaryRow) -> dict[str, str]:
    """The words of a row by column, as a notebook shows them; the statement is the question."""
    return {
        "question": row.statement,
        "studies": plain_text(_studies(row)).replace("\n", "; "),
        "effect": plain_text(tuple(_found(row))).replace("\n", " "),
        "certainty": f"{row.symbol} {row.certainty.spoken}",
        "plain": row.plain,
    }


def _studies(row: SummaryRow) -> Inline:
    designs = ", ".join(f"{design} ({number})" for design, number in row.designs)
    return (
        Run(f"{counted(row.studies, 'study', 'studies')}; {row.people}"),
        Run(f"\n{designs}", soft=True),
    )


def _found(row: SummaryRow) -> Iterator[Run]:
    if row.effect:
        yield Run(effect_text(row.effect), strong=True)
    else:
        yield Run(row.no_effect, strong=True)
        for finding in row.findings:
            yield Run(f"\n{finding.citation}: {finding.result}")
        if row.more_findings:
            yield Run(f"\nAnd {counted(row.more_findings, 'more finding')}.", soft=True)
    if row.absolute and row.baseline:
        yield Run(f"\n{absolute_text(row.absolute)}")
        yield Run(f"\n{baseline_text(row.baseline)}", soft=True)
    else:
        yield Run(f"\n{row.no_absolute}", soft=True)


def _certainty(row: SummaryRow) -> Iterator[Run]:
    yield Run(f"{row.symbol}\n{row.certainty.spoken}", strong=True)
    numbers = sorted({rating.footnote for rating in row.ratings if rating.footnote})
    for place, number in enumerate(numbers):
        yield Run(", " if place else "\nreasons ", soft=True)
        yield Run(str(number), link=f"#summary-reason-{number}")
    if row.basis is not Basis.RECORDED:
        yield Run(f"\n{row.basis}", soft=True)
    else:
        yield Run(f"\njudged by {row.judged_by}", soft=True)


def _reasons(summary: SummaryOfFindings) -> Table:
    columns = (
        Column("number", "No.", 5, is_number=True),
        Column("domain", "Domain", 16),
        Column("rating", "Rating", 16),
        Column("reason", "Reason", 63),
    )
    rows = tuple(
        table_row(
            note.number,
            note.name.spoken,
            f"{spoken(note.concern) or 'rated up'} ({note.change:+d})",
            note.reason,
            anchor=f"summary-reason-{note.number}",
        )
        for note in summary.footnotes
    )
    return Table(
        REASONS, "Reasons, each told once; the numbers are those of the table above.", columns, rows
    )


# What a row says, in the words that files for programs have too


def effect_text(effect: SummaryEffect) -> str:
    """The effect with its interval, and of how many studies."""
    unit = f" {effect.unit}" if effect.unit else ""
    where = f"pooled from {effect.studies} studies ({effect.method})" if effect.method else "one study"
    low, high = effect.ci
    measure = f"{effect.measure.spoken[:1].upper()}{effect.measure.spoken[1:]}"
    return f"{measure} {_number(effect.effect)}{unit} ({_number(low)} to {_number(high)}), {where}"


def absolute_text(people: Absolute) -> str:
    """People per 1,000 without the treatment and with it, and the difference."""
    low, high = people.with_ci
    return (
        f"Of 1,000 people, {people.without:.0f} without the treatment and {people.with_treatment:.0f} "
        f"({low:.0f} to {high:.0f}) with it: {_more(people)}"
    )


def _more(people: Absolute) -> str:
    low, high = people.difference_ci
    return f"{_change(people.difference)} (from {_change(low)} to {_change(high)})"


def _change(difference: float) -> str:
    number = f"{abs(difference):.0f}"
    if number == "0":
        return "none more"
    return f"{number} {'more' if difference > 0 else 'fewer'}"


def baseline_text(baseline: SummaryBaseline) -> str:
    """Whose risk without the treatment it is, within what time, and who states it."""
    return f"Risk without it: {baseline.population}, {baseline.time} ({baseline.source})."


def _number(value: float) -> str:
    """Three significant digits, never fewer than those before the point, with a true minus sign."""
    size = abs(value)
    digits = f"{value:z.0f}" if size >= 100 else f"{value:z.1f}" if size >= 10 else f"{value:z.2f}"
    return digits.replace("-", "−")
