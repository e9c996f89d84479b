"""The day of a tally at the post: counted from the records, submitted under a name, closed with a reason, reopened."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import made_at, new_id
from bmis.store.audit import first_recorded
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.certificates.records import SqlChecks
from poe_health.outbreaks.records import SqlCholera
from poe_health.screening.records import SqlScreeningCounts
from poe_health.surveillance.arithmetic import Fault, TallyFault, faults_of
from poe_health.surveillance.checked import persons_of, unplaced
from poe_health.surveillance.day import SHORTEST_REASON, Day, DayState, Submitted, day_of, reopen, submit
from poe_health.surveillance.day_json import KeptDayEvent
from poe_health.surveillance.errors import ClosingReasonError, DayBeforePostError
from poe_health.surveillance.recorded import Recorded, recorded_on
from poe_health.surveillance.records import SqlTallyDays
from poe_health.surveillance.settings import count_thresholds, reasons_none_screened
from poe_health.surveillance.tally import DailyTally, DayTold, tally_of_groups, with_unplaced, without
from poe_health.surveillance.week import EpiWeek, WeekSummary, summary_of

CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day as it stands: what was submitted last, and what the records say now.

    ``counted`` is the tally that would be submitted now, ``recorded`` what of it the records beside screenings say.
    ``submission`` is the kept event of ``day.sent``.
    """

    day: Day
    counted: DailyTally
    faults: tuple[TallyFault, ...]
    submission: KeptDayEvent | None
    has_records: bool
    recorded: Recorded

    @property
    def differs(self) -> bool | None:
        """Return whether the records say other numbers than were submitted; None: nothing was submitted."""
        if self.day.sent is None:
            return None
        return self._from_records(self.counted) != self._from_records(self.day.sent.tally)

    def _from_records(self, tally: DailyTally) -> tuple[object, ...]:
        """Return of a tally what the records say: not what was told because there are none."""
        vaccinated, inspected = self.recorded.vaccinated, self.recorded.inspected
        if vaccinated is None:
            tally = without(tally, "yf_vaccinated")
        return tally.counts, tally.suspected_by, tally.cells, None if inspected is None else tally.conveyances_inspected


@dataclass(frozen=True, slots=True)
class ReadDay:
    """Answers a day of the tally."""

    open_read: OpenUnit
    post_code: str

    def __call__(self, day: date, by: Actor, told: DayTold | None = None) -> DayShown:
        """Return the day; what ``told`` leaves open is taken from what was submitted before.

        Raises:
            NotAllowedError: the role reads no counts. TallyDamagedError, DayHistoryError: what is kept does not prove.
        """
        require(by, Permission.READ_HEALTH_COUNTS)
        with self.open_read() as unit:
            return _shown(unit, self.post_code, day, told or DayTold())


@dataclass(frozen=True, slots=True)
class SubmitDay:
    """Submits a day. The submission is the last link of the audit chain and is signed with the person's key."""

    open_unit: OpenUnit
    post_code: str
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, day: date, told: DayTold, by: Actor) -> DayShown:
        """Return the day, submitted; a later submission names the one that it replaces.

        Raises:
            NotAllowedError: the role submits no tally.
            TallyArithmeticError: the numbers contradict each other: nothing was kept.
            AlreadySubmittedError: nothing came in since. DayNotComeError: the day has not begun.
            DayBeforePostError: the post did not work here yet.
            ClosingReasonError: a day without counts, and no words why.
        """
        require(by, Permission.SUBMIT_TALLY)
        with self.open_unit() as unit:
            now = self.now()
            began = began_on(unit, self.utc_offset_minutes)
            if began is not None and day < began:
                raise DayBeforePostError(began)
            shown = _shown(unit, self.post_code, day, told)
            _require_words(shown.counted)
            identifier = new_id(now)
            today = local(now, self.utc_offset_minutes).date()
            events = [one.event for one in SqlTallyDays(unit).of_day(day)]
            differs = tuple(shown.recorded.contradicted_by(told))
            event = submit(events, shown.counted, today=today, at=made_at(identifier), by=by.name, also=differs)
            replaces = shown.submission.id if shown.submission else None
            kept = KeptDayEvent(identifier, self.post_code, day, event, replaces)
            SqlTallyDays(unit).keep(kept)
            unit.audit.checkpoint(now)
            unit.commit()
        return replace(shown, day=day_of([*events, event]), submission=kept)

    def closed(self, day: date, reason: str, note: str, by: Actor) -> DayShown:
        """Return the day, submitted as one on which nobody was screened; ``reason`` is a code of the list.

        Raises:
            As ``__call__``; where somebody was screened, TallyArithmeticError.
        """
        known = reasons_none_screened().get(reason)
        hours = Decimal(0) if known is not None and known.no_data else None
        return self(day, DayTold(hours_open=hours, none_screened_reason=reason, none_screened_note=note), by)


