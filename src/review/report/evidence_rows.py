"""The rows behind the figures of the evidence: which designs, how biased, how it came to be known."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from review.appraisal import TOOLS, Tool, rob2
from review.dossier.change import at_the_end_of, years_of
from review.dossier.dossier import Dossier
from review.model.bibliography import short_citation
from review.model.records import Appraisal
from review.model.vocabulary import Design
from review.report.evidence_model import (
    BiasItem,
    BiasRow,
    BiasTable,
    EvidenceMap,
    MapRow,
    OverTime,
    YearRow,
)
from review.verdicts.bodies import Body, Exclusion, Item
from review.verdicts.standing import Standing

DESIGN_GROUPS: Mapping[str, tuple[Design, ...]] = {
    "review of trials": (Design.REVIEW_OF_TRIALS,),
    "other systematic review": tuple(
        design
        for design in Design
        if design.is_systematic_review and design is not Design.REVIEW_OF_TRIALS
    ),
    "randomised trial": (Design.RANDOMISED_TRIAL, Design.N_OF_1),
    "non-randomised controlled": (Design.NON_RANDOMISED,),
    "cohort or case-control": (Design.COHORT, Design.CASE_CONTROL),
    "case series or report": (Design.CASE_SERIES, Design.CASE_REPORT),
    "survey": (Design.RANDOM_SURVEY, Design.NON_RANDOM_SURVEY),
    "animals": (Design.ANIMAL,),
    "cells or tissue": (Design.IN_VITRO, Design.EX_VIVO),
    "guideline": (Design.GUIDELINE,),
    "label, rule or reference data": (
        Design.LABEL,
        Design.REGULATION,
        Design.REGULATOR_NOTICE,
        Design.STANDARDS_DOCUMENT,
        Design.REFERENCE_DATA,
    ),
    "registry entry or search": (Design.REGISTRY_ENTRY, Design.SEARCH_FINDING),
    "narrative review": (Design.NARRATIVE_REVIEW,),
    "opinion, news or web page": (Design.OPINION, Design.NEWS, Design.WEB_PAGE),
}
"""Every design in one column of the evidence map (our grouping)."""

OVER_TIME_SHOWN = 12


def evidence_map(review: Dossier) -> EvidenceMap:
    """Every proposition shown with the studies linked to it by design, ordered by topic and id.

    A study published after the date of the review is not shown at all; propositions that are no
    evidence question are counted only.
    """
    shown = [standing for standing in review.standings if not standing.is_set_aside]
    shown.sort(key=lambda s: (s.proposition.topic.place, s.proposition.proposition))
    rows = []
    for standing in shown:
        proposition = standing.proposition
        counted, others = _studies(standing.body)
        row = MapRow(
            proposition=proposition.proposition,
            statement=proposition.statement,
            topic=proposition.topic,
            counted=_by_group(counted),
            others=_by_group(others),
        )
        rows.append(row)
    return EvidenceMap(tuple(DESIGN_GROUPS), tuple(rows), len(review.standings) - len(shown))


def _studies(body: Body) -> tuple[dict[str, Design], dict[str, Design]]:
    """The designs of the studies of which something counts, and of those of which nothing does."""
    counted = {item.study.study: item.study.design for item in body.counted}
    others = {
        item.study.study: item.study.design
        for item, why in body.excluded
        if why is not Exclusion.LATER and item.study.study not in counted
    }
    return counted, others


def _by_group(designs: Mapping[str, Design]) -> tuple[int, ...]:
    met = Counter(designs.values())
    return tuple(sum(met[design] for design in group) for group in DESIGN_GROUPS.values())


def bias_tables(review: Dossier) -> tuple[BiasTable, ...]:
    """One table a tool that was used, with the appraised studies behind the propositions shown."""
    shown = {item.study.study for standing in review.standings for item in _known(standing)}
    return tuple(
        _bias_table(review, tool, studies)
        for (name, version), tool in TOOLS.items()
        if (studies := _appraised_with(review, shown, name, version))
    )


def _known(standing: Standing) -> Iterator[Item]:
    yield from standing.body.counted
    yield from (item for item, why in standing.body.excluded if why is not Exclusion.LATER)


def _appraised_with(review: Dossier, shown: set[str], name: str, version: str) -> Sequence[str]:
    """The studies among `shown` that were appraised with that version of a tool, by citation."""
    appraisals = review.evidence.appraisals
    found = [
        study
        for study in shown & set(appraisals)
        if (appraisals[study].tool, appraisals[study].version) == (name, version)
    ]
    return sorted(found, key=lambda study: (short_citation(review.evidence.references[study]), study))


def _bias_table(review: Dossier, tool: Tool, studies: Sequence[str]) -> BiasTable:
    rows = tuple(_bias_row(review, tool, study) for study in studies)
    domains = tool.judge(_answers(review.evidence.appraisals[studies[0]])).domains
    items = (
        tuple(BiasItem(name, "") for name, _ in domains)
        if domains
        else tuple(BiasItem(key.removeprefix("q"), asked) for key, asked in tool.items.items())
    )
    return BiasTable(tool.name, tool.label, bool(domains), items, rows)


def _bias_row(review: Dossier, tool: Tool, study: str) -> BiasRow:
    answers = _answers(review.evidence.appraisals[study])
    judged = tool.judge(answers)
    domains = rob2.domains_with_best(answers) if tool is rob2.TOOL else judged.domains
    return BiasRow(
        study=study,
        citation=short_citation(review.evidence.references[study]),
        judgements=tuple(value for _, value in domains) or tuple(answers[key] for key in tool.items),
        overall=judged.overall,
        concern=judged.concern,
    )


def _answers(appraisal: Appraisal) -> dict[str, str]:
    return {item: answer.answer for item, answer in appraisal.answers.items()}


def over_time(review: Dossier) -> tuple[OverTime, ...]:
    """How the certainty of the propositions that most claims make came to be what it is.

    Chosen are those graded on evidence in people, at most `OVER_TIME_SHOWN`, the ones with most claims
    under review first, then by id. Empty where no reference has a year.
    """
    claims = Counter(claim.proposition for claim in review.chosen_claims)
    graded = [s.proposition for s in review.standings if s.is_graded and s.body.counted]
    graded.sort(key=lambda p: (-claims[p.proposition], p.proposition))
    # Each year's evidence is selected once for all propositions: selecting is what takes time.
    dossiers = [(year, at_the_end_of(review, year)) for year in years_of(review)]
    return tuple(
        OverTime(
            proposition=chosen.proposition,
            statement=chosen.statement,
            claims=claims[chosen.proposition],
            years=_turning_points(
                [_year_row(year, then.standing(chosen.proposition)) for year, then in dossiers]
            ),
        )
        for chosen in graded[:OVER_TIME_SHOWN]
        if dossiers
    )


def _year_row(year: int, standing: Standing) -> YearRow:
    return YearRow(
        year=year,
        certainty=standing.certainty or "",
        direction=standing.direction,
        studies=len(standing.body.studies),
        standing=standing.label,
        basis=standing.basis,
    )


def _turning_points(rows: Sequence[YearRow]) -> tuple[YearRow, ...]:
    """The first year, the last year, and each that differs from the year before."""
    turns = (after for before, after in pairwise(rows) if replace(before, year=after.year) != after)
    shown = {row.year: row for row in (rows[0], *turns, rows[-1])}
    return tuple(shown.values())
