"""One contract for whatever reads zones behind ``MrzReader``, on the drawn specimens with known truth."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bmis.capture.errors import RecogniserAbsentError, RecogniserCrashedError, RecogniserTimeoutError
from bmis.capture.frame import Frame, pixels_of
from bmis.capture.images import load_image
from bmis.capture.passporteye_reader import PassportEyeReader, private_folder, sweep_left_folders, worker_command
from bmis.kernel.resources import resource
from tests.drawn_zones import own_reader

pytestmark = pytest.mark.slow

SPECIMENS = resource("training", "specimens")
TRUTH = {entry["file"]: entry for entry in json.loads((SPECIMENS / "truth.json").read_text(encoding="utf-8"))}
READABLE = [name for name, entry in TRUTH.items() if entry["lines"] and "unreadable" not in entry["tags"]]
NOTHING_THERE = [name for name, entry in TRUTH.items() if not entry["lines"]]


READERS = {"own": own_reader, "PassportEye": lambda: PassportEyeReader(timeout_s=60)}


@pytest.fixture(scope="module", params=READERS)
def reader(request):
    """What every reader promises is asked of each of them."""
    one = READERS[request.param]()
    yield one
    one.close()


@pytest.fixture(scope="module")
def passporteye():
    """The reader in a worker process."""
    one = PassportEyeReader(timeout_s=60)
    yield one
    one.close()


def specimen(name, clock):
    return load_image(SPECIMENS / name, clock)


def from_the_top(readings):
    """Return the readings from the uppermost zone down: no reader promises an order."""
    return sorted(readings, key=lambda reading: reading.box.bounds.top)


def read_lines(reader, name, clock):
    return [line for reading in from_the_top(reader.read(specimen(name, clock))) for line in reading.lines]


@pytest.mark.parametrize("name", READABLE)
def test_what_is_printed_is_what_is_read(reader, name, clock):
    assert read_lines(reader, name, clock) == TRUTH[name]["lines"]


@pytest.mark.parametrize("name", NOTHING_THERE)
def test_where_nothing_is_printed_nothing_is_read(reader, name, clock):
    assert read_lines(reader, name, clock) == []


def test_a_blurred_page_gives_nothing_or_the_truth_never_another_persons_lines(reader, clock):
    name = "td3-blurred.jpg"
    assert read_lines(reader, name, clock) in ([], TRUTH[name]["lines"])


def test_two_passports_in_one_frame_are_two_readings_each_in_its_place(reader, clock):
    first, second = from_the_top(reader.read(specimen("two-documents.jpg", clock)))
    assert first.lines != second.lines
    assert first.box is not None
    assert second.box is not None
    assert first.box.bounds.bottom < second.box.bounds.top


def test_a_reading_says_how_sure_it_is_where_it_stands_and_what_it_cost(reader, clock):
    (reading,) = reader.read(specimen("td3-passport.png", clock))
    assert [len(line) for line in reading.lines] == [len(line) for line in reading.confidence] == [44, 44]
    assert all(0 <= value <= 1 for line in reading.confidence for value in line)
    assert re.fullmatch("[A-Z0-9<]{88}", "".join(reading.lines))
    assert reading.reader == reader.name
    assert reading.ms > 0
    assert reading.cpu_ms > 0
    assert reading.box is not None
    box = reading.box.bounds
    assert 30 < box.left < 80
    assert 540 < box.top < 600
    assert 860 < box.width < 920


def test_upside_down_its_corners_follow_the_text(reader, clock):
    (reading,) = reader.read(specimen("td3-upside-down.jpg", clock))
    assert reading.box is not None
    assert reading.box.upper_left[0] > reading.box.upper_right[0]
    assert reading.box.upper_left[1] > reading.box.lower_left[1]


@pytest.mark.parametrize("size", [(16, 16), (2000, 17), (17, 2000), (5000, 5000)])
def test_odd_sizes_of_noise_give_no_lines_and_no_crash(reader, size, clock):
    noise = np.random.default_rng(3).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    assert reader.read(Frame.of_pixels(noise, clock(), "test")) == ()


def test_a_worker_that_is_killed_is_replaced_for_the_next_traveller(passporteye, clock):
    passporteye.warm_up()
    os.killpg(passporteye._worker.process.pid, signal.SIGKILL)
    passporteye._worker.process.wait()
    assert read_lines(passporteye, "td3-passport.png", clock) == TRUTH["td3-passport.png"]["lines"]


def test_a_worker_killed_in_the_middle_of_a_picture_is_a_coded_error_and_the_next_read_works(passporteye, clock):
    passporteye.warm_up()
    worker = passporteye._worker
    assert worker is not None
    os.killpg(worker.process.pid, signal.SIGSTOP)  # it cannot answer before it dies
    killer = threading.Timer(0.5, os.killpg, (worker.process.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(RecogniserCrashedError):
        passporteye.read(specimen("td2.jpg", clock))
    killer.join()
    assert read_lines(passporteye, "td2.jpg", clock) == TRUTH["td2.jpg"]["lines"]


STANDS_IN = """
import sys, time
from pathlib import Path
from bmis.capture.worker_pipe import receive, send
mark, how = Path(sys.argv[1]), sys.argv[2]
first = not mark.exists()
mark.touch()
send(sys.stdout.buffer, {"ready": True})
while True:
    receive(sys.stdin.buffer)
    if first and how == "hang":
        time.sleep(600)
    if first and how == "die":
        sys.exit(1)
    if first and how == "babble":
        sys.stdout.buffer.write(b"Traceback: no such thing " * 9); sys.stdout.buffer.flush(); time.sleep(600)
    send(sys.stdout.buffer, {"error": "memory"} if how == "memory" else {"zones": [], "cpu_ms": 1})
