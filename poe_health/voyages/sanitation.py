"""Ship sanitation certificates (IHR art. 39, Annex 3): six months, extended once by one month."""

import calendar
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from poe_health.rules.answer import Answer
from poe_health.voyages.errors import ExtensionRefusedError
from poe_health.voyages.settings import sanitation_rule


class SanitationKind(StrEnum):
    """Which certificate."""

    EXEMPTION = "SSCEC"  # free of evidence of infection and contamination
    CONTROL = "SSCC"  # control measures were applied


class SanitationState(StrEnum):
    """What it is worth on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET = "not_yet"  # issued after the day: misread, or forged


def months_later(day: date, months: int) -> date:
    """Return the same day ``months`` later; the last of the month where that month is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, calendar.monthrange(day.year + year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class SanitationCertificate:
    """One certificate. ``extended_on``: the days on which a port extended it."""

    kind: SanitationKind
    number: str
    issued_on: date
    port: str
    extended_on: tuple[date, ...] = ()

    @property
    def valid_until(self) -> date:
        """Return the last day of its validity. More extensions than the rule knows count as if they were not there, and
        so does one that was written when it had ended."""
        rule = sanitation_rule()
        end = months_later(self.issued_on, rule.valid_months)
        for on in self.extended_on[: rule.extensions]:
            if on <= end:
                end = months_later(end, rule.extension_months)
        return end

    def state_on(self, day: date) -> SanitationState:
        """Return what it is worth on ``day``; its last day counts."""
        if day < self.issued_on:
            return SanitationState.NOT_YET
        return SanitationState.VALID if day <= self.valid_until else SanitationState.EXPIRED


def extend(
    certificate: SanitationCertificate,
    on: date,
    *,
    port_cannot_inspect: bool,
    port_authorised: bool,
    evidence: Answer,
) -> SanitationCertificate:
    """Return the certificate with its one extension. ``evidence`` of infection or contamination must be no.

    Raises:
        ExtensionRefusedError: it was extended before, is over or not yet issued, there is or may be evidence, the
            port could inspect, or is not authorised to extend.
    """
    if len(certificate.extended_on) >= sanitation_rule().extensions:
        raise ExtensionRefusedError("twice")
    if certificate.state_on(on) is SanitationState.EXPIRED:
        raise ExtensionRefusedError("expired")
    if certificate.state_on(on) is SanitationState.NOT_YET:
        raise ExtensionRefusedError("early")
    if evidence is not Answer.NO:
        raise ExtensionRefusedError("evidence")
    if not (port_cannot_inspect and port_authorised):
        raise ExtensionRefusedError("port")
    return replace(certificate, extended_on=(*certificate.extended_on, on))
