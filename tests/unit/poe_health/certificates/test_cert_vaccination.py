"""Vaccination at the post: consent, questions, vials, numbers, the ledger, and what came after."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.certificates.errors import (
    AdverseEventError,
    BatchUnusableError,
    ConsentMissingError,
    ContraindicationError,
    NumberSeriesError,
    StockError,
)
from poe_health.certificates.numbers import NumberSeries
from poe_health.certificates.stock import Movement, MovementKind, balances, next_batch
from poe_health.certificates.vaccination import (
    Batch,
    Consent,
    ConsentBy,
    EventOutcome,
    Vaccination,
    Vial,
    report_event,
    require_answers,
    require_consent,
    require_usable,
    vaccination_rule,
)
from poe_health.rules.answer import Answer

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
RULE = vaccination_rule()
YES = Consent(True, ConsentBy.SELF, True, "pt", NOW - timedelta(minutes=5))
BATCH = Batch("a640b9f1e3bf870989c9f7498a0ae5a1", "LOT-1", TODAY, 10)
NO_TO_ALL = {question.code: Answer.NO for question in RULE.questions}
DOSE = Vaccination("v1", BATCH.product, "LOT-1", NOW, "nurse", YES, "MZ-000001")


@pytest.mark.parametrize(
    ("consent", "age", "reason"),
    [
        (None, 30, "refused"),
        (replace(YES, given=False), 30, "refused"),
        (replace(YES, withdrawn_at=NOW), 30, "refused"),
        (replace(YES, asked_at=NOW + timedelta(minutes=1)), 30, "after"),
        (replace(YES, risks_told=False), 30, "risks"),
        (YES, 17, "guardian"),
        (YES, None, "guardian"),
        (replace(YES, by=ConsentBy.GUARDIAN), 8, "guardian"),
    ],
)
def test_nobody_is_vaccinated_without_consent(consent, age, reason):
    with pytest.raises(ConsentMissingError) as refused:
        require_consent(consent, age, NOW, RULE)
    assert refused.value.facts == {"reason": reason}


def test_an_adult_and_a_child_with_a_guardian_may_consent():
    require_consent(YES, 18, NOW, RULE)
    require_consent(replace(YES, by=ConsentBy.GUARDIAN, guardian_name="Mother of Utopia"), 8, NOW, RULE)


def test_an_open_question_stops_the_dose_as_a_yes_does():
    require_answers(NO_TO_ALL, None, RULE)
    with pytest.raises(ContraindicationError) as refused:
        require_answers({}, "a reason", RULE)
    assert refused.value.facts == {"yes": 0, "open": len(RULE.questions)}
    with pytest.raises(ContraindicationError):
        require_answers(NO_TO_ALL | {"THYMUS": Answer.YES}, "a reason does not help here", RULE)


def test_a_clinician_weighs_what_only_asks_for_care():
    pregnant = NO_TO_ALL | {"PREGNANT": Answer.YES}
    with pytest.raises(ContraindicationError):
        require_answers(pregnant, None, RULE)
    require_answers(pregnant, "outbreak at the destination", RULE)


@pytest.mark.parametrize(
    ("vial", "reason"),
    [
        (Vial(replace(BATCH, expires_on=TODAY - timedelta(days=1)), None), "expired"),
        (Vial(BATCH, None, vvm=3), "heat"),
        (Vial(BATCH, NOW - timedelta(hours=6)), "vial_expired"),
        (Vial(BATCH, NOW, doses_taken=10), "vial_empty"),
    ],
)
def test_a_vial_that_is_spoilt_is_not_used(vial, reason):
    with pytest.raises(BatchUnusableError) as refused:
        require_usable(vial, NOW, TODAY, Answer.YES, RULE)
    assert refused.value.facts == {"reason": reason}


def test_a_vial_on_its_last_day_within_six_hours_is_used():
    require_usable(Vial(BATCH, NOW - timedelta(hours=5, minutes=59), 9, vvm=2), NOW, TODAY, Answer.UNKNOWN, RULE)
    with pytest.raises(BatchUnusableError):
        require_usable(Vial(BATCH, None), NOW, TODAY, Answer.NO, RULE)


def test_a_dose_at_the_post_is_valid_ten_days_later():
    assert DOSE.valid_on(10, TODAY) == date(2026, 12, 2)


def test_an_event_of_unknown_weight_is_reported_like_a_serious_one():
    late = NOW + timedelta(days=31)
    event = report_event(DOSE, NOW, ("FEVER",), Answer.UNKNOWN, EventOutcome.RECOVERING, NOW, RULE)
    assert event.report_by == NOW + timedelta(hours=24)
    assert (event.lot, event.within_window) == ("LOT-1", True)
    mild = report_event(DOSE, late, ("FEVER",), Answer.NO, EventOutcome.RECOVERED, late, RULE)
    assert (mild.report_by, mild.within_window) == (None, False)


@pytest.mark.parametrize(
    ("onset", "serious", "outcome", "reason"),
    [
        (NOW - timedelta(minutes=1), Answer.NO, EventOutcome.UNKNOWN, "before_dose"),
        (NOW + timedelta(days=9), Answer.NO, EventOutcome.UNKNOWN, "future"),
        (NOW, Answer.NO, EventOutcome.DIED, "outcome"),
    ],
)
def test_an_event_that_cannot_be_is_refused(onset, serious, outcome, reason):
    with pytest.raises(AdverseEventError) as refused:
        report_event(DOSE, onset, (), serious, outcome, NOW, RULE)
    assert refused.value.facts == {"reason": reason}


def test_numbers_go_up_once_each_and_a_gap_is_seen():
    series = NumberSeries("MZ-", 1, 3, 6)
    assert series.next_number() == "MZ-000001"
    series = series.use("mz-000001").spoil("MZ-000003")
    assert (series.next_number(), series.remaining) == ("MZ-000002", 1)
    later = NumberSeries("", 1, 9, 1).use("4").spoil("2")
    assert list(later.gaps()) == ["1", "3"]
    with pytest.raises(NumberSeriesError) as over:
        series.use("MZ-000002").next_number()
    assert over.value.facts == {"reason": "exhausted"}


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("MZ-000001", "used"),
        ("MZ-000002", "spoiled"),
        ("MZ-000009", "outside"),
        ("MZ-9", "format"),
        ("000003", "format"),
        ("MZ-00000٣", "format"),
    ],
)
def test_a_number_that_cannot_be_used_says_why(number, reason):
    series = NumberSeries("MZ-", 1, 5, 6, frozenset({1}), frozenset({2}))
    with pytest.raises(NumberSeriesError) as refused:
        series.use(number)
    assert refused.value.facts == {"reason": reason}


@pytest.mark.parametrize("wrong", [("MZ-", 5, 1, 6), ("MZ-", 1, 10, 1), ("mz", 1, 5, 6), ("", 0, 999_999_999, 9)])
def test_a_series_that_cannot_be_is_refused(wrong):
    with pytest.raises(NumberSeriesError):
        NumberSeries(*wrong)


def moved(ref, kind, doses, lot="LOT-1", minutes=0):
    return Movement(ref, kind, lot, doses, NOW + timedelta(minutes=minutes), "nurse")


def test_the_ledger_adds_up_and_a_count_books_the_difference():
    found = balances(
        [
            moved("5", MovementKind.COUNTED, 7, minutes=5),
            moved("1", MovementKind.RECEIVED, 20, minutes=1),
            moved("2", MovementKind.GIVEN, 6, minutes=2),
            moved("3", MovementKind.WASTED_OPEN, 4, minutes=3),
            moved("4", MovementKind.RETURNED, 2, minutes=4),
        ]
    )["LOT-1"]
    assert (found.on_hand, found.difference) == (7, -1)
    assert (found.received, found.given, found.wasted, found.returned) == (20, 6, 4, 2)
    assert found.wastage_percent == 40.0


@pytest.mark.parametrize(
    ("moves", "reason"),
    [
        ([moved("1", MovementKind.GIVEN, 1)], "unknown_batch"),
        ([moved("1", MovementKind.RECEIVED, 1), moved("2", MovementKind.GIVEN, 2, minutes=1)], "below_zero"),
        ([moved("1", MovementKind.RECEIVED, 0)], "quantity"),
        ([moved("1", MovementKind.RECEIVED, 1), moved("1", MovementKind.RECEIVED, 1, minutes=1)], "twice"),
    ],
)
def test_a_movement_that_cannot_be_is_refused(moves, reason):
    with pytest.raises(StockError) as refused:
        balances(moves)
    assert refused.value.facts == {"reason": reason}


def test_the_batch_that_expires_first_is_opened_and_an_expired_one_never():
    ends = {"a": -1, "b": 5, "c": 50}
    gone, soon, later = (replace(BATCH, lot=lot, expires_on=TODAY + timedelta(days=day)) for lot, day in ends.items())
    held = balances([moved(lot, MovementKind.RECEIVED, 5, lot) for lot in "abc"])
    assert next_batch([later, gone, soon], held, TODAY) is soon
    empty = balances([moved(lot, MovementKind.RECEIVED, 5, lot) for lot in "a"])
    assert next_batch([later, gone, soon], empty, TODAY) is None


@given(st.lists(st.tuples(st.sampled_from(MovementKind), st.integers(1, 9)), max_size=30))
def test_what_came_is_what_is_there_plus_what_went(steps):
    moves = [moved("first", MovementKind.RECEIVED, 50)]
    for number, (kind, doses) in enumerate(steps):
        tried = [*moves, moved(str(number), kind, doses, minutes=number + 1)]
        try:
            balances(tried)
        except StockError as error:
            assert error.facts == {"reason": "below_zero"}  # noqa: PT017 — the other steps go on
            continue
        moves = tried
    found = balances(moves)["LOT-1"]
    assert found.on_hand == found.received - found.given - found.wasted - found.returned + found.difference
    assert found.on_hand >= 0
