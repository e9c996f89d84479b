"""The passenger locator form (ICAO Annex 9, Appendix 13): collected only when disease on board is suspected."""

from dataclasses import dataclass
from datetime import date

from poe_health.rules.answer import Answer
from poe_health.voyages.seats import Seat
from poe_health.voyages.settings import locator_rule


@dataclass(frozen=True, slots=True)
class Phones:
    """Numbers with their country code; one is enough."""

    mobile: str | None = None
    business: str | None = None
    home: str | None = None
    other: str | None = None

    @property
    def is_given(self) -> bool:
        """Return whether there is one."""
        return any(_said(one) for one in (self.mobile, self.business, self.home, self.other))


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody can be found. ``landmark`` stands for a street that has no name; ``hotel`` when visiting."""

    country: str | None = None
    city: str | None = None
    street: str | None = None
    unit: str | None = None
    state: str | None = None
    postcode: str | None = None
    hotel: str | None = None
    landmark: str | None = None

    @property
    def is_given(self) -> bool:
        """Return whether a person could be looked for there: a country, and a city or a landmark."""
        return _said(self.country) and (_said(self.city) or _said(self.landmark))


@dataclass(frozen=True, slots=True)
class EmergencyContact:
    """Who can reach the traveller during the next 30 days."""

    surname: str | None = None
    given_names: str | None = None
    city: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None
    other_phone: str | None = None

    @property
    def is_given(self) -> bool:
        """Return whether there is a name and a way to reach it."""
        return (_said(self.surname) or _said(self.given_names)) and (
            _said(self.phone) or _said(self.other_phone) or _said(self.email)
        )


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """Somebody of the family on the same form; ``age`` only under 18."""

    surname: str
    given_names: str
    seat: Seat | None = None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who travels along and is not family; ``group``: team, company, school."""

    surname: str
    given_names: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class LocatorForm:
    """What one adult writes for a family. ``seat`` is asked only where seats have numbers."""

    carrier: str | None = None
    voyage_no: str | None = None
    seat: Seat | None = None
    arrival_date: date | None = None
    surname: str | None = None
    given_names: str | None = None
    middle_initial: str | None = None
    sex: str | None = None
    phones: Phones = Phones()
    email: str | None = None
    address_permanent: Address = Address()
    address_temporary: Address = Address()
    emergency_contact: EmergencyContact = EmergencyContact()
    family: tuple[FamilyMember, ...] = ()
    non_family: tuple[Companion, ...] = ()

    def missing(self, *, here: str = "MOZ", numbered_seats: bool = True) -> tuple[str, ...]:
        """Return the required fields that are not filled.

        A visitor, whose permanent address is not ``here`` or is not known, is asked for the temporary one too.
        """
        rule = locator_rule()
        wanted = [name for name in rule.required if numbered_seats or name != "seat"]
        if self.address_permanent.country != here:
            wanted += rule.when_visiting
        return tuple(name for name in wanted if not _given(getattr(self, name)))


def form_is_asked(suspected_on_board: Answer) -> bool:
    """Return whether the form is collected: only when disease on board is suspected (arts 23, 35)."""
    return suspected_on_board is Answer.YES


def _given(value: object) -> bool:
    if isinstance(value, Phones | Address | EmergencyContact):
        return value.is_given
    return _said(value) if isinstance(value, str) else value is not None


def _said(text: str | None) -> bool:
    return bool(text and text.strip())
