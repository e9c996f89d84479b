"""The truck: one field, three words, one key. Only a saved PASSA clears itself; VER and PARAR wait."""

import re
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from lane_robot import START, Ticking, zone
from pass_post import POST, PassPost, build, forged
from port_health import Table
from PySide6.QtWidgets import QApplication
from truck_robot import ENTER, ESC, F6, F9, F12, Crew, Machine

from bmis.capture.gps import GpsSaid
from bmis.capture.machine import MachineState
from bmis.crossings.crossing import PhotoAnswer
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.paperwork.drafts import DraftEntry
from bmis.kernel.i18n import speaking
from bmis.passes.records.uses import SqlPassUses
from bmis.store.home import Home
from ui.compose import open_home, verify_store
from ui.desktop.desks import DESKS
from ui.desktop.settings import DesktopSettings
from ui.desktop.shell.help import help_for
from ui.desktop.theme import apply_theme, contrast, current_theme, load_theme
from ui.desktop.truck.typed import plate_in, serial_in
from ui.desktop.truck.view_model import Phase
from ui.desktop.widgets.plain import PlainLabel
from ui.office.truck import GpsChoice

OTHER = zone("15AB00002", "SITOE<SPECIMEN", "MARIA", state="MOZ")
FOREIGN = zone("XK4400112", "SPECIMEN", "JANE", state="UTO")


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A home at Zóbuè that has given out passes, and each pass with its seal."""
    home = build(tmp_path_factory.mktemp("zobue") / "home")
    post = PassPost(home)
    return home, [post.gives(), post.gives(photo=False), post.gives()]


@pytest.fixture(scope="module")
def truck_home(given, tmp_path_factory):
    """A truck that was given the bundle of the post that gives out the passes, and has none of its own."""
    home = build(tmp_path_factory.mktemp("truck") / "home", "MZ.T.CAL")
    PassPost(home).takes(PassPost(given[0]).bundle())
    return home


@pytest.fixture
def training_home(given, tmp_path):
    return Path(shutil.copytree(given[0], tmp_path / "home"))


@pytest.fixture
def passes(given):
    return given[1]


@pytest.fixture
def post(training_home):
    return PassPost(training_home)


@pytest.fixture
def drive(qtbot, training_home):
    shifts = []

    def begin(home=None, **how):
        shifts.append(Crew(qtbot, home or training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()
    apply_theme(QApplication.instance(), "light")


def uses(crew, serial):
    with crew.joined.lane.desk.session.store.read() as unit:
        return SqlPassUses(unit).of_serial("MZ-MW", serial)


# --- PASSA


def test_a_good_pass_is_passa_and_one_key_keeps_it_and_frees_the_screen(drive, passes):
    one, seal = passes[0]
    crew = drive()

    crew.scans(seal)
    assert crew.word == "PASSA"
    assert one.number in crew.lines[0]
    assert crew.lines[2] == "É esta a cara? Então Enter."
    assert crew.truck.photo.image() is not None
    crew.presses(ENTER)
    assert crew.truck.model.phase is Phase.SAVED
    assert crew.lines[0].startswith("Guardado às 10:00:00")
    kept = crew.stored()
    assert (kept.decision, kept.request.evidence.photo_answer) == (Decision.EXITED, PhotoAnswer.SAME)
    assert [use.crossing_id for use in uses(crew, one.number)] == [kept.id]
    crew.waits()
    assert (crew.truck.model.phase, crew.word) == (Phase.IDLE, "Pronto")
    assert crew.codes() == []


def test_from_the_code_to_the_record_takes_one_key_and_less_than_six_seconds(drive, passes):
    crew = drive()
    crew.scans(passes[2][1]).presses(ENTER).waits()  # what is loaded with the first traveller is loaded

    begun = time.perf_counter()
    crew.scans(passes[0][1])
    crew.presses(ENTER)
    took = time.perf_counter() - begun
    assert crew.stored().document.number == passes[0][0].number
    assert took < 6


def test_a_pass_held_before_the_camera_is_passa(drive, passes, qtbot):
    table = Table(Ticking())
    crew = drive(source=lambda: table)
    table.lay(passes[0][1])
    qtbot.waitUntil(lambda: crew.word == "PASSA", timeout=20_000)
    crew.presses(ENTER)
    assert crew.stored().decision is Decision.EXITED


def test_the_big_button_does_what_the_key_does(drive, passes):
    crew = drive()
    crew.scans(passes[0][1]).touches(crew.truck.go)
    assert crew.stored().decision is Decision.EXITED


def test_out_and_back_with_the_vehicle_that_was_typed(drive, passes):
    one, seal = passes[0]
    crew = drive()
    crew.enters("abc-123-mc")
    assert crew.truck.plate.text() == "Viatura ABC123MC: 0 pessoas"
    crew.scans(seal).presses(ENTER).waits()
    assert crew.stored().request.journey.vehicle == "ABC123MC"
    assert crew.truck.plate.text() == "Viatura ABC123MC: 1 pessoa"

    crew.later(days=3)
    crew.touches(crew.truck.way)
    assert crew.truck.model.direction is Direction.ENTRY
    crew.scans(seal)
    assert crew.word == "PASSA"
    crew.presses(ENTER)
    kept = crew.stored()
    assert (kept.decision, kept.request.journey.coming_from) == (Decision.ADMITTED, "MWI")
    assert len(uses(crew, one.number)) == 2


# --- VER


def test_without_a_photograph_on_file_it_is_ver_and_enter_alone_lets_nobody_through(drive, passes):
    one, seal = passes[1]
    crew = drive()
    crew.scans(seal)
    assert crew.word == "VER"
    assert crew.lines[1] == "Sem fotografia aqui: compare com o cartão na mão."
    crew.presses(ENTER).waits()
    assert crew.kept() == ()
    assert crew.truck.model.phase is Phase.IDLE  # the timer of a saved PASSA frees it only by hand here
    crew.scans(seal).presses(F12)
    assert crew.stored().document.number == one.number


def test_ver_and_parar_stay_until_a_key_whatever_is_scanned_meanwhile(drive, passes):
    crew = drive()
    crew.scans(passes[1][1])
    assert not crew.truck.model._free.isActive()
    crew.scans(passes[0][1])
    assert crew.codes() == ["BMIS-768"]
    assert passes[1][0].number in crew.lines[0]
    crew.presses(ESC)
    assert crew.truck.model.phase is Phase.IDLE
    assert crew.kept() == ()


def test_a_truck_with_the_bundle_alone_knows_the_seal_and_has_no_photograph_ver(drive, passes, truck_home, tmp_path):
    one, seal = passes[0]
    crew = drive(Path(shutil.copytree(truck_home, tmp_path / "truck")))
    crew.scans(seal)
    assert crew.word == "VER"
    assert crew.truck.model.answer.shown.seen.read.answer == "valid"
    crew.presses(F12)
    assert crew.stored().document.number == one.number


def test_days_without_a_network_the_list_s_age_is_shown_and_when_stale_nothing_is_passa(
    drive, passes, truck_home, tmp_path
):
    crew = drive(Path(shutil.copytree(truck_home, tmp_path / "truck")))
    assert crew.truck.chips[2].text() == "Lista: 0 dias"
    crew.later(days=5)
    crew.truck.model.refresh()
    assert (crew.truck.chips[2].text(), crew.truck.chips[2].status) == ("Lista: 5 dias", "green")
    crew.later(days=15)
    crew.truck.model.refresh()
    assert (crew.truck.chips[2].text(), crew.truck.chips[2].status) == ("Lista: 20 dias — velha de mais", "amber")
    crew.scans(passes[0][1])
    assert crew.word == "VER"
    assert "a lista de cartões revogados deste posto é antiga demais" in crew.lines[1]


def test_a_signer_that_the_truck_does_not_know_is_ver_and_nobody_is_recorded_by_it(drive, passes, tmp_path):
    _one, seal = PassPost(build(tmp_path / "elsewhere")).gives()
    crew = drive()
    crew.scans(seal)
    assert crew.word == "VER"
    assert not crew.truck.go.isEnabled()
    crew.presses(F12)
    assert crew.codes() == ["BMIS-769"]
    assert crew.kept() == ()


def test_a_serial_that_was_typed_is_ver_with_what_is_known(drive, passes):
    crew = drive()
    crew.enters(passes[0][0].number.lower())
    assert crew.word == "VER"
    assert not crew.truck.go.isEnabled()


def test_a_national_s_swiped_document_is_ver_and_can_be_kept_after_looking(drive):
    crew = drive()
    crew.swipes(OTHER)
    assert crew.word == "VER"
    assert "documento na mão" in crew.truck.lines[1].toolTip()
    crew.presses(F12)
    assert crew.stored().document.number == "15AB00002"


def test_who_must_be_asked_more_is_sent_to_the_lane(drive):
    crew = drive(direction="ENTRY")
    crew.swipes(FOREIGN)
    assert crew.word == "VER"
    assert "na via" in crew.truck.lines[1].toolTip()
    assert not crew.truck.go.isEnabled()


# --- PARAR


def test_a_suspended_pass_is_parar_and_goes_to_secondary_on_record(drive, passes, post):
    one, seal = passes[0]
    post.suspends(one)
    crew = drive()
    crew.scans(seal)
    assert crew.word == "PARAR"
    assert not crew.truck.go.isEnabled()
    crew.presses(ENTER)
    crew.presses(F6)
    assert crew.stored().decision is Decision.PENDING_SECONDARY
    assert crew.word == "ENCAMINHADO"
    crew.waits()
    assert uses(crew, one.number) == ()  # who is sent on has not used the pass


def test_a_false_seal_and_an_expired_pass_are_parar(drive, passes):
    seal = passes[0][1]
    crew = drive()
    crew.scans(forged(seal))
    assert crew.word == "PARAR"
    crew.presses(ESC).later(days=400)
    crew.scans(seal)
    assert crew.word == "PARAR"
    assert "O cartão caducou" in crew.truck.lines[1].toolTip()


def test_the_same_pass_at_two_posts_within_the_hour_is_parar(drive, passes, post):
    one, seal = passes[0]
    post.uses(one, "EXIT", START - timedelta(minutes=20), post="MZ.T.CAL")
    crew = drive(direction="ENTRY")
    crew.scans(seal)
    assert crew.word == "PARAR"
    assert "MZ.T.CAL" in crew.truck.lines[1].toolTip()


def test_a_pass_outside_its_zone_is_parar(drive, passes, given, tmp_path):
    home = build(tmp_path / "ressano", "MZ.L.RSG")
    PassPost(home).takes(PassPost(given[0]).bundle())
    crew = drive(home)
    crew.scans(passes[0][1])
    assert crew.word == "PARAR"
    assert POST in crew.truck.lines[1].toolTip()


def test_days_used_up_are_ver_and_said(drive, passes, post):
    one, seal = passes[0]
    post.uses(one, "EXIT", START - timedelta(minutes=90))
    crew = drive(direction="ENTRY")
    crew.later(days=45)
    crew.scans(seal)
    assert crew.word == "VER"
    assert "De volta com atraso" in crew.truck.lines[1].toolTip()


def test_another_person_s_face_turns_passa_into_parar_and_is_kept_so(drive, passes):
    crew = drive()
    crew.scans(passes[0][1]).presses(F9)
    assert crew.word == "PARAR"
    assert crew.lines[1].startswith("A cara é de outra pessoa")
    crew.presses(ENTER).presses(F12)
    assert crew.kept() == ()
    crew.presses(F6)
    assert crew.stored().request.evidence.photo_answer is PhotoAnswer.NOT_SAME


# --- typing


@pytest.mark.parametrize(
    ("typed", "plate"),
    [
        ("abc 123 mc", "ABC123MC"),
        ("AAA-111-MP", "AAA111MP"),
        ("BP 4021", "BP4021"),
        ("12", ""),
        ("MARIA", ""),
        ("00000001X", ""),
    ],
)
def test_what_is_a_plate(typed, plate):
    assert plate_in(typed) == plate


def test_a_serial_misread_by_one_letter_is_neither_serial_nor_plate(drive, passes):
    number = passes[0][0].number
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")
    assert (serial_in(number), serial_in(wrong), plate_in(wrong)) == (number, "", "")
    crew = drive()
    crew.enters(wrong)
    assert crew.codes() == ["BMIS-771"]
    assert crew.truck.field.text() == wrong


def test_nothing_is_read_before_somebody_says_which_way(drive, passes):
    crew = drive(direction="")
    crew.scans(passes[0][1])
    assert crew.codes() == ["BMIS-772"]


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
    assert said == {"Bom dia. Mostre o seu passe, por favor.", "Um momento, por favor."}
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
    assert "Passes que valem lá: MZ-MW" in crew.ready
    assert "números de passe para este posto" in crew.ready
    assert "Lista de passes revogados: 0 dias" in crew.ready
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
        folder = Path(__file__).resolve().parents[2] / "ui" / "desktop" / "truck"
        named = {
            name for path in folder.glob("*.py") for name in re.findall(r'"(truck\.[a-z]+)"', path.read_text("utf-8"))
        }
        assert len(named - {"truck.redeploy"}) >= 5
        assert {name for name in named if help_for(name) == of_keys} == set()
