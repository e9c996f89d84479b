"""The handover of a monitored person to another post, district or country (IHR art. 30), as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bmis.kernel.clock import local
from bmis.kernel.plain import plain, value_of
from poe_health.followup.errors import HandoverFileError
from poe_health.followup.monitoring import Monitoring
from poe_health.referrals.errors import ReferralFieldError
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer

FORMAT = "bmis-monitoring-handover/1"
_KEPT = frozenset({"ILL", "WELL", "UNCLEAR", "REFUSED", "MOVED", "NOT_REACHED", "MISSED"})
_LONGEST = 366


@dataclass(frozen=True, slots=True)
class Handover:
    """What the receiver needs to go on. ``days``: the status of each day until now, by ISO day; missed ones too."""

    format: str
    number: str
    from_post: str
    issued_at: datetime
    disease: str
    day0: date
    reckoned_from: str
    last_day: date
    who: PatientIdentity
    consent: Answer = Answer.UNKNOWN
    exposure: str = ""
    going_to: str = ""
    reason: str = ""
    days: Mapping[str, str] = field(default_factory=dict)

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return plain(self)


def handover_of(one: Monitoring, who: PatientIdentity, now: datetime) -> Handover:
    """Return the handover of the monitoring as it stands."""
    started = one.started
    days = {day.day.isoformat(): day.status.value for day in one.days(local(now).date()) if day.status.value in _KEPT}
    return Handover(
        FORMAT,
        one.number,
        started.post_code,
        now,
        one.disease,
        one.day0,
        one.reckoned_from,
        one.last_day,
        who,
        started.consent,
        started.exposure,
        started.going_to,
        "" if one.handover is None else one.handover.reason,
        days,
    )


def handover_from(untrusted: Mapping[str, object]) -> Handover:
    """Return the handover that another post wrote.

    Raises:
        HandoverFileError: it is none, or a field of it cannot be.
    """
    if untrusted.get("format") != FORMAT:
        raise HandoverFileError("format")
    try:
        found = value_of(Handover, untrusted)
    except ReferralFieldError as error:
        raise HandoverFileError("who") from error
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise HandoverFileError("fields") from error
    if len(found.days) > _LONGEST:
        raise HandoverFileError("days")
    for day, status in found.days.items():
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise HandoverFileError("days") from error
        if status not in _KEPT:
            raise HandoverFileError("days")
    return found
