"""Beginning a guia."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.home import Home
from bmis.store.unit import OpenUnit
from poe_health.referrals.events import ReferralEvent
from poe_health.referrals.note import ReferralNote
from poe_health.referrals.people.identity import PatientIdentity, SealedIdentity
from poe_health.referrals.people.records import SqlIdentities
from poe_health.referrals.records import SqlReferrals
from poe_health.referrals.referral import Referral
from poe_health.referrals.settings import settings_version
from poe_health.referrals.steps import Opened
from poe_health.rules.definitions import rule_set
from poe_health.written import require_visible, require_written

GUIA = "GT"


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """Keeps a new transfer. The same ``request_id`` again returns the same transfer."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, request_id: UUID, note: ReferralNote, who: PatientIdentity, by: Actor) -> Referral:
        """Return the transfer as kept; ``request_id`` is its identifier.

        Raises:
            NotAllowedError: the role does not transfer patients.
            ReferralCodeError, ReferralFieldError, ReferralTimeError: what is wrong with the note.
        """
        require(by, Permission.REFER_PATIENT)
        require_written(who)
        require_visible(note)
        now = self.now()
        with self.open_unit() as unit:
            referrals = SqlReferrals(unit)
            if referrals.exists(request_id):
                return referrals.get(request_id)
            serial = referrals.next_serial()
            sealed = SealedIdentity.new(new_id(now), who)
            step = Opened(
                at=now,
                number=paper_number(GUIA, self.home, now, serial),
                note=note,
                identity_id=sealed.id,
                identity_seal=sealed.seal,
                settings_version=settings_version().version,
                rules_digest=rule_set(local(now).date()).digest,
            )
            referral = Referral.opened(request_id, step, now)
            SqlIdentities(unit).add(sealed, now)
            referrals.add(ReferralEvent(new_id(now), request_id, step, by.name), referral, serial)
            unit.commit()
        return referral


def paper_number(kind: str, home: Home, at: datetime, serial: int) -> str:
    """Return the number on the paper: its kind, the post, the lane, the desk's mark, the year, the serial. No name."""
    post = "".join(home.post_code.split(".")[1:]) or home.post_code
    mark = home.desk_id.rpartition("-")[2][:4]
    return f"{kind}-{post}{home.lane}-{mark}-{local(at).year}-{serial:04d}".upper()
