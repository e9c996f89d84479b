"""The words of port health: codes of the rules and of the forms, in the language in force."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.codes import Coded, actions, choices, questions
from poe_health.rules.definitions import rule_set


def result_word(code: str) -> str:
    """Return the words of a result of primary screening or of a disposition; the code where there are none."""
    return _label({**choices("disposition"), **choices("primary_result")}, code)


def clearance_word(code: str) -> str:
    """Return what immigration reads for a clearance."""
    return _label(choices("clearance_for_immigration"), code)


def action_word(code: str) -> str:
    """Return what to do."""
    return _label(actions(), code)


def question_word(code: str) -> str:
    """Return what to ask: a symptom, an exposure, the temperature, the age or the journey."""
    return _label(questions(), code)


def disease_word(code: str, day: date) -> str:
    """Return the name of a disease."""
    found = rule_set(day).diseases.get(code)
    return found.label(current_language()) if found else code


def red_flag_word(code: str, day: date) -> str:
    """Return the name of a red flag."""
    return next((flag.label(current_language()) for flag in rule_set(day).red_flags if flag.code == code), code)


def list_word(name: str) -> str:
    """Return the name of a list of the ministry."""
    return {"outbreaks": _("outbreaks"), "affected": _("affected areas")}.get(name, name)


def list_words(missing: Iterable[str], old: Iterable[tuple[str, int]]) -> list[str]:
    """Return the lists that cannot say "no", an old one with its age."""
    ages = dict(old)
    words = _("{name} (old list: {days} days)")
    return [
        words.format(name=list_word(name), days=ages[name]) if name in ages else list_word(name) for name in missing
    ]


def draft_words() -> str:
    """Return what is said wherever a proposal of the rules is shown."""
    return _("Draft rules: they need the sign-off of MISAU/INS. A health professional decides.")


def outcome_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Return what a person reads of an outcome, the most urgent first."""
    day = date.fromisoformat(document["day"])
    for code in document["red_flags"]:
        yield _("RED FLAG: {name}").format(name=red_flag_word(code, day))
    decided = document["disposition"]
    proposed = document.get("proposed", decided)  # of a kept one: what the rules said before somebody decided
    if proposed is None:
        yield _("Proposal: none yet; too little is known")
    else:
        yield _("Proposal: {result}").format(result=result_word(proposed))
    if decided not in {None, proposed}:
        yield _("Decided: {result}").format(result=result_word(decided))
    yield _("For immigration: {clearance}").format(clearance=clearance_word(document["clearance"]))
    yield from _listed(_("Suspected: {names}"), [disease_word(code, day) for code in document["suspected"]])
    yield from _listed(_("Alerts: {names}"), [disease_word(code, day) for code in document["alerts"]])
    yield from _listed(
        _("Was in an affected area of: {names}"), [disease_word(code, day) for code in document["areas"]]
    )
    for code in document["actions"]:
        yield _("To do: {action}").format(action=action_word(code))
    if document["retake_temperature"]:
        yield _("To do: {action}").format(action=_("rest ten minutes in the shade, then a contact thermometer"))
    for code in document["needs"]:
        yield _("To ask: {question}").format(question=question_word(code))
    yield from _listed(_("Lists not at hand: {names}"), [list_word(name) for name in document["lists_missing"]])
    yield draft_words()


def _listed(sentence: str, names: list[str]) -> Iterator[str]:
    if names:
        yield sentence.format(names="; ".join(names))


def _label(coded: Mapping[str, Coded], code: str) -> str:
    found = coded.get(code)
    return found.label(current_language()) if found else code
