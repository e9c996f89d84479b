"""The administrator's shift: people, backup, devices; everybody's own account; the auditor's page."""

import zipfile

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from office_robot import ENTER, NOW, Colleague, an_hour_ago
from PySide6.QtCore import Qt

from bmis.capture.errors import CameraAbsentError
from bmis.kernel.actor import Actor, Permission, Role
from bmis.staff.change_staff import list_staff
from bmis.store.errors import WrongPasswordError
from ui import compose
from ui.desktop.admin.parts import CameraFound, CameraTried
from ui.office.admin import JoinedAdmin

HEALTH_ROLES = (Role.SCREENER, Role.CLINICIAN, Role.EPIDEMIOLOGIST, Role.HEALTH_SUPERVISOR)


def test_a_new_officer_is_added_by_keyboard_and_can_sign_in(office, training_home):
    person = office("admin").goes_to(1).takes("Acrescentar pessoa")

    person.fills("ana", "Ana Utopia", "Agente", "palavra-certa-1", "palavra-certa-1")

    assert person.dialog is None
    assert "ana foi acrescentado(a) como: Agente." in person.reads()
    with compose.open_home(training_home, NOW).sign_in("ana", "palavra-certa-1") as session:
        assert session.actor.role is Role.OFFICER


def test_two_passwords_that_differ_are_said_and_nobody_is_added(office, training_home):
    person = office("admin").goes_to(1).takes("Acrescentar pessoa")

    person.fills("ana", "Ana Utopia", "Agente", "palavra-certa-1", "palavra-certa-2")

    assert "BMIS-323" in person.dialog.trouble.text()
    assert person.dialog.fields["password"].text() == ""
    person.presses(Qt.Key.Key_Escape)
    with compose.open_home(training_home, NOW).sign_in("admin", "treino") as session:
        assert "ana" not in {member.name for member in list_staff(session)}


def test_enter_stops_at_what_is_missing(office):
    person = office("admin").goes_to(1).takes("Acrescentar pessoa")

    person.fills("", "Ana Utopia", "", "", "")

    assert person.focus() is person.dialog.fields["name"]
    assert person.dialog.fields["name"].accessibleDescription() == "Preencha este campo"


def test_a_person_whose_access_ends_can_no_longer_sign_in(office, training_home):
    person = office("admin").goes_to(1)
    person.section("people").list.go_to("officer")

    person.takes("Terminar acesso").fills("Mudou de posto")

    assert "O acesso de officer terminou." in person.reads()
    line = next(one for one in person.section("people").list.lines() if one.key == "officer")
    assert (line.cells[3], line.status) == ("terminado", "grey")
    with pytest.raises(WrongPasswordError):
        compose.open_home(training_home, NOW).sign_in("officer", "treino")


def test_the_last_administrator_stays(office):
    person = office("admin").goes_to(1)
    person.section("people").list.go_to("admin")

    person.takes("Terminar acesso").fills("Engano")

    assert "BMIS-045" in person.dialog.trouble.text()


def test_a_forgotten_password_is_replaced(office, training_home):
    person = office("admin").goes_to(1)
    person.section("people").list.go_to("officer")

    person.presses(ENTER).fills("outra-palavra-1", "outra-palavra-1")

    assert "officer tem outra palavra-passe." in person.reads()
    with compose.open_home(training_home, NOW).sign_in("officer", "outra-palavra-1") as session:
        assert session.actor.name == "officer"


def test_a_backup_goes_to_the_file_that_was_typed(office, tmp_path):
    person = office("admin").goes_to(2).presses(ENTER)
    file = tmp_path / "copia.bmisbackup"

    person.fills(str(file))

    assert person.dialog is None
    assert zipfile.is_zipfile(file)
    assert person.section("backup").banner.text().startswith("CONFORME")
    assert "copia.bmisbackup" in person.section("backup").banner.text()


def test_a_backup_never_replaces_a_file(office, tmp_path):
    file = tmp_path / "copia.bmisbackup"
    file.write_text("outra coisa")
    person = office("admin").goes_to(2).presses(ENTER)

    person.fills(str(file))

    assert "BMIS-033" in person.dialog.trouble.text()
    assert file.read_text() == "outra coisa"


def test_a_folder_that_is_not_there_is_said(office, tmp_path):
    person = office("admin").goes_to(2).presses(ENTER)

    person.fills(str(tmp_path / "longe" / "copia.bmisbackup"))

    assert "BMIS-322" in person.dialog.trouble.text()


