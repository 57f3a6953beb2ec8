"""From the report model to the document that every format shows, part by part, in reading order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from review.model.vocabulary import NOT_APPLICABLE, NOT_REPORTED, Verdict, spoken
from review.report.counted import counted
from review.report.model import ClaimRow, PageSection, Report
from review.report.parts.after import after_paragraph, after_table
from review.report.parts.citation_part import citation_part
from review.report.parts.claim_table import (
    claim_table,
    decision_table,
    document_table,
    flag_table,
    informing_table,
    market_table,
    page_rule_table,
    sentence_table,
    worst_table,
)
from review.report.parts.document import (
    AnnotatedText,
    Block,
    Bullets,
    Column,
    Document,
    Kind,
    Mark,
    Paragraph,
    Part,
    Run,
    Section,
    Stretch,
    Table,
    table_row,
    text,
)
from review.report.parts.evidence_parts import (
    contradiction_part,
    evidence_part,
    lineage_part,
    overview_part,
    reference_part,
)
from review.report.parts.sign_off import sign_off_blocks
from review.report.parts.stops import stops_section
from review.report.parts.summary_part import summary_part
from review.report.pictures import verdict_blocks


def compose(report: Report) -> Document:
    """The document of a report, with the parts that its audience sees."""
    return document_of(report, _parts(report))


def document_of(report: Report, parts: Iterable[Part]) -> Document:
    """A document about a report, of these parts."""
    return Document(
        title=report.title,
        subtitle=_subtitle(report),
        running_head=_running_head(report),
        date=report.as_of,
        parts=tuple(parts),
    )


def _parts(report: Report) -> Iterator[Part]:
    if report.shows_verdicts:
        yield answer_part(report)
        yield citation_part(report)
    if report.summary_of_findings.rows:
        yield summary_part(report)
    yield pages_part(report)
    yield _claims_part(report)
    if report.shows_verdicts:
        yield contradiction_part(report)
        yield lineage_part(report)
    if report.shows_evidence:
        yield overview_part(report)
        yield evidence_part(report)
        yield reference_part(report)
        yield sign_off_part(report)
        yield methods_part(report)
    yield provenance_part(report)


def _subtitle(report: Report) -> str:
    whose = f"{report.organisation}. " if report.organisation else ""
    reviewer = f" Reviewer: {report.reviewer}." if report.reviewer else ""
    return (
        f"{whose}Evidence known on {report.as_of}. Pages: {_titles(report)}. "
        f"Prepared for: {report.audience}.{reviewer}"
    )


def _titles(report: Report) -> str:
    """The titles of the pages, alike ones once; only the first of very many, as the answer follows."""
    titles = Counter(page.title for page in report.pages)
    named = [f"{title} ({number} pages)" if number > 1 else title for title, number in titles.items()]
    more = f" and {len(named) - _TITLES} more titles" if len(named) > _TITLES else ""
    return ", ".join(named[:_TITLES]) + more


_TITLES = 12
"""As many titles as three lines hold."""


def _running_head(report: Report) -> str:
    """The page's name and digest; for several pages their number and the digest of the evidence."""
    if len(report.pages) == 1:
        page = report.pages[0]
        return f"{page.title} · SHA-256 {page.sha256[:12]} · evidence of {report.as_of}"
    digest = report.provenance.evidence_digest[:12]
    return f"{len(report.pages)} pages · evidence of {report.as_of}, SHA-256 {digest}"


# The answer


def answer_part(report: Report) -> Part:
    """What stops the pages, the answer, what to do first, and each page in figures."""
    lead, *others = report.answer
    worst = worst_table(report) if report.worst else Paragraph(text("No sentence needs a change."))
    # A director reads what to do before the figures by page.
    by_page = (*verdict_blocks(report), _disclosure_table(report), after_table(report))
    way = (_way_to_decide(),) if report.shows_evidence else ()
    return Part(
        "The answer",
        "answer",
        (
            *stops_section(report),
            Paragraph(text(lead), Kind.LEAD),
            *(Paragraph(text(line)) for line in others),
            Section("What to do first", "worst", (worst, sentence_table(report))),
            *_documents(report),
            Section("Page by page", "by-page", (*by_page, *way)),
        ),
    )


