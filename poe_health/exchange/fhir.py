"""FHIR R4: a transaction for each case, under identifiers of our own, so that the same case twice is one case.

The patient is made only if the token is not there (ifNoneExist); the rest is a conditional update by its identifier.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bmis.kernel.clock import local
from poe_health.codes import exposures, symptoms
from poe_health.exchange.countries import iso2
from poe_health.exchange.dhis2_tracker import json_bytes
from poe_health.exchange.fhir_contacts import ContactEntries
from poe_health.exchange.fhir_entry import Entries, coded, entry, named, searched, wall
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.package import Notes, Package, fields_in
from poe_health.exchange.source import ExportCase, ExportContact, ExportTemperature
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import RuleSet

NAME = "fhir"
_SHORT = {Answer.YES: "Y", Answer.NO: "N", Answer.UNKNOWN: "U"}


@dataclass(frozen=True, slots=True)
class CaseBundle:
    """The entries of one case, in the order in which they refer to each other; or of one report of counts.

    ``case``: our identifier of it, under which the receiver's answer is told.
    """

    case: UUID | str
    entries: tuple[Mapping[str, Any], ...]


class FhirPayload:
    """Makes transaction entries out of cases. ``language`` is that of the texts (pt or en).

    ``contacts`` go with their case; whoever may not have names is given none.
    """

    def __init__(
        self,
        words: ReceiverWords,
        keys: ExchangeKeys,
        rules: RuleSet,
        language: str,
        contacts: Sequence[ExportContact] = (),
    ) -> None:
        self._words, self._rules, self._language = words, rules, language
        self._entries = Entries(words, keys)
        self._url, self._put = self._entries.url, self._entries.put
        self._contacts = contacts
        self.notes = Notes()

    def of(self, case: ExportCase) -> CaseBundle:
        """Return the entries of a case."""
        patient = self._url("Patient", case.post_code, case.ref)  # two cases under one pseudonym are one patient
        encounter = self._url("Encounter", case.id)
        subject = {"reference": patient}
        entries = [self._patient(case, patient), self._encounter(case, encounter, subject)]
        entries += [self._temperature(case, one, subject, encounter) for one in case.temperatures]
        condition = self._condition(case, subject, encounter)
        if condition is not None:
            entries.append(condition)
        entries.append(self._answers(case, subject, encounter))
        if case.referral is not None:
            entries.append(self._referral(case, subject, encounter, condition))
        exposed = ContactEntries(self._entries, self._language)
        for one in self._contacts:
            if one.case_id == case.id:
                entries += exposed.of(one, subject, encounter)
        return CaseBundle(case.id, tuple(entries))

    def _patient(self, case: ExportCase, url: str) -> dict[str, Any]:
        system = self._words.text("systems", "token")
        value = f"{case.post_code}/{case.ref}"
        resource: dict[str, Any] = {
            "resourceType": "Patient",
            "identifier": [{"use": "secondary", "system": system, "value": value}],
        }
        gender = self._words.words("gender").get(case.sex or "")
        if gender:
            resource["gender"] = gender
        if case.person is not None:
            resource |= named(case.person)
        place = {"state": case.mz_province, "district": case.mz_district}
        known = {name: text for name, text in place.items() if text}
        if known:
            resource["address"] = [{"country": "MZ", **known}]
        if case.disposition == "DIED":
            resource["deceasedBoolean"] = True
        return entry(url, resource, {"method": "POST", "url": "Patient", "ifNoneExist": searched(system, value)})

    def _encounter(self, case: ExportCase, url: str, subject: Mapping[str, str]) -> dict[str, Any]:
        period = {"start": wall(case.opened_at)}
        if case.closed_at is not None:
            period["end"] = wall(case.closed_at)
        act = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}
        status = "finished" if case.closed_at is not None else "in-progress"
        return self._put(url, "Encounter", case.id, status=status, **{"class": act}, subject=subject, period=period)

    def _temperature(
        self, case: ExportCase, one: ExportTemperature, subject: Mapping[str, str], encounter: str
    ) -> dict[str, Any]:
        parts = (case.id, one.at.isoformat(), one.method or "")
        vital = "http://terminology.hl7.org/CodeSystem/observation-category"
        resource: dict[str, Any] = {
            "meta": {"profile": ["http://hl7.org/fhir/StructureDefinition/bodytemp"]},
            "status": "final",
            "category": [{"coding": [{"system": vital, "code": "vital-signs"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "8310-5", "display": "Body temperature"}]},
            "subject": subject,
            "encounter": {"reference": encounter},
            "effectiveDateTime": wall(one.at),
            "valueQuantity": {
                "value": one.celsius,
                "unit": "Cel",
                "system": "http://unitsofmeasure.org",
                "code": "Cel",
            },
        }
        if one.method is not None:
            resource["method"] = {"coding": [{"system": self._words.text("systems", "method"), "code": one.method}]}
        return self._put(self._url("Observation", *parts), "Observation", *parts, **resource)

    def _condition(self, case: ExportCase, subject: Mapping[str, str], encounter: str) -> dict[str, Any] | None:
        disease = self._rules.diseases.get(case.disease or "")
        if disease is None:
            if case.disease is not None:
                self.notes.add("disease_unmapped", case.disease)
            return None
        base = "http://terminology.hl7.org/CodeSystem/"
        resource: dict[str, Any] = {
            "clinicalStatus": {"coding": [{"system": f"{base}condition-clinical", "code": "active"}]},
            "verificationStatus": {"coding": [{"system": f"{base}condition-ver-status", "code": "unconfirmed"}]},
            "code": {
                "coding": [
                    {"system": "http://hl7.org/fhir/sid/icd-10", "code": disease.icd10},
                    {"system": "http://id.who.int/icd/release/11/mms", "code": disease.icd11},
                ],
                "text": disease.label(self._language),
            },
            "subject": subject,
            "encounter": {"reference": encounter},
            "recordedDate": local(case.opened_at).date().isoformat(),
        }
        if case.onset is not None:
            resource["onsetDateTime"] = case.onset.isoformat()
        return self._put(self._url("Condition", case.id), "Condition", case.id, **resource)

    def _answers(self, case: ExportCase, subject: Mapping[str, str], encounter: str) -> dict[str, Any]:
        resource = {
            "questionnaire": self._words.text("systems", "questionnaire"),
            "status": "completed" if case.closed_at is not None else "in-progress",
            "subject": subject,
            "encounter": {"reference": encounter},
            "authored": wall(case.closed_at or case.opened_at),
            "item": list(self._items(case)),
        }
        one = "QuestionnaireResponse"
        return self._put(self._url(one, case.id), one, case.id, **resource)

    def _items(self, case: ExportCase) -> Iterator[dict[str, Any]]:
        """Yield what was answered; a question that was not asked is not there."""
        answers = self._words.text("systems", "yes_no_unknown")
        for code, answer in sorted(case.symptoms.items()):
            text = symptoms()[code].label(self._language) if code in symptoms() else code
            yield _item(f"symptoms.{code}", coded(answers, _SHORT[answer]), text)
        for code, said in sorted(case.exposures.items()):
            text = exposures()[code].label(self._language) if code in exposures() else code
            values = [coded(answers, _SHORT[said.answer])]
            if said.last_on is not None:
                values.append({"valueDate": said.last_on.isoformat()})
            yield {"linkId": f"exposures.{code}", "text": text, "answer": values}
        for name in ("direction", "certificate", "risk", "disposition"):
            value = getattr(case, name)
            if value is not None:
                yield _item(name, coded(self._words.text("systems", name), value))
        if case.origin_country is not None and (country := iso2(case.origin_country)):
            yield _item("origin_country", coded("urn:iso:std:iso:3166", country))

    def _referral(
        self, case: ExportCase, subject: Mapping[str, str], encounter: str, condition: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        referral = case.referral
        assert referral is not None
        resource: dict[str, Any] = {
            "status": "active",
            "intent": "order",
            "priority": "urgent" if referral.urgent else "routine",
            "code": {"text": self._words.text("texts", f"referral_{self._language}")},
            "subject": subject,
            "encounter": {"reference": encounter},
            "authoredOn": wall(referral.at),
            "performer": [{"display": referral.facility}],
        }
        if condition is not None:
            resource["reasonReference"] = [{"reference": condition["fullUrl"]}]
        return self._put(self._url("ServiceRequest", referral.id), "ServiceRequest", referral.id, **resource)


def transaction(bundles: Sequence[CaseBundle], at: datetime) -> dict[str, Any]:
    """Return a transaction Bundle: the server takes all of it or nothing."""
    entries = list({entry["fullUrl"]: entry for bundle in bundles for entry in bundle.entries}.values())
    return {"resourceType": "Bundle", "type": "transaction", "timestamp": wall(at), "entry": entries}


def fhir_package(
    cases: Sequence[ExportCase],
    words: ReceiverWords,
    keys: ExchangeKeys,
    rules: RuleSet,
    at: datetime,
    language: str,
    contacts: Sequence[ExportContact] = (),
) -> Package:
    """Return one transaction of all cases with their contacts; ``at`` is the moment of the export."""
    payload = FhirPayload(words, keys, rules, language, contacts)
    those = {one.id for one in cases}
    document = transaction([payload.of(one) for one in cases], at)
    return Package(
        main=json_bytes(document),
        records=len(document["entry"]),
        people=len(cases) + sum(one.case_id in those for one in contacts),
        fields=fields_in([document]),
        notes=payload.notes.all(),
        mapping=words.version,
    )


def _item(link: str, answer: Mapping[str, Any], text: str | None = None) -> dict[str, Any]:
    words = {} if text is None else {"text": text}
    return {"linkId": link, **words, "answer": [answer]}
