"""An application and a pass as they are kept: codes, moments and identifiers, no person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bmis.kernel.clock import local
from bmis.kernel.identifiers import made_at
from bmis.passes.lifecycle import ApplicationState, PassState, Validity, state_at
from bmis.passes.serials import printed


class Origin(StrEnum):
    """Why somebody applies."""

    NEW = "NEW"
    REPLACEMENT = "REPLACEMENT"
    RENEWAL = "RENEWAL"


@dataclass(frozen=True, slots=True)
class Counted:
    """What statistics count of a person; it stays when the person is forgotten."""

    sex: str
    age_band: str
    purpose: str | None
    district: str | None
    dependants: int = 0

    def facts(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "sex": self.sex,
            "age_band": self.age_band,
            "purpose": self.purpose,
            "district": self.district,
            "dependants": self.dependants,
        }


@dataclass(frozen=True, slots=True)
class Application:
    """One application. ``answers`` are those of the rules when it was last judged, as plain values."""

    id: UUID
    number: str
    serial: int
    request_id: UUID
    scheme: str
    scheme_version: str
    person_id: UUID
    state: ApplicationState
    origin: Origin
    earlier_pass_id: UUID | None
    captured_by: str
    approved_by: str | None
    counted: Counted
    answers: tuple[Mapping[str, Any], ...]

    @property
    def applied_at(self) -> datetime:
        """When it was taken, UTC."""
        return made_at(self.id)


@dataclass(frozen=True, slots=True)
class BorderPass:
    """One pass. ``state`` is what its events say; ``state_at`` what time has made of it."""

    id: UUID
    serial: int
    scheme: str
    person_id: UUID
    application_id: UUID
    state: PassState
    validity: Validity
    suspended_until: datetime | None
    post_code: str
    counted: Counted
    receipt: str | None
    handed_over_at: datetime | None

    @property
    def number(self) -> str:
        """The serial as it is printed."""
        return printed(self.serial)

    @property
    def made_on(self) -> date:
        """The day at the post on which it was made: its scheme and its seal are of that day."""
        return local(made_at(self.id)).date()

    def state_at(self, now: datetime, day: date) -> PassState:
        """Return where it stands at that moment, ``day`` being the day at the post."""
        return state_at(self.state, self.validity, self.suspended_until, now, day)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told to whom a decision goes against: its number (also for complaints), why, until when to appeal."""

    number: str
    reason_code: str
    decided_on: date
    appeal_until: date
    legal_reference: str | None

    def facts(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "number": self.number,
            "reason_code": self.reason_code,
            "decided_on": self.decided_on.isoformat(),
            "appeal_until": self.appeal_until.isoformat(),
            "legal_reference": self.legal_reference,
        }

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Notice":
        """Return the notice that ``facts`` came from."""
        return cls(
            facts["number"],
            facts["reason_code"],
            date.fromisoformat(facts["decided_on"]),
            date.fromisoformat(facts["appeal_until"]),
            facts["legal_reference"],
        )
