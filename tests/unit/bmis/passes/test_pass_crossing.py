"""A pass at a lane: seal, state, days, post, zone, open crossing, and a load."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.actor import NotAllowedError
from bmis.passes import goods
from bmis.passes.at_crossing import Light, Passage, Presented, Use, examine, missed_returns, outward
from bmis.passes.errors import GoodsLineError, PassUnknownError, SchemeUnknownError
from bmis.passes.goods import GoodsLine, Regime, common_list, judge_load
from bmis.passes.lifecycle import PassState, Validity
from bmis.passes.schemes import scheme
from bmis.passes.use_pass import ReadPass, keep_use, take_back_use
from bmis.receipts.money import Money
from bmis.receipts.rates import Rates
from bmis.trust.redemptions import elsewhere
from tests.unit.bmis.passes.pass_office import AUDITOR, CHIEF, CLERK, OFFICER, others

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
VALID = Validity(date(2026, 1, 1), date(2026, 12, 31))
MZ_MW, MW_MZ, PAPER = (scheme(code, DAY) for code in ("MZ-MW", "MW-MZ", "MZ-PAPER"))


def use(direction, at, post="MZ.T.ZOB"):
    return Use(uuid4(), "MZ-MW", "X", None, None, post, "desk", direction, at)


def sees(scheme_=MZ_MW, direction="EXIT", uses=(), post="MZ.T.ZOB", at=NOON, since=None, **shown):
    known = {"validity": VALID, "state": PassState.ACTIVE, "seal": "valid"}
    found = examine(Presented(scheme_, "X", **known | shown), Passage(post, direction, at, uses, since))
    return {one.evidence: one.light for one in found}


def test_a_good_pass_on_the_way_out_is_green_from_end_to_end():
    assert sees() == {
        "seal_valid": Light.GREEN,
        "active": Light.GREEN,
        "in_validity": Light.GREEN,
        "post_allowed": Light.GREEN,
        "first_use": Light.GREEN,
    }


@pytest.mark.parametrize(
    ("answer", "evidence", "light"),
    [
        ("trust_stale", "seal_trust_stale", Light.GREY),
        ("signer_unknown", "seal_signer_unknown", Light.GREY),
        ("signature_invalid", "seal_invalid", Light.RED),
        ("signer_revoked", "seal_signer_revoked", Light.RED),
        ("signer_expired", "seal_signer_expired", Light.RED),
        ("seal_revoked", "seal_revoked", Light.RED),
        ("not_yet_valid", "seal_not_yet_valid", Light.RED),
        ("expired", "seal_expired", Light.RED),
        ("not_a_seal", "not_a_seal", Light.RED),
        (None, "seal_not_read", Light.GREY),
        ("something new", "seal_not_read", Light.GREY),
    ],
)
def test_each_answer_of_the_seal_is_shown_and_only_valid_is_green(answer, evidence, light):
    assert sees(seal=answer)[evidence] is light


def test_a_seal_of_another_desk_that_is_not_proved_is_grey_twice():
    found = sees(seal="signer_unknown", state=None)

    assert found["not_known_here"] is Light.GREY
    assert "not_known_here" not in sees(state=None)


@pytest.mark.parametrize("state", [state for state in PassState if state not in {PassState.ACTIVE, PassState.EXPIRED}])
def test_whatever_is_not_active_stops(state):
    found = sees(state=state)

    assert found["suspended" if state is PassState.SUSPENDED else "withdrawn"] is Light.RED


def test_another_post_stops_and_a_narrower_pass_is_narrower():
    assert sees(post="MZ.L.RSG")["other_post"] is Light.RED
    assert sees(posts=("MZ.Q.MEL",))["other_post"] is Light.RED
    assert sees(PAPER)["posts_unknown"] is Light.GREY


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_the_last_day_counts_and_the_next_does_not(days):
    last = (NOON + timedelta(days=days)).date()

    found = sees(validity=Validity(date(2026, 1, 1), last))
    assert ("in_validity" in found) == (days >= 0)
    assert ("pass_expired" in found) == (days < 0)
    assert sees(validity=Validity(DAY + timedelta(days=1), DAY + timedelta(days=9)))["pass_not_yet"] is Light.RED
    assert sees(validity=None)["validity_unknown"] is Light.GREY


def test_papers_and_a_neighbours_passes_are_looked_at_by_eye_and_stay_counted():
    found = sees(MW_MZ, "ENTRY", validity=None, state=None, seal=None)

    assert found["by_eye_no_specimen"] is Light.GREY
    assert outward(MW_MZ) == "ENTRY"
    back = sees(MW_MZ, "EXIT", [use("ENTRY", NOON - timedelta(days=31))], seal=None, state=None)
    assert back["late_advise"] is Light.AMBER


@pytest.mark.parametrize(("days", "evidence"), [(0, "in_time"), (29, "in_time"), (30, "late_advise")])
def test_the_day_of_leaving_is_the_first_of_thirty(days, evidence):
    assert evidence in sees(direction="ENTRY", uses=[use("EXIT", NOON - timedelta(days=days))])


def test_the_first_late_return_is_advised_the_second_proposes_a_suspension():
    before = [
        use("EXIT", NOON - timedelta(days=120)),
        use("ENTRY", NOON - timedelta(days=80)),
        use("EXIT", NOON - timedelta(days=40)),
    ]

    assert missed_returns(MZ_MW, before) == 1
    assert sees(direction="ENTRY", uses=before)["late_propose_suspension"] is Light.AMBER


def test_a_return_that_nobody_recorded_is_amber_only_where_the_records_are_complete():
    uses = [use("EXIT", NOON - timedelta(days=2))]

    assert sees(uses=uses)["return_not_recorded"] is Light.GREY
    assert sees(uses=uses, since=NOON - timedelta(days=9))["return_not_recorded"] is Light.AMBER
    assert sees(uses=uses, since=NOON - timedelta(days=1))["return_not_recorded"] is Light.GREY
    assert sees(direction="ENTRY", uses=[])["no_way_out_recorded"] is Light.GREY
    assert sees(direction="ENTRY", uses=[use("ENTRY", NOON)])["way_out_not_recorded"] is Light.GREY


def test_the_same_serial_at_two_posts_within_the_hour_stops():
    near = [use("EXIT", NOON - timedelta(minutes=59), "MZ.Q.MEL")]

    assert sees(uses=near)["seen_elsewhere"] is Light.RED
    assert "seen_elsewhere" not in sees(uses=[use("EXIT", NOON - timedelta(minutes=61), "MZ.Q.MEL")])
    assert "seen_elsewhere" not in sees(uses=[use("EXIT", NOON - timedelta(minutes=5))])


def test_many_trips_a_day_are_said_and_do_not_stop():
    day = [use(direction, NOON - timedelta(minutes=n)) for n, direction in enumerate(["ENTRY", "EXIT"] * 4)]

    assert sees(uses=day)["many_trips"] is Light.AMBER
    assert "many_trips" not in sees(uses=day[2:])


@given(
    st.lists(st.tuples(st.sampled_from(["ENTRY", "EXIT"]), st.integers(0, 100_000)), max_size=8),
    st.sampled_from(["ENTRY", "EXIT"]),
    st.sampled_from([MZ_MW, MW_MZ, PAPER]),
)
def test_whatever_the_past_there_are_answers_and_none_hides_another(past, direction, which):
    uses = [use(way, NOON - timedelta(minutes=minutes)) for way, minutes in past]

    found = examine(Presented(which, "X", VALID, None, None), Passage("MZ.T.ZOB", direction, NOON, uses))
    assert len(found) >= 4
    assert len({one.evidence for one in found}) == len(found)


def test_the_lane_sees_the_pass_its_photo_and_its_past(office):
    one = office.active()
    seen = office.sees(one)
    assert [answer.light for answer in seen.answers] == [Light.GREEN] * 5
    assert seen.photo is not None
    office.crosses(one, "EXIT")
    office.wait(days=2)

    back = office.sees(one, "ENTRY")
    assert [answer.evidence for answer in back.answers][-1] == "in_time"
    office.crosses(one, "ENTRY")
    assert [use_.direction for use_ in office.uses(one.serial)] == ["ENTRY", "EXIT"]
    assert [use_.direction for use_ in office.show(one.number, CLERK).uses] == ["ENTRY", "EXIT"]
    assert not elsewhere(office.uses(one.serial), timedelta(hours=1))


def test_a_suspended_pass_stops_at_the_lane_whatever_its_seal_says(office):
    one = office.active()
    office.suspend(one.number, "em averiguação", CLERK)

    assert {answer.evidence: answer.light for answer in office.sees(one).answers}["suspended"] is Light.RED


def test_what_the_seal_says_of_another_desks_pass_is_enough(office):
    read = ReadPass("MZMW", "77", "valid", date(2026, 11, 1), date(2027, 10, 31), ("MZ.T.ZOB",))

    seen = office.examine(read, "EXIT", OFFICER)
    assert (seen.known, seen.photo) == (None, None)
    assert [one.evidence for one in seen.answers] == ["seal_valid", "in_validity", "post_allowed", "first_use"]
    with pytest.raises(NotAllowedError):
        office.examine(read, "EXIT", AUDITOR)
    with pytest.raises(SchemeUnknownError):
        office.examine(ReadPass("TZMZ", "77"), "EXIT", OFFICER)
    with pytest.raises(PassUnknownError):
        office.examine(ReadPass("MZMW", "000000770"), "EXIT", OFFICER)


def test_a_partners_pass_is_typed_and_counted(office):
    read = ReadPass("MW-MZ", "bp 00123/26")
    office.use(office.examine(read, "ENTRY", OFFICER), OFFICER)

    seen = office.examine(read, "EXIT", OFFICER)
    assert [one.evidence for one in seen.answers][-1] == "in_time"
    assert seen.presented.serial == "BP00123/26"


def test_a_use_kept_with_its_crossing_is_taken_back_with_it(office):
    one = office.active()
    crossing = uuid4()
    seen = office.sees(one)
    with office.store.write() as unit:
        keep_use(unit, office.home, seen, "officer", crossing)
        unit.commit()
    with office.store.write() as unit:
        assert take_back_use(unit, crossing, "officer", office.at)
        assert not take_back_use(unit, uuid4(), "officer", office.at)
        unit.commit()

    assert office.uses(one.serial) == ()


def test_the_lane_forgets_the_oldest_of_many_and_what_is_over(office):
    one = office.active()
    read = ReadPass("MZMW", str(one.serial), "valid", one.validity.first, one.validity.last)
    asked = [uuid4() for _ in range(9)]
    for request in asked:
        office.lane.present(request, read, "EXIT", OFFICER)

    assert office.lane.seen(asked[0], "EXIT", office.at) is None
    assert office.lane.seen(asked[8], "EXIT", office.at) is not None
    office.lane.forget(asked[8])
    assert office.lane.seen(asked[8], "EXIT", office.at) is None


def line(product="milho", value="500.00 MZN", quantity="50", unit="kg"):
    return GoodsLine(product, Decimal(quantity), unit, Money.parse(value))


def load(*lines, training=True, rule=MZ_MW.goods):
    return judge_load(rule, lines, Rates((), DAY, training=training))


def test_a_load_within_the_ceiling_is_simplified_and_says_that_nobody_vouches_for_rate_and_list():
    found = load(line(), line("Feijão", "135135 MWK"))

    assert (found.regime, found.why, str(found.total)) == (Regime.SIMPLIFIED, "within", "86.07 USD")
    assert found.products == ("maize", "beans")
    assert not found.confirmed


@pytest.mark.parametrize(("value", "regime"), [("1000.00 USD", Regime.SIMPLIFIED), ("1000.01 USD", Regime.CUSTOMS)])
def test_a_thousand_dollars_is_the_ceiling(value, regime):
    assert load(line(value=value)).regime is regime


@pytest.mark.parametrize(
    ("product", "unit"), [("milho", "Sacos"), ("arroz", "KG"), ("ovos", "favo"), ("goats", "cabeças")]
)
def test_a_unit_is_understood_as_traders_say_it(product, unit):
    assert load(line(product, unit=unit)).regime is Regime.SIMPLIFIED


def test_what_is_not_listed_is_counted_as_anybody_likes():
    assert load(line("telemóvel", unit="tonelada")).why == "not_held"


def test_what_is_missing_on_a_list_that_is_not_whole_is_not_said_to_be_outside_of_it(monkeypatch):
    held = common_list(MZ_MW.goods.list_file)
    assert (held.complete, held.agreed) == (False, 47)
    monkeypatch.setattr(goods, "common_list", lambda _file: replace(held, complete=True))
    assert load(line("telemóvel")).why == "not_listed"


def test_everything_else_goes_to_customs_and_says_why():
    assert (load(line("telemóvel")).regime, load(line("telemóvel")).why) == (Regime.CUSTOMS, "not_held")
    assert load(line(), line("cimento")).unlisted == (1,)
    assert load(line(), training=False).why == "no_rate"
    assert load(line(value="900.00 USD"), training=False).why == "within"
    assert load(line(), rule=None).why == "no_rule"
    assert load().regime is Regime.NONE


def test_a_line_that_cannot_be_is_refused():
    for wrong in ({"product": " "}, {"quantity": "0"}, {"quantity": "NaN"}, {"unit": ""}, {"value": "0.00 MZN"}):
        with pytest.raises(GoodsLineError):
            line(**wrong)
    for product, unit in (("ovos", "kg"), ("milho", "litros"), ("milho", "tonelada"), ("goats", "saco")):
        with pytest.raises(GoodsLineError) as refused:
            load(line(product, unit=unit))
        assert refused.value.facts == {"field": "unit"}
    with pytest.raises(GoodsLineError):
        load(*[line()] * 21)
    with pytest.raises(GoodsLineError):
        load(*[line(value="999999999 USD")] * 20)


def test_the_common_list_says_that_it_is_not_whole():
    known = common_list("mz_mw_common.toml")

    assert (known.agreed, known.complete) == (47, False)
    assert len({one.code for one in known.products}) == len(known.products) < known.agreed
    assert all(one.units for one in known.products)


def test_the_load_is_kept_with_the_use_and_counted(office):
    one = office.active()
    office.use(office.sees(one, goods=[line(), line("feijao")]), OFFICER)

    [kept] = office.uses(one.serial)
    assert (kept.regime, kept.products) == ("simplified", ("maize", "beans"))


def test_statistics_count_by_sex_age_purpose_product_and_post_and_hide_small_numbers_in_public(office):
    for number in range(7):
        one = office.active(others(number, sex="M" if number < 2 else "F"))
        office.use(office.sees(one, goods=[line()] if number else [line("sal")]), OFFICER)

    inside = office.count(DAY, DAY, CHIEF, public=False)
    issued = {table.name: table for table in inside.issued}
    assert issued["sex"].parts == {"F": 5, "M": 2}
    assert issued["age"].parts == {"30-44": 7}
    assert issued["purpose"].parts == {"small_trade": 7}
    assert issued["post"].parts == {"MZ.T.ZOB": 7}
    assert {table.name: table.parts for table in inside.used}["product"] == {"maize": 6, "salt": 1}
    assert inside.hidden == 0

    public = office.count(DAY, DAY, CHIEF, public=True)
    issued = {table.name: table for table in public.issued}
    assert issued["sex"].parts == {"F": None, "M": None}  # one hidden alone could be subtracted
    assert issued["sex"].total == 7
    assert {table.name: table.parts for table in public.used}["product"] == {"maize": None, "salt": None}
    assert office.count(DAY + timedelta(days=1), DAY + timedelta(days=1), CHIEF, public=True).issued[0].parts == {}
    with pytest.raises(NotAllowedError):
        office.count(DAY, DAY, OFFICER, public=True)
