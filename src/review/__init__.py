"""Reviews the marketing claims of clinic pages against the literature, by published rules.

    import review
    r = review.open("evidence")
    r.verdicts()
"""

from review.version import __version__

__all__ = ["__version__", "open"]


def open(  # noqa: A001 - `review.open` is the name a reader expects
    evidence: "str | list[str]" = "evidence", as_of: str = "2026-11-21"
) -> "object":
    raise NotImplementedError
