"""The dossier: evidence loaded and checked, every proposition graded, every claim judged.

It computes nothing that the rules below it do not derive, and it never reads a clock: `as_of` decides
what counts as known.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Self

from review.appraisal import Judgement, judgement_of, tools_for
from review.dossier.urgency import Urgency, urgency
from review.grading.settings import DEFAULTS, GradeSettings
from review.grading.thresholds import UNITS, Thresholds
from review.language.flags.screen import Hit
from review.language.lexicon import Lexicon
from review.language.lineage import Lineage, PageWords, Stated, lineages
from review.model.bibliography import latest_publication_date, short_citation
from review.model.citing import Citation, FidelityJudgement
from review.model.days import notices_after
from review.model.fields import iso_date
from review.model.records import Claim, Evidence, Link, Notice, Proposition
from review.model.vocabulary import (
    BiasConcern,
    Category,
    Market,
    NoticeKind,
    SearchKind,
    StartRule,
    Upgrading,
    Verdict,
)
from review.people.decisions import is_wording_current
from review.verdicts.bodies import Item, body_of_evidence, known_from
from review.verdicts.contradictions.groups import Group, groups
from review.verdicts.contradictions.opposed import Contradiction, contradictions
from review.verdicts.fidelity import Held, Source, claims_cited, held, judgements_by_pair
from review.verdicts.pages.impression import Impression, impression
from review.verdicts.pages.sentences import JudgedSentence, judged_sentences, with_same_words
from review.verdicts.pages.stops import Stop, stops
from review.verdicts.standing import Standing, standing_of
from review.verdicts.verdict import Judged, later_notice, verdict_of


@dataclass(frozen=True)
class Dossier:
    """The evidence as it stood on `as_of`, seen through some pages, topics and categories.

    An empty selection means all. Selections narrow which claims are judged and shown; propositions
    are graded on the whole evidence whatever is selected.
    """

    evidence: Evidence
    as_of: date
    pages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    settings: GradeSettings = DEFAULTS
    jurisdictions: tuple[Market, ...] = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self.page_ids)} pages as of {self.as_of.isoformat()}>"

    def select(
        self,
        pages: Iterable[str] = (),
        topics: Iterable[str] = (),
        categories: Iterable[str] = (),
        as_of: str | date | None = None,
        jurisdictions: Iterable[str] = (),
    ) -> Self:
        """The same evidence, narrowed to some pages, topics or categories, or seen at another date.

        `jurisdictions` are the markets whose advertising rules are in force. Raises ValueError for an
        unknown page, topic, category or market, with the nearest there is, for a single text in the
        place of a list, and for what is not a date.
        """
        # The own type, so that what a notebook narrows stays what a notebook works with.
        return type(self)(
            self.evidence,
            iso_date(as_of) if as_of is not None else self.as_of,
            _known("page", pages, tuple(self.evidence.pages)) or self.pages,
            _known("topic", topics, self.evidence.subject.topic_order) or self.topics,
            tuple(map(Category, _known("category", categories, tuple(Category)))) or self.categories,
            self.settings,
            tuple(map(Market, _known("market", jurisdictions, tuple(Market)))) or self.jurisdictions,
        )

    def graded_with(
        self,
        start_rule: str = DEFAULTS.start_rule,
        upgrading: str = DEFAULTS.upgrading,
        information_size: int = DEFAULTS.information_size,
    ) -> Self:
        """The same review, graded under other conventions; see `GradeSettings`.

        Raises ValueError for an unknown start rule or upgrading, and for a size below 1.
        """
        made = GradeSettings(StartRule(start_rule), Upgrading(upgrading), information_size)
        return replace(self, settings=made)

    @cached_property
    def page_ids(self) -> tuple[str, ...]:
        """The pages under review, in the order of their ids."""
        return tuple(page for page in self.evidence.pages if not self.pages or page in self.pages)

    @cached_property
    def chosen_claims(self) -> tuple[Claim, ...]:
        """The claims that the selection leaves, by page and in reading order."""
        chosen = [claim for claim in self.evidence.claims.values() if self._is_chosen(claim)]
        return tuple(sorted(chosen, key=lambda claim: (claim.page, claim.start, claim.claim)))

    def _is_chosen(self, claim: Claim) -> bool:
        topic = self.evidence.propositions[claim.proposition].topic
        return (
            claim.page in self.page_ids
            and (not self.topics or topic in self.topics)
            and (not self.categories or claim.category in self.categories)
        )

    @cached_property
    def retracted(self) -> frozenset[str]:
        """The studies for which a retraction known on `as_of` is recorded."""
        return frozenset(
            notice.study
            for notice in self.evidence.notices
            if notice.kind is NoticeKind.RETRACTION and notice not in self.later_notices
        )

    @cached_property
    def later_notices(self) -> tuple[Notice, ...]:
        """The notices that are recorded and were published after `as_of`: known, but not yet then."""
        return notices_after(self.evidence, self.as_of)

    @cached_property
    def _items(self) -> Mapping[str, Sequence[Item]]:
        items: dict[str, list[Item]] = {}
        for link in self.evidence.links.values():
            study = self.evidence.studies[link.study]
            finding = next(f for f in study.findings if f.finding == link.finding)
            published = latest_publication_date(self.evidence.references[link.study].fields)
            appraised = self.appraised(link.study)
            bias = appraised.concern if appraised else BiasConcern.UNKNOWN
            item = Item(link, study, finding, known_from(published, study.recorded), bias)
            items.setdefault(link.proposition, []).append(item)
        return items

    def appraised(self, study: str) -> Judgement | None:
        """What the recorded appraisal of a study comes to; None where there is none."""
        return self._appraised.get(study)

    @cached_property
    def _appraised(self) -> Mapping[str, Judgement]:
        return {
            study: judgement_of(self.evidence.packs.tools[appraisal.edition], appraisal)
            for study, appraisal in self.evidence.appraisals.items()
        }

    def appraisal_text(self, study: str) -> str:
        """The tool and its overall judgement, or why there is none, in one phrase."""
        tools = self.evidence.packs.tools
        appraised = self.appraised(study)
        if appraised is None:
            fitting = tools_for(tools.values(), self.evidence.studies[study].design)
            return "not appraised" if fitting else "no tool for this kind"
        appraisal = self.evidence.appraisals[study]
        judgement = f"{tools[appraisal.edition].short_title}: {appraised.text}"
        number = sum(answer.adjudicated is not None for answer in appraisal.answers.values())
        return f"{judgement}; answers that two people gave: {number}" if number else judgement

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        """The standings that were asked for so far."""
        return {}

    def standing(self, proposition: str) -> Standing:
        """Where a proposition stands on `as_of`. Raises KeyError for an unknown proposition."""
        if proposition not in self._standings:
            record = self.evidence.propositions[proposition]
            items = self._items.get(proposition, ())
            body = body_of_evidence(record, items, self.as_of, self.retracted)
            recorded = self.evidence.certainties.get(proposition)
            body = replace(body, thresholds=self._thresholds(proposition))
            self._standings[proposition] = standing_of(
                record, body, recorded, self.settings, is_sought=self._is_sought(proposition)
            )
        return self._standings[proposition]

    def _thresholds(self, proposition: str) -> Thresholds:
        """From what effect on it matters and how many have it untreated, as far as it is recorded."""
        risk = self.evidence.baseline_risks.get(proposition)
        known = Thresholds()
        if risk is not None and self.is_known(risk.study):
            known = Thresholds(baseline_risk=risk.per_thousand / 1_000)
        recorded = self.evidence.thresholds.get(proposition)
        if recorded is None:
            return known
        return replace(
            known,
            unit=UNITS.get(recorded.measure, recorded.unit),
            small=recorded.small,
            moderate=recorded.moderate,
            large=recorded.large,
            target=recorded.target,
        )

    def _is_sought(self, proposition: str) -> bool:
        """Whether somebody had searched a database for evidence on it by the day of the review."""
        return any(
            search.kind is SearchKind.DATABASE
            and isinstance(search.date, date)
            and search.date <= self.as_of
            for search in self.evidence.searches.get(proposition, ())
        )

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The standing of every proposition that a chosen claim makes, by id."""
        return tuple(self.standing(key) for key in sorted({c.proposition for c in self.chosen_claims}))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words by which pages of this subject are read."""
        return lexicon_of(self.evidence, self.markets)

    @cached_property
    def markets(self) -> tuple[Market, ...]:
        """The markets whose rules are in force: those chosen, or those that the evidence names."""
        return self.jurisdictions or markets_named(self.evidence)

    @cached_property
    def flags(self) -> Mapping[str, tuple[Hit, ...]]:
        """The flags and disclosures met on each page under review."""
        return {
            page: tuple(self.lexicon.screen.hits(self.evidence.pages[page].text))
            for page in self.page_ids
        }

    @cached_property
    def informing(self) -> Mapping[str, tuple[Hit, ...]]:
        """What rules in force would meet on each page in sentences worded as information is."""
        screen, pages = self.lexicon.screen, self.evidence.pages
        return {
            page: tuple(hit for hit in screen.informing(pages[page].text) if hit.speaks_against)
            for page in self.page_ids
        }

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """Every chosen claim with its verdict, by page and in reading order."""
        return tuple(judged for page in self.page_ids for judged in self._chosen_pages[page])

    def judged_on(self, page: str) -> tuple[Judged, ...]:
        """Those of one page, in reading order. Raises KeyError for one that is not under review."""
        return self._chosen_pages[page]

    @cached_property
    def _chosen_pages(self) -> Mapping[str, tuple[Judged, ...]]:
        chosen = {claim.claim for claim in self.chosen_claims}
        return {
            page: tuple(judged for judged in self._judged_pages[page] if judged.claim.claim in chosen)
            for page in self.page_ids
        }

    @cached_property
    def _judged_pages(self) -> Mapping[str, tuple[Judged, ...]]:
        """Every claim of each page under review: also one that is not chosen bears on its sentence."""
        claims: dict[str, list[Claim]] = {page: [] for page in self.evidence.pages}
        for claim in sorted(self.evidence.claims.values(), key=lambda c: (c.start, c.claim)):
            claims[claim.page].append(claim)
        return {
            page: with_same_words([self._judged(claim) for claim in claims[page]])
            for page in self.page_ids
        }

    @cached_property
    def sentences(self) -> tuple[JudgedSentence, ...]:
        """The sentences of the pages that hold chosen claims, each with its one answer."""
        chosen = {claim.claim for claim in self.chosen_claims}
        sentences = (
            sentence
            for page in self.page_ids
            for sentence in judged_sentences(
                page, self.evidence.pages[page].text, self._judged_pages[page]
            )
        )
        met = (s for s in sentences if chosen & {j.claim.claim for j in s.judged})
        return tuple(sentence.narrowed(chosen) for sentence in met)

    def _judged(self, claim: Claim) -> Judged:
        """The verdict of a claim, and beside its reasons what is known by now of the studies linked."""
        standing = self.standing(claim.proposition)
        flags = flags_met(self.flags[claim.page], claim.start, claim.end)
        judged = verdict_of(
            claim,
            standing,
            self.lexicon,
            flags,
            is_wording_current=self._is_wording_current(claim.proposition),
        )
        later = tuple(
            later_notice(notice, short_citation(self.evidence.references[notice.study]))
            for notice in self.later_notices
            if notice.study in standing.body.known
        )
        return replace(judged, reasons=(*judged.reasons, *later))

    def _is_wording_current(self, proposition: str) -> bool:
        """Whether its public wording rests on the evidence as it is; all its claims share the answer."""
        if proposition not in self._wordings:
            self._wordings[proposition] = is_wording_current(self.evidence, proposition)
        return self._wordings[proposition]

    @cached_property
    def _wordings(self) -> dict[str, bool]:
        """What was asked for so far."""
        return {}

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The places where the pages under review name a source, by page and in reading order."""
        named = (c for c in self.evidence.citations.values() if c.page in self.page_ids)
        return tuple(sorted(named, key=lambda c: (c.page, c.start, c.citation)))

    @cached_property
    def held(self) -> Mapping[str, tuple[Held, ...]]:
        """Every chosen claim held against each source cited for it, by citation, in reading order.

        What is no evidence question is held against nothing.
        """
        claims = [claim for claim in self.chosen_claims if not self._is_set_aside(claim)]
        return {
            citation.citation: tuple(
                held(citation, claim, self._source(citation, claim))
                for claim in claims_cited(citation, claims)
            )
            for citation in self.citations
        }

    def held_of(self, claim: str) -> tuple[Held, ...]:
        """A claim held against every source cited for it, what is named nearest to it first."""
        return self._held_by_claim.get(claim, ())

    @cached_property
    def _held_by_claim(self) -> Mapping[str, tuple[Held, ...]]:
        answers: dict[str, list[Held]] = {}
        for place in sorted(self.citations, key=lambda citation: citation.scope.place):
            for answer in self.held[place.citation]:
                answers.setdefault(answer.claim.claim, []).append(answer)
        return {claim: tuple(told) for claim, told in answers.items()}

    def _is_set_aside(self, claim: Claim) -> bool:
        return self.evidence.propositions[claim.proposition].question.is_set_aside

    def _source(self, citation: Citation, claim: Claim) -> Source:
        """What is known on `as_of` of a cited source for one claim."""
        study = self.evidence.studies.get(citation.study)
        is_known = study is not None and self.is_known(citation.study)
        links = self._links_of.get((claim.proposition, citation.study), ()) if is_known else ()
        return Source(
            study=study,
            links=tuple(links),
            judgement=self._fidelities.get((citation.citation, claim.claim)),
            is_retracted=citation.study in self.retracted,
        )

    @cached_property
    def _links_of(self) -> Mapping[tuple[str, str], Sequence[Link]]:
        links: dict[tuple[str, str], list[Link]] = {}
        for link in self.evidence.links.values():
            links.setdefault((link.proposition, link.study), []).append(link)
        return links

    @cached_property
    def _fidelities(self) -> Mapping[tuple[str, str], FidelityJudgement]:
        """What was judged of claims and cited sources by the day of the review."""
        known = (j for j in self.evidence.fidelities if j.date <= self.as_of)
        return judgements_by_pair(known)

    def impression(self, page: str) -> Impression:
        """What a page leaves a reader with. Raises KeyError for a page that is not under review."""
        return impression(self.evidence.pages[page].text, self.judged_on(page), self.flags[page])

    @cached_property
    def contradicting_claims(self) -> tuple[Contradiction, ...]:
        """The claims that exclude each other, side against side; of each pair one is chosen at least."""
        chosen = {claim.claim for claim in self.chosen_claims}
        # Of all claims, also those left out: a chosen one can contradict one on another page.
        made = contradictions(
            self.evidence.claims.values(),
            self.evidence.propositions,
            self.evidence.relations.values(),
            self.lexicon.figures,
        )
        touched = (part for contradiction in made for part in contradiction.touching(chosen))
        return tuple(sorted(touched, key=lambda contradiction: contradiction.place))

    @cached_property
    def contradiction_groups(self) -> tuple[Group, ...]:
        """The contradictions of `contradicting_claims` by the fact of which they say two things."""
        return groups(self.contradicting_claims, self.evidence.relations.values())

    @cached_property
    def shared_passages(self) -> tuple[Lineage, ...]:
        """Passages that a page under review shares with any other page, with all places of each."""
        stated: dict[str, list[Stated]] = {page: [] for page in self.evidence.pages}
        for claim in self.evidence.claims.values():
            # A denial is another statement than what it denies.
            statement = f"{claim.polarity} {claim.proposition}"
            stated[claim.page].append(Stated(claim.start, claim.end, statement))
        pages = self.evidence.pages.items()
        words = {key: PageWords(page.text, tuple(stated[key])) for key, page in pages}
        reviewed = frozenset(self.page_ids)
        return tuple(x for x in lineages(words, first=reviewed) if x.pages & reviewed)

    def stops(self, page: str) -> tuple[Stop, ...]:
        """What stops a page whatever its wording. Raises KeyError for one that is not under review."""
        return stops(
            page,
            self.evidence.pages[page].text,
            self._judged_pages[page],
            self.contradicting_claims,
            self.evidence.subject,
            self.markets,
        )

    @cached_property
    def verdict_counts(self) -> Mapping[Verdict, int]:
        """How many chosen claims have each verdict, in the order of the verdicts."""
        counts = Counter(judged.verdict for judged in self.judged)
        return {verdict: counts[verdict] for verdict in Verdict}

    @cached_property
    def most_urgent(self) -> tuple[JudgedSentence, ...]:
        """The sentences in the order in which they need attention: see `urgency`."""
        pages: dict[str, set[str]] = {}
        for claim in self.evidence.claims.values():
            pages.setdefault(claim.proposition, set()).add(claim.page)
        headlines = {
            judged.claim.claim for page in self.page_ids for judged in self.impression(page).headline
        }

        def order(sentence: JudgedSentence) -> Urgency:
            return urgency(
                sentence,
                is_headline=any(j.claim.claim in headlines for j in sentence.judged),
                pages=len(pages[sentence.decisive.claim.proposition]),
            )

        return tuple(sorted(self.sentences, key=order))

    @cached_property
    def worst(self) -> tuple[Judged, ...]:
        """The chosen claims in the order of their sentences, in each the one that decides first."""
        chosen = {claim.claim for claim in self.chosen_claims}
        return tuple(
            judged
            for sentence in self.most_urgent
            for judged in sorted(sentence.judged, key=lambda j: j is not sentence.decisive)
            if judged.claim.claim in chosen
        )

    def is_known(self, study: str) -> bool:
        """Whether a study can have been known on `as_of`."""
        published = latest_publication_date(self.evidence.references[study].fields)
        return known_from(published, self.evidence.studies[study].recorded) <= self.as_of

    def proposition(self, key: str) -> Proposition:
        """The proposition of that id. Raises KeyError when there is none."""
        return self.evidence.propositions[key]


