"""A thermometer on a serial line: what a line says, and a real driver over a pseudo-terminal."""

import os
import threading
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.capture.serial_reader import Line, SerialReader
from bmis.capture.thermometer import (
    HIGHEST_C,
    LONGEST_LINE,
    LOWEST_C,
    SerialThermometer,
    TemperatureReading,
    ThermometerAbsentError,
    ThermometerFramer,
    ThermometerImpossibleError,
    ThermometerLostError,
    ThermometerUnreadableError,
    Unit,
    reading_of,
)

PATIENCE_S = 20.0


@pytest.mark.parametrize(("line", "celsius", "unit"), [
    (b"36.5 C", 36.5, Unit.CELSIUS),
    (b"T=+036.52C", 36.5, Unit.CELSIUS),
    (b"BODY: 38,64 \xb0C OK", 38.6, Unit.CELSIUS),
    (b"39.1\xc2\xb0C", 39.1, Unit.CELSIUS),
    (b"\x0297.7F", 36.5, Unit.FAHRENHEIT),
    (b"temp 101.3 deg F", 38.5, Unit.FAHRENHEIT),
    (b"37c", 37.0, Unit.CELSIUS),
])  # fmt: skip
def test_a_line_with_one_number_and_its_unit_is_a_reading(line, celsius, unit):
    assert reading_of(line) == TemperatureReading(celsius, unit)


@pytest.mark.parametrize("line", [
    b"36.5", b"Lo", b"Hi", b"Err 2", b"Surf 33.1C Body 36.5C", b"T1: 36.5C", b"36.5 CAL", b"\xff\xfe36.5\x00C\x07",
    b"36..5C", b"3 6.5C", b"C 36.5", b"\xd9\xa3\xd9\xa6C", b"365", b"x" * LONGEST_LINE + b" 36.5C", b"\x1b[24~36.5C",
])  # fmt: skip
def test_what_has_no_unit_or_two_numbers_or_is_noise_is_no_reading(line):
    with pytest.raises(ThermometerUnreadableError):
        reading_of(line)


@pytest.mark.parametrize("line", [b"98.6C", b"29.9 C", b"45.1 C", b"-36.5C", b"36.5F", b"113.1F", b"0C", b"999C"])
def test_what_no_person_has_is_refused_with_the_limits(line):
    with pytest.raises(ThermometerImpossibleError) as refused:
        reading_of(line)
    assert refused.value.facts == {"lowest": "30", "highest": "45"}


@given(st.binary(max_size=120))
def test_no_bytes_make_anything_but_a_possible_reading_or_a_refusal(line):
    with suppress(ThermometerUnreadableError, ThermometerImpossibleError):
        assert LOWEST_C <= reading_of(line).celsius <= HIGHEST_C


@given(st.lists(st.binary(max_size=700), max_size=6))
def test_the_framer_holds_little_whatever_pours_in(chunks):
    framer = ThermometerFramer()
    for at, chunk in enumerate(chunks):
        framer.feed(chunk, at * 10.0)
        assert len(framer._held) <= LONGEST_LINE


def test_a_line_that_dribbles_in_is_one_reading_and_one_without_an_end_ends_by_quiet():
    framer = ThermometerFramer()
    told = [framer.feed(bytes([byte]), at * 5.0) for at, byte in enumerate(b"36.5 C\r\n37.9")]
    assert [one for many in told for one in many] == [TemperatureReading(36.5, Unit.CELSIUS)]
    assert framer.feed(b" C", 70.0) == ()
    assert framer.feed(b"", 400.0) == (TemperatureReading(37.9, Unit.CELSIUS),)


class Told:
    """What the listener's thread told."""

    def __init__(self):
        self.readings, self.states = [], []
        self.changed = threading.Condition()

    def took(self, reading):
        with self.changed:
            self.readings.append(reading)
            self.changed.notify_all()

    def state(self, error):
        with self.changed:
            self.states.append(type(error) if error else None)
            self.changed.notify_all()

    def waits_for(self, met):
        with self.changed:
            assert self.changed.wait_for(met, PATIENCE_S), (self.states, self.readings)


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def plug(tmp_path):
    """A plug that stays at one path while pseudo-terminals come and go behind it."""
    path, masters = tmp_path / "thermometer", []

    def plug_in():
        master, slave = os.openpty()
        with suppress(FileNotFoundError):
            path.unlink()
        path.symlink_to(os.ttyname(slave))
        os.close(slave)
        masters.append(master)
        return master

    yield path, plug_in
    for master in masters:
        with suppress(OSError):
            os.close(master)


@pytest.fixture
def listening(plug, told):
    path, plug_in = plug
    master = plug_in()
    made = SerialThermometer(str(path), Line(9600, "8N1"), told.took, told.state, retry_s=0.05)
    made.start()
    told.waits_for(lambda: told.states == [None])
    yield master
    assert made.stop()


def test_readings_and_garbage_come_one_by_one_over_the_real_driver(listening, told):
    os.write(listening, b"36.5 C\r\n")
    told.waits_for(lambda: len(told.readings) == 1)
    os.write(listening, b"\xff\x00garbage\r\n")
    told.waits_for(lambda: len(told.readings) == 2)
    os.write(listening, b"98.6 F\r\n")
    told.waits_for(lambda: len(told.readings) == 3)

    first, noise, second = told.readings
    assert (first.celsius, second.celsius, second.unit) == (36.5, 37.0, Unit.FAHRENHEIT)
    assert isinstance(noise, ThermometerUnreadableError)


def test_ten_thousand_bytes_are_told_once_and_the_next_reading_comes(listening, told):
    os.write(listening, b"9" * 3000)
    told.waits_for(lambda: told.readings)
    time.sleep(0.6)
    os.write(listening, b"37.2 C\r\n")
    told.waits_for(lambda: isinstance(told.readings[-1], TemperatureReading))
    assert [type(one) for one in told.readings[:-1]] == [ThermometerUnreadableError]


def test_unplugged_is_told_as_the_thermometers_and_plugged_in_it_goes_on(listening, plug, told):
    path, plug_in = plug
    path.unlink()
    os.close(listening)
    told.waits_for(lambda: ThermometerLostError in told.states)
    master = plug_in()
    told.waits_for(lambda: told.states[-1] is None)
    os.write(master, b"36.9C\n")
    told.waits_for(lambda: told.readings)
    assert told.readings[0].celsius == 36.9


def test_a_thermometer_that_is_not_there_is_told_and_a_swipe_reader_keeps_its_own_words(tmp_path, told):
    for kind in (SerialThermometer, SerialReader):
        one = kind(str(tmp_path / "none"), Line(9600, "8N1"), told.took, told.state, retry_s=0.05)
        one.start()
        told.waits_for(lambda kind=kind: len(told.states) == 1 + (kind is SerialReader))
        assert one.stop()
    assert told.states[0] is ThermometerAbsentError
    assert told.states[1].code == "BMIS-176"
