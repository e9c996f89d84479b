"""The clusters that the post has raised, and what they say of one traveller."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bmis.kernel.clock import local
from bmis.store.unit import UnitOfWork
from poe_health.events.clusters import CONVEYANCE, ORIGIN
from poe_health.events.records import SqlSignals
from poe_health.events.settings import cluster_rule
from poe_health.events.signal import Signal, SignalEvent, SignalState, view_of
from poe_health.events.signal_json import KeptSignalEvent, Reported
from poe_health.screening.records.illnesses import journeys_of

_OVER = frozenset({SignalState.DISCARDED, SignalState.CLOSED})


@dataclass(frozen=True, slots=True)
class SaidOfTraveller:
    """Kinds of signal: those that concern the traveller, and those that may."""

    holds: frozenset[str]
    unsure: frozenset[str]


@dataclass(frozen=True, slots=True)
class RaisedClusters:
    """Voyages and countries of origin with a raised cluster; ``doubtful``: origins that nobody has judged yet."""

    voyages: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()

    def said_of(self, voyage: str | None, origin: str | None) -> SaidOfTraveller:
        """Return what is said of who comes by this voyage, from this country; None is not known, and not another."""
        holds, unsure = set(), set()
        if voyage in self.voyages:
            holds.add(CONVEYANCE)
        elif voyage is None and self.voyages:
            unsure.add(CONVEYANCE)
        if origin in self.origins:
            holds.add(ORIGIN)
        elif origin in self.doubtful or (origin is None and self.origins | self.doubtful):
            unsure.add(ORIGIN)
        return SaidOfTraveller(frozenset(holds), frozenset(unsure))


def raised_clusters(unit: UnitOfWork, day: date) -> RaisedClusters:
    """Return the clusters of the days of the rule that are neither discarded nor closed.

    Whom a signal concerns is what its records say: one that names none says nothing of any traveller. A voyage counts
    as soon as the signal is raised, for its people are still at the post; a whole country only when a person has
    judged that it is an event.
    """
    since = day - timedelta(days=cluster_rule(day).days)
    voyages: set[str] = set()
    origins: set[str] = set()
    doubtful: set[str] = set()
    for events in SqlSignals(unit).every():
        signal, state = _stands(events)
        if signal is None or state in _OVER or not since <= local(signal.detected_at).date() <= day:
            continue
        for voyage, origin in journeys_of(unit, _records(signal)):
            if signal.kind == CONVEYANCE and voyage:
                voyages.add(voyage)
            elif signal.kind == ORIGIN and origin:
                (origins if state is SignalState.EVENT else doubtful).add(origin)
    return RaisedClusters(frozenset(voyages), frozenset(origins), frozenset(doubtful - origins))


def _stands(events: tuple[KeptSignalEvent, ...]) -> tuple[Signal | None, SignalState]:
    first = events[0].said
    if not isinstance(first, Reported) or first.signal.kind not in {CONVEYANCE, ORIGIN}:
        return None, SignalState.NEW
    steps: list[SignalEvent] = [one.said for one in events[1:] if not isinstance(one.said, Reported)]
    return first.signal, view_of(first.signal, steps).state


def _records(signal: Signal) -> tuple[UUID, ...]:
    found = []
    for said in signal.evidence:
        try:
            found.append(UUID(said))
        except ValueError:
            continue  # a note of a paper, not a record
    return tuple(found)
