"""Annex 2 in three values: unknown never becomes no, and only the national focal point decides."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.events.annex2 import Advice, Annex2Sheet, Basis, FocalPointChoice, advise, decided
from poe_health.events.errors import FocalPointDecidesError, SignalFieldError, SignalReasonError
from poe_health.events.settings import always_notified, questions
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
FOUR = ("Q1", "Q2", "Q3", "Q4")
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def sheet(*answers, **more):
    return Annex2Sheet(dict(zip(FOUR, answers, strict=True)), **more)


def test_every_combination_of_answers_is_advised_by_the_rule_of_two():
    for answers in product(Answer, repeat=4):
        yes, unknown = answers.count(YES), answers.count(UNKNOWN)
        expected = Advice.NOTIFY if yes >= 2 else Advice.NOT_NOW if yes + unknown < 2 else Advice.NEEDS_INFO

        found = advise(sheet(*answers))

        assert found.advice is expected, answers
        assert (found.ask != ()) == (expected is Advice.NEEDS_INFO)


SHEETS = st.builds(
    Annex2Sheet,
    st.dictionaries(
        st.sampled_from([code for one in questions().values() for code in (one.code, *(p.code for p in one.parts))]),
        st.sampled_from(list(Answer)),
    ),
    st.sampled_from([None, "CHOLERA", *always_notified()]),
    st.sampled_from(list(Answer)),
)


@given(SHEETS, st.data())
def test_answering_what_was_unknown_never_turns_a_definite_advice_round(sheet, data):
    before = advise(sheet)
    unanswered = [code for code in FOUR if sheet.answer(code) is UNKNOWN]
    if before.advice is Advice.NEEDS_INFO or not unanswered:
        return
    code = data.draw(st.sampled_from(unanswered))
    told = data.draw(st.sampled_from([YES, NO]))

    after = advise(Annex2Sheet(dict(sheet.answers) | {code: told}, sheet.disease, sheet.as_named))

    assert after.advice is before.advice


@given(SHEETS)
def test_without_any_answer_nothing_is_ever_advised_away(sheet):
    blank = Annex2Sheet({}, sheet.disease)

    assert advise(blank).advice is Advice.NEEDS_INFO


def test_the_left_box_notifies_a_single_case_when_it_is_what_the_box_names():
    found = advise(sheet(NO, NO, NO, NO, disease="SMALLPOX", as_named=YES))

    assert (found.advice, found.basis) == (Advice.NOTIFY, Basis.ALWAYS_NOTIFIED)


def test_a_floppy_limb_is_not_yet_wild_polio_and_not_yet_none():
    open_case = advise(sheet(NO, NO, NO, NO, disease="POLIO_AFP"))
    not_wild = advise(sheet(NO, NO, NO, NO, disease="POLIO_AFP", as_named=NO))

    assert (open_case.advice, open_case.ask) == (Advice.NEEDS_INFO, ("AS_NAMED",))
    assert not_wild.advice is Advice.NOT_NOW


def test_the_left_box_holds_the_four_diseases_of_the_case_definitions():
    boxes = {code for code, one in rule_set(AT.date()).diseases.items() if one.annex2 == "LEFT"}

    assert set(always_notified()) == boxes


def test_a_part_that_is_yes_answers_its_question_and_all_parts_no_answer_it_too():
    parts = {part.code: NO for part in questions()["Q1"].parts}

    assert Annex2Sheet({"Q1A": YES}).answer("Q1") is YES
    assert Annex2Sheet(parts).answer("Q1") is NO
    assert Annex2Sheet({"Q1A": NO}).answer("Q1") is UNKNOWN
    assert Annex2Sheet({"Q1": UNKNOWN, "Q1A": YES}).answer("Q1") is YES
    assert Annex2Sheet({"Q1": NO, "Q1A": YES}).answer("Q1") is NO
    assert [len(one.parts) for one in questions().values()] == [3, 2, 2, 4]


def test_a_question_of_no_list_is_refused():
    with pytest.raises(SignalFieldError):
        Annex2Sheet({"Q5": YES})


def test_only_the_focal_point_decides_and_departing_from_the_advice_needs_a_reason():
    advised = advise(sheet(YES, YES, NO, NO))

    with pytest.raises(FocalPointDecidesError):
        decided(advised, FocalPointChoice.NOTIFY_WHO, at=AT, told_by="posto", by_focal_point=False)
    with pytest.raises(FocalPointDecidesError):
        decided(advised, FocalPointChoice.NOTIFY_WHO, at=AT, told_by=" ", by_focal_point=True)
    with pytest.raises(SignalReasonError):
        decided(advised, FocalPointChoice.NOT_NOW, at=AT, told_by="PFN", by_focal_point=True)
    found = decided(advised, FocalPointChoice.CONSULT_WHO, at=AT, told_by=" PFN ", by_focal_point=True)
    assert (found.choice, found.told_by) == (FocalPointChoice.CONSULT_WHO, "PFN")
