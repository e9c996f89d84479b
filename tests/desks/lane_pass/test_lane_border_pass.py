"""The border pass at the lane: held up once, proved, compared by eye, one key; what is wrong stands in words."""

import time
from datetime import timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from lane_robot import START, Ticking, zone
from pass_post import POST, PassPost, build, forged, passport_of, sealed
from pass_seen import answers, check, panel, uses
from port_health import Sees, Table

from bmis.capture.serial_framing import SerialFramer
from bmis.capture.swipe_text import SwipeKind
from bmis.crossings.decision import Decision, Direction
from bmis.documents.seals.shown import looks_like_seal
from ui.compose import open_home, seal_checker_of
from ui.desktop.lane.drafting import Phase

IN, OUT = Direction.ENTRY, Direction.EXIT
OTHER = zone("15AB00002", "SITOE<SPECIMEN", "MARIA", state="MOZ")


# --- one key


def test_a_pass_scanned_at_the_exit_is_the_document_and_one_key_keeps_the_crossing(at_work, passes):
    one, seal = passes[0]
    officer = at_work()

    officer.scans(seal)
    assert check(officer) == {("green", "in_order")}
    assert (officer.model.document.kind, officer.model.document.number) == ("border_pass", one.number)
    assert officer.model.draft.answers["journey.going_to"] == "MWI"
    assert officer.lane.document.pair.document.image() is not None  # the photograph on file, to compare by eye
    assert panel(officer).chip.status == "green"

    officer.decides()
    kept = officer.stored()
    assert (kept.decision, kept.document.surname) == (Decision.EXITED, sealed(seal).seal.surname)
    [use] = uses(officer, one.number)
    assert (use.post_code, use.direction, use.crossing_id) == (POST, "EXIT", kept.id)
    assert officer.codes() == []


def test_a_pass_takes_one_key_and_far_less_than_six_seconds_of_the_machine(at_work, passes):
    officer = at_work()
    officer.scans(passes[2][1])
    officer.decides()  # what is loaded with the first traveller is loaded

    begun = time.perf_counter()
    officer.later(days=1).scans(passes[0][1])
    officer.decides()
    took = time.perf_counter() - begun
    assert officer.stored().document.number == passes[0][0].number
    assert took < 6


def test_out_and_back_are_one_journey(at_work, passes):
    one, seal = passes[0]
    officer = at_work()
    officer.scans(seal).decides()

    officer.later(days=2)
    officer.model.choose_direction(IN)
    officer.scans(seal)
    assert officer.model.draft.answers["journey.coming_from"] == "MWI"
    assert answers(officer)["in_time"] == "green"
    officer.accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED
    assert [use.direction for use in sorted(uses(officer, one.number), key=lambda use: use.at)] == ["EXIT", "ENTRY"]


def test_a_return_after_the_days_of_the_scheme_is_advised_and_the_second_time_proposed_for_suspension(
    at_work, passes, post
):
    one, seal = passes[0]
    officer = at_work()
    officer.scans(seal).decides()
    officer.later(days=40)
    officer.model.choose_direction(IN)
    officer.scans(seal)
    assert ("amber", "late_advise") in check(officer)
    assert "De volta com atraso: dia 41 de 30. Aconselhe" in officer.lane.checks.findings.row("border_pass").toolTip()
    officer.accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED  # advice stops nobody

    post.uses(one, "EXIT", START + timedelta(days=50))
    officer.later(days=60)
    officer.scans(seal)
    assert ("amber", "late_propose_suspension") in check(officer)


def test_turning_the_lane_judges_the_same_pass_for_the_other_way(at_work, passes):
    officer = at_work()
    officer.scans(passes[0][1])
    assert answers(officer)["first_use"] == "green"
    officer.model.choose_direction(IN)
    assert answers(officer)["no_way_out_recorded"] == "grey"
    assert officer.model.draft.answers["journey.coming_from"] == "MWI"
    assert ("grey", "no_way_out_recorded") in check(officer)


# --- ways in


def test_a_code_held_before_the_camera_is_the_traveller_s_pass(at_work, passes, qtbot):
    table = Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())

    table.lay(passes[0][1])
    qtbot.waitUntil(lambda: check(officer) == {("green", "in_order")}, timeout=20_000)
    officer.decides()
    assert officer.stored().decision is Decision.EXITED
    assert officer.codes() == []


