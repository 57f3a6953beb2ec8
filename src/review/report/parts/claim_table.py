"""The tables of sentences and claims: what to act on, every claim, the decisions taken on them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from review.grading.ocebm import NOT_RATED
from review.model.vocabulary import Action, Certainty, Polarity, Severity, Tier, Verdict, spoken
from review.report.counted import counted
from review.report.model import (
    ClaimRow,
    DecisionRow,
    FlaggedRow,
    FlagRow,
    MarketCell,
    Report,
    SentenceRow,
)
from review.report.parts.document import Column, Inline, Row, Run, Table, table_row


def worst_table(report: Report) -> Table:
    """The sentences that need attention first, with what is wrong and what may stand instead."""
    columns = (
        Column("tier", "Why it matters", 13),
        Column("sentence", "The page says", 34),
        Column("action", "What to do", 44),
        Column("verdict", "Verdict", 16),
    )
    rows = tuple(_worst_row(report, key) for key in report.worst)
    number = f"The {len(rows)} sentences" if len(rows) > 1 else "The sentence"
    caption = (
        f"{number} to act on first: by what they can do, medicines to be stopped before all else, then "
        "flags that block, the harm by kind of claim, headline and number of pages; one for each "
        "statement."
    )
    return Table("table-worst", caption, columns, rows)


def _worst_row(report: Report, key: str) -> Row:
    sentence, row = report.sentence_of(key), report.claim(key)
    others = sum(
        other.proposition == row.proposition and other.claim not in sentence.claims
        for other in report.claims
    )
    more = f"\nThe same in {counted(others, 'other claim')}." if others else ""
    words = sentence.text.lstrip("-–•*· \t")
    cells: tuple[Inline, ...] = (
        (Run(spoken(sentence.tier)),),
        (
            Run(words, quoted=True),
            Run("\n"),
            Run(key, link=f"#{key}"),
            Run(more, soft=True),
        ),
        (
            Run(spoken(sentence.action), strong=True),
            Run(f"\n{sentence.plain}"),
            *suggested_words(sentence.wording),
        ),
        _verdict(row),
    )
    return Row(cells, verdict=row.verdict)


def suggested_words(wording: str) -> Inline:
    """What may stand in the place of a claim or a sentence; nothing where no words are known."""
    return (Run("\nMay stand instead: ", soft=True), Run(wording, quoted=True)) if wording else ()


def sentence_table(report: Report) -> Table:
    """How many sentences need what, by what they can do if they are published."""
    actions = [action for action in Action if any(s.action is action for s in report.sentences)]
    counts = Counter((s.tier, s.action) for s in report.sentences)
    rows = tuple(
        table_row(spoken(tier), *(str(counts[tier, action] or "–") for action in actions))
        for tier in Tier
    )
    columns = (
        Column("tier", "What they can do", 20),
        *(Column(str(action), spoken(action), 12, is_number=True) for action in actions),
    )
    caption = f"{counted(len(report.sentences), 'sentence')} by what they can do and what they need."
    return Table("table-sentences", caption, columns, rows)


def document_table(report: Report) -> Table:
    """The papers to ask the clinic or its supplier for, each statement once."""
    columns = (Column("statement", "What the paper has to show", 44), Column("claims", "Claims", 30))
    rows = tuple(table_row(row.statement, claim_links(row.claims)) for row in report.documents)
    caption = (
        f"{counted(len(rows), 'statement')} on the product or the procedure offered: no literature can "
        "show them. One list to send to the supplier."
    )
    return Table("table-documents", caption, columns, rows)


def claim_table(report: Report) -> Table:
    """Every claim in reading order; the columns depend on what the audience sees."""
    keys = _keys(report)
    columns = tuple(column for column in _COLUMNS if column.key in keys)
    sentences = {claim: sentence for sentence in report.sentences for claim in sentence.claims}
    around = _Around(report.shows_evidence, sentences)
    rows = tuple(
        Row(
            tuple(_CELLS[column.key](row, around) for column in columns),
            anchor=row.claim,
            verdict=row.verdict,
        )
        for row in report.claims
    )
    return Table(
        "table-claims",
        f"{counted(len(rows), 'claim')}.",
        columns,
        rows,
        filters=tuple(key for key in _FILTERS if key in keys),
    )


def _keys(report: Report) -> tuple[str, ...]:
    page = ("page",) if len(report.pages) > 1 else ()
    always = ("claim", *page, "quote", "category")
    if not report.shows_verdicts:
        return (*always, "proposition")
    cited = ("cited",) if report.citations else ()
    if not report.shows_evidence:
        return (*always, "verdict", *cited, "plain", "flags", "decision")
    return (*always, "verdict", "certainty", "reasons", *cited, "flags", "action", "decision")


_FILTERS = ("page", "verdict", "category", "action", "flags", "decision")
_VERDICTS = tuple(
    f"{verdict.symbol} {spoken(verdict)}" for verdict in sorted(Verdict, key=lambda v: v.urgency)
)
_CERTAINTIES = (
    *(certainty.label for certainty in Certainty),
    "no human evidence",
    "no evidence found",
    "statement confirmed",
    "statement disputed",
    "statement contradicted",
    "statement unconfirmed",
)
# As wide as their longest word: verdicts, kinds and ids broke within a word on a screen.
_COLUMNS = (
    Column("claim", "Claim", 14),
    Column("page", "Page", 10),
    Column("quote", "The page says", 19),
    Column("category", "Kind", 15),
    Column("proposition", "Statement", 30),
    Column("verdict", "Verdict", 18, order=_VERDICTS),
    Column("certainty", "Certainty", 15, order=_CERTAINTIES),
    Column("reasons", "Why", 30),
    Column("cited", "Cited for it", 14),
    Column("plain", "What to do", 36),
    Column("flags", "Flags", 13, several=True),
    Column("action", "What to do", 29, order=tuple(spoken(action) for action in reversed(Action))),
    Column("decision", "Decision", 11),
)


@dataclass(frozen=True, slots=True)
class _Around:
    """What the cells of a claim need beside it: its sentence, and whether the report shows evidence."""

    shows_evidence: bool
    sentences: Mapping[str, SentenceRow]


def _verdict(row: ClaimRow, _: _Around | None = None) -> Inline:
    return (Run(f"{row.symbol} {spoken(row.verdict)}", strong=True),)


def _certainty(row: ClaimRow, _: _Around) -> Inline:
    level = f"\nOCEBM {row.level}" if row.level not in ("", NOT_RATED) else ""
    raters = f"\n{row.raters}" if row.raters else ""
    return (Run(row.standing or "not shown"), Run(f"{level}\n{row.basis}{raters}", soft=True))


def _reasons(row: ClaimRow, around: _Around) -> Inline:
    sentences = "\n".join(f"{reason.sentence} [{reason.code}]" for reason in row.reasons)
    way = "\nDenies: " if row.polarity is Polarity.DENIES else "\nAffirms: "
    link = f"#evidence-{row.proposition}" if around.shows_evidence else ""
    return (Run(sentences), Run(way, soft=True), Run(row.statement, link=link))


def _cited(row: ClaimRow, _: _Around) -> Inline:
    """The sources that a page names for a claim, each with what it says of it."""
    if not row.citations:
        return (Run("nothing", soft=True),)
    runs: list[Run] = []
    for place, cited in enumerate(row.citations):
        runs.append(Run("\n" if place else ""))
        runs.append(Run(cited.reference or "no name", link=f"#{cited.citation}"))
        runs.append(Run(f": {cited.fidelity.spoken}", strong=cited.fidelity.fails))
    return tuple(runs)


def _action(row: ClaimRow, around: _Around) -> Inline:
    """What the whole sentence needs and why; what its claim would by itself, where that is another."""
    sentence = around.sentences[row.claim]
    if sentence.decided_by == row.claim:
        return (
            Run(spoken(row.action), strong=True),
            Run(f"\n{row.plain}"),
            *suggested_words(row.allowed_wording),
        )
    return (
        Run(spoken(row.action), strong=True),
        Run("\nFor "),
        Run(sentence.decided_by, link=f"#{sentence.decided_by}"),
        Run(f" in its sentence: {sentence.plain}"),
        Run(f"\nBy itself: {row.plain}", soft=True),
        *suggested_words(row.allowed_wording),
    )


def _flags(row: ClaimRow, _: _Around) -> Inline:
    # What only informs stands in the table of flags: in each row it would hide what does more.
    asking = [flag for flag in row.flags if flag.severity is not Severity.INFORM]
    if not asking:
        return (Run("none", soft=True),)
    runs: list[Run] = []
    for flag in asking:
        # The row of a flag names its basis and source.
        runs.append(Run(flag.flag, link=f"#flag-{flag.flag}"))
        runs.append(Run(f" {flag.title} ({flag.severity}, {flag.jurisdiction})\n"))
    return tuple(runs)


def _decided(row: ClaimRow, _: _Around) -> Inline:
    if not row.decisions:
        return (Run("none taken", soft=True),)
    last = row.decisions[-1]
    old = f", decided on earlier evidence{_against(last)}" if last.on_earlier_evidence else ""
    who = f"\n{last.reviewer} ({last.role}), {last.date}{old}"
    return (Run(last.decision, strong=True), Run(who, soft=True))


_CELLS: Mapping[str, Callable[[ClaimRow, _Around], Inline]] = {
    "claim": lambda row, _: (Run(row.claim),),
    "page": lambda row, _: (Run(row.page),),
    "quote": lambda row, _: (Run(row.quote, quoted=True),),
    "category": lambda row, _: (Run(row.category.spoken), Run(f"\n{row.wording}", soft=True)),
    "proposition": lambda row, _: (Run(row.statement),),
    "verdict": _verdict,
    "certainty": _certainty,
    "reasons": _reasons,
    "cited": _cited,
    "plain": lambda row, _: (Run(row.plain), *suggested_words(row.allowed_wording)),
    "flags": _flags,
    "action": _action,
    "decision": _decided,
}


def flag_table(report: Report) -> Table:
    """Every flag met in a claim, once, with what it rests on and what would clear it."""
    columns = (
        Column("flag", "Flag", 18),
        Column("basis", "Rests on", 26),
        Column("jurisdiction", "Where", 10),
        Column("clears", "Cleared by", 26),
        Column("claims", "Claims", 30),
    )
    met: dict[FlagRow, list[str]] = {}
    for row in report.claims:
        for flag in row.flags:
            # The span is what differs from claim to claim.
            met.setdefault(replace(flag, span=""), []).append(row.claim)
    rows = tuple(
        table_row(
            (Run(f"{flag.flag} {flag.title} ({flag.severity})", strong=True),),
            (Run(flag.basis), Run(f"\n{flag.source}", soft=True)),
            flag.jurisdiction,
            flag.clears,
            claim_links(claims),
            anchor=f"flag-{flag.flag}",
        )
        for flag, claims in sorted(met.items(), key=lambda pair: pair[0].flag)
    )
    return Table(
        "table-flags", f"{counted(len(rows), 'flag')} met.", columns, rows, note=report.flag_notice
    )


def market_table(report: Report) -> Table:
    """The sentences on which markets differ, or that hold no quoted claim, a column for each market."""
    differ = sum(len({cell.severity for cell in row.markets}) > 1 for row in report.flagged)
    caption = f"{counted(len(report.flagged), 'sentence')}; the markets differ on {differ}."
    return _by_market("table-markets", caption, report, report.flagged, "")


def informing_table(report: Report) -> Table:
    """The sentences that are worded as information, with what rules would have met in them."""
    caption = f"{counted(len(report.informing), 'sentence')}: no rule on benefits was held to them."
    return _by_market("table-informing", caption, report, report.informing, "as advertising: ")


def _by_market(
    key: str, caption: str, report: Report, sentences: Iterable[FlaggedRow], condition: str
) -> Table:
    """Sentences with a column for each market; `condition` stands before what a rule does there."""
    columns = (
        Column("sentence", "The page says", 40),
        *(Column(market, market.full_name, 20) for market in report.jurisdictions),
    )
    rows = tuple(
        table_row(
            (
                Run(row.text.lstrip("-–•*· \t"), quoted=True),
                Run(f"\n{row.page}" if not row.claims else "\n", soft=True),
                *claim_links(row.claims),
            ),
            *(_market_cell(cell, condition) for cell in row.markets),
        )
        for row in sentences
    )
    return Table(key, caption, columns, rows)


def _market_cell(cell: MarketCell, condition: str) -> Inline:
    if not cell.severity:
        return (Run("no listed rule met", soft=True),)
    rules = "\n".join(f"{flag} {title}" for flag, title in cell.flags)
    return (Run(f"{condition}{cell.severity}", strong=not condition), Run(f"\n{rules}"))


def page_rule_table(report: Report) -> Table:
    """The rules in force that no words can show, for somebody to hold to the page itself."""
    columns = (
        Column("rule", "Rule", 30),
        Column("jurisdiction", "Where", 12),
        Column("basis", "Rests on", 34),
        Column("clears", "Cleared by", 24),
    )
    rows = tuple(
        table_row((Run(f"{r.flag} {r.title}", strong=True),), r.jurisdiction, r.basis, r.clears)
        for r in report.page_rules
    )
    return Table("table-page-rules", f"{counted(len(rows), 'rule')}: not looked at.", columns, rows)


def claim_links(claims: Iterable[str]) -> Inline:
    """The ids of claims, each leading to its row."""
    runs: list[Run] = []
    for key in claims:
        if runs:
            runs.append(Run(", "))
        runs.append(Run(key, link=f"#{key}"))
    return tuple(runs)


def decision_table(report: Report) -> Table:
    """Every decision on the claims shown, the earlier ones with what superseded them."""
    columns = (
        Column("claim", "Claim", 14),
        Column("decision", "Decision", 10),
        Column("wording", "New wording", 20),
        Column("who", "By", 16),
        Column("date", "Date", 16),
        Column("reason", "Reason", 22),
        Column("state", "State", 12),
    )
    rows = tuple(
        table_row(
            (Run(row.claim, link=f"#{row.claim}"),),
            taken.decision,
            taken.wording,
            f"{taken.reviewer} ({taken.role})",
            _when(taken),
            taken.reason,
            _state(taken, is_last=taken is row.decisions[-1]),
            muted=taken is not row.decisions[-1],
        )
        for row in report.claims
        for taken in row.decisions
    )
    return Table("table-decisions", f"{counted(len(rows), 'decision')}.", columns, rows)


def _when(taken: DecisionRow) -> Inline:
    if not taken.recorded:
        return (Run(taken.date),)
    return (Run(taken.date), Run(f"\nrecorded {taken.recorded}", soft=True))


def _state(taken: DecisionRow, *, is_last: bool) -> str:
    if not is_last:
        return "superseded"
    return f"decided on earlier evidence{_against(taken)}" if taken.on_earlier_evidence else "in force"


def _against(taken: DecisionRow) -> str:
    """What holds against the studies behind a decision, if anything."""
    return f"; behind it: {', '.join(taken.against)}" if taken.against else ""
