"""One step of a pass: what time did first, then the step, its event, and the words that can be erased."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bmis.kernel.clock import local
from bmis.kernel.identifiers import new_id
from bmis.passes.border_pass import BorderPass
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import HELD, PassKind, PassState, pass_after
from bmis.passes.records.keeping import events_of, keep_event
from bmis.passes.records.parts import SqlPassParts, digests
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.sealing import note_status
from bmis.passes.taking import note_parts
from bmis.store.unit import UnitOfWork

_ABOUT_SUSPENSION = frozenset(
    {PassKind.SUSPENDED, PassKind.REINSTATED, PassKind.LAPSED, PassKind.APPEAL_UPHELD, PassKind.REVOKED}
)


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to a pass. ``until``: of a suspension. ``said``: in words."""

    kind: PassKind
    facts: Mapping[str, object]
    said: str | None = None
    until: datetime | None = None


def settled(unit: UnitOfWork, one: BorderPass, by: str, at: datetime) -> BorderPass:
    """Return the pass after time has done its part: expired, or its suspension over; each is an event."""
    state = one.state_at(at, local(at).date())
    if one.state in HELD and state is PassState.EXPIRED:
        return moved(unit, one, Step(PassKind.EXPIRED, {"on": one.validity.last.isoformat()}), by, at)
    if one.state is PassState.SUSPENDED and state is PassState.ACTIVE:
        return moved(unit, one, Step(PassKind.LAPSED, {}), by, at)
    return one


def is_kept_back(unit: UnitOfWork, one: BorderPass, at: datetime) -> bool:
    """Return whether a suspension runs, whatever became of the card since: who loses it does not lose that too."""
    steps = [event for event in events_of(unit, one.id) if event.kind in _ABOUT_SUSPENSION]
    if not steps or steps[-1].kind is not PassKind.SUSPENDED:
        return False
    return at < datetime.fromisoformat(str(steps[-1].facts["until"]))


def moved(unit: UnitOfWork, one: BorderPass, step: Step, by: str, at: datetime) -> BorderPass:
    """Return the pass after the step, as kept in the unit.

    Raises:
        PassStateError: the step does not follow.
    """
    after = replace(one, state=pass_after(one.state, step.kind), suspended_until=step.until)
    parts = note_parts(step.said)
    owner = new_id(at)
    SqlPassParts(unit).add(owner, one.id, one.person_id, parts)
    SqlBorderPasses(unit).change(after)
    note_status(unit, one.serial, one.state, after.state, by, at)
    facts: dict[str, object] = {"serial": one.serial, "person": str(one.person_id), **step.facts}
    if parts:
        facts["parts"] = digests(parts)
    if step.until is not None:
        facts["until"] = step.until.isoformat()
    keep_event(unit, PassEvent(owner, step.kind, by, one.id, facts))
    return after
