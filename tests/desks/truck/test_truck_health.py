"""The health token at the truck: every way in, before the pass and after it, and gone with the traveller."""

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from lane_robot import Ticking, zone
from port_health import Table
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from token_robot import DECISION, OK, WAIT, WITH_HEALTH, alive
from truck_robot import ENTER, ESC, F6, F12

from bmis.crossings.decision import Decision, Direction
from bmis.kernel.clearance import ClearanceOutcome
from bmis.store.border import BORDER
from tests.journeys.test_cli_health_kept import decrypted
from ui.desktop.health_shown import Stand
from ui.desktop.theme import apply_theme
from ui.desktop.truck.working import Phase

F11 = Qt.Key.Key_F11
OTHER = zone("15AB00002", "SITOE<SPECIMEN", "MARIA", state="MOZ")


@pytest.fixture
def driven(drive, health_home):
    return lambda **how: drive(health_home, **how)


def chip(crew):
    panel = crew.truck.carried.health
    return (panel.chip.text(), panel.chip.status) if panel.isVisible() else None


def step(crew):
    answer = crew.truck.model.answer
    found = answer.findings if answer is not None else ()
    return next(((one.status.value, one.evidence) for one in found if one.check == "health_step"), None)


# --- ways in


def test_where_port_health_works_a_pass_without_a_token_is_ver_and_with_one_passa(driven, passes, port):
    crew = driven()
    crew.scans(passes[0][1])
    assert (crew.word, step(crew)) == ("VER", ("grey", "not_done"))
    assert chip(crew) == ("Sem senha de saúde", "grey")
    crew.scans(port.token(OK))
    assert (crew.word, step(crew)) == ("PASSA", ("green", "done"))
    assert chip(crew) == ("Saúde: feito", "green")
    crew.presses(ENTER)
    assert crew.stored().decision is Decision.EXITED
    assert chip(crew) is None
    assert crew.codes() == []


def test_a_token_first_and_the_pass_after_it_is_one_traveller_and_one_key(driven, passes, port):
    crew = driven()
    crew.scans(port.token(OK))
    assert (crew.truck.model.phase, chip(crew)) == (Phase.IDLE, ("Saúde: feito", "green"))
    assert crew.truck.free.isEnabled()
    crew.scans(passes[0][1])
    assert crew.word == "PASSA"
    crew.presses(ENTER).waits()
    assert crew.stored().decision is Decision.EXITED
    crew.scans(passes[2][1])
    assert (crew.word, chip(crew)) == ("VER", ("Sem senha de saúde", "grey"))


def test_pass_and_token_before_the_camera_at_once_are_both_read(driven, passes, port, qtbot):
    table = Table(Ticking())
    crew = driven(source=lambda: table)
    table.lay(passes[0][1], port.token(OK))
    qtbot.waitUntil(lambda: crew.word == "PASSA", timeout=20_000)
    crew.presses(ENTER)
    assert crew.stored().decision is Decision.EXITED
    assert crew.codes() == []


def test_two_tokens_in_view_are_nobody_s(driven, port, qtbot):
    table = Table(Ticking())
    crew = driven(source=lambda: table)
    table.lay(port.token(OK), port.token(WITH_HEALTH))
    qtbot.waitUntil(lambda: "BMIS-585" in [getattr(one, "code", "") for one in crew.notices], timeout=20_000)
    assert not crew.truck.model.clearing.has_shown


def test_a_card_is_taken_by_its_number_with_f11_and_by_touch_with_gloves(driven, passes, port):
    crew = driven()
    crew.scans(passes[0][1]).presses(F11)
    crew.enters("0 ABCDEF")
    assert crew.dialog is not None
    assert "BMIS-" in crew.truck.carried.dialog.trouble.text()
    crew.presses(ESC)
    crew.touches(crew.truck.carried.card)
    dialog = crew.truck.carried.dialog
    assert all(one.height() >= 76 for one in (*dialog.fields.values(), dialog.ok, dialog.cancel))
    crew.enters(port.card(OK).typed)
    assert crew.word == "PASSA"
    crew.presses(ENTER)
    assert crew.stored().decision is Decision.EXITED


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(WAIT, "Saúde: aguardar"), (WITH_HEALTH, "Saúde: acompanhar"), (DECISION, "Saúde: por decidir")],
)
def test_who_is_kept_by_health_is_ver_and_the_officer_is_told_what_to_do(driven, passes, port, outcome, words):
    crew = driven()
    crew.scans(passes[0][1]).scans(port.token(outcome))
    assert chip(crew) == (words, "amber")
    assert (crew.word, step(crew)) == ("VER", ("grey", "not_done"))  # the record tells nobody which it was
    crew.presses(F6)
    assert crew.stored().decision is Decision.PENDING_SECONDARY


def test_where_port_health_never_worked_nothing_is_asked_and_a_token_all_the_same_is_looked_at(drive, passes, port):
    crew = drive()
    crew.scans(passes[0][1])
    assert (crew.word, chip(crew)) == ("PASSA", None)
    crew.scans(port.token(OK))  # signed elsewhere: this truck has no key of it
    assert chip(crew) == ("Saúde: não vale", "grey")
    assert (crew.word, crew.codes()) == ("VER", ["BMIS-480"])


# --- what does not count


