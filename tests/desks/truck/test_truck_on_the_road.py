"""The truck on the road: power and battery, looks by day and night, another post, where it stands."""

import re
from pathlib import Path

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from lane_robot import START, zone
from pass_post import POST
from PySide6.QtWidgets import QApplication
from truck_robot import ENTER, ESC, Machine, uses

from bmis.capture.gps import GpsSaid
from bmis.capture.machine import MachineState
from bmis.crossings.paperwork.drafts import DraftEntry
from bmis.kernel.i18n import speaking
from bmis.store.home import Home
from ui.compose import open_home, verify_store
from ui.desktop.desks import DESKS
from ui.desktop.settings import DesktopSettings
from ui.desktop.shell.help import help_for
from ui.desktop.theme import apply_theme, contrast, current_theme, load_theme
from ui.desktop.truck.working import Phase
from ui.desktop.widgets.plain import PlainLabel
from ui.office.truck import GpsChoice

OTHER = zone("15AB00002", "SITOE<SPECIMEN", "MARIA", state="MOZ")
FOREIGN = zone("XK4400112", "SPECIMEN", "JANE", state="UTO")


# --- power, battery, lock


class PowerCutError(Exception):
    """The machine stops here."""


class CutShort:
    """Parts of a truck whose power goes after the note that somebody is being decided."""

    def __init__(self, parts):
        self._parts = parts

    def __getattr__(self, name):
        return getattr(self._parts, name)

    def keep(self, answer, decision, *, same_face):
        desk = self._parts.lane.desk
        desk.mark_deciding(DraftEntry(answer.request_id, {"desk": "truck"}, "UTO/1"), desk.session.actor)
        raise PowerCutError


def test_power_cut_before_the_record_says_not_saved_and_the_pass_is_scanned_again(drive, passes):
    crew = drive(rooms=CutShort)
    crew.scans(passes[0][1]).presses(ENTER)
    assert [type(error) for error in crew.notices] == [PowerCutError]
    crew.ends()
    crew.ends = lambda: None
    again = drive()
    assert again.truck.last.isVisible()
    assert "NÃO GUARDADO" in again.truck.last.text()
    again.scans(passes[0][1]).presses(ENTER)
    assert again.stored().document.number == passes[0][0].number
    assert not again.truck.last.isVisible()


def test_battery_disk_and_their_ends_are_said(drive):
    crew = drive()
    chips = crew.truck.chips
    assert (chips[0].text(), chips[0].status) == ("Bateria 80 %, a carregar", "green")
    assert (chips[1].text(), chips[1].status) == ("Disco: 50,0 GB livres", "green")
    assert chips[3].text() == "GPS: nenhum"
    Machine.told = MachineState(9, False, 100_000_000, 1)
    try:
        crew.truck.model.refresh()
    finally:
        Machine.told = MachineState(80, True, 50_000_000_000, 100_000_000_000)
    assert (chips[0].text(), chips[0].status) == ("Bateria 9 %", "red")
    assert chips[1].status == "red"


def test_a_locked_screen_shows_nobody(drive, passes):
    crew = drive()
    crew.scans(passes[0][1])
    crew.truck.locking()
    assert crew.truck.photo.image() is None
    assert crew.lines == ("", "", "")


# --- looks


def test_what_the_traveller_reads_is_neutral_whatever_the_verdict(drive, passes, post):
    post.suspends(passes[0][0])
    crew = drive()
    said = {crew.truck.side.words.text()}
    for _one, seal in passes:
        crew.scans(seal)
        said.add(crew.truck.side.words.text())
        crew.presses(ESC)
    assert said == {"Bom dia. Mostre o seu cartão, por favor.", "Um momento, por favor."}
    assert crew.truck.side.words.property("kind") == "truck-side"


@pytest.mark.parametrize("theme", ["light", "night"])
@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off_by_day_or_night_and_targets_are_for_gloves(drive, passes, post, language, theme):
    post.suspends(passes[2][0])
    crew = drive(language=language)
    apply_theme(QApplication.instance(), theme)
    crew.enters("abc 123 mc")
    for _one, seal in passes:
        crew.scans(seal)
        settle(crew.window)
        assert clipped(crew.window) == []
        assert takes_markup(crew.window) == []
        assert unnamed(crew.window) == []
        truck = crew.truck
        for button in (truck.go, truck.refer, truck.other, truck.free, truck.way, truck.light):
            assert button.height() >= 76
        crew.scans(passes[0][1] if seal != passes[0][1] else passes[1][1])  # told above that somebody is on the screen
        settle(crew.window)
        assert clipped(crew.window) == []
        crew.frame_notice_off()
        crew.presses(ESC)


def test_the_night_theme_is_dark_and_its_words_stand_out(drive):
    colours = load_theme("night").colours
    for word in ("text", "text_muted"):
        for ground in ("window", "surface", "surface_alt", "field", "button"):
            if (word, ground) != ("text_muted", "button"):
                assert contrast(colours[word], colours[ground]) >= 7
    for status in ("green", "amber", "red", "grey"):
        assert contrast(colours[status], colours["window"]) >= 7  # the giant word
    crew = drive()
    crew.touches(crew.truck.light)
    assert current_theme().name == "night"
    crew.touches(crew.truck.light)
    assert current_theme().name == "light"


# --- another post


