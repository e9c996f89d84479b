"""The words of the health supervisor's desk: what outbreak mode would bring, what was done to the lists."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _

if TYPE_CHECKING:
    from poe_health.outbreaks.outbreak import ExpectedLoad, OutbreakEvent

_EVENTS: Mapping[str, Callable[[], str]] = {
    "outbreak.mode_started": lambda: _("Outbreak mode started"),
    "outbreak.mode_ended": lambda: _("Outbreak mode ended"),
    "outbreak.list_outbreaks": lambda: _("List of outbreaks approved"),
    "outbreak.list_areas": lambda: _("List of affected areas approved"),
}


def outbreak_event_word(event: "OutbreakEvent") -> str:
    """Return what was done."""
    if event.symptoms_only is not None:
        return _("Symptoms only") if event.symptoms_only else _("All questions again")
    return _EVENTS[event.kind.value]()


def load_lines(load: "ExpectedLoad") -> tuple[str, ...]:
    """Return what outbreak mode would bring to the room, and how long people would wait."""
    counted = _(
        "{first} to {last}: {screened} screened on {days} days with records, {secondary} of them to secondary."
    ).format(
        first=f"{load.first:%d/%m/%Y}",
        last=f"{load.last:%d/%m/%Y}",
        screened=load.screened,
        days=load.days_with_records,
        secondary=load.secondary_before,
    )
    if load.secondary_a_day is None or load.busiest_hour is None:
        return (
            counted,
            _("There are no records to reckon from: load and waiting time are not known, which is not zero."),
        )
    more = _(
        "Besides, {threshold} by the lower threshold and {area} from affected areas would go to secondary."
    ).format(threshold=load.more_by_threshold, area=load.more_by_area)
    expected = _(
        "Expected: {a_day} in secondary a day, {busiest} in the busiest hour; rooms: {rooms}, together {room} an hour."
    ).format(
        a_day=_number(load.secondary_a_day),
        busiest=_number(load.busiest_hour),
        rooms=load.rooms,
        room=_number(load.room_an_hour),
    )
    if load.wait_minutes is not None:
        wait = _("Waiting time in the busiest hour: about {minutes} minutes.").format(
            minutes=_number(load.wait_minutes)
        )
    else:
        wait = _("The room cannot keep up: the queue grows by {grows} people an hour.").format(
            grows=_number(load.grows_by_an_hour or 0.0)
        )
    return counted, more, expected, wait, _("A sketch from past counts, not a promise.")


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if current_language() == "pt" else text
