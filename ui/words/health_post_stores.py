"""The words of certificates, doses and stores at the desk of the post."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bmis.kernel.i18n import translate as _

if TYPE_CHECKING:
    from poe_health.vaccinations.dose import AefiView

_PROOFS: Mapping[str, Callable[[], str]] = {
    "PAPER_ICVP": lambda: _("paper booklet (ICVP)"),
    "EXEMPTION_LETTER": lambda: _("doctor's letter"),
    "ARMED_FORCES": lambda: _("card of the armed forces"),
    "NONE": lambda: _("none, asked for"),
    "DIGITAL_HC1": lambda: _("digital code"),
    "": lambda: _("not shown"),
}
_SEEN: Mapping[str, Callable[[], str]] = {
    "name": lambda: _("Name and birth fit the traveller"),
    "dose_date": lambda: _("Date of the dose is written"),
    "vaccine": lambda: _("Vaccine is written"),
    "batch": lambda: _("Batch is written"),
    "clinician": lambda: _("Signed by hand by a clinician"),
    "stamp": lambda: _("Official stamp"),
    "language": lambda: _("In English or French"),
    "unaltered": lambda: _("Without erasures or amendments"),
}
_SITES: Mapping[str, Callable[[], str]] = {
    "LEFT_ARM": lambda: _("left arm"),
    "RIGHT_ARM": lambda: _("right arm"),
    "LEFT_THIGH": lambda: _("left thigh"),
    "RIGHT_THIGH": lambda: _("right thigh"),
}
_OUTCOMES: Mapping[str, Callable[[], str]] = {
    "RECOVERED": lambda: _("recovered"),
    "RECOVERING": lambda: _("recovering"),
    "NOT_RECOVERED": lambda: _("not recovered"),
    "SEQUELAE": lambda: _("recovered with sequelae"),
    "DIED": lambda: _("died"),
    "UNKNOWN": lambda: _("not known"),
}


def proof_word(code: str) -> str:
    """Return what was shown; a format of digital codes is shown as its name."""
    return _PROOFS[code]() if code in _PROOFS else code


def seen_word(code: str) -> str:
    """Return what is looked at on a paper card."""
    return _SEEN[code]()


def site_word(code: str) -> str:
    """Return where on the body."""
    return _SITES[code]()


def outcome_word(code: str) -> str:
    """Return how an adverse event ended, or stands."""
    return _OUTCOMES[code]()


def aefi_word(event: "AefiView", now: datetime) -> str:
    """Return whether the district was told of an adverse event."""
    if event.told_at is not None:
        return _("the district was told")
    if event.overdue(now):
        return _("OVERDUE: tell the district now")
    return _("tell the district within a day") if event.reported.due_at is not None else _("not serious")
