"""What ships and aircraft hand in: declarations and sanitation certificates, entered, read by the rules, kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.plain import plain, value_of
from bmis.store.unit import OpenUnit
from poe_health.rules.answer import Answer
from poe_health.store.records.parts import CLINICAL, PERSON, NewPart
from poe_health.voyages.declarations import (
    AircraftDeclaration,
    Read,
    Reading,
    ShipDeclaration,
    read_aircraft,
    read_ship,
)
from poe_health.voyages.errors import ExtensionRefusedError, VoyageFieldError
from poe_health.voyages.events import PaperDeclared, SanitationKept
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.people import DeclaredPeople
from poe_health.voyages.records import SqlVoyages
from poe_health.voyages.sanitation import SanitationCertificate, SanitationState, extend
from poe_health.voyages.voyage_unit import add_people, detail, existing, kept_before, reason_of, stamp
from poe_health.written import require_visible, require_written

SHIP, AIRCRAFT = "SHIP", "AIRCRAFT"
LONGEST_NAME, MOST_NAMES = 200, 500
_Make = Callable[[KeptVoyage, date], tuple[SanitationCertificate, bool]]
_OF = {"SHIP": SHIP, "CANOE": SHIP, "AIR": AIRCRAFT}


@dataclass(frozen=True, slots=True)
class KeptDeclaration:
    """A declaration as it was kept; both are None once a rule of retention took the answers away."""

    ship: ShipDeclaration | None
    aircraft: AircraftDeclaration | None
    people: DeclaredPeople

    @property
    def read(self) -> Read | None:
        """Return what it says."""
        if self.ship is not None:
            return read_ship(self.ship)
        return None if self.aircraft is None else read_aircraft(self.aircraft)


@dataclass(frozen=True, slots=True)
class EnterDeclaration:
    """Keeps what a ship or an aircraft declares. A later declaration of the voyage replaces it for the decision."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self,
        voyage_id: UUID,
        request_id: UUID,
        declaration: ShipDeclaration | AircraftDeclaration,
        people: DeclaredPeople,
        by: Actor,
    ) -> KeptVoyage:
        """Return the voyage with the declaration read.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, PeopleErasedError.
            VoyageFieldError: of another conveyance, a person who is not on the schedule, a text too long.
        """
        require(by, Permission.EXAMINE_TRAVELLER)
        now = self.now()
        ship = isinstance(declaration, ShipDeclaration)
        _check_people(declaration, people)
        require_written(people)
        require_visible(declaration)
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, PaperDeclared) is not None:
                return voyage
            if _OF.get(voyage.sheet.conveyance) != (SHIP if ship else AIRCRAFT):
                raise VoyageFieldError("declaration")
            found = read_ship(declaration) if isinstance(declaration, ShipDeclaration) else read_aircraft(declaration)
            parts = [NewPart.of(CLINICAL, {"declaration": plain(declaration)}), NewPart.of(PERSON, plain(people))]
            add_people(voyage, parts)
            event = PaperDeclared(
                **stamp(voyage_id, request_id, by, now, parts),
                paper=SHIP if ship else AIRCRAFT,
                day=declaration.day if isinstance(declaration, ShipDeclaration) else voyage.sheet.day,
                reading=found.reading,
                open_questions=len(found.open_questions),
                lacking=found.lacking,
                waived=isinstance(declaration, AircraftDeclaration) and declaration.waived,
            )
            after = store.add(event, parts)
            unit.commit()
        return after