def _documents(report: Report) -> Iterator[Block]:
    if report.documents:
        table = document_table(report)
        yield Section("Documents to ask the supplier for", "documents", (table,), folded=True)


def _way_to_decide() -> Paragraph:
    """Where to read on from the first pages; the evidence is there to be looked up."""
    return Paragraph(
        (
            Run("To decide: ", strong=True),
            Run("each claim with its reason and what may be said stands under "),
            Run("Every claim", link="#claims"),
            Run("; what is known of its statement, to look up, under "),
            Run("The evidence behind each proposition", link="#evidence"),
            Run("; the decision is signed under "),
            Run("Sign-off", link="#sign-off"),
            Run("."),
        )
    )


def _disclosure_table(report: Report) -> Table:
    kinds = [disclosure.kind for disclosure in report.pages[0].disclosures]
    rows = tuple(
        table_row(
            (Run(page.title, link=f"#page-{page.page}"),),
            *(_disclosed(d.claims) for d in page.disclosures),
        )
        for page in report.pages
    )
    columns = (
        Column("page", "Page", 20),
        *(Column(kind, f"Says {kind}", 20) for kind in kinds),
    )
    caption = "Three things a reader should be told, and whether each page says them."
    return Table("table-disclosures", caption, columns, rows)


def _disclosed(claims: tuple[str, ...]) -> str:
    if not claims:
        return "left out"
    return f"yes, in {counted(len(claims), 'claim')}"


# The pages


def pages_part(report: Report) -> Part:
    """Each page as it was read, with every claim marked."""
    intro = (
        "Each page is quoted as it was read, with every claim marked. The number after a mark leads to "
        "the claim."
    )
    if report.shows_verdicts:
        intro = (
            "Each page is quoted as it was read. A sentence is edited as a whole, so all claims in one "
            "bear the gravest verdict among them, which need not be their own. The number after a mark "
            "leads to the claim, its own verdict, its reason and what may be said."
        )
    claims = _alike_in_a_sentence(report)
    folded = len(report.pages) > 1
    return Part(
        "The pages, annotated",
        "pages",
        (
            Paragraph(text(intro)),
            *(_page_section(page, claims, folded) for page in report.pages),
        ),
    )


def _page_section(page: PageSection, claims: dict[str, ClaimRow], folded: bool) -> Section:
    captured, address = (_if_reported(fact) for fact in (page.captured, page.url))
    origin = (
        "Third-party text, quoted for review. "
        f"Captured: {captured}. Address: {address}. SHA-256 {page.sha256}"
    )
    blocks: list[Block] = [Paragraph(text(origin), Kind.SOFT)]
    if page.impression:
        blocks.append(Paragraph((Run("Net impression: ", strong=True), Run(page.impression))))
    blocks += after_paragraph(page)
    stretches = tuple(
        Stretch(
            segment.text,
            bool(segment.claims),
            segment.verdict,
            tuple(_mark(claims[key]) for key in segment.ends),
        )
        for segment in page.segments
    )
    blocks.append(AnnotatedText(page.page, stretches))
    return Section(page.title, f"page-{page.page}", tuple(blocks), folded)


def _alike_in_a_sentence(report: Report) -> dict[str, ClaimRow]:
    """The claims by id, each with the sign of its sentence: no reader meets two signs in one."""
    claims = {row.claim: row for row in report.claims}
    for sentence in report.sentences:
        rows = [claims[key] for key in sentence.claims if key in claims]
        verdicts = [row.verdict for row in rows if isinstance(row.verdict, Verdict)]
        if verdicts:
            worst = min(verdicts, key=lambda verdict: verdict.urgency)
            for row in rows:
                claims[row.claim] = replace(row, verdict=worst, symbol=worst.symbol)
    return claims


_NO_VERDICT = "·"
"""Keeps the numbers of neighbouring marks apart where no symbol of a verdict does."""


def _mark(row: ClaimRow) -> Mark:
    note = f"{row.plain} {row.allowed_wording}".strip()
    return Mark(row.claim, row.claim.rsplit("-", 1)[1], row.symbol or _NO_VERDICT, row.verdict, note)


