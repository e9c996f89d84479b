"""Go.Data: cases, contacts and relationships as arrays for its import. Cases go first: no contact without one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from bmis.documents.dates import PartialDate
from poe_health.exchange.countries import english_name
from poe_health.exchange.dhis2_tracker import json_bytes
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.package import Notes, Package, fields_in, suspects_of
from poe_health.exchange.source import ExportCase, ExportContact, ExportPerson, ExportVoyage, post_day_of

NAME = "godata"
_DAYS_UNKNOWN = "contact_day_unknown"


def godata_package(
    cases: Sequence[ExportCase], contacts: Sequence[ExportContact], words: ReceiverWords, keys: ExchangeKeys
) -> Package:
    """Return the cases, and beside them the contacts and the relationships that join both."""
    notes = Notes()
    suspects = suspects_of(cases, notes)
    people = [_case(one, words, keys, notes) for one in suspects]
    known = {one.id for one in suspects}
    listed = [one for one in contacts if one.case_id in known]
    others = [_contact(one, words, keys, notes) for one in listed]
    joined = [found for one in listed if (found := _relationship(one, words, keys, notes)) is not None]
    return Package(
        main=json_bytes(people),
        records=len(people),
        people=len(people) + len(others),
        fields=fields_in([people, others, joined]),
        notes=notes.all(),
        beside={"contacts": json_bytes(others), "relationships": json_bytes(joined)},
        mapping=words.version,
    )


def _case(case: ExportCase, words: ReceiverWords, keys: ExchangeKeys, notes: Notes) -> dict[str, Any]:
    return {
        **_person(case.person, case.sex, case.age_years, post_day_of(case), words, notes),
        "id": _case_id(case.id, keys),
        "visualId": case.ref,
        "classification": words.text("classification", "suspect"),
        "dateOfReporting": _moment(post_day_of(case)),
        "dateOfOnset": _moment(case.onset) if case.onset else None,
        "isDateOfOnsetApproximate": False,
        "riskLevel": words.words("risk").get(case.risk or ""),
        "riskReason": case.disease,
        "outcomeId": words.words("outcome").get(case.disposition or ""),
        "transferRefused": None,
    }


def _contact(contact: ExportContact, words: ReceiverWords, keys: ExchangeKeys, notes: Notes) -> dict[str, Any]:
    voyage = contact.voyage
    seat = f"{contact.why or '?'}, {voyage.seat}" if voyage and voyage.seat else contact.why
    return {
        **_person(contact.person, contact.sex, contact.age_years, contact.listed_on, words, notes),
        "id": str(keys.uuid("godata.contact", contact.id)),
        "visualId": "",
        "dateOfReporting": _moment(contact.listed_on),
        "dateOfLastContact": _moment(contact.last_contact_on) if contact.last_contact_on else None,
        "isDateOfReportingApproximate": False,
        "riskLevel": words.words("risk").get(contact.risk or ""),
        "riskReason": seat,
    }


def _relationship(
    contact: ExportContact, words: ReceiverWords, keys: ExchangeKeys, notes: Notes
) -> dict[str, Any] | None:
    """Return what joins a contact to its case; None without the day of the contact, which Go.Data asks for."""
    if contact.last_contact_on is None:
        notes.add(_DAYS_UNKNOWN)
        return None
    return {
        "id": str(keys.uuid("godata.relationship", contact.case_id, contact.id)),
        "persons": [
            {"id": _case_id(contact.case_id, keys)},
            {"id": str(keys.uuid("godata.contact", contact.id))},
        ],
        "contactDate": _moment(contact.last_contact_on),
        "contactDateEstimated": False,
        "certaintyLevelId": words.text("certainty", "default"),
        "exposureTypeId": None,
        "exposureDurationId": None,
        "socialRelationshipDetail": words.words("nearness").get(contact.why or ""),
        "comment": _on_board(contact.voyage),
    }


def _person(
    person: ExportPerson | None,
    sex: str | None,
    age_years: int | None,
    told_on: date,
    words: ReceiverWords,
    notes: Notes,
) -> dict[str, Any]:
    if person is None:
        notes.add("no_name")
    return {
        "firstName": person.given_names if person else None,
        "lastName": person.surname if person else None,
        "gender": words.words("gender").get(sex or ""),
        "dob": _birth(person.birth_date) if person else None,
        "age": None if age_years is None else {"years": age_years, "months": 0},
        "occupation": None,
        "documents": _documents(person, words) if person else [],
        "addresses": _addresses(person, told_on, words) if person else [],
        "vaccinesReceived": [],
        "questionnaireAnswers": {},
    }


def _documents(person: ExportPerson, words: ReceiverWords) -> list[dict[str, str]]:
    if not person.document_number:
        return []
    kind = words.words("documents").get(person.document_type or "", words.text("documents", "other"))
    return [{"type": kind, "number": person.document_number}]


def _addresses(person: ExportPerson, told_on: date, words: ReceiverWords) -> list[dict[str, Any]]:
    if not person.address and not person.phones:
        return []
    return [
        {
            "typeId": words.text("address", "usual"),
            "country": english_name(person.residence_country),
            "addressLine1": person.address,
            "date": _moment(told_on),
            "phoneNumber": person.phones[0] if person.phones else None,
        }
    ]


def _birth(born: PartialDate | None) -> str | None:
    day = born.as_date() if born else None
    return _moment(day) if day else None


def _case_id(case: UUID, keys: ExchangeKeys) -> str:
    return str(keys.uuid("godata.case", case))


def _on_board(voyage: ExportVoyage | None) -> str | None:
    if voyage is None:
        return None
    day = voyage.arrived_on.isoformat() if voyage.arrived_on else ""
    return " ".join(filter(None, (voyage.conveyance, voyage.number, day)))


def _moment(day: date) -> str:
    """Return midnight of the day as Go.Data keeps days: UTC, whatever the zone of the post."""
    return datetime.combine(day, time(), UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
