"""The words of the cards of the health step, for who works in port health: the card itself says none of it."""

from collections.abc import Callable, Mapping

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.i18n import translate as _
from poe_health.clearance.cards import Spoiled

_OUTCOMES: Mapping[ClearanceOutcome, Callable[[], str]] = {
    ClearanceOutcome.H_OK: lambda: _("health step done"),
    ClearanceOutcome.H_WAIT: lambda: _("wait for health"),
    ClearanceOutcome.H_WITH_HEALTH: lambda: _("goes with health"),
    ClearanceOutcome.H_DECISION: lambda: _("health decides"),
}
_SPOILED: Mapping[Spoiled, Callable[[], str]] = {
    Spoiled.DAMAGED: lambda: _("damaged"),
    Spoiled.MISPRINTED: lambda: _("badly printed"),
    Spoiled.LOST: lambda: _("lost"),
    Spoiled.LEFT_OVER: lambda: _("left over, destroyed"),
}


def outcome_word(outcome: ClearanceOutcome) -> str:
    """Return what a card says at the lane."""
    return _OUTCOMES[outcome]()


def spoiled_word(why: Spoiled) -> str:
    """Return what became of a card."""
    return _SPOILED[why]()
