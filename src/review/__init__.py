"""Reviews the marketing claims of clinic pages against the literature, by published rules.

In a notebook: `import review`, then `r = review.open("evidence")`, `r.claims`, `r.verdicts()`,
`r.standing("…")`, `r.report()`.
"""

from typing import TYPE_CHECKING

from review.version import __version__

if TYPE_CHECKING:
    from review.workbench import Review

__all__ = ["__version__", "open"]


def open(*evidence: str, as_of: str | None = None) -> "Review":
    """The review of the evidence in one or more folders; see `review.workbench.open_review`.

    Without a folder, `evidence` below the current folder is read.
    """
    from review.workbench import open_review

    return open_review(evidence or ("evidence",), as_of)
