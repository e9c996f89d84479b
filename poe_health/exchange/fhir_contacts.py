"""The contacts of a case in FHIR: who (RelatedPerson), and how near to whom (Observation). For named exports only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from poe_health.exchange.fhir_entry import ABSENT, Entries, named
from poe_health.exchange.source import ExportContact


@dataclass(frozen=True, slots=True)
class ContactEntries:
    """Makes the two entries of a contact. Texts in ``language``."""

    entries: Entries
    language: str

    def of(self, one: ExportContact, patient: Mapping[str, str], encounter: str) -> list[dict[str, Any]]:
        """Return the person and the exposure; whose name was erased is there by a keyed identifier alone."""
        who = self.entries.url("RelatedPerson", one.id)
        return [self._person(one, who, patient), self._exposure(one, who, patient, encounter)]

    def _person(self, one: ExportContact, url: str, patient: Mapping[str, str]) -> dict[str, Any]:
        words = self.entries.words
        resource: dict[str, Any] = {
            "active": True,
            "patient": patient,
            "relationship": [
                {
                    "coding": [{"system": words.text("systems", "relationship"), "code": "CONTACT"}],
                    "text": words.text("texts", f"contact_{self.language}"),
                }
            ],
        }
        gender = words.words("gender").get(one.sex or "")
        if gender:
            resource["gender"] = gender
        if one.person is not None:
            resource |= named(one.person)
            if one.person.address:
                resource["address"] = [{"text": one.person.address}]
        return self.entries.put(url, "RelatedPerson", one.id, **resource)

    def _exposure(self, one: ExportContact, who: str, patient: Mapping[str, str], encounter: str) -> dict[str, Any]:
        """Return the exposure: its subject is the case, its focus the contact (R4 Observation.focus)."""
        words = self.entries.words
        resource: dict[str, Any] = {
            "status": "preliminary",  # chosen by a rule or a person, confirmed by nobody
            "code": {
                "coding": [
                    {"system": "http://hl7.org/fhir/sid/icd-10", "code": words.text("codes", "contact_icd10")},
                ],
                "text": words.text("texts", f"exposure_{self.language}"),
            },
            "subject": patient,
            "focus": [{"reference": who}],
            "encounter": {"reference": encounter},
        }
        if one.last_contact_on is not None:
            resource["effectiveDateTime"] = one.last_contact_on.isoformat()
        else:
            resource["_effectiveDateTime"] = {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}
        if one.why is not None:
            system = words.text("systems", "nearness")
            resource["valueCodeableConcept"] = {"coding": [{"system": system, "code": one.why}]}
        seat = one.voyage.seat if one.voyage else None
        if seat:
            code = {"coding": [{"system": words.text("systems", "nearness"), "code": "SEAT_NUMBER"}]}
            resource["component"] = [{"code": code, "valueString": seat}]
        return self.entries.put(
            self.entries.url("Observation", "exposure", one.id), "Observation", "exposure", one.id, **resource
        )
