"""What can go wrong around the own reader: nets that are absent or damaged, closing while it reads, long shifts."""

import gc
import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from bmis.capture.errors import RecogniserAbsentError
from bmis.capture.frame import Frame
from bmis.capture.own_reader import OwnReader
from tests.drawn_zones import drawn, frame_of, laid, models, own_reader
from ui.words.errors import describe

pytestmark = pytest.mark.slow
NETS = ("zone.onnx", "comb.onnx", "cell.onnx")


@pytest.fixture
def own_models(tmp_path):
    """A copy of the nets that a test may spoil."""
    folder = tmp_path / "mrz"
    folder.mkdir()
    for name in NETS:
        shutil.copyfile(models() / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def frame(clock):
    return frame_of(laid(drawn("TD3"))[0], clock)


def told_of(reader, frame):
    with pytest.raises(RecogniserAbsentError) as told:
        reader.read(frame)
    return told.value


@pytest.mark.parametrize("name", NETS)
def test_without_one_of_its_nets_the_desk_hears_which(own_models, name, frame):
    (own_models / name).unlink()
    error = told_of(OwnReader(own_models), frame)
    assert error.code == "BMIS-160"
    assert error.facts == {"missing": name}
    assert describe(error).what


@pytest.mark.parametrize("name", NETS)
@pytest.mark.parametrize("damage", ["empty", "cut", "text", "flipped", "folder"])
def test_a_damaged_net_is_told_and_reading_does_not_go_on_with_it(own_models, name, damage, frame):
    path = own_models / name
    whole = path.read_bytes()
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "text":
        path.write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    elif damage == "flipped":
        path.write_bytes(bytes(byte ^ 0xFF for byte in whole[:4096]) + whole[4096:])
    else:
        path.unlink()
        path.mkdir()
    assert told_of(OwnReader(own_models), frame).facts == {"missing": name}


def test_warming_up_tells_what_is_missing_before_the_first_traveller(tmp_path):
    with pytest.raises(RecogniserAbsentError):
        OwnReader(tmp_path / "nowhere").warm_up()


def test_a_net_that_is_put_back_is_used_without_a_restart(own_models, frame):
    (own_models / "cell.onnx").rename(own_models / "away")
    reader = OwnReader(own_models)
    told_of(reader, frame)
    (own_models / "away").rename(own_models / "cell.onnx")
    assert [reading.lines for reading in reader.read(frame)] == [drawn("TD3").lines]
    reader.close()


def test_after_an_error_the_reader_is_not_held_for_others(own_models, frame):
    (own_models / "comb.onnx").unlink()
    reader = OwnReader(own_models)
    told_of(reader, frame)
    errors = []
    other = threading.Thread(target=lambda: errors.append(told_of(reader, frame)))
    other.start()
    other.join(30)
    assert len(errors) == 1
    reader.close()


def test_closing_while_another_thread_reads_breaks_neither(frame):
    reader = own_reader()
    answers = []

    def read():
        for _ in range(6):
            answers.append([reading.lines for reading in reader.read(frame)])

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        reader.close()
    for thread in threads:
        thread.join()
    assert answers == [[drawn("TD3").lines]] * 12
    reader.close()


def held_mb():
    """Return the memory that this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def test_memory_does_not_grow_over_a_shift(clock):
    reader = own_reader()
    kinds = ("TD3", "TD1", "MRVB")
    frames = [frame_of(laid(drawn(kind), degrees=turn)[0], clock) for kind in kinds for turn in (0, 5)]

    def an_hour() -> None:
        chance = np.random.default_rng(9_500_100)
        for at in range(50):
            reader.read(frames[at % len(frames)])
            if at % 5 == 0:
                size = (int(chance.integers(50, 1500)), int(chance.integers(50, 1500)), 3)
                reader.read(Frame.of_pixels(chance.integers(0, 255, size, dtype=np.uint8), clock(), "test"))

    an_hour()  # what is loaded once, and what the allocator keeps of the largest pictures, is not counted
    before = held_mb()
    an_hour()
    assert held_mb() - before < 40  # one grey copy kept of each picture would be 80
    reader.close()


def test_closing_gives_the_memory_back(clock):
    reader = own_reader()
    reader.read(frame_of(laid(drawn("TD3"))[0], clock))
    before = held_mb()
    for _ in range(8):
        reader.close()
        reader.read(frame_of(laid(drawn("TD3"))[0], clock))
    assert held_mb() - before < 40
