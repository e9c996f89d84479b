"""Coverage: screened of those who crossed, over the hours that both counted; else there is none, with the reason."""

import csv
import json
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from bmis.kernel.clock import local
from bmis.store.crossing_hours import FILE, CrossingHoursError, crossing_hours, hand_over_hours
from bmis.store.home import Home
from poe_health.reports.health_tally import NAME
from poe_health.surveillance.coverage import NoCoverage
from poe_health.surveillance.tally import DayTold
from tests.journeys.cli_robot import traveller
from tests.unit.poe_health.screening.health_shift import DAY, NOW, well
from ui import compose
from ui.compose_health import health_day, health_desk
from ui.health_reports import make
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

    hand_over_hours(home, DAY, {HOUR: 7})  # what the error asks for mends it
    assert crossing_hours(home, DAY) == {HOUR: 7}


def test_paper_and_table_of_the_day_tell_the_coverage_of_shared_hours_alone(at_health, training_home):
    screens(at_health, 3)
    hand_over_hours(Home.open(training_home), DAY, {HOUR: 4, HOUR - 1: 50})
    told = DayTold(hours_open=Decimal(12), crossed={"ENTRY": 54, "EXIT": 0})
    health_day(at_health).submit(DAY, told, at_health.actor)

    assert "75,0 % (3 de 4, horas com as duas contagens: 1)" in paper_of(at_health)
    numbers = {"coverage_screened": ("3", ""), "coverage_crossed": ("4", ""), "coverage_hours": ("1", "")}
    assert coverage_lines(at_health) == numbers

    hand_over_hours(Home.open(training_home), DAY, {HOUR - 1: 50})
    paper = paper_of(at_health)
    assert "nenhuma hora tem as duas contagens" in paper
    assert "5,6 %" not in paper  # 3 of the 54 of the whole day: of other hours, so never a share
    assert set(coverage_lines(at_health).values()) == {("", "NO_SHARED_HOUR")}


def test_a_damaged_file_of_the_border_stops_no_tally(at_health, training_home):
    screens(at_health, 2)
    (Home.open(training_home).path / FILE).write_text("{", "utf-8")

    assert covered(at_health).why is NoCoverage.UNREADABLE
    health_day(at_health).submit(DAY, DayTold(hours_open=Decimal(12)), at_health.actor)
    assert "BMIS-584" in paper_of(at_health)
    assert set(coverage_lines(at_health).values()) == {("", "UNREADABLE")}


def paper_of(session):
    pdf = make(session, NAME, DAY, DAY, "pdf").content
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def coverage_lines(session):
    table = make(session, NAME, DAY, DAY, "csv").content
    rows = csv.DictReader(table.decode("utf-8-sig").splitlines())
    return {row["measure"]: (row["count"], row["note"]) for row in rows if row["measure"].startswith("coverage")}
