"""The words of the post's stores: movements, alerts, states, what a check or a dose came to."""

from collections.abc import Callable, Mapping

from bmis.kernel.i18n import translate as _

MOVES: Mapping[str, Callable[[], str]] = {
    "RECEIVED": lambda: _("received"),
    "ISSUED": lambda: _("issued"),
    "GIVEN": lambda: _("given as a dose"),
    "WASTED_OPEN": lambda: _("discarded: vial open too long"),
    "WASTED_EXPIRED": lambda: _("discarded: expired"),
    "WASTED_HEAT": lambda: _("discarded: heat"),
    "WASTED_BROKEN": lambda: _("discarded: broken"),
    "RETURNED": lambda: _("returned to the district"),
    "COUNTED": lambda: _("counted"),
}

STOCK_ALERTS: Mapping[str, Callable[[], str]] = {
    "BELOW_MINIMUM": lambda: _("below the minimum: order"),
    "NEVER_COUNTED": lambda: _("nobody ever entered it: not known"),
    "EXPIRED": lambda: _("expired on the shelf: write it off"),
    "EXPIRES_SOON": lambda: _("expires within 30 days"),
}

EQUIPMENT_STATES: Mapping[str, Callable[[], str]] = {
    "IN_SERVICE": lambda: _("in service"),
    "OUT_OF_SERVICE": lambda: _("OUT OF SERVICE"),
    "RETIRED": lambda: _("retired"),
}

GAP_STATES: Mapping[str, Callable[[], str]] = {
    "OPEN": lambda: _("open"),
    "DONE": lambda: _("closed"),
    "DROPPED": lambda: _("decided against"),
}


def move_word(code: str) -> str:
    """Return why units came or went."""
    return MOVES[code]()


def stock_alert_word(code: str) -> str:
    """Return what must be looked at on the shelf."""
    return STOCK_ALERTS[code]()


def equipment_state_word(code: str) -> str:
    """Return whether equipment may be used."""
    return EQUIPMENT_STATES[code]()


def gap_state_word(code: str) -> str:
    """Return where a gap stands."""
    return GAP_STATES[code]()
