"""The days of the tally in the store: signed, append-only, reopened by what comes late, closed with a reason."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.actor import NotAllowedError, Role
from bmis.kernel.identifiers import new_id
from bmis.store.canonical import canonical
from bmis.store.errors import RecordChangedError
from poe_health.reports.health_weekly import week_day_word
from poe_health.surveillance.day import DayState, Reopened, Submitted
from poe_health.surveillance.day_json import KeptDayEvent, day_event_of
from poe_health.surveillance.errors import (
    AlreadySubmittedError,
    ClosingReasonError,
    DayBeforePostError,
    DayNotComeError,
    NothingSubmittedError,
    TallyArithmeticError,
    TallyDamagedError,
)
from poe_health.surveillance.keep_days import ReadDay, ReadWeek, ReopenDay, SubmitDay
from poe_health.surveillance.tally import DayTold, tally_of
from poe_health.surveillance.week import epi_week
from tests.unit.poe_health.screening.health_shift import DAY, NOW, ebola, feverish, well
from tests.unit.poe_health.surveillance.test_daily_tally import AT, screenings
from ui.compose import verify_store
from ui.compose_health import health_desk

TOLD = DayTold(hours_open=Decimal("12.5"), conveyances_inspected=3, crossed={"ENTRY": 40, "EXIT": 0})
CLOSED_BECAUSE = "Ponte submersa desde a madrugada"


class Post:
    """Somebody of health at work, and the days of the post."""

    def __init__(self, session):
        self.session, self.by = session, session.actor
        store, post, now = session.store, session.home.post_code, session.now
        self.desk = health_desk(session)
        self.read = ReadDay(store.read, post)
        self.submit = SubmitDay(store.write, post, now)
        self.reopen = ReopenDay(store.write, post, now)
        self.week = ReadWeek(store.read, post, now)

    def screens(self, request):
        return self.desk.record(request, self.by).view.id

    def one(self, asked):
        with self.session.store.read() as unit:
            return unit.connection.exec_driver_sql(asked).scalar()


@pytest.fixture
def post(signed_in):
    return Post(signed_in(Role.HEALTH_SUPERVISOR))


def test_the_submitted_day_is_that_of_the_records_and_is_signed_by_who_submits(post):
    post.screens(well())
    post.screens(feverish())

    day = post.submit(DAY, TOLD, post.by)

    sent = day.day.sent
    assert (sent.tally.counts.screened, sent.tally.counts.secondary, sent.by) == (2, 1, "health-supervisor")
    assert (sent.tally.hours_open, sent.tally.crossed) == (Decimal("12.5"), {"ENTRY": 40, "EXIT": 0})
    assert post.read(DAY, post.by).day == day.day
    assert post.read(DAY, post.by).differs is False
    last = post.one("SELECT max(seq) FROM audit")
    assert post.one("SELECT kind FROM audit ORDER BY seq DESC LIMIT 1") == "tally.submitted"
    assert post.one("SELECT max(seq) FROM audit_checkpoint") == last
    assert post.one("SELECT count(*) FROM outbox WHERE kind = 'tally.submitted'") == 1


def test_nobody_counted_the_vaccinated_unless_somebody_says_so(post):
    post.screens(well())

    assert post.read(DAY, post.by).counted.counts.yf_vaccinated is None
    assert post.submit(DAY, replace(TOLD, vaccinated=0), post.by).day.sent.tally.counts.yf_vaccinated == 0


def test_numbers_that_contradict_each_other_keep_nothing(post):
    post.screens(well())

    with pytest.raises(TallyArithmeticError) as refused:
        post.submit(DAY, DayTold(crossed={"ENTRY": 0, "EXIT": 0}), post.by)

    assert refused.value.faults == ("crossed_fewer",)
    assert post.one("SELECT count(*) FROM tally_event") == 0


@pytest.mark.parametrize("late", ["record", "void", "case", "closed_case"])
def test_what_comes_late_reopens_the_day_and_the_next_submission_names_the_one_it_replaces(post, late):
    ill, other = post.screens(feverish()), post.screens(well())
    case = post.screens(ebola(primary_id=ill)) if late == "closed_case" else None
    first = post.submit(DAY, TOLD, post.by)

    if late == "record":
        cause = post.screens(well())
    elif late == "void":
        cause = other
        post.desk.void(other, "Typed for another one", post.by)
    elif late == "case":
        cause = post.screens(ebola(primary_id=ill))
    else:
        cause = case
        post.desk.void(case, "Typed for another one", post.by)

    day = post.read(DAY, post.by)
    assert (day.day.state, day.differs) == (DayState.REOPENED, True)
    assert [one.record for one in day.day.reopened] == [str(cause)]
    again = post.submit(DAY, DayTold(), post.by)
    assert (again.submission.replaces, again.day.sent.revision) == (first.submission.id, 1)
    assert again.day.is_revised
    assert again.day.sent.tally.hours_open == Decimal("12.5")  # nobody has to tell it twice
    assert verify_store(post.session)().records > 0


def test_a_record_of_an_open_day_reopens_nothing(post):
    post.screens(well())

    assert post.one("SELECT count(*) FROM tally_event") == 0
    post.submit(DAY, TOLD, post.by)
    post.screens(well())
    post.screens(well())
    assert post.one("SELECT count(*) FROM tally_event WHERE kind = 'tally.reopened'") == 1


def test_a_day_is_not_submitted_twice_nor_ahead(post):
    post.screens(well())
    post.submit(DAY, TOLD, post.by)

    with pytest.raises(AlreadySubmittedError):
        post.submit(DAY, TOLD, post.by)
    with pytest.raises(DayNotComeError):
        post.submit.closed(DAY + timedelta(days=1), "CLOSED", CLOSED_BECAUSE, post.by)


def test_a_closed_day_has_no_zeros_and_says_why(post):
    with pytest.raises(ClosingReasonError):
        post.submit.closed(DAY, "CLOSED", "cheia", post.by)

    day = post.submit.closed(DAY, "CLOSED", CLOSED_BECAUSE, post.by).day.sent.tally

    assert (day.has_data, day.hours_open, day.none_screened_note) == (False, Decimal(0), CLOSED_BECAUSE)
    week = post.week(epi_week(DAY), post.by).summary
    assert (week.counts, week.days_without) == (None, {DAY: "CLOSED"})


def test_a_post_where_somebody_was_screened_was_not_closed(post):
    post.screens(well())

    with pytest.raises(TallyArithmeticError) as refused:
        post.submit.closed(DAY, "CLOSED", CLOSED_BECAUSE, post.by)
    assert "reason_though_screened" in refused.value.faults


def test_open_and_nobody_came_is_zero(post):
    day = post.submit(DAY, DayTold(hours_open=Decimal(12), none_screened_reason="NO_TRAVELLERS"), post.by)

    assert day.day.sent.tally.has_data
    assert post.week(epi_week(DAY), post.by).summary.counts.screened == 0


def test_a_closed_day_on_which_somebody_was_screened_after_all_asks_anew(post):
    post.submit.closed(DAY, "CLOSED", CLOSED_BECAUSE, post.by)
    post.screens(well())

    day = post.read(DAY, post.by)

    assert (day.day.state, day.counted.none_screened_reason, day.counted.hours_open) == (DayState.REOPENED, None, None)
    again = post.submit(DAY, replace(TOLD, hours_open=Decimal(6)), post.by)
    assert again.day.sent.tally.has_data


def test_a_day_is_reopened_by_hand_with_a_reason(post):
    with pytest.raises(NothingSubmittedError):
        post.reopen(DAY, "contagem da tarde em falta", post.by)
    post.screens(well())
    post.submit(DAY, TOLD, post.by)

    assert post.reopen(DAY, "contagem da tarde em falta", post.by).day.state is DayState.REOPENED
    assert post.submit(DAY, replace(TOLD, conveyances_inspected=4), post.by).day.sent.revision == 1


def test_in_a_week_the_missing_days_are_visible(post):
    post.screens(well())
    post.submit(DAY, TOLD, post.by)
    post.screens(well(occurred_at=NOW - timedelta(days=3)))  # as of a post that has worked since
    post.submit.closed(DAY - timedelta(days=1), "NO_STAFF", "Ninguém escalado neste dia", post.by)
    post.screens(well())

    week = post.week(epi_week(DAY), post.by)

    assert DAY.isoweekday() == 6
    assert week.missing == week.summary.week.days[2:4]
    assert week.summary.days_missing == (*week.summary.week.days[:4], week.summary.week.days[6])
    assert [one.has_come for one in week.days] == [True] * 6 + [False]
    assert week.reopened == (DAY,)
    assert week.summary.counts.screened == 1  # as it was sent last
    assert week.summary.suspected_by["CHOLERA"] == 0


def test_a_day_before_the_post_worked_here_is_not_submitted_and_not_missing(post):
    for day in (DAY - timedelta(days=1), date(1999, 3, 1)):
        with pytest.raises(DayBeforePostError) as refused:
            post.submit.closed(day, "CLOSED", CLOSED_BECAUSE, post.by)
        assert refused.value.facts["first"] == DAY.isoformat()  # the home was made today
        assert post.read(day, post.by).day.state is DayState.OPEN
    week = post.week(epi_week(DAY), post.by)
    assert week.missing == ()
    assert [week_day_word(one) for one in week.days] == [
        *["antes do primeiro dia do posto"] * 5,
        "ainda não submetido",
        "por vir",
    ]

    post.screens(well(occurred_at=NOW - timedelta(days=2)))

    assert post.week(epi_week(DAY), post.by).missing == (DAY - timedelta(days=2), DAY - timedelta(days=1))
    assert post.submit.closed(DAY - timedelta(days=1), "CLOSED", CLOSED_BECAUSE, post.by).day.sent is not None


@pytest.mark.parametrize("role", [Role.SCREENER, Role.CLINICIAN, Role.EPIDEMIOLOGIST])
def test_others_do_not_submit(signed_in, role):
    other = Post(signed_in(role))

    with pytest.raises(NotAllowedError):
        other.submit(DAY, TOLD, other.by)


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE tally_event SET payload = replace(payload, '\"screened\":1', '\"screened\":0')",
        "UPDATE tally_event SET day = '2026-03-13'",
        "UPDATE tally_event SET by = 'screener'",
        "DELETE FROM tally_event",
    ],
)
def test_a_tally_that_was_changed_in_the_file_does_not_prove(post, changed):
    post.screens(well())
    post.submit(DAY, TOLD, post.by)
    with post.session.store.write() as unit:
        assert unit.connection.exec_driver_sql(changed).rowcount == 1
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(post.session)()


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE health_access SET by = 'screener'",
        "UPDATE health_access SET reason = 'x'",
        "DELETE FROM health_access",
        "UPDATE clearance_issue SET outcome = 'H_OK' WHERE outcome <> 'H_OK'",
        "DELETE FROM clearance_issue",
        "UPDATE health_secret SET purpose = 'other'",
        "DELETE FROM health_secret",
    ],
)
def test_openings_tokens_and_keys_are_proved_too(post, changed):
    kept = post.screens(ebola())
    post.desk.show(kept, post.by)
    verify_store(post.session)()
    with post.session.store.write() as unit:
        assert unit.connection.exec_driver_sql(changed).rowcount >= 1
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(post.session)()


@given(st.lists(screenings(), max_size=30), st.none() | st.decimals(0, 24, places=2), st.none() | st.integers(0, 9))
def test_a_tally_comes_back_from_its_plain_values_as_it_was(records, hours, inspected):
    import json

    tally = tally_of("MZ.L.RSG", DAY, records, DayTold(hours_open=hours, conveyances_inspected=inspected))
    tally = replace(tally, counts=replace(tally.counts, yf_vaccinated=None))
    identifier = new_id(AT)
    sent = KeptDayEvent(identifier, "MZ.L.RSG", DAY, Submitted(AT, "ana", tally, 0), None)
    late = KeptDayEvent(identifier, "MZ.L.RSG", DAY, Reopened(AT, "rui", record="r"), None)

    for event in (sent, late):
        assert day_event_of(json.loads(canonical(event.payload()))) == event


@pytest.mark.parametrize(
    "said",
    [{}, {"id": "x"}, {"id": str(UUID(int=0)), "kind": "tally.submitted"}, {"id": str(new_id(NOW)), "kind": "no"}],
)
def test_what_is_no_tally_is_refused(said):
    with pytest.raises(TallyDamagedError):
        day_event_of(said)
