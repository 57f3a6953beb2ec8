"""Appraisal tools as versioned data with pure algorithms: answers in, judgement and steps out.

The wording of the items is ours; the tools' own texts may be copyrighted.
"""

from review.appraisal import amstar2, jbi, quin, rob2, robins_i, sanra, syrcle
from review.appraisal.tool import Judgement, Tool, problems_of
from review.model.vocabulary import AppraisalTool, Design

__all__ = ["TOOLS", "Judgement", "Tool", "problems_of", "tool_for"]

TOOLS: dict[tuple[str, str], Tool] = {
    (tool.name, tool.version): tool
    for tool in (
        rob2.TOOL,
        robins_i.TOOL,
        jbi.TOOL,
        amstar2.TOOL,
        syrcle.TOOL,
        quin.TOOL,
        sanra.TOOL,
    )
}
"""Every tool by name and version."""

_TOOL_OF_DESIGN = {
    Design.RANDOMISED_TRIAL: AppraisalTool.ROB2,
    Design.N_OF_1: AppraisalTool.ROB2,
    Design.NON_RANDOMISED: AppraisalTool.ROBINS_I,
    Design.COHORT: AppraisalTool.ROBINS_I,
    Design.CASE_CONTROL: AppraisalTool.ROBINS_I,
    Design.CASE_SERIES: AppraisalTool.JBI,
    Design.CASE_REPORT: AppraisalTool.JBI,
    Design.ANIMAL: AppraisalTool.SYRCLE,
    Design.IN_VITRO: AppraisalTool.QUIN,
    Design.EX_VIVO: AppraisalTool.QUIN,
    Design.REVIEW_OF_TRIALS: AppraisalTool.AMSTAR2,
    Design.REVIEW_OF_OBSERVATIONAL: AppraisalTool.AMSTAR2,
    Design.REVIEW_OF_SURVEYS: AppraisalTool.AMSTAR2,
    Design.REVIEW_OF_PRECLINICAL: AppraisalTool.AMSTAR2,
    Design.REVIEW_MIXED: AppraisalTool.AMSTAR2,
    Design.NARRATIVE_REVIEW: AppraisalTool.SANRA,
}


def tool_for(design: Design) -> AppraisalTool | None:
    """The tool made for a design; None for documents, surveys and opinion, which have none here."""
    return _TOOL_OF_DESIGN.get(design)