def test_two_passes_in_view_are_nobody_s(at_work, passes, qtbot):
    table = Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())
    table.lay(passes[0][1], passes[2][1])
    qtbot.waitUntil(lambda: "BMIS-760" in [error.code for error in officer.notices], timeout=20_000)
    assert officer.model.passing.shown is None


def test_a_slow_scanner_types_a_seal_into_no_field(at_work, passes):
    officer = at_work()
    officer.scans(passes[0][1], pace_ms=45)
    assert check(officer) == {("green", "in_order")}
    assert officer.model.passing.shown.fields["number"] == passes[0][0].number


def test_a_reader_on_a_serial_line_is_understood(passes):
    framer = SerialFramer()
    assert framer.feed(passes[0][1].encode("ascii"), 0) == ()
    [swipe] = framer.idle(500)
    assert (swipe.kind, swipe.seal) == (SwipeKind.SEAL, passes[0][1])
    assert looks_like_seal(swipe.seal)


def test_a_pass_beside_a_passport_is_checked_with_it_and_the_passport_stays_the_document(at_work, passes):
    officer = at_work()
    officer.shows(passport_of(passes[0][1]))
    officer.scans(passes[0][1])
    assert officer.model.document.kind == "passport"
    assert check(officer) == {("green", "in_order")}
    assert officer.model.draft.answers["journey.going_to"] == "MWI"


def test_the_same_code_twice_is_nothing_and_another_is_refused_until_the_first_is_forgotten(at_work, passes):
    officer = at_work()
    officer.scans(passes[0][1]).scans(passes[0][1])
    assert officer.codes() == []
    officer.scans(passes[2][1])
    assert officer.codes() == ["BMIS-761"]
    officer.model.passing.forget_and_check()
    officer.scans(passes[2][1])
    assert officer.model.passing.shown.fields["number"] == passes[2][0].number


def test_the_next_pass_after_a_decision_is_the_next_traveller(at_work, passes):
    officer = at_work()
    officer.scans(passes[0][1]).decides()
    officer.scans(passes[2][1])
    assert officer.model.phase is Phase.WORK
    assert officer.model.document.number == passes[2][0].number
    officer.decides()
    assert len(officer.kept()) == 2


# --- what is wrong


def test_without_a_photograph_on_file_the_officer_compares_with_the_card(at_work, passes):
    officer = at_work()
    officer.scans(passes[1][1])
    assert "compare com o cartão na mão" in panel(officer).words.text()
    assert officer.lane.document.pair.document.image() is None


def test_a_suspended_pass_stops(at_work, passes, post):
    one, seal = passes[0]
    post.suspends(one)
    officer = at_work()
    officer.scans(seal)
    assert {("red", "seal_revoked"), ("red", "suspended")} <= check(officer)
    assert officer.model.checking.proposal.decision is Decision.PENDING_SECONDARY
    assert panel(officer).chip.status == "red"


def test_a_seal_whose_last_day_was_changed_proves_nothing_and_fills_no_document(at_work, passes):
    officer = at_work()
    officer.scans(forged(passes[0][1]))
    assert answers(officer)["seal_invalid"] == "red"
    assert officer.model.document is None
    assert panel(officer).chip.status == "red"


def test_a_signer_that_nobody_here_knows_is_grey(at_work, passes, tmp_path):
    _one, seal = PassPost(build(tmp_path / "elsewhere")).gives()
    officer = at_work()
    officer.scans(seal)
    assert answers(officer)["seal_signer_unknown"] == "grey"
    assert officer.model.document is None


def test_a_seal_that_was_cut_short_is_no_pass(at_work, passes):
    officer = at_work()
    officer.scans(passes[0][1][:150])
    assert officer.codes() == ["BMIS-600"]
    assert officer.model.passing.shown is None


def test_the_same_pass_at_another_post_a_moment_ago_may_be_a_copy(at_work, passes, post, training_home):
    one, seal = passes[0]
    post.uses(one, "EXIT", START - timedelta(minutes=20), post="MZ.T.CAL")
    officer = at_work(direction="ENTRY")
    officer.scans(seal)
    assert ("red", "seen_elsewhere") in check(officer)
    signed_in = open_home(training_home, START).sign_in("officer", "treino")
    with signed_in as session, seal_checker_of(session, START) as verify:
        [shown] = verify(seal)["redemptions"]
    assert shown["post"] == "MZ.T.CAL"


