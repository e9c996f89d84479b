"""Proving what is kept of passes: digests made again, the index held against the events, the parts against both."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from bmis.passes.errors import PassHistoryError
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind, replayed_application, replayed_pass
from bmis.passes.records.keeping import event_of
from bmis.passes.records.parts import kept_parts
from bmis.passes.records.tables import (
    BorderPassRow,
    PassApplicationRow,
    PassEventRow,
    PassUseRow,
    SerialRangeRow,
    SpoiledSerialRow,
)
from bmis.store.canonical import canonical, digest
from bmis.store.errors import RecordChangedError


class RedigestPasses:
    """Makes the digests of these tables' rows again, for the verification of the store."""

    kinds = frozenset(kind.value for kind in PassKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each event and the digest of its content.

        Raises:
            RecordChangedError: a pass, an application, a serial or a part is not what the events say.
        """
        said = _Said()
        for row in connection.execute(select(PassEventRow.__table__).order_by(PassEventRow.seq)):
            event = event_of(row)
            try:
                said.hear(event)
            except (KeyError, ValueError, TypeError, AttributeError) as error:
                raise RecordChangedError(event=str(event.id)) from error
            yield event.id, digest(canonical(event.payload()))
        said.compare(connection)


class _Said:
    """What the events say, gathered while they go by."""

    def __init__(self) -> None:
        self._applications: dict[UUID, list[tuple[PassKind, bool]]] = {}
        self._passes: dict[UUID, list[PassKind]] = {}
        self._made: dict[UUID, tuple[int, str, str]] = {}
        self._until: dict[UUID, str | None] = {}
        self._spoiled: set[int] = set()
        self._ranges: dict[UUID, tuple[int, int]] = {}
        self._parts: dict[tuple[UUID, str], tuple[str, str]] = {}
        self._uses: dict[UUID, bool] = {}
        self._forgotten: set[str] = set()

    def hear(self, event: PassEvent) -> None:
        """Take one event in."""
        facts: Any = event.facts
        for part, seal in (facts.get("parts") or {}).items():
            self._parts[(event.id, part)] = (seal, str(facts.get("person")))
        if event.kind is PassKind.FORGOTTEN:
            self._forgotten.add(str(event.subject))
        elif event.kind is PassKind.APPEALED:
            pass  # it moves nothing until it is decided
        elif event.kind is PassKind.SERIALS_ALLOCATED:
            self._ranges[event.subject] = (facts["first"], facts["last"])
        elif event.kind is PassKind.SERIAL_SPOILED:
            self._spoiled.add(facts["serial"])
        elif event.kind is PassKind.USED:
            self._uses[UUID(facts["use"])] = bool(facts.get("withdrawn"))
        elif "application" in facts:  # a step of a pass that moves its application too
            self._passes.setdefault(event.subject, []).append(event.kind)
            self._applications.setdefault(UUID(facts["application"]), []).append((event.kind, True))
            if event.kind is PassKind.PRODUCED:
                self._made[event.subject] = (facts["serial"], facts["valid_from"], facts["valid_to"])
                self._until[event.subject] = None
        elif event.subject in self._passes:
            self._passes[event.subject].append(event.kind)
            self._until[event.subject] = facts.get("until")
        else:
            self._applications.setdefault(event.subject, []).append((event.kind, bool(facts.get("complete", True))))

    def compare(self, connection: Connection) -> None:
        """Hold the tables against it."""
        try:
            applications = {one: replayed_application(kinds).value for one, kinds in self._applications.items()}
            passes = {one: replayed_pass(kinds).value for one, kinds in self._passes.items()}
        except PassHistoryError as error:
            raise RecordChangedError(event="pass_history") from error
        states = _columns(PassApplicationRow.id, PassApplicationRow.state)
        _same({row.id: row.state for row in connection.execute(states)}, applications)
        rows = connection.execute(select(BorderPassRow.__table__)).all()
        _same({row.id: row.state for row in rows}, passes)
        _same({row.id: (row.serial, row.valid_from.isoformat(), row.valid_to.isoformat()) for row in rows}, self._made)
        until = {row.id: row.suspended_until and row.suspended_until.isoformat() for row in rows}
        _same(until, self._until)
        _same(set(connection.execute(select(SpoiledSerialRow.serial)).scalars()), self._spoiled)
        ranges = _columns(SerialRangeRow.id, SerialRangeRow.first, SerialRangeRow.last)
        _same({row.id: (row.first, row.last) for row in connection.execute(ranges)}, self._ranges)
        uses = _columns(PassUseRow.id, PassUseRow.withdrawn)
        _same({row.id: bool(row.withdrawn) for row in connection.execute(uses)}, self._uses)
        self._compare_parts(connection)

    def _compare_parts(self, connection: Connection) -> None:
        wanted = {key: seal for key, (seal, person) in self._parts.items() if person not in self._forgotten}
        found = {(owner, part): seal for owner, part, _person, seal in kept_parts(connection)}
        _same(found, wanted)


def _columns(*columns: Any) -> Any:
    return select(*columns)


def _same(kept: object, said: object) -> None:
    if kept != said:
        raise RecordChangedError(event="pass_index")
