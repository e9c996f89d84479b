"""Who comes in: passwords, waits, a new machine, a home that cannot be opened."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_robot import NOW, Shift

from ui.desktop.shell.sign_in_model import PasswordModel


def test_an_officer_signs_in_by_keyboard_alone(shift):
    assert shift.focus() is shift.desktop.sign_in.name
    shift.signs_in(name="Ana ")
    assert shift.frame.desk is shift.sample
    assert shift.focus() is shift.sample.birth
    assert shift.rooms.memory.calls == ["sign_in"]


def test_a_wrong_password_is_told_with_its_code_and_the_password_is_gone(shift):
    shift.signs_in(password="outra")
    view = shift.desktop.sign_in
    assert shift.frame is None
    assert view.notice.text().startswith("BMIS-024 ")
    assert view.password.text() == ""
    assert shift.focus() is view.password
    shift.types("a palavra certa").presses(Qt.Key.Key_Return)
    assert shift.frame is not None


def test_a_lock_out_counts_down_and_takes_no_try_meanwhile(shift):
    view, model = shift.desktop.sign_in, shift.desktop._sign_in_model
    now_s = [100.0]
    model._now_s = lambda: now_s[0]
    shift.signs_in(password="1")
    for _ in range(3):
        shift.types("1").presses(Qt.Key.Key_Return)
    assert view.wait.text() == "Pode tentar de novo dentro de 0:30"
    assert not view.enter.isEnabled()
    now_s[0] = 112.5
    model.tick()
    assert view.wait.text() == "Pode tentar de novo dentro de 0:18"
    tries = shift.rooms.memory.tries
    model.submit("ana", "a palavra certa")
    assert (shift.rooms.memory.tries, shift.frame) == (tries, None)
    now_s[0] = 130.5
    model.tick()
    assert not view.wait.isVisible()
    assert shift.focus() is view.password
    shift.types("a palavra certa").presses(Qt.Key.Key_Return)
    assert shift.frame is not None


def locked_out(shift):
    shift.signs_in(password="1")
    for _ in range(3):
        shift.types("1").presses(Qt.Key.Key_Return)
    return shift


def test_the_wait_of_the_last_officer_is_lifted_once_with_a_reason(shift):
    view = shift.desktop.sign_in
    assert not view.release.isVisible()
    locked_out(shift)
    assert view.release.isVisible()
    view.release.setFocus()
    shift.presses(Qt.Key.Key_Space)
    dialog = QApplication.activeModalWidget()
    QTest.keyClick(dialog.fields["reason"], Qt.Key.Key_Return)
    assert shift.rooms.memory.calls == []
    QTest.keyClicks(dialog.fields["reason"], "fila comprida")
    QTest.keyClick(dialog.fields["reason"], Qt.Key.Key_Return)
    assert shift.rooms.memory.calls == ["release ana: fila comprida"]
    assert not view.wait.isVisible()
    assert not view.release.isVisible()
    assert "espera foi levantada" in view.notice.text()
    shift.types("a palavra certa").presses(Qt.Key.Key_Return)
    assert shift.frame is not None


def test_a_wait_that_may_not_be_lifted_goes_on_and_the_refusal_has_its_code(shift):
    shift.rooms.memory.last_officer = False
    locked_out(shift)
    view = shift.desktop.sign_in
    view.release.click()
    dialog = QApplication.activeModalWidget()
    QTest.keyClicks(dialog.fields["reason"], "pressa")
    QTest.keyClick(dialog.fields["reason"], Qt.Key.Key_Return)
    assert "BMIS-041" in dialog.trouble.text()
    assert view.wait.isVisible()
    dialog.reject()
    assert not view.enter.isEnabled()


def test_the_training_stripe_is_in_view_before_and_after_sign_in(shift):
    assert shift.desktop.sign_in.stripe.isVisible()
    shift.signs_in()
    assert shift.frame.stripe.isVisible()
    assert shift.frame.stripe.text() == "TREINO"


def test_a_home_that_cannot_be_opened_shuts_the_form_and_can_be_tried_again(qtbot, tmp_path, monkeypatch):
    from bmis.store.errors import HomeInUseError

    (tmp_path / "home").mkdir()
    held = [True]

    def refuse(self):
        if held[0]:
            raise HomeInUseError(lock="desktop")

    import shell_robot

    opened = shell_robot.FakeRooms
    monkeypatch.setattr(Shift, "_begun", lambda self: not self.desktop.sign_in.again.isHidden())
    monkeypatch.setattr(shell_robot, "FakeRooms", lambda folder: opened(folder))
    monkeypatch.setattr(
        "shell_robot.Doors",
        lambda home, first: shell_robot_doors(home, first, refuse),
    )
    shift = Shift(qtbot, tmp_path / "home")
    view = shift.desktop.sign_in
    assert "BMIS-022" in view.notice.text()
    assert not view.name.isEnabled()
    held[0] = False
    shift.presses(Qt.Key.Key_Return)
    assert view.name.isEnabled()
    shift.signs_in()
    assert shift.frame is not None
    shift.ends()


def shell_robot_doors(home, first, check):
    from ui.desktop.shell.desktop import Doors

    def open_home(path):
        check(None)
        return home(path)

    return Doors(open_home, first)


def test_a_new_machine_gets_its_desk_by_keyboard_alone(shifts):
    shift = shifts(new=True)
    view = shift.desktop.first_run
    shift.presses(Qt.Key.Key_Return)
    shift.types("cobue").presses(Qt.Key.Key_Return)
    assert view.post.list.item(0).text().startswith("~ Cóbuè")
    shift.presses(Qt.Key.Key_Return)
    assert view.kind.trouble.isVisible()
    shift.presses(Qt.Key.Key_Down).presses(Qt.Key.Key_Space).presses(Qt.Key.Key_Return)
    shift.types("admin").presses(Qt.Key.Key_Tab).types("curta").presses(Qt.Key.Key_Return)
    assert "10" in view.administrator.trouble.text()
    view.administrator.password.clear()
    shift.types("um dois tres").presses(Qt.Key.Key_Tab).types("um dois").presses(Qt.Key.Key_Return)
    assert view.administrator.trouble.text() == "As duas palavras-passe não são iguais."
    shift.types(" tres").presses(Qt.Key.Key_Return)
    shift.presses(Qt.Key.Key_Down).presses(Qt.Key.Key_Return)
    request = shift.first_run_rooms.request
    assert (request.post_code, request.lane, request.training) == ("MZ.T.COB", "1", False)
    assert (request.administrator, request.password, request.camera) == ("admin", "um dois tres", "0")
    assert "um dois" not in repr(request)
    assert "ABCD-EFGH-JKLM" in view.done.words.text()
    shift.presses(Qt.Key.Key_Return)
    assert shift.desktop.first_run is None
    assert shift.focus() is shift.desktop.sign_in.name


def test_a_password_needs_as_many_characters_as_its_key_slot_asks():
    from bmis.store import keys
    from ui.desktop.shell import first_run_model

    assert first_run_model.SHORTEST_PASSWORD == keys.SHORTEST_PASSWORD


def test_one_try_at_a_time(qtbot):
    given = []

    class Later:
        def run(self, job, done, failed):
            given.append(done)

    model = PasswordModel(lambda name, password: None, Later())
    model.submit("ana", "x")
    model.submit("ana", "x")
    assert len(given) == 1


def test_at_a_real_home_the_wait_is_not_lifted_while_somebody_else_can_work(training_home):
    from bmis.staff.errors import ReleaseRefusedError
    from ui.desktop.rooms import HomeRooms

    rooms = HomeRooms(training_home, NOW)
    try:
        with pytest.raises(ReleaseRefusedError):
            rooms.release_lockout("officer", "fila comprida")
    finally:
        rooms.close()
