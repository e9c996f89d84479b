"""The shelf of the post: what comes, goes and is counted; it never holds less than nothing."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from post_shelf import LAST_DAY, LOT, NOW, TODAY, ors, received

from bmis.kernel.actor import NotAllowedError, Role
from bmis.store.errors import RecordChangedError
from poe_health.keeping.errors import (
    DifferenceUnexplainedError,
    LotUnusableError,
    StockShortError,
    StoreConflictError,
    StoreFieldError,
    StoreItemError,
)
from poe_health.supplies.keep_stock import StockRequest
from poe_health.supplies.movement import Move, Movement, StockAlert, held
from poe_health.supplies.settings import supply_items
from ui.compose import verify_store


def shelf(stores, item):
    return next(one for one in stores.stock.shelf(stores.session.actor) if one.item.code == item)


def test_what_came_and_went_is_what_is_there(stores):
    by = stores.session.actor
    stores.move_stock(ors(), by)
    stores.move_stock(ors(Move.ISSUED, 30), by)
    stores.move_stock(ors(Move.WASTED_BROKEN, 5), by)

    found = shelf(stores, "ORS")

    assert (found.usable, found.alerts) == (165, ())
    assert [(lot.received, lot.used, lot.wasted, lot.wastage_percent) for lot in found.lots] == [(200, 30, 5, 14.3)]
    assert [one.move for one in stores.stock.movements(by, item="ORS")] == [
        Move.WASTED_BROKEN,
        Move.ISSUED,
        Move.RECEIVED,
    ]


def test_what_nobody_ever_entered_is_not_known_and_not_zero(stores):
    assert (shelf(stores, "GLOVES").usable, shelf(stores, "GLOVES").alerts) == (None, (StockAlert.NEVER_COUNTED,))


def test_more_than_there_is_never_leaves(stores):
    by = stores.session.actor
    stores.move_stock(ors(quantity=10), by)

    with pytest.raises(StockShortError) as refused:
        stores.move_stock(ors(Move.ISSUED, 11), by)

    assert refused.value.facts == {"held": 10}
    assert shelf(stores, "ORS").usable == 10
    assert shelf(stores, "ORS").alerts == (StockAlert.BELOW_MINIMUM,)


def test_a_count_that_differs_needs_its_reason_and_stays_seen(stores):
    by = stores.session.actor
    stores.move_stock(ors(quantity=150), by)

    with pytest.raises(DifferenceUnexplainedError) as refused:
        stores.move_stock(ors(Move.COUNTED, 140), by)
    stores.move_stock(ors(Move.COUNTED, 140, reason="USE_NOT_WRITTEN", note="Ten sachets on Friday"), by)
    stores.move_stock(ors(Move.COUNTED, 140), by)

    assert refused.value.facts == {"ledger": 150}
    assert [(lot.held, lot.difference) for lot in shelf(stores, "ORS").lots] == [(140, -10)]


def test_the_words_about_a_count_are_in_no_message(stores):
    by = stores.session.actor
    stores.move_stock(ors(quantity=150), by)
    stores.move_stock(ors(Move.COUNTED, 140, reason="MISSING", note="Told to the chief Sintetico"), by)

    with stores.session.store.read() as unit:
        sent = unit.connection.exec_driver_sql("SELECT group_concat(payload) FROM outbox").scalar()

    assert "MISSING" in sent
    assert "Sintetico" not in sent


REFUSED = (
    (replace(ors(), item="UNICORN"), StoreItemError),
    (ors(lot=""), LotUnusableError),
    (ors(lot="ÄÖ"), LotUnusableError),
    (ors(expires_on=None), StoreFieldError),
    (ors(expires_on=TODAY - timedelta(days=1)), LotUnusableError),
    (ors(quantity=0), StoreFieldError),
    (ors(quantity=-4), StoreFieldError),
    (ors(quantity=10_000_000), StoreFieldError),
    (ors(Move.ISSUED, 1), LotUnusableError),
    (ors(Move.COUNTED, 1, reason="WHIM"), StoreItemError),
    (ors(Move.GIVEN, 1), StoreFieldError),
    (ors(note="x" * 3000), StoreFieldError),
    (received(product=None), StoreItemError),
    (received(product="SOMETHING-ELSE"), StoreItemError),
    (received(doses_per_vial=None), StoreFieldError),
    (received(quantity=15), StoreFieldError),
    (StockRequest(uuid4(), "GLOVES", Move.RECEIVED, 5, lot="A1"), StoreFieldError),
    (StockRequest(uuid4(), "GLOVES", Move.ISSUED, 5), LotUnusableError),
)


def test_what_cannot_be_is_refused_by_its_code_and_moves_nothing(stores):
    for request, error in REFUSED:
        with pytest.raises(error):
            stores.move_stock(request, stores.session.actor)

    assert stores.stock.movements(stores.session.actor) == ()


def test_vaccine_leaves_only_by_vaccination_or_as_waste(stores):
    by = stores.session.actor
    stores.move_stock(received(), by)
    issue = StockRequest(uuid4(), "YF_VACCINE", Move.ISSUED, 1, LOT)

    with pytest.raises(StoreFieldError):
        stores.move_stock(issue, by)
    stores.move_stock(replace(issue, move=Move.WASTED_OPEN, quantity=6), by)

    assert shelf(stores, "YF_VACCINE").usable == 14


def test_a_batch_is_not_received_again_with_another_last_day(stores):
    by = stores.session.actor
    stores.move_stock(ors(), by)

    with pytest.raises(LotUnusableError):
        stores.move_stock(ors(expires_on=LAST_DAY + timedelta(days=1)), by)


def test_what_has_expired_is_written_off_and_never_issued(signed_in, training_home):
    from bmis.staff.sign_in import SignIn
    from bmis.store.border import BORDER
    from bmis.store.home import Home
    from poe_health.store.health import HEALTH
    from ui.compose_health import health_stores

    first = health_stores(signed_in(Role.CLINICIAN))
    first.move_stock(ors(), first.session.actor)
    later = SignIn(Home.open(training_home), (BORDER, HEALTH), lambda: NOW + timedelta(days=400))("clinician", "treino")
    with later as session:
        stores = health_stores(session)
        with pytest.raises(LotUnusableError):
            stores.move_stock(ors(Move.ISSUED, 1), session.actor)
        assert shelf(stores, "ORS").alerts == (StockAlert.BELOW_MINIMUM, StockAlert.EXPIRED)
        stores.move_stock(ors(Move.WASTED_EXPIRED, 200), session.actor)
        assert shelf(stores, "ORS").usable == 0


def test_the_same_request_moves_once_and_another_content_is_refused(stores):
    by, asked = stores.session.actor, ors()

    first = stores.move_stock(asked, by)

    assert stores.move_stock(asked, by) == first
    with pytest.raises(StoreConflictError):
        stores.move_stock(replace(asked, quantity=7), by)
    assert shelf(stores, "ORS").usable == 200


def test_a_screener_issues_and_does_not_count_or_receive(at_stores):
    clinician, screener = at_stores(), at_stores(Role.SCREENER)
    clinician.move_stock(ors(), clinician.session.actor)

    screener.move_stock(ors(Move.ISSUED, 2), screener.session.actor)
    for request in (ors(), ors(Move.COUNTED, 198), ors(Move.RETURNED, 1)):
        with pytest.raises(NotAllowedError):
            screener.move_stock(request, screener.session.actor)


def test_a_line_that_somebody_changed_is_seen(at_stores):
    stores = at_stores(Role.HEALTH_SUPERVISOR)
    stores.move_stock(ors(), stores.session.actor)
    assert verify_store(stores.session)().records > 0

    with stores.session.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE supply_movement SET after = 500")
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(stores.session)()


moves = st.tuples(st.sampled_from(list(Move)), st.integers(-2, 40), st.sampled_from(["A", "B"]))


@given(st.lists(moves, max_size=40))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_asked_the_shelf_is_never_below_nothing_without_a_coded_refusal(asked):
    kept, identifier = [], uuid4()
    for move, quantity, lot in asked:
        one = Movement(
            id=identifier, record_id=identifier, by="x", item="ORS", lot=lot, move=move, quantity=quantity, after=0
        )
        try:
            held([*kept, one])
        except (StockShortError, StoreFieldError, LotUnusableError):
            continue
        kept.append(one)
        for state in held(kept).values():
            assert state.held >= 0
            assert state.held == state.received - state.used - state.wasted - state.returned + state.difference


def test_every_item_has_both_languages_and_a_minimum():
    for item in supply_items().values():
        assert item.en
        assert item.pt
        assert item.unit("pt")
        assert item.minimum > 0
