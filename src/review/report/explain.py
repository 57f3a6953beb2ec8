"""One verdict in plain words: the whole chain from the quote on the page to the word in the report."""

from collections.abc import Iterator

from review.dossier.change import sensitivity_of
from review.dossier.dossier import Dossier, flags_met
from review.language.flags.screen import EVERYWHERE
from review.model.vocabulary import NOT_REPORTED, Assertion, Bar, Raters, Reach, spoken
from review.report.citations import citation
from review.report.cited import citing, reference_of
from review.report.counted import counted
from review.report.plain import plain_action
from review.report.raters import count_of_raters, judgements_by, told_of_raters
from review.verdicts.across import across, across_sentences, outcomes_beside
from review.verdicts.bodies import Item
from review.verdicts.standing import Basis, Standing
from review.verdicts.verdict import Judged

_DOES = {
    Assertion.ASSERTED: "says so itself",
    Assertion.DENIED: "denies it",
    Assertion.LIMITED: "tells a limit of it",
    Assertion.WARNED: "warns or asks for care",
    Assertion.ATTRIBUTED: "reports what others say",
    Assertion.ASKED: "asks, and leaves the answer open",
    Assertion.INFORMED: "says so as information for patients is worded",
}


_INFORMS = "its sentence is worded as information for patients is; read whether it advertises"


def explained(review: Dossier, claim: str) -> Iterator[str]:
    """The lines that tell how `claim` came to its verdict, each step with its source.

    Raises KeyError when the review holds no such claim.
    """
    page = next((chosen.page for chosen in review.chosen_claims if chosen.claim == claim), None)
    if page is None:
        raise KeyError(claim)
    # The other pages have no say in it, and reading them takes longer than all else.
    here = review.select(pages=[page])
    judged = next(j for j in here.judged if j.claim.claim == claim)
    yield from _page(review, judged)
    yield from _standing(review, judged)
    yield from _cited(here, judged)
    yield from _verdict(judged)
    yield from _informing(here, judged)
    yield from _action(here, judged)
    yield "This is a suggestion; a named person decides."


def _day(checked: object) -> str:
    """A day as it is written, or that none is known."""
    return spoken(NOT_REPORTED) if checked == NOT_REPORTED else str(checked)


def explained_rule(review: Dossier, flag: str) -> Iterator[str]:
    """The lines that tell what a rule of advertising asks for, and where these pages meet it.

    Raises KeyError when no pack holds such a rule.
    """
    rules = review.evidence.packs.rules
    rule, market = rules[flag]
    where = market.full_name if market else EVERYWHERE
    force = "in force" if market is None or market in review.markets else "not under review"
    yield f"Rule {rule.flag}, {where} ({force}), {rule.severity}: {rule.title}."
    yield f"  Basis: {rule.basis}."
    yield f"  Source: {rule.source} (checked: {_day(rule.checked)})."
    yield f"  What would clear it: {rule.clears}."
    if rule.reach is Reach.PAGE:
        yield "  No words show it: somebody has to hold the whole page to it."
        return
    for text in rule.examples:
        yield f"  Meets it: {text}"
    for text in rule.counter_examples:
        yield f"  Does not: {text}"
    hits = [(page, hit) for page in review.page_ids for hit in review.flags[page]]
    met = [(page, hit) for page, hit in hits if hit.flag.flag == flag]
    yield f"Met {counted(len(met), 'time')} on these pages:"
    for page, hit in met:
        yield f'  {page} {hit.start}-{hit.end}: "{hit.span}"'
    spared = [(page, hit) for page, hits in review.informing.items() for hit in hits]
    for page, hit in spared:
        if hit.flag.flag == flag:
            yield f'  {page} {hit.start}-{hit.end}: "{hit.span}", not held to it: {_INFORMS}'


def _page(review: Dossier, judged: Judged) -> Iterator[str]:
    claim = judged.claim
    page = review.evidence.pages[claim.page]
    yield f"Claim {claim.claim}, {page.title}, characters {claim.start} to {claim.end}:"
    yield f'  "{claim.quote}"'
    yield f"It is a claim of {claim.category}, {claim.wording}."
    proposition = judged.standing.proposition
    about = f"the proposition {proposition.proposition}, a {proposition.question} question"
    yield f"It {claim.polarity} {about}:"
    yield f"  {proposition.statement}"


