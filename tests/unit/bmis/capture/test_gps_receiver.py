"""The truck's position, from a recorded stream over a pty and a socket; garbage, wrong sums and old fixes are none."""

import json
import os
import pty
import socket
import threading
import time
import tty
from datetime import UTC, datetime, timedelta

import pytest

from bmis.capture.gps import (
    GpsdListener,
    GpsSaid,
    GpsStand,
    NmeaFramer,
    Position,
    SerialGps,
    nmea_fields,
    receiver_of,
    tpv_said,
)
from bmis.capture.serial_reader import Line, open_port
from bmis.capture.swipe_errors import SerialPortAbsentError

START = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)


def sentence(body):
    total = 0
    for byte in body.encode():
        total ^= byte
    return f"${body}*{total:02X}\r\n".encode()


# What a receiver by the road at Zóbuè sends in two seconds, its own clock wrong by years.
STREAM = b"".join(
    [
        b"\xff\x00garbage after switching on\r\n",
        sentence("GPTXT,01,01,02,u-blox ag - www.u-blox.com"),
        sentence("GPGGA,055959.00,,,,,0,00,99.99,,,,,,"),
        sentence("GPRMC,055959.00,V,,,,,,,140307,,,N"),
        sentence("GPGGA,060000.00,1535.1200,S,03426.4000,E,1,08,1.01,652.3,M,0.0,M,,"),
        sentence("GPGSA,A,3,04,05,09,12,24,25,29,31,,,,,1.8,1.0,1.5"),
        sentence("GPRMC,060000.00,A,1535.1200,S,03426.4000,E,0.004,77.52,140307,,,A"),
    ]
)


class Clock:
    at = START

    def __call__(self):
        return self.at


def wait_for(done, seconds=10):
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        time.sleep(0.01)
    assert done()


def test_the_recorded_stream_gives_no_fix_first_and_then_the_place():
    said = NmeaFramer().feed(STREAM, 0)
    assert said[0] == said[1] == GpsSaid()
    [last] = said[2:]
    assert last.latitude == pytest.approx(-15.58533, abs=1e-5)
    assert last.longitude == pytest.approx(34.44, abs=1e-5)
    assert last.satellites == 8


def test_the_stream_cut_anywhere_says_the_same():
    whole = NmeaFramer().feed(STREAM, 0)
    for size in (1, 3, 7, 64):
        framer = NmeaFramer()
        pieces = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
        assert tuple(said for piece in pieces for said in framer.feed(piece, 0)) == whole


@pytest.mark.parametrize(
    "untrusted",
    [
        b"$GPRMC,060000.00,A,1535.1200,S,03426.4000,E,0.004,77.52,140307,,,A*00\r\n",  # wrong sum
        b"$GPRMC,060000.00,A,1535.1200,S,03426.4000,E,0.004,77.52,140307,,,A\r\n",  # no sum
        b"$GPRMC,060000.00,A,1535.1200,S,03426.4000,E,0.004,77.52,140307,,,A*ZZ\r\n",
        b"GPRMC,060000.00,A\r\n",
        b"\xff" * 500 + b"\r\n",
        b"",
    ],
)
def test_garbage_and_wrong_sums_say_nothing(untrusted):
    assert NmeaFramer().feed(untrusted, 0) == ()


@pytest.mark.parametrize(
    "body",
    [
        "GPRMC,060000.00,A,9935.1200,S,03426.4000,E,,,140307,,,A",  # 99 degrees south
        "GPRMC,060000.00,A,1575.1200,S,03426.4000,E,,,140307,,,A",  # 75 minutes
        "GPRMC,060000.00,A,1535.1200,X,03426.4000,E,,,140307,,,A",
        "GPRMC,060000.00,A,,,,,,,140307,,,A",
    ],
)
def test_a_place_that_cannot_be_is_no_fix(body):
    assert NmeaFramer().feed(sentence(body), 0) == (GpsSaid(),)


def test_a_line_without_ends_is_dropped_and_the_next_sentence_counts():
    framer = NmeaFramer()
    assert framer.feed(b"A" * 10_000, 0) == ()
    assert framer.flooded
    assert framer.feed(b"\r\n" + STREAM, 0)[-1].latitude is not None


def test_fields_of_a_sentence():
    assert nmea_fields(sentence("GPTXT,01").strip()) == ("GPTXT", "01")
    assert nmea_fields(b"$GP*00") is None


def test_a_fix_is_good_for_a_minute_and_lost_at_once_when_the_receiver_says_so():
    clock = Clock()
    position = Position(clock, chosen=True)
    assert position.stand is GpsStand.ABSENT
    position.stood(None)
    assert position.stand is GpsStand.NO_FIX
    position.took(GpsSaid(-15.5, 34.4))
    assert (position.stand, position.fix.latitude) == (GpsStand.FIX, -15.5)
    clock.at = START + timedelta(seconds=61)
    assert (position.stand, position.fix) == (GpsStand.STALE, None)
    position.took(GpsSaid(-15.6, 34.4))
    assert position.fix.latitude == -15.6
    position.took(GpsSaid())
    assert (position.stand, position.fix) == (GpsStand.NO_FIX, None)
    clock.at = START - timedelta(days=1)  # a clock that was set back makes no fix young
    position.took(GpsSaid(-15.6, 34.4))
    clock.at = START - timedelta(days=2)
    assert position.fix is None
    assert "-15" not in repr(position)


def test_nobody_chose_a_receiver():
    position = Position(Clock(), chosen=False)
    assert (position.stand, position.fix, receiver_of("", "4800 8N1", position)) == (GpsStand.NONE, None, None)


