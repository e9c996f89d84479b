"""Who is on board, from everything that the post knows: lists, locator forms, screenings of the voyage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID, uuid5

from bmis.kernel.plain import value_of
from poe_health.referrals.people.identity import LONGEST, PatientIdentity
from poe_health.referrals.people.of_screening import identity_of
from poe_health.rules.answer import Answer
from poe_health.screening.record import ScreeningView
from poe_health.screening.records import SqlScreenings
from poe_health.screening.records.writing import Content
from poe_health.voyages.declarations import Reading
from poe_health.voyages.errors import VoyageFieldError
from poe_health.voyages.events import LocatorEntered, PeopleListed
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.locator import Address, LocatorForm
from poe_health.voyages.people import Aboard, WhoSits
from poe_health.voyages.seats import Seat

_Parts = Mapping[UUID, Mapping[str, Any]]
_ILL = frozenset({"ISOLATE_NOW"})


@dataclass(frozen=True, slots=True)
class Screened:
    """A screening of the voyage with what is left of its parts."""

    view: ScreeningView
    content: Content

    @property
    def traveller(self) -> UUID:
        """Return what a primary screening and its case have in common."""
        return self.view.record.primary_id or self.view.id


def views_of(store: SqlScreenings, voyage: KeptVoyage) -> tuple[ScreeningView, ...]:
    """Return the standing screenings of the voyage, under each key that it ever had."""
    found = {view.id: view for key in voyage.keys for view in store.of_voyage(key)}
    return tuple(found.values())


def suspected_on_board(voyage: KeptVoyage, screenings: Iterable[ScreeningView]) -> Answer:
    """Return yes once anything points to disease on board. Nothing does: unknown, for nobody looked everywhere."""
    declared = voyage.declared
    told = voyage.suspected or voyage.contacts or (declared is not None and declared.reading is Reading.REPORTED)
    seen = any(
        view.facts.suspected or view.facts.red_flags or view.facts.alert or view.facts.result in _ILL
        for view in screenings
    )
    return Answer.YES if told or seen else Answer.UNKNOWN


def aboard(voyage: KeptVoyage, person_parts: _Parts, screened: Sequence[Screened]) -> tuple[Aboard, ...]:
    """Return everybody on board whom any record knows, each once where a record says that it is the same person."""
    found: dict[UUID, Aboard] = {}
    for one in (*_listed(voyage, person_parts), *_of_locators(voyage, person_parts)):
        before = found.get(one.ref)
        found[one.ref] = one if before is None else _joined(before, one)
    by_screening = {each: one.ref for one in found.values() for each in one.screening_ids}
    for traveller in _of_screenings(screened):
        ref = next((by_screening[each] for each in traveller.screening_ids if each in by_screening), traveller.ref)
        found[ref] = _joined(found[ref], traveller) if ref in found else traveller
    return tuple(found.values())


def companions_of(case: Screened) -> tuple[Aboard, ...]:
    """Return who travels with the case by its own word: they are asked about first."""
    person = case.content.person
    if person is None:
        return ()
    return tuple(
        Aboard(
            uuid5(case.traveller, f"companion-{number}"),
            PatientIdentity(surname=one.name.strip()[:LONGEST] or None, sex=one.sex, age_years=one.age_years),
            companion=True,
            source="companion",
        )
        for number, one in enumerate(person.companions)
    )


def in_charge(voyage: KeptVoyage, person_parts: _Parts) -> PatientIdentity | None:
    """Return driver, pilot or master, as last said."""
    said = [person_parts[event.id]["in_charge"] for event in voyage.events if _holds(person_parts, event.id)]
    return value_of(PatientIdentity, said[-1]) if said else None


def locator_size(form: LocatorForm) -> int:
    """Return for how many people the form is."""
    return 1 + len(form.family) + len(form.non_family)


def _holds(parts: _Parts, event_id: UUID) -> bool:
    return "in_charge" in parts.get(event_id, {})


def _listed(voyage: KeptVoyage, parts: _Parts) -> Iterator[Aboard]:
    names = {
        ref: value_of(WhoSits, said)
        for event in voyage.of(PeopleListed)
        for ref, said in parts.get(event.id, {}).get("people", {}).items()
    }
    for fact in voyage.occupants:
        kept = names.get(str(fact.ref))
        own = () if fact.screening_id is None else (fact.screening_id,)
        who, seats = (kept.who, kept.seats) if kept else (None, ())
        yield Aboard(fact.ref, who, seats, fact.role, fact.served, fact.companion, own)


def _of_locators(voyage: KeptVoyage, parts: _Parts) -> Iterator[Aboard]:
    for event in voyage.of(LocatorEntered):
        said = parts.get(event.id, {}).get("form")
        if said is None:
            continue
        form = value_of(LocatorForm, said)
        yield Aboard(event.ref or event.id, _adult(form), () if form.seat is None else (form.seat,), source="locator")
        for number, member in enumerate(form.family):
            who = PatientIdentity(_cut(member.surname), _cut(member.given_names), age_years=member.age)
            seats = () if member.seat is None else (member.seat,)
            yield Aboard(uuid5(event.id, f"family-{number}"), who, seats, source="locator")
        for number, other in enumerate(form.non_family):
            who = PatientIdentity(_cut(other.surname), _cut(other.given_names))
            yield Aboard(uuid5(event.id, f"other-{number}"), who, source="locator")


def _adult(form: LocatorForm) -> PatientIdentity:
    emergency = form.emergency_contact
    second = (emergency.surname, emergency.given_names, emergency.phone or emergency.other_phone or emergency.email)
    phones = form.phones
    return PatientIdentity(
        surname=_cut(form.surname),
        given_names=_cut(form.given_names),
        sex=form.sex,
        phone=_cut(phones.mobile or phones.home or phones.business or phones.other),
        other_contact=_cut(" ".join(filter(None, second))),
        address=_cut(_place(form.address_temporary) or _place(form.address_permanent)),
    )


def _place(address: Address) -> str:
    parts = (address.hotel, address.street, address.unit, address.landmark, address.city, address.state)
    return ", ".join(filter(None, (*parts, address.country)))


def _of_screenings(screened: Sequence[Screened]) -> Iterator[Aboard]:
    by_traveller: dict[UUID, list[Screened]] = {}
    for one in screened:
        by_traveller.setdefault(one.traveller, []).append(one)
    for ref, records in by_traveller.items():
        who: PatientIdentity | None = None
        seats: tuple[Seat, ...] = ()
        for one in records:  # the oldest first: what the case says is newer than what the card said
            person = one.content.person
            if person is not None:
                who = identity_of(person, one.content.clinical)
                seats = _seats(person.seat) or seats
        ids = tuple(dict.fromkeys([ref, *(one.view.id for one in records)]))
        yield Aboard(ref, who, seats, screening_ids=ids, source="screened")


def _seats(untrusted_text: str | None) -> tuple[Seat, ...]:
    """Return the seat that a screening has; one that cannot be read proves nothing."""
    try:
        return (Seat.parse(untrusted_text),) if untrusted_text else ()
    except VoyageFieldError:
        return ()


def _joined(listed: Aboard, other: Aboard) -> Aboard:
    """Return the person of two records: what was said first holds, what it leaves open comes from the other."""
    ids = tuple(dict.fromkeys([*listed.screening_ids, *other.screening_ids]))
    seats = tuple(dict.fromkeys([*listed.seats, *other.seats]))
    return replace(listed, who=_filled(listed.who, other.who), seats=seats, screening_ids=ids)


def _filled(first: PatientIdentity | None, other: PatientIdentity | None) -> PatientIdentity | None:
    if first is None or other is None:
        return first or other
    left_open = [one.name for one in fields(first) if getattr(first, one.name) is None]
    return replace(first, **{name: getattr(other, name) for name in left_open})


def _cut(untrusted: str | None) -> str | None:
    return (untrusted or "").strip()[:LONGEST].strip() or None
