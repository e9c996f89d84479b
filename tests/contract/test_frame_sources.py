"""One contract for every source of frames: a camera, a film, a folder, and the fake that tests use."""

import subprocess
import sys
from datetime import UTC, datetime
from itertools import count

import numpy as np
import pytest
from PIL import Image

from bmis.capture.errors import (
    CameraAbsentError,
    CameraBlackError,
    CameraLostError,
    FramesEndedError,
    FrameSourceEmptyError,
    FrameSourceMissingError,
    ImageDamagedError,
)
from bmis.capture.frame import Frame
from bmis.capture.opencv import write_film
from bmis.capture.sources import ImageFolder, OpenCvCamera, VideoFile, frames_of, list_cameras, opened
from bmis.kernel.clock import fixed_clock

CLOCK = fixed_clock(datetime(2026, 11, 20, 10, 0, tzinfo=UTC))
SHADES = (60, 120, 200)


def plain(shade):
    return np.full((120, 160, 3), shade, dtype=np.uint8)


class FakeFilm:
    """Stands for a device: gives these frames, then nothing."""

    def __init__(self, frames, opened=True):
        self.frames, self.opened, self.at, self.released = frames, opened, 0, 0

    def ask_size(self, width, height):
        self.asked = (width, height)

    def next(self):
        self.at += 1
        return self.frames[self.at - 1] if self.at <= len(self.frames) else None

    def rewind(self):
        self.at = 0

    def release(self):
        self.released += 1


class FakeSource:
    """The fake that other rooms' tests use; it keeps the same contract."""

    kind, name = "camera", "fake"

    def __init__(self, shades):
        self._shades, self._next = shades, None

    def open(self):
        self._next = 0 if self._next is None else self._next

    def read(self):
        if self._next is None or self._next >= len(self._shades):
            raise FramesEndedError(kind=self.kind)
        self._next += 1
        return Frame.of_pixels(plain(self._shades[self._next - 1]), CLOCK(), self.name, self._next)

    def close(self):
        self._next = None


def camera(_):
    return OpenCvCamera(0, CLOCK, open_film=lambda _: FakeFilm([plain(shade) for shade in SHADES]))


def film(folder):
    assert write_film(str(folder / "film.avi"), [plain(shade) for shade in SHADES], 10)
    return VideoFile(folder / "film.avi", CLOCK)


def folder(folder):
    for number, shade in enumerate(SHADES):
        Image.fromarray(plain(shade)).save(folder / f"{number:03}.png")
    (folder / "truth.json").write_text("[]", encoding="utf-8")
    return ImageFolder(folder, CLOCK)


@pytest.fixture(params=[camera, film, folder, lambda _: FakeSource(SHADES)], ids=["camera", "film", "folder", "fake"])
def source(request, tmp_path):
    return request.param(tmp_path)


def test_frames_come_in_order_with_their_source_time_and_number(source):
    with opened(source):
        frames = [source.read() for _ in SHADES]
    assert [frame.sequence for frame in frames] == [1, 2, 3]
    assert {frame.source for frame in frames} == {source.name}
    assert {frame.taken_at for frame in frames} == {CLOCK()}
    for frame, shade in zip(frames, SHADES, strict=True):
        assert (frame.width, frame.height) == (160, 120)
        assert abs(frame.brightness() - shade) < 6


def test_opening_twice_changes_nothing(source):
    source.open()
    source.read()
    source.open()
    assert source.read().sequence == 2
    source.close()


def test_a_closed_source_gives_no_frame_and_closing_twice_is_no_matter(source):
    source.open()
    source.close()
    source.close()
    with pytest.raises(FramesEndedError):
        source.read()


def test_it_can_be_opened_again_after_closing(source):
    with opened(source):
        source.read()
    with opened(source):
        assert abs(source.read().brightness() - SHADES[0]) < 6


def test_after_the_last_frame_the_camera_is_lost_and_a_replay_has_ended(source):
    with opened(source):
        for _ in SHADES:
            source.read()
        with pytest.raises((FramesEndedError, CameraLostError)):
            source.read()


