"""Handing over the package: asked with reason and recipient, logged in the audit before the folder is put in place."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from bmis.flows.counts import Counts
from bmis.flows.errors import FlowFolderError, FlowFormatError, FlowReasonError, FlowWriteError
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.package.build import build
from bmis.flows.package.resource import Audience, FlowPackage, Level
from bmis.flows.period import check_period
from bmis.flows.release_event import Product
from bmis.flows.releases import Bound, ReleaseRegister
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.kernel.telling import Cancelled, Tell, Telling, never, unheard
from bmis.store.canonical import Message
from bmis.store.unit import OpenUnit

EXPORTED = "flows.exported"
LONGEST_REASON = 500


class Format(StrEnum):
    """What the package can be written as."""

    CSV = "csv"
    XLSX = "xlsx"
    HXL = "hxl"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class FlowRequest:
    """What is asked for. Local days, both included."""

    first: date
    last: date
    formats: tuple[Format, ...]
    reason: str
    recipient: str
    audience: Audience = Audience.GOVERNMENT
    level: Level = Level.ADM1
    language: str = "pt"


@dataclass(frozen=True, slots=True)
class FlowsWritten:
    """What was written: the event of the audit, and each file with its SHA-256."""

    event_id: UUID
    package: FlowPackage
    files: dict[str, str]


def formats_of(untrusted_text: str) -> tuple[Format, ...]:
    """Return the formats of a list by commas.

    Raises:
        FlowFormatError: one that there is not, or none.
    """
    names = [name.strip().lower() for name in untrusted_text.split(",") if name.strip()]
    for name in names:
        if name not in set(Format):
            raise FlowFormatError(format=name[:20])
    if not names:
        raise FlowFormatError(format="")
    return tuple(dict.fromkeys(Format(name) for name in names))


@dataclass(frozen=True, slots=True)
class ExportFlows:
    """Makes the package and puts it into a new folder, whole or not at all."""

    counts: Counts
    open_unit: OpenUnit
    releases: ReleaseRegister
    now: Clock
    training: bool
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES
    observed: Callable[[date, date], ObservedPeriod] | None = None

    def __call__(
        self,
        request: FlowRequest,
        folder: Path,
        by: Actor,
        cancelled: Cancelled = never,
        wrote: Tell = unheard,
        counted: Tell = unheard,
    ) -> FlowsWritten | None:
        """Return what was written, None when it was cancelled: then nothing of it is left.

        ``counted`` hears how many crossings are counted, ``wrote`` how many rows are written.

        Raises:
            NotAllowedError: the role hands nothing over.
            FlowReasonError: no reason or no recipient.
            PeriodError: the days are the wrong way round, have not come, or are too many.
            DayNotOverError: the last day is not over.
            LevelTakenError: some of the days were handed over by provinces and now would be by posts, or the reverse.
            ReleasedMeanwhileError: something else was handed over while this was made.
            FlowFolderError: the folder is there and is not empty.
            FlowWriteError: it cannot be written. ParquetMissingError: its library is not there.
        """
        require(by, Permission.EXPORT_FLOWS)
        made_at = local(self.now(), self.utc_offset_minutes)
        _check(request, made_at)
        self.releases.check(request.first, request.last, request.level)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FlowFolderError
        self.counts.roll_up(counted, cancelled)
        if cancelled():
            return None
        bound = self.releases.bound(request.audience.value, request.first, request.last)
        package = self.package(request, made_at, cancelled, bound)
        if package is None:
            return None
        event_id = new_id(self.now())

        def keep(digests: dict[str, str]) -> None:
            self._keep(event_id, request, package, bound, digests, by)

        def files(scratch: Path) -> Iterator[tuple[str, bytes]]:
            return package_files(package, request.formats, scratch, wrote, cancelled)

        digests = _put(folder, files, keep, cancelled)
        return None if digests is None else FlowsWritten(event_id, package, digests)

    def package(
        self,
        request: FlowRequest,
        made_at: datetime,
        cancelled: Cancelled = never,
        bound: Bound | None = None,
    ) -> FlowPackage | None:
        """Return the package that a request gives, None when it was cancelled; nothing is logged, nothing written."""
        bound = bound or self.releases.bound(request.audience.value, request.first, request.last)
        observed = None if self.observed is None else self.observed(request.first, request.last)
        with self.counts.view() as view:
            return build(
                view,
                request.first,
                request.last,
                request.audience,
                request.level,
                request.language,
                made_at,
                training=self.training,
                observed=observed,
                before=bound.cut,
                cancelled=cancelled,
            )

    def _keep(
        self,
        event_id: UUID,
        request: FlowRequest,
        package: FlowPackage,
        bound: Bound,
        digests: dict[str, str],
        by: Actor,
    ) -> None:
        payload: dict[str, object] = {
            "schema": 1,
            "id": str(event_id),
            "kind": EXPORTED,
            "by": by.name,
            "role": by.role.value,
            "reason": request.reason.strip(),
            "recipient": request.recipient.strip(),
            "first": request.first.isoformat(),
            "last": request.last.isoformat(),
            "audience": request.audience.value,
            "level": request.level.value,
            "least_count_shown": package.limit,
            "rows": package.rows,
            "files": digests,
        }
        message = Message.of(event_id, by.name, payload)
        with self.open_unit() as unit:
            unit.audit.add(EXPORTED, message)
            unit.outbox.add(EXPORTED, message)
            self.releases.add(unit, Product.PACKAGE, [(package, bound)], by, digests)
            unit.commit()


def package_files(
    package: FlowPackage,
    formats: Sequence[Format],
    scratch: Path,
    progress: Tell = unheard,
    cancelled: Cancelled = never,
) -> Iterator[tuple[str, bytes]]:
    """Yield the files with their names, a format at a time; of a package that was called off they are not whole.

    Raises:
        ParquetMissingError: its library is not installed. OSError: ``scratch`` takes no more.
    """
    told = Telling(progress, cancelled, package.rows * len(formats))
    for at, one in enumerate(formats, 1):
        yield from _files(one, package, told, scratch).items()
        if cancelled():
            return
        told.done = package.rows * at  # a map does not pass over each row
    told.tell()


def _files(form: Format, package: FlowPackage, told: Telling, scratch: Path) -> dict[str, bytes]:
    """Return the files of a format; each library is loaded only for its own format."""
    if form is Format.XLSX:
        from bmis.flows.package.workbook import workbook_files

        return workbook_files(package, told, scratch)
    if form is Format.PARQUET:
        from bmis.flows.package.parquet import parquet_files

        return parquet_files(package, told)
    if form in (Format.GEOJSON, Format.GPKG):
        from bmis.flows.package.maps import geojson_files, geopackage_files

        return (geojson_files if form is Format.GEOJSON else geopackage_files)(package, told)
    from bmis.flows.package.text import csv_files, hxl_files

    return (csv_files if form is Format.CSV else hxl_files)(package, told)


def _check(request: FlowRequest, made_at: datetime) -> None:
    for text in (request.reason, request.recipient):
        if not text.strip() or len(text) > LONGEST_REASON:
            raise FlowReasonError(longest=LONGEST_REASON)
    check_period(request.first, request.last, made_at.date())


def _put(
    folder: Path,
    files: Callable[[Path], Iterable[tuple[str, bytes]]],
    keep: Callable[[dict[str, str]], None],
    cancelled: Cancelled,
) -> dict[str, str] | None:
    """Write into a folder beside, log, then give it its name: no half package, and none without its line.

    Return the files with their SHA-256, None where it was called off: nothing of it is left, and no line.
    """
    aside: Path | None = None
    digests: dict[str, str] = {}
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".bmis-", dir=folder.parent))
        whole, scratch = aside / "package", aside / "scratch"
        for one in (whole, scratch):
            one.mkdir(mode=0o700)
        for name, content in files(scratch):
            digests[name] = hashlib.sha256(content).hexdigest()
            with (whole / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        if cancelled():
            return None
        keep(digests)
        if folder.exists():
            folder.rmdir()
        os.replace(whole, folder)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise FlowWriteError from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
    return digests
