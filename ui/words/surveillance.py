"""What the findings of surveillance say, in words: tallies, alarms, advice, clocks, contacts, free pratique."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bmis.kernel.i18n import translate as _
from poe_health.surveillance.coverage import NoCoverage
from ui.words.figures import in_figures
from ui.words.filling import fill
from ui.words.health import disease_word

if TYPE_CHECKING:
    from poe_health.events.annex2 import Advised
    from poe_health.surveillance.alarms import CountAlarm, TestResult
    from poe_health.surveillance.arithmetic import TallyFault
    from poe_health.surveillance.coverage import CoverageShown

_Words = Mapping[str, Callable[[], str]]

_FAULTS: _Words = {
    "split_not_sum": lambda: _("The groups of {of} add up to {found}, but {against} were screened."),
    "sex_not_split": lambda: _("Those screened ({against}) are not counted by sex."),
    "secondary_over_screened": lambda: _("More in secondary ({found}) than screened ({against})."),
    "threshold_over_screened": lambda: _("More temperatures at the threshold ({found}) than travellers ({against})."),
    "suspected_over_secondary": lambda: _("More suspected ({found}) than in secondary ({against})."),
    "disease_over_suspected": lambda: _("More suspected of {of} ({found}) than suspected at all ({against})."),
    "suspected_without_disease": lambda: _("Suspected persons: {against}; with a disease named: {found}."),
    "ended_over_secondary": lambda: _(
        "More referred and isolated ({found}) than in secondary, deaths included ({against})."
    ),
    "not_valid_over_checked": lambda: _("More certificates not valid ({found}) than checked ({against})."),
    "crossed_fewer": lambda: _("Fewer crossed ({found}) than were screened ({against}): give the reason."),
    "none_screened_without_reason": lambda: _("Nobody was screened: give the reason. Closed is not zero."),
    "reason_though_screened": lambda: _("A reason for screening nobody is given, but {found} were screened."),
    "reason_unknown": lambda: _("The reason for screening nobody is not in the list."),
    "came_but_nobody": lambda: _("“Nobody came” is given as the reason, but {found} crossed."),
    "hours_outside": lambda: _("The hours open must lie between 0 and 24."),
    "hours_unknown": lambda: _("Say how many hours screening was open."),
    "screened_while_closed": lambda: _("No hour was open, but {found} were screened."),
    "vaccinated_differs": lambda: _("Vaccinated, as told: {found}; doses on record: {against}. The records count."),
    "inspected_differs": lambda: _(
        "Conveyances inspected, as told: {found}; inspections on record: {against}. The records count."
    ),
    "express_without_form": lambda: _(
        "{found} of {against} cholera express records have no form yet: they are in no count."
    ),
}
_DIMENSIONS: _Words = {
    "direction": lambda: _("direction"),
    "conveyance": lambda: _("conveyance"),
    "sex": lambda: _("sex"),
    "age_band": lambda: _("age group"),
    "origin_country": lambda: _("country of origin"),
}
_WHY: _Words = {
    "no_count": lambda: _("no count of this day: closed, or missing"),
    "baseline_short": lambda: _("not enough days with counts before it"),
    "too_few_screened": lambda: _("too few travellers screened for a baseline"),
}
_ADVICE: _Words = {
    "notify": lambda: _("The answers advise to notify. The national focal point decides."),
    "not_now": lambda: _("With the answers of today: not now. Ask again when more is known."),
    "needs_info": lambda: _("Too little is known to advise. Still to answer: {ask}."),
}
_STATES: _Words = {
    # clocks
    "not_started": lambda: _("not started"),
    "running": lambda: _("running"),
    "overdue": lambda: _("overdue"),
    "in_time": lambda: _("in time"),
    "late": lambda: _("late"),
    # 7-1-7
    "met": lambda: _("met"),
    "missed": lambda: _("missed"),
    "unknown": lambda: _("not known"),
    # days and signals
    "open": lambda: _("open"),
    "submitted": lambda: _("submitted"),
    "reopened": lambda: _("reopened"),
    "new": lambda: _("new"),
    "to_verify": lambda: _("to verify"),
    "event": lambda: _("event"),
    "discarded": lambda: _("discarded"),
    "closed": lambda: _("closed"),
    # why somebody is proposed as a contact
    "companion": lambda: _("travels with the case"),
    "seat": lambda: _("sat near the case"),
    "served": lambda: _("served or cleaned near the case"),
    "crew": lambda: _("crew"),
    "on_board": lambda: _("on board"),
    "seat_unknown": lambda: _("seat not known: ask"),
    "served_unknown": lambda: _("not known whether near the case: ask"),
    "at_risk": lambda: _("infant under one year, pregnant or weak immunity"),
    "at_risk_unknown": lambda: _("infant, pregnant or weak immunity? Ask"),
    "same_source": lambda: _("exposed to the same source"),
    "same_source_unknown": lambda: _("exposed to the same source? Ask"),
    "journey_unknown": lambda: _("sat near the case; hours of the journey not known: ask"),
    "short_journey": lambda: _("the journey was too short for a seat to count"),
    "by_hand": lambda: _("to be chosen by a person"),
    "not_near": lambda: _("not near by this rule"),
    # free pratique
    "NOT_ASKED": lambda: _("not asked for"),
    "ASKED": lambda: _("asked for"),
    "PENDING_INSPECTION": lambda: _("waits for inspection"),
    "WITH_MEASURES": lambda: _("with measures"),
    "GRANTED": lambda: _("granted"),
    "GRANTED_BY_RADIO": lambda: _("granted by radio"),
    # papers
    "nothing_reported": lambda: _("nothing reported"),
    "reported": lambda: _("something reported"),
    "incomplete": lambda: _("incomplete"),
    # sanitation certificates
    "valid": lambda: _("valid"),
    "expired": lambda: _("expired"),
    "not_yet": lambda: _("dated after today"),
}


def fault_words(fault: "TallyFault") -> str:
    """Return what does not add up in a tally, as a sentence."""
    of = _DIMENSIONS[fault.of]() if fault.of in _DIMENSIONS else fault.of
    return fill(_FAULTS[fault.fault.value](), {"found": fault.found, "against": fault.against, "of": of})


def alarm_words(result: "TestResult") -> str:
    """Return what one test says of one day."""
    day = result.day.strftime("%d/%m/%Y")
    if result.verdict.value == "unknown":
        why = _WHY[result.why.value]() if result.why else "?"
        return fill(_("{test} {day}: no result ({why})."), {"test": result.test.value, "day": day, "why": why})
    facts = {"test": result.test.value, "day": day, "value": in_figures(result.value, 2)}
    facts["limit"] = in_figures(f"{result.limit:g}")
    if result.verdict.value == "alarm":
        return fill(_("{test} {day}: alarm ({value}, limit {limit})."), facts)
    return fill(_("{test} {day}: no alarm ({value}, limit {limit})."), facts)


def count_alarm_words(alarm: "CountAlarm", day: date) -> str:
    """Return what a count says by itself; ``day``: the disease has its name in the rules of that day."""
    facts = {
        "disease": disease_word(alarm.disease, day),
        "cases": alarm.cases,
        "limit": alarm.limit,
        "days": alarm.days,
        "missing": alarm.days_missing,
    }
    if alarm.reached:
        return fill(_("{disease}: {cases} in {days} days; {limit} is an alarm."), facts)
    if alarm.days_missing:
        return fill(_("{disease}: {cases} so far; {missing} of {days} days have no counts."), facts)
    return fill(_("{disease}: {cases} in {days} days; below {limit}."), facts)


def advice_words(advised: "Advised") -> str:
    """Return what the instrument of Annex 2 advises; it never says that something was decided."""
    if advised.basis.value == "always_notified":
        return _("A single case of this disease is always notified. The national focal point decides and notifies.")
    return fill(_ADVICE[advised.advice.value](), {"ask": ", ".join(_question_word(code) for code in advised.ask)})


def state_word(code: str) -> str:
    """Return where a day, a signal, a clock, a target, a contact or free pratique stands; the code where none fits."""
    words = _STATES.get(code)
    return words() if words else code


def _question_word(code: str) -> str:
    return _("whether the disease is as the list names it") if code == "AS_NAMED" else code


def coverage_words(shown: "CoverageShown") -> str:
    """Return the coverage with its hours, or that there is none and why."""
    found = shown.coverage
    if found is None or found.share is None:
        return {
            NoCoverage.NO_SHARED_HOUR: _("n/a: no hour has both counts"),
            NoCoverage.UNREADABLE: _("n/a: the counts of immigration cannot be read; ask for them again (BMIS-584)"),
            None: _("n/a: nobody crossed in the hours that have both counts"),
        }.get(shown.why, _("n/a: immigration has handed over no counts by the hour"))
    percent = in_figures(round(Decimal(found.screened * 100) / found.crossed, 1))
    words = _("{percent} % ({screened} of {crossed}, hours with both counts: {hours})").format(
        percent=percent, screened=found.screened, crossed=found.crossed, hours=found.hours
    )
    return words if found.share <= 1 else f"{words}. {_('More were screened than crossed: the counts do not fit.')}"