def test_its_kind_is_one_that_the_desk_knows(source):
    assert source.kind in {"camera", "film", "folder"}


@pytest.mark.parametrize("make", [film, folder])
def test_a_replay_can_begin_again_for_ever(make, tmp_path):
    replay = make(tmp_path)
    replay._loop = True
    with opened(replay):
        assert [round(replay.read().brightness(), -1) for _ in range(5)][3] == round(SHADES[0], -1)


def test_a_replay_that_does_not_begin_again_is_walked_to_its_end(tmp_path):
    with opened(folder(tmp_path)) as replay:
        assert len(list(frames_of(replay))) == len(SHADES)


def test_no_camera_at_that_place(capfd):
    with pytest.raises(CameraAbsentError) as absent:
        OpenCvCamera(63, CLOCK).open()
    assert absent.value.facts == {"camera": 63}
    assert capfd.readouterr().err == ""


def test_a_camera_whose_cable_is_pulled_is_lost_and_let_go():
    device = FakeFilm([plain(90)])
    lane = OpenCvCamera(0, CLOCK, open_film=lambda _: device)
    lane.open()
    lane.read()
    with pytest.raises(CameraLostError):
        lane.read()
    assert device.released == 1
    with pytest.raises(FramesEndedError):
        lane.read()


def test_one_frame_that_fails_is_not_yet_a_lost_camera():
    lane = OpenCvCamera(0, CLOCK, open_film=lambda _: FakeFilm([plain(90), None, None, plain(91)]))
    with opened(lane):
        assert [lane.read().sequence for _ in range(2)] == [1, 2]


def test_a_covered_camera_is_told_after_three_seconds_and_not_for_one_dark_frame():
    ticks = count(start=0, step=1)
    lane = OpenCvCamera(
        0, CLOCK, open_film=lambda _: FakeFilm([plain(1), plain(90)] + [plain(1)] * 8), monotonic=lambda: next(ticks)
    )
    with opened(lane):
        for _ in range(5):
            lane.read()
        with pytest.raises(CameraBlackError):
            lane.read()
        assert lane.read().brightness() < 6  # it goes on, so that the officer sees when the cover is off


def test_an_empty_folder_a_missing_one_and_a_file_that_is_no_film(tmp_path):
    with pytest.raises(FrameSourceEmptyError):
        ImageFolder(tmp_path, CLOCK).open()
    with pytest.raises(FrameSourceMissingError):
        ImageFolder(tmp_path / "absent", CLOCK).open()
    with pytest.raises(FrameSourceMissingError):
        VideoFile(tmp_path / "absent.avi", CLOCK).open()
    (tmp_path / "letter.avi").write_bytes(b"no film at all" * 50)
    with pytest.raises((FrameSourceMissingError, FrameSourceEmptyError)):
        VideoFile(tmp_path / "letter.avi", CLOCK).open()


def test_a_damaged_picture_in_a_folder_is_told_once_and_passed_over(tmp_path):
    replay = folder(tmp_path)
    whole = (tmp_path / "001.png").read_bytes()
    (tmp_path / "001.png").write_bytes(whole[: len(whole) // 2])
    with opened(replay):
        replay.read()
        with pytest.raises(ImageDamagedError):
            replay.read()
        assert abs(replay.read().brightness() - SHADES[2]) < 2


def test_cameras_are_listed_by_name_without_their_metadata_nodes(tmp_path):
    for device, index, name in (
        ("video0", "0", "Desk camera"),
        ("video1", "1", "Desk camera"),
        ("video10", "0", "Lane"),
    ):
        (tmp_path / device).mkdir()
        (tmp_path / device / "index").write_text(index + "\n", encoding="utf-8")
        (tmp_path / device / "name").write_text(name + "\n", encoding="utf-8")
    (tmp_path / "videoX").mkdir()
    assert [(camera.index, camera.name) for camera in list_cameras(tmp_path)] == [(0, "Desk camera"), (10, "Lane")]
    assert list_cameras(tmp_path / "absent") == []


def test_loading_cv2_leaves_qt_its_own_plugins():
    names = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
    ask = f"import os, bmis.capture.opencv; print([name for name in os.environ if name in {names}])"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
