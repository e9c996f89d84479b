"""A report that leaves the store as a file: on the audit before the file is in place, with why and for whom."""

import hashlib
from dataclasses import dataclass
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
_PAPER = "pdf"


def needs_reason(name: str, form: str) -> bool:
    """Return whether the file is written only with a reason: rows by which few people are told apart, for a program.

    Paper is what the post prints for its own work; it is logged as every file is.
    """
    return form != _PAPER and entry(name).tells_apart


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
        given = [text.strip() for text in (reason, recipient)]
        if any(len(text) > LONGEST_REASON for text in given) or (needs_reason(name, form) and not all(given)):
            raise ReportReasonError(longest=LONGEST_REASON)

    def __call__(
        self, report: Report, form: str, path: Path, by: Actor, *, reason: str = "", recipient: str = ""
    ) -> ReportWritten:
        """Return what was written.

        Raises:
            NotAllowedError: the role does not read it. As ``check``, ``rendered`` and ``staged``.
        """
        require(by, entry(report.name).permission)
        self.check(report.name, form, reason, recipient)
        content = rendered(report, form)
        event_id, digest = new_id(self.now()), hashlib.sha256(content).hexdigest()
        payload: dict[str, object] = {
            "schema": 1,
            "id": str(event_id),
            "kind": EXPORTED,
            "by": by.name,
            "role": by.role.value,
            "reason": reason.strip(),
            "recipient": recipient.strip(),
            "report": report.name,
            "first": report.first.isoformat(),
            "last": report.last.isoformat(),
            "form": form,
            "sha256": digest,
        }
        message = Message.of(event_id, by.name, payload)
        with staged(path, content), self.open_unit() as unit:
            unit.audit.add(EXPORTED, message)
            unit.outbox.add(EXPORTED, message)
            unit.commit()
        return ReportWritten(event_id, path, len(content), digest)
