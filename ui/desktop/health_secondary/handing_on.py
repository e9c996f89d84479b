"""What a case gives to a transfer or a monitoring: who it is, the vital signs, the care, day 0. No Qt."""

from dataclasses import dataclass
from datetime import date, datetime

from bmis.documents.dates import PartialDate
from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.followup.errors import MonitoringDaysError
from poe_health.followup.start_monitoring import monitoring_days
from poe_health.referrals.note import Vitals
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from poe_health.screening.outcome import Outcome
from poe_health.screening.record import Companion
from poe_health.screening.secondary_rules import secondary_policy
from ui.desktop.health_secondary.case_request import request_of
from ui.desktop.health_secondary.case_sheet import CaseSheet


@dataclass(frozen=True, slots=True)
class Finished:
    """A case as it was when it was handed on: what was typed, and what the rules said."""

    sheet: CaseSheet
    outcome: Outcome | None
    diagnosis: str | None = None

    @property
    def suspected(self) -> tuple[str, ...]:
        """Return the diseases that are suspected, the clinician's own first."""
        found = self.outcome.judgement.suspected if self.outcome else ()
        return tuple(dict.fromkeys((*((self.diagnosis,) if self.diagnosis else ()), *found)))


def identity_of(sheet: CaseSheet) -> PatientIdentity:
    """Return who the person is; what cannot be read stays unknown."""
    born = _born(sheet.text("birth_date"))
    age = sheet.text("age_years")
    document = " ".join(filter(None, (sheet.text(name) for name in _DOCUMENT)))
    return PatientIdentity(
        surname=sheet.text("surname") or None,
        given_names=sheet.text("given_names") or None,
        sex=sheet.text("sex") or None,
        birth_date=born,
        age_years=int(age) if age.isdigit() and born is None else None,
        nationality=sheet.text("nationality") or None,
        document=document or None,
        language=sheet.text("language") or None,
        phone=sheet.text("phone") or None,
        other_contact=sheet.text("emergency_contact") or None,
        address=sheet.text("address_next") or None,
    )


def companion_identity(one: Companion, sheet: CaseSheet) -> PatientIdentity:
    """Return who a companion is, to be found where the traveller stays."""
    return PatientIdentity(
        surname=one.name,
        sex=one.sex,
        age_years=one.age_years,
        phone=sheet.text("phone") or None,
        other_contact=_with(one, sheet),
        address=sheet.text("address_next") or None,
    )


def vitals_of(sheet: CaseSheet, today: date, now: datetime) -> tuple[Vitals, ...]:
    """Return the vital signs of the case; () where none was measured."""
    request, _wrong = request_of(sheet, today, now)
    examined = request.secondary.examination if request.secondary else None
    last = request.temperatures[-1] if request.temperatures else None
    if examined is None and last is None:
        return ()
    upper, _slash, lower = (examined.pressure or "").partition("/") if examined else ("", "", "")
    try:
        return (
            Vitals(
                at=examined.at if examined else (last.at if last and last.at else now),
                temp_c=last.celsius if last else None,
                pulse=examined.pulse if examined else None,
                resp_rate=examined.breaths if examined else None,
                spo2=examined.oxygen if examined else None,
                bp_systolic=int(upper) if upper.isdigit() else None,
                bp_diastolic=int(lower) if lower.isdigit() else None,
            ),
        )
    except OfficerError:  # a value that a living person has, but the list of the guia does not allow
        return ()


def care_words(sheet: CaseSheet) -> str:
    """Return the care that was given, in words."""
    care, language = secondary_policy().care, current_language()
    return "; ".join(care[code].label(language) for code in sheet.care)


def companions_words(sheet: CaseSheet) -> str:
    """Return who travels along."""
    return "; ".join(" ".join(filter(None, (one.name, one.relation))) for one in sheet.companions)


def followed_diseases(finished: Finished, today: date) -> tuple[str, ...]:
    """Return the diseases that a post follows people for, those that fit the case first."""
    fitting = list(finished.suspected)
    for code, disease in rule_set(today).diseases.items():
        rule = disease.well_contact
        if rule and any(finished.sheet.answer(one) is Answer.YES for one in rule.exposures):
            fitting.append(code)
    if finished.outcome:
        fitting += finished.outcome.judgement.alerts
    every = dict.fromkeys((*fitting, *rule_set(today).diseases))
    return tuple(code for code in every if _has_days(code, today))


def last_exposure(sheet: CaseSheet) -> date | None:
    """Return the last day of an exposure that was told; None: not known."""
    days = [one.last_on for one in sheet.exposures.values() if one.answer is Answer.YES and one.last_on]
    return max(days, default=None)


def _has_days(code: str, today: date) -> bool:
    try:
        return monitoring_days(code, today) > 0
    except MonitoringDaysError:
        return False


def _with(one: Companion, sheet: CaseSheet) -> str:
    name = ", ".join(filter(None, (sheet.text("surname"), sheet.text("given_names"))))
    return " ".join(filter(None, (one.relation, _("travels with {name}").format(name=name) if name else ""))) or "—"


def _born(text: str) -> date | None:
    if not text:
        return None
    try:
        born = PartialDate.parse(text)
    except OfficerError:
        return None
    return None if born.month is None or born.day is None else date(born.year, born.month, born.day)


_DOCUMENT = ("document_kind", "document_country", "document_number")