@dataclass(frozen=True, slots=True)
class ReopenDay:
    """Opens a submitted day again by hand."""

    open_unit: OpenUnit
    post_code: str
    now: Clock

    def __call__(self, day: date, reason: str, by: Actor) -> DayShown:
        """Return the day, open again.

        Raises:
            NotAllowedError: the role submits no tally.
            NothingSubmittedError: it is open. ReopeningReasonError: the reason is too short.
        """
        require(by, Permission.SUBMIT_TALLY)
        with self.open_unit() as unit:
            identifier = new_id(self.now())
            events = [one.event for one in SqlTallyDays(unit).of_day(day)]
            event = reopen(events, reason, at=made_at(identifier), by=by.name)
            SqlTallyDays(unit).keep(KeptDayEvent(identifier, self.post_code, day, event))
            shown = _shown(unit, self.post_code, day, DayTold())
            unit.commit()
        return shown


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of a week: where it stands (None: nothing was submitted), and what was sent last.

    ``had_post``: the post worked here on that day, or before it.
    """

    day: date
    state: DayState | None
    sent: Submitted | None
    has_come: bool
    is_over: bool
    had_post: bool

    @property
    def is_missing(self) -> bool:
        """Return whether it should have been submitted: it is over, and the post worked here."""
        return self.sent is None and self.is_over and self.had_post


@dataclass(frozen=True, slots=True)
class WeekShown:
    """A week from what was submitted, with each of its days."""

    summary: WeekSummary
    days: tuple[WeekDay, ...]

    @property
    def missing(self) -> tuple[date, ...]:
        """Return the days that should have been submitted and were not."""
        return tuple(one.day for one in self.days if one.is_missing)

    @property
    def reopened(self) -> tuple[date, ...]:
        """Return the days whose numbers are being corrected: the sums hold what was sent last."""
        return tuple(one.day for one in self.days if one.state is DayState.REOPENED)


@dataclass(frozen=True, slots=True)
class ReadWeek:
    """Answers a week. Diseases that are reported even when there is none of them stand in it with zero."""

    open_read: OpenUnit
    post_code: str
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, week: EpiWeek, by: Actor) -> WeekShown:
        """Return the week.

        Raises:
            NotAllowedError: the role reads no counts. TallyDamagedError, DayHistoryError: what is kept does not prove.
        """
        require(by, Permission.READ_HEALTH_COUNTS)
        today = local(self.now(), self.utc_offset_minutes).date()
        with self.open_read() as unit:
            kept = SqlTallyDays(unit).between(week.days[0], week.days[-1])
            began = began_on(unit, self.utc_offset_minutes)
        folded = {day: day_of([one.event for one in events]) for day, events in kept.items()}
        sent = [one.sent.tally for one in folded.values() if one.sent is not None]
        diseases = sorted(count_thresholds(week.days[-1]))
        days = tuple(_week_day(day, folded.get(day), today, began) for day in week.days)
        return WeekShown(summary_of(self.post_code, week, sent, diseases), days)


def began_on(unit: UnitOfWork, utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES) -> date | None:
    """Return the first day of the post here: that on which its store was made, or that of an earlier record or day."""
    made = first_recorded(unit.connection)
    days = (SqlScreeningCounts(unit).first_day(), SqlTallyDays(unit).first_day())
    known = [day for day in days if day is not None]
    return min(known if made is None else [*known, local(made, utc_offset_minutes).date()], default=None)


def last_sent(unit: UnitOfWork, first: date, last: date) -> tuple[Submitted, ...]:
    """Return what was submitted last of each day that was submitted, by day."""
    kept = SqlTallyDays(unit).between(first, last)
    folded = (day_of([one.event for one in events]) for _, events in sorted(kept.items()))
    return tuple(one.sent for one in folded if one.sent is not None)


def counted(unit: UnitOfWork, post_code: str, day: date, told: DayTold) -> DailyTally:
    """Return the tally of the day from its records, and what is told where there can be none."""
    recorded = recorded_on(unit, day)
    return _with(_counted(unit, post_code, day, recorded), recorded.over(told))


def _counted(unit: UnitOfWork, post_code: str, day: date, recorded: Recorded) -> DailyTally:
    """Return screenings, checks of certificates and deaths, each person once; nothing that may be told."""
    counts, checks = SqlScreeningCounts(unit), SqlChecks(unit).counting_on(day)
    persons = persons_of(
        checks, counts.travellers({one.screening_id for one in checks if one.screening_id is not None})
    )
    checked = {one.traveller: one for one in persons if one.traveller is not None}
    facts = [(fact, alike) for _, fact, alike in counts.grouped(day, day, checked)]
    facts += [(checked[traveller].upon(fact), 1) for traveller, fact in counts.facts_apart(day, checked)]
    alone = unplaced(persons, day)
    return with_unplaced(
        tally_of_groups(post_code, day, facts, DayTold()),
        yf_checked=alone.checked,
        yf_not_valid=alone.not_valid,
        deaths=recorded.deaths,
        yf_vaccinated=None,
    )


def _shown(unit: UnitOfWork, post_code: str, day: date, told: DayTold) -> DayShown:
    kept = SqlTallyDays(unit).of_day(day)
    folded = day_of([one.event for one in kept])
    recorded = recorded_on(unit, day)
    bare = _counted(unit, post_code, day, recorded)
    tally = _with(bare, recorded.over(_filled(told, folded.sent, screened=bare.counts.screened)))
    submission = next((one for one in reversed(kept) if isinstance(one.event, Submitted)), None)
    faults = (*faults_of(tally), *recorded.contradicted_by(told), *_express(unit, day))
    has_records = bool(bare.cells or recorded.vaccinated or recorded.inspected)
    return DayShown(folded, tally, faults, submission, has_records, recorded)


def _express(unit: UnitOfWork, day: date) -> tuple[TallyFault, ...]:
    """Return that patients of the day wait for their form: nothing is guessed for them, so no count holds them."""
    without, treated = SqlCholera(unit).without_form(day)
    return (TallyFault(Fault.EXPRESS_WITHOUT_FORM, without, treated, "CHOLERA"),) if without else ()


def _with(tally: DailyTally, told: DayTold) -> DailyTally:
    return replace(
        with_unplaced(tally, yf_vaccinated=told.vaccinated),
        crossed=told.crossed,
        hours_open=told.hours_open,
        conveyances_inspected=told.conveyances_inspected,
        none_screened_reason=told.none_screened_reason,
        none_screened_note=told.none_screened_note,
        fewer_crossed_reason=told.fewer_crossed_reason,
    )


def _filled(told: DayTold, sent: Submitted | None, *, screened: int) -> DayTold:
    """Return what is told now over what was told before; why nobody was screened goes once somebody was."""
    if sent is None:
        return told
    before = sent.tally
    was_closed = before.none_screened_reason is not None and screened > 0
    keeps_reason = not was_closed and told.none_screened_reason is None
    old_hours = before.hours_open if keeps_reason else None
    old_reason = before.none_screened_reason if keeps_reason else None
    old_note = before.none_screened_note if keeps_reason else None

    def first(new: object, old: object) -> object:
        return old if new is None else new

    filled = {
        "hours_open": first(told.hours_open, old_hours),
        "crossed": first(told.crossed, before.crossed),
        "conveyances_inspected": first(told.conveyances_inspected, before.conveyances_inspected),
        "vaccinated": first(told.vaccinated, before.counts.yf_vaccinated),
        "none_screened_reason": first(told.none_screened_reason, old_reason),
        "none_screened_note": first(told.none_screened_note, old_note),
        "fewer_crossed_reason": first(told.fewer_crossed_reason, before.fewer_crossed_reason),
    }
    return DayTold(**filled)  # type: ignore[arg-type]  # each is of its field, from one tally or the other


def _require_words(tally: DailyTally) -> None:
    reason = reasons_none_screened().get(tally.none_screened_reason or "")
    said = (tally.none_screened_note or "").strip()
    if reason is not None and reason.no_data and len(said) < SHORTEST_REASON:
        raise ClosingReasonError(SHORTEST_REASON)


def _week_day(day: date, folded: Day | None, today: date, began: date | None) -> WeekDay:
    state, sent = (None, None) if folded is None else (folded.state, folded.sent)
    return WeekDay(day, state, sent, day <= today, day < today, began is None or day >= began)
