"""What every entry of a FHIR transaction needs: identifiers of ours, conditional requests, codes, names, moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from bmis.kernel.clock import local
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.source import ExportPerson

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


@dataclass(frozen=True, slots=True)
class Entries:
    """Makes entries under our own keyed identifiers."""

    words: ReceiverWords
    keys: ExchangeKeys

    def url(self, kind: str, *parts: UUID | str) -> str:
        """Return by what the other entries refer to it."""
        return f"urn:uuid:{self.keys.uuid(f'fhir.{kind}', *parts)}"

    def put(self, url: str, kind: str, *parts: UUID | str, **resource: Any) -> dict[str, Any]:
        """Return a conditional update: the server makes it or changes it, by our identifier."""
        value = str(self.keys.uuid(f"fhir.{kind}", *parts))
        return updated(url, kind, self.words.text("systems", "resource"), value, resource)


def updated(url: str, kind: str, system: str, value: str, resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return a conditional update of the resource that bears the identifier."""
    identifier: Any = {"system": system, "value": value}
    if kind != "QuestionnaireResponse":  # has one identifier; the others have a list
        identifier = [identifier]
    request = {"method": "PUT", "url": f"{kind}?{searched(system, value)}"}
    return entry(url, {"resourceType": kind, "identifier": identifier, **resource}, request)


def searched(system: str, value: str) -> str:
    """Return the search that finds an identifier."""
    return f"identifier={quote(system, safe=':/')}|{quote(value, safe='/')}"


def entry(url: str, resource: Mapping[str, Any], request: Mapping[str, str]) -> dict[str, Any]:
    """Return one entry of a transaction."""
    return {"fullUrl": url, "resource": resource, "request": request}


def named(person: ExportPerson) -> dict[str, Any]:
    """Return who somebody is, in the fields that Patient and RelatedPerson share; what is not known is not there."""
    name: dict[str, Any] = {"family": person.surname} if person.surname else {}
    if person.given_names.split():
        name["given"] = person.given_names.split()
    found: dict[str, Any] = {"name": [name]} if name else {}
    if person.birth_date is not None:
        found["birthDate"] = str(person.birth_date)  # FHIR takes YYYY and YYYY-MM too
    if person.phones:
        found["telecom"] = [{"system": "phone", "value": phone} for phone in person.phones]
    return found


def coded(system: str, code: str) -> dict[str, Any]:
    """Return an answer that is a code."""
    return {"valueCoding": {"system": system, "code": code}}


def wall(at: datetime) -> str:
    """Return a moment on the wall clock of the post, with its offset."""
    return local(at).isoformat(timespec="seconds")
