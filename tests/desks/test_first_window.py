"""The first window comes before every slow import, and the program ends in good order."""

import subprocess
import sys

import pytest

from bmis.store.errors import HomeInUseError, WrongPasswordError
from bmis.store.home import Home

SLOW = ("sqlalchemy", "alembic", "cv2", "numpy", "babel", "PIL", "cryptography", "argon2", "reportlab", "jsonschema")

SCRIPT = """
import sys, tempfile
from pathlib import Path
from PySide6.QtWidgets import QApplication
from bmis.store.home import Home
from ui.desktop.main import run

folder = Path(tempfile.mkdtemp()) / "home"
Home.create(folder, post_code="MZ.L.RSG", lane="3", training=True)

def shown(desktop):
    print(sorted(set(sys.argv[1].split(",")) & set(sys.modules)))
    print(desktop.window.isVisible(), desktop.sign_in.name.hasFocus(), desktop.sign_in.enter.text())
    QApplication.quit()

print(run(folder, when_shown=shown))
"""

WHOLE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.desktop.main import room_doors, run

def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.isVisible())
    page = window.pages.currentWidget()
    brand = page.brand
    if brand._home is not None and brand._home.post_name:
        print(brand._post.text())
        window.close()
    else:
        QTimer.singleShot(50, look)

app = QApplication([])
QTimer.singleShot(50, look)
print(run(Path(sys.argv[1]), doors=room_doors()))
"""


def _python(script, *words):
    said = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *words], capture_output=True, text=True, timeout=60
    )
    return said.returncode, said.stdout.splitlines(), said.stderr


@pytest.fixture(autouse=True)
def no_screen(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def test_the_first_window_is_drawn_before_any_slow_import_and_the_end_is_clean():
    for _ in range(3):
        code, lines, errors = _python(SCRIPT, ",".join(SLOW))
        assert (code, lines) == (0, ["[]", "True True Entrar", "0"]), errors


def test_the_rooms_are_opened_behind_the_first_window_and_name_the_post(tmp_path):
    home = Home.create(tmp_path / "home", post_code="MZ.L.RSG", lane="3", training=True)
    code, lines, errors = _python(WHOLE, str(home.path))
    assert (code, lines) == (0, ["Ressano Garcia", "0"]), errors
    with home.held("desktop", alone=True):  # let go at the end
        pass


def test_a_second_desktop_on_a_home_is_refused(tmp_path):
    from ui.desktop.rooms import HomeRooms

    home = Home.create(tmp_path / "home", post_code="MZ.L.RSG", lane="3", training=True)
    first = HomeRooms(home.path, None)
    with pytest.raises(HomeInUseError):
        HomeRooms(home.path, None)
    first.close()
    HomeRooms(home.path, None).close()


def test_a_person_signs_in_unlocks_and_leaves_through_the_rooms(training_home):
    from ui.desktop.rooms import HomeRooms

    rooms = HomeRooms(training_home, None)
    session = rooms.sign_in("officer", "treino")
    assert session.actor.name == "officer"
    rooms.unlock(session, "treino")
    with pytest.raises(WrongPasswordError):
        rooms.unlock(session, "outra palavra")
    assert isinstance(rooms.state(session).unsent, int)
    rooms.sign_out(session)
    rooms.close()


def test_the_first_run_makes_a_home_that_opens(tmp_path):
    from ui.desktop.parts import FirstRunRequest
    from ui.desktop.rooms import FirstRunRooms, HomeRooms

    wizard = FirstRunRooms(tmp_path / "home", None)
    assert any(post.code == "MZ.L.RSG" and not post.certain for post in wizard.posts())
    request = FirstRunRequest("pt", "MZ.L.RSG", "2", False, "admin", "um dois tres")
    made = wizard.create(request)
    assert {one.service for one in made.recovery} == {"border", "health"}
    assert made.home.post_name == "Ressano Garcia"
    rooms = HomeRooms(tmp_path / "home", None)
    session = rooms.sign_in("admin", "um dois tres")
    assert session.actor.role.value == "admin"
    rooms.sign_out(session)
    rooms.close()
