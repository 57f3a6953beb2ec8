"""Lesson 3, appraise a study: each by its own tool, where that tool has a lesson."""

from collections.abc import Iterator, Mapping
from functools import partial

from review.appraisal import judged
from review.dossier.dossier import Dossier
from review.model.knowledge.tools import Tool, ToolLesson
from review.model.records import Appraisal
from review.model.vocabulary import AnswerMeaning, BiasConcern, Checked, RuleOwner
from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem, Worked
from review.teaching.pools.facts import finding_lines, not_worked_out, one_line, study_lines

OVERALL = "overall"
"""The part of the id of an item that asks for the judgement of a whole study."""

READ = (Checked.FULL_TEXT, Checked.ABSTRACT)
"""What must have been read of a study that is appraised in class."""

_BY = {
    RuleOwner.TOOL: "overall by the algorithm",
    RuleOwner.OURS: "overall by our convention",
}
_SILENT = (AnswerMeaning.NOT_READ, AnswerMeaning.NOT_APPLICABLE)


def items(dossier: Dossier) -> tuple[LessonItem, ...]:
    """The items of each study that was appraised with a tool that is taught, then its overall judgement.

    Only studies are asked about of which at least the abstract was read. Choices are the tool's own
    answers.
    """
    evidence = dossier.evidence
    return tuple(
        item
        for study, appraisal in sorted(evidence.appraisals.items())
        if (lesson := evidence.packs.tools[appraisal.edition].lesson)
        and evidence.studies[study].design in lesson.designs
        and evidence.studies[study].checked in READ
        and dossier.is_known(study)
        for item in _of_study(dossier, appraisal, lesson)
    )


def _of_study(dossier: Dossier, appraisal: Appraisal, lesson: ToolLesson) -> Iterator[LessonItem]:
    tool = dossier.evidence.packs.tools[appraisal.edition]
    group = f"3.{appraisal.study}"
    read = f"evidence/appraisals/{appraisal.study}.yml"
    item = partial(
        LessonItem,
        lesson=3,
        group=group,
        difficulty=_difficulty(tool, appraisal),
        context="\n".join(_context(dossier, appraisal, tool)),
        about=(appraisal.study,),
    )
    for asked in tool.items:
        answer, rule = appraisal.answers[asked.item], f"{tool.label}, item {asked.label}"
        reason = f"Answer {answer.answer}: {one_line(answer.reason)}"
        yield item(
            f"{group}.{asked.item}",
            prompt=f"Item {asked.label}: {asked.question}",
            choices=tuple(tool.answers[asked.item]),
            scale=AnswerScale.NOMINAL,
            key=Key(answer.answer, reason, KeyBasis.JUDGEMENT, rule, read),
        )
    recorded, rule = judged(tool, appraisal.given), f"{tool.label}, {_BY[tool.rule]}"
    reason = f"The recorded answers give: {recorded.text}. {one_line(appraisal.summary)}"
    # A level whose concern nobody knows has no place between the others.
    is_ranked = all(level.concern is not BiasConcern.UNKNOWN for level in tool.levels)
    yield item(
        f"{group}.{OVERALL}",
        prompt=lesson.asks,
        choices=tuple(tool.level_of),
        scale=AnswerScale.ORDINAL if is_ranked else AnswerScale.NOMINAL,
        key=Key(recorded.level, reason, KeyBasis.RULE, rule, read),
        works_out=partial(_worked, group, tool),
    )


def _worked(group: str, tool: Tool, answers: Mapping[str, str]) -> Worked:
    """What the tool's rule makes of the learner's own answers to all its items."""
    own = {item: answers.get(f"{group}.{item}", "") for item in tool.answers}
    left_out = [item.label for item in tool.items if own[item.item] not in tool.answers[item.item]]
    if left_out:
        return not_worked_out([f"item {label}" for label in left_out])
    judgement = judged(tool, own)
    return Worked(judgement.level, "; ".join(judgement.steps))


def _context(dossier: Dossier, appraisal: Appraisal, tool: Tool) -> Iterator[str]:
    study = dossier.evidence.studies[appraisal.study]
    yield from study_lines(dossier, study)
    yield from finding_lines(study.findings)
    yield f"Result to appraise: {one_line(appraisal.result)}"
    codes = ", ".join(f"{answer.answer} {answer.words}" for answer in tool.scale)
    yield f"Tool: {tool.label}. Answers: {codes}."
    yield "Answer from what stands here. What it does not say is not known."


def _difficulty(tool: Tool, appraisal: Appraisal) -> int:
    """1 where at most one item has another answer than not reported or not asked, 2 up to four, else 3:
    what was read calls for a judgement that often.
    """
    given = appraisal.given.items()
    answered = sum(tool.answers[item][answer].meaning not in _SILENT for item, answer in given)
    return 1 if answered <= 1 else 2 if answered <= 4 else 3
