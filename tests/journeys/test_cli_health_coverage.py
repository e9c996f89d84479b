"""Coverage: screened of those who crossed, over the hours that both counted; else there is none, with the reason."""

import json

import pytest

from bmis.kernel.clock import local
from bmis.store.crossing_hours import FILE, CrossingHoursError, crossing_hours, hand_over_hours
from bmis.store.home import Home
from poe_health.surveillance.coverage import NoCoverage
from tests.journeys.cli_robot import traveller
from tests.unit.poe_health.screening.health_shift import DAY, NOW, well
from ui import compose
from ui.compose_health import health_day, health_desk
from ui.words.surveillance import coverage_words

HOUR = local(NOW).hour


@pytest.fixture
def at_health(training_home):
    with compose.open_home(training_home, NOW).sign_in("health-supervisor", "treino") as session:
        yield session


def covered(session):
    return health_day(session).coverage(DAY, session.actor)


def screens(session, count):
    for _one in range(count):
        health_desk(session).record(well(), session.actor)


def test_without_counts_of_immigration_there_is_no_coverage_and_the_reason_is_said(at_health):
    screens(at_health, 2)

    assert covered(at_health).why is NoCoverage.NOT_HANDED_OVER
    assert coverage_words(covered(at_health)) == "n/d: a migração não entregou contagens por hora"


def test_only_the_hours_that_both_counted_are_compared(at_health, training_home):
    screens(at_health, 3)
    hand_over_hours(Home.open(training_home), DAY, {HOUR: 4, HOUR - 1: 50})

    found = covered(at_health).coverage
    assert (found.screened, found.crossed, found.hours) == (3, 4, 1)
    assert coverage_words(covered(at_health)) == "75,0 % (3 de 4, horas com as duas contagens: 1)"

    hand_over_hours(Home.open(training_home), DAY, {HOUR - 1: 50})
    assert covered(at_health).why is NoCoverage.NO_SHARED_HOUR
    hand_over_hours(Home.open(training_home), DAY, {HOUR: 2})
    assert "não condizem" in coverage_words(covered(at_health))


def test_the_border_hands_over_sums_and_health_reads_them_at_the_terminal(terminal, training_home):
    at = ("--now", "2026-11-22T09:00")
    screened = {"stage": "primary", "any_symptom": "no", "sex": "F"}
    terminal.is_user("health-supervisor").types("health", "screen", "-", *at, "--json", stdin=json.dumps(screened))
    asked = ("health", "tally", "--day", "2026-11-22", *at, "--json")
    before = terminal.types(*asked, schema="health-tally").json["coverage"]
    assert (before["share"], before["why_none"]) == (None, "not_handed_over")
    assert terminal.types("crossing", "hours", "--day", "2026-11-22", *at, "--json").error == "BMIS-010"

    for number in (1, 2):
        earlier = ("--now", "2026-11-22T08:10" if number == 1 else "2026-11-22T09:00", "--json")
        said = json.dumps(traveller(number))
        assert terminal.is_user("officer").types("crossing", "record", "-", *earlier, stdin=said).code == 0
    told = terminal.is_user("supervisor").types(
        "crossing", "hours", "--day", "2026-11-22", *at, "--json", schema="crossing-hours"
    )
    assert told.json == {"day": "2026-11-22", "hours": {"8": 1}}  # the hour that runs is not over
    after = terminal.is_user("health-supervisor").types(*asked, schema="health-tally").json["coverage"]
    assert (after["share"], after["why_none"]) == (None, "no_shared_hour")


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 2}', '{"format": 1, "post": "MZ.L.RSG", "days": {"2026-03-14": {"24": 1}}}']
)
def test_a_damaged_file_is_said_and_nothing_is_guessed(training_home, text):
    home = Home.open(training_home)
    (home.path / FILE).write_text(text, "utf-8")

    with pytest.raises(CrossingHoursError):
        crossing_hours(home, DAY)
