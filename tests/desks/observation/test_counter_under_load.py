"""A slow disk: presses wait for no answer, the newest is kept next, and the end of a session loses none."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bmis.kernel.clock import fixed_clock
from ui.desktop.observation.counter_model import CounterModel

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class SlowDisk:
    """Takes jobs and does one when it is told to."""

    def __init__(self) -> None:
        self.jobs = []

    def run(self, job, done, failed):
        self.jobs.append((job, done, failed))

    def works(self, *, answers=True):
        job, done, _failed = self.jobs.pop(0)
        result = job()
        if answers:
            done(result)


@pytest.fixture
def disk():
    return SlowDisk()


@pytest.fixture
def kept():
    return []


@pytest.fixture
def counter(qtbot, disk, kept):
    def save(entry):
        kept.append(entry.content["work"].get("marks", ""))
        return entry

    parts = SimpleNamespace(local_now=lambda: NOW, home_point=lambda: "MZ.L.RSG", save_draft=save)
    model = CounterModel(parts, disk, fixed_clock(NOW))
    model.begin()
    model.press("1")
    return model


def test_one_save_at_a_time_and_the_next_takes_everything_since(counter, disk, kept):
    for key in "1236":
        counter.press(key)
    assert len(disk.jobs) == 1
    disk.works()
    disk.works()
    assert kept == ["", "11236"]
    assert disk.jobs == []
    assert counter.is_safe


def test_the_end_of_a_session_hands_the_last_press_over(counter, disk, kept):
    counter.press("2")
    counter.close()
    while disk.jobs:
        disk.works(answers=False)
    assert kept[-1] == "12"
