"""What the secondary desk gives the rules of the age: what was typed, else the band that primary saw."""

from datetime import UTC, date, datetime
from types import MappingProxyType
from uuid import uuid4

from poe_health.screening.deciding import cell_of
from poe_health.screening.form import Age
from ui.desktop.health_secondary.case_request import request_of
from ui.desktop.health_secondary.case_sheet import CaseSheet

TODAY, AT = date(2026, 11, 22), datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_the_band_that_primary_saw_is_what_the_rules_know_while_no_age_is_typed():
    request, wrong = request_of(CaseSheet(uuid4(), age_band="A5_14"), TODAY, AT)

    assert not wrong
    assert request.form.age == Age(5, 15)
    assert (request.travel.age_band, cell_of(request).age_band) == ("A5_14", "A5_14")


def test_a_typed_age_stands_alone_and_no_age_at_all_stays_unknown():
    typed = CaseSheet(uuid4(), texts=MappingProxyType({"age_years": "4"}), age_band="A5_14")

    request, _wrong = request_of(typed, TODAY, AT)
    nothing, _wrong = request_of(CaseSheet(uuid4()), TODAY, AT)

    assert (request.form.age, request.travel.age_band) == (Age.of_years(4), None)
    assert (nothing.form.age, nothing.travel.age_band) == (None, None)
