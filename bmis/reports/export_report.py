"""A report that leaves the store as a file: on the audit before the file is in place, with why and for whom."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from bmis.kernel.actor import Actor, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.reports.catalogue import entry
from bmis.reports.errors import ReportReasonError
from bmis.reports.make_report import rendered, staged
from bmis.reports.report import Report
from bmis.store.canonical import Message
from bmis.store.unit import OpenUnit

EXPORTED = "report.exported"
LONGEST_REASON = 500
PAPER = "pdf"


def needs_reason(name: str, form: str) -> bool:
    """Return whether the file is written only with a reason: rows by which few people are told apart, for a program.

    Paper is what the post prints for its own work; it is logged as every file is.
    """
    return form != PAPER and entry(name).tells_apart


def check_reason(reason: str, recipient: str, *, needed: bool) -> None:
    """Pass where why and for whom may be kept.

    Raises:
        ReportReasonError: one is missing that is needed, or is too long.
    """
    given = [text.strip() for text in (reason, recipient)]
    if any(len(text) > LONGEST_REASON for text in given) or (needed and not all(given)):
        raise ReportReasonError(longest=LONGEST_REASON)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as it leaves the store; ``form`` is pdf, xlsx or csv."""

    name: str
    first: date
    last: date
    form: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of the content."""
        return hashlib.sha256(self.content).hexdigest()

    def exported(self, kind: str, now: Clock, by: Actor, reason: str, recipient: str) -> Message:
        """Return the line of the audit: what, by whom, why and for whom; nothing of the content."""
        event_id = new_id(now())
        return Message.of(
            event_id,
            by.name,
            {
                "schema": 1,
                "id": str(event_id),
                "kind": kind,
                "by": by.name,
                "role": by.role.value,
                "reason": reason.strip(),
                "recipient": recipient.strip(),
                "report": self.name,
                "first": self.first.isoformat(),
                "last": self.last.isoformat(),
                "form": self.form,
                "sha256": self.sha256,
            },
        )


@dataclass(frozen=True, slots=True)
class ReportWritten:
    """What was handed over; ``size`` in bytes."""

    event_id: UUID
    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Writes a report as pdf, xlsx or csv, whole or not at all; an ordinary file of that name is replaced."""

    open_unit: OpenUnit
    now: Clock

    def check(self, name: str, form: str, reason: str, recipient: str) -> None:
        """Pass where the file may be written for this reason.

        Raises:
            ReportReasonError: a reason or a recipient is missing, or too long. ReportUnknownError: no such report.
        """
        check_reason(reason, recipient, needed=needs_reason(name, form))

    def __call__(
        self, report: Report, form: str, path: Path, by: Actor, *, reason: str = "", recipient: str = ""
    ) -> ReportWritten:
        """Return what was written.

        Raises:
            NotAllowedError: the role does not read it. As ``check``, ``rendered`` and ``staged``.
        """
        require(by, entry(report.name).permission)
        self.check(report.name, form, reason, recipient)
        file = ReportFile(report.name, report.first, report.last, form, rendered(report, form))
        message = file.exported(EXPORTED, self.now, by, reason, recipient)
        with staged(path, file.content), self.open_unit() as unit:
            unit.audit.add(EXPORTED, message)
            unit.outbox.add(EXPORTED, message)
            unit.commit()
        return ReportWritten(message.id, path, len(file.content), file.sha256)
