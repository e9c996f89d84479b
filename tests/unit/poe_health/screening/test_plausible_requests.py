"""What every list knows and nobody can have: refused with a code, and nothing of it is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from health_shift import DAY, EXAMINED, GIVEN, NOW, PERSON, TRAVEL, ebola, feverish, harmless, well

from bmis.documents.dates import PartialDate
from bmis.kernel.actor import Role
from poe_health.errors import AgeOutsideError, CountryCodeError, FutureDateError
from poe_health.screening.errors import ScreeningFieldRefusedError
from poe_health.screening.record import Measured, Secondary

EDGES = (
    datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
    datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=14))),
    NOW + timedelta(hours=1),
    NOW - timedelta(days=400),
)


def measured(at):
    return replace(feverish(), temperatures=(Measured(38.7, "AXILLA", "T2", at),))


def consented(at):
    return harmless(secondary=Secondary(consent=replace(GIVEN, at=at)))


def examined(**more):
    return harmless(secondary=Secondary(consent=GIVEN, examination=replace(EXAMINED, **more)))


IMPOSSIBLE = [
    *[(say(at), ScreeningFieldRefusedError) for at in EDGES for say in (measured, consented)],
    *[(examined(at=at), ScreeningFieldRefusedError) for at in EDGES[1:3]],  # before consent is told first
    *[(well(occurred_at=at), ScreeningFieldRefusedError) for at in EDGES[:3]],
    (examined(pressure="999/999"), ScreeningFieldRefusedError),
    (examined(pressure="80/120"), ScreeningFieldRefusedError),
    (harmless(secondary=Secondary(consent=GIVEN, onset_on=DAY + timedelta(days=1))), FutureDateError),
    (harmless(secondary=Secondary(consent=GIVEN, onset_on=date(1, 1, 1))), ScreeningFieldRefusedError),
    (ebola(person=replace(PERSON, birth_date=PartialDate(2030))), FutureDateError),
    (ebola(person=replace(PERSON, birth_date=PartialDate(1800))), AgeOutsideError),
    (ebola(person=replace(PERSON, nationality="QQQ")), CountryCodeError),
    (ebola(person=replace(PERSON, document_country="??")), CountryCodeError),
    (replace(well(), travel=replace(TRAVEL, origin_country="QQQ")), CountryCodeError),
]


@pytest.mark.parametrize(("request_", "trouble"), IMPOSSIBLE)
def test_what_nobody_can_have_is_refused_and_nothing_is_kept(at_health, request_, trouble):
    desk = at_health(Role.CLINICIAN)

    with pytest.raises(trouble):
        desk.record(request_, desk.session.actor)

    assert desk.screenings.of_day(NOW.date(), desk.session.actor) == ()


def test_a_wall_clock_a_little_ahead_and_a_case_of_last_week_are_kept(at_health):
    desk = at_health(Role.CLINICIAN)

    for at in (NOW + timedelta(minutes=9), NOW - timedelta(days=7), NOW.astimezone(UTC)):
        desk.record(consented(at), desk.session.actor)

    assert len(desk.screenings.of_day(NOW.date(), desk.session.actor)) == 3
