"""What a guia says of the patient's condition: no name, which is kept apart."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from poe_health.referrals.errors import ReferralCodeError, ReferralFieldError, ReferralTimeError
from poe_health.referrals.settings import known, protection_needed, referral_choices, vital_limits
from poe_health.rules.definitions import rule_set

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Vitals:
    """One set of vital signs. None: not measured, which is never normal. Celsius, per minute, per cent, mmHg."""

    at: datetime
    temp_c: float | None = None
    pulse: int | None = None
    resp_rate: int | None = None
    spo2: int | None = None
    bp_systolic: int | None = None
    bp_diastolic: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no living person has.

        Raises:
            ReferralFieldError: a value outside its limits, or nothing measured at all.
        """
        measured = {name: getattr(self, name) for name in vital_limits()}
        if all(value is None for value in measured.values()):
            raise ReferralFieldError("vitals")
        for name, value in measured.items():
            low, high = vital_limits()[name]
            if value is not None and not low <= value <= high:
                raise ReferralFieldError(name)


@dataclass(frozen=True, slots=True)
class ReferralNote:
    """The clinical part of a guia. Empty text: nothing to say; ``vitals`` empty: none were taken, and why is said.

    ``screening_id``: the screening behind it. ``belongings``: with whom documents and belongings are (art. 32).
    """

    urgency: str
    reason: str
    protection: str
    transport: str
    belongings: str
    suspected: tuple[str, ...] = ()
    vitals: tuple[Vitals, ...] = ()
    no_vitals_why: str = ""
    given_care: str = ""
    companions: str = ""
    screening_id: UUID | None = None

    def checked(self, now: datetime, day: date) -> "ReferralNote":
        """Return the note.

        Raises:
            ReferralCodeError, ReferralFieldError, ReferralTimeError: what is wrong with it.
        """
        for where in ("urgency", "protection", "transport"):
            known(where, getattr(self, where))
        for code in self.suspected:
            if code not in rule_set(day).diseases:
                raise ReferralCodeError("suspected", code)
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                raise ReferralFieldError(field.name)
        for name in ("reason", "belongings"):
            if not getattr(self, name).strip():
                raise ReferralFieldError(name)
        if not self.vitals and not self.no_vitals_why.strip():
            raise ReferralFieldError("vitals")
        for one in self.vitals:
            if one.at > now:
                raise ReferralTimeError("vitals")
        return self

    def unlike(self, other: "ReferralNote") -> tuple[str, ...]:
        """Return the names of what the other one says otherwise."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name))

    def protection_on(self, day: date) -> str:
        """Return the protection that is asked for: what was chosen, and never less than the case rules say."""
        order = list(referral_choices("protection"))
        return max(self.protection, protection_needed(self.suspected, day), key=order.index)
