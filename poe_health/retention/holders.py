"""Who holds what retention takes: each kind of record says what is old, and keeps the event that something went."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bmis.kernel.actor import Actor
from bmis.kernel.clock import local
from bmis.kernel.identifiers import made_at, new_id
from bmis.store.unit import UnitOfWork
from poe_health.certificates.kept import CheckErased
from poe_health.certificates.records import SqlChecks
from poe_health.followup.follow import forget_followed
from poe_health.followup.monitoring import OPEN
from poe_health.followup.monitoring import State as Followed
from poe_health.followup.records import SqlMonitoring
from poe_health.outbreaks.cholera import CholeraErased
from poe_health.outbreaks.records import SqlCholera
from poe_health.post_events.events import Erased
from poe_health.post_events.records import SqlPostEvents
from poe_health.referrals.records import SqlReferrals
from poe_health.referrals.referral import OVER
from poe_health.referrals.take_step import forget_patient
from poe_health.retention.policy import (
    CERTIFICATE_CHECK,
    CHOLERA_EXPRESS,
    DOSE,
    MONITORING,
    POST_EVENT,
    TRANSFER,
    VOYAGE,
    VOYAGE_CONTACTS,
    RetentionRule,
)
from poe_health.screening.record import EventKind, Kind, ScreeningEvent
from poe_health.screening.records import SqlScreenings
from poe_health.screening.records.writing import KeptOld
from poe_health.store.records.parts import CLINICAL, PERSON, SqlParts
from poe_health.store.records.steps import LastStep
from poe_health.vaccinations.dose import DoseErased
from poe_health.vaccinations.records import SqlDoses
from poe_health.voyages.events import VoyageErased
from poe_health.voyages.records import SqlVoyages


class Holder(Protocol):
    """One kind of record with parts that can be erased."""

    kinds: frozenset[str]

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return the records since before that day of which a part is still kept, the oldest first."""
        ...

    def erase(
        self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> bool:
        """Take the parts away and keep the event that the rule took them; return whether there was anything."""
        ...


class PartsHolder(ABC):
    """A kind of record of which only parts go."""

    def erase(
        self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> bool:
        """Return as ``Holder``."""
        if not SqlParts(unit).erase(record_id, parts):
            return False
        self._say_erased(unit, record_id, rule.code, parts, by, at)
        return True

    @abstractmethod
    def _say_erased(
        self, unit: UnitOfWork, record_id: UUID, rule: str, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> None:
        """Keep the event of this kind of record; the parts are gone already, in the same unit."""


class ScreeningHolder(PartsHolder):
    """Screenings: primary, secondary, counts."""

    kinds: frozenset[str] = frozenset(kind.value for kind in Kind)

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day of the screening."""
        return SqlScreenings(unit).older_than(day, kinds)

    def _say_erased(
        self, unit: UnitOfWork, record_id: UUID, rule: str, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> None:
        """Keep the event."""
        identifier = new_id(at)
        event = ScreeningEvent(identifier, EventKind.ERASED, record_id, by.name, made_at(identifier), rule, parts=parts)
        SqlScreenings(unit).add_event(event)


class VoyageHolder(PartsHolder):
    """Voyages: who was on board, what papers declared. With contacts they are kept as long as these are followed."""

    kinds = frozenset({VOYAGE, VOYAGE_CONTACTS})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day on which somebody's name or answers were last added."""
        for one in SqlVoyages(unit).older_than(day):
            kind = VOYAGE_CONTACTS if one.has_contacts else VOYAGE
            if kind in kinds:
                yield KeptOld(one.id, kind, None, one.kept_from, one.parts)

    def _say_erased(
        self, unit: UnitOfWork, record_id: UUID, rule: str, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> None:
        """Keep the event."""
        identifier = new_id(at)
        event = VoyageErased(
            id=identifier,
            record_id=record_id,
            by=by.name,
            request_id=identifier,
            rule=rule,
            parts=parts,
        )
        SqlVoyages(unit).add(event)


class PostEventHolder(PartsHolder):
    """Events at the post: who died, was born, told."""

    kinds = frozenset({POST_EVENT})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day on which a name was last kept with it."""
        if POST_EVENT in kinds:
            for one in SqlPostEvents(unit).older_than(day):
                yield KeptOld(one.id, POST_EVENT, None, one.kept_from, frozenset({PERSON}))

    def _say_erased(
        self, unit: UnitOfWork, record_id: UUID, rule: str, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> None:
        """Keep the event."""
        identifier = new_id(at)
        step = Erased(
            id=identifier,
            record_id=record_id,
            by=by.name,
            request_id=identifier,
            rule=rule,
            parts=parts,
        )
        SqlPostEvents(unit).add(step)


class CertificateHolder(PartsHolder):
    """Checks of certificates: what a card or a code said, and whom it named."""

    kinds = frozenset({CERTIFICATE_CHECK})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day of the check."""
        if CERTIFICATE_CHECK in kinds:
            for one in SqlChecks(unit).older_than(day):
                yield KeptOld(one.id, CERTIFICATE_CHECK, None, one.day, one.parts)

    def _say_erased(
        self, unit: UnitOfWork, record_id: UUID, rule: str, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> None:
        """Keep the event."""
        event = CheckErased(id=new_id(at), record_id=record_id, by=by.name, rule=rule, parts=parts)
        SqlChecks(unit).say_erased(event)


class DoseHolder(PartsHolder):
    """Doses: who was vaccinated, what was answered, adverse events. The ledger and the numbers stay."""

    kinds = frozenset({DOSE})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day of the dose, or of what was last reported after it."""
        if DOSE in kinds:
            for one in SqlDoses(unit).older_than(day):
                yield KeptOld(one.id, DOSE, None, one.day, one.parts)

    def _say_erased(
        self, unit: UnitOfWork, record_id: UUID, rule: str, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> None:
        """Keep the event."""
        SqlDoses(unit).add(DoseErased(id=new_id(at), record_id=record_id, by=by.name, rule=rule, parts=parts))


class CholeraHolder(PartsHolder):
    """Express records of cholera: their answers go, what is counted stays."""

    kinds = frozenset({CHOLERA_EXPRESS})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day of the record."""
        if CHOLERA_EXPRESS in kinds:
            for identifier, of_day in SqlCholera(unit).older_than(day):
                yield KeptOld(identifier, CHOLERA_EXPRESS, None, of_day, frozenset({CLINICAL}))

    def _say_erased(
        self, unit: UnitOfWork, record_id: UUID, rule: str, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> None:
        """Keep the event."""
        event = CholeraErased(id=new_id(at), record_id=record_id, by=by.name, rule=rule, parts=parts)
        SqlCholera(unit).say_erased(event)


class TransferHolder:
    """Transfers that are over: patient, measures and words go together; codes and moments stay."""

    kinds = frozenset({TRANSFER})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day of the last step."""
        return _unmoved(TRANSFER, SqlReferrals(unit).last_steps(OVER), day) if TRANSFER in kinds else ()

    def erase(
        self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> bool:
        """Return as ``Holder``."""
        forget_patient(unit, record_id, by, at, rule.code)
        return True


class MonitoringHolder:
    """Followed people, once nobody follows them here any more."""

    kinds = frozenset({MONITORING})

    def older_than(self, unit: UnitOfWork, day: date, kinds: Iterable[str]) -> Iterable[KeptOld]:
        """Return as ``Holder``: from the day of the last step."""
        ended = set(Followed) - OPEN
        return _unmoved(MONITORING, SqlMonitoring(unit).last_steps(ended), day) if MONITORING in kinds else ()

    def erase(
        self, unit: UnitOfWork, record_id: UUID, rule: RetentionRule, parts: tuple[str, ...], by: Actor, at: datetime
    ) -> bool:
        """Return as ``Holder``."""
        forget_followed(unit, record_id, by, at, rule.code)
        return True


def _unmoved(kind: str, steps: Iterable[LastStep], day: date) -> Iterator[KeptOld]:
    for one in steps:
        moved_on = local(one.moved_at).date()
        if moved_on < day:
            yield KeptOld(one.id, kind, one.state, moved_on, frozenset({CLINICAL, PERSON}))


HOLDERS: Sequence[Holder] = (
    ScreeningHolder(),
    VoyageHolder(),
    PostEventHolder(),
    CertificateHolder(),
    DoseHolder(),
    CholeraHolder(),
    TransferHolder(),
    MonitoringHolder(),
)
