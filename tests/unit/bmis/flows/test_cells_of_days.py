"""Counting a day at the post: every number is what the crossings say, whatever was corrected and whenever."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmis.crossings.annul_crossing import ANNUL
from bmis.crossings.crossing import Journey, Refusal
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.errors import UndoRefusedError
from bmis.crossings.reasons import reasons
from bmis.flows.cell import Cube
from bmis.flows.cubes import all_cubes, cube
from bmis.flows.records import SqlCells
from bmis.flows.recount import Recount
from bmis.flows.roll_up import RolledUp, RollUp

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def roll_up(post, **more):
    return RollUp(post.store.read, post.store.write, **more)


def sums(post, name, *by, **where):
    with post.store.read() as unit:
        return SqlCells(unit.connection).sums(cube(name), FIRST, LAST, by, where)


def differences(post):
    return Recount(post.store.read)(FIRST, LAST)


def refused(post, document, *codes):
    answers = Refusal(protection_claim=False)
    return post.decides(post.request(document), Decision.REFUSED_ENTRY, reasons=codes, refusal=answers)


def test_a_morning_is_counted_by_direction_nationality_sex_and_age(post, passport):
    post.passes(passport())
    post.passes(passport(number="UT0000002", nationality="ZAF", sex="M", birth="2020-01-01"))
    post.passes(passport(number="UT0000002", nationality="ZAF", sex="M", birth="2020-01-01"), Direction.EXIT)

    assert roll_up(post)() == RolledUp(3, 0)

    assert sums(post, "decisions", "direction") == {("ENTRY",): 2, ("EXIT",): 1}
    assert sums(post, "nationality", "nationality") == {("UTO",): 1, ("ZAF",): 2}
    assert sums(post, "sex_age", "sex", "age", direction="ENTRY") == {("F", "36"): 1, ("M", "6"): 1}
    assert differences(post) == []


def test_nothing_is_counted_twice(post, passport):
    post.passes(passport())
    assert roll_up(post)().crossings == 1
    assert roll_up(post)() == RolledUp(0, 0)
    assert sums(post, "nationality") == {(): 1}


def test_small_batches_count_the_same(post, passport, monkeypatch):
    monkeypatch.setattr("bmis.flows.roll_up.BATCH", 2)
    for number in range(5):
        post.passes(passport(number=f"UT000000{number}"))
    told = []
    assert roll_up(post)(lambda done, of: told.append((done, of))).crossings == 5
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert differences(post) == []


def test_counting_stops_when_asked_and_goes_on_later(post, passport, monkeypatch):
    monkeypatch.setattr("bmis.flows.roll_up.BATCH", 1)
    for number in range(4):
        post.passes(passport(number=f"UT000000{number}"))
    asked = iter([False, False, True])
    assert roll_up(post)(cancelled=lambda: next(asked)).crossings == 2
    assert sums(post, "decisions") == {(): 2}
    assert roll_up(post)().crossings == 2
    assert differences(post) == []


def test_an_undone_crossing_counts_nowhere_also_when_it_was_counted_before(post, passport):
    kept = post.passes(passport())
    roll_up(post)()
    post.undo(kept.id, post.officer)

    assert roll_up(post)() == RolledUp(0, 1)

    assert sums(post, "decisions") == {(): 0}
    with post.store.read() as unit:
        assert SqlCells(unit.connection).between(cube("decisions"), FIRST, LAST) == []


def test_a_correction_moves_the_cell_and_no_other(post, passport):
    kept = post.passes(passport())
    post.passes(passport(number="UT0000002"))
    roll_up(post)()
    post.amend(kept.id, {"journey.purpose": "business"}, "misheard", post.officer)
    roll_up(post)()
    assert sums(post, "purpose", "purpose") == {("business",): 1, ("tourism",): 1}
    post.amend(kept.id, {"journey.coming_from": "SWZ"}, "misheard", post.officer)
    roll_up(post)()
    assert sums(post, "origin_destination", "coming_from") == {("SWZ",): 1, ("ZAF",): 1}
    assert differences(post) == []


def test_a_crossing_corrected_before_it_was_ever_counted_is_counted_as_it_stands(post, passport):
    kept = post.passes(passport())
    post.amend(kept.id, {"journey.purpose": "business"}, "misheard", post.officer)
    assert roll_up(post)() == RolledUp(1, 1)
    assert sums(post, "purpose", "purpose") == {("business",): 1}


def test_an_annulled_crossing_is_taken_away(post, passport):
    kept = post.passes(passport())
    roll_up(post)()
    post.clock.passes(hours=3)
    post.annul(kept.id, "wrong person", post.supervisor, post.signed(ANNUL, kept.id, post.supervisor, "colleague"))
    roll_up(post)()
    assert sums(post, "nationality") == {(): 0}
    assert differences(post) == []


def test_refusals_count_people_once_and_each_reason_of_theirs(post, passport):
    codes = [one.code for one in reasons(Direction.ENTRY, LAST) if not one.text_required][:2]
    refused(post, passport(), *codes)
    roll_up(post)()
    assert sums(post, "refusals", "decision") == {("REFUSED_ENTRY",): 1}
    assert sums(post, "refusal_reasons", "reason") == {(code,): 1 for code in codes}
    assert sums(post, "nationality") == {(): 0}


def test_what_nobody_recorded_is_counted_as_unknown_and_not_left_out(post, identity_card):
    post.passes(identity_card(), journey=Journey(travel_mode="foot", coming_from="ZAF"))
    roll_up(post)()
    assert sums(post, "purpose", "purpose") == {("",): 1}
    assert sums(post, "origin_destination", "coming_from", "going_to") == {("ZAF", ""): 1}


def test_a_crossing_at_ten_at_night_in_london_belongs_to_the_next_day_of_the_post(post, passport):
    post.clock.passes(hours=16, minutes=30)  # 22:30 UTC is half past midnight in Maputo
    post.passes(passport())
    roll_up(post)()
    assert sums(post, "decisions", "day", "hour") == {("2026-11-23", "00"): 1}


def test_a_new_cube_counts_what_the_others_have_counted_long_ago(post, passport):
    post.passes(passport())
    roll_up(post)()
    posts = Cube("by_post", 1, ("post",), lambda crossing: ((crossing.post_code,),))
    assert roll_up(post, cubes=(*all_cubes(), posts))().crossings == 1
    with post.store.read() as unit:
        assert SqlCells(unit.connection).sums(posts, FIRST, LAST, ["post"]) == {("MZ.L.RSG",): 1}
    assert differences(post) == []


def test_a_cube_that_changed_its_meaning_is_counted_anew_and_the_old_cells_go(post, passport):
    post.passes(passport())
    first = Cube("test", 1, ("sex",), lambda crossing: ((crossing.sex or "",),))
    second = Cube("test", 2, ("sex",), lambda crossing: (("all",),))
    roll_up(post, cubes=(first,))()
    roll_up(post, cubes=(second,))()
    with post.store.read() as unit:
        assert SqlCells(unit.connection).between(first, FIRST, LAST) == []
        assert SqlCells(unit.connection).sums(second, FIRST, LAST, ["sex"]) == {("all",): 1}


def test_a_dimension_that_a_cube_does_not_have_is_refused(post):
    with pytest.raises(KeyError, match="nationality has no sex"):
        sums(post, "nationality", "sex")


def test_a_recount_finds_a_cell_that_somebody_changed(post, passport):
    post.passes(passport())
    roll_up(post)()
    with post.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE flow_cell SET n = 7 WHERE cube LIKE 'sex_age%'")
        unit.commit()
    assert [(one.cell.cube, one.cell.n, one.kept) for one in differences(post)] == [("sex_age", 1, 7)]


STEPS = st.lists(
    st.sampled_from(["entry", "exit", "refused", "undo", "amend", "annul", "count", "hours"]), min_size=3, max_size=25
)


@given(steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_in_whatever_order_cells_say_what_the_crossings_say(post, passport, steps):
    kept = []
    start = post.rows("crossing")
    for at, step in enumerate(steps):
        document = passport(number=f"U{start + at:08}", nationality=("UTO", "ZAF", "MOZ")[at % 3])
        if step == "entry":
            kept.append(post.passes(document))
        elif step == "exit":
            kept.append(post.passes(document, Direction.EXIT))
        elif step == "refused":
            kept.append(refused(post, passport(number=f"U{start + at:08}"), "E1"))
        elif step == "hours":
            post.clock.passes(hours=5)
        elif step == "count":
            roll_up(post)()
        elif kept and step == "undo":
            with suppress(UndoRefusedError):  # too late, or not the last: then nothing changed
                post.undo(kept[-1].id, post.officer)
                kept.pop()
        elif kept and step == "amend":
            changes = {"journey.purpose": "business" if at % 2 else "tourism", "journey.intended_days": at + 30}
            post.amend(kept[0].id, changes, "x", post.officer)
        elif kept and step == "annul":
            gone = kept.pop(0)
            post.annul(gone.id, "x", post.supervisor, post.signed(ANNUL, gone.id, post.supervisor, "colleague"))
    roll_up(post)()
    assert differences(post) == []
