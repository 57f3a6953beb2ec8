"""Lesson 3, appraise a study: a case series, a trial and an animal study, each by its own tool."""

from collections.abc import Iterator, Mapping
from functools import partial

from review.appraisal import TOOLS, Judgement, Tool
from review.dossier.dossier import Dossier
from review.model.records import Appraisal
from review.model.vocabulary import AppraisalTool, Checked, Design
from review.teaching.items import AnswerScale as Scale
from review.teaching.items import Key, Worked
from review.teaching.items import KeyBasis as Basis
from review.teaching.items import LessonItem as Item
from review.teaching.pools.facts import finding_lines, not_worked_out, one_line, study_lines

OVERALL = "overall"
"""The part of the id of an item that asks for the judgement of a whole study."""

READ = (Checked.FULL_TEXT, Checked.ABSTRACT)
"""What must have been read of a study that is appraised in class."""

_ANSWERS = {
    AppraisalTool.JBI: "Y yes, N no, U unclear, NA not applicable, NR not in what was read",
    AppraisalTool.ROB2: "Y yes, PY probably yes, PN probably no, N no, NI no information, "
    "NA does not apply because of an earlier answer",
    AppraisalTool.SYRCLE: "Y low risk, N high risk, U unclear, NR not in what was read",
}
_OVERALL_CHOICES = {
    AppraisalTool.JBI: ("low", "high", "unknown"),
    AppraisalTool.ROB2: ("low", "some concerns", "high"),
    AppraisalTool.SYRCLE: ("low", "high", "unknown"),
}
_OVERALL_ASKED = {
    AppraisalTool.JBI: "Overall. Which concern follows? Low if items 1 to 5 and 10 are met as far as "
    "they apply, high if one of them is not met or unclear, else unknown (our convention).",
    AppraisalTool.ROB2: "Overall. Which risk of bias do your answers give by the algorithm, which "
    "counts missing information against the trial?",
    AppraisalTool.SYRCLE: "Overall. Which concern follows? High as soon as one item is at high risk, "
    "low if all are at low risk, else unknown (our convention).",
}
_BY = {
    AppraisalTool.JBI: "overall by our convention",
    AppraisalTool.ROB2: "overall by the algorithm",
    AppraisalTool.SYRCLE: "overall by our convention",
}
"""Whose rule makes an overall judgement of the answers: only RoB 2 has one."""
_SILENT = ("NR", "NI", "NA")


def items(dossier: Dossier) -> tuple[Item, ...]:
    """The items of each appraised case series, trial and animal study, then its overall judgement.

    Only studies are asked about of which at least the abstract was read. Choices are the tool's own
    answers.
    """
    evidence = dossier.evidence
    return tuple(
        item
        for study, appraisal in sorted(evidence.appraisals.items())
        if appraisal.tool in _ANSWERS
        and evidence.studies[study].checked in READ
        # JBI has a checklist of its own for a single case, which is not asked here.
        and evidence.studies[study].design is not Design.CASE_REPORT
        and dossier.is_known(study)
        for item in _of_study(dossier, appraisal)
    )


def _of_study(dossier: Dossier, appraisal: Appraisal) -> Iterator[Item]:
    tool = TOOLS[appraisal.tool, appraisal.version]
    group = f"3.{appraisal.study}"
    context = "\n".join(_context(dossier, appraisal, tool))
    difficulty = _difficulty(appraisal)
    about = (appraisal.study,)
    read = f"evidence/appraisals/{appraisal.study}.yml"
    for name, wording in tool.items.items():
        answer = appraisal.answers[name]
        key = Key(
            answer.answer,
            f"Answer {answer.answer}: {one_line(answer.reason)}",
            Basis.JUDGEMENT,
            f"{tool.label}, item {name.removeprefix('q')}",
            read,
        )
        prompt = f"Item {name.removeprefix('q')}: {wording}"
        choices = tool.answers[name]
        yield Item(
            f"{group}.{name}", 3, group, prompt, choices, Scale.NOMINAL, difficulty, key, context, about
        )
    judged = tool.judge({name: answer.answer for name, answer in appraisal.answers.items()})
    value = overall_value(appraisal.tool, judged)
    reason = f"The recorded answers give: {judged.overall}. {one_line(appraisal.summary)}"
    yield Item(
        f"{group}.{OVERALL}",
        3,
        group,
        _OVERALL_ASKED[appraisal.tool],
        _OVERALL_CHOICES[appraisal.tool],
        Scale.ORDINAL if appraisal.tool is AppraisalTool.ROB2 else Scale.NOMINAL,
        difficulty,
        Key(value, reason, Basis.RULE, f"{tool.label}, {_BY[appraisal.tool]}", read),
        context,
        about,
        partial(_worked, group, tool, appraisal.tool),
    )


def _worked(group: str, tool: Tool, name: AppraisalTool, answers: Mapping[str, str]) -> Worked:
    """What the tool's rule makes of the learner's own answers to all its items."""
    own = {item: answers.get(f"{group}.{item}", "") for item in tool.items}
    left_out = [item.removeprefix("q") for item, said in own.items() if said not in tool.answers[item]]
    if left_out:
        return not_worked_out([f"item {item}" for item in left_out])
    judged = tool.judge(own)
    return Worked(overall_value(name, judged), "; ".join(judged.steps))


def overall_value(tool: AppraisalTool, judged: Judgement) -> str:
    """The choice that a judgement comes to: the algorithm's word for RoB 2, else the concern."""
    return judged.overall.partition(",")[0] if tool is AppraisalTool.ROB2 else judged.concern


def _context(dossier: Dossier, appraisal: Appraisal, tool: Tool) -> Iterator[str]:
    study = dossier.evidence.studies[appraisal.study]
    yield from study_lines(dossier, study)
    yield from finding_lines(study.findings)
    yield f"Result to appraise: {one_line(appraisal.result)}"
    yield f"Tool: {tool.label}. Answers: {_ANSWERS[appraisal.tool]}."
    yield "Answer from what stands here. What it does not say is not known."


def _difficulty(appraisal: Appraisal) -> int:
    """1 where at most one item has another answer than not reported or not asked, 2 up to four, else 3:
    what was read calls for a judgement that often.
    """
    judged = sum(answer.answer not in _SILENT for answer in appraisal.answers.values())
    return 1 if judged <= 1 else 2 if judged <= 4 else 3