def test_a_token_that_does_not_count_is_told_with_its_reason(driven, passes, port):
    texts = port.hostile()
    crew = driven()
    crew.scans(passes[0][1])
    for name, (text, words) in texts.items():
        crew.scans(text)
        assert crew.codes() == ["BMIS-480"], name
        assert words in crew.truck.carried.health.words.text(), name
        assert (crew.word, step(crew)) == ("VER", ("grey", "not_done")), name
    crew.scans(port.token(OK))
    assert crew.word == "PASSA"


def test_a_token_counts_for_one_crossing(driven, passes, port):
    crew = driven()
    crew.scans(passes[0][1]).scans(port.token(OK)).presses(ENTER).waits()
    crew.scans(passes[2][1]).scans(port.token(OK))
    assert crew.codes() == ["BMIS-480"]
    assert crew.word == "VER"


def test_a_second_token_does_not_take_the_place_of_one_that_counts(driven, passes, port):
    crew = driven()
    crew.scans(passes[0][1]).scans(port.token(WITH_HEALTH)).scans(port.token(OK))
    assert crew.codes() == ["BMIS-586"]
    assert chip(crew) == ("Saúde: acompanhar", "amber")
    forget = next(one for one in crew.truck.palette_actions() if one.words == "Esquecer a senha de saúde")
    forget.run()
    crew.settle()
    assert chip(crew) == ("Sem senha de saúde", "grey")
    crew.scans(port.token(OK))
    assert crew.word == "PASSA"


def test_a_token_that_runs_out_between_look_and_key_lets_nobody_through(driven, passes, port):
    crew = driven()
    crew.scans(passes[0][1]).scans(port.token(OK)).later(hours=5)
    crew.presses(ENTER)
    assert crew.kept() == ()
    assert (crew.word, chip(crew)) == ("VER", ("Saúde: não vale", "grey"))


# --- forgotten


def test_the_code_is_forgotten_when_the_traveller_goes(driven, passes, port):
    token = port.token(WITH_HEALTH)
    crew = driven()
    for (_one, seal), leave in zip(passes, (ESC, F6, F12), strict=True):
        crew.scans(seal).scans(token)
        assert alive()
        crew.presses(leave)
        assert alive() == [], leave
        crew.presses(ESC)
        assert crew.truck.model.clearing.view.stand is Stand.UNUSED
    crew.scans(token)
    assert alive()
    crew.presses(ESC)
    assert alive() == []


def test_turning_the_truck_and_a_plate_keep_the_token_of_who_stands_there(driven, passes, port):
    crew = driven()
    crew.scans(passes[0][1]).scans(port.token(OK))
    crew.enters("abc 123 mc")
    assert crew.word == "PASSA"
    crew.touches(crew.truck.way)
    assert crew.truck.model.direction is Direction.ENTRY
    assert step(crew) == ("green", "done")


def test_a_locked_screen_shows_no_code(driven, passes, port):
    crew = driven()
    crew.scans(passes[0][1]).scans(port.token(WITH_HEALTH))
    crew.truck.locking()
    panel = crew.truck.carried.health
    assert (panel.text(), "acompanhar" in panel.accessibleName()) == ("", False)
    crew.truck.unlocked()
    assert chip(crew) == ("Saúde: acompanhar", "amber")


def test_a_shift_leaves_no_trace_of_who_was_kept_by_health(driven, passes, port, health_home, tmp_path):
    crew = driven()
    searched = [port.token(WITH_HEALTH), port.token(OK), port.card(DECISION).text]
    crew.scans(passes[0][1]).scans(searched[0]).presses(F6).presses(ESC)
    crew.swipes(OTHER).presses(F11)
    crew.enters(port.card(DECISION).typed).presses(F12).waits()
    crew.scans(passes[2][1]).scans(searched[1])
    during = raw(health_home)
    crew.presses(ENTER)
    assert len(crew.kept()) == 3
    after = raw(health_home)
    border = decrypted(health_home, BORDER, "officer", tmp_path)
    assert b"not_done" in border  # the search would have found something
    references = [token[at : at + 24] for token in searched for at in (4, 40, 100)]
    for secret in (*(one.value for one in ClearanceOutcome), "acompanhar", "por decidir", "BH1:", *references):
        for place in (during, after):
            assert [name for name, content in place.items() if secret.encode() in content] == [], secret
        assert secret.encode() not in border, secret


def raw(home):
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}


# --- looks


@pytest.mark.parametrize("theme", ["light", "night"])
@pytest.mark.parametrize("language", ["pt", "en"])
def test_nothing_of_the_health_step_is_cut_by_day_or_night(driven, passes, port, language, theme):
    crew = driven(language=language)
    apply_theme(QApplication.instance(), theme)
    for outcome in ClearanceOutcome:
        crew.scans(passes[1][1]).scans(port.token(outcome))
        crew.frame_notice_off()
        settle(crew.window)
        assert clipped(crew.window) == []
        crew.presses(ESC)
    crew.scans("BH1:NONE").scans(passes[0][1])
    settle(crew.window)
    assert clipped(crew.window) == []
    assert unnamed(crew.window) == []
    assert takes_markup(crew.window) == []
    assert crew.truck.carried.card.height() >= 76
    crew.presses(F11)
    assert clipped(crew.dialog) == []
    crew.presses(ESC)
