"""Rules that hold between records: offsets, unknown ids, references, stated certainties.

Each rule gives its problems and never raises, so that one round of mending is enough.
"""

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import partial

from review.appraisal import examples_that_differ, problems_of_appraisal, says_nothing, tools_for
from review.grading.grade import graded
from review.language.lexicon import Lexicon
from review.language.senses import Senses
from review.model.citing import Citation, Fidelity, FidelityJudgement
from review.model.days import dated, last_day_begun
from review.model.errors import InFile, InPart, MissingRecord, Place, Problem
from review.model.knowledge.packs import Flag, Trigger
from review.model.knowledge.phrases import finder, terms_named
from review.model.knowledge.tools import Tool
from review.model.record import Record
from review.model.records import Appraisal, Evidence, Quoted
from review.model.vocabulary import NOT_APPLICABLE, Checked, Identifier, Reach
from review.store.layout import SHELVES, TABLES
from review.verdicts.contradictions.logic import quarrels
from review.verdicts.fidelity import claims_cited


def integrity_problems(
    evidence: Evidence, broken: Collection[tuple[str, str]] = ()
) -> Iterator[Problem]:
    """Every problem between the records of `evidence`.

    `broken` names records (kind, id) that exist but could not be built; what points to them is not
    reported a second time.
    """
    yield from _captures(evidence, broken)
    yield from _propositions(evidence, broken)
    yield from _claims(evidence, broken)
    yield from _refusals(evidence, broken)
    yield from _citations(evidence, broken)
    yield from _fidelities(evidence, broken)
    yield from _links(evidence, broken)
    yield from _includes(evidence, broken)
    yield from _references(evidence, broken)
    yield from _flags(evidence)
    yield from _senses(evidence)
    yield from _tools(evidence)
    yield from _appraisals(evidence, broken)
    yield from _certainties(evidence, broken)
    yield from _effects(evidence, broken)
    yield from _relations(evidence, broken)
    yield from _decisions(evidence, broken)


def days_to_come(evidence: Evidence, now: datetime) -> Iterator[Problem]:
    """Every day of a record that has begun nowhere yet: a clock was wrong, or a day was mistyped.

    Not part of what a folder must meet to be read, so that a report is the same on every day.
    """
    last = last_day_begun(now)
    for kind, key, record in _records(evidence):
        place = _place(evidence, kind, key)
        for name, day in dated(record):
            if day > last:
                where = replace(place, column=name) if isinstance(place, InFile) else place
                fault = f"{day.isoformat()} is still to come: it is {now:%Y-%m-%d %H:%M} UTC"
                yield where.problem(fault, remedy="Write the day on which it was, and check the clock.")


def _records(evidence: Evidence) -> Iterator[tuple[str, str, Record]]:
    """Every record of the folders with its kind and its id, or its number where it has none."""
    kinds = {table.record: table.kind for table in TABLES}
    kinds |= {shelf.record: shelf.kind for shelf in SHELVES}
    for part in fields(evidence):
        kept = getattr(evidence, part.name)
        if isinstance(kept, Mapping):
            for key, record in kept.items():
                if kind := kinds.get(type(record)):
                    yield kind, key, record
    for number, judgement in enumerate(evidence.fidelities, start=1):
        yield "fidelity judgement", str(number), judgement
    searches = [search for rows in evidence.searches.values() for search in rows]
    for kind, history in (
        ("search", searches), ("decision", evidence.decisions), ("notice", evidence.notices)
    ):  # fmt: skip
        for number, record in enumerate(history, start=1):
            yield kind, str(number), record


def _place(evidence: Evidence, kind: str, key: str) -> Place:
    return evidence.places.get((kind, key)) or InPart(kind, key)


def _unknown(
    place: Place,
    kind: str,
    key: str,
    known: Mapping[str, object],
    broken: Collection[tuple[str, str]],
) -> Iterator[Problem]:
    """A problem when `key` names nothing, with the nearest name that exists."""
    if key in known or (kind, key) in broken:
        return
    close = difflib.get_close_matches(key, known, n=1)
    remedy = f"Did you mean {close[0]!r}?" if close else f"Add the {kind}, or correct the id."
    yield MissingRecord(place=place, fault=f"{kind} {key!r} does not exist", remedy=remedy)


