"""The health token at the lane: every way in, and what the officer sees of it."""

import os
from datetime import date

import pytest
from lane_robot import START, Ticking, zone
from port_health import PortHealth, Sees, Table
from PySide6.QtCore import Qt
from token_robot import DECISION, NATIONAL, OK, OTHER, WAIT, WITH_HEALTH, chip, step

from bmis.capture.codes import read_codes, read_tokens
from bmis.capture.serial_reader import Line, SerialReader
from bmis.crossings.decision import Decision
from bmis.kernel.clearance_card import card_letters
from bmis.posts.post_setting import HealthOrder, SettingName
from ui.compose import border_desk, open_home
from ui.desktop.lane.drafting import Phase

# --- ways in


def test_a_token_scanned_first_begins_the_traveller_and_the_document_follows(at_work, port):
    token = port.token(OK)
    officer = at_work()

    officer.scans(token)
    assert officer.model.phase is Phase.WORK
    assert officer.model.document is None
    assert chip(officer) == ("Saúde: feito", "green")
    officer.shows(NATIONAL)
    assert step(officer) == ("green", "done")
    officer.enters("zaf").accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED


def test_a_token_after_the_document_runs_the_checks_again_and_keeps_what_was_accepted(at_work, port):
    token = port.token(OK)
    officer = at_work()

    officer.shows(NATIONAL)
    assert chip(officer) == ("Sem senha de saúde", "grey")
    assert step(officer) == ("grey", "not_done")
    officer.enters("zaf").scans(token)
    assert step(officer) == ("green", "done")
    assert officer.model.draft.answers["journey.coming_from"] == "ZAF"
    officer.accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED


def test_a_qr_code_held_before_the_camera_is_the_traveller_s_token(at_work, port, qtbot):
    token, table = port.token(OK), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())

    table.lay(token)
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: feito", "green"), timeout=20_000)
    table.lay(lines=NATIONAL)
    qtbot.waitUntil(lambda: step(officer) == ("green", "done"), timeout=20_000)
    officer.enters("zaf").accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED
    assert officer.codes() == []


def test_the_token_that_still_lies_there_after_the_decision_begins_nobody(at_work, port, qtbot):
    token, table = port.token(OK), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())

    table.lay(token, lines=NATIONAL)
    qtbot.waitUntil(lambda: step(officer) == ("green", "done"), timeout=20_000)
    officer.enters("zaf").accepts_all().decides()
    assert officer.model.phase is Phase.SAVED
    looked = table.looked
    qtbot.waitUntil(lambda: table.looked > looked + 15, timeout=20_000)
    officer.settle()
    assert officer.model.phase is Phase.SAVED
    assert officer.codes() == []


def test_a_used_token_shown_by_the_next_traveller_is_told(at_work, port, qtbot):
    token, table = port.token(OK), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())
    table.lay(token, lines=NATIONAL)
    qtbot.waitUntil(lambda: step(officer) == ("green", "done"), timeout=20_000)
    officer.enters("zaf").accepts_all().decides()

    table.clear()
    looked = table.looked
    qtbot.waitUntil(lambda: table.looked > looked + 60, timeout=20_000)
    table.lay(token, lines=OTHER)
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: não vale", "grey"), timeout=20_000)
    assert "BMIS-480" in officer.codes()
    qtbot.waitUntil(lambda: step(officer) == ("grey", "not_done"), timeout=20_000)


