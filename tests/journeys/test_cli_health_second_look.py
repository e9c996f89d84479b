"""Who may go on and waits a short while, at the terminal: listed without a name, let go on by its identifier."""

import json
from datetime import date

import pytest

from poe_health.clearance import second_look

AT = ("--now", "2026-11-22T09:00", "--json")
WELL = {"stage": "primary", "any_symptom": "no", "sex": "F"}


@pytest.fixture
def screener(terminal):
    return terminal.is_user("screener")


def screens(screener, **more):
    said = json.dumps(WELL | more)
    return screener.types("health", "screen", "-", *AT, stdin=said, schema="health-screen-out").json


def waiting(screener):
    return screener.types("health", "waiting", *AT, schema="health-waiting").json["waiting"]


def test_who_is_drawn_is_listed_and_let_go_on(screener, monkeypatch):
    monkeypatch.setattr(second_look, "shares", lambda: (second_look.Share(date(2020, 1, 1), 1000),))
    drawn = screens(screener)
    assert (drawn["disposition"], drawn["clearance"], drawn["second_look"]) == ("PASS", "H_WAIT", True)
    (one,) = waiting(screener)
    assert (one["id"], one["drawn"], one["desk_full"]) == (drawn["id"], True, False)

    told = screener.types("health", "release", drawn["id"], *AT, schema="health-release").json
    assert told["token"] != drawn["token"]
    assert waiting(screener) == []
    assert screener.types("health", "release", drawn["id"], *AT).error == "BMIS-581"
    supervisor = screener.is_user("health-supervisor")
    assert supervisor.types("db", "verify", "--json", schema="db-verify").code == 0


def test_at_a_full_desk_who_is_well_waits(screener):
    assert screens(screener)["second_look"] is False
    full = screens(screener, desk_full=True)

    assert [(one["id"], one["desk_full"]) for one in waiting(screener)] == [(full["id"], True)]


@pytest.mark.parametrize("typed", ["", "x", "0" * 200])
def test_what_is_no_identifier_is_refused(screener, typed):
    assert screener.types("health", "release", typed, *AT).code == 2


def test_the_border_lists_and_releases_nobody(terminal):
    officer = terminal.is_user("officer")

    assert officer.types("health", "waiting", *AT).error == "BMIS-010"
    assert officer.types("health", "release", "0" * 32, *AT).error == "BMIS-010"
