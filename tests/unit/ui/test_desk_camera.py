"""Which camera a desk works with: a real one where there is one, replayed documents in training only."""

import pytest

from bmis.capture import sources
from bmis.capture.sources import CameraName, ImageFolder, OpenCvCamera, VideoFile
from bmis.capture.training_camera import TrainingCamera
from ui.compose_devices import desk_capture


@pytest.fixture
def cameras(monkeypatch):
    """The cameras of this machine, as the test says."""
    found = []
    monkeypatch.setattr(sources, "list_cameras", lambda: list(found))
    return found


def source(capture):
    return None if capture.make_source is None else capture.make_source()


def test_a_training_desk_without_a_camera_replays_documents_and_says_so(cameras, clock):
    capture = desk_capture("", clock, training=True)

    assert isinstance(source(capture), TrainingCamera)
    assert capture.is_training
    with sources.opened(source(capture)) as camera:
        assert camera.read().width > 0


def test_a_training_desk_with_a_camera_uses_it(cameras, clock):
    cameras.append(CameraName(2, "USB"))
    capture = desk_capture("", clock, training=True)

    assert isinstance(source(capture), OpenCvCamera)
    assert not capture.is_training
    assert isinstance(source(desk_capture("training", clock, training=True)), TrainingCamera)


@pytest.mark.parametrize("chosen", ["", "training"])
def test_a_live_desk_never_replays(cameras, clock, chosen):
    capture = desk_capture(chosen, clock, training=False)

    assert source(capture) is None
    assert not capture.is_training
    cameras.append(CameraName(0, "USB"))
    assert isinstance(source(desk_capture(chosen, clock, training=False)), OpenCvCamera)


def test_a_named_source_is_taken_as_named(cameras, clock, tmp_path):
    assert isinstance(source(desk_capture("1", clock, training=True)), OpenCvCamera)
    assert isinstance(source(desk_capture(f"folder:{tmp_path}", clock, training=False)), ImageFolder)
    assert isinstance(source(desk_capture(f"film:{tmp_path}/a.avi", clock, training=True)), VideoFile)


def test_replayed_documents_lie_still_while_the_desk_holds_them(cameras, clock):
    capture = desk_capture("", clock, training=True)

    assert not capture.held.is_set()
    capture.hold(held=True)
    assert capture.held.is_set()
    capture.hold(held=False)
    assert not capture.held.is_set()
