"""The words of transfers and monitoring: where they stand, what must be looked at, what a day says."""

from collections.abc import Callable, Collection, Mapping

from bmis.kernel.i18n import translate as _

STATES: Mapping[str, Callable[[], str]] = {
    "DRAFTED": lambda: _("no unit has accepted yet"),
    "ACCEPTED": lambda: _("accepted by the unit"),
    "LEFT": lambda: _("on the way"),
    "NOT_ARRIVED": lambda: _("did not arrive"),
    "ARRIVED": lambda: _("arrived"),
    "OUTCOME_RECEIVED": lambda: _("return slip received"),
    "DIED_ON_WAY": lambda: _("died on the way"),
    "CANCELLED": lambda: _("cancelled"),
    "CLOSED": lambda: _("closed"),
    "MONITORED": lambda: _("being followed"),
    "HANDOVER_SENT": lambda: _("handover sent, not acknowledged"),
    "HANDED_OVER": lambda: _("handed over"),
    "DONE": lambda: _("completed"),
    "LOST": lambda: _("lost to follow-up"),
    "CASE": lambda: _("became ill"),
    "EXCLUDED": lambda: _("no longer a contact"),
    "DIED": lambda: _("died"),
}

ALERTS: Mapping[str, Callable[[], str]] = {
    "NOBODY_EXPECTS": lambda: _("On the way, and no unit has accepted: call now"),
    "ASK_AGAIN": lambda: _("The guia changed after the unit accepted: ask the unit again"),
    "LATE": lambda: _("No word of the arrival: call the unit and the driver"),
    "NOT_ARRIVED": lambda: _("The unit says that the patient did not arrive"),
    "SLIP_MISSING": lambda: _("The return slip is missing"),
}

DAYS: Mapping[str, Callable[[], str]] = {
    "ILL": lambda: _("Ill"),
    "WELL": lambda: _("Seen, well"),
    "UNCLEAR": lambda: _("Seen, not everything known"),
    "REFUSED": lambda: _("Refused"),
    "MOVED": lambda: _("Moved away"),
    "NOT_REACHED": lambda: _("Not reached"),
    "MISSED": lambda: _("Missed: no visit"),
    "DUE": lambda: _("Due today"),
    "PLANNED": lambda: _("Planned"),
    "BEFORE": lambda: _("Before it began here"),
    "AFTER": lambda: _("Not followed here any more"),
}

NOTHING_TO_MONITOR: Mapping[str, Callable[[], str]] = {
    "monitoring_none": lambda: _("the rules give this disease no days"),
    "monitoring_facility": lambda: _("the health unit follows these people"),
    "monitoring_over": lambda: _("the days are over"),
}


CHANGED: Mapping[str, Callable[[], str]] = {
    "urgency": lambda: _("Urgency"),
    "reason": lambda: _("Reason"),
    "protection": lambda: _("Protection"),
    "transport": lambda: _("Transport"),
    "belongings": lambda: _("Documents and belongings: with whom"),
    "suspected": lambda: _("Suspected"),
    "vitals": lambda: _("Vital signs"),
    "no_vitals_why": lambda: _("Why no vital signs were taken"),
    "given_care": lambda: _("Care given"),
    "companions": lambda: _("Companions"),
    "screening_id": lambda: _("Screening"),
    "who": lambda: _("Patient"),
}


def changed_words(names: Collection[str]) -> str:
    """Return what of a guia changed, as a person reads it."""
    return ", ".join(CHANGED[name]().lower() for name in names)


def state_word(code: str) -> str:
    """Return where a transfer or monitoring stands."""
    return STATES[code]()


def alert_word(code: str) -> str:
    """Return what must be looked at."""
    return ALERTS[code]()


def day_word(code: str) -> str:
    """Return what a day says."""
    return DAYS[code]()
