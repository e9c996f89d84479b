"""JSON of transfers and monitoring into their nouns, trusted with nothing."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ui.cli.errors import InputFieldError
from ui.cli.untrusted import one_in

if TYPE_CHECKING:
    from poe_health.followup.start_monitoring import MonitoringRequest
    from poe_health.referrals.directory import DirectoryEntry
    from poe_health.referrals.note import ReferralNote
    from poe_health.referrals.people.identity import PatientIdentity

OPEN, AMEND, STEP, ENTRY = "health-referral-in", "health-referral-amend-in", "health-step-in", "health-directory-in"
MONITORING, HANDOVER = "health-monitoring-in", "health-handover-in"
_FILLED_IN = {
    "facility_name": "",
    "facility_source": "",
    "found": "",
}  # by the directory and the rules, never by the file
_OWN_WAY = frozenset({"opened", "started", "amended", "printed", "person_changed"})
_FORGETTING = frozenset({"identity_forgotten", "person_forgotten"})


def one_object(name: str, schema: str) -> dict[str, Any]:
    """Return the only object of the file, checked against the schema. Raises as ``one_in``."""
    found: dict[str, Any] = one_in(name, schema)
    return found


def request_id(said: Mapping[str, Any]) -> UUID:
    """Return the identifier of the request; the schema says that it is one."""
    return UUID(said["request_id"])


def who_from(said: Mapping[str, Any]) -> "PatientIdentity":
    """Return who it is. Raises as ``PatientIdentity.of``."""
    from poe_health.referrals.people.identity import PatientIdentity

    return PatientIdentity.of(said["who"])


def note_from(said: Mapping[str, Any]) -> "ReferralNote":
    """Return the clinical part of a guia.

    Raises:
        InputFieldError: a value that is not what its field holds.
    """
    from bmis.kernel.plain import value_of
    from poe_health.referrals.note import ReferralNote

    try:
        return value_of(ReferralNote, said["note"])
    except (TypeError, ValueError) as error:
        raise InputFieldError(field="note", schema=OPEN) from error


def note_amended(said: Mapping[str, Any], before: "ReferralNote") -> "ReferralNote":
    """Return what the guia says with the fields that the object changes. Raises as ``note_from``."""
    from bmis.kernel.plain import plain

    return note_from({"note": plain(before) | said.get("note", {})})


def who_amended(said: Mapping[str, Any], before: "PatientIdentity | None") -> "PatientIdentity | None":
    """Return who it is with the fields that the object changes; None: it changes none. Raises as ``who_from``."""
    from poe_health.referrals.people.identity import PatientIdentity

    new = said.get("who")
    if not new:
        return None
    instead = {"birth_date": "age_years", "age_years": "birth_date"}  # one of the two: the newer is right
    given_up = {instead[name] for name in new if name in instead}
    kept = {name: value for name, value in before.plain().items() if name not in given_up} if before else {}
    return PatientIdentity.of(kept | new)


def step_from(said: Mapping[str, Any], steps: Mapping[str, type]) -> Any:
    """Return the step that the object names, ``steps`` being those that there are.

    Raises:
        InputFieldError: no such step, or a field of it that cannot be; it is named.
    """
    from bmis.kernel.plain import value_of

    kind = steps.get(said["step"])
    if kind is None or said["step"] in _OWN_WAY | _FORGETTING:
        raise InputFieldError(field="step", schema=STEP)
    facts = {name: value for name, value in said.items() if name != "step"}
    fields = {field.name: field for field in dataclasses.fields(kind)}
    for name in facts:
        if name not in fields or name in _FILLED_IN:
            raise InputFieldError(field=name[:40], schema=STEP)
    for name, field in fields.items():
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if name in _FILLED_IN:
            facts[name] = _FILLED_IN[name]
        elif needed and name not in facts:
            raise InputFieldError(field=name, schema=STEP)
    try:
        return value_of(kind, facts)
    except (TypeError, ValueError, AttributeError) as error:
        raise InputFieldError(field="*", schema=STEP) from error


def entry_from(said: Mapping[str, Any]) -> "DirectoryEntry":
    """Return what the post says of a unit or a number; its identifier and its author are given when it is kept."""
    from poe_health.referrals.directory import DirectoryEntry, Listed

    facts = dict(said)
    day = date.fromisoformat(facts.pop("valid_from"))
    listed = Listed(facts.pop("listed"))
    return DirectoryEntry(id=UUID(int=0), listed=listed, valid_from=day, by="", **facts)


def monitoring_from(said: Mapping[str, Any]) -> "MonitoringRequest":
    """Return whom to follow for what; the schema says that the fields are of their kinds."""
    from poe_health.followup.start_monitoring import MonitoringRequest
    from poe_health.rules.answer import Answer

    facts = {name: value for name, value in said.items() if name not in {"who", "request_id"}}
    facts["day0"] = date.fromisoformat(facts["day0"])
    if "consent" in facts:
        facts["consent"] = Answer(facts["consent"])
    if facts.get("screening_id") is not None:
        facts["screening_id"] = UUID(facts["screening_id"])
    return MonitoringRequest(request_id=request_id(said), **facts)
