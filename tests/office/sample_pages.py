"""A report with one small page, and the pages that are hard to edit: what stands where."""

import re
from dataclasses import dataclass, replace

from review.model.vocabulary import (
    Action,
    Audience,
    Category,
    DecisionKind,
    Framework,
    PageKind,
    Polarity,
    Tier,
    Verdict,
    Wording,
    YesNo,
)
from review.report.evidence.model import EvidenceMap, SummaryOfFindings
from review.report.model import (
    ClaimRow,
    DecisionRow,
    PageSection,
    Provenance,
    ReasonRow,
    Report,
    Segment,
    SentenceRow,
)
from review.verdicts.reasons import Code
from review.verdicts.standing import Basis

AS_OF = "2026-11-21"
WORDING = "It has not been confirmed."


def decided(kind: str, wording: str = "not_applicable", **changes) -> DecisionRow:
    made = DecisionKind(kind)
    row = DecisionRow(made, wording, "reviewer A", "medical director", "2026-11-20", "Because.", False)
    return replace(row, **changes)


def claim(start: int, end: int, decision: DecisionRow | None = None, **changes) -> ClaimRow:
    """An unsupported claim on the page, its quote and id still to be filled in."""
    row = ClaimRow(
        claim="",
        page="home",
        start=start,
        end=end,
        quote="",
        category=Category.EFFICACY,
        wording=Wording.ASSERTED,
        polarity=Polarity.AFFIRMS,
        checkworthy=YesNo.YES,
        proposition="it-works",
        statement="It works.",
        topic="other",
        verdict=Verdict.UNSUPPORTED,
        symbol="○",
        standing="none",
        level="not rated",
        basis=Basis.RULE,
        raters="",
        reasons=(ReasonRow(Code.NO_EVIDENCE, "No evidence that decides the question was found."),),
        flags=(),
        plain="We found no study that shows this.",
        action=Action.REMOVE,
        bar="",
        allowed_wording=WORDING,
        decisions=() if decision is None else (decision,),
    )
    return replace(row, **changes)


def page_of(marked: str, **wordings: str) -> Report:
    """A report with the one page `home` that is `marked`: each sentence with a claim begins with `{x}`.

    The letters say what it needs: `r` to be taken out, `n` a new wording (in `wordings`, as `n`, `n2`,
    ...), `w` nothing, for it warns, `m` nothing, `e` a person, `d` a document, `l` a search.
    """
    text, rows, claims, at = "", [], [], 0
    for mark in re.finditer(r"\{(\w+)\}(.+?)\|", marked):
        text += marked[at : mark.start()]
        start, words, at = len(text), mark[2], mark.end()
        text += words
        claims.append(claim(start, len(text)))
        rows.append(sentence(start, text, len(claims), mark[1], wordings))
    report = report_of(text + marked[at:], *claims)
    return replace(report, sentences=tuple(rows))


def sentence(start: int, text: str, number: int, kind: str, wordings: dict[str, str]) -> SentenceRow:
    """The row of the sentence that begins at `start` and ends with `text`."""
    return SentenceRow(
        page="home",
        start=start,
        end=len(text),
        text=text[start:],
        claims=(f"home-{number:03}",),
        action=ACTIONS[kind[0]],
        tier=Tier.MISLEADS,
        warns=kind == "w",
        wording=wordings.get(kind, ""),
        plain="What to do in plain words.",
        decided_by=f"home-{number:03}",
    )


ACTIONS = {
    "r": Action.REMOVE,
    "n": Action.REWORD,
    "w": Action.LOOK_IT_UP,
    "m": Action.MAY_STAND,
    "e": Action.ESCALATE,
    "d": Action.PRODUCE_DOCUMENT,
    "l": Action.LOOK_IT_UP,
}


def report_of(text: str, *claims: ClaimRow, title: str = "Home") -> Report:
    """A report with the one page `home`, whose claims are numbered as they are given."""
    rows = tuple(
        replace(row, claim=f"home-{number:03}", quote=text[row.start : row.end])
        for number, row in enumerate(claims, start=1)
    )
    segments = (Segment(text, (), (), ""),) if text else ()
    page = PageSection("home", title, PageKind.OTHER, "0" * 64, "", "", (), "", (), (), segments, None)
    return Report(
        title="Review of marketing claims",
        organisation="",
        reviewer="",
        as_of=AS_OF,
        audience=Audience.DIRECTOR,
        framework=Framework.BOTH,
        shows_verdicts=True,
        shows_evidence=True,
        answer=(),
        counts=(),
        worst=(),
        pages=(page,),
        claims=rows,
        sentences=(),
        documents=(),
        summary_of_findings=SummaryOfFindings(),
        profiles=(),
        search_flow=None,
        evidence_map=EvidenceMap((), ()),
        bias=(),
        over_time=(),
        forests=(),
        not_pooled="",
        contradictions=(),
        lineage=(),
        references=(),
        proper_names=(),
        jurisdictions=(),
        flagged=(),
        informing=(),
        page_rules=(),
        flag_notice="",
        retraction_notice="",
        witnesses=(),
        provenance=Provenance("1", "1", (), "0" * 64, ()),
    )


