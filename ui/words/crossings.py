"""A kept crossing in lines that a person reads: who, on what, where, decided how."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bmis.crossings.crossing import CrossingEvent
from bmis.crossings.paperwork.words import crossing_number, kind_words, name_words, state_words
from bmis.crossings.reasons import reason
from bmis.crossings.rules import purposes
from bmis.crossings.view import CrossingSummary, CrossingView
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.words.acts import event_word, record_state_word, request_field_word
from ui.words.labels import decision_word, direction_word, mode_word, sex_word

NOT_KNOWN = "—"
LocalTime = Callable[[datetime], datetime]


def summary_name(summary: CrossingSummary) -> str:
    """Return the name on a line, surname first."""
    return ", ".join(filter(None, (summary.surname, summary.given_names))) or NOT_KNOWN


def summary_document(summary: CrossingSummary) -> str:
    """Return issuer and number."""
    return " ".join(filter(None, (summary.issuing_state, summary.document_number))) or NOT_KNOWN


def person_lines(view: CrossingView) -> tuple[tuple[str, str], ...]:
    """Return label and value of what is known of the person and the document."""
    document = view.crossing.document
    return tuple(
        (label, value or NOT_KNOWN)
        for label, value in (
            (_("Name"), name_words(view.crossing)),
            (_("Date of birth"), document.birth_date and document.birth_date.shown()),
            (_("Sex"), sex_word(document.sex)),
            (_("Nationality"), state_words(document.nationality)),
            (_("Document"), kind_words(view.crossing)),
            (_("Issuing State"), state_words(document.issuing_state)),
            (_("Document number"), document.number),
            (_("Date of expiry"), document.expiry_date and document.expiry_date.shown()),
        )
    )


def journey_lines(view: CrossingView) -> tuple[tuple[str, str], ...]:
    """Return label and value of what is known of the journey."""
    journey, at = view.crossing.request.journey, view.crossing.crossed_at
    purpose = journey.purpose and purposes(at.date()).label(journey.purpose, current_language())
    days = None if journey.intended_days is None else str(journey.intended_days)
    return tuple(
        (label, value or NOT_KNOWN)
        for label, value in (
            (_("Means of travel"), mode_word(journey.travel_mode)),
            (_("Vehicle"), journey.vehicle),
            (_("Coming from"), journey.coming_from),
            (_("Going to"), journey.going_to),
            (_("Purpose of the journey"), purpose),
            (_("Days intended"), days),
            (_("Accommodation"), journey.accommodation),
        )
    )


def decision_lines(view: CrossingView, local_time: LocalTime) -> tuple[tuple[str, str], ...]:
    """Return label and value of what was decided, where and by whom."""
    crossing = view.crossing
    place = f"{crossing.place.post_code} · {crossing.place.lane}"
    lines = [
        (_("Number"), crossing_number(crossing)),
        (_("Direction"), direction_word(crossing.direction.value)),
        (_("Decision"), decision_word(crossing.decision.value)),
        (_("Date and time"), f"{local_time(crossing.crossed_at):%d/%m/%Y %H:%M}"),
        (_("Post and lane"), place),
        (_("Officer"), crossing.by),
    ]
    if crossing.second_officer:
        lines.append((_("Second person"), crossing.second_officer))
    if crossing.verdict.reasons:
        lines.append((_("Reasons"), "; ".join(map(reason_words, crossing.verdict.reasons))))
    if crossing.request.paper_form:
        lines.append((_("Contingency form"), crossing.request.paper_form))
    if crossing.request.note:
        lines.append((_("Note"), crossing.request.note))
    lines.append((_("Record"), record_state_word(view.state.value)))
    return tuple(lines)


def reason_words(code: str) -> str:
    """Return a reason's code and label."""
    found = reason(code)
    return f"{code} {found.label(current_language())}" if found else code


def event_line(event: CrossingEvent, local_time: LocalTime) -> str:
    """Return one event in a line: when, who, what, why, and what changed."""
    at = f"{local_time(event.recorded_at):%d/%m/%Y %H:%M}"
    who = event.by if event.second_officer is None else f"{event.by} + {event.second_officer}"
    parts = [f"{at}  {event_word(event.kind.value)} · {who}"]
    if event.kind.value != "crossing.printed" and event.reason:
        parts.append(event.reason)
    parts += [changed_words(name, pair) for name, pair in event.changes.items()]
    return " · ".join(parts)


def changed_words(name: str, pair: "tuple[object, object]") -> str:
    """Return what stood in a field and what stands there now."""
    before, after = (NOT_KNOWN if value is None else _plain(value) for value in pair)
    return f"{request_field_word(name)}: {before} → {after}"


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part is not None)
    return str(value)
