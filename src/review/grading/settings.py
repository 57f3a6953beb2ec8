"""What GRADE leaves to convention, in one record: every grade is made under one of these.

The published guidance differs on each of them; the defaults are the classic start rule, strict upgrading
and an information size of 400 participants.
"""

from dataclasses import dataclass

from review.grading.grade import METHOD, METHOD_VERSION
from review.model.vocabulary import StartRule, Upgrading


@dataclass(frozen=True, slots=True)
class GradeSettings:
    """The conventions under which certainty is graded.

    `start_rule` says where non-randomised evidence starts. Strict upgrading rates up only where nothing
    was rated down, lenient upgrading adds both (GRADE guidelines 9). `information_size` is the number
    of participants below which a body without an interval, or with an implausibly large difference, is
    imprecise: 400 is the rule of thumb of Murad and others (2017), 800 that of Core GRADE for a small
    standardised difference. Raises ValueError for a size below 1.
    """

    start_rule: StartRule = StartRule.CLASSIC
    upgrading: Upgrading = Upgrading.STRICT
    information_size: int = 400

    def __post_init__(self) -> None:
        if self.information_size < 1:
            raise ValueError(f"an information size of {self.information_size} is no number of people")

    def __str__(self) -> str:
        return (
            f"{self.start_rule} start rule, {self.upgrading} upgrading, "
            f"information size {self.information_size}"
        )

    @property
    def method(self) -> str:
        """How a grade made under these settings names its method."""
        return f"{METHOD}, {METHOD_VERSION}, {self}"

    @property
    def strict_upgrades(self) -> bool:
        """Whether nothing is rated up where something was rated down."""
        return self.upgrading is Upgrading.STRICT


DEFAULTS = GradeSettings()