def flags_met(hits: Iterable[Hit], start: int, end: int) -> tuple[Hit, ...]:
    """The flags met in a stretch of a page, each once; a disclosure is none."""
    met: dict[str, Hit] = {}
    for hit in hits:
        if hit.start < end and start < hit.end and not hit.flag.is_disclosure:
            met.setdefault(hit.flag.flag, hit)
    return tuple(met.values())


def markets_named(evidence: Evidence) -> tuple[Market, ...]:
    """The markets that the evidence names in a regulator's approval; where it names none, the first."""
    named = {market for name in evidence.subject.names.values() for market in name.approved}
    return tuple(market for market in Market if market in named) or (Market.US,)


def lexicon_of(evidence: Evidence, markets: Collection[Market] = ()) -> Lexicon:
    """The words by which pages are read, with those that the evidence itself writes small.

    The rules of `markets` are in force, or, where none is given, those of the markets that it names.
    """
    texts = (
        *(page.text for page in evidence.pages.values()),
        *(proposition.statement for proposition in evidence.propositions.values()),
        *(proposition.intervention for proposition in evidence.propositions.values()),
        *(study.intervention for study in evidence.studies.values()),
        *(finding.result for study in evidence.studies.values() for finding in study.findings),
        *(link.reason for link in evidence.links.values()),
    )
    return Lexicon(evidence.subject, evidence.packs, texts, markets or markets_named(evidence))


def _known(kind: str, given: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """The ids that are given, of which each must be known. Raises ValueError for any other."""
    if isinstance(given, str):
        # A text is a sequence of letters too, and none of them is an id.
        raise ValueError(f"{given!r} is one {kind}, not a list: write [{given!r}]")
    chosen = tuple(given)
    for key in chosen:
        if key not in known:
            close = get_close_matches(str(key), known, n=1)
            hint = f"did you mean {str(close[0])!r}?" if close else f"known: {', '.join(known)}"
            raise ValueError(f"there is no {kind} {key!r}: {hint}")
    return chosen
