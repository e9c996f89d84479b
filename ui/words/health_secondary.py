"""The words of the secondary health desk: fields, answers, why somebody waits, what consent says."""

from collections.abc import Callable, Mapping
from datetime import date

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.codes import Coded, choices
from poe_health.rules.answer import Answer
from poe_health.screening.record import Facts, ScreeningView
from ui.words.health import disease_word, red_flag_word, result_word

_CONSENT: Mapping[str, Callable[[], str]] = {
    "GIVEN": lambda: _("Agrees"),
    "GIVEN_BY_GUARDIAN": lambda: _("The guardian agrees"),
    "REFUSED": lambda: _("Refuses"),
    "NOT_ABLE": lambda: _("Cannot answer"),
}

_REACHED: Mapping[str, Callable[[], str]] = {
    "SEEN": lambda: _("Seen or spoken to"),
    "NOT_REACHED": lambda: _("Not reached"),
    "REFUSED": lambda: _("Refused"),
    "MOVED": lambda: _("Moved away"),
}


def consent_word(code: str) -> str:
    """Return what the person said to the examination."""
    return _CONSENT[code]()


def contact_word(code: str) -> str:
    """Return whether a followed person was reached."""
    return _REACHED[code]()


def answer_word(answer: Answer) -> str:
    """Return yes, no, or a dash for what nobody knows."""
    return {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.UNKNOWN: "—"}[answer]


def choice_words(name: str) -> tuple[tuple[str, str], ...]:
    """Return code and words of a set of choices of the health forms."""
    return worded(choices(name))


def worded(coded: Mapping[str, Coded]) -> tuple[tuple[str, str], ...]:
    """Return code and words of a list."""
    language = current_language()
    return tuple((code, one.label(language)) for code, one in coded.items())


def why_waiting(view: ScreeningView, day: date) -> str:
    """Return why somebody waits: red flags, suspicions, then the result of primary screening."""
    facts = view.facts
    said = [red_flag_word(code, day) for code in facts.red_flags]
    said += [disease_word(code, day) for code in facts.suspected]
    said = said or list(_signs(facts))
    if not facts.red_flags and facts.result in {"ISOLATE_NOW", "REFUSED"}:
        said.insert(0, result_word(facts.result))
    if said:
        return "; ".join(said)
    return result_word(facts.result) if facts.result else _("open case")


def age_band_word(code: str | None) -> str:
    """Return the age band; a dash where it is not known."""
    found = choices("age_band").get(code or "")
    return found.label(current_language()) if found else "—"


def _signs(facts: Facts) -> tuple[str, ...]:
    found = []
    if facts.alert:
        found.append(_("alert"))
    if facts.threshold_reached or facts.outbreak_threshold_reached:
        found.append(_("temperature"))
    if facts.area:
        found.append(_("affected area"))
    if facts.certificate in {"NOT_YET_VALID", "INVALID", "ABSENT"}:
        found.append(_("certificate"))
    return tuple(found)
