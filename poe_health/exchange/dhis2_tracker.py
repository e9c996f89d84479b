"""DHIS2 tracker: one tracked entity a case, with an enrolment and its events, under identifiers of our own.

The identifiers are the same each time, so that sending again is an update (importStrategy CREATE_AND_UPDATE). A case is
a tracked entity of its own, not a person: a second visit while the first is still followed up is then no error, and the
number of the document, which two countries give twice, is not sent at all. The server's own search joins people.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from poe_health.exchange.countries import iso2
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.package import Notes, Package, fields_in
from poe_health.exchange.source import ExportCase, ExportPerson, ExportVisit
from poe_health.rules.answer import Answer

NAME = "dhis2"
_DOMESTIC = "+258"
_NO_TIME = "T00:00:00.000"


@dataclass(frozen=True, slots=True)
class TrackedCase:
    """One case as the tracker takes it, and which of our cases each identifier in it is about."""

    case: UUID
    entity: Mapping[str, Any]
    uids: tuple[str, ...]


class TrackerPayload:
    """Makes tracked entities out of cases, in the words of a mapping."""

    def __init__(self, words: ReceiverWords, keys: ExchangeKeys) -> None:
        self._words, self._keys = words, keys
        self.notes = Notes()

    def of(self, case: ExportCase) -> TrackedCase:
        """Return the tracked entity of a case."""
        unit = self._org_unit(case.post_code)
        entity = self._keys.uid("tracked_entity", case.id)
        enrolment = self._keys.uid("enrollment", case.id)
        events = list(self._events(case, unit))
        document = {
            "trackedEntity": entity,
            "trackedEntityType": self._words.text("tracker", "tracked_entity_type"),
            "orgUnit": unit,
            "enrollments": [
                {
                    "enrollment": enrolment,
                    "program": self._words.text("tracker", "program"),
                    "orgUnit": unit,
                    "status": "ACTIVE" if _is_open(case) else "COMPLETED",
                    "enrolledAt": _wall(case.opened_at),
                    "occurredAt": _wall(case.opened_at),
                    "attributes": self._attributes(case),
                    "events": events,
                }
            ],
        }
        return TrackedCase(case.id, document, (entity, enrolment, *(one["event"] for one in events)))

    def _org_unit(self, post_code: str) -> str:
        if self._words.has("org_units", post_code):
            return self._words.text("org_units", post_code)
        if self._words.text("tracker", "org_unit_id_scheme") != "CODE":
            self.notes.add("org_unit_unmapped", post_code)
        return post_code

    def _attributes(self, case: ExportCase) -> list[dict[str, str]]:
        values = dict(_person_values(case.person)) if case.person else {}
        values["local_case_id"] = case.ref
        if case.sex is not None:
            values["sex"] = self._words.words("tracker", "sex").get(case.sex, "")
        if case.age_years is not None:
            values["age_years"] = str(case.age_years)
        mapped = self._words.words("tracker", "attributes")
        return [
            {"attribute": mapped[name], "value": value} for name, value in values.items() if value and name in mapped
        ]

    def _events(self, case: ExportCase, unit: str) -> Iterator[dict[str, Any]]:
        stages = self._words.words("tracker", "stages")
        common = {"program": self._words.text("tracker", "program"), "orgUnit": unit}
        yield {
            **common,
            "event": self._keys.uid("event.registration", case.id),
            "programStage": stages["registration"],
            "status": "COMPLETED" if case.disposition else "ACTIVE",
            "occurredAt": _wall(case.opened_at),
            "dataValues": self._registration(case),
        }
        for visit in sorted(case.visits, key=lambda one: (one.day, one.id)):
            yield {**common, **self._visit(visit, stages)}

    def _visit(self, visit: ExportVisit, stages: Mapping[str, str]) -> dict[str, Any]:
        status = self._words.words("tracker", "visit_status").get(visit.status)
        if status is None:
            self.notes.add("code_unmapped", visit.status)
            status = "SKIPPED"
        day = f"{visit.day.isoformat()}{_NO_TIME}"
        values = []
        present = self._words.words("tracker", "visit_symptoms").get(visit.status)
        if present is not None:
            values.append(self._value("any_symptom", present))
        if visit.status == "DONE":
            values.append(self._value("clearance_after_follow_up", "true"))
        return {
            "event": self._keys.uid("event.visit", visit.id),
            "programStage": stages["follow_up_end" if visit.status in {"DONE", "LOST"} else "follow_up"],
            "status": status,
            "scheduledAt": day,
            "occurredAt": day,
            "dataValues": values,
        }

    def _registration(self, case: ExportCase) -> list[dict[str, str]]:
        said = dict(self._answers(case))
        if case.temperatures:
            said["temperature_c"] = f"{max(one.celsius for one in case.temperatures):.1f}"
        said |= {name: value for name, value in self._journey(case) if value}
        if case.disposition is not None:
            cleared = case.disposition in self._words.several("tracker", "cleared")
            said["clearance"] = "true" if cleared else "false"
        mapped = self._words.words("tracker", "data_elements")
        return [self._value(name, value) for name, value in said.items() if name in mapped]

    def _answers(self, case: ExportCase) -> Iterator[tuple[str, str]]:
        """Yield what was answered: a question that was not asked is not sent, and unknown is never no."""
        spoken = self._words.words("tracker", "answers")
        mapped = self._words.words("tracker", "data_elements")
        for code, answer in case.symptoms.items():
            if code in mapped:
                yield code, spoken[answer.value]
            elif answer is Answer.YES:
                self.notes.add("symptom_unmapped", code)
        if Answer.YES in case.symptoms.values():
            yield "any_symptom", spoken[Answer.YES.value]
        for code, said in case.exposures.items():
            if code in mapped:
                yield code, spoken[said.answer.value]

    def _journey(self, case: ExportCase) -> Iterator[tuple[str, str | None]]:
        yield "origin_country", iso2(case.origin_country)
        if case.voyage is not None:
            yield "voyage_number", case.voyage.number
            yield "seat", case.voyage.seat
            yield "arrived_on", case.voyage.arrived_on.isoformat() if case.voyage.arrived_on else None
        visited = dict.fromkeys(iso2(stay.country) for stay in case.itinerary or ())
        for place, country in enumerate([one for one in visited if one][:3], 1):
            yield f"country_{place}", country

    def _value(self, name: str, value: str) -> dict[str, str]:
        return {"dataElement": self._words.text("tracker", "data_elements", name), "value": value}


def tracker_package(cases: Sequence[ExportCase], words: ReceiverWords, keys: ExchangeKeys) -> Package:
    """Return the file that the tracker imports as it is."""
    payload = TrackerPayload(words, keys)
    entities = [payload.of(case).entity for case in cases]
    return Package(
        main=json_bytes({"trackedEntities": entities}),
        records=len(entities),
        people=len(entities),
        fields=fields_in(entities),
        notes=payload.notes.all(),
        mapping=words.version,
    )


def json_bytes(document: object) -> bytes:
    """Return UTF-8 JSON for a person to look into, the same bytes for the same document."""
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _person_values(person: ExportPerson) -> Iterator[tuple[str, str]]:
    yield "surname", person.surname
    yield "given_names", person.given_names
    born: date | None = person.birth_date.as_date() if person.birth_date else None
    if born is not None:
        yield "birth_date", born.isoformat()
    yield "residence_country", iso2(person.residence_country) or ""
    for phone in person.phones:
        yield ("phone_local" if phone.startswith(_DOMESTIC) else "phone_foreign"), phone


def _is_open(case: ExportCase) -> bool:
    """Return whether nobody has decided yet, or the person is followed still."""
    followed = case.disposition == "FOLLOW_UP" and not any(one.status in {"DONE", "LOST"} for one in case.visits)
    return followed or case.disposition is None


def _wall(at: datetime) -> str:
    """Return the moment as the tracker takes it: the wall clock of the post, without an offset."""
    return local(at, MAPUTO_OFFSET_MINUTES).strftime("%Y-%m-%dT%H:%M:%S.000")
