"""The words of the sheet of a voyage: its parts, its fields, how people sit."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _

_PARTS: Mapping[str, Callable[[], str]] = {
    "vehicle": lambda: _("Conveyance"),
    "places": lambda: _("Places and day"),
    "seats": lambda: _("Seats and people"),
    "charge": lambda: _("Who is in charge"),
}
_FIELDS: Mapping[str, Callable[[], str]] = {
    "conveyance": lambda: _("Conveyance"),
    "number": lambda: _("Flight, plate or vessel"),
    "carrier": lambda: _("Carrier"),
    "imo": lambda: _("IMO number of the ship"),
    "waters": lambda: _("Waters"),
    "passage": lambda: _("It"),
    "day": lambda: _("Day at this post"),
    "direction": lambda: _("Direction"),
    "origin": lambda: _("From"),
    "destination": lambda: _("To"),
    "arrived_at": lambda: _("Arrived at"),
    "seating": lambda: _("Seats"),
    "letters": lambda: _("Own plan: letters (ABC DEF)"),
    "first_row": lambda: _("Own plan: first row"),
    "last_row": lambda: _("Own plan: last row"),
    "skipped": lambda: _("Own plan: rows left out"),
    "passenger_count": lambda: _("Passengers"),
    "crew_count": lambda: _("Crew"),
    "in_charge": lambda: _("Surname (driver, master, pilot)"),
    "given_names": lambda: _("Given names"),
    "phone": lambda: _("Telephone"),
}
_WATERS: Mapping[str, Callable[[], str]] = {
    "SEA": lambda: _("sea"),
    "LAKE": lambda: _("lake"),
    "RIVER": lambda: _("river"),
}


def sheet_part_word(code: str) -> str:
    """Return a part of the sheet."""
    return _PARTS[code]()


def sheet_field_word(name: str) -> str:
    """Return a field of the sheet."""
    return _FIELDS[name]()


def waters_word(code: str) -> str:
    """Return where a ship or boat sails."""
    return _WATERS[code]()
