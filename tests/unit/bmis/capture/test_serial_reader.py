"""A swipe reader on a serial line, over a pseudo-terminal by the real driver: swipes, noise, unplugging, no rights."""

import os
import threading
import time
from contextlib import suppress

import pytest
import serial

from bmis.capture import serial_reader
from bmis.capture.serial_framing import SerialFramer
from bmis.capture.serial_reader import Line, SerialReader, open_port, path_of, serial_ports
from bmis.capture.swipe_errors import (
    SerialBusyError,
    SerialLostError,
    SerialPortAbsentError,
    SerialRefusedError,
)
from bmis.capture.swipe_text import LONGEST_SWIPE, SwipeKind

TD3 = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
TD1 = ("I<UTOC030059887<<<<<<<<<<<<<<<", "9507236F3302288UTO<<<<<<<<<<<2", "NHANTUMBO<SPECIMEN<<GRACA<<<<<")
LINE = Line(9600, "8N1")
PATIENCE_S = 20.0


class Cable:
    """A plug that stays at one path while pseudo-terminals come and go behind it, as udev keeps a device's name."""

    def __init__(self, folder):
        self.path = str(folder / "reader")
        self.master = -1

    def plug_in(self):
        self.master, slave = os.openpty()
        with suppress(FileNotFoundError):
            os.unlink(self.path)
        os.symlink(os.ttyname(slave), self.path)
        os.close(slave)

    def send(self, data):
        view = memoryview(data)
        while view:
            view = view[os.write(self.master, view[:512]) :]

    def unplug(self):
        os.unlink(self.path)
        os.close(self.master)
        self.master = -1


class Desk:
    """What the reader's thread told."""

    def __init__(self):
        self.swipes, self.states = [], []
        self.told = threading.Condition()

    def took(self, swipe):
        with self.told:
            self.swipes.append(swipe)
            self.told.notify_all()

    def state(self, error):
        with self.told:
            self.states.append(type(error) if error else None)
            self.told.notify_all()

    def waits_for(self, met):
        with self.told:
            assert self.told.wait_for(met, PATIENCE_S), (self.states, [swipe.kind for swipe in self.swipes])


@pytest.fixture
def cable(tmp_path):
    made = Cable(tmp_path)
    made.plug_in()
    yield made
    if made.master >= 0:
        os.close(made.master)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def reader(cable, desk):
    made = SerialReader(cable.path, LINE, desk.took, desk.state, retry_s=0.05)
    made.start()
    desk.waits_for(lambda: desk.states == [None])
    yield made
    assert made.stop()


def whole(lines, before="\x02", between="\r", after="\r\x03"):
    return (before + between.join(lines) + after).encode()


@pytest.mark.usefixtures("reader")
def test_swipes_come_one_after_another(cable, desk):
    cable.send(whole(TD3))
    desk.waits_for(lambda: len(desk.swipes) == 1)
    cable.send(whole(TD1, before="", between="\r\n", after="\r\n"))
    desk.waits_for(lambda: len(desk.swipes) == 2)
    assert [swipe.lines for swipe in desk.swipes] == [TD3, TD1]


@pytest.mark.usefixtures("reader")
def test_a_swipe_that_dribbles_in_is_one_swipe(cable, desk):
    data = whole(TD3, before="", after="\r")
    for at in range(0, len(data), 10):
        cable.send(data[at : at + 10])
        time.sleep(0.01)
    desk.waits_for(lambda: desk.swipes)
    assert [swipe.lines for swipe in desk.swipes] == [TD3]


@pytest.mark.usefixtures("reader")
def test_a_reader_that_is_unplugged_and_plugged_in_again_goes_on(cable, desk):
    cable.send(whole(TD3)[:40])
    cable.unplug()
    desk.waits_for(lambda: SerialLostError in desk.states)
    cable.plug_in()
    desk.waits_for(lambda: desk.states[-1] is None)
    cable.send(whole(TD1))
    desk.waits_for(lambda: desk.swipes)
    assert [swipe.lines for swipe in desk.swipes] == [TD1]  # the half before the cut is not the beginning of this one
    assert desk.states == [None, SerialLostError, None]


