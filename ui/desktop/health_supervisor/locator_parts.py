"""The parts of a passenger locator form as fields that are asked, and the form that their answers make. No Qt."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from bmis.documents.states import state
from poe_health.codes import choices
from poe_health.voyages.locator import Address, Companion, EmergencyContact, FamilyMember, LocatorForm, Phones
from poe_health.voyages.seats import Seat
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import count_of, day_of

HEAD = ("carrier", "voyage_no", "seat", "arrival_date")
WHO = ("surname", "given_names", "middle_initial", "sex")
REACH = (*(one.name for one in fields(Phones)), "email")
ADDRESS = tuple(one.name for one in fields(Address))
EMERGENCY = tuple(one.name for one in fields(EmergencyContact))
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "head": HEAD,
    "who": WHO,
    "phones": REACH,
    "address_permanent": ADDRESS,
    "address_temporary": ADDRESS,
    "emergency_contact": EMERGENCY,
}
FAMILY = ("surname", "given_names", "seat", "age")
COMPANION = ("surname", "given_names", "group")
MOST_PEOPLE = 60  # persons on one form
OLDEST_CHILD = 17  # the age of a family member is asked only under 18


def texts_of(form: LocatorForm, section: str) -> dict[str, str]:
    """Return what stands in the fields of a section; a day as dd/mm/yyyy."""
    noun = _noun_of(form, section)
    found = {name: getattr(noun, name) for name in SECTIONS[section] if hasattr(noun, name)}
    if section == "phones":
        found["email"] = form.email
    return {name: _text(value) for name, value in found.items()}


def with_section(form: LocatorForm, section: str, said: Mapping[str, str]) -> LocatorForm:
    """Return the form with a section as it was answered.

    Raises:
        TypedFieldError: a country that is none, a day that is none. VoyageFieldError: a seat written otherwise.
        HealthCodeError: a sex of no list.
    """
    values: dict[str, Any] = {name: said[name].strip() or None for name in SECTIONS[section]}
    if "country" in values and values["country"] is not None:
        values["country"] = _country(values["country"])
    if section == "head":
        values["seat"] = _seat(said["seat"])
        values["arrival_date"] = day_of(said["arrival_date"], "arrival_date")
    if section == "who" and values["sex"] is not None and values["sex"] not in choices("sex"):
        raise TypedFieldError("sex")
    if section in ("head", "who"):
        return replace(form, **values)
    if section == "phones":
        return replace(form, email=values.pop("email"), phones=Phones(**values))
    return replace(form, **{section: replace(_noun_of(form, section), **values)})


def family_member(said: Mapping[str, str]) -> FamilyMember:
    """Return a member of the family. Raises TypedFieldError, VoyageFieldError."""
    age = count_of(said["age"], "age", OLDEST_CHILD)
    return FamilyMember(said["surname"], said["given_names"], _seat(said["seat"]), age)


def companion(said: Mapping[str, str]) -> Companion:
    """Return somebody who travels along."""
    return Companion(said["surname"], said["given_names"], said["group"] or None)


def member_texts(one: FamilyMember | Companion) -> dict[str, str]:
    """Return what stands in the fields of a person on the form."""
    return {each.name: _text(getattr(one, each.name)) for each in fields(one)}


def _noun_of(form: LocatorForm, section: str) -> Any:
    return form if section in ("head", "who") else getattr(form, section)


def _country(typed: str) -> str:
    found = state(typed.upper())
    if found is None:
        raise TypedFieldError("country")
    return typed.upper()


def _seat(typed: str) -> Seat | None:
    return Seat.parse(typed) if typed.strip() else None


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
