"""A health form from outside gives a typed form or a coded error; where a traveller was is never guessed."""

import json
from contextlib import suppress
from datetime import date, timedelta

import pytest
from health_forms import TODAY, day
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.errors import BmisError
from bmis.kernel.resources import resource
from poe_health.errors import (
    AgeOutsideError,
    AgeTwiceError,
    CertificateTwiceError,
    CountryCodeError,
    DatedWithoutYesError,
    FutureDateError,
    HealthCodeError,
    HealthDateError,
    PeriodOrderError,
    ScreeningFieldError,
    TemperatureOutsideError,
    TemperatureUnconfirmedError,
)
from poe_health.rules.answer import Answer
from poe_health.screening.form import Age
from poe_health.screening.form_json import context_from, form_from
from poe_health.screening.journey import (
    AffectedArea,
    Days,
    Stay,
    covered,
    look_back,
    place_code,
    touched,
    whole_journey,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def form(**said):
    return form_from({"stage": "primary", **said}, TODAY)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"temperature_c": 29.9}, TemperatureOutsideError),
        ({"temperature_c": 45.1}, TemperatureOutsideError),
        ({"temperature_c": 98.6}, TemperatureOutsideError),
        ({"temperature_c": 386}, TemperatureOutsideError),
        ({"temperature_c": -38.6}, TemperatureOutsideError),
        ({"temperature_c": 10**400}, TemperatureOutsideError),
        ({"temperature_c": 33.9}, TemperatureUnconfirmedError),
        ({"temperature_c": 42.1}, TemperatureUnconfirmedError),
        ({"temperature_c": "38.6"}, ScreeningFieldError),
        ({"temperature_c": True}, ScreeningFieldError),
        ({"temperature_c": 37, "temperature_method": "HAND"}, HealthCodeError),
        ({"age_years": 121}, AgeOutsideError),
        ({"age_years": -1}, AgeOutsideError),
        ({"age_years": True}, ScreeningFieldError),
        ({"birth_date": "1890-01-01"}, AgeOutsideError),
        ({"birth_date": day(-1)}, FutureDateError),
        ({"birth_date": "2027"}, FutureDateError),
        ({"birth_date": "2026-02-30"}, HealthDateError),
        ({"birth_date": "12/08/1974"}, HealthDateError),
        ({"birth_date": "1974", "age_years": 52}, AgeTwiceError),
        ({"sex": "W"}, HealthCodeError),
        ({"direction": "IN"}, HealthCodeError),
        ({"looks_ill": "BAD"}, HealthCodeError),
        ({"yf_certificate": "LOST"}, HealthCodeError),
        ({"symptoms": {"FLU": "yes"}}, HealthCodeError),
        ({"symptoms": {"BURIAL": "yes"}}, HealthCodeError),
        ({"exposures": {"COUGH": "yes"}}, HealthCodeError),
        ({"symptoms": {"COUGH": "maybe"}}, ScreeningFieldError),
        ({"symptoms": {"COUGH": True}}, ScreeningFieldError),
        ({"symptoms": ["COUGH"]}, ScreeningFieldError),
        ({"others": "none"}, ScreeningFieldError),
        ({"exposures": {"BURIAL": {"answer": "yes", "last_on": day(-1)}}}, FutureDateError),
        ({"exposures": {"BURIAL": {"answer": "no", "last_on": day(1)}}}, DatedWithoutYesError),
        ({"exposures": {"BURIAL": {"answer": "yes", "last_on": "2026-W40-1"}}}, HealthDateError),
        ({"itinerary": [{"country": "ZZX"}]}, CountryCodeError),
        ({"itinerary": [{}]}, CountryCodeError),
        ({"itinerary": ["COD"]}, ScreeningFieldError),
        ({"itinerary": [{"country": "COD", "from": day(1), "to": day(2)}]}, PeriodOrderError),
        ({"itinerary": [{"country": "COD", "to": day(-1)}]}, FutureDateError),
        ({"itinerary": [{"country": "COD", "from": "yesterday"}]}, HealthDateError),
        ({"yf_certificate": "ABSENT", "exposures": {"YF_VACCINE_VALID": "yes"}}, CertificateTwiceError),
        ({"stage": "tertiary"}, ScreeningFieldError),
        ({"refused": "yes"}, ScreeningFieldError),
    ],
)
def test_what_cannot_be_is_refused_by_its_own_code(said, error):
    with pytest.raises(error) as refused:
        form(**said)

    assert type(refused.value) is error


def test_a_rare_temperature_counts_once_it_is_confirmed():
    assert form(temperature_c=33.0, temperature_confirmed=True).temperature.celsius == 33.0
    assert form(temperature_c=34, temperature_method="EAR").temperature.method == "EAR"


