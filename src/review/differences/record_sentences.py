"""How a difference of one record is told in plain words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from review.differences.words import Phrase, Quote, Term, joined
from review.model.record import Record
from review.model.records import (
    Adjudication,
    Answer,
    Appraisal,
    CertaintyRecord,
    Decision,
    DomainRating,
    Finding,
    Link,
    Notice,
    Reference,
    Search,
    Study,
    UpgradeRating,
)
from review.model.vocabulary import SearchKind, spoken
from review.model.witness_words import Witness
from review.model.witnesses import Testimony

SIGNED = ("status", "authored_by", "checked_by", "date_reviewed", "next_review", "imported")
"""What a recorded judgement says of itself and not of the evidence."""

_SHORT = 60
"""A value of more characters is prose, and not told."""


def _words(value: object) -> Term:
    return Term(str(value).replace("_", " "))


def _from_to(name: str, before: object, after: object) -> Phrase:
    """One changed value; prose is only said to have changed."""
    old, new = str(before), str(after)
    if max(len(old), len(new)) > _SHORT:
        return (spoken(name), " reworded")
    return (spoken(name), " from ", _words(old), " to ", _words(new))


def changed_values(
    before: Mapping[str, object], after: Mapping[str, object], leave_out: Sequence[str] = ()
) -> Iterator[Phrase]:
    """One phrase for each value that differs; a value that one side lacks was added or removed."""
    for name in (*before, *(other for other in after if other not in before)):
        was, now = before.get(name), after.get(name)
        if was == now or name in leave_out:
            continue
        if was is None or now is None:
            yield (spoken(name), " added" if was is None else " removed")
        else:
            yield _from_to(name, was, now)


def changed_files(folder: str, before: Mapping[str, str], after: Mapping[str, str]) -> Phrase:
    """Which files of a folder of the evidence differ, given the digest of every file by its path."""
    old, new = (_files_below(folder, files) for files in (before, after))
    changes = [
        (Term(name), " added" if name not in old else " removed" if name not in new else " changed")
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]
    return (f"files of {folder}: ", *joined(changes)) if changes else ()


def _files_below(folder: str, files: Mapping[str, str]) -> Mapping[str, str]:
    parts = ((path.rpartition(f"/{folder}/"), digest) for path, digest in files.items())
    return {name: digest for (_, within, name), digest in parts if within}


def _record_values(before: Record, after: Record, leave_out: Sequence[str] = ()) -> Iterator[Phrase]:
    yield from changed_values(dict(before), dict(after), leave_out)


def judgement(before: CertaintyRecord | None, after: CertaintyRecord | None) -> Phrase:
    """A recorded judgement of certainty that only one side holds."""
    record = after or before
    assert record is not None, "one side holds it"
    made = "recorded" if before is None else "taken out"
    certainty = Term(record.certainty.spoken)
    return ("judgement of ", Term(record.proposition), " ", made, ": ", certainty, " certainty")


def rating(
    key: str,
    name: str,
    before: DomainRating | UpgradeRating,
    after: DomainRating | UpgradeRating,
) -> Phrase:
    """One judged domain or upgrade of a recorded judgement, with its reason now."""
    old, new = (_rated(rated) for rated in (before, after))
    judged: Phrase = ("judgement of ", spoken(name), " for ", Term(key))
    by = _adjudication(getattr(before, "adjudicated", None), getattr(after, "adjudicated", None))
    if old == new:
        return (*judged, ": same rating (", Term(new), "), the reason reworded", *by)
    return (*judged, " from ", Term(old), " to ", Term(new), "; its reason: ", Quote(after.reason), *by)


def _adjudication(
    before: tuple[Adjudication, ...] | None, after: tuple[Adjudication, ...] | None
) -> Phrase:
    """Who adjudicated a judgement between the two sides, and what had been given; else nothing."""
    if before == after:
        return ()
    return ("; ", Quote(after[-1].sentence)) if after else ("; its adjudication is taken out",)


def _rated(rated: DomainRating | UpgradeRating) -> str:
    if isinstance(rated, DomainRating):
        return rated.rating.spoken
    return f"{rated.levels} levels up"


def judgement_fields(before: CertaintyRecord, after: CertaintyRecord, fields: Sequence[str]) -> Phrase:
    """Other changed fields of a recorded judgement: where it starts, its studies, its signatures."""
    changed: Iterator[Phrase]
    if tuple(fields) == ("studies",):
        changed = iter([set_change("the studies it was made on", before.studies, after.studies)])
    else:
        kept = [name for name in CertaintyRecord.model_fields if name not in fields]
        changed = _record_values(before, after, kept)
    return ("judgement of ", Term(before.proposition), ": ", *joined(changed))


def set_change(name: str, before: Sequence[str], after: Sequence[str]) -> Phrase:
    """What a list of ids has gained and lost."""
    pieces: list[str] = [name]
    for word, keys in (
        (", now with ", [key for key in after if key not in before]),
        (", now without ", [key for key in before if key not in after]),
    ):
        if keys:
            pieces += [word, *joined([(Term(key),) for key in keys], ", ")]
    return tuple(pieces) if len(pieces) > 1 else (name, " in another order")


def whole_study(study: Study, links: Sequence[Link], is_new: bool) -> Phrase:
    """A study that only one side holds, with what it says of which proposition."""
    made = "added" if is_new else "removed"
    head: Phrase = ("study ", Term(study.study), " ", made, " (", Term(study.design), ")")
    if not links:
        return (*head, ", linked to nothing")
    stances = [(Term(link.stance), " ", Term(link.proposition)) for link in links]
    return (*head, ": ", *joined(stances, ", "))


def study(before: Study, after: Study) -> Phrase:
    """What changed in a study and in its findings."""
    old = {finding.finding: finding for finding in before.findings}
    new = {finding.finding: finding for finding in after.findings}
    parts = list(_record_values(before, after, ("findings", "warnings")))
    for key in sorted({*old, *new}):
        parts += _finding(key, old.get(key), new.get(key))
    if before.warnings != after.warnings:
        parts.append(("cautions changed",))
    return ("study ", Term(before.study), ": ", *joined(parts))


def _finding(key: str, before: Finding | None, after: Finding | None) -> Iterator[Phrase]:
    if before is None or after is None:
        yield ("finding ", Term(key), " added" if before is None else " removed")
    elif before != after:
        yield ("finding ", Term(key), ": ", *joined(_record_values(before, after), ", "))


def link(before: Link | None, after: Link | None) -> Phrase:
    """A link that is new, gone or changed: what the study says of the proposition, and how directly."""
    record = after or before
    assert record is not None, "one side holds it"
    head: Phrase = ("link ", Term(record.link), " of ", Term(record.study))
    if before is None or after is None:
        made = " added" if before is None else " removed"
        stance = (Term(record.stance), " ", Term(record.proposition))
        return (*head, made, ": ", *stance, "; its reason: ", Quote(record.reason))
    changed = joined(_link_values(before, after))
    return (*head, " to ", Term(before.proposition), ": ", *changed)


def _link_values(before: Link, after: Link) -> Iterator[Phrase]:
    for name, word in (
        ("population", "directness of the people"),
        ("intervention", "directness of the treatment"),
        ("outcome", "directness of the outcome"),
        ("comparator", "directness of the comparator"),
    ):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield _from_to(word, was or "not judged", now or "not judged")
    read = ("population", "intervention", "outcome", "comparator", "reason")
    yield from _record_values(before, after, read)
    if before.reason != after.reason:
        yield ("its reason now: ", Quote(after.reason))


def appraisal(before: Appraisal | None, after: Appraisal | None) -> Phrase:
    """A bias tool's answers that are new, gone or changed."""
    record = after or before
    assert record is not None, "one side holds it"
    head: Phrase = ("appraisal of ", Term(record.study))
    if before is None or after is None:
        return (*head, " added" if before is None else " removed", " (", Term(record.tool), ")")
    parts = list(_record_values(before, after, ("answers",)))
    for item in sorted({*before.answers, *after.answers}):
        parts += _answer(item, before.answers.get(item), after.answers.get(item))
    return (*head, ": ", *joined(parts))


