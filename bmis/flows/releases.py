"""One cut for everything that is handed over.

Whatever leaves the house (package in any format, map, matrix, bulletin for the public) tells only sums of numbers that
the daily tables of the package show. Laid side by side such products tell no more than those tables, of whatever
periods they are. The register keeps what was hidden: it stays hidden in every later release to the same audience.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bmis.crossings.records.counting import SqlCounting
from bmis.flows.errors import DayNotOverError, LevelTakenError, ReleasedMeanwhileError, ToldByOtherHomeError
from bmis.flows.package.resource import Cut, FlowPackage, Level
from bmis.flows.records.releases import SqlReleases
from bmis.flows.release_event import Product, Release
from bmis.kernel.actor import Actor
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.canonical import digest
from bmis.store.unit import OpenUnit, UnitOfWork


@dataclass(frozen=True, slots=True)
class Bound:
    """What an earlier release binds a later one to; ``newest`` is the number of the newest release seen."""

    newest: int
    cut: Cut


@dataclass(frozen=True, slots=True)
class ReleaseRegister:
    """Knows what was handed over, and keeps what is."""

    open_read: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def bound(self, audience: str, first: date, last: date) -> Bound:
        """Return what earlier releases of these days hid from this audience."""
        with self.open_read() as unit:
            releases = SqlReleases(unit)
            return Bound(releases.newest(), releases.cut(audience, first, last))

    def check(self, first: date, last: date, level: Level) -> None:
        """Return only if these days may be handed over by this level.

        Raises:
            DayNotOverError: the last day is not over: two releases of it would tell who passed between them.
            LevelTakenError: some of the days were told by provinces and now would be by posts, or the other way round.
            ToldByOtherHomeError: another home told of people who are counted here on some of the days.
        """
        if last >= local(self.now(), self.utc_offset_minutes).date():
            raise DayNotOverError(day=f"{last:%d/%m/%Y}")
        with self.open_read() as unit:
            _check_told(unit, first, last, level)

    def add(
        self,
        unit: UnitOfWork,
        product: Product,
        sources: Sequence[tuple[FlowPackage, Bound]],
        by: Actor,
        files: Mapping[str, str],
        why: Mapping[str, str] | None = None,
    ) -> None:
        """Add the release of a product to a unit that its caller commits: one for each package that it tells.

        Args:
            unit: in which the product itself is kept as well.
            product: what it is.
            sources: the packages it is made from, each with what it was bound to.
            by: who hands it over.
            files: names to SHA-256.
            why: reason and recipient, where the product itself does not keep them.

        Raises:
            LevelTakenError, ToldByOtherHomeError: as ``check``.
            ReleasedMeanwhileError: somebody released something since ``bound``.
        """
        releases = SqlReleases(unit)
        newest = releases.newest()
        for package, bound in sources:
            _check_told(unit, package.first, package.last, package.level)
            if newest != bound.newest:
                raise ReleasedMeanwhileError
        for package, _bound in sources:
            facts = {
                "product": product.value,
                "audience": package.audience.value,
                "least_count_shown": package.limit,
                "cut_sha256": cut_sha256(package.cut),
                "files": dict(files),
                **(why or {}),
            }
            level, at = package.level.value, new_id(self.now())
            releases.add(Release(at, package.first, package.last, level, by.name, facts), package.cut)


def cut_sha256(cut: Cut) -> str:
    """Return the SHA-256 of what is hidden, in one order."""
    return digest(json.dumps(sorted((*place, *sorted(hidden)) for place, hidden in cut.items())))


def _check_told(unit: UnitOfWork, first: date, last: date, level: Level) -> None:
    releases = SqlReleases(unit)
    other = releases.other_level(first, last, level.value)
    if other is not None:
        raise LevelTakenError(level=level.value, told=other)
    here = set(SqlCounting(unit.connection).last_numbers())
    for one in releases.of_other_homes(first, last):
        if here & set(one.facts["desks"]):
            days = f"{one.first:%d/%m/%Y}", f"{one.last:%d/%m/%Y}"
            raise ToldByOtherHomeError(home=str(one.facts["home"]), first=days[0], last=days[1])
