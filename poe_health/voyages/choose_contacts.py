"""Contacts of a case on board: proposed by a preset, chosen by a person, followed, handed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.plain import plain, value_of
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.followup.monitoring import Monitoring
from poe_health.followup.settings import known
from poe_health.followup.start_monitoring import MonitoringRequest, StartMonitoring
from poe_health.lists import bundled
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from poe_health.screening.records import SqlScreenings
from poe_health.store.records.access import log_named
from poe_health.store.records.parts import PERSON, NewPart
from poe_health.voyages.aboard import Screened, aboard, companions_of, views_of
from poe_health.voyages.at_risk import exposures_of, with_answers
from poe_health.voyages.contacts import ContactProposal, preset_for, propose_contacts
from poe_health.voyages.errors import VoyageCodeError, VoyageFieldError
from poe_health.voyages.events import ContactFollowed, ContactsChosen, ContactsHandedOver
from poe_health.voyages.kept import KeptVoyage, ListedContact
from poe_health.voyages.people import Aboard, ContactFact, WhoSits
from poe_health.voyages.record_errors import NotAboardError
from poe_health.voyages.records import SqlVoyages
from poe_health.voyages.seats import Seat
from poe_health.voyages.voyage_unit import add_people, detail, existing, kept_before, moment, reason_of, stamp
from poe_health.written import require_text


@dataclass(frozen=True, slots=True)
class CaseOnBoard:
    """The case: its screening of this voyage, or None where somebody else has it. ``seats`` that are known besides."""

    disease: str
    screening_id: UUID | None = None
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedContacts:
    """The proposal with who it is about; ``people`` by the reference of the proposal. The case is not among them."""

    proposal: ContactProposal
    people: Mapping[str, Aboard]
    case_seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class ProposeContacts:
    """Says who may be a contact. Nothing is kept but that names were opened."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, voyage_id: UUID, case: CaseOnBoard, by: Actor, preset: str | None = None) -> ProposedContacts:
        """Return the proposal; ``preset`` None: that of the disease, or everybody where seats have no numbers.

        Raises:
            NotAllowedError, VoyageUnknownError.
            VoyageCodeError: no such disease or preset. NotAboardError: the screening is not of this voyage.
            SeatsNotNumberedError, SeatUnknownError: the preset goes by seat.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        now = self.now()
        _require_disease(case.disease, now)
        with self.open_unit() as unit:
            voyage = existing(SqlVoyages(unit), voyage_id)
            people, seats = around(unit, voyage, case)
            if any(one.who is not None for one in people):
                log_named(unit, voyage.id, by, now)
            unit.commit()
        chosen = preset or preset_for(case.disease, voyage.sheet.voyage)
        occupants = (one.occupant for one in people)
        proposal = propose_contacts(voyage.sheet.voyage, chosen, seats, occupants, case.disease)
        return ProposedContacts(proposal, {str(one.ref): one for one in people}, seats)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen: references of people on board. ``last_contact_on`` None: not known."""

    case: CaseOnBoard
    preset: str
    refs: tuple[UUID, ...]
    last_contact_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChooseContacts:
    """Keeps who are contacts; their names are kept with the choice, in a part that can be erased."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, voyage_id: UUID, request_id: UUID, choice: Choice, by: Actor) -> KeptVoyage:
        """Return the voyage with its contacts. A person's choice holds where it differs from the preset's.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, PeopleErasedError.
            VoyageCodeError, SeatsNotNumberedError, SeatUnknownError: as ``ProposeContacts``.
            NotAboardError: a reference of nobody on board, or a case of another voyage.
            VoyageFieldError: nobody chosen, somebody twice, a contact after today.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        now = self.now()
        _require_disease(choice.case.disease, now)
        late = choice.last_contact_on is not None and choice.last_contact_on > local(now).date()
        if late or not choice.refs or len(set(choice.refs)) != len(choice.refs):
            raise VoyageFieldError("last_contact_on" if late else "refs")
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, ContactsChosen) is not None:
                return voyage
            people, seats = around(unit, voyage, choice.case)
            by_ref = {one.ref: one for one in people}
            if not set(choice.refs) <= set(by_ref):
                raise NotAboardError("contact")
            occupants = (one.occupant for one in people)
            proposal = propose_contacts(voyage.sheet.voyage, choice.preset, seats, occupants, choice.case.disease)
            near = {one.ref: one for one in proposal.occupants}
            facts = tuple(
                ContactFact(
                    contact_id(voyage_id, choice.case, ref),
                    ref,
                    near[str(ref)].near,
                    near[str(ref)].contact is not Answer.YES,
                    by_ref[ref].screening_ids[-1] if by_ref[ref].screening_ids else None,
                )
                for ref in choice.refs
            )
            said = {
                str(fact.id): plain(WhoSits(by_ref[fact.ref].who or PatientIdentity(), by_ref[fact.ref].seats))
                for fact in facts
            }
            parts = [NewPart.of(PERSON, {"contacts": said, "case_seats": [str(seat) for seat in seats]})]
            add_people(voyage, parts)
            event = ContactsChosen(
                **stamp(voyage_id, request_id, by, now, parts),
                disease=choice.case.disease,
                preset=choice.preset,
                presets_version=bundled("health", "contact_presets").version.version,
                contacts=facts,
                case_id=choice.case.screening_id,
                last_contact_on=choice.last_contact_on,
            )
            found = store.add(event, parts)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class FollowContact:
    """Begins the monitoring of a contact by the days of the disease; the monitoring keeps who it is by itself."""

    open_unit: OpenUnit
    start: StartMonitoring
    now: Clock

    def __call__(
        self,
        voyage_id: UUID,
        contact: UUID,
        by: Actor,
        *,
        who: PatientIdentity | None = None,
        consent: Answer = Answer.UNKNOWN,
        going_to: str = "",
    ) -> Monitoring:
        """Return the monitoring; a contact who is followed already gives the same one.

        ``who``: what is known now, where it is more than the list had. Day 0 is the last contact, or the arrival
        where that is not known.

        Raises:
            NotAllowedError, VoyageUnknownError. NotAboardError: no such contact.
            PeopleErasedError: who it was has been erased. The rest as ``StartMonitoring``.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        now = self.now()
        with self.open_unit() as unit:
            voyage = existing(SqlVoyages(unit), voyage_id)
            found = _contact(voyage, contact)
            known_as = contact_names(SqlVoyages(unit), voyage).get(contact)
        if who is None and known_as is None:
            raise NotAboardError("contact")
        last = found.choice.last_contact_on
        request = MonitoringRequest(
            request_id=contact,  # once a contact, once a monitoring, however often it is asked
            disease=found.choice.disease,
            day0=last or voyage.sheet.day,
            reckoned_from="LAST_EXPOSURE" if last else "ARRIVAL",
            consent=consent,
            exposure=voyage.number,
            going_to=going_to,
            screening_id=found.fact.screening_id,
        )
        monitoring = self.start(request, who or known_as.who, by)  # type: ignore[union-attr]  # one of them is there
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            if _contact(existing(store, voyage_id), contact).monitoring_id is None:
                said = stamp(voyage_id, uuid5(contact, "followed"), by, now)
                store.add(ContactFollowed(**said, contact_id=contact, monitoring_id=monitoring.id))
            unit.commit()
        return monitoring


@dataclass(frozen=True, slots=True)
class HandOver:
    """To whom the list goes: ``receiver`` and ``place`` as in a handover of monitoring."""

    receiver: str
    place: str
    at: datetime
    person: str
    means: str = ""
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandOverContacts:
    """Keeps that the list was passed on, when, and when it was acknowledged."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, voyage_id: UUID, request_id: UUID, told: HandOver, by: Actor) -> KeptVoyage:
        """Return the voyage.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageMomentError, VoyageReasonError.
            ReferralCodeError: no such kind of receiver. VoyageFieldError: no place, or nobody to hand over.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        now = self.now()
        known("receiver", told.receiver)
        if not 0 < len(told.place.strip()) <= 80:
            raise VoyageFieldError("place")
        require_text("place", told.place)
        parts = detail(person=reason_of(told.person), means=told.means)
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, ContactsHandedOver) is not None:
                return voyage
            if not voyage.contacts:
                raise VoyageFieldError("contacts")
            at = moment(told.at, now, "at")
            heard = told.acknowledged_at
            event = ContactsHandedOver(
                **stamp(voyage_id, request_id, by, now, parts),
                receiver=told.receiver,
                place=told.place.strip(),
                at=at,
                contacts=len(voyage.contacts),
                acknowledged_at=None if heard is None else moment(heard, now, "acknowledged_at", not_before=at),
            )
            found = store.add(event, parts)
            unit.commit()
        return found


def around(unit: UnitOfWork, voyage: KeptVoyage, case: CaseOnBoard) -> tuple[list[Aboard], tuple[Seat, ...]]:
    """Return everybody on board but the case, and the seats of the case.

    Raises:
        NotAboardError: the case's screening is not of this voyage.
    """
    screened = screened_on(unit, voyage)
    exposed = exposures_of(rule_set(voyage.sheet.day).diseases.get(case.disease))
    listed = aboard(voyage, SqlVoyages(unit).parts(voyage, PERSON), screened)
    people = [with_answers(one, screened, exposed, voyage.sheet.day) for one in listed]
    if case.screening_id is None:
        return people, case.seats
    found = next((one for one in people if case.screening_id in one.screening_ids), None)
    if found is None:
        raise NotAboardError("case")
    own = [one for one in screened if one.view.id == case.screening_id]
    others = [one for one in people if one.ref != found.ref]
    with_it = [with_answers(one, screened, exposed, voyage.sheet.day) for each in own for one in companions_of(each)]
    return [*others, *with_it], tuple(dict.fromkeys([*case.seats, *found.seats]))


def screened_on(unit: UnitOfWork, voyage: KeptVoyage) -> list[Screened]:
    """Return the standing screenings of the voyage, and those that a list names."""
    store = SqlScreenings(unit)
    views = {view.id: view for view in views_of(store, voyage)}
    for one in voyage.occupants:
        view = None if one.screening_id is None else store.find(one.screening_id)
        if view is not None:
            views.setdefault(view.id, view)
    return [Screened(view, store.content(view)) for view in views.values()]


def contact_names(store: SqlVoyages, voyage: KeptVoyage) -> dict[UUID, WhoSits]:
    """Return who the contacts are; nobody once they were erased."""
    parts = store.parts(voyage, PERSON)
    return {
        UUID(identifier): value_of(WhoSits, said)
        for event in voyage.of(ContactsChosen)
        for identifier, said in parts.get(event.id, {}).get("contacts", {}).items()
    }


def contact_id(voyage_id: UUID, case: CaseOnBoard, ref: UUID) -> UUID:
    """Return the identifier of a contact: the same person of the same case and voyage has the same."""
    return uuid5(voyage_id, f"{case.screening_id or case.disease}|{ref}")


def _contact(voyage: KeptVoyage, contact: UUID) -> ListedContact:
    found = next((one for one in voyage.contacts if one.fact.id == contact), None)
    if found is None:
        raise NotAboardError("contact")
    return found


def _require_disease(disease: str, now: datetime) -> None:
    if disease not in rule_set(local(now).date()).diseases:
        raise VoyageCodeError("disease", disease)
