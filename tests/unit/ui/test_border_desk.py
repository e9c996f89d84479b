"""The joined desk: the checks in the order of policy, and what it remembers of the post."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from bmis.kernel.actor import Role
from bmis.kernel.clock import fixed_clock
from bmis.posts import post_kind
from ui import border_desk, compose
from ui.border_desk import _RecordsVouched
from ui.compose import border_checks

NOW = fixed_clock(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))  # already the 23rd at the post
PLACE = SimpleNamespace(utc_offset_minutes=120)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def vouched(asked):
    def settings(day):
        asked.append(day)
        return SimpleNamespace(records_complete_since=date(2026, 1, 1))

    return _RecordsVouched(settings, NOW, PLACE)


def test_checks_come_in_the_order_of_policy():
    assert [check.name for check in border_checks()] == [
        "check_digits",
        "document_dates",
        "state_code",
        "other_identity",
        "open_crossing",
        "repeated",
    ]


def test_what_may_hang_waits_as_long_as_the_kind_of_post_says_on_that_day(monkeypatch):
    rules = {date(2026, 11, 22): 2.5, date(2026, 11, 23): 9.0}
    asked = []

    def rule(kind, on):
        asked.append(kind)
        return SimpleNamespace(check_timeout_s=rules[on])

    monkeypatch.setattr(post_kind, "post_kind_rule", rule)
    for day, wait in rules.items():
        waits = {check.name: check.timeout_s for check in border_checks("MZ.L.RSG", day)}
        assert {waits[name] for name in ("other_identity", "open_crossing", "repeated")} == {wait}
        assert {waits[name] for name in ("check_digits", "document_dates", "state_code")} == {None}
    assert set(asked) == {post_kind.PostKind.LAND}


def test_a_post_that_the_list_no_longer_has_still_checks_within_a_time():
    waits = {check.name: check.timeout_s for check in border_checks("MZ.L.GONE", date(2026, 11, 22))}

    assert waits["repeated"] == 3.0


def test_the_lane_at_work_has_the_waits_of_its_post(signed_in):
    desk = compose.border_desk(signed_in(Role.OFFICER))

    assert {check.name: check.timeout_s for check in desk.record.check.checks}["repeated"] == 5.0


def test_records_are_vouched_for_from_midnight_at_the_post(vouched, asked):
    assert vouched() == datetime(2025, 12, 31, 22, 0, tzinfo=UTC)
    assert asked == [date(2026, 11, 23)]


def test_a_save_does_not_ask_again_but_the_next_traveller_does(vouched, asked, monkeypatch):
    vouched()
    vouched()
    assert len(asked) == 1

    monkeypatch.setattr(border_desk, "REMEMBERED_S", -1)
    vouched()
    assert len(asked) == 2
