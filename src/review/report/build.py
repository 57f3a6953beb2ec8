"""From a review to the report model, for one audience."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from review.dossier.dossier import Dossier
from review.dossier.markets import (
    FlaggedSentence,
    flagged_sentences,
    informing_sentences,
    severity_of,
)
from review.grading import ocebm, sort
from review.language.flags.screen import EVERYWHERE, NOTICE, Hit
from review.model.asked import told_of_asking
from review.model.bibliography import short_citation
from review.model.days import due_for_review
from review.model.fields import utc_text
from review.model.records import Claim
from review.model.version import __version__
from review.model.vocabulary import (
    Action,
    Audience,
    Bar,
    Framework,
    Polarity,
    Verdict,
    YesNo,
)
from review.people.decisions import basis_digest, history
from review.report.audience import for_audience
from review.report.citations import VANCOUVER
from review.report.cited import citation_rows, cited_in_short, cited_rows, citing, told
from review.report.counted import counted
from review.report.edited_page.judged_again import with_after
from review.report.evidence import rows as evidence_rows
from review.report.evidence.forests import forests
from review.report.evidence.profiles import citations_by_key, profile, references
from review.report.evidence.search_flow import search_flow
from review.report.evidence.summary import summary_of_findings
from review.report.evidence.witnesses import witnesses
from review.report.model import (
    SCHEMA_VERSION,
    ClaimRow,
    ContradictionGroupRow,
    DecisionRow,
    DisclosureRow,
    DocumentRow,
    FlaggedRow,
    FlagRow,
    LineageRow,
    MarketCell,
    OpposedClaim,
    OpposedQuote,
    PageRuleRow,
    PageSection,
    PlaceRow,
    Provenance,
    ReasonRow,
    Report,
    Segment,
    SentenceRow,
    SideRow,
    StopRow,
    VerdictCount,
    WordingRow,
)
from review.report.plain import plain_action, plain_sentence
from review.report.raters import count_of_raters, told_of_raters
from review.verdicts.contradictions.groups import Side
from review.verdicts.pages.sentences import JudgedSentence
from review.verdicts.standing import Basis, Standing
from review.verdicts.verdict import Judged

WORST = 10  # what a director reads before the figures by page


def build_report(
    review: Dossier,
    audience: Audience = Audience.DIRECTOR,
    framework: Framework = Framework.BOTH,
    reviewer: str = "",
    organisation: str = "",
    style: str = VANCOUVER,
) -> Report:
    """The report of `review` for one audience, its references in a CSL style.

    Raises ValueError for a style that there is not.
    """
    # Made whole and then emptied, so that no writer has to ask who reads.
    report = _whole(review, framework, reviewer, organisation, style)
    return for_audience(with_after(review, report), audience)


def _whole(
    review: Dossier, framework: Framework, reviewer: str, organisation: str, style: str
) -> Report:
    """The report with everything in it, as a director sees it."""
    judged = review.judged
    citations = citations_by_key(review)
    actions = {j.claim.claim: s.action for s in review.sentences for j in s.judged}
    pooled, not_pooled = forests(review)
    return Report(
        title="Review of marketing claims",
        organisation=organisation,
        reviewer=reviewer,
        as_of=review.as_of.isoformat(),
        audience=Audience.DIRECTOR,
        framework=framework,
        shows_verdicts=True,
        shows_evidence=True,
        answer=tuple(_answer(review)),
        counts=_counts(judged),
        worst=tuple(s.decided_by for s in _to_act_on_first(review)),
        documents=tuple(_documents(judged)),
        pages=tuple(_pages(review)),
        claims=tuple(_claim_row(review, j, framework, actions, citations) for j in judged),
        sentences=tuple(_sentence_row(sentence) for sentence in review.sentences),
        summary_of_findings=summary_of_findings(review, pooled, citations),
        profiles=tuple(profile(review, s, citations) for s in review.standings),
        search_flow=search_flow(review, review.standings),
        evidence_map=evidence_rows.evidence_map(review),
        bias=evidence_rows.bias_tables(review),
        over_time=evidence_rows.over_time(review),
        forests=pooled,
        not_pooled=not_pooled,
        contradictions=tuple(_contradictions(review)),
        lineage=tuple(_lineage(review)),
        references=tuple(references(review, style, citations)),
        witnesses=tuple(witnesses(review)),
        proper_names=tuple(sorted(review.lexicon.proper)),
        jurisdictions=review.markets,
        flagged=tuple(_flagged(review)),
        informing=tuple(_flagged_row(sentence) for sentence in informing_sentences(review)),
        page_rules=tuple(_page_rules(review)),
        flag_notice=_flag_notice(review),
        retraction_notice=_told_of_asking(review),
        provenance=_provenance(review),
        citations=tuple(citation_rows(review, citations)),
    )


def _counts(judged: Iterable[Judged]) -> tuple[VerdictCount, ...]:
    counts = Counter(j.verdict for j in judged)
    return tuple(VerdictCount(v, v.symbol, v.meaning, counts[v]) for v in Verdict)


def _to_act_on_first(review: Dossier) -> tuple[JudgedSentence, ...]:
    """The first sentences in order of urgency that cannot stand, one for each statement."""
    failing: dict[str, JudgedSentence] = {}
    for sentence in review.most_urgent:
        if sentence.action is not Action.MAY_STAND:
            # Ten different statements, and not one of them ten times.
            failing.setdefault(sentence.decisive.claim.proposition, sentence)
    return tuple(failing.values())[:WORST]


def _documents(judged: Iterable[Judged]) -> Iterator[DocumentRow]:
    """What the clinic or its supplier has to show, by statement."""
    asked: dict[str, list[Judged]] = {}
    for j in judged:
        if j.standing.proposition.question.is_shown_by_papers and not j.verdict.has_evidence:
            asked.setdefault(j.claim.proposition, []).append(j)
    for key in sorted(asked):
        statement = asked[key][0].standing.proposition.statement
        yield DocumentRow(key, statement, tuple(j.claim.claim for j in asked[key]))


def _stand(review: Dossier, judged: Iterable[Judged]) -> str:
    """How many of these claims may stand, which their whole sentences have to."""
    left = {j.claim.claim for s in review.sentences if s.action is Action.MAY_STAND for j in s.judged}
    return counted(sum(j.claim.claim in left for j in judged), "may stand", "may stand")


_ANSWERS = {
    Action.MAY_STAND: ("can stay as it is", "can stay as they are"),
    Action.REWORD: ("has other words suggested", "have other words suggested"),
    Action.REMOVE: ("has to go", "have to go"),
    Action.PRODUCE_DOCUMENT: ("waits for a document", "wait for a document"),
    Action.LOOK_IT_UP: ("has to be looked up first", "have to be looked up first"),
    Action.ESCALATE: ("is for a professional to decide", "are for a professional to decide"),
}


def _answer(review: Dossier) -> Iterator[str]:
    """The answer in a few sentences, each derived from the verdicts."""
    judged, sentences = review.judged, review.sentences
    pages = counted(len(review.page_ids), "page")
    actions = Counter(sentence.action for sentence in sentences)
    answers = [counted(actions[action], *words) for action, words in _ANSWERS.items()]
    yield (
        f"Of {counted(len(sentences), 'sentence')} that claim something on {pages}, "
        f"{', '.join(answers[:-1])} and {answers[-1]}."
    )
    counts = ", ".join(f"{number} {verdict.spoken}" for verdict, number in review.verdict_counts.items())
    yield f"They hold {counted(len(judged), 'claim')}: {counts}."
    yield from _not_looked_for(review)
    worthy = [j for j in judged if j.claim.checkworthy is YesNo.YES]
    cautions = sum(j.is_caution for j in judged)
    yield (
        f"Of {counted(len(worthy), 'claim that needs', 'claims that need')} evidence before "
        f"publication, {_stand(review, worthy)}. "
        f"{counted(cautions, 'claim warns the reader and is', 'claims warn the reader and are')} never "
        "taken out."
    )
    yield from _efficacy(review)
    yield from cited_in_short(review)
    blocked = sum(j.is_blocked for j in judged)
    facts = len(review.contradiction_groups)
    markets = ", ".join(market.full_name for market in review.markets)
    yield (
        f"{counted(blocked, 'claim carries', 'claims carry')} a flag that blocks publication (rules of "
        f"advertising: {markets}); "
        f"{counted(facts, 'fact is', 'facts are')} told in two ways that cannot both be true."
    )
    graded = [s for s in review.standings if s.is_graded]
    recorded = sum(s.basis is Basis.RECORDED for s in graded)
    yield (
        f"{recorded} of {counted(len(graded), 'graded statement')} "
        f"{'rests' if recorded == 1 else 'rest'} on recorded judgements; on the others nobody has "
        "confirmed what the rules give. None of this replaces the decision of a named person."
    )
    raters = count_of_raters(s.raters for s in graded)
    if raters:
        yield (
            f"{counted(raters.total(), 'judgement stands', 'judgements stand')} behind these "
            f"certainties: {told_of_raters(raters)}. What is a draft, or suggested by a rule, counts "
            "as nobody's."
        )
    shown = {s.proposition.proposition for s in graded}
    if due := sum(
        record.proposition in shown for record in due_for_review(review.evidence, review.as_of)
    ):
        yield f"{counted(due, 'recorded judgement is', 'recorded judgements are')} due to be made anew."
    yield _told_of_asking(review)


def _not_looked_for(review: Dossier) -> Iterator[str]:
    """How much nobody has searched for: an unknown that must not look like an answer."""
    if number := review.verdict_counts[Verdict.NOT_LOOKED_FOR]:
        yield (
            f"For {counted(number, 'claim')} nobody has searched a literature database: that nothing is "
            "held says nothing of what there is."
        )


def _efficacy(review: Dossier) -> Iterator[str]:
    """What became of the claims that something works in people; nothing where there are none."""
    efficacy = [
        j
        for j in review.judged
        if j.standing.proposition.question.is_of_benefit and j.claim.polarity is Polarity.AFFIRMS
    ]
    certainties = [j.standing.certainty for j in efficacy if j.standing.certainty is not None]
    if certainties:
        best = max(certainties, key=lambda certainty: certainty.level)
        unmet = sum(j.bar is Bar.NOT_MET for j in efficacy)
        yield (
            f"Of {counted(len(efficacy), 'claim')} that something works in people, "
            f"{_stand(review, efficacy)}; the highest certainty behind any of them is {best.spoken}, "
            f"and {counted(unmet, 'lacks', 'lack')} the randomised trial that advertising asks for."
        )


def _claim_row(
    review: Dossier,
    judged: Judged,
    framework: Framework,
    actions: Mapping[str, Action],
    citations: Mapping[str, str],
) -> ClaimRow:
    claim, standing = judged.claim, judged.standing
    return ClaimRow(
        claim=claim.claim,
        page=claim.page,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        category=claim.category,
        wording=claim.wording,
        polarity=claim.polarity,
        checkworthy=claim.checkworthy,
        proposition=claim.proposition,
        statement=standing.proposition.statement,
        topic=standing.proposition.topic,
        verdict=judged.verdict,
        symbol=judged.verdict.symbol,
        standing="" if framework is Framework.OCEBM else _standing_text(standing),
        level="" if framework is Framework.GRADE else standing.level.label,
        basis=standing.basis,
        raters=_raters(standing),
        reasons=tuple(ReasonRow(r.code, r.sentence) for r in judged.reasons),
        flags=tuple(_flag_row(hit) for hit in judged.flags),
        plain=plain_sentence(judged),
        action=actions[claim.claim],
        bar=judged.bar,
        allowed_wording=judged.allowed_wording,
        decisions=tuple(_decisions(review, claim)),
        citations=tuple(cited_rows(review, told(review.held_of(claim.claim)), citations)),
        rests_on=basis_digest(review.evidence, claim.claim),
    )


def _raters(standing: Standing) -> str:
    """How many people made the judgements behind a certainty; empty where no judgement gave it."""
    if not standing.raters:
        return ""
    return f"judgements: {told_of_raters(count_of_raters([standing.raters]))}"


def _standing_text(standing: Standing) -> str:
    """The label; where documents decided, with what they decided on: the positive statement."""
    by_documents = not standing.is_graded and not standing.is_set_aside
    return f"statement {standing.label}" if by_documents else standing.label


def _sentence_row(sentence: JudgedSentence) -> SentenceRow:
    return SentenceRow(
        page=sentence.page,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        claims=tuple(j.claim.claim for j in sentence.judged),
        action=sentence.action,
        tier=sentence.tier,
        warns=sentence.warns,
        wording=sentence.wording,
        plain=plain_action(sentence),
        decided_by=sentence.decided_by,
    )


def _decisions(review: Dossier, claim: Claim) -> Iterator[DecisionRow]:
    for taken in history(review.evidence, claim.claim, review.as_of):
        decision = taken.decision
        yield DecisionRow(
            decision=decision.decision,
            wording=decision.wording,
            reviewer=decision.reviewer,
            role=decision.role,
            date=decision.date.isoformat(),
            reason=decision.reason,
            on_earlier_evidence=not taken.is_current,
            recorded=utc_text(decision.recorded) if decision.recorded else "",
            scope=decision.scope,
            owner=decision.owner or "",
            due=decision.due.isoformat() if decision.due else "",
            countersigned=decision.countersigned or "",
            against=tuple(
                f"{notice.kind.spoken} of {short_citation(review.evidence.references[notice.study])}"
                for notice in taken.against
            ),
        )


def _told_of_asking(review: Dossier) -> str:
    """What is known of retractions of the references shown."""
    return told_of_asking(review.evidence, review.studies_shown, review.as_of)


def _flag_row(hit: Hit) -> FlagRow:
    flag = hit.flag
    return FlagRow(
        flag.flag,
        flag.title,
        flag.severity,
        hit.span,
        flag.basis,
        flag.source,
        hit.jurisdiction,
        flag.clears,
    )


def _flagged(review: Dossier) -> Iterator[FlaggedRow]:
    """The flagged sentences that no row of a claim tells: with several markets all of them."""
    for sentence in flagged_sentences(review):
        if len(review.markets) > 1 or not sentence.claims:
            yield _flagged_row(sentence)


def _flagged_row(sentence: FlaggedSentence) -> FlaggedRow:
    cells = (
        MarketCell(market, severity_of(hits) or "", tuple((h.flag.flag, h.flag.title) for h in hits))
        for market, hits in sentence.by_market.items()
    )
    return FlaggedRow(sentence.page, sentence.text, sentence.claims, tuple(cells))


def _flag_notice(review: Dossier) -> str:
    """What flags are not, and on what no rule is held in a market under review."""
    screen = review.lexicon.screen
    gaps = (
        f"{market.full_name}: no rule is held here on {', '.join(g.spoken for g in grounds)}; that none "
        "is met says nothing of these."
        for market in review.markets
        if (grounds := screen.without_rule(market))
    )
    return " ".join((NOTICE, *_informing_notice(review), *gaps))


def _informing_notice(review: Dossier) -> Iterator[str]:
    if spared := len(list(informing_sentences(review))):
        yield (
            f"{counted(spared, 'sentence is', 'sentences are')} worded as information for patients, and "
            "no rule on benefits was held to what a rule would have met there: read "
            f"{'it' if spared == 1 else 'them'}."
        )


def _page_rules(review: Dossier) -> Iterator[PageRuleRow]:
    for flag, market in review.lexicon.screen.needing_the_page:
        where = market.full_name if market else EVERYWHERE
        yield PageRuleRow(flag.flag, flag.title, where, flag.basis, flag.clears)


def _pages(review: Dossier) -> Iterator[PageSection]:
    # All claims of a sentence are coloured alike: it is the sentence that a person changes.
    verdicts = {j.claim.claim: s.verdict for s in review.sentences for j in s.judged}
    for key in review.page_ids:
        yield _page(review, key, verdicts)


def _page(review: Dossier, key: str, verdicts: Mapping[str, Verdict]) -> PageSection:
    page = review.evidence.pages[key]
    judged = review.judged_on(key)
    impression = review.impression(key)
    return PageSection(
        page=key,
        title=page.title,
        kind=page.kind,
        sha256=page.sha256,
        captured=str(page.captured),
        url=page.url,
        counts=_counts(judged),
        impression=impression.sentence,
        stops=tuple(StopRow(x.kind, x.sentence, x.claims) for x in review.stops(key)),
        disclosures=tuple(DisclosureRow(kind, made) for kind, made in impression.disclosures.items()),
        segments=tuple(_segments(page.text, judged, verdicts)),
        after=None,
        citing=citing(review, key),
    )


def _segments(text: str, judged: Sequence[Judged], verdicts: Mapping[str, Verdict]) -> Iterator[Segment]:
    """The text cut wherever a claim begins or ends; overlapping claims share segments."""
    # The ends of the text are cuts, so that all segments together are the page to the last letter.
    cuts = {0, len(text)} | {j.claim.start for j in judged} | {j.claim.end for j in judged}
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        covering = [j for j in judged if j.claim.start < end and start < j.claim.end]
        met = (verdicts[j.claim.claim] for j in covering)
        worst = min(met, key=lambda verdict: verdict.urgency, default=None)
        covered = tuple(j.claim.claim for j in covering)
        ends = tuple(j.claim.claim for j in covering if j.claim.end == end)
        yield Segment(text[start:end], covered, ends, worst or "")


def _contradictions(review: Dossier) -> Iterator[ContradictionGroupRow]:
    for group in review.contradiction_groups:
        a, b = (tuple(_sides(review, sides)) for sides in (group.a, group.b))
        yield ContradictionGroupRow(group.topic, group.why, a, b, group.within, group.pairs)


def _sides(review: Dossier, sides: Iterable[Side]) -> Iterator[SideRow]:
    for side in sides:
        key, polarity = side.literal
        said: dict[str, list[OpposedClaim]] = {}
        for claim in side.claims:
            said.setdefault(claim.quote, []).append(OpposedClaim(claim.claim, claim.page))
        quotes = tuple(OpposedQuote(quote, tuple(claims)) for quote, claims in said.items())
        yield SideRow(key, review.proposition(key).statement, polarity, quotes)


def _lineage(review: Dossier) -> Iterator[LineageRow]:
    for shared in review.shared_passages:
        wordings = tuple(
            WordingRow(wording.quote, tuple(PlaceRow(*place) for place in wording.places))
            for wording in shared.wordings
        )
        yield LineageRow(shared.kind, shared.similarity, shared.parts, wordings)


def _provenance(review: Dossier) -> Provenance:
    return Provenance(
        version=__version__,
        schema_version=SCHEMA_VERSION,
        methods=(
            review.settings.method,
            f"{ocebm.METHOD} {ocebm.METHOD_VERSION}",
            f"{sort.METHOD} {sort.METHOD_VERSION}",
            "verdicts, form 2 (our convention, after GRADE guidelines 26)",
            f"flags, form 3, {', '.join(market.full_name for market in review.markets)}: "
            + ", ".join(flag.flag for flag in review.lexicon.screen.in_force),
        ),
        evidence_digest=review.evidence.digest,
        files=tuple(review.evidence.files.items()),
    )
