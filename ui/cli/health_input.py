"""The JSON of a screening that is to be stored, and what is printed of it. Everything that comes in is untrusted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bmis.kernel.identifiers import new_id
from bmis.kernel.plain import value_of
from poe_health.screening.errors import ErasedError
from poe_health.screening.form_json import context_from, form_from
from poe_health.screening.record import Measured, Person, ScreeningRequest, Secondary, Travel
from ui.cli.errors import InputFieldError, ValueRefusedError

if TYPE_CHECKING:
    from poe_health.screening.record_screening import Kept

SCREEN = "health-screen-in"


def request_from(said: Mapping[str, Any], day: date, now: datetime) -> ScreeningRequest:
    """Return what the object, already proved against its schema, asks to keep.

    Raises:
        InputFieldError: a field whose value no schema can judge.
        OfficerError: of BMIS-400 to 411, as ``form_from``.
    """
    given = said.get("request_id")
    return ScreeningRequest(
        request_id=UUID(given) if given else new_id(now),
        form=form_from(said, day),
        travel=_noun(Travel, said, "travel") or Travel(),
        temperatures=tuple(
            _noun(Measured, {"temperatures": one}, "temperatures") for one in said.get("temperatures", ())
        ),
        result=said.get("result"),
        reason=said.get("reason"),
        person=_noun(Person, said, "person"),
        secondary=_noun(Secondary, said, "secondary"),
        primary_id=_id(said.get("primary_id")),
        card=said.get("card"),
        desk_full=said.get("desk_full", False),
        context=context_from(said) if "context" in said else None,
        occurred_at=_moment(said.get("occurred_at")),
    )


def screening_id_of(untrusted_text: str) -> UUID:
    """Return the identifier of a screening as it was typed.

    Raises:
        ValueRefusedError: it is none.
    """
    try:
        return UUID(untrusted_text)
    except ValueError as error:
        raise ValueRefusedError(argument="ID") from error


def kept_json(kept: "Kept") -> dict[str, Any]:
    """Return what is printed of a kept screening: what the rules said, what was decided, the token. Nobody's name.

    Raises:
        ErasedError: the request came again after its answers were erased.
    """
    if kept.said is None:
        raise ErasedError
    view, said = kept.view, dict(kept.said)
    facts = view.facts
    proposed = said.get("disposition")
    return said | {
        "id": str(view.id),
        "seq": view.record.seq,
        "request_id": str(view.record.request_id),
        "proposed": proposed,
        "disposition": facts.result or facts.disposition or proposed,
        "clearance": None if facts.clearance is None else facts.clearance.value,
        "token": kept.token,
        "open": view.is_open,
        "second_look": facts.waits_for_second_look,
    }


def _noun(kind: Any, said: Mapping[str, Any], field: str) -> Any:
    given = said.get(field)
    if given is None:
        return None
    try:
        return value_of(kind, {name: value for name, value in given.items() if value is not None})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputFieldError(field=field, schema=SCREEN) from error


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputFieldError(field="occurred_at", schema=SCREEN) from error
    if found.tzinfo is None:
        raise InputFieldError(field="occurred_at", schema=SCREEN)
    return found
