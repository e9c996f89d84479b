"""Handing over the rows found: with reason and recipient, on the audit before the file is put in place."""

import csv
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from uuid import UUID

import xlsxwriter

from bmis.crossings.explore_crossings import Exploration, ExploreCrossings
from bmis.crossings.explore_errors import ExportReasonError, ExportTooManyError, ExportWriteError
from bmis.crossings.records.exploring import FoundCrossing
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.csv_cells import inert
from bmis.kernel.identifiers import new_id
from bmis.kernel.telling import Cancelled, Tell, Telling, never, unheard
from bmis.reports.errors import ReportFormError
from bmis.store.canonical import Message
from bmis.store.unit import OpenUnit

EXPORTED = "crossings.exported"
MOST_ROWS = 1_000_000  # a sheet holds 1 048 576
LONGEST_REASON = 500
PLAIN = (
    "id",
    "crossed_at",
    "direction",
    "decision",
    "post_code",
    "nationality",
    "travel_mode",
    "purpose",
    "document_kind",
    "stay_until",
    "record_mode",
    "by",
)
NAMED = ("surname", "given_names", "birth_date", "sex", "issuing_state", "document_number")
"""What says who the traveller is: personal data, left out unless it is asked for."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is handed over. ``with_names``: who the travellers are, too."""

    wanted: Exploration
    form: str  # csv, xlsx
    reason: str
    recipient: str
    with_names: bool = False


@dataclass(frozen=True, slots=True)
class CrossingsWritten:
    """What was handed over."""

    event_id: UUID
    path: Path
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ExportCrossings:
    """Writes the rows found to a new file, whole or not at all."""

    explore: ExploreCrossings
    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(
        self,
        request: ExportRequest,
        path: Path,
        by: Actor,
        progress: Tell = unheard,
        cancelled: Cancelled = never,
    ) -> CrossingsWritten | None:
        """Return what was written, None when it was called off.

        Raises:
            NotAllowedError: the role hands no crossings over.
            ExportReasonError: no reason or no recipient. ReportFormError: neither csv nor xlsx.
            ExploreRefusedError: the period cannot be.
            ExportTooManyError: more rows than a file takes.
            ExportWriteError: the file is there, or cannot be written.
        """
        require(by, Permission.EXPORT_CROSSINGS)
        for text in (request.reason, request.recipient):
            if not text.strip() or len(text) > LONGEST_REASON:
                raise ExportReasonError(longest=LONGEST_REASON)
        if request.form not in ("csv", "xlsx"):
            raise ReportFormError(form=request.form[:10])
        count = self.explore.count(request.wanted, by)
        if count > MOST_ROWS:
            raise ExportTooManyError(rows=count, most=MOST_ROWS)
        if path.exists():
            raise ExportWriteError
        return self._write(request, path, by, count, progress, cancelled)

    def _write(
        self,
        request: ExportRequest,
        path: Path,
        by: Actor,
        count: int,
        progress: Tell,
        cancelled: Cancelled,
    ) -> CrossingsWritten | None:
        columns = PLAIN + NAMED if request.with_names else PLAIN
        folder: Path | None = None
        try:
            folder = Path(tempfile.mkdtemp(prefix=".bmis-", dir=path.parent))  # for its owner alone
            aside = folder / "rows"
            told = Telling(progress, cancelled, count)
            rows = (self._row(found, columns) for found in told.over(self.explore.all(request.wanted, by)))
            (_write_csv if request.form == "csv" else _write_xlsx)(aside, columns, rows)
            if cancelled():
                return None
            if path.exists():
                raise ExportWriteError
            digest = _digest(aside)
            event_id = new_id(self.now())
            self._keep(event_id, request, by, told.done, digest, columns)
            aside.chmod(0o600)
            os.replace(aside, path)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise ExportWriteError from error
        finally:
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
        return CrossingsWritten(event_id, path, told.done, digest)

    def _row(self, found: FoundCrossing, columns: Sequence[str]) -> list[str]:
        return [self._cell(getattr(found, name)) for name in columns]

    def _cell(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, datetime):
            return local(value, self.utc_offset_minutes).isoformat(timespec="seconds")
        return inert(str(value))

    def _keep(
        self, event_id: UUID, request: ExportRequest, by: Actor, rows: int, digest: str, columns: Sequence[str]
    ) -> None:
        payload: dict[str, object] = {
            "schema": 1,
            "id": str(event_id),
            "kind": EXPORTED,
            "by": by.name,
            "role": by.role.value,
            "reason": request.reason.strip(),
            "recipient": request.recipient.strip(),
            "wanted": request.wanted.plain(),
            "columns": list(columns),
            "with_names": request.with_names,
            "form": request.form,
            "rows": rows,
            "sha256": digest,
        }
        message = Message.of(event_id, by.name, payload)
        with self.open_unit() as unit:
            unit.audit.add(EXPORTED, message)
            unit.outbox.add(EXPORTED, message)
            unit.commit()


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[list[str]]) -> None:
    with path.open("wb") as file:
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
        sheet = csv.writer(text, lineterminator="\r\n")
        sheet.writerow(columns)
        sheet.writerows(rows)
        text.flush()
        os.fsync(file.fileno())


def _write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[list[str]]) -> None:
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), {**plain, "constant_memory": True, "tmpdir": str(path.parent)})
    sheet = book.add_worksheet("crossings")
    sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            sheet.write_string(number, at, value)
    sheet.freeze_panes(1, 0)
    book.close()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