def test_a_camera_is_tried_and_one_that_is_absent_says_so(office, monkeypatch):
    def tried(self, number):
        if number == 7:
            raise CameraAbsentError
        return CameraTried(number, 30, 1.0, (1920, 1080), 4, 2, 12, bytes(24))

    monkeypatch.setattr(JoinedAdmin, "cameras", lambda self: (CameraFound(0, "Doc cam"), CameraFound(7, "Webcam")))
    monkeypatch.setattr(JoinedAdmin, "try_camera", tried)
    person = office("admin").goes_to(3)
    devices = person.section("devices")

    person.presses(ENTER)
    assert devices.banner.text().startswith("CONFORME")
    assert "1920 × 1080" in devices.banner.text()
    assert devices.view.image().width() == 4

    person.presses(Qt.Key.Key_Down).presses(ENTER)
    assert devices.banner.text().startswith("PARAR")
    assert devices.view.image() is None


def test_somebody_changes_the_own_password(office, training_home):
    person = office("officer")
    person.at("account")

    person.presses(ENTER).fills("treino", "palavra-nova-1", "palavra-nova-1")

    assert "A sua palavra-passe foi mudada." in person.reads()
    with compose.open_home(training_home, NOW).sign_in("officer", "palavra-nova-1") as session:
        assert session.actor.name == "officer"


def test_a_wrong_present_password_changes_nothing(office):
    person = office("officer")
    person.at("account")

    person.presses(ENTER).fills("errada", "palavra-nova-1", "palavra-nova-1")

    assert "BMIS-024" in person.dialog.trouble.text()


@pytest.mark.parametrize("role", HEALTH_ROLES)
def test_health_signs_in_to_its_own_desks_and_sees_no_border_desk(office, role):
    person = office(role.value)
    screens = Actor(role.value, role).may(Permission.SCREEN_HEALTH)

    assert ("health_primary" in person.frame._desks) is screens
    assert not {"secondary", "supervisor", "backfill"} & set(person.frame._desks)
    assert person.at("account_health").name.text() == role.value
    assert "nenhum balcão de migração" in person.desk.words.text()


@pytest.mark.parametrize(
    ("role", "desks"),
    [
        ("officer", ["shift", "backfill", "observation", "account"]),
        (
            "supervisor",
            ["secondary", "supervisor", "passes", "registers", "backfill", "observation", "audit", "account"],
        ),
        ("admin", ["admin", "registers", "audit", "account"]),
        ("auditor", ["audit", "account"]),
        ("pass-officer", ["passes", "account"]),
        ("protection", ["account"]),
    ],
)
def test_each_role_has_its_desks(office, role, desks):
    assert list(office(role).frame._desks) == desks


def test_the_auditor_verifies_and_cannot_sign(office, training_home):
    with Colleague(training_home, "officer", an_hour_ago()) as colleague:
        colleague.records()
        anchor = compose.checkpoint_audit(colleague.session)(colleague.by).anchor
    person = office("auditor")

    person.presses(ENTER)
    assert person.desk.banner.text().startswith("ATENÇÃO")
    assert person.desk.sign.isHidden()

    person.types(anchor).presses(ENTER)
    assert person.desk.banner.text().startswith("CONFORME")


def test_an_anchor_that_is_not_in_the_chain_says_stop(office):
    person = office("auditor")

    person.types("BMIS1:3:" + "0" * 64).presses(ENTER)

    assert person.desk.banner.text().startswith("PARAR")
    assert "BMIS-031" in person.desk.banner.text()


def test_an_anchor_typed_wrongly_asks_to_look_at_the_paper_again(office):
    person = office("auditor")

    person.types("BMIS1:3:" + "0" * 63).presses(ENTER)

    assert person.desk.banner.text().startswith("ATENÇÃO")
    assert "BMIS-298" in person.desk.banner.text()


def test_the_administrator_signs_a_checkpoint(office):
    person = office("admin")
    person.at("audit")

    person.takes("Assinar um ponto de controlo")

    assert "BMIS1:" in person.desk.signed.text()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(office, language):
    person = office("admin", language=language)
    for section in (1, 2, 3):
        person.goes_to(section)
        settle(person.window)
        assert clipped(person.window) == []
        assert takes_markup(person.window) == []
        assert unnamed(person.window) == []
    for code in ("audit", "account"):
        person.frame.show_desk(code)
        settle(person.window)
        assert clipped(person.window) == []
        assert unnamed(person.window) == []


def test_the_section_in_front_is_marked_in_the_list(office):
    person = office("admin")

    assert [item.text() for item in person.desk.navigation.selectedItems()] == ["Pessoas"]
