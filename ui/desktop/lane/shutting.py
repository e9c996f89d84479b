"""Why a decision is shut."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bmis.crossings.decision import LETS_THROUGH, Decision

if TYPE_CHECKING:
    from ui.desktop.lane.drafting import DraftingModel


class Shut(StrEnum):
    """Why a decision is shut."""

    NO_DOCUMENT = "no_document"
    RUNNING = "running"
    FAILED = "failed"
    NOT_ACCEPTED = "not_accepted"
    MISSING = "missing"
    NOT_CONFIRMED = "not_confirmed"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class WhyShut:
    """Why, and which fields or checks it is about."""

    why: Shut
    names: tuple[str, ...] = ()


def shut_by(lane: "DraftingModel", decision: Decision, *, is_busy: bool) -> tuple[WhyShut, ...]:
    """Return what keeps a decision on the draft shut; empty: it is open. ``is_busy``: another is being stored."""
    if lane.request is None:
        return (WhyShut(Shut.NO_DOCUMENT),)
    if is_busy:
        return (WhyShut(Shut.BUSY),)
    if lane.checking.examined is None:
        return (WhyShut(Shut.RUNNING if lane.checking.is_running else Shut.FAILED),)
    found = []
    if names := lane.checking.not_accepted(decision):
        found.append(WhyShut(Shut.NOT_ACCEPTED, names))
    if decision in LETS_THROUGH and lane.unanswered:
        found.append(WhyShut(Shut.MISSING, lane.unanswered))
    if decision in LETS_THROUGH and lane.unconfirmed:
        found.append(WhyShut(Shut.NOT_CONFIRMED, lane.unconfirmed))
    return tuple(found)
