"""The facts of exports as the health store keeps them: screenings with transfers and monitoring, voyages' contacts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from bmis.kernel.clock import Clock, local
from bmis.store.unit import OpenUnit
from poe_health.codes import exposures, symptoms
from poe_health.exchange.contacts import contacts_of
from poe_health.exchange.records import MonitoringsOf, SecondaryCases, standing_of
from poe_health.exchange.source import (
    ExportCase,
    ExportContact,
    ExportPerson,
    ExportReferral,
    ExportTally,
    ExportTemperature,
    ExportVisit,
    ExportVoyage,
    Standing,
)
from poe_health.followup.monitoring import Monitoring
from poe_health.followup.visit import DayStatus
from poe_health.referrals.records import SqlReferrals
from poe_health.referrals.referral import Referral
from poe_health.rules.answer import Answer
from poe_health.screening.form import ExposureAnswer, ScreeningForm
from poe_health.screening.policy import screening_policy
from poe_health.screening.record import Clinical, Person, ScreeningView
from poe_health.screening.records import SqlScreeningCounts
from poe_health.surveillance.keep_days import counted, last_sent
from poe_health.surveillance.tally import DayTold

_NO_DAY = frozenset({DayStatus.BEFORE, DayStatus.AFTER})
_ENDED = frozenset({"DONE", "LOST"})
_FEVER, _FEVER_TOLD = "FEVER", "FEVER_HISTORY_48H"


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """An ``ExportSource`` over an open store. Days are as they were submitted, else counted from their records."""

    read: OpenUnit
    post_code: str
    now: Clock

    def cases(self, first: date, last: date) -> Sequence[ExportCase]:
        """Return the standing secondary cases of those days, oldest first."""
        today = local(self.now()).date()
        with self.read() as unit:
            referrals, monitorings = SqlReferrals(unit), MonitoringsOf(unit)
            return [
                case_of(view, content.clinical, content.person, referrals.of_screening(view.id), followed, today)
                for view, content in SecondaryCases(unit)(first, last)
                for followed in (monitorings(view.id),)
            ]

    def contacts(self, first: date, last: date) -> Sequence[ExportContact]:
        """Return the contacts of those cases on voyages; after retention they have no name."""
        with self.read() as unit:
            cases = {view.id for view, _ in SecondaryCases(unit)(first, last)}
            return contacts_of(unit, cases) if cases else ()

    def tallies(self, first: date, last: date) -> Sequence[ExportTally]:
        """Return what was submitted last of each day; of a day with records that nobody submitted, the records' tally.

        A day that a late record reopened is handed on as it was submitted, until it is submitted again.
        """
        with self.read() as unit:
            sent = {one.tally.day: ExportTally.of(one) for one in last_sent(unit, first, last)}
            for day in SqlScreeningCounts(unit).days_with_records(first, last) - sent.keys():
                sent[day] = ExportTally(counted(unit, self.post_code, day, DayTold()))
        return [sent[day] for day in sorted(sent)]

    def standing(self, cases: Collection[UUID]) -> Mapping[UUID, Standing]:
        """Return where those stand of which there is a record."""
        with self.read() as unit:
            return standing_of(unit, cases)


def case_of(
    view: ScreeningView,
    clinical: Clinical | None,
    person: Person | None,
    referrals: Sequence[Referral],
    monitorings: Sequence[Monitoring],
    today: date,
) -> ExportCase:
    """Return the case as an export needs it; where retention erased a part, what was in it is not known."""
    record, facts = view.record, view.facts
    form = clinical.form if clinical else None
    secondary = clinical.secondary if clinical else None
    return ExportCase(
        id=record.id,
        ref=f"{record.desk_id}-{record.seq}",
        post_code=record.post_code,
        opened_at=record.screened_at,
        closed_at=_closed_at(view),
        direction=facts.cell.direction,
        voyage=_voyage(view, clinical, person),
        sex=facts.cell.sex or (person.sex if person else None),
        age_years=_whole_years(form),
        age_band=facts.cell.age_band,
        origin_country=facts.cell.origin_country,
        temperatures=_temperatures(view, clinical),
        symptoms=_symptoms(form, _temperatures(view, clinical)),
        exposures=_exposures(form),
        onset=secondary.onset_on if secondary else None,
        itinerary=form.itinerary if form else None,
        suspected=facts.suspected,
        working=secondary.working_diagnosis if secondary else None,
        risk=facts.risk_level,
        disposition=facts.disposition,
        certificate=facts.certificate,
        referral=_referral(referrals),
        visits=tuple(visit for one in monitorings for visit in _visits(one, today)),
        rules_digest=record.rules_digest,
        person=_person(person),
        pseudonym=clinical.pseudonym if clinical else None,
    )


def _closed_at(view: ScreeningView) -> datetime | None:
    """Return when the disposition was given: with the record, or by the last event that says one."""
    if view.facts.disposition is None:
        return None
    given = [
        event.recorded_at for event in view.events if event.facts is not None and event.facts.disposition is not None
    ]
    return view.record.recorded_at if view.record.facts.disposition is not None or not given else given[0]


def _voyage(view: ScreeningView, clinical: Clinical | None, person: Person | None) -> ExportVoyage | None:
    travel = clinical.travel if clinical else None
    conveyance = view.facts.cell.conveyance or (travel.conveyance if travel else None)
    if conveyance is None:
        return None
    number = travel.conveyance_id if travel else None
    return ExportVoyage(conveyance, number, arrived_on=view.record.day, seat=person.seat if person else None)


def _temperatures(view: ScreeningView, clinical: Clinical | None) -> tuple[ExportTemperature, ...]:
    """Return every measurement; the form's own where they were not kept one by one."""
    at = view.record.screened_at
    if clinical is None:
        return ()
    if clinical.temperatures:
        return tuple(ExportTemperature(one.celsius, one.at or at, one.method) for one in clinical.temperatures)
    last = clinical.form.temperature
    return () if last is None else (ExportTemperature(last.celsius, at, last.method),)


