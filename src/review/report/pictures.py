"""The figures of a report: none are drawn yet."""

from review.report.document import Block
from review.report.model import Report


def verdict_blocks(_: Report) -> tuple[Block, ...]:
    """The verdicts of each page."""
    return ()


def evidence_map_blocks(_: Report) -> tuple[Block, ...]:
    """Propositions by study design."""
    return ()


def bias_blocks(_: Report) -> tuple[Block, ...]:
    """Risk of bias, study by study."""
    return ()


def over_time_blocks(_: Report) -> tuple[Block, ...]:
    """Certainty over time."""
    return ()


def forest_blocks(_: Report) -> tuple[Block, ...]:
    """Pooled results."""
    return ()