"""


def stand_in(tmp_path, how, **limits):
    return PassportEyeReader(command=[sys.executable, "-c", STANDS_IN, str(tmp_path / "mark"), how], **limits)


def plain_frame(clock):
    return Frame.of_pixels(pixels_of(Image.new("RGB", (1800, 1200), "white")), clock(), "test")


@pytest.mark.parametrize(
    ("how", "told"),
    [("hang", RecogniserTimeoutError), ("die", RecogniserCrashedError), ("babble", RecogniserCrashedError)],
)
def test_a_reader_that_hangs_dies_or_babbles_is_told_and_started_anew(how, told, tmp_path, clock):
    reader = stand_in(tmp_path, how, timeout_s=1.5)
    begun = time.monotonic()
    with pytest.raises(told):
        reader.read(plain_frame(clock))
    assert time.monotonic() - begun < 15
    assert reader.read(plain_frame(clock)) == ()
    reader.close()


def test_a_worker_that_no_longer_takes_pictures_does_not_hold_the_desk(tmp_path, clock):
    reader = stand_in(tmp_path, "well", timeout_s=1.5)
    reader.warm_up()
    os.killpg(reader._worker.process.pid, signal.SIGSTOP)  # the pipe fills and nobody reads it
    with pytest.raises(RecogniserTimeoutError):
        reader.read(plain_frame(clock))
    assert reader.read(plain_frame(clock)) == ()
    reader.close()


def test_a_picture_that_the_worker_cannot_hold_costs_only_that_picture(tmp_path, clock):
    reader = stand_in(tmp_path, "memory")
    with pytest.raises(RecogniserCrashedError) as told:
        reader.read(plain_frame(clock))
    assert told.value.facts == {"reason": "memory"}
    reader.close()


def test_without_tesseract_the_desk_hears_what_is_missing(monkeypatch, clock):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RecogniserAbsentError) as told:
        PassportEyeReader().read(plain_frame(clock))
    assert told.value.facts == {"missing": "tesseract"}


def test_without_its_model_the_desk_hears_what_is_missing(tmp_path, clock):
    with pytest.raises(RecogniserAbsentError) as told:
        PassportEyeReader(tmp_path).read(plain_frame(clock))
    assert told.value.facts == {"missing": "mrz.traineddata"}


def test_a_program_that_cannot_start_its_worker_says_so(clock):
    reader = PassportEyeReader(command=[sys.executable, "-c", "raise SystemExit(2)"])
    with pytest.raises(RecogniserCrashedError):
        reader.warm_up()


def test_the_picture_of_a_traveller_is_written_nowhere_and_the_private_folder_goes(passporteye, clock):
    seen: set[str] = set()
    passporteye.warm_up()
    folder = passporteye._worker.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    done = threading.Event()

    def watch():
        while not done.wait(0.002):
            seen.update(
                str(path) for path in folder.rglob("*") if path.suffix.lower() in {".bmp", ".png", ".txt", ".ppm"}
            )
            seen.update(str(path) for path in folder.glob("tess*"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    read_lines(passporteye, "td1-back.jpg", clock)
    done.set()
    watcher.join()
    assert seen == set()
    passporteye.close()
    assert not folder.exists()


def test_folders_left_by_a_program_that_was_killed_are_swept():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    own = private_folder()
    left = own.with_name(f"bmis-read-{ended.pid}-left")
    left.mkdir(mode=0o700)
    (left / "tess_input.png").write_bytes(b"a picture")
    sweep_left_folders()
    assert not left.exists()
    assert own.is_dir()
    own.rmdir()


def test_this_program_itself_never_loads_what_the_worker_needs():
    ask = (
        "import sys, bmis.capture.passporteye_reader;"
        "print([name for name in sys.modules if name.split('.')[0] in ('passporteye', 'skimage', 'sklearn', 'cv2')])"
    )
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_bundled_program_calls_itself_as_the_worker(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command(Path("models"))[1:] == ["--passporteye-worker", "models"]


def test_two_threads_may_ask_at_once(reader, clock):
    answers: dict[str, list[str]] = {}
    names = ("td2.jpg", "mrva.jpg")
    threads = [
        threading.Thread(target=lambda name=name: answers.update({name: read_lines(reader, name, clock)}))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {name: TRUTH[name]["lines"] for name in names}


def test_a_closed_reader_starts_anew_with_the_next_picture(reader, clock):
    reader.close()
    assert read_lines(reader, "mrvb.jpg", clock) == TRUTH["mrvb.jpg"]["lines"]


def test_the_same_picture_gives_the_same_lines(reader, clock):
    assert read_lines(reader, "td2.jpg", clock) == read_lines(reader, "td2.jpg", clock)


def test_every_reader_says_who_it_is(reader):
    assert re.fullmatch(r"[a-z][\w .+-]*\d[\w .+-]*", reader.name, re.IGNORECASE)


def test_a_reading_is_frozen(reader, clock):
    (reading,) = reader.read(specimen("td2.jpg", clock))
    assert replace(reading, ms=0) != reading
    with pytest.raises(AttributeError):
        reading.lines = ()
