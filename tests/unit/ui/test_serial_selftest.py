"""What the self-test says of serial readers: which there are, and whether this user may open them."""

import pytest

from bmis.capture.serial_reader import PortFound
from bmis.kernel.i18n import speaking
from ui import self_test


@pytest.fixture
def plugged(monkeypatch, tmp_path):
    path = tmp_path / "ttyUSB0"
    path.touch()
    ports = (
        PortFound("usb:0403:6001:A1", str(path), f"Swipe reader ({path})"),
        PortFound("/dev/ttyS0", "/dev/ttyS0", "ttyS0 (/dev/ttyS0)"),
    )
    monkeypatch.setattr(self_test, "serial_ports", lambda: ports)
    return path


def test_a_reader_is_listed_by_name(plugged):
    with speaking("en"):
        part = self_test._readers()
    assert (part.status, part.count) == (self_test.OK, 1)
    assert f"Swipe reader ({plugged})" in part.words


@pytest.mark.usefixtures("plugged")
def test_a_port_that_may_not_be_opened_fails_with_what_to_do(monkeypatch):
    monkeypatch.setattr(self_test.os, "access", lambda *_args: False)
    with speaking("en"):
        part = self_test._readers()
    assert part.status == self_test.FAIL
    assert "BMIS-177" in part.words
    assert "dialout" in part.words


def test_without_a_reader_that_is_said(monkeypatch):
    monkeypatch.setattr(self_test, "serial_ports", tuple)
    assert self_test._readers().status == self_test.ABSENT