REMOVE = decided("remove")
LINES = "First line.\nSecond line.\n\nFourth line."


@dataclass(frozen=True)
class Hard:
    """A page that is hard to edit, and its claims."""

    name: str
    text: str
    claims: tuple[ClaimRow, ...]


HARD = (
    Hard("empty", "", ()),
    Hard("no-claim", "Nothing is claimed here.", ()),
    Hard("all-of-it", "Regrows hair.", (claim(0, 13, REMOVE),)),
    Hard("first-and-last", "abcdef", (claim(0, 1, REMOVE), claim(5, 6, decided("reword", "XYZ")))),
    Hard("whole-line", LINES, (claim(12, 24, REMOVE),)),
    Hard("whole-line-and-its-end", LINES, (claim(12, 25, REMOVE),)),
    Hard("first-line-and-its-end", LINES, (claim(0, 12, REMOVE),)),
    Hard("across-lines", LINES, (claim(6, 33, REMOVE),)),
    Hard("across-lines-by-lines", LINES, (claim(6, 33, decided("reword", "one\ntwo\n\nthree")),)),
    Hard("one-line-to-three", LINES, (claim(12, 18, decided("reword", "a\n\nb")),)),
    Hard("only-a-line-feed", LINES, (claim(11, 12, REMOVE),)),
    Hard("empty-line", LINES, (claim(24, 26, REMOVE),)),
    Hard("to-the-end", LINES, (claim(20, 38, REMOVE),)),
    Hard("line-feed-added-at-the-end", "End", (claim(2, 3, decided("reword", "d\n")),)),
    Hard("ends-with-line-feeds", "\n\nText.\n\n", (claim(2, 7, REMOVE),)),
    Hard("last-line-feed-goes", "Text.\n", (claim(0, 6, REMOVE),)),
    Hard("adjacent", "one two three", (claim(0, 4, REMOVE), claim(4, 8, REMOVE), claim(8, 13))),
    Hard("nested", "one two three", (claim(0, 13), claim(4, 7, verdict=Verdict.CONTRADICTED))),
    Hard("partial", "one two three", (claim(0, 7, REMOVE), claim(4, 13, REMOVE))),
    Hard("same-words", "one two", (claim(0, 7), claim(0, 7, verdict=Verdict.SUBSTANTIATED))),
    Hard("chain", "abcdefghij", (claim(0, 4), claim(3, 7), claim(6, 10), claim(9, 10, REMOVE))),
    Hard("spaces", "  two   spaces  ", (claim(2, 6, REMOVE), claim(8, 14, decided("reword", "  x  ")))),
    Hard("tabs", "\ta\tb\t", (claim(1, 3, REMOVE), claim(4, 5, decided("reword", "\t\tc")))),
    Hard("no-break-space", "5\xa0mg\xa0daily", (claim(1, 5, decided("reword", "\xa0g\xa0")),)),
    Hard("emoji", "💉👩🏽‍⚕️ heals 🩸!", (claim(0, 1, REMOVE), claim(12, 13, decided("reword", "𝒳")))),
    Hard("marks", "e\u0301 co\xadop a\u200db \u200fשלום\u200e", (claim(1, 2, REMOVE), claim(5, 9))),
    Hard("right-to-left", "\u202egnorts\u202c", (claim(0, 4, REMOVE),)),
    Hard("control", "a\x07b\x00c\x1b[31m\r\x85", (claim(1, 4, REMOVE), claim(5, 6))),
    Hard("no-characters", "a\ufffeb\uffffc", (claim(1, 2, REMOVE),)),
    Hard("markup", "<w:del/>&amp;]]><!--", (claim(0, 8, decided("reword", "</w:t>&lt;")),)),
    Hard("field", '{ HYPERLINK "https://example.org" } =1+1', (claim(2, 11, REMOVE),)),
)


def report_of_hard(hard: Hard) -> Report:
    return report_of(hard.text, *hard.claims)