def _answer(item: str, before: Answer | None, after: Answer | None) -> Iterator[Phrase]:
    if before is None or after is None:
        yield ("answer ", Term(item), " added" if before is None else " removed")
    elif before.answer != after.answer:
        values = (" from ", Term(before.answer), " to ", Term(after.answer))
        by = _adjudication(before.adjudicated, after.adjudicated)
        yield ("answer ", Term(item), *values, "; its reason: ", Quote(after.reason), *by)
    elif before != after:
        by = _adjudication(before.adjudicated, after.adjudicated)
        yield ("answer ", Term(item), ": the reason reworded", *by)


def reference(before: Reference, after: Reference) -> Phrase:
    """What changed in the entry of `references.bib`."""
    changed = joined(changed_values(before.fields, after.fields)) or ("its type changed",)
    return ("reference ", Term(before.key), ": ", *changed)


def notices(study: str, before: Sequence[Notice], after: Sequence[Notice]) -> Phrase:
    """The notices about a study that are new or gone."""
    parts = [_notice(n, "recorded") for n in after if n not in before]
    parts += [_notice(n, "taken out") for n in before if n not in after]
    return (*(joined(parts) or ("notices in another order",)), ", about study ", Term(study))


def _notice(notice: Notice, made: str) -> Phrase:
    kind = notice.kind.spoken
    return (kind, " ", made, " (", _words(notice.date), "): ", Quote(notice.consequence))


Answered = tuple[Witness, Testimony | None, Testimony | None]
"""What one witness answered about a study, before and after."""


def answers(study: str, changed: Sequence[Answered]) -> Phrase:
    """Who answered otherwise about a study, or for the first time."""
    parts: list[Phrase] = [
        (Term(witness.full_name), " ", _answer_of(before), " to ", _answer_of(after))
        for witness, before, after in changed
    ]
    return ("answers about study ", Term(study), ": ", *joined(parts))


def _answer_of(row: Testimony | None) -> Term:
    return Term(f"{row.answer.spoken} ({row.asked})" if row else "never asked")


def decision(taken: Decision, is_new: bool) -> Phrase:
    """A decision that only one side holds."""
    made = "recorded" if is_new else "taken out"
    by = (Term(taken.reviewer), " on ", Term(taken.date.isoformat()))
    return ("decision on ", Term(taken.claim), " ", made, ": ", Term(taken.decision), " by ", *by)


def searches(key: str, before: Sequence[Search], after: Sequence[Search]) -> Phrase:
    """How the searches for a proposition changed: those of databases are what a verdict asks for."""
    kinds = (SearchKind.DATABASE, SearchKind.LIBRARY)
    was, now = (Counter(search.kind for search in rows) for rows in (before, after))
    counts = ", ".join(f"{kind} {was[kind]} to {now[kind]}" for kind in kinds)
    return ("searches for ", Term(key), f": {counts}")


def plain_record(kind: str, key: str, before: Record | None, after: Record | None) -> Phrase:
    """A record that is new, gone or changed, by its id."""
    head: Phrase = (f"{kind} ", Term(key))
    if before is None or after is None:
        return (*head, " added" if before is None else " removed")
    if dict(before).get("text") != dict(after).get("text"):
        return (*head, ": its text changed")
    return (*head, ": ", *joined(_record_values(before, after)))
