"""Words of crossings on paper, in the language in force when they are asked for."""

from bmis.crossings.crossing import Crossing
from bmis.crossings.decision import Decision, Direction
from bmis.documents.document_kinds import document_kind
from bmis.documents.states import state
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.paper.page import moment


def decision_words(decision: Decision) -> str:
    """Return the decision as the traveller reads it."""
    return {
        Decision.ADMITTED: _("Admitted"),
        Decision.EXITED: _("Exit recorded"),
        Decision.REFUSED_ENTRY: _("Entry refused"),
        Decision.EXIT_PREVENTED: _("Exit prevented"),
        Decision.PENDING_SECONDARY: _("Awaiting secondary inspection"),
        Decision.REFERRED: _("Referred"),
        Decision.WITHDRAWN: _("Withdrawn by the traveller"),
        Decision.TRANSIT_ONLY: _("Transit only"),
    }[decision]


def direction_words(direction: Direction) -> str:
    """Return entry or exit."""
    return _("Entry") if direction is Direction.ENTRY else _("Exit")


def name_words(crossing: Crossing) -> str | None:
    """Return the name as the document shows it, surname first; None where none is known."""
    document = crossing.document
    return ", ".join(part for part in (document.shown_surname, document.shown_given_names) if part) or None


def state_words(code: str | None) -> str | None:
    """Return a State's name with its printed code; the code alone where no name is known."""
    if code is None:
        return None
    found = state(code)
    return f"{found.name(current_language())} ({code})" if found else code


def kind_words(crossing: Crossing) -> str:
    """Return the kind of document."""
    return document_kind(crossing.document.kind).name(current_language())


def crossed_at_words(crossing: Crossing) -> str:
    """Return when the crossing was, on the wall clock of its post."""
    return moment(local(crossing.crossed_at, crossing.place.utc_offset_minutes))


def crossing_number(crossing: Crossing) -> str:
    """Return the number that people read out: post and lane, four characters of the desk, the desk's own count."""
    place = crossing.place
    at = place.post_code.rsplit(".", 1)[-1]
    desk = place.desk_id.rsplit("-", 1)[-1][:4]
    return f"{at}{place.lane}-{desk}-{crossing.seq:06}".upper()