def _whole_years(form: ScreeningForm | None) -> int | None:
    """Return the age where it is known to the year; a range of years is not an age."""
    if form is None or form.age is None or int(form.age.least) + 1 < form.age.under:
        return None
    return int(form.age.least)


def _symptoms(form: ScreeningForm | None, measured: Sequence[ExportTemperature]) -> Mapping[str, Answer]:
    """Return every answer: ``others`` answers what was asked of the rest of the list, unless it says unknown."""
    if form is None:
        return {}
    said = dict(form.symptoms)
    if form.others is not Answer.UNKNOWN:
        said = dict.fromkeys(symptoms(), form.others) | said
    if form.symptoms.get(_FEVER) is None:
        threshold = screening_policy().temperature.threshold_c
        if said.get(_FEVER_TOLD) is Answer.YES or any(one.celsius >= threshold for one in measured):
            said[_FEVER] = Answer.YES  # measured or reported, as the rules derive it
    return said


def _exposures(form: ScreeningForm | None) -> Mapping[str, ExposureAnswer]:
    if form is None:
        return {}
    rest = {} if form.others is Answer.UNKNOWN else dict.fromkeys(exposures(), ExposureAnswer(form.others))
    return rest | dict(form.exposures)


def _referral(referrals: Sequence[Referral]) -> ExportReferral | None:
    """Return the newest transfer that has a unit to go to."""
    known = [one for one in referrals if one.facility is not None and one.state.value != "CANCELLED"]
    if not known:
        return None
    last = max(known, key=lambda one: one.opened_at)
    return ExportReferral(last.id, last.opened_at, last.facility_name or last.facility or "")


def _visits(one: Monitoring, today: date) -> Iterator[ExportVisit]:
    for day in one.days(today):
        if day.status not in _NO_DAY:
            yield ExportVisit(uuid5(one.id, day.day.isoformat()), day.day, day.status.value)
    if one.state.value in _ENDED and one.closed_on is not None:
        yield ExportVisit(uuid5(one.id, "end"), one.closed_on, one.state.value)


def _person(person: Person | None) -> ExportPerson | None:
    if person is None:
        return None
    return ExportPerson(
        surname=person.surname or "",
        given_names=person.given_names or "",
        birth_date=person.birth_date,
        nationality=person.nationality,
        document_type=person.document_kind,
        document_country=person.document_country,
        document_number=person.document_number,
        phones=person.phones,
        address=person.address_next,
    )