@dataclass(frozen=True, slots=True)
class KeepSanitation:
    """Keeps the ship sanitation certificate that is seen on board, and the one extension that this port gives."""

    open_unit: OpenUnit
    now: Clock

    def seen(self, voyage_id: UUID, request_id: UUID, certificate: SanitationCertificate, by: Actor) -> KeptVoyage:
        """Return the voyage; the certificate is judged on the day of the call.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError.
            VoyageFieldError: no ship, no number or port, an extension before the issue.
        """
        _check_certificate(certificate)
        return self._keep(voyage_id, request_id, by, lambda _voyage, _today: (certificate, False), "")

    def extended(
        self,
        voyage_id: UUID,
        request_id: UUID,
        reason: str,
        by: Actor,
        *,
        port_cannot_inspect: bool,
        port_authorised: bool,
        evidence: Answer,
    ) -> KeptVoyage:
        """Return the voyage; its certificate has its one extension of this port, of today.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageReasonError.
            VoyageFieldError: no certificate was seen. ExtensionRefusedError: what forbids it.
        """
        said = reason_of(reason)

        def longer(voyage: KeptVoyage, today: date) -> tuple[SanitationCertificate, bool]:
            before = voyage.sanitation
            if before is None:
                raise VoyageFieldError("sanitation_certificate")
            if voyage.affected is Answer.YES:
                raise ExtensionRefusedError("evidence")
            found = extend(
                before.certificate,
                today,
                port_cannot_inspect=port_cannot_inspect,
                port_authorised=port_authorised,
                evidence=evidence,
            )
            return found, True

        return self._keep(voyage_id, request_id, by, longer, said)

    def _keep(self, voyage_id: UUID, request_id: UUID, by: Actor, make: _Make, reason: str) -> KeptVoyage:
        require(by, Permission.EXAMINE_TRAVELLER)
        now = self.now()
        parts = detail(reason=reason)
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, SanitationKept) is not None:
                return voyage
            if _OF.get(voyage.sheet.conveyance) != SHIP:
                raise VoyageFieldError("sanitation_certificate")
            certificate, here = make(voyage, local(now).date())
            event = SanitationKept(
                **stamp(voyage_id, request_id, by, now, parts),
                certificate=certificate,
                state=certificate.state_on(max(voyage.sheet.day, local(now).date()) if here else voyage.sheet.day),
                valid_until=certificate.valid_until,
                extended_here=here,
            )
            after = store.add(event, parts)
            unit.commit()
        return after


def kept_declaration(store: SqlVoyages, voyage: KeptVoyage) -> KeptDeclaration | None:
    """Return the newest declaration with what is left of it, None where none was handed in."""
    event = voyage.declared
    if event is None:
        return None
    said = store.parts(voyage, CLINICAL).get(event.id)
    people = store.parts(voyage, PERSON).get(event.id)
    who = DeclaredPeople() if people is None else value_of(DeclaredPeople, people)
    if said is None:
        return KeptDeclaration(None, None, who)
    if event.paper == SHIP:
        return KeptDeclaration(value_of(ShipDeclaration, said["declaration"]), None, who)
    return KeptDeclaration(None, value_of(AircraftDeclaration, said["declaration"]), who)


def papers_of(store: SqlVoyages, voyage: KeptVoyage) -> Read | None:
    """Return what all papers of the voyage come to: a sanitation certificate that is not valid is a gap too."""
    found = kept_declaration(store, voyage)
    read = None if found is None else found.read
    kept = voyage.sanitation
    if read is None or kept is None or kept.state is SanitationState.VALID:
        return read
    reading = Reading.INCOMPLETE if read.reading is Reading.NOTHING_REPORTED else read.reading
    return replace(read, reading=reading, lacking=(*read.lacking, "sanitation_certificate"))


def _check_people(declaration: ShipDeclaration | AircraftDeclaration, people: DeclaredPeople) -> None:
    lines = declaration.schedule if isinstance(declaration, ShipDeclaration) else declaration.ill
    if not set(people.ill) <= {one.ref for one in lines}:
        raise VoyageFieldError("ill")
    names = [people.signed_by or "", people.surgeon or "", *people.joined]
    if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
        raise VoyageFieldError("people")


def _check_certificate(certificate: SanitationCertificate) -> None:
    if not certificate.number.strip() or not certificate.port.strip():
        raise VoyageFieldError("number" if not certificate.number.strip() else "port")
    if len(certificate.number) > LONGEST_NAME or len(certificate.port) > LONGEST_NAME:
        raise VoyageFieldError("number" if len(certificate.number) > LONGEST_NAME else "port")
    if any(day < certificate.issued_on for day in certificate.extended_on):
        raise VoyageFieldError("extended_on")
