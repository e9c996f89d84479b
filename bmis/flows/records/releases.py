"""The register of what was handed over: each release, and what was hidden in the days it told. Append-only releases."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Row, String, Table, Text, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Mapped, mapped_column

from bmis.flows.package.resource import Cut, CutPlace
from bmis.flows.release_event import RELEASED, Product, Release
from bmis.kernel.identifiers import made_at
from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.unit import UnitOfWork


class FlowReleaseRow(Base):
    """One release, never changed. ``number`` keeps the order."""

    __tablename__ = "flow_release"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    first: Mapped[date]
    last: Mapped[date]
    level: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class FlowCutRow(Base):
    """What an audience was not shown of one day, place, direction and split; it grows and never shrinks."""

    __tablename__ = "flow_cut"
    __table_args__ = ({"sqlite_with_rowid": False},)

    audience: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    direction: Mapped[str] = mapped_column(String(10), primary_key=True)
    split: Mapped[str] = mapped_column(String(40), primary_key=True)
    hidden: Mapped[str] = mapped_column(Text)


_RELEASE, _CUT = cast(Table, FlowReleaseRow.__table__), cast(Table, FlowCutRow.__table__)
_put = upsert(_CUT)
_PUT = _put.on_conflict_do_update(
    index_elements=[_CUT.c[name] for name in ("audience", "day", "kind", "place", "direction", "split")],
    set_={"hidden": _put.excluded.hidden},
)


class SqlReleases:
    """Releases inside one unit of work. An addition is linked to the audit and told to the hub."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def newest(self) -> int:
        """Return the number of the newest release, 0 where there is none."""
        return int(self._unit.connection.execute(select(func.max(_RELEASE.c.number))).scalar() or 0)

    def other_level(self, first: date, last: date, level: str) -> str | None:
        """Return by what else some of these days were told, None where by nothing else."""
        asked = select(_RELEASE.c.level).where(
            _RELEASE.c.first <= last,
            _RELEASE.c.last >= first,
            _RELEASE.c.level != level,
            func.json_extract(_RELEASE.c.facts, "$.product") != Product.OTHER_HOME.value,
        )
        found = self._unit.connection.execute(asked.limit(1)).scalar()
        return None if found is None else str(found)

    def all(self) -> list[Release]:
        """Return every release, oldest first, those of other homes too."""
        return [_release(row) for row in self._unit.connection.execute(select(_RELEASE).order_by(_RELEASE.c.number))]

    def of_other_homes(self, first: date, last: date) -> list[Release]:
        """Return what other homes told of some of these days."""
        return [
            one
            for one in self.all()
            if one.first <= last and one.last >= first and one.facts["product"] == Product.OTHER_HOME.value
        ]

    def cut(self, audience: str, first: date, last: date) -> Cut:
        """Return what this audience was not shown of these days."""
        asked = select(_CUT).where(_CUT.c.audience == audience, _CUT.c.day >= first, _CUT.c.day <= last)
        return {
            (row.kind, row.day.isoformat(), row.place, row.direction, row.split): frozenset(json.loads(row.hidden))
            for row in self._unit.connection.execute(asked)
        }

    def add(self, release: Release, cut: Cut) -> None:
        """Keep a release and what it hides. What was hidden before is in ``cut`` as well: it was made with it."""
        self._unit.connection.execute(
            insert(_RELEASE),
            {
                "id": release.id,
                "first": release.first,
                "last": release.last,
                "level": release.level,
                "by": release.by,
                "recorded_at": made_at(release.id),
                "facts": canonical(release.facts),
            },
        )
        if cut:
            rows = [_row(release.audience, place, hidden) for place, hidden in cut.items()]
            self._unit.connection.execute(_PUT, rows)
        self._unit.audit.add(RELEASED, release)
        self._unit.outbox.add(RELEASED, release)


class RedigestReleases:
    """Makes the digests of the releases again, for the verification of the store."""

    kinds = frozenset({RELEASED})

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each release and the digest of its content."""
        for row in connection.execute(select(_RELEASE).order_by(_RELEASE.c.number)):
            release = _release(row)
            yield release.id, digest(canonical(release.payload()))


def _release(row: Row[Any]) -> Release:
    facts: Mapping[str, Any] = json.loads(row.facts)
    return Release(row.id, row.first, row.last, row.level, row.by, facts)


def _row(audience: str, place: CutPlace, hidden: frozenset[str]) -> dict[str, Any]:
    kind, day, code, direction, split = place
    return {
        "audience": audience,
        "day": date.fromisoformat(day),
        "kind": kind,
        "place": code,
        "direction": direction,
        "split": split,
        "hidden": json.dumps(sorted(hidden)),
    }
