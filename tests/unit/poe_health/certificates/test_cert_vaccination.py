"""Vaccination at the post: consent, questions, vials, numbers, and what came after."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from poe_health.certificates.errors import (
    AdverseEventError,
    BatchUnusableError,
    ConsentMissingError,
    ContraindicationError,
    NumberSeriesError,
)
from poe_health.certificates.numbers import NumberSeries
from poe_health.certificates.vaccination import (
    Batch,
    Consent,
    ConsentBy,
    EventOutcome,
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


@dataclass(frozen=True)
class Dose:
    """A dose that was given."""

    ref: str
    lot: str
    given_at: datetime


DOSE = Dose("v1", "LOT-1", NOW)


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
