"""The clock of this computer: the one place that reads the time at which somebody does something."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The moment in UTC, to the second: the same whatever zone the computer is set to."""
    return datetime.now(UTC).replace(microsecond=0)
