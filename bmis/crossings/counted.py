"""What counting needs of a crossing: no name, no number, no picture."""

from dataclasses import dataclass
from datetime import datetime

from bmis.crossings.decision import LETS_THROUGH, STOPS, Decision
from bmis.documents.dates import PartialDate


@dataclass(frozen=True, slots=True)
class CountedCrossing:
    """One crossing as it counts. Codes as they were recorded; None is unknown, never no and never nought.

    ``at`` is the wall clock of the post. States are as printed in the document (D, GBD, XXB).
    """

    at: datetime
    post_code: str
    direction: str
    decision: Decision
    nationality: str | None
    sex: str | None
    birth_date: PartialDate | None
    document_kind: str
    issuing_state: str | None
    travel_mode: str | None
    purpose: str | None
    traveller_class: str | None
    coming_from: str | None
    going_to: str | None
    intended_days: int | None
    stay_kind: str | None
    record_mode: str
    capture_method: str | None
    reasons: tuple[str, ...]
    has_second_officer: bool
    overrides: int  # checks whose finding the officer accepted
    after_secondary: bool = False  # it decides somebody whom the lane had sent to secondary

    @property
    def goes_on(self) -> bool:
        """Return whether the traveller went on: only then it is a movement."""
        return self.decision in LETS_THROUGH

    @property
    def is_stopped(self) -> bool:
        """Return whether the traveller was refused entry or kept from leaving."""
        return self.decision in STOPS

    def ages(self) -> tuple[int, int] | None:
        """Return the least and the largest age in whole years, None where no date of birth is known or it is later."""
        if self.birth_date is None:
            return None
        least, largest = self.birth_date.age_on(self.at.date())
        return (max(least, 0), largest) if largest >= 0 else None
