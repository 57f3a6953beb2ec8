"""The evidence profiles and the references of a report."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from review.dossier.change import sensitivity_of
from review.dossier.dossier import Dossier
from review.model.bibliography import address, short_citation
from review.model.records import Notice, Reference, Search
from review.model.vocabulary import Directness, Raters, YesNo, spoken
from review.report.citations import citation, csl_item
from review.report.model import FindingRow, JudgementRow, Profile, ReferenceRow, SearchRow, StepRow
from review.verdicts.bodies import Exclusion, Item
from review.verdicts.standing import Basis, Standing


def _would_change(review: Dossier, standing: Standing) -> str:
    """How far the grade is from the next one up; empty where no domain was rated."""
    if standing.basis is Basis.RULE:
        return ""
    sensitivity = sensitivity_of(review, standing.proposition.proposition)
    if sensitivity.changes_to_lift is None:
        return "No change of judgements can lift the certainty further."
    if sensitivity.changes_to_lift == 1:
        better = [w for w in sensitivity.judgements if w.if_better is not None]
        lifting = [w for w in better if w.if_better is not w.now]
        named = ", ".join(spoken(w.judgement) for w in lifting)
        return f"One level better in one of these would lift the certainty: {named}."
    return (
        "No single judgement lifts the certainty; "
        f"it would take {sensitivity.changes_to_lift} levels better in all."
    )


def _sort_text(standing: Standing) -> str:
    value = standing.sort.value
    return f"{value} ({standing.sort.reason})" if value else ""


def citations_by_key(review: Dossier) -> Mapping[str, str]:
    """How a sentence names each reference: as the tables do, a title in quotation marks.

    Where two are named alike, the key tells them apart.
    """
    named = {key: _in_sentence(reference) for key, reference in review.evidence.references.items()}
    shared = Counter(named.values())
    return {key: name if shared[name] == 1 else f"{name} [{key}]" for key, name in named.items()}


def _in_sentence(reference: Reference) -> str:
    name = short_citation(reference)
    # A reference without an author is named by its title.
    return name if reference.fields.get("author") else f"“{name}”"


def citing(text: str, citations: Mapping[str, str]) -> str:
    """`text` on one line, with the keys in it as the citations that the tables show.

    A key without digit and underscore stays as it is: it could be a word of the sentence.
    """
    return _KEY.sub(lambda word: citations.get(word[0], word[0]), " ".join(text.split()))


_KEY = re.compile(r"(?<![\w-])(?=[a-z]+[0-9_])\w+(?![\w-])")


def profile(review: Dossier, standing: Standing, citations: Mapping[str, str]) -> Profile:
    """The evidence behind one proposition: every step of its grade and every finding linked.

    `citations` stand in the place of the keys that judgements and findings name.
    """
    proposition = standing.proposition
    key = proposition.proposition
    searches = review.evidence.searches.get(key, ())
    recorded = review.evidence.certainties.get(key)
    known = _known(standing)
    return Profile(
        proposition=key,
        statement=proposition.statement,
        topic=proposition.topic,
        question=proposition.question,
        direction=standing.direction,
        standing=standing.label,
        level=standing.level.label,
        level_reason=standing.level.reason,
        sort=_sort_text(standing),
        basis=standing.basis,
        method=standing.method,
        judged_by=standing.judged_by,
        next_review=recorded.next_review.isoformat() if recorded else "",
        is_due=recorded is not None and recorded.is_due(review.as_of),
        stale=standing.stale,
        steps=tuple(
            StepRow(step.name, step.change, citing(step.reason, citations)) for step in standing.steps
        ),
        judgements=tuple(
            JudgementRow(name, Raters.of(people), people) for name, people in standing.raters.items()
        ),
        disagreements=standing.disagreements,
        would_change=_would_change(review, standing),
        findings=tuple(_finding_row(review, item, why, citations) for item, why in known),
        warnings=tuple(
            f"{short_citation(review.evidence.references[study])}: {citing(warning, citations)}"
            for study in sorted({item.study.study for item, _ in known})
            for warning in review.evidence.studies[study].warnings
        ),
        searches=tuple(_search_row(search) for search in searches),
        claims=tuple(c.claim for c in review.chosen_claims if c.proposition == key),
    )


def _search_row(search: Search) -> SearchRow:
    return SearchRow(
        kind=search.kind,
        looked_for=search.looked_for,
        result=search.result,
        database=search.database,
        date=str(search.date),
        query=search.query,
        hits=str(search.hits),
        kept=str(search.kept),
        who=search.who,
    )


def _known(standing: Standing) -> list[tuple[Item, Exclusion | None]]:
    """The findings linked with why they do not count, those that do first."""
    items = [(item, None) for item in standing.body.counted] + list(standing.body.excluded)
    # A study of a later day is not shown at all: on the day of the report nobody knew it.
    known = [(item, why) for item, why in items if why is not Exclusion.LATER]
    return sorted(known, key=lambda pair: (pair[1] is not None, pair[0].link.link))


def _finding_row(
    review: Dossier, item: Item, why: Exclusion | None, citations: Mapping[str, str]
) -> FindingRow:
    link, finding = item.link, item.finding
    return FindingRow(
        link=link.link,
        study=item.study.study,
        citation=short_citation(review.evidence.references[item.study.study]),
        design=item.study.design,
        species=item.species,
        n=spoken(str(item.study.n)),
        bias=review.appraisal_text(item.study.study),
        stance=link.stance,
        directness=f"people {link.population.spoken}, treatment {link.intervention.spoken}, "
        f"outcome {link.outcome.spoken}, comparator {_judged(link.comparator)}",
        result=citing(finding.result, citations),
        source=finding.source,
        checked=finding.checked,
        reason=citing(link.reason, citations),
        counts=why or YesNo.YES,
    )


def _judged(directness: Directness | None) -> str:
    return directness.spoken if directness else "not judged"


def _notice(review: Dossier, notice: Notice) -> str:
    later = notice in review.later_notices
    return f"{notice.kind} (known, later than this review: {notice.date})" if later else str(notice.kind)


def references(review: Dossier, style: str, citations: Mapping[str, str]) -> Iterator[ReferenceRow]:
    """The studies cited or behind the propositions shown, as far as they were known by then, by key.

    Raises ValueError for a style that there is not, as `citations.citation` does.
    """
    used = {item.study.study for s in review.standings for item in s.body.counted}
    used |= {item.study.study for s in review.standings for item, _ in s.body.excluded}
    used |= {citation.study for citation in review.citations if citation.has_study}
    known = [key for key in sorted(used) if review.is_known(key)]
    for key in known:
        reference, study = review.evidence.references[key], review.evidence.studies[key]
        appraisal = review.evidence.appraisals.get(key)
        notices = [_notice(review, n) for n in review.evidence.notices if n.study == key]
        yield ReferenceRow(
            key=key,
            citation=citation(reference, style),
            csl=csl_item(reference),
            doi=address(reference.fields.get("doi", "")),
            pmid=reference.fields.get("pmid", ""),
            url=address(reference.fields.get("url", "")),
            design=study.design,
            checked=study.checked,
            appraisal=review.appraisal_text(key),
            appraisal_summary=citing(appraisal.summary, citations) if appraisal else "",
            identifiers=f"DOI {study.doi.spoken}, PubMed {study.pmid.spoken}",
            notices=", ".join(notices) or "no notice recorded",
            warnings=tuple(citing(warning, citations) for warning in study.warnings),
        )
