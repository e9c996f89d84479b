"""A report of port health that leaves the store: on the audit before the file is in place, with why and for whom."""

from dataclasses import dataclass

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.reports.export_report import PAPER, ReportFile, check_reason
from bmis.store.unit import OpenUnit

EXPORTED = "health.report_exported"


@dataclass(frozen=True, slots=True)
class HandOverReport:
    """Keeps that a report was made to be handed over; what is in it is not kept again."""

    open_unit: OpenUnit
    now: Clock

    def check(self, form: str, reason: str, recipient: str) -> None:
        """Pass where a report of this form may leave for this reason.

        A table hides no small number and tells few people apart (by country, age, disease): it needs a reason and a
        recipient. Paper is what the post signs for its own work.

        Raises:
            ReportReasonError: one is missing, or too long.
        """
        check_reason(reason, recipient, needed=form != PAPER)

    def __call__(self, file: ReportFile, by: Actor, *, reason: str = "", recipient: str = "") -> ReportFile:
        """Return the file once the line is kept. Raises NotAllowedError, and as ``check``."""
        require(by, Permission.READ_HEALTH_COUNTS)
        self.check(file.form, reason, recipient)
        message = file.exported(EXPORTED, self.now, by, reason, recipient)
        with self.open_unit() as unit:
            unit.audit.add(EXPORTED, message)
            unit.outbox.add(EXPORTED, message)
            unit.commit()
        return file
