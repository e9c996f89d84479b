"""A pilot post with a pass desk, and whoever signs in at it, one after the other."""

import shutil
from datetime import UTC, datetime

import pytest
from pass_robot import PassOffice, Printers

from bmis.kernel.clock import fixed_clock
from bmis.staff.create_home import CreateHome, NewHome
from tests.conftest import SCHEMAS
from ui import compose_devices


@pytest.fixture(scope="session")
def built_pass_post(tmp_path_factory):
    asked = NewHome(tmp_path_factory.mktemp("post") / "home", "MZ.T.ZOB", "1", training=True)
    return CreateHome(SCHEMAS, fixed_clock(datetime(2026, 11, 21, 8, 0, tzinfo=UTC)))(asked).home.path


@pytest.fixture
def post(built_pass_post, tmp_path):
    return shutil.copytree(built_pass_post, tmp_path / "post")


@pytest.fixture
def printers(monkeypatch):
    kept = Printers()
    monkeypatch.setattr(compose_devices, "pass_printers", kept.parts)
    return kept


@pytest.fixture
def desk(qtbot, post, printers, monkeypatch):
    at_work = []

    def sign_in(role="pass-officer", **more):
        if at_work:
            at_work.pop().ends()
        person = PassOffice(qtbot, post, role, **more)
        offer, person.desk.offered = person.desk.paper.offer, []
        monkeypatch.setattr(
            person.desk.paper, "offer", lambda *told: (person.desk.offered.append(told[-1]), offer(*told))[1]
        )
        at_work.append(person)
        return person

    yield sign_in
    for person in at_work:
        person.ends()
