"""Thermometers are compared, fridges read, the rest seen to work; what fails is out of service at once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from post_shelf import NOW

from bmis.kernel.actor import NotAllowedError, Role
from poe_health.equipment.item import EquipmentState, Reading, judged
from poe_health.equipment.keep_equipment import CheckRequest, RegisterRequest
from poe_health.equipment.settings import Method, equipment_kinds, limit_of
from poe_health.errors import HealthListError
from poe_health.keeping.errors import (
    EquipmentStateError,
    KeptUnknownError,
    StoreConflictError,
    StoreFieldError,
    StoreItemError,
)
from ui.compose import verify_store

GOOD = (Reading(36.9, 36.6), Reading(38.8, 38.6))
BAD = (Reading(36.9, 36.6), Reading(39.0, 38.6))


def registered(stores, mark="TERM-1", kind="THERMOMETER_INFRARED"):
    return stores.keep_equipment.register(RegisterRequest(uuid4(), mark, kind), stores.session.actor)


def compared(readings, mark="TERM-1", **more):
    said = {"checked_at": NOW, "readings": readings, "reference": "REF-9"} | more
    return CheckRequest(uuid4(), mark, **said)


def test_a_thermometer_that_was_never_checked_is_overdue(stores):
    found = registered(stores)

    assert found.overdue(NOW.date())
    assert found.due_on is None


def test_a_good_comparison_holds_for_its_days(stores):
    registered(stores)

    found = stores.keep_equipment.check(compared(GOOD), stores.session.actor)

    assert (found.last_check.passed, found.last_check.worst_c) == (True, 0.3)
    assert found.last_check.limit_source.startswith("ISO 80601-2-56")
    assert found.due_on == NOW.date() + timedelta(days=7)
    assert not found.overdue(NOW.date() + timedelta(days=7))
    assert found.overdue(NOW.date() + timedelta(days=8))


def test_what_fails_is_out_of_service_and_comes_back_only_after_a_check(stores):
    by = stores.session.actor
    registered(stores)

    failed = stores.keep_equipment.check(compared(BAD), by)
    assert (failed.state, failed.reason, failed.last_check.worst_c) == (
        EquipmentState.OUT_OF_SERVICE,
        "FAILED_CHECK",
        0.4,
    )
    with pytest.raises(EquipmentStateError) as refused:
        stores.keep_equipment.step("TERM-1", EquipmentState.IN_SERVICE, None, by)
    stores.keep_equipment.check(compared(GOOD), by)
    back = stores.keep_equipment.step("term-1", EquipmentState.IN_SERVICE, None, by)

    assert refused.value.facts == {"state": "not_checked"}
    assert back.state is EquipmentState.IN_SERVICE
    assert len(stores.equipment.history("TERM-1", by)) == 5


def test_a_fridge_is_read_and_a_stretcher_seen(stores):
    by = stores.session.actor
    registered(stores, "FRIO-1", "VACCINE_FRIDGE")
    registered(stores, "MACA-1", "STRETCHER")

    good = stores.keep_equipment.check(CheckRequest(uuid4(), "FRIO-1", NOW, (Reading(4.5),)), by)
    warm = stores.keep_equipment.check(CheckRequest(uuid4(), "FRIO-1", NOW, (Reading(4.5), Reading(8.1))), by)
    seen = stores.keep_equipment.check(CheckRequest(uuid4(), "MACA-1", NOW, works=False), by)

    assert (good.last_check.passed, warm.last_check.worst_c, warm.state) == (True, 8.1, EquipmentState.OUT_OF_SERVICE)
    assert seen.state is EquipmentState.OUT_OF_SERVICE


def test_what_cannot_be_is_refused(stores):
    by = stores.session.actor
    registered(stores)
    registered(stores, "MACA-1", "STRETCHER")
    for request, error in (
        (compared((Reading(36.9, 36.6),)), StoreFieldError),
        (compared((Reading(36.9), Reading(36.9))), StoreFieldError),
        (compared((Reading(98.6, 36.6), Reading(36.9, 36.6))), StoreFieldError),
        (compared(GOOD, reference=None), StoreFieldError),
        (compared(GOOD, works=True), StoreFieldError),
        (compared(GOOD, checked_at=NOW + timedelta(hours=1)), StoreFieldError),
        (compared(GOOD, checked_at=NOW - timedelta(days=8)), StoreFieldError),
        (compared(GOOD, mark="TERM-2"), KeptUnknownError),
        (compared(GOOD, mark="ÄÖ"), StoreFieldError),
        (compared(GOOD, mark="MACA-1", works=True, reference=None), StoreFieldError),
        (compared((), mark="MACA-1", reference=None), StoreFieldError),
    ):
        with pytest.raises(error):
            stores.keep_equipment.check(request, by)
    with pytest.raises(StoreItemError):
        registered(stores, "X-1", "UNICORN")
    with pytest.raises(StoreConflictError):
        registered(stores)
    with pytest.raises(StoreItemError):
        stores.keep_equipment.step("TERM-1", EquipmentState.OUT_OF_SERVICE, "WHIM", by)

    assert all(one.last_check is None for one in stores.equipment(by))


def test_a_screener_checks_and_takes_out_and_never_registers_or_strikes_off(at_stores):
    clinician, screener = at_stores(), at_stores(Role.SCREENER)
    registered(clinician)
    by = screener.session.actor

    screener.keep_equipment.check(compared(GOOD), by)
    screener.keep_equipment.step("TERM-1", EquipmentState.OUT_OF_SERVICE, "NO_POWER", by)

    with pytest.raises(NotAllowedError):
        registered(screener, "TERM-2")
    with pytest.raises(NotAllowedError):
        screener.keep_equipment.step("TERM-1", EquipmentState.RETIRED, "BROKEN", by)
    clinician.keep_equipment.step("TERM-1", EquipmentState.RETIRED, "BROKEN", clinician.session.actor)
    with pytest.raises(EquipmentStateError):
        screener.keep_equipment.check(compared(GOOD), by)
    assert clinician.equipment(by) == ()
    assert len(clinician.equipment(by, retired=True)) == 1


def test_a_check_is_kept_once_and_the_store_proves(at_stores):
    stores = at_stores(Role.HEALTH_SUPERVISOR)
    registered(stores)
    asked = compared(GOOD, note="By the window, out of the sun")

    first = stores.keep_equipment.check(asked, stores.session.actor)

    assert stores.keep_equipment.check(asked, stores.session.actor) == first
    assert len(stores.equipment.history("TERM-1", stores.session.actor)) == 2
    assert verify_store(stores.session)().records > 0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy, the draws are small
@given(st.lists(st.tuples(st.integers(300, 450), st.integers(300, 450)), min_size=2, max_size=6))
def test_a_comparison_passes_exactly_when_no_tenth_is_beyond_the_limit(pairs):
    kind = equipment_kinds()["THERMOMETER_INFRARED"]
    readings = [Reading(device / 10, reference / 10) for device, reference in pairs]

    passed, worst = judged(kind, readings, limit_of(kind.code, date(2026, 3, 14)))

    assert passed is all(abs(device - reference) <= 3 for device, reference in pairs)
    assert abs(worst) == max(abs(device - reference) for device, reference in pairs) / 10


def test_every_kind_that_is_measured_has_a_limit_from_a_day_on():
    for kind in equipment_kinds().values():
        if kind.method is not Method.WORKS:
            assert limit_of(kind.code, date(2026, 3, 14)).source
            with pytest.raises(HealthListError):
                limit_of(kind.code, date(2001, 1, 1))
