"""The summary of findings: for the main questions what was found, how sure it is, and in plain words.

GRADE guidelines 12 and 13 (Guyatt and others, 2013) give the columns, the Cochrane Handbook, chapter
14, the number: seven outcomes at most, of benefit and of harm. Nothing is made up for a column: where
nothing could be pooled, or no source gives a risk without the treatment, the row says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from review.dossier.dossier import Dossier
from review.grading.grade import Step, start_for
from review.model.bibliography import short_citation
from review.model.records import Proposition
from review.model.vocabulary import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    Certainty,
    Concern,
    Domain,
    EffectSize,
    Measure,
    NoWord,
    Question,
    Upgrade,
    spoken,
)
from review.report.counted import counted
from review.report.evidence.model import (
    Forest,
    SummaryBaseline,
    SummaryEffect,
    SummaryFinding,
    SummaryFootnote,
    SummaryOfFindings,
    SummaryRating,
    SummaryRow,
)
from review.report.evidence.profiles import citing
from review.synthesis.absolute import Absolute, absolute
from review.verdicts.bodies import Item
from review.verdicts.informative import effect_statement, narrative_statement
from review.verdicts.standing import Basis, Standing
from review.verdicts.wording import in_sentence

MOST = 7
"""Questions in all (Cochrane Handbook, chapter 14: seven or fewer outcomes)."""
OF_HARM = 3
"""Of these on harm, where there are as many; more where benefit has fewer than the rest (ours)."""
MOST_FINDINGS = 2
"""Findings told where there is no effect; the profile of the proposition has them all."""


def summary_of_findings(
    review: Dossier, forests: Iterable[Forest], citations: Mapping[str, str]
) -> SummaryOfFindings:
    """The summary of the main questions of the claims under review.

    Main are those on an effect in people that carry claims and have a certainty on studies in people:
    of benefit (and comparison) and of harm those that most claims make, then those with most studies,
    then by id; `MOST` in all. `citations` stand in the place of the keys that reasons and findings name.
    """
    claims = Counter(claim.proposition for claim in review.chosen_claims)
    of_effect = [
        s
        for s in review.standings
        if s.proposition.question.is_of_effect and claims[s.proposition.proposition]
    ]
    graded = [s for s in of_effect if s.body.counted and s.is_graded and s.certainty is not None]
    main = _main(graded, claims)
    pooled: dict[str, list[Forest]] = {}
    for forest in forests:
        pooled.setdefault(forest.key.rpartition("-")[0], []).append(forest)
    table = _Table(review, citations)
    rows = tuple(
        table.row(s, pooled.get(s.proposition.proposition, ()), claims[s.proposition.proposition])
        for s in main
    )
    return SummaryOfFindings(
        rows, tuple(table.footnotes.values()), len(graded) - len(main), len(of_effect) - len(graded)
    )


def _main(graded: Iterable[Standing], claims: Mapping[str, int]) -> list[Standing]:
    """The main questions, those of benefit first."""

    def order(standing: Standing) -> tuple[int, int, str]:
        key = standing.proposition.proposition
        return -claims[key], -len(standing.body.studies), key

    ordered = sorted(graded, key=order)
    harms = [s for s in ordered if s.proposition.question is Question.HARM]
    benefits = [s for s in ordered if s.proposition.question is not Question.HARM]
    most_harms = max(OF_HARM, MOST - len(benefits))
    shown = harms[:most_harms]
    return [*benefits[: MOST - len(shown)], *shown]


@dataclass(slots=True)
class _Table:
    """The table as it grows: a reason that rows share is one footnote."""

    review: Dossier
    citations: Mapping[str, str]
    footnotes: dict[tuple[str, int, str], SummaryFootnote] = field(default_factory=dict)

    def row(self, standing: Standing, forests: Sequence[Forest], claims: int) -> SummaryRow:
        proposition, items = standing.proposition, standing.body.counted
        certainty = standing.certainty
        assert certainty is not None, "only graded questions have a row"
        effect = _pooled_effect(forests) or _only_effect(items)
        baseline = self._baseline(proposition.proposition)
        people = _absolute(effect, baseline)
        findings = () if effect else self._findings(items, proposition.question)
        size = self._size(proposition.proposition, effect, people)
        participants, in_words = _participants(items)
        record = self.review.evidence.certainties.get(proposition.proposition)
        is_recorded = record is not None and standing.basis is Basis.RECORDED
        return SummaryRow(
            proposition=proposition.proposition,
            statement=proposition.statement,
            question=proposition.question,
            population=_words(proposition.population),
            intervention=_words(proposition.intervention),
            comparator=_words(proposition.comparator),
            outcome=_words(proposition.outcome),
            time=_words(proposition.horizon),
            claims=claims,
            study_keys=standing.body.studies,
            studies=len({item.study.study for item in items if item.study.design.is_in_people}),
            designs=_designs(items),
            participants=participants,
            people=in_words,
            effect=effect,
            no_effect="" if effect else _why_no_effect(items),
            baseline=baseline,
            absolute=people,
            no_absolute="" if people else _why_no_absolute(effect, baseline),
            size=size,
            findings=findings[:MOST_FINDINGS],
            more_findings=len(findings[MOST_FINDINGS:]),
            start=(start := _start(standing.steps, certainty)),
            start_reason=citing(_start_reason(standing.steps, start), self.citations),
            ratings=tuple(self._ratings(standing.steps)),
            certainty=certainty,
            symbol=certainty.symbol,
            direction=standing.direction,
            basis=standing.basis,
            status=record.status if record and is_recorded else "",
            judged_by=standing.judged_by,
            plain=self._plain(standing, certainty, effect, size),
        )

    def _baseline(self, key: str) -> SummaryBaseline | None:
        risk = self.review.evidence.baseline_risks.get(key)
        if risk is None or not self.review.is_known(risk.study):
            return None
        source = f"{self.citations[risk.study]}, {risk.source}"
        return SummaryBaseline(risk.per_thousand, risk.population, risk.time, source)

    def _size(
        self, key: str, effect: SummaryEffect | None, people: Absolute | None
    ) -> EffectSize | NoWord:
        """The size by the thresholds recorded for this measure and unit; empty where there are none."""
        thresholds = self.review.evidence.thresholds.get(key)
        if thresholds is None or effect is None:
            return ""
        if thresholds.measure is Measure.RISK_DIFFERENCE and people is not None:
            return thresholds.size_of(people.difference) or ""
        null = effect.measure.no_effect
        is_alike = thresholds.measure is effect.measure and not effect.measure.is_ratio
        unit = "" if thresholds.unit == NOT_APPLICABLE else thresholds.unit
        if not is_alike or null is None or unit != effect.unit:
            return ""
        return thresholds.size_of(effect.effect - null) or ""

    def _findings(self, items: Sequence[Item], question: Question) -> tuple[SummaryFinding, ...]:
        """What was found: by designs that start higher first, then the most direct, then the largest."""
        ordered = sorted(
            items,
            key=lambda i: (-_start_level(i, question), i.directness, -_size_of(i), i.link.link),
        )
        return tuple(
            SummaryFinding(
                item.study.study,
                short_citation(self.review.evidence.references[item.study.study]),
                citing(item.finding.result, self.citations),
            )
            for item in ordered
        )

    def _ratings(self, steps: Iterable[Step]) -> Iterator[SummaryRating]:
        for step in steps:
            name = _NAMES.get(step.name)
            if name is None:
                continue
            concern: Concern | NoWord = list(Concern)[-step.change] if isinstance(name, Domain) else ""
            reason = _without(citing(step.reason, self.citations), concern)
            number = self._footnote(name, concern, step.change, reason) if step.change else 0
            yield SummaryRating(name, concern, step.change, reason, number)

    def _footnote(
        self, name: Domain | Upgrade, concern: Concern | NoWord, change: int, reason: str
    ) -> int:
        new = SummaryFootnote(len(self.footnotes) + 1, name, concern, change, reason)
        return self.footnotes.setdefault((name, change, reason), new).number

    def _plain(
        self,
        standing: Standing,
        certainty: Certainty,
        effect: SummaryEffect | None,
        size: EffectSize | NoWord,
    ) -> str:
        proposition, lexicon = standing.proposition, self.review.lexicon
        treatment, outcome, clause = (
            in_sentence(text, proposition, lexicon)
            for text in (proposition.intervention, proposition.outcome, proposition.statement)
        )
        null = effect.measure.no_effect if effect else None
        if effect is None or null is None or not _is_named(proposition):
            is_harm = proposition.question is Question.HARM
            return narrative_statement(certainty, standing.direction, clause, is_harm=is_harm)
        is_more = effect.effect > null
        named = EffectSize.TRIVIAL if effect.effect == null else size or None
        return effect_statement(certainty, named, is_more=is_more, treatment=treatment, outcome=outcome)


_NAMES: Mapping[str, Domain | Upgrade] = {
    **{str(domain): domain for domain in Domain},
    **{str(upgrade): upgrade for upgrade in Upgrade},
}


def _words(text: str) -> str:
    return spoken(text) if text == NOT_APPLICABLE else text


def _is_named(proposition: Proposition) -> bool:
    return NOT_APPLICABLE not in (proposition.intervention, proposition.outcome)


def _without(reason: str, concern: Concern | NoWord) -> str:
    """The reason alone: a step of a grade begins with its rating."""
    return reason.removeprefix(f"{concern.spoken}. ") if isinstance(concern, Concern) else reason


def _start(steps: Iterable[Step], certainty: Certainty) -> Certainty:
    """Where the certainty began: what it is without all that moved it."""
    return Certainty.at(certainty.level - sum(step.change for step in steps))


def _start_reason(steps: Iterable[Step], start: Certainty) -> str:
    return next(step.reason.removeprefix(f"{start}. ") for step in steps if step.name == "start")


def _designs(items: Iterable[Item]) -> tuple[tuple[str, int], ...]:
    studies = {item.study.study: item.study.design for item in items}
    counts = Counter(studies.values())
    return tuple((design.spoken, counts[design]) for design in sorted(counts, key=lambda d: d.place))


def _start_level(item: Item, question: Question) -> int:
    """Where GRADE starts for its design; 0 for what is no study in people."""
    start = start_for(item.study.design, question, included=item.study.included_designs)
    return start.level if start else 0


def _size_of(item: Item) -> int:
    return item.study.n if isinstance(item.study.n, int) else 0


def _participants(items: Iterable[Item]) -> tuple[int | None, str]:
    """How many people were studied, and the same in words.

    A review counts people of trials that may stand beside it, so that the two are never added; two
    reviews may share trials.
    """
    studies = {item.study.study: item.study for item in items if item.study.design.is_in_people}
    if len(studies) > 1 and any(study.design.is_systematic_review for study in studies.values()):
        return None, "people not added up: reviews may count those of other studies here"
    sizes = [study.n for study in studies.values() if isinstance(study.n, int)]
    unknown = sum(study.n == NOT_REPORTED for study in studies.values())
    if not sizes:
        return None, "number of people not reported"
    people = f"{sum(sizes):,} {'person' if sum(sizes) == 1 else 'people'}"
    if unknown:
        return sum(
            sizes
        ), f"at least {people}, as {counted(unknown, 'study does', 'studies do')} not tell"
    return sum(sizes), people


# The effect


def _pooled_effect(forests: Sequence[Forest]) -> SummaryEffect | None:
    """That of the group with most studies, then of the first."""
    if not forests:
        return None
    forest = max(forests, key=lambda forest: len(forest.rows))
    measure = next(measure for measure in Measure if measure.spoken == forest.measure)
    return SummaryEffect(measure, forest.unit, forest.effect, forest.ci, len(forest.rows), forest.method)


def _only_effect(items: Sequence[Item]) -> SummaryEffect | None:
    """The effect with its interval of the one finding there is, if it compares people."""
    if len(items) != 1:
        return None
    finding = items[0].finding
    compares = finding.measure is not None and finding.measure.no_effect is not None
    if not compares or finding.measure is Measure.CHANGE:
        return None
    assert finding.measure is not None, "it compares"
    if finding.estimate is None or finding.ci_low is None or finding.ci_high is None:
        return None
    ci = (float(finding.ci_low), float(finding.ci_high))
    return SummaryEffect(finding.measure, finding.unit or "", float(finding.estimate), ci, 1, "")


def _why_no_effect(items: Sequence[Item]) -> str:
    studies = {item.study.study for item in items if item.study.design.is_in_people}
    with_spread = {i.study.study for i in items if i.finding.ci_low is not None}
    if len(studies) == 1:
        return "No effect with its interval: the one study gives none that compares people."
    if len(studies & with_spread) < 2:
        return "Not pooled: fewer than two studies give an effect with its interval."
    return "Not pooled: no two studies are alike in product, comparison, outcome, measure and unit."


def _absolute(effect: SummaryEffect | None, baseline: SummaryBaseline | None) -> Absolute | None:
    # A risk difference with a unit is in per cent, or in something else that is no share of people.
    if effect is None or baseline is None or (effect.unit and not effect.measure.is_ratio):
        return None
    return absolute(effect.measure, effect.effect, effect.ci, baseline.per_thousand)


def _why_no_absolute(effect: SummaryEffect | None, baseline: SummaryBaseline | None) -> str:
    if baseline is None:
        return "Per 1,000 people: baseline risk not stated."
    if effect is None:
        return "Per 1,000 people: no effect to apply to the baseline risk."
    return f"Per 1,000 people: does not follow from the {effect.measure.spoken}."
