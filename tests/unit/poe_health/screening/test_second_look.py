"""Some who are well wait too, by lot or at a full desk: to wait says nothing of anybody's health."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from health_shift import DAY, NOW, feverish, well

from bmis.kernel.actor import Actor, NotAllowedError, Role, Service, service_of
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_token import read_token
from bmis.kernel.clock import local
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.clearance_keys import clearance_keys
from bmis.store.home import Home
from poe_health.clearance import second_look
from poe_health.clearance.errors import ClearanceRuleError, NotWaitingError, SecondLookCardError
from poe_health.clearance.second_look import Share, share_on
from poe_health.store.health import HEALTH
from poe_health.surveillance.tally import DayTold
from ui import compose
from ui.compose_health import health_day

OK, WAIT = ClearanceOutcome.H_OK, ClearanceOutcome.H_WAIT


@pytest.fixture
def share(monkeypatch):
    """Puts a share of a thousand in force from long ago."""

    def of(per_mille):
        monkeypatch.setattr(second_look, "shares", lambda: (Share(date(2020, 1, 1), per_mille),))

    return of


@pytest.fixture
def desk(at_health):
    return at_health(Role.SCREENER)


def kept(desk, request=None):
    return desk.record(request or well(), desk.session.actor)


def outcome_of(desk, token):
    return read_token(token, clearance_keys(desk.session.home), "MZ.L.RSG", NOW).outcome


def waiting(desk):
    return desk.screenings.for_second_look(NOW, desk.session.actor)


def test_who_is_drawn_waits_with_the_result_of_the_well_and_goes_on_after_the_second_look(at_health, desk, share):
    share(1000)

    drawn = kept(desk)
    facts = drawn.view.facts
    assert (facts.result, facts.clearance, facts.drawn) == ("PASS", WAIT, True)
    assert outcome_of(desk, drawn.token) is WAIT
    assert [one.id for one in waiting(desk)] == [drawn.view.id]

    goes = desk.second_look(drawn.view.id, desk.session.actor)
    assert outcome_of(desk, goes.token) is OK
    assert (goes.view.facts.result, goes.view.facts.clearance, goes.view.facts.drawn) == ("PASS", OK, True)
    assert waiting(desk) == ()
    assert compose.verify_store(at_health(Role.HEALTH_SUPERVISOR).session)().records > 0


def test_who_is_not_drawn_goes_on_and_the_record_says_so(desk, share):
    share(0)

    facts = kept(desk).view.facts

    assert (facts.clearance, facts.drawn) == (OK, False)


def test_before_the_rule_begins_no_lot_is_drawn(desk):
    assert share_on(date(2026, 11, 30)) is None
    assert 0 < share_on(date(2026, 12, 1)) < 100
    assert kept(desk).view.facts.drawn is None


def test_a_request_that_comes_again_draws_the_same_and_about_the_share_is_drawn(desk, share):
    share(500)
    requests = [well() for _ in range(60)]

    first = [kept(desk, one).view.facts.drawn for one in requests]

    assert [kept(desk, one).view.facts.drawn for one in requests] == first
    assert 10 < sum(first) < 50  # out of 60: outside once in some ten million runs


def test_another_home_draws_others(desk, share):
    share(500)
    with desk.session.store.write() as unit:
        lot = second_look.SecondLookLot(lambda: NOW)
        ids = [uuid4() for _ in range(64)]
        here = [lot(unit, one, DAY, "x") for one in ids]
        unit.connection.exec_driver_sql("DELETE FROM health_secret WHERE purpose = 'second_look'")
        there = [lot(unit, one, DAY, "x") for one in ids]

    assert here != there


def test_at_a_full_desk_the_screener_lets_who_is_well_wait(desk):
    facts = kept(desk, well(desk_full=True)).view.facts

    assert (facts.result, facts.clearance, facts.desk_full) == ("PASS", WAIT, True)
    assert len(waiting(desk)) == 1


def test_who_is_sent_to_secondary_waits_there_and_no_lot_is_drawn(desk, share):
    share(1000)

    ill = kept(desk, feverish(desk_full=True))

    assert (ill.view.facts.clearance, ill.view.facts.drawn, ill.view.facts.desk_full) == (WAIT, None, False)
    assert waiting(desk) == ()
    with pytest.raises(NotWaitingError):
        desk.second_look(ill.view.id, desk.session.actor)


def test_the_second_look_ends_once_and_never_for_the_border(desk, share):
    share(1000)
    drawn = kept(desk)

    for role in (role for role in Role if service_of(role) is Service.BORDER):
        with pytest.raises(NotAllowedError):
            desk.second_look(drawn.view.id, Actor("x", role))
        with pytest.raises(NotAllowedError):
            desk.screenings.for_second_look(NOW, Actor("x", role))
    desk.second_look(drawn.view.id, desk.session.actor)
    with pytest.raises(NotWaitingError):
        desk.second_look(drawn.view.id, desk.session.actor)


def test_a_card_that_says_done_is_refused_to_who_is_drawn_and_one_that_says_wait_is_taken(at_health, desk, share):
    share(1000)
    supervisor = at_health(Role.HEALTH_SUPERVISOR)
    supervisor.sign_cards(OK, 2, supervisor.session.actor)
    supervisor.sign_cards(WAIT, 1, supervisor.session.actor)

    with pytest.raises(SecondLookCardError):
        kept(desk, well(card=1))
    assert desk.screenings.of_day(DAY, desk.session.actor) == ()
    drawn = kept(desk, well(card=3))
    assert outcome_of(desk, drawn.token) is WAIT
    assert outcome_of(desk, desk.second_look(drawn.view.id, desk.session.actor, 2).token) is OK


def test_no_count_changes_and_a_submitted_day_stays_submitted(at_health, share):
    share(1000)
    desk = at_health(Role.HEALTH_SUPERVISOR)
    day, by = health_day(desk.session), desk.session.actor
    drawn = kept(desk)
    before = day.submit(DAY, DayTold(), by)
    assert before.counted.counts.screened == 1
    assert before.counted.counts.secondary == 0

    desk.second_look(drawn.view.id, by)

    after = day.read(DAY, by)
    assert (after.counted.counts, after.day.state) == (before.counted.counts, before.day.state)
    assert not after.differs
    assert desk.count_today(DAY, by).waiting == 0


def test_midnight_takes_nobody_off_the_list_of_who_waits(at_health, desk, share):
    share(1000)
    late = NOW.replace(hour=21, minute=55) - timedelta(days=1)  # five to midnight at the post
    drawn = kept(desk, well(occurred_at=late))
    forgotten = kept(desk, well(occurred_at=NOW - timedelta(hours=13)))

    after_midnight = late + timedelta(minutes=20)
    assert drawn.view.record.day < local(after_midnight).date()
    shown = desk.screenings.for_second_look(NOW, desk.session.actor)
    assert [view.id for view in shown] == [drawn.view.id]
    earlier = desk.screenings.for_second_look(after_midnight, desk.session.actor)
    assert [view.id for view in earlier] == [forgotten.view.id, drawn.view.id]


def test_a_correction_is_no_second_look(at_health, share):
    share(1000)
    desk = at_health(Role.HEALTH_SUPERVISOR)
    by, drawn = desk.session.actor, kept(desk)

    amended = desk.amend(drawn.view.id, well(form={"sex": "M"}), "o sexo estava errado", by)
    assert amended.view.facts.waits_for_second_look
    assert amended.token is None

    ill = desk.amend(drawn.view.id, feverish(), "febre na segunda medida", by)
    assert (ill.view.facts.result, ill.view.facts.waits_for_second_look) == ("SECONDARY", False)


def test_the_token_of_who_is_drawn_is_that_of_who_is_ill(desk, share):
    ill = kept(desk, feverish())
    share(1000)
    drawn = kept(desk)
    read = [read_token(one.token, clearance_keys(desk.session.home), "MZ.L.RSG", NOW) for one in (ill, drawn)]

    assert len(ill.token) == len(drawn.token)
    assert {(one.outcome, one.issued_at, one.valid_until, one.post_code, one.card) for one in read} == {
        (WAIT, NOW, NOW + timedelta(minutes=120), "MZ.L.RSG", None)
    }


def test_the_files_of_the_home_and_the_store_of_the_border_tell_nothing_of_the_lot(desk, share, training_home):
    share(1000)
    drawn = kept(desk)
    desk.second_look(drawn.view.id, desk.session.actor)
    desk.session.close()

    raw = b"".join(path.read_bytes() for path in training_home.rglob("*") if path.is_file())
    officers = SignIn(Home.open(training_home), (BORDER, HEALTH), lambda: NOW)
    with officers("officer", TRAINING_WORD) as officer, officer.store.read() as unit:
        run = unit.connection.exec_driver_sql
        tables = run("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        dump = repr([run(f'SELECT * FROM "{table}"').all() for table in tables])
    assert "staff" in dump
    for word in ("second_look", "screening.released", "drawn", "desk_full", str(drawn.view.id)):
        assert word.encode() not in raw, word
        assert word not in dump, word


@pytest.mark.parametrize("row", [{}, {"valid_from": "soon", "per_mille": 1}, {"valid_from": DAY, "per_mille": 1001}])
def test_a_damaged_rule_is_said_and_nothing_is_guessed(monkeypatch, row):
    monkeypatch.setattr(second_look, "bundled", lambda *_: SimpleNamespace(said={"share": [row]}))
    with pytest.raises(ClearanceRuleError):
        second_look.shares.__wrapped__()
