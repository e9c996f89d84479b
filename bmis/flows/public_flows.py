"""The package that a publication for the public is made from, kept with the publication as a release."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bmis.flows.export_flows import ExportFlows, FlowRequest
from bmis.flows.package.resource import Audience, FlowPackage, Level
from bmis.flows.release_event import Product
from bmis.flows.releases import Bound
from bmis.kernel.actor import Actor
from bmis.kernel.clock import local
from bmis.store.unit import UnitOfWork


@dataclass(frozen=True, slots=True)
class PublicFlows:
    """Makes the public's package of a period, by provinces, and remembers it until what was made of it is kept."""

    export: ExportFlows
    _made: dict[tuple[date, date], tuple[FlowPackage, Bound]] = field(default_factory=dict)

    def __call__(self, first: date, last: date) -> FlowPackage:
        """Return the package; nothing is logged, nothing written."""
        export = self.export
        bound = export.releases.bound(Audience.PUBLIC.value, first, last)
        request = FlowRequest(first, last, (), "", "", Audience.PUBLIC, Level.ADM1)
        package = export.package(request, local(export.now(), export.utc_offset_minutes), bound=bound)
        if package is None:
            raise AssertionError("nothing cancels it")
        self._made[first, last] = package, bound
        return package

    def keep(self, unit: UnitOfWork, periods: Iterable[tuple[date, date]], values_sha256: str, by: Actor) -> None:
        """Keep in a unit that its caller commits that these periods, of those made, are handed over to the public.

        Raises:
            DayNotOverError, LevelTakenError, ReleasedMeanwhileError: as ``ReleaseRegister``.
        """
        sources = [self._made[period] for period in periods if period in self._made]
        releases = self.export.releases
        for package, _bound in sources:
            releases.check(package.first, package.last, Level.ADM1)
        releases.add(unit, Product.BULLETIN, sources, by, {"values": values_sha256})
        self._made.clear()
