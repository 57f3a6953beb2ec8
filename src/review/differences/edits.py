"""What differs between two states of the evidence, record by record, each difference ready to be made.

A new or removed study counts as one difference with its reference, its appraisal and its links; a
recorded judgement is split into its domains, for each of them was judged on its own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from review.differences import record_sentences as sentences
from review.differences.model import Cause
from review.differences.words import Phrase
from review.model.record import Record
from review.model.records import CertaintyRecord, Evidence, Notice
from review.verdicts.fidelity import judgements_by_pair

Apply = Callable[[Evidence], Evidence]
READ_BY = ("subject", "packs")
"""The folders, and the fields of the evidence, by which every page is read."""


# Each is only itself: standings are kept by sets of them, and two with the same words may differ.
@dataclass(frozen=True, slots=True, eq=False)
class EvidenceEdit:
    """One difference: how it is told, the propositions whose evidence it belongs to, and its making."""

    cause: Cause
    propositions: frozenset[str]
    apply: Apply


def edits_between(old: Evidence, new: Evidence) -> tuple[EvidenceEdit, ...]:
    """Every difference from `old` to `new` but those of claims, whose pages decide them too."""
    # Those that only one side holds.
    studies = set(old.studies) ^ set(new.studies)
    linked = _linked(old, new)
    return (
        *_what_pages_are_read_by(old, new),
        *_propositions(old, new),
        *_judgements(old, new),
        *_whole_studies(old, new, sorted(studies), linked),
        *_by_study("study", "studies", sentences.study, old, new, studies, linked),
        *_by_study("appraisal", "appraisals", sentences.appraisal, old, new, studies, linked),
        *_by_study("reference", "references", sentences.reference, old, new, studies, linked),
        *_links(old, new, studies),
        *_citations(old, new),
        *_searches(old, new),
        *_notices(old, new, linked),
        *_without_weight(old, new),
    )


def _what_pages_are_read_by(old: Evidence, new: Evidence) -> Iterator[EvidenceEdit]:
    """The subject and the packs, which bear on every proposition, each as one difference."""
    everywhere = frozenset({*old.propositions, *new.propositions})
    for name in READ_BY:
        if phrase := sentences.changed_files(name, old.files, new.files):
            apply = partial(_with_field, name, getattr(new, name))
            yield EvidenceEdit(Cause(name, name, phrase), everywhere, apply)


def _with_field(name: str, value: object, evidence: Evidence) -> Evidence:
    return replace(evidence, **{name: value})  # type: ignore[arg-type]  # the name of one of its fields


def _linked(old: Evidence, new: Evidence) -> Mapping[str, frozenset[str]]:
    """The propositions to which each study is linked, on either side."""
    propositions: defaultdict[str, set[str]] = defaultdict(set)
    for evidence in (old, new):
        for link in evidence.links.values():
            propositions[link.study].add(link.proposition)
    # A study without a link belongs to no proposition.
    return defaultdict(frozenset, {study: frozenset(keys) for study, keys in propositions.items()})


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [key for key in sorted({*old, *new}) if old.get(key) != new.get(key)]


def _with_record(name: str, key: str, record: object | None, evidence: Evidence) -> Evidence:
    """The evidence with one record put in, exchanged or taken out."""
    records: dict[str, Any] = {**getattr(evidence, name), key: record}
    if record is None:
        del records[key]
    return _with_field(name, records, evidence)


def _one_after_another(steps: Sequence[Apply], evidence: Evidence) -> Evidence:
    for step in steps:
        evidence = step(evidence)
    return evidence


def _propositions(old: Evidence, new: Evidence) -> Iterator[EvidenceEdit]:
    for key in _changed(old.propositions, new.propositions):
        before, after = old.propositions.get(key), new.propositions.get(key)
        phrase = sentences.plain_record("proposition", key, before, after)
        # Partial, for a lambda would see the key and the record that the loop ends with.
        apply = partial(_with_record, "propositions", key, after)
        yield EvidenceEdit(Cause("proposition", key, phrase), frozenset({key}), apply)


def _judgements(old: Evidence, new: Evidence) -> Iterator[EvidenceEdit]:
    for key in _changed(old.certainties, new.certainties):
        before, after = old.certainties.get(key), new.certainties.get(key)
        if before is None or after is None:
            phrase = sentences.judgement(before, after)
            apply = partial(_with_record, "certainties", key, after)
            yield EvidenceEdit(Cause("judgement", key, phrase), frozenset({key}), apply)
        else:
            yield from _parts_of_a_judgement(before, after)


def _parts_of_a_judgement(before: CertaintyRecord, after: CertaintyRecord) -> Iterator[EvidenceEdit]:
    key = before.proposition
    for part in ("ratings", "upgrades"):
        was, now = getattr(before, part), getattr(after, part)
        for name in _changed(was, now):
            phrase = sentences.rating(key, name, was[name], now[name])
            apply = partial(_with_rating, key, part, name, now[name])
            yield EvidenceEdit(Cause("judgement", key, phrase), frozenset({key}), apply)
    for fields in (("start", "start_reason"), ("studies",), sentences.SIGNED):
        changed = {name: getattr(after, name) for name in fields}
        if any(getattr(before, name) != value for name, value in changed.items()):
            phrase = sentences.judgement_fields(before, after, fields)
            apply = partial(_with_fields, key, changed)
            yield EvidenceEdit(Cause("judgement", key, phrase), frozenset({key}), apply)


def _with_rating(key: str, part: str, name: str, rating: Record, evidence: Evidence) -> Evidence:
    """The evidence with one rating of a recorded judgement exchanged."""
    ratings = {**getattr(evidence.certainties[key], part), name: rating}
    return _with_fields(key, {part: ratings}, evidence)


def _with_fields(key: str, fields: Mapping[str, object], evidence: Evidence) -> Evidence:
    changed = evidence.certainties[key].model_copy(update=fields)
    return _with_record("certainties", key, changed, evidence)


def _whole_studies(
    old: Evidence, new: Evidence, studies: Sequence[str], linked: Mapping[str, frozenset[str]]
) -> Iterator[EvidenceEdit]:
    """Studies that only one side holds, each with all that belongs to it."""
    for study in studies:
        own = [key for key in _changed(old.links, new.links) if study in _studies_of(key, old, new)]
        steps = [partial(_with_record, "links", key, new.links.get(key)) for key in own]
        for name in ("studies", "references", "appraisals"):
            before, after = getattr(old, name).get(study), getattr(new, name).get(study)
            if before != after:
                steps.append(partial(_with_record, name, study, after))
        holding = new if study in new.studies else old
        links = [link for link in holding.links.values() if link.study == study]
        phrase = sentences.whole_study(holding.studies[study], links, is_new=holding is new)
        yield EvidenceEdit(
            Cause("study", study, phrase), linked[study], partial(_one_after_another, steps)
        )


def _studies_of(key: str, old: Evidence, new: Evidence) -> set[str]:
    """The studies that a link names, on either side."""
    return {evidence.links[key].study for evidence in (old, new) if key in evidence.links}


def _by_study(
    kind: str,
    name: str,
    tell: Callable[[Any, Any], Phrase],
    old: Evidence,
    new: Evidence,
    whole: Collection[str],
    linked: Mapping[str, frozenset[str]],
) -> Iterator[EvidenceEdit]:
    """The changed records of one kind that are known by their study."""
    before, after = getattr(old, name), getattr(new, name)
    for study in _changed(before, after):
        if study not in whole:
            phrase = tell(before.get(study), after.get(study))
            apply = partial(_with_record, name, study, after.get(study))
            yield EvidenceEdit(Cause(kind, study, phrase), linked[study], apply)


def _links(old: Evidence, new: Evidence, whole: Collection[str]) -> Iterator[EvidenceEdit]:
    for key in _changed(old.links, new.links):
        if not _studies_of(key, old, new) & set(whole):
            before, after = old.links.get(key), new.links.get(key)
            touched = frozenset(link.proposition for link in (before, after) if link)
            apply = partial(_with_record, "links", key, after)
            yield EvidenceEdit(Cause("link", key, sentences.link(before, after)), touched, apply)


def _citations(old: Evidence, new: Evidence) -> Iterator[EvidenceEdit]:
    """What pages cite, and what was judged of it: both stand beside the verdicts and change none."""
    for key in _changed(old.citations, new.citations):
        phrase = sentences.plain_record("citation", key, old.citations.get(key), new.citations.get(key))
        yield EvidenceEdit(Cause("citation", key, phrase), frozenset(), _unchanged)
    before, after = (judgements_by_pair(evidence.fidelities) for evidence in (old, new))
    for pair in sorted({*before, *after}):
        if before.get(pair) != after.get(pair):
            key = " for ".join(pair)
            phrase = sentences.plain_record("fidelity of", key, before.get(pair), after.get(pair))
            yield EvidenceEdit(Cause("fidelity", key, phrase), frozenset(), _unchanged)


def _searches(old: Evidence, new: Evidence) -> Iterator[EvidenceEdit]:
    for key in _changed(old.searches, new.searches):
        before, after = old.searches.get(key), new.searches.get(key)
        phrase = sentences.searches(key, before or (), after or ())
        apply = partial(_with_record, "searches", key, after)
        yield EvidenceEdit(Cause("search", key, phrase), frozenset({key}), apply)


def _notices(
    old: Evidence, new: Evidence, linked: Mapping[str, frozenset[str]]
) -> Iterator[EvidenceEdit]:
    before, after = _notices_by_study(old), _notices_by_study(new)
    for study in _changed(before, after):
        was, now = before.get(study, ()), after.get(study, ())
        apply = partial(_with_notices, study, now)
        yield EvidenceEdit(
            Cause("notice", study, sentences.notices(study, was, now)), linked[study], apply
        )


def _notices_by_study(evidence: Evidence) -> Mapping[str, tuple[Notice, ...]]:
    studies = {notice.study for notice in evidence.notices}
    return {study: tuple(n for n in evidence.notices if n.study == study) for study in studies}


def _with_notices(study: str, notices: tuple[Notice, ...], evidence: Evidence) -> Evidence:
    others = tuple(notice for notice in evidence.notices if notice.study != study)
    return replace(evidence, notices=(*others, *notices))


def _without_weight(old: Evidence, new: Evidence) -> Iterator[EvidenceEdit]:
    """Differences of records that no verdict and no standing is derived from."""
    for kind, name in (
        ("relation", "relations"),
        ("page", "pages"),
        ("baseline risk", "baseline_risks"),
        ("thresholds", "thresholds"),
    ):
        before, after = getattr(old, name), getattr(new, name)
        for key in _changed(before, after):
            phrase = sentences.plain_record(kind, key, before.get(key), after.get(key))
            yield EvidenceEdit(Cause(kind, key, phrase), frozenset(), _unchanged)
    for taken in (*old.decisions, *new.decisions):
        if (taken in old.decisions) != (taken in new.decisions):
            phrase = sentences.decision(taken, is_new=taken in new.decisions)
            yield EvidenceEdit(Cause("decision", taken.claim, phrase), frozenset(), _unchanged)


def _unchanged(evidence: Evidence) -> Evidence:
    return evidence
