"""The figures of a report, each with the table that holds the same numbers.

Every function gives the blocks of one kind of figure in reading order or, where there is nothing to
draw, the paragraph that says why.
"""

from review.report.pictures.bias import bias_blocks
from review.report.pictures.evidence_map import evidence_map_blocks
from review.report.pictures.forest import forest_blocks
from review.report.pictures.over_time import over_time_blocks
from review.report.pictures.search_flow import search_flow_blocks
from review.report.pictures.verdicts import verdict_blocks

__all__ = [
    "bias_blocks",
    "evidence_map_blocks",
    "forest_blocks",
    "over_time_blocks",
    "search_flow_blocks",
    "verdict_blocks",
]
