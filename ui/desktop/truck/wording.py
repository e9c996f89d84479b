"""The truck's words: three for the officer with three lines, neutral ones for the traveller, the edge of the screen."""

from bmis.capture.gps import GpsStand
from bmis.crossings.decision import LETS_THROUGH
from bmis.crossings.finding import Finding, Status
from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.truck.parts import Reason, TruckAnswer, TruckState, TruckVerdict
from ui.desktop.truck.view_model import TruckModel
from ui.desktop.truck.working import Phase
from ui.words.figures import in_figures
from ui.words.findings import evidence_words
from ui.words.labels import decision_word, field_word

COLOURS = {TruckVerdict.PASS: "green", TruckVerdict.LOOK: "amber", TruckVerdict.STOP: "red"}
_GB = 1_000_000_000


def verdict_word(verdict: TruckVerdict) -> str:
    """Return the one word: PASSA, VER, PARAR."""
    return {TruckVerdict.PASS: _("GO ON"), TruckVerdict.LOOK: _("LOOK"), TruckVerdict.STOP: _("HALT")}[verdict]


def reason_words(one: Reason) -> str:
    """Return one reason as a sentence."""
    own = {
        "no_pass": _("No pass: compare the face with the document in hand."),
        "card_in_hand": _("No photograph here: compare with the card in hand."),
        "photo_differs": _("The photograph here is not the sealed one: card in hand."),
        "no_document": _("The seal proves nothing here: type the card at the lane."),
        "other_person": _("The face is another person's."),
    }
    if one.check == "truck":
        if one.evidence == "ask_at_lane":
            names = (name.partition(".")[2] for name in str(one.facts["fields"]).split(","))
            return _("Still to ask, at the lane: {fields}.").format(fields=", ".join(map(field_word, names)))
        return own[one.evidence]
    return evidence_words(Finding(one.check, Status.GREY, one.evidence, "", dict(one.facts)))


def three_lines(answer: TruckAnswer) -> tuple[str, str, str]:
    """Return who, why, what to do."""
    return (
        " · ".join(filter(None, (answer.name, answer.number))) or _("Nobody is named"),
        _why(answer),
        _what_to_do(answer),
    )


def all_reasons(answer: TruckAnswer) -> str:
    """Return every reason, a line each."""
    return "\n".join(map(reason_words, answer.reasons))


def _why(answer: TruckAnswer) -> str:
    if not answer.reasons:
        validity = answer.shown.seen.presented.validity if answer.shown is not None else None
        if answer.shown is None or validity is None:
            return _("Every check is clear.")
        days = answer.shown.seen.scheme.max_stay_days
        return _("In order until {day}; at most {days} days.").format(day=f"{validity.last:%d/%m/%Y}", days=days)
    first, more = reason_words(answer.reasons[0]), len(answer.reasons) - 1
    return (
        first
        if not more
        else _n("{first} And {count} more.", "{first} And {count} more.", more).format(first=first, count=more)
    )


def _what_to_do(answer: TruckAnswer) -> str:
    if answer.verdict is TruckVerdict.PASS:
        return _("Is this the face? Then Enter.")
    if answer.verdict is TruckVerdict.LOOK and answer.lets_through is not None:
        return _("Look, compare the face, then F12. In doubt: F6.")
    if answer.may_refer:
        return _("F6 sends the traveller to secondary.")
    return _("Call the supervisor or use the lane. Esc frees the screen.")


def saved_words(model: TruckModel) -> str:
    """Return what was kept, when."""
    kept = model.kept
    if kept is None:
        return ""
    return _("Saved at {at}: {decision}").format(
        at=f"{local(kept.recorded_at):%H:%M:%S}", decision=decision_word(kept.decision.value)
    )


def side_words(model: TruckModel) -> str:
    """Return what the traveller reads: never why, nothing that alarms."""
    if model.phase is Phase.SAVED and model.kept is not None and model.kept.decision in LETS_THROUGH:
        return _("Thank you. Have a good journey.")
    if model.phase is Phase.IDLE:
        return _("Good day. Please show your pass.")
    return _("One moment, please.")


def edge_words(state: TruckState) -> tuple[tuple[str, str], ...]:
    """Return status and words of each thing at the edge: battery, disk, list, position."""
    return (_battery(state), _disk(state), list_words(state), _gps(state))


def _battery(state: TruckState) -> tuple[str, str]:
    machine = state.machine
    if machine.battery_percent is None:
        words = _("Mains power") if machine.charging else _("Battery: not known")
        return machine.battery_status, words
    words = _("Battery {percent} %, charging") if machine.charging else _("Battery {percent} %")
    return machine.battery_status, words.format(percent=machine.battery_percent)


def _disk(state: TruckState) -> tuple[str, str]:
    free = state.machine.disk_free
    if free is None:
        return "grey", _("Disk: not known")
    return state.machine.disk_status, _("Disk: {free} GB free").format(free=in_figures(free / _GB, 1))


def list_words(state: TruckState) -> tuple[str, str]:
    """Return how old the list of revoked passes is; one that is missing or too old is never green."""
    if state.list_age_days is None:
        return ("green", _("List: made here")) if state.is_authority else ("grey", _("List: none here"))
    words = _n("List: {days} day old", "List: {days} days old", state.list_age_days).format(days=state.list_age_days)
    return ("amber", words + " — " + _("too old")) if state.list_is_stale else ("green", words)


def _gps(state: TruckState) -> tuple[str, str]:
    return {
        GpsStand.NONE: ("grey", _("GPS: none")),
        GpsStand.ABSENT: ("grey", _("GPS: does not answer")),
        GpsStand.NO_FIX: ("grey", _("GPS: no position yet")),
        GpsStand.STALE: ("grey", _("GPS: position too old")),
        GpsStand.FIX: ("green", _("GPS: position kept with each record")),
    }[state.gps]


def post_words(state: TruckState) -> str:
    """Return the truck's post, and since when."""
    name = state.post_name or state.post_code
    return name if state.since is None else _("{post}, since {day}").format(post=name, day=f"{state.since:%d/%m/%Y}")
