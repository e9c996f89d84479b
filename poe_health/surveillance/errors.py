"""What can be wrong with a tally and its day: BMIS-455 to 461, 520 to 522, 582. Facts are counts, dates and codes."""

from datetime import date
from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError


class TallyArithmeticError(DecisionError):
    """The numbers of a tally contradict each other: it is not submitted. ``faults`` are the codes of what is wrong."""

    code: ClassVar[str] = "BMIS-455"

    def __init__(self, *faults: str) -> None:
        super().__init__(count=len(faults), faults=", ".join(faults))
        self.faults = faults


class AlreadySubmittedError(OfficerError):
    """The day was submitted, and nothing came in since."""

    code: ClassVar[str] = "BMIS-456"


class DayNotComeError(OfficerError):
    """The day has not begun at the post."""

    code: ClassVar[str] = "BMIS-457"


class ReopeningReasonError(OfficerError):
    """A day is reopened by hand only with a reason of ``least`` characters."""

    code: ClassVar[str] = "BMIS-458"

    def __init__(self, least: int) -> None:
        super().__init__(least=least)


class NothingSubmittedError(OfficerError):
    """The day is open already: there is nothing to reopen."""

    code: ClassVar[str] = "BMIS-459"


class DayHistoryError(SiteError):
    """The kept events of a day do not follow each other; ``place`` is the place of the first that does not fit."""

    code: ClassVar[str] = "BMIS-460"

    def __init__(self, place: int) -> None:
        super().__init__(place=place)


class CountRefusedError(OfficerError):
    """A number of the tally that cannot be; ``where`` names it."""

    code: ClassVar[str] = "BMIS-461"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class ClosingReasonError(OfficerError):
    """A day without counts is kept only with its reason in words, of ``least`` characters."""

    code: ClassVar[str] = "BMIS-520"

    def __init__(self, least: int) -> None:
        super().__init__(least=least)


class TallyDamagedError(SiteError):
    """A kept tally cannot be read."""

    code: ClassVar[str] = "BMIS-521"


class WatchPeriodError(OfficerError):
    """The period ends before it begins, or has more than ``most`` days."""

    code: ClassVar[str] = "BMIS-522"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class DayBeforePostError(OfficerError):
    """The day is before the first one of the post at this home; ``first`` is that one."""

    code: ClassVar[str] = "BMIS-582"

    def __init__(self, first: date) -> None:
        super().__init__(first=first.isoformat())
