"""One key a person: what was pressed stays, what was taken back is counted, what nobody watched is not nought."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.flows.fmr import fmr_fields
from bmis.flows.mobility.errors import MobilityFieldError
from bmis.flows.mobility.lists import codes, mobility_file
from bmis.flows.mobility.survey import FILE, questions
from bmis.flows.observed.group import CODED
from bmis.flows.observed.observe import slot_of
from bmis.flows.observed.slot import ObservedSlot
from bmis.flows.observed.tally import Tally, counter_directions, counter_keys
from bmis.kernel.plain import plain, value_of

TEN = datetime(2026, 11, 20, 10, 0, 40, tzinfo=UTC)
BOTH = ("entry", "exit")


def tally(*directions):
    return Tally.begun(UUID(int=7), "MZ.L.RSG", TEN, directions or BOTH)


def after(minutes):
    return TEN + timedelta(minutes=minutes)


def test_each_key_counts_its_class_and_a_press_taken_back_is_told():
    counted = tally()
    for key in "1126":
        counted = counted.press(key)
    counted = counted.take_back().press("9").take_back().take_back()
    assert counted.marks == "1126-9--"
    assert counted.counts["entry.men"] == 2
    assert counted.counts["entry.children"] == 0
    assert counted.taken_back == {"entry.women": 1, "exit.men": 1, "exit.unseen": 1}
    assert counted.totals == {"entry": 2, "exit": 0}
    assert counted.last == "1"


def test_nothing_is_taken_back_where_nothing_stands():
    assert tally().take_back().marks == ""
    assert tally().press("1").take_back().take_back().marks == "1-"


@given(st.text(alphabet="12346789-", max_size=200))
def test_whatever_is_pressed_adds_up_and_comes_back_from_the_store(marks):
    counted = tally()
    for mark in marks:
        counted = counted.take_back() if mark == "-" else counted.press(mark)
    slot = counted.alive(after(1)).closed(after(2)).slot()
    assert sum(slot.classes.values()) == sum(slot.counts.values())
    assert sum(slot.classes.values()) + sum(slot.taken_back.values()) == sum(one != "-" for one in counted.marks)
    assert value_of(ObservedSlot, plain(slot)) == slot
    assert value_of(Tally, plain(counted)) == counted


def test_a_direction_that_nobody_watches_is_not_nought():
    slot = tally("entry").press("1").alive(after(1)).closed(after(1)).slot()
    assert dict(slot.totals) == {"entry": 1}
    assert not any(name.startswith("exit") for name in slot.classes)


def test_minutes_without_anybody_at_the_counter_are_not_observed():
    counted = tally().alive(after(1)).alive(after(2))
    broken = counted.alive(after(30))
    assert (broken.start, broken.end, broken.runs) == (600, 602, False)
    assert broken.closed(after(40)).end == 602
    assert counted.alive(after(3)).closed(after(3)).end == 603


def test_a_day_ends_at_midnight_and_no_interval_goes_over_it():
    late = Tally.begun(UUID(int=7), "MZ.L.RSG", TEN.replace(hour=23, minute=58), BOTH)
    watched = late.alive(TEN.replace(hour=23, minute=59)).press("1")
    over = watched.alive(TEN.replace(hour=23, minute=59) + timedelta(minutes=1))
    assert (over.end, over.slot().end, over.day) == (24 * 60, 24 * 60, date(2026, 11, 20))
    assert late.alive(TEN + timedelta(days=1)).end == late.seen


def test_an_interval_of_no_minute_is_none():
    with pytest.raises(MobilityFieldError):
        tally().press("1").closed(TEN).slot()


def test_classes_that_do_not_add_up_or_that_no_key_has_are_refused():
    said = {"fmp": "MZ.L.RSG", "date": "2026-11-20", "slot_start": "10:00", "slot_end": "11:00", "counts": {"entry": 3}}
    assert slot_of(said | {"classes": {"entry.men": 2, "entry.women": 1}}).classes["entry.men"] == 2
    for wrong in (
        {"entry.men": 2},
        {"entry.men": 3, "exit.men": 1},
        {"entry.tall": 3},
        {"entry.men": 4, "entry.women": -1},
    ):
        with pytest.raises(MobilityFieldError):
            slot_of(said | {"classes": wrong})
    groups = {**said, "groups": [{"direction": "entry", "total": 1}], "classes": {"entry.men": 1}}
    del groups["counts"]
    with pytest.raises(MobilityFieldError):
        slot_of(groups)


def test_every_key_is_of_one_class_and_every_code_has_its_words():
    names = [key.name for key in counter_keys()]
    assert len(set(names)) == len(names)
    assert {key.person for key in counter_keys()} == set(codes("counter_person"))
    assert counter_directions() == BOTH
    for name in CODED:
        assert codes(name) == fmr_fields()[name].codes
    for one in mobility_file(FILE)["question"]:
        if "words" in one:
            assert set(one["answers"]) <= set(codes(one["words"]))
        else:
            assert len(one["answers_pt"]) == len(one["answers_en"]) == len(questions()[one["code"]])