def test_a_receiver_on_a_serial_line_is_heard_and_its_loss_is_told():
    controller, terminal = pty.openpty()
    tty.setraw(terminal)
    position = Position(Clock(), chosen=True)

    def opened(place, line):
        port = open_port(place, line)
        os.write(controller, STREAM)
        return port

    receiver = SerialGps(
        os.ttyname(terminal), Line(4800, "8N1"), position.took, position.stood, opener=opened, retry_s=0.05
    )
    receiver.start()
    try:
        wait_for(lambda: position.stand is GpsStand.FIX)
        assert position.fix.longitude == pytest.approx(34.44, abs=1e-5)
        os.close(controller)
        os.close(terminal)
        wait_for(lambda: position.stand is GpsStand.ABSENT)
    finally:
        assert receiver.stop()


def served(reports):
    """A gpsd that answers one client with what it recorded, then hangs up."""
    server = socket.create_server(("127.0.0.1", 0))
    heard = []

    def serve():
        line, _where = server.accept()
        with line:
            heard.append(line.recv(200))
            for report in reports:
                line.sendall(report)
            time.sleep(0.3)
        server.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return server.getsockname(), heard


def test_gpsd_is_asked_to_watch_and_its_loss_is_told():
    fix = json.dumps({"class": "TPV", "mode": 3, "lat": -15.58533, "lon": 34.44}).encode() + b"\n"
    place, heard = served([b'{"class":"VERSION","release":"3.22"}\n', b"no json\n", fix[:20], fix[20:]])
    position = Position(Clock(), chosen=True)
    told = []

    def took(said):
        told.append(said)
        position.took(said)

    receiver = GpsdListener(place, took, position.stood, retry_s=0.05)
    receiver.start()
    try:
        wait_for(lambda: told)
        assert told == [GpsSaid(-15.58533, 34.44)]
        assert heard[0].startswith(b"?WATCH={")
        wait_for(lambda: position.stand is GpsStand.ABSENT)
    finally:
        assert receiver.stop()


def test_a_receiver_that_was_unplugged_and_comes_back_is_heard_again():
    plugged = []

    def opened(place, line):
        if not plugged:
            raise SerialPortAbsentError
        controller, terminal = plugged[-1]
        port = open_port(os.ttyname(terminal), line)
        os.write(controller, STREAM)
        return port

    def plug():
        controller, terminal = pty.openpty()
        tty.setraw(terminal)
        plugged.append((controller, terminal))

    position = Position(Clock(), chosen=True)
    receiver = SerialGps("gps", Line(4800, "8N1"), position.took, position.stood, opener=opened, retry_s=0.05)
    receiver.start()
    try:
        for _time in range(2):
            wait_for(lambda: position.stand is GpsStand.ABSENT)
            plug()
            wait_for(lambda: position.stand is GpsStand.FIX)
            for end in plugged.pop():
                os.close(end)
    finally:
        assert receiver.stop()


def test_wrong_sums_on_the_line_between_good_ones_change_nothing():
    bad = STREAM.replace(b"*", b"*0")  # three characters after the star
    swapped = sentence("GPRMC,060000.00,A,1535.1200,S,03426.4000,E,0,0,140307,,,A").replace(b"1535", b"1635")
    said = NmeaFramer().feed(STREAM + bad + swapped, 0)
    assert said == NmeaFramer().feed(STREAM, 0)


def test_gpsd_that_went_away_and_comes_back_is_asked_again_and_heard():
    fix = json.dumps({"class": "TPV", "mode": 2, "lat": -15.5, "lon": 34.4}).encode() + b"\n"
    lost = b'{"class":"TPV","mode":1}\n'
    server = socket.create_server(("127.0.0.1", 0))
    clients = []

    def serve():
        for _time in range(2):
            line, _where = server.accept()
            line.recv(200)
            line.sendall(fix + lost + fix if clients else fix)
            clients.append(line)

    threading.Thread(target=serve, daemon=True).start()
    position, told = Position(Clock(), chosen=True), []

    def took(said):
        told.append(said)
        position.took(said)

    receiver = GpsdListener(server.getsockname(), took, position.stood, retry_s=0.05)
    receiver.start()
    try:
        wait_for(lambda: position.stand is GpsStand.FIX)
        clients[0].close()
        wait_for(lambda: len(told) == 4)
        assert told == [GpsSaid(-15.5, 34.4), GpsSaid(-15.5, 34.4), GpsSaid(), GpsSaid(-15.5, 34.4)]
        assert position.stand is GpsStand.FIX
    finally:
        assert receiver.stop()
        for end in (*clients, server):
            end.close()


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (b'{"class":"TPV","mode":1}', GpsSaid()),
        (b'{"class":"TPV","mode":3,"lat":"x","lon":1}', GpsSaid()),
        (b'{"class":"TPV","mode":3,"lat":1e999,"lon":1}', GpsSaid()),
        (b'{"class":"SKY"}', None),
        (b"[1]", None),
        (b"{" * 5000, None),
    ],
)
def test_what_gpsd_says_of_no_fix_and_what_is_no_report(report, said):
    assert tpv_said(report) == said


def test_the_settings_name_a_receiver():
    position = Position(Clock(), chosen=True)
    assert isinstance(receiver_of("gpsd", "", position), GpsdListener)
    assert isinstance(receiver_of("gpsd:10.0.0.2:2948", "", position), GpsdListener)
    assert isinstance(receiver_of("/dev/ttyACM0", "4800 8N1", position), SerialGps)
