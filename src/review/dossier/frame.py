"""Data frames that read well in a notebook."""

from collections.abc import Mapping, Sequence

import pandas as pd

_LEFT = (
    "<style>table.dataframe.dataframe td, table.dataframe.dataframe th "
    "{text-align: left !important; vertical-align: top;}</style>\n"
)


class Table(pd.DataFrame):  # type: ignore[misc]  # pandas is read without types
    """A pandas data frame whose cells are aligned to the left: most of them hold sentences."""

    @property
    def _constructor(self) -> type["Table"]:
        return Table

    def _repr_html_(self) -> str:
        return _LEFT + str(super()._repr_html_())


def table(rows: Sequence[Mapping[str, object]], index: str) -> Table:
    """The rows as a table, with one of their columns as its index."""
    frame = Table(rows)
    # Without a row there is no column to make the index of.
    return Table(frame.set_index(index)) if rows else frame