@pytest.mark.usefixtures("reader")
def test_ten_thousand_bytes_of_garbage_are_no_zone_and_the_next_swipe_reads(cable, desk):
    cable.send(bytes((at * 89 + at // 7) % 256 for at in range(10_240)))
    desk.waits_for(lambda: desk.swipes)
    time.sleep(0.4)
    cable.send(whole(TD3))
    desk.waits_for(lambda: any(swipe.lines for swipe in desk.swipes))
    assert [swipe.lines for swipe in desk.swipes if swipe.lines] == [TD3]
    assert len(desk.swipes) <= 3


def test_a_stream_without_an_end_stops_at_once_when_asked(cable, desk, reader, monkeypatch):
    most = []
    feed = SerialFramer.feed

    def watched(framer, data, now_ms):
        found = feed(framer, data, now_ms)
        most.append(len(framer._held))
        return found

    monkeypatch.setattr(SerialFramer, "feed", watched)
    over = threading.Event()

    def pour():
        with suppress(OSError):
            while not over.is_set():
                os.write(cable.master, b"<A1" * 100)

    os.set_blocking(cable.master, False)
    pouring = threading.Thread(target=pour)
    pouring.start()
    try:
        desk.waits_for(lambda: desk.swipes)
        time.sleep(0.3)
        begun = time.monotonic()
        assert reader.stop()
        assert time.monotonic() - begun < 2
        assert [swipe.kind for swipe in desk.swipes] == [SwipeKind.UNKNOWN]
        assert max(most) <= LONGEST_SWIPE
    finally:
        over.set()
        pouring.join()


def test_a_reader_that_is_not_there_is_said_once_and_taken_when_it_comes(tmp_path, desk):
    cable = Cable(tmp_path)
    reader = SerialReader(cable.path, LINE, desk.took, desk.state, retry_s=0.02)
    reader.start()
    desk.waits_for(lambda: desk.states)
    time.sleep(0.2)
    assert desk.states == [SerialPortAbsentError]
    cable.plug_in()
    desk.waits_for(lambda: desk.states[-1] is None)
    cable.send(whole(TD3))
    desk.waits_for(lambda: desk.swipes)
    assert reader.stop()
    os.close(cable.master)


def test_stopping_twice_and_before_the_start_hurts_nothing(cable, desk):
    reader = SerialReader(cable.path, LINE, desk.took, desk.state)
    assert reader.stop()
    reader.start()
    reader.start()
    assert reader.stop()
    assert reader.stop()


@pytest.mark.usefixtures("reader")
def test_a_port_that_another_program_has_is_busy(cable):
    with pytest.raises(SerialBusyError):
        open_port(cable.path, LINE)


def test_a_port_without_rights_and_one_that_is_none_are_told_apart(tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise serial.SerialException(13, "could not open port: Permission denied")

    with pytest.raises(SerialPortAbsentError):
        open_port(str(tmp_path / "nothing"), LINE)
    plain = tmp_path / "file"
    plain.write_text("no terminal", encoding="utf-8")
    with pytest.raises(SerialPortAbsentError):
        open_port(str(plain), LINE)
    monkeypatch.setattr(serial_reader.serial, "Serial", refuse)
    with pytest.raises(SerialRefusedError):
        open_port(str(plain), LINE)


class Plugged:
    def __init__(self, device, vid, pid, number, manufacturer="Desko", product="OCR 504", description="n/a"):
        self.device, self.vid, self.pid, self.serial_number = device, vid, pid, number
        self.manufacturer, self.product, self.description = manufacturer, product, description


def test_a_reader_is_found_by_who_it_is_wherever_it_is_plugged_in(monkeypatch):
    ports = [
        Plugged("/dev/ttyUSB1", 0x0403, 0x6001, "A1"),
        Plugged("/dev/ttyACM0", 0x05F9, 0x4204, None, None, None, "MRZ reader"),
        Plugged("/dev/ttyS0", None, None, None, None, None, "n/a"),
    ]
    monkeypatch.setattr(serial_reader.list_ports, "comports", lambda: ports)
    assert [port.place for port in serial_ports()] == ["usb:05f9:4204", "usb:0403:6001:A1"]
    assert serial_ports()[1].title == "Desko OCR 504 (/dev/ttyUSB1)"
    assert path_of("usb:0403:6001:A1") == "/dev/ttyUSB1"
    assert path_of("usb:05f9:4204") == "/dev/ttyACM0"
    assert path_of("/dev/ttyS0") == "/dev/ttyS0"
    with pytest.raises(SerialPortAbsentError):
        path_of("usb:0403:6001:B2")


@pytest.mark.parametrize("text", ["", "9600", "9600 9N1", "7 8N1", "9600  8N1", "９６００ 8N1"])
def test_a_line_that_no_reader_has_is_refused(text):
    with pytest.raises(ValueError, match="no such serial line"):
        Line.told(text)


@pytest.mark.parametrize("text", ["9600 8N1", "115200 7E1"])
def test_a_line_is_understood(text):
    line = Line.told(text)
    assert f"{line.speed} {line.framing}" == text