def signs(crew, to, reason="Ordem 12/2026", second="supervisor", password="treino"):
    """Go through the wizard; the supervisor types the last two."""
    crew.truck.asking.ask()
    choose = crew.truck.asking.dialog
    box = choose.fields["post"]
    box.setCurrentIndex(box.findData(to))
    choose.ok.click()
    form = crew.truck.asking.dialog
    crew.ready = " ".join(label.text() for label in form.findChildren(PlainLabel))
    for name, text in (("reason", reason), ("second", second), ("second_password", password)):
        form.fields[name].setText(text)
    form.ok.click()
    crew.settle()
    return form


def test_the_truck_is_sent_to_another_post_with_a_supervisor_s_signature_and_works_there(drive, passes, training_home):
    crew = drive()
    signs(crew, "MZ.T.CAL")
    assert "Cartões que valem lá: MZ-MW" in crew.ready
    assert "números de cartão para este posto" in crew.ready
    assert "Lista de cartões revogados: 0 dias" in crew.ready
    assert crew.codes() == ["BMIS-773"]
    crew.scans(passes[0][1])
    assert crew.codes() == ["BMIS-773"]
    assert crew.kept() == ()
    crew.ends()
    crew.ends = lambda: None

    assert Home.open(training_home).post_code == "MZ.T.CAL"
    there = drive()
    assert there.truck.post.text().endswith("desde 14/03/2026")
    there.scans(passes[0][1]).presses(ENTER)
    kept = there.stored()
    assert kept.place.post_code == "MZ.T.CAL"
    assert [use.post_code for use in uses(there, passes[0][0].number)] == ["MZ.T.CAL"]
    now, before = there.joined.assignments()[0], there.joined.assignments()[1:]
    assert (now.post_code, now.until, before) == ("MZ.T.CAL", None, ())
    there.ends()
    there.ends = lambda: None
    with open_home(training_home, START).sign_in("auditor", "treino") as auditor:
        assert verify_store(auditor)().records > 0  # raises where a record, the chain or a message is wrong


def test_an_officer_cannot_sign_for_the_supervisor_and_a_wrong_password_moves_nothing(drive, training_home):
    crew = drive()
    form = signs(crew, "MZ.T.CAL", second="officer")
    assert form.trouble.isVisible()
    form.reject()
    form = signs(crew, "MZ.T.CAL", password="errada")
    assert form.trouble.isVisible()
    form.reject()
    form = signs(crew, "MZ.T.CAL", reason=" x ")
    assert Home.open(training_home).post_code == "MZ.T.CAL"


def test_an_open_shift_keeps_the_truck_where_it_is(drive, training_home):
    crew = drive()
    desk = crew.joined.lane.desk
    desk.open_shift(desk.session.actor)
    form = signs(crew, "MZ.T.CAL")
    assert "BMIS-765" in form.trouble.text()
    form.reject()
    assert Home.open(training_home).post_code == POST


def test_a_power_cut_between_the_record_and_the_move_is_mended_at_the_next_sign_in(
    drive, passes, training_home, monkeypatch
):
    crew = drive()
    monkeypatch.setattr(Home, "moved", lambda self, post: (_ for _ in ()).throw(PowerCutError))
    signs(crew, "MZ.T.CAL").reject()
    assert Home.open(training_home).post_code == POST
    monkeypatch.undo()
    crew.ends()
    crew.ends = lambda: None
    again = drive()
    assert "BMIS-773" in again.codes()
    assert Home.open(training_home).post_code == "MZ.T.CAL"
    again.scans(passes[0][1])
    assert again.codes() == ["BMIS-773"]


# --- where it stands


def test_a_good_fix_is_kept_with_the_record_and_an_old_one_is_not(drive, passes):
    crew = drive(gps=GpsChoice("gpsd:127.0.0.1:9"))
    position = crew.joined._position
    position.took(GpsSaid(-15.585, 34.44))
    crew.truck.model.refresh()
    assert crew.truck.chips[3].text() == "GPS: posição em cada registo"
    crew.scans(passes[0][1]).presses(ENTER).waits()
    assert crew.stored().place.position == (-15.585, 34.44)
    crew.later(minutes=2)
    crew.scans(passes[2][1]).presses(ENTER).waits()
    assert crew.stored().place.position is None
    assert crew.truck.chips[3].text() in ("GPS: posição antiga", "GPS: não responde", "GPS: posição em cada registo")


# --- beside the lane


def test_the_truck_s_screen_comes_first_where_the_settings_say_so():
    entries = {entry.code: entry for entry in DESKS}
    assert not entries["truck"].wanted(DesktopSettings())
    assert entries["truck"].wanted(DesktopSettings(truck=True))
    assert [entry.code for entry in DESKS].index("truck") < [entry.code for entry in DESKS].index("lane")


def test_a_desk_behind_another_lets_go_of_its_readers(drive, passes):
    crew = drive()
    crew.desktop.frame.show_desk("account")
    crew.scans(passes[0][1])
    assert crew.truck.model.phase is Phase.IDLE
    crew.desktop.frame.show_desk("lane")
    crew.scans(passes[0][1])
    assert crew.word == "PASSA"


@pytest.mark.parametrize("language", ["pt", "en"])
def test_every_field_of_the_truck_has_its_help(language):
    with speaking(language):
        of_keys = help_for("keys")
        folder = Path(__file__).resolve().parents[3] / "ui" / "desktop" / "truck"
        named = {
            name for path in folder.glob("*.py") for name in re.findall(r'"(truck\.[a-z]+)"', path.read_text("utf-8"))
        }
        assert len(named - {"truck.redeploy"}) >= 5
        assert {name for name in named if help_for(name) == of_keys} == set()
