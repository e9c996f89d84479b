"""Words for what cells are counted under: posts, States, modes, purposes, reasons. Unknown is said to be unknown."""

from datetime import date
from functools import cache

from bmis.crossings.reasons import reason
from bmis.crossings.rules import purposes, travel_modes
from bmis.documents.document_kinds import document_kind
from bmis.documents.errors import UnknownDocumentKindError
from bmis.documents.states import states
from bmis.flows.cell import UNKNOWN
from bmis.flows.origin import NO_NATIONALITY
from bmis.kernel.i18n import translate as _
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry


def unknown_word() -> str:
    """Return how an unknown key is written."""
    return _("not known")


def post_name(code: str) -> str:
    """Return the name of a post, its code where the list no longer has it."""
    try:
        return point_of_entry(code).name
    except UnknownPostError:
        return code or unknown_word()


def province_of(code: str) -> str:
    """Return the province of a post."""
    try:
        return point_of_entry(code).province
    except UnknownPostError:
        return unknown_word()


def country_name(code: str, language: str) -> str:
    """Return the name of a State from the code that cells have."""
    if code == UNKNOWN:
        return unknown_word()
    if code == NO_NATIONALITY:
        return _("Without a defined nationality")
    return _names(language).get(code, code)


def mode_name(code: str, on: date, language: str) -> str:
    """Return the label of a means of travel."""
    return travel_modes(on).label(code, language) if code else unknown_word()


def purpose_name(code: str, on: date, language: str) -> str:
    """Return the label of a purpose."""
    return purposes(on).label(code, language) if code else unknown_word()


def reason_name(code: str, language: str) -> str:
    """Return the label of a reason for refusing or keeping back."""
    found = reason(code) if code else None
    return found.label(language) if found else code or unknown_word()


def kind_name(code: str, language: str) -> str:
    """Return the name of a kind of document."""
    try:
        return document_kind(code).name(language)
    except UnknownDocumentKindError:
        return code or unknown_word()


@cache
def _names(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in states().values():
        if each.kind == "iso3166-1":
            found[each.code] = each.name(language)
    for code, each in states().items():
        found.setdefault(code, each.name(language))
    return found