def test_a_pass_past_its_last_day_and_one_at_another_post_stop(at_work, passes, tmp_path_factory, qtbot):
    officer = at_work()
    officer.later(days=400)
    officer.scans(passes[0][1])
    assert {("red", "pass_expired")} <= check(officer)


# --- by eye


def test_the_paper_card_is_looked_at_by_eye_stays_counted_and_never_green(at_work):
    officer = at_work()
    officer.model.begin_typed("border_facility_card")
    values = {
        "issuing_state": "MOZ",
        "number": "CFF 123",
        "surname": "ESPECIME",
        "given_names": "RUI",
        "nationality": "MOZ",
        "birth_date": "1980-01-02",
        "sex": "M",
        "expiry_date": "2026-12-31",
    }
    officer.model.type_document(values, {}, "")
    assert ("grey", "by_eye_no_specimen") in check(officer)
    assert "carimbo do SENAMI" in panel(officer).words.text()
    assert panel(officer).chip.status == "grey"
    officer.model.answer("journey.going_to", "MWI")
    officer.accepts_all()
    officer.model.decide(Decision.EXITED)
    assert officer.stored().decision is Decision.EXITED
    [use] = uses(officer, "CFF123", "MZ-PAPER")
    assert use.direction == "EXIT"


def test_a_pass_of_malawi_is_grey_and_its_holder_is_not_asked_for_an_address(at_work):
    officer = at_work(direction="ENTRY")
    officer.model.begin_typed("neighbour_border_pass")
    values = {
        "issuing_state": "MWI",
        "number": "MW 77",
        "surname": "SPECIMEN",
        "given_names": "JOHN",
        "nationality": "MWI",
        "birth_date": "1980-01-02",
        "sex": "M",
        "expiry_date": "2026-12-31",
    }
    officer.model.type_document(values, {}, "")
    assert ("grey", "by_eye_no_specimen") in check(officer)
    assert officer.model.draft.answers["journey.coming_from"] == "MWI"
    officer.accepts_all()
    officer.model.decide(Decision.ADMITTED)
    assert officer.stored().decision is Decision.ADMITTED
    assert len(uses(officer, "MW77", "MW-MZ")) == 1


def test_a_pass_of_a_neighbour_without_an_agreement_is_grey_and_said(at_work):
    officer = at_work(direction="ENTRY")
    officer.model.begin_typed("neighbour_border_pass")
    officer.model.type_document(
        {
            "issuing_state": "ZMB",
            "number": "77",
            "surname": "SPECIMEN",
            "given_names": "JOHN",
            "nationality": "ZMB",
            "birth_date": "1980-01-02",
            "sex": "M",
            "expiry_date": "2026-12-31",
        },
        {},
        "",
    )
    assert check(officer) == {("grey", "not_told")}
    assert "BMIS-641" in officer.codes()


# --- power, lock, looks


def test_after_a_power_cut_the_pass_in_the_draft_is_grey_until_it_is_scanned_again(at_work, passes):
    one, seal = passes[0]
    officer = at_work()
    officer.scans(seal)
    officer.model.put_aside()
    officer.model.resume(officer.model.opening.drafts[0])
    assert officer.model.document.number == one.number
    assert ("grey", "seal_not_read") in check(officer)
    officer.scans(seal)
    assert check(officer) == {("green", "in_order")}


def test_taking_a_decision_back_gives_the_use_back(at_work, passes):
    one, seal = passes[0]
    officer = at_work()
    officer.scans(seal).decides()
    officer.model.deciding.undo()
    assert uses(officer, one.number) == ()


def test_nothing_of_the_holder_stays_on_a_locked_screen(at_work, passes):
    officer = at_work()
    officer.scans(passes[0][1])
    officer.lane.locking()
    assert panel(officer).text() == ""
    assert officer.lane.document.pair.document.image() is None


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_the_pass_is_cut_off(at_work, passes, post, language):
    post.suspends(passes[0][0])
    officer = at_work(language=language)
    for _one, seal in (passes[0], passes[1]):
        officer.scans(seal)
        settle(officer.window)
        assert clipped(officer.window) == []
        assert takes_markup(officer.window) == []
        assert unnamed(officer.window) == []
        officer.model.put_aside()
