"""The labels of the fields of a health case. It knows no room, so that errors are worded with it too."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _

FIELDS: Mapping[str, Callable[[], str]] = {
    "surname": lambda: _("Surname"),
    "given_names": lambda: _("Given names"),
    "birth_date": lambda: _("Date of birth"),
    "age_years": lambda: _("Age in years"),
    "sex": lambda: _("Sex"),
    "nationality": lambda: _("Nationality"),
    "document_kind": lambda: _("Kind of document"),
    "document_number": lambda: _("Document number"),
    "document_country": lambda: _("Country of the document"),
    "occupation": lambda: _("Occupation"),
    "phone": lambda: _("Telephone"),
    "emergency_contact": lambda: _("Whom to call"),
    "address_next": lambda: _("Address of the next days"),
    "seat": lambda: _("Seat"),
    "express_number": lambda: _("Number of the cholera express card"),
    "language": lambda: _("Language of the explanation"),
    "interpreter": lambda: _("Interpreter"),
    "read_aloud": lambda: _("Explained aloud"),
    "appearance": lambda: _("Appearance"),
    "onset_on": lambda: _("Ill since"),
    "antipyretic_8h": lambda: _("Fever medicine, last 8 h"),
    "pregnant": lambda: _("Pregnant"),
    "health_worker": lambda: _("Health worker"),
    "temperature": lambda: _("Temperature, °C"),
    "temperature_method": lambda: _("How measured"),
    "pulse": lambda: _("Pulse a minute"),
    "breaths": lambda: _("Breaths a minute"),
    "oxygen": lambda: _("Oxygen, %"),
    "pressure": lambda: _("Blood pressure"),
    "direction": lambda: _("Direction"),
    "conveyance": lambda: _("Conveyance"),
    "conveyance_id": lambda: _("Plate or number"),
    "origin_country": lambda: _("Coming from"),
    "certificate": lambda: _("Yellow fever certificate"),
    "residence_seeker": lambda: _("Seeks residence"),
    "itinerary": lambda: _("Itinerary"),
    "note": lambda: _("Notes on the case"),
    "exam_note": lambda: _("Found by examining"),
}


def case_field_word(name: str) -> str:
    """Return the label of a field of the case."""
    return FIELDS[name]()
