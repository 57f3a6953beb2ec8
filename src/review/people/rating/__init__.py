"""Rating: what several reviewers judge blind, each on a sheet, and what is adjudicated between them.

Nothing here reads or writes a file.
"""

from review.people.rating.items import RatingItem, RatingKind, items_of
from review.people.rating.pair import Conflict, Pair, paired
from review.people.rating.sheet import (
    COLUMNS,
    CONFLICT_COLUMNS,
    MOST_WORDS,
    NEEDED,
    Rating,
    SheetRow,
    blank_rows,
    given_ratings,
    with_rating,
)

__all__ = [
    "COLUMNS",
    "CONFLICT_COLUMNS",
    "MOST_WORDS",
    "NEEDED",
    "Conflict",
    "Pair",
    "Rating",
    "RatingItem",
    "RatingKind",
    "SheetRow",
    "blank_rows",
    "given_ratings",
    "items_of",
    "paired",
    "with_rating",
]
