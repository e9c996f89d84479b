"""Publishing a report: its numbers are frozen with the moment they stood at, who signed, a number and a hash."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.kernel.identifiers import new_id
from bmis.reports.bulletin.edition import ChangedCell, Edition, changed_cells, edition_of, edition_text
from bmis.reports.bulletin.report_json import CHANGES, report_plain, values_sha256
from bmis.reports.catalogue import entry
from bmis.reports.errors import EditionExistsError, EditionUnchangedError, EditionUnknownError, NotPublishedError
from bmis.reports.event import ReportEvent, ReportEventKind
from bmis.reports.make_report import MakeReport, draft_words
from bmis.reports.records import SqlReportEvents
from bmis.reports.render.words import written
from bmis.reports.report import Column, Kind, Report, Section, Table, Text, Value
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.unit import OpenUnit, UnitOfWork

PUBLISH = "report.publish"
"""The action that a second person signs; the subject is the edition."""

PUBLISHED = frozenset({"weekly-bulletin", "weekly-bulletin-public"})
_KIND = ReportEventKind.EDITION_PUBLISHED
Sign = Callable[[UUID], Approval]
Stage = Callable[[Report], AbstractContextManager[None]]
"""Writes the paper beside its place before the edition is kept, and into place after."""
Released = Callable[[UnitOfWork, Report, str, Actor], None]
"""Keeps that an edition for the public was handed over, in the unit that keeps the edition (values' SHA-256)."""


@dataclass(frozen=True, slots=True)
class Editions:
    """Reads what was published."""

    open_read: OpenUnit

    def __call__(self, name: str, by: Actor) -> list[Edition]:
        """Return every edition of a report, in the order published.

        Raises:
            NotAllowedError: the role reads no reports.
        """
        require(by, Permission.READ_REPORTS)
        with self.open_read() as unit:
            return [edition_of(event) for event in SqlReportEvents(unit).every(_KIND, name)]

    def one(self, name: str, untrusted_text: str, by: Actor) -> Edition:
        """Return the edition named 12/2026 or 12/2026-R1. Raises EditionUnknownError: there is none."""
        for edition in self(name, by):
            if edition.text == untrusted_text.strip().upper():
                return edition
        raise EditionUnknownError


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be published now. ``earlier``: the edition that it revises, by ``changes``; None: it is the first."""

    report: Report
    cut_off: datetime
    values: str
    earlier: Edition | None
    changes: tuple[ChangedCell, ...]


@dataclass(frozen=True, slots=True)
class PublishEdition:
    """Publishes a period once; what changed since is published as a revision that lists every changed cell."""

    make: MakeReport
    editions: Editions
    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES
    released: Released | None = None

    def __call__(
        self, name: str, first: date, last: date, language: str, by: Actor, sign: Sign, stage: Stage
    ) -> Edition:
        """Return the first edition of the period.

        Raises:
            NotAllowedError: the role publishes nothing. NotPublishedError: that report has no editions.
            EditionExistsError: the period was published. ReportWriteError: the paper cannot be written.
            As ``MakeReport`` and what ``sign`` raises.
        """
        require(by, Permission.PUBLISH_REPORTS)
        self._published(name)
        before = self.editions(name, by)
        draft = self._first(name, first, last, language, by, before)
        year = last.year
        number = 1 + max((one.number for one in before if one.year == year), default=0)
        edition = Edition(new_id(self.now()), number, year, 0, draft.cut_off, by.name, "", draft.values, draft.report)
        return self._keep(edition, None, by, sign, stage)

    def revise(
        self, name: str, first: date, last: date, by: Actor, sign: Sign, stage: Stage
    ) -> tuple[Edition, list[ChangedCell]]:
        """Return revision n + 1 with the cells that differ from revision n, in the language of the first.

        Raises:
            EditionUnknownError: the period was not published. EditionUnchangedError: no cell differs.
            As the call.
        """
        require(by, Permission.PUBLISH_REPORTS)
        self._published(name)
        draft, earlier = self._revised(name, first, last, by)
        edition = Edition(
            new_id(self.now()),
            earlier.number,
            earlier.year,
            earlier.revision + 1,
            draft.cut_off,
            by.name,
            "",
            draft.values,
            draft.report,
        )
        return self._keep(edition, earlier, by, sign, stage), list(draft.changes)

    def look(self, name: str, first: date, last: date, language: str, by: Actor, *, revision: bool) -> Draft:
        """Return what would be published as first edition, or as revision, at this moment. Nothing is kept.

        Raises:
            As the call, or as ``revise``.
        """
        require(by, Permission.PUBLISH_REPORTS)
        self._published(name)
        if revision:
            return self._revised(name, first, last, by)[0]
        return self._first(name, first, last, language, by, self.editions(name, by))

    def _first(
        self, name: str, first: date, last: date, language: str, by: Actor, before: list[Edition]
    ) -> Draft:  # fmt: skip
        if earlier := _latest(before, first, last):
            raise EditionExistsError(edition=earlier.text)
        cut_off = self.now()
        report = self.make(name, first, last, language, by)
        return Draft(report, cut_off, values_sha256(report), None, ())

    def _revised(self, name: str, first: date, last: date, by: Actor) -> tuple[Draft, Edition]:
        earlier = _latest(self.editions(name, by), first, last)
        if earlier is None:
            raise EditionUnknownError
        cut_off = self.now()
        report = self.make(name, first, last, earlier.report.language, by)
        changes = changed_cells(earlier.report, report)
        if not changes:
            raise EditionUnchangedError(edition=earlier.text)
        values = values_sha256(report)
        report = replace(report, sections=(_section(changes, report, earlier), *report.sections))
        return Draft(report, cut_off, values, earlier, tuple(changes)), earlier

    def _keep(self, edition: Edition, earlier: Edition | None, by: Actor, sign: Sign, stage: Stage) -> Edition:
        approval = sign(edition.id).covering(PUBLISH, edition.id, by.name)
        signer = approval.second or ""
        edition = replace(edition, signer=signer, report=self._headed(replace(edition, signer=signer)))
        report = edition.report
        with stage(report), self.open_unit() as unit:
            events = SqlReportEvents(unit)
            kept = [edition_of(event) for event in events.every(_KIND, report.name)]
            latest = _latest(kept, report.first, report.last)
            taken = any((one.number, one.year) == (edition.number, edition.year) for one in kept)
            if (latest and latest.id) != (earlier and earlier.id) or (earlier is None and taken):
                raise EditionExistsError(edition=latest.text if latest else edition.text)
            record_approval(unit, approval, self.now())
            events.add(_event(edition, earlier))
            if self.released is not None and entry(report.name).for_public:
                self.released(unit, report, edition.values, by)
            unit.commit()
        return edition

    def _headed(self, edition: Edition) -> Report:
        report = edition.report
        with speaking(report.language):
            facts = (
                (_("Edition"), edition_text(edition.number, edition.year, 0)),
                (_("Revision"), str(edition.revision) if edition.revision else _("none: first publication")),
                (_("Numbers as they stood"), f"{self._moment(edition.cut_off):%d/%m/%Y %H:%M}"),
                (_("Prepared by"), edition.by),
                (_("Signed by"), edition.signer),
                (_("SHA-256 of the values"), edition.values),
            )
            signers = ((_("Prepared by"), edition.by), (_("Signed by"), edition.signer))
            caveats = tuple(one for one in report.caveats if one != draft_words())
        return replace(report, facts=(*facts, *report.facts), signers=signers, caveats=caveats)

    def _moment(self, at: datetime) -> datetime:
        return local(at, self.utc_offset_minutes)

    def _published(self, name: str) -> None:
        if name not in PUBLISHED:
            raise NotPublishedError(report=name[:40])


def _latest(editions: list[Edition], first: date, last: date) -> Edition | None:
    found = [one for one in editions if (one.report.first, one.report.last) == (first, last)]
    return max(found, key=lambda one: one.revision, default=None)


def _event(edition: Edition, earlier: Edition | None) -> ReportEvent:
    facts = {
        "number": edition.number,
        "year": edition.year,
        "revision": edition.revision,
        "revises": None if earlier is None else str(earlier.id),
        "cut_off": edition.cut_off.isoformat(),
        "signer": edition.signer,
        "values_sha256": edition.values,
        "report": report_plain(edition.report),
    }
    report = edition.report
    return ReportEvent(edition.id, _KIND, report.name, report.first, report.last, edition.by, facts)


def _section(changes: list[ChangedCell], report: Report, earlier: Edition) -> Section:
    language = report.language
    with speaking(language):
        tables = {table.code: table for one in (earlier.report, report) for table in one.tables()}
        columns = {(table.code, one.name): one for table in tables.values() for one in table.columns}

        def shown(change: ChangedCell, value: Value | None) -> str:
            column = columns[change.table, change.column]
            return "–" if value is None else written(value, column.kind, language)

        rows = tuple(
            (
                tables[one.table].title,
                one.row,
                columns[one.table, one.column].title,
                shown(one, one.old),
                shown(one, one.new),
            )
            for one in changes
        )
        table = Table(
            CHANGES,
            _("Every cell that changed since {edition}").format(edition=earlier.text),
            (
                Column("table", _("Table")),
                Column("row", _("Row")),
                Column("column", _("Column")),
                Column("old", _("Was"), Kind.TEXT),
                Column("new", _("Is"), Kind.TEXT),
            ),
            rows,
        )
        told = _("This revision takes the place of {edition}. It differs in {count} cells.")
        text = Text(told.format(edition=earlier.text, count=len(rows)), framed=True)
        return Section(_("Changes"), (text, table))
