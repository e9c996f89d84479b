"""The words of the health supervisor's desk: what outbreak mode would bring, lists, signals and their clocks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.events.settings import signal_sources, signal_types
from ui.words.figures import in_figures
from ui.words.health import draft_words
from ui.words.surveillance import advice_words, state_word

if TYPE_CHECKING:
    from poe_health.events.clocks import RunningClock, Timeliness
    from poe_health.events.keep_signals import SignalShown
    from poe_health.outbreaks.outbreak import ExpectedLoad, OutbreakEvent

_EVENTS: Mapping[str, Callable[[], str]] = {
    "outbreak.mode_started": lambda: _("Outbreak mode started"),
    "outbreak.mode_ended": lambda: _("Outbreak mode ended"),
    "outbreak.list_outbreaks": lambda: _("List of outbreaks approved"),
    "outbreak.list_areas": lambda: _("List of affected areas approved"),
    "outbreak.list_emergencies": lambda: _("List of WHO's emergencies approved"),
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
    return in_figures(f"{value:.1f}".removesuffix(".0"))


_TRIAGE: Mapping[str, Callable[[], str]] = {
    "DISCARD": lambda: _("nothing: discard it"),
    "VERIFY": lambda: _("doubtful: verify it"),
    "EVENT": lambda: _("an event"),
}
_CHOICES: Mapping[str, Callable[[], str]] = {
    "notify_who": lambda: _("notify WHO"),
    "consult_who": lambda: _("consult WHO (art. 8)"),
    "not_now": lambda: _("not now"),
}


def triage_word(code: str) -> str:
    """Return what a person makes of a signal."""
    return _TRIAGE[code]()


def choice_word(code: str) -> str:
    """Return what the national focal point decided."""
    return _CHOICES[code]()


def clock_words(clock: "RunningClock") -> str:
    """Return where a clock stands, with the hours that are left or over."""
    words = f"{clock.rule.label(current_language())}: {state_word(clock.state.value)}"
    left = left_words(clock)
    return f"{words}, {left}" if left else words


def left_words(clock: "RunningClock") -> str:
    """Return the hours that are left, or over; "" where the clock does not run."""
    if clock.left is None or clock.done_at is not None:
        return ""
    hours = clock.left.total_seconds() / 3600
    left = _("{hours} h left") if hours >= 0 else _("{hours} h over")
    return left.format(hours=_number(abs(round(hours, 1))))


def timeliness_words(met: "Timeliness") -> str:
    """Return 7-1-7: each target with its name and where it stands."""
    named = (
        (_("noticed in time"), met.detect),
        (_("told in time"), met.notify),
        (_("response complete in time"), met.respond),
    )
    return " · ".join(f"{name}: {state_word(target.value)}" for name, target in named)


def signal_rows(shown: "SignalShown", local_time: Callable[[datetime], datetime]) -> list[tuple[str, str]]:
    """Return everything that is known of a signal, with its clocks and 7-1-7."""
    view, language = shown.view, current_language()
    signal, met = view.signal, shown.timeliness

    def moment(at: datetime) -> str:
        return local_time(at).strftime("%d/%m/%Y %H:%M")

    def said(count: int | None) -> str:
        return _("not known") if count is None else str(count)

    rows = [
        (_("What"), signal_types()[signal.kind].label(language)),
        (_("From where it is known"), signal_sources()[signal.source].label(language)),
        (_("Place"), signal.where),
        (_("Noticed"), moment(signal.detected_at)),
        (_("Began on"), f"{signal.emerged_on:%d/%m/%Y}" if signal.emerged_on else _("not known")),
        (_("Ill; dead"), f"{said(signal.ill)}; {said(signal.dead)}"),
    ]
    if view.advised is not None:
        rows.append((_("Annex 2"), advice_words(view.advised)))
    if view.decision is not None:
        decision = f"{choice_word(view.decision.choice.value)} ({view.decision.told_by})"
        rows.append((_("Decision of the focal point"), decision))
    if shown.clocks:
        rows.append((_("Clocks"), ""))
        rows += [("", clock_words(clock)) for clock in shown.clocks]
    if met is not None:
        rows.append(("7-1-7", timeliness_words(met)))
    for name, at in (
        (_("Focal point told"), view.told_at),
        (_("District and province told"), view.told_province_at),
        (_("Evidence that it crossed a border"), view.import_evidence_at),
        (_("WHO asked about it"), view.who_asked_at),
        (_("WHO was answered"), view.replied_who_at),
        (_("A measure that hinders traffic began"), view.measure_began_at),
        (_("WHO told"), view.told_who_at),
        (_("Response complete"), view.responded_at),
        (_("Over"), view.over_at),
    ):
        if at is not None:
            rows.append((name, moment(at)))
    return [*rows, ("", draft_words())]