def _if_reported(fact: str) -> str:
    return spoken(fact) if fact in (NOT_REPORTED, NOT_APPLICABLE) else fact


# The claims


def _claims_part(report: Report) -> Part:
    blocks: list[Block] = []
    if report.shows_verdicts:
        intro = (
            "In reading order. Certainty is what the evidence says of the positive statement, which a "
            f"claim may deny; the reasons compare the wording with it. The symbol before a verdict says "
            f"the same as its colour. {report.flag_notice}"
        )
        blocks.append(Paragraph(text(intro)))
    blocks.append(claim_table(report))
    if any(row.flags for row in report.claims):
        flags = Section("Flags and what would clear them", "flags", (flag_table(report),))
        blocks.append(flags)
    if report.flagged:
        title = "Flagged sentences by market"
        intro = (
            "Every sentence that a rule of these markets meets, side by side."
            if len(report.jurisdictions) > 1
            else "Flagged sentences from which no claim was quoted; the table of claims has the others."
        )
        blocks.append(Section(title, "markets", (Paragraph(text(intro)), market_table(report))))
    if report.informing:
        title = "Sentences worded as information"
        intro = (
            "A rule would have met these, were they worded as advertising is. Whether the page makes "
            "advertising of them, somebody has to read."
        )
        blocks.append(Section(title, "informing", (Paragraph(text(intro)), informing_table(report))))
    if report.page_rules:
        title = "Rules that words cannot show"
        intro = "Nobody has held the page to these rules here: look at its pictures, links and headings."
        blocks.append(Section(title, "page-rules", (Paragraph(text(intro)), page_rule_table(report))))
    if any(row.decisions for row in report.claims):
        blocks.append(Section("Decisions", "decisions", (decision_table(report),)))
    return Part("Every claim", "claims", tuple(blocks), landscape=True)


# Sign-off, methods, provenance


def sign_off_part(report: Report) -> Part:
    """The lines to sign on."""
    return Part("Sign-off", "sign-off", sign_off_blocks(report))


_METHODS = (
    "Every claim is quoted by its position in the page. Each makes or denies one proposition; evidence "
    "is linked to propositions, finding by finding, with a stance, how direct it is and a reason.",
    "Benefit, harm, comparison and prevalence are graded by GRADE and placed in the OCEBM 2011 table. "
    "Animal and cell findings never count as evidence in people. A fact that nobody read anywhere "
    "never counts; one read only where another source cites it counts, and the reasons tell where that "
    "is all there is. Weaker designs do not outvote stronger ones. Biology, regulation, composition, "
    "protocol and the state of research are judged on documents, by the strongest kind linked.",
    "A verdict compares direction, firmness of the wording (high certainty allows “is”, moderate "
    "“likely”, low “may”, very low “very uncertain”), scope and figures. Reasons are codes with a "
    "sentence each.",
    "Limits: the library holds what was found and read, not a systematic search; most studies were read "
    "as abstracts; judgements and appraisals marked draft await a clinician; suggestions are marked and "
    "are not judgements. An appraisal answers only what the text read allows, so many items stay open.",
)


def methods_part(report: Report) -> Part:
    """How verdicts come about, and what they do not tell."""
    return Part(
        "Methods and limits",
        "methods",
        (
            *(Paragraph(text(sentence)) for sentence in _METHODS),
            Bullets(tuple(text(method) for method in report.provenance.methods)),
        ),
    )


def provenance_part(report: Report) -> Part:
    """What the report was made from."""
    made = report.provenance
    line = (
        f"evidence-review {made.version}, report form {made.schema_version}. Evidence digest "
        f"{made.evidence_digest}, of {len(made.files)} input files; manifest.json lists them with their "
        "SHA-256. The same evidence and date give the same bytes."
    )
    owners = "The quoted pages belong to their owners and are reproduced for review only."
    return Part(
        "Provenance",
        "provenance",
        (
            Paragraph(text(line)),
            Paragraph(text(f"{owners} {report.flag_notice}"), Kind.SOFT),
        ),
    )
