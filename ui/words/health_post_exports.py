"""The words of exports and retention at the desk."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _
from poe_health.exchange.receivers import receivers

_LEVELS: Mapping[str, Callable[[], str]] = {
    "public": lambda: _("counts, small ones hidden"),
    "aggregate": lambda: _("counts"),
    "cases": lambda: _("cases under a pseudonym"),
    "named": lambda: _("cases with names"),
}
_KINDS: Mapping[str, Callable[[], str]] = {
    "health.exported": lambda: _("written"),
    "health.export_failed": lambda: _("not written"),
    "health.sent": lambda: _("sent or tried"),
}
_RULES: Mapping[str, Callable[[], str]] = {
    "PRIMARY_ANSWERS": lambda: _("Answers of primary screening"),
    "SECONDARY_CLEARED": lambda: _("Names of who was cleared in secondary"),
    "SECONDARY_FOLLOWED": lambda: _("Names of who was followed"),
    "VOYAGE_PEOPLE": lambda: _("People on board"),
    "VOYAGE_CONTACTS": lambda: _("Contacts of a voyage"),
    "POST_EVENT_PEOPLE": lambda: _("People of events at the post"),
    "CERTIFICATE_CHECKS": lambda: _("What cards and codes said"),
    "DOSE_ANSWERS": lambda: _("Answers and adverse events of doses"),
    "DOSE_PERSON": lambda: _("Names of who was vaccinated"),
    "CHOLERA_EXPRESS": lambda: _("Answers of express records of cholera"),
    "TRANSFER_ENDED": lambda: _("Transfers that are over"),
    "TRANSFER_CANCELLED": lambda: _("Transfers that were cancelled"),
    "MONITORING_CASE": lambda: _("Followed people who became ill or died"),
    "MONITORING_ENDED": lambda: _("Followed people, after the end"),
    "HEALTH_DRAFTS": lambda: _("Drafts that nobody went on with"),
}
_PARTS: Mapping[str, Callable[[], str]] = {
    "clinical": lambda: _("clinical answers"),
    "person": lambda: _("names"),
    "detail": lambda: _("remarks"),
}


def receiver_word(code: str) -> str:
    """Return the name of a receiver."""
    return receivers()[code].title() if code in receivers() else code


def level_word(code: str) -> str:
    """Return how much of a person a file shows."""
    return _LEVELS[code]() if code in _LEVELS else code


def kind_word(code: str) -> str:
    """Return what became of an export."""
    return _KINDS[code]() if code in _KINDS else code


def retention_word(code: str) -> str:
    """Return what a rule of retention is about; the code where there are no words."""
    return _RULES[code]() if code in _RULES else code


def part_word(code: str) -> str:
    """Return which part of a record goes."""
    return _PARTS[code]() if code in _PARTS else code
