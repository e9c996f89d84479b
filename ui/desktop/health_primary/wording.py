"""The words of the primary screening desk. No Qt."""

from datetime import date

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from poe_health.codes import choices
from poe_health.rules.answer import Answer
from poe_health.screening.outcome import Outcome
from ui.desktop.health_primary.parts import DeskDay
from ui.desktop.health_primary.traveller import AREA, CONTACT, NOT_LOOKED_AT
from ui.desktop.health_primary.voyage import CarriedVoyage
from ui.desktop.shortcuts import Key
from ui.words.health import action_word, disease_word, list_words, question_word, red_flag_word

STATUS_OF = {"PASS": "green", "ADVISE": "amber", "SECONDARY": "amber", "ISOLATE_NOW": "red", "REFUSED": "amber"}
"""The ground of each result; the words and the icon say it too."""


def choice_word(choice: str, code: str | None) -> str:
    """Return the words of a code of the forms; a dash where nothing was said."""
    found = choices(choice).get(code or "")
    return "—" if found is None else found.label(current_language())


def asked_word(code: str, days: int) -> str:
    """Return what is read out."""
    if code == AREA:
        return _n(
            "In an affected area in the last {count} day", "In an affected area in the last {count} days", days
        ).format(count=days)
    if code == CONTACT:
        return _("Contact with an ill or dead person")
    return question_word(code)


def answer_word(answer: Answer | None) -> str:
    """Return the word beside a question: an answer that was not given is a dash, never a no."""
    if answer is None:
        return "—"
    return {Answer.YES: _("YES"), Answer.NO: _("no"), Answer.UNKNOWN: _("cannot say")}[answer]


def certificate_word(code: str | None) -> str:
    """Return the word of what was said of the yellow-fever certificate; a dash where nothing was."""
    return _("not looked at") if code == NOT_LOOKED_AT else choice_word("certificate_status", code)


def celsius_word(celsius: float) -> str:
    """Return a temperature as it is written in the language in force."""
    text = f"{celsius:.1f}"
    return f"{text.replace('.', ',') if current_language() == 'pt' else text} °C"


def shown_digits(digits: str) -> str:
    """Return the typed digits as a temperature with room for those still to come."""
    point = "," if current_language() == "pt" else "."
    padded = f"{digits:–<3}"
    return f"{padded[0]}{padded[1]}{point}{padded[2]}"


def voyage_lines(voyage: CarriedVoyage) -> list[str]:
    """Return the voyage in a few lines."""
    lines = [choice_word("direction", voyage.direction)] if voyage.direction else []
    if voyage.conveyance or voyage.conveyance_id:
        kind = choice_word("conveyance", voyage.conveyance) if voyage.conveyance else ""
        lines.append(" · ".join(part for part in (kind, voyage.conveyance_id or "") if part))
    if voyage.origin_country or voyage.from_place:
        place = " · ".join(part for part in (voyage.from_place, voyage.origin_country or "") if part)
        lines.append(_("From {place}").format(place=place))
    for stay in voyage.stays:
        where = " · ".join(part for part in (stay.country, stay.admin1 or "") if part)
        days = " – ".join(day_word(day) for day in (stay.since, stay.until) if day)
        lines.append(f"{where} {days}".strip())
    return lines


def day_word(day: date) -> str:
    """Return a day as dd/MM."""
    return day.strftime("%d/%m")


def outbreak_line(day: DeskDay) -> tuple[str, str]:
    """Return the status and the words of the line over the desk: which outbreaks, which mode."""
    state = day.outbreaks
    names = [disease_word(code, day.day) for code in day.active]
    parts = [_("Outbreaks: {names}").format(names="; ".join(names))] if names else []
    if state.mode is not None:
        parts.append(_("OUTBREAK MODE: from {threshold}").format(threshold=celsius_word(day.threshold_c)))
    if state.symptoms_only:
        parts.append(_("SYMPTOMS ONLY: an exposure without symptoms is advice"))
    missing = ", ".join(list_words(day.lists_missing, day.outbreaks.old_lists(day.day)))
    if missing:
        parts.append(_("Not at hand: {lists}").format(lists=missing))
    if not parts:
        return "green", _("No outbreak on the list of the ministry")
    return ("amber" if names or state.mode else "grey"), " · ".join(parts)


def outcome_lines(said: Outcome, day: DeskDay, letters: dict[str, str]) -> list[tuple[str, str]]:
    """Return (label, words) of what the rules say, the most urgent first. Never a percentage."""
    lines = [(_("RED FLAG"), red_flag_word(code, day.day)) for code in said.judgement.red_flags]
    lines += [(_("To do"), action_word(code)) for code in said.actions]  # protection comes before everything else
    if said.retake_temperature:
        lines.append((_("Measure again"), _("Ten minutes of rest in the shade, then F2 with a contact thermometer")))
    if said.judgement.suspected:
        lines.append((_("Suspected"), "; ".join(disease_word(code, day.day) for code in said.judgement.suspected)))
    elif said.judgement.alerts:
        lines.append((_("Alert"), "; ".join(disease_word(code, day.day) for code in said.judgement.alerts)))
    if said.areas:
        lines.append((_("Affected area"), "; ".join(disease_word(code, day.day) for code in said.areas)))
    for code in said.judgement.needs:
        words = asked_word(code, day.card.days)
        lines.append((_("Ask"), f"{letters[code]} · {words}" if code in letters else words))
    if said.lists_missing:
        lines.append((_("Not at hand"), ", ".join(list_words(said.lists_missing, day.outbreaks.old_lists(day.day)))))
    return lines


def tab_words() -> tuple[str, str, str]:
    """Return the names of the desk's three pages."""
    return _("1  Screening"), _("2  Count"), _("3  Cholera express")


def key_names() -> dict[Key, str]:
    """Return the words of the keys that mean something of their own here."""
    return {
        Key.RESCAN: _("Measure again"),
        Key.REFUSE: _("Refuses"),
        Key.DECIDE: _("Keep"),
        Key.UNDO: _("Void last"),
        Key.HEALTH: _("Goes on"),
        Key.TOKEN: _("Desk full"),
    }


def waits_words(number: str) -> str:
    """Return what is said of who may go on and waits first."""
    return _("{number} is well and waits for the short second look; then F7.").format(number=number)


def rules_line(day: DeskDay) -> str:
    """Return which rules judge, and that they are a draft; always shown."""
    return _("Rules {version}: draft, needs sign-off by MISAU/INS. A health professional decides.").format(
        version=day.rules
    )