def test_an_error_carries_no_answer_of_the_traveller():
    with pytest.raises(HealthCodeError) as refused:
        form(symptoms={"ana maria\x1b[31m": "yes"})

    assert refused.value.facts == {"where": "symptoms", "given": "?"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
SCHEMA = json.loads(resource("schemas", "health-screen-in.json").read_text(encoding="utf-8"))
fields = st.sampled_from(sorted(SCHEMA["properties"]))


@given(st.dictionaries(fields, json_values, max_size=6))
def test_any_object_is_a_form_or_a_coded_error(untrusted):
    with suppress(BmisError):
        form_from({"stage": "secondary", **untrusted}, TODAY)
    with suppress(BmisError):
        context_from(untrusted)


def test_an_age_is_a_range_where_the_birth_is_not_known_to_the_day():
    assert form(age_years=4).age == Age(4, 5)
    assert form(birth_date="2022-11-22").age == Age(4, 5)
    assert form(birth_date="2022-11-23").age == Age(3, 4)
    assert form(birth_date="2022").age == Age(3, 5)
    assert form(birth_date="2026").age == Age(0, 1)
    assert form_from({"stage": "primary", "birth_date": "2004-02-29"}, date(2026, 2, 28)).age == Age(21, 22)


def test_a_list_that_is_not_named_is_not_at_hand_and_an_empty_one_is():
    assert context_from({}).lists_missing == ("outbreaks", "affected")
    assert context_from({"context": {"outbreaks": [], "affected": []}}).lists_missing == ()


COD = AffectedArea("EVD", "COD")
KIVU = AffectedArea("EVD", "COD", "CD-NK")


def stay(since, until, country="COD", admin1=None):
    return Stay(
        country,
        admin1,
        None if since is None else TODAY - timedelta(since),
        None if until is None else TODAY - timedelta(until),
    )


@pytest.mark.parametrize(
    ("stays", "area", "answer"),
    [
        ([stay(20, 10)], COD, YES),  # at once, whatever else is missing
        ([stay(30, 21)], COD, YES),  # the first day of the look-back
        ([stay(30, 22)], COD, UNKNOWN),  # before it, and the days since are not told
        ([stay(30, 22), stay(22, 0, "ZAF")], COD, NO),
        ([stay(30, 0, "ZAF")], COD, NO),
        ([stay(15, 0, "ZAF")], COD, UNKNOWN),  # a gap
        ([stay(40, 12, "ZAF"), stay(10, 0, "ZAF")], COD, UNKNOWN),  # one day missing
        ([stay(40, 12, "ZAF"), stay(11, 0, "ZAF")], COD, NO),
        ([stay(None, None)], COD, YES),  # the form asks for the days that count
        ([stay(None, 10)], COD, YES),
        ([stay(None, 30)], COD, UNKNOWN),
        ([], COD, UNKNOWN),
        (None, COD, UNKNOWN),
        ([stay(30, 0)], KIVU, UNKNOWN),  # the province is missing
        ([stay(30, 0, admin1="CD-NK")], KIVU, YES),
        ([stay(30, 0, admin1="CD-KN")], KIVU, NO),
        ([stay(30, 0, admin1="nord kivu")], KIVU, UNKNOWN),  # a name proves nothing against a code
        ([stay(30, 0)], AffectedArea("EVD", "COD", None, None, TODAY - timedelta(25)), NO),  # no longer affected
        ([stay(30, 15)], AffectedArea("EVD", "COD", None, TODAY - timedelta(14)), UNKNOWN),  # left before it began
        ([stay(30, 15), stay(15, 0, "ZAF")], AffectedArea("EVD", "COD", None, TODAY - timedelta(14)), NO),
    ],
)
def test_where_a_traveller_was_in_the_days_that_count(stays, area, answer):
    assert touched(stays, [area], TODAY, 21) is answer


def test_without_an_area_near_in_time_no_journey_touched_one():
    assert touched(None, [], TODAY, 21) is NO


def test_the_last_stay_lasts_until_today_and_an_earlier_one_is_left_open():
    first, last = whole_journey([stay(20, None, "COD"), stay(9, None, "ZAF")], TODAY)

    assert first.until is None
    assert last.until == TODAY


def test_coverage_counts_the_day_of_the_screening():
    window = look_back(TODAY, 3)

    assert window == Days(TODAY - timedelta(3), TODAY)
    assert covered([stay(3, 0)], window)
    assert not covered([stay(3, 1)], window)
    assert covered([stay(3, 2), stay(1, 0)], window)
    assert not covered([], window)


@pytest.mark.parametrize("said", ["MZ08", "mz08", "Niassa", " NIASSA ", "MZ-A"])
def test_a_province_of_mozambique_is_one_place_however_it_is_written(said):
    assert place_code("MOZ", said) == "MZ08"


def test_a_place_abroad_is_its_code_or_its_folded_name():
    assert place_code("COD", "cd-nk") == "CD-NK"
    assert place_code("COD", "Nord-Kivu") == place_code("COD", "nord kivu") == "nord kivu"
    assert place_code("COD", "  ") is None
