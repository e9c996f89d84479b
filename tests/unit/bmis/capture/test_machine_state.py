"""Battery and disk of the machine in the truck: what the system tells, and grey where it tells nothing."""

from collections import namedtuple

import pytest

from bmis.capture.machine import MachineState, ReadMachine

Usage = namedtuple("Usage", "total used free")
ROOM = Usage(100, 50, 5_000_000_000)


def machine(folder, *, usage=lambda _path: ROOM, **supplies):
    for name, files in supplies.items():
        (folder / name).mkdir(parents=True)
        for file, text in files.items():
            (folder / name / file).write_text(f"{text}\n")
    return ReadMachine(folder, folder, usage)()


def test_a_laptop_on_its_battery(tmp_path):
    found = machine(
        tmp_path,
        AC={"type": "Mains", "online": "0"},
        BAT0={"type": "Battery", "capacity": "64", "status": "Discharging"},
    )
    assert (found.battery_percent, found.charging, found.battery_status) == (64, False, "green")


@pytest.mark.parametrize(("percent", "status"), [(31, "green"), (30, "amber"), (16, "amber"), (15, "red"), (0, "red")])
def test_a_battery_that_runs_low_is_said(tmp_path, percent, status):
    found = machine(tmp_path, BAT0={"type": "Battery", "capacity": percent, "status": "Discharging"})
    assert found.battery_status == status


def test_a_low_battery_that_charges_is_no_worry_and_of_two_the_lower_counts(tmp_path):
    found = machine(
        tmp_path,
        AC={"type": "Mains", "online": "1"},
        BAT0={"type": "Battery", "capacity": "9", "status": "Charging"},
        BAT1={"type": "Battery", "capacity": "90", "status": "Full"},
    )
    assert (found.battery_percent, found.charging, found.battery_status) == (9, True, "green")


def test_the_battery_of_a_mouse_is_not_the_machine_s(tmp_path):
    found = machine(tmp_path, hid={"type": "Battery", "capacity": "3", "scope": "Device", "status": "Discharging"})
    assert (found.battery_percent, found.charging, found.battery_status) == (None, None, "grey")


@pytest.mark.parametrize("said", ["-1", "101", "full", ""])
def test_a_battery_that_tells_nonsense_is_not_known(tmp_path, said):
    found = machine(tmp_path, BAT0={"type": "Battery", "capacity": said, "status": "Discharging"})
    assert (found.battery_percent, found.battery_status) == (None, "grey")


def test_a_desktop_computer_on_the_mains_and_a_system_that_tells_nothing(tmp_path):
    assert machine(tmp_path, AC={"type": "Mains", "online": "1"}).battery_status == "green"
    assert ReadMachine(tmp_path, tmp_path / "nowhere", lambda _path: ROOM)().battery_status == "grey"


@pytest.mark.parametrize(
    ("free", "status"), [(2_000_000_001, "green"), (2_000_000_000, "amber"), (200_000_000, "red"), (None, "grey")]
)
def test_a_disk_that_fills_is_said(free, status):
    assert MachineState(None, None, free, 1).disk_status == status


def test_a_disk_that_cannot_be_asked_is_not_known(tmp_path):
    def fails(_path):
        raise OSError

    assert machine(tmp_path, usage=fails).disk_free is None
    assert ReadMachine(tmp_path)().disk_free > 0
