"""A report as it is printed: what is read, decided and signed; the rest is looked up on a screen.

Nobody turns four hundred pages. On paper stand the answer, what is cited, the main questions with the
evidence behind them, the pages as they were read, and every sentence that cannot stay, with what to do
and why. Each claim by itself, the evidence behind every other statement and the state of every
reference stand in the other files, and the beginning says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from review.model.vocabulary import Action, spoken
from review.report.counted import counted
from review.report.model import ClaimRow, Profile, Report, SentenceRow
from review.report.parts.citation_part import citation_part
from review.report.parts.claim_table import claim_links, decision_table, flag_table, suggested_words
from review.report.parts.compose import (
    answer_part,
    compose,
    document_of,
    methods_part,
    pages_part,
    provenance_part,
    sign_off_part,
)
from review.report.parts.document import (
    Block,
    Bullets,
    Column,
    Document,
    Inline,
    Kind,
    Paragraph,
    Part,
    Row,
    Run,
    Section,
    Table,
    text,
)
from review.report.parts.evidence_parts import contradiction_part, evidence_part, lineage_part
from review.report.parts.summary_part import summary_part

_NOTICE = (
    "This is the review for paper: every sentence that cannot stay, and the evidence behind the main "
    "questions. Each claim by itself, the evidence behind every other statement, the figures and the "
    "state of every reference stand in report.html, claims.xlsx and report.json."
)


def compose_paper(report: Report) -> Document:
    """The document of a report for paper; for whom verdicts are hidden, the whole document."""
    if not report.shows_evidence:
        return compose(report)
    first, *others = _parts(report)
    notice = Paragraph(text(_NOTICE), Kind.SOFT)
    return document_of(report, (replace(first, blocks=(notice, *first.blocks)), *others))


def _parts(report: Report) -> Iterator[Part]:
    main = _of_main_questions(report)
    yield answer_part(report)
    if report.citations:
        yield citation_part(report)
    if report.summary_of_findings.rows:
        yield summary_part(main)
    yield pages_part(report)
    yield _sentences_part(report)
    if report.contradictions:
        yield contradiction_part(report)
    if report.lineage and len(report.pages) > 1:
        yield lineage_part(report)
    if main.profiles:
        yield _evidence_part(report, main)
        yield _references_part(main)
    yield sign_off_part(report)
    yield methods_part(report)
    yield provenance_part(report)


def _of_main_questions(report: Report) -> Report:
    """The report with the evidence on its main questions alone, and the references that these name."""
    asked = {row.proposition for row in report.summary_of_findings.rows}
    profiles = tuple(_that_count(profile) for profile in report.profiles if profile.proposition in asked)
    named = {finding.study for profile in profiles for finding in profile.findings}
    named |= {row.study for row in report.citations}
    references = tuple(row for row in report.references if row.key in named)
    return replace(report, profiles=profiles, references=references)


def _that_count(profile: Profile) -> Profile:
    """A profile with the findings that count; searches are looked up where everything stands."""
    return replace(profile, findings=tuple(f for f in profile.findings if f.does_count), searches=())


def _evidence_part(report: Report, main: Report) -> Part:
    """The evidence behind the main questions, and how much linked to them does not count."""
    part = evidence_part(main)
    shown = {profile.proposition: len(profile.findings) for profile in main.profiles}
    linked = sum(len(p.findings) for p in report.profiles if p.proposition in shown)
    left = linked - sum(shown.values())
    note = (
        f"Of {counted(linked, 'finding')} linked to these questions {left} "
        f"{'does' if left == 1 else 'do'} not count; with why, and what was searched, they stand in the "
        "other files."
    )
    return replace(part, blocks=(Paragraph(text(note), Kind.SOFT), *part.blocks))


# Every sentence that cannot stay


def _sentences_part(report: Report) -> Part:
    claims = {row.claim: row for row in report.claims}
    failing = [row for row in report.sentences if row.action is not Action.MAY_STAND]
    columns = (
        Column("sentence", "The page says", 38),
        Column("action", "What to do", 38),
        Column("why", "Why", 34),
    )
    staying = len(report.sentences) - len(failing)
    caption = (
        f"{counted(len(failing), 'sentence')}, by page and in reading order; "
        f"{counted(staying, 'other may stay as it is', 'others may stay as they are')}."
    )
    rows = tuple(_sentence(row, claims) for row in failing)
    blocks: list[Block] = [Table("table-paper-sentences", caption, columns, rows)]
    if any(row.flags for row in report.claims):
        blocks.append(Section("Flags and what would clear them", "flags", (flag_table(report),)))
    if any(row.decisions for row in report.claims):
        blocks.append(Section("Decisions", "decisions", (decision_table(report),)))
    return Part("Every sentence that cannot stay", "claims", tuple(blocks))


def _sentence(sentence: SentenceRow, claims: dict[str, ClaimRow]) -> Row:
    decisive = claims[sentence.decided_by]
    cells: tuple[Inline, ...] = (
        (
            Run(sentence.text.strip(), quoted=True),
            Run("\n"),
            *(run for run in claim_links(sentence.claims)),
            Run(f" · {spoken(sentence.tier)}", soft=True),
        ),
        (
            Run(f"{spoken(sentence.action).capitalize()}. ", strong=True),
            Run(sentence.plain),
            *suggested_words(sentence.wording),
        ),
        tuple(_why(decisive)),
    )
    return Row(cells, verdict=decisive.verdict)


def _why(claim: ClaimRow) -> Iterable[Run]:
    yield Run(f"{claim.symbol} {spoken(claim.verdict)}. ", strong=True)
    yield Run(" ".join(reason.sentence for reason in claim.reasons))
    if flags := [flag.flag for flag in claim.flags]:
        yield Run(f" Flags: {', '.join(flags)}.", soft=True)


# The references of what is shown


def _references_part(report: Report) -> Part:
    items = tuple((Run(row.citation), *_notices(row.notices)) for row in report.references)
    intro = f"{report.retraction_notice} The state of each reference stands in the other files."
    return Part(
        "References",
        "references",
        (Paragraph(text(intro), Kind.SOFT), Bullets(items, ordered=True)),
    )


def _notices(notices: str) -> Inline:
    return (Run(f" {notices}", strong=True),) if notices not in ("", "none") else ()
