"""What was worked out a short while ago, kept while it fits: pages of one site say much twice."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST = 20_000
"""How many results are kept, which bounds the memory used."""


class Recent(Generic[Key, Value]):
    """The results of `work`, which gives one for each of several keys; the oldest are forgotten first.

    What is kept never changes a result, only how long it takes.
    """

    def __init__(self, work: Callable[[Sequence[Key]], Sequence[Value]]) -> None:
        self._work = work
        self._kept: dict[Key, Value] = {}

    def of(self, keys: Sequence[Key]) -> list[Value]:
        """The result for each key, in the order given."""
        results = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [key for key in dict.fromkeys(keys) if key not in results]
        results |= dict(zip(missing, self._work(missing) if missing else (), strict=True))
        for key in missing:
            self._kept[key] = results[key]
        # A dict keeps the order in which its keys came, so its first is the oldest.
        for _ in range(len(self._kept) - MOST):
            del self._kept[next(iter(self._kept))]
        return [results[key] for key in keys]
