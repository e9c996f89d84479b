"""Files between posts at the pass desk, by keyboard: written at one post, taken at another, told in words."""

import shutil
from datetime import timedelta

import pytest
from clipping import clipped, settle, unnamed
from office_robot import ENTER
from pass_post import PassPost
from pass_robot import NOW, PassOffice
from PySide6.QtCore import Qt

from bmis.kernel.clock import fixed_clock
from bmis.passes.read_passes import ShownPass
from bmis.staff.create_home import CreateHome, NewHome
from bmis.trust.authority import CERTIFY, certify_subject
from tests.conftest import SCHEMAS
from ui.trust_desk import desk_of as trust_desk_of

DAY = timedelta(days=1)


@pytest.fixture
def elsewhere(post, tmp_path):
    """Calómuè, which trusts this post's authority, has a key of its own, and saw one of its passes go out."""
    here = PassPost(post, NOW - timedelta(hours=3))
    one, _seal = here.gives()
    asked = NewHome(tmp_path / "elsewhere", "MZ.T.CAL", "1", training=True)
    there = PassPost(CreateHome(SCHEMAS, fixed_clock(NOW - DAY))(asked).home.path, NOW - timedelta(hours=2))
    there.takes(here.bundle())
    with there.at_work("admin") as (_desk, admin):
        request = trust_desk_of(admin).request_signer(admin.actor)
    with here.at_work("admin") as (_desk, admin):
        trust = trust_desk_of(admin)
        subject = certify_subject(request, "MZ.T.CAL")
        trust.certify(request, trust.signed(CERTIFY, subject, "supervisor", "treino"), admin.actor, "MZ.T.CAL")
    there.takes(here.bundle())
    there.uses(one, "EXIT", NOW - timedelta(hours=1))
    return one, there.home.path


def test_uses_are_written_at_one_post_taken_at_another_and_shown_with_where_they_come_from(
    qtbot, desk, elsewhere, tmp_path
):
    one, other = elsewhere
    file = tmp_path / "usos.log"
    clerk = PassOffice(qtbot, other)
    clerk.page("carried")
    clerk.presses(Qt.Key.Key_F8)
    clerk.dialog.fields["path"].setText(str(file))
    clerk.fills("Usos", "", "")
    assert "Registos 1 a 1 escritos" in clerk.reads()
    clerk.ends()

    boss = desk()
    page = boss.page("carried")
    for words in ("1 uso novo em MZ.T.CAL", "Nada de novo"):
        boss.presses(Qt.Key.Key_F12).fills(str(file))
        assert words in page.banner.text()
    settle(boss.window)
    assert (clipped(boss.window), unnamed(page)) == ([], [])
    [line] = page.list.lines()
    assert line.cells[:3] == ("Usos", "MZ.T.CAL", "1")

    passes = boss.page("passes")
    boss.types(one.number).presses(ENTER)
    assert isinstance(passes.shown, ShownPass)
    assert "MZ.T.CAL — segundo o ficheiro do posto de trabalho MZ.T.CAL-1-" in passes.facts.text()


def test_a_file_that_is_none_is_said_and_the_form_stays(desk, post, tmp_path):
    PassPost(post, NOW - DAY).bundle()  # without a bundle nobody's file is even looked at
    clerk = desk()
    clerk.page("carried")
    (tmp_path / "bad.log").write_bytes(b"nothing")
    shutil.copy(post / "home.json", tmp_path / "home.log")
    for name, code in (("absent.log", "BMIS-719"), ("bad.log", "BMIS-797"), ("home.log", "BMIS-797")):
        clerk.presses(Qt.Key.Key_F12).fills(str(tmp_path / name))
        assert code in clerk.dialog.trouble.text()
        clerk.presses(Qt.Key.Key_Escape)
    clerk.presses(Qt.Key.Key_F8)
    clerk.dialog.fields["after"].setText("dois")
    clerk.fills("Cart", "", "")
    assert "BMIS-738" in clerk.dialog.trouble.text()
