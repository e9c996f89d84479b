"""Applying the rules of retention: answers and names go, counts and proofs stay."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import made_at, new_id
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.retention.policy import RetentionRule, retention_rules
from poe_health.retention.records import SqlRetentionRuns
from poe_health.retention.run import RetentionRun
from poe_health.screening.record import EventKind, ScreeningEvent
from poe_health.screening.records import SqlScreenings
from poe_health.store.records.parts import SqlParts

MOST_AT_ONCE = 5000  # records in one transaction; the next run takes the rest


@dataclass(frozen=True, slots=True)
class DueReport:
    """What a run would take now, by rule, and when the rules were last applied."""

    due: Mapping[str, int]
    last: RetentionRun | None


@dataclass(frozen=True, slots=True)
class ApplyRetention:
    """Takes away what has served its time. ``today`` is the post's day."""

    open_unit: OpenUnit
    now: Clock
    today: Callable[[], date]

    def due(self, by: Actor) -> DueReport:
        """Return what a run would take; nothing is taken.

        Raises:
            NotAllowedError: the role reads no counts. RetentionRuleError: the rules cannot be used.
        """
        require(by, Permission.READ_HEALTH_COUNTS)
        with self.open_unit() as unit:
            counted: dict[str, int] = {}
            for rule, _ in _due(unit, self.today()):
                counted[rule.code] = counted.get(rule.code, 0) + 1
            return DueReport(counted, SqlRetentionRuns(unit).last())

    def __call__(self, by: Actor) -> RetentionRun:
        """Return the run. Each record says by an event what was taken from it; the audit chain goes on proving.

        Raises:
            NotAllowedError: the role does not apply it. RetentionRuleError: the rules cannot be used.
        """
        require(by, Permission.APPLY_RETENTION)
        at, today = self.now(), self.today()
        _, version = retention_rules()
        taken: dict[str, int] = {}
        with self.open_unit() as unit:
            store, parts = SqlScreenings(unit), SqlParts(unit)
            for place, (rule, record_id) in enumerate(_due(unit, today)):
                if place >= MOST_AT_ONCE:
                    break
                if parts.erase(record_id, rule.parts):
                    identifier = new_id(at)
                    event = ScreeningEvent(
                        identifier,
                        EventKind.ERASED,
                        record_id,
                        by.name,
                        made_at(identifier),
                        rule.code,
                        parts=rule.parts,
                    )
                    store.add_event(event)
                    taken[rule.code] = taken.get(rule.code, 0) + 1
            identifier = new_id(at)
            run = RetentionRun(identifier, by.name, made_at(identifier), today, version.version, taken)
            SqlRetentionRuns(unit).add(run)
            unit.commit()
        return run


def _due(unit: UnitOfWork, today: date) -> Iterator[tuple[RetentionRule, UUID]]:
    """Yield the records whose time is over, each with the first rule that fits it."""
    rules, _ = retention_rules()
    kinds = {kind for rule in rules for kind in rule.kinds}
    soonest = max((rule.before(today) for rule in rules), default=today)
    for found in SqlScreenings(unit).older_than(soonest, kinds):
        rule = next((one for one in rules if one.fits(found.kind, found.disposition)), None)
        if rule is not None and found.day < rule.before(today) and set(rule.parts) & found.parts:
            yield rule, found.id
