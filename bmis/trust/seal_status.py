"""Putting a pass on the status list and taking it off, inside the unit of work that suspends or reinstates it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bmis.kernel.identifiers import new_id
from bmis.store.unit import UnitOfWork
from bmis.trust.errors import SerialRefusedError
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.records import SqlTrust
from bmis.trust.status_list import LARGEST_SERIAL


class SealStatus:
    """The status of seals in one unit of work. Nothing is committed here."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._records = SqlTrust(unit)

    def list(self, serials: Iterable[int], why: str, by: str, at: datetime, *, reported_by: str | None = None) -> None:
        """From now on the passes are refused: here at once, elsewhere with the next bundle. ``why`` is a code.

        Args:
            reported_by: the desk on whose word this home lists them.

        Raises:
            SerialRefusedError: a serial that no list can hold.
        """
        facts = {"why": why} if reported_by is None else {"why": why, "reported_by": reported_by}
        self._add(TrustEventKind.SEAL_LISTED, serials, facts, by, at)

    def clear(self, serials: Iterable[int], why: str, by: str, at: datetime) -> None:
        """The passes count again. Raises as ``list``."""
        self._add(TrustEventKind.SEAL_CLEARED, serials, {"why": why}, by, at)

    def is_listed(self, serial: int) -> bool | None:
        """Return what this home has said of the pass; None: nothing."""
        word = self._records.word_of(serial)
        return None if word is None else word.is_listed

    def _add(
        self, kind: TrustEventKind, serials: Iterable[int], facts: Mapping[str, object], by: str, at: datetime
    ) -> None:
        events = []
        for serial in serials:
            if not 1 <= serial <= LARGEST_SERIAL:
                raise SerialRefusedError(most=LARGEST_SERIAL)
            events.append(TrustEvent(new_id(at), kind, str(serial), by, facts))
        self._records.add_many(events)
