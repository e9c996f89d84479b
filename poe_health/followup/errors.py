"""What can be wrong with a monitoring. Codes BMIS-510 to BMIS-519. No fact names a person."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError


class MonitoringStepError(OfficerError):
    """This step does not follow where the monitoring stands; ``state`` says where."""

    code: ClassVar[str] = "BMIS-510"


class MonitoringDaysError(OfficerError):
    """There is nothing to monitor; ``why`` is none (no days in the rules), facility (its task) or over (days past)."""

    code: ClassVar[str] = "BMIS-511"

    def __init__(self, why: str) -> None:
        super().__init__(why=f"monitoring_{why}")


class VisitDayError(OfficerError):
    """The visit lies outside the days that are monitored here, or in the future."""

    code: ClassVar[str] = "BMIS-512"


class VisitAnswerError(OfficerError):
    """The answers of a visit contradict each other, or say something of a person who was not seen."""

    code: ClassVar[str] = "BMIS-513"


class NotSeenWellError(DecisionError):
    """It cannot be completed: nobody saw the person well on or after the last day, or an illness is not settled."""

    code: ClassVar[str] = "BMIS-514"


class HandoverFileError(OfficerError):
    """The handover of another post cannot be taken; ``where`` names the field."""

    code: ClassVar[str] = "BMIS-515"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)
