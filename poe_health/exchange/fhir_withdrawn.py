"""Taking a case back at a FHIR server: what we put there is entered-in-error, and says nothing of anybody any more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid5

from poe_health.exchange.fhir import CaseBundle
from poe_health.exchange.fhir_entry import ABSENT, entry, searched, updated

WRONG = "entered-in-error"
_PATIENT = "Patient"
_NOT_SAID = {"extension": [{"url": ABSENT, "valueCode": "error"}]}
_VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_ACT = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"


def things_of(entries: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return by what each of the resources is found at the server again: its kind and identifier."""
    found = []
    for one in entries:
        request = one["request"]
        found.append(f"Patient?{request['ifNoneExist']}" if "ifNoneExist" in request else str(request["url"]))
    return tuple(found)


def withdrawn_bundle(case: UUID, things: Sequence[str], *, named: bool) -> CaseBundle:
    """Return the entries that take a case back. A patient under a name of its own is no longer active and has no name.

    A patient under pseudonym may have other cases and stays.
    """
    patients = [one for one in things if one.startswith(f"{_PATIENT}?")]
    subject = {"reference": _url(case, patients[0])} if patients else _NOT_SAID
    entries = [_patient(case, one, named=named) for one in patients]
    for one in things:
        kind, system, value = _parts(one)
        if kind != _PATIENT:
            entries.append(updated(_url(case, one), kind, system, value, _wrong(kind, subject)))
    return CaseBundle(case, tuple(entries))


def _patient(case: UUID, thing: str, *, named: bool) -> dict[str, Any]:
    _kind, system, value = _parts(thing)
    resource = {"resourceType": _PATIENT, "identifier": [{"use": "secondary", "system": system, "value": value}]}
    search = searched(system, value)
    if not named:
        return entry(_url(case, thing), resource, {"method": "POST", "url": _PATIENT, "ifNoneExist": search})
    return entry(_url(case, thing), resource | {"active": False}, {"method": "PUT", "url": f"{_PATIENT}?{search}"})


def _wrong(kind: str, subject: Mapping[str, Any]) -> dict[str, Any]:
    """Return the least that FHIR R4 wants of a resource that is in error; con-5: such a condition has no status."""
    if kind == "Condition":
        return {"verificationStatus": {"coding": [{"system": _VERIFICATION, "code": WRONG}]}, "subject": subject}
    if kind == "RelatedPerson":
        return {"active": False, "patient": subject}
    if kind == "Encounter":
        return {"status": WRONG, "class": {"system": _ACT, "code": "UNK"}, "subject": subject}
    more: dict[str, dict[str, Any]] = {"Observation": {"code": {"text": WRONG}}, "ServiceRequest": {"intent": "order"}}
    return {"status": WRONG, **more.get(kind, {}), "subject": subject}


def _parts(thing: str) -> tuple[str, str, str]:
    kind, _, search = thing.partition("?identifier=")
    system, _, value = search.partition("|")
    return kind, unquote(system), unquote(value)


def _url(case: UUID, thing: str) -> str:
    return f"urn:uuid:{uuid5(case, thing)}"
