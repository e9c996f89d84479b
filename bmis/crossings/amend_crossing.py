"""Correcting named fields of a crossing, by an event with its reason and what stood there before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from bmis.crossings.asking import in_codes, require_asked
from bmis.crossings.crossing import Crossing, EventKind
from bmis.crossings.errors import AmendRefusedError, NotStandingError, ReasonNeededError
from bmis.crossings.keeping import existing, keep_event, new_event
from bmis.crossings.payload import crossing_of, crossing_payload, plain_value, value_at, with_changes
from bmis.crossings.records import SqlCrossings
from bmis.crossings.rules import amendable_fields
from bmis.crossings.view import CrossingView, RecordState
from bmis.documents.document_kinds import missing_reasons
from bmis.documents.errors import DateTextError
from bmis.documents.names.transliteration import mrz_form
from bmis.documents.states import state
from bmis.documents.travel_document import LONGEST_NAME, LONGEST_NUMBER, SEXES, TravelDocument
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.store.unit import OpenUnit

LONGEST_REASON = 500
LONGEST_TEXT = 300
_LONGEST = {
    "document.number": LONGEST_NUMBER,
    "document.surname": LONGEST_NAME,
    "document.given_names": LONGEST_NAME,
    "document.viz_surname": LONGEST_NAME,
    "document.viz_given_names": LONGEST_NAME,
}


@dataclass(frozen=True, slots=True)
class AmendCrossing:
    """Which fields may be corrected is dated data; the decision, the moment and the place never are."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, crossing_id: UUID, changes: Mapping[str, Any], reason: str, by: Actor) -> CrossingView:
        """Return the crossing as it now stands.

        Args:
            crossing_id: which.
            changes: field of the request ("journey.purpose", "document.birth_date") to its new value in plain form
                (dates YYYY-MM-DD, YYYY-MM or YYYY); None clears the field.
            reason: why, in words.
            by: who corrects.

        Raises:
            NotAllowedError: the role does not correct crossings.
            ReasonNeededError: no reason, or one too long.
            CrossingUnknownError: there is none.
            NotStandingError: it was undone or annulled.
            AmendRefusedError: ``why`` is field, value or same.
            ValueUnknownError: a mode, purpose or class that is in no list.
            FieldsMissingError: a field that this traveller must have would be cleared.
        """
        require(by, Permission.AMEND_CROSSING)
        said = reason.strip()
        if not said or len(said) > LONGEST_REASON:
            raise ReasonNeededError(longest=LONGEST_REASON)
        now = self.now()
        with self.open_unit() as unit:
            store = SqlCrossings(unit)
            view = existing(store, crossing_id)
            if view.state is not RecordState.STANDING:
                raise NotStandingError
            before = crossing_payload(view.crossing)
            after = crossing_payload(_amended(view.crossing, before, changes, local(now).date()))
            pairs = {
                name: (value_at(before, f"request.{name}"), value_at(after, f"request.{name}"))
                for name in (*changes, *_reasons(before), *_reasons(after))
            }
            moved = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
            if not moved:
                raise AmendRefusedError(why="same", field=None)
            event = new_event(EventKind.AMENDED, crossing_id, by.name, now, said)
            keep_event(unit, replace(event, changes=moved))
            amended = existing(store, crossing_id)
            unit.commit()
        return amended


def _amended(crossing: Crossing, payload: Mapping[str, Any], changes: Mapping[str, Any], on: date) -> Crossing:
    """Return the crossing with the changes, every rule on its fields applied as when it was recorded."""
    allowed = amendable_fields(on)
    for name, value in changes.items():
        if name not in allowed:
            raise AmendRefusedError(why="field", field=name[:60])
        _require_value(name, value)
    plain_changes = {f"request.{name}": _as_kept(name, plain_value(value)) for name, value in changes.items()}
    try:
        changed = crossing_of(with_changes(payload, plain_changes))
    except (TypeError, ValueError, KeyError, AttributeError, DateTextError) as error:
        raise AmendRefusedError(why="value", field=next(iter(changes))[:60]) from error
    document = changed.request.document
    missing = {name: reason for name, reason in document.missing.items() if not _is_known(document, name)}
    request = in_codes(replace(changed.request, document=replace(document, missing=missing)), on)
    require_asked(replace(request, carried_over=frozenset()), crossing.decision, on)
    return replace(changed, request=request)


def _is_known(document: TravelDocument, name: str) -> bool:
    """Return whether the document has the field, so that a reason for its absence no longer holds."""
    birth = document.birth_date
    if name == "birth_month":
        return birth is not None and birth.month is not None
    if name == "birth_day":
        return birth is not None and birth.day is not None
    return getattr(document, name, None) is not None


def _reasons(payload: Mapping[str, Any]) -> list[str]:
    """Return the names of the reasons why fields are missing: one goes when its field becomes known."""
    return [f"document.missing.{name}" for name in value_at(payload, "request.document.missing") or ()]


def _as_kept(name: str, value: Any) -> Any:
    """Return the value as a document keeps it: MRZ names in A-Z, numbers in capitals."""
    if name in ("document.surname", "document.given_names") and isinstance(value, str):
        return mrz_form(value)
    return value.strip().upper() if name == "document.number" and isinstance(value, str) else value


def _require_value(name: str, value: Any) -> None:
    if isinstance(value, str):
        longest = _LONGEST.get(name, LONGEST_TEXT)
        if not value.strip() or len(value) > longest or not value.isprintable():
            raise AmendRefusedError(why="value", field=name)
    if value is None:
        return
    if name in ("document.issuing_state", "document.nationality") and state(str(value)) is None:
        raise AmendRefusedError(why="value", field=name)
    if name.startswith("document.missing.") and value not in missing_reasons():
        raise AmendRefusedError(why="value", field=name)
    if name == "document.sex" and value not in SEXES:
        raise AmendRefusedError(why="value", field=name)
    if name == "journey.intended_days" and not (isinstance(value, int) and 0 <= value <= 3660):
        raise AmendRefusedError(why="value", field=name)