def _captures(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for capture in evidence.captures.values():
        place = _place(evidence, "capture", capture.page)
        yield from _unknown(place, "page", capture.page, evidence.pages, broken)


def _propositions(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    if not evidence.subject.topics:
        # A folder without a list of topics has those that its propositions name.
        return
    topics = dict.fromkeys(evidence.subject.topic_order)
    for proposition in evidence.propositions.values():
        place = _place(evidence, "proposition", proposition.proposition)
        yield from _unknown(place, "topic", proposition.topic, topics, broken)


def _claims(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for claim in evidence.claims.values():
        place = _place(evidence, "claim", claim.claim)
        yield from _unknown(place, "page", claim.page, evidence.pages, broken)
        yield from _unknown(place, "proposition", claim.proposition, evidence.propositions, broken)
        yield from _misquoted(place, claim, evidence)


def _refusals(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for refusal in evidence.refusals.values():
        place = _place(evidence, "refusal", refusal.claim)
        yield from _unknown(place, "page", refusal.page, evidence.pages, broken)
        yield from _misquoted(place, refusal, evidence)
        if refusal.claim in evidence.claims:
            fault = f"{refusal.claim} is refused here and stands among the claims"
            remedy = "Ids are never used again: remove the claim, or the refusal."
            yield place.problem(fault, remedy=remedy)


def _misquoted(place: Place, quoted: Quoted, evidence: Evidence) -> Iterator[Problem]:
    page = evidence.pages.get(quoted.page)
    if page and page.text and page.text[quoted.start : quoted.end] != quoted.quote:
        fault = f"the quote of {quoted.claim} does not stand at {quoted.start}-{quoted.end}"
        yield place.problem(fault, remedy=_where_it_stands(quoted.quote, page.text))


def _where_it_stands(quote: str, text: str) -> str:
    times = text.count(quote)
    if times == 1:
        start = text.index(quote)
        return f"It stands at {start}-{start + len(quote)}: correct the offsets."
    if times:
        return f"It stands in {times} places: correct the offsets."
    return "It stands nowhere on the page: quote the page letter by letter."


def _citations(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    """Citations that are not printed where they are said to be, or stand for what there is not."""
    seen: dict[tuple[str, int, int, str], str] = {}
    for citation in evidence.citations.values():
        place = _place(evidence, "citation", citation.citation)
        yield from _unknown(place, "page", citation.page, evidence.pages, broken)
        page = evidence.pages.get(citation.page)
        if page and page.text and page.text[citation.start : citation.end] != citation.printed:
            fault = f"{citation.citation} is not printed at {citation.start}-{citation.end}"
            yield place.problem(fault, remedy=_where_it_stands(citation.printed, page.text))
        if citation.has_study:
            yield from _unknown(place, "study", citation.study, evidence.studies, broken)
        for key in citation.claims:
            if key in evidence.refusals:
                remedy = "Take it out of the row, or put the claim that took its place."
                yield place.problem(f"{key} is a claim no more", remedy=remedy)
            else:
                yield from _unknown(place, "claim", key, evidence.claims, broken)
            if key in evidence.claims and evidence.claims[key].page != citation.page:
                fault = f"{key} stands on another page than {citation.citation}"
                yield place.problem(fault, remedy=f"Name claims of {citation.page} only.")
        spot = (citation.page, citation.start, citation.end, citation.study)
        if spot in seen:
            fault = f"{citation.citation} repeats {seen[spot]}"
            yield place.problem(fault, remedy="Keep one row for a place and a source.")
        seen[spot] = citation.citation


def _fidelities(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    """Judgements of claims that a citation does not stand for, or by findings that there are not."""
    seen: set[tuple[str, str]] = set()
    for number, judgement in enumerate(evidence.fidelities, start=1):
        place = _place(evidence, "fidelity judgement", str(number))
        yield from _unknown(place, "citation", judgement.citation, evidence.citations, broken)
        yield from _unknown(place, "claim", judgement.claim, evidence.claims, broken)
        pair = (judgement.citation, judgement.claim)
        if pair in seen:
            fault = f"{judgement.claim} was held against {judgement.citation} twice"
            yield place.problem(fault, remedy="Keep one row for a citation and a claim.")
        seen.add(pair)
        citation = evidence.citations.get(judgement.citation)
        claim = evidence.claims.get(judgement.claim)
        # What a citation of an unknown page stands for is not known either.
        if citation and claim and citation.page in evidence.pages:
            if not claims_cited(citation, [claim]):
                fault = f"{judgement.citation} does not stand for {judgement.claim}"
                yield place.problem(fault, remedy="Correct the claim, or add it to the citation.")
            yield from _unread(place, judgement, citation, evidence)


def _unread(
    place: Place, judgement: FidelityJudgement, citation: Citation, evidence: Evidence
) -> Iterator[Problem]:
    """What is said of a source that is not known, or by a finding that it does not have."""
    is_lost = judgement.fidelity is Fidelity.CANNOT_BE_FOUND
    if is_lost == citation.identity.is_known:
        fault = f"{citation.citation} is {citation.identity}, and {judgement.claim} {judgement.fidelity}"
        remedy = "Only what is nameless or not-found cannot be found, and it can be nothing else."
        yield place.problem(fault, remedy=remedy)
    study = evidence.studies.get(citation.study)
    findings = {finding.finding: finding for finding in study.findings} if study else {}
    if judgement.finding == NOT_APPLICABLE:
        return
    if study and judgement.finding not in findings:
        fault = f"study {study.study!r} has no finding {judgement.finding!r}"
        yield place.problem(fault, remedy="Correct the finding, or add it to the study.")
    elif study and not findings[judgement.finding].checked.is_verified:
        fault = f"nobody has read {judgement.finding} of {study.study} at a source"
        yield place.problem(fault, remedy="Read it, and say in the study what was read.")


def _links(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], str] = {}
    for link in evidence.links.values():
        place = _place(evidence, "link", link.link)
        yield from _unknown(place, "proposition", link.proposition, evidence.propositions, broken)
        yield from _unknown(place, "study", link.study, evidence.studies, broken)
        study = evidence.studies.get(link.study)
        if study and link.finding not in {finding.finding for finding in study.findings}:
            fault = f"study {link.study!r} has no finding {link.finding!r}"
            yield place.problem(fault, remedy="Correct the finding, or add it to the study.")
        triple = (link.proposition, link.study, link.finding)
        if triple in seen:
            fault = f"{link.link} repeats {seen[triple]}"
            yield place.problem(fault, remedy="Keep one link for a finding and a proposition.")
        seen[triple] = link.link


def _includes(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    """Studies that a review is said to include, and that are none of this library."""
    for study in evidence.studies.values():
        place = _place(evidence, "study", study.study)
        for included in study.includes or ():
            yield from _unknown(place, "study", included, evidence.studies, broken)


def _references(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for study in evidence.studies.values():
        place = _place(evidence, "study", study.study)
        yield from _unknown(place, "reference", study.study, evidence.references, broken)
        reference = evidence.references.get(study.study)
        for name, state in (("doi", study.doi), ("pmid", study.pmid)):
            if reference and (name in reference.fields) != (state is Identifier.CONFIRMED):
                fault = f"{name} of {study.study} is {state}, but references.bib "
                fault += "has one" if name in reference.fields else "has none"
                remedy = "A confirmed identifier stands in references.bib, any other does not."
                yield place.problem(fault, remedy=remedy)
    for key in evidence.references:
        place = _place(evidence, "reference", key)
        yield from _unknown(place, "study", key, evidence.studies, broken)


def _flags(evidence: Evidence) -> Iterator[Problem]:
    """Rules, triggers and cues of a folder that name what there is not, or fail their own examples."""
    unknown = list(_unknown_words(evidence))
    yield from unknown
    if not unknown:
        yield from _rules(evidence)
    for cues in evidence.packs.cue_packs.values():
        if place := evidence.places.get(("cue pack", cues.pack)):
            for cue in cues.cues:
                for text in cue.examples:
                    if not finder(cue.phrases).search(text):
                        fault = f"the example {text!r} holds no phrase of {cue.category}"
                        yield place.problem(fault, remedy="Correct the phrases, or the example.")


def _unknown_words(evidence: Evidence) -> Iterator[Problem]:
    """Terms and triggers that a rule of a folder names, and that no pack holds."""
    packs, terms = evidence.packs, {terms.term for terms in evidence.packs.terms}
    for pack in packs.flag_packs.values():
        if place := evidence.places.get(("flag pack", pack.pack)):
            for flag in pack.flags:
                for name in sorted(set(flag.triggers) - packs.triggers.keys()):
                    remedy = f"Known triggers: {', '.join(sorted(packs.triggers))}."
                    yield place.problem(f"{flag.flag} names no trigger {name!r}", remedy=remedy)
                yield from _unknown_terms(place, flag.flag, flag.phrases, terms)
                if flag.reach is Reach.WORDS and not (flag.triggers or flag.phrases):
                    remedy = "Give triggers or phrases, or write reach: page."
                    yield place.problem(f"nothing trips {flag.flag}", remedy=remedy)
    for triggers in packs.trigger_packs.values():
        if place := evidence.places.get(("trigger pack", triggers.pack)):
            for trigger in triggers.triggers:
                phrases = (*trigger.phrases, *trigger.unless, *trigger.spared_by, *trigger.of_others)
                yield from _unknown_terms(place, trigger.trigger, phrases, terms)


def _unknown_terms(
    place: InFile, name: str, phrases: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    for term in sorted({term for phrase in phrases for term in terms_named(phrase)} - set(known)):
        remedy = f"Known terms: {', '.join(sorted(known))}."
        yield place.problem(f"{name} names no term {term!r}", remedy=remedy)


def _rules(evidence: Evidence) -> Iterator[Problem]:
    """Rules and triggers of a folder whose own examples speak against them."""
    rules = [
        (place, flag)
        for pack in evidence.packs.flag_packs.values()
        if (place := evidence.places.get(("flag pack", pack.pack)))
        for flag in pack.flags
    ]
    triggers = [
        (place, trigger)
        for pack in evidence.packs.trigger_packs.values()
        if (place := evidence.places.get(("trigger pack", pack.pack)))
        for trigger in pack.triggers
    ]
    # A folder without rules of its own need not wait until those of the package are ready.
    if rules or triggers:
        screen = Lexicon(evidence.subject, evidence.packs).screen
        for place, flag in rules:
            yield from _speaking_against(place, flag.flag, flag, partial(screen.meets, flag))
        for place, trigger in triggers:
            trips = partial(screen.trips, trigger.trigger)
            yield from _speaking_against(place, trigger.trigger, trigger, trips)


def _speaking_against(
    place: InFile, name: str, rule: Flag | Trigger, meets: Callable[[str], bool]
) -> Iterator[Problem]:
    missed = [(text, "is not met by") for text in rule.examples if not meets(text)]
    missed += [(text, "is met by") for text in rule.counter_examples if meets(text)]
    for text, fault in missed:
        remedy = "Correct the phrases, or the example."
        yield place.problem(f"the example {text!r} {fault} {name}", remedy=remedy)


def _senses(evidence: Evidence) -> Iterator[Problem]:
    """Senses of a folder whose own examples speak against them."""
    senses = Senses(evidence.packs.sense_packs.values())
    for pack in evidence.packs.sense_packs.values():
        if place := evidence.places.get(("sense pack", pack.pack)):
            for cue in pack.senses:
                for text in (*cue.examples, *cue.counter_examples):
                    is_held = cue.sense in senses.of(text)
                    if is_held is not (text in cue.examples):
                        fault = f"the example {text!r} {'holds' if is_held else 'does not hold'}"
                        remedy = "Correct the phrases, or the example."
                        yield place.problem(f"{fault} {cue.sense}", remedy=remedy)


def _tools(evidence: Evidence) -> Iterator[Problem]:
    """Bias tools of a folder, of which an example comes to something else than it says."""
    for tool in evidence.packs.tools.values():
        if place := evidence.places.get(("bias tool", tool.pack)):
            for difference in examples_that_differ(tool):
                yield place.problem(difference, remedy="Correct the rows, or the example.")


def _appraisals(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    names = {tool.name: tool for tool in evidence.packs.tools.values()}
    for appraisal in evidence.appraisals.values():
        place = _place(evidence, "appraisal", appraisal.study)
        yield from _unknown(place, "study", appraisal.study, evidence.studies, broken)
        if ("bias tool", appraisal.edition) in broken:
            continue
        yield from _unknown(place, "bias tool", appraisal.tool, names, broken)
        if appraisal.tool in names:
            yield from _unfit(place, appraisal, evidence)
            yield from _misanswered(place, appraisal, evidence.packs.tools)
            yield from _unanswered(place, appraisal, evidence)


def _unfit(place: Place, appraisal: Appraisal, evidence: Evidence) -> Iterator[Problem]:
    """A problem when a tool is not made for the design of the study, with those that are."""
    study = evidence.studies.get(appraisal.study)
    if study is None:
        return
    fitting = dict.fromkeys(t.name for t in tools_for(evidence.packs.tools.values(), study.design))
    if appraisal.tool not in fitting:
        fault = f"{appraisal.tool} is no tool for a {study.design}"
        use = f"Use {' or '.join(fitting)}" if fitting else "Remove the file, as no tool is"
        yield place.problem(fault, remedy=f"{use}, or correct the design of the study.")


def _unanswered(place: Place, appraisal: Appraisal, evidence: Evidence) -> Iterator[Problem]:
    """A study that is said to have been read whole, and of which no item could be answered."""
    study, tool = evidence.studies.get(appraisal.study), evidence.packs.tools.get(appraisal.edition)
    if study and tool and study.checked is Checked.FULL_TEXT and says_nothing(tool, appraisal.given):
        fault = f"{study.study} is said to have been read in full text, and no item is answered"
        remedy = "Answer from the paper, or say in the study what was read."
        yield place.problem(fault, remedy=remedy)


def _misanswered(place: Place, appraisal: Appraisal, tools: Mapping[str, Tool]) -> Iterator[Problem]:
    """Answers that the version of the tool does not allow, or a version that is not here."""
    tool = tools.get(appraisal.edition)
    if tool is None:
        known = ", ".join(other.version for other in tools.values() if other.name == appraisal.tool)
        fault = f"there is no version {appraisal.version!r} of {appraisal.tool} here"
        yield place.problem(fault, remedy=f"Known: {known}.")
        return
    for fault in (*problems_of_appraisal(tool, appraisal), *_adjudicated_problems(tool, appraisal)):
        yield place.problem(fault, remedy="Correct the answer.")


def _adjudicated_problems(tool: Tool, appraisal: Appraisal) -> Iterator[str]:
    """Answers that were adjudicated, or stood before, in other words than the tool's."""
    for item, answer in appraisal.answers.items():
        for adjudication in answer.adjudicated or ():
            for value in (adjudication.earlier.value, *(given.value for given in adjudication.given)):
                if value not in tool.answers.get(item, ()):
                    yield f"item {item} was answered {value!r} before it was adjudicated"


def _certainties(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for record in evidence.certainties.values():
        place = _place(evidence, "certainty", record.proposition)
        yield from _unknown(place, "proposition", record.proposition, evidence.propositions, broken)
        proposition = evidence.propositions.get(record.proposition)
        if proposition and not proposition.question.is_graded:
            fault = f"a {proposition.question} proposition is not graded"
            yield place.problem(fault, remedy="Remove the file: it is judged on documents.")
        linked = {k.study for k in evidence.links.values() if k.proposition == record.proposition}
        for study in record.studies:
            yield from _unknown(place, "study", study, evidence.studies, broken)
            if study in evidence.studies and study not in linked:
                fault = f"study {study!r} is graded here but not linked to the proposition"
                yield place.problem(fault, remedy="Link it, or take it out of the list.")
        derived = graded(
            start=record.start,
            ratings={domain: rating.rating for domain, rating in record.ratings.items()},
            upgrades={upgrade: rating.levels for upgrade, rating in record.upgrades.items()},
        ).certainty
        if derived is not record.certainty:
            fault = f"the recorded certainty is {record.certainty}, the ratings give {derived}"
            yield place.problem(fault, remedy="Correct the ratings or the certainty.")


def _effects(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    """What is wrong with the baseline risks and the thresholds of effects."""
    for risk in evidence.baseline_risks.values():
        place = _place(evidence, "baseline risk", risk.proposition)
        yield from _unknown(place, "proposition", risk.proposition, evidence.propositions, broken)
        yield from _unknown(place, "study", risk.study, evidence.studies, broken)
    for thresholds in evidence.thresholds.values():
        place = _place(evidence, "thresholds", thresholds.proposition)
        yield from _unknown(place, "proposition", thresholds.proposition, evidence.propositions, broken)


def _relations(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for relation in evidence.relations.values():
        place = _place(evidence, "relation", relation.relation)
        for key in (relation.proposition, relation.other):
            yield from _unknown(place, "proposition", key, evidence.propositions, broken)
    for quarrel in quarrels(evidence.relations.values()):
        place = _place(evidence, "relation", quarrel.relation.relation)
        others = ", ".join(other.relation for other in quarrel.others)
        yield place.problem(
            f"the relation {quarrel.fault}, with {others}",
            remedy="Keep what a clinician would defend, and take the other row out.",
        )
    searches = (search for rows in evidence.searches.values() for search in rows)
    for number, search in enumerate(searches, start=1):
        place = _place(evidence, "search", str(number))
        yield from _unknown(place, "proposition", search.proposition, evidence.propositions, broken)


def _decisions(evidence: Evidence, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for number, decision in enumerate(evidence.decisions, start=1):
        place = _place(evidence, "decision", str(number))
        yield from _unknown(place, "claim", decision.claim, evidence.claims, broken)
        if decision.recorded and decision.date > last_day_begun(decision.recorded):
            fault = f"{decision.date.isoformat()} had begun nowhere when this was recorded"
            yield place.problem(fault, remedy="Correct the date.")
    for number, notice in enumerate(evidence.notices, start=1):
        place = _place(evidence, "notice", str(number))
        yield from _unknown(place, "study", notice.study, evidence.studies, broken)
