"""Journeys for a map or a matrix: all of them for the desk itself, what a package shows for everybody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bmis.flows.errors import MapReasonError
from bmis.flows.export_flows import LONGEST_REASON, ExportFlows, FlowRequest
from bmis.flows.journeys import Journeys, recorded_journeys, shown_journeys
from bmis.flows.package.resource import Audience, FlowPackage, Level
from bmis.flows.period import check_period
from bmis.flows.release_event import Product
from bmis.flows.releases import Bound
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import local
from bmis.kernel.telling import Cancelled, Tell, never, unheard


@dataclass(frozen=True, slots=True)
class ToldJourneys:
    """Journeys, and the package they are from where they are for others."""

    journeys: Journeys
    source: tuple[FlowPackage, Bound] | None


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Why numbers leave the house, and for whom; both are kept in the audit."""

    reason: str
    recipient: str

    def said(self) -> dict[str, str]:
        """Return both as they are kept. Raises MapReasonError: one is missing or too long."""
        for text in (self.reason, self.recipient):
            if not text.strip() or len(text) > LONGEST_REASON:
                raise MapReasonError(longest=LONGEST_REASON)
        return {"reason": self.reason.strip(), "recipient": self.recipient.strip()}


@dataclass(frozen=True, slots=True)
class TellJourneys:
    """Reads journeys, and keeps that a map or a matrix of them was handed over."""

    export: ExportFlows

    def __call__(self, first: date, last: date, audience: Audience | None, by: Actor) -> ToldJourneys:
        """Return the journeys of these days; ``audience`` None: for the desk itself, every movement.

        Raises:
            NotAllowedError: the role reads no reports, or hands nothing over. PeriodError: the days cannot be.
            DayNotOverError: the last day is not over. LevelTakenError: some of the days were handed over by posts.
        """
        told = self.unless(never, first, last, audience, by)
        if told is None:
            raise AssertionError("nothing cancels it")
        return told

    def unless(
        self,
        cancelled: Cancelled,
        first: date,
        last: date,
        audience: Audience | None,
        by: Actor,
        counted: Tell = unheard,
    ) -> ToldJourneys | None:
        """Return the journeys, None where it was cancelled. ``counted`` hears how far counting is. Raises as a call."""
        require(by, Permission.READ_REPORTS)
        export = self.export
        made_at = local(export.now(), export.utc_offset_minutes)
        check_period(first, last, made_at.date())
        if audience is not None:
            require(by, Permission.EXPORT_FLOWS)
            export.releases.check(first, last, Level.ADM1)
        export.counts.roll_up(counted, cancelled)
        if cancelled():
            return None
        if audience is None:
            with export.counts.view() as view:
                return ToldJourneys(recorded_journeys(view, first, last), None)
        bound = export.releases.bound(audience.value, first, last)
        request = FlowRequest(first, last, (), "", "", audience, Level.ADM1)
        package = export.package(request, made_at, cancelled, bound)
        if package is None:
            return None
        with export.counts.view() as view:
            return ToldJourneys(shown_journeys(package, view), (package, bound))

    def keep(
        self, told: ToldJourneys, product: Product, files: Mapping[str, str], by: Actor, handing: HandingOver
    ) -> None:
        """Keep that a product was handed over; one for the desk is not. ``files``: names to SHA-256.

        Raises:
            MapReasonError: it goes to others without a reason or a recipient.
            LevelTakenError, ReleasedMeanwhileError: as ``ReleaseRegister.add``.
        """
        if told.source is None:
            return
        why = handing.said()
        with self.export.open_unit() as unit:
            self.export.releases.add(unit, product, [told.source], by, files, why)
            unit.commit()

    def recorded_days(self) -> tuple[date, date] | None:
        """Return the first and the last day with a decided crossing."""
        with self.export.counts.view() as view:
            return view.days()
