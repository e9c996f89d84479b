"""The list of desks: one line a desk. A desk's modules are imported when it is built, after sign-in."""

from collections.abc import Sequence

from bmis.kernel.actor import Actor
from ui.desktop.shell.desk import DeskEntry

DESKS: Sequence[DeskEntry] = ()


def desks_for(actor: Actor, desks: Sequence[DeskEntry] | None = None) -> tuple[DeskEntry, ...]:
    """Return the desks that fit a person, in the order of the list."""
    return tuple(entry for entry in (DESKS if desks is None else desks) if entry.fits(actor))
