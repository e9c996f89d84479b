"""Who holds what retention takes: each kind of record says what is old, and keeps the event that something went."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bmis.kernel.actor import Actor
from bmis.kernel.identifiers import made_at, new_id
from bmis.store.unit import UnitOfWork
from poe_health.certificates.kept import CheckErased
from poe_health.certificates.records import SqlChecks
from poe_health.post_events.events import Erased
from poe_health.post_events.records import SqlPostEvents
from poe_health.retention.policy import CERTIFICATE_CHECK, POST_EVENT, VOYAGE, VOYAGE_CONTACTS, RetentionRule
from poe_health.screening.record import EventKind, Kind, ScreeningEvent
from poe_health.screening.records import SqlScreenings
from poe_health.screening.records.writing import KeptOld
from poe_health.store.records.parts import PERSON
from poe_health.voyages.events import VoyageErased
from poe_health.voyages.records import SqlVoyages


class Holder(Protocol):
    """One kind of record with parts that can be erased."""

    kinds: frozenset[str]

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return the records since before that day of which a part is still kept, the oldest first."""
        ...

    def say_erased(self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, by: Actor, at: datetime) -> None:
        """Keep the event that the rule took its parts; the parts are gone already, in the same unit."""
        ...


class ScreeningHolder:
    """Screenings: primary, secondary, counts."""

    kinds: frozenset[str] = frozenset(kind.value for kind in Kind)

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day of the screening."""
        return SqlScreenings(unit).older_than(day, kinds)

    def say_erased(self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, by: Actor, at: datetime) -> None:
        """Keep the event."""
        identifier = new_id(at)
        event = ScreeningEvent(
            identifier, EventKind.ERASED, record_id, by.name, made_at(identifier), rule.code, parts=rule.parts
        )
        SqlScreenings(unit).add_event(event)


class VoyageHolder:
    """Voyages: who was on board, what papers declared. With contacts they are kept as long as these are followed."""

    kinds = frozenset({VOYAGE, VOYAGE_CONTACTS})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day on which somebody's name or answers were last added."""
        for one in SqlVoyages(unit).older_than(day):
            kind = VOYAGE_CONTACTS if one.has_contacts else VOYAGE
            if kind in kinds:
                yield KeptOld(one.id, kind, None, one.kept_from, one.parts)

    def say_erased(self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, by: Actor, at: datetime) -> None:
        """Keep the event."""
        identifier = new_id(at)
        event = VoyageErased(
            id=identifier,
            record_id=record_id,
            by=by.name,
            request_id=identifier,
            rule=rule.code,
            parts=rule.parts,
        )
        SqlVoyages(unit).add(event)


class PostEventHolder:
    """Events at the post: who died, was born, told."""

    kinds = frozenset({POST_EVENT})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day on which a name was last kept with it."""
        if POST_EVENT in kinds:
            for one in SqlPostEvents(unit).older_than(day):
                yield KeptOld(one.id, POST_EVENT, None, one.kept_from, frozenset({PERSON}))

    def say_erased(self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, by: Actor, at: datetime) -> None:
        """Keep the event."""
        identifier = new_id(at)
        step = Erased(
            id=identifier,
            record_id=record_id,
            by=by.name,
            request_id=identifier,
            rule=rule.code,
            parts=rule.parts,
        )
        SqlPostEvents(unit).add(step)


class CertificateHolder:
    """Checks of certificates: what a card or a code said, and whom it named."""

    kinds = frozenset({CERTIFICATE_CHECK})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day of the check."""
        if CERTIFICATE_CHECK in kinds:
            for one in SqlChecks(unit).older_than(day):
                yield KeptOld(one.id, CERTIFICATE_CHECK, None, one.day, one.parts)

    def say_erased(self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, by: Actor, at: datetime) -> None:
        """Keep the event."""
        event = CheckErased(id=new_id(at), record_id=record_id, by=by.name, rule=rule.code, parts=rule.parts)
        SqlChecks(unit).say_erased(event)


HOLDERS: Sequence[Holder] = (ScreeningHolder(), VoyageHolder(), PostEventHolder(), CertificateHolder())
