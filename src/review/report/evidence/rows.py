"""The rows behind the figures of the evidence: which designs, how biased, how it came to be known."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from review.appraisal import Cell, cells
from review.dossier.change import at_the_end_of, years_of
from review.dossier.dossier import Dossier
from review.model.bibliography import short_citation
from review.model.knowledge.tools import Tool
from review.model.vocabulary import Design
from review.report.evidence.model import (
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
        Design.REGULATOR_APPROVAL,
        Design.REGULATOR_NOTICE,
        Design.STANDARDS_DOCUMENT,
        Design.REFERENCE_DATA,
    ),
    "registry entry or search": (Design.REGISTRY_ENTRY, Design.SEARCH_FINDING),
    "narrative review or reference work": (Design.NARRATIVE_REVIEW, Design.REFERENCE_WORK),
    "opinion, news or web page": (Design.OPINION, Design.NEWS, Design.WEB_PAGE),
    "paper of the seller": (Design.OWN_DOCUMENT,),
}
"""Every design in one column of the evidence map (our grouping)."""

OVER_TIME_SHOWN = 12  # two figures of six charts; the note below their table says "at most twelve"


def evidence_map(review: Dossier) -> EvidenceMap:
    """Every proposition shown with the studies linked to it by design, ordered by topic and id.

    A study published after the date of the review is not shown at all; propositions that are no
    evidence question are counted only.
    """
    topics = review.evidence.subject.topic_order
    standings = [standing for standing in review.standings if not standing.is_set_aside]
    standings.sort(key=lambda s: (topics.index(s.proposition.topic), s.proposition.proposition))
    rows = []
    for standing in standings:
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
    return EvidenceMap(tuple(DESIGN_GROUPS), tuple(rows), len(review.standings) - len(standings))


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
    known = {item.study.study for standing in review.standings for item in _known(standing)}
    used = [
        (tool, studies)
        for tool in review.evidence.packs.tools.values()
        if (studies := _appraised_with(review, known, tool.pack))
    ]
    # A tool is named without its version unless two versions of it were used.
    versions = Counter(tool.name for tool, _ in used)
    return tuple(
        _bias_table(review, tool, studies, tool.name if versions[tool.name] == 1 else tool.pack)
        for tool, studies in used
    )


def _known(standing: Standing) -> Iterator[Item]:
    yield from standing.body.counted
    yield from (item for item, why in standing.body.excluded if why is not Exclusion.LATER)


def _appraised_with(review: Dossier, known: set[str], edition: str) -> Sequence[str]:
    """The studies among `known` that were appraised with that version of a tool, by citation."""
    appraisals = review.evidence.appraisals
    studies = [study for study in known & set(appraisals) if appraisals[study].edition == edition]
    return sorted(studies, key=lambda study: (short_citation(review.evidence.references[study]), study))


def _bias_table(review: Dossier, tool: Tool, studies: Sequence[str], name: str) -> BiasTable:
    appraisals = [review.evidence.appraisals[study] for study in studies]
    drawn = {a.study: cells(tool, a.given, a.overridden) for a in appraisals}
    return BiasTable(
        tool=name,
        title=tool.label,
        has_domains=tool.has_domains,
        items=tuple(BiasItem(cell.name, cell.question) for cell in drawn[studies[0]]),
        rows=tuple(_bias_row(review, study, row) for study, row in drawn.items()),
        codes=tuple((a.answer, a.words) for a in tool.scale if a.words != a.answer),
    )


def _bias_row(review: Dossier, study: str, row: Sequence[Cell]) -> BiasRow:
    appraised = review.appraised(study)
    assert appraised is not None, "only appraised studies are shown"
    return BiasRow(
        study=study,
        citation=short_citation(review.evidence.references[study]),
        judgements=tuple(cell.judgement for cell in row),
        overall=appraised.text,
        concern=appraised.concern,
        signs=(*(cell.meaning for cell in row), appraised.sign),
    )


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
    # By year, because the first or the last year may be a turn as well.
    by_year = {row.year: row for row in (rows[0], *turns, rows[-1])}
    return tuple(by_year.values())
