"""Every finding of surveillance has words in both languages, and none of them decides for the focal point."""

from datetime import date
from itertools import product

import pytest

from bmis.kernel.i18n import speaking
from poe_health.events.annex2 import Annex2Sheet, advise
from poe_health.events.clocks import ClockState, Target
from poe_health.events.signal import SignalState
from poe_health.rules.answer import Answer
from poe_health.surveillance.alarms import CountAlarm, Test, TestResult, Verdict
from poe_health.surveillance.arithmetic import Fault, TallyFault
from poe_health.surveillance.baseline import Why
from poe_health.surveillance.day import DayState
from poe_health.surveillance.tally import DIMENSIONS
from poe_health.voyages.contacts import Near
from poe_health.voyages.declarations import Reading
from poe_health.voyages.free_pratique import PratiqueState
from poe_health.voyages.sanitation import SanitationState
from ui.words.surveillance import advice_words, alarm_words, count_alarm_words, fault_words, state_word

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_fault_of_a_tally_is_a_sentence_with_its_numbers(language):
    with speaking(language):
        for fault in Fault:
            said = fault_words(TallyFault(fault, 7, 9, "sex"))
            assert said.endswith(".")
            assert "?" not in said
            assert fault.value not in said
        shown = {fault_words(TallyFault(Fault.SPLIT_NOT_SUM, 7, 9, name)) for name in DIMENSIONS}
    assert len(shown) == len(DIMENSIONS)
    assert not any(name in text for name in ("age_band", "origin_country") for text in shown)


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_state_has_a_word_of_its_own(language):
    kinds = (ClockState, Target, DayState, SignalState, Near, PratiqueState, Reading, SanitationState)
    with speaking(language):
        for kind in kinds:
            words = [state_word(one.value) for one in kind]
            assert len(set(words)) == len(words), kind
    with speaking("pt"):
        assert state_word("nothing_reported") == "nada declarado"
        assert state_word("something else") == "something else"


def test_a_test_without_a_result_is_not_said_to_be_quiet():
    with speaking("en"):
        for why in Why:
            said = alarm_words(TestResult(Test.C1, DAY, Verdict.UNKNOWN, None, 3.0, why))
            assert "no result" in said
            assert "no alarm" not in said
        assert "alarm (4.65, limit 3)" in alarm_words(TestResult(Test.C1, DAY, Verdict.ALARM, 4.6476, 3.0))


def test_a_count_with_missing_days_says_so_far():
    with speaking("en"):
        assert "so far; 23 of 28 days" in count_alarm_words(CountAlarm("MEASLES", 5, 6, 28, 23, False, ""), DAY)
        assert "below 6" in count_alarm_words(CountAlarm("MEASLES", 5, 6, 28, 0, False, ""), DAY)
        assert count_alarm_words(CountAlarm("EVD", 1, 1, 7, 0, True, ""), DAY).startswith("Ebola disease: 1")
        assert "6 is an alarm" in count_alarm_words(CountAlarm("MEASLES", 6, 6, 28, 3, True, ""), DAY)


def test_advice_leaves_the_decision_to_the_national_focal_point():
    with speaking("en"):
        for answers in product(Answer, repeat=4):
            sheet = Annex2Sheet(dict(zip(("Q1", "Q2", "Q3", "Q4"), answers, strict=True)), "SMALLPOX", Answer.NO)
            said = advice_words(advise(sheet))
            assert "WHO was notified" not in said
            if "notify" in said:
                assert "national focal point decides" in said
        boxed = advice_words(advise(Annex2Sheet({}, "SMALLPOX", Answer.YES)))
        assert "national focal point decides" in boxed
        assert "AS_NAMED" not in advice_words(advise(Annex2Sheet({}, "SMALLPOX")))
