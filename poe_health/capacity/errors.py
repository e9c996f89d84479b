"""What can be wrong with an assessment of core capacities. Codes BMIS-450 to BMIS-454."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError
from poe_health.errors import shown


class ChecklistItemError(OfficerError):
    """An item that the checklist does not have for this type of post; ``item`` is its code."""

    code: ClassVar[str] = "BMIS-450"

    def __init__(self, untrusted_code: str) -> None:
        super().__init__(item=shown(untrusted_code.upper()))


class CapacityAnswerError(OfficerError):
    """What is said of ``item`` cannot be: ``where`` names the field."""

    code: ClassVar[str] = "BMIS-451"

    def __init__(self, item: str, where: str) -> None:
        super().__init__(item=item, where=where)


class AssessedLaterError(OfficerError):
    """The day of the assessment lies in the future."""

    code: ClassVar[str] = "BMIS-452"


class PreviousAssessmentError(OfficerError):
    """The assessment to compare with is not an earlier one of this post; ``why`` is other_post or not_earlier."""

    code: ClassVar[str] = "BMIS-453"
