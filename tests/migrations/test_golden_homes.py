"""Homes that earlier versions wrote are opened, brought to the newest form and proved; nothing in them is lost."""

import shutil
from pathlib import Path

import pytest

from bmis.crossings.search_crossings import CrossingQuery
from bmis.kernel.actor import Service
from bmis.staff.keep_home import RECOVERY_USER, Secret
from ui.compose import border_desk, open_home, verify_store

GOLDEN = sorted((Path(__file__).parents[1] / "data").glob("golden_*"))


@pytest.fixture(params=GOLDEN, ids=lambda folder: folder.name)
def old_home(request, tmp_path):
    folder = tmp_path / "home"
    shutil.copytree(request.param, folder)
    return open_home(folder)


def test_there_is_an_old_home_to_open():
    assert GOLDEN


def test_an_old_home_is_migrated_and_proves(old_home):
    for service in (Service.BORDER.value, Service.HEALTH.value):
        old_home.migrate(Secret(service, RECOVERY_USER, "treino"))

    with old_home.recovery("treino") as recovery:
        report = verify_store(recovery)()

    assert report.chain.rows >= 14
    assert report.unsent == 4


def test_its_people_sign_in_and_find_its_crossings(old_home):
    for service in (Service.BORDER.value, Service.HEALTH.value):
        old_home.migrate(Secret(service, RECOVERY_USER, "treino"))

    with old_home.sign_in("officer", "treino") as session:
        desk = border_desk(session)
        found = desk.search(CrossingQuery(limit=50), session.actor).found
        first = min(found, key=lambda one: one.seq)
        shown = desk.show(first.id, session.actor)

    assert [(one.seq, one.decision.value) for one in sorted(found, key=lambda one: one.seq)] == [
        (1, "ADMITTED"),
        (2, "PENDING_SECONDARY"),
        (3, "REFUSED_ENTRY"),
        (4, "EXITED"),
    ]
    assert shown.crossing.document.number == "GA0000001"


def test_its_health_people_sign_in(old_home):
    old_home.migrate(Secret(Service.HEALTH.value, RECOVERY_USER, "treino"))

    with old_home.sign_in("screener", "treino") as session:
        assert session.service is Service.HEALTH
