"""Scores with their denominators, gaps with owners, and what an unanswered item never becomes."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.capacity.assessment import Assessment, ItemAnswer
from poe_health.capacity.checklist import checklist
from poe_health.capacity.comparison import Change, compare
from poe_health.capacity.errors import (
    AssessedLaterError,
    CapacityAnswerError,
    ChecklistItemError,
    PreviousAssessmentError,
)
from poe_health.capacity.scoring import score

TODAY = date(2026, 11, 22)
DONE = ItemAnswer("FULL", ("OBSERVED",))
CODES = [item.code for item in checklist().items_of("GROUND")]


def assessment(items, on=TODAY, **more):
    return Assessment("MZ.L.RSG", more.pop("poe_type", "GROUND"), on, items, **more)


def block(scored, code):
    return next(one for one in scored.blocks if one.block == code)


def test_a_block_is_scored_over_what_was_answered_only():
    scored = score(
        assessment(
            {
                "C01": DONE,
                "C02": ItemAnswer("PART", ("DOCUMENT",), gap_action="Afixar número", responsible="Chefe", due=TODAY),
                "C03": ItemAnswer("NONE", gap_action="Escrever", responsible="Direcção", due=date(2026, 11, 1)),
                "C04": ItemAnswer("NA", comment="Sem alfândega"),
                "C05": ItemAnswer("NOT_SEEN"),
            }
        ),
        TODAY,
    )
    found = block(scored, "C")

    assert (found.points, found.possible, found.scored) == (3, 6, 3)
    assert found.percent == Decimal("50.0")
    assert found.not_applicable == ("C04",)
    assert found.not_seen == ("C05",)
    assert found.unanswered == ("C06", "C07", "C08", "C09", "C10", "C11")
    assert found.asked == 11


def test_a_block_nobody_answered_has_no_percentage_and_no_zero():
    scored = score(assessment({"C01": DONE}), TODAY)

    assert block(scored, "R").percent is None
    assert block(scored, "R").possible == 0
    assert not scored.complete


def test_does_not_apply_without_a_reason_is_not_answered():
    scored = score(assessment({"C01": DONE, "C02": ItemAnswer("NA")}), TODAY)

    assert "C02" in block(scored, "C").unanswered
    assert scored.lacking == {"C02": ("comment",)}


def test_a_gap_says_who_and_when_or_what_is_lacking():
    scored = score(
        assessment(
            {
                "C01": ItemAnswer("NONE", gap_action="Nomear", responsible="Distrito", due=date(2026, 11, 21)),
                "C02": ItemAnswer("PART", ("INTERVIEW",), due=TODAY, cost_estimate_mzn=Decimal("1500.50")),
            }
        ),
        TODAY,
    )
    first, second = scored.gaps

    assert (first.item.code, first.overdue, first.lacking) == ("C01", True, ())
    assert (second.item.code, second.overdue, second.lacking) == ("C02", False, ("gap_action", "responsible"))
    assert (scored.cost_mzn, scored.not_costed) == (Decimal("1500.50"), 1)


def test_an_assessment_of_tomorrow_is_refused():
    with pytest.raises(AssessedLaterError):
        score(assessment({}, on=date(2026, 11, 23)), TODAY)


def test_an_item_of_another_type_of_post_is_refused():
    with pytest.raises(ChecklistItemError):
        assessment({"C12": DONE})


@pytest.mark.parametrize(
    "said",
    [
        ItemAnswer("MAYBE"),
        ItemAnswer("FULL", ("HEARSAY",)),
        ItemAnswer("NONE", cost_estimate_mzn=Decimal(-1)),
        ItemAnswer("NONE", cost_estimate_mzn=Decimal("NaN")),
    ],
)
def test_what_cannot_be_is_refused(said):
    with pytest.raises(CapacityAnswerError):
        assessment({"C01": said})


def test_only_items_that_both_answered_are_compared():
    before = assessment(
        {"C01": ItemAnswer("NONE"), "C02": DONE, "C03": ItemAnswer("PART")},
        on=date(2025, 6, 1),
        tool_version="0.1",
    )
    now = assessment({"C01": ItemAnswer("PART"), "C02": ItemAnswer("NONE"), "C04": DONE}, tool_version="0.1")
    found = compare(now, before)

    assert found.those(Change.BETTER) == ("C01",)
    assert found.those(Change.WORSE) == ("C02",)
    assert {"C03", "C04"} <= set(found.those(Change.NOT_COMPARABLE))
    of_c = found.blocks[0]
    assert (of_c.common, of_c.before, of_c.now, of_c.possible) == (2, 2, 1, 4)
    assert found.same_version is True


def test_assessments_without_a_version_are_not_said_to_be_of_one():
    found = compare(assessment({}), assessment({}, on=date(2025, 1, 1), tool_version="0.1"))

    assert found.same_version is None


@pytest.mark.parametrize(
    "before",
    [
        Assessment("MZ.L.MAC", "GROUND", date(2025, 1, 1), {}),
        Assessment("MZ.L.RSG", "AIRPORT", date(2025, 1, 1), {}),
        Assessment("MZ.L.RSG", "GROUND", TODAY, {}),
    ],
)
def test_another_post_or_a_later_day_is_not_compared(before):
    with pytest.raises(PreviousAssessmentError):
        compare(assessment({}), before)


ANSWERS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["FULL", "PART", "NONE", "NA", "NOT_SEEN"]))


def made(answers):
    return assessment(
        {code: ItemAnswer(one, ("OBSERVED",), comment="visto", responsible="x") for code, one in answers.items()}
    )


@given(ANSWERS)
def test_every_item_is_counted_once_and_nowhere_else(answers):
    for one in score(made(answers), TODAY).blocks:
        apart = len(one.not_applicable) + len(one.not_seen) + len(one.unanswered)
        assert one.scored + apart == one.asked
        assert 0 <= one.points <= one.possible


@given(ANSWERS, st.sampled_from(CODES))
def test_an_item_without_answer_changes_no_score(answers, left_out):
    without = {code: one for code, one in answers.items() if code != left_out}
    unseen = without | {left_out: "NOT_SEEN"}

    assert [one.percent for one in score(made(without), TODAY).blocks] == [
        one.percent for one in score(made(unseen), TODAY).blocks
    ]
