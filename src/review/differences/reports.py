"""Two reports compared: only what they hold can be read, so causes are named and not tried."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from review.differences import record_sentences as sentences
from review.differences.edits import READ_BY
from review.differences.model import (
    STANDING,
    Cause,
    ClaimChange,
    Comparison,
    Facet,
    How,
    Outdated,
    Side,
    StandingChange,
    Turn,
    Why,
    changed_facets,
    decided,
    in_order,
    standings_in_order,
    turn,
)
from review.differences.words import Phrase, Quote, Term, joined
from review.model.vocabulary import Verdict, spoken
from review.store.inputs.report_file import (
    ClaimFact,
    Fact,
    FindingFact,
    FlagFact,
    ProfileFact,
    ReportFacts,
    StepFact,
)
from review.verdicts.standing import Basis


def compare_reports(old: ReportFacts, new: ReportFacts, names: tuple[str, str]) -> Comparison:
    """What changed from `old` to `new`, with every difference in the reports that may explain it."""
    causes = {key: tuple(own) for key, own in _by_proposition(old, new).items()}
    overall = tuple(_overall(old, new))
    claims = in_order(_claims(old, new, causes, overall))
    standings = standings_in_order(_standings(old, new, causes, overall))
    named = decided(claims, standings)
    elsewhere = (*overall, *_pages(old, new), *_flags(old, new))
    every = dict.fromkeys([*(c for own in causes.values() for c in own), *elsewhere])
    return Comparison(
        old=_side(old, names[0]),
        new=_side(new, names[1]),
        how=How.READ,
        notes=tuple(_notes(old, new)),
        claims=claims,
        standings=standings,
        outdated=tuple(_outdated(old, new)),
        others=tuple(cause for cause in every if cause not in named),
    )


def _side(report: ReportFacts, name: str) -> Side:
    given = [claim.verdict for claim in report.claims]
    return Side(name, report.as_of, {str(v): given.count(v) for v in Verdict})


def _notes(old: ReportFacts, new: ReportFacts) -> Iterator[Phrase]:
    if not (old.shows_evidence and new.shows_evidence):
        yield ("A report for the clinic holds no evidence, so few causes can be read from it.",)
    if old.provenance.files is None or new.provenance.files is None:
        yield (
            "A report of another version does not list its files, so a difference of the subject or the "
            "packs is not seen.",
        )
    if old.selection != new.selection:
        yield (
            "The two reports are narrowed to different topics or categories: a claim that only one of "
            "them holds need not be new or gone.",
        )
    pages = [{page.page for page in report.pages} for report in (old, new)]
    for page in sorted(pages[0] ^ pages[1]):
        side = "later" if page in pages[1] else "earlier"
        yield ("Page ", Term(page), f" stands only in the {side} report, and its claims with it.")


def _overall(old: ReportFacts, new: ReportFacts) -> Iterator[Cause]:
    """What can bear on every verdict: the date, the rules, the version."""
    if old.as_of != new.as_of:
        yield Cause("date", "as_of", _from_to("date of the review", old.as_of, new.as_of))
    before, after = old.provenance, new.provenance
    if before.methods != after.methods:
        phrase = sentences.set_change("rules", before.methods, after.methods)
        yield Cause("rules", "methods", phrase)
    if before.version != after.version:
        phrase = _from_to("version of the package", before.version, after.version)
        yield Cause("rules", "version", phrase)
    # None: a report of another version does not tell its files.
    if before.files is not None and after.files is not None:
        files = dict(before.files), dict(after.files)
        for name in READ_BY:
            if phrase := sentences.changed_files(name, *files):
                yield Cause(name, name, phrase)


def _from_to(name: str, before: str, after: str) -> Phrase:
    return (name, " from ", Term(before), " to ", Term(after))


def _pages(old: ReportFacts, new: ReportFacts) -> Iterator[Cause]:
    before = {page.page: page.sha256 for page in old.pages}
    for page in new.pages:
        if page.page in before and before[page.page] != page.sha256:
            yield Cause("page", page.page, ("page ", Term(page.page), ": its text changed"))


def _flags(old: ReportFacts, new: ReportFacts) -> Iterator[Cause]:
    """What is told otherwise of a flag that both reports met."""
    before, after = (
        {met.flag: met for claim in report.claims for met in claim.flags or ()} for report in (old, new)
    )
    for key in sorted(set(before) & set(after)):
        if changed := _changed_values(before[key], after[key], tuple(FlagFact.model_fields)):
            yield Cause("flag", key, ("flag ", Term(key), ": ", *changed))


def _by_proposition(old: ReportFacts, new: ReportFacts) -> Mapping[str, list[Cause]]:
    """The differences in the profile of each proposition that both reports hold."""
    before = {profile.proposition: profile for profile in old.profiles}
    notices = _changed_notices(old, new)
    causes: defaultdict[str, list[Cause]] = defaultdict(list)
    for profile in new.profiles:
        key = profile.proposition
        if key in before:
            studies = sorted({f.study for f in (*before[key].findings, *profile.findings)})
            causes[key] += [
                *_judgement(before[key], profile),
                *_findings(before[key], profile),
                *(notices[study] for study in studies if study in notices),
                *_record(before[key], profile),
            ]
    return causes


def _changed_notices(old: ReportFacts, new: ReportFacts) -> Mapping[str, Cause]:
    before = {reference.key: reference.notices for reference in old.references}
    causes = {}
    for key, notices in ((r.key, r.notices) for r in new.references):
        if before.get(key, notices) != notices:
            values = (" from ", Term(before[key]), " to ", Term(notices))
            causes[key] = Cause("notice", key, ("notices about ", Term(key), *values))
    return causes


def _changed_values(before: Fact, after: Fact, names: Sequence[str]) -> Phrase:
    """Those of the named values that both reports tell, and tell differently."""
    old, new = ({name: getattr(fact, name) for name in names} for fact in (before, after))
    silent = [name for name in names if old[name] is None or new[name] is None]
    return joined(sentences.changed_values(old, new, silent))


def _judgement(before: ProfileFact, after: ProfileFact) -> Iterator[Cause]:
    key = after.proposition
    word = "judgement" if after.basis == Basis.RECORDED else "grade"
    head: Phrase = (f"{word} of ", Term(key), ": ")
    for phrase in _steps(before.steps, after.steps):
        yield Cause(word, key, (*head, *phrase))
    if changed := _changed_values(before, after, ("basis", "judged_by", "stale")):
        yield Cause(word, key, (*head, *changed))
    suggested = (before.disagreements, after.disagreements)
    # None: a report of another version does not tell.
    if None not in suggested and suggested[0] != suggested[1]:
        suggested_now = joined([(Quote(text),) for text in after.disagreements or ()]) or ("none",)
        yield Cause(word, key, (*head, "where the rules suggest otherwise: ", *suggested_now))


def _steps(before: Sequence[StepFact] | None, after: Sequence[StepFact] | None) -> Iterator[Phrase]:
    """The steps of a grade that moved it otherwise, or for another reason."""
    if before is None or after is None:
        return
    old, new = ({step.name: step for step in steps} for steps in (before, after))
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name), new.get(name)
        step = (Term(spoken(name)),)
        reason: Phrase = ("; its reason: ", Quote(now.reason)) if now and now.reason else ()
        if was is None or now is None:
            yield (*step, " added" if now else " gone", *reason)
        elif was.change != now.change:
            moved = (" from ", Term(str(was.change)), " to ", Term(str(now.change)), " levels")
            yield (*step, *moved, *reason)
        elif was != now:
            yield (*step, " with another reason", *reason)


def _findings(before: ProfileFact, after: ProfileFact) -> Iterator[Cause]:
    old, new = ({f.link: f for f in profile.findings} for profile in (before, after))
    for link in sorted({*old, *new}):
        was, now = old.get(link), new.get(link)
        finding = now or was
        if finding is None or was == now:
            continue
        if was and now:
            yield from _changed_finding(was, now)
        else:
            yield _one_sided_finding(finding, before, after)


def _one_sided_finding(finding: FindingFact, before: ProfileFact, after: ProfileFact) -> Cause:
    """A finding that one report lacks: with its whole study, or as one link more or less."""
    studies = [{f.study for f in profile.findings} for profile in (before, after)]
    made = "added" if finding in after.findings else "gone"
    known = [f"{name} {value}" for name in ("stance", "counts") if (value := getattr(finding, name))]
    details = (": ", Term(", ".join(known)))
    if finding.study in studies[0] & studies[1]:
        head: Phrase = ("link ", Term(finding.link), " of study ", Term(finding.study), f" {made}")
        return Cause("link", finding.link, (*head, *details))
    head = ("study ", Term(finding.study), f" {made} (", Term(finding.link), ")")
    return Cause("study", finding.study, (*head, *details))


_ROWS = (
    ("link", "link of", ("stance", "directness", "reason")),
    ("appraisal", "appraisal of", ("bias",)),
    ("study", "study", ("design", "species", "n", "result", "checked", "counts")),
)


def _changed_finding(before: FindingFact, after: FindingFact) -> Iterator[Cause]:
    for kind, word, names in _ROWS:
        if changed := _changed_values(before, after, names):
            head = (f"{word} ", Term(after.study), " (", Term(after.link), "): ")
            yield Cause(kind, after.study if kind != "link" else after.link, (*head, *changed))


def _record(before: ProfileFact, after: ProfileFact) -> Iterator[Cause]:
    key = after.proposition
    if changed := _changed_values(before, after, ("statement", "question")):
        yield Cause("proposition", key, ("proposition ", Term(key), ": ", *changed))
    if None not in (before.searches, after.searches) and before.searches != after.searches:
        results = joined([(Quote(search.result),) for search in after.searches or ()]) or ("none",)
        yield Cause("search", key, ("searches for ", Term(key), ": ", *results))


def _claims(
    old: ReportFacts,
    new: ReportFacts,
    causes: Mapping[str, Sequence[Cause]],
    overall: Sequence[Cause],
) -> Iterator[ClaimChange]:
    before, after = ({c.claim: c for c in report.claims} for report in (old, new))
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            yield _change(was, now, Turn.ADDED if now else Turn.GONE, None)
            continue
        edit = tuple(_page_edit(was, now))
        if was.verdict != now.verdict:
            explaining = (*edit, *causes.get(now.proposition, ()), *overall)
            yield _change(was, now, turn(was.verdict, now.verdict), Why(How.READ, explaining))
        elif edit:
            yield _change(was, now, Turn.EDITED, Why(How.READ, edit))


def _change(was: ClaimFact | None, now: ClaimFact | None, turned: Turn, why: Why | None) -> ClaimChange:
    held = now or was
    assert held is not None, "one side holds it"
    return ClaimChange(
        claim=held.claim,
        page=held.page,
        turn=turned,
        quote_before=was.quote if was else "",
        quote=now.quote if now else "",
        before=was.verdict if was else "",
        after=now.verdict if now else "",
        now=tuple(reason.sentence for reason in now.reasons) if was and now else (),
        why=why,
    )


_READ_AS = ("quote", "category", "wording", "polarity", "checkworthy", "proposition")


def _page_edit(was: ClaimFact, now: ClaimFact) -> Iterator[Cause]:
    parts = _changed_values(was, now, _READ_AS)
    if was.flags is not None and now.flags is not None:
        flags = [sorted({met.flag for met in met_in}) for met_in in (was.flags, now.flags)]
        if flags[0] != flags[1]:
            change = sentences.set_change("flags met in it", *flags)
            parts = joined(part for part in (parts, change) if part)
    if parts:
        yield Cause("claim", now.claim, ("page edit of ", Term(now.claim), ": ", *parts))


def _standings(
    old: ReportFacts,
    new: ReportFacts,
    causes: Mapping[str, Sequence[Cause]],
    overall: Sequence[Cause],
) -> Iterator[StandingChange]:
    before = {profile.proposition: profile for profile in old.profiles}
    for profile in new.profiles:
        key = profile.proposition
        if key in before and (facets := _changed_facets(before[key], profile)):
            why = Why(How.READ, (*causes.get(key, ()), *overall))
            yield StandingChange(key, profile.statement, facets, why)


def _changed_facets(before: ProfileFact, after: ProfileFact) -> tuple[Facet, ...]:
    """The facets that both reports tell, and tell differently."""
    old, new = _facets(before), _facets(after)
    return changed_facets({name: old[name] for name in old if name in new}, new)


def _facets(profile: ProfileFact) -> Mapping[str, str]:
    facets = {
        STANDING: profile.standing,
        "direction": profile.direction,
        "OCEBM level": profile.level and profile.level.removeprefix("level "),
        "basis": profile.basis,
    }
    return {name: value for name, value in facets.items() if value is not None}


def _outdated(old: ReportFacts, new: ReportFacts) -> Iterator[Outdated]:
    """The decisions that hold now and rest on earlier evidence, if they did not do so before."""
    before: dict[str, Any] = {c.claim: c.decisions[-1] for c in old.claims if c.decisions}
    for claim in sorted(new.claims, key=lambda claim: claim.claim):
        holding = claim.decisions[-1] if claim.decisions else None
        if holding and holding.on_earlier_evidence and before.get(claim.claim) != holding:
            yield Outdated(claim.claim, holding.decision, holding.reviewer, holding.role, holding.date)
