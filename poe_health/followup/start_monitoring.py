"""Beginning to follow somebody, by the days that the rules give the disease, or by the handover of another post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.home import Home
from bmis.store.unit import OpenUnit
from poe_health.followup.errors import MonitoringDaysError
from poe_health.followup.events import MonitoringEvent
from poe_health.followup.handover import Handover
from poe_health.followup.monitoring import Monitoring
from poe_health.followup.records import SqlMonitoring
from poe_health.followup.settings import at_facility, known, settings_version
from poe_health.followup.step_checks import OLDEST_EXPOSURE
from poe_health.followup.steps import Started
from poe_health.referrals.errors import ReferralCodeError, ReferralFieldError
from poe_health.referrals.open_referral import paper_number
from poe_health.referrals.people.identity import PatientIdentity, SealedIdentity
from poe_health.referrals.people.records import SqlIdentities
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from poe_health.written import require_visible, require_written

SHEET = "SG"


@dataclass(frozen=True, slots=True)
class MonitoringRequest:
    """Whom to follow for what. ``day0``: the last exposure, or the arrival where that is not known."""

    request_id: UUID
    disease: str
    day0: date
    reckoned_from: str
    consent: Answer = Answer.UNKNOWN
    exposure: str = ""
    going_to: str = ""
    screening_id: UUID | None = None


def monitoring_days(disease: str, today: date) -> int:
    """Return for how many days after the last exposure somebody is followed.

    Raises:
        ReferralCodeError: no such disease.
        MonitoringDaysError: the rules give none, or the health unit follows them.
    """
    found = rule_set(today).diseases.get(disease)
    if found is None:
        raise ReferralCodeError("disease", disease)
    if disease in at_facility():
        raise MonitoringDaysError("facility")
    days = found.well_contact.days if found.well_contact is not None else found.monitoring_days
    if days <= 0:
        raise MonitoringDaysError("none")
    return days


@dataclass(frozen=True, slots=True)
class StartMonitoring:
    """Keeps a new monitoring. The same ``request_id`` again returns the same one."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, request: MonitoringRequest, who: PatientIdentity, by: Actor) -> Monitoring:
        """Return the monitoring as kept; ``request_id`` is its identifier.

        Raises:
            NotAllowedError: the role does not follow people.
            MonitoringDaysError: nothing to follow: no days, the health unit's task, or the days are over.
            ReferralCodeError, ReferralFieldError: what is wrong with the request.
        """
        return self._start(request, who, by, "", {})

    def taken_over(self, request_id: UUID, handover: Handover, by: Actor) -> Monitoring:
        """Return the monitoring of somebody whom another post handed over: the days go on, those seen there are shown.

        Raises: as a call.
        """
        request = MonitoringRequest(
            request_id,
            handover.disease,
            handover.day0,
            handover.reckoned_from,
            handover.consent,
            handover.exposure,
            handover.going_to,
        )
        return self._start(request, handover.who, by, handover.number, handover.days)

    def _start(
        self, request: MonitoringRequest, who: PatientIdentity, by: Actor, taken_from: str, earlier: Mapping[str, str]
    ) -> Monitoring:
        require(by, Permission.FOLLOW_CONTACTS)
        require_written(who)
        require_visible(request)
        now = self.now()
        today = local(now).date()
        days = monitoring_days(request.disease, today)
        known("reckoned_from", request.reckoned_from)
        if not today - OLDEST_EXPOSURE <= request.day0 <= today:
            raise ReferralFieldError("day0")
        if (today - request.day0).days > days:
            raise MonitoringDaysError("over")
        with self.open_unit() as unit:
            kept = SqlMonitoring(unit)
            if kept.exists(request.request_id):
                return kept.get(request.request_id)
            serial = kept.next_serial()
            sealed = SealedIdentity.new(new_id(now), who)
            step = Started(
                at=now,
                number=paper_number(SHEET, self.home, now, serial),
                disease=request.disease,
                day0=request.day0,
                reckoned_from=request.reckoned_from,
                days=days,
                identity_id=sealed.id,
                identity_seal=sealed.seal,
                post_code=self.home.post_code,
                rules_digest=rule_set(today).digest,
                settings_version=settings_version().version,
                consent=request.consent,
                exposure=request.exposure,
                going_to=request.going_to,
                screening_id=request.screening_id,
                taken_from=taken_from,
                earlier=earlier,
            )
            found = Monitoring.begun(request.request_id, step)
            SqlIdentities(unit).add(sealed, now)
            kept.add(MonitoringEvent(new_id(now), request.request_id, step, by.name), found, serial)
            unit.commit()
        return found
