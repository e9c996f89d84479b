"""The words of emergencies as WHO determined them: for paper, desk and terminal."""

from datetime import date

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.outbreaks.outbreak import EmergencyLevel, ListedEmergency, OutbreakState
from poe_health.rules.definitions import rule_set


def level_word(level: EmergencyLevel) -> str:
    """Return what was determined."""
    return {
        EmergencyLevel.PHEIC: _("Public health emergency of international concern"),
        EmergencyLevel.PANDEMIC: _("Pandemic emergency"),
    }[level]


def emergency_words(one: ListedEmergency) -> str:
    """Return an emergency with its days."""
    known = rule_set(date.max).diseases.get(one.disease)
    name = known.label(current_language()) if known else one.disease
    words = _("{level}: {disease}, since {day}").format(
        level=level_word(one.level), disease=name, day=_day(one.determined_on)
    )
    return words if one.ended_on is None else _("{words}, until {day}").format(words=words, day=_day(one.ended_on))


def emergency_lines(state: OutbreakState, day: date) -> list[str]:
    """Return what stood on the day, with the source of each; nothing approved is not known, which is not none."""
    standing = state.emergencies_on(day)
    if standing is None or state.emergencies is None:
        return [_("Emergencies that WHO determined: never entered here. That is not known, and not “none”.")]
    if not standing:
        return [
            _("No emergency stands, by version {version} of the list that two people approved.").format(
                version=state.emergencies.version
            )
        ]
    return [f"{emergency_words(one)} ({one.source})" for one in standing]


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
