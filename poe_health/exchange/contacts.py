"""The contacts that were chosen on voyages, as exports take them."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.kernel.clock import local
from bmis.store.unit import UnitOfWork
from poe_health.exchange.source import ExportContact, ExportPerson, ExportVoyage
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.voyages.choose_contacts import contact_names
from poe_health.voyages.kept import KeptVoyage, ListedContact
from poe_health.voyages.people import WhoSits
from poe_health.voyages.records import SqlVoyages


def contacts_of(unit: UnitOfWork, cases: AbstractSet[UUID]) -> tuple[ExportContact, ...]:
    """Return the contacts of the cases; who they are only where it is still kept."""
    store = SqlVoyages(unit)
    found = []
    for voyage in store.with_contacts_of(cases):
        names = contact_names(store, voyage)
        found += [
            _contact(voyage, one, one.choice.case_id, names.get(one.fact.id))
            for one in voyage.contacts
            if one.choice.case_id in cases and one.choice.case_id is not None
        ]
    return tuple(found)


def _contact(voyage: KeptVoyage, one: ListedContact, case_id: UUID, kept: WhoSits | None) -> ExportContact:
    who = kept.who if kept else None
    sheet = voyage.sheet
    return ExportContact(
        id=one.fact.id,
        case_id=case_id,
        listed_on=local(one.choice.recorded_at).date(),
        last_contact_on=one.choice.last_contact_on,
        sex=who.sex if who else None,
        age_years=who.age_years if who else None,
        why=one.fact.near.value,
        voyage=ExportVoyage(
            sheet.conveyance,
            sheet.number,
            sheet.carrier,
            sheet.origin,
            sheet.destination,
            sheet.day,
            " ".join(str(seat) for seat in kept.seats) if kept and kept.seats else None,
        ),
        person=None if who is None else _person(who),
    )


def _person(who: PatientIdentity) -> ExportPerson:
    """Return the person; the document is one text here, so its kind and country are not taken apart again."""
    return ExportPerson(
        surname=who.surname or "",
        given_names=who.given_names or "",
        birth_date=None if who.birth_date is None else PartialDate.of(who.birth_date),
        nationality=who.nationality,
        document_number=who.document,
        phones=() if who.phone is None else (who.phone,),
        address=who.address,
    )
