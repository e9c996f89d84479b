"""The event of a step: what the audit chain, the outbox and the table keep. It names nobody but the staff."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bmis.kernel.identifiers import made_at
from bmis.kernel.plain import plain, value_of
from poe_health.referrals.errors import ReferralHistoryError
from poe_health.referrals.steps import NAMES, STEPS, Step

PREFIX = "referral."


@dataclass(frozen=True, slots=True)
class ReferralEvent:
    """A step as it was recorded, by whom."""

    id: UUID
    referral_id: UUID
    step: Step
    by: str

    @property
    def kind(self) -> str:
        """Its kind, as the audit chain and the outbox name it."""
        return PREFIX + NAMES[type(self.step)]

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded."""
        return made_at(self.id)

    @property
    def facts(self) -> dict[str, object]:
        """What the step says, in plain values."""
        return plain(self.step)

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "id": self.id,
            "kind": self.kind,
            "referral_id": self.referral_id,
            "by": self.by,
            "facts": self.facts,
        }

    @classmethod
    def kept(cls, identifier: UUID, referral_id: UUID, kind: str, by: str, facts: dict[str, object]) -> "ReferralEvent":
        """Return the event of a row.

        Raises:
            ReferralHistoryError: it is none of ours.
        """
        try:
            return cls(identifier, referral_id, value_of(STEPS[kind.removeprefix(PREFIX)], facts), by)
        except (KeyError, TypeError, ValueError) as error:
            raise ReferralHistoryError(0) from error