def test_two_tokens_in_view_are_nobody_s(at_work, port, qtbot):
    tokens, table = (port.token(OK), port.token(WITH_HEALTH)), Table(Ticking())
    officer = at_work(source=lambda: table, reader=Sees())

    table.lay(*tokens)
    qtbot.waitUntil(lambda: bool(officer.notices), timeout=20_000)
    officer.settle()
    assert officer.codes() == ["BMIS-585"]
    assert officer.model.draft is None
    table.lay(tokens[0], tokens[0])  # one token printed twice is one
    officer.presses(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: feito", "green"), timeout=20_000)


def test_other_codes_before_the_camera_are_left_alone(port):
    table = Table(Ticking())
    table.lay("HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE", "https://example.org/BH1:")
    assert read_tokens(table.read()) == ()
    assert len(read_codes(table.read())) == 2


def test_a_slow_scanner_types_nothing_into_the_field_that_has_the_focus(at_work, port):
    token = port.token(WITH_HEALTH)
    officer = at_work()
    officer.shows(NATIONAL)
    field = officer.lane.questions.fields["journey.coming_from"].field
    assert field.hasFocus()

    officer.types("za").scans(token, pace_ms=60)
    assert chip(officer) == ("Saúde: acompanhar", "amber")
    assert field.text().lower() == "za"
    assert not any(token[4:12] in text for text in officer.model.draft.answers.values())
    assert officer.kept() == ()


def test_a_scanner_on_a_serial_line_is_heard(at_work, port, qtbot):
    token = port.token(WAIT)
    master, slave = os.openpty()
    officer = at_work()
    path = os.ttyname(slave)
    officer.lane.swipes._make = lambda took, state: SerialReader(path, Line(9600, "8N1"), took, state, retry_s=0.05)
    officer.lane.swipes.start()
    qtbot.waitUntil(lambda: officer.lane.swipes.is_ready, timeout=10_000)
    os.write(master, (token + "\r").encode("ascii"))
    qtbot.waitUntil(lambda: chip(officer) == ("Saúde: aguardar", "amber"), timeout=10_000)
    officer.lane.swipes.stop()
    os.close(slave)
    os.close(master)


def test_a_card_is_taken_by_its_number_and_letters_without_the_mouse(at_work, port):
    card = port.card(OK)
    officer = at_work()
    officer.shows(NATIONAL).presses(Qt.Key.Key_F11)

    officer.enters(card.typed.lower())
    assert officer.dialog is None
    assert chip(officer) == ("Saúde: feito", "green")
    officer.enters("zaf").accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED


def test_a_card_typed_wrong_is_asked_again_and_the_traveller_stands_as_before(at_work):
    officer = at_work()
    officer.shows(NATIONAL).presses(Qt.Key.Key_F11)
    field = officer.dialog.fields["card"]
    for typed, code in (("2", "588"), ("2 ZZZZZZ", "588"), ("99 ZZZZZZ", "587"), ("x", "588"), ("0 UUUUUU", "588")):
        field.clear()
        officer.enters(typed)
        assert f"BMIS-{code}" in officer.dialog.trouble.text(), typed
    officer.presses(Qt.Key.Key_Escape)
    assert chip(officer) == ("Sem senha de saúde", "grey")
    assert officer.model.document.number == "15AB00001"
    assert officer.codes() == []


def test_yesterday_s_card_and_a_damaged_file_of_cards_are_told(at_work, port, training_home):
    card = port.card(OK)
    officer = at_work()
    officer.shows(NATIONAL).later(hours=19)
    officer.presses(Qt.Key.Key_F11).enters(card.typed.replace(" ", "-"))
    assert "BMIS-587" in officer.dialog.trouble.text()
    (training_home / "clearance_cards.json").write_text('{"format": 1, "cards": [{"number": "1"}]}', "utf-8")
    officer.presses(Qt.Key.Key_Return)
    assert "BMIS-589" in officer.dialog.trouble.text()


def test_the_file_of_cards_tells_no_code_and_holds_no_token(port, training_home):
    cards = port.cards
    raw = (training_home / "clearance_cards.json").read_bytes()
    for card in cards:
        assert card.text[4:40].encode() not in raw
        assert card_letters(card.text).encode() not in raw
    assert b"H_W" not in raw


# --- what the officer sees


def test_each_code_has_neutral_words_and_only_the_first_finishes_the_step(at_work, port):
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf")
    for outcome, words, status in (
        (OK, "Saúde: feito", "green"),
        (WAIT, "Saúde: aguardar", "amber"),
        (WITH_HEALTH, "Saúde: acompanhar", "amber"),
        (DECISION, "Saúde: por decidir", "amber"),
    ):
        officer.scans(port.token(outcome))
        assert chip(officer) == (words, status)
        assert "viajante: «" in officer.lane.checks.health.words.text()
        proposal = officer.model.checking.proposal
        if outcome is OK:
            assert step(officer) == ("green", "done")
            assert proposal.decision is Decision.ADMITTED
        else:
            assert step(officer) == ("grey", "not_done")
            assert proposal.decision is None
            assert officer.model.why_shut(Decision.ADMITTED)
        officer.model.clearing.forget_and_check()


def test_a_release_grants_no_entry(at_work, port):
    token = port.token(OK)
    officer = at_work()
    officer.shows(zone(until="250101")).scans(token)  # an expired passport

    assert chip(officer) == ("Saúde: feito", "green")
    assert officer.model.checking.proposal.decision is Decision.PENDING_SECONDARY
    assert officer.model.why_shut(Decision.ADMITTED)


@pytest.mark.parametrize(
    ("order", "shown", "found_step"),
    [
        (HealthOrder.LANE_FIRST, ("Saúde: depois deste balcão", "green"), ("green", "after_lane")),
        (HealthOrder.HEALTH_FIRST, ("Sem senha de saúde", "grey"), ("grey", "not_done")),
    ],
)
def test_the_order_of_the_post_is_respected(at_work, training_home, order, shown, found_step):
    with open_home(training_home, START).sign_in("supervisor", "treino") as session:
        border_desk(session).set_post_setting(
            SettingName.HEALTH_ORDER, order, valid_from=date(2026, 1, 1), reason="Order of the post", by=session.actor
        )
    officer = at_work()
    officer.shows(NATIONAL)
    assert (chip(officer), step(officer)) == (shown, found_step)


@pytest.mark.usefixtures("no_health")
def test_where_port_health_does_not_work_nothing_is_shown_and_a_stray_code_troubles_one_traveller_only(at_work):
    officer = at_work()
    officer.shows(NATIONAL)
    assert (chip(officer), step(officer)) == (None, None)
    officer.scans("BH1:THIS IS NO TOKEN BUT SOMEBODY PRINTED IT")
    assert officer.codes() == ["BMIS-480"]
    assert step(officer) == ("grey", "not_done")
    officer.model.put_aside()
    officer.takes_away().shows(OTHER)
    assert (chip(officer), step(officer)) == (None, None)


@pytest.mark.usefixtures("no_health")
def test_port_health_that_begins_in_the_middle_of_a_shift_is_expected_from_the_next_traveller(at_work, training_home):
    officer = at_work()
    officer.shows(NATIONAL).enters("zaf")
    PortHealth(training_home, Ticking()).gives(OK)
    officer.accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED
    officer.takes_away().shows(OTHER)
    assert chip(officer) == ("Sem senha de saúde", "grey")
