"""One fact and the sentence it was read from."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """A value, and the sentence of the abstract or title that states it."""

    value: Value
    sentence: str
