"""Applying the rules of retention: answers and names go, counts and proofs stay."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import made_at, new_id
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.drafts.draft import LASTS
from poe_health.drafts.records import SqlHealthDrafts
from poe_health.retention.holders import HOLDERS, Holder
from poe_health.retention.policy import RetentionRule, retention_rules
from poe_health.retention.records import SqlRetentionRuns
from poe_health.retention.run import RetentionRun

DRAFTS = "HEALTH_DRAFTS"  # what was half asked: no record, so it goes after the hours of a draft
MOST_AT_ONCE = 5000  # records in one transaction; the next run takes the rest


@dataclass(frozen=True, slots=True)
class DueReport:
    """What a run would take now, by rule, and when the rules were last applied."""

    due: Mapping[str, int]
    last: RetentionRun | None


@dataclass(frozen=True, slots=True)
class ApplyRetention:
    """Takes away what has served its time. ``today`` is the post's day.

    ``sweep`` overwrites the pages on which it stood and returns whether it could.
    """

    open_unit: OpenUnit
    now: Clock
    today: Callable[[], date]
    sweep: Callable[[], bool]

    def due(self, by: Actor) -> DueReport:
        """Return what a run would take; nothing is taken.

        Raises:
            NotAllowedError: the role reads no counts. RetentionRuleError: the rules cannot be used.
        """
        require(by, Permission.READ_HEALTH_COUNTS)
        with self.open_unit() as unit:
            counted: dict[str, int] = {}
            for _, rule, _, _ in _due(unit, self.today()):
                counted[rule.code] = counted.get(rule.code, 0) + 1
            drafts = SqlHealthDrafts(unit).older_than(self.now() - LASTS)
            if drafts:
                counted[DRAFTS] = drafts
            return DueReport(counted, SqlRetentionRuns(unit).last())

    def __call__(self, by: Actor) -> RetentionRun:
        """Return the run. Each record says by an event what was taken from it; the audit chain goes on proving.

        Everything is taken in one transaction, or nothing. The file is swept after it, at each run: a run that was
        cut off before leaves that to the next.

        Raises:
            NotAllowedError: the role does not apply it. RetentionRuleError: the rules cannot be used.
        """
        require(by, Permission.APPLY_RETENTION)
        at, today = self.now(), self.today()
        _, version = retention_rules()
        taken: dict[str, int] = {}
        with self.open_unit() as unit:
            for holder, rule, record_id, parts in tuple(islice(_due(unit, today), MOST_AT_ONCE)):
                if holder.erase(unit, record_id, rule, parts, by, at):
                    taken[rule.code] = taken.get(rule.code, 0) + 1
            drafts = SqlHealthDrafts(unit).forget_older_than(at - LASTS)  # of desks that nobody has opened since
            if drafts:
                taken[DRAFTS] = drafts
            identifier = new_id(at)
            run = RetentionRun(identifier, by.name, made_at(identifier), today, version.version, taken)
            SqlRetentionRuns(unit).add(run)
            unit.commit()
        return replace(run, swept=self.sweep())


def _due(unit: UnitOfWork, today: date) -> Iterator[tuple[Holder, RetentionRule, UUID, tuple[str, ...]]]:
    """Yield the records whose time is over with the parts that go: for each part the first rule that fits it holds."""
    rules, _ = retention_rules()
    for holder in HOLDERS:
        own = [rule for rule in rules if rule.kinds & holder.kinds]
        kinds = {kind for rule in own for kind in rule.kinds} & holder.kinds
        soonest = max((rule.before(today) for rule in own), default=today)
        for found in tuple(holder.older_than(unit, soonest, kinds)) if own else ():
            settled: set[str] = set()
            for rule in (one for one in own if one.fits(found.kind, found.disposition)):
                parts = tuple(one for one in rule.parts if one not in settled)
                settled.update(parts)
                if found.day < rule.before(today) and set(parts) & found.parts:
                    yield holder, rule, found.id, parts
