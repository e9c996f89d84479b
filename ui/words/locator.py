"""The words of the passenger locator form (ICAO Annex 9, Appendix 13): its parts and its fields."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _

_PARTS: Mapping[str, Callable[[], str]] = {
    "head": lambda: _("Journey"),
    "who": lambda: _("Adult who fills it in"),
    "phones": lambda: _("Telephones and e-mail"),
    "address_permanent": lambda: _("Permanent address"),
    "address_temporary": lambda: _("Address of the stay"),
    "emergency_contact": lambda: _("Whom to call in an emergency"),
    "family": lambda: _("Family member"),
    "non_family": lambda: _("Travels along"),
}
_FIELDS: Mapping[str, Callable[[], str]] = {
    "carrier": lambda: _("Carrier"),
    "voyage_no": lambda: _("Flight, plate or vessel"),
    "seat": lambda: _("Seat"),
    "arrival_date": lambda: _("Date of arrival"),
    "surname": lambda: _("Surname"),
    "given_names": lambda: _("Given names"),
    "middle_initial": lambda: _("Middle initial"),
    "sex": lambda: _("Sex"),
    "mobile": lambda: _("Mobile telephone"),
    "business": lambda: _("Telephone at work"),
    "home": lambda: _("Telephone at home"),
    "other": lambda: _("Another telephone"),
    "phone": lambda: _("Telephone"),
    "other_phone": lambda: _("Another telephone"),
    "email": lambda: _("E-mail"),
    "country": lambda: _("Country (three letters)"),
    "city": lambda: _("City"),
    "street": lambda: _("Street and number"),
    "unit": lambda: _("Flat or room"),
    "state": lambda: _("State or province"),
    "postcode": lambda: _("Postcode"),
    "hotel": lambda: _("Hotel"),
    "landmark": lambda: _("Landmark, where the street has no name"),
    "age": lambda: _("Age, under 18"),
    "group": lambda: _("Group (team, company, school)"),
}


def part_word(code: str) -> str:
    """Return a part of the form."""
    return _PARTS[code]()


def locator_field_word(name: str) -> str:
    """Return a field of the form; a part where the whole part is meant."""
    return (_FIELDS.get(name) or _PARTS[name])()