def _standing(review: Dossier, judged: Judged) -> Iterator[str]:
    standing = judged.standing
    yield f"What counts for it on {review.as_of.isoformat()}: {len(standing.body.counted)} findings."
    for item in standing.body.counted:
        yield from _finding(review, item)
    yield f"What does not count: {len(standing.body.excluded)} findings."
    for item, why in standing.body.excluded:
        yield f"  {item.study.study} {item.finding.finding}: {why}."
    for search in review.evidence.searches.get(standing.proposition.proposition, ()):
        yield f"Looked for ({search.kind}): {search.looked_for} {search.result}"
    yield f"The standing, by {standing.method} ({standing.basis}; judged by {standing.judged_by}):"
    for step in standing.steps:
        yield f"  {step}"
    yield from _raters(standing)
    for disagreement in standing.disagreements:
        yield f"  the rules suggest otherwise in {disagreement}"
    level = "no OCEBM level" if standing.level.value is None else f"OCEBM level {standing.level.value}"
    yield f"  {level}: {standing.level.reason}."
    if standing.sort.value:
        yield f"  SORT {standing.sort.value}: {standing.sort.reason}."
    if standing.basis is not Basis.RULE:
        lift = sensitivity_of(review, standing.proposition.proposition).changes_to_lift
        needed = f"{lift} levels better in its judgements" if lift else "no change of judgements"
        yield f"  the next certainty would take {needed}."
    yield f"So: {standing.label}, direction {standing.direction}."
    beside = outcomes_beside(standing.proposition, review.evidence.propositions.values())
    for sentence in across_sentences(across([review.standing(other.proposition) for other in beside])):
        yield f"  {sentence}"


def _raters(standing: Standing) -> Iterator[str]:
    """Who made the judgements behind a certainty; nothing where no judgement gave it."""
    if not standing.raters:
        return
    number = counted(len(standing.raters), "judgement")
    yield f"  of {number}, {told_of_raters(count_of_raters([standing.raters]))}:"
    for raters in Raters:
        if names := judgements_by(standing.raters, raters):
            yield f"    {raters.spoken}: {names}"


def _finding(review: Dossier, item: Item) -> Iterator[str]:
    study, finding = item.study, item.finding
    yield f"  {citation(review.evidence.references[study.study])}"
    yield f"    {study.design}, n {study.n}, read: {finding.checked}"
    yield f"    {item.link.stance}: {' '.join(finding.result.split())}"
    yield f"    bias, {review.appraisal_text(study.study)}"
    appraisal = review.evidence.appraisals.get(study.study)
    for name, answer in appraisal.answers.items() if appraisal else ():
        if answer.adjudicated:
            reason = f"{' '.join(answer.reason.split())} {answer.adjudicated[-1].sentence}"
            yield f"      item {name}: {answer.answer}. {reason}"
    yield f"    why linked: {' '.join(item.link.reason.split())}"


def _cited(review: Dossier, judged: Judged) -> Iterator[str]:
    """What the page names as sources of the claim, and what each says of it; the verdict is apart."""
    page = judged.claim.page
    if not review.citations:
        yield f"What its page cites: {citing(review, page).spoken}."
        return
    answers = review.held_of(judged.claim.claim)
    yield f"What its page cites for it, beside the verdict: {counted(len(answers), 'citation')}."
    for answer in answers:
        place = answer.citation
        source = reference_of(review, place) or f"a source that is {place.identity.spoken}"
        where = f"{place.citation}, by {place.scope}"
        by = f", {answer.judged_by}" if answer.judged_by else ""
        yield f"  {where}: {source}: {answer.fidelity.spoken} ({answer.basis}{by})."
        if answer.finding:
            told = " ".join(answer.finding.result.split())
            yield f"    {answer.finding.finding}: {told}"
            yield f"    read ({answer.finding.checked}): {answer.finding.source}"
        yield f"    {' '.join(answer.reason.split())} {answer.fidelity.advice}"


def _verdict(judged: Judged) -> Iterator[str]:
    yield f"Verdict: {judged.verdict}."
    for reason in judged.reasons:
        yield f"  {reason.code}: {reason.sentence}"
    for hit in judged.flags:
        yield f"  flag {hit.flag.flag}, {hit.jurisdiction}, {hit.flag.severity}: {hit.flag.title}."
        yield f'    The words: "{hit.span}"; it {hit.why}, and the page {_DOES[hit.assertion]}.'
        yield f"    Basis: {hit.flag.basis}."
        yield f"    Source: {hit.flag.source} (checked: {_day(hit.flag.checked)})."
        yield f"    What would clear it: {hit.flag.clears}."


def _informing(review: Dossier, judged: Judged) -> Iterator[str]:
    """What rules would have met in the claim, were it not worded as information."""
    claim = judged.claim
    for hit in flags_met(review.informing[claim.page], claim.start, claim.end):
        yield f"  flag {hit.flag.flag}, {hit.jurisdiction}, not held to it: {hit.flag.title}."
        yield f'    The words: "{hit.span}"; {_INFORMS}.'


def _action(review: Dossier, judged: Judged) -> Iterator[str]:
    """What the claim needs by itself, what its whole sentence needs, and the words suggested."""
    if judged.allowed_wording:
        yield f"Allowed: {judged.allowed_wording}"
    if judged.bar is not Bar.NOT_ASKED:
        yield f"The bar of advertising, a randomised trial in people: {judged.bar.spoken}."
    yield f"By itself it needs: {judged.action}."
    sentence = next(s for s in review.sentences if judged in s.judged)
    yield f"Its sentence needs: {sentence.action}, for {sentence.decided_by}. {plain_action(sentence)}"
    if sentence.wording:
        yield f"In the place of the sentence: {sentence.wording}"
